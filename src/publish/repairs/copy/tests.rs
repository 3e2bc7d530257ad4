//! What the copy keeps and what it adds, on workbooks written by other programs and put together by hand.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::rows::{Kind, Row, Text};
use super::*;

/// A workbook with everything that could be lost: comments of the sender, a table, a drawing, names of single sheets, macros.
fn sent() -> Vec<u8> {
    let parts: &[(&str, &str)] = &[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><bookViews><workbookView firstSheet=\"1\" activeTab=\"1\"/></bookViews><sheets><sheet name=\"Rekap &amp; Isi\" sheetId=\"4\" r:id=\"rId1\"/><sheet name=\"Lain\" sheetId=\"2\" r:id=\"rId2\"/></sheets>\
             <definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">'Rekap &amp; Isi'!$A$1</definedName><definedName name=\"x\">1</definedName></definedNames></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/>\
             <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"2\"><c r=\"B2\" s=\"1\"><f>C2*2</f><v>8</v></c><c r=\"C2\"><v>4</v></c></row></sheetData><legacyDrawing r:id=\"rId7\"/><tableParts count=\"1\"/></worksheet>",
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            "<Relationships><Relationship Id=\"rId7\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"/>\
             <Relationship Id=\"rId8\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../comments1.xml\"/></Relationships>",
        ),
        (
            "xl/comments1.xml",
            "<comments><authors><author>Budi</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>catatan PPK</t></text></comment></commentList></comments>",
        ),
        ("xl/drawings/vmlDrawing1.vml", "<xml xmlns:v=\"v\" xmlns:o=\"o\" xmlns:x=\"x\"><v:shape id=\"_x0000_s1025\"/></xml>"),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetViews><sheetView tabSelected=\"1\"/></sheetViews><sheetData/></worksheet>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><fonts><font/></fonts><fills><fill/><fill/></fills><borders><border/></borders><cellXfs count=\"2\"><xf/><xf numFmtId=\"3\"/></cellXfs></styleSheet>",
        ),
        ("xl/tables/table1.xml", "<table/>"),
        ("xl/vbaProject.bin", "\u{1}\u{2}macro"),
    ];
    packed(parts.iter().copied())
}

fn packed<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The files of a package, in its order.
pub fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |i| {
        let mut file = archive.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().into_owned(), content)
    };
    (0..count).map(read).collect()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    files(bytes).into_iter().collect()
}

fn list() -> Sheet {
    let link = Text::Link { words: "Rekap & Isi!B2".into(), target: "'Rekap & Isi'!B2".into() };
    let title = Row { kind: Kind::Title, cells: vec![Text::Words(repair::TITLE.into())] };
    Sheet { rows: vec![title, Row { kind: Kind::Item, cells: vec![Text::Number(1.0), link, Text::Words("=1+1 <a>".into())] }] }
}

