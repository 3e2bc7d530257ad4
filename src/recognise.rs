//! Stage 3: which kind, whose, which period, and on what evidence.
