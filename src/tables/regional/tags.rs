//! What a row or column of a table says about its figures: measure, sex, reason, period.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::model::{Level, Period};
use crate::normalise::period;
use crate::tables::axes::Label;
use crate::tables::words::{Dimension, Said, Vocabulary};

use super::goods::Goods;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stem {
    /// A measure of the kind, by its number in the vocabulary.
    Measure(u16),
    /// Voters struck off for one reason, by its number in the vocabulary.
    Reason(u16),
    /// How many regions of a level.
    Count(Level),
    /// How many of a good, by its number in [`super::goods::Goods`] and the measure's in the vocabulary.
    Goods(u16, u16),
    /// What one of a good costs.
    Price(u16),
}

/// Whose figures: men, women, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Laki-laki.
    L,
    /// Perempuan.
    P,
    /// Both together, printed as a sum or without distinction.
    T,
}

/// A column of the data table: what is counted, of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    /// What is counted.
    pub stem: Stem,
    /// Of whom.
    pub sex: Sex,
}

/// Which period a heading names, seen from the document's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The document's own.
    Now,
    /// The one just before.
    Before,
    /// Some other one.
    Other,
}

/// What a line says, as far as it says anything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent things a heading may say")]
pub struct Tags {
    /// A measure that names one column stem, by its number.
    pub measure: Option<u16>,
    /// The generic measure was named (`pemilih`).
    pub generic: bool,
    /// Why struck off.
    pub reason: Option<u16>,
    /// Of whom.
    pub sex: Option<Sex>,
    /// Which good, by its number in the document's [`Goods`].
    pub goods: Option<u16>,
    /// Which period.
    pub when: Option<When>,
    /// A level of regions was named.
    pub level: Option<Level>,
    /// `Jumlah` and the like.
    pub total: bool,
    /// Figures that belong to no table of the kind.
    pub aside: bool,
    /// The nearest label says nothing known.
    pub dark: bool,
}

/// Reads labels by one document's vocabulary and period.
#[derive(Clone, Copy, Debug)]
pub struct Tagger<'a> {
    /// Known phrases.
    pub vocabulary: &'a Vocabulary,
    /// The number of the generic measure.
    pub generic: Option<u16>,
    /// The document's period.
    pub period: Option<Period>,
    /// Sheets are parts of the period, month by month: the last month of it is not the whole.
    pub months: bool,
    /// The document's goods; `None` for kinds that count none.
    pub goods: Option<&'a Goods<'a>>,
    /// Which period each text was found to name: most labels of a table stand there many times.
    pub periods: &'a RefCell<HashMap<Box<str>, Option<When>>>,
}

