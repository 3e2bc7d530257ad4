//! The workbooks in a spreadsheet program: everything calculated anew there is what the program stored. `LibreOffice`, where it is installed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

use super::Desk;

/// Calculates all formulas anew when a file is opened.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// All filled cells of a workbook by sheet and place.
pub fn cells(file: &Path) -> BTreeMap<(String, usize, usize), Data> {
    let mut book: Xlsx<_> = calamine::open_workbook(file).unwrap();
    let mut all = BTreeMap::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            all.insert((name.clone(), top as usize + row, left as usize + col), value.clone());
        }
    }
    all
}

/// How many cells hold formulas.
fn formulas(file: &Path) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook(file).unwrap();
    let count = |name: &String, book: &mut Xlsx<_>| {
        book.worksheet_formula(name).unwrap().used_cells().filter(|c| !c.2.is_empty()).count()
    };
    book.sheet_names().iter().map(|name| count(name, &mut book)).sum()
}

pub fn same(a: &Data, b: &Data) -> bool {
    let number = |data: &Data| match data {
        Data::Float(n) => Some(*n),
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        Data::Int(n) => Some(*n as f64),
        _ => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        _ => a.to_string().trim() == b.to_string().trim(),
    }
}

/// Three offices that report the same three indicators, one of them by predicate.
fn published() -> Desk {
    let desk = Desk::with_batch("2025-10");
    for (office, done) in [("62.01", "90%"), ("62.02", "45%"), ("62.03", "100%")] {
        let title = "CAPAIAN KINERJA TRIWULAN III TAHUN 2025\nNO;SASARAN STRATEGIS;INDIKATOR KINERJA;TARGET;REALISASI;CAPAIAN\n";
        let first =
            format!("1;Data pemilih mutakhir;Persentase satker yang memutakhirkan data pemilih tepat waktu;80%;{done};\n");
        let others = "2;Keuangan;Jumlah laporan keuangan;2 Lap;1 Lap;50%\n3;Keuangan;Nilai evaluasi AKIP;B;BB;\n";
        desk.write(&format!("inputs/2025-10/{office}/Capaian IKU TW III 2025.csv"), format!("{title}{first}{others}"));
    }
    desk.rekap(&["--jobs", "2"]);
    desk
}

#[test]
fn every_number_of_the_indicators_leads_to_what_is_printed() {
    let desk = published();
    let file = desk.path("outputs/2025-10/IKU.xlsx");
    let mut printed = 0;
    // Ordinals are no figures, and the sheets of findings and sources repeat what stands elsewhere.
    let wanted = |(sheet, _, col): &(String, usize, usize)| *col > 0 && !["Temuan", "Sumber"].contains(&sheet.as_str());
    for ((sheet, row, col), value) in cells(&file).into_iter().filter(|(place, _)| wanted(place)) {
        if !matches!(value, Data::Float(_) | Data::Int(_)) {
            continue;
        }
        let cell = format!("{sheet}!{}{}", char::from(b'A' + u8::try_from(col).unwrap()), row + 1);
        let trace = rekap::publish::trace::trace(&file, &cell).unwrap_or_else(|e| panic!("{cell}: {e}"));
        for source in trace.sources.iter().filter(|s| s.locator.starts_with('R')) {
            let text = fs::read_to_string(desk.path("inputs").join(&source.batch).join(&source.document)).unwrap();
            let (line, column) = source.locator[1..].split_once('C').unwrap();
            let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
            assert_eq!(line.split(';').nth(column.parse::<usize>().unwrap() - 1), Some(source.raw.as_str()), "{cell}");
            printed += 1;
        }
    }
    assert!(printed > 50, "{printed}");
}

/// A workbook as `LibreOffice` saves it after it has calculated everything anew; `None` where there is no `LibreOffice`.
pub fn calculated_anew(desk: &Desk, file: &Path) -> Option<PathBuf> {
    saved_as(desk, file, "xlsx")
}

/// A workbook as `LibreOffice` saves it in another format.
pub fn saved_as(desk: &Desk, file: &Path, format: &str) -> Option<PathBuf> {
    let profile = desk.path("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS).unwrap();
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .args([desk.path("anew"), file.to_owned()])
        .output();
    if run.is_err() {
        eprintln!("no soffice found: {} was not calculated anew", file.display());
    }
    run.ok().map(|_| desk.path("anew").join(file.with_extension(format).file_name().unwrap()))
}

#[test]
fn a_spreadsheet_program_comes_to_the_same_results() {
    let desk = published();
    for book in ["IKU.xlsx", "PDPB.xlsx"] {
        let file = desk.path("outputs/2025-10").join(book);
        let Some(saved) = calculated_anew(&desk, &file) else { return };
        let (stored, anew) = (cells(&file), cells(&saved));
        assert!(formulas(&file) > 20, "{book}");
        for (place, value) in &stored {
            let found = anew.get(place).unwrap_or(&Data::Empty);
            assert!(same(value, found), "{book} {place:?}: {value:?} is stored, {found:?} comes out");
        }
    }
}

#[test]
fn answers_of_an_evaluator_give_the_score_and_the_predicate() {
    let desk = published();
    let file = desk.path("outputs/2025-10/IKU.xlsx");
    let is_part = |value: &Data| matches!(value, Data::String(s) if s.len() == 3 && s.as_bytes()[1] == b'.');
    let sheet = cells(&file);
    let parts: Vec<usize> =
        sheet.iter().filter(|((s, _, col), v)| s == "LKE" && *col == 0 && is_part(v)).map(|((_, row, _), _)| row + 1).collect();
    assert_eq!(parts.len(), 12);
    // Planning very good, the rest good, the last part of all not done: 30 × 80 % + (30 + 15 + 12.5) × 70 %.
    let answer = |row: usize| match parts.iter().position(|&p| p == row).unwrap() {
        0..=2 => "BB",
        11 => "E",
        _ => "B",
    };
    let typed = super::round_trip::edited(&fs::read(&file).unwrap(), |name, mut text| {
        if name == "xl/worksheets/sheet7.xml" {
            for &row in &parts {
                let start = text.find(&format!("<c r=\"D{row}\"")).unwrap();
                let end = start + text[start..].find("/>").unwrap() + 2;
                let cell = format!("<c r=\"D{row}\" t=\"inlineStr\"><is><t>{}</t></is></c>", answer(row));
                text.replace_range(start..end, &cell);
            }
        }
        text
    });
    desk.write("dinilai/IKU.xlsx", typed);
    let Some(saved) = calculated_anew(&desk, &desk.path("dinilai/IKU.xlsx")) else { return };
    let after = cells(&saved);
    let beside = |label: &str, col: usize| {
        let row = after
            .iter()
            .find(|((s, ..), v)| s == "LKE" && **v == Data::String(label.to_owned()))
            .map(|((_, row, _), _)| *row)
            .unwrap();
        after.get(&("LKE".to_owned(), row, col)).cloned().unwrap_or(Data::Empty)
    };
    assert!(
        same(&beside("Nilai akuntabilitas kinerja", 4), &Data::Float(64.25)),
        "{:?}",
        beside("Nilai akuntabilitas kinerja", 4)
    );
    assert_eq!(beside("Predikat", 5).to_string(), "B (Baik)");
}
