//! Commands and messages.
