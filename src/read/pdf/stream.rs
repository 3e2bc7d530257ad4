//! Words without ruling → tables, by the alignment of words and gaps.

use std::ops::Range;

use super::again;
use super::bands::{Band, Placed, band, figure_columns, with_names};
use super::blocks::{blocks, rejoined};
use super::columns::columns;
use super::edges::Edges;
use super::geometry::Area;
use super::headings::{Heading, headings, height, row_pitch};
use super::lines::{block_text, lines};
use super::page::Page;
use super::strata::strata;
use super::table::{Method, Table, TableCell};
use super::tokens::{Row, Token, row};
use super::words::Word;
use super::wraps::{Room, starts};
use super::zones::Zone;

/// Tables among the chosen words, each with the words it took; `told` are words that are known to stand in tables.
#[must_use]
pub fn aligned(words: &[Word], chosen: &[usize], told: &[bool], edges: &Edges, fills: &[Area]) -> Vec<(Table, Vec<usize>)> {
    let upright = chosen.iter().copied().filter(|&i| words[i].turned == 0);
    let printed: Vec<Row> = lines(words, upright).iter().filter_map(|l| row(words, l)).collect();
    let rows = strata(&printed, edges);
    let ranges = rejoined(&rows, blocks(&rows));
    ranges.into_iter().filter_map(|range| table(words, &rows[range], told, edges, fills)).collect()
}

/// The table in a zone between level lines, unless it is none, with the words it took. Two columns of running text between rules of
/// the page are none.
#[must_use]
pub fn between_lines(words: &[Word], zone: &Zone, edges: &Edges, fills: &[Area]) -> Option<(Table, Vec<usize>)> {
    let bounds = columns(&zone.rows);
    if bounds.len() < 3 {
        return None;
    }
    let bands: Vec<Band> = zone.rows.iter().map(|r| band(r, &bounds, words)).collect();
    let figures = figure_columns(&bands, bounds.len() - 1);
    let headed = zone.rows.iter().take(3).any(|r| r.tokens.len() + 1 >= bounds.len());
    if !figures.contains(&true) && (!headed || (zone.filled < 3 && bounds.len() < 4 && !named(&zone.rows))) {
        return None;
    }
    let taken = bands.iter().flat_map(|b| &b.cells).flat_map(|p| p.words.iter().copied()).collect();
    Some((built(words, &zone.rows, &bounds, edges, fills)?, taken))
}

/// Whether rows of two texts begin with a short one, below two short ones that begin where they do: terms and what they mean, not two
/// columns of running text.
fn named(rows: &[Row]) -> bool {
    const LONGEST: usize = 28;
    let Some((head, body)) = rows.split_first() else { return false };
    let [first, second] = head.tokens.as_slice() else { return false };
    let full: Vec<&Row> = body.iter().filter(|r| r.tokens.len() == 2).collect();
    let below = |r: &&&Row| (r.tokens[1].area.x0 - second.area.x0).abs() < 1.5 && r.tokens[0].chars <= LONGEST;
    let short = first.chars <= LONGEST && second.chars <= LONGEST;
    short && full.len() >= 3 && full.iter().all(|r| below(&r)) && full.len() < 2 * body.len()
}

/// The table in a block of rows, unless it is none.
fn table(words: &[Word], rows: &[Row], told: &[bool], edges: &Edges, fills: &[Area]) -> Option<(Table, Vec<usize>)> {
    let bounds = columns(rows);
    if bounds.len() < 3 || contents(words, rows) || index(words, rows) {
        return None;
    }
    let bands: Vec<Band> = rows.iter().map(|r| band(r, &bounds, words)).collect();
    let figures = figure_columns(&bands, bounds.len() - 1);
    let taken: Vec<usize> = bands.iter().flat_map(|b| &b.cells).flat_map(|p| p.words.iter().copied()).collect();
    let known = taken.iter().filter(|&&i| told[i]).count() * 2 > taken.len();
    if !known && !plausible(&bands, &figures, edges) && !underlined(words, &bands, edges) {
        return None;
    }
    Some((built(words, rows, &bounds, edges, fills)?, taken))
}

