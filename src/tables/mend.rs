//! What paper has run together or torn is put right before a table is read: headings of neighbouring columns in one cell, and names that
//! go on in the next line of the block they stand for. Only grids of paper are looked at.

mod headings;
mod numbered;
mod overflow;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::origin::Place;
use crate::model::{Cell, Grid, Value};
use crate::normalise::number;

use super::words::{Dimension, Sense, Vocabulary};

/// Most rows of a heading.
const MOST_HEADING: usize = 8;

/// The grid with what can be put right put right; the same grid where nothing is amiss.
#[must_use]
pub fn mend<'g>(grid: &'g Grid, vocabulary: &Vocabulary) -> Cow<'g, Grid> {
    if !matches!(grid.place, Place::Paper { .. }) || grid.cells.is_empty() {
        return Cow::Borrowed(grid);
    }
    let mut parted = parted(grid, vocabulary);
    parted.extend(shifted(grid, vocabulary));
    let torn = torn(grid, vocabulary);
    let numbered = numbered::numbered(grid, vocabulary);
    let figures = |row: &&[Cell]| row.iter().filter(|c| figure(grid, c.value)).count() > 1;
    let first = grid.cells.chunk_by(|a, b| a.row == b.row).find(figures).map_or(0, |row| row[0].row);
    let broken = headings::broken(grid, vocabulary, first);
    let over = overflow::overflows(grid);
    if parted.is_empty() && torn.is_empty() && numbered.is_empty() && broken.is_empty() && over.is_empty() {
        return Cow::Borrowed(grid);
    }
    let mut mended = grid.clone();
    for heading in parted {
        mended.merges.retain(|m| (m.top, m.left) != (heading.row, heading.col));
        for (col, text) in (heading.col..u16::MAX).zip(heading.texts) {
            put(&mut mended, heading.row, col, &text);
        }
    }
    for name in torn {
        put(&mut mended, name.rows[0], name.col, &name.text);
        mended.cells.retain(|c| c.col != name.col || !name.rows[1..].contains(&c.row));
    }
    for line in over {
        put(&mut mended, line.row, line.col, &line.text);
        mended.cells.retain(|c| c.row != line.row || c.col == line.col);
    }
    for heading in broken {
        put(&mut mended, heading.row, heading.col, &heading.text);
    }
    for named in numbered {
        match &named.text {
            Some(text) => put(&mut mended, named.row, named.col, text),
            None => mended.cells.retain(|c| (c.row, c.col) != (named.row, named.col)),
        }
        mended.merges.retain(|m| m.right == m.left || (m.top, m.left) != (named.row, named.col));
    }
    Cow::Owned(mended)
}

fn put(grid: &mut Grid, row: u32, col: u16, text: &str) {
    let id = u32::try_from(grid.texts.len()).unwrap_or(u32::MAX);
    grid.texts.push(text.into());
    let cell = Cell { row, col, value: Value::Text(id) };
    match grid.cells.binary_search_by_key(&(row, col), |c| (c.row, c.col)) {
        Ok(i) => grid.cells[i] = cell,
        Err(i) => grid.cells.insert(i, cell),
    }
}

/// A heading over several columns that names each of them.
struct Parted {
    row: u32,
    col: u16,
    texts: Vec<String>,
}

