//! Formulas of norms: `bilik_per_tps * tps`, `pemilih + per_tps(pemilih * cadangan / 100)`. Text → exact numbers, and the same in a
//! spreadsheet's words.
//!
//! Numbers, names, `+ - * /`, brackets, `bulat_atas(x)`, `bulat_bawah(x)`, `maks(a, b)`, `min(a, b)`, and `per_tps(x)`: the sum of `x`
//! over all polling stations, each rounded up. Where the stations are not known one by one, that sum lies between two bounds.

mod exact;
mod parse;
mod sheet;

pub use exact::Exact;

/// A formula, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number.
    Number(Exact),
    /// What the scope knows by this name.
    Name(String),
    /// Two formulas and what stands between them.
    Pair(Box<Self>, Between, Box<Self>),
    /// A function of formulas.
    Call(Function, Vec<Self>),
}

/// What stands between two formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

/// The functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Rounded up to a whole number.
    Up,
    /// Rounded down to a whole number.
    Down,
    /// The larger of two.
    Most,
    /// The smaller of two.
    Least,
    /// Summed over the polling stations, each rounded up.
    PerStation,
}

/// A text that is no formula: where (byte) and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte in the text.
    pub at: usize,
    /// In the user's language.
    pub why: String,
}

/// Name of the voters in a formula.
pub const VOTERS: &str = "pemilih";
/// Name of the polling stations in a formula.
pub const STATIONS: &str = "tps";

/// What a formula comes to: certainly at least `low` and at most `high`; `likely` is the estimate. All three are the same where nothing
/// is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Lower bound.
    pub low: Exact,
    /// Estimate.
    pub likely: Exact,
    /// Upper bound.
    pub high: Exact,
}

/// Which of the three numbers of an [`Estimate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// At least.
    Low,
    /// Probably.
    Likely,
    /// At most.
    High,
}

/// Where a formula is evaluated: what its names are, and the voters of each polling station where they are known one by one.
pub struct Place<'a> {
    /// The value of a name; `None` for one that is not known here.
    pub value: &'a dyn Fn(&str) -> Option<Exact>,
    /// Voters of each station, if known.
    pub stations: Option<&'a [u32]>,
}

impl Estimate {
    /// Exactly this.
    #[must_use]
    pub const fn exactly(value: Exact) -> Self {
        Self { low: value, likely: value, high: value }
    }

    /// Whether nothing is left open.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    fn each(self, of: impl Fn(Exact) -> Option<Exact>) -> Option<Self> {
        Some(Self { low: of(self.low)?, likely: of(self.likely)?, high: of(self.high)? })
    }
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// Where the text is none, and why.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        parse::formula(text)
    }

    /// All names in it, in order of appearance.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Name(name) => vec![name],
            Self::Pair(a, _, b) => [a.names(), b.names()].concat(),
            Self::Call(_, parts) => parts.iter().flat_map(Self::names).collect(),
        }
    }

    /// What it comes to; `None` where a name is not known, a divisor is zero, or a number grows beyond all bounds.
    #[must_use]
    pub fn evaluate(&self, place: &Place) -> Option<Estimate> {
        match self {
            Self::Number(number) => Some(Estimate::exactly(*number)),
            Self::Name(name) => (place.value)(name).map(Estimate::exactly),
            Self::Pair(a, between, b) => pair(a.evaluate(place)?, *between, b.evaluate(place)?),
            Self::Call(Function::PerStation, parts) => per_station(parts.first()?, place),
            Self::Call(function, parts) => {
                let mut values = parts.iter().map(|p| p.evaluate(place));
                let first = values.next()??;
                match function {
                    Function::Up => first.each(|x| Some(x.up())),
                    Function::Down => first.each(|x| Some(x.down())),
                    Function::Most => values.try_fold(first, |a, b| Some(meet(a, b?, Exact::max))),
                    Function::Least => values.try_fold(first, |a, b| Some(meet(a, b?, Exact::min))),
                    Function::PerStation => None,
                }
            }
        }
    }

    /// The formula as a spreadsheet writes it, for one of its bounds or its estimate. `cell` gives the cell of a name, `stations` the
    /// range with the voters of each station, if there is one.
    #[must_use]
    pub fn in_sheet(&self, cell: &dyn Fn(&str) -> String, stations: Option<&str>, bound: Bound) -> String {
        sheet::Sheet { cell, stations, bound }.written(self)
    }

    /// Whether the polling stations one by one make a difference.
    #[must_use]
    pub fn is_per_station(&self) -> bool {
        match self {
            Self::Number(_) | Self::Name(_) => false,
            Self::Pair(a, _, b) => a.is_per_station() || b.is_per_station(),
            Self::Call(function, parts) => *function == Function::PerStation || parts.iter().any(Self::is_per_station),
        }
    }
}

fn meet(a: Estimate, b: Estimate, of: fn(Exact, Exact) -> Exact) -> Estimate {
    Estimate { low: of(a.low, b.low), likely: of(a.likely, b.likely), high: of(a.high, b.high) }
}

fn pair(a: Estimate, between: Between, b: Estimate) -> Option<Estimate> {
    let of = |x: Exact, y: Exact| match between {
        Between::Plus => x.plus(y),
        Between::Minus => x.minus(y),
        Between::Times => x.times(y),
        Between::Over => x.over(y),
    };
    let corners = [of(a.low, b.low)?, of(a.low, b.high)?, of(a.high, b.low)?, of(a.high, b.high)?];
    let low = corners.iter().copied().min()?;
    let high = corners.iter().copied().max()?;
    Some(Estimate { low, likely: of(a.likely, b.likely)?, high })
}

/// The sum over the stations, each rounded up. Without the stations: not less than the whole rounded up, less than one more for each
/// station; the estimate takes all stations for equal.
fn per_station(part: &Formula, place: &Place) -> Option<Estimate> {
    if let Some(stations) = place.stations {
        let mut sum = Exact::ZERO;
        for &voters in stations {
            let value = |name: &str| match name {
                VOTERS => Some(Exact::whole(voters.into())),
                STATIONS => Some(Exact::whole(1)),
                other => (place.value)(other),
            };
            let one = part.evaluate(&Place { value: &value, stations: None })?;
            sum = sum.plus(one.likely.up())?;
        }
        return Some(Estimate::exactly(sum));
    }
    let count = (place.value)(STATIONS)?;
    let flat = part.evaluate(place)?;
    if count <= Exact::ZERO {
        return flat.each(|x| Some(x.up()));
    }
    let likely = flat.likely.over(count)?.up().times(count)?;
    let high = flat.high.plus(count)?.up().minus(Exact::whole(1))?;
    Some(Estimate { low: flat.low.up(), likely, high })
}

#[cfg(test)]
mod tests;
