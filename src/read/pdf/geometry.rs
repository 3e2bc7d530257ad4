//! Rectangles in points, origin top left, and quarter turns of a page.

/// A rectangle with `x0 <= x1` and `y0 <= y1`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

impl Area {
    /// The rectangle with these corners, in whatever order they are given.
    #[must_use]
    pub const fn new(xa: f32, ya: f32, xb: f32, yb: f32) -> Self {
        Self { x0: xa.min(xb), y0: ya.min(yb), x1: xa.max(xb), y1: ya.max(yb) }
    }

    /// Its width.
    #[must_use]
    pub const fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Its height.
    #[must_use]
    pub const fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// The same area further down.
    #[must_use]
    pub const fn lowered(&self, by: f32) -> Self {
        Self { y0: self.y0 + by, y1: self.y1 + by, ..*self }
    }

    /// Its middle from left to right.
    #[must_use]
    pub const fn mid_x(&self) -> f32 {
        f32::midpoint(self.x0, self.x1)
    }

    /// Its middle from top to bottom.
    #[must_use]
    pub const fn mid_y(&self) -> f32 {
        f32::midpoint(self.y0, self.y1)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub const fn with(&self, other: &Self) -> Self {
        Self { x0: self.x0.min(other.x0), y0: self.y0.min(other.y0), x1: self.x1.max(other.x1), y1: self.y1.max(other.y1) }
    }

    /// What both have in common; `None` where they do not even touch.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let both =
            Self { x0: self.x0.max(other.x0), y0: self.y0.max(other.y0), x1: self.x1.min(other.x1), y1: self.y1.min(other.y1) };
        (both.x0 <= both.x1 && both.y0 <= both.y1).then_some(both)
    }

    /// Whether the point lies inside, give or take `slack`.
    #[must_use]
    pub fn holds(&self, x: f32, y: f32, slack: f32) -> bool {
        x >= self.x0 - slack && x <= self.x1 + slack && y >= self.y0 - slack && y <= self.y1 + slack
    }

    /// Whether the other rectangle lies inside, give or take `slack`.
    #[must_use]
    pub fn covers(&self, other: &Self, slack: f32) -> bool {
        self.holds(other.x0, other.y0, slack) && self.holds(other.x1, other.y1, slack)
    }

    /// The smallest rectangle around all of them.
    pub fn around(areas: impl IntoIterator<Item = Self>) -> Option<Self> {
        areas.into_iter().reduce(|a, b| a.with(&b))
    }

    /// How many points the two have in common from left to right; negative = the gap between them.
    #[must_use]
    pub const fn shared_width(&self, other: &Self) -> f32 {
        self.x1.min(other.x1) - self.x0.max(other.x0)
    }

    /// How many points the two have in common from top to bottom; negative = the gap between them.
    #[must_use]
    pub const fn shared_height(&self, other: &Self) -> f32 {
        self.y1.min(other.y1) - self.y0.max(other.y0)
    }
}

/// A quarter turn of a page of a certain size: where a point of the page as shown stands once the writing is upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Quarter turns clockwise by which the writing departs from upright, 0 … 3.
    pub quarters: u8,
    /// Width of the page as shown.
    pub width: f32,
    /// Height of the page as shown.
    pub height: f32,
    /// How many times larger than printed the page was laid to be read; width and height are those of the larger one.
    pub larger: f32,
}

impl Turn {
    /// Which quarter a direction of writing belongs to; `None` when it is slanted by more than ten degrees.
    #[must_use]
    pub fn quarter_of(dx: f32, dy: f32) -> Option<u8> {
        let slope = 0.18;
        match () {
            () if dx > 0.0 && dy.abs() <= slope * dx => Some(0),
            () if dy > 0.0 && dx.abs() <= slope * dy => Some(1),
            () if dx < 0.0 && dy.abs() <= slope * -dx => Some(2),
            () if dy < 0.0 && dx.abs() <= slope * -dy => Some(3),
            () => None,
        }
    }

    /// A point of the page as shown, in the upright frame.
    #[must_use]
    pub const fn point(&self, x: f32, y: f32) -> (f32, f32) {
        match self.quarters {
            0 => (x, y),
            1 => (y, self.width - x),
            2 => (self.width - x, self.height - y),
            _ => (self.height - y, x),
        }
    }

    /// A point of the upright frame, on the page as printed.
    #[must_use]
    pub const fn back(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = match self.quarters {
            0 => (x, y),
            1 => (self.width - y, x),
            2 => (self.width - x, self.height - y),
            _ => (y, self.height - x),
        };
        (x / self.larger, y / self.larger)
    }

    /// A rectangle of the page as shown, in the upright frame.
    #[must_use]
    pub const fn area(&self, area: &Area) -> Area {
        let (xa, ya) = self.point(area.x0, area.y0);
        let (xb, yb) = self.point(area.x1, area.y1);
        Area::new(xa, ya, xb, yb)
    }

    /// A rectangle of the upright frame, on the page as shown.
    #[must_use]
    pub const fn area_back(&self, area: &Area) -> Area {
        let (xa, ya) = self.back(area.x0, area.y0);
        let (xb, yb) = self.back(area.x1, area.y1);
        Area::new(xa, ya, xb, yb)
    }

    /// Size of the page in the upright frame.
    #[must_use]
    pub const fn size(&self) -> (f32, f32) {
        if self.quarters.is_multiple_of(2) { (self.width, self.height) } else { (self.height, self.width) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_makes_its_writing_upright_and_comes_back() {
        for (quarters, dx, dy) in [(0, 1.0, 0.0), (1, 0.0, 1.0), (2, -1.0, 0.0), (3, 0.0, -1.0)] {
            assert_eq!(Turn::quarter_of(dx, dy), Some(quarters));
            let turn = Turn { quarters, width: 600.0, height: 800.0, larger: 1.0 };
            let (x, y) = turn.point(100.0, 50.0);
            let (x2, y2) = turn.point(100.0 + dx, 50.0 + dy);
            assert_eq!((x2 - x, y2 - y), (1.0, 0.0), "{quarters}");
            assert_eq!(turn.back(x, y), (100.0, 50.0), "{quarters}");
        }
    }

    #[test]
    fn slanted_writing_belongs_to_no_quarter() {
        assert_eq!(Turn::quarter_of(0.7, -0.7), None);
        assert_eq!(Turn::quarter_of(0.99, 0.05), Some(0));
    }
}
