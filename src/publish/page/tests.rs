//! The page as text; what a browser makes of it is tested with the whole program.

use super::*;
use crate::model::{Excerpt, Excerpted, Finding, Origin};
use crate::publish::fixture::{Province, regions, schemas};

const SMALL: Province = Province { offices: 4, rows: 5 };

fn drawn(batch: &Consolidated) -> String {
    String::from_utf8(page(batch, &schemas(), &regions(), &["PDPB.xlsx", "data/findings.csv"]).unwrap()).unwrap()
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(part, _)| part).unwrap()
}

#[test]
fn texts_of_inputs_stay_texts() {
    let evil = "<img src=x onerror=\"alert(1)\">'</script>";
    let mut batch = SMALL.batch();
    batch.config.name = evil.into();
    batch.inferred.push(evil.into());
    for entry in &mut batch.entries {
        entry.source.document.insert_str(0, evil);
        entry.outcome.reason = evil.into();
        let cells = vec![(1, evil.into()), (1, evil.into())];
        let rows = vec![Excerpted { row: 11, heading: true, cells: cells.clone() }, Excerpted { row: 12, heading: false, cells }];
        entry.outcome.excerpts.push(Excerpt { grid: 0, columns: vec![17, 18], rows });
    }
    for finding in &mut batch.findings {
        if !finding.document.is_empty() {
            finding.document.insert_str(0, evil);
        }
        finding.message = evil.into();
        finding.found = evil.into();
        finding.suggestion = evil.into();
    }
    let text = drawn(&batch);
    assert!(text.contains("&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#39;&#60;/script&#62;"));
    assert!(!text.contains("<img") && !text.contains("onerror=\""));
    assert_eq!(text.matches("</script>").count(), 1);
}

#[test]
fn the_page_fetches_nothing() {
    let text = drawn(&SMALL.batch());
    for word in ["<link", "src=", "url(", "@import", "href=\"http", "href=\"//", "fetch(", "XMLHttpRequest"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("default-src 'none'"));
    let links: Vec<&str> = text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    for link in links.iter().filter_map(|l| l.strip_prefix('#')) {
        assert!(text.contains(&format!("id=\"{link}\"")), "{link}");
    }
    assert!(links.contains(&"PDPB.xlsx"));
}

#[test]
fn the_three_figures_say_what_the_batch_says() {
    let text = drawn(&SMALL.batch());
    let three = between(&text, "class=\"tiga\"", "</section>");
    let figures: Vec<&str> = three.split("class=\"nilai\">").skip(1).map(|f| f.split('<').next().unwrap()).collect();
    // Of four offices two are to be repaired, one has sent nothing, the other not its budget. Three offices with five rows of voters
    // and fifteen of reasons each; two rows of voters are at fault.
    assert_eq!(figures, ["0", "3", "96,6 %"]);
    assert!(text.contains("58 dari 60 baris"), "{}", between(&text, "id=\"cocok\"", "</section>"));
}

#[test]
fn the_cell_in_question_is_marked_in_the_table_around_it() {
    let mut batch = SMALL.batch();
    let recalled = drawn(&batch);
    let table = between(&recalled, "class=\"kutipan\"", "</table>");
    assert!(table.contains("lembar Rekap") && table.contains("<td>S"), "{table}");
    assert!(table.contains("</span> 20.290<span class=\"suara\"> (sel yang dicurigai)"), "{table}");
    let cells = vec![(1, "Kecamatan 2".into()), (1, "20 248".into())];
    let rows = vec![Excerpted { row: 11, heading: false, cells }];
    batch.entries[0].outcome.excerpts.push(Excerpt { grid: 0, columns: vec![1, 18], rows });
    let kept = drawn(&batch);
    let table = between(&kept, "class=\"kutipan\"", "</table>");
    assert!(table.contains("</span> 20.290<span class=\"suara\"> (sel yang dicurigai)"), "{table}");
    assert!(kept.contains("Yang dicurigai: <b>lembar Rekap, sel S12 menjadi 20.247</b>"));
}

#[test]
fn a_finding_about_nothing_in_particular_is_shown_without_a_table() {
    let mut batch = SMALL.batch();
    batch.findings.retain(|f| f.code == "A09");
    let text = drawn(&batch);
    assert!(text.contains("belum mengirim PDPB") && !text.contains("class=\"kutipan\""));
    batch.findings.clear();
    assert!(drawn(&batch).contains("Tidak ada temuan."));
}

#[test]
fn five_thousand_findings_of_thirty_eight_offices_make_a_page_that_opens() {
    let mut batch = Province { offices: 38, rows: 60 }.batch();
    let finding = |n: usize| {
        let cell = Origin::new(0, 10 + u32::try_from(n / 37 % 60).unwrap(), 4 + u16::try_from(n / 37 / 60 % 15).unwrap());
        let document = batch.entries[n % 37].source.document.clone();
        let satker = batch.entries[n % 37].outcome.subject.satker;
        let message = "jumlah baris ini bukan jumlah kolom-kolomnya menurut rekapitulasi yang tercetak";
        Finding { document, satker, suspect: Some(cell), ..Finding::new("D01", message).at(cell).numbers(20_248.0, 20_247.0) }
    };
    batch.findings = (0..5_000).map(finding).collect();
    let text = drawn(&batch);
    assert_eq!(text.matches("<details class=\"kartu").count(), 5_000);
    assert_eq!(text.matches("class=\"kutipan\"").count(), 5_000);
    assert!(text.len() < 16 << 20, "{}", text.len());
}
