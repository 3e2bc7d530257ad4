//! How askew a picture lies: lines of writing and ruling lines are sharpest when one looks along them.

use super::picture::Picture;

/// Largest angle looked for, in radians (three degrees).
const WIDEST: f64 = 0.0524;
/// Most points of ink looked at.
const MOST_POINTS: usize = 60_000;

/// How a page lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skew {
    /// The angle in radians by which level lines descend to the right.
    pub level: f64,
    /// The same by upright lines, should the writing run along them.
    pub upright: f64,
    /// Whether the writing probably runs from top to bottom. Columns of figures look much like lines, so this is only a hint.
    pub turned: bool,
}

/// How the page of a picture lies.
#[must_use]
pub fn skew(picture: &Picture) -> Skew {
    let (level, sharp_level) = sharpest(&ink(picture, false));
    let (upright, sharp_upright) = sharpest(&ink(picture, true));
    Skew { level, upright: -upright, turned: sharp_upright > 1.8 * sharp_level }
}

/// Points of ink, x and y exchanged on demand.
fn ink(picture: &Picture, exchanged: bool) -> Vec<(f64, f64)> {
    let threshold = picture.threshold();
    let dark: Vec<usize> = (0..picture.grey.len()).filter(|&i| picture.grey[i] < threshold).collect();
    let every = dark.len() / MOST_POINTS + 1;
    let place = |i: usize| {
        #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
        let (x, y) = ((i % picture.width) as f64, (i / picture.width) as f64);
        if exchanged { (y, x) } else { (x, y) }
    };
    dark.into_iter().step_by(every).map(place).collect()
}

/// The angle at which most points fall on few rows, and how sharply they do.
fn sharpest(points: &[(f64, f64)]) -> (f64, f64) {
    let mut best = (0.0, sharpness(points, 0.0));
    for (steps, width) in [(24_i32, WIDEST), (10, WIDEST / 20.0)] {
        let middle = best.0;
        for step in -steps..=steps {
            let angle = width.mul_add(f64::from(step) / f64::from(steps), middle);
            let sharp = sharpness(points, angle);
            // The smaller angle stays where both do as well.
            if sharp > best.1 * 1.000_001 {
                best = (angle, sharp);
            }
        }
    }
    best
}

/// Sum of squares of the points on each row, once the page is turned back by `angle`.
fn sharpness(points: &[(f64, f64)], angle: f64) -> f64 {
    let slope = angle.tan();
    let mut rows: Vec<f64> = Vec::new();
    for (x, y) in points {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a picture, shifted to be positive")]
        let row = (x.mul_add(-slope, *y) + 1000.0).max(0.0) as usize;
        if rows.len() <= row {
            rows.resize(row + 1, 0.0);
        }
        rows[row] += 1.0;
    }
    rows.iter().map(|n| n * n).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(slope: f64, upright: bool) -> Picture {
        let mut picture = Picture { width: 400, height: 400, grey: vec![255; 160_000] };
        for line in 1..10 {
            for x in 0..380_usize {
                #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
                let y = (f64::from(line * 38) + x as f64 * slope) as usize;
                if x % 7 < 4 && y < 400 {
                    picture.grey[if upright { x * 400 + y } else { y * 400 + x }] = 0;
                }
            }
        }
        picture
    }

    #[test]
    fn the_slope_of_lines_is_found_and_so_is_their_direction() {
        for slope in [0.0, 0.012, -0.02] {
            let skew = skew(&lines(slope, false));
            assert!(!skew.turned && (skew.level.tan() - slope).abs() < 0.002, "{slope}: {skew:?}");
        }
        assert!(skew(&lines(0.0, true)).turned);
    }
}
