//! Frames that hold several tables: forms draw their parts as one ruled block, each part with columns of its own.

use super::cells::{Frame, Region};

/// The frame cut where the columns change altogether. Rows over the whole width belong to the part below them, whose titles they are.
#[must_use]
pub fn sections(frame: &Frame) -> Vec<Frame> {
    let bands = bands(frame);
    let mut cuts: Vec<usize> = Vec::new();
    let mut stops: Vec<usize> = Vec::new();
    let mut waiting: Option<usize> = None;
    let mut before = (0, 0);
    for &(from, to) in &bands {
        let own = inner_stops(frame, from, to);
        if own.is_empty() {
            waiting = waiting.or(Some(from));
            continue;
        }
        if !stops.is_empty() && !alike(&own, &stops) && !steps(frame, before, (from, to)) {
            cuts.push(waiting.unwrap_or(from));
            stops.clear();
        }
        waiting = None;
        before = (from, to);
        stops.extend(own);
        stops.sort_unstable();
        stops.dedup();
    }
    if cuts.is_empty() {
        return vec![frame.clone()];
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(frame.ys.len() - 1));
    starts.zip(ends).map(|(from, to)| part(frame, from, to)).collect()
}

/// Whether two rows are steps of one heading that merges no cells and draws only those in use: `Desa | TPS | Kebutuhan` and the white behind
/// it, and below the white before them `Kotak | Bilik | Tinta`.
fn steps(frame: &Frame, above: (usize, usize), below: (usize, usize)) -> bool {
    let own = |(from, to): (usize, usize)| frame.regions.iter().filter(move |r| (from..to).contains(&r.row));
    let behind = own(above).find(|r| r.cols > 1 && r.col + r.cols + 1 == frame.xs.len());
    let ahead = own(below).find(|r| r.cols > 1 && r.col == 0);
    let single = |rows, white: &Region| own(rows).all(|r| r == white || r.cols == 1);
    behind.zip(ahead).is_some_and(|(b, a)| a.cols < b.col && single(above, b) && single(below, a))
}

/// Runs of rows that merged cells hold together.
fn bands(frame: &Frame) -> Vec<(usize, usize)> {
    let rows = frame.ys.len() - 1;
    let mut tied = vec![false; rows + 1];
    for r in &frame.regions {
        tied[r.row + 1..r.row + r.rows].fill(true);
    }
    let mut out = Vec::new();
    let mut from = 0;
    for row in (1..=rows).filter(|&row| !tied[row]) {
        out.push((from, row));
        from = row;
    }
    out
}

/// Where cells of these rows start, but for the left border; sorted.
fn inner_stops(frame: &Frame, from: usize, to: usize) -> Vec<usize> {
    let mut stops: Vec<usize> =
        frame.regions.iter().filter(|r| (from..to).contains(&r.row) && r.col > 0).map(|r| r.col).collect();
    stops.sort_unstable();
    stops.dedup();
    stops
}

/// Whether two sets of stops are those of one table: most of the smaller set stands in the other, as with headings and totals over
/// several columns. A single stop in common is chance.
fn alike(a: &[usize], b: &[usize]) -> bool {
    let shared = a.iter().filter(|s| b.contains(s)).count();
    shared * 5 >= a.len().min(b.len()) * 3
}

/// The rows `from..to` as a frame of their own, with the columns they use.
fn part(frame: &Frame, from: usize, to: usize) -> Frame {
    let mut used = vec![false; frame.xs.len()];
    let own: Vec<&Region> = frame.regions.iter().filter(|r| (from..to).contains(&r.row)).collect();
    for r in &own {
        used[r.col] = true;
        used[r.col + r.cols] = true;
    }
    let number: Vec<usize> = used
        .iter()
        .scan(0, |n, &u| {
            let at = *n;
            *n += usize::from(u);
            Some(at)
        })
        .collect();
    let xs = frame.xs.iter().zip(&used).filter(|(_, u)| **u).map(|(x, _)| *x).collect();
    let regions = own
        .into_iter()
        .map(|r| Region { row: r.row - from, col: number[r.col], rows: r.rows, cols: number[r.col + r.cols] - number[r.col] })
        .collect();
    Frame { xs, ys: frame.ys[from..=to].to_vec(), regions }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_with_other_columns_are_cut_and_take_their_title() {
        let region = |row, col, cols| Region { row, col, rows: 1, cols };
        let frame = Frame {
            xs: vec![0.0, 10.0, 20.0, 30.0],
            ys: vec![0.0, 1.0, 2.0, 3.0],
            regions: vec![region(0, 0, 1), region(0, 1, 2), region(1, 0, 3), region(2, 0, 2), region(2, 2, 1)],
        };
        let parts = sections(&frame);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].xs, [0.0, 10.0, 30.0]);
        assert_eq!(parts[1].xs, [0.0, 20.0, 30.0]);
        assert_eq!(parts[1].ys, [1.0, 2.0, 3.0]);
        assert_eq!(parts[1].regions[0], region(0, 0, 2));
    }

    #[test]
    fn a_heading_in_steps_is_one_part_with_its_rows() {
        let region = |row, col, cols| Region { row, col, rows: 1, cols };
        let parts = |upper: &[Region], lower: &[Region]| {
            let regions = upper.iter().chain(lower).copied().chain((0..6).map(|col| region(2, col, 1))).collect();
            let xs = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0].to_vec();
            sections(&Frame { xs, ys: vec![0.0, 1.0, 2.0, 3.0], regions }).len()
        };
        let upper = [region(0, 0, 1), region(0, 1, 1), region(0, 2, 1), region(0, 3, 3)];
        let lower = [region(1, 0, 2), region(1, 2, 1), region(1, 3, 1), region(1, 4, 1), region(1, 5, 1)];
        assert_eq!(parts(&upper, &lower), 1);
        // Below all of the upper cells stands white: nothing joins the two.
        let lower = [region(1, 0, 3), region(1, 3, 1), region(1, 4, 1), region(1, 5, 1)];
        assert_eq!(parts(&upper, &lower), 2);
    }
}
