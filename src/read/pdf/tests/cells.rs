//! Long texts in the cells of tables with hardly any lines.

use super::*;
use crate::model::{Origin, Span};

/// A line across the page.
fn rule(top: f32) -> String {
    format!("40 {y} m 555 {y} l S\n", y = 842.0 - top)
}

/// The ground of a row.
fn ground(top: f32, height: f32) -> String {
    format!("0.9 g 40 {} 515 {height} re f 0 g\n", 842.0 - top - height)
}

fn lines(lines: &[(f32, f32, &str)]) -> String {
    lines.iter().map(|(x, top, said)| text(*x, *top, said)).collect()
}

#[test]
fn a_table_of_one_row_below_a_line_is_a_table() {
    let page =
        lines(&[(60.0, 100.0, "Indikator"), (250.0, 100.0, "Target"), (350.0, 100.0, "Realisasi"), (450.0, 100.0, "Capaian")])
            + &rule(104.0)
            + &lines(&[
                (42.0, 116.0, "Jumlah dokumen yang diunggah"),
                (250.0, 116.0, "11 Lap"),
                (350.0, 116.0, "10 Lap"),
                (450.0, 116.0, "90,91"),
            ])
            + &lines(&[(42.0, 160.0, "Tabel di atas memuat satu indikator.")]);
    let grids = document(&pdf(&[&page], "")).grids;
    let rows = shown(&grids[0]);
    assert_eq!(rows, ["Indikator|Target|Realisasi|Capaian", "Jumlah dokumen yang diunggah|11 Lap|10 Lap|90,91"]);
}

#[test]
fn tasks_below_each_other_beside_one_unit_are_rows_of_the_table() {
    let mut page = lines(&[(42.0, 100.0, "No."), (70.0, 100.0, "Jabatan"), (300.0, 100.0, "Tugas")]) + &rule(104.0);
    for (unit, top) in [("Kepala Subbagian Umum", 106.0), ("Operator", 166.0)] {
        page += &ground(top, 15.0);
        page += &lines(&[(42.0, top + 10.0, "1."), (70.0, top + 10.0, unit), (250.0, top + 10.0, "1. Menyiapkan rapat pleno")]);
        page += &lines(&[(250.0, top + 25.0, "2. Menyusun bahan rapat bersama instansi terkait dan")]);
        page += &lines(&[(250.0, top + 36.0, "memeriksa kelengkapannya")]);
        page += &ground(top + 40.0, 15.0);
        page += &lines(&[(250.0, top + 50.0, "3. Menyimpan arsip")]);
    }
    page += &lines(&[(250.0, 232.0, "4. Melaksanakan tugas lain")]);
    page += &lines(&[(400.0, 300.0, "Sekretaris,")]);
    let grids = document(&pdf(&[&page], "")).grids;
    let rows = shown(&grids[0]);
    assert_eq!(rows[0], "No.|Jabatan|Tugas", "{rows:?}");
    assert_eq!(rows[2], "2. Menyusun bahan rapat bersama instansi terkait dan memeriksa kelengkapannya", "{rows:?}");
    assert_eq!(rows.last().unwrap(), "4. Melaksanakan tugas lain", "{rows:?}");
}

#[test]
fn the_next_lines_of_the_last_row_belong_to_its_cells() {
    let heads = ["No", "Indikator", "Target", "Realisasi", "Capaian", "Uraian"];
    let at = [42.0, 60.0, 240.0, 290.0, 350.0, 400.0];
    let row = |top: f32, cells: [&str; 6]| -> String { at.iter().zip(cells).map(|(x, said)| text(*x, top, said)).collect() };
    let mut page = row(100.0, heads) + &rule(104.0);
    for (k, top) in (1_u8..).zip([116.0, 142.0, 168.0, 194.0]) {
        page += &if k % 2 == 1 { ground(top - 10.0, 26.0) } else { String::new() };
        page += &row(top, [&format!("{k}"), "Jumlah pemilih pemula yang ikut", "90%", "80%", "88,89", "Telah dilaksanakan dan"]);
        page += &lines(&[(60.0, top + 11.0, "pendidikan pemilih"), (400.0, top + 11.0, "sampai akhir tahun")]);
    }
    let grids = document(&pdf(&[&page], "")).grids;
    let rows = shown(&grids[0]);
    let last = "4|Jumlah pemilih pemula yang ikut pendidikan pemilih|90%|80%|88,89|Telah dilaksanakan dan sampai akhir tahun";
    assert_eq!(rows.last().unwrap(), last, "{rows:?}");
}