/// Whether lines led by dots are a table of contents or places to sign: they lead to rising page numbers, or to nothing.
fn contents(words: &[Word], rows: &[Row]) -> bool {
    let dotted: Vec<&Row> = rows.iter().filter(|r| r.dotted).collect();
    if dotted.len() * 2 <= rows.len() {
        return false;
    }
    let last = |r: &&Row| r.tokens.last().filter(|t| t.words.len() == 1).and_then(|t| words[t.words[0]].text.parse::<u32>().ok());
    let pages: Vec<u32> = dotted.iter().filter_map(last).collect();
    let rising = pages.windows(2).filter(|p| p[0] <= p[1]).count() + 1;
    let led = dotted.iter().filter(|r| r.tokens.len() > 1 && r.tokens.last().is_some_and(|t| t.numeric)).count();
    led * 2 < dotted.len()
        || (pages.len() * 5 >= dotted.len() * 4 && rising * 10 >= pages.len() * 9 && dotted.iter().all(|r| r.tokens.len() <= 3))
}

/// Whether most texts side by side are entries of an index: words, a comma, and the pages they stand on.
fn index(words: &[Word], rows: &[Row]) -> bool {
    let entry = |t: &&Token| {
        let pages = t.words.iter().rev().take_while(|&&i| words[i].text.starts_with(|c: char| c.is_ascii_digit())).count();
        let before = t.words.len().checked_sub(pages + 1).map(|k| words[t.words[k]].text.as_str());
        pages > 0 && before.is_some_and(|text| text.ends_with(',') && text.contains(char::is_alphabetic))
    };
    let tokens = || rows.iter().flat_map(|r| &r.tokens);
    tokens().filter(entry).count() * 3 > tokens().count() * 2
}

/// The table that these lines make with these columns.
#[must_use]
pub fn built(words: &[Word], rows: &[Row], bounds: &[f32], edges: &Edges, fills: &[Area]) -> Option<Table> {
    let bands: Vec<Band> = rows.iter().map(|r| band(r, bounds, words)).collect();
    let figures = figure_columns(&bands, bounds.len() - 1);
    let head = height(words, &bands, &figures, edges);
    let heads = headings(words, &bands[..head], bounds, edges, row_pitch(&bands[head..]));
    if let Some(border) = hidden_border(&heads, &rows[head..]) {
        let mut more = bounds.to_vec();
        more.insert(bounds.partition_point(|b| *b < border), border);
        return built(words, rows, &more, edges, fills);
    }
    let top = heading_cells(words, &heads);
    let head_rows = heads.iter().map(|h| h.bottom + 1).max().unwrap_or(0);
    let (mut cells, mut count) = (top.clone(), head_rows);
    let (said, mut from) = (again::said_again(words, &rows[..head], &rows[head..]), head);
    for Range { start, end } in said.into_iter().chain(std::iter::once(rows.len() - head..rows.len() - head)) {
        let (added, below) = body(words, &rows[from..head + start], bounds, edges, fills, count);
        cells.extend(added);
        (count, from) = (below, head + end);
        if start < end {
            let lower = rows[head + start].area.y0 - rows[0].area.y0;
            cells.extend(top.iter().map(|c| TableCell { row: c.row + count, area: c.area.lowered(lower), ..c.clone() }));
            count += head_rows;
        }
    }
    let area = Area::around(bands.iter().map(|b| b.area))?;
    let mut table = Table { method: Method::Aligned, area, columns: bounds.to_vec(), rows: count, cells, source: rows.to_vec() };
    table.sort();
    Some(table)
}

/// The cells of a heading.
fn heading_cells(words: &[Word], heads: &[Heading]) -> Vec<TableCell> {
    let mut cells: Vec<TableCell> = Vec::new();
    for h in heads {
        let p = &h.placed;
        let text = block_text(words, p.words.iter().copied());
        // Two that were not parted are told together rather than one of them lost.
        match cells.iter_mut().find(|c| c.row == h.top && c.col == p.col) {
            Some(c) => super::lines::append(&mut c.text, &text),
            None => {
                cells.push(TableCell { row: h.top, col: p.col, rows: h.bottom + 1 - h.top, cols: p.cols, text, area: p.area });
            }
        }
    }
    cells
}

