//! Printed text → values: pure functions, no layout, no kind. [`text`] folds, [`number`] reads figures, [`region`] resolves names,
//! [`period`] and [`date`] read times.
pub mod date;
pub mod number;
pub mod period;
pub mod region;
pub mod text;
