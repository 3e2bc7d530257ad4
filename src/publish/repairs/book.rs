//! The list of repairs as a workbook of its own, for documents that cannot be marked themselves.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet};

use crate::error::Result;
use crate::model::repair::{ANSWER, HEADS, SHEET};
use crate::publish::workbook::container;
use crate::publish::workbook::page::trouble;

use super::rows::{Kind, Sheet, Text};

/// The bytes of the workbook.
///
/// # Errors
/// When the library cannot write it.
pub fn workbook(list: &Sheet) -> Result<Vec<u8>> {
    let mut sheet = Worksheet::new();
    sheet.set_name(SHEET).map_err(trouble)?;
    for (col, width) in (0_u16..).zip(Sheet::WIDTHS) {
        if width == 0.0 {
            sheet.set_column_hidden(col).map_err(trouble)?;
        } else {
            sheet.set_column_width(col, width).map_err(trouble)?;
        }
    }
    for (number, row) in (0_u32..).zip(&list.rows) {
        sheet.set_row_height(number, row.height()).map_err(trouble)?;
        for (col, text) in (0_u16..).zip(&row.cells) {
            cell(&mut sheet, (number, col), text, &look(row.kind, col, text))?;
        }
    }
    sheet.set_freeze_panes(HEADS + 1, 0).map_err(trouble)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    let mut workbook = Workbook::new();
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 1, 1).map_err(trouble)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_author("rekap").set_creation_datetime(&created));
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer().map(container::alike).map_err(trouble)
}

fn cell(sheet: &mut Worksheet, (row, col): (u32, u16), text: &Text, look: &Format) -> Result<()> {
    match text {
        Text::Number(n) => sheet.write_number_with_format(row, col, *n, look),
        Text::Words(words) if words.is_empty() => sheet.write_blank(row, col, look),
        Text::Words(words) => sheet.write_string_with_format(row, col, words, look),
        Text::Link { words, target } => {
            let link = Url::new(format!("internal:{target}")).set_text(words);
            sheet.write_url_with_format(row, col, link, look)
        }
    }
    .map_err(trouble)?;
    Ok(())
}

fn look(kind: Kind, col: u16, text: &Text) -> Format {
    let in_the_list = Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00BF_BFBF))
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    match (kind, text) {
        (Kind::Title, _) => Format::new().set_bold().set_font_size(14.0),
        (Kind::Line, _) => Format::new(),
        (Kind::Head, _) => in_the_list.set_bold().set_background_color(Color::RGB(0x00FF_F2A8)),
        (Kind::Item, Text::Link { .. }) => in_the_list.set_font_color(Color::RGB(0x0005_63C1)),
        (Kind::Item, _) if col == ANSWER => in_the_list.set_background_color(Color::RGB(0x00C6_EFCE)),
        (Kind::Item, Text::Number(n)) if n.fract() == 0.0 => in_the_list.set_num_format("#,##0"),
        (Kind::Item | Kind::Past, _) => in_the_list,
    }
}