impl Tagger<'_> {
    /// What a stack of labels says, from the outermost to the nearest: the nearer one decides.
    #[must_use]
    pub fn stack<'l>(&self, labels: impl IntoIterator<Item = &'l Label<'l>>) -> Tags {
        let mut tags = Tags::default();
        let (mut outer, mut above) = ("", "");
        for label in labels {
            let mut own = self.below(outer, label);
            if own.goods.is_some() {
                outer = label.text;
            } else if own.dark && !above.is_empty() {
                own = self.together(above, label).unwrap_or(own);
            } else if own.measure.is_some() && !above.is_empty() {
                // `Masuk` below `Pindah` are not those who came to the list.
                let other = |both: &Tags| both.aside || both.reason.is_some();
                own = self.together(above, label).filter(other).unwrap_or(own);
            } else if self.is_price(tags) && !own.speaks() {
                own = self.priced(above, label, own);
            }
            above = label.text;
            tags = tags.under(own);
        }
        tags
    }

    /// What a heading that says nothing by itself says below another one: `B` below `Kondisi`.
    fn together(&self, above: &str, label: &Label) -> Option<Tags> {
        let both = format!("{above} {}", label.text);
        let said = self.vocabulary.read(&both);
        (said.whole() && said.senses.len() == 1).then(|| self.label(&both, &said)).filter(|tags| !tags.dark)
    }

    /// Whether what stands above is the price of one.
    fn is_price(&self, above: Tags) -> bool {
        above.measure.is_some() && self.goods.is_some_and(|goods| goods.price == above.measure)
    }

    /// `Satuan` below `Harga` heads no units but the price of one, `Jumlah` below it that of all.
    fn priced(&self, above: &str, label: &Label, own: Tags) -> Tags {
        let of_one = || self.together(above, label).filter(|both| self.is_price(*both));
        if own.total { Tags { aside: true, ..own } } else { of_one().unwrap_or(own) }
    }

    /// What a label says below another one of a good.
    #[must_use]
    pub fn below(&self, outer: &str, label: &Label) -> Tags {
        let own = self.label(label.text, label.said);
        match self.goods.and_then(|goods| goods.joined(outer, label.text)) {
            Some(both) => Tags { goods: Some(both), dark: false, ..own },
            None => own,
        }
    }

    /// What one text says.
    #[must_use]
    pub fn label(&self, text: &str, said: &Said) -> Tags {
        let mut tags = Tags { when: self.when(text, said), aside: self.nets(text, said), ..Tags::default() };
        for sense in &said.senses {
            let name = self.vocabulary.value(sense.value);
            match sense.dimension {
                Dimension::Measure if Some(sense.value) == self.generic => tags.generic = true,
                Dimension::Measure if tags.aside => {}
                Dimension::Measure => tags.measure = Some(sense.value),
                Dimension::Reason => tags.reason = Some(sense.value),
                Dimension::Sex => {
                    let sex = match name {
                        "l" => Sex::L,
                        "p" => Sex::P,
                        _ => Sex::T,
                    };
                    tags.sex = Some(if tags.sex.is_some_and(|s| s != sex) { Sex::T } else { sex });
                }
                Dimension::Level => tags.level = tags.level.max(level(name)),
                Dimension::Total => tags.total = true,
                Dimension::Aside => tags.aside = true,
                _ => {}
            }
        }
        tags.goods = self.goods.and_then(|goods| goods.named(text, said));
        // `Banyaknya TPS` counts regions.
        if tags.level.is_some() && tags.goods.is_none() && self.goods.is_some_and(|goods| goods.is_amount(tags.measure)) {
            tags.measure = None;
        }
        // A word nobody knows beside `jumlah` or a level alone makes it the sum or count of something else (`suara total`).
        let says = tags.speaks() || tags.aside || (tags.total || tags.level.is_some()) && said.unknown == 0;
        let silent = said.tells(Dimension::Filler) || said.tells(Dimension::Unit) || said.tells(Dimension::Goods);
        tags.dark = !says && said.words > 0 && !(silent && said.whole());
        tags
    }

    /// `Bertambah/Berkurang`, `Baru - TMS`: two measures set against each other are neither of them.
    fn nets(&self, text: &str, said: &Said) -> bool {
        let measures = said.senses.iter().filter(|s| s.dimension == Dimension::Measure && Some(s.value) != self.generic);
        let different: BTreeSet<u16> = measures.map(|s| s.value).collect();
        self.goods.is_none() && different.len() > 1 && text.contains(['/', '+', '-', '–', '&', '±', ','])
    }

    /// The period a text names: in words (`sebelumnya`), or by name (`Triwulan II 2025`, `TW II`).
    fn when(&self, text: &str, said: &Said) -> Option<When> {
        if let Some(value) = said.value(Dimension::When) {
            return Some(if self.vocabulary.value(value) == "lalu" { When::Before } else { When::Now });
        }
        self.named_period(text)
    }

    /// The period a text names by name (`Triwulan II 2025`, `TW II`), seen from the document's own.
    #[must_use]
    pub fn named_period(&self, text: &str) -> Option<When> {
        let own = self.period?;
        if let Some(&known) = self.periods.borrow().get(text) {
            return known;
        }
        let named = Self::period_in(text, own);
        self.periods.borrow_mut().insert(text.into(), named);
        named
    }

    fn period_in(text: &str, own: Period) -> Option<When> {
        // `Palu, 2 Oktober 2025`: a day after the document's period is that of a signature, and so is any day beside an election's year.
        let yearly = own.part == crate::model::period::Part::Year;
        let later = |f: &period::Found| f.how == period::How::Dated && (yearly || f.period.end_month() > own.end_month());
        if period::find(text).iter().any(later) {
            return None;
        }
        if let Some(named) = period::find(text).into_iter().map(|f| f.period).find(|p| p.part != crate::model::period::Part::Year)
        {
            return Some(relation(named, own));
        }
        let (part, _) = period::find_partial(text).into_iter().next()?;
        if part == own.part {
            return Some(When::Now);
        }
        Some(if part == own.previous().part { When::Before } else { When::Other })
    }
}

fn relation(named: Period, own: Period) -> When {
    // A day or month of the document's own year, or of its quarter, is no other period.
    let within = named.year == own.year && own.months().0 <= named.months().0 && named.months().1 <= own.months().1;
    if named == own || within {
        When::Now
    } else if named == own.previous() || named.end_month() == own.previous().end_month() {
        When::Before
    } else if named.end_month() == own.end_month() {
        When::Now
    } else {
        When::Other
    }
}

/// Level by its name in the vocabulary.
#[must_use]
pub fn level(name: &str) -> Option<Level> {
    [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Desa, Level::Tps].into_iter().find(|l| l.as_str() == name)
}

impl Tags {
    /// These tags with a nearer label's below them: what the nearer one says takes the place of what stood above.
    #[must_use]
    pub fn under(self, nearer: Self) -> Self {
        let measured = nearer.measure.is_some() || nearer.reason.is_some();
        let counts = nearer.level.is_some() && !nearer.generic && !measured && nearer.sex.is_none() && nearer.goods.is_none();
        Self {
            measure: if counts { None } else { nearer.measure.or(self.measure) },
            generic: !counts && (self.generic || nearer.generic),
            reason: if nearer.measure.is_some() && nearer.reason.is_none() { None } else { nearer.reason.or(self.reason) },
            sex: nearer.sex.or(if measured && nearer.total { None } else { self.sex }),
            goods: nearer.goods.or(self.goods),
            when: nearer.when.or(self.when),
            level: nearer.level.or(self.level),
            total: nearer.total || (self.total && nearer.sex.is_none()),
            aside: self.aside || nearer.aside,
            dark: nearer.dark,
        }
    }

    /// These tags completed by what a more distant place says (group label, title, sheet name): only questions still open.
    #[must_use]
    pub fn or(self, distant: Self) -> Self {
        let open = self.measure.is_none() && self.reason.is_none() && self.level.is_none();
        Self {
            measure: if open { distant.measure } else { self.measure },
            reason: if open { distant.reason } else { self.reason },
            sex: self.sex.or(distant.sex),
            goods: self.goods.or(distant.goods),
            when: self.when.or(distant.when),
            ..self
        }
    }

    /// Whether it says what is counted, of which good, of whom, or when.
    #[must_use]
    pub const fn speaks(&self) -> bool {
        let counted = self.measure.is_some() || self.generic || self.reason.is_some() || self.goods.is_some();
        counted || self.sex.is_some() || self.when.is_some()
    }
}
