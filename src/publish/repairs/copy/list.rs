//! The sheet *Daftar Perbaikan* as XML inside the sender's workbook. Its texts stand in the cells: the shared ones are not touched.

use std::fmt::Write as _;

use super::super::rows::{Kind, Row, Sheet, Text};
use super::sheet::RELATIONS;
use super::styles::{Look, Styles};
use super::tags::escaped;
use crate::model::origin::letters;
use crate::model::repair::{ANSWER, HEADS};

/// The part.
pub fn xml(sheet: &Sheet, styles: &mut Styles<'_>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATIONS}\">\
        <sheetPr><tabColor rgb=\"FFFFB266\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
        <sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{top}\" topLeftCell=\"A{first}\" activePane=\"bottomLeft\" state=\"frozen\"/>\
        <selection pane=\"bottomLeft\" activeCell=\"A{first}\" sqref=\"A{first}\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        top = HEADS + 1,
        first = HEADS + 2
    );
    for (number, width) in (1..).zip(Sheet::WIDTHS) {
        let hidden = if width == 0.0 { " hidden=\"1\"" } else { "" };
        let _ = write!(out, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\"{hidden} customWidth=\"1\"/>");
    }
    out.push_str("</cols><sheetData>");
    let mut links = String::new();
    for (number, row) in (1_u32..).zip(&sheet.rows) {
        draw(&mut out, &mut links, number, row, styles);
    }
    out.push_str("</sheetData>");
    if !links.is_empty() {
        let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
    }
    out.push_str(
        "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
    );
    out
}

fn draw(out: &mut String, links: &mut String, number: u32, row: &Row, styles: &mut Styles<'_>) {
    let _ = write!(out, "<row r=\"{number}\" ht=\"{}\" customHeight=\"1\">", row.height());
    for (col, text) in (0_u16..).zip(&row.cells) {
        let address = format!("{}{number}", letters(col));
        let style = styles.look(look(row, col, text));
        match text {
            Text::Number(n) => {
                let _ = write!(out, "<c r=\"{address}\" s=\"{style}\"><v>{n}</v></c>");
            }
            Text::Words(words) if words.is_empty() => {
                let _ = write!(out, "<c r=\"{address}\" s=\"{style}\"/>");
            }
            Text::Words(words) | Text::Link { words, .. } => {
                let words = escaped(words);
                let _ = write!(
                    out,
                    "<c r=\"{address}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>"
                );
            }
        }
        if let Text::Link { words, target } = text {
            let (target, words) = (escaped(target), escaped(words));
            let _ = write!(links, "<hyperlink ref=\"{address}\" location=\"{target}\" display=\"{words}\"/>");
        }
    }
    out.push_str("</row>");
}

fn look(row: &Row, col: u16, text: &Text) -> Look {
    match (row.kind, text) {
        (_, Text::Link { .. }) => Look::Link,
        (Kind::Head, _) => Look::Head,
        (Kind::Item, _) if col == ANSWER => Look::Answer,
        (Kind::Item, Text::Number(n)) if n.fract() == 0.0 => Look::Number,
        (Kind::Item, _) => Look::Cell,
        (Kind::Title, _) => Look::Title,
        (Kind::Line, _) => Look::Line,
    }
}
