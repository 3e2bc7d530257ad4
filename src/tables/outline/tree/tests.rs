//! Trees from codes, marks and indents.

use super::super::{code, mark};
use super::*;

/// Rows as `code|text|amount`; a text may begin with its mark, and `!` before the amount makes a row a leaf.
fn entries(rows: &[&str]) -> Vec<Entry> {
    let one = |row: &&str| {
        let [code, text, amount]: [&str; 3] = row.split('|').collect::<Vec<_>>().try_into().unwrap();
        Entry {
            codes: code::readings(code),
            mark: mark::leading(text).map(|(m, _)| m),
            leaf: amount.starts_with('!'),
            amount: amount.trim_start_matches('!').parse().ok(),
            apart: false,
        }
    };
    rows.iter().map(one).collect()
}

fn drawn(rows: &[&str]) -> Vec<String> {
    let outline = Outline::of(&entries(rows));
    let depth = |mut at: usize| {
        let mut n = 0;
        while let Some(up) = outline.nodes[at].parent {
            (at, n) = (up, n + 1);
        }
        n
    };
    let one = |(at, node): (usize, &Node)| format!("{}{} {}", "  ".repeat(depth(at)), node.level.as_str(), node.path);
    outline.nodes.iter().enumerate().map(one).collect()
}

#[test]
fn a_working_paper_of_a_satker() {
    let rows = [
        "076.01.WA|Program|300",
        "3357|Kegiatan|300",
        "3357.EBA|KRO|300",
        "3357.EBA.963|RO|300",
        "051|Komponen|300",
        "A|Sub|300",
        "521211|Bahan|300",
        "|> Rapat|",
        "|- ATK|!100",
        "|- Konsumsi|!200",
        "076.01.CQ|Program|5",
    ];
    assert_eq!(
        drawn(&rows),
        [
            "program 076.01.WA",
            "  kegiatan 076.01.WA/3357",
            "    kro 076.01.WA/3357/EBA",
            "      ro 076.01.WA/3357/EBA/963",
            "        komponen 076.01.WA/3357/EBA/963/051",
            "          subkomponen 076.01.WA/3357/EBA/963/051/A",
            "            akun 076.01.WA/3357/EBA/963/051/A/521211",
            "              header 076.01.WA/3357/EBA/963/051/A/521211",
            "                detil 076.01.WA/3357/EBA/963/051/A/521211",
            "                detil 076.01.WA/3357/EBA/963/051/A/521211",
            "program 076.01.CQ",
        ]
    );
}

#[test]
fn abbreviated_codes_fall_into_place() {
    let rows = [
        "WA|P|300",
        "WA.3357|K|300",
        "EBA|KRO|300",
        "EBA.963|RO|300",
        "051|K|100",
        "051.0A|S|100",
        "521211|B|100",
        "051.TA|S|0",
        "052|K|200",
        "CQ|P|7",
        "CQ.6709|K|7",
    ];
    let drawn = drawn(&rows);
    assert_eq!(drawn[6].trim(), "akun WA/3357/EBA/963/051/A/521211");
    assert_eq!(drawn[7].trim(), "subkomponen WA/3357/EBA/963/051/TA");
    assert_eq!(drawn[8].trim(), "komponen WA/3357/EBA/963/052");
    assert_eq!(&drawn[9..], ["program CQ", "  kegiatan CQ/6709"]);
}

#[test]
fn own_parts_alone_are_told_by_what_is_left() {
    let rows = ["3357|K|300", "EBA|KRO|300", "963|RO|100", "051|K|60", "052|K|40", "994|RO|200", "001|K|200"];
    assert_eq!(
        drawn(&rows).iter().map(|l| l.trim()).collect::<Vec<_>>(),
        [
            "kegiatan 3357",
            "kro 3357/EBA",
            "ro 3357/EBA/963",
            "komponen 3357/EBA/963/051",
            "komponen 3357/EBA/963/052",
            "ro 3357/EBA/994",
            "komponen 3357/EBA/994/001",
        ]
    );
}

#[test]
fn a_komponen_is_no_numeric_kro_where_a_table_begins_at_one() {
    let rows = ["EBA|KRO|300", "962|RO|300", "051|K|300", "521211|B|300", "EBD|KRO|50", "952|RO|50", "051|K|50", "521211|B|50"];
    let drawn = drawn(&rows);
    assert_eq!(drawn[2].trim(), "komponen EBA/962/051");
    assert_eq!(drawn[7].trim(), "akun EBD/952/051/521211");
    assert_eq!(self::drawn(&["EBA|KRO|300", "051|K|300", "521211|B|300"])[1].trim(), "komponen EBA/051");
}

