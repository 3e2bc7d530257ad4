//! Rules and fills → edges: close parallel marks become one, pieces of one line are joined.

use super::geometry::{Area, Turn};
use super::shapes::{Rule, Shapes};

/// Parallel marks this close are one edge (double borders, cell borders drawn by both neighbours).
const SNAP: f32 = 2.6;
/// Gaps this wide within a line are bridged (dashes, borders drawn cell by cell).
const BRIDGE: f32 = 3.5;

/// A straight line: where it stands and from where to where it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// x of an upright edge, y of a level one.
    pub at: f32,
    /// Start.
    pub from: f32,
    /// End.
    pub to: f32,
}

impl Edge {
    /// Its length.
    #[must_use]
    pub const fn length(&self) -> f32 {
        self.to - self.from
    }
}

/// The edges of a page in its upright frame.
#[derive(Clone, Debug, Default)]
pub struct Edges {
    /// Horizontal ones, sorted by y.
    pub level: Vec<Edge>,
    /// Vertical ones, sorted by x.
    pub upright: Vec<Edge>,
}

impl Edges {
    /// Joined edges of these rules.
    #[must_use]
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let (mut level, mut upright) = (Vec::new(), Vec::new());
        for rule in rules {
            let edge = Edge { at: rule.at, from: rule.from, to: rule.to };
            if rule.level { level.push(edge) } else { upright.push(edge) }
        }
        Self { level: join(level), upright: join(upright) }
    }

    /// Whether an upright edge crosses height `y` between the two x.
    #[must_use]
    pub fn upright_between(&self, y: f32, a: f32, b: f32) -> bool {
        let start = self.upright.partition_point(|e| e.at <= a);
        self.upright[start..].iter().take_while(|e| e.at < b).any(|e| e.from <= y && y <= e.to)
    }
}

/// The rules of a page in its upright frame.
#[must_use]
pub fn rules(shapes: &Shapes, turn: &Turn) -> Vec<Rule> {
    let turned = |r: &Rule| {
        let area = turn.area(&r.area());
        if r.level == (turn.quarters.is_multiple_of(2)) {
            Rule { level: true, at: area.y0, from: area.x0, to: area.x1 }
        } else {
            Rule { level: false, at: area.x0, from: area.y0, to: area.y1 }
        }
    };
    shapes.rules.iter().map(turned).collect()
}

/// The four sides of a filled rectangle.
#[must_use]
pub const fn sides(area: &Area) -> [Rule; 4] {
    [
        Rule { level: true, at: area.y0, from: area.x0, to: area.x1 },
        Rule { level: true, at: area.y1, from: area.x0, to: area.x1 },
        Rule { level: false, at: area.x0, from: area.y0, to: area.y1 },
        Rule { level: false, at: area.x1, from: area.y0, to: area.y1 },
    ]
}

/// Groups values closer than `tolerance` to the first of their group; calls back with each group's range.
pub fn groups<T>(sorted: &[T], tolerance: f32, at: impl Fn(&T) -> f32) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..=sorted.len() {
        if i == sorted.len() || at(&sorted[i]) - at(&sorted[start]) > tolerance {
            if start < i {
                out.push(start..i);
            }
            start = i;
        }
    }
    out
}

/// Snaps edges that stand close to each other and joins those that touch.
fn join(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.retain(|e| e.at.is_finite() && e.from.is_finite() && e.to.is_finite());
    edges.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Edge> = Vec::new();
    for range in groups(&edges, SNAP, |e| e.at) {
        let group = &mut edges[range];
        let long: f32 = group.iter().map(|e| e.length() + 0.01).sum();
        let at = group.iter().map(|e| e.at * (e.length() + 0.01)).sum::<f32>() / long;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Edge> = None;
        for e in group.iter() {
            match &mut open {
                Some(o) if e.from <= o.to + BRIDGE => o.to = o.to.max(e.to),
                _ => out.extend(open.replace(Edge { at, ..*e })),
            }
        }
        out.extend(open);
    }
    // What stays this short after joining is a dot or the bar of a letter.
    out.retain(|e| e.length() > 4.0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_lines_and_dashes_become_one_edge() {
        let dash = |from: f32, at| Rule { level: true, at, from, to: from + 3.0 };
        let mut rules: Vec<Rule> = (0..10_u8).map(|i| dash(f32::from(i) * 5.0, 100.0)).collect();
        rules.push(Rule { level: true, at: 101.5, from: 0.0, to: 48.0 });
        rules.push(Rule { level: true, at: 110.0, from: 0.0, to: 48.0 });
        let edges = Edges::new(rules);
        assert_eq!(edges.level.len(), 2);
        assert_eq!((edges.level[0].from, edges.level[0].to), (0.0, 48.0));
    }

    #[test]
    fn dots_alone_are_no_edges() {
        let edges = Edges::new([Rule { level: true, at: 5.0, from: 1.0, to: 3.0 }]);
        assert!(edges.level.is_empty());
    }
}
