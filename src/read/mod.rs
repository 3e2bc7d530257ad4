//! Stage 2: bytes → [`Document`](crate::model::Document). One file per format; none of them knows what a table means.

pub mod pdf;