#[test]
fn the_title_of_the_next_table_at_the_end_of_a_page_parts_two_tables() {
    let table = |top: f32, figures: [&str; 3]| {
        let mut page =
            lines(&[(60.0, top, "Indikator"), (250.0, top, "Target"), (350.0, top, "Realisasi"), (450.0, top, "Capaian")]);
        page += &rule(top + 4.0);
        for (k, figure) in (0_u8..).zip(figures) {
            let at = f32::from(k).mul_add(14.0, top + 16.0);
            page += &lines(&[(42.0, at, "Nilai evaluasi"), (250.0, at, figure), (350.0, at, "70"), (450.0, at, "95")]);
        }
        page
    };
    let title = text(42.0, 800.0, "3.2 Sasaran Strategis: Meningkatnya keterbukaan informasi publik");
    let first = table(700.0, ["71", "72", "73"]) + &title;
    let grids = document(&pdf(&[&first, &table(60.0, ["81", "82", "83"])], "")).grids;
    assert_eq!(grids.iter().filter(|g| shown(g)[0].starts_with("Indikator")).count(), 2);
}

#[test]
fn texts_cut_off_by_narrow_cells_are_told() {
    // A cell that shows of its text only what lies within.
    let cell = |x: f32, top: f32, width: f32, at: f32, said: &str| {
        let (clip, drawn) = (format!("{x} {} {width} 14 re", 842.0 - top - 14.0), text(at, top + 10.0, said));
        format!("q {clip} W n\n{drawn}Q\n{clip} S\n")
    };
    let mut page = String::new();
    for (row, (name, figure, from)) in (0_u8..).zip([
        ("Nama", "Jumlah", 132.0),
        ("Kumai", "1.250", 132.0),
        ("Kotawaringin Lama Hulu", "12.340", 132.0),
        ("Lada", "1.234.567.890", 115.0),
    ]) {
        let top = f32::from(row).mul_add(14.0, 100.0);
        page += &(cell(50.0, top, 80.0, 52.0, name) + &cell(130.0, top, 60.0, from, figure));
    }
    let mut findings = Findings::default();
    let grid = &read(&mut findings, &pdf(&[&page], ""), &Limits::default()).unwrap().grids[0];
    assert_eq!(shown(grid)[1], "Kumai|1.250");
    assert!(!shown(grid)[3].contains("1.234.567.890"));
    let told: Vec<(&str, Option<Span>)> = findings.0.iter().map(|f| (f.code.as_str(), f.span)).collect();
    assert_eq!(told, [("A13", Some(Origin::new(0, 2, 0).into())), ("A13", Some(Origin::new(0, 3, 1).into()))]);
}

#[test]
fn a_text_that_runs_over_the_border_of_its_cell_keeps_its_last_word() {
    let mut page = String::new();
    for (i, (name, figure)) in (0_u8..).zip([("Nama", "Desa"), ("Kabupaten Minahasa 1", ""), ("Ratahan", "11"), ("Belang", "20")])
    {
        let top = f32::from(i).mul_add(20.0, 100.0);
        page += &frame(50.0, top, 95.0, 20.0);
        page += &frame(145.0, top, 60.0, 20.0);
        page += &text(52.0, top + 14.0, name);
        page += &text(180.0, top + 14.0, figure);
    }
    let grids = document(&pdf(&[&page], "")).grids;
    assert_eq!(shown(&grids[0]), ["Nama|Desa", "Kabupaten Minahasa 1", "Ratahan|11", "Belang|20"]);
}
