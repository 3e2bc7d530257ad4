//! `pesan.txt`: a short message to an office, ready to be pasted into a chat or a mail.

use std::fmt::Write as _;

use crate::consolidate::{Consolidated, Entry, Item};
use crate::model::document::plain_number;
use crate::model::finding::stated;
use crate::model::origin::Place;
use crate::model::{Explanation, Origin, Region, Schemas, Slip, Status};
use crate::normalise::region::Regions;
use crate::publish::words;

/// Most items that are spelled out for one document; all of them stand in its list.
const MOST: usize = 8;

/// What a file is that goes with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The office's own workbook, marked, with the list as its first sheet.
    Copy,
    /// The list alone.
    List,
    /// The office's own PDF with the places framed.
    Framed,
}

impl Sent {
    /// What an office is to do with it; there are several files of the same sort at most in the list of them.
    const fn asks(self) -> &'static str {
        match self {
            Self::Copy => {
                "Pada salinan berkas (perbaikan), sel yang perlu dilihat sudah diwarnai dan diberi catatan, semuanya terdaftar di lembar Daftar Perbaikan. Mohon perbaiki di lembar aslinya, isi kolom Tanggapan bila perlu, dan kirim kembali berkasnya. "
            }
            Self::List => {
                "Berkas \"daftar perbaikan\" memuat letak dan butir yang perlu dilihat. Mohon perbaiki pada berkas aslinya, isi kolom Tanggapan pada daftar itu bila perlu, dan kirim kembali keduanya. "
            }
            Self::Framed => {
                "Pada PDF yang ditandai, bagian yang perlu dilihat dibingkai; perbaikannya pada berkas asal PDF itu. "
            }
        }
    }
}

/// What one office is told.
#[derive(Debug)]
pub struct Told<'a> {
    /// The office; `None` where it is not known whose the documents are.
    pub satker: Option<Region>,
    /// Everything it is asked for.
    pub items: Vec<&'a Item>,
    /// Files that go with the message.
    pub files: Vec<(Sent, String)>,
    /// What became of what it was asked for before, in words; empty where nothing was.
    pub progress: String,
}

