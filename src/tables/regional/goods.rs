//! Goods of one document: the names that its tables print, each with a number, and what a bare amount of them means.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::normalise::text;
use crate::tables::words::{Dimension, Said, Vocabulary, unnumbered};

use super::tags::Tags;

/// The measures of goods, by their names in the vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Measures<'a> {
    /// What one costs.
    pub price: &'a str,
    /// An amount that does not say of what (`volume`).
    pub amount: &'a str,
    /// How many are needed.
    pub need: &'a str,
    /// All of a stock.
    pub stock: &'a str,
    /// The conditions whose sum the stock is; the first is that of goods without fault.
    pub conditions: &'a [&'a str],
}

/// The goods of a document, as printed.
#[derive(Debug)]
pub struct Goods<'a> {
    vocabulary: &'a Vocabulary,
    names: RefCell<Vec<String>>,
    numbers: RefCell<HashMap<String, u16>>,
    /// The headings over columns of a good, as printed.
    headed: RefCell<HashMap<u16, BTreeSet<String>>>,
    /// Units that stand in brackets behind a name.
    units: RefCell<HashMap<u16, String>>,
    pub(super) price: Option<u16>,
    pub(super) amount: Option<u16>,
    pub(super) stock: Option<u16>,
    pub(super) need: Option<u16>,
    conditions: Vec<u16>,
}

impl<'a> Goods<'a> {
    /// No goods yet.
    #[must_use]
    pub fn new(vocabulary: &'a Vocabulary, measures: Measures) -> Self {
        let number = |name: &str| vocabulary.number_of(name);
        Self {
            vocabulary,
            names: RefCell::default(),
            numbers: RefCell::default(),
            headed: RefCell::default(),
            units: RefCell::default(),
            price: number(measures.price),
            amount: number(measures.amount),
            stock: number(measures.stock),
            need: number(measures.need),
            conditions: measures.conditions.iter().filter_map(|name| number(name)).collect(),
        }
    }

    /// The number of a good by its printed name; spellings that fold to the same are one good.
    #[must_use]
    pub fn number(&self, printed: &str) -> u16 {
        let mut names = self.names.borrow_mut();
        let next = u16::try_from(names.len()).unwrap_or(u16::MAX);
        let number = *self.numbers.borrow_mut().entry(text::key(printed)).or_insert(next);
        if number == next && usize::from(next) == names.len() {
            names.push(text::clean(printed));
        }
        number
    }

    /// The number of a good whose name carries its unit: `Kotak Suara (buah)`.
    fn with_unit(&self, printed: &str) -> u16 {
        let Some((name, unit)) = self.unit_behind(printed) else { return self.number(printed) };
        let number = self.number(name);
        self.units.borrow_mut().entry(number).or_insert_with(|| text::clean(unit));
        number
    }

