//! Whole documents: a few lines of page content in, grids out.

use std::fmt::Write as _;

use super::read;
use crate::model::origin::Place;
use crate::model::schema::Limits;
use crate::model::{Document, Findings, Grid, Merge};

mod budgets;
mod cells;
mod drawn;
mod forms;
mod offices;
mod pages;
mod reports;
mod wrapped;

/// A PDF with these page contents (A4, Helvetica as `/F`), each page with extra entries.
fn pdf(pages: &[&str], extra: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", 4 + 2 * i)).collect();
    let _ = writeln!(out, "2 0 obj<</Type/Pages/Kids[{}]/Count {}>>endobj", kids.join(" "), pages.len());
    out.push_str("3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
    for (i, content) in pages.iter().enumerate() {
        let (page, stream) = (4 + 2 * i, 5 + 2 * i);
        let resources = "/Resources<</Font<</F 3 0 R>>>>";
        let _ = writeln!(
            out,
            "{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}/Contents {stream} 0 R{extra}>>endobj"
        );
        let _ = writeln!(out, "{stream} 0 obj<</Length {}>>stream\n{content}\nendstream endobj", content.len());
    }
    out.push_str("trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
    out.into_bytes()
}

/// Content that writes a text in 10 points with its left end at `x`, `top` points below the upper edge.
fn text(x: f32, top: f32, text: &str) -> String {
    format!("BT /F 10 Tf {x} {} Td ({text}) Tj ET\n", 842.0 - top)
}

/// Content that strokes a rectangle.
fn frame(x: f32, top: f32, width: f32, height: f32) -> String {
    format!("{x} {} {width} {height} re S\n", 842.0 - top - height)
}

fn document(bytes: &[u8]) -> Document {
    let mut findings = Findings::default();
    let document = read(&mut findings, bytes, &Limits::default());
    assert_eq!(findings, Findings::default());
    document.unwrap()
}

/// Rows as text, cells parted by `|`.
fn shown(grid: &Grid) -> Vec<String> {
    let rows = grid.cells.iter().map(|c| c.row).max().map_or(0, |r| r + 1);
    let join = |r: u32| grid.row(r).iter().map(|c| grid.shown(c.value)).collect::<Vec<_>>().join("|");
    (0..rows).map(join).collect()
}

#[test]
fn a_ruled_table_keeps_its_merged_heading_its_boxes_and_the_title_around_it() {
    let mut page = text(60.0, 60.0, "REKAPITULASI PEMILIH");
    page += &frame(50.0, 100.0, 100.0, 40.0);
    page += &frame(150.0, 100.0, 120.0, 20.0);
    page += &text(60.0, 124.0, "Kecamatan");
    page += &text(180.0, 114.0, "Pemilih");
    for (i, (name, l, p)) in [("", "L", "P"), ("Kumai", "1.234", "1.300"), ("Arut", "12", "9")].into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "three rows")]
        let top = 20.0_f32.mul_add(i as f32, 120.0);
        if i > 0 {
            page += &frame(50.0, top, 100.0, 20.0);
        }
        page += &(frame(150.0, top, 60.0, 20.0) + &frame(210.0, top, 60.0, 20.0));
        page += &(text(60.0, top + 14.0, name) + &text(160.0, top + 14.0, l) + &text(220.0, top + 14.0, p));
    }
    let document = document(&pdf(&[&page], ""));
    let grid = &document.grids[0];
    assert_eq!((grid.name.as_str(), grid.page), ("p1.1", Some(1)));
    assert_eq!(shown(grid), ["Kecamatan|Pemilih", "L|P", "Kumai|1.234|1.300", "Arut|12|9"]);
    assert_eq!(grid.merges, [Merge { top: 0, left: 0, bottom: 1, right: 0 }, Merge { top: 0, left: 1, bottom: 0, right: 2 }]);
    assert_eq!(grid.around.iter().map(AsRef::as_ref).collect::<Vec<_>>(), ["REKAPITULASI PEMILIH"]);
    let Place::Paper { boxes } = &grid.place else { panic!("not on paper") };
    assert!(boxes.contains(&(2, 1, 1, [150.0, 140.0, 210.0, 160.0])), "{boxes:?}");
}

