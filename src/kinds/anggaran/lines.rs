//! The rows of a table as values: code, text, figures, each with its cell.

use crate::model::origin::Place;
use crate::model::{Cell, Origin, Span, Value};
use crate::normalise::number::{self, Style};
use crate::normalise::text;
use crate::tables::marks::Marked;
use crate::tables::outline::mark::{self, Mark};
use crate::tables::outline::{Tier, code};

use super::bands::{Stretch, counting};
use super::cells::{Read, figure, is_code, is_label, is_nothing, is_remark, is_running, is_sum, value};
use super::columns::Columns;
use super::context::{self, Context};
use super::factors;
use super::words::{Edition, Role};

mod codes;
mod editions;
mod inside;

/// A number with its place.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Its cell.
    pub at: Origin,
    /// As printed.
    pub raw: String,
}

/// A text with its place.
#[derive(Clone, Debug)]
pub struct Words {
    /// As one may print it again.
    pub text: String,
    /// Its cell.
    pub at: Origin,
}

/// One printed row.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its codes, from the left, with their level where the column names it.
    pub codes: Vec<(Option<Tier>, Words)>,
    /// Its description without the mark before it.
    pub text: Option<Words>,
    /// The mark.
    pub mark: Option<Mark>,
    /// Quantities: one, or the factors of one.
    pub volumes: Vec<Number>,
    /// Units, one for each quantity where they are printed.
    pub units: Vec<Words>,
    /// Calculation in a column of its own.
    pub factors: Option<Words>,
    /// Price of one.
    pub price: Option<Number>,
    /// Tax in percent.
    pub tax: Option<Number>,
    /// Amount.
    pub amount: Option<Number>,
    /// Source of money.
    pub fund: Option<Words>,
    /// Blocked.
    pub block: Option<Words>,
    /// Figures of columns that nobody understands.
    pub strays: Vec<Origin>,
    /// Cells where a figure belongs that is none.
    pub unread: Vec<Origin>,
    /// Figures that can be read in two ways.
    pub undecided: Vec<Origin>,
    /// Cells in the column of codes that look like one and are none.
    pub odd: Vec<Origin>,
    /// Figures of another edition or of something that is not wanted.
    pub aside: Vec<Origin>,
    /// Cells of columns whose meaning nothing proves.
    pub guessed: Vec<Origin>,
    /// Words where figures belong, beside a description.
    pub beside: Vec<Words>,
    /// All of its cells that are in use.
    pub span: Span,
    /// A blank row stands above it, or the headings do.
    pub apart: bool,
    /// Its description is cut off.
    pub clipped: bool,
    /// A word beside its figures says that they are those before or after a revision.
    pub edition: Edition,
    /// Which table of the document it stands in.
    pub table: usize,
    /// Codes above its table that it hangs below.
    pub within: Context,
    /// Which part of the table it stands in: headings that are printed again begin the next.
    pub part: usize,
    /// How many captions without a code stand above it.
    pub group: usize,
    /// It names a level and its code: `Komponen : 051 Penyusunan Laporan`.
    pub caption: bool,
}

impl Line {
    /// A row without anything in it.
    #[must_use]
    pub const fn empty(span: Span) -> Self {
        Self {
            codes: Vec::new(),
            text: None,
            mark: None,
            volumes: Vec::new(),
            units: Vec::new(),
            factors: None,
            price: None,
            tax: None,
            amount: None,
            fund: None,
            block: None,
            strays: Vec::new(),
            unread: Vec::new(),
            undecided: Vec::new(),
            odd: Vec::new(),
            aside: Vec::new(),
            guessed: Vec::new(),
            beside: Vec::new(),
            span,
            apart: false,
            clipped: false,
            edition: Edition::Only,
            table: 0,
            within: Context::new(),
            part: 0,
            group: 0,
            caption: false,
        }
    }

