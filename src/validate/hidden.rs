//! F06: figures that a reader of the paper does not see, in hidden sheets, rows and columns.

use crate::model::{Cell, Document, Finding, Findings, Grid, Origin, Span};

use super::cells::is_figure;

/// A filtered sheet hides rows in many places; beyond this many areas they are one finding.
const MOST_AREAS: usize = 10;

/// One finding per contiguous hidden area that holds figures.
pub fn check(findings: &mut Findings, document: &Document) {
    for (grid, number) in document.grids.iter().zip(0_u16..) {
        if grid.hidden {
            let all = figures(grid, &grid.cells).map(|c| Origin::new(number, c.row, c.col));
            report(findings, "lembar", Span::around(all).into_iter().collect(), &grid.name);
        } else {
            report(findings, "baris", in_rows(grid, number), &grid.name);
            report(findings, "kolom", in_columns(grid, number), &grid.name);
        }
    }
}

fn figures<'a>(grid: &'a Grid, cells: &'a [Cell]) -> impl Iterator<Item = &'a Cell> {
    cells.iter().filter(|c| is_figure(grid, c.value))
}

fn report(findings: &mut Findings, what: &str, mut areas: Vec<Span>, name: &str) {
    let parts = areas.len();
    if parts > MOST_AREAS {
        areas = areas.into_iter().reduce(|all, area| all.with(area.from).with(area.to)).into_iter().collect();
    }
    let several = if parts > MOST_AREAS { format!(" ({parts} bagian)") } else { String::new() };
    for area in areas {
        let message = format!("{what} tersembunyi di \"{name}\"{several} berisi angka; tampilkan atau hapus sebelum dikirim");
        findings.add(Finding::new("F06", message).at(area));
    }
}

fn in_rows(grid: &Grid, number: u16) -> Vec<Span> {
    let ranges = joined(grid.hidden_rows.iter().map(|&(a, b)| (a, b)));
    let inside = ranges.into_iter().filter_map(|(first, last)| {
        let start = grid.cells.partition_point(|c| c.row < first);
        let end = grid.cells.partition_point(|c| c.row <= last);
        Span::around(figures(grid, &grid.cells[start..end.max(start)]).map(|c| Origin::new(number, c.row, c.col)))
    });
    inside.collect()
}

fn in_columns(grid: &Grid, number: u16) -> Vec<Span> {
    let ranges = joined(grid.hidden_cols.iter().map(|&(a, b)| (u32::from(a), u32::from(b))));
    if ranges.is_empty() {
        return Vec::new();
    }
    let mut areas: Vec<Option<Span>> = vec![None; ranges.len()];
    for cell in figures(grid, &grid.cells) {
        let col = u32::from(cell.col);
        let at = ranges.partition_point(|r| r.1 < col);
        if ranges.get(at).is_some_and(|r| r.0 <= col) {
            let origin = Origin::new(number, cell.row, cell.col);
            areas[at] = Some(areas[at].map_or(origin.into(), |area| area.with(origin)));
        }
    }
    areas.into_iter().flatten().collect()
}

/// Ranges in order, those that touch made one.
fn joined(ranges: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut sorted: Vec<(u32, u32)> = ranges.filter(|r| r.0 <= r.1).collect();
    sorted.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(sorted.len());
    for (first, last) in sorted {
        match out.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    fn found(fill: impl FnOnce(&mut GridBuilder)) -> Vec<Span> {
        let mut b = GridBuilder::new("Lama", Place::Sheet("Lama".into()));
        fill(&mut b);
        let mut findings = Findings::default();
        check(&mut findings, &Document { grids: vec![b.finish()], ..Document::default() });
        findings.0.into_iter().filter_map(|f| f.span).collect()
    }

    fn span(a: (u32, u16), b: (u32, u16)) -> Span {
        Span::new(Origin::new(0, a.0, a.1), Origin::new(0, b.0, b.1))
    }

    #[test]
    fn a_hidden_sheet_with_figures_is_one_finding() {
        let areas = found(|b| {
            b.push_text(0, 0, "REKAP LAMA");
            b.push(3, 1, Value::Number(10.0));
            b.push_text(5, 2, "1.234");
            b.grid().hidden = true;
        });
        assert_eq!(areas, [span((3, 1), (5, 2))]);
    }

    #[test]
    fn touching_hidden_columns_are_one_area_and_other_rows_another() {
        let areas = found(|b| {
            b.push(2, 4, Value::Number(1.0));
            b.push(3, 5, Value::Number(2.0));
            b.push(3, 9, Value::Number(2.0));
            b.push(7, 0, Value::Number(3.0));
            b.grid().hidden_cols.extend([(4, 4), (5, 6)]);
            b.grid().hidden_rows.push((7, 7));
        });
        assert_eq!(areas, [span((7, 0), (7, 0)), span((2, 4), (3, 5))]);
    }

    #[test]
    fn hidden_words_and_visible_figures_are_nothing() {
        let areas = found(|b| {
            b.push_text(2, 4, "daftar pilihan");
            b.push(2, 5, Value::Number(1.0));
            b.push(3, 4, Value::Number(0.0));
            b.grid().hidden_cols.push((4, 4));
        });
        assert!(areas.is_empty());
    }

    #[test]
    fn a_filtered_sheet_is_one_finding() {
        let areas = found(|b| {
            for row in 0..40 {
                b.push(row, 0, Value::Number(f64::from(row + 1)));
            }
            b.grid().hidden_rows.extend((0..20).map(|n| (n * 2, n * 2)));
        });
        assert_eq!(areas, [span((0, 0), (38, 0))]);
    }
}
