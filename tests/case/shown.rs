//! What comes out of a batch, as text: documents, rows of every table, findings.

use rekap::consolidate::{Consolidated, Entry};
use rekap::model::{Finding, Records, Span, Status};

pub fn shown(batch: &Consolidated) -> String {
    let many = batch.entries.len() > 1;
    let mut out = fence("documents", &documents(&batch.entries));
    let mut tables: Vec<&str> = accepted(batch).flat_map(|e| &e.outcome.records).map(|r| r.table.as_str()).collect();
    tables.sort_unstable();
    tables.dedup();
    for table in tables {
        let rows = accepted(batch).flat_map(|entry| {
            let of = entry.outcome.records.iter().filter(|r| r.table == table);
            of.flat_map(|records| records_of(entry, records, many)).collect::<Vec<_>>()
        });
        let rows = stated(rows.collect());
        if rows.len() > 1 {
            out += &fence(&format!("records {table}"), &rows);
        }
    }
    out + &fence("findings", &findings(batch, many))
}

fn accepted(batch: &Consolidated) -> impl Iterator<Item = &Entry> {
    batch.entries.iter().filter(|e| e.outcome.status == Status::Accepted)
}

fn documents(entries: &[Entry]) -> Vec<Vec<String>> {
    let mut rows = vec![words(&["document", "kind", "satker", "period", "status"])];
    for entry in entries {
        let subject = &entry.outcome.subject;
        rows.push(vec![
            entry.source.document.clone(),
            subject.kind.clone().unwrap_or_default(),
            subject.satker.map(|s| s.to_string()).unwrap_or_default(),
            subject.period.map(|p| p.to_string()).unwrap_or_default(),
            entry.outcome.status.as_str().to_owned(),
        ]);
    }
    rows
}

/// The rows of one table, its column names first.
fn records_of(entry: &Entry, records: &Records, many: bool) -> Vec<Vec<String>> {
    let lead = |document: &str, locator: String| if many { vec![document.to_owned(), locator] } else { vec![locator] };
    let mut head = lead("document", "locator".to_owned());
    head.extend(records.columns.iter().map(|c| c.name.clone()));
    let mut rows = vec![head];
    for row in 0..records.len() {
        let mut cells = lead(&entry.source.document, place(entry, Some(records.rows[row])));
        cells.extend((0..records.columns.len()).map(|c| records.shown(row, c).unwrap_or_default()));
        rows.push(cells);
    }
    rows
}

/// Without repeated headings and without the columns in which nothing is stated.
fn stated(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let head = rows.first().cloned().unwrap_or_default();
    let mut first = true;
    rows.retain(|row| std::mem::take(&mut first) || *row != head);
    let used: Vec<bool> = (0..head.len()).map(|c| rows.iter().skip(1).any(|row| !row[c].is_empty())).collect();
    let keep = |row: Vec<String>| row.into_iter().zip(&used).filter(|(_, used)| **used).map(|(cell, _)| cell).collect();
    rows.into_iter().map(keep).collect()
}

fn findings(batch: &Consolidated, many: bool) -> Vec<Vec<String>> {
    let mut rows = vec![words(&["code", "document", "locator", "found", "expected", "suspect", "suggestion"])];
    for finding in &batch.findings {
        let entry = batch.entries.iter().find(|e| e.source.document == finding.document);
        let of = |span| entry.map(|e| place(e, span)).unwrap_or_default();
        rows.push(vec![
            finding.code.clone(),
            whose(finding, many),
            of(finding.span),
            finding.found.clone(),
            finding.expected.clone(),
            of(finding.suspect.map(Span::from)),
            finding.suggestion.clone(),
        ]);
    }
    stated(rows)
}

/// The document where there are several; the office where there is none.
fn whose(finding: &Finding, many: bool) -> String {
    match finding.document.as_str() {
        "" => finding.satker.map(|s| s.to_string()).unwrap_or_default(),
        document if many => document.to_owned(),
        _ => String::new(),
    }
}

fn place(entry: &Entry, span: Option<Span>) -> String {
    span.map(|s| entry.outcome.places.locator(s)).unwrap_or_default()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// Rows as lines with their cells below each other.
fn fence(info: &str, rows: &[Vec<String>]) -> String {
    let wide = |col: usize| rows.iter().filter_map(|row| row.get(col)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let line = |row: &Vec<String>| {
        let padded = row.iter().enumerate().map(|(col, cell)| format!("{cell:<0$}", wide(col)));
        padded.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
    };
    let lines: Vec<String> = if rows.len() > 1 { rows.iter().map(line).collect() } else { vec!["none".to_owned()] };
    format!("```{info}\n{}\n```\n\n", lines.join("\n"))
}
