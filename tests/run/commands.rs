//! The commands beside `run`.

use super::Desk;

#[test]
fn verify_agrees_until_a_file_changes() {
    let desk = Desk::with_batch("2025-10");
    let early = desk.rekap(&["verify", "2025-10"]);
    assert!(early.code() == 2 && early.err().contains("terbitkan dulu"), "{}", early.err());
    desk.rekap(&[]);
    let same = desk.rekap(&["verify", "2025-10"]);
    assert_eq!(same.code(), 0, "{}", same.out());
    desk.write("inputs/2025-10/62.01/PDPB TW III 2025.csv", "lain");
    desk.write("inputs/2025-10/62.01/tambahan.csv", "lain");
    desk.write("outputs/2025-10/sisipan.txt", "lain");
    let other = desk.rekap(&["verify", "2025-10"]);
    assert_eq!(other.code(), 1);
    for line in ["berubah  62.01/PDPB TW III 2025.csv", "baru     62.01/tambahan.csv", "baru     sisipan.txt"] {
        assert!(other.out().contains(line), "{line} not in {}", other.out());
    }
    let machine = desk.rekap(&["verify", "2025-10", "--json"]);
    assert!(machine.code() == 1 && machine.json()["same"] == false);
}

#[test]
fn explain_knows_its_codes_and_proposes_near_ones() {
    let desk = Desk::new();
    assert!(desk.rekap(&["explain", "d02"]).out().contains("Cara memperbaiki"));
    assert!(desk.rekap(&["explain", "D02", "--lang", "en"]).out().contains("How to mend it"));
    assert!(desk.rekap(&["explain"]).out().lines().count() > 50);
    let unknown = desk.rekap(&["explain", "D2"]);
    assert!(unknown.code() == 2 && unknown.err().contains("D02"), "{}", unknown.err());
}

#[test]
fn read_shows_a_file_as_text_and_as_json() {
    let desk = Desk::with_batch("2025-10");
    let file = "inputs/2025-10/62.01/PDPB TW III 2025.csv";
    let text = desk.rekap(&["read", file]);
    assert!(text.code() == 0 && text.out().contains("SATU"), "{}{}", text.out(), text.err());
    let json = desk.rekap(&["read", file, "--json"]).json();
    assert_eq!((json["format"].as_str(), json["grids"][0]["page"].is_null()), (Some("csv"), true));
    assert_eq!(json["grids"][0]["rows"][2][1], "SATU");
    assert_eq!(desk.rekap(&["read", "tiada.csv"]).code(), 3);
    desk.write("nol.xlsx", "");
    let broken = desk.rekap(&["read", "nol.xlsx", "--json"]);
    assert_eq!((broken.code(), broken.json()["findings"][0]["code"].as_str().map(str::to_owned)), (1, Some("A01".into())));
}

#[test]
fn trace_names_the_cells_behind_a_published_number() {
    let desk = Desk::with_batch("2025-10");
    desk.rekap(&[]);
    let trail = std::fs::read_to_string(desk.path("outputs/2025-10/data/telusur.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(trail.as_bytes());
    let header = rows.headers().unwrap().clone();
    let [sheet, cell, formula] = ["sheet", "cell", "formula"].map(|name| header.iter().position(|h| h == name).unwrap());
    let first = rows.records().map(Result::unwrap).find(|row| row[formula].is_empty()).unwrap();
    let address = format!("'{}'!{}", &first[sheet], &first[cell]);
    let answer = desk.rekap(&["trace", "outputs/2025-10/PDPB.xlsx", &address]);
    assert!(answer.code() == 0 && answer.out().contains(".csv R"), "{}{}", answer.out(), answer.err());
    assert_eq!(desk.rekap(&["trace", "outputs/2025-10/PDPB.xlsx", "Rekap!ZZ999"]).code(), 2);
    assert_eq!(desk.rekap(&["trace", "tiada.xlsx", "A1"]).code(), 2);
}

#[test]
fn a_count_of_rows_leads_to_the_rows() {
    let desk = Desk::with_batch("2025-10");
    desk.rekap(&[]);
    let trail = std::fs::read_to_string(desk.path("outputs/2025-10/data/telusur.csv")).unwrap();
    let line = trail.lines().find(|line| line.contains("COUNTA(")).unwrap();
    let parts: Vec<&str> = line.split(',').collect();
    let answer = desk.rekap(&["trace", "outputs/2025-10/PDPB.xlsx", &format!("{}!{}", parts[1], parts[2])]);
    let said = answer.out();
    assert!(
        said.contains("banyaknya baris") && !said.contains("0 sel asal") && said.contains("62.01/PDPB TW III 2025.csv"),
        "{said}"
    );
}

#[test]
fn a_batch_without_documents_is_not_called_ready() {
    let desk = Desk::new();
    desk.write("inputs/2025-10/62.01/~$PDPB TW III 2025.xlsx", "kunci");
    let said = desk.rekap(&["2025-10"]).out().clone();
    assert!(said.contains("tidak ada dokumen untuk direkap") && !said.contains("siap dipakai"), "{said}");
}

#[test]
fn help_and_complaints_come_in_both_languages() {
    let desk = Desk::new();
    assert!(desk.rekap(&["--help"]).out().contains("Pemakaian"));
    assert!(desk.rekap(&["verify", "--help", "--lang", "en"]).out().contains("Usage"));
    let slip = desk.rekap(&["--inputz", "x"]);
    assert!(slip.code() == 2 && slip.err().contains("tidak dikenal"), "{}", slip.err());
}

#[test]
fn the_end_of_a_run_is_readable_by_people_and_machines() {
    let desk = Desk::with_batch("2025-10");
    let text = desk.rekap(&[]);
    for word in ["Batch 2025-10", "Dokumen dibaca", "Satker", "Temuan", "Langkah berikut"] {
        assert!(text.out().contains(word), "{word} not in {}", text.out());
    }
    assert!(desk.rekap(&["--lang", "en"]).out().contains("Documents read"));
    assert_eq!(desk.rekap(&["--json"]).json()[0]["documents"], 3);
}