/// `LAYAK PAKAI TIDAK LAYAK PAKAI` over two columns of figures of which the second has no heading: one name for each.
fn parted(grid: &Grid, vocabulary: &Vocabulary) -> Vec<Parted> {
    let rows: Vec<&[Cell]> = grid.cells.chunk_by(|a, b| a.row == b.row).collect();
    let Some(first) = rows.iter().position(|row| row.iter().filter(|c| figure(grid, c.value)).count() > 1) else {
        return Vec::new();
    };
    let (heading, body) = (&rows[..first.min(MOST_HEADING)], &rows[first..]);
    let headed: BTreeSet<u16> = heading.iter().flat_map(|row| row.iter().map(|c| c.col)).collect();
    let covered =
        |row: u32, col: u16| grid.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&col));
    let counted = |col: u16| body.iter().filter(|row| row.iter().any(|c| c.col == col && figure(grid, c.value))).count();
    let full = |col: u16| counted(col) * 2 > body.len();
    let last = grid.cells.iter().map(|c| c.col).max().unwrap_or(0);
    let mut found = Vec::new();
    for cell in heading.iter().flat_map(|row| row.iter()) {
        let Some(text) = grid.text(cell.value) else { continue };
        let more = match covered(cell.row, cell.col) {
            Some(m) if m.top == m.bottom && m.left == cell.col => usize::from(m.right - m.left),
            Some(_) => 0,
            None => {
                let bare = |col: &u16| !headed.contains(col) && covered(cell.row, *col).is_none() && full(*col);
                (cell.col.saturating_add(1)..=last).take_while(bare).count()
            }
        };
        let lowest = |col: u16| !heading.iter().any(|row| row.iter().any(|c| c.row > cell.row && c.col == col));
        let figures = |col: u16| full(col) && lowest(col);
        let alone = more > 0 && lowest(cell.col) && (cell.col.saturating_add(1)..=last).take(more).all(figures);
        let texts = match (alone, full(cell.col)) {
            (true, true) => names(vocabulary, text, more + 1),
            (true, false) if more == 1 && counted(cell.col) == 0 => name_and_figure(vocabulary, text),
            _ => None,
        };
        found.extend(texts.map(|texts| Parted { row: cell.row, col: cell.col, texts }));
    }
    found
}

/// `| No. | Nama Barang | Satuan Jumlah` over `1 | Kotak Suara | Buah | 3.045`: headings that stand a column too far to the right, up to the
/// one in which two ran together.
fn shifted(grid: &Grid, vocabulary: &Vocabulary) -> Vec<Parted> {
    let Some(first) = grid.cells.iter().find(|c| figure(grid, c.value)).map(|c| c.row) else { return Vec::new() };
    let start = grid.cells.iter().map(|c| c.col).min().unwrap_or(0);
    let heading = |col: u16| grid.cells.iter().filter(move |c| c.row < first && c.col == col);
    let body = |col: u16| grid.cells.iter().filter(move |c| c.row >= first && c.col == col);
    let Some(next) = start.checked_add(1) else { return Vec::new() };
    let mut over = heading(next);
    let (Some(cell), None) = (over.next(), over.next()) else { return Vec::new() };
    let counts = |text: &str| vocabulary.read(text).tells(Dimension::Ordinal);
    let numbered =
        body(start).count() > 1 && body(start).all(|c| grid.shown(c.value).trim_end_matches(['.', ')']).parse::<u32>().is_ok());
    let named = body(next).all(|c| !figure(grid, c.value));
    if !grid.text(cell.value).is_some_and(counts) || heading(start).next().is_some() || !numbered || !named {
        return Vec::new();
    }
    let mut found = Vec::new();
    for col in next..u16::MAX {
        let Some(text) = grid.at(cell.row, col).and_then(|c| grid.text(c.value)) else { return Vec::new() };
        let two = vocabulary.parts(text).filter(|parts| parts.len() > 1 && parts[0].0.dimension != parts[1].0.dimension);
        if let Some(parts) = two {
            let rest = text.split_once(parts[0].1).map_or("", |(_, rest)| rest).trim();
            found.push(Parted { row: cell.row, col: col - 1, texts: vec![parts[0].1.to_owned(), rest.to_owned()] });
            return found;
        }
        found.push(Parted { row: cell.row, col: col - 1, texts: vec![text.to_owned()] });
    }
    found
}

fn figure(grid: &Grid, value: Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Text(_) => grid.text(value).is_some_and(number::looks_like_number),
        _ => false,
    }
}