/// The border between two headings side by side in one column: one of theirs holds nothing, as the lane of an office that has no part in a
/// procedure. No text of the rows stands across it.
fn hidden_border(heads: &[Heading], rows: &[Row]) -> Option<f32> {
    let free = |x: &f32| !rows.iter().flat_map(|r| &r.tokens).any(|t| t.area.x0 < *x && *x < t.area.x1);
    heads.iter().enumerate().find_map(|(i, a)| {
        let beside = |b: &&Heading| {
            let own = a.placed.cols == 1 && b.placed.cols == 1 && a.placed.col == b.placed.col;
            own && a.top == b.top && a.placed.area.shared_width(&b.placed.area) < 0.0
        };
        let b = heads[i + 1..].iter().find(beside)?.placed.area;
        let a = a.placed.area;
        Some(f32::midpoint(a.x0.max(b.x0), a.x1.min(b.x1))).filter(free)
    })
}

/// The cells of the lines below a heading, their rows counted from `first`, and how many rows there are then.
#[must_use]
pub fn body(
    words: &[Word],
    rows: &[Row],
    bounds: &[f32],
    edges: &Edges,
    fills: &[Area],
    first: usize,
) -> (Vec<TableCell>, usize) {
    let bands = with_names(rows.iter().map(|r| band(r, bounds, words)).collect(), bounds);
    let (mut cells, mut row) = (Vec::new(), first);
    // For each column the row in which its cell began: a line that leaves it out does not end the cell.
    let mut since = vec![first; bounds.len() - 1];
    let room = Room::new(words, &bands, bounds);
    let groups = full_lines(&bands, bounds, edges);
    let begun = starts(words, &bands, bounds, edges, fills);
    for (i, (b, &begins)) in bands.iter().zip(&begun).enumerate() {
        row += usize::from(i > 0 && begins);
        let short = if i > 0 && begins { short_line(&bands[i - 1], b, bounds, edges) } else { None };
        for (c, since) in since.iter_mut().enumerate() {
            let left_out = short.is_some_and(|(from, to)| !(from..to).contains(&f32::midpoint(bounds[c], bounds[c + 1])));
            // Lines over the figures of a total leave out its name, which does not go on with the name above it.
            // No heading goes on into its rows.
            let counted = |b: &Band| b.cells.iter().any(|p| p.numeric);
            let alike = groups && i > 0 && counted(&bands[i - 1]) == counted(b);
            let goes_on = |(upper, lower): (&Placed, &Placed)| alike && room.wraps(upper, lower);
            let held = left_out && bands[i - 1].at(c).zip(b.at(c)).is_none_or(goes_on);
            *since = if held { *since } else { row };
        }
        // A name that goes on above its figures takes none of their columns, however far it reaches.
        let over = |p: &Placed| p.col == 0 && b.cells.len() == 1 && begun.get(i + 1) == Some(&false);
        for p in &b.cells {
            let own = if over(p) { Placed { cols: 1, ..p.clone() } } else { p.clone() };
            put(&mut cells, words, if own.cols == 1 { since[own.col] } else { row }, &own);
        }
    }
    (cells, if bands.is_empty() { first } else { row + 1 })
}

/// Whether lines over the whole width are drawn between rows, as they are between groups of rows that bear one name.
fn full_lines(bands: &[Band], bounds: &[f32], edges: &Edges) -> bool {
    let width = bounds[bounds.len() - 1] - bounds[0];
    let long: Vec<f32> = edges.level.iter().filter(|e| e.length() > 0.97 * width).map(|e| e.at).collect();
    bands.windows(2).any(|w| long.iter().any(|&y| y > w[0].area.mid_y() && y < w[1].area.mid_y()))
}

