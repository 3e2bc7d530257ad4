//! Names printed at the foot of the rows they stand for, in tables without lines: a sheet that merges their cells prints them so. Read from
//! above, each name would pass for that of the rows below it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tokens::figure;
use super::torn::PagedCell;

/// Fewest groups of several rows that tell.
const GROUPS: usize = 3;

/// Stretches each name of such a column up to the first of its rows, where another column proves that rows belong to the name below them.
/// The cells are in order of rows.
pub fn stretch_up(cells: &mut [PagedCell], cols: usize) {
    let mut columns: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); cols];
    for (i, p) in cells.iter().enumerate().filter(|(_, p)| p.cell.cols == 1 && !p.cell.text.is_empty()) {
        columns[p.cell.col].insert(p.cell.row, i);
    }
    let Some(first) = first_row(cells, &columns) else { return };
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for (col, own) in columns.iter().enumerate() {
        // A total stands alone.
        let groups: Vec<Range<usize>> = groups(cells, own, first, &columns).into_iter().filter(|g| g.len() > 1).collect();
        let proves = |(other, texts): (usize, &BTreeMap<usize, usize>)| {
            let text = |row: usize| texts.get(&row).map(|&i| cells[i].cell.text.as_str());
            other != col && (alike_within(&groups, text) || begin_alike(&groups, text))
        };
        if groups.len() >= GROUPS && columns.iter().enumerate().any(proves) {
            found.extend(groups.iter().map(|g| (own[&(g.end - 1)], g.clone())));
        }
    }
    for (i, rows) in found {
        (cells[i].cell.row, cells[i].cell.rows) = (rows.start, rows.len());
    }
}

/// The first row below the heading: the first that holds several figures and does not number the columns.
fn first_row(cells: &[PagedCell], columns: &[BTreeMap<usize, usize>]) -> Option<usize> {
    let rows = columns.iter().flat_map(BTreeMap::keys).max()?;
    (0..=*rows).find(|row| {
        let texts = || columns.iter().filter_map(|c| c.get(row)).map(|&i| cells[i].cell.text.as_str());
        let numbers = (1..).zip(texts()).all(|(n, t): (usize, &str)| t.trim_matches(['(', ')']).parse() == Ok(n));
        texts().filter(|t| figure(t)).count() > 1 && !numbers
    })
}

/// The rows from behind each name of a column down to the next name. None where the column holds figures, names most rows, or names the
/// first row but not the last.
fn groups(
    cells: &[PagedCell],
    own: &BTreeMap<usize, usize>,
    first: usize,
    columns: &[BTreeMap<usize, usize>],
) -> Vec<Range<usize>> {
    let names: Vec<(usize, &PagedCell)> = own.range(first..).map(|(&row, &i)| (row, &cells[i])).collect();
    let last = columns.iter().filter_map(|c| c.keys().next_back()).max().copied().unwrap_or(first);
    // Below the last name no more than a total.
    let at_foot = names.first().is_some_and(|(row, _)| *row > first) && names.last().is_some_and(|(row, _)| row + 1 >= last);
    let named = names.iter().all(|(_, p)| p.cell.rows == 1 && p.cell.text.chars().any(char::is_alphabetic));
    if !at_foot || !named || names.len() * 2 > last + 1 - first {
        return Vec::new();
    }
    let mut from = first;
    let to_name = |(row, _): &(usize, &PagedCell)| {
        let group = from..row + 1;
        from = row + 1;
        group
    };
    names.iter().map(to_name).collect()
}

/// Whether a column says the same within each group and hardly ever the same in two groups that follow each other.
fn alike_within<'a>(groups: &[Range<usize>], text: impl Fn(usize) -> Option<&'a str>) -> bool {
    let said: Vec<Option<&str>> =
        groups.iter().map(|g| text(g.start).filter(|t| g.clone().all(|row| text(row) == Some(*t)))).collect();
    let again = said.windows(2).filter(|w| w[0] == w[1]).count();
    said.iter().filter(|t| t.is_some()).count() * 10 >= groups.len() * 9 && again * 4 <= groups.len()
}

/// Whether a column begins each group with the same text and says it nowhere else, as `TPS 1` begins those of each desa.
fn begin_alike<'a>(groups: &[Range<usize>], text: impl Fn(usize) -> Option<&'a str>) -> bool {
    let Some(begin) = groups.first().and_then(|g| text(g.start)) else { return false };
    let begun = groups.iter().filter(|g| text(g.start) == Some(begin)).count();
    let within = groups.iter().flat_map(|g| g.start + 1..g.end).filter(|row| text(*row) == Some(begin)).count();
    begun * 10 >= groups.len() * 9 && within == 0
}

#[cfg(test)]
mod tests {
    use super::super::geometry::Area;
    use super::super::table::TableCell;
    use super::*;

    /// The names of the first of these columns with the rows they stand for; rows are parted by `/`, cells by `|`.
    fn named(table: &str) -> Vec<(usize, usize, String)> {
        let area = Area { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
        let rows = table.split('/').enumerate();
        let filled = rows.flat_map(|(row, line)| line.split('|').enumerate().map(move |(col, text)| (row, col, text)));
        let cell = |(row, col, text): (usize, usize, &str)| {
            let cell = TableCell { row, col, rows: 1, cols: 1, text: text.to_owned(), area };
            PagedCell { cell, page: 1, area }
        };
        let mut cells: Vec<PagedCell> = filled.filter(|c| !c.2.is_empty()).map(cell).collect();
        stretch_up(&mut cells, table.split('/').next().unwrap().split('|').count());
        cells.into_iter().filter(|p| p.cell.col == 0).map(|p| (p.cell.row, p.cell.rows, p.cell.text)).collect()
    }

    #[test]
    fn names_below_stations_that_begin_anew_behind_them_stand_for_the_rows_above() {
        let table = "Desa|TPS|L|P/|1|12|13/|2|14|15/Ajung|3|16|17/|1|22|23/Balung|2|24|25/|1|32|33/Kumai|2|34|35/JUMLAH||154|161";
        let expected = [(0, 1, "Desa"), (1, 3, "Ajung"), (4, 2, "Balung"), (6, 2, "Kumai"), (8, 1, "JUMLAH")];
        assert_eq!(named(table), expected.map(|(row, rows, name)| (row, rows, name.to_owned())));
        // Nothing shows where the rows of one name end.
        let table = "Desa|Barang|L|P/|a|12|13/|b|14|15/Ajung|c|16|17/|d|22|23/Balung|e|24|25/|f|32|33/Kumai|g|34|35";
        assert!(named(table).iter().all(|(_, rows, _)| *rows == 1));
    }

    #[test]
    fn names_above_their_rows_stay() {
        let table = "Desa|TPS|L|P/Ajung|1|12|13/|2|14|15/|3|16|17/Balung|1|22|23/|2|24|25/Kumai|1|32|33/|2|34|35";
        assert!(named(table).iter().all(|(_, rows, _)| *rows == 1));
    }

    #[test]
    fn what_is_said_alike_of_all_goods_of_a_name_shows_its_rows() {
        let table = "Desa|TPS|Barang|L/|14|Kotak|70/Ajung|14|Bilik|56/|7|Kotak|35/Balung|7|Bilik|28/|9|Kotak|45/Kumai|9|Bilik|36";
        assert_eq!(named(table)[1..].iter().map(|n| (n.0, n.1)).collect::<Vec<_>>(), [(1, 2), (3, 2), (5, 2)]);
    }
}
