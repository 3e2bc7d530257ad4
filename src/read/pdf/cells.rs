//! Edges → crossings → frames → cells: which rectangles the ruling lines of a page enclose.
//!
//! Edges that cross belong to one frame. A frame's distinct x and y make a raster; neighbouring fields of the raster without a line
//! between them are one cell, so that merged cells come out as such whatever their shape around them.

use super::edges::{Edge, Edges, groups};
use super::geometry::Area;

/// How far an edge may end short of another and still meet it.
const REACH: f32 = 3.5;
/// Crossings of one page beyond which it is a drawing, not a table.
const MOST_CROSSINGS: usize = 400_000;
/// Least height of a cell that ends where an upright edge does.
const LEAST_STEP: f32 = 5.0;
/// Edges and frames of a page beyond which loose edges are left out.
const MOST_LOOSE: usize = 100;
/// Upright edges of one frame beyond which their ends are not looked at.
const MOST_UPRIGHT: usize = 60;
/// Fields of one raster beyond which it is a drawing.
const MOST_FIELDS: usize = 250_000;

/// A rectangle of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First row.
    pub row: usize,
    /// First column.
    pub col: usize,
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub cols: usize,
}

/// Edges that hang together, and the cells they enclose.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Distinct x of its upright lines, outer borders included.
    pub xs: Vec<f32>,
    /// Distinct y of its level lines.
    pub ys: Vec<f32>,
    /// Its cells, in reading order.
    pub regions: Vec<Region>,
}

impl Frame {
    /// Around all of it.
    #[must_use]
    pub fn area(&self) -> Area {
        let ends = |v: &[f32]| (v.first().copied().unwrap_or(0.0), v.last().copied().unwrap_or(0.0));
        let ((x0, x1), (y0, y1)) = (ends(&self.xs), ends(&self.ys));
        Area::new(x0, y0, x1, y1)
    }

    /// Where a cell stands.
    #[must_use]
    pub fn area_of(&self, r: &Region) -> Area {
        Area::new(self.xs[r.col], self.ys[r.row], self.xs[r.col + r.cols], self.ys[r.row + r.rows])
    }
}

/// The frames of a page, from top to bottom. Empty when there are too many crossings for tables.
#[must_use]
pub fn frames(edges: &Edges) -> Vec<Frame> {
    let Some(parts) = components(edges) else {
        return Vec::new();
    };
    let mut out: Vec<Frame> = parts.iter().filter_map(|(level, upright)| frame(level, upright)).collect();
    out.sort_by(|a, b| {
        let (a, b) = (a.area(), b.area());
        a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
    });
    out
}

/// Level and upright edges that hang together by crossing.
fn components(edges: &Edges) -> Option<Vec<(Vec<Edge>, Vec<Edge>)>> {
    let n = edges.level.len();
    let mut sets = Sets::new(n + edges.upright.len());
    let mut crossings = 0;
    for (i, h) in edges.level.iter().enumerate() {
        let start = edges.upright.partition_point(|v| v.at < h.from - REACH);
        for (j, v) in edges.upright.iter().enumerate().skip(start) {
            if v.at > h.to + REACH {
                break;
            }
            crossings += 1;
            if crossings > MOST_CROSSINGS {
                return None;
            }
            if h.at >= v.from - REACH && h.at <= v.to + REACH {
                sets.join(i, n + j);
            }
        }
    }
    let mut parts: Vec<(Vec<Edge>, Vec<Edge>)> = Vec::new();
    let mut number = vec![usize::MAX; n + edges.upright.len()];
    for i in 0..number.len() {
        let root = sets.root(i);
        if number[root] == usize::MAX {
            number[root] = parts.len();
            parts.push((Vec::new(), Vec::new()));
        }
        let part = &mut parts[number[root]];
        if i < n { part.0.push(edges.level[i]) } else { part.1.push(edges.upright[i - n]) }
    }
    Some(with_loose(parts))
}

