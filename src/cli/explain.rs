//! `rekap explain CODE`: what a finding code means, why it matters, how to mend it. The words stand in `schemas/temuan.toml`.

use serde_json::json;

use super::args::Args;
use super::lang::Lang;
use super::{Exit, json as pretty, print};
use crate::discover;
use crate::error::{Error, Result};
use crate::model::schema::{Rule, Severity};

/// Explains one code, or lists all of them.
pub fn explain(args: &Args, code: Option<&str>) -> Result<Exit> {
    let (schemas, _) = discover::schemas(args.schemas().as_deref())?;
    let rules: Vec<&Rule> = match code {
        None => schemas.rules.iter().collect(),
        Some(code) => vec![find(&schemas.rules, code)?],
    };
    let text = match (args.json, code) {
        (true, _) => pretty(&rules.iter().map(|rule| machine(rule)).collect::<Vec<_>>())?,
        (false, None) => rules.iter().map(|rule| line(rule, args.lang)).collect(),
        (false, Some(_)) => rules.iter().map(|rule| page(rule, args.lang)).collect(),
    };
    print(&text)?;
    Ok(Exit::Clean)
}

fn find<'r>(rules: &'r [Rule], code: &str) -> Result<&'r Rule> {
    rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code.trim())).ok_or_else(|| unknown(rules, code))
}

/// A code nobody knows, with those it may have been meant to be.
fn unknown(rules: &[Rule], code: &str) -> Error {
    let upper = code.trim().to_uppercase();
    let near = |rule: &&Rule| strsim::damerau_levenshtein(&rule.code, &upper) == 1;
    let near: Vec<&str> = rules.iter().filter(near).map(|rule| rule.code.as_str()).collect();
    let near = near.join(", ");
    let (id, en) = if near.is_empty() {
        ("daftar semua kode: rekap explain".to_owned(), "all codes: rekap explain".to_owned())
    } else {
        (format!("mungkin maksudnya {near}"), format!("perhaps {near}"))
    };
    Error::usage(format!("kode temuan \"{code}\" tidak ada; {id}"), format!("there is no finding code \"{code}\"; {en}"))
}

fn line(rule: &Rule, lang: Lang) -> String {
    format!("{}  {:<10}  {}\n", rule.code, severity(rule.severity, lang), lang.pick(&rule.title, &rule.english.title))
}

fn page(rule: &Rule, lang: Lang) -> String {
    let (title, because, remedy) =
        lang.pick((&rule.title, &rule.because, &rule.remedy), (&rule.english.title, &rule.english.because, &rule.english.remedy));
    let (why, how, from) =
        lang.pick(("Mengapa penting", "Cara memperbaiki", "Sumber"), ("Why it matters", "How to mend it", "Source"));
    let source = if rule.source.is_empty() { String::new() } else { format!("\n{from}:\n  {}\n", rule.source) };
    format!("{} ({}): {title}\n\n{why}:\n  {because}\n\n{how}:\n  {remedy}\n{source}", rule.code, severity(rule.severity, lang))
}

/// A severity in words.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("kesalahan", "error"),
        Severity::Warning => lang.pick("peringatan", "warning"),
        Severity::Info => lang.pick("catatan", "info"),
    }
}

fn machine(rule: &Rule) -> serde_json::Value {
    json!({
        "code": rule.code, "severity": rule.severity.as_str(), "title": rule.title, "because": rule.because, "remedy": rule.remedy,
        "english": { "title": rule.english.title, "because": rule.english.because, "remedy": rule.english.remedy }, "source": rule.source,
    })
}
