//! What stands in another cell than its own: codes behind names, volume and price in a calculation, the end of a description in the columns
//! beside it.

use crate::model::Cell;
use crate::normalise::number::{self, Figure, Style};
use crate::tables::marks::Marked;
use crate::tables::outline::code;

use super::super::budget::near;
use super::super::cells::value;
use super::super::columns::Columns;
use super::super::factors;
use super::super::words::{Role, Words as Vocabulary};
use super::{Line, Number, Words};

/// Rows that end in a code before a table is known to print codes behind their names.
const FEWEST: usize = 3;

/// Where most rows with an amount end in their code (`Belanja Bahan (521211)`), those codes are theirs. In a table with codes of their own
/// a page may have run a long one into the name before it: `… Konsolidasi Demokrasi 076.01.CQ`.
pub(super) fn codes_behind(lines: &mut [Line], words: &Vocabulary) {
    let sum = |l: &Line| words.is_total(l.words());
    let open = |l: &&Line| l.codes.is_empty() && l.mark.is_none() && !l.is_leaf() && l.amount.is_some() && !sum(l);
    let ending = lines.iter().filter(open).filter(|l| code::trailing(l.words()).is_some()).count();
    let coded = lines.iter().filter(|l| !l.codes.is_empty()).count();
    let all = ending >= FEWEST && ending >= coded && ending * 10 >= lines.iter().filter(open).count() * 6;
    if !all && coded < FEWEST {
        return;
    }
    let long = |code: &str| code.contains('.') || code.len() == 6;
    for line in lines.iter_mut().filter(|l| open(&&**l)) {
        let Some(words) = line.text.take() else { continue };
        let found = code::trailing(&words.text).filter(|(code, _)| all || long(code));
        let found = found.map(|(code, rest)| (code.to_owned(), rest.to_owned()));
        line.codes.extend(found.as_ref().map(|(code, _)| (None, Words { text: code.clone(), at: words.at })));
        line.text = Some(Words { text: found.map_or(words.text, |(_, rest)| rest), at: words.at });
    }
}

/// Where codes head the texts and parents print no amounts, a letter on the row right above an akun is the subkomponen's; the first of a
/// komponen is `A`, each further one the next. `A Yani` above a detail stays a name.
pub(super) fn letters_above_akun(lines: &mut [Line], columns: &Columns) {
    if columns.roles.values().any(|r| matches!(r, Role::Code(_))) {
        return;
    }
    let akun = |l: &Line| l.codes.last().is_some_and(|(_, c)| c.text.len() == 6 && c.text.bytes().all(|b| b.is_ascii_digit()));
    let mut last: Option<String> = None;
    for n in 0..lines.len().saturating_sub(1) {
        let below = akun(&lines[n + 1]);
        let line = &mut lines[n];
        if !line.codes.is_empty() && !akun(line) {
            last = line.codes.last().map(|(_, c)| c.text.clone()).filter(|c| c.len() == 1);
        }
        if !below || !line.codes.is_empty() || line.mark.is_some() || line.is_leaf() {
            continue;
        }
        let Some(words) = line.text.clone() else { continue };
        let Some((code, rest)) = code::leading_letters(&words.text) else { continue };
        let next = last.as_ref().map_or(b'A', |l| l.as_bytes()[0].saturating_add(1));
        if code.as_bytes() == [next] {
            line.text = Some(Words { text: rest.to_owned(), at: words.at });
            last = Some(code.to_owned());
            line.codes.push((None, Words { text: code.to_owned(), at: words.at }));
        }
    }
}

/// Where nearly all details begin with a number of a list (`1) ATK Kegiatan`, `2. Konsumsi`), the numbers are none of their words.
pub(super) fn numbers_before(lines: &mut [Line]) {
    let details = lines.iter().filter(|l| l.is_leaf());
    let with = details.clone().filter(|l| numbered(l.words()).is_some()).count();
    if with < FEWEST || with * 10 < details.count() * 9 {
        return;
    }
    for line in lines.iter_mut().filter(|l| l.is_leaf()) {
        if let Some(text) = &mut line.text
            && let Some(rest) = numbered(&text.text).map(str::to_owned)
        {
            text.text = rest;
        }
    }
}

/// What follows the number of a list.
fn numbered(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).filter(|n| (1..=3).contains(n))?;
    let rest = text[end..].strip_prefix([')', '.'])?.strip_prefix(' ')?.trim_start();
    rest.starts_with(char::is_alphabetic).then_some(rest)
}

/// Whether a cell where a calculation may stand holds the quantity: a number, with its unit or without, where no column has quantities.
pub(super) fn stands_alone(sheet: &Marked, cell: &Cell, columns: &Columns, style: Option<Style>) -> bool {
    let single = || factors::is_single(&sheet.grid.shown(cell.value), style.unwrap_or(Style::Indonesian));
    columns.of(Role::Volume).next().is_none() && (value(sheet, cell, style).is_some() || single())
}

impl Line {
    /// An amount that nothing else is said about is called what stands first in its row, whatever that column holds elsewhere: the label
    /// of a sum.
    pub(super) fn named_first(&mut self, sheet: &Marked, first: &Cell, columns: &Columns) {
        let silent = self.text.is_none() && self.codes.is_empty() && self.volumes.is_empty() && self.price.is_none();
        let role = columns.roles.get(&first.col);
        let remark = matches!(role, Some(Role::Level | Role::Note)) || columns.flat && matches!(role, Some(Role::Code(_)));
        if silent && remark && self.amount.is_some() {
            self.describe(&sheet.grid.shown(first.value), sheet.origin(first));
        }
    }