    /// A name and the unit in brackets behind it.
    fn unit_behind<'t>(&self, printed: &'t str) -> Option<(&'t str, &'t str)> {
        let (name, unit) = printed.trim_end().strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
        (self.is_unit(unit) && name.chars().any(char::is_alphabetic)).then_some((name.trim_end(), unit))
    }

    /// Whether a text is the name of a unit of counting.
    #[must_use]
    pub fn is_unit(&self, printed: &str) -> bool {
        let said = self.vocabulary.read(printed);
        let named =
            |s: &crate::tables::words::Sense| s.dimension == Dimension::Unit && !self.vocabulary.value(s.value).is_empty();
        said.whole() && said.senses.iter().any(named)
    }

    /// The unit that stood behind a good's name.
    #[must_use]
    pub fn unit(&self, number: u16) -> Option<String> {
        self.units.borrow().get(&number).cloned()
    }

    /// Notes what heads a column of a good.
    pub(super) fn heads(&self, number: u16, heading: &str) {
        self.headed.borrow_mut().entry(number).or_default().insert(text::clean(heading));
    }

    /// A good's name as it was first printed: the whole heading of its columns where all have the same, `Jumlah Kotak Suara (buah)`.
    #[must_use]
    pub fn name(&self, number: u16) -> String {
        if let Some(one) = self.headed.borrow().get(&number).filter(|all| all.len() == 1).and_then(BTreeSet::first) {
            return one.clone();
        }
        self.names.borrow().get(usize::from(number)).cloned().unwrap_or_default()
    }

    /// The key of a good in the vocabulary; `None` for one nobody listed.
    #[must_use]
    pub fn key(&self, printed: &str) -> Option<String> {
        let said = self.vocabulary.read(printed);
        let keys = said.senses.iter().filter(|s| s.dimension == Dimension::Goods).map(|s| self.vocabulary.value(s.value));
        keys.filter(|key| !key.is_empty()).max_by_key(|key| key.len()).map(str::to_owned)
    }

    /// The good that a label names, without the measure and sum words beside it; `None` where it names none.
    pub(super) fn named(&self, text: &str, said: &Said) -> Option<u16> {
        let good =
            |s: &&crate::tables::words::Sense| s.dimension == Dimension::Goods && !self.vocabulary.value(s.value).is_empty();
        said.senses.iter().find(good)?;
        Some(self.with_unit(&self.bare(text)))
    }

    /// The good that a title speaks of among other words: `REKAPITULASI KOTAK SUARA PEMILU 2024`.
    pub(super) fn spoken(&self, title: &str) -> Option<u16> {
        self.vocabulary.only(title, Dimension::Goods).map(|name| self.number(&name))
    }

    /// A label of a column of goods, known or not.
    pub(super) fn listed(&self, text: &str) -> Option<u16> {
        let name = text::clean(unnumbered(text).filter(|rest| !rest.is_empty()).unwrap_or(text));
        name.chars().any(char::is_alphabetic).then(|| self.with_unit(&name))
    }

    /// The good that a heading and the one below it name together (`Surat Suara` over `PPWP`).
    pub(super) fn joined(&self, outer: &str, nearer: &str) -> Option<u16> {
        if outer.is_empty() {
            return None;
        }
        let both = format!("{outer} {}", super::nested::bare(nearer));
        let said = self.vocabulary.read(&both);
        (said.whole() && said.senses.len() == 1 && said.tells(Dimension::Goods)).then(|| self.number(&both))
    }

    fn bare(&self, text: &str) -> String {
        let text = unnumbered(text).filter(|rest| !rest.is_empty()).unwrap_or(text);
        let bare = self.vocabulary.without(text, &[Dimension::Measure, Dimension::Total]);
        if bare.is_empty() { text.to_owned() } else { bare }
    }

    /// The conditions whose sum the stock is; the first is that of goods without fault.
    pub(super) fn conditions(&self) -> &[u16] {
        &self.conditions
    }

    /// Whether the measure says how many there are or should be: no price, and no amount that leaves this open.
    pub(super) fn tells(&self, measure: u16) -> bool {
        Some(measure) != self.price && Some(measure) != self.amount
    }

    /// Whether the measure is an amount that does not say of what.
    pub(super) fn is_amount(&self, measure: Option<u16>) -> bool {
        measure.is_some() && measure == self.amount
    }

    /// Whether a column says that it holds amounts (`volume`), so that a bare sum beside it is something else: money.
    pub(super) fn stated<'t>(&self, mut said: impl Iterator<Item = &'t Tags>) -> bool {
        self.amount.is_some() && said.any(|t| t.measure == self.amount)
    }

    /// What a measure counts where `open` is what amounts of the table mean that do not say it.
    pub(super) fn measure(&self, measure: Option<u16>, open: Option<u16>) -> Option<u16> {
        measure.filter(|&m| Some(m) != self.amount).or(open)
    }

    /// What amounts mean that do not say it: the stock beside its conditions, else what the titles speak of; nothing where
    /// other columns say already what is counted.
    pub(super) fn open<'t, I: Iterator<Item = &'t Tags>>(&self, said: impl Fn() -> I, titled: Option<u16>) -> Option<u16> {
        let has = |m: u16| said().any(|t| t.measure == Some(m));
        if self.conditions.iter().any(|&m| has(m)) {
            return self.stock.filter(|&m| !has(m));
        }
        if said().any(|t| t.measure.is_some_and(|m| self.tells(m))) { None } else { titled.filter(|&m| self.tells(m)) }
    }
}
