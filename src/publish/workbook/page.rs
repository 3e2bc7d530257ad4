//! One sheet while it is drawn: texts, numbers with their source, formulas with their stored result.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ConditionalFormatFormula, IgnoreError, Url, Workbook, Worksheet, XlsxError};

use crate::error::{Error, Result};
use crate::model::document::plain_number;
use crate::normalise::exact;

use super::formula::{At, Formula, Range};
use super::ledger::{Flaw, Ledger, Published, Source};
use super::runs::{Run, Runs};
use super::style::{self, Look, Styles, Tone, What};

/// Most characters of a cell.
const LONGEST_TEXT: usize = 32_000;
/// Most links of a sheet; Excel drops them all beyond 65 530.
const MOST_LINKS: u32 = 60_000;

/// What all sheets of a workbook share while they are drawn.
#[derive(Default)]
pub struct Desk<'a> {
    /// The workbook, which the sheets are put into once all are drawn.
    pub workbook: Workbook,
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
    /// Widths of the columns in characters.
    widths: Vec<f64>,
    /// Lines of the rows that need more than one.
    lines: BTreeMap<u32, usize>,
    /// What the cells of each column look like if nothing else is said, in a list.
    listed: Vec<Look>,
    /// Cells whose look is set with that of the cells around them; `None` where rows leave the sheet one by one.
    runs: Option<Runs>,
}

