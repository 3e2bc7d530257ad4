//! A formula in the words of spreadsheets. What is rounded up is first freed of the noise of binary fractions, so that the spreadsheet
//! comes to the same whole numbers as exact fractions do.

use super::{Between, Bound, Formula, Function, STATIONS, VOTERS};

/// What a formula is written with.
pub struct Sheet<'a> {
    /// The cell of a name.
    pub cell: &'a dyn Fn(&str) -> String,
    /// The range with the voters of each polling station.
    pub stations: Option<&'a str>,
    /// Which number is wanted.
    pub bound: Bound,
}

impl Sheet<'_> {
    /// Writes a formula.
    pub fn written(&self, formula: &Formula) -> String {
        match formula {
            Formula::Number(number) => number.to_string(),
            Formula::Name(name) => (self.cell)(name),
            Formula::Pair(a, between, b) => {
                let sign = match between {
                    Between::Plus => '+',
                    Between::Minus => '-',
                    Between::Times => '*',
                    Between::Over => '/',
                };
                format!("{}{sign}{}", self.held(a, *between, false), self.held(b, *between, true))
            }
            Formula::Call(function, parts) => self.call(*function, parts),
        }
    }

    fn call(&self, function: Function, parts: &[Formula]) -> String {
        let of = |i: usize| parts.get(i).map(|p| self.written(p)).unwrap_or_default();
        match function {
            Function::Up => up(&of(0)),
            Function::Down => format!("ROUNDDOWN(ROUND({},6),0)", of(0)),
            Function::Most => format!("MAX({},{})", of(0), of(1)),
            Function::Least => format!("MIN({},{})", of(0), of(1)),
            Function::PerStation => parts.first().map(|p| self.per_station(p)).unwrap_or_default(),
        }
    }

    fn per_station(&self, part: &Formula) -> String {
        if let Some(range) = self.stations {
            let cell = |name: &str| match name {
                VOTERS => range.to_owned(),
                STATIONS => "1".to_owned(),
                other => (self.cell)(other),
            };
            return format!("SUMPRODUCT({})", up(&Sheet { cell: &cell, stations: None, bound: self.bound }.written(part)));
        }
        let (count, whole) = ((self.cell)(STATIONS), self.written(part));
        match self.bound {
            Bound::Low => up(&whole),
            Bound::Likely => format!("IF({count}>0,{count}*{},{})", up(&format!("({whole})/{count}")), up(&whole)),
            Bound::High => format!("IF({count}>0,{}-1,{})", up(&format!("({whole})+{count}")), up(&whole)),
        }
    }

    /// A part in brackets where it would otherwise be read as something else.
    fn held(&self, part: &Formula, around: Between, right: bool) -> String {
        let weak = |b: Between| matches!(b, Between::Plus | Between::Minus);
        let needed = match part {
            Formula::Pair(_, inside, _) => {
                weak(*inside) && !weak(around) || right && matches!(around, Between::Minus | Between::Over)
            }
            _ => false,
        };
        let text = self.written(part);
        if needed { format!("({text})") } else { text }
    }
}

fn up(text: &str) -> String {
    format!("ROUNDUP(ROUND({text},6),0)")
}
