//! What goes back to an office, what it sends again, and what the next run says about it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Desk, tree};

const NAMES: [&str; 6] = ["ARUT SELATAN", "KUMAI", "ARUT UTARA", "KOTAWARINGIN LAMA", "PANGKALAN LADA", "PANGKALAN BANTENG"];
const SENT: &str = "inputs/2025-10/62.01/PDPB TW III 2025.xlsx";
const BACK: &str = "outputs/2025-10/perbaikan/62.01/PDPB TW III 2025 (perbaikan).xlsx";

/// A sheet with the title of a recap and the headings of its columns.
fn headed<'w>(workbook: &'w mut Workbook, heads: &[&str]) -> &'w mut Worksheet {
    let sheet = workbook.add_worksheet();
    sheet.set_name("Rekap").unwrap();
    sheet
        .write(0, 0, "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN KABUPATEN KOTAWARINGIN BARAT TRIWULAN III TAHUN 2025")
        .unwrap();
    for (col, head) in (0..).zip(heads) {
        sheet.write(1, col, *head).unwrap();
    }
    sheet
}

/// A table with four slips: L of Kumai has two digits exchanged, P of Arut Utara one wrong, P of Kotawaringin Lama one too few, the sum
/// of Pangkalan Banteng one wrong.
fn sent() -> Vec<u8> {
    let right: [[u32; 2]; 6] =
        [[41_234, 40_321], [22_345, 21_987], [3_456, 3_012], [9_567, 9_871], [15_678, 15_012], [18_789, 17_654]];
    let mut workbook = Workbook::new();
    let sheet = headed(&mut workbook, &["NO", "KECAMATAN", "LAKI-LAKI", "PEREMPUAN", "JUMLAH"]);
    for (row, (name, [l, p])) in (2..).zip(NAMES.iter().zip(right)) {
        let wrong = |col: u16| match (*name, col) {
            ("KUMAI", 2) => Some(22_354),
            ("ARUT UTARA", 3) => Some(3_312),
            ("KOTAWARINGIN LAMA", 3) => Some(981),
            ("PANGKALAN BANTENG", 4) => Some(36_843),
            _ => None,
        };
        sheet.write(row, 0, row - 1).unwrap();
        sheet.write(row, 1, *name).unwrap();
        for (col, value) in [(2, l), (3, p), (4, l + p)] {
            sheet.write(row, col, wrong(col).unwrap_or(value)).unwrap();
        }
    }
    let sum = |n: usize| right.iter().map(|r| r[n]).sum::<u32>();
    sheet.write(8, 1, "JUMLAH").unwrap();
    for (col, value) in [(2, sum(0)), (3, sum(1)), (4, sum(0) + sum(1))] {
        sheet.write(8, col, value).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\nsatker = [\"62.01\"]\n");
    desk.write(SENT, sent());
    desk
}

/// Parts of a workbook, each changed by `edit`.
pub fn edited(bytes: &[u8], edit: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..from.len() {
        let mut part = from.by_index(number).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        to.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        to.write_all(edit(&name, text).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// The marked copy as an office sends it back: two cells mended, one made worse, one left with an answer.
fn mended(desk: &Desk) -> Vec<u8> {
    let answer = "<c r=\"I7\" t=\"inlineStr\"><is><t>menunggu PPK</t></is></c>";
    edited(&fs::read(desk.path(BACK)).unwrap(), |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            let text = text.replace("<v>22354</v>", "<v>22345</v>").replace("<v>36843</v>", "<v>36443</v>");
            text.replace("<v>3312</v>", "<v>33312</v>")
        }
        "xl/worksheets/rekapPerbaikan1.xml" => {
            let start = text.find("<c r=\"I7\"").unwrap();
            let end = start + text[start..].find("/>").unwrap() + 2;
            format!("{}{answer}{}", &text[..start], &text[end..])
        }
        _ => text,
    })
}

/// State by cell of the items in `data/perbaikan.csv`, with what changed and the answer.
fn standing(desk: &Desk) -> BTreeMap<String, (String, String, String)> {
    let text = fs::read_to_string(desk.path("outputs/2025-10/data/perbaikan.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    let [place, state, change, answer] = ["locator", "keadaan", "perubahan", "tanggapan"].map(at);
    let row = |r: csv::StringRecord| (r[place].to_owned(), (r[state].to_owned(), r[change].to_owned(), r[answer].to_owned()));
    rows.records().map(|r| row(r.unwrap())).collect()
}

fn states(desk: &Desk) -> Vec<(String, String)> {
    standing(desk).into_iter().map(|(place, (state, ..))| (place, state)).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn half_mended_and_one_made_worse_is_said_exactly() {
    let desk = desk();
    desk.rekap(&[]);
    assert_eq!(
        states(&desk),
        pairs(&[("Rekap!C4", "terbuka"), ("Rekap!D5", "terbuka"), ("Rekap!D6", "terbuka"), ("Rekap!E8", "terbuka")])
    );
    desk.write("inputs/2025-10/62.01/PDPB TW III 2025 (perbaikan).xlsx", mended(&desk));
    desk.rekap(&[]);
    let said = standing(&desk);
    assert_eq!(
        states(&desk),
        pairs(&[("Rekap!C4", "selesai"), ("Rekap!D5", "masih terbuka"), ("Rekap!D6", "masih terbuka"), ("Rekap!E8", "selesai")]),
        "{said:?}"
    );
    assert!(said["Rekap!C4"].1.contains("22354 → 22345, sesuai usulan"), "{said:?}");
    assert!(said["Rekap!D5"].1.starts_with("memburuk: selisih 300 menjadi 30300"), "{said:?}");
    assert!(said.values().any(|s| s.2 == "menunggu PPK"), "{said:?}");
    let message = fs::read_to_string(desk.path("outputs/2025-10/perbaikan/62.01/pesan.txt")).unwrap();
    assert!(message.contains("2 selesai, 2 masih terbuka"), "{message}");
    assert!(message.contains("- Rekap!D5: memburuk: selisih 300 menjadi 30300"), "{message}");
    let first = tree(&desk.path("outputs/2025-10"));
    desk.rekap(&[]);
    assert!(first == tree(&desk.path("outputs/2025-10")), "nothing came, nothing changes");
}

#[test]
fn a_file_that_was_overwritten_is_compared_with_what_the_last_run_remembers() {
    let desk = desk();
    desk.rekap(&[]);
    let states_of = |desk: &Desk| states(desk).into_iter().map(|(_, s)| s).collect::<Vec<_>>();
    desk.write(SENT, mended(&desk));
    desk.rekap(&[]);
    assert_eq!(states_of(&desk), ["selesai", "masih terbuka", "masih terbuka", "selesai"]);
    desk.write(SENT, edited(&fs::read(desk.path(SENT)).unwrap(), |_, text| text + "\n"));
    desk.rekap(&[]);
    let message = fs::read_to_string(desk.path("outputs/2025-10/perbaikan/62.01/pesan.txt")).unwrap();
    assert!(message.contains("tidak mengubah satu angka pun"), "{message}");
}

#[test]
fn a_copy_sent_back_in_a_later_batch_is_compared_too() {
    let desk = desk();
    desk.rekap(&[]);
    desk.write("inputs/2025-11/rekap.toml", "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\nsatker = [\"62.01\"]\n");
    desk.write("inputs/2025-11/62.01/PDPB.xlsx", mended(&desk));
    desk.rekap(&[]);
    let text = fs::read_to_string(desk.path("outputs/2025-11/data/perbaikan.csv")).unwrap();
    assert_eq!((text.matches(",selesai,").count(), text.matches(",masih terbuka,").count()), (2, 2), "{text}");
    assert!(text.contains("2025-10: 62.01/PDPB TW III 2025.xlsx"), "{text}");
}

#[test]
fn the_copy_holds_every_part_of_what_was_sent() {
    let desk = desk();
    desk.rekap(&[]);
    let back = fs::read(desk.path(BACK)).unwrap();
    let parts = |bytes: &[u8]| {
        let mut archive = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
        let count = archive.len();
        let read = |n| {
            let mut part = archive.by_index(n).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        };
        (0..count).map(read).collect::<BTreeMap<_, _>>()
    };
    let changed: Vec<String> = parts(&fs::read(desk.path(SENT)).unwrap())
        .into_iter()
        .filter(|(name, bytes)| parts(&back).get(name) != Some(bytes))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        changed,
        ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]
    );
    let comments = String::from_utf8(parts(&back)["xl/rekapComments1.xml"].clone()).unwrap();
    let one = comments.split("<comment ").find(|c| c.starts_with("ref=\"C4\"")).unwrap();
    assert_eq!(one.matches("Ditemukan").count(), 1, "the cell at fault begins the area that does not fit: {one}");
    desk.write("salinan.xlsx", &back);
    if let Some(saved) = super::recalculated::calculated_anew(&desk, &desk.path("salinan.xlsx")) {
        let [sent, copied] = [desk.path(SENT), saved].map(|file| super::recalculated::cells(&file));
        let own = |all: &BTreeMap<(String, usize, usize), _>| all.keys().filter(|(s, ..)| s == "Rekap").count();
        assert_eq!(own(&copied), own(&sent), "a spreadsheet program opens the copy as it was sent");
        assert!(sent.iter().all(|(at, value)| super::recalculated::same(value, &copied[at])));
    }
    let [before, after] = [SENT, "salinan.xlsx"].map(|file| desk.rekap(&["read", file, "--json"]).json());
    let grids = after["grids"].as_array().unwrap();
    assert_eq!((grids.len(), &grids[0]["name"], &grids[1]), (2, &"Daftar Perbaikan".into(), &before["grids"][0]));
}

#[test]
fn a_warning_is_accepted_until_its_value_changes_and_an_error_never() {
    let table = |desa: u32, total: u32| {
        let rows = NAMES.map(|n| format!("{n},{},10,20,30\n", if n == "KUMAI" { desa } else { 0 })).concat();
        format!(
            "REKAPITULASI PDPB KABUPATEN KOTAWARINGIN BARAT TRIWULAN III TAHUN 2025\nKECAMATAN,JUMLAH DESA/KELURAHAN,L,P,JUMLAH\n{rows}JUMLAH,{desa},60,120,{total}\n"
        )
    };
    let desk = Desk::new();
    desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\nsatker = [\"62.01\"]\n");
    let file = "inputs/2025-10/62.01/PDPB TW III 2025.csv";
    desk.write(file, table(99, 181));
    let document = "62.01/PDPB TW III 2025.csv";
    let waivers = format!(
        "document,locator,code,value,reason,until\n{document},R4C2,W05,99,pemekaran desa,2025-12\n{document},,D02,181,memang begitu,\n"
    );
    desk.write("inputs/2025-10/penerimaan-catatan.csv", waivers);
    let findings = || fs::read_to_string(desk.path("outputs/2025-10/data/findings.csv")).unwrap();
    desk.rekap(&[]);
    let accepted = |text: &str| {
        text.lines().any(|l| l.starts_with("W05") && l.contains("Diterima dengan catatan") && l.contains("pemekaran desa"))
    };
    assert!(accepted(&findings()), "{}", findings());
    assert!(findings().contains("tidak dapat diterima"), "{}", findings());
    let asked = fs::read_to_string(desk.path("outputs/2025-10/data/perbaikan.csv")).unwrap();
    assert!(!asked.contains(",R4C2,") && asked.contains("D02"), "{asked}");
    let message = fs::read_to_string(desk.path("outputs/2025-10/perbaikan/62.01/pesan.txt")).unwrap();
    assert!(
        !message.contains("diwarnai") && message.contains("kirim kembali keduanya"),
        "nothing is coloured in a list: {message}"
    );
    desk.write(file, table(98, 181));
    desk.rekap(&[]);
    assert!(!accepted(&findings()), "{}", findings());
    let asked = fs::read_to_string(desk.path("outputs/2025-10/data/perbaikan.csv")).unwrap();
    assert!(asked.contains(",R4C2,"), "{asked}");
}

#[test]
fn a_region_in_a_hidden_row_is_to_be_shown_and_not_added_once_more() {
    let desk = desk();
    let hidden = edited(&sent(), |name, text| match name {
        "xl/worksheets/sheet1.xml" => text.replace("<row r=\"5\"", "<row r=\"5\" hidden=\"1\""),
        _ => text,
    });
    desk.write(SENT, hidden);
    desk.rekap(&[]);
    let findings = fs::read_to_string(desk.path("outputs/2025-10/data/findings.csv")).unwrap();
    let missing = findings.lines().find(|l| l.starts_with("W03")).unwrap();
    assert!(missing.contains("(baris 5) tersembunyi") && !missing.contains("Tambahkan"), "{missing}");
}

/// A table of voters with one warning that spoils two figures: `akhir` of Kumai and its sum are 40 more than what they come from.
fn warned(more: u32) -> Vec<u8> {
    let heads = ["NO", "KECAMATAN", "AWAL L", "AWAL P", "AWAL L+P", "BARU L", "BARU P", "BARU L+P"];
    let rest = ["TMS L", "TMS P", "TMS L+P", "AKHIR L", "AKHIR P", "AKHIR L+P"];
    let mut workbook = Workbook::new();
    let sheet = headed(&mut workbook, &[&heads[..], &rest].concat());
    let mut sums = [0; 12];
    for (row, name) in (2..).zip(NAMES) {
        let l = 10_000 + 137 * row;
        let excess = if name == "KUMAI" { more } else { 0 };
        let (baru, tms) = ([20 + row, 31], [12, 14 + row]);
        let akhir = [l + baru[0] - tms[0] + excess, l + 55 + baru[1] - tms[1]];
        let groups = [[l, l + 55], baru, tms, akhir].map(|[l, p]| [l, p, l + p]);
        sheet.write(row, 0, row - 1).unwrap();
        sheet.write(row, 1, name).unwrap();
        for (n, value) in (0_u16..).zip(groups.concat()) {
            sheet.write(row, n + 2, value).unwrap();
            sums[usize::from(n)] += value;
        }
    }
    sheet.write(8, 1, "JUMLAH").unwrap();
    for (col, sum) in (2..).zip(sums) {
        sheet.write(8, col, sum).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn an_answer_accepts_all_findings_of_its_item_until_one_of_their_values_changes() {
    let desk = desk();
    desk.write(SENT, warned(40));
    desk.rekap(&[]);
    let back = fs::read(desk.path(BACK)).unwrap();
    let answered = |values: [&str; 2]| {
        edited(&back, |name, text| match name {
            "xl/worksheets/rekapPerbaikan1.xml" => {
                let start = text.find("<c r=\"I7\"").unwrap();
                let end = start + text[start..].find("/>").unwrap() + 2;
                let answer = "<c r=\"I7\" t=\"inlineStr\"><is><t>TERIMA: pindah masuk susulan</t></is></c>";
                format!("{}{answer}{}", &text[..start], &text[end..])
            }
            "xl/worksheets/sheet1.xml" => text.replace("<v>10462</v>", values[0]).replace("<v>20942</v>", values[1]),
            _ => text,
        })
    };
    let findings = || {
        let text = fs::read_to_string(desk.path("outputs/2025-10/data/findings.csv")).unwrap();
        let of = |l: &&str| l.starts_with("P01");
        let accepted = |l: &&str| l.contains("Diterima dengan catatan");
        (text.lines().filter(of).count(), text.lines().filter(of).filter(accepted).count())
    };
    assert_eq!(findings(), (2, 0));
    desk.write("inputs/2025-10/62.01/PDPB TW III 2025 (perbaikan).xlsx", answered(["<v>10462</v>", "<v>20942</v>"]));
    desk.rekap(&[]);
    assert_eq!(findings(), (2, 2), "L and L+P are one item");
    let asked = fs::read_to_string(desk.path("outputs/2025-10/data/perbaikan.csv")).unwrap();
    assert!(asked.contains("diterima dengan catatan") && !asked.contains("terbuka"), "{asked}");
    desk.write("inputs/2025-10/62.01/PDPB TW III 2025 (perbaikan).xlsx", answered(["<v>10463</v>", "<v>20943</v>"]));
    desk.rekap(&[]);
    assert_eq!(findings().1, 0, "the answer spoke of other values");
}

#[test]
fn a_workbook_of_opendocument_goes_back_marked_too() {
    let desk = desk();
    let Some(ods) = super::recalculated::saved_as(&desk, &desk.path(SENT), "ods") else { return };
    let sent = "inputs/2025-10/62.01/PDPB TW III 2025.ods";
    fs::rename(ods, desk.path(sent)).unwrap();
    fs::remove_file(desk.path(SENT)).unwrap();
    desk.rekap(&[]);
    let back = desk.path("outputs/2025-10/perbaikan/62.01/PDPB TW III 2025 (perbaikan).ods");
    let [before, after] = [desk.path(sent), back.clone()].map(|f| desk.rekap(&["read", f.to_str().unwrap(), "--json"]).json());
    let grids = after["grids"].as_array().unwrap();
    assert_eq!((&grids[0]["name"], &grids[1]), (&"Daftar Perbaikan".into(), &before["grids"][0]));
    let saved = super::recalculated::calculated_anew(&desk, &back).unwrap();
    let parts = String::from_utf8_lossy(&fs::read(&saved).unwrap()).into_owned();
    assert!(parts.contains("xl/comments"), "a spreadsheet program shows the comments");
    let kept = super::recalculated::cells(&saved);
    assert_eq!(kept.get(&("Rekap".to_owned(), 3, 2)).map(ToString::to_string), Some("22354".to_owned()));
    fs::copy(&back, desk.path("inputs/2025-10/62.01/PDPB TW III 2025 (perbaikan).ods")).unwrap();
    desk.rekap(&[]);
    let message = fs::read_to_string(desk.path("outputs/2025-10/perbaikan/62.01/pesan.txt")).unwrap();
    assert!(message.contains("tidak mengubah satu angka pun"), "{message}");
}

#[test]
fn a_message_tells_how_many_cells_share_a_fault() {
    let desk = Desk::new();
    desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\nsatker = [\"62.01\"]\n");
    let mut workbook = Workbook::new();
    let sheet = headed(&mut workbook, &["KECAMATAN", "LAKI-LAKI", "PEREMPUAN", "JUMLAH"]);
    for (row, name) in (2..).zip(NAMES) {
        let l = 4_000 + row * 37;
        sheet.write(row, 0, name).unwrap();
        for (col, value) in [(1, l), (2, l + 11), (3, 2 * l + 11)] {
            sheet.write(row, col, value).unwrap();
        }
    }
    sheet.write(8, 0, "JUMLAH").unwrap();
    let sum: u32 = (2..7).map(|row| 4_000 + row * 37).sum();
    for (col, letter, value) in [(1, 'B', sum), (2, 'C', sum + 55), (3, 'D', 2 * sum + 55)] {
        let formula = Formula::new(format!("=SUM({letter}3:{letter}7)")).set_result(value.to_string());
        sheet.write(8, col, formula).unwrap();
    }
    desk.write(SENT, workbook.save_to_buffer().unwrap());
    desk.rekap(&[]);
    let message = fs::read_to_string(desk.path("outputs/2025-10/perbaikan/62.01/pesan.txt")).unwrap();
    assert!(message.contains("Begitu pula 2 sel lain, lihat lembar Daftar Perbaikan."), "{message}");
}
