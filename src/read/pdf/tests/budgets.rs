//! Budgets printed without lines: codes stand where the details below them have none.

use super::*;

/// A row of a budget: texts begin where their column begins, figures end where it ends.
fn row(top: f32, texts: [&str; 7]) -> String {
    let columns = [(40.0, 62.0), (66.0, 66.0), (130.0, 130.0), (300.0, 330.0), (336.0, 336.0), (380.0, 430.0), (440.0, 500.0)];
    let width = |t: &str| t.chars().map(|c| if c == '.' { 2.78 } else { 5.56 }).sum::<f32>();
    let x = |t: &str, (from, to): (f32, f32)| {
        if to > from && t.starts_with(|c: char| c.is_ascii_digit()) { to - width(t) } else { from }
    };
    texts.iter().zip(columns).filter(|(t, _)| !t.is_empty()).map(|(t, column)| text(x(t, column), top, t)).collect()
}

const HEADS: [&str; 7] = ["NO", "KODE", "URAIAN", "VOL", "SATUAN", "HARGA", "JUMLAH"];

/// An akun with its details and their sum.
fn akun(code: &'static str, name: &'static str, sum: [&'static str; 2]) -> Vec<[&'static str; 7]> {
    vec![
        ["", code, name, "", "", "", ""],
        ["1", "", "Penggandaan dan Jilid", "39", "EKS", "40.000", "1.560.000"],
        ["2", "", "Konsumsi Rapat Kerja", "57", "OK", "61.000", "3.477.000"],
        ["", "", sum[0], "", "", "", sum[1]],
    ]
}

fn page(top: f32, rows: &[[&str; 7]]) -> String {
    rows.iter().zip(0_u8..).map(|(r, i)| row(f32::from(i).mul_add(13.0, top), *r)).collect()
}

fn read(pages: &[String]) -> Vec<String> {
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = document(&pdf(&pages, ""));
    assert_eq!(read.grids.len(), 1, "{:?}", read.grids.iter().map(shown).collect::<Vec<_>>());
    shown(&read.grids[0])
}

#[test]
fn codes_that_the_details_do_not_have_are_a_column() {
    let mut rows =
        vec![HEADS, ["", "3363", "Perencanaan", "", "", "", "9.074.000"], ["", "051", "Persiapan", "", "", "", "9.074.000"]];
    rows.extend(akun("521211", "Belanja Bahan", ["Jumlah 521211", "5.037.000"]));
    rows.extend(akun("524113", "Belanja Perjalanan", ["Jumlah 524113", "5.037.000"]));
    let shown = read(&[page(60.0, &rows)]);
    assert_eq!(shown[..3], ["NO|KODE|URAIAN|VOL|SATUAN|HARGA|JUMLAH", "3363|Perencanaan|9.074.000", "051|Persiapan|9.074.000"]);
    assert_eq!(shown[3..5], ["521211|Belanja Bahan", "1|Penggandaan dan Jilid|39|EKS|40.000|1.560.000"]);
}

#[test]
fn the_same_akun_on_the_next_page_is_no_heading_said_again() {
    let mut first = vec![HEADS, ["", "3363", "Perencanaan", "", "", "", "20.148.000"]];
    let mut second = Vec::new();
    for rows in [&mut first, &mut second] {
        rows.extend(akun("521211", "Belanja Bahan", ["Jumlah 521211", "5.037.000"]));
        rows.extend(akun("524113", "Belanja Perjalanan", ["Jumlah 524113", "5.037.000"]));
    }
    let shown = read(&[page(680.0, &first), page(60.0, &second)]);
    assert_eq!((shown.len(), &shown[2..10]), (18, &shown[10..]), "{shown:?}");
}

#[test]
fn a_sum_on_top_of_the_next_page_is_a_row_of_its_own() {
    let mut first = vec![HEADS, ["", "3363", "Perencanaan", "", "", "", "15.111.000"]];
    first.extend(akun("521211", "Belanja Bahan", ["Jumlah 521211", "5.037.000"]));
    first.extend(akun("521213", "Belanja Honor", ["", ""]));
    first.pop();
    let mut second = vec![["", "", "Jumlah 521213", "", "", "", "5.037.000"]];
    second.extend(akun("524113", "Belanja Perjalanan", ["Jumlah 524113", "5.037.000"]));
    second.extend(akun("522151", "Belanja Jasa", ["Jumlah 522151", "5.037.000"]));
    for row in first.iter_mut().chain(&mut second) {
        row[0] = "";
    }
    let shown = read(&[page(680.0, &first), page(60.0, &second)]);
    assert_eq!(shown[9..11], ["Jumlah 521213|5.037.000", "524113|Belanja Perjalanan"], "{shown:?}");
}

/// Groups of details without codes: a name, then the details.
fn groups(names: &[&'static str], numbered: bool) -> Vec<[&'static str; 7]> {
    let without = |mut row: [&'static str; 7]| {
        row[0] = if numbered { row[0] } else { "" };
        row[1] = "";
        row
    };
    names.iter().flat_map(|name| akun("", name, ["Sub Jumlah", "5.037.000"]).into_iter().map(without)).collect()
}

#[test]
fn names_of_groups_at_the_end_and_the_top_of_a_page_are_rows() {
    for split in [16, 17] {
        let rows = groups(&["Bahan", "Perjalanan", "Jasa", "Honor", "Sewa", "Cetak", "Angkutan"], false);
        let mut on_first = vec![["", "", "URAIAN", "VOL", "SATUAN", "HARGA", "JUMLAH"]];
        on_first.extend(&rows[..split]);
        let shown = read(&[page(500.0, &on_first), page(60.0, &rows[split..])]);
        assert_eq!((shown.len(), shown[17].as_str()), (29, "Sewa"), "{shown:?}");
    }
}

#[test]
fn names_of_groups_right_below_the_heading_are_none_of_it() {
    let mut rows = vec![["NO", "", "URAIAN", "VOL", "SATUAN", "HARGA", "JUMLAH"]];
    rows.extend(groups(&["Bahan", "Perjalanan", "Jasa"], true));
    assert_eq!(read(&[page(60.0, &rows)])[..2], ["NO|URAIAN|VOL|SATUAN|HARGA|JUMLAH", "Bahan"]);
    let listed = [["I", "", "Rapat", "", "", "", ""], ["A", "", "Bahan", "", "", "", "5.037.000"]];
    rows.splice(1..2, listed);
    rows.splice(6..7, [["II", "", "Sosialisasi", "", "", "", ""]]);
    assert_eq!(read(&[page(60.0, &rows)])[..3], ["NO|URAIAN|VOL|SATUAN|HARGA|JUMLAH", "I|Rapat", "A|Bahan|5.037.000"]);
}

#[test]
fn capitals_below_the_widest_name_are_no_rest_of_it() {
    let mut rows = vec![["", "", "URAIAN", "VOL", "SATUAN", "HARGA", "JUMLAH"]];
    rows.extend(groups(&["BELANJA BAHAN", "BELANJA PERJALANAN", "BELANJA JASA", "BELANJA SEWA"], false));
    rows.retain(|r| r[2] != "Sub Jumlah");
    (rows[1][2], rows[6][2]) = ("", "Tiket Pesawat dari dan ke ibu kota");
    rows.remove(1);
    let shown = read(&[page(60.0, &rows)]);
    assert_eq!(shown[6], "BELANJA JASA", "{shown:?}");
}
