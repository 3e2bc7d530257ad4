//! Documents in small, as offices send them, and what is believed about them.

use std::sync::LazyLock;

use super::sample::{document, sheet};
use super::{Context, recognise};
use crate::model::document::GridBuilder;
use crate::model::origin::Place;
use crate::model::{BatchConfig, Document, Findings, Grid, Schemas, Subject};
use crate::normalise::region::Regions;
use crate::schemas;

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| schemas::builtin().unwrap());
static REGIONS: LazyLock<Regions> = LazyLock::new(|| Regions::builtin().unwrap().with_aliases(&SCHEMAS.aliases).unwrap());

type Rows<'a> = &'a [&'a [&'a str]];

/// A batch of Kalimantan Tengah that expects triwulan III.
fn batch() -> BatchConfig {
    BatchConfig {
        name: "2025-10".into(),
        wilayah: "62".parse().ok(),
        expected: vec![("pdpb".into(), "2025-TW3".parse().unwrap())],
        ..BatchConfig::default()
    }
}

fn seen(document: &Document, path: &str) -> (Subject, Findings) {
    let batch = batch();
    let mut findings = Findings::default();
    let context = Context { schemas: &SCHEMAS, regions: &REGIONS, batch: &batch };
    let subject = recognise(&mut findings, document, path, &context);
    (subject, findings)
}

/// `kind satker period codes` of one sheet.
fn told(path: &str, rows: Rows) -> String {
    shown(&document(vec![sheet("Sheet1", rows)]), path)
}

fn shown(document: &Document, path: &str) -> String {
    let (subject, findings) = seen(document, path);
    let kind = subject.kind.unwrap_or_else(|| "?".into());
    let satker = subject.satker.map_or_else(|| "?".into(), |r| r.to_string());
    let period = subject.period.map_or_else(|| "?".into(), |p| p.to_string());
    let codes = findings.0.into_iter().map(|f| f.code);
    [kind, satker, period].into_iter().chain(codes).collect::<Vec<_>>().join(" ")
}

fn lines(rows: &[&str]) -> Grid {
    let mut grid = GridBuilder::new("surat", Place::Lines);
    for (line, row) in rows.iter().zip(0u32..) {
        grid.push_text(row, 0, line);
    }
    grid.finish()
}

const VOTERS: [&[&str]; 4] = [
    &["No", "Kecamatan", "L", "P", "L+P"],
    &["1", "Jenamas", "5078", "5292", "10370"],
    &["2", "Dusun Hilir", "8121", "7891", "16012"],
    &["3", "Karau Kuala", "6463", "6394", "12857"],
];

