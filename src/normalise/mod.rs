//! Printed text → values: pure functions, no layout, no kind. [`text`] folds, [`number`] reads figures, [`region`] resolves names,
//! [`period`] and [`date`] read times.
pub mod region;