/// The message.
#[must_use]
pub fn text(batch: &Consolidated, told: &Told<'_>, schemas: &Schemas, regions: &Regions) -> String {
    let office = told.satker.map_or_else(|| "satker".to_owned(), |s| format!("KPU {}", words::region(regions, s)));
    let mut text = format!("Yth. Operator {office},\n\n");
    if told.items.iter().any(|i| i.entry.is_some()) {
        let _ = write!(text, "Terima kasih atas kiriman datanya. ");
    }
    let _ = writeln!(text, "Hasil pemeriksaan batch {}:", batch.config.name);
    if !told.progress.is_empty() {
        let _ = write!(text, "\n{}\n", told.progress);
    }
    text.push_str(&missing(told));
    for (number, entry) in batch.entries.iter().enumerate() {
        let own: Vec<&Item> = told.items.iter().copied().filter(|i| i.entry == Some(number)).collect();
        if !own.is_empty() {
            text.push_str(&of_document(entry, &own, schemas));
        }
    }
    if told.items.is_empty() {
        text.push_str("\nTidak ada lagi yang perlu diperbaiki. Terima kasih.\n");
        return text;
    }
    if !told.files.is_empty() {
        let names: Vec<&str> = told.files.iter().map(|(_, name)| name.as_str()).collect();
        let _ = write!(text, "\nTerlampir: {}. ", names.join("; "));
        for sort in [Sent::Framed, Sent::Copy, Sent::List] {
            if told.files.iter().any(|(sent, _)| *sent == sort) {
                text.push_str(sort.asks());
            }
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    match deadline(batch) {
        Some(at) => drop(write!(text, "\nMohon dikirim paling lambat {at}. Terima kasih.\n")),
        None => text.push_str("\nMohon dikirim secepatnya. Terima kasih.\n"),
    }
    text
}

/// What has not come at all.
fn missing(told: &Told<'_>) -> String {
    let mut text = String::new();
    for item in told.items.iter().filter(|i| i.entry.is_none()) {
        let _ = write!(text, "\n- {}\n", capital(&item.says));
    }
    text
}

fn of_document(entry: &Entry, items: &[&Item], schemas: &Schemas) -> String {
    let file = entry.source.document.rsplit('/').next().unwrap_or_default();
    let mut text = format!("\n{file}\n");
    if entry.outcome.status == Status::Quarantined {
        text.push_str(
            "- Berkas ini memuat data pribadi pemilih (NIK/NKK). Mohon kirim rekapitulasinya saja, tanpa data pribadi.\n",
        );
        return text;
    }
    for (number, item) in (1..).zip(items.iter().take(MOST)) {
        let _ = writeln!(text, "{number}. {}", one(entry, item, schemas));
    }
    if items.len() > MOST {
        let _ = writeln!(text, "… dan {} butir lain di lembar Daftar Perbaikan.", items.len() - MOST);
    }
    text
}

/// One item in a sentence.
fn one(entry: &Entry, item: &Item, schemas: &Schemas) -> String {
    let place = place(entry, item);
    let place = if place.is_empty() { String::new() } else { format!("{}: ", capital(&place)) };
    if let [Some((block, way))] = item.cause.explanations.iter().map(Explanation::block).collect::<Vec<_>>().as_slice() {
        let span = entry.outcome.places.told(*block);
        return format!(
            "{}: angka berada satu baris terlalu {way}. Mohon geser kembali, lalu isi baris di ujungnya.",
            capital(&span)
        );
    }
    if item.suggestion.is_empty() || item.difference.is_empty() {
        return format!("{place}{}", stated(&item.says));
    }
    let slip = match item.cause.explanations.as_slice() {
        [only] => only.slip.map_or_else(String::new, |s| format!(" ({})", s.words())),
        _ => String::new(),
    };
    if matches!(item.cause.explanations.as_slice(), [only] if only.slip == Some(Slip::Blank)) {
        return format!("{place}belum diisi, kemungkinan seharusnya {}.", shown(&item.suggestion));
    }
    let title = item.codes.first().and_then(|c| schemas.rule(c)).map_or_else(String::new, |r| format!(" {}.", r.title));
    let others = item.marks.iter().filter(|m| m.blamed).count().saturating_sub(1);
    let others =
        if others == 0 { String::new() } else { format!(" Begitu pula {others} sel lain, lihat lembar Daftar Perbaikan.") };
    format!("{place}tertulis {}, kemungkinan seharusnya {}{slip}.{title}{others}", shown(&item.found), shown(&item.suggestion))
}

/// A figure the Indonesian way.
fn shown(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(n) if n.fract() == 0.0 => words::count(n),
        Ok(n) => plain_number(n).replace('.', ","),
        Err(_) => text.to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where an item stands, in words: `lembar Rekap sel D12`, `baris 12 kolom 3`, `halaman 2`.
#[must_use]
pub fn place(entry: &Entry, item: &Item) -> String {
    item.cell.map_or_else(String::new, |cell| at(entry, cell))
}

fn at(entry: &Entry, cell: Origin) -> String {
    let locator = entry.outcome.places.locator(cell.into());
    match entry.outcome.places.0.get(usize::from(cell.grid)) {
        Some(Place::Sheet(name)) => format!("lembar {name} sel {}", locator.rsplit('!').next().unwrap_or_default()),
        Some(Place::Delimited) => format!("baris {} kolom {}", cell.row + 1, u32::from(cell.col) + 1),
        Some(Place::Lines) => format!("baris {}", cell.row + 1),
        Some(Place::Paper { .. }) => entry.outcome.places.told(cell.into()),
        None => String::new(),
    }
}

/// The deadline as officials write it: `5 Oktober 2025 pukul 23.59 WIB`; `None` where none is stated.
#[must_use]
pub fn deadline(batch: &Consolidated) -> Option<String> {
    batch.config.deadline.as_ref().map(|(written, _)| moment(written))
}

fn moment(written: &str) -> String {
    let (date, rest) = written.split_once(['T', 't', ' ']).unwrap_or((written, ""));
    let mut parts = date.split('-');
    let (year, month, day) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(month) = format!("{year}-{month}").parse() else { return written.to_owned() };
    let clock = rest.get(..5).map_or_else(String::new, |t| format!(" pukul {}", t.replace(':', ".")));
    let zone = match rest.find(['+', '-', 'Z', 'z']).map(|i| &rest[i..]) {
        Some("+07:00") => " WIB",
        Some("+08:00") => " WITA",
        Some("+09:00") => " WIT",
        Some(other) => &format!(" ({other})"),
        None => "",
    };
    format!("{} {}{clock}{zone}", day.trim_start_matches('0'), words::period(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_written_as_officials_do() {
        assert_eq!(moment("2025-10-05T23:59:00+07:00"), "5 Oktober 2025 pukul 23.59 WIB");
        assert_eq!(moment("2025-12-31T08:00:00Z"), "31 Desember 2025 pukul 08.00 (Z)");
        assert_eq!(moment("besok"), "besok");
    }

    #[test]
    fn figures_are_written_with_points() {
        assert_eq!((shown("12345"), shown("87.5"), shown("dua")), ("12.345".into(), "87,5".into(), "dua".into()));
    }
}
