//! Running text and Markdown: one grid, one row per line.

use super::delimited::Columns;
use super::typed;
use crate::model::document::{Document, GridBuilder};
use crate::model::origin::Place;
use crate::model::source::Format;
use crate::normalise::markup;

/// Every line is one cell in the first column, or one cell per column where tabs, Markdown's bars, the look of a typed table or, in a text
/// that is nearly all table, another delimiter part it. Blank lines count. Tags and signs of markup are left out.
pub(super) fn read(text: &str, name: &str) -> Document {
    let mut grid = GridBuilder::new(name, Place::Lines);
    let columns = Columns::of(text);
    let lines: Vec<&str> = text.lines().collect();
    for ((row, line), typed) in (0u32..).zip(&lines).zip(typed::tables(&lines)) {
        let mut put = |col: u16, field: &str| grid.push_text(row, col, &markup::plain(field));
        if let Some(fields) = markup::bars(line) {
            (0u16..).zip(fields).for_each(|(col, field)| put(col, &field));
        } else if let Some(columns) = &columns {
            (0u16..).zip(columns.split(line)).for_each(|(col, field)| put(col, &field));
        } else if let Some(fields) = typed {
            for (col, field) in fields {
                put(col, &field);
            }
        } else {
            (0u16..).zip(line.split('\t')).for_each(|(col, field)| put(col, field));
        }
    }
    Document { format: Format::Txt, grids: vec![grid.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_bars_part_columns_of_running_text() {
        let text = "# SOP\n\n<b>NO</b>\tUNIT\tTUGAS\n1.\tUmum\t<p>1. Surat;</p><p>2. Arsip</p>\n\t\t3. Lapor\n\n| No | Unit |\n|--|--|\n| 1 | |\n";
        let document = read(text, "sop");
        let grid = &document.grids[0];
        let said: Vec<String> =
            grid.cells.iter().map(|c| format!("{}:{} {}", c.row, c.col, grid.shown(c.value).replace('\n', " / "))).collect();
        let table = "2:0 NO|2:1 UNIT|2:2 TUGAS|3:0 1.|3:1 Umum|3:2 1. Surat; / 2. Arsip|4:2 3. Lapor|6:0 No|6:1 Unit|8:0 1";
        assert_eq!(said.join("|"), format!("0:0 SOP|{table}"));
    }
}
