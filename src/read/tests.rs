//! Whole files, bytes → document. Each file under `tests/files/` is a few hundred bytes and sets one trap.

use super::read;
use crate::model::document::{Document, ErrorValue, Grid, Merge, Value};
use crate::model::finding::Findings;
use crate::model::origin::{Origin, Place};
use crate::model::schema::Limits;
use crate::model::source::Format;

macro_rules! file {
    ($name:literal) => {
        (include_bytes!(concat!("../../tests/files/", $name)).as_slice(), $name)
    };
}

fn limits() -> Limits {
    Limits { file_mib: 8, inflated_mib: 16, ..Limits::default() }
}

/// What was read, and the codes of the findings.
fn outcome((bytes, name): (&[u8], &str)) -> (Option<Document>, Vec<String>) {
    let mut findings = Findings::default();
    let document = read(&mut findings, bytes, name, &limits());
    (document, findings.0.into_iter().map(|f| f.code).collect())
}

/// A file that is read without any finding.
fn clean(file: (&[u8], &str)) -> Document {
    let (document, codes) = outcome(file);
    assert_eq!(codes, [""; 0], "{}", file.1);
    document.expect("read")
}

fn refused(file: (&[u8], &str)) -> String {
    let (document, codes) = outcome(file);
    assert!(document.is_none() && codes.len() == 1, "{}: {codes:?}", file.1);
    codes.into_iter().next().unwrap_or_default()
}

/// The cells as (row, column, what they show).
fn shown(grid: &Grid) -> Vec<(u32, u16, String)> {
    grid.cells.iter().map(|c| (c.row, c.col, grid.shown(c.value))).collect()
}

fn cells(expected: &[(u32, u16, &str)]) -> Vec<(u32, u16, String)> {
    expected.iter().map(|&(r, c, t)| (r, c, t.to_owned())).collect()
}

mod xlsx {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_sheet_also_after_blank_rows() {
        let document = clean(file!("letak.xlsx"));
        assert_eq!(shown(&document.grids[0]), cells(&[(4, 2, "Kumai"), (4, 3, "12"), (8, 1, "3.5")]));
        assert_eq!(document.places().locator(Origin::new(0, 8, 1).into()), "Rekap!B9");
    }

    #[test]
    fn cells_keep_their_type() {
        let document = clean(file!("jenis.xlsx"));
        let grid = &document.grids[0];
        let value = |row, col| grid.at(row, col).map(|c| c.value);
        assert_eq!(value(0, 0), Some(Value::Number(203_056_748.0)));
        assert_eq!(value(0, 2), Some(Value::Bool(true)));
        assert_eq!(value(0, 3), Some(Value::Date(45_933.0)));
        assert_eq!(value(0, 4), Some(Value::Date(45_933.5)));
        assert_eq!(value(0, 5), Some(Value::Number(45_933.0)));
        assert_eq!(value(0, 6), Some(Value::Error(ErrorValue::Ref)));
        assert_eq!(value(1, 5), Some(Value::Error(ErrorValue::Div0)));
        assert_eq!(value(1, 6), Some(Value::Date(45_933.0)));
        assert_eq!(value(4, 0), None, "white space is no cell");
        assert_eq!((value(4, 2), &grid.percents), (Some(Value::Number(0.875)), &vec![(4, 2), (4, 3)]));
        let texts: Vec<String> =
            [(1, 0), (1, 1), (4, 1)].iter().map(|&(r, c)| grid.shown(value(r, c).expect("filled"))).collect();
        assert_eq!(texts, ["Desa A & B", "teks", "1e999"]);
    }

    #[test]
    fn formulas_are_kept_and_their_missing_results_told_from_blank_ones() {
        let document = clean(file!("jenis.xlsx"));
        let grid = &document.grids[0];
        assert_eq!(grid.at(1, 2).map(|c| c.value), Some(Value::NoResult));
        assert_eq!(grid.at(1, 3).map(|c| c.value), Some(Value::NoResult), "an empty v is no result either");
        assert_eq!(grid.at(1, 4), None, "a text result may be blank");
        assert_eq!(grid.formula(1, 1), Some("B1&\"x\""));
        assert_eq!(grid.formula(2, 0), Some("B3+$C$1"));
        assert_eq!(grid.formula(3, 0), Some("B4+$C$1"), "shared formulas are written out");
    }

