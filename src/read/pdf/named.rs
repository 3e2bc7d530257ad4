//! Ruled tables whose rows stand in blocks, with the name of a group of rows between two blocks that no line encloses.

use super::geometry::Area;
use super::lines::{Line, line_text, lines};
use super::table::{Method, Table, TableCell};
use super::tokens::{figure, row};
use super::words::Word;

/// How far the columns of two blocks of one table may differ.
const SLACK: f32 = 2.0;
/// Most white from line to line around a name, as a share of its font size.
const WIDEST: f32 = 2.6;
/// Most white between two blocks, in points, without a name between them.
const LEAST_GAP: f32 = 20.0;
/// Longest name, in characters.
const LONGEST: usize = 70;

/// Joins blocks of one table with the names between them; gives the words of the names.
#[must_use]
pub fn join(tables: &mut Vec<Table>, words: &[Word], free: &[bool]) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut at = 0;
    while at < tables.len() {
        let next = (at + 1..tables.len()).find_map(|k| name(&tables[at], &tables[k], words, free).map(|name| (k, name)));
        let Some((k, name)) = next else {
            at += 1;
            continue;
        };
        let below = tables.remove(k);
        append(&mut tables[at], below, name.first(), words);
        taken.extend(name.into_iter().flat_map(|n| n.words));
    }
    taken
}

/// The only line of text between two blocks of one table, if it names the rows of the lower one. Empty where that begins with the
/// name itself; `None` where they are no blocks of one table.
fn name(above: &Table, below: &Table, words: &[Word], free: &[bool]) -> Option<Vec<Line>> {
    let same = above.columns.len() == below.columns.len()
        && above.columns.iter().zip(&below.columns).all(|(a, b)| (a - b).abs() < SLACK);
    let gap = below.area.y0 - above.area.y1;
    if !same || gap <= 0.0 || gap > 100.0 || above.method != Method::Ruled || below.method != Method::Ruled {
        return None;
    }
    let between = Area { y0: above.area.y1, y1: below.area.y0, ..above.area };
    let held = (0..words.len()).filter(|&i| between.holds(words[i].area.mid_x(), words[i].area.mid_y(), 0.0));
    let mut printed = lines(words, held).into_iter();
    let (first, None) = (printed.next(), printed.next()) else { return None };
    let Some(line) = first else { return (titled(below) && gap < LEAST_GAP && body(above, below, 1)).then(Vec::new) };
    let row = row(words, &line)?;
    let plain = row.tokens.len() == 1 && !row.tokens[0].numeric && row.chars() <= LONGEST && gap < WIDEST * row.size;
    let open = line.words.iter().all(|&i| free[i] && words[i].turned == 0);
    (plain && open && between.covers(&Area { y0: between.y0, y1: between.y1, ..line.area }, SLACK) && body(above, below, 0))
        .then(|| vec![line])
}

/// Whether the first row of a block is a name alone.
fn titled(table: &Table) -> bool {
    let mut texts = table.row(0).filter(|c| !c.text.is_empty());
    let name = texts.next().filter(|c| c.col == 0 && c.rows == 1 && !c.text.contains(|x: char| x.is_ascii_digit()));
    name.is_some() && texts.next().is_none()
}

/// Whether the lower block has figures in this row where the upper one ends with figures, and no heading.
fn body(above: &Table, below: &Table, at: usize) -> bool {
    let figures = |t: &Table, r: usize| -> Vec<usize> {
        let reads = |c: &&TableCell| !c.text.is_empty() && c.text.split_whitespace().all(figure);
        t.row(r).filter(reads).map(|c| c.col).collect()
    };
    let (last, first) = (figures(above, above.rows.saturating_sub(1)), figures(below, at));
    let met = last.iter().filter(|c| first.contains(c)).count();
    met > 0 && met * 2 >= last.len()
}

/// Adds a name and the block below it to a table.
fn append(table: &mut Table, below: Table, name: Option<&Line>, words: &[Word]) {
    let (row, cols) = (table.rows, table.cols());
    let first = row + usize::from(name.is_some());
    table.cells.extend(name.map(|n| TableCell { row, col: 0, rows: 1, cols, text: line_text(words, n), area: n.area }));
    table.cells.extend(below.cells.into_iter().map(|c| TableCell { row: c.row + first, ..c }));
    table.rows = first + below.rows;
    table.area = table.area.with(&below.area);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(top: f32, texts: [&str; 2]) -> Table {
        let cell = |col: usize, text: &str| TableCell { row: 0, col, rows: 1, cols: 1, text: text.into(), area: Area::default() };
        let area = Area::new(50.0, top, 250.0, top + 20.0);
        let cells = vec![cell(0, texts[0]), cell(1, texts[1])];
        Table { method: Method::Ruled, area, columns: vec![50.0, 150.0, 250.0], rows: 1, cells, source: Vec::new() }
    }

    fn joined(below: [&str; 2], between: &[&str]) -> Vec<Table> {
        let mut tables = vec![block(100.0, ["Ajung", "12"]), block(136.0, below)];
        let words: Vec<Word> =
            (0_u8..).zip(between).map(|(i, t)| Word::sample(t, 54.0 + 90.0 * f32::from(i), 124.0, 8.0)).collect();
        let taken = join(&mut tables, &words, &vec![true; words.len()]);
        assert_eq!(taken.len(), if tables.len() == 1 { words.len() } else { 0 });
        tables
    }

    #[test]
    fn a_name_between_two_blocks_joins_them_and_a_heading_or_a_row_does_not() {
        let table = &joined(["Balung", "15"], &["KECAMATAN"])[0];
        assert_eq!((table.rows, table.cells.iter().map(|c| c.row).collect::<Vec<_>>()), (3, vec![0, 0, 1, 2, 2]));
        assert_eq!(joined(["Desa", "Pemilih"], &["KECAMATAN"]).len(), 2);
        assert_eq!(joined(["Balung", "15"], &["Jumlah", "27"]).len(), 2);
        assert_eq!(joined(["Balung", "15"], &[]).len(), 2);
    }
}
