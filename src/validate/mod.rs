//! Stage 5: what does not hold inside one document. [`equations`] evaluates every rule a kind states and [`localise`] names the
//! cell behind the broken ones, [`lacking`] the totals for which none is to blame; [`decided`] what must stand where no number is; [`counts`] holds what a count may be; the rest looks at the workbook itself: [`formulas`] (F02,
//! F08), [`sums`] (F01, F03, F04), [`cells`] (F05, F07), [`hidden`] (F06); and [`scanned`] at what was read from pictures (A06).
//! [`excerpts`] keeps the cells around what was found.

mod areas;
mod cells;
mod counts;
mod decided;
pub mod equations;
pub mod excerpts;
mod formulas;
mod hidden;
mod lacking;
mod linear;
pub mod localise;
mod scanned;
mod sums;
mod used;

use crate::kinds::Extraction;
use crate::model::{Document, Findings, Recomputed};

use linear::Formulas;
use used::Used;

/// Adds what is wrong with a document, judged by its own cells and the equations its kind stated; says how far its formulas could be
/// calculated again.
pub fn validate(findings: &mut Findings, document: &Document, extraction: &Extraction) -> Recomputed {
    let mut formulas = Formulas::of(document);
    sums::short(findings, &mut formulas, &extraction.equations);
    let overtyped = sums::typed(findings, document, &formulas, extraction);
    let mut old = Findings::default();
    let recomputed = sums::stale(&mut old, document, &mut formulas);
    equations::check(findings, &formulas, extraction, &overtyped);
    findings.0.append(&mut old.0);
    counts::check(findings, extraction);
    let used = Used::by(extraction);
    formulas::without_result(findings, document, &used);
    formulas::reading_other_files(findings, document);
    cells::errors(findings, document, &used, &decided::figures(&extraction.equations));
    cells::numbers_as_text(findings, document, extraction);
    hidden::check(findings, document);
    scanned::check(findings, document, extraction);
    recomputed
}
