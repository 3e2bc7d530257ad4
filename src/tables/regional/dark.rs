//! Figures that did not become facts: told with their range (A13), never dropped silently.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Finding, Findings, Origin, Span};
use crate::normalise::number;
use crate::tables::axes::{Figure, Table};

/// The cells of one table that were left out, by reason.
#[derive(Debug, Default)]
pub struct Dark {
    /// Not understood.
    pub unknown: Vec<Origin>,
    /// Understood as something that is not recapped: percentages, details.
    pub aside: Vec<Origin>,
    /// Of another period.
    pub stale: Vec<Origin>,
    /// A formula without a stored result, or words nobody can read as a number.
    pub unread: Vec<Origin>,
    /// Read by arithmetic, below a heading that nobody knows.
    pub worked_out: Vec<Origin>,
    /// Read by their headings, which say something else than the titles of the table.
    pub contradicted: Vec<Origin>,
    /// In rows that bear one region's name over and over.
    pub repeated: Vec<Origin>,
}

/// Tells that a whole table speaks of something else than all that is counted, by the words of its titles.
pub fn titled(findings: &mut Findings, table: &Table, words: &str) {
    let cells: Vec<Origin> = table.figures.iter().map(|f| f.origin).collect();
    let sheet = &table.sheet.grid.name;
    let why = format!(
        "Lembar \"{sheet}\": judul tabel ini menyebut \"{words}\", bukan seluruh pemilih; angkanya tidak dipakai. Bila tabel ini memang memuat seluruh pemilih, perbaiki judulnya."
    );
    for page in by_pages(&cells, table) {
        if let Some(span) = Span::around(page) {
            findings.add(Finding::new("A13", why.clone()).at(span));
        }
    }
}

/// Tells that figures of a table are used although its titles have a word that nobody knows.
#[must_use]
pub fn unknown_title(table: &Table, span: Span, word: &str) -> Finding {
    let sheet = &table.sheet.grid.name;
    let why = format!(
        "Lembar \"{sheet}\": judul tabel ini memuat kata \"{word}\" yang tidak dikenal; angkanya dipakai sebagai seluruh pemilih. Periksa apakah tabel ini hanya memuat sebagian pemilih; bila ya, sebutkan di judul kolomnya."
    );
    Finding::new("A13", why).at(span)
}

impl Dark {
    /// Notes a figure that was not understood.
    pub fn unknown(&mut self, figure: &Figure) {
        self.unknown.push(figure.origin);
    }

    /// One A13 for each reason, page and run of neighbouring columns.
    pub fn report(&self, findings: &mut Findings, table: &Table) {
        let sheet = &table.sheet.grid.name;
        let (mixed, unread): (Vec<Origin>, Vec<Origin>) = self.unread.iter().partition(|cell| printed(table, **cell));
        let (aside, strays) = self.strays(table);
        let reasons: [(&[Origin], &str); 9] = [
            (
                &self.unknown,
                "angka ini tidak dipahami: judul kolom atau barisnya tidak dikenal, atau sama dengan judul lain. Tambahkan katanya di schemas/, atau perbaiki judulnya",
            ),
            (
                &mixed,
                "di kolom ini titik dan koma bergantian memisahkan ribuan, jadi angkanya tidak pasti dan nilainya kosong di tabel. Samakan penulisannya (1.234.567,89), kirim lagi",
            ),
            (
                &unread,
                "di sini tidak ada angka yang bisa dibaca (rumus tanpa hasil tersimpan, atau tulisan); nilainya kosong di tabel. Buka berkasnya, hitung ulang, simpan, kirim lagi",
            ),
            (
                &self.repeated,
                "nama wilayah yang sama berulang baris demi baris, tampaknya rincian yang kolomnya tidak dikenal; angkanya tidak dipakai. Beri judul kolom rinciannya",
            ),
            (&self.stale, "angka ini dari periode lain dan tidak dipakai"),
            (&aside, "angka ini bukan isi tabel yang direkap (persentase, rincian, atau data lain) dan tidak dipakai"),
            (
                &self.worked_out,
                "judul kolom ini tidak dikenal; angkanya dipakai menurut hitungannya dengan kolom lain. Tambahkan katanya di schemas/, atau perbaiki judulnya",
            ),
            (
                &self.contradicted,
                "judul kolom ini mengatakan lain dari judul tabelnya (kebutuhan atau persediaan); angkanya dipakai menurut judul kolom. Pastikan, dan samakan judulnya",
            ),
            (&strays, "di sini diharapkan angka, tetapi tertulis kata"),
        ];
        for (cells, why) in reasons {
            for page in by_pages(cells, table) {
                for span in by_columns(&page) {
                    findings.add(Finding::new("A13", format!("Lembar \"{sheet}\": {why}.")).at(span));
                }
            }
        }
    }

    /// What is left aside, with the words in columns that hold nothing else (`5 per TPS`, `DPT + 2%`); and words where a figure is expected.
    fn strays(&self, table: &Table) -> (Vec<Origin>, Vec<Origin>) {
        let left: BTreeSet<Origin> = self.aside.iter().copied().collect();
        let wanted: BTreeSet<u16> = table.figures.iter().map(|f| f.origin).filter(|o| !left.contains(o)).map(|o| o.col).collect();
        let columns: BTreeSet<u16> = left.iter().map(|o| o.col).filter(|col| !wanted.contains(col)).collect();
        let (words, strays): (Vec<Origin>, Vec<Origin>) = table.strays.iter().partition(|o| columns.contains(&o.col));
        (left.into_iter().chain(words).collect(), strays)
    }
}

/// Whether a cell reads as a number by itself: then it is its column that contradicts itself.
fn printed(table: &Table, cell: Origin) -> bool {
    let grid = &table.sheet.grid;
    let text = grid.at(cell.row, cell.col).and_then(|c| grid.text(c.value));
    text.is_some_and(|t| t.contains(['.', ',']) && number::looks_like_number(t))
}

/// Cells page by page: a range over several would show its first one only.
fn by_pages(cells: &[Origin], table: &Table) -> Vec<Vec<Origin>> {
    let mut pages: BTreeMap<Option<u16>, Vec<Origin>> = BTreeMap::new();
    for &cell in cells {
        pages.entry(table.sheet.grid.place.page(cell.row)).or_default().push(cell);
    }
    pages.into_values().collect()
}

/// Cells as one rectangle for each run of neighbouring columns.
#[must_use]
pub fn by_columns(cells: &[Origin]) -> Vec<Span> {
    let mut columns: BTreeMap<u16, Span> = BTreeMap::new();
    for &cell in cells {
        columns.entry(cell.col).and_modify(|s| *s = s.with(cell)).or_insert_with(|| cell.into());
    }
    let mut spans: Vec<Span> = Vec::new();
    for (col, span) in columns {
        match spans.last_mut() {
            Some(last) if last.to.col + 1 == col => *last = last.with(span.from).with(span.to),
            _ => spans.push(span),
        }
    }
    spans
}
