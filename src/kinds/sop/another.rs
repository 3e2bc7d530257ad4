//! Two procedures in one file: the contract has one row for a document, so the second one is told and not read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Finding;
use crate::normalise::text;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;

use super::fields::{Said, plausible, printed};

/// What is told where another SOP begins below the first: a number and a name that are not the first one's.
pub(super) fn begins(
    rows: &[Row],
    tasks: &BTreeSet<usize>,
    first: &BTreeMap<&'static str, Said>,
    phrases: &Phrases,
) -> Option<Finding> {
    let all = printed(rows, tasks, phrases);
    let other = |field: &str| {
        let known = first.get(field).filter(|s| !s.text.is_empty())?;
        let below = |s: &Said| (s.span.from.grid, s.span.from.row) > (known.span.to.grid, known.span.to.row);
        let own = |s: &Said| text::key(&s.text) == text::key(&known.text) || !plausible(field, &s.text);
        all.iter().filter(|(f, _)| *f == field).map(|(_, said)| said).find(|s| below(s) && !own(s))
    };
    let (number, name) = (other("nomor")?, other("nama")?);
    let message = format!(
        "Di berkas ini ada SOP lain (\"{}\"): hanya kop SOP pertama yang dipakai, dan tugas keduanya mungkin tercampur. \
         Kirim tiap SOP dalam berkas tersendiri.",
        name.text.replace('\n', " ")
    );
    Some(Finding::new("A13", message).at(number.span))
}