/// Rows of an unruled table from `top` on: a name, a figure ending at 260, a figure ending at 340.
fn plain_rows(top: f32, rows: &[(&str, &str, &str)]) -> String {
    let mut out = String::new();
    for (i, (name, a, b)) in rows.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let y = 14.0_f32.mul_add(i as f32, top);
        #[expect(clippy::cast_precision_loss, reason = "a few digits, all as wide as each other")]
        let right = |t: &str, end: f32| text(5.56_f32.mul_add(-(t.len() as f32), end), y, t);
        out += &(text(60.0, y, name) + &right(a, 260.0) + &right(b, 340.0));
    }
    out
}

#[test]
fn a_table_without_lines_is_found_by_its_alignment() {
    let rows =
        [("Desa", "2024", "2025"), ("Mangaran", "6 746", "6 651"), ("Klompangan dan", "5 345", "5 303"), ("Ajung", "941", "12")];
    let page = text(60.0, 60.0, "Jumlah penduduk menurut desa") + &plain_rows(120.0, &rows);
    let document = document(&pdf(&[&page], ""));
    assert_eq!(document.grids.len(), 1);
    assert_eq!(
        shown(&document.grids[0]),
        ["Desa|2024|2025", "Mangaran|6 746|6 651", "Klompangan dan|5 345|5 303", "Ajung|941|12"]
    );
}

#[test]
fn what_is_left_between_the_parts_of_a_table_is_told() {
    let first = plain_rows(712.0, &[("Desa", "L", "P"), ("Mangaran", "11", "12"), ("Ajung", "21", "22"), ("Rowo", "31", "32")]);
    let second = plain_rows(60.0, &[("Pancakarya", "41", "42"), ("Wirowongso", "51", "52")]);
    let told = |between: &str| {
        let mut findings = Findings::default();
        let pages = [&*(first.clone() + between), &*second];
        read(&mut findings, &pdf(&pages, ""), &Limits::default()).map(|d| (findings, d.grids.len()))
    };
    let (findings, grids) = told(&text(130.0, 768.0, "Indah")).unwrap();
    assert_eq!((grids, findings.has("A13")), (1, true));
    let (findings, grids) = told(&text(290.0, 800.0, "- 3 -")).unwrap();
    assert_eq!((grids, findings.has("A13")), (1, false));
}

#[test]
fn running_text_is_a_grid_of_lines_named_after_its_page() {
    let page = text(60.0, 60.0, "Pada hari ini telah dilaksanakan rapat pleno") + &text(60.0, 74.0, "bertempat di kantor.");
    let document = document(&pdf(&[&page], ""));
    assert_eq!(document.grids[0].name, "p1");
    assert_eq!(shown(&document.grids[0]), ["Pada hari ini telah dilaksanakan rapat pleno", "bertempat di kantor."]);
}

#[test]
fn a_page_turned_by_its_entry_has_boxes_as_shown() {
    let page =
        format!("0 1 -1 0 595 0 cm\n{}", plain_rows(760.0, &[("Desa", "L", "P"), ("Ajung", "21", "22"), ("Kumai", "31", "32")]));
    let document = document(&pdf(&[&page], "/Rotate 90"));
    let grid = &document.grids[0];
    assert_eq!(shown(grid), ["Desa|L|P", "Ajung|21|22", "Kumai|31|32"]);
    let Place::Paper { boxes } = &grid.place else { panic!("not on paper") };
    assert!(boxes.windows(2).all(|w| w[0].0 < w[1].0 || w[0].3[0] < w[1].3[0]), "{boxes:?}");
}

#[test]
fn a_page_that_is_a_picture_is_a_scan() {
    let page = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{40} EI Q";
    let mut findings = Findings::default();
    let document = read(&mut findings, &pdf(&[page], ""), &Limits::default()).unwrap();
    assert!(document.grids.is_empty());
    assert_eq!((findings.0[0].code.as_str(), findings.0[0].found.as_str()), ("A06", "halaman 1"));
}

#[test]
fn what_is_no_pdf_or_cut_short_is_damaged() {
    let whole = pdf(&[&text(60.0, 60.0, "Jumlah")], "");
    let cut = &whole[..whole.len() / 2];
    for bytes in [&b""[..], b"%PDF-1.4\n", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n0\n%%EOF", cut] {
        let mut findings = Findings::default();
        assert!(read(&mut findings, bytes, &Limits::default()).is_none());
        assert!(findings.has("A01"));
    }
}

