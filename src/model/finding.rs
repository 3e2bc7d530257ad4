//! Trouble with data: a value like any other, with its place, what was found and what was expected.

use serde::{Deserialize, Serialize};

use super::document::plain_number;
use super::origin::{Origin, Span};
use super::period::Period;
use super::region::Region;

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
    /// A warning, although its code mostly means an error: a scan that was read after all (A06).
    pub mild: bool,
}

impl Finding {
    /// A finding of this code about nothing in particular yet.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), ..Self::default() }
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
