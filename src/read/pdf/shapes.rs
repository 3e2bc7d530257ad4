//! Paths → straight rules and filled rectangles.
//!
//! Programs draw a table's border as a stroked line, as a thin filled rectangle, as a polygon with mitred ends, or as a picture one
//! pixel high; all of them become a [`Rule`]. A filled rectangle that is no rule may be the ground of a cell.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point};

use super::geometry::Area;

/// Thickest mark that is still a rule.
const THICKEST: f32 = 3.2;
/// Most rules and fills kept of a page; maps and drawings have more.
const MOST: usize = 60_000;

/// Whether a paint can be told from white paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// White or nearly.
    White,
    /// Anything else.
    Ink,
}

/// A horizontal or vertical straight mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Whether it runs from left to right.
    pub level: bool,
    /// Its y if level, else its x.
    pub at: f32,
    /// Where it starts: x if level, else y.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

impl Rule {
    /// The rule in a thin area.
    #[must_use]
    pub fn in_area(area: &Area) -> Self {
        if area.width() >= area.height() {
            Self { level: true, at: area.mid_y(), from: area.x0, to: area.x1 }
        } else {
            Self { level: false, at: area.mid_x(), from: area.y0, to: area.y1 }
        }
    }

    /// The area it covers, without thickness.
    #[must_use]
    pub const fn area(&self) -> Area {
        if self.level { Area::new(self.from, self.at, self.to, self.at) } else { Area::new(self.at, self.from, self.at, self.to) }
    }

    /// Its length.
    #[must_use]
    pub const fn length(&self) -> f32 {
        self.to - self.from
    }
}

/// Rules and fills of a page.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    /// Straight marks.
    pub rules: Vec<Rule>,
    /// Filled rectangles that are not white.
    pub fills: Vec<Area>,
}

impl Shapes {
    /// Takes the area as a rule if it is thin.
    pub fn thin(&mut self, area: &Area) -> bool {
        let (short, long) = (area.width().min(area.height()), area.width().max(area.height()));
        let is = short <= THICKEST && long > short;
        if is && self.rules.len() < MOST {
            self.rules.push(Rule::in_area(area));
        }
        is
    }

    fn filled(&mut self, area: Area) {
        if !self.thin(&area) && area.width() > THICKEST && area.height() > THICKEST && self.fills.len() < MOST {
            self.fills.push(area);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "page coordinates; single precision is plenty")]
const fn point(p: Point) -> (f32, f32) {
    (p.x as f32, p.y as f32)
}

/// Adds what a stroked path draws.
pub fn stroke(shapes: &mut Shapes, path: &BezPath, transform: Affine, width: f32, tone: Tone, clip: &Area) {
    if tone == Tone::White {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a scale")]
    let thick = width * transform.determinant().abs().sqrt() as f32;
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        let end = match *element {
            PathEl::MoveTo(p) => {
                (start, last) = (p, p);
                continue;
            }
            PathEl::LineTo(p) => p,
            PathEl::ClosePath => start,
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                last = p;
                continue;
            }
        };
        let ((xa, ya), (xb, yb)) = (point(transform * last), point(transform * end));
        last = end;
        let straight = (xa - xb).abs() <= 0.6 || (ya - yb).abs() <= 0.6;
        let line = Area::new(xa, ya, xb, yb);
        if let (true, Some(line)) = (straight, line.meet(clip)) {
            if thick > THICKEST * 1.6 {
                shapes.filled(broad(&line, thick));
            } else if line.width().max(line.height()) > 0.2 {
                shapes.thin(&line);
            }
        }
    }
}

/// A thick stroke as the rectangle it paints.
fn broad(line: &Area, thick: f32) -> Area {
    let half = thick / 2.0;
    if line.width() >= line.height() {
        Area { y0: line.y0 - half, y1: line.y1 + half, ..*line }
    } else {
        Area { x0: line.x0 - half, x1: line.x1 + half, ..*line }
    }
}

/// Adds what a filled path paints, each of its closed figures on its own.
pub fn fill(shapes: &mut Shapes, path: &BezPath, transform: Affine, tone: Tone, clip: &Area) {
    if tone == Tone::White {
        return;
    }
    let mut figure = Figure::default();
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                figure.finish(shapes, clip);
                figure.add(transform * p);
            }
            PathEl::LineTo(p) => figure.add(transform * p),
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                figure.curved = true;
                figure.add(transform * p);
            }
            PathEl::ClosePath => {}
        }
    }
    figure.finish(shapes, clip);
}

/// One closed figure of a filled path.
#[derive(Default)]
struct Figure {
    points: Vec<(f32, f32)>,
    curved: bool,
}

impl Figure {
    fn add(&mut self, p: Point) {
        self.points.push(point(p));
    }

    /// Only figures whose corners all lie on their bounding box in two places each are rectangles; thin ones may be mitred.
    fn finish(&mut self, shapes: &mut Shapes, clip: &Area) {
        let points = std::mem::take(&mut self.points);
        let curved = std::mem::take(&mut self.curved);
        let Some(bounds) = Area::around(points.iter().map(|&(x, y)| Area::new(x, y, x, y))) else {
            return;
        };
        let thin = bounds.width().min(bounds.height()) <= THICKEST;
        let corner = |&(x, y): &(f32, f32)| {
            let near = |a: f32, b: f32| (a - b).abs() < 0.5;
            (near(x, bounds.x0) || near(x, bounds.x1)) && (near(y, bounds.y0) || near(y, bounds.y1))
        };
        let rectangle = !curved && points.len() >= 4 && points.iter().all(corner);
        if points.len() >= 3
            && (rectangle || (thin && !curved))
            && let Some(area) = bounds.meet(clip)
        {
            shapes.filled(area);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Area = Area { x0: 0.0, y0: 0.0, x1: 600.0, y1: 800.0 };

    #[test]
    fn a_stroked_box_has_four_rules_and_a_thin_fill_is_one() {
        let mut shapes = Shapes::default();
        let path = BezPath::from_svg("M10 10 L110 10 L110 60 L10 60 Z").unwrap();
        stroke(&mut shapes, &path, Affine::IDENTITY, 1.0, Tone::Ink, &PAGE);
        assert_eq!(shapes.rules.len(), 4);
        let path = BezPath::from_svg("M10 10 L110 10 L109 11 L11 11 Z").unwrap();
        fill(&mut shapes, &path, Affine::IDENTITY, Tone::Ink, &PAGE);
        assert_eq!(shapes.rules[4], Rule { level: true, at: 10.5, from: 10.0, to: 110.0 });
        assert!(shapes.fills.is_empty());
    }

    #[test]
    fn white_paint_and_figures_that_are_no_rectangles_draw_nothing() {
        let mut shapes = Shapes::default();
        let square = BezPath::from_svg("M10 10 L110 10 L110 60 L10 60 Z").unwrap();
        fill(&mut shapes, &square, Affine::IDENTITY, Tone::White, &PAGE);
        let triangle = BezPath::from_svg("M10 10 L110 10 L60 60 Z").unwrap();
        fill(&mut shapes, &triangle, Affine::IDENTITY, Tone::Ink, &PAGE);
        assert!(shapes.rules.is_empty() && shapes.fills.is_empty());
        fill(&mut shapes, &square, Affine::IDENTITY, Tone::Ink, &PAGE);
        assert_eq!(shapes.fills.len(), 1);
    }
}
