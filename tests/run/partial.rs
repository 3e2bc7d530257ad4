//! Sums over offices that do not all state a figure say how many do, figure by figure.

use calamine::{Reader, Xlsx, open_workbook};

use super::Desk;

/// The cells of a sheet row by row as they are shown.
fn sheet(desk: &Desk, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(desk.path("outputs/2025-10/PDPB.xlsx")).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn a_total_of_men_and_women_that_lacks_offices_is_not_taken_for_that_of_all() {
    let desk = Desk::new();
    let title = "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN TRIWULAN III TAHUN 2025,,,,,\n";
    let with = "NO,KECAMATAN,DESA,LAKI-LAKI,PEREMPUAN,JUMLAH\n1,Kumai,18,50,50,100\n2,Arut Selatan,20,100,100,200\n";
    let without = "NO,KECAMATAN,DESA,JUMLAH PEMILIH\n1,Mentaya Hilir Utara,7,300\n2,Baamang,6,400\n";
    desk.write("inputs/2025-10/62.01/PDPB TW III 2025.csv", format!("{title}{with}"));
    desk.write("inputs/2025-10/62.02/PDPB TW III 2025.csv", format!("{title}{without}"));
    let config = "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\nsatker = [\"62.01\", \"62.02\"]\n";
    desk.write("inputs/2025-10/rekap.toml", config);
    desk.rekap(&[]);
    let summary = sheet(&desk, "Ringkasan");
    let voters = summary.iter().find(|row| row[0] == "Pemilih Akhir").unwrap();
    assert_eq!(voters[2..6], ["150", "150", "1000", "2 (L dan P: 1) dari 2 kabupaten/kota"]);
    let desa = summary.iter().find(|row| row[0] == "Jumlah Desa/Kelurahan").unwrap();
    assert!(desa.iter().any(|cell| cell == "2 dari 2 kabupaten/kota"), "{desa:?}");
    let recap = sheet(&desk, "Rekap");
    let total = recap.iter().find(|row| row[0] == "JUMLAH").unwrap();
    assert!(total.last().unwrap().starts_with("Belum lengkap"), "{total:?}");
}
