//! One figure, and the run of rows about one region that it stands in.

use std::borrow::Cow;

use crate::model::document::plain_number;
use crate::model::{Origin, Span, Value};
use crate::tables::axes::{Figure, Table};

use super::tags::{Field, Stem};
use super::whose::Whose;

/// One figure of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it counts.
    pub field: Field,
    /// How much; `None` where the cell holds no readable number (an error value, a formula without result).
    pub value: Option<f64>,
    /// Its cell.
    pub origin: Origin,
    /// As printed; `None` for a stored number, which shows as its plain digits.
    raw: Option<Box<str>>,
    /// A blank.
    blank: bool,
}

impl Fact {
    /// A figure of a table.
    #[must_use]
    pub fn new(field: Field, value: Option<f64>, figure: &Figure, table: &Table) -> Self {
        let plain = matches!(figure.value, Value::Number(_)) && value.is_some();
        let raw = (!plain).then(|| table.sheet.grid.shown(figure.value).into());
        Self { field, value, origin: figure.origin, raw, blank: false }
    }

    /// A figure that was read outside any table.
    #[must_use]
    pub fn read(field: Field, value: f64, origin: Origin, printed: &str) -> Self {
        let raw = (printed != plain_number(value)).then(|| printed.into());
        Self { field, value: Some(value), origin, raw, blank: false }
    }

    /// A blank that counts as zero.
    #[must_use]
    pub fn blank(field: Field, origin: Origin) -> Self {
        Self { field, value: Some(0.0), origin, raw: Some(Box::default()), blank: true }
    }

    /// A blank that should hold a figure: its neighbours do not add up without it.
    #[must_use]
    pub fn unfilled(field: Field, origin: Origin) -> Self {
        Self { value: None, ..Self::blank(field, origin) }
    }

    /// What it counts for in equations: a blank nothing, what cannot be read is not known.
    #[must_use]
    pub fn counted(&self) -> f64 {
        self.value.unwrap_or(if self.blank { 0.0 } else { f64::NAN })
    }

    /// As printed.
    #[must_use]
    pub fn printed(&self) -> Cow<'_, str> {
        match (&self.raw, self.value) {
            (Some(raw), _) => Cow::Borrowed(raw),
            (None, Some(number)) => plain_number(number).into(),
            (None, None) => Cow::default(),
        }
    }

    /// As printed, where that is not the number's plain digits.
    #[must_use]
    pub fn printed_otherwise(&self) -> &str {
        self.raw.as_deref().unwrap_or_default()
    }
}

/// A run of rows about the same region, or a printed sum.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Whose.
    pub whose: Whose,
    /// Its figures, one for each field; a second figure for the same field is in `again`.
    pub facts: Vec<Fact>,
    /// All its cells.
    pub span: Span,
    /// How many group labels stand before it.
    pub group: usize,
    /// Side-by-side part.
    pub part: usize,
}

impl Entity {
    /// The fact of a field.
    #[must_use]
    pub fn fact(&self, field: Field) -> Option<&Fact> {
        self.facts.iter().find(|f| f.field == field)
    }

    /// The facts that a printed sum of a field adds up here: the field's own, or, of a measure without a good, those of all goods.
    pub fn parts(&self, field: Field) -> impl Iterator<Item = &Fact> {
        let own = self.fact(field);
        let of_all = move |f: &&Fact| match (field.stem, f.field.stem) {
            (Stem::Measure(sum), Stem::Goods(_, measure)) => sum == measure && own.is_none(),
            _ => false,
        };
        own.into_iter().chain(self.facts.iter().filter(of_all))
    }

    /// Whether it holds figures of the good that a field prices.
    #[must_use]
    pub fn counts(&self, price: Field) -> bool {
        let good = |f: &Fact| if let Stem::Goods(good, _) = f.field.stem { Some(Stem::Price(good)) } else { None };
        self.facts.iter().any(|f| good(f) == Some(price.stem))
    }

    /// Whether it holds figures of goods.
    #[must_use]
    pub fn lists_goods(&self) -> bool {
        self.facts.iter().any(|f| matches!(f.field.stem, Stem::Goods(..) | Stem::Price(_)))
    }
}
