//! `rekap trace WORKBOOK CELL`: every source cell behind one published number.

use std::path::Path;

use super::args::Args;
use super::lang::Lang;
use super::{Exit, json, print};
use crate::error::{Error, Result};
use crate::publish::trace::{self, SourceCell, Trace};

/// Shows where a number comes from.
pub fn trace(args: &Args, workbook: &Path, cell: &str) -> Result<Exit> {
    if !workbook.is_file() {
        let path = workbook.display();
        return Err(Error::usage(
            format!("buku kerja {path} tidak ada; contoh: rekap trace outputs/2025-10/PDPB.xlsx \"Rekap!D12\""),
            format!("there is no workbook {path}; for example: rekap trace outputs/2025-10/PDPB.xlsx \"Rekap!D12\""),
        ));
    }
    let trace = trace::trace(workbook, cell)?;
    print(&if args.json { json(&trace)? } else { text(&trace, args.lang) })?;
    Ok(Exit::Clean)
}

fn text(trace: &Trace, lang: Lang) -> String {
    let formula =
        if trace.formula.is_empty() { String::new() } else { format!("  (={})", trace.formula.trim_start_matches('=')) };
    let note = if trace.note.is_empty() { String::new() } else { format!("  {}\n", trace.note) };
    if trace.value.is_empty() {
        return format!("{} {}\n{note}", trace.workbook, trace.cell);
    }
    let head = format!("{} {} = {}{formula}\n{note}", trace.workbook, trace.cell, trace.value);
    let count = trace.sources.len();
    let count = lang.pick(format!("{count} sel asal:\n"), format!("{count} source cells:\n"));
    trace.sources.iter().fold(head + &count, |text, source| text + &line(source))
}

fn line(source: &SourceCell) -> String {
    let SourceCell { published, value, batch, document, locator, raw, sha256, .. } = source;
    let raw = if raw == value || raw.is_empty() { String::new() } else { format!(" (\"{raw}\")") };
    let document = if batch.is_empty() { document.clone() } else { format!("{batch}/{document}") };
    let hash = if sha256.is_empty() { String::new() } else { format!("  sha256 {sha256}") };
    format!("  {published} = {value}  ←  {}{raw}{hash}\n", format!("{document} {locator}").trim_end())
}
