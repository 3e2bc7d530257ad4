//! One test binary: the code judged as text, documents and what comes out of them, and the program as its user meets it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by stopping")]

mod case;
mod pdf;
mod run;
mod tidy;
