//! The unit of work in a child process: the same binary, fed over pipes, kept alive from document to document, under limits on memory
//! and time. Whatever a broken file does to a reader happens to a child, and costs that one document.
//!
//! [`Crew`] is the parent's side, [`serve`] the child's, [`wire`] what they say to each other.

mod child;
mod crew;
mod fate;
mod memory;
mod serve;
mod wire;

pub use crew::{Crew, Plan};
pub use serve::serve;
