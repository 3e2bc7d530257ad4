//! Budget trees: rows that hang below each other by their codes and marks. Knows no kind; budgets and their realisation share it.
//!
//! Reading order: [`code`] (what a printed code says) → [`captions`] (codes above rows) → [`mark`] (`>`, `>>`, `-`, `[ # ]` before a text)
//! → [`tree`] (which row hangs below which, and by what path).

pub mod captions;
pub mod code;
pub mod mark;
pub mod tree;

pub use code::{Code, Tier};
pub use mark::Mark;
pub use tree::{Entry, Level, Node, Outline};
