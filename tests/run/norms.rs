//! LOGISTIK.xlsx in a spreadsheet program: recalculating it changes nothing, changing a norm changes the need as computed here. Needs
//! `LibreOffice`; where it is not installed the tests say so and pass.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;

use regex::Regex;
use serde_json::Value;

use super::Desk;

/// A batch with a voters' list by kecamatan and a stock list.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("inputs/2024-01/rekap.toml", "[batch]\nwilayah = \"62.01\"\nnorma = \"pemilu-2024\"\n");
    let dpt = "REKAPITULASI DAFTAR PEMILIH TETAP PEMILU TAHUN 2024;;;\nKABUPATEN KOTAWARINGIN BARAT;;;\n\
               No;Kecamatan;Jumlah TPS;Pemilih\n1;Kumai;3;850\n2;Arut Selatan;2;590\n3;Kotawaringin Lama;1;230\n\
               4;Arut Utara;1;155\n5;Pangkalan Lada;2;415\n6;Pangkalan Banteng;2;435\n";
    desk.write("inputs/2024-01/62.01/DPT.csv", dpt);
    let stock = "DAFTAR INVENTARIS LOGISTIK PEMILU;;;\nKPU KABUPATEN KOTAWARINGIN BARAT TAHUN 2024;;;\n\
                 Nama Barang;Baik;Rusak;Harga Satuan\nBilik Suara;10;2;38500\nTinta;4;0;31000\n";
    desk.write("inputs/2024-01/62.01/Inventaris Logistik.csv", stock);
    desk
}

/// The workbook without stored results, so that whoever opens it must calculate, and with one parameter changed.
fn bare(book: &Path, change: Option<(&str, &str)>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::fs::File::open(book).unwrap()).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let result = Regex::new("(</f>)<v>[^<]*</v>").unwrap();
    let changed = change.map(|(cell, value)| (Regex::new(&format!("(<c r=\"{cell}\"[^>]*>)<v>[^<]*</v>")).unwrap(), value));
    for i in 0..from.len() {
        let mut part = from.by_index(i).unwrap();
        let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).unwrap();
            let mut text = result.replace_all(&text, "$1").into_owned();
            if let (Some((pattern, value)), true) = (&changed, name.ends_with("/sheet2.xml")) {
                assert!(pattern.is_match(&text), "{change:?}");
                text = pattern.replace(&text, format!("${{1}}<v>{value}</v>")).into_owned();
            }
            bytes = text.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// All cells of a workbook as they are shown, by sheet and place; `None` where there is no `LibreOffice`.
fn recalculated(desk: &Desk, bytes: &[u8]) -> Option<BTreeMap<(String, usize, usize), String>> {
    desk.write("bare/LOGISTIK.xlsx", bytes);
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut office = Command::new("soffice");
    office
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(desk.path("full"))
        .arg(desk.path("bare/LOGISTIK.xlsx"));
    let done = office.output().is_ok_and(|o| o.status.success()) && desk.path("full/LOGISTIK.xlsx").is_file();
    if !done {
        eprintln!("LibreOffice is not installed: LOGISTIK.xlsx is not recalculated");
    }
    done.then(|| cells(desk, &desk.path("full/LOGISTIK.xlsx")))
}

fn cells(desk: &Desk, book: &Path) -> BTreeMap<(String, usize, usize), String> {
    let read = desk.rekap(&["read", book.to_str().unwrap(), "--json"]);
    let document: Value = serde_json::from_str(&read.out()).unwrap();
    let mut cells = BTreeMap::new();
    for grid in document["grids"].as_array().unwrap() {
        for (r, row) in grid["rows"].as_array().unwrap().iter().enumerate() {
            for (c, text) in row.as_array().unwrap().iter().enumerate().filter(|(_, t)| t.as_str() != Some("")) {
                cells.insert((grid["name"].as_str().unwrap().to_owned(), r, c), text.as_str().unwrap_or_default().to_owned());
            }
        }
    }
    cells
}

/// The row of a sheet that holds a text, and the number in one of its columns.
fn number(cells: &BTreeMap<(String, usize, usize), String>, sheet: &str, text: &str, col: usize) -> String {
    let row = cells.iter().find(|((s, ..), t)| s == sheet && *t == text).map(|((_, row, _), _)| *row).unwrap();
    cells.get(&(sheet.to_owned(), row, col)).cloned().unwrap_or_default()
}