#[test]
fn files_beyond_the_limit_are_refused() {
    let limits = Limits { file_mib: 1, ..Limits::default() };
    let mut findings = Findings::default();
    assert!(read(&mut findings, &vec![b' '; (1 << 20) + 1], &limits).is_none());
    assert!(findings.has("A11"));
}

#[test]
fn forms_that_draw_each_other_without_end_are_refused() {
    let mut forms = String::new();
    for i in 0..40 {
        let resources = format!("/Resources<</XObject<</A {} 0 R>>>>", 11 + i);
        let content = "/A Do /A Do /A Do";
        let head = format!("/Type/XObject/Subtype/Form/BBox[0 0 600 900]{resources}/Length {}", content.len());
        let _ = writeln!(forms, "{} 0 obj<<{head}>>stream\n{content}\nendstream endobj", 10 + i);
    }
    let page = String::from_utf8(pdf(&["/A Do"], "")).unwrap();
    let page = page.replace("<</Font<</F 3 0 R>>>>", "<</XObject<</A 10 0 R>>>>").replace("trailer", &format!("{forms}trailer"));
    let mut findings = Findings::default();
    read(&mut findings, page.as_bytes(), &Limits::default());
    assert!(findings.has("A11"));
}

#[test]
fn cells_told_apart_by_their_grounds_alone_are_a_table() {
    let mut page = String::new();
    for (i, row) in [["Desa", "Keterangan"], ["Ajung", "sudah"], ["Kumai", "belum"], ["Arut", "sudah"]].iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let top = 20.0_f32.mul_add(i as f32, 100.0);
        for (k, cell) in row.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "two columns")]
            let x = 90.0_f32.mul_add(k as f32, 50.0);
            page += &format!("0.8 g {x} {} 89 19 re f 0 g\n", 842.0 - top - 19.0);
            page += &text(x + 4.0, top + 14.0, cell);
        }
    }
    let document = document(&pdf(&[&page], ""));
    assert_eq!(shown(&document.grids[0]), ["Desa|Keterangan", "Ajung|sudah", "Kumai|belum", "Arut|sudah"]);
}

#[test]
fn a_table_beside_text_keeps_to_its_side() {
    let mut page =
        plain_rows(100.0, &[("Desa", "L", "P"), ("Mangaran", "11", "12"), ("Ajung", "21", "22"), ("Rowoindah", "31", "32")]);
    for i in 0..8_u8 {
        page += &text(370.0, f32::from(i).mul_add(11.0, 97.0), "jumlah pemilih yang tercatat pada triwulan ini");
    }
    let document = document(&pdf(&[&page], ""));
    assert_eq!(document.grids.len(), 1, "{:?}", document.grids);
    assert_eq!(shown(&document.grids[0]), ["Desa|L|P", "Mangaran|11|12", "Ajung|21|22", "Rowoindah|31|32"]);
    assert_eq!(document.grids[0].around.len(), 8);
}

#[test]
fn two_tables_without_lines_stand_side_by_side() {
    let right = |t: &str, end: f32, y: f32| {
        #[expect(clippy::cast_precision_loss, reason = "a few digits, all as wide as each other")]
        text(5.56_f32.mul_add(-(t.len() as f32), end), y, t)
    };
    let mut page = String::new();
    for (x, top, pitch) in [(60.0, 100.0, 14.0), (330.0, 103.0, 17.0)] {
        page += &text(x, top - 20.0, "Tabel jumlah pemilih menurut desa");
        for (i, (name, n)) in [("Desa", "2025"), ("Mangaran", "117"), ("Ajung", "218"), ("Rowoindah", "319"), ("Kumai", "420")]
            .into_iter()
            .enumerate()
        {
            #[expect(clippy::cast_precision_loss, reason = "a few rows")]
            let y = (i as f32).mul_add(pitch, top);
            page += &(text(x, y, name) + &right(n, x + 150.0, y));
        }
    }
    let document = document(&pdf(&[&page], ""));
    let rows: Vec<usize> = document.grids.iter().map(|g| shown(g).len()).collect();
    assert_eq!(rows, [5, 5], "{:?}", document.grids.iter().map(shown).collect::<Vec<_>>());
}