    /// Whether it has a quantity and a price: a detail, whatever else.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        !self.volumes.is_empty() && self.price.is_some()
    }

    /// Whether any figure stands in it.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.amount.is_some()
            || self.price.is_some()
            || !self.volumes.is_empty()
            || !self.unread.is_empty()
            || !self.undecided.is_empty()
    }

    /// Takes the name that stands on the line above it.
    pub fn take_name(&mut self, above: Self) {
        (self.text, self.mark) = (above.text, self.mark.or(above.mark));
        self.apart = above.apart;
    }

    /// Its text, empty where it has none.
    #[must_use]
    pub fn words(&self) -> &str {
        self.text.as_ref().map_or("", |w| &w.text)
    }
}

/// The rows below the headings of a stretch.
#[must_use]
pub fn lines(sheet: &Marked, words: &super::words::Words, stretch: &Stretch, columns: &Columns) -> Vec<Line> {
    let mut all = Vec::new();
    for (part, body) in stretch.bodies.iter().enumerate() {
        for n in body.clone().filter(|&n| !counting(sheet, n)) {
            let apart = n == body.start || sheet.row(n - 1).0 + 1 < sheet.row(n).0;
            let edition = editions::of_row(sheet, words, stretch, n);
            let caption = context::is_caption(sheet, words, stretch, n);
            let line =
                line(sheet, stretch, n, columns).map(|line| Line { apart: apart || line.apart, edition, part, caption, ..line });
            all.extend(line.map(|line| if caption { line } else { line.with_named_level(words) }));
        }
    }
    editions::later(&mut all, words);
    inside::codes_behind(&mut all, words);
    inside::letters_above_akun(&mut all, columns);
    inside::numbers_before(&mut all);
    all
}

fn line(sheet: &Marked, stretch: &Stretch, n: usize, columns: &Columns) -> Option<Line> {
    let (row, cells) = (sheet.row(n).0, stretch.cells(sheet, n));
    let first = cells.clone().next()?.0;
    let mut line = Line::empty(Origin::new(sheet.number, row, first.col).into());
    for (cell, _) in cells {
        let before = line.used();
        line.guessed.extend(columns.guesses.contains(&cell.col).then(|| sheet.origin(cell)));
        match columns.roles.get(&cell.col) {
            Some(role) => line.take(sheet, cell, *role, columns),
            None if columns.aside.contains(&cell.col) => {
                if matches!(cell.value, Value::Number(_)) || number::looks_like_number(&sheet.grid.shown(cell.value)) {
                    line.aside.push(sheet.origin(cell));
                }
            }
            None => line.stray(sheet, cell),
        }
        if line.used() > before {
            line.span = line.span.with(sheet.origin(cell));
        }
    }
    line.named_first(sheet, first, columns);
    if columns.flat || columns.roles.values().filter(|r| matches!(r, Role::Code(_))).count() > 1 {
        line.carried_codes(sheet, row, columns);
    }
    line.running_number(columns);
    line.split_code(columns);
    line.shift_unit(columns);
    line.codes_for_figures();
    line.figures_for_codes(sheet, columns.style());
    line.lone_quantity();
    line.lone_price();
    line.calculated(columns.style());
    line.factors_beside(columns.style());
    if matches!(sheet.grid.place, Place::Paper { .. }) {
        line.run_together(columns.style());
        line.spilled();
    }
    Some(line)
}

impl Line {
    fn used(&self) -> usize {
        let some = [self.price.is_some(), self.tax.is_some(), self.amount.is_some(), self.fund.is_some(), self.block.is_some()];
        let text = usize::from(self.text.is_some()) + usize::from(self.mark.is_some()) + usize::from(self.factors.is_some());
        some.into_iter().filter(|b| *b).count() + text + self.codes.len() + self.volumes.len() + self.units.len()
    }

