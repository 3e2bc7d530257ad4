//! Where to find a cell, in words for somebody who opens the file.

use crate::model::origin::{Place, letters};
use crate::model::{Origin, Places, Span};

/// `lembar Rekap, sel F11`, `halaman 3, baris ke-2`, `baris 12, kolom 3`; empty where the place is not known.
pub fn spoken(places: &Places, span: Span) -> String {
    let (from, to) = (span.from, span.to);
    let one = from == to;
    match places.0.get(usize::from(from.grid)) {
        Some(Place::Sheet(name)) if one => format!("lembar {name}, sel {}", address(from)),
        Some(Place::Sheet(name)) => format!("lembar {name}, sel {} sampai {}", address(from), address(to)),
        Some(Place::Delimited) if one => format!("baris {}, kolom {}", from.row + 1, u32::from(from.col) + 1),
        Some(Place::Delimited) => {
            let columns = (u32::from(from.col) + 1, u32::from(to.col) + 1);
            format!("baris {} sampai {}, kolom {} sampai {}", from.row + 1, to.row + 1, columns.0, columns.1)
        }
        Some(Place::Lines) => format!("baris {}", from.row + 1),
        Some(Place::Paper { .. }) => places.told(span),
        None => String::new(),
    }
}

/// What the part of a document is called: `lembar Rekap`, `halaman 3`.
pub fn part(places: &Places, cell: Origin) -> String {
    match places.0.get(usize::from(cell.grid)) {
        Some(Place::Sheet(name)) => format!("lembar {name}"),
        Some(Place::Paper { .. }) => page(&places.locator(cell.into())).unwrap_or_default(),
        Some(Place::Delimited | Place::Lines) | None => "berkas".to_owned(),
    }
}

/// How a column is headed: letters in a workbook, numbers in delimited text, nothing on paper.
pub fn column(places: &Places, grid: u16, col: u16) -> String {
    match places.0.get(usize::from(grid)) {
        Some(Place::Sheet(_)) => letters(col),
        Some(Place::Delimited) => (u32::from(col) + 1).to_string(),
        _ => String::new(),
    }
}

/// How a row is counted; empty on paper.
pub fn row(places: &Places, grid: u16, row: u32) -> String {
    match places.0.get(usize::from(grid)) {
        Some(Place::Paper { .. }) | None => String::new(),
        Some(_) => (row + 1).to_string(),
    }
}

fn address(cell: Origin) -> String {
    format!("{}{}", letters(cell.col), cell.row + 1)
}

/// `p3@…` → `halaman 3`.
fn page(locator: &str) -> Option<String> {
    let page = locator.strip_prefix('p')?.split('@').next()?;
    Some(format!("halaman {page}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_as_people_look_for_them() {
        let boxes = vec![(0, 0, 3, [10.0, 20.0, 30.0, 40.0])];
        let places = Places(vec![Place::Sheet("Rekap".into()), Place::Delimited, Place::Lines, Place::Paper { boxes }]);
        let span = |grid, to: (u32, u16)| Span::new(Origin::new(grid, 0, 0), Origin::new(grid, to.0, to.1));
        let said = [(0, (0, 0)), (0, (2, 1)), (1, (0, 0)), (1, (1, 1)), (2, (0, 0)), (3, (0, 0)), (9, (0, 0))];
        let said = said.map(|(grid, to)| spoken(&places, span(grid, to)));
        let as_said = [
            "lembar Rekap, sel A1",
            "lembar Rekap, sel A1 sampai B3",
            "baris 1, kolom 1",
            "baris 1 sampai 2, kolom 1 sampai 2",
            "baris 1",
            "halaman 3, baris ke-1",
            "",
        ];
        assert_eq!(said, as_said);
    }
}
