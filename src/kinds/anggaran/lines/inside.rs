//! What stands in another cell than its own: codes behind names, volume and price in a calculation, the end of a description in the columns
//! beside it.

use crate::normalise::number::Style;
use crate::tables::outline::code;

use super::super::factors;
use super::super::words::Words as Vocabulary;
use super::{Line, Number, Words};

/// Rows that end in a code before a table is known to print codes behind their names.
const FEWEST: usize = 3;

/// Where most rows with an amount end in their code (`Belanja Bahan (521211)`), those codes are theirs.
pub(super) fn codes_behind(lines: &mut [Line], words: &Vocabulary) {
    let sum = |l: &Line| words.is_total(l.words());
    let open = |l: &&Line| l.codes.is_empty() && l.mark.is_none() && !l.is_leaf() && l.amount.is_some() && !sum(l);
    let ending = lines.iter().filter(open).filter(|l| code::trailing(l.words()).is_some()).count();
    let coded = lines.iter().filter(|l| !l.codes.is_empty()).count();
    if ending < FEWEST || ending < coded || ending * 10 < lines.iter().filter(open).count() * 6 {
        return;
    }
    for line in lines.iter_mut().filter(|l| open(&&**l)) {
        let Some(words) = line.text.take() else { continue };
        let found = code::trailing(&words.text).map(|(code, rest)| (code.to_owned(), rest.to_owned()));
        line.codes.extend(found.as_ref().map(|(code, _)| (None, Words { text: code.clone(), at: words.at })));
        line.text = Some(Words { text: found.map_or(words.text, |(_, rest)| rest), at: words.at });
    }
}

impl Line {
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

    /// Volume and price where only their calculation is printed: `12 OB x Rp2.000.000`.
    pub(super) fn calculated(&mut self, style: Style) {
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