    /// Puts a cell where its column says it belongs.
    fn take(&mut self, sheet: &Marked, cell: &Cell, role: Role, columns: &Columns) {
        let at = sheet.origin(cell);
        let shown = sheet.grid.shown(cell.value);
        let words = || Words { text: text::clean(&shown), at };
        let style = columns.styles.get(&cell.col).copied().flatten();
        match role {
            Role::Code(tier) if columns.flat && tier.is_some() && !is_code(&shown, tier) => {
                if let Some((code, _)) = code::leading(&shown).or_else(|| code::leading_letters(&shown)) {
                    self.codes.push((tier, Words { text: code.to_owned(), at }));
                }
            }
            Role::Code(_) if columns.numbered.contains(&cell.col) => self.numbered(&shown, at),
            Role::Code(tier) if is_code(&shown, tier) && !is_sum(sheet, cell) => {
                self.codes.push((tier, Words { text: text::clean(code::unnamed(&shown)), at }));
            }
            Role::Code(_) => self.no_code(&shown, at, columns.style()),
            Role::Text => self.describe(&shown, at),
            // A number alone where a calculation may stand is the quantity, where nothing else is; `586 M2` is one too.
            Role::Factors if inside::stands_alone(sheet, cell, columns, style) => {
                self.quantity(sheet, cell, style);
            }
            // The sign between two factors.
            Role::Unit if matches!(shown.trim(), "x" | "X" | "×" | "*") => {}
            Role::Factors => self.factors = Some(words()),
            Role::Unit => self.units.push(words()),
            Role::Fund => self.fund(&shown, at),
            Role::Block if is_nothing(sheet, cell) => {}
            // How much is blocked is no mark.
            Role::Block if value(sheet, cell, Some(Style::Indonesian)).is_some_and(|v| v > 1.0) => self.aside.push(at),
            Role::Block => self.block = Some(words()),
            _ if role.numeric() && is_remark(sheet, cell) => self.describe_aside(&shown, at),
            Role::Volume => self.quantity(sheet, cell, style),
            Role::Price | Role::Tax | Role::Amount => match figure(sheet, cell, style) {
                Read::Number(value) => {
                    // A page may run the star of a block into the amount beside it.
                    if shown.trim_end().ends_with('*') && columns.roles.values().any(|r| matches!(r, Role::Block | Role::Note)) {
                        self.block = Some(Words { text: "*".to_owned(), at });
                    }
                    let number = Number { value, at, raw: shown };
                    match role {
                        Role::Price => self.price = Some(number),
                        Role::Tax => self.tax = Some(number),
                        _ => self.amount = Some(number),
                    }
                }
                Read::Words if shown.trim() == "*" => self.block = Some(words()),
                Read::Words => self.describe_aside(&shown, at),
                Read::Nothing => {}
                Read::Unreadable => self.unread.push(at),
                Read::Undecided => self.undecided.push(at),
            },
            Role::Ordinal if is_label(&shown) => self.describe(&shown, at),
            Role::Ordinal if is_running(&shown) => self.apart = true, // It goes on with nothing.
            Role::Note if shown.trim() == "*" => self.block = Some(words()),
            Role::Ordinal | Role::Note | Role::Level | Role::Aside => {}
        }
    }

    /// A source of money, with the star of a block behind it where a page has run both together: `RM *`.
    fn fund(&mut self, shown: &str, at: Origin) {
        let bare = shown.trim().trim_end_matches('*').trim();
        if bare.len() < shown.trim().len() {
            self.block = Some(Words { text: "*".to_owned(), at });
        }
        if !bare.is_empty() {
            self.fund = Some(Words { text: text::clean(bare), at });
        }
    }

    /// A running number and a code in one cell: `12 521211`; either may be missing.
    fn numbered(&mut self, shown: &str, at: Origin) {
        let number = |t: &str| t.trim_end_matches(['.', ')']).bytes().all(|b| b.is_ascii_digit());
        let rest = match shown.trim().split_once(char::is_whitespace) {
            Some((first, rest)) if number(first) => rest.trim(),
            None if shown.trim().len() < 3 && number(shown.trim()) => return,
            _ => shown.trim(),
        };
        if is_code(rest, None) {
            self.codes.push((None, Words { text: rest.to_owned(), at }));
        } else {
            self.describe(rest, at);
        }
    }