fn marked(sheet: &str, cells: &[(u32, u16)]) -> BTreeMap<String, Marked> {
    let fills = cells.iter().map(|&c| (c, Fill::Blamed)).collect();
    let notes = cells.iter().map(|&c| (c, "keliru".to_owned())).collect();
    [(sheet.to_owned(), Marked { fills, notes })].into_iter().collect()
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

#[test]
fn everything_of_the_senders_survives() {
    let (before, after) = (sent(), copy(&sent(), &marked("Rekap & Isi", &[(1, 1), (1, 2)]), &list()).unwrap());
    let (before, after) = (parts(&before), parts(&after));
    let may_change = |name: &str| {
        name.starts_with("xl/worksheets/")
            || name.starts_with("xl/comments")
            || [Some("vml"), Some("rels")].contains(&name.rsplit('.').next())
            || ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"].contains(&name)
    };
    for (name, content) in &before {
        assert!(after.contains_key(name) && (may_change(name) || after[name] == *content), "{name}");
    }
    let sheet = text(&after, "xl/worksheets/sheet1.xml");
    assert_eq!(
        sheet,
        text(&before, "xl/worksheets/sheet1.xml").replace("s=\"1\"", "s=\"2\"").replace("<c r=\"C2\">", "<c r=\"C2\" s=\"3\">")
    );
    let comments = text(&after, "xl/comments1.xml");
    assert!(comments.contains("<t>catatan PPK</t><r>") && comments.contains("[rekap] keliru"), "{comments}");
    assert!(
        text(&after, "xl/drawings/vmlDrawing1.vml")
            .starts_with("<xml xmlns:v=\"v\" xmlns:o=\"o\" xmlns:x=\"x\"><v:shape id=\"_x0000_s1025\"/>")
    );
}

#[test]
fn the_list_is_the_first_sheet_and_names_of_sheets_move_along() {
    let after = parts(&copy(&sent(), &marked("Rekap & Isi", &[(1, 2)]), &list()).unwrap());
    let book = text(&after, "xl/workbook.xml");
    assert!(
        book.contains("<sheets><sheet name=\"Daftar Perbaikan\" sheetId=\"5\" r:id=\"rIdRekap1\"/><sheet name=\"Rekap"),
        "{book}"
    );
    assert!(book.contains("localSheetId=\"1\"") && book.contains("firstSheet=\"0\" activeTab=\"0\""), "{book}");
    assert!(
        text(&after, "xl/worksheets/sheet2.xml").contains("tabSelected=\"0\""),
        "two selected sheets would be edited together"
    );
    let sheet = text(&after, "xl/worksheets/rekapPerbaikan1.xml");
    assert!(sheet.contains("<hyperlink ref=\"B2\" location=\"'Rekap &amp; Isi'!B2\""), "{sheet}");
    assert!(sheet.contains("t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1 &lt;a&gt;</t>"), "{sheet}");
    assert!(text(&after, "[Content_Types].xml").contains("PartName=\"/xl/worksheets/rekapPerbaikan1.xml\""));
    assert!(text(&after, "xl/_rels/workbook.xml.rels").contains("Target=\"/xl/worksheets/rekapPerbaikan1.xml\""));
}

/// What was sent, each part changed by `edit`; a part that becomes empty is left out.
fn otherwise(edit: impl Fn(&str, String) -> String) -> Vec<u8> {
    let all = parts(&sent()).into_iter().map(|(name, part)| {
        let text = edit(&name, String::from_utf8(part).unwrap());
        (name, text)
    });
    let all: Vec<(String, String)> = all.filter(|(_, text)| !text.is_empty()).collect();
    packed(all.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

#[test]
fn what_is_added_to_a_strict_workbook_is_strict_too() {
    let strict = |_: &str, text: String| {
        let text = text.replace(sheet::RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships");
        text.replace("<workbook ", "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" ")
    };
    let after = parts(&copy(&otherwise(strict), &marked("Lain", &[(4, 0)]), &list()).unwrap());
    for (name, part) in &after {
        let text = String::from_utf8_lossy(part);
        assert!(!text.contains(sheet::RELATIONS) && !text.contains(notes::MAIN), "{name}: {text}");
    }
    assert!(text(&after, "xl/worksheets/rekapPerbaikan1.xml").contains("http://purl.oclc.org/ooxml/spreadsheetml/main"));
}

#[test]
fn a_workbook_without_styles_gets_the_first_ones() {
    let plain = |name: &str, text: String| match name {
        "xl/styles.xml" => String::new(),
        "xl/_rels/workbook.xml.rels" => {
            let start = text.find("<Relationship Id=\"rId3\"").unwrap();
            format!("{}</Relationships>", &text[..start])
        }
        _ => text.replace(" s=\"1\"", ""),
    };
    let after = parts(&copy(&otherwise(plain), &marked("Rekap & Isi", &[(1, 2)]), &list()).unwrap());
    assert!(text(&after, "xl/styles.xml").contains("FFFFB266"), "{}", text(&after, "xl/styles.xml"));
    assert!(text(&after, "xl/_rels/workbook.xml.rels").contains("/styles\" Target=\"/xl/styles.xml\""));
    // Its cells speak of a style that nobody knows: it could become another one.
    let styled = otherwise(|name, text| if name.ends_with("sheet1.xml") { text } else { plain(name, text) });
    assert_eq!(copy(&styled, &marked("Lain", &[(4, 0)]), &list()), None);
}

#[test]
fn the_new_sheet_declares_what_the_others_declare_for_themselves() {
    let sent = otherwise(|name, text| match name {
        "xl/workbook.xml" => text.replace(" xmlns:r=\"r\"", "").replace("<sheet name", "<sheet xmlns:r=\"r\" name"),
        _ => text,
    });
    let after = parts(&copy(&sent, &marked("Lain", &[(4, 0)]), &list()).unwrap());
    let book = text(&after, "xl/workbook.xml");
    assert!(book.contains("<sheet xmlns:r=\"r\" name=\"Daftar Perbaikan\" sheetId=\"5\" r:id="), "{book}");
}

#[test]
fn a_sheet_without_comments_gets_them() {
    let after = parts(&copy(&sent(), &marked("Lain", &[(4, 0)]), &list()).unwrap());
    assert!(text(&after, "xl/rekapComments1.xml").contains("ref=\"A5\""));
    let relations = text(&after, "xl/worksheets/_rels/sheet2.xml.rels");
    assert!(relations.contains("/comments\"") && relations.contains("/vmlDrawing\""), "{relations}");
    assert!(text(&after, "xl/worksheets/sheet2.xml").contains("<legacyDrawing "));
}

#[test]
fn a_copy_that_came_back_gets_a_new_list_in_the_place_of_the_old() {
    let first = copy(&sent(), &marked("Lain", &[(4, 0)]), &list()).unwrap();
    let second = copy(&first, &marked("Lain", &[(5, 0)]), &list()).unwrap();
    let (one, two) = (parts(&first), parts(&second));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    assert_eq!(text(&two, "xl/workbook.xml").matches("Daftar Perbaikan").count(), 1);
    let comments = text(&two, "xl/rekapComments1.xml");
    assert!(comments.contains("sudah selesai") && comments.contains("ref=\"A6\""), "{comments}");
}

#[test]
fn the_same_workbook_gives_the_same_copy() {
    let make = || copy(&sent(), &marked("Lain", &[(4, 0)]), &list()).unwrap();
    assert_eq!(make(), make());
}

#[test]
fn what_is_built_in_an_unknown_way_is_not_touched() {
    assert_eq!(copy(b"PK nothing", &BTreeMap::new(), &list()), None);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<workbook><sheets></workbook>").unwrap();
    assert_eq!(copy(&writer.finish().unwrap().into_inner(), &BTreeMap::new(), &list()), None);
}
