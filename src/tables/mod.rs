//! Ways to find things in a grid: blocks of figures, their headings, their labels, their totals. Knows no kind.
//!
//! Before anything else [`mend`] puts right what drawing has run together or torn. Reading order: [`words`] (what a heading says) → [`marks`] (which cells are figures, which are labels) → [`blocks`] (where the tables
//! are) → [`axes`] (every figure with the labels that describe it, whichever way they run). [`regional`] folds such figures by region,
//! [`outline`] hangs the rows of budgets below each other, [`unclaimed`] finds amounts that no table took,
//! [`scale`] amounts in thousands.

mod astray;
pub mod axes;
pub mod blocks;
pub mod columns;
pub mod headings;
pub mod ledger;
pub mod legend;
mod letters;
pub mod marks;
pub mod mend;
pub mod outline;
pub mod pages;
pub mod phrases;
pub mod regional;
pub mod reports;
pub mod scale;
pub mod unclaimed;
pub mod words;
