//! Inputs that cannot be used: each is said, and costs only itself.

use super::Desk;

#[test]
fn without_inputs_the_user_is_told_what_to_do() {
    let desk = Desk::new();
    let empty = desk.rekap(&[]);
    assert!(empty.code() == 2 && empty.err().contains("kosong"), "{}", empty.err());
    let none = desk.rekap(&["--inputs", "tiada", "--lang", "en"]);
    assert!(none.code() == 2 && none.err().contains("there is no input folder tiada"), "{}", none.err());
    assert!(!desk.path("outputs").exists());
}

#[test]
fn an_unknown_batch_is_answered_with_those_that_exist() {
    let desk = Desk::with_batch("2025-07");
    let answer = desk.rekap(&["2025-08"]);
    assert!(answer.code() == 2 && answer.err().contains("yang ada: 2025-07"), "{}", answer.err());
}

#[test]
fn a_batch_of_temporary_files_is_an_empty_batch() {
    let desk = Desk::new();
    desk.write("inputs/2025-10/~$Rekap.xlsx", "x");
    desk.write("inputs/2025-10/.DS_Store", "x");
    let answer = desk.rekap(&["--json"]);
    assert!(answer.err().contains("tidak ada dokumen"), "{}", answer.err());
    assert_eq!(answer.json()[0]["documents"], 0);
}

#[test]
fn broken_files_cost_only_themselves() {
    let desk = Desk::with_batch("2025-10");
    desk.write("inputs/2025-10/nol.xlsx", "");
    desk.write("inputs/2025-10/teks.xlsx", "bukan buku kerja");
    desk.write("inputs/2025-10/nol-bita.csv", b"a,b\0\0,c\n\0\0\n");
    desk.write("inputs/2025-10/potong.xlsx", b"PK\x03\x04 terpotong");
    desk.write("inputs/2025-10/x.xlsx/PDPB.csv", "NO,KECAMATAN\n1,SATU\n");
    let answer = desk.rekap(&["--json"]);
    let summary = &answer.json()[0];
    assert_eq!((answer.code(), summary["documents"].as_u64()), (1, Some(8)), "{}", answer.out());
    assert!(answer.count("A01") >= 2, "{}", answer.out());
    assert!(desk.path("outputs/2025-10/manifest.json").is_file());
}

#[test]
fn a_document_that_nobody_understood_leaves_its_office_incomplete() {
    let desk = Desk::new();
    desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\nsatker = [\"62.01\"]\nwajib = [\"logistik\"]\n");
    let paper = "LAPORAN KEBUTUHAN LOGISTIK PEMILU TAHUN 2024\nKPU KABUPATEN KOTAWARINGIN BARAT\nKebutuhan logistik disampaikan kemudian.\n";
    desk.write("inputs/2025-10/62.01/Logistik.txt", paper);
    let answer = desk.rekap(&[]);
    assert!(answer.code() == 0 && answer.out().contains("0 dari 1"), "{}", answer.out());
    assert!(answer.out().contains("belum termasuk dalam hasil"), "{}", answer.out());
}

#[test]
fn a_file_above_the_limit_is_refused_without_being_read() {
    let desk = Desk::with_batch("2025-10");
    desk.schema("batas.toml", "berkas_mib = 200", "berkas_mib = 1");
    desk.write("inputs/2025-10/besar.csv", vec![b'1'; (1 << 20) + 1]);
    assert_eq!(desk.rekap(&["--json"]).count("A11"), 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_a_finding() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_batch("2025-10");
    desk.write("inputs/2025-10/rahasia.csv", "a,b\n");
    let path = desk.path("inputs/2025-10/rahasia.csv");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        return; // The superuser may read everything.
    }
    assert_eq!(desk.rekap(&["--json"]).count("A01"), 1);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_pipes_are_findings() {
    let desk = Desk::with_batch("2025-10");
    let folder = desk.path("inputs/2025-10");
    std::os::unix::fs::symlink(&folder, folder.join("62.01/lingkar")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(folder.join("pipa.csv")).status();
    let pipes = u64::from(pipe.is_ok_and(|status| status.success()));
    assert_eq!(desk.rekap(&["--json"]).count("A01"), 1 + pipes);
}

#[test]
fn a_broken_schema_or_configuration_stops_the_run_with_its_line() {
    let desk = Desk::with_batch("2025-10");
    desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\npdpd = \"2025-TW3\"\n");
    let answer = desk.rekap(&[]);
    assert!(answer.code() == 2 && answer.err().contains("rekap.toml baris 3: kunci \"pdpd\""), "{}", answer.err());
    desk.write("inputs/2025-10/rekap.toml", "");
    desk.schema("batas.toml", "berkas_mib = 200", "berkas_mib = dua");
    let answer = desk.rekap(&[]);
    assert!(answer.code() == 2 && answer.err().contains("batas.toml baris"), "{}", answer.err());
    assert!(!desk.path("outputs/2025-10").exists());
}

#[test]
fn odd_batch_names_are_folder_names_like_any_other() {
    let desk = Desk::new();
    for name in ["Oktober 2025 (rév. #2)", "penerimaan & rekap;'x'"] {
        desk.batch(name);
    }
    let answer = desk.rekap(&["Oktober 2025 (rév. #2)"]);
    assert_eq!(answer.code(), 1, "{}", answer.err());
    assert!(desk.path("outputs/Oktober 2025 (rév. #2)/manifest.json").is_file());
    assert_eq!(desk.rekap(&["verify", "Oktober 2025 (rév. #2)"]).code(), 0);
}
