//! A06: figures that were recognised in a picture. Those that an equation of the table confirms are as good as printed ones; every
//! other is marked, and what does not add up is the recognition's doubt before it is the office's fault.

use std::collections::BTreeSet;

use crate::kinds::Extraction;
use crate::model::record::Type;
use crate::model::{Document, Equation, Finding, Findings, Origin, Records, Span};

/// Marks doubtful figures of scanned tables; `findings` are those of the document so far.
pub fn check(findings: &mut Findings, document: &Document, extraction: &Extraction) {
    let scanned: Vec<bool> = document.grids.iter().map(|g| g.scanned).collect();
    if !scanned.contains(&true) {
        return;
    }
    let on_scan = |o: Origin| scanned.get(usize::from(o.grid)).copied().unwrap_or(false);
    for finding in findings.0.iter_mut().filter(|f| f.span.is_some_and(|s| on_scan(s.from)) && doubtful(&f.code)) {
        finding.message = format!("hasil OCR belum pasti: {} [{}]; cocokkan dengan naskah asli", finding.message, finding.code);
        "A06".clone_into(&mut finding.code);
        finding.mild = true;
    }
    let confirmed = confirmed(&extraction.equations);
    let all = extraction.records.iter().flat_map(figures);
    let doubted: BTreeSet<Origin> = all.filter(|o| on_scan(*o) && !confirmed.contains(o)).collect();
    let doubted: Vec<Origin> = doubted.into_iter().collect();
    let beside = |a: &Origin, b: &Origin| a.grid == b.grid && a.row == b.row && b.col == a.col + 1;
    for run in doubted.chunk_by(beside) {
        if let Some(span) = Span::around(run.iter().copied()) {
            let read: Vec<String> = run.iter().map(|o| shown(document, *o)).collect();
            let message = "angka dibaca dengan OCR dan tidak dipastikan oleh hitungan mana pun; cocokkan dengan naskah asli";
            findings.add(Finding::new("A06", message).at(span).found(read.join(" | ")).mild());
        }
    }
}

/// Codes of arithmetic: what they say of a scan may be a digit that was read wrongly.
fn doubtful(code: &str) -> bool {
    code.starts_with(['D', 'P', 'B', 'L']) || code == "I02"
}

/// The cells of equations that hold exactly.
fn confirmed(equations: &[Equation]) -> BTreeSet<Origin> {
    let sound = equations.iter().filter(|e| e.holds() && e.tolerance < 1.0 && e.residual().is_finite());
    sound.flat_map(|e| &e.terms).filter(|t| t.coefficient != 0.0).map(|t| t.origin).collect()
}

/// The cells from which numbers, and texts with digits, were taken.
fn figures(records: &Records) -> Vec<Origin> {
    let mut out = Vec::new();
    for (number, column) in records.columns.iter().enumerate() {
        for row in 0..records.len() {
            let stated = match column.kind() {
                Type::Number => column.number(row).is_some(),
                Type::Text => records.text_at(row, number).is_some_and(|t| t.chars().any(|c| c.is_ascii_digit())),
                Type::Region => false,
            };
            out.extend(column.origin(row).filter(|_| stated));
        }
    }
    out
}

fn shown(document: &Document, o: Origin) -> String {
    let grid = document.grids.get(usize::from(o.grid));
    grid.and_then(|g| g.at(o.row, o.col).map(|c| g.shown(c.value))).unwrap_or_default()
}