/// The names of so many columns that a text is made of: different values of one question, each with the words around it that say nothing.
fn names(vocabulary: &Vocabulary, text: &str, count: usize) -> Option<Vec<String>> {
    let parts = vocabulary.parts(text)?;
    let names = |s: &Sense| matches!(s.dimension, Dimension::Measure | Dimension::Sex | Dimension::Goods);
    let said: Vec<Sense> = parts.iter().map(|(sense, _)| *sense).collect();
    let values: BTreeSet<u16> = said.iter().map(|s| s.value).collect();
    let one_question = said.windows(2).all(|pair| pair[0].dimension == pair[1].dimension);
    let each = said.len() == count && values.len() == count && said.iter().all(names) && one_question;
    each.then(|| parts.into_iter().map(|(_, printed)| printed.to_owned()).collect())
}

/// `Kecamatan Jumlah TPS`, `SAT HARGA (Rp)`: the heading of a column of names and that of the figures beside it.
fn name_and_figure(vocabulary: &Vocabulary, text: &str) -> Option<Vec<String>> {
    let says = |text: &str, of: &[Dimension]| {
        let said = vocabulary.read(text);
        said.whole() && of.iter().any(|d| said.tells(*d))
    };
    let names = |text: &str| says(text, &[Dimension::Level, Dimension::Name, Dimension::Goods, Dimension::Unit]);
    let counts = |text: &str| says(text, &[Dimension::Level, Dimension::Measure, Dimension::Sex]);
    let cuts = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| text.split_at(at));
    let mut fitting = cuts.filter(|(name, figure)| names(name) && counts(figure));
    fitting.next().map(|(name, figure)| vec![name.trim().to_owned(), figure.trim().to_owned()])
}

/// A name whose words stand in several rows of the block it is the name of.
struct Torn {
    col: u16,
    rows: Vec<u32>,
    text: String,
}

/// Fewest blocks that show how many rows a name has.
const LEAST_BLOCKS: usize = 3;

/// Numbered blocks of several rows (`3 | Surat suara sisa | BAIK`, ` | DPR RI | RUSAK`): a column that holds one name for each block, but
/// for a few blocks whose name is longer than a line.
fn torn(grid: &Grid, vocabulary: &Vocabulary) -> Vec<Torn> {
    let Some(column) = grid.cells.iter().map(|c| c.col).min() else { return Vec::new() };
    let blocks = blocks(grid, column, vocabulary);
    let several = blocks.iter().filter(|rows| rows.len() > 1).count();
    if blocks.len() < LEAST_BLOCKS || several * 2 <= blocks.len() {
        return Vec::new();
    }
    let columns: BTreeSet<u16> = grid.cells.iter().filter(|c| c.col > column).map(|c| c.col).collect();
    columns.into_iter().flat_map(|col| torn_in(grid, &blocks, col)).collect()
}

/// The rows of each block: from one running number to the next, or to a row that sums them.
fn blocks(grid: &Grid, column: u16, vocabulary: &Vocabulary) -> Vec<Vec<u32>> {
    let sums = |value: Value| {
        let said = grid.text(value).map(|text| vocabulary.read(text)).unwrap_or_default();
        said.opens && said.senses.first().is_some_and(|s| s.dimension == Dimension::Total)
    };
    let mut blocks: Vec<Vec<u32>> = Vec::new();
    let mut last = 0_u32;
    // `TOTAL` among the conditions of a good ends nothing; where the names stand it does.
    let mut names = None;
    for row in grid.cells.chunk_by(|a, b| a.row == b.row) {
        let number = row.iter().find(|c| c.col == column).map(|c| grid.shown(c.value));
        match number {
            None if row.first().is_some_and(|c| Some(c.col) == names && sums(c.value)) => break,
            None => blocks.last_mut().into_iter().for_each(|block| block.push(row[0].row)),
            Some(text) => match text.trim().trim_end_matches(['.', ')']).parse::<u32>() {
                Ok(n) if n == last + 1 => {
                    last = n;
                    names = names.or(row.get(1).map(|c| c.col));
                    blocks.push(vec![row[0].row]);
                }
                _ if !blocks.is_empty() => break,
                _ => {}
            },
        }
    }
    blocks
}

