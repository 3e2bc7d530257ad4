//! Headings without upright lines above ruled rows: a line above the heading and one below it, and the lines between columns begin with the
//! rows.

use super::bands::{Band, band};
use super::edges::Edges;
use super::geometry::Area;
use super::headings::headings;
use super::lines::{block_text, lines};
use super::table::{Method, Table, TableCell};
use super::tokens::{Row, figure, row};
use super::words::Word;

/// How far the ends of the lines may differ.
const SLACK: f32 = 4.0;
/// Highest heading, in points.
const HIGHEST: f32 = 80.0;

/// Adds to ruled rows the heading above them; gives the words it took. Nothing happens to tables that begin with a heading of their own.
#[must_use]
pub fn crown(table: &mut Table, words: &[Word], free: &[bool], edges: &Edges) -> Vec<usize> {
    let Some(top) = line_above(table, edges).filter(|_| table.method == Method::Ruled && begins_with_figures(table)) else {
        return Vec::new();
    };
    let room = Area { y0: top, y1: table.area.y0, ..table.area };
    let own = |i: &usize| free[*i] && words[*i].turned == 0 && room.holds(words[*i].area.mid_x(), words[*i].area.mid_y(), 0.5);
    let printed = lines(words, (0..words.len()).filter(own));
    let rows: Vec<Row> = printed.iter().filter_map(|l| row(words, l)).collect();
    let heading = |r: &Row| r.tokens.iter().all(|t| !t.numeric || t.year || t.small.is_some());
    if !rows.iter().all(heading) || rows.iter().map(|r| r.tokens.len()).max().is_none_or(|most| most < 2) {
        return Vec::new();
    }
    let bands: Vec<Band> = rows.iter().map(|r| band(r, &table.columns, words)).collect();
    let heads = headings(words, &bands, &table.columns, edges, None);
    let count = heads.iter().map(|h| h.bottom + 1).max().unwrap_or(0);
    for cell in &mut table.cells {
        cell.row += count;
    }
    table.cells.extend(heads.iter().map(|h| {
        let text = block_text(words, h.placed.words.iter().copied());
        TableCell { row: h.top, col: h.placed.col, rows: h.bottom + 1 - h.top, cols: h.placed.cols, text, area: h.placed.area }
    }));
    table.rows += count;
    table.area = table.area.with(&room);
    table.sort();
    printed.into_iter().flat_map(|l| l.words).collect()
}

/// The next line above a table, if it is as long as that: no other line stands between, and none goes down from it.
fn line_above(table: &Table, edges: &Edges) -> Option<f32> {
    let area = &table.area;
    let end = edges.level.partition_point(|e| e.at < area.y0 - SLACK);
    let near = edges.level[..end].iter().rev().take_while(|e| area.y0 - e.at < HIGHEST);
    let line = near.into_iter().find(|e| e.to.min(area.x1) - e.from.max(area.x0) > 0.5 * area.width())?;
    let alike = (line.from - area.x0).abs() < SLACK && (line.to - area.x1).abs() < SLACK;
    let drawn = edges.upright_between(f32::midpoint(line.at, area.y0), area.x0 - SLACK, area.x1 + SLACK);
    (alike && !drawn).then_some(line.at)
}

/// Whether figures stand in most columns of one of the first rows, and nothing else above them but names of rows.
fn begins_with_figures(table: &Table) -> bool {
    const NAMES: usize = 2;
    let year = |t: &str| t.len() == 4 && (t.starts_with("19") || t.starts_with("20"));
    let reads = |c: &&TableCell| !c.text.is_empty() && c.text.split_whitespace().all(figure) && !year(&c.text);
    let name = |row: usize| table.row(row).all(|c| c.text.is_empty() || c.col == 0);
    let first = (0..table.rows.min(NAMES + 1)).find(|&row| !name(row));
    first.is_some_and(|row| {
        let figures = table.row(row).filter(|c| c.col > 0).filter(reads).count();
        figures > 0 && figures * 2 + 1 >= table.cols()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::cells::frames;
    use crate::read::pdf::lattice::ruled;
    use crate::read::pdf::shapes::Rule;

    fn read(heads: &[(&str, f32)]) -> (usize, Vec<String>) {
        let level = [100.0, 116.0, 152.0].map(|at| Rule { level: true, at, from: 50.0, to: 300.0 });
        let upright = [130.0, 210.0].map(|at| Rule { level: false, at, from: 116.0, to: 152.0 });
        let edges = Edges::new(level.into_iter().chain(upright));
        let mut words: Vec<Word> = heads.iter().map(|(t, x)| Word::sample(t, *x, 103.0, 8.0)).collect();
        for (y, name) in [(120.0, "Ajung"), (136.0, "Balung")] {
            words.extend([(name, 55.0), ("1.204", 150.0), ("980", 230.0)].map(|(t, x)| Word::sample(t, x, y, 8.0)));
        }
        let free = vec![true; words.len()];
        let mut table = frames(&edges).iter().find_map(|f| ruled(f, &words, &free)).map(|t| t.0).expect("a table");
        let taken = crown(&mut table, &words, &free, &edges).len();
        (taken, table.row(0).map(|c| c.text.clone()).collect())
    }

    #[test]
    fn a_heading_between_two_lines_above_ruled_rows_belongs_to_them() {
        let heads = [("Desa", 55.0), ("Laki-laki", 150.0), ("Perempuan", 230.0)];
        assert_eq!(read(&heads), (3, vec!["Desa".to_owned(), "Laki-laki".to_owned(), "Perempuan".to_owned()]));
        assert_eq!(read(&[("Desa", 55.0), ("1.500", 150.0), ("77", 230.0)]).0, 0);
    }
}
