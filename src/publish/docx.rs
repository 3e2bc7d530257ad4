//! A small writer of text documents: titles, paragraphs, tables, page numbers. Parts are stored, not deflated, and carry no time, so the
//! same content is the same bytes on every machine.

mod parts;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use crate::error::{Error, Result};

/// How a paragraph stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left margin.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// At the right margin.
    Right,
    /// At both margins.
    Both,
}

impl Align {
    const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Middle => "center",
            Self::Right => "right",
            Self::Both => "both",
        }
    }
}

/// One column of a table: heading, width in millimetres, and where its cells stand.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Heading.
    pub heading: &'a str,
    /// Width in millimetres.
    pub width: u16,
    /// Where its cells stand.
    pub align: Align,
}

/// A paper being written.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    body: String,
    landscape: bool,
}

/// Twentieths of a point per millimetre.
const MILLIMETRE: f32 = 56.693;

impl Paper {
    /// An empty paper, upright.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same on its side, for wide tables.
    #[must_use]
    pub const fn landscape(mut self) -> Self {
        self.landscape = true;
        self
    }

    /// A bold line in the middle.
    pub fn title(&mut self, text: &str) {
        self.paragraph_of(text, "Title", Align::Middle, 0, false);
    }

    /// A bold line at the left.
    pub fn heading(&mut self, text: &str) {
        self.paragraph_of(text, "Heading", Align::Left, 0, true);
    }

    /// Running text.
    pub fn text(&mut self, text: &str) {
        self.paragraph_of(text, "", Align::Both, 0, false);
    }

    /// A line that stands where it is told.
    pub fn line(&mut self, text: &str, align: Align) {
        self.paragraph_of(text, "Plain", align, 0, false);
    }

    /// An item of a list: its mark, then its text, set in.
    pub fn item(&mut self, mark: &str, text: &str) {
        self.paragraph_of(&format!("{mark}\t{text}"), "Item", Align::Left, 0, false);
    }

    /// A line of a block that begins in the right half of the page, kept with the next one: signatures.
    pub fn signature(&mut self, text: &str) {
        self.paragraph_of(text, "Plain", Align::Left, 85, true);
    }

    /// An empty line.
    pub fn space(&mut self) {
        self.line("", Align::Left);
    }

    /// What follows begins a new page.
    pub fn page(&mut self) {
        self.body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    fn paragraph_of(&mut self, text: &str, style: &str, align: Align, indent: u16, keep: bool) {
        self.body.push_str("<w:p><w:pPr>");
        if !style.is_empty() {
            write!(self.body, "<w:pStyle w:val=\"{style}\"/>").ok();
        }
        if keep {
            self.body.push_str("<w:keepNext/>");
        }
        if indent > 0 {
            write!(self.body, "<w:ind w:left=\"{}\"/>", twips(indent)).ok();
        }
        write!(self.body, "<w:jc w:val=\"{}\"/></w:pPr>", align.name()).ok();
        run(text, &mut self.body);
        self.body.push_str("</w:p>");
    }

    /// A table whose heading row repeats on every page; the last rows, as many as `totals`, are bold.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<String>], totals: usize) {
        self.body
            .push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"0\" w:type=\"auto\"/><w:jc w:val=\"center\"/>");
        self.body.push_str("<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        for column in columns {
            write!(self.body, "<w:gridCol w:w=\"{}\"/>", twips(column.width)).ok();
        }
        self.body.push_str("</w:tblGrid>");
        let headings: Vec<String> = columns.iter().map(|c| c.heading.to_owned()).collect();
        self.row(columns, &headings, true, true);
        for (number, row) in rows.iter().enumerate() {
            self.row(columns, row, number + totals >= rows.len(), false);
        }
        self.body.push_str("</w:tbl>");
        self.space();
    }

    fn row(&mut self, columns: &[Column], cells: &[String], bold: bool, heading: bool) {
        self.body.push_str("<w:tr><w:trPr><w:cantSplit/>");
        self.body.push_str(if heading { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
        for (column, cell) in columns.iter().zip(cells) {
            write!(self.body, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", twips(column.width)).ok();
            if heading {
                self.body.push_str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E7E6E6\"/>");
            }
            let align = if heading { Align::Middle } else { column.align };
            let style = if bold { "CellBold" } else { "Cell" };
            write!(self.body, "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>").ok();
            write!(self.body, "<w:jc w:val=\"{}\"/></w:pPr>", align.name()).ok();
            run(cell, &mut self.body);
            self.body.push_str("</w:p></w:tc>");
        }
        self.body.push_str("</w:tr>");
    }

    /// The finished file.
    ///
    /// # Errors
    /// When it is too large for its container.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let (width, height) = if self.landscape { (16_838, 11_906) } else { (11_906, 16_838) };
        let document = parts::document(&self.body, width, height, self.landscape);
        let files = [
            ("[Content_Types].xml", parts::CONTENT_TYPES),
            ("_rels/.rels", parts::PACKAGE),
            ("word/_rels/document.xml.rels", parts::RELATIONS),
            ("word/document.xml", &document),
            ("word/footer1.xml", parts::FOOTER),
            ("word/styles.xml", parts::STYLES),
        ];
        stored(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())))
    }
}

/// Files in a container, stored as they are.
///
/// # Errors
/// When there are too many or they are too large.
pub fn stored(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(zip::System::Unix);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options.large_file(bytes.len() > u32::MAX as usize)).map_err(|e| trouble(&name, e))?;
        zip.write_all(&bytes).map_err(|e| trouble(&name, e))?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|e| trouble("zip", e))
}

fn trouble(name: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::io(name)(std::io::Error::other(cause))
}

fn twips(millimetres: u16) -> String {
    format!("{:.0}", f32::from(millimetres) * MILLIMETRE)
}

/// A run of text: tabs and line ends as such, marks escaped, control characters left out.
fn run(text: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    out.push_str("<w:r><w:t xml:space=\"preserve\">");
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' => out.push_str("</w:t><w:tab/><w:t xml:space=\"preserve\">"),
            '\n' => out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out.push_str("</w:t></w:r>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_paper_is_the_same_bytes_and_marks_are_escaped() {
        let paper = || {
            let mut paper = Paper::new();
            paper.title("BERITA ACARA");
            paper.item("1.", "L & P < 5\u{1}");
            let columns = [Column { heading: "No", width: 10, align: Align::Middle }];
            paper.table(&columns, &[vec!["1".into()], vec!["2".into()]], 1);
            paper.bytes().unwrap()
        };
        let bytes = paper();
        assert_eq!(bytes, paper());
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("1.</w:t><w:tab/><w:t xml:space=\"preserve\">L &amp; P &lt; 5</w:t>"));
        assert!(text.contains("CellBold") && text.contains("NUMPAGES"));
    }
}
