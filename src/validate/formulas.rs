//! What can be said about formulas without calculating them: F02 (no stored result) and F08 (reads another file).

use crate::model::{Document, Finding, Findings, Grid, Origin, Span, Value};

use super::areas::areas;
use super::used::Used;

/// F02: one finding per workbook whose formulas carry no result where figures are in use; a program that does not calculate leaves
/// all of them empty. It stands on the first such sheet. What could be calculated here is in use, and said to be.
pub fn without_result(findings: &mut Findings, document: &Document, used: &Used) {
    let mut first: Option<(&Grid, Span)> = None;
    let (mut unread, mut calculated, mut sheets) = (0_usize, 0_usize, 0_usize);
    for (grid, number) in document.grids.iter().zip(0_u16..) {
        let without = grid.cells.iter().filter(|c| c.value == Value::NoResult).map(|c| (c.row, c.col));
        let without: Vec<(u32, u16)> = without.filter(|&(row, _)| used.row(number, row)).collect();
        let filled = || grid.calculated.iter().copied().filter(|&(row, _)| used.row(number, row));
        let cells = without.iter().copied().chain(filled());
        if let Some(span) = Span::around(cells.map(|(row, col)| Origin::new(number, row, col))) {
            unread += without.len();
            calculated += filled().count();
            sheets += 1;
            first = first.or(Some((grid, span)));
        }
    }
    let Some((grid, span)) = first else { return };
    let others = if sheets > 1 { format!(" dan {} lembar lain", sheets - 1) } else { String::new() };
    let done = if calculated > 0 { format!("; {calculated} dihitung ulang dari rumusnya dan dipakai") } else { String::new() };
    let open = if unread > 0 { format!("; {unread} tidak dapat dihitung dan tidak terbaca") } else { String::new() };
    let message = format!(
        "{} rumus di \"{}\"{others} tidak menyimpan hasil{done}{open}; buka berkas di Excel atau LibreOffice, simpan, lalu kirim ulang",
        unread + calculated,
        grid.name
    );
    findings.add(Finding::new("F02", message).at(span));
}

/// F08: formulas whose text names another file; one finding per area of neighbouring cells.
pub fn reading_other_files(findings: &mut Findings, document: &Document) {
    for (grid, number) in document.grids.iter().zip(0_u16..) {
        let reading = grid.formulas.iter().filter(|(_, _, text)| other_file(text).is_some()).map(|f| (f.0, f.1));
        for area in areas(number, reading) {
            findings.add(reads(grid, area));
        }
    }
}

fn reads(grid: &Grid, area: Span) -> Finding {
    let file = grid.formula(area.from.row, area.from.col).and_then(other_file).unwrap_or_default();
    let which = if file.bytes().all(|b| b.is_ascii_digit()) { String::new() } else { format!(" ({file})") };
    let message =
        format!("rumus mengambil angka dari berkas lain{which}; ganti dengan nilainya agar angka tidak berubah sendiri");
    let shown = grid.at(area.from.row, area.from.col).map_or_else(String::new, |c| grid.shown(c.value));
    Finding::new("F08", message).at(area).found(shown)
}

/// The file a formula reads: `[Buku.xlsx]Lembar!A1`, `'C:\x\[Buku.xlsx]Lembar 1'!A1`, `[1]Lembar!A1`, `'file:///x.ods'#$Lembar.A1`.
fn other_file(formula: &str) -> Option<&str> {
    let code = formula;
    if let Some(start) = code.find("'file:") {
        let rest = &code[start + 1..];
        if let Some(end) = rest.find('\'').filter(|&e| rest[e..].starts_with("'#")) {
            return Some(rest[..end].rsplit('/').next().unwrap_or(rest));
        }
    }
    code.match_indices('[').find_map(|(open, _)| {
        let inside = &code[open + 1..];
        let close = inside.find([']', '['])?;
        let names_a_sheet = inside[close..].starts_with(']') && sheet_follows(&inside[close + 1..]);
        (close > 0 && names_a_sheet).then(|| &inside[..close])
    })
}

/// `Lembar!`, or the rest of a quoted `Lembar 1'!`; not `]` of a table column, after which an operator or nothing comes.
fn sheet_follows(rest: &str) -> bool {
    let Some(end) = rest.find('!') else {
        return false;
    };
    let name = &rest[..end];
    let plain = |s: &str| s.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':'));
    match name.strip_suffix('\'') {
        Some(quoted) => !quoted.is_empty() && !quoted.contains(['\'', '[', '"']),
        None => plain(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Extraction;
    use crate::model::Records;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;
    use crate::model::record::Type;

    fn sheet(formulas: &[(u32, u16, &str)], cells: &[(u32, u16, Value)]) -> Document {
        let mut b = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
        for &(row, col, value) in cells {
            b.push(row, col, value);
        }
        b.grid().formulas.extend(formulas.iter().map(|&(r, c, f)| (r, c, f.into())));
        Document { grids: vec![b.finish()], ..Document::default() }
    }

    #[test]
    fn other_files_are_seen_and_table_columns_are_not() {
        for (formula, file) in [
            ("[Buku2.xlsx]Rekap!A1+3", "Buku2.xlsx"),
            ("SUM('C:\\data\\[TW II.xlsx]Rekap 1'!$A$1:A9)", "TW II.xlsx"),
            ("[1]Rekap!B4", "1"),
            ("of:=['file:///home/x/lama.ods'#$Rekap.A1]", "lama.ods"),
        ] {
            assert_eq!(other_file(formula), Some(file), "{formula}");
        }
        for formula in [
            "SUM(Tabel1[Jumlah])+Rekap!A1",
            "Tabel1[[#This Row],[L]]+Tabel1[[#This Row],[P]]",
            "of:=SUM([.A1:.A9])",
            "of:=[.A1]+[$Lain.B2]",
            "HYPERLINK(\"http://kpu.go.id\")",
            "'Rekap [lama]'!A1+1",
        ] {
            assert_eq!(other_file(formula), None, "{formula}");
        }
    }

    #[test]
    fn neighbours_that_read_another_file_are_one_finding() {
        let document = sheet(&[(4, 2, "[1]R!C5"), (4, 3, "[1]R!D5"), (9, 2, "SUM(C1:C8)")], &[(4, 2, Value::Number(7.0))]);
        let mut findings = Findings::default();
        reading_other_files(&mut findings, &document);
        assert_eq!(findings.0.len(), 1);
        assert_eq!((findings.0[0].code.as_str(), findings.0[0].found.as_str()), ("F08", "7"));
    }

    #[test]
    fn formulas_without_result_count_where_figures_are() {
        let mut records = Records::new("pdpb", [("akhir_l", Type::Number)]);
        let row = records.push(Origin::new(0, 5, 1).into());
        records.set_number(row, "akhir_l", 5.0, Some(Origin::new(0, 5, 1)), "");
        let used = Used::by(&Extraction { records: vec![records], ..Extraction::default() });
        let near = sheet(&[], &[(5, 1, Value::Number(5.0)), (5, 3, Value::NoResult), (6, 3, Value::NoResult)]);
        let mut findings = Findings::default();
        without_result(&mut findings, &near, &used);
        assert_eq!(findings.0.len(), 1);
        assert_eq!(findings.0[0].span, Some(Span::new(Origin::new(0, 5, 3), Origin::new(0, 6, 3))));
        let far = sheet(&[], &[(5, 1, Value::Number(5.0)), (60, 3, Value::NoResult)]);
        let mut findings = Findings::default();
        without_result(&mut findings, &far, &used);
        assert!(findings.0.is_empty());
    }
}