#[test]
fn rows_hang_below_a_heading_that_alone_is_ruled() {
    let mut page = String::new();
    for (x, width, name) in [(50.0, 100.0, "Kecamatan"), (150.0, 80.0, "L"), (230.0, 80.0, "P")] {
        page += &(frame(x, 100.0, width, 20.0) + &text(x + 10.0, 114.0, name));
    }
    page += &plain_rows(134.0, &[("Kumai", "1.234", "1.300"), ("Arut", "12", "9"), ("Pantai", "7", "8")]).replace(" 340", " 300");
    page = page.replace("BT /F 10 Tf 334", "BT /F 10 Tf 290").replace("BT /F 10 Tf 315", "BT /F 10 Tf 275");
    let document = document(&pdf(&[&page], ""));
    assert_eq!(shown(&document.grids[0])[0], "Kecamatan|L|P");
    assert_eq!((document.grids.len(), shown(&document.grids[0]).len()), (1, 4));
}

#[test]
fn dots_that_lead_the_eye_and_signs_apart_from_their_figure() {
    let mut page = String::new();
    for (i, (name, n)) in
        [("Uraian", "Nilai"), ("Honor . . . . . .", "1.250"), ("Sewa . . . . . . .", "300")].into_iter().enumerate()
    {
        #[expect(clippy::cast_precision_loss, reason = "three rows")]
        let top = 20.0_f32.mul_add(i as f32, 100.0);
        page += &(frame(50.0, top, 120.0, 20.0) + &frame(170.0, top, 80.0, 20.0));
        page += &(text(60.0, top + 14.0, name) + &text(180.0, top + 14.0, n));
    }
    assert_eq!(shown(&document(&pdf(&[&page], "")).grids[0]), ["Uraian|Nilai", "Honor|1.250", "Sewa|300"]);
    let signed = text(180.0, 114.0, "$")
        + &plain_rows(
            100.0,
            &[("Item", "2024", "2025"), ("Salaries", "641", "512"), ("Rent", "213", "215"), ("Fuel", "99", "98")],
        );
    assert_eq!(
        shown(&document(&pdf(&[&signed], "")).grids[0]),
        ["Item|2024|2025", "Salaries|$ 641|512", "Rent|213|215", "Fuel|99|98"]
    );
}

#[test]
fn figures_at_the_foot_of_a_label_of_two_lines_and_names_of_groups() {
    let mut page = plain_rows(100.0, &[("Uraian", "2024", "2025")]);
    for (i, (a, b, n, m)) in [
        ("Belanja operasional", "kantor", "117", "218"),
        ("Belanja pemeliharaan", "gedung", "319", "420"),
        ("Belanja perjalanan", "dinas", "521", "622"),
    ]
    .into_iter()
    .enumerate()
    {
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let top = 26.0_f32.mul_add(i as f32, 118.0);
        page += &(text(60.0, top, a) + &plain_rows(top + 11.0, &[(b, n, m)]));
    }
    assert_eq!(
        shown(&document(&pdf(&[&page], "")).grids[0]),
        [
            "Uraian|2024|2025",
            "Belanja operasional kantor|117|218",
            "Belanja pemeliharaan gedung|319|420",
            "Belanja perjalanan dinas|521|622"
        ]
    );
    let mut page = plain_rows(100.0, &[("Uraian", "2024", "2025"), ("Ajung", "11", "12"), ("Kumai", "21", "22")]);
    page += &(text(182.0, 142.0, "Utara") + &plain_rows(156.0, &[("Arut", "31", "32"), ("Pantai", "41", "42")]));
    assert_eq!(shown(&document(&pdf(&[&page], "")).grids[0])[3], "Utara");
}

#[test]
fn a_heading_below_a_table_begins_another_one() {
    let mut page =
        plain_rows(100.0, &[("Desa", "2024", "2025"), ("Ajung", "117", "12"), ("Kumai", "218", "22"), ("Arut", "31", "32")]);
    page += &text(60.0, 158.0, "Tabel 2. Pemilih");
    page += &plain_rows(174.0, &[("Desa", "2026", "2027"), ("Ajung", "41", "42"), ("Kumai", "51", "52"), ("Arut", "61", "62")]);
    assert_eq!(document(&pdf(&[&page], "")).grids.len(), 2);
}

#[test]
fn references_are_no_table() {
    let page: String = (1..8_u8)
        .map(|i| {
            let y = f32::from(i).mul_add(14.0, 100.0);
            text(60.0, y, &format!("[{i}]"))
                + &text(90.0, y, &format!("Laporan tahun 20{i}0 tentang data pemilih dan {} daerah", i * 7))
        })
        .collect();
    assert_eq!(document(&pdf(&[&page], "")).grids[0].name, "p1");
}
