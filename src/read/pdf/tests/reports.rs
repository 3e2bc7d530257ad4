//! Tables as statistical reports print them: headings over several columns, lines that end within a frame, estimates with their errors.

use super::drawn::line;
use super::*;

/// Texts side by side, each at its x, on one line.
pub(super) fn row(top: f32, texts: &[(f32, &str)]) -> String {
    texts.iter().map(|&(x, t)| text(x, top, t)).collect()
}

/// Content that fills a rectangle with grey.
pub(super) fn ground(x: f32, top: f32, width: f32, height: f32) -> String {
    format!("0.8 g {x} {} {width} {height} re f 0 g\n", 842.0 - top - height)
}

/// Rows of names and figures at these x, from `top` on.
pub(super) fn body(top: f32, xs: &[f32]) -> String {
    (0_u8..)
        .zip(["Ajung", "Balung", "Jenggawah", "Wuluhan"])
        .map(|(i, name)| {
            let y = f32::from(i).mul_add(14.0, top);
            text(60.0, y, name) + &xs.iter().map(|&x| text(x, y, &format!("1{i}2"))).collect::<String>()
        })
        .collect()
}

pub(super) fn rows(page: &str) -> Vec<String> {
    shown(&document(&pdf(&[page], "")).grids[0])
}

#[test]
fn a_text_that_is_not_flush_with_the_one_below_it_heads_several_columns() {
    let mut page = row(100.0, &[(173.0, "Orang"), (295.0, "Perubahan")]);
    page += &row(111.0, &[(60.0, "Desa"), (150.0, "2024"), (210.0, "2025"), (270.0, "mutlak"), (360.0, "%")]);
    page += &body(126.0, &[154.0, 214.0, 284.0, 354.0]);
    assert_eq!(rows(&page)[..2], ["Desa|Orang|Perubahan", "2024|2025|mutlak|%"]);
}

#[test]
fn the_last_lines_of_headings_are_theirs_among_words_and_years() {
    let mut page = row(100.0, &[(150.0, "Des."), (210.0, "Des."), (270.0, "1"), (330.0, "12")]);
    page += &row(111.0, &[(60.0, "Desa"), (150.0, "2024"), (210.0, "2025"), (270.0, "bulan"), (330.0, "bulan")]);
    page += &body(126.0, &[154.0, 214.0, 274.0, 334.0]);
    assert_eq!(rows(&page)[0], "Desa|Des. 2024|Des. 2025|1 bulan|12 bulan");
}

#[test]
fn an_upright_line_that_ends_within_a_frame_ends_its_cells_there() {
    let mut page: String = [90.0, 118.0, 182.0].iter().map(|&y| line((50.0, y), (410.0, y))).collect();
    page += &[50.0, 130.0, 270.0, 410.0].iter().map(|&x| line((x, 90.0), (x, 182.0))).collect::<String>();
    page += &[200.0, 340.0].iter().map(|&x| line((x, 104.0), (x, 182.0))).collect::<String>();
    page += &row(100.0, &[(60.0, "Desa"), (160.0, "Tahun 2024"), (300.0, "Tahun 2025")]);
    page += &row(114.0, &[(140.0, "Pagu"), (210.0, "Bayar"), (280.0, "Pagu"), (350.0, "Bayar")]);
    page += &body(132.0, &[150.0, 220.0, 290.0, 360.0]);
    let rows = rows(&page);
    assert_eq!(rows[..3], ["Desa|Tahun 2024|Tahun 2025", "Pagu|Bayar|Pagu|Bayar", "Ajung|102|102|102|102"]);
}

#[test]
fn an_estimate_and_its_error_in_brackets_are_one_cell() {
    let mut page = row(100.0, &[(60.0, "Desa"), (150.0, "2024"), (230.0, "2025")]);
    for (y, name) in [(114.0, "Ajung"), (128.0, "Balung"), (142.0, "Wuluhan")] {
        page += &row(y, &[(60.0, name), (150.0, "11.2 \\(1.20\\)"), (230.0, "34.0 \\(0.85\\)")]);
    }
    assert_eq!(rows(&page)[1], "Ajung|11.2 (1.20)|34.0 (0.85)");
}

#[test]
fn grounds_of_every_other_row_make_no_table_of_the_first() {
    let columns = [50.0, 150.0, 250.0];
    let mut page: String = [90.0, 118.0, 146.0].iter().flat_map(|&y| columns.map(|x| ground(x, y, 100.0, 14.0))).collect();
    page += &ground(50.0, 104.0, 100.0, 14.0);
    page += &columns[1..].iter().map(|&x| ground(x, 104.0, 100.0, 14.0)).collect::<String>();
    page += &(row(100.0, &[(60.0, "Desa"), (190.0, "2024"), (290.0, "2025")]) + &body(114.0, &[190.0, 290.0]));
    let document = document(&pdf(&[&page], ""));
    assert_eq!((document.grids.len(), shown(&document.grids[0]).len()), (1, 5));
}

