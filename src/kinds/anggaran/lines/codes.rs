//! Codes in descriptions: before them, behind the name of their level, or said again; and what a row with a code cannot have.

use crate::model::Origin;
use crate::normalise::number::{self, Figure, Style};
use crate::normalise::text;
use crate::tables::marks::Marked;
use crate::tables::outline::{captions, code};

use super::super::budget::near;
use super::super::cells::{is_money, like_a_code};
use super::super::columns::Columns;
use super::super::factors;
use super::super::words::{Role, Words as Vocabulary};
use super::{Line, Number, Words};

/// Whether a text begins with a code of many parts that is none: one cut off at the end of its cell.
fn is_broken(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.matches('.').count() > 2 && like_a_code(first)
}

impl Line {
    /// Details have no code: digits before one, in a column of running numbers and codes, count it (`101` on the third page), and so does
    /// the number of a list in any column of codes (`1)`, `a.`).
    pub(super) fn running_number(&mut self, columns: &Columns) {
        if self.is_leaf() {
            let counts = |c: &Words| columns.numbered.contains(&c.at.col) && c.text.bytes().all(|b| b.is_ascii_digit());
            self.codes.retain(|(_, code)| !counts(code) && !lists(&code.text));
        }
    }

    /// What stands in the column of codes and is none, where a page has run that column and the next into one: a price or a calculation, which
    /// are no part of a description, or words.
    pub(super) fn no_code(&mut self, shown: &str, at: Origin, style: Style) {
        if factors::product(shown, style).is_some()
            && factors::single_unit(shown) != Some("")
            && !like_a_code(shown)
            && !is_money(shown)
        {
            self.factors = Some(Words { text: text::clean(shown), at });
            return;
        }
        if is_money(shown) || like_a_code(shown) {
            self.odd.push(at);
        }
        if !is_money(shown) {
            self.describe(shown, at);
        }
    }

    /// A code at the head of the text of a row without one of its own.
    pub(super) fn split_code(&mut self, columns: &Columns) {
        self.say_once();
        if !self.codes.is_empty() || self.mark.is_some() || self.is_leaf() {
            return;
        }
        let Some(words) = self.text.clone() else { return };
        // Where codes have no column of their own, a letter before the text of a row with an amount is one.
        let apart = columns.roles.values().any(|r| matches!(r, Role::Code(_)));
        let digits = |code: &str| !apart || code.bytes().any(|b| b.is_ascii_digit());
        let letter = || if apart || self.amount.is_none() { None } else { code::leading_letters(&words.text) };
        let leading = code::leading(&words.text).or_else(|| code::glued(&words.text)).filter(|(code, _)| digits(code));
        if let Some((code, rest)) = leading.or_else(letter) {
            self.text = Some(Words { text: rest.to_owned(), at: words.at });
            self.codes.push((None, Words { text: code.to_owned(), at: words.at }));
        } else if self.amount.is_some() && code::readings(&words.text).first().is_some_and(|c| c.parts.len() > 1) {
            self.text = None;
            self.codes.push((None, words));
        } else if self.amount.is_some() && is_broken(&words.text) {
            self.odd.push(words.at);
        }
    }

    /// Its code again at the head of its text is no part of that: `3355 | 3355 Pengelolaan Keuangan`.
    pub(super) fn say_once(&mut self) {
        let (Some((_, own)), Some(words)) = (self.codes.last(), &mut self.text) else { return };
        let rest = words.text.strip_prefix(own.text.as_str()).filter(|rest| rest.starts_with([' ', '-', ':']));
        if let Some(rest) = rest.map(|r| r.trim_start_matches([' ', '-', ':', '–']).to_owned()).filter(|r| !r.is_empty()) {
            words.text = rest;
        }
    }

