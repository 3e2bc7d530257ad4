//! What flows through the pipeline: plain data, no behaviour of any stage.
//!
//! Reading order: [`source`] (a file that came in) → [`document`] (its cells) → [`subject`] (what it is about) →
//! [`record`] (its rows) → [`equation`] (what must hold between them) → [`finding`] (what does not) → [`excerpt`] (the cells around it).
//! [`origin`], [`region`] and [`period`] are the three small `Copy` values that all the others carry.

pub mod activity;
pub mod batch;
pub mod document;
pub mod equation;
pub mod evaluation;
pub mod excerpt;
pub mod finding;
pub mod indicator;
pub mod norm;
pub mod origin;
pub mod period;
pub mod published;
pub mod reason;
pub mod recomputed;
pub mod record;
pub mod region;
pub mod repair;
pub mod schema;
pub mod source;
pub mod subject;

pub use activity::Activity;
pub use batch::{BatchConfig, MinutesConfig};
pub use document::{Cell, Document, ErrorValue, Grid, Merge, Value};
pub use equation::{Equation, Range, Term};
pub use evaluation::Evaluation;
pub use excerpt::{Excerpt, Excerpted};
pub use finding::{Change, Explanation, Finding, Findings, Slip};
pub use indicator::Indicator;
pub use norm::Norm;
pub use origin::{Origin, Places, Span};
pub use period::Period;
pub use recomputed::Recomputed;
pub use record::{Column, Records, Row};
pub use region::{Level, Region};
pub use repair::{Accepted, Reply, Waiver};
pub use schema::Schemas;
pub use source::{Format, Receipt, Source};
pub use subject::{Evidence, Outcome, Status, Subject};
