//! Trouble with data: a value like any other, with its place, what was found and what was expected.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::document::plain_number;
use super::origin::{Origin, Span};
use super::period::Period;
use super::region::Region;
use super::repair::Accepted;

/// One finding. What its code means, how severe it is and how to mend it stands once, in `schemas/temuan.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the contract, e.g. `D02`.
    pub code: String,
    /// Path of the document below the batch folder; filled in by the pipeline, empty for findings about no document (A09).
    pub document: String,
    /// Where; `None` for the document as a whole.
    pub span: Option<Span>,
    /// Whose; filled in from the document's subject unless the finding knows better (A09).
    pub satker: Option<Region>,
    /// About which period; filled in like `satker`.
    pub period: Option<Period>,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// `found − expected`, where both are numbers.
    pub difference: String,
    /// The one cell whose change would repair every broken rule around it.
    pub suspect: Option<Origin>,
    /// The value it should have. Never applied.
    pub suggestion: String,
    /// One sentence in the user's language about this very case.
    pub message: String,
    /// What may be behind it, likeliest first; several are a tie. Where `suspect` is known it is the only one.
    pub explanations: Vec<Explanation>,
    /// How many more would do just as well and are not kept.
    #[serde(default)]
    pub unlisted: usize,
    /// Why the warning is accepted, where it is.
    pub accepted: Option<Accepted>,
    /// Number of the fault within its document that this finding shares with others; 0 where it stands alone.
    pub cause: u32,
    /// A warning, although its code mostly means an error: a scan that was read after all (A06).
    pub mild: bool,
}

/// Cells that were changed together, if this is what happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The cells, with what they hold and what they should.
    pub cells: Vec<Change>,
    /// Totals that were made from them while they were wrong, and must follow.
    #[serde(default)]
    pub carried: Vec<Change>,
    /// What kind of slip it looks like; `None` where it looks like none in particular.
    pub slip: Option<Slip>,
}

/// A cell whose value would have to be another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The cell.
    pub cell: Origin,
    /// What it holds.
    pub found: f64,
    /// What it should hold. Never applied.
    pub value: f64,
}

/// How a figure went wrong, judged from what stands there and what should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slip {
    /// Two digits exchanged: 1243 for 1234.
    Swapped,
    /// One digit is another: 1934 for 1234.
    Digit,
    /// A digit is missing: 124 for 1234.
    Dropped,
    /// A digit too many: 12234 for 1234.
    Doubled,
    /// Two figures of a row stand in each other's place, mostly those of men and women.
    Exchanged,
    /// A thousands mark was taken for a decimal point, or the other way round.
    Thousands,
    /// A minus too many or too few.
    Sign,
    /// Figures stand one row too high or too low.
    Shifted,
    /// A total that was not made anew after its rows had changed.
    Stale,
    /// A number typed over a formula.
    Overtyped,
    /// A formula that does not add up what it should.
    Formula,
    /// Nothing was filled in.
    Blank,
}

/// Explanations of a tie that are told one by one; the others are counted.
pub const LISTED: usize = 8;

impl Slip {
    /// In the user's language, as it stands after "kemungkinan".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Swapped => "dua angka tertukar",
            Self::Digit => "satu angka salah",
            Self::Dropped => "ada angka yang hilang",
            Self::Doubled => "ada angka yang ganda",
            Self::Exchanged => "dua angka sebaris tertukar tempat, misalnya L dan P",
            Self::Thousands => "tanda ribuan salah dibaca atau salah ketik",
            Self::Sign => "tanda minus keliru",
            Self::Shifted => "baris bergeser",
            Self::Stale => "jumlah tidak diperbarui",
            Self::Overtyped => "angka diketik di atas rumus",
            Self::Formula => "rumusnya keliru",
            Self::Blank => "belum diisi",
        }
    }
}

impl Explanation {
    /// The block that was moved as a whole, and to which side, where this is what it says: too many cells to be told one by one.
    #[must_use]
    pub fn block(&self) -> Option<(Span, &'static str)> {
        let moved = self.slip == Some(Slip::Shifted) && self.cells.len() > LISTED;
        let span = Span::around(self.cells.iter().map(|c| c.cell)).filter(|_| moved)?;
        let found: HashMap<Origin, f64> = self.cells.iter().map(|c| (c.cell, c.found)).collect();
        let from = |c: &&Change, row: u32| found.get(&Origin { row, ..c.cell }) == Some(&c.value);
        let below = self.cells.iter().filter(|c| from(c, c.cell.row + 1)).count();
        let above = self.cells.iter().filter(|c| c.cell.row > 0 && from(c, c.cell.row - 1)).count();
        Some((span, if below > above { "rendah" } else { "tinggi" }))
    }
}

/// How the sentences begin that go on behind what a message states: what may be behind it, and what else it affects.
pub mod afterwards {
    /// One cell explains it.
    pub const LIKELY: &str = " Kemungkinan ";
    /// One cell would explain it, but nothing says that it is only one.
    pub const IF_ONE: &str = " Bila hanya satu sel yang keliru: ";
    /// Several cells could explain it.
    pub const OPEN: &str = " Tidak dapat dipastikan sel mana yang keliru; kemungkinan ";
    /// Between two of them.
    pub const OR: &str = ", atau ";
    /// And so many more of them.
    pub const MORE: &str = ", dan masih ";
    /// A row that is missing explains it.
    pub const LACKING: &str =
        " Baris yang tidak ada di tabel ini (W03) menjelaskan selisihnya: lengkapi dahulu, jangan ubah jumlahnya.";
    /// Other findings of the same cause.
    pub const AFFECTED: &str = " Yang ikut terpengaruh: ";
}

/// A message without the sentences that go on behind what it states.
#[must_use]
pub fn stated(message: &str) -> &str {
    let all = [afterwards::LIKELY, afterwards::IF_ONE, afterwards::OPEN, afterwards::LACKING, afterwards::AFFECTED];
    let end = all.iter().filter_map(|start| message.find(start)).min();
    &message[..end.unwrap_or(message.len())]
}

impl Finding {
    /// A finding of this code about nothing in particular yet.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), ..Self::default() }
    }

    /// The cells that one change would mend, where there is one such explanation only.
    #[must_use]
    pub fn blamed(&self) -> Vec<Origin> {
        match (self.suspect, self.explanations.as_slice()) {
            (Some(cell), _) => vec![cell],
            (None, [only]) => only.cells.iter().map(|change| change.cell).collect(),
            (None, _) => Vec::new(),
        }
    }

    /// At this place.
    #[must_use]
    pub fn at(mut self, span: impl Into<Span>) -> Self {
        self.span = Some(span.into());
        self
    }

    /// What stands there.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    /// What should stand there.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// Only a warning, whatever its code mostly means.
    #[must_use]
    pub const fn mild(mut self) -> Self {
        self.mild = true;
        self
    }

    /// Both as numbers, with their difference.
    #[must_use]
    pub fn numbers(mut self, found: f64, expected: f64) -> Self {
        self.found = plain_number(found);
        self.expected = plain_number(expected);
        self.difference = plain_number(found - expected);
        self
    }
}

/// The findings of one document, in the order they were made. Every stage gets it as its first parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Adds one.
    pub fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Whether one of this code is among them.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|f| f.code == code)
    }
}
