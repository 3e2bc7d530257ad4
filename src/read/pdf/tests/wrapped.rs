//! Texts over several lines: headings that a hyphen or a bracket leaves open, names whose figures stand at their foot, tables side by side.

use super::drawn::line;
use super::reports::{body, ground, row, rows};
use super::*;

#[test]
fn a_heading_that_ends_within_a_word_a_bracket_or_a_span_of_years_goes_on_below() {
    let mut page = row(100.0, &[(150.0, "Jumlah pe-"), (230.0, "Sisa 2007-"), (310.0, r"Biaya \(dalam")]);
    page +=
        &row(111.0, &[(60.0, "Desa"), (150.0, "milih"), (230.0, "08"), (310.0, r"ribuan\)"), (380.0, "Lain"), (430.0, "Ket")]);
    page += &body(126.0, &[154.0, 234.0, 314.0, 384.0, 434.0]);
    assert_eq!(rows(&page)[0], "Desa|Jumlah pe-milih|Sisa 2007- 08|Biaya (dalam ribuan)|Lain|Ket");
}

#[test]
fn a_span_of_years_among_single_years_is_the_last_line_of_its_heading() {
    let mut page = row(100.0, &[(330.0, "Ubah")]);
    page += &row(111.0, &[(60.0, "Desa"), (150.0, "2009"), (210.0, "2010"), (270.0, "2011"), (330.0, "2010-11")]);
    page += &body(126.0, &[154.0, 214.0, 274.0, 334.0]);
    assert_eq!(rows(&page)[0], "Desa|2009|2010|2011|Ubah 2010-11");
}

#[test]
fn units_in_brackets_are_a_line_of_their_own_beside_the_name_of_the_first_column() {
    let mut page = row(100.0, &[(150.0, "Luas"), (230.0, "Jiwa"), (310.0, "Biaya")]);
    page += &row(111.0, &[(60.0, "Desa"), (150.0, "(km2)"), (230.0, "(1 000)"), (310.0, "(juta Rp)")]);
    page += &body(126.0, &[154.0, 234.0, 314.0]);
    assert_eq!(rows(&page)[..2], ["Desa|Luas|Jiwa|Biaya", "(km2)|(1 000)|(juta Rp)"]);
}

#[test]
fn quarters_stand_below_one_text_all_four() {
    let mut page = row(100.0, &[(60.0, "Desa"), (208.0, "Realisasi")]);
    page += &row(111.0, &[(150.0, "I"), (200.0, "II"), (250.0, "III"), (300.0, "IV")]);
    page += &body(126.0, &[146.0, 196.0, 246.0, 296.0]);
    assert_eq!(rows(&page)[..2], ["Desa|Realisasi", "I|II|III|IV"]);
}

#[test]
fn pairs_that_stand_again_below_their_groups_do_not_go_on_with_the_text_above() {
    let mut page = row(100.0, &[(60.0, "Desa"), (150.0, "Uang"), (270.0, "Barang")]);
    page += &row(111.0, &[(150.0, "Pagu"), (210.0, "Sisa"), (270.0, "Pagu"), (330.0, "Sisa")]);
    page += &body(126.0, &[150.0, 210.0, 270.0, 330.0]);
    assert_eq!(rows(&page)[1], "Pagu|Sisa|Pagu|Sisa");
}

#[test]
fn a_name_set_in_below_a_name_goes_on_with_it_and_has_its_figures() {
    let mut page = row(100.0, &[(60.0, "Kabupaten"), (130.0, "Pria"), (190.0, "Wanita"), (250.0, "Ket")]);
    for (y, name) in [(114.0, "Selatan"), (126.0, "Utara"), (162.0, "Timur"), (174.0, "Barat")] {
        page += &row(y, &[(60.0, name), (130.0, "102"), (190.0, "112"), (250.0, "cocok")]);
    }
    page += &row(138.0, &[(60.0, "Bandar")]);
    page += &row(150.0, &[(68.0, "Kusuma"), (130.0, "122"), (190.0, "132"), (250.0, "cocok")]);
    assert_eq!(rows(&page)[3], "Bandar Kusuma|122|132|cocok");
}