/// What the library said, as our error.
#[must_use]
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
        let page = Self::on(Worksheet::new(), desk, number)?;
        Ok(Self { runs: Some(Runs::default()), ..page })
    }

    /// Starts a long sheet: its rows go to a temporary file one by one, so they must be drawn from top to bottom. Its texts stand in
    /// their cells: hardly any occurs twice, and a table of all of them would have to be kept until the end.
    ///
    /// # Errors
    /// When there is no place for the file, or the name is not allowed.
    pub fn long(desk: &'d mut Desk<'a>, number: usize) -> Result<Self> {
        let sheet = desk.workbook.new_worksheet_with_constant_memory().map_err(trouble)?;
        Self::on(sheet, desk, number)
    }

    fn on(mut sheet: Worksheet, desk: &'d mut Desk<'a>, number: usize) -> Result<Self> {
        let name = desk.ledger.sheets.get(number).cloned().unwrap_or_default();
        sheet.set_name(name).map_err(trouble)?;
        sheet.set_screen_gridlines(false);
        Ok(Self { sheet, number, desk, links: 0, widths: Vec::new(), lines: BTreeMap::new(), listed: Vec::new(), runs: None })
    }

    /// The finished sheet. Rows get the height that their texts need: spreadsheets do not always work it out when they open a file.
    ///
    /// # Errors
    /// When a row lies outside the sheet.
    pub fn finish(mut self, last: (u32, u16)) -> Result<Worksheet> {
        let rest = self.runs.take().map_or_else(Vec::new, |mut runs| runs.rest());
        self.set_looks(rest)?;
        for (&row, &lines) in &self.lines {
            let lines = u32::try_from(lines.min(30)).unwrap_or(30);
            self.sheet.set_row_height(row, f64::from(lines) * 12.0 + 3.0).map_err(trouble)?;
        }
        self.sheet.ignore_error_range(0, 0, last.0, last.1, IgnoreError::NumberStoredAsText).map_err(trouble)?;
        Ok(self.sheet)
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
        if look.what == What::Wrapped && look.tone != Tone::Head {
            let lines = lines_of(text, self.widths.get(usize::from(col)).copied().unwrap_or(10.0));
            let most = self.lines.entry(row).or_insert(1);
            *most = lines.max(*most);
        }
        if self.listed.get(usize::from(col)) == Some(&look) {
            self.sheet.write_string(row, col, shortened(text)).map_err(trouble)?;
            return Ok(());
        }
        let waits = self.look_waits(row, col, look, text.is_empty())?;
        let format = self.desk.styles.get(look);
        match (waits, text.is_empty()) {
            (true, true) => return Ok(()),
            (true, false) => self.sheet.write_string(row, col, shortened(text)),
            (false, true) => self.sheet.write_blank(row, col, format),
            (false, false) => self.sheet.write_string_with_format(row, col, shortened(text), format),
        }
        .map_err(trouble)?;
        Ok(())
    }

    /// Whether the look of a cell that is about to be written is set later, with that of the cells around it.
    fn look_waits(&mut self, row: u32, col: u16, look: Look, blank: bool) -> Result<bool> {
        let Some(runs) = self.runs.as_mut().filter(|_| self.listed.is_empty()) else { return Ok(false) };
        let (waits, ended) = runs.note(row, col, look, blank);
        self.set_looks(ended)?;
        Ok(waits)
    }

    /// Makes way for cells that are about to be written with their look.
    fn make_way(&mut self, from: (u32, u16), to: (u32, u16)) -> Result<()> {
        let ended = self.runs.as_mut().map_or_else(Vec::new, |runs| runs.written(from, to));
        self.set_looks(ended)
    }

    fn set_looks(&mut self, runs: impl IntoIterator<Item = Run>) -> Result<()> {
        for Run { col, rows, look } in runs {
            self.sheet.set_range_format(rows.0, col, rows.1, col, self.desk.styles.get(look)).map_err(trouble)?;
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
        self.desk.ledger.note_counter(self.at(row, col));
        self.plain_number(row, col, u32::try_from(number).map_or(f64::NAN, f64::from), look)
    }

    /// A number that repeats one noted elsewhere.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn plain_number(&mut self, row: u32, col: u16, number: f64, look: Look) -> Result<()> {
        let listed = self.listed.get(usize::from(col)) == Some(&look);
        if listed || number.is_finite() && self.look_waits(row, col, look, false)? {
            self.sheet.write_number(row, col, number).map_err(trouble)?;
        } else {
            self.sheet.write_number_with_format(row, col, number, self.desk.styles.get(look)).map_err(trouble)?;
        }
        Ok(())
    }

    /// Says what the cells of a long list look like, column by column: those that look so need no format of their own, and blank ones
    /// need not be written at all. [`Page::end_list`] draws the lines around them.
    ///
    /// # Errors
    /// When there are more columns than a sheet has.
    pub fn list(&mut self, columns: impl IntoIterator<Item = What>) -> Result<()> {
        self.listed = columns.into_iter().map(|what| Look::new(what, Tone::Listed)).collect();
        for (col, &look) in (0..).zip(&self.listed) {
            self.sheet.set_column_format(col, self.desk.styles.get(look)).map_err(trouble)?;
        }
        Ok(())
    }

    /// Ends the list that stands in these rows.
    ///
    /// # Errors
    /// When they lie outside the sheet.
    pub fn end_list(&mut self, first: u32, last: u32) -> Result<()> {
        let right = super::heading::column(self.listed.len().saturating_sub(1));
        let everywhere = ConditionalFormatFormula::new().set_rule("=TRUE").set_format(style::lines());
        self.sheet.add_conditional_format(first, 0, last, right, &everywhere).map_err(trouble)?;
        self.listed.clear();
        Ok(())
    }

    /// That cells of this sheet list all numbers of the workbook once more.
    pub fn repeats(&mut self, from: (u32, u16), to: (u32, u16)) {
        let (from, to) = (self.at(from.0, from.1), self.at(to.0, to.1));
        self.desk.ledger.note_repeated(Range { from, to });
    }

    /// A number read from a document.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn figure(&mut self, row: u32, col: u16, published: Published<'a>, look: Look) -> Result<()> {
        let look = marked(look, published.flaw);
        let waits = self.look_waits(row, col, look, false)?;
        let format = self.desk.styles.get(look);
        if waits && published.value.abs() < exact::LARGEST {
            self.sheet.write_number(row, col, published.value).map_err(trouble)?;
        } else if published.value.abs() < exact::LARGEST {
            self.sheet.write_number_with_format(row, col, published.value, format).map_err(trouble)?;
        } else {
            // A workbook's number cannot tell it from its neighbours: it stands there as a text, not rounded in silence.
            self.sheet.write_string_with_format(row, col, plain_number(published.value), format).map_err(trouble)?;
        }
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
        self.make_way((row, col), (row, col))?;
        let format = self.desk.styles.get(marked(look, flaw));
        self.sheet.write_formula_with_format(row, col, formula, format).map_err(trouble)?;
        self.desk.ledger.note(self.at(row, col), Published { value, source: Source::Computed(text.to_owned()), flaw });
        Ok(())
    }

    /// A live formula whose result is a text, which is no number and has no source of its own.
    ///
    /// # Errors
    /// When the cell lies outside the sheet.
    pub fn worded(&mut self, row: u32, col: u16, text: &str, result: &str, look: Look) -> Result<()> {
        self.make_way((row, col), (row, col))?;
        let formula = rust_xlsxwriter::Formula::new(format!("={text}")).set_result(result);
        self.sheet.write_formula_with_format(row, col, formula, self.desk.styles.get(look)).map_err(trouble)?;
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
        self.make_way((row, col), (row, col))?;
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
        self.make_way(from, to)?;
        let format = self.desk.styles.get(look);
        self.sheet.merge_range(from.0, from.1, to.0, to.1, &shortened(text), format).map_err(trouble)?;
        Ok(())
    }

    /// A text over several columns of one row, which gets the height that the text needs.
    ///
    /// # Errors
    /// When the range lies outside the sheet or over another.
    pub fn paragraph(&mut self, row: u32, from: u16, to: u16, text: &str) -> Result<()> {
        let width = (from..=to).filter_map(|c| self.widths.get(usize::from(c))).sum();
        let most = self.lines.entry(row).or_insert(1);
        *most = lines_of(text, width).max(*most);
        self.merged((row, from), (row, to), text, Look::new(What::Wrapped, Tone::Plain))
    }

    /// Widths of the columns from the first on, in characters.
    ///
    /// # Errors
    /// When there are more columns than a sheet has.
    pub fn widths(&mut self, widths: impl IntoIterator<Item = f64>) -> Result<()> {
        self.widths = widths.into_iter().collect();
        for (col, &width) in (0..).zip(&self.widths) {
            self.sheet.set_column_width(col, width).map_err(trouble)?;
        }
        Ok(())
    }
}

/// Lines that a text takes in a column of this width, broken between words.
#[must_use]
pub fn lines_of(text: &str, width: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "column widths are small and positive")]
    let most = ((width - 1.0) * 1.3).max(4.0) as usize;
    text.lines().map(|line| wrapped(line, most)).sum::<usize>().max(1)
}

fn wrapped(line: &str, most: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > most {
            lines += 1;
            used = 0;
        }
        // A word longer than the column is broken wherever the column ends.
        lines += length.saturating_sub(1) / most;
        used += length.min(most) + usize::from(used > 0);
    }
    lines
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_get_as_many_lines_as_they_need() {
        assert_eq!(lines_of("", 10.0), 1);
        assert_eq!(lines_of("dua kata", 10.0), 1);
        assert_eq!(lines_of("tiga kata panjang", 8.0), 2);
        assert_eq!(lines_of("a\nb\nc", 10.0), 3);
        assert_eq!(lines_of(&"x".repeat(130), 11.0), 10);
    }

    #[test]
    fn very_long_texts_are_cut_and_say_so() {
        assert!(shortened(&"é".repeat(40_000)).ends_with('…'));
        assert_eq!(shortened("pendek"), "pendek");
    }
}
