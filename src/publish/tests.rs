//! The whole stage on a batch made by hand: what stands in the files is read back with other libraries than wrote them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use super::fixture::{Province, regions, schemas};
use super::trace::trace;
use super::{Written, publish};
use crate::consolidate::Consolidated;

const SMALL: Province = Province { offices: 4, rows: 5 };

fn published(batch: &Consolidated) -> (tempfile::TempDir, Vec<Written>) {
    let dir = tempfile::tempdir().unwrap();
    let mut written = publish(batch, &schemas(), &regions(), dir.path()).unwrap();
    let known = crate::consolidate::History::default();
    written.extend(super::repairs::write((batch, &known), (&schemas(), &regions()), &|_| None, dir.path()).unwrap());
    written.sort_by(|a, b| a.path.cmp(&b.path));
    (dir, written)
}

fn workbook(dir: &Path) -> Xlsx<std::io::BufReader<fs::File>> {
    calamine::open_workbook(dir.join("PDPB.xlsx")).unwrap()
}

/// All numbers and formulas of a workbook by sheet and cell.
type Cells = BTreeMap<(String, u32, u32), (Data, String)>;

fn cells(dir: &Path) -> Cells {
    let mut book = workbook(dir);
    let mut all = Cells::new();
    for name in book.sheet_names() {
        let values = book.worksheet_range(&name).unwrap();
        let (top, left) = values.start().unwrap_or_default();
        for (row, col, value) in values.used_cells() {
            let at = (name.clone(), top + u32::try_from(row).unwrap(), left + u32::try_from(col).unwrap());
            all.insert(at, (value.clone(), String::new()));
        }
        let formulas = book.worksheet_formula(&name).unwrap();
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, col, formula) in formulas.used_cells().filter(|c| !c.2.is_empty()) {
            let at = (name.clone(), top + u32::try_from(row).unwrap(), left + u32::try_from(col).unwrap());
            all.get_mut(&at).unwrap().1.clone_from(formula);
        }
    }
    all
}

#[test]
fn the_same_batch_gives_the_same_bytes() {
    let batch = SMALL.batch();
    let ((one, first), (two, second)) = (published(&batch), published(&batch));
    assert_eq!(first, second);
    for file in &first {
        assert_eq!(
            fs::read(one.path().join(&file.path)).unwrap(),
            fs::read(two.path().join(&file.path)).unwrap(),
            "{}",
            file.path
        );
    }
    let paths: Vec<&str> = first.iter().map(|w| w.path.as_str()).collect();
    for path in [
        "PDPB.xlsx",
        "data/berita_acara.csv",
        "data/datapackage.json",
        "data/lineage.parquet",
        "data/pdpb.parquet",
        "data/telusur.csv",
    ] {
        assert!(paths.contains(&path), "{path}");
    }
}

