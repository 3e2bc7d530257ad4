//! rekap: from a folder of what offices sent to consolidated workbooks in which every number names its source cell.
//!
//! # The way through
//!
//! ```text
//! discover → read → recognise → extract → validate → consolidate → publish
//! ```
//!
//! The modules below stand in reading order. [`pipeline`] is the whole run on one screen, [`process`] the way of one document, which
//! [`worker`] lets happen in a child process.
//!
//! # Invariants
//!
//! * [`model`] names nothing of ours; it is plain data.
//! * [`normalise`] (printed text → values), [`formula`] (formulas calculated again) and [`tables`] (ways to find things in a grid) are
//!   pure and know no kind of document.
//!   What a table means cannot be told without reading its numbers and names, so kinds may call both; there is no separate
//!   normalising stage.
//! * A kind names [`model`], [`normalise`] and [`tables`]; never another kind, a stage, or a file.
//! * Files are opened in [`discover`] and written in [`publish`] only.
//! * Trouble with data is a finding and the run goes on; trouble with the run is an [`error::Error`] and nothing is published.
//!
//! `tests/tidy.rs` holds these arrows.

pub mod error;
pub mod model;
pub mod schemas;

pub mod formula;
pub mod normalise;
pub mod tables;

pub mod discover;

pub mod read;

pub mod recognise;

pub mod kinds;

pub mod extract;

pub mod validate;

pub mod consolidate;

pub mod publish;

pub mod process;

pub mod worker;

pub mod pipeline;

pub mod cli;
