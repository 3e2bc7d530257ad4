//! What the copy of an `OpenDocument` workbook keeps and what it adds.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::tests::files;
use super::*;
use crate::model::{Document, Findings};

/// Two sheets: a column with a style of its own, three cells that stand for each other, a comment of the sender.
const SENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" office:version=\"1.2\"><office:automatic-styles>\
<style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N3\"><style:text-properties/></style:style>\
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"Rekap &amp; Isi\"><table:table-column/>\
<table:table-column table:default-cell-style-name=\"ce1\" table:number-columns-repeated=\"4\"/><table:table-row table:number-rows-repeated=\"2\">\
<table:table-cell/></table:table-row><table:table-row><table:table-cell office:value-type=\"string\"><text:p>KUMAI</text:p></table:table-cell>\
<table:table-cell office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"3\"><text:p>7</text:p></table:table-cell>\
<table:table-cell office:value-type=\"float\" office:value=\"9\"><office:annotation><text:p>catatan PPK</text:p></office:annotation>\
<text:p>9</text:p></table:table-cell></table:table-row></table:table><table:table table:name=\"Lain\"><table:table-row><table:table-cell/>\
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";

fn packed(content: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("mimetype", stored).unwrap();
    writer.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    for (name, text) in [("content.xml", content), ("META-INF/manifest.xml", "<manifest/>"), ("settings.xml", "<settings/>")] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read(bytes: &[u8]) -> Document {
    let schemas = crate::schemas::builtin().unwrap();
    crate::read::read(&mut Findings::default(), bytes, "a.ods", &schemas.limits).unwrap()
}

fn list() -> Sheet {
    let title = Row { kind: Kind::Title, cells: vec![Text::Words(repair::TITLE.into())] };
    let link = Text::Link { words: "Rekap & Isi!C3".into(), target: "'Rekap & Isi'!C3".into() };
    Sheet { rows: vec![title, Row { kind: Kind::Item, cells: vec![Text::Number(1.0), link, Text::Words("=1+1 <a>".into())] }] }
}

fn marked(cells: &[(u32, u16)]) -> BTreeMap<String, Marked> {
    let fills = cells.iter().map(|&c| (c, Fill::Blamed)).collect();
    let notes = cells.iter().map(|&c| (c, "keliru & salah".to_owned())).collect();
    [("Rekap & Isi".to_owned(), Marked { fills, notes })].into_iter().collect()
}

#[test]
fn values_stay_and_only_the_content_changes() {
    let sent = packed(SENT);
    let copy = copy(&sent, &marked(&[(2, 2), (2, 4)]), &list()).unwrap();
    let (before, after) = (files(&sent), files(&copy));
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert!(old.0 == new.0 && (old.0 == "content.xml" || old.1 == new.1), "{}", old.0);
    }
    let (before, after) = (read(&sent), read(&copy));
    assert_eq!(after.grids.len(), before.grids.len() + 1);
    assert_eq!((after.grids[0].name.as_str(), &after.grids[1..]), (repair::SHEET, &before.grids[..]));
}

#[test]
fn cells_that_stand_for_each_other_are_told_apart_and_comments_kept() {
    let copy = copy(&packed(SENT), &marked(&[(2, 2), (2, 4)]), &list()).unwrap();
    let content = String::from_utf8(files(&copy)[1].1.clone()).unwrap();
    let cells: Vec<&str> = content.split("<table:table-cell").filter(|c| c.contains("<text:p>7</text:p>")).collect();
    assert_eq!(cells.len(), 3, "one before, the marked one, one after");
    assert!(cells[1].contains("table:style-name=\"rekap1\"") && cells[1].contains("[rekap] keliru &amp; salah"), "{}", cells[1]);
    assert!(!cells[0].contains("rekap") && !cells[2].contains("rekap"));
    assert!(content.contains("style:name=\"rekap1\"") && content.matches("style:data-style-name=\"N3\"").count() == 2);
    assert!(content.contains("<text:p>catatan PPK</text:p><text:p>[rekap] keliru"), "{content}");
}

#[test]
fn a_copy_that_came_back_gets_a_new_list_in_the_place_of_the_old() {
    let first = copy(&packed(SENT), &marked(&[(2, 2)]), &list()).unwrap();
    let second = copy(&first, &marked(&[(2, 3)]), &list()).unwrap();
    let content = String::from_utf8(files(&second)[1].1.clone()).unwrap();
    assert_eq!(content.matches("table:name=\"Daftar Perbaikan\"").count(), 1);
    for style in ["rekap1", "rekap2", "rekapJudul"] {
        assert_eq!(content.matches(&format!("style:name=\"{style}\" style:family")).count(), 1, "{style}");
    }
    assert_eq!(read(&second).grids[1..], read(&packed(SENT)).grids[..]);
}

#[test]
fn what_is_built_in_an_unknown_way_is_not_touched() {
    assert_eq!(copy(b"PK nothing", &BTreeMap::new(), &list()), None);
    assert_eq!(copy(&packed("<a/>"), &BTreeMap::new(), &list()), None);
    let nested = SENT
        .replace("<table:table-row><table:table-cell/>", "<table:table table:name=\"x\"/><table:table-row><table:table-cell/>");
    let lain = [("Lain".to_owned(), Marked::default())].into_iter().collect();
    assert_eq!(copy(&packed(&nested), &lain, &list()), None);
}