#[test]
fn stored_results_are_what_the_formulas_give() {
    let (dir, _) = published(&SMALL.batch());
    let cells = cells(dir.path());
    let number = |sheet: &str, row, col| match cells.get(&(sheet.to_owned(), row, col)) {
        Some((Data::Float(n), _)) => Some(*n),
        Some((Data::Int(n), _)) => i32::try_from(*n).ok().map(f64::from),
        _ => None,
    };
    let mut checked = 0;
    for ((sheet, row, col), (_, formula)) in cells.iter().filter(|(_, (_, f))| f.starts_with("SUM(")) {
        let reference = &super::workbook::formula::references(formula, sheet)[0];
        let mut sum = 0.0;
        for r in reference.from.0..=reference.to.0 {
            for c in reference.from.1..=reference.to.1 {
                sum += number(&reference.sheet, r, u32::from(c)).unwrap_or(0.0);
            }
        }
        assert_eq!(number(sheet, *row, *col), Some(sum), "{sheet} {row} {col} {formula}");
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn what_is_not_stated_stays_empty_and_a_silent_office_is_listed() {
    let (dir, _) = published(&SMALL.batch());
    let mut book = workbook(dir.path());
    let recap = book.worksheet_range("Rekap").unwrap();
    let silent = recap.rows().find(|r| r[1] == Data::String("Kabupaten Contoh 4".into())).unwrap();
    assert!(silent[2..silent.len() - 1].iter().all(|c| *c == Data::Empty), "{silent:?}");
    assert!(silent.last().unwrap().to_string().contains("belum ada"));
    assert!(!book.sheet_names().contains(&"Kab. Contoh 4".to_owned()));
}

#[test]
fn texts_of_inputs_stay_texts() {
    let (dir, _) = published(&SMALL.batch());
    let cells = cells(dir.path());
    let text = Data::String("=TAK DIKENAL".into());
    let found: Vec<_> = cells.iter().filter(|(_, (value, _))| *value == text).collect();
    assert!(!found.is_empty() && found.iter().all(|(_, (_, formula))| formula.is_empty()));
    let csv = fs::read_to_string(dir.path().join("data/pdpb.csv")).unwrap();
    assert!(csv.contains(",'=TAK DIKENAL,") && !csv.contains(",=TAK"));
    let findings = fs::read_to_string(dir.path().join("data/findings.csv")).unwrap();
    assert!(findings.contains("\"'=HYPERLINK(\"\"http://x\"\")"));
}

#[test]
fn tables_are_written_as_the_contract_says() {
    let (dir, _) = published(&SMALL.batch());
    let csv = fs::read_to_string(dir.path().join("data/pdpb.csv")).unwrap();
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().starts_with("document,locator,satker,period,level,region,region_name,n_desa,n_tps,awal_l"));
    assert_eq!(
        lines.next().unwrap(),
        "62.01/PDPB TW III 01.xlsx,Rekap!A11:S11,62.01,2025-TW3,kecamatan,62.01.01,Kecamatan 1,12,,10000,10007,20007,\
         200,207,407,90,97,187,30,37,67,10110,10117,20227"
    );
    assert_eq!(csv.lines().count(), 1 + 3 * 5);
    assert_eq!(fs::read_to_string(dir.path().join("data/berita_acara.csv")).unwrap(), "document,total\n");
    let findings = fs::read_to_string(dir.path().join("data/findings.csv")).unwrap();
    assert!(findings.contains("D01,62.01/PDPB TW III 01.xlsx,Rekap!S12,error,62.01,,20248,20247,1,Rekap!S12,20247,"));
}

#[test]
fn rows_of_documents_that_do_not_count_are_left_out() {
    let mut batch = SMALL.batch();
    batch.entries[2].outcome.status = crate::model::Status::Superseded;
    let (dir, _) = published(&batch);
    let csv = fs::read_to_string(dir.path().join("data/pdpb.csv")).unwrap();
    assert!(!csv.contains("62.03/"));
    assert!(fs::read_to_string(dir.path().join("data/documents.csv")).unwrap().contains(",superseded,"));
}

#[test]
fn a_number_traces_to_every_cell_behind_it() {
    let (dir, _) = published(&SMALL.batch());
    let file = dir.path().join("PDPB.xlsx");
    let cells = cells(dir.path());
    let ((_, row, col), _) = cells.iter().find(|((s, _, _), (_, f))| s == "Rekap" && f.contains("'Kab. Contoh 2'!E")).unwrap();
    let address = format!("rekap!${}${}", crate::model::origin::letters(u16::try_from(*col).unwrap()), row + 1);
    let one = trace(&file, &address).unwrap();
    assert_eq!(one.sources.len(), 5);
    assert_eq!((one.sources[0].document.as_str(), one.sources[0].locator.as_str()), ("62.02/PDPB TW III 02.xlsx", "Rekap!F11"));
    let total: f64 = one.sources.iter().map(|s| s.value.parse::<f64>().unwrap()).sum();
    assert_eq!(one.value.parse::<f64>().unwrap(), total);
    assert_eq!(one.sources[0].raw, super::words::count(one.sources[0].value.parse().unwrap()));
    let summary = cells
        .keys()
        .filter(|(s, _, c)| s == "Ringkasan" && *c == 2)
        .find_map(|(_, r, _)| trace(&file, &format!("Ringkasan!C{}", r + 1)).ok());
    assert_eq!(summary.unwrap().sources.len(), 15);
    assert!(trace(&file, "Rekap!A1").is_err() && trace(&file, "Entah!D9").is_err() && trace(&file, "D9").is_err());
}

#[test]
fn the_data_package_describes_every_file() {
    let (dir, written) = published(&SMALL.batch());
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join("data/datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let mut described: Vec<String> = resources.iter().map(|r| format!("data/{}", r["path"].as_str().unwrap())).collect();
    described.push("data/datapackage.json".into());
    described.sort();
    let in_data: Vec<String> = written.iter().map(|w| w.path.clone()).filter(|p| p.starts_with("data/")).collect();
    assert_eq!(described, in_data);
    for resource in resources.iter().filter(|r| r["format"] == "csv") {
        let mut reader = csv::Reader::from_path(dir.path().join("data").join(resource["path"].as_str().unwrap())).unwrap();
        let names: Vec<&str> =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
    }
}

#[test]
fn parquet_holds_what_csv_holds() {
    use polars_io::prelude::{ParquetReader, SerReader};
    let (dir, _) = published(&SMALL.batch());
    for name in ["pdpb", "pdpb_tms", "documents", "findings", "berita_acara"] {
        let frame =
            ParquetReader::new(fs::File::open(dir.path().join(format!("data/{name}.parquet"))).unwrap()).finish().unwrap();
        let mut reader = csv::Reader::from_path(dir.path().join(format!("data/{name}.csv"))).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(frame.height(), rows.len(), "{name}");
        assert_eq!(frame.get_column_names().len(), reader.headers().unwrap().len());
    }
    let lineage = ParquetReader::new(fs::File::open(dir.path().join("data/lineage.parquet")).unwrap()).finish().unwrap();
    let text = |name: &str| lineage.column(name).unwrap().str().unwrap().clone();
    let (column, key, locator, raw) = (text("column"), text("row_key"), text("locator"), text("raw"));
    let row = (0..lineage.height()).find(|&i| column.get(i) == Some("akhir") && key.get(i) == Some("62.01.02")).unwrap();
    assert_eq!((locator.get(row), raw.get(row)), (Some("Rekap!S12"), Some("20.290")));
    assert!((0..lineage.height()).any(|i| key.get(i) == Some("?=TAK DIKENAL")));
}

#[test]
fn works_are_done_in_turn_and_their_results_keep_their_places() {
    let slow_first = super::in_turn([30_u64, 0, 20, 10], |milliseconds| {
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        milliseconds
    });
    assert_eq!(slow_first, [30, 0, 20, 10]);
}