    /// A text, or the mark before one.
    fn describe(&mut self, shown: &str, at: Origin) {
        if let Some(mark) = mark::alone(shown) {
            self.mark = self.mark.or(Some(mark));
            return;
        }
        let (mark, rest) = mark::leading(shown).map_or((None, shown), |(m, rest)| (Some(m), rest));
        self.mark = self.mark.or(mark);
        let rest = text::clean(rest);
        match &mut self.text {
            Some(text) if !rest.is_empty() => text.text = format!("{} {rest}", text.text),
            Some(_) => {}
            None => self.text = Some(Words { text: rest, at }),
        }
    }

    /// Words where figures belong: a label that runs over them, if the row has none of its own.
    fn describe_aside(&mut self, shown: &str, at: Origin) {
        if !shown.chars().any(char::is_alphabetic) {
            self.unread.extend(shown.contains(|c: char| c.is_ascii_digit()).then_some(at));
        } else if self.text.is_none() && self.codes.is_empty() {
            self.describe(shown, at);
        } else {
            self.beside.push(Words { text: text::clean(shown), at });
        }
    }

    /// A quantity, with its unit where both stand in one cell; factors (`2 Orang x 3 Hari`) are multiplied.
    fn quantity(&mut self, sheet: &Marked, cell: &Cell, style: Option<Style>) {
        let at = sheet.origin(cell);
        let shown = sheet.grid.shown(cell.value);
        match figure(sheet, cell, style) {
            Read::Number(value) => {
                let unit = number::read_with_unit(&shown, style.unwrap_or(Style::Indonesian)).map_or("", |(_, u)| u);
                let unit = unit.strip_prefix('(').and_then(|u| u.strip_suffix(')')).unwrap_or(unit);
                if !unit.is_empty() {
                    self.units.push(Words { text: text::clean(unit), at });
                }
                self.volumes.push(Number { value, at, raw: shown });
            }
            Read::Nothing => {}
            Read::Undecided => self.undecided.push(at),
            Read::Words | Read::Unreadable => match factors::product(&shown, style.unwrap_or(Style::Indonesian)) {
                Some(value) => {
                    match factors::single_unit(&shown) {
                        Some(unit) => self.units.push(Words { text: text::clean(unit), at }),
                        None => self.factors = Some(Words { text: text::clean(&shown), at }),
                    }
                    self.volumes.push(Number { value, at, raw: shown });
                }
                None => self.describe_aside(&shown, at),
            },
        }
    }

    fn stray(&mut self, sheet: &Marked, cell: &Cell) {
        let figure = match cell.value {
            Value::Number(_) | Value::Error(_) | Value::NoResult => true,
            Value::Text(_) => sheet.grid.text(cell.value).is_some_and(number::looks_like_number),
            Value::Bool(_) | Value::Date(_) => false,
        };
        if figure {
            self.strays.push(sheet.origin(cell));
        } else if sheet.grid.shown(cell.value).trim() == "*" {
            self.block = Some(Words { text: "*".to_owned(), at: sheet.origin(cell) });
        }
    }

    /// Codes whose cells are merged down over this row stand in it too.
    fn carried_codes(&mut self, sheet: &Marked, row: u32, columns: &Columns) {
        for (&col, &role) in &columns.roles {
            let Role::Code(tier) = role else { continue };
            let Some((cell, _)) = sheet.seen(row, col).filter(|(c, _)| c.row < row) else { continue };
            let shown = sheet.grid.shown(cell.value);
            if is_code(&shown, tier) {
                self.codes.push((tier, Words { text: text::clean(&shown), at: sheet.origin(cell) }));
            }
        }
        self.codes.sort_by_key(|(_, c)| c.at.col);
    }
}
