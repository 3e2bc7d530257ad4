//! Tables as offices print them: grounds behind headings only, lines over totals only, rows parted by lines and columns by nothing.

use super::drawn::line;
use super::reports::ground;
use super::*;

/// Texts side by side, each at its x, on one line.
fn row(top: f32, texts: &[(f32, &str)]) -> String {
    texts.iter().map(|&(x, t)| text(x, top, t)).collect()
}

#[test]
fn rows_below_grounds_of_a_heading_belong_to_it() {
    let columns = [50.0, 150.0, 250.0, 350.0];
    let mut page: String = [100.0, 114.0].iter().flat_map(|&y| columns.map(|x| ground(x, y, 99.0, 13.0))).collect();
    page += &row(110.0, &[(180.0, "Harga"), (280.0, "Bagian"), (380.0, "Luas")]);
    page += &row(124.0, &[(180.0, "$m"), (280.0, "%"), (380.0, "ha")]);
    for (y, name) in [(138.0, "Sawah"), (180.0, "Kebun")] {
        page += &text(60.0, y, name);
        for (k, name) in (1_u8..).zip(["Ajung", "Balung"]) {
            page += &row(f32::from(k).mul_add(14.0, y), &[(66.0, name), (180.0, "112"), (280.0, "12"), (380.0, "340")]);
        }
    }
    let document = document(&pdf(&[&page], ""));
    let expected = ["Harga|Bagian|Luas", "$m|%|ha", "Sawah", "Ajung|112|12|340", "Balung|112|12|340", "Kebun"];
    let rows: Vec<String> = shown(&document.grids[0]).into_iter().take(6).collect();
    assert_eq!((document.grids.len(), rows), (1, expected.map(String::from).to_vec()));
}

#[test]
fn lines_over_figures_alone_do_not_part_them_from_their_names() {
    let mut page: String = [104.0, 174.0, 190.0, 193.0].iter().map(|&y| line((180.0, y), (420.0, y))).collect();
    page += &(text(230.0, 100.0, "Tahun yang berakhir 30 Juni") + &row(116.0, &[(230.0, "2024"), (390.0, "2025")]));
    for (i, name) in (0_u8..).zip(["Belanja pegawai", "Belanja barang", "Belanja modal", "Bunga", "Jumlah"]) {
        page += &row(f32::from(i).mul_add(14.0, 130.0), &[(60.0, name), (231.0, "1.250"), (391.0, "2.340")]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows[2..4], ["Belanja pegawai|1.250|2.340", "Belanja barang|1.250|2.340"]);
    assert_eq!(rows[6], "Jumlah|1.250|2.340");
}

#[test]
fn rows_between_level_lines_have_the_columns_of_their_ruled_heading() {
    let stops = [50.0, 90.0, 250.0, 330.0, 410.0];
    let mut page: String = [100.0, 120.0, 140.0, 160.0, 180.0].iter().map(|&y| line((50.0, y), (410.0, y))).collect();
    page += &stops.iter().map(|&x| line((x, 100.0), (x, 120.0))).collect::<String>();
    page += &(line((50.0, 100.0), (50.0, 180.0)) + &line((410.0, 100.0), (410.0, 180.0)));
    page += &row(114.0, &[(60.0, "No"), (100.0, "Uraian"), (260.0, "Pagu"), (340.0, "Realisasi")]);
    page += &text(180.0, 134.0, "A. BELANJA RUTIN");
    page += &row(154.0, &[(60.0, "1."), (100.0, "Belanja alat tulis"), (270.0, "1.250"), (350.0, "900")]);
    page += &row(174.0, &[(100.0, "Jumlah A"), (270.0, "1.250"), (350.0, "900")]);
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows, ["No|Uraian|Pagu|Realisasi", "A. BELANJA RUTIN", "1.|Belanja alat tulis|1.250|900", "Jumlah A|1.250|900"]);
}

