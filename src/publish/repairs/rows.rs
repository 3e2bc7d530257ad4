//! What stands on the sheet *Daftar Perbaikan*, whichever way it is written.

use crate::consolidate::{Again, Consolidated, Entry, Item};
use crate::model::origin::Place;
use crate::model::{Schemas, repair};
use crate::normalise::region::Regions;
use crate::publish::words;

use super::message;

/// The sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its rows from the first.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// Its cells from the first.
    pub cells: Vec<Text>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The title.
    Title,
    /// A sentence.
    Line,
    /// The column heads.
    Head,
    /// An item.
    Item,
    /// An item of the version before.
    Past,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// A number.
    Number(f64),
    /// Words; nothing where empty.
    Words(String),
    /// Words that lead to a place in the workbook.
    Link {
        /// The words.
        words: String,
        /// The place, e.g. `'Rekap PDPB'!D12`.
        target: String,
    },
}

impl Sheet {
    /// Widths of the columns in letters; 0 is hidden.
    pub const WIDTHS: [f64; 10] = [5.0, 24.0, 9.0, 14.0, 14.0, 11.0, 14.0, 64.0, 36.0, 0.0];

    /// The list of one document. With `links` its places lead to the cells of the same workbook.
    #[must_use]
    pub fn of(
        batch: &Consolidated,
        entry: &Entry,
        items: &[&Item],
        links: bool,
        (schemas, regions): (&Schemas, &Regions),
    ) -> Self {
        let line = |text: String| Row { kind: Kind::Line, cells: vec![Text::Words(text)] };
        let office =
            entry.outcome.subject.satker.map_or_else(|| "satker tidak diketahui".to_owned(), |s| words::region(regions, s));
        let kind = entry.outcome.subject.kind.as_deref().map_or_else(String::new, |k| format!("{}, ", words::kind(schemas, k)));
        let accepting = schemas.recognition.accepting.first().map(|w| w.to_uppercase()).unwrap_or_default();
        let mut rows = vec![
            Row { kind: Kind::Title, cells: vec![Text::Words(repair::TITLE.to_owned())] },
            line(format!("{office}; {kind}{}", entry.source.document)),
            line(if links { "Perbaiki sel yang diwarnai pada lembar aslinya, bukan di lembar ini, lalu kirim kembali berkas ini beserta kolom Tanggapan. Usulan nilai hanya petunjuk: yang menentukan adalah data satker." } else { "Perbaiki pada berkas aslinya, lalu kirim kembali berkas itu beserta daftar ini dengan kolom Tanggapan terisi. Usulan nilai hanya petunjuk: yang menentukan adalah data satker." }.to_owned()),
            line(format!("Peringatan yang memang benar adanya: tulis {accepting}: diikuti alasannya di kolom Tanggapan. Kesalahan tidak dapat diterima dengan catatan.")),
            line(message::deadline(batch).map_or_else(|| format!("Batch {}", batch.config.name), |at| format!("Batch {}; batas waktu {at}", batch.config.name))),
            Row { kind: Kind::Head, cells: repair::COLUMNS.iter().map(|c| Text::Words((*c).to_owned())).collect() },
        ];
        rows.extend(items.iter().zip(1_u32..).map(|(item, number)| row(item, number, entry, links)));
        Self { rows }
    }

    /// Adds what became of the items of the version before.
    pub fn add_standing(&mut self, again: &[Again], entry: &Entry) {
        let subject = &entry.outcome.subject;
        let is_own =
            |a: &&Again| subject.satker.is_some_and(|s| s.to_string() == a.of.0) && subject.kind.as_deref() == Some(&a.of.1);
        let Some(own) = again.iter().find(is_own).filter(|a| a.unchanged || !a.items.is_empty()) else { return };
        let line = |text: &str| Row { kind: Kind::Line, cells: vec![Text::Words(text.to_owned())] };
        let words = |all: &[&str]| all.iter().map(|w| Text::Words((*w).to_owned())).collect();
        self.rows.push(line(""));
        self.rows.push(line("Butir dari pemeriksaan sebelumnya"));
        if own.unchanged {
            self.rows.push(line("Kiriman ulang ini tidak mengubah satu angka pun."));
        }
        let heads = ["", "Sel", "Kode", "Ditemukan", "Seharusnya", "", "Usulan", "Keadaan sekarang", "Tanggapan terakhir"];
        self.rows.push(Row { kind: Kind::Head, cells: words(&heads) });
        for item in &own.items {
            let (asked, state) = (&item.asked, format!("{}: {}", item.standing.words(), item.says));
            let codes = asked.codes.join(", ");
            let place = page_of(&asked.locator);
            let cells = ["", &place, &codes, &asked.found, &asked.expected, "", &asked.suggestion, &state, &item.answer];
            self.rows.push(Row { kind: Kind::Past, cells: words(&cells) });
        }
    }
}

impl Row {
    /// Its height in points, so that wrapped words are seen.
    #[must_use]
    pub fn height(&self) -> f64 {
        const LINE: f64 = 15.0;
        if !matches!(self.kind, Kind::Item | Kind::Past) {
            return LINE;
        }
        let lines = self.cells.iter().zip(Sheet::WIDTHS).filter(|(_, width)| *width > 0.0).map(|(text, width)| match text {
            Text::Number(_) => 1,
            Text::Words(words) | Text::Link { words, .. } => (1_u32..).zip(words.chars()).last().map_or(1, |(n, _)| {
                let mut lines = 1;
                while f64::from(n) > f64::from(lines) * (width - 3.0) {
                    lines += 1;
                }
                lines
            }),
        });
        (f64::from(lines.max().unwrap_or(1)) * LINE).min(405.0)
    }
}

/// Where an item of an earlier version stood: of a box on paper only the page is known now.
pub fn page_of(locator: &str) -> String {
    let page = locator.strip_prefix('p').and_then(|rest| rest.split_once('@')).map(|(page, _)| page);
    match page.filter(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())) {
        Some(page) => format!("halaman {page}"),
        None => locator.to_owned(),
    }
}

fn row(item: &Item, number: u32, entry: &Entry, links: bool) -> Row {
    let on_a_sheet = item.cell.is_some_and(|c| matches!(entry.outcome.places.0.get(usize::from(c.grid)), Some(Place::Sheet(_))));
    let place = match item.cell.filter(|_| links && on_a_sheet) {
        Some(cell) => Text::Link { words: item.locator.clone(), target: entry.outcome.places.locator(cell.into()) },
        None => Text::Words(message::place(entry, item)),
    };
    let numeric = !item.difference.is_empty();
    let value = |text: &str| match text.parse::<f64>() {
        Ok(number) if numeric && number.is_finite() => Text::Number(number),
        _ => Text::Words(text.to_owned()),
    };
    let cells = vec![
        Text::Number(f64::from(number)),
        place,
        Text::Words(item.codes.join(", ")),
        value(&item.found),
        value(&item.expected),
        value(&item.difference),
        value(&item.suggestion),
        Text::Words(item.says.clone()),
        Text::Words(String::new()),
        Text::Words([&item.key].into_iter().chain(&item.seals).map(String::as_str).collect::<Vec<_>>().join(" ")),
    ];
    Row { kind: Kind::Item, cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_earlier_versions_are_told_by_their_page() {
        assert_eq!(page_of("p12@36.0,72.5,90.0,84.0"), "halaman 12");
        assert_eq!((page_of("Rekap!D12").as_str(), page_of("p@x").as_str(), page_of("")), ("Rekap!D12", "p@x", String::new()));
    }
}