/// The ends of the only line between two bands, where it leaves out columns: their cells reach over both rows.
fn short_line(above: &Band, here: &Band, bounds: &[f32], edges: &Edges) -> Option<(f32, f32)> {
    let (top, bottom) = (above.area.mid_y(), here.area.mid_y());
    let first = edges.level.partition_point(|e| e.at <= top);
    let mut between = edges.level[first..].iter().take_while(|e| e.at < bottom);
    let line = between.next().filter(|_| between.next().is_none())?;
    let (low, high) = (bounds[0], bounds[bounds.len() - 1]);
    let wide = line.length() > 0.5 * (high - low) && line.from > low - 4.0 && line.to < high + 4.0;
    (wide && line.length() < 0.97 * (high - low)).then_some((line.from, line.to))
}

/// The table of these lines of a page, set with other columns.
#[must_use]
pub fn set(page: &Page, rows: &[Row], bounds: &[f32]) -> Option<Table> {
    built(&page.words, rows, bounds, &page.edges, &page.fills)
}

/// Whether lines can be set with these columns: hardly any of their texts stand across a boundary.
#[must_use]
pub fn fits(rows: &[Row], bounds: &[f32]) -> bool {
    let parted = || rows.iter().filter(|r| r.tokens.len() > 1);
    let (all, across) = parted().fold((0, 0), |(n, k), r| (n + r.tokens.len(), k + across(r, bounds)));
    across * 12 <= all
}

/// How many of the texts of a line stand across a boundary.
#[must_use]
pub fn across(row: &Row, bounds: &[f32]) -> usize {
    let inner = bounds.get(1..bounds.len().saturating_sub(1)).unwrap_or_default();
    let over = |t: &&Token| inner.iter().any(|&b| t.area.x0 + 2.0 < b && b < t.area.x1 - 2.0);
    if row.tokens.len() > 1 { row.tokens.iter().filter(over).count() } else { 0 }
}

/// Adds what stands in a column to its row, after what stands there already.
fn put(cells: &mut Vec<TableCell>, words: &[Word], row: usize, p: &Placed) {
    let text = block_text(words, p.words.iter().copied());
    let same = |c: &&mut TableCell| c.row == row && c.col < p.col + p.cols && p.col < c.col + c.cols;
    match cells.iter_mut().rev().take(64).find(same) {
        Some(c) => {
            super::lines::append(&mut c.text, &text);
            c.area = c.area.with(&p.area);
            let end = (c.col + c.cols).max(p.col + p.cols);
            c.col = c.col.min(p.col);
            c.cols = end - c.col;
        }
        None => cells.push(TableCell { row, col: p.col, rows: 1, cols: p.cols, text, area: p.area }),
    }
}

/// Whether two columns are marks or numbers and the texts that they count: a list, references, notes.
fn enumerated(bands: &[Band], figures: &[bool]) -> bool {
    let marked =
        bands.iter().filter(|b| b.cells.len() == 2 && b.cells[0].words.len() == 1 && b.cells[0].area.width() < 3.5 * b.size);
    let (mut all, mut long) = (0, 0);
    for b in marked {
        all += 1;
        long += usize::from(b.cells[1].area.width() > 12.0 * b.size);
    }
    figures == [true, false] && all >= 3 && long * 2 >= all
}

/// Whether a line is drawn between headings of all columns and a row with a text in all of them, two of which begin with digits: a
/// table of a single row.
fn underlined(words: &[Word], bands: &[Band], edges: &Edges) -> bool {
    let Some(area) = Area::around(bands.iter().map(|b| b.area)) else { return false };
    let line = |above: &Band, below: &Band| {
        edges.level.iter().any(|e| e.at > above.area.mid_y() && e.at < below.area.mid_y() && e.length() > 0.9 * area.width())
    };
    let counted = |b: &Band| b.cells.iter().filter(|p| words[p.words[0]].text.starts_with(|c: char| c.is_ascii_digit())).count();
    bands.windows(2).any(|w| {
        let full = w[0].cells.len() >= 4 && w[0].cells.len() == w[1].cells.len();
        full && w[0].cells.iter().all(|p| !p.numeric) && counted(&w[1]) >= 2 && line(&w[0], &w[1])
    })
}

