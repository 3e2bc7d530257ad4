//! Figures that are printed in thousands or millions. They are published as printed, and whoever adds them up must know.

use crate::model::{Cell, Document, Finding, Findings, Origin, Schemas, Span, Value};

use super::phrases::Phrases;

/// Longer texts are sentences about something else.
const LONGEST: usize = 160;

/// A13 for every visible sheet or page whose headings or titles say so, once, at the words that do.
pub fn told(findings: &mut Findings, document: &Document, schemas: &Schemas) {
    let phrases = Phrases::new(&schemas.common.meanings);
    let unit =
        |text: &str| phrases.is("skala:satuan", text) || inside_brackets(text).any(|part| phrases.is("skala:satuan", part));
    let says = |text: &str| text.len() <= LONGEST && (phrases.within("skala", text) || unit(text));
    for (number, grid) in (0u16..).zip(&document.grids).filter(|(_, g)| !g.hidden) {
        let texts: Vec<bool> = grid.texts.iter().map(|t| says(t)).collect();
        let said = |cell: &&Cell| matches!(cell.value, Value::Text(id) if texts.get(id as usize) == Some(&true));
        if let Some(cell) = grid.cells.iter().find(said) {
            let words: Span = Origin::new(number, cell.row, cell.col).into();
            // What is told is about the amounts from there on.
            let below = grid.extent(number).map_or(words, |all| words.with(Origin { row: all.to.row.max(cell.row), ..all.to }));
            findings.add(scaled(grid.text(cell.value).unwrap_or_default()).at(below));
        } else if let Some(line) = grid.around.iter().find(|line| says(line)) {
            findings.0.extend(grid.extent(number).map(|span| scaled(line).at(span)));
        }
    }
}

/// The texts in round brackets: `PAGU (Rp 000)`.
fn inside_brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(part, _)| part))
}

fn scaled(said: &str) -> Finding {
    let message = format!(
        "\"{}\": angka di sini tidak dicetak penuh (dalam ribuan, jutaan, atau miliaran). Angkanya dipakai sebagaimana tercetak, tidak \
         dikalikan, dan bercampur dengan angka penuh dalam penjumlahan; kirim ulang dengan angka penuh.",
        said.trim()
    );
    Finding::new("A13", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    fn told_of(texts: &[&str]) -> usize {
        let mut builder = GridBuilder::new("a", Place::Delimited);
        for (row, text) in (0..).zip(texts) {
            builder.push_text(row, 0, text);
        }
        let mut findings = Findings::default();
        let document = Document { grids: vec![builder.finish()], ..Document::default() };
        told(&mut findings, &document, &crate::schemas::builtin().unwrap());
        findings.0.len()
    }

    #[test]
    fn thousands_and_millions_are_told_once() {
        assert_eq!(told_of(&["Pagu (dalam ribuan rupiah)", "Realisasi (dalam ribuan rupiah)"]), 1);
        assert_eq!(told_of(&["(Rp juta)"]), 1);
        assert_eq!(told_of(&["dalam jutaan"]), 1);
        assert_eq!(told_of(&["Kotak Suara (x 1.000)"]), 1);
        assert_eq!(told_of(&["PAGU (Rp 000)", "REALISASI (Rp 000)"]), 1, "beside the name of the amounts");
    }

    #[test]
    fn whole_rupiah_and_numbers_in_words_are_not() {
        let texts = [
            "Pagu (dalam rupiah)",
            "Terbilang: dua ratus juta rupiah",
            "Rp",
            "Pagu (Rp)",
            "Kertas (1000 lembar)",
            "ribuan pemilih",
            "satu juta lima ratus ribu rupiah",
        ];
        assert_eq!(told_of(&texts), 0);
    }
}
