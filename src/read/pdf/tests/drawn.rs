//! Lines that do not tell all: tables ruled in part, charts, columns of text.

use super::*;

/// Content that strokes a straight line, its ends as points below the upper edge.
pub(super) fn line(from: (f32, f32), to: (f32, f32)) -> String {
    format!("{} {} m {} {} l S\n", from.0, 842.0 - from.1, to.0, 842.0 - to.1)
}

#[test]
fn columns_of_figures_without_a_line_between_them_are_columns() {
    // Lines above, below the names of the groups, below the heading, at the end; one behind the labels, one between the groups.
    let mut page: String = [100.0, 116.0, 132.0, 210.0].iter().map(|&y| line((50.0, y), (430.0, y))).collect();
    page = page.replace("50 726 m", "150 726 m");
    page += &(line((150.0, 100.0), (150.0, 210.0)) + &line((290.0, 100.0), (290.0, 210.0)));
    page += &(text(60.0, 120.0, "Desa") + &text(200.0, 112.0, "Triwulan I") + &text(340.0, 112.0, "Triwulan II"));
    for x in [180.0, 320.0] {
        page += &(text(x, 128.0, "Laki") + &text(x + 60.0, 128.0, "Puan"));
    }
    for (i, name) in (0_u8..).zip(["Ajung", "Balung", "Jenggawah", "Rambipuji", "Wuluhan"]) {
        let y = f32::from(i).mul_add(14.0, 146.0);
        page += &text(60.0, y, name);
        for (k, x) in (1_u8..).zip([183.0, 243.0, 323.0, 383.0]) {
            page += &text(x, y, &format!("1{k}{i}"));
        }
    }
    let document = document(&pdf(&[&page], ""));
    let rows = shown(&document.grids[0]);
    assert_eq!(
        rows[..3],
        ["Desa|Triwulan I|Triwulan II", "Laki|Puan|Laki|Puan", "Ajung|110|120|130|140"],
        "{:?}",
        document.grids[0].merges
    );
    let across = |left, right| Merge { top: 0, left, bottom: 0, right };
    assert!(document.grids[0].merges.contains(&across(1, 2)) && document.grids[0].merges.contains(&across(3, 4)));
}

#[test]
fn the_bars_and_labels_of_a_chart_are_no_table() {
    let mut page =
        text(60.0, 60.0, "Gambar 1. Pemilih") + &line((100.0, 300.0), (440.0, 300.0)) + &line((100.0, 120.0), (100.0, 300.0));
    for i in 0_u8..10 {
        let (x, height) = (f32::from(i).mul_add(32.0, 112.0), f32::from(i * 7 % 11).mul_add(14.0, 20.0));
        page += &format!("0.5 g {x} 542 20 {height} re f 0 g\n");
        page += &text(x, 312.0, &format!("{}", 2016 + u16::from(i)));
    }
    for (i, label) in ["0", "50", "100"].into_iter().enumerate() {
        page += &text(80.0, 300.0 - [0.0, 80.0, 160.0][i], label);
    }
    page += &(text(130.0, 130.0, "laki-laki") + &text(300.0, 130.0, "perempuan"));
    let document = document(&pdf(&[&page], ""));
    assert_eq!(document.grids.len(), 1);
    assert_eq!(&*document.grids[0].name, "p1");
}

#[test]
fn rows_of_texts_between_upright_lines_are_rows() {
    let mut page: String = [100.0, 116.0, 214.0].iter().map(|&y| line((50.0, y), (430.0, y))).collect();
    page += &[50.0, 150.0, 430.0].iter().map(|&x| line((x, 100.0), (x, 214.0))).collect::<String>();
    page += &(text(60.0, 111.0, "Tahap") + &text(160.0, 111.0, "Kegiatan"));
    for (i, name) in (0_u8..).zip(["Persiapan", "Pencocokan", "Penetapan"]) {
        let y = f32::from(i).mul_add(32.0, 130.0);
        page += &(text(60.0, y, name) + &text(160.0, y, "Rapat koordinasi dengan panitia pemilihan kecamatan"));
        page += &text(160.0, y + 12.0, "dan panitia pemungutan suara");
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!((rows.len(), rows[2].split('|').next()), (4, Some("Pencocokan")), "{rows:?}");
}

#[test]
fn headings_that_share_a_line_take_their_own_columns() {
    let mut page =
        line((50.0, 100.0), (430.0, 100.0)) + &line((150.0, 116.0), (430.0, 116.0)) + &line((50.0, 132.0), (430.0, 132.0));
    page += &(text(60.0, 128.0, "Desa") + &text(200.0, 112.0, "Triwulan I") + &text(340.0, 112.0, "Triwulan II"));
    for (i, name) in (0_u8..).zip(["", "Ajung", "Balung", "Wuluhan"]) {
        let y = f32::from(i).mul_add(14.0, 128.0);
        page += &text(60.0, y, name);
        for (k, x) in (1_u8..).zip([180.0, 240.0, 320.0, 380.0]) {
            let head = if k % 2 == 1 { "Laki" } else { "Puan" };
            page += &text(x, y, &if i == 0 { head.to_owned() } else { format!("1{k}{i}") });
        }
    }
    page += &line((50.0, 176.0), (430.0, 176.0));
    let document = document(&pdf(&[&page], ""));
    let across = |left, right| Merge { top: 0, left, bottom: 0, right };
    assert!(document.grids[0].merges.contains(&across(1, 2)) && document.grids[0].merges.contains(&across(3, 4)));
}

#[test]
fn the_third_line_of_a_label_goes_on_with_its_row() {
    let mut page = text(60.0, 100.0, "Uraian") + &text(250.0, 100.0, "Target") + &text(320.0, 100.0, "Nilai");
    for i in 0_u8..4 {
        let y = f32::from(i).mul_add(38.0, 114.0);
        page += &(text(60.0, y, "Penyusunan daftar") + &text(255.0, y, "12") + &text(325.0, y, "34"));
        page += &(text(60.0, y + 12.0, "pemilih di tingkat") + &text(60.0, y + 24.0, "kecamatan"));
    }
    let rows = shown(&document(&pdf(&[&page], "")).grids[0]);
    assert_eq!((rows.len(), rows[1].as_str()), (5, "Penyusunan daftar pemilih di tingkat kecamatan|12|34"), "{rows:?}");
}
