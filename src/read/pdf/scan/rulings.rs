//! Ruling lines of a picture: long straight runs of ink. They are the borders of cells, and they are erased before the letters are
//! read, because an engine that sees them reads next to nothing.

use super::picture::Picture;
use crate::read::pdf::shapes::Rule;

/// Gaps within a line that are bridged, in pixels at 300 dots per inch.
const BRIDGE: usize = 4;

/// Takes the ruling lines out of a picture and returns them in points. `scale` is in pixels per point.
#[must_use]
pub fn take(picture: &mut Picture, scale: f64) -> Vec<Rule> {
    let threshold = picture.threshold();
    let ink: Vec<bool> = picture.grey.iter().map(|&g| g < threshold).collect();
    let (width, height) = (picture.width, picture.height);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen pixels")]
    let (long, high) = ((29.0 * scale) as usize, (14.0 * scale) as usize);
    let mut rules = Vec::new();
    let mut erased = vec![false; ink.len()];
    for y in 0..height {
        let at = |x: usize| y * width + x;
        for (from, to) in runs(width, long, |x| ink[at(x)]) {
            if thin(&ink, width, height, (from, y), (to, y), scale) {
                rules.push(rule(true, y, from, to, scale));
                (from..to).for_each(|x| erased[at(x)] = true);
            }
        }
    }
    for x in 0..width {
        let at = |y: usize| y * width + x;
        for (from, to) in runs(height, high, |y| ink[at(y)]) {
            if thin(&ink, width, height, (x, from), (x, to), scale) {
                rules.push(rule(false, x, from, to, scale));
                (from..to).for_each(|y| erased[at(y)] = true);
            }
        }
    }
    erase(picture, &erased);
    rules
}

/// Stretches of ink of at least this length, short gaps bridged.
fn runs(length: usize, least: usize, ink: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for i in 0..length {
        if !ink(i) {
            continue;
        }
        open = match open {
            Some((from, to)) if i <= to + BRIDGE => Some((from, i + 1)),
            Some(run) => {
                out.push(run);
                Some((i, i + 1))
            }
            None => Some((i, i + 1)),
        };
    }
    out.extend(open);
    out.retain(|(from, to)| to - from >= least);
    out
}

/// Whether a run is part of a line and not of a dark ground: a little way off to its sides most of its length is paper.
fn thin(ink: &[bool], width: usize, height: usize, from: (usize, usize), to: (usize, usize), scale: f64) -> bool {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let off = (2.4 * scale) as usize;
    let level = from.1 == to.1;
    let length = if level { to.0 - from.0 } else { to.1 - from.1 };
    let dark = |side: bool| {
        let across = if level { from.1 } else { from.0 };
        let most = if level { height } else { width };
        let at = if side { across + off } else { across.wrapping_sub(off) };
        if at >= most {
            return 0;
        }
        let place = |k: usize| if level { at * width + from.0 + k } else { (from.1 + k) * width + at };
        (0..length).step_by(3).filter(|&k| ink[place(k)]).count()
    };
    dark(true) * 6 < length && dark(false) * 6 < length
}

fn rule(level: bool, at: usize, from: usize, to: usize, scale: f64) -> Rule {
    let points = |n: usize| {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "pixels of a page")]
        let points = (n as f64 / scale) as f32;
        points
    };
    Rule { level, at: points(at), from: points(from), to: points(to) }
}

/// Paints the marked pixels and the grey next to them white.
fn erase(picture: &mut Picture, marked: &[bool]) {
    let (width, height) = (picture.width, picture.height);
    for y in 0..height {
        for x in 0..width {
            if !marked[y * width + x] {
                continue;
            }
            for ny in y.saturating_sub(1)..(y + 2).min(height) {
                picture.grey[ny * width + x.saturating_sub(1)..(ny * width) + (x + 2).min(width)].fill(255);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_out_and_letters_and_grounds_stay() {
        let mut picture = Picture { width: 300, height: 100, grey: vec![255; 30_000] };
        picture.grey[20 * 300 + 10..20 * 300 + 290].fill(0);
        for y in 40..80 {
            picture.grey[y * 300 + 10..y * 300 + 200].fill(0);
        }
        picture.grey[90 * 300 + 10..90 * 300 + 20].fill(0);
        let rules = take(&mut picture, 4.0);
        assert_eq!(rules, [Rule { level: true, at: 5.0, from: 2.5, to: 72.5 }]);
        assert!(picture.row(20).iter().all(|&g| g == 255));
        assert_eq!((picture.row(60)[100], picture.row(90)[12]), (0, 0));
    }
}