#[test]
fn captions_of_one_word_side_by_side_part_two_tables() {
    let side = |x: f32, caption: &str| {
        let heads = row(100.0, &[(x, caption)]) + &row(116.0, &[(x, "Nama"), (x + 70.0, "L"), (x + 110.0, "P")]);
        ["Ajung", "Balung", "Wuluhan", "Kencong"]
            .iter()
            .zip([130.0, 144.0, 158.0, 172.0])
            .fold(heads, |page, (name, y)| page + &row(y, &[(x, name), (x + 70.0, "12"), (x + 110.0, "14")]))
    };
    let page = side(60.0, "Tabel 1 Desa aktif") + &side(210.0, "Tabel 2 Kota aktif");
    let found = document(&pdf(&[&page], ""));
    assert_eq!(found.grids.iter().map(|g| shown(g)[0].clone()).filter(|first| first == "Nama|L|P").count(), 2);
}

#[test]
fn long_headings_printed_over_each_other_stand_in_the_columns_of_their_middles() {
    // Half the width of each text in Helvetica of 10 points.
    let half = |t: &str| match t {
        "LAKI-LAKI" => 23.4,
        "PEREMPUAN" => 31.7,
        "Baru" | "Akhir" => 11.0,
        "L+P" => 9.0,
        _ => 6.4,
    };
    let middle = |x: f32, t: &'static str| (x - half(t), t);
    let columns = [200.0, 240.0, 280.0, 320.0, 360.0, 400.0];
    let mut page = row(100.0, &[(60.0, "Desa"), middle(columns[0], "Baru"), middle(columns[3], "Akhir")]);
    let long = [columns[0], columns[3]].into_iter().flat_map(|x| [middle(x, "LAKI-LAKI"), middle(x + 40.0, "PEREMPUAN")]);
    page += &row(120.0, &long.collect::<Vec<_>>());
    page += &row(125.0, &[middle(columns[2], "L+P"), middle(columns[5], "L+P")]);
    let short = [columns[0], columns[3]].into_iter().flat_map(|x| [middle(x, r"\(L\)"), middle(x + 40.0, r"\(P\)")]);
    page += &row(130.0, &short.collect::<Vec<_>>());
    page += &body(146.0, &columns.map(|x| x - 7.5));
    assert_eq!(rows(&page)[..2], ["Desa|Baru|Akhir", "LAKI-LAKI (L)|PEREMPUAN (P)|L+P|LAKI-LAKI (L)|PEREMPUAN (P)|L+P"]);
}

#[test]
fn a_text_heads_all_of_the_lower_line_where_headings_without_a_text_above_stand_half_way() {
    // Cells of 80 points, headings in their middle, figures of different lengths at their right ends.
    let mut page = row(100.0, &[(346.0, "Kebutuhan")]);
    page += &row(106.0, &[(60.0, "Desa"), (161.0, "TPS")]);
    page += &row(112.0, &[(238.0, "Kotak"), (319.0, "Bilik"), (399.0, "Tinta"), (478.0, "Surat")]);
    for (top, long) in [(128.0, true), (142.0, false), (156.0, true), (170.0, true)] {
        let figures = [206.0, 286.0, 366.0, 446.0, 526.0].map(|x| if long { (x - 22.2, "1345") } else { (x - 11.1, "79") });
        page += &text(60.0, top, "Ajung");
        page += &row(top, &figures);
    }
    assert_eq!(rows(&page)[..2], ["Desa|TPS|Kebutuhan", "Kotak|Bilik|Tinta|Surat"]);
}

