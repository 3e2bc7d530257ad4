//! Tables about regions: each figure has a region, a measure, a sex and a period; whichever of these runs down, across, or stands in a title,
//! the same facts come out. Knows no kind: what is measured is named by the vocabulary.
//!
//! Reading order: [`tags`] (what a line of a table says) → [`slots`] (what each label column holds) → [`lines`] (whose row it is, [`whose`]) →
//! [`facts`] (figures with region and field) → [`settle`] (which of two namesakes) → [`sums`] (what a printed total is the total of) → [`rules`] (what
//! must hold) → [`fold`] (one row for each region).

mod across;
mod amounts;
mod around;
mod bare;
mod blanks;
pub mod choose;
mod compare;
mod complete;
mod contradicts;
pub mod dark;
pub mod distant;
mod fact;
pub mod facts;
mod fields;
mod flow;
pub mod fold;
mod gathered;
pub mod goods;
mod heard;
mod ladder;
pub mod left;
pub mod lines;
mod matrix;
mod mixed;
pub mod names;
mod nested;
mod others;
mod parts;
mod recent;
pub mod records;
pub mod restated;
pub mod rules;
mod runs;
mod settle;
pub mod slots;
mod stations;
mod strangers;
pub mod sums;
pub mod tags;
pub mod units;
pub mod whose;

pub use facts::{Fact, Facts};
pub use tags::{Field, Sex, Stem};
