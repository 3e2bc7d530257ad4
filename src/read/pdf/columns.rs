//! Rows of a block → columns: the strips that (nearly) all rows leave free.

use super::tokens::Row;

/// Boundaries between columns: the left end, the middle of each free strip, the right end. Fewer than three: no table.
#[must_use]
pub fn columns(rows: &[Row]) -> Vec<f32> {
    let body = telling(rows);
    let (Some(low), Some(high)) =
        (rows.iter().map(|r| r.area.x0).min_by(f32::total_cmp), rows.iter().map(|r| r.area.x1).max_by(f32::total_cmp))
    else {
        return Vec::new();
    };
    let strips = strips(&body, body.len() / 14);
    let mut bounds = vec![low];
    for (a, b) in strips {
        if open(&body, a, b) {
            bounds.push(f32::midpoint(a, b));
        }
    }
    bounds.push(high);
    bounds
}

/// The rows that tell columns: those with at least half as many tokens as the fullest ones have.
fn telling(rows: &[Row]) -> Vec<&Row> {
    let mut counts: Vec<usize> = rows.iter().filter(|r| r.tokens.len() > 1).map(|r| r.tokens.len()).collect();
    counts.sort_unstable();
    let typical = counts.get(counts.len() * 3 / 4).copied().unwrap_or(2);
    let need = (typical / 2 + 1).max(2).min(typical.max(2));
    rows.iter().filter(|r| r.tokens.len() >= need).collect()
}

/// Maximal stretches of x that at most `tolerance` rows cover, between the first and the last covered x.
fn strips(rows: &[&Row], tolerance: usize) -> Vec<(f32, f32)> {
    let mut events: Vec<(f32, i32)> = Vec::new();
    for t in rows.iter().flat_map(|r| &r.tokens) {
        events.push((t.area.x0, 1));
        events.push((t.area.x1, -1));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let tolerance = i32::try_from(tolerance).unwrap_or(0);
    let (mut depth, mut since) = (0, None);
    let mut out = Vec::new();
    for (x, step) in events {
        let was = depth;
        depth += step;
        if was > tolerance && depth <= tolerance {
            since = Some(x);
        } else if was <= tolerance && depth > tolerance {
            if let Some(from) = since.take() {
                out.push((from, x));
            }
        }
    }
    out
}

/// Whether a strip parts columns: wide enough at its narrowest, and wider than a space in most rows that have something on both
/// sides. Chance alignments of word spaces are narrow in every row.
fn open(rows: &[&Row], a: f32, b: f32) -> bool {
    let middle = f32::midpoint(a, b);
    let mut wide: Vec<f32> = Vec::new();
    for r in rows {
        let left = r.tokens.iter().filter(|t| t.area.mid_x() < middle).map(|t| t.area.x1).max_by(f32::total_cmp);
        let right = r.tokens.iter().filter(|t| t.area.mid_x() > middle).map(|t| t.area.x0).min_by(f32::total_cmp);
        if let (Some(left), Some(right)) = (left, right) {
            wide.push((right - left) / r.size.max(1.0));
        }
    }
    wide.sort_by(f32::total_cmp);
    let Some(&median) = wide.get(wide.len() / 2) else { return false };
    let size = rows.iter().map(|r| r.size).fold(0.0, f32::max);
    b - a > 0.22 * size && median > 0.8 && wide.len() >= 2
}