/// Parts with the upright edges that stand within them without meeting any of their edges: between two headings, above the line below all.
fn with_loose(parts: Vec<(Vec<Edge>, Vec<Edge>)>) -> Vec<(Vec<Edge>, Vec<Edge>)> {
    let (loose, mut held): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|(level, upright)| level.is_empty() && upright.len() == 1);
    held.retain(|(level, _)| !level.is_empty());
    if loose.len() > MOST_LOOSE || held.len() > MOST_LOOSE {
        return held;
    }
    for e in loose.into_iter().flat_map(|(_, upright)| upright) {
        let around = |(level, upright): &&mut (Vec<Edge>, Vec<Edge>)| {
            let over = |test: &dyn Fn(f32) -> bool| level.iter().any(|h| test(h.at) && h.from < e.at && e.at < h.to);
            upright.len() > 1 && over(&|y| y < e.from) && over(&|y| y > e.to)
        };
        if let Some((_, upright)) = held.iter_mut().find(around) {
            upright.push(e);
            upright.sort_by(|a, b| a.at.total_cmp(&b.at));
        }
    }
    held
}

/// Disjoint sets with path halving.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// Raster and cells of edges that hang together.
fn frame(level: &[Edge], upright: &[Edge]) -> Option<Frame> {
    let level = &closed(level, upright)[..];
    let xs = stops(upright, level);
    let ys = stops(level, upright);
    if xs.len() < 2 || ys.len() < 2 || (xs.len() - 1) * (ys.len() - 1) > MOST_FIELDS {
        return None;
    }
    let raster = Raster::new(&xs, &ys, level, upright);
    let regions = raster.regions();
    Some(Frame { xs, ys, regions })
}

/// The level edges, and one where an upright edge ends between two others that go on: what it parts ends there, as two headings do below
/// the one they share, or above a unit they share.
fn closed(level: &[Edge], upright: &[Edge]) -> Vec<Edge> {
    let mut out = level.to_vec();
    if level.len() < 2 || upright.len() > MOST_UPRIGHT {
        return out;
    }
    let (low, high) = level.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), e| (a.min(e.from), b.max(e.to)));
    for e in upright {
        for end in [e.from, e.to] {
            let met = |o: &Edge| (o.at - end).abs() < LEAST_STEP && o.from < e.at + REACH && o.to > e.at - REACH;
            let passes = |o: &&Edge| o.from < end - LEAST_STEP && o.to > end + LEAST_STEP;
            let before = upright.iter().filter(passes).map(|o| o.at).filter(|x| *x < e.at - REACH).reduce(f32::max);
            let behind = upright.iter().filter(passes).map(|o| o.at).filter(|x| *x > e.at + REACH).reduce(f32::min);
            if before.or(behind).is_none() || out.iter().any(met) {
                continue;
            }
            let (from, to) = (before.unwrap_or(low), behind.unwrap_or(high));
            // The same line goes on, or another ends there from the other side.
            let (above, below) = (|o: &Edge| (o.to - end).abs() < LEAST_STEP, |o: &Edge| (o.from - end).abs() < LEAST_STEP);
            let against = |o: &Edge| (if below(e) { above(o) } else { below(o) }) && o.at > from - REACH && o.at < to + REACH;
            if !upright.iter().any(|o| against(o) || ((o.at - e.at).abs() < REACH && passes(&o))) {
                out.push(Edge { at: end, from, to });
            }
        }
    }
    out.sort_by(|a, b| a.at.total_cmp(&b.at));
    out
}

