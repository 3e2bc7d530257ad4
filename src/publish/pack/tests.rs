//! The pack of evidence: what is in it, and that it is the same every time.

use super::*;
use crate::consolidate::iku::Share;
use crate::publish::fixture;

fn batch() -> Consolidated {
    let mut batch = fixture::Province { offices: 3, rows: 2 }.batch();
    batch.entries[1].outcome.status = Status::Quarantined;
    let evidence = (0..3).map(|n: u8| Evidence {
        satker: fixture::region(&format!("62.0{}", n + 1)),
        kind: "pdpb".into(),
        entry: (n < 2).then_some(usize::from(n)),
        accepted: n < 2,
        span: None,
    });
    let share =
        Share { satker: fixture::region("62.01"), name: "Kabupaten Contoh 1".into(), counts: Some(true), ..Share::default() };
    let computed = Computed {
        name: "pdpb-tepat-waktu".into(),
        label: "Tepat waktu".into(),
        shares: vec![share],
        evidence: evidence.collect(),
        ..Computed::default()
    };
    batch.iku = Some(IkuBook { indicators: vec![computed], ..IkuBook::default() });
    batch
}

fn packed(batch: &Consolidated) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::new(dir.path());
    write(batch, &fixture::schemas(), &fixture::regions(), &|e| Some(e.source.document.clone().into_bytes()), &mut folder)
        .unwrap();
    std::fs::read(dir.path().join(FILE)).unwrap()
}

#[test]
fn the_pack_holds_what_proves_and_nothing_of_quarantined_documents() {
    let batch = batch();
    let bytes = packed(&batch);
    assert_eq!(bytes, packed(&batch));
    let zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let copy = "01-pdpb-tepat-waktu/62.01/62.01/PDPB TW III 01.xlsx";
    assert_eq!(names, [copy, "01-pdpb-tepat-waktu/sampul.docx", "indeks.csv"]);
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("PDPB TW III 02"), "the name of a quarantined document");
    assert!(text.contains("belum ada"));
}

#[test]
fn paths_can_be_unpacked_anywhere() {
    assert_eq!(safe("../a:b/./c?.xlsx"), "a_b/c_.xlsx");
}