#[test]
fn tables_side_by_side_on_the_same_lines_are_two_and_the_halves_of_a_list_are_one() {
    let names = [("Ajung", "Apel"), ("Balung", "Beras"), ("Wuluhan", "Cabai"), ("Jenggawah", "Durian")];
    let read = |heads: [(&str, &str); 2]| {
        let [(a, b), (c, d)] = heads;
        let mut page = row(100.0, &[(60.0, a), (130.0, b), (330.0, c), (400.0, d)]);
        for (i, (left, right)) in (0_u8..).zip(names) {
            page += &row(f32::from(i).mul_add(14.0, 114.0), &[(60.0, left), (130.0, "112"), (330.0, right), (400.0, "340")]);
        }
        document(&pdf(&[&page], "")).grids.iter().map(|g| shown(g)[1].clone()).collect::<Vec<_>>()
    };
    assert_eq!(read([("Desa", "2024"), ("Buah", "2025")]), ["Ajung|112", "Apel|340"]);
    assert_eq!(read([("Nama", "2024"), ("Nama", "2024")]), ["Ajung|112|Apel|340"]);
}

#[test]
fn a_line_that_reaches_farther_than_the_others_of_its_column_stays_in_it() {
    let mut page = row(100.0, &[(60.0, "Kode"), (110.0, "Program"), (300.0, "Unit"), (360.0, "Pagu")]);
    page += &row(114.0, &[(60.0, "29.292"), (110.0, "Bantuan"), (300.0, "Dinas"), (360.0, "1.250")]);
    page += &row(128.0, &[(110.0, "Peralatan rumah sakit dan puskesmas")]);
    page += &row(139.0, &[(60.0, "29.293"), (110.0, "daerah"), (300.0, "Dinas"), (360.0, "1.900")]);
    for (y, code) in [(153.0, "29.294"), (167.0, "29.295")] {
        page += &row(y, &[(60.0, code), (110.0, "Perjalanan"), (300.0, "Biro"), (360.0, "2.500")]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert!(rows.iter().any(|r| r.ends_with("|Dinas|1.900")), "{rows:?}");
}

#[test]
fn years_in_the_second_line_of_a_heading_belong_to_its_first() {
    let mut page = row(89.0, &[(300.0, "Perubahan")]) + &row(100.0, &[(300.0, "2019/2020")]);
    page += &row(111.0, &[(150.0, "2019"), (220.0, "2020"), (300.0, "(dalam %)")]);
    for (y, name) in [(130.0, "Ajung"), (144.0, "Balung"), (158.0, "Wuluhan")] {
        page += &row(y, &[(60.0, name), (152.0, "11,2"), (222.0, "34,0"), (312.0, "22,8")]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows[0], "2019|2020|Perubahan 2019/2020 (dalam %)");
}

#[test]
fn dots_for_figures_that_are_not_known_stay_in_their_columns() {
    let mut page = row(100.0, &[(60.0, "Desa"), (150.0, "2019"), (220.0, "2020"), (290.0, "2021")]);
    for (y, name) in [(114.0, "Ajung"), (128.0, "Balung"), (142.0, "Wuluhan")] {
        page += &row(y, &[(60.0, name), (152.0, "11,2"), (222.0, ".."), (292.0, "..")]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows[1], "Ajung|11,2|..|..");
}

#[test]
fn an_index_in_columns_is_no_table() {
    let page: String = (0_u8..8)
        .map(|i| {
            let entry = |name: &str| format!("{name}, {i}2, 1{i}3");
            row(
                f32::from(i).mul_add(14.0, 100.0),
                &[(60.0, &entry("Anggaran")), (220.0, &entry("Pemilih")), (380.0, &entry("Wilayah"))],
            )
        })
        .collect();
    let document = document(&pdf(&[&page], ""));
    assert_eq!(document.grids.iter().map(|g| &*g.name).collect::<Vec<_>>(), ["p1"]);
}

#[test]
fn the_title_in_the_middle_above_a_table_is_no_heading_and_the_first_line_of_one_is() {
    let title = "Tabel 3. Belanja menurut program dan unit kerja tahun 2025";
    let mut page = text(158.8, 89.0, title) + &text(60.0, 101.0, "Kode");
    page += &row(112.0, &[(60.0, "Akun"), (130.0, "Program"), (330.0, "Unit"), (500.0, "Pagu")]);
    for (y, code) in [(130.0, "521211"), (144.0, "521213"), (158.0, "524111")] {
        page += &row(y, &[(60.0, code), (130.0, "Belanja"), (330.0, "Biro Umum"), (500.0, "2.500")]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows[..2], ["Kode Akun|Program|Unit|Pagu", "521211|Belanja|Biro Umum|2.500"]);
}

#[test]
fn rows_of_short_texts_do_not_go_on_with_the_rows_above() {
    let mut page = row(100.0, &[(60.0, "Tanggal"), (135.0, "Judul"), (330.0, "Masa"), (400.0, "Terbit")]);
    for (y, texts) in [
        (112.0, ["25 Maret 2025", "Jumlah pemilih aktif", "Triwulan I", "Bulanan"]),
        (124.0, ["14 Maret 2025", "Jumlah pemilih", "Triwulan I", "Tahunan"]),
        (136.0, ["20 Januari 2025", "Anggaran belanja", "Triwulan II", "Triwulanan"]),
        (148.0, ["27 Maret 2025", "Anggaran", "Tahun 2025", "Tahunan"]),
    ] {
        page += &row(y, &[(60.0, texts[0]), (135.0, texts[1]), (330.0, texts[2]), (400.0, texts[3])]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!((rows.len(), rows[2].as_str()), (5, "14 Maret 2025|Jumlah pemilih|Triwulan I|Tahunan"));
}

#[test]
fn the_running_title_of_a_page_is_no_row_of_the_table_below_it() {
    let mut page = row(60.0, &[(60.0, "Laporan tahunan"), (380.0, "281")]);
    page += &text(118.6, 78.0, "Tabel 3. Belanja menurut unit kerja tahun 2025");
    page += &row(96.0, &[(60.0, "Unit"), (180.0, "Pagu"), (340.0, "Realisasi")]);
    for (y, name) in [(110.0, "Biro"), (124.0, "Dinas"), (138.0, "Badan")] {
        page += &row(y, &[(60.0, name), (180.0, "2.500"), (360.0, "1.200")]);
    }
    let document = document(&pdf(&[&page], ""));
    assert_eq!(shown(&document.grids[0])[0], "Unit|Pagu|Realisasi");
}

#[test]
fn a_group_heading_stands_above_as_many_columns_as_its_sisters() {
    let mut page = row(100.0, &[(150.0, "Pemilih awal bulan"), (300.0, "Pemilih baru bulan"), (430.0, "Pemilih akhir bulan")]);
    page +=
        &row(114.0, &[(50.0, "Nama"), (150.0, "Jml"), (205.0, "L"), (255.0, "P"), (300.0, "Jml"), (355.0, "L"), (405.0, "P")]);
    page += &row(114.0, &[(450.0, "Jml"), (505.0, "L"), (555.0, "P")]);
    for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Kumai", "Sampit"]) {
        let y = f32::from(i).mul_add(14.0, 130.0);
        page += &row(y, &[(50.0, name), (150.0, "220"), (200.0, "111"), (250.0, "109"), (300.0, "440"), (350.0, "220")]);
        page += &row(y, &[(400.0, "220"), (450.0, "660"), (500.0, "330"), (550.0, "330")]);
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    let expected = ["Nama|Pemilih awal bulan|Pemilih baru bulan|Pemilih akhir bulan", "Jml|L|P|Jml|L|P|Jml|L|P"];
    assert_eq!(rows[..2], expected);
}

#[test]
fn a_row_between_notes_that_tore_its_table_is_told() {
    let line_at = |y: f32, name: &str, amount: &str, x: f32| row(y, &[(50.0, "1"), (80.0, name), (x, amount)]);
    let mut page = row(100.0, &[(46.0, "No"), (80.0, "Uraian"), (394.0, "Jumlah (Rp)")]);
    for (i, name) in (0_u8..).zip(["Belanja pegawai", "Belanja barang", "Belanja modal"]) {
        page += &line_at(f32::from(i).mul_add(14.0, 114.0), name, "61.095.000", 400.0);
    }
    page += &(text(50.0, 170.0, "Catatan:") + &text(50.0, 180.0, "lokasi di kabupaten"));
    page += &line_at(200.0, "Penyusunan laporan", "61.095.000", 400.0);
    let mut findings = Findings::default();
    let read = read(&mut findings, &pdf(&[&page], ""), &Limits::default()).unwrap();
    let held = read.grids.iter().any(|g| shown(g).iter().any(|r| r.contains("Penyusunan laporan")));
    assert!(held || findings.0.iter().any(|f| f.code == "A13"), "the row is neither read nor told");
}

#[test]
fn group_headings_share_rounds_of_the_same_headings() {
    let at = |col: u8| f32::from(col).mul_add(40.0, 150.0);
    let mut page = row(114.0, &[(50.0, "Nama")]);
    for (group, name) in (0_u8..).zip(["DPB lalu", "Baru", "DPB kini"]) {
        // Its middle stands left of that of its columns.
        page += &text(at(group * 3) - 8.0, 100.0, name);
        for (k, name) in (0_u8..).zip(["L", "P", "Jml"]) {
            page += &text(at(group * 3 + k), 114.0, name);
        }
    }
    for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Kumai", "Sampit"]) {
        let y = f32::from(i).mul_add(14.0, 130.0);
        page += &text(50.0, y, name);
        page += &(0..9).map(|col| text(at(col) - 5.0, y, "1.250")).collect::<String>();
    }
    let grid = &document(&pdf(&[&page], "")).grids[0];
    let groups: Vec<(u16, u16)> = grid.merges.iter().filter(|m| m.top == 0 && m.left > 0).map(|m| (m.left, m.right)).collect();
    assert_eq!(groups, [(1, 3), (4, 6), (7, 9)]);
    assert_eq!(shown(grid)[1], "L|P|Jml|L|P|Jml|L|P|Jml");
}

#[test]
fn group_headings_of_one_line_and_of_two_stand_above_their_rounds() {
    let at = |col: u8| f32::from(col).mul_add(40.0, 150.0);
    let middle = |x: f32, y: f32, name: &str| text(x - 2.5 * f32::from(u8::try_from(name.len()).unwrap()), y, name);
    let groups = |top: f32, first: [&str; 2]| {
        let mut page = middle(70.0, 111.0, "Nama") + &middle(at(1), top, first[0]) + &middle(at(1), 109.0, first[1]);
        page += &(middle(at(4), 104.5, "Pemilih baru") + &middle(at(7), 104.5, "TMS"));
        page += &(middle(at(10), 100.0, "Pemilih hasil") + &middle(at(10), 109.0, "pemutakhiran"));
        for (i, name) in (0_u8..).zip(["Total", "L", "P"].repeat(4)) {
            page += &middle(at(i), 123.0, name);
        }
        for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Kumai", "Sampit"]) {
            let y = f32::from(i).mul_add(14.0, 138.0);
            page += &text(50.0, y, name);
            page += &(0..12).map(|col| text(at(col) - 5.0, y, "1.250")).collect::<String>();
        }
        let grid = document(&pdf(&[&page], "")).grids.remove(0);
        let mut all: Vec<_> = grid.merges.iter().filter(|m| m.left > 0 && m.right > m.left).map(|m| (m.left, m.right)).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(groups(100.0, ["DPB semester", "2025"]), [(1, 3), (4, 6), (7, 9), (10, 12)]);
    // Two texts below each other above one round.
    assert_eq!(groups(90.0, ["2025", "DPB semester"]), [(1, 3), (1, 3), (4, 6), (7, 9), (10, 12)]);
}

#[test]
fn group_headings_over_the_first_of_their_columns_mean_all_of_them() {
    let at = |col: u8| f32::from(col).mul_add(50.0, 150.0);
    let middle = |x: f32, y: f32, name: &str| text(x - 2.5 * f32::from(u8::try_from(name.len()).unwrap()), y, name);
    let page = |second: [&str; 3], first: f32| {
        let mut page = text(50.0, first, "Nama") + &middle(at(0), 100.0, "Baru") + &middle(at(3), 100.0, "TMS");
        page += &middle(at(4), 100.0, "Ubah");
        let below = [(0, "L"), (1, "P"), (2, "Jml"), (4, second[0]), (5, second[1]), (6, second[2])];
        page += &below.map(|(col, name)| middle(at(col), 118.0, name)).concat();
        for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Kumai", "Sampit"]) {
            let y = f32::from(i).mul_add(14.0, 136.0);
            page += &text(50.0, y, name);
            page += &(0..7).map(|col| text(at(col), y, "250")).collect::<String>();
        }
        let grid = document(&pdf(&[&page], "")).grids.remove(0);
        grid.merges.iter().filter(|m| m.top == 0 && m.left > 0 && m.right > m.left).map(|m| (m.left, m.right)).collect::<Vec<_>>()
    };
    assert_eq!(page(["L", "P", "Jml"], 118.0), [(1, 3), (5, 7)]);
    // The lower line holds only what the two groups mean: what belongs to none stands on the upper one.
    assert_eq!(page(["Nama", "Alamat", "Ket"], 100.0), [(1, 3), (5, 7)]);
    assert_eq!(page(["Nama", "Alamat", "Ket"], 118.0).len(), 0);
}

#[test]
fn the_number_and_name_of_a_group_below_the_total_part_no_table() {
    let at = |col: u8| f32::from(col).mul_add(50.0, 200.0);
    let figures = |y: f32, said: &str| (0..4).map(|col| text(at(col), y, said)).collect::<String>();
    let mut page = row(100.0, &[(50.0, "No"), (80.0, "Desa"), (at(0), "L"), (at(1), "P"), (at(2), "Jml"), (at(3), "TPS")]);
    page += &(text(50.0, 116.0, "TOTAL SELURUHNYA") + &figures(116.0, "999"));
    for (i, (number, name)) in (0_u8..).zip([("I", "KEC. AJUNG"), ("1.", "Balung"), ("2.", "Kumai"), ("3.", "Sampit")]) {
        let y = f32::from(i).mul_add(16.0, 132.0);
        page += &(text(50.0, y, number) + &text(80.0, y, name));
        page += &if i == 0 { String::new() } else { figures(y, "333") };
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!(rows.len(), 6, "{rows:?}");
    assert_eq!(rows[2], "I|KEC. AJUNG");
}

#[test]
fn a_heading_said_again_between_the_rows_stands_in_the_same_cells() {
    let at = |col: u8| f32::from(col).mul_add(50.0, 150.0);
    let heading = |y: f32| {
        let groups =
            text(at(0), y, "Data Awal") + &text(at(3), y, "Baru") + &text(at(4), y, "TMS") + &text(at(5), y, "Data Akhir");
        groups
            + &row(
                y + 14.0,
                &[(50.0, "Nama"), (at(0), "LP"), (at(1), "L"), (at(2), "P"), (at(5), "LP"), (at(6), "L"), (at(7), "P")],
            )
    };
    let mut page = heading(100.0) + &heading(186.0);
    for (y, name) in [(130.0, "Ajung"), (144.0, "Balung"), (158.0, "Kumai"), (172.0, "Sampit"), (216.0, "TOTAL")] {
        page += &text(50.0, y, name);
        page += &(0..8).map(|col| text(at(col) - 5.0, y, "1.250")).collect::<String>();
    }
    let grid = document(&pdf(&[&page], "")).grids.remove(0);
    let across = |top: u32| -> Vec<(u16, u16)> {
        grid.merges.iter().filter(|m| m.top == top && m.right > m.left).map(|m| (m.left, m.right)).collect()
    };
    assert_eq!(shown(&grid)[6], shown(&grid)[0]);
    assert!(!across(0).is_empty());
    assert_eq!(across(6), across(0));
}