    #[test]
    fn hidden_parts_and_merges_are_carried() {
        let document = clean(file!("tersembunyi.xlsx"));
        let grid = &document.grids[0];
        assert_eq!(grid.hidden_rows, [(1, 2), (4, 4)]);
        assert_eq!(grid.hidden_cols, [(2, 3), (5, 5)]);
        assert_eq!(grid.merges, [Merge { top: 0, left: 0, bottom: 1, right: 2 }]);
        assert_eq!(document.grids.iter().map(|g| g.hidden).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn cells_without_address_follow_one_another() {
        let document = clean(file!("tanpa-alamat.xlsx"));
        assert_eq!(shown(&document.grids[0]), cells(&[(0, 0, "1"), (0, 1, "2"), (2, 1, "x")]));
    }

    #[test]
    fn far_corners_and_lying_counts_cost_nothing() {
        let document = clean(file!("pojok.xlsx"));
        assert_eq!(shown(&document.grids[0]), cells(&[(0, 0, "1"), (1_048_575, 16_383, "2")]));
    }

    #[test]
    fn days_from_1904_and_utf_16_are_understood() {
        assert_eq!(shown(&clean(file!("1904.xlsx")).grids[0]), cells(&[(0, 0, "2025-10-03")]));
        assert_eq!(shown(&clean(file!("utf16.xlsx")).grids[0]), cells(&[(0, 0, "Kumai é")]));
    }

    #[test]
    fn damage_is_never_a_silent_value() {
        for file in [
            file!("jumlah-periksa.xlsx"),
            file!("tanpa-buku.xlsx"),
            file!("tanpa-lembar.xlsx"),
            file!("teks-hilang.xlsx"),
            file!("kembar.xlsx"),
            file!("di-luar.xlsx"),
        ] {
            assert_eq!(refused(file), "A01", "{}", file.1);
        }
    }

    #[test]
    fn inflation_is_counted_and_limited() {
        let small = Limits { inflated_mib: 2, ..limits() };
        for (bytes, name) in [file!("bom.xlsx"), file!("rumus.xlsx")] {
            let mut findings = Findings::default();
            assert!(read(&mut findings, bytes, name, &small).is_none(), "{name}");
            assert!(findings.has("A11"), "{name}");
            assert_eq!(clean((bytes, name)).grids.len(), 1, "within the limit it is read");
        }
    }
}

mod others {
    use super::*;

    #[test]
    fn xls_keeps_types_addresses_and_hidden_parts() {
        let document = clean(file!("rekap.xls"));
        let grid = &document.grids[0];
        let expected = [
            (0, 0, "REKAPITULASI"),
            (4, 2, "Kumai"),
            (4, 3, "12"),
            (8, 1, "3.5"),
            (8, 2, "TRUE"),
            (8, 3, "2025-10-03"),
            (8, 4, "203056748"),
            (9, 1, "0.875"),
        ];
        assert_eq!(shown(grid), cells(&expected));
        assert_eq!(grid.merges, [Merge { top: 0, left: 0, bottom: 1, right: 3 }]);
        assert_eq!((grid.hidden_rows.as_slice(), grid.hidden_cols.as_slice()), ([(4, 5)].as_slice(), [(6, 6)].as_slice()));
        assert_eq!(grid.percents, [(9, 1)]);
        assert!(!grid.hidden && document.grids[1].hidden);
    }

    #[test]
    fn xls_formulas_that_were_never_computed_have_no_result() {
        let document = clean(file!("tanpa-hasil.xls"));
        assert_eq!(document.grids[0].at(1, 0).map(|c| c.value), Some(Value::NoResult));
        assert_eq!(document.grids[0].formula(1, 0), Some("A1*2"));
    }

    #[test]
    fn xls_with_cells_too_far_apart_is_refused() {
        assert_eq!(refused(file!("pojok.xls")), "A11");
    }

    #[test]
    fn xlsb_keeps_what_calamine_leaves_out() {
        let document = clean(file!("rekap.xlsb"));
        let grid = &document.grids[0];
        let expected = [
            (4, 2, "Kumai"),
            (4, 3, "12"),
            (4, 4, "TRUE"),
            (4, 5, "#REF!"),
            (8, 1, "3.5"),
            (8, 2, "7"),
            (8, 3, "#DIV/0!"),
            (1_048_575, 16_383, "2"),
        ];
        assert_eq!(shown(grid), cells(&expected));
        assert_eq!((grid.formula(8, 2), grid.formula(8, 3)), (Some("3+4"), Some("1/0")));
        assert_eq!((grid.hidden_rows.as_slice(), grid.hidden_cols.as_slice()), ([(8, 8)].as_slice(), [(2, 3)].as_slice()));
        assert_eq!(grid.merges, [Merge { top: 0, left: 0, bottom: 1, right: 3 }]);
        assert_eq!(refused(file!("teks-hilang.xlsb")), "A01");
    }

    #[test]
    fn ods_keeps_types_formulas_and_hidden_parts() {
        let document = clean(file!("jenis.ods"));
        let grid = &document.grids[0];
        let expected = [
            (2, 1, "Desa  A & B\nbaris dua"),
            (2, 3, "12.5"),
            (2, 4, "0.5"),
            (2, 5, "0.5"),
            (3, 0, "TRUE"),
            (4, 0, "TRUE"),
            (5, 0, "2025-10-03"),
            (5, 1, "1899-12-30T06:00:00"),
            (5, 2, "13.5"),
            (5, 3, "#DIV/0!"),
            (5, 4, ""),
        ];
        assert_eq!(shown(grid), cells(&expected));
        assert_eq!((grid.name.as_str(), grid.formula(5, 2)), ("Rekap & TMS", Some("SUM(D3:F3)")));
        assert_eq!(grid.at(5, 4).map(|c| c.value), Some(Value::NoResult));
        assert_eq!(grid.percents, [(2, 4), (2, 5)]);
        assert_eq!((grid.hidden_rows.as_slice(), grid.hidden_cols.as_slice()), ([(3, 4)].as_slice(), [(2, 4)].as_slice()));
        assert_eq!(grid.merges, [Merge { top: 2, left: 1, bottom: 2, right: 2 }]);
        assert!(!grid.hidden && document.grids[1].hidden);
    }

    #[test]
    fn ods_repetition_does_not_explode() {
        assert_eq!(refused(file!("berulang.ods")), "A11");
        let spaces = shown(&clean(file!("spasi.ods")).grids[0]);
        assert_eq!(spaces[0].2.len(), 257);
    }

    #[test]
    fn docx_paragraphs_and_table_rows_are_lines() {
        let document = clean(file!("berita-acara.docx"));
        let grid = &document.grids[0];
        let expected = [
            (0, 0, "BERITA ACARA\tA & B"),
            (2, 0, "No"),
            (2, 1, "Pemilih"),
            (3, 1, "L"),
            (3, 2, "P"),
            (4, 0, "1"),
            (4, 1, "10"),
            (4, 2, "baris satu\nbaris dua"),
            (5, 0, "Penutup"),
        ];
        assert_eq!(shown(grid), cells(&expected));
        let merges = [Merge { top: 2, left: 0, bottom: 3, right: 0 }, Merge { top: 2, left: 1, bottom: 2, right: 2 }];
        assert_eq!((&grid.place, grid.merges.as_slice()), (&Place::Lines, merges.as_slice()));
    }
}

mod delimited {
    use super::*;

    #[test]
    fn records_are_rows_and_all_cells_text() {
        let document = clean((b"DAFTAR PEMILIH\r\n\r\nKec;L;P\r\n\"Kumai;\nHulu\";1.234;\r\nB;2;3\r\n", "a/Rekap TW II.csv"));
        let grid = &document.grids[0];
        let expected = [
            (0, 0, "DAFTAR PEMILIH"),
            (2, 0, "Kec"),
            (2, 1, "L"),
            (2, 2, "P"),
            (3, 0, "Kumai;\nHulu"),
            (3, 1, "1.234"),
            (4, 0, "B"),
            (4, 1, "2"),
            (4, 2, "3"),
        ];
        assert_eq!(shown(grid), cells(&expected));
        assert_eq!((grid.name.as_str(), document.format), ("Rekap TW II", Format::Csv));
        assert!(grid.cells.iter().all(|c| matches!(c.value, Value::Text(_))));
        assert_eq!(document.places().locator(Origin::new(0, 4, 2).into()), "R5C3");
    }

    #[test]
    fn the_line_that_names_the_delimiter_is_no_data() {
        let document = clean((b"sep=|\na|b,c\n", "x.csv"));
        assert_eq!(shown(&document.grids[0]), cells(&[(1, 0, "a"), (1, 1, "b,c")]));
    }

    #[test]
    fn a_table_in_running_text_has_columns() {
        let document = clean((b"IKU\n\nno\tL\tP\n1\t1\t2\n2\t3\t4\n3\t\t5\n4\t1\t1\n", "iku.txt"));
        let expected = [(0, 0, "IKU"), (2, 0, "no"), (2, 1, "L"), (2, 2, "P"), (3, 0, "1"), (3, 1, "1"), (3, 2, "2")];
        assert_eq!(shown(&document.grids[0])[..7], cells(&expected));
        assert_eq!((document.places().locator(Origin::new(0, 3, 2).into()).as_str(), document.format), ("L4", Format::Txt));
    }

    #[test]
    fn running_text_is_lines() {
        let document = clean((b"BERITA ACARA\n\nNomor: 1, 2\n", "ba.txt"));
        assert_eq!(shown(&document.grids[0]), cells(&[(0, 0, "BERITA ACARA"), (2, 0, "Nomor: 1, 2")]));
    }
}

mod names {
    use super::*;

    #[test]
    fn a_misleading_ending_is_reported_and_the_content_read() {
        let (bytes, _) = file!("letak.xlsx");
        for (bytes, name, format) in
            [(bytes, "a.xls", Format::Xlsx), (b"a;b\n1;2\n3;4\n".as_slice(), "a.xlsx", Format::Csv), (bytes, "a", Format::Xlsx)]
        {
            let (document, codes) = outcome((bytes, name));
            assert_eq!((document.map(|d| d.format), codes), (Some(format), vec!["A12".to_owned()]), "{name}");
        }
        for name in ["a.XLSX", "a.xlsm", "x/y.z/a.xlsx"] {
            assert_eq!(outcome((bytes, name)).1, [""; 0], "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_reason() {
        let (workbook, _) = file!("letak.xlsx");
        let cases: [(&[u8], &str, &str); 9] = [
            (b"", "a.xlsx", "kosong"),
            (&[0; 64], "a.xls", "kosong"),
            (&workbook[..workbook.len() / 2], "a.xlsx", "terpotong"),
            (b"Dengan hormat,\nterlampir rekapitulasi.\n", "a.xlsx", "teks biasa"),
            (b"a,b\n1,\0\n", "a.csv", "NUL"),
            (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "halaman web"),
            (b"\x89PNG\r\n\x1a\n\0\0", "a.xlsx", "gambar"),
            (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a.zip", "arsip"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rusak", "a.xls", "rusak"),
        ];
        for (bytes, name, reason) in cases {
            let mut findings = Findings::default();
            assert!(read(&mut findings, bytes, name, &limits()).is_none());
            let finding = &findings.0[0];
            assert!(finding.code == "A01" && finding.message.contains(reason), "{name}: {}", finding.message);
        }
    }

    #[test]
    fn passwords_are_recognised() {
        let mut encrypted = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("in memory");
        encrypted.create_stream("/EncryptedPackage").expect("in memory");
        let encrypted = encrypted.into_inner().into_inner();
        assert_eq!(refused((&encrypted, "a.xlsx")), "A02");
        assert_eq!(refused(file!("sandi.ods")), "A02");
    }

    #[test]
    fn files_beyond_the_limit_are_refused_unread() {
        let large = vec![b'a'; 9 << 20];
        assert_eq!(refused((&large, "a.csv")), "A11");
    }
}

/// No cut and no flipped byte makes a reader panic: then the finding would say that the content could not be parsed.
#[test]
fn damaged_files_give_findings_not_panics() {
    let files = [
        file!("jenis.xlsx"),
        file!("rekap.xls"),
        file!("tanpa-hasil.xls"),
        file!("rekap.xlsb"),
        file!("jenis.ods"),
        file!("berita-acara.docx"),
    ];
    for (bytes, name) in files {
        for step in 0..60 {
            let at = bytes.len() * step / 60;
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 0x55;
            for damaged in [&bytes[..at], &flipped] {
                let mut findings = Findings::default();
                let document = read(&mut findings, damaged, name, &limits());
                assert!(document.is_some() || findings.0.len() == 1, "{name} at {at}");
                assert!(findings.0.iter().all(|f| !f.message.contains("diuraikan")), "{name} at {at}: panic");
            }
        }
    }
}