    /// A unit that a quantity already carries is not needed twice: the column's own is the official one.
    pub(super) fn shift_unit(&mut self, columns: &Columns) {
        if columns.of(Role::Unit).next().is_some() && self.units.len() > self.volumes.len() {
            let own = |w: &Words| columns.roles.get(&w.at.col) == Some(&Role::Unit);
            if self.units.iter().any(own) {
                self.units.retain(own);
            }
        }
    }

    /// A figure among the quantities of a row with a code but without unit and price is none: two columns of a page run together.
    pub(super) fn lone_quantity(&mut self) {
        if !self.codes.is_empty() && self.amount.is_some() && self.price.is_none() && self.units.is_empty() {
            self.strays.extend(self.volumes.drain(..).map(|n| n.at));
        }
    }

    /// On paper a description too long for its column runs into those beside it, as far as they are blank, and is cut off there.
    pub(super) fn spilled(&mut self) {
        let bare = !self.codes.is_empty() && self.volumes.is_empty() && self.price.is_none() && !self.units.is_empty();
        if let Some(text) = self.text.as_mut().filter(|_| bare) {
            for part in self.units.drain(..) {
                text.text = format!("{} {}", text.text, part.text);
            }
            self.clipped = true;
        }
    }

    /// The last factor and the quantity, where a page has run their cells together: `3 KEG 36` is 36 where the price and the amount say so.
    pub(super) fn run_together(&mut self, style: Style) {
        let (Some(price), Some(amount), [.., last]) = (&self.price, &self.amount, self.volumes.as_slice()) else { return };
        let factors: Vec<f64> = self.volumes.iter().map(|v| v.value).chain([price.value]).collect();
        if near(&factors, amount.value) {
            return;
        }
        let Some((factor, quantity)) = last.raw.trim().rsplit_once(char::is_whitespace) else { return };
        if let Some(Figure::Number { value, .. }) = number::read(quantity, style)
            && factors::is_single(factor, style)
            && near(&[value, price.value], amount.value)
        {
            let (at, raw) = (last.at, quantity.to_owned());
            self.volumes = vec![Number { value, at, raw }];
            // The unit of the factor is not that of the quantity.
            if self.units.len() > 1 {
                self.units.retain(|unit| unit.at != at);
            }
        }
    }

    /// The quantity where it is printed behind its calculation: `19 ORG x 3 KEG = 57 OK`.
    fn come_to(&mut self, style: Style) {
        let Some(factors) = self.factors.as_mut().filter(|_| self.volumes.is_empty()) else { return };
        let Some((calculation, result)) = factors.text.split_once('=') else { return };
        let (calculation, result) = (calculation.trim().to_owned(), result.trim().to_owned());
        let Some(value) = factors::product(&result, style).filter(|_| factors::single_unit(&result).is_some()) else { return };
        let unit = factors::single_unit(&result).filter(|u| !u.is_empty() && self.units.is_empty());
        self.units.extend(unit.map(|u| Words { text: u.to_owned(), at: factors.at }));
        self.volumes.push(Number { value, at: factors.at, raw: result });
        factors.text = calculation;
    }

    /// A calculation that goes on in the columns beside it, each factor in its own: `19 ORG`, `3 KEG`, and behind them the quantity.
    pub(super) fn factors_beside(&mut self, style: Style) {
        let (Some(first), [between @ .., last]) = (&mut self.factors, self.volumes.as_slice()) else { return };
        if between.is_empty() || between.iter().any(|v| v.at.col < first.at.col) {
            return;
        }
        let whole = between.iter().fold(first.text.clone(), |text, v| format!("{text} x {}", v.raw.trim()));
        if factors::product(&whole, style).is_some_and(|p| near(&[p], last.value)) {
            first.text = whole;
        }
    }

    /// Volume and price where only their calculation is printed: `12 OB x Rp2.000.000`.
    pub(super) fn calculated(&mut self, style: Style) {
        self.come_to(style);
        if !self.volumes.is_empty() || self.price.is_some() || self.amount.is_none() || !self.codes.is_empty() {
            return;
        }
        let Some(Words { text, at }) = self.factors.clone() else { return };
        let Some(found) = factors::priced(&text, style) else { return };
        self.units.extend(found.unit.map(|unit| Words { text: unit.to_owned(), at }));
        self.volumes.push(Number { value: found.volume, at, raw: text.clone() });
        self.price = Some(Number { value: found.price, at, raw: text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    #[test]
    fn a_factor_and_the_quantity_in_one_cell_are_told_apart() {
        let at = |col| Origin::new(0, 0, col);
        let number = |value, col, raw: &str| Number { value, at: at(col), raw: raw.to_owned() };
        let detail = |amount| {
            let mut line = Line::empty(at(0).into());
            line.volumes = vec![number(3.0, 2, "3 KEG 36")];
            line.units = vec![Words { text: "KEG 36".to_owned(), at: at(2) }, Words { text: "OK".to_owned(), at: at(3) }];
            (line.price, line.amount) = (Some(number(40_000.0, 4, "40.000")), Some(number(amount, 5, "")));
            line.run_together(Style::Indonesian);
            (line.volumes[0].value, line.units.len())
        };
        assert_eq!(detail(1_440_000.0), (36.0, 1));
        assert_eq!(detail(1_500_000.0), (3.0, 2), "the amount does not say so");
        assert_eq!(detail(120_000.0), (3.0, 2), "the factor is the quantity");
    }
}
