//! Loads `schemas/*.toml`: built into the program, replaced file by file from a folder.
