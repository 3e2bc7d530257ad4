//! Stage 4: asks the kind for its rows.