fn torn_in(grid: &Grid, blocks: &[Vec<u32>], col: u16) -> Vec<Torn> {
    let word = |row: &u32| {
        let text = grid.at(*row, col).and_then(|c| grid.text(c.value))?;
        (!number::looks_like_number(text)).then_some((*row, text))
    };
    let named: Vec<Vec<(u32, &str)>> = blocks.iter().map(|rows| rows.iter().filter_map(word).collect()).collect();
    let first = |(rows, names): (&Vec<u32>, &Vec<(u32, &str)>)| names.first().is_some_and(|n| n.0 == rows[0]);
    let longer = named.iter().filter(|names| names.len() > 1).count();
    if longer == 0 || longer * 3 > blocks.len() || !blocks.iter().zip(&named).all(first) {
        return Vec::new();
    }
    let whole = |names: &Vec<(u32, &str)>| Torn {
        col,
        rows: names.iter().map(|n| n.0).collect(),
        text: names.iter().map(|n| n.1.trim()).collect::<Vec<_>>().join(" "),
    };
    named.iter().filter(|names| names.len() > 1).map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::Meaning;

    fn paper(rows: &[&str]) -> Grid {
        let mut grid = Grid::new("p1.1", Place::Paper { boxes: Vec::new() });
        for (row, line) in (0_u32..).zip(rows) {
            for (col, text) in (0_u16..).zip(line.split('|')).filter(|(_, t)| !t.trim().is_empty()) {
                put(&mut grid, row, col, text.trim());
            }
        }
        grid
    }

    fn mended(rows: &[&str]) -> Vec<String> {
        let meaning = Meaning::sample;
        let vocabulary = Vocabulary::new(&[
            meaning("ukuran:baik", &["layak"]),
            meaning("ukuran:rusak", &["tidak layak"]),
            meaning("total", &["jumlah"]),
            meaning("nomor", &["no"]),
            meaning("barang", &["barang"]),
            meaning("sex:l", &["L"]),
            meaning("sex:p", &["P"]),
            meaning("sex:t", &["L+P"]),
        ]);
        let grid = paper(rows);
        let mended = mend(&grid, &vocabulary);
        let shown =
            |row: &[Cell]| row.iter().map(|c| format!("{}{}", c.col, mended.shown(c.value))).collect::<Vec<_>>().join(" ");
        mended.cells.chunk_by(|a, b| a.row == b.row).map(shown).collect()
    }

    #[test]
    fn one_cell_may_name_two_columns() {
        let rows = ["No|Barang|Layak Tidak Layak||Ket", "1|Kotak|20|3|ada", "2|Bilik|40|7|"];
        assert_eq!(mended(&rows)[0], "0No 1Barang 2Layak 3Tidak Layak 4Ket");
        let headed = ["No|Barang|Layak Tidak Layak|Jumlah|Ket", "1|Kotak|20|3|ada", "2|Bilik|40|7|"];
        assert_eq!(mended(&headed)[0], "0No 1Barang 2Layak Tidak Layak 3Jumlah 4Ket");
        let one = ["No|Barang|Layak||Ket", "1|Kotak|20|3|ada", "2|Bilik|40|7|"];
        assert_eq!(mended(&one)[0], "0No 1Barang 2Layak 4Ket");
    }

    #[test]
    fn one_cell_may_head_names_and_figures() {
        let rows = ["No|Barang Layak||Ket", "1|Kotak|20|ada", "2|Bilik|40|"];
        assert_eq!(mended(&rows)[0], "0No 1Barang 2Layak 3Ket");
    }

    #[test]
    fn headings_a_column_too_far_to_the_right_are_put_back() {
        let rows = ["|No|Barang|Layak Jumlah|Ket", "1|Kotak|20|23|ada", "2|Bilik|40|47|"];
        assert_eq!(mended(&rows)[0], "0No 1Barang 2Layak 3Jumlah 4Ket");
        let right = ["No|Barang|Layak|Jumlah|Ket", "1|Kotak|20|23|ada", "2|Bilik|40|47|"];
        assert_eq!(mended(&right)[0], "0No 1Barang 2Layak 3Jumlah 4Ket");
    }

    #[test]
    fn a_heading_that_fell_into_the_middle_column_heads_all_three() {
        let fallen = ["No|L|Layak P|L+P|L|P", "1|20|40|60|3|4", "2|20|40|60|3|4"];
        assert_eq!(mended(&fallen)[0], "0No 1Layak L 2Layak P 3Layak L+P 4L 5P");
    }

    #[test]
    fn numbers_that_ran_together_with_names_are_dropped() {
        let rows =
            ["No Barang|Layak", "I Kotak", "1 Kotak besar|20", "2 Kotak kecil|40", "JUMLAH|60", "II Bilik", "1 Bilik kayu|4"];
        let names = mended(&rows);
        assert_eq!(names[..3], ["0Barang 1Layak", "0Kotak", "0Kotak besar 120"]);
        assert_eq!(names[4..6], ["0JUMLAH 160", "0Bilik"]);
        let parents = ["No Barang|Satuan|Layak", "1 Kotak|besar|20", "2|kecil|40", "JUMLAH||60", "3 Bilik|kayu|4"];
        assert_eq!(mended(&parents)[1..], ["0Kotak 1besar 220", "1kecil 240", "0JUMLAH 260", "0Bilik 1kayu 24"]);
        let sizes = ["No Barang|Layak", "12 Kotak|20", "3 Kotak|40", "7 Bilik|60"];
        assert_eq!(mended(&sizes)[1], "012 Kotak 120");
    }

    #[test]
    fn a_line_of_words_wider_than_its_column_is_one_line() {
        let rows = ["Uraian|Kumai|Arut|JUMLAH", "A. TIDAK|LAYAK", "L|20|40|60", "P|2|4|6", "B. LAYAK", "L|1|3|4"];
        assert_eq!(mended(&rows)[1], "0A. TIDAK LAYAK");
        let headed = ["Uraian|Kecamatan", "|Kumai|Arut|JUMLAH", "L|20|40|60", "P|2|4|6"];
        assert_eq!(mended(&headed)[0], "0Uraian 1Kecamatan");
        let remarks = ["No|Barang|Ket", "1|Kotak|ada", "2|Bilik|rusak", "Segel|hilang"];
        assert_eq!(mended(&remarks)[3], "0Segel 1hilang");
    }

    #[test]
    fn a_name_goes_on_in_the_next_row_of_its_block() {
        let rows = ["1|Kotak|BAIK|5", "||RUSAK|1", "2|Bilik|BAIK|5", "||RUSAK|1", "3|Surat suara|BAIK|5", "|DPR RI|RUSAK|1"];
        assert_eq!(mended(&rows)[4..], ["03 1Surat suara DPR RI 2BAIK 35", "2RUSAK 31"]);
        let summed =
            ["1|Kotak|BAIK|5", "||RUSAK|1", "2|Bilik|BAIK|5", "||RUSAK|1", "3|Lem|BAIK|5", "||RUSAK|1", "|JUMLAH|BAIK|15"];
        assert_eq!(mended(&summed)[4..], ["03 1Lem 2BAIK 35", "2RUSAK 31", "1JUMLAH 2BAIK 315"]);
        let totals = ["1|Kotak|BAIK|5", "||JUMLAH|6", "2|Bilik|BAIK|5", "||JUMLAH|6", "3|Surat suara|BAIK|5", "|DPR RI|JUMLAH|6"];
        assert_eq!(mended(&totals)[4], "03 1Surat suara DPR RI 2BAIK 35");
        let listed = ["1|Kotak|BAIK|5", "|Bilik|RUSAK|1", "2|Tinta|BAIK|5", "|Segel|RUSAK|1", "3|Lem|BAIK|5", "|Spidol|RUSAK|1"];
        assert_eq!(mended(&listed)[5], "1Spidol 2RUSAK 31");
    }
}