/// Whether bands and columns make a table: enough rows, filled well enough, with figures or lines to speak for it.
fn plausible(bands: &[Band], figures: &[bool], edges: &Edges) -> bool {
    let cols = figures.len();
    let full = bands.iter().filter(|b| b.cells.len() * 2 > cols).count();
    let numeric = figures.iter().filter(|f| **f).count();
    let Some(area) = Area::around(bands.iter().map(|b| b.area)) else { return false };
    let across = |at: f32| at > area.y0 - 12.0 && at < area.y1 + 12.0;
    let lined = edges.level.iter().filter(|e| across(e.at) && e.length() > 0.7 * area.width()).count();
    // Words of stretched lines align by chance.
    if numeric == 0 && lined < 2 && full < 3 {
        return false;
    }
    match cols {
        2 => full >= 3 && (numeric == 1 || lined >= 2) && !enumerated(bands, figures),
        3 => full >= 2 && (numeric >= 1 || lined >= 2 || full >= 4),
        _ => full >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::shapes::Rule;

    #[test]
    fn lines_over_the_figures_of_a_total_leave_its_name_in_its_row() {
        let names = [("Belanja pegawai", 100.0), ("Modal", 112.0), ("Jumlah", 124.0)];
        let placed = names.into_iter().flat_map(|(name, y)| [(name, 20.0, y), ("120", 200.0, y), ("340", 260.0, y)]);
        let words: Vec<Word> = placed.map(|(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
        let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
        let edges = Edges::new([Rule { level: true, at: 122.0, from: 180.0, to: 280.0 }]);
        let (cells, count) = body(&words, &rows, &[20.0, 150.0, 240.0, 280.0], &edges, &[], 0);
        let names: Vec<(usize, &str)> = cells.iter().filter(|c| c.col == 0).map(|c| (c.row, c.text.as_str())).collect();
        assert_eq!((count, names), (3, vec![(0, "Belanja pegawai"), (1, "Modal"), (2, "Jumlah")]));
    }

    #[test]
    fn a_name_that_reaches_over_a_column_takes_no_figure_at_its_foot() {
        let mut placed = vec![("Pengeluaran-rumah-tangga-per-kapita", 20.0, 100.0), ("sebulan", 20.0, 109.0)];
        for y in [109.0, 121.0, 133.0] {
            placed.extend([("120", 150.0, y), ("340", 260.0, y)]);
            placed.extend((y > 110.0).then_some(("Modal", 20.0, y)));
        }
        let words: Vec<Word> = placed.into_iter().map(|(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
        let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
        let (cells, count) = body(&words, &rows, &[20.0, 100.0, 240.0, 280.0], &Edges::default(), &[], 0);
        let first: Vec<&str> = cells.iter().filter(|c| c.row == 0).map(|c| c.text.as_str()).collect();
        assert_eq!((count, first), (3, vec!["Pengeluaran-rumah-tangga-per-kapita sebulan", "120", "340"]));
    }

    #[test]
    fn of_two_headings_side_by_side_in_one_column_one_has_an_empty_column() {
        let heads = [("Kasubbag", 60.0, 92.0), ("Staf", 20.0, 97.0), ("Teknis", 64.0, 102.0)];
        let heads = heads.map(|(t, x, y)| Word::sample(t, x, y, 8.0));
        let border = |mark: f32| {
            let mut words = heads.to_vec();
            words.extend([114.0, 126.0].map(|y| Word::sample("ya", mark, y, 8.0)));
            let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
            let bands: Vec<Band> = rows[..3].iter().map(|r| band(r, &[0.0, 150.0], &words)).collect();
            let heads = headings(&words, &bands, &[0.0, 150.0], &Edges::default(), None);
            hidden_border(&heads, &rows[3..])
        };
        let end = heads[1].area.x1;
        assert!(border(24.0).is_some_and(|x| end < x && x < 60.0));
        // Where rows stand across it, nothing tells.
        assert_eq!(border(f32::midpoint(end, 60.0) - 4.0), None);
    }
}
