//! Cells of amounts → numbers. The style of a column is decided for the whole column; where its own cells leave it open, by its neighbours.

use crate::model::{Document, Origin, Value};
use crate::normalise::number::{self, Decision, Figure, Style};

use super::heading::Role;
use super::table::{Line, Slot, Table};

/// A number with its cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Its value; of percentages still as printed.
    pub value: f64,
    /// Its cell.
    pub origin: Origin,
    /// The text it was read from; empty for stored numbers.
    pub raw: String,
    /// Shown as a percentage: stored as a fraction, or with a percent sign.
    pub percent: Percent,
}

/// How a number says that it is a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percent {
    /// It does not.
    Silent,
    /// Its format shows a hundred times what is stored.
    Format,
    /// A percent sign stands behind it.
    Sign,
}

/// The numbers of a table, by line and leaf, and the cells that nobody can read.
#[derive(Clone, Debug, Default)]
pub struct Amounts {
    /// By line, then by leaf.
    pub lines: Vec<Vec<Option<Amount>>>,
    /// Cells in columns of amounts that hold no readable number.
    pub unread: Vec<Origin>,
    /// Cells that can be read in two ways, in columns that use both.
    pub undecided: Vec<Origin>,
}

/// Reads all amounts of a table.
#[must_use]
pub fn amounts(document: &Document, table: &Table) -> Amounts {
    let (styles, mixed) = styles(document, table);
    let mut amounts = Amounts::default();
    for line in &table.lines {
        let read = |(leaf, slot): (usize, &Option<Slot>)| {
            let slot = (*slot)?;
            let mut found = amount(document, slot, styles.get(leaf).copied().unwrap_or(Style::Plain));
            match &mut found {
                None => amounts.unread.push(slot.origin),
                Some(one) if mixed.get(leaf) == Some(&true) => {
                    if let Some(value) = in_thousands(&one.raw) {
                        one.value = value;
                        amounts.undecided.push(slot.origin);
                    }
                }
                Some(_) => {}
            }
            found
        };
        let row = line.amounts.iter().enumerate().map(read).collect();
        amounts.lines.push(row);
    }
    amounts
}

fn text<'a>(document: &'a Document, slot: &Slot) -> Option<&'a str> {
    document.grids.get(usize::from(slot.origin.grid))?.text(slot.value)
}

/// The style of each leaf, and which of them use both.
fn styles(document: &Document, table: &Table) -> (Vec<Style>, Vec<bool>) {
    let of = |leaf: usize| {
        let slots = table.lines.iter().filter_map(move |l: &Line| l.amounts.get(leaf)?.as_ref());
        number::decide(slots.filter_map(|s| text(document, s)))
    };
    let decisions: Vec<Decision> = (0..table.leaves.len()).map(of).collect();
    let share = |leaf: usize| matches!(table.leaves[leaf].role, Some(Role::Persen));
    let certain = |style| (0..decisions.len()).filter(|&i| !share(i) && decisions[i] == Decision::Certain(style)).count();
    let (indonesian, anglo) = (certain(Style::Indonesian), certain(Style::Anglo));
    let common = if anglo > indonesian { Style::Anglo } else { Style::Indonesian };
    let style = |decision: &Decision| match decision {
        Decision::Certain(style) => *style,
        Decision::Assumed(style) if indonesian + anglo == 0 => *style,
        Decision::Assumed(_) | Decision::Undecided => common,
    };
    let mixed = decisions.iter().map(|d| *d == Decision::Undecided).collect();
    (decisions.iter().map(style).collect(), mixed)
}

/// A text that is another number where points and commas mean the other, read so that its mark parts thousands: rupiah have no
/// thousandths.
fn in_thousands(raw: &str) -> Option<f64> {
    let read = |style| number::read(raw, style).and_then(Figure::count);
    let (a, b) = read(Style::Indonesian).zip(read(Style::Anglo))?;
    (a.to_bits() != b.to_bits()).then(|| if a.abs() > b.abs() { a } else { b })
}

fn amount(document: &Document, slot: Slot, style: Style) -> Option<Amount> {
    let origin = slot.origin;
    match slot.value {
        Value::Number(value) => {
            let shown = document.grids.get(usize::from(origin.grid)).is_some_and(|g| g.percent(origin.row, origin.col));
            let percent = if shown { Percent::Format } else { Percent::Silent };
            Some(Amount { value, origin, raw: String::new(), percent })
        }
        Value::Text(_) => {
            let raw = text(document, &slot)?;
            let other = if style == Style::Anglo { Style::Indonesian } else { Style::Anglo };
            let figure = number::read(raw, style).or_else(|| number::read(raw, other))?;
            let (value, percent) = match figure {
                Figure::Number { value, percent } => (value, if percent { Percent::Sign } else { Percent::Silent }),
                Figure::Dash => (0.0, Percent::Silent),
                Figure::Blank => return None,
            };
            Some(Amount { value, origin, raw: raw.to_owned(), percent })
        }
        _ => None,
    }
}