#[test]
fn a_text_exactly_over_the_middle_of_all_headings_between_others_heads_them_all() {
    let at = |col: u8| f32::from(col).mul_add(30.0, 180.0);
    // Half the width of each text in Helvetica of 10 points.
    let middle = |x: f32, t: &'static str, half: f32| (x - half, t);
    let pair = |col: u8| f32::midpoint(at(col), at(col + 1));
    let mut page = row(100.0, &[middle(at(0), "Lama", 13.3), middle(f32::midpoint(at(1), at(7)), "TMS", 10.6)]);
    page += &row(100.0, &[middle(at(8), "Baru", 11.0)]);
    page +=
        &row(116.0, &[(60.0, "Desa"), middle(pair(1), "Ganda", 15.3), middle(at(4), "TNI", 8.1), middle(pair(6), "WNA", 11.1)]);
    let sexes = [(1, "L"), (2, "P"), (3, "L"), (4, "P"), (6, "L"), (7, "P")].map(|(col, t)| middle(at(col), t, 3.0));
    page += &row(132.0, &sexes);
    page += &row(132.0, &[middle(at(5), "Jml", 8.0)]);
    for (top, long) in [(148.0, true), (162.0, false), (176.0, true), (190.0, true)] {
        let figures = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(at).map(|x| if long { (x - 3.7, "345") } else { (x + 1.9, "79") });
        page += &text(60.0, top, "Ajung");
        page += &row(top, &figures);
    }
    assert_eq!(rows(&page)[..3], ["Desa|Lama|TMS|Baru", "Ganda|TNI|WNA", "L|P|L|P|Jml|L|P"].map(str::to_owned));
    let grid = document(&pdf(&[&page], "")).grids.remove(0);
    let spans: Vec<(u16, u16)> = grid.merges.iter().filter(|m| m.right > m.left).map(|m| (m.left, m.right)).collect();
    assert_eq!(spans, [(2, 8), (2, 3), (4, 6), (7, 8)]);
}

#[test]
fn a_line_that_the_border_of_its_row_runs_through_goes_on_with_the_text_beyond() {
    let mut page = String::new();
    for i in 0_u8..4 {
        let y = f32::from(i).mul_add(14.0, 100.0);
        page += &(frame(50.0, y, 130.0, 14.0) + &frame(180.0, y, 80.0, 14.0) + &text(240.0, y + 11.0, &format!("2{i}")));
    }
    page +=
        &(text(54.0, 111.0, "Kecamatan 2 x 11 Enam") + &text(54.0, 120.0, "Lingkung") + &text(54.0, 139.0, "Kecamatan Sungai"));
    page += &text(54.0, 153.0, "Kecamatan Lubuk");
    assert_eq!(rows(&page), ["Kecamatan 2 x 11 Enam Lingkung|20", "21", "Kecamatan Sungai|22", "Kecamatan Lubuk|23"]);
}

#[test]
fn texts_of_tight_rows_stay_in_their_cells_where_all_are_struck() {
    let mut page = String::new();
    for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Jenggawah", "Rambipuji"]) {
        let y = f32::from(i).mul_add(9.0, 100.0);
        page += &(frame(50.0, y, 130.0, 9.0) + &frame(180.0, y, 80.0, 9.0));
        page += &(text(54.0, y + 5.5, name) + &text(240.0, y + 5.5, &format!("2{i}")));
    }
    assert_eq!(rows(&page), ["Ajung|20", "Balung|21", "Jenggawah|22", "Rambipuji|23"]);
}

#[test]
fn headings_that_stand_half_way_beside_those_of_two_lines_have_no_text_above_them() {
    let mut page = row(100.0, &[(235.0, "Kebutuhan Logistik")]);
    page += &(row(113.0, &[(60.0, "Desa"), (120.0, "TPS"), (420.0, "Ket")]) + &row(116.0, &[(170.0, "Surat"), (290.0, "Tinta")]));
    page += &(row(122.0, &[(234.0, "Bilik"), (354.0, "Kotak")]) + &row(128.0, &[(170.0, "Suara"), (290.0, "Pilkada")]));
    page += &body(146.0, &[124.0, 174.0, 234.0, 294.0, 354.0, 424.0]);
    assert_eq!(rows(&page)[..2], ["Desa|TPS|Kebutuhan Logistik|Ket", "Surat Suara|Bilik|Tinta Pilkada|Kotak"]);
}

