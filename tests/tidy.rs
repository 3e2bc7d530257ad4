//! The code judged as text: which module may name which, where libraries live, how long things are. Each breach says how to mend it.

pub mod tree;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use tree::{code, functions, module, sources, texts};

/// What a module may name besides itself; the map is in `src/lib.rs`.
const ARROWS: [(&str, &str); 17] = [
    ("model", ""),
    ("error", "model"),
    ("schemas", "model normalise error"),
    ("formula", "model"),
    ("normalise", "model"),
    ("tables", "model normalise"),
    ("kinds", "model normalise tables"),
    ("discover", "model normalise error schemas"),
    ("read", "model normalise"),
    ("recognise", "model normalise tables kinds"),
    ("extract", "model normalise kinds"),
    ("validate", "model formula normalise kinds"),
    ("consolidate", "model normalise kinds"),
    ("publish", "model normalise error consolidate"),
    ("process", "model formula normalise error kinds discover read recognise extract validate"),
    ("worker", "model normalise error discover read process"),
    ("pipeline", "model normalise error discover process consolidate publish worker"),
];

/// Libraries that have one home each.
const HOMES: [(&str, &str); 12] = [
    ("calamine", "src/read/spreadsheet"),
    ("formualizer_parse", "src/formula"),
    ("hayro_interpret", "src/read/pdf"),
    ("hayro_syntax", "src/read/pdf"),
    ("lopdf", "src/read/pdf src/publish/repairs/paper.rs"),
    ("quick_xml", "src/read src/publish/repairs/copy"),
    ("zip", "src/read src/publish/docx src/publish/repairs/copy"),
    ("rust_xlsxwriter", "src/publish"),
    ("polars", "src/consolidate src/publish/data/parquet.rs"),
    ("rayon", "src/pipeline.rs"),
    ("clap", "src/cli"),
    ("indicatif", "src/cli"),
];

#[test]
fn modules_name_only_what_their_arrows_allow() {
    let named = Regex::new(r"crate::(?:\{([^}]*)\}|(\w+))").unwrap();
    breaches(code().into_iter().flat_map(|(path, text)| {
        let module = module(&path).to_owned();
        let allowed = ARROWS.iter().find(|(m, _)| *m == module).map(|(_, to)| *to);
        let to: BTreeSet<String> =
            named.captures_iter(&text).map(|c| c.get(1).or(c.get(2)).unwrap().as_str().to_owned()).collect();
        let to = to
            .iter()
            .flat_map(|list| list.split(','))
            .map(|m| m.trim().split(':').next().unwrap().to_owned())
            .collect::<Vec<_>>();
        let wrong = move |to: &String| allowed.is_some_and(|a| *to != module && !a.split(' ').any(|m| m == to));
        let say = move |to| format!("{path} names crate::{to}: move what it needs to a module it may name, or pass it in");
        to.into_iter().filter(wrong).map(say).collect::<Vec<_>>()
    }));
}

#[test]
fn kinds_do_not_know_each_other() {
    let kinds: Vec<&str> = rekap::kinds::ALL.iter().map(|k| k.name()).collect();
    let of = |path: &str| kinds.iter().copied().find(|k| path.starts_with(&format!("src/kinds/{k}")));
    breaches(code().into_iter().filter_map(|(path, text)| {
        let own = of(&path)?;
        let other = kinds.iter().find(|k| **k != own && text.contains(&format!("{k}::")))?;
        Some(format!("{path} names the kind {other}: move what both need to src/kinds/mod.rs or src/tables/"))
    }));
    for folder in fs::read_dir("src/kinds").unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            kinds.contains(&name.as_str()),
            "src/kinds/{name}/ is no kind: add its line to kinds::ALL or move it to src/tables/"
        );
        assert!(rekap::schemas::KINDS.contains(&name.as_str()), "{name} has no schema: write schemas/{name}.toml");
    }
}

#[test]
fn libraries_and_files_have_one_home() {
    let mut homes: Vec<(String, &str)> = HOMES.iter().map(|(l, home)| (format!(r"\b{l}(?:::|;)"), *home)).collect();
    homes.push((
        r"\bfs::(?:read|write|File|create|remove|rename|metadata|copy)|\bFile::(?:open|create)".into(),
        "src/discover src/publish",
    ));
    breaches(homes.into_iter().flat_map(|(words, home)| {
        let words = Regex::new(&words).unwrap();
        let strays =
            code().into_iter().filter(move |(path, text)| !home.split(' ').any(|h| path.starts_with(h)) && words.is_match(text));
        strays.map(move |(path, _)| format!("{path} uses what belongs to {home}: move that part there")).collect::<Vec<_>>()
    }));
}

#[test]
fn files_and_functions_stay_short_and_explain_themselves() {
    breaches(sources().into_iter().flat_map(|(path, text)| {
        let mut said = Vec::new();
        if text.lines().count() > 400 {
            said.push(format!("{path} has {} lines: split it by idea; at most 400", text.lines().count()));
        }
        if !text.starts_with("//!") {
            said.push(format!("{path} does not begin with //!: say what it is for"));
        }
        if Regex::new(r"/(?:utils?|helpers?|common|manager|misc)\b").unwrap().is_match(&path) {
            said.push(format!("{path} has a name that means nothing: name it after what it does"));
        }
        for (name, lines) in functions(&text).into_iter().filter(|(_, lines)| *lines > 60) {
            said.push(format!("{path}: fn {name} has {lines} lines: take its steps out and name them; at most 60"));
        }
        said
    }));
}

#[test]
fn nothing_outside_tests_may_stop_the_program() {
    let words = Regex::new(r"\.(?:unwrap|expect)\(|\b(?:panic|todo|unimplemented|unreachable|dbg)!\(").unwrap();
    breaches(code().into_iter().flat_map(|(path, text)| {
        let found: Vec<String> = words.find_iter(&text).map(|m| m.as_str().to_owned()).collect();
        found.into_iter().map(move |word| format!("{path} holds {word}: return an error, make a finding, or give a default"))
    }));
}

#[test]
fn the_tree_holds_what_it_should_and_no_traces_of_its_making() {
    let top = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "PANDUAN.md",
        "LICENSE",
        "schemas",
        "inputs",
        "outputs",
        "src",
        "tests",
        "benches",
        "target",
    ];
    let names: Vec<String> = fs::read_dir(".").unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let odd: Vec<&String> = names.iter().filter(|n| !n.starts_with('.') && !top.contains(&n.as_str())).collect();
    assert!(odd.is_empty(), "{odd:?} stand at the top: only {top:?} and hidden files may");
    let traces = ["/wo|rk/", "bash|_jobs", "sess|ion", "sub|agent", "work|tree", "is|sue #", "held|out", "help|er agent"];
    let traces: Vec<String> = traces.iter().map(|t| t.replace('|', "")).collect();
    breaches(texts(Path::new(".")).into_iter().flat_map(|(path, text)| {
        let text = text.to_lowercase();
        let found: Vec<&String> = traces.iter().filter(|t| text.contains(*t)).collect();
        let say = |t| format!("{path} holds \"{t}\": say it without the place or the people it was made by");
        found.into_iter().map(say).collect::<Vec<_>>()
    }));
}

fn breaches(said: impl Iterator<Item = String>) {
    let said: Vec<String> = said.collect();
    assert!(said.is_empty(), "\n{}", said.join("\n"));
}