#[test]
fn rekening_hang_below_what_they_begin_with() {
    let rows = [
        "5|Belanja|300",
        "5.1|Operasi|300",
        "5.1.02|Barang|300",
        "5.1.02.01.001.00024|ATK|100",
        "|[ # ] ATK|100",
        "|[ - ] ATK|100",
        "|Staples|!100",
        "5.1.02.02.001.00003|Honor|200",
    ];
    assert_eq!(
        drawn(&rows),
        [
            "header 5",
            "  header 5.1",
            "    header 5.1.02",
            "      akun 5.1.02.01.001.00024",
            "        header 5.1.02.01.001.00024",
            "          header 5.1.02.01.001.00024",
            "            detil 5.1.02.01.001.00024",
            "      akun 5.1.02.02.001.00003",
        ]
    );
}

#[test]
fn rows_without_codes_head_what_they_sum_up() {
    let rows = ["|Belanja Bahan|300", "|Rapat|100", "|ATK|!40", "|Kertas|!60", "|Konsumsi|!200", "|Sewa|!50"];
    assert_eq!(drawn(&rows), ["header ", "  header ", "    detil ", "    detil ", "  detil ", "detil "]);
}

#[test]
fn a_code_below_another_parent_is_misplaced() {
    let nodes = Outline::of(&entries(&["3357|K|1", "3357.EBA|KRO|1", "3357.QIC.963|RO|1", "051|K|1"])).nodes;
    assert_eq!(nodes[2].misplaced.as_deref(), Some("3357.EBA.963"));
    assert_eq!((nodes[2].parent, nodes[3].parent), (Some(1), Some(2)));
    let nodes = Outline::of(&entries(&["3357|K|1", "3357.EBA.963|RO|1", "3358.EBC|KRO|1"])).nodes;
    assert_eq!(nodes[1].misplaced, None, "a KRO that is not printed may be named");
    assert_eq!(nodes[1].path, "3357/EBA/963");
    assert!(nodes[2].misplaced.is_some());
}

#[test]
fn the_same_path_twice_is_told_once_it_comes_again() {
    let nodes =
        Outline::of(&entries(&["051|K|3", "A|S|3", "521211|B|1", "521213|H|1", "521211|B|1", "B|S|0", "521211|B|0"])).nodes;
    let again: Vec<_> = nodes.iter().map(|n| n.again).collect();
    assert_eq!(again, [None, None, None, None, Some(2), None, None]);
}

#[test]
fn five_thousand_rows_are_nothing() {
    let rows: Vec<Entry> = (0..50_000).map(|_| Entry { amount: Some(0.0), ..Entry::default() }).collect();
    assert_eq!(Outline::of(&rows).nodes.len(), 50_000);
}

#[test]
fn a_path_that_lacks_what_all_others_have_is_lost() {
    let komponen = |n: &str| [format!("{n}||10"), "A||10".into(), "521211||10".into(), "|- rapat|!10".into()];
    let mut rows = vec!["3357.EBA.963||30".to_owned()];
    rows.extend(["051", "052", "053"].iter().flat_map(|n| komponen(n)));
    // The last komponen was not read.
    rows.push("3357.EBA.964||10".to_owned());
    rows.extend(komponen("054").into_iter().skip(1));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let outline = Outline::of(&entries(&rows));
    let lost: Vec<usize> = (0..rows.len()).filter(|&at| outline.nodes[at].lost).collect();
    assert_eq!(lost, [14, 15, 16]);
}

#[test]
fn below_a_code_without_its_end_no_path_is_known() {
    let rows = ["3357.EBA|KRO|20", "3357.EBA.96|RO|10", "051|Komponen|10", "3357.EBA.964|RO|10", "051|Komponen|10"];
    let outline = Outline::of(&entries(&rows));
    let lost: Vec<usize> = (0..rows.len()).filter(|&at| outline.nodes[at].lost).collect();
    assert_eq!(lost, [1, 2]);
    assert_eq!(outline.nodes[1].level, Level::Coded(Tier::Ro));
}