fn voters<'a>(titles: &[&'a [&'a str]]) -> Vec<&'a [&'a str]> {
    titles.iter().copied().chain(VOTERS).collect()
}

#[test]
fn titles_in_many_wordings_name_the_kind() {
    for (title, kind) in [
        ("REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN TRIWULAN III TAHUN 2025", "pdpb"),
        ("Rekap pemuktahiran data pemilih TW III 2025", "pdpb"),
        ("Daftar Pemilih Berkelanjutan (DPB) Triwulan III Tahun 2025", "pdpb"),
        ("PDPB TW.3/2025", "pdpb"),
        ("REKAPITULASI DAFTAR PEMILIH TETAP PEMILU TAHUN 2024", "dpt"),
        ("Rekap DPSHP Pilkada 2024", "dpt"),
        ("LAMPIRAN BERITA ACARA NOMOR 12 REKAPITULASI PDPB TRIWULAN III TAHUN 2025", "pdpb"),
    ] {
        let got = told("62.04/berkas.xlsx", &voters(&[&["KPU KABUPATEN BARITO SELATAN"], &[title]]));
        assert!(got.starts_with(&format!("{kind} 62.04 ")) && !got.contains(" A0"), "{title}: {got}");
    }
}

#[test]
fn titles_cut_into_rows_and_cells_are_read_together() {
    let rows = voters(&[&["REKAPITULASI DAFTAR PEMILIH"], &["BERKELANJUTAN TRIWULAN III"], &["TAHUN 2025"]]);
    assert_eq!(told("x.xlsx", &rows), "pdpb 62.04 2025-TW3");
    let rows = voters(&[&["REKAPITULASI", "DAFTAR PEMILIH", "TETAP", "PEMILU 2024"]]);
    assert_eq!(told("x.xlsx", &rows), "dpt 62.04 2024");
    let rows = voters(&[&["LAMPIRAN I"], &["BERITA ACARA KPU KABUPATEN BARITO SELATAN"], &["REKAPITULASI PDPB TW III 2025"]]);
    assert_eq!(told("x.xlsx", &rows), "pdpb 62.04 2025-TW3");
}

#[test]
fn without_a_title_headings_or_the_file_name_decide() {
    let headings: Rows = &[
        &["Kode", "Kecamatan", "Pemilih Awal L", "Pemilih Awal P", "Pemilih Baru L", "Pemilih Baru P", "TMS L", "TMS P"],
        &["62.04.01", "Jenamas", "5", "6", "7", "8", "9", "10"],
        &["62.04.02", "Dusun Hilir", "5", "6", "7", "8", "9", "10"],
    ];
    assert_eq!(told("data TW III 2025.xlsx", headings), "pdpb 62.04 2025-TW3");
    assert_eq!(told("62.04/Rekap PDPB TW III 2025.xlsx", &VOTERS), "pdpb 62.04 2025-TW3");
    assert_eq!(told("62.04/rekap_dpt_pemilu2024.csv", &VOTERS), "dpt 62.04 2024");
}

#[test]
fn voters_by_sex_alone_are_no_known_kind() {
    assert!(told("62.04/data.xlsx", &VOTERS).starts_with("? 62.04 ? A03"));
    let generations: Rows = &[&["kategori", "l", "p", "total"], &["Gen Z (1997-2012)", "131496", "122575", "254071"]];
    assert!(told("pdpb/pdpb_2026_kab_jombang_per_generasi.csv", generations).contains("A03"));
    // Another office's statistics with the same columns.
    let rows =
        voters(&[&["JUMLAH PENDUDUK MENURUT KECAMATAN DAN JENIS KELAMIN, 2024"], &["DINAS KEPENDUDUKAN KAB. BARITO SELATAN"]]);
    assert!(told("62.04/penduduk.xlsx", &rows).contains("A03"));
    let (_, findings) = seen(&document(vec![sheet("x", &VOTERS)]), "data.xlsx");
    assert!(findings.0[0].message.contains("schemas/"), "{}", findings.0[0].message);
}

#[test]
fn letters_and_articles_about_a_kind_are_not_that_kind() {
    let letter = lines(&[
        "KOMISI PEMILIHAN UMUM",
        "KABUPATEN BARITO SELATAN",
        "Nomor : 101/TU.02-SD/6204/2025",
        "Hal : Penyampaian Rekapitulasi PDPB Triwulan III Tahun 2025",
        "Bersama ini kami sampaikan rekapitulasi pemutakhiran data pemilih berkelanjutan. Atas perhatian Saudara diucapkan terima kasih.",
    ]);
    assert!(shown(&document(vec![letter]), "62.04/PDPB/Surat Pengantar.docx").starts_with("? 62.04 ? A03"));
    let sent: Rows = &[&["SURAT PENGANTAR"], &["No", "Jenis", "Banyaknya"], &["1", "Rekap PDPB TW III 2025", "1"]];
    assert!(told("62.04/Pengantar PDPB.xlsx", sent).contains("A03"));
}

#[test]
fn minutes_are_minutes_whatever_they_are_about() {
    let minutes = lines(&[
        "BERITA ACARA",
        "NOMOR : 97/PL.02.1-BA/6204/2025",
        "TENTANG",
        "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN TRIWULAN KETIGA TAHUN 2025",
        "KABUPATEN BARITO SELATAN",
        "Pada hari ini Rabu, tanggal satu bulan Oktober tahun dua ribu dua puluh lima (01/10/2025), bertempat di kantor KPU Kabupaten Barito Selatan",
        "1. Jumlah kecamatan : 6",
        "2. Jumlah pemilih baru 5, tidak memenuhi syarat 3",
    ]);
    assert_eq!(shown(&document(vec![minutes]), "62.04/PDPB/BA PDPB.docx"), "berita_acara 62.04 2025-TW3");
}

#[test]
fn forms_win_over_what_they_are_about() {
    let rab: Rows = &[
        &["RENCANA ANGGARAN BIAYA (RAB)"],
        &["Pemutakhiran Data Pemilih Berkelanjutan"],
        &["SEKRETARIAT KPU KABUPATEN BARITO SELATAN TAHUN ANGGARAN 2025"],
        &["No", "Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"],
        &["1", "521211", "Belanja Bahan", "3", "PKT", "550000", "1650000"],
    ];
    assert_eq!(told("x.xlsx", rab), "anggaran 62.04 2025");
    let sop = lines(&[
        "Standar Operasional Prosedur",
        "Pemutakhiran Data Pemilih Berkelanjutan KPU Kabupaten Barito Selatan",
        "NOMOR SOP 24/ORT.06/02.1/6204/Sek-Kab/III/2023",
        "TANGGAL PEMBUATAN 13 Maret 2023",
    ]);
    assert_eq!(shown(&document(vec![sop]), "62.04/SOP.docx"), "sop 62.04 ?");
}

#[test]
fn content_beats_the_folder_and_the_conflict_is_told() {
    let rows = voters(&[&["KPU KABUPATEN BARITO SELATAN"], &["PDPB TRIWULAN III TAHUN 2025"]]);
    let (subject, findings) = seen(&document(vec![sheet("Rekap", &rows)]), "62.08 Sukamara/PDPB.xlsx");
    assert_eq!(subject.satker, "62.04".parse().ok());
    let [conflict] = findings.0.as_slice() else { panic!("{findings:?}") };
    assert_eq!((conflict.code.as_str(), conflict.found.as_str(), conflict.expected.as_str()), ("A08", "62.08", "62.04"));
    // Rows without a title are content too.
    let rows = voters(&[&["PDPB TRIWULAN III TAHUN 2025"]]);
    assert_eq!(told("KPU Kab. Sukamara/PDPB.xlsx", &rows), "pdpb 62.04 2025-TW3 A08");
    // Near misses: the province's folder above, and folders that name nobody.
    for path in ["KPU Prov. Kalimantan Tengah/62.04/PDPB.xlsx", "Keuangan/Data/PDPB.xlsx", "62.04 Barito Selatan/PDPB.xlsx"] {
        assert_eq!(told(path, &rows), "pdpb 62.04 2025-TW3", "{path}");
    }
}

#[test]
fn a_sender_that_nothing_names_is_uncertain() {
    let nobody: Rows = &[&["REKAP PDPB TRIWULAN III TAHUN 2025"], &["Wilayah", "L", "P", "L+P"], &["Zona A", "1", "2", "3"]];
    assert_eq!(told("rekap.xlsx", nobody), "pdpb ? 2025-TW3 A08");
    assert_eq!(told("kab. barito selatan/rekap.xlsx", nobody), "pdpb 62.04 2025-TW3");
}

#[test]
fn a_province_speaks_for_its_kabupaten_and_addresses_for_nobody() {
    let province: Rows = &[
        &["KOMISI PEMILIHAN UMUM"],
        &["PROVINSI KALIMANTAN TENGAH"],
        &["REKAPITULASI PDPB TRIWULAN III TAHUN 2025"],
        &["No", "Kabupaten/Kota", "L", "P", "L+P"],
        &["1", "KABUPATEN KAPUAS", "1", "2", "3"],
        &["2", "KABUPATEN BARITO SELATAN", "1", "2", "3"],
        &["3", "KOTA PALANGKA RAYA", "1", "2", "3"],
    ];
    assert_eq!(told("62 Provinsi/PDPB.xlsx", province), "pdpb 62 2025-TW3");
    let letterhead = voters(&[
        &["KPU KABUPATEN BARITO SELATAN, PROVINSI KALIMANTAN TENGAH"],
        &["Jl. Pahlawan, Kota Palangka Raya"],
        &["REKAPITULASI PDPB TRIWULAN III TAHUN 2025"],
    ]);
    assert_eq!(told("PDPB.xlsx", &letterhead), "pdpb 62.04 2025-TW3");
    let note: Rows = &[&["Sumber: Dinas Dukcapil Kab. Kapuas"]];
    let rows: Vec<&[&str]> = voters(&[&["REKAP PDPB TRIWULAN III 2025"]]).into_iter().chain(note.iter().copied()).collect();
    assert_eq!(told("PDPB.xlsx", &rows), "pdpb 62.04 2025-TW3");
}

#[test]
fn heads_of_forms_name_the_sender() {
    for head in [
        &["PROVINSI", ":", "KALIMANTAN TENGAH"][..],
        &["PROVINSI : KALIMANTAN TENGAH"],
        &["PROVINSI", ":", "KALIMANTAN TENGAH", "KABUPATEN", ":", "BARITO SELATAN"],
    ] {
        let rows: Rows = &[
            &["MODEL A-REKAP PDPB TRIWULAN III TAHUN 2025"],
            head,
            &["KABUPATEN/KOTA :", "BARITO SELATAN"],
            &["No", "Nama", "L", "P", "L+P"],
            &["1", "Zona A", "1", "2", "3"],
        ];
        assert_eq!(told("rekap.xlsx", rows), "pdpb 62.04 2025-TW3", "{head:?}");
    }
}

#[test]
fn the_one_office_in_the_boxes_of_a_form_is_the_sender_where_nothing_else_says_it() {
    let form = |office: &str, beside: &str| {
        let first = [office, "NOMOR SOP", "12/PR.03-SOP/2025"];
        let rows: [&[&str]; 5] = [
            &first,
            &["", "TANGGAL PEMBUATAN", "10 Februari 2025"],
            &["", "DISAHKAN OLEH", "Sekretaris KPU Kabupaten Kapuas"],
            &["", "NAMA SOP", "Penyusunan Laporan Kinerja"],
            &["DASAR HUKUM", "KUALIFIKASI PELAKSANA", beside],
        ];
        let grid = sheet("Sheet1", &rows);
        move |path: &str| seen(&document(vec![grid.clone()]), path).0.satker.map(|r| r.to_string())
    };
    assert_eq!(form("KOMISI PEMILIHAN UMUM KABUPATEN KAPUAS", "")("SOP.xlsx").as_deref(), Some("62.03"));
    assert_eq!(form("KPU", "")("62.04/SOP.xlsx").as_deref(), Some("62.04"), "the path goes before boxes");
    assert_eq!(form("KPU", "Salinan: KPU Kabupaten Barito Selatan")("SOP.xlsx"), None, "several are a list");
}

#[test]
fn measures_may_run_down_the_rows() {
    let tidy: Rows = &[
        &["kecamatan", "ukuran", "jenis kelamin", "jumlah"],
        &["Jenamas", "pemilih awal", "L", "5"],
        &["Jenamas", "pemilih baru", "L", "5"],
        &["Dusun Hilir", "tidak memenuhi syarat", "P", "6"],
        &["Dusun Hilir", "pemilih akhir", "P", "7"],
        &["Karau Kuala", "perbaikan data", "P", "7"],
    ];
    assert_eq!(told("TW III 2025.csv", tidy), "pdpb 62.04 2025-TW3");
}

#[test]
fn another_period_than_expected_is_a_finding() {
    let of = |title: &str, path: &str| told(path, &voters(&[&[title]]));
    assert_eq!(of("REKAP PDPB TRIWULAN II TAHUN 2025", "62.04/PDPB.xlsx"), "pdpb 62.04 2025-TW2 A04");
    assert_eq!(of("REKAP PDPB TRIWULAN III TAHUN 2024", "62.04/PDPB.xlsx"), "pdpb 62.04 2024-TW3 A04");
    // Content wins over the path, and that is told; the day of the plenary is no period.
    assert_eq!(of("REKAP PDPB TRIWULAN III TAHUN 2025", "62.04/PDPB TW II 2025.xlsx"), "pdpb 62.04 2025-TW3 A04");
    assert_eq!(of("REKAP PDPB TW III 2025, PLENO 3 OKTOBER 2025", "62.04/PDPB.xlsx"), "pdpb 62.04 2025-TW3");
    assert_eq!(of("REKAP PDPB", "62.04/PDPB TW II 2025.xlsx"), "pdpb 62.04 2025-TW2 A04");
    // Near misses: the same state by another name, the year alone, nothing at all.
    assert_eq!(of("REKAP PDPB PER 30 SEPTEMBER 2025", "62.04/PDPB.xlsx"), "pdpb 62.04 2025-TW3");
    assert_eq!(of("REKAP PDPB TAHUN 2025", "62.04/PDPB.xlsx"), "pdpb 62.04 2025-TW3");
    assert_eq!(of("REKAP PDPB", "62.04/PDPB.xlsx"), "pdpb 62.04 2025-TW3");
    let (subject, _) = seen(&document(vec![sheet("x", &voters(&[&["REKAP PDPB"]]))]), "62.04/a.xlsx");
    assert!(subject.evidence.iter().any(|e| e.about == "period" && e.words.contains("disimpulkan")));
}

#[test]
fn the_quarter_before_on_its_own_sheet_is_not_the_period() {
    let before: Rows = &[&["BARITO SELATAN", "TPS", "LK", "PR"], &["JENAMAS", "41", "5", "6"], &["DUSUN HILIR", "68", "8", "7"]];
    let now = voters(&[&["MODEL-A REKAP PDPB"], &["TRIWULAN KE TIGA TAHUN 2025"], &["OLEH KPU KABUPATEN BARITO SELATAN"]]);
    let next: Rows = &[&["REKAP PDPB TRIWULAN IV TAHUN 2025"], &["No", "Kecamatan", "L", "P"]];
    let workbook = document(vec![sheet("TW II", before), sheet("REKAP", &now), sheet("TW IV", next)]);
    assert_eq!(shown(&workbook, "x.xlsx"), "pdpb 62.04 2025-TW3");
    // An old sheet that is hidden says nothing at all.
    let mut old = sheet("lama", &voters(&[&["REKAP PDPB KABUPATEN KAPUAS TRIWULAN IV TAHUN 2026"]]));
    old.hidden = true;
    assert_eq!(shown(&document(vec![old, sheet("REKAP", &now)]), "x.xlsx"), "pdpb 62.04 2025-TW3");
}

#[test]
fn the_month_of_a_form_that_was_copied_is_not_the_period() {
    let of = |month: &str, names: &[&str]| {
        let rows: Rows = &[
            &["LAPORAN REALISASI ANGGARAN KABUPATEN BARITO SELATAN TAHUN 2025"],
            &["Status", ":", month],
            &["Uraian", "Pagu", "Realisasi"],
            &["Belanja Bahan", "1000", "400"],
        ];
        shown(&document(names.iter().map(|name| sheet(name, rows)).collect()), "62.04/LRA.xlsx")
    };
    assert_eq!(of("JANUARI 2017", &["Januari", "Pebruari", "Maret"]), "realisasi 62.04 2025-03");
    // One sheet named for another month may carry the title of the one it was compared with.
    assert_eq!(of("JANUARI 2025", &["Januari", "Pebruari"]), "realisasi 62.04 2025-01");
    assert_eq!(of("JANUARI 2025", &["Rincian", "Rekap"]), "realisasi 62.04 2025-01");
}

#[test]
fn lists_of_persons_are_quarantined_unread() {
    let list: Rows = &[
        &["DAFTAR PEMILIH KABUPATEN BARITO SELATAN"],
        &["NO", "NKK", "NIK", "NAMA"],
        &["1", "9999990000000001", "9999990101990001", "CONTOH NAMA"],
    ];
    let (subject, findings) = seen(&document(vec![sheet("x", list)]), "KPU Kab. Kapuas/Daftar Pemilih.xlsx");
    assert_eq!(findings.0.iter().map(|f| f.code.as_str()).collect::<Vec<_>>(), ["A07"]);
    assert_eq!((subject.kind, subject.satker), (None, "62.03".parse().ok()), "the folder may be told, the content not");
    assert!(!format!("{:?}{findings:?}", subject.evidence).contains("9999"));
    assert!(!told("62.04/PDPB TW III 2025.xlsx", &VOTERS).contains("A07"));
}

#[test]
fn nothing_is_said_about_files_that_could_not_be_read() {
    let batch = batch();
    let mut findings = Findings::default();
    findings.add(crate::model::Finding::new("A01", "rusak"));
    let context = Context { schemas: &SCHEMAS, regions: &REGIONS, batch: &batch };
    let subject = recognise(&mut findings, &Document::default(), "62.04/PDPB TW II 2025.xlsx", &context);
    assert_eq!(findings.0.len(), 1);
    assert_eq!(subject.satker, "62.04".parse().ok());
}

#[test]
fn a_list_of_a_whole_province_is_the_provinces_even_if_its_top_is_one_kecamatan() {
    let kapuas = ["Selat", "Kapuas Hilir", "Kapuas Timur", "Kapuas Kuala"].map(|k| ("KAPUAS", k));
    let selatan = ["Jenamas", "Dusun Hilir", "Karau Kuala", "Dusun Utara"].map(|k| ("BARITO SELATAN", k));
    let lamandau = ["Bulik", "Lamandau", "Delang", "Belantikan Raya"].map(|k| ("LAMANDAU", k));
    let mut grid = GridBuilder::new("dpt", Place::Delimited);
    for (head, col) in ["kabkota", "kecamatan", "no_tps", "dpt_l", "dpt_p"].into_iter().zip(0u16..) {
        grid.push_text(0, col, head);
    }
    let all: Vec<(&str, &str)> = kapuas.into_iter().chain(selatan).chain(lamandau).collect();
    for row in 1..=2400u32 {
        let (kabkota, kecamatan) = all[(row as usize - 1) / 200];
        grid.push_text(row, 0, kabkota);
        grid.push_text(row, 1, kecamatan);
        for col in 2..5 {
            grid.push(row, col, crate::model::Value::Number(f64::from(row)));
        }
    }
    assert_eq!(shown(&document(vec![grid.finish()]), "dpt_pemilu2024.csv"), "dpt 62 2024");
}
