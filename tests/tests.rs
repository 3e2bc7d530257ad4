//! One test binary: the code judged as text, documents and what comes out of them, and the program as its user meets it.

mod case;
mod run;
mod tidy;
