//! Periods named in printed text.
