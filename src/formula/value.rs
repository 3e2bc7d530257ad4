//! What a formula works with, and how one kind of value becomes another.

use std::cmp::Ordering;

use crate::model::document::{ErrorValue, is_printed_number, plain_number};

/// The value of a cell or of a part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// An empty cell.
    Nothing,
    /// A number or a date.
    Number(f64),
    /// A text.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
}

/// Why a formula has no value that can be relied on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its text is no formula that can be read.
    Unread,
    /// It uses a function that is not calculated here.
    Function(String),
    /// It reads another file, a name or a table column.
    Elsewhere,
    /// It stands on itself, or on too many cells.
    Endless,
    /// It calculates with a number that is kept as text.
    AsText,
    /// Its value is an error, or one of its operands has one.
    Error(ErrorCode),
}

/// An error value as it is printed, e.g. `#DIV/0!`.
pub type ErrorCode = &'static str;

impl Why {
    /// `#VALUE!`: an operand of the wrong kind.
    pub const VALUE: Self = Self::Error(ErrorValue::Value.as_str());
    /// `#DIV/0!`.
    pub const DIVISION: Self = Self::Error(ErrorValue::Div0.as_str());
    /// `#N/A`: looked for and not found.
    pub const ABSENT: Self = Self::Error(ErrorValue::Na.as_str());
    /// `#NUM!`: no number.
    pub const NUMBER: Self = Self::Error(ErrorValue::Num.as_str());

    /// In the user's words.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Unread => "rumus tidak terbaca".to_owned(),
            Self::Function(name) => format!("fungsi {name} tidak dihitung"),
            Self::Elsewhere => "mengambil dari berkas, nama, atau tabel lain".to_owned(),
            Self::Endless => "merujuk dirinya sendiri atau terlalu banyak sel".to_owned(),
            Self::AsText => "memakai angka yang disimpan sebagai teks".to_owned(),
            Self::Error(code) => format!("hasilnya {code}"),
        }
    }
}

/// A value, or why there is none.
pub type Answer = Result<Given, Why>;

impl Given {
    /// As an operand of arithmetic: an empty cell is 0, a text is a number only if it is written in plain digits: what a `.` or `,` within
    /// it means differs from one machine to the next.
    ///
    /// # Errors
    /// [`Why::AsText`] for numbers with such marks, `#VALUE!` for other texts.
    pub fn number(&self) -> Result<f64, Why> {
        match self {
            Self::Nothing => Ok(0.0),
            Self::Number(n) => Ok(*n),
            Self::Bool(b) => Ok(f64::from(u8::from(*b))),
            Self::Text(text) if is_printed_number(text) && text.contains(['.', ',']) => Err(Why::AsText),
            Self::Text(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()).ok_or(Why::VALUE),
        }
    }

    /// As a condition.
    ///
    /// # Errors
    /// `#VALUE!` for texts other than TRUE and FALSE.
    pub fn truth(&self) -> Result<bool, Why> {
        match self {
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            other => other.number().map(|n| n != 0.0),
        }
    }

    /// As a piece of text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Number(n) => plain_number(*n),
            Self::Text(text) => text.clone(),
            Self::Bool(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// Order of two values: numbers before texts before truths; texts without regard to case; an empty cell like what it is compared with.
    #[must_use]
    pub fn compared(&self, other: &Self) -> Ordering {
        let rank = |g: &Self| match g {
            Self::Nothing => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
            Self::Bool(_) => 3,
        };
        match (self, other) {
            (Self::Nothing, Self::Number(n)) => 0.0_f64.total_cmp(n),
            (Self::Number(n), Self::Nothing) => n.total_cmp(&0.0),
            (Self::Nothing, Self::Text(t)) => {
                if t.is_empty() {
                    Ordering::Equal
                } else {
                    Ordering::Less
                }
            }
            (Self::Text(t), Self::Nothing) => {
                if t.is_empty() {
                    Ordering::Equal
                } else {
                    Ordering::Greater
                }
            }
            (Self::Nothing, Self::Bool(b)) => false.cmp(b),
            (Self::Bool(b), Self::Nothing) => b.cmp(&false),
            (Self::Number(a), Self::Number(b)) if same(*a, *b) => Ordering::Equal,
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}

/// Whether two results of binary fractions stand for the same decimal number (15 digits, as spreadsheets keep them).
#[must_use]
pub fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-6)
}