/// Positions of edges, and of an outer border that is not drawn but at which crossing lines end: two of them, or one well beyond the
/// last edge.
fn stops(along: &[Edge], across: &[Edge]) -> Vec<f32> {
    let mut at: Vec<f32> = along.iter().map(|e| e.at).collect();
    let low = across.iter().map(|e| e.from).fold(f32::INFINITY, f32::min);
    let high = across.iter().map(|e| e.to).fold(f32::NEG_INFINITY, f32::max);
    for end in [low, high] {
        let ending = across.iter().filter(|e| (e.from - end).abs() < REACH || (e.to - end).abs() < REACH).count();
        let overshoot = along.iter().all(|e| (e.at - end).abs() > 4.0 * REACH);
        if (ending >= 2 || (ending == 1 && overshoot)) && at.iter().all(|a| (a - end).abs() > 2.0 * REACH) {
            at.push(end);
        }
    }
    at.sort_by(f32::total_cmp);
    groups(&at, REACH, |&x| x).into_iter().map(|g| middle(&at[g])).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a handful of edges")]
fn middle(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

/// Which sides of the fields are drawn.
struct Raster {
    cols: usize,
    rows: usize,
    /// For each field: a line on its right side.
    right: Vec<bool>,
    /// For each field: a line below it.
    below: Vec<bool>,
}

impl Raster {
    fn new(xs: &[f32], ys: &[f32], level: &[Edge], upright: &[Edge]) -> Self {
        let (cols, rows) = (xs.len() - 1, ys.len() - 1);
        let mut raster = Self { cols, rows, right: vec![false; cols * rows], below: vec![false; cols * rows] };
        for e in upright {
            let x = nearest(xs, e.at);
            for row in (0..rows).filter(|&r| drawn(e, ys[r], ys[r + 1])) {
                if x > 0 {
                    raster.right[row * cols + x - 1] = true;
                }
            }
        }
        for e in level {
            let y = nearest(ys, e.at);
            for col in (0..cols).filter(|&c| drawn(e, xs[c], xs[c + 1])) {
                if y > 0 {
                    raster.below[(y - 1) * cols + col] = true;
                }
            }
        }
        raster
    }

    /// Fields without a line between them, cut into rectangles.
    fn regions(&self) -> Vec<Region> {
        let mark = self.marks();
        let mut taken = vec![false; mark.len()];
        let mut out = Vec::new();
        for start in 0..mark.len() {
            if taken[start] {
                continue;
            }
            let (row, col) = (start / self.cols, start % self.cols);
            let same = |r: usize, c: usize, taken: &[bool]| mark[r * self.cols + c] == mark[start] && !taken[r * self.cols + c];
            let cols = (col..self.cols).take_while(|&c| same(row, c, &taken)).count();
            let full = |r: &usize| (col..col + cols).all(|c| same(*r, c, &taken));
            let rows = (row..self.rows).take_while(full).count();
            for r in row..row + rows {
                taken[r * self.cols + col..r * self.cols + col + cols].fill(true);
            }
            out.push(Region { row, col, rows, cols });
        }
        out
    }

    /// The same number for all fields that are one.
    fn marks(&self) -> Vec<usize> {
        let mut sets = Sets::new(self.rows * self.cols);
        for i in 0..self.rows * self.cols {
            if !self.right[i] && i % self.cols + 1 < self.cols {
                sets.join(i, i + 1);
            }
            if !self.below[i] && i / self.cols + 1 < self.rows {
                sets.join(i, i + self.cols);
            }
        }
        (0..self.rows * self.cols).map(|i| sets.root(i)).collect()
    }
}

/// The stop that an edge belongs to.
fn nearest(stops: &[f32], at: f32) -> usize {
    let i = stops.partition_point(|&s| s < at);
    match i {
        0 => 0,
        i if i == stops.len() => i - 1,
        i if at - stops[i - 1] < stops[i] - at => i - 1,
        i => i,
    }
}

/// Whether an edge runs along most of a field's side.
fn drawn(e: &Edge, from: f32, to: f32) -> bool {
    e.to.min(to) - e.from.max(from) > 0.6 * (to - from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::shapes::Rule;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule { level: true, at, from, to }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule { level: false, at, from, to }
    }

    #[test]
    fn a_missing_line_merges_two_fields() {
        let rules = [
            level(0.0, 0.0, 60.0),
            level(20.0, 0.0, 60.0),
            level(40.0, 0.0, 60.0),
            upright(0.0, 0.0, 40.0),
            upright(30.0, 20.0, 40.0),
            upright(60.0, 0.0, 40.0),
        ];
        let frames = frames(&Edges::new(rules));
        assert_eq!(frames.len(), 1);
        let region = |row, col, rows, cols| Region { row, col, rows, cols };
        assert_eq!(frames[0].regions, [region(0, 0, 1, 2), region(1, 0, 1, 1), region(1, 1, 1, 1)]);
    }

    #[test]
    fn open_sides_are_closed_where_the_lines_end() {
        let rules = [level(0.0, 0.0, 90.0), level(20.0, 0.0, 90.0), level(40.0, 0.0, 90.0), upright(30.0, 0.0, 40.0)];
        let frames = frames(&Edges::new(rules));
        assert_eq!(frames[0].xs, [0.0, 30.0, 90.0]);
        assert_eq!(frames[0].regions.len(), 4);
    }

    #[test]
    fn tables_apart_are_two_frames() {
        let mut rules = Vec::new();
        for x in [0.0, 200.0] {
            rules.extend([
                level(0.0, x, x + 50.0),
                level(30.0, x, x + 50.0),
                upright(x, 0.0, 30.0),
                upright(x + 50.0, 0.0, 30.0),
            ]);
        }
        assert_eq!(frames(&Edges::new(rules)).len(), 2);
    }
}
