//! Forms and sheets as offices print them: shrunk to fit the width of their paper, or labels with their answers above a list.

use super::*;

/// Content in a tenth of points: a sheet shrunk to fit its paper.
fn shrunk(content: &str) -> String {
    format!("q 0.25 0 0 0.25 20 600 cm\n{content}Q\n")
}

#[test]
fn a_sheet_shrunk_to_its_paper_keeps_its_rows_and_its_boxes() {
    let mut page = String::new();
    for (i, (no, name)) in [("1", "Menerima surat"), ("2", "Mencatat surat"), ("3", "Menyimpan surat")].into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "three rows")]
        let top = 12.0_f32.mul_add(i as f32, 100.0);
        page += &(frame(50.0, top, 40.0, 12.0) + &frame(90.0, top, 200.0, 12.0));
        page += &(text(60.0, top + 10.0, no) + &text(95.0, top + 10.0, name));
    }
    let document = document(&pdf(&[&shrunk(&page)], ""));
    assert_eq!(shown(&document.grids[0]), ["1|Menerima surat", "2|Mencatat surat", "3|Menyimpan surat"]);
    let Place::Paper { boxes } = &document.grids[0].place else { panic!("paper") };
    let [left, .., right, _] = boxes[0].3;
    assert!((left - 32.5).abs() < 0.5 && (right - 42.5).abs() < 0.5, "where it is printed: {left} to {right}");
}

#[test]
fn answers_left_out_of_a_form_above_a_list_shift_no_others() {
    let mut page = String::new();
    let rows = [
        ("Nomor", "4/2025"),
        ("Dibuat", "3 April 2025"),
        ("Direvisi", ""),
        ("Berlaku", "9 April 2025"),
        ("Disahkan", "Sekretaris"),
    ];
    for (i, (label, answer)) in rows.into_iter().chain([("Nama", "Pengelolaan Surat"), ("Tugas", "Wewenang")]).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let top = 18.0_f32.mul_add(i as f32, 100.0);
        page += &(text(50.0, top, label) + &text(200.0, top, answer));
    }
    for (i, n) in (0_u8..).zip(["1.", "2.", "3.", "4."]) {
        let top = f32::from(i).mul_add(18.0, 226.0);
        page += &(text(50.0, top, n)
            + &text(70.0, top, "Menyusun laporan")
            + &text(200.0, top, n)
            + &text(260.0, top, "Menandatangani"));
    }
    let document = document(&pdf(&[&page], ""));
    let rows: Vec<String> = document.grids.iter().flat_map(shown).collect();
    assert!(rows.contains(&"Berlaku|9 April 2025".to_owned()) && rows.contains(&"Disahkan|Sekretaris".to_owned()), "{rows:?}");
}
