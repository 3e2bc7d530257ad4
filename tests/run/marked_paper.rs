//! What goes back for a PDF: its own pages with the places framed, and a list.

use std::fmt::Write as _;
use std::fs;

use super::Desk;

/// A PDF of one page with a table: texts at their places, written by hand.
fn pdf(lines: &[(f32, &[(f32, &str)])]) -> Vec<u8> {
    let mut text = String::from("BT /F1 10 Tf\n");
    for (y, cells) in lines {
        for (x, cell) in *cells {
            let _ = writeln!(text, "1 0 0 1 {x} {y} Tm ({cell}) Tj");
        }
    }
    text.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for at in places {
        let _ = writeln!(out, "{at:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

/// A table in which the sum of Kumai is not what its two figures give.
fn table() -> Vec<u8> {
    let title = "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN";
    pdf(&[
        (800.0, &[(60.0, title)]),
        (785.0, &[(60.0, "KABUPATEN KOTAWARINGIN BARAT TRIWULAN III TAHUN 2025")]),
        (750.0, &[(60.0, "NO"), (100.0, "KECAMATAN"), (260.0, "L"), (340.0, "P"), (420.0, "JUMLAH")]),
        (735.0, &[(60.0, "1"), (100.0, "KUMAI"), (260.0, "300"), (340.0, "290"), (420.0, "950")]),
        (720.0, &[(60.0, "2"), (100.0, "ARUT SELATAN"), (260.0, "410"), (340.0, "395"), (420.0, "805")]),
        (705.0, &[(60.0, "3"), (100.0, "ARUT UTARA"), (260.0, "120"), (340.0, "110"), (420.0, "230")]),
        (690.0, &[(60.0, "4"), (100.0, "PANGKALAN LADA"), (260.0, "210"), (340.0, "205"), (420.0, "415")]),
        (675.0, &[(100.0, "JUMLAH"), (260.0, "1040"), (340.0, "1000"), (420.0, "2040")]),
    ])
}

#[test]
fn a_pdf_goes_back_with_its_places_framed() {
    let desk = Desk::new();
    desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\nsatker = [\"62.01\"]\n");
    desk.write("inputs/2025-10/62.01/PDPB TW III 2025.pdf", table());
    desk.rekap(&[]);
    let folder = desk.path("outputs/2025-10/perbaikan/62.01");
    let back = fs::read(folder.join("PDPB TW III 2025 (ditandai).pdf")).unwrap();
    assert!(back.starts_with(&table()), "what was sent is untouched");
    let added = String::from_utf8_lossy(&back[table().len()..]).into_owned();
    // The figure 950 stands at 420 points from the left and 735 from the bottom.
    let rectangle = added.split("/Rect").nth(1).unwrap().split(['[', ']']).nth(1).unwrap();
    let corners: Vec<f32> = rectangle.split_whitespace().map(|n| n.parse().unwrap()).collect();
    assert!(corners[0] < 420.0 && 420.0 < corners[2] && corners[1] < 735.0 && 738.0 < corners[3], "{corners:?}");
    assert!(folder.join("PDPB TW III 2025.pdf - daftar perbaikan.xlsx").is_file());
    let message = fs::read_to_string(folder.join("pesan.txt")).unwrap();
    assert!(message.contains("(ditandai).pdf") && message.contains("Halaman 1, baris tabel ke-"), "{message}");
    assert!(!message.contains("p1@"), "{message}");
    let read = |file: &str| desk.rekap(&["read", file, "--json"]).json()["grids"].clone();
    desk.write("kembali.pdf", &back);
    assert_eq!(read("kembali.pdf"), read("inputs/2025-10/62.01/PDPB TW III 2025.pdf"), "the frames are no part of the table");
}