#[test]
fn the_last_row_of_texts_needs_no_ground_below_grounds_of_every_other_row() {
    let at = [44.0, 60.0, 173.0, 286.0, 398.0, 533.0];
    let columns = |y: f32, texts: [&str; 6]| at.iter().zip(texts).map(|(&x, t)| text(x, y, t)).collect::<String>();
    let mut page = line((40.0, 98.0), (560.0, 98.0));
    for n in [1_u8, 3] {
        page += &ground(40.0, f32::from(n - 1).mul_add(44.0, 98.0), 520.0, 44.0);
    }
    page += &columns(92.0, ["No", "Tujuan", "Sasaran", "Indikator", "Cara Hitung", "Target"]);
    for (n, number) in (0_u8..).zip(["1.", "2.", "3.", "4."]) {
        let y = f32::from(n).mul_add(44.0, 108.0);
        page +=
            &columns(y, [number, "Mewujudkan kantor", "Tersedianya produk", "Jumlah keputusan", "Jumlah surat yang", "40 Dok"]);
        page += &columns(y + 10.0, ["", "mandiri dan jujur,", "yang tertata", "yang diunggah", "diunggah, menurut", ""]);
        page += &text(60.0, y + 20.0, "profesional");
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    let last =
        "4.|Mewujudkan kantor mandiri dan jujur, profesional|Tersedianya produk yang tertata|Jumlah keputusan yang diunggah";
    assert_eq!((rows.len(), rows[4].starts_with(last)), (5, true), "{rows:?}");
}

#[test]
fn a_sparse_last_row_of_money_needs_no_ground_below_a_text_that_wrapped() {
    let at = [44.0, 90.0, 190.0, 250.0, 290.0, 330.0, 450.0, 500.0];
    let columns = |y: f32, texts: [&str; 8]| at.iter().zip(texts).map(|(&x, t)| text(x, y, t)).collect::<String>();
    let detail = |y: f32| {
        let all = ["A01", "Honor pejabat", "12 bulan", "12", "OB", "2.400", "57.600", "RM"];
        columns(y, all) + &text(90.0, y + 10.0, "pengadaan")
    };
    let mut page = line((40.0, 98.0), (525.0, 98.0));
    page += &columns(92.0, ["Kode", "Uraian", "Rincian", "Vol", "Sat", "Harga", "Jumlah", "SD"]);
    for y in [98.0, 146.0] {
        page += &ground(40.0, y, 485.0, 24.0);
    }
    page += &[108.0, 132.0, 156.0].map(detail).concat();
    page += &columns(182.0, ["A02", "Belanja bahan", "", "", "", "", "10.250", ""]);
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows.last().map(String::as_str), Some("A02|Belanja bahan|10.250"), "{rows:?}");
}

#[test]
fn a_text_that_ends_closer_than_a_space_before_the_next_column_does_not_go_on_in_it() {
    // Letters are 5.56 wide, a space 2.78: the longest text ends 2 points before the column of the next.
    let row = |i: u8, name: &str| {
        let y = f32::from(i).mul_add(14.0, 74.0);
        text(60.0, y, name) + &text(134.28, y, "nada nada nada") + &text(260.0, y, &format!("{}", 40 + i))
    };
    let heads = text(60.0, 60.0, "Sasaran") + &text(134.28, 60.0, "Ukuran") + &text(260.0, 60.0, "Target");
    let names = ["dada dada", "dada", "dada dada dada", "dada dada"];
    let page: String = heads + &(0_u8..).zip(names).map(|(i, name)| row(i, name)).collect::<String>();
    let shown = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(shown[3], "dada dada dada|nada nada nada|42");
}
