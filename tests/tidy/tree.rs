//! The files of the tree as text, and the functions in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;

/// Every Rust file below `src` and `tests` with its text, by path.
pub fn sources() -> BTreeMap<String, String> {
    texts(Path::new(".")).into_iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "rs")).collect()
}

/// The program's own code: `src` without its comments and its tests, which end their files or have their own.
pub fn code() -> Vec<(String, String)> {
    let apart = Regex::new(r"#\[cfg\(test\)\]\s+(?:pub(?:\(\w+\))? )?mod (\w+)").unwrap();
    let all: Vec<(String, String)> = sources().into_iter().filter(|(path, _)| path.starts_with("src/")).collect();
    let tests: BTreeSet<&str> =
        all.iter().flat_map(|(_, t)| apart.captures_iter(t)).map(|c| c.get(1).unwrap().as_str()).collect();
    let is_test = |path: &str| path.split(['/', '.']).any(|part| tests.contains(part));
    let own = all.iter().filter(|(path, _)| !is_test(path));
    let said = |text: &str| -> String {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        code.lines().filter(|l| !l.trim_start().starts_with("//")).fold(String::new(), |all, line| all + line + "\n")
    };
    own.map(|(path, text)| (path.clone(), said(text))).collect()
}

/// `src/read/xml.rs` → `read`.
pub fn module(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

/// Functions with their length from `fn` to the brace below it; the formatter keeps both at one depth.
pub fn functions(text: &str) -> Vec<(String, usize)> {
    let start = Regex::new(r"^( *)(?:pub(?:\([^)]*\))? )?(?:const |unsafe |async )*fn (\w+)").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let found = lines.iter().enumerate().filter_map(|(n, line)| {
        let head = start.captures(line)?;
        let end = format!("{}}}", &head[1]);
        let one_line = line.ends_with([';', '}']);
        let length = if one_line { 1 } else { lines[n..].iter().position(|l| *l == end)? + 1 };
        Some((head[2].to_owned(), length))
    });
    found.collect()
}

/// Every text file that belongs to the tree, by path.
pub fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        let shown = path.to_string_lossy().replace('\\', "/").trim_start_matches("./").to_owned();
        if [".git", "target", "outputs"].contains(&shown.as_str()) {
            continue;
        }
        if path.is_dir() {
            found.extend(texts(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.insert(shown, text);
        }
    }
    found
}
