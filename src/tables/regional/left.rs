//! Figures that stand where none is expected: in a column of names, run together with a name, or in a line beside the table. What is
//! printed is counted, known to be no count, or told (A13); nothing is lost between columns.

use crate::model::origin::Place;
use crate::model::{Finding, Findings, Grid, Origin, Span};
use crate::normalise::number;
use crate::tables::axes::{Label, Line, Table};

use super::slots::Slot;

/// Cells of label columns that hold figures although their column holds names: two columns ran together, or a row lost a cell.
#[must_use]
pub fn among_names(table: &Table, slots: &[Slot]) -> Vec<Origin> {
    if table.turned {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (i, slot) in slots.iter().enumerate() {
        if matches!(slot, Slot::Ordinal | Slot::Code | Slot::Station | Slot::When) {
            continue;
        }
        let labels: Vec<&Label> = table.rows.iter().filter_map(|r| r.labels.get(i)?.as_ref()).filter(|l| !l.carried).collect();
        let shown: Vec<String> = labels.iter().map(|l| table.shown(l)).collect();
        let plain = shown.iter().filter(|t| digits_alone(t)).count();
        let words = shown.iter().filter(|t| t.chars().any(char::is_alphabetic)).count();
        let single = |text: &str| plain > words && !text.trim().contains(char::is_whitespace);
        let lost = labels.iter().zip(&shown).filter(|(_, t)| digits_alone(t) && !single(t));
        found.extend(lost.map(|(l, _)| l.origin));
    }
    found.extend(table.rows.iter().enumerate().filter_map(|(n, row)| run_together(table, slots, n, row)));
    found
}

/// Digits and the marks between them, no word.
fn digits_alone(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// `Kotak Suara 2.727`: a name on paper with a number behind it, in a row that lacks one.
fn run_together(table: &Table, slots: &[Slot], n: usize, row: &Line) -> Option<Origin> {
    if !matches!(table.sheet.grid.place, Place::Paper { .. }) || !(0..table.cols.len()).any(|c| table.blank(n, c).is_some()) {
        return None;
    }
    let names = slots.iter().zip(&row.labels).filter(|(s, _)| matches!(s, Slot::Goods | Slot::Region(_)));
    let mut labels = names.filter_map(|(_, l)| l.as_ref()).filter(|l| !l.carried);
    let counted = |text: &str| {
        let last = text.split_whitespace().next_back().unwrap_or_default();
        let long = last.bytes().filter(u8::is_ascii_digit).count() >= 3;
        text.contains(char::is_alphabetic) && long && number::looks_like_number(last)
    };
    labels.find(|l| counted(l.text)).map(|l| l.origin)
}

/// Fewest figures of a line that looks like a row of a table.
const ROW: usize = 3;

/// Lines of a page outside its tables that look like rows of them: names and several figures.
pub fn lost_lines(findings: &mut Findings, grid: &Grid, number: u16) {
    let Place::Paper { boxes } = &grid.place else { return };
    let around = boxes.partition_point(|b| b.0 < Grid::AROUND);
    let beside = boxes.get(around..).unwrap_or_default().iter().filter_map(|&(row, col, ..)| {
        let text = grid.around.get((row - Grid::AROUND) as usize)?;
        Some((Origin::new(number, row, col), text.as_ref()))
    });
    let alone = |row: &&[crate::model::Cell]| row.len() == 1;
    let running = grid.cells.chunk_by(|a, b| a.row == b.row).filter(alone).filter_map(|row| {
        let text = grid.text(row[0].value)?;
        Some((Origin::new(number, row[0].row, row[0].col), text))
    });
    for (origin, _) in beside.chain(running).filter(|(_, text)| like_a_row(text)) {
        let says = "baris ini tampak seperti baris tabel, tetapi berada di luar tabel yang dikenali, jadi angkanya tidak dipakai. Periksa garis atau jarak kolomnya.";
        findings.add(Finding::new("A13", format!("Lembar \"{}\": {says}", grid.name)).at(Span::from(origin)));
    }
}

/// Several figures that end a line, more of them than words; not the numbers of columns.
fn like_a_row(text: &str) -> bool {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let figures: Vec<&str> = tokens.iter().rev().copied().take_while(|t| number::looks_like_number(t) || *t == "-").collect();
    let counts: Vec<u32> = figures.iter().rev().filter_map(|t| t.trim_matches(['(', ')']).parse().ok()).collect();
    let numbers_columns = counts.len() == figures.len() && counts.windows(2).all(|w| w[1] == w[0] + 1);
    let real = figures.iter().filter(|t| **t != "-").count();
    real >= ROW && figures.len() * 2 >= tokens.len() && !numbers_columns
}

#[cfg(test)]
mod tests {
    use super::like_a_row;

    #[test]
    fn a_row_outside_its_table_is_known_by_its_figures() {
        assert!(like_a_row("12. Seranau 95 76 38 4.184") && like_a_row("Jumlah 796 3.980 - 3.184 1.592"));
        assert!(!like_a_row("1 2 3 4 5 6 7"), "numbers of columns");
        assert!(!like_a_row("Halaman 1 dari 3") && !like_a_row("Jumlah TPS : 1.234"), "one or two numbers");
        assert!(!like_a_row("Surat suara 2024 sebanyak 306 lembar per TPS 300"), "a sentence");
    }
}
