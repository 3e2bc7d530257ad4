//! Printed forms of codes and what they stand for.

use super::*;

fn first(text: &str) -> Option<(Tier, String)> {
    readings(text).into_iter().next().map(|c| (c.tier, c.parts.iter().map(|(_, p)| p.as_str()).collect::<Vec<_>>().join("/")))
}

#[test]
fn money_is_no_code() {
    for text in ["Rp6.536.306", "Rp. 4.099", "rp 3.355"] {
        assert_eq!(readings(text), [], "{text}");
    }
    assert!(!readings("3355.EBD").is_empty());
}

#[test]
fn a_code_is_told_from_the_text_it_runs_into() {
    assert_eq!(glued("3355.EBD.955Layanan Manajemen"), Some(("3355.EBD.955", "Layanan Manajemen")));
    assert_eq!(glued("076.01.WAProgram Dukungan"), Some(("076.01.WA", "Program Dukungan")));
    for text in ["Layanan Manajemen", "S.Sos Layanan", "3355.EBD.955", "1.200Orang", "3355.EBD.955 Layanan"] {
        assert_eq!(glued(text), None, "{text}");
    }
    assert_eq!(leading_letters("A - Rekonsiliasi"), Some(("A", "Rekonsiliasi")));
    assert_eq!(leading_letters("- Rekonsiliasi"), None);
}

#[test]
fn a_code_may_stand_behind_its_text() {
    for (text, code, rest) in [
        ("Belanja Bahan (521211)", "521211", "Belanja Bahan"),
        ("Layanan Keuangan - EBD.955", "EBD.955", "Layanan Keuangan"),
        ("Koordinasi [A]", "A", "Koordinasi"),
        ("Perkantoran (KPU) (3360)", "3360", "Perkantoran (KPU)"),
    ] {
        assert_eq!(trailing(text), Some((code, rest)), "{text}");
    }
    for text in ["521211", "(521211)", "Sewa 12", "Honor Tim A", "Rapat (2 hari)", "Bahan [3 PKT]", "JUMLAH (Rp)"] {
        assert_eq!(trailing(text), None, "{text}");
    }
}

#[test]
fn every_printed_form_has_its_level() {
    for (text, tier, parts) in [
        ("076.01.WA", Tier::Program, "076.01.WA"),
        ("076.01.06", Tier::Program, "076.01.06"),
        ("WA", Tier::Program, "WA"),
        ("3357", Tier::Kegiatan, "3357"),
        ("Kegiatan 3357", Tier::Kegiatan, "3357"),
        ("RO : 963", Tier::Ro, "963"),
        ("CQ.6709", Tier::Kegiatan, "CQ/6709"),
        ("EBA", Tier::Kro, "EBA"),
        ("3357.EBA", Tier::Kro, "3357/EBA"),
        ("3357.EBA.963", Tier::Ro, "3357/EBA/963"),
        ("QGE.001", Tier::Ro, "QGE/001"),
        ("051", Tier::Komponen, "051"),
        ("51", Tier::Komponen, "051"),
        ("ZZ1", Tier::Komponen, "ZZ1"),
        ("A", Tier::Subkomponen, "A"),
        ("051.0A", Tier::Subkomponen, "051/A"),
        ("051.TA", Tier::Subkomponen, "051/TA"),
        ("521211", Tier::Akun, "521211"),
        ("051.A.521211", Tier::Akun, "051/A/521211"),
        ("076.01.WA.3357.EBA.963.051.A.521211", Tier::Akun, "076.01.WA/3357/EBA/963/051/A/521211"),
        ("076.01.wa/3357/eba", Tier::Kro, "076.01.WA/3357/EBA"),
        (" 076 . 01 . WA ", Tier::Program, "076.01.WA"),
        ("(051)", Tier::Komponen, "051"),
        ("5", Tier::Akun, "5"),
        ("5.1.02", Tier::Akun, "5.1.02"),
        ("5.1.02.", Tier::Akun, "5.1.02"),
        ("5.1.02.01.001.00024", Tier::Akun, "5.1.02.01.001.00024"),
        ("2.21.02.1.01.0005", Tier::Ro, "2.21.02.1.01.0005"),
    ] {
        assert_eq!(first(text), Some((tier, parts.to_owned())), "{text}");
    }
}

#[test]
fn what_is_no_code_is_none() {
    for text in [
        "",
        "-",
        "1.234.000",
        "12 OK",
        "JUMLAH",
        "Kode",
        "52121",
        "3.357",
        "1/2",
        "É",
        "0,5",
        "076.01",
        "1.2",
        "Akun 3357",
        "Program",
        "Program KPU",
    ] {
        assert!(readings(text).is_empty(), "{text}: {:?}", readings(text));
    }
}

#[test]
fn a_part_of_several_levels_has_all_its_readings() {
    let tiers = |text: &str| readings(text).into_iter().map(|c| c.tier).collect::<Vec<_>>();
    assert_eq!(tiers("963"), [Tier::Komponen, Tier::Ro, Tier::Kro]);
    assert_eq!(tiers("TA"), [Tier::Program, Tier::Subkomponen]);
    assert_eq!(readings_at("963", Tier::Ro)[0].tier, Tier::Ro);
    assert_eq!(readings_at("WA1", Tier::Subkomponen).len(), 3, "what the column does not fit stays what it is");
}

#[test]
fn a_text_may_begin_with_its_code() {
    for (text, code, rest) in [
        ("051 Penyusunan Laporan", "051", "Penyusunan Laporan"),
        ("3357.EBA.963 - Layanan Data", "3357.EBA.963", "Layanan Data"),
        ("A. Koordinasi", "A", "Koordinasi"),
        ("[521211] Belanja Bahan", "521211", "Belanja Bahan"),
        ("EBA Layanan", "EBA", "Layanan"),
        ("076.01.WA: Program", "076.01.WA", "Program"),
    ] {
        assert_eq!(leading(text), Some((code, rest)), "{text}");
    }
    assert_eq!(leading_letters("A Rekonsiliasi"), Some(("A", "Rekonsiliasi")));
    assert_eq!(leading_letters("ATK Kegiatan"), None);
    assert!(readings_at("JUMLAH", Tier::Akun).is_empty());
    for text in ["ATK Kegiatan 3", "12 Orang", "Uang Harian", "A Yani", "521211", "di Kantor", "100 lembar kertas?"] {
        let found = leading(text).filter(|(c, _)| c.len() != 3);
        assert_eq!(found, None, "{text}");
    }
}

#[test]
fn brackets_and_the_name_of_the_level_are_no_part_of_a_code() {
    for (text, code) in
        [("(051)", "051"), ("[A]", "A"), ("Akun 521211", "521211"), ("521211", "521211"), ("(KPU Kota)", "(KPU Kota)")]
    {
        assert_eq!(unnamed(text), code, "{text}");
    }
}

#[test]
fn an_ro_without_all_its_figures_is_cut() {
    for (text, cut) in [("3355.EBD.95", true), ("WA.3355.EBD.9", true), ("3355.EBD.955", false), ("3355.EBD", false)] {
        assert_eq!(readings(text).first().map(Code::is_cut), Some(cut), "{text}");
    }
    // Money, and what has no KRO before it, is no RO.
    for text in ["3.355.95", "3355.123.95", "EBD.95"] {
        assert!(!readings(text).iter().any(Code::is_cut), "{text}");
    }
}