#[test]
fn blocks_that_begin_with_the_names_of_their_rows_are_one_table() {
    let block = |top: f32, name: &str, head: bool| {
        let ys: &[f32] = if head { &[0.0, 14.0, 28.0, 42.0, 56.0] } else { &[14.0, 28.0, 42.0, 56.0] };
        let mut page: String = ys.iter().map(|y| line((50.0, top + y), (350.0, top + y))).collect();
        page += &[50.0, 150.0, 250.0, 350.0].iter().map(|&x| line((x, top + ys[0]), (x, top + 56.0))).collect::<String>();
        page += &if head { row(top + 10.0, &[(60.0, "Uraian"), (190.0, "Pagu"), (290.0, "Bayar")]) } else { String::new() };
        page += &text(60.0, top + 24.0, name);
        for (y, said) in [(38.0, "Barang"), (52.0, "Modal")] {
            page += &row(top + y, &[(60.0, said), (190.0, "120"), (290.0, "340")]);
        }
        page
    };
    let document = document(&pdf(&[&(block(100.0, "Sekretariat", true) + &block(150.0, "Bidang umum", false))], ""));
    assert_eq!(document.grids.iter().filter(|g| g.name.contains('.')).count(), 1);
    let said = shown(&document.grids[0]);
    assert_eq!((said.len(), said[4].as_str(), said[6].as_str()), (7, "Bidang umum", "Modal|120|340"));
}

#[test]
fn names_far_apart_in_a_cell_beside_ruled_rows_are_one_in_each_row() {
    let mut page: String = [90.0, 104.0, 188.0].iter().map(|&y| line((50.0, y), (350.0, y))).collect();
    page += &[125.0, 146.0, 167.0].iter().map(|&y| line((150.0, y), (350.0, y))).collect::<String>();
    page += &[50.0, 150.0, 250.0, 350.0].iter().map(|&x| line((x, 90.0), (x, 188.0))).collect::<String>();
    page += &row(100.0, &[(60.0, "Desa"), (190.0, "2024"), (290.0, "2025")]);
    for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Jenggawah", "Wuluhan"]) {
        page += &row(f32::from(i).mul_add(21.0, 118.0), &[(60.0, name), (190.0, "120"), (290.0, "340")]);
    }
    assert_eq!(rows(&page)[1..3], ["Ajung|120|340", "Balung|120|340"]);
}

#[test]
fn figures_with_the_names_of_what_they_count_make_a_list_and_those_of_a_letter_do_not() {
    let list = |labels: [&str; 4]| {
        let figures = ["2.1%", "501.1 juta", "79.4 tahun", "4.324 km2"];
        let mut page = row(100.0, &[(60.0, "Angka pokok"), (300.0, "2024")]);
        for ((i, label), said) in (0_u8..).zip(labels).zip(figures) {
            page += &row(f32::from(i).mul_add(14.0, 116.0), &[(60.0, label), (300.0, said)]);
        }
        document(&pdf(&[&page], "")).grids.iter().map(|g| g.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(list(["Inflasi", "Penduduk", "Harapan hidup", "Luas"]), ["p1.1"]);
    assert_eq!(list(["Inflasi:", "Penduduk:", "Harapan hidup:", "Luas:"]), ["p1"]);
}

#[test]
fn a_sign_repeated_in_a_line_of_a_heading_is_a_row_of_units() {
    let mut page = row(100.0, &[(60.0, "Uraian"), (150.0, "Catatan"), (240.0, "2024"), (330.0, "2025")]);
    page += &row(111.0, &[(240.0, "$000"), (330.0, "$000")]);
    for (y, name, note) in [(126.0, "Ajung", "3"), (140.0, "Balung", "7"), (154.0, "Wuluhan", "12")] {
        page += &row(y, &[(60.0, name), (160.0, note), (240.0, "1,120"), (330.0, "2,340")]);
    }
    assert_eq!(rows(&page)[..2], ["Uraian|Catatan|2024|2025", "$000|$000"]);
}

#[test]
fn lines_that_begin_anew_part_two_tables_on_the_same_lines() {
    let mut page = line((56.0, 104.0), (206.0, 104.0)) + &line((226.0, 104.0), (380.0, 104.0));
    page += &row(100.0, &[(60.0, "Desa"), (130.0, "Kode"), (180.0, "2024"), (230.0, "Buah"), (350.0, "2025")]);
    let names = [("Ajung", "Apel"), ("Balung", "Beras"), ("Wuluhan", "Cabai"), ("Jenggawah", "Durian")];
    for (i, (left, right)) in (0_u8..).zip(names) {
        let y = f32::from(i).mul_add(14.0, 116.0);
        page += &row(y, &[(60.0, left), (130.0, "112"), (180.0, "340"), (230.0, right), (350.0, "560")]);
    }
    let second: Vec<String> = document(&pdf(&[&page], "")).grids.iter().map(|g| shown(g)[1].clone()).collect();
    assert_eq!(second, ["Ajung|112|340", "Apel|560"]);
}

#[test]
fn names_of_groups_of_rows_do_not_go_on_with_the_rows_above() {
    let mut page = row(100.0, &[(60.0, "Umur"), (130.0, "2024"), (190.0, "2025")]);
    let mut y = 114.0;
    for name in ["Laki-laki", "Perempuan"] {
        page += &text(60.0, y, name);
        for age in ["17 s.d. 24", "25 s.d. 34", "35 s.d. 44"] {
            y += 12.0;
            page += &row(y, &[(60.0, age), (130.0, "11,2"), (190.0, "34,0")]);
        }
        y += 12.0;
    }
    let rows = rows(&page);
    assert_eq!((rows.len(), rows[1].as_str(), rows[5].as_str()), (9, "Laki-laki", "Perempuan"));
}
