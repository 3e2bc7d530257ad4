//! The draft of the minutes as its reader sees it.

use std::io::Read;

use super::*;
use crate::publish::fixture;

/// The text of a draft, paragraph by paragraph.
fn text(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let lines = xml.replace("</w:p>", "\n").replace("<w:tab/>", "\t");
    regex::Regex::new("<[^>]*>").unwrap().replace_all(&lines, "").into_owned()
}

fn drafts(date: Option<&str>) -> Vec<(String, String, Vec<u8>)> {
    let mut batch = fixture::Province { offices: 3, rows: 2 }.batch();
    let (schemas, regions) = (fixture::schemas(), fixture::regions());
    batch.config.minutes.date = date.map(str::to_owned);
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::new(dir.path());
    write(&batch, &schemas, &regions, &mut folder).unwrap();
    let files = folder.finish();
    let read = |path: &str| std::fs::read(dir.path().join(path)).unwrap();
    files.iter().map(|f| (f.path.clone(), text(&read(&f.path)), read(&f.path))).collect()
}

#[test]
fn a_draft_holds_every_figure_in_words_and_the_day_where_it_is_stated() {
    let all = drafts(Some("2025-10-03"));
    let (_, office, _) = all.iter().find(|(path, ..)| path == FILE).unwrap();
    assert!(
        office.contains("Pada hari ini Jumat, tanggal tiga bulan Oktober tahun dua ribu dua puluh lima (03/10/2025)"),
        "{office}"
    );
    assert!(office.contains("JUMLAH"), "{office}");
    assert!(
        all.iter().any(|(path, ..)| path.starts_with("berita-acara/62.")),
        "{:?}",
        all.iter().map(|a| &a.0).collect::<Vec<_>>()
    );
    assert_eq!(all, drafts(Some("2025-10-03")));
}

#[test]
fn without_a_day_there_are_dotted_lines() {
    let all = drafts(None);
    assert!(all.iter().all(|(_, text, _)| text.contains("Pada hari ini ....................")));
}
