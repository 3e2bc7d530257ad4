//! The unit of work in a child process: limits, pipe, replacement.
