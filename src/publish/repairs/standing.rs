//! How every item stands: `data/perbaikan.csv`, and a sentence for the message.

use crate::consolidate::{Again, Consolidated, Item, Progress, Standing};
use crate::error::Result;
use crate::model::Region;
use crate::model::record::Type;
use crate::model::schema::{Field, TableSchema};
use crate::publish::data::csv::CsvSink;
use crate::publish::data::rows::{Cell, Sink};
use crate::publish::output::Folder;

use super::rows::page_of;

/// Path below the batch's output folder.
const FILE: &str = "data/perbaikan.csv";

/// What an item is called that was not asked before.
const FIRST: &str = "terbuka";

/// Most items that a message names one by one.
const MOST: usize = 8;

/// The columns of the file.
#[must_use]
pub fn table() -> TableSchema {
    let field = |(name, describes): (&str, &str)| Field {
        name: name.to_owned(),
        kind: Type::Text,
        heading: String::new(),
        describes: describes.to_owned(),
    };
    let fields = [
        ("kunci", "Kunci butir; sama di setiap versi dokumen"),
        ("satker", "Satker yang diminta memperbaiki"),
        ("document", "Dokumen yang diperiksa"),
        (
            "keadaan",
            "terbuka, masih terbuka, salah lagi, selesai, berubah di tempat lain, barisnya hilang, diterima dengan catatan, baru",
        ),
        ("kode", "Kode temuan, yang utama lebih dahulu"),
        ("locator", "Letak di dokumen itu"),
        ("found", "Yang ditemukan"),
        ("expected", "Yang seharusnya"),
        ("suggestion", "Usulan nilai"),
        ("perubahan", "Apa yang berubah sejak versi sebelumnya"),
        ("tanggapan", "Tanggapan satker yang terakhir"),
        ("riwayat", "Batch dan dokumen tempat butir ini pernah terbuka, yang terlama lebih dahulu"),
    ];
    TableSchema {
        name: "perbaikan".to_owned(),
        describes: "Butir perbaikan yang diminta dari satker dan keadaannya.".to_owned(),
        key: ["kunci", "document"].map(str::to_owned).to_vec(),
        fields: fields.map(field).to_vec(),
    }
}

/// Writes the file: what is asked now, then what became of what was asked before.
///
/// # Errors
/// When it cannot be written.
pub fn write(batch: &Consolidated, items: &[Item], again: &[Again], folder: &mut Folder<'_>) -> Result<()> {
    let output = folder.create(FILE)?;
    let path = output.path().to_owned();
    let mut sink = CsvSink::new(output, path, &table())?;
    let standing = |item: &Item| {
        let of = again.iter().flat_map(|a| &a.items).find(|p| p.asked.keys.iter().any(|k| item.keys.contains(k)));
        of.map(|p| (p.standing.words(), p.says.as_str(), p.answer.as_str(), p.history.join("; ")))
    };
    for item in items {
        let document = item.entry.and_then(|n| batch.entries.get(n)).map_or("", |e| e.source.document.as_str());
        let satker = item.satker.map(|s| s.to_string()).unwrap_or_default();
        let (state, says, answer, history) = standing(item).unwrap_or((FIRST, "", "", String::new()));
        let codes = item.codes.join(" ");
        let cells = [
            &item.key,
            &satker,
            document,
            state,
            &codes,
            &item.locator,
            &item.found,
            &item.expected,
            &item.suggestion,
            says,
            answer,
            &history,
        ];
        row(&mut sink, cells)?;
    }
    for one in again {
        for past in one.items.iter().filter(|p| is_over(p.standing)) {
            let (asked, history) = (&past.asked, past.history.join("; "));
            let codes = asked.codes.join(" ");
            let cells = [
                &asked.key,
                &one.of.0,
                &past.version.document,
                &past.standing.words().to_owned(),
                &codes,
                &asked.locator,
                &asked.found,
                &asked.expected,
                &asked.suggestion,
                &past.says,
                &past.answer,
                &history,
            ];
            row(&mut sink, cells.map(String::as_str))?;
        }
    }
    folder.close(sink.into_inner())
}

fn row<W: std::io::Write>(sink: &mut CsvSink<W>, cells: [&str; 12]) -> Result<()> {
    for text in cells {
        sink.cell(Cell::text(text))?;
    }
    sink.end_row()
}

/// What became of what an office was asked before: a sentence, nothing where it was not asked.
#[must_use]
pub fn in_words(again: &[Again], satker: Option<Region>) -> String {
    let own: Vec<&Again> = again.iter().filter(|a| satker.is_some_and(|s| s.to_string() == a.of.0)).collect();
    if own.is_empty() {
        return String::new();
    }
    let count = |standing: Standing| own.iter().flat_map(|a| &a.items).filter(|p| p.standing == standing).count();
    let states =
        [Standing::Done, Standing::Accepted, Standing::Open, Standing::Again, Standing::Elsewhere, Standing::Gone, Standing::New];
    let told: Vec<String> =
        states.iter().map(|&s| (s, count(s))).filter(|(_, n)| *n > 0).map(|(s, n)| format!("{n} {}", s.words())).collect();
    let mut text = String::new();
    if own.iter().any(|a| a.unchanged) {
        text.push_str("Kiriman ulang yang kami terima tidak mengubah satu angka pun. ");
    }
    if !told.is_empty() {
        text.push_str(&format!("Butir dari pemeriksaan sebelumnya: {}.", told.join(", ")));
    }
    // What an office has to know before it sends a third time.
    let worse: Vec<&Progress> =
        own.iter().flat_map(|a| &a.items).filter(|p| p.worse || matches!(p.standing, Standing::Again | Standing::Gone)).collect();
    for past in worse.iter().take(MOST) {
        text.push_str(&format!("\n- {}: {}.", page_of(&past.locator), past.says));
    }
    if worse.len() > MOST {
        text.push_str(&format!(
            "\n- … dan {} butir lain yang memburuk; semuanya di lembar Daftar Perbaikan.",
            worse.len() - MOST
        ));
    }
    text.trim_end().to_owned()
}

/// Whether nothing is asked any more under the old item.
const fn is_over(standing: Standing) -> bool {
    matches!(standing, Standing::Done | Standing::Elsewhere | Standing::Gone | Standing::Accepted)
}