#[test]
fn a_changed_norm_changes_the_need_as_computed_here() {
    let desk = desk();
    let run = desk.rekap(&[]);
    let book = desk.path("outputs/2024-01/LOGISTIK.xlsx");
    assert!(book.is_file(), "{}{}", run.out(), run.err());
    let stored = cells(&desk, &book);
    assert_eq!(number(&stored, "Ringkasan", "Bilik suara", 4), "44");
    assert_eq!(number(&stored, "Ringkasan", "Bilik suara", 7), "34");
    let row =
        stored.iter().find(|((s, ..), t)| s == "Parameter" && *t == "bilik_per_tps").map(|((_, row, _), _)| row + 1).unwrap();
    let Some(changed) = recalculated(&desk, &bare(&book, Some((&format!("D{row}"), "3")))) else { return };
    assert_eq!(number(&changed, "Ringkasan", "Bilik suara", 4), "33");
    assert_eq!(number(&changed, "Ringkasan", "Bilik suara", 7), "23");
    assert_eq!(number(&changed, "Kebutuhan", "Kumai", 7), "9");
    assert_eq!(number(&changed, "Ringkasan", "Tinta", 4), "22");
    let norm = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/norma/pemilu-2024.toml")).unwrap();
    let three = norm.replacen("nilai = \"4\"\nsatuan = \"buah\"", "nilai = \"3\"\nsatuan = \"buah\"", 1);
    desk.write("schemas/norma/pemilu-2024.toml", three);
    desk.rekap(&[]);
    let ours = cells(&desk, &book);
    let needs = |cells: &BTreeMap<(String, usize, usize), String>| {
        cells
            .iter()
            .filter(|((s, ..), _)| s == "Kebutuhan" || s == "Perhitungan")
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(needs(&changed), needs(&ours));
}

#[test]
fn recalculating_changes_no_value() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/inputs");
    desk.rekap(&["--inputs", samples]);
    let book = desk.path("outputs/2025-10/LOGISTIK.xlsx");
    let Some(same) = recalculated(&desk, &bare(&book, None)) else { return };
    let stored = cells(&desk, &book);
    let number = |text: Option<&String>| text.and_then(|t| t.parse::<f64>().ok());
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
    let alike = |a: Option<&String>, b: &String| a == Some(b) || number(a).zip(number(Some(b))).is_some_and(|(a, b)| near(a, b));
    let differ: Vec<_> = stored.iter().filter(|(at, text)| !alike(same.get(*at), text)).take(5).collect();
    assert!(differ.is_empty(), "{differ:?}");
    assert!(stored.len() > 5000, "{}", stored.len());
}

#[test]
fn every_number_of_the_workbook_can_be_traced() {
    let desk = desk();
    desk.rekap(&[]);
    let trail = std::fs::read_to_string(desk.path("outputs/2024-01/data/telusur.csv")).unwrap();
    for address in ["Kebutuhan!E8", "Kebutuhan!H8", "Perhitungan!M8", "Ringkasan!E13", "Parameter!D7"] {
        let answer = desk.rekap(&["trace", "outputs/2024-01/LOGISTIK.xlsx", address]);
        assert_eq!(answer.code(), 0, "{address}: {}\n{}", answer.err(), trail.lines().take(20).collect::<Vec<_>>().join("\n"));
    }
    let answer = desk.rekap(&["trace", "outputs/2024-01/LOGISTIK.xlsx", "Kebutuhan!H8"]);
    assert!(answer.out().contains("DPT.csv") && answer.out().contains("pemilu-2024.toml"), "{}", answer.out());
}

#[test]
fn what_is_counted_once_for_a_kabupaten_is_needed_where_its_kecamatan_are_listed_too() {
    let desk = desk();
    desk.write("inputs/2024-01/rekap.toml", "[batch]\nwilayah = \"62.01\"\nnorma = \"pilkada-2024\"\n");
    desk.rekap(&[]);
    let stored = cells(&desk, &desk.path("outputs/2024-01/LOGISTIK.xlsx"));
    assert_eq!(number(&stored, "Ringkasan", "Surat suara pemungutan suara ulang *", 4), "4000");
    assert_eq!(number(&stored, "Perhitungan", "Surat suara pemungutan suara ulang", 5), "4000");
}
