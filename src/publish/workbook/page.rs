//! One sheet while it is drawn: texts, numbers with their source, formulas with their stored result.

use rust_xlsxwriter::{Note, Url, Worksheet, XlsxError};

use crate::error::{Error, Result};
use crate::model::document::plain_number;

use super::formula::{At, Formula};
use super::ledger::{Flaw, Ledger, Published, Source};
use super::style::{Look, Styles, Tone, What};

/// Most characters of a cell.
const LONGEST_TEXT: usize = 32_000;
/// Most links of a sheet; Excel drops them all beyond 65 530.
const MOST_LINKS: u32 = 60_000;

/// What all sheets of a workbook share while they are drawn.
#[derive(Debug, Default)]
pub struct Desk<'a> {
    /// The formats.
    pub styles: Styles,
    /// The numbers.
    pub ledger: Ledger<'a>,
}

/// One sheet.
pub struct Page<'d, 'a> {
    /// The sheet itself, for what this type has no word for.
    pub sheet: Worksheet,
    /// Its number in the ledger.
    pub number: usize,
    desk: &'d mut Desk<'a>,
    links: u32,
}

/// What the library said, as our error.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub fn trouble(error: XlsxError) -> Error {
    Error::Io { path: "xlsx".into(), cause: std::io::Error::other(error.to_string()) }
}

impl<'d, 'a> Page<'d, 'a> {
    /// Starts sheet number `number`, whose name the ledger knows.
    ///
    /// # Errors
    /// When the name is not allowed.
    pub fn new(desk: &'d mut Desk<'a>, number: usize) -> Result<Self> {
        let mut sheet = Worksheet::new();
        let name = desk.ledger.sheets.get(number).cloned().unwrap_or_default();
        sheet.set_name(name).map_err(trouble)?;
        sheet.set_screen_gridlines(false);
        Ok(Self { sheet, number, desk, links: 0 })
    }

    /// The cell at a place of this sheet.
    #[must_use]
    pub const fn at(&self, row: u32, col: u16) -> At {
        At { sheet: self.number, row, col }
    }

    /// The numbers of the workbook so far.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger<'a> {
        &self.desk.ledger
    }

    /// A text; never a formula, whatever it starts with.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn text(&mut self, row: u32, col: u16, text: &str, look: Look) -> Result<()> {
        let format = self.desk.styles.get(look);
        if text.is_empty() {
            self.sheet.write_blank(row, col, format).map_err(trouble)?;
        } else {
            self.sheet.write_string_with_format(row, col, shortened(text), format).map_err(trouble)?;
        }
        Ok(())
    }

    /// An empty cell with its frame and fill.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn blank(&mut self, row: u32, col: u16, look: Look) -> Result<()> {
        self.text(row, col, "", look)
    }

    /// A number that is no figure of a document: an ordinal.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn ordinal(&mut self, row: u32, col: u16, number: usize, look: Look) -> Result<()> {
        self.plain_number(row, col, u32::try_from(number).map_or(f64::NAN, f64::from), look)
    }

    /// A number that repeats one noted elsewhere.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn plain_number(&mut self, row: u32, col: u16, number: f64, look: Look) -> Result<()> {
        self.sheet.write_number_with_format(row, col, number, self.desk.styles.get(look)).map_err(trouble)?;
        Ok(())
    }

    /// A number read from a document.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn figure(&mut self, row: u32, col: u16, published: Published<'a>, look: Look) -> Result<()> {
        let look = marked(look, published.flaw);
        self.sheet.write_number_with_format(row, col, published.value, self.desk.styles.get(look)).map_err(trouble)?;
        self.desk.ledger.note(self.at(row, col), published);
        Ok(())
    }

    /// A live formula with its stored result; an empty cell where there is nothing to work with.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn formula(&mut self, row: u32, col: u16, formula: &Formula, look: Look) -> Result<Flaw> {
        let Some((value, flaw)) = self.desk.ledger.evaluate(formula) else {
            self.blank(row, col, look)?;
            return Ok(Flaw::None);
        };
        let text = formula.text(self.number, &self.desk.ledger.sheets);
        self.computed(row, col, &text, value, flaw, look)?;
        Ok(flaw)
    }

    /// A formula of another shape, whose result the caller knows.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn computed(&mut self, row: u32, col: u16, text: &str, value: f64, flaw: Flaw, look: Look) -> Result<()> {
        let formula = rust_xlsxwriter::Formula::new(format!("={text}")).set_result(plain_number(value));
        let format = self.desk.styles.get(marked(look, flaw));
        self.sheet.write_formula_with_format(row, col, formula, format).map_err(trouble)?;
        self.desk.ledger.note(self.at(row, col), Published { value, source: Source::Computed(text.to_owned()), flaw });
        Ok(())
    }

    /// A text that leads to a cell of this workbook; plain text when the sheet has as many links as a spreadsheet bears.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn link(&mut self, row: u32, col: u16, target: At, text: &str, tone: Tone) -> Result<()> {
        self.links += 1;
        if self.links > MOST_LINKS {
            return self.text(row, col, text, Look::new(What::Text, tone));
        }
        let sheet = self.desk.ledger.sheets.get(target.sheet).map_or("", String::as_str);
        let url = format!("internal:'{}'!{}", sheet.replace('\'', "''"), target.address());
        let format = self.desk.styles.get(Look::new(What::Link, tone));
        self.sheet.write_url_with_format(row, col, Url::new(url).set_text(shortened(text)), format).map_err(trouble)?;
        Ok(())
    }

    /// A text over several cells.
    ///
    /// # Errors
    /// When the range lies outside the sheet or over another.
    pub fn merged(&mut self, from: (u32, u16), to: (u32, u16), text: &str, look: Look) -> Result<()> {
        if from == to {
            return self.text(from.0, from.1, text, look);
        }
        let format = self.desk.styles.get(look);
        self.sheet.merge_range(from.0, from.1, to.0, to.1, &shortened(text), format).map_err(trouble)?;
        Ok(())
    }

    /// A remark that shows when the pointer rests on the cell.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn remark(&mut self, row: u32, col: u16, text: &str) -> Result<()> {
        let note = Note::new(shortened(text)).set_author("rekap").add_author_prefix(false);
        self.sheet.insert_note(row, col, &note).map_err(trouble)?;
        Ok(())
    }

    /// Widths of the columns from the first on, in characters.
    ///
    /// # Errors
    /// When there are more columns than a sheet has.
    pub fn widths(&mut self, widths: impl IntoIterator<Item = f64>) -> Result<()> {
        for (col, width) in (0..).zip(widths) {
            self.sheet.set_column_width(col, width).map_err(trouble)?;
        }
        Ok(())
    }
}

/// A flawed number shows it by its colour.
const fn marked(look: Look, flaw: Flaw) -> Look {
    match flaw {
        Flaw::None => look,
        Flaw::Partial => Look { tone: Tone::Warn, ..look },
        Flaw::Error => Look { tone: Tone::Bad, ..look },
    }
}

/// A text cut to what a cell holds.
fn shortened(text: &str) -> String {
    if text.len() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut start: String = text.chars().take(LONGEST_TEXT).collect();
    start.push('…');
    start
}