    /// A code behind the name of its level before the description: `Komponen 051 - Penyusunan Laporan`.
    pub(super) fn with_named_level(mut self, words: &Vocabulary) -> Self {
        let text = self.text.clone().filter(|_| self.codes.is_empty() && !self.is_leaf() && self.mark.is_none());
        let found = text.as_ref().and_then(|w| captions::labelled(&w.text, |label| words.level_in(label)).zip(Some(w.at)));
        if let Some((caption, at)) = found.filter(|(c, _)| !c.name.is_empty()) {
            self.codes.push((Some(caption.code.tier), Words { text: caption.printed.to_owned(), at }));
            self.text = Some(Words { text: caption.name.to_owned(), at });
        }
        self
    }

    /// Parents have no price: a lone one is their amount, printed a column off.
    pub(super) fn lone_price(&mut self) {
        if !self.codes.is_empty() && self.amount.is_none() && self.volumes.is_empty() && self.units.is_empty() {
            self.amount = self.price.take();
        }
    }

    /// A code in a column of figures, where a page has run two columns into one; other words there are told of.
    pub(super) fn codes_for_figures(&mut self) {
        let beside = std::mem::take(&mut self.beside);
        let open = self.codes.is_empty() && self.price.is_none() && self.units.is_empty() && self.amount.is_some();
        let is_code = |text: &str| !code::readings(text).is_empty();
        if open
            && let [quantity] = self.volumes.as_slice()
            && quantity.raw.trim().len() >= 3
            && is_code(quantity.raw.trim())
        {
            self.codes.push((None, Words { text: quantity.raw.trim().to_owned(), at: quantity.at }));
            self.volumes.clear();
        }
        for words in beside {
            if open && self.codes.is_empty() && self.volumes.is_empty() && is_code(&words.text) {
                self.codes.push((None, words));
            } else if !self.codes.is_empty() || self.price.is_some() || !self.volumes.is_empty() {
                // The foot of a page has words anywhere.
                self.unread.push(words.at);
            }
        }
    }

    /// The price that a detail lacks, in its column of codes: what its quantity and amount leave.
    fn price_for_code(&mut self, sheet: &Marked, style: Style) {
        let ([quantity], Some(amount), None) = (self.volumes.as_slice(), &self.amount, &self.price) else { return };
        let shown = |at: &Origin| sheet.at(at.row, at.col).map(|(cell, _)| sheet.grid.shown(cell.value));
        let price = |at: &Origin| match number::read(&shown(at)?, style) {
            Some(Figure::Number { value, .. }) if near(&[quantity.value, value], amount.value) => Some((*at, value)),
            _ => None,
        };
        // `300.000` is a price as well as a komponen below an RO.
        let mut taken = self.odd.iter().chain(self.codes.iter().map(|(_, code)| &code.at));
        if let Some((at, value)) = taken.find_map(price) {
            self.odd.retain(|other| *other != at);
            self.codes.retain(|(_, code)| code.at != at);
            self.price = Some(Number { value, at, raw: shown(&at).unwrap_or_default() });
        }
    }

    /// A figure in the column of codes, where a page has run two columns into one: the quantity that the price and the amount lack, or an
    /// amount that nobody can place.
    pub(super) fn figures_for_codes(&mut self, sheet: &Marked, style: Style) {
        self.price_for_code(sheet, style);
        let Some((_, code)) = self.codes.last() else { return };
        let Some(Figure::Number { value, .. }) = number::read(&code.text, style) else { return };
        let worth = self.price.as_ref().zip(self.amount.as_ref());
        let quantity = self.volumes.is_empty() && worth.is_some_and(|(p, a)| near(&[value, p.value], a.value));
        let money = self.is_leaf() && code.text.contains(['.', ',']);
        if !quantity && !money {
            return;
        }
        if let Some((_, code)) = self.codes.pop() {
            if quantity {
                self.volumes.push(Number { value, at: code.at, raw: code.text });
            } else {
                self.strays.push(code.at);
            }
        }
    }
}

/// `1)`, `(12)`, `a.`: the number of a list, with its mark.
fn lists(code: &str) -> bool {
    let bare = code.trim().trim_start_matches('(');
    let number = bare.trim_end_matches([')', '.']);
    let digits = number.bytes().all(|b| b.is_ascii_digit()) && number.len() < 3;
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase());
    number.len() < bare.len() && !number.is_empty() && (digits || letter)
}
