//! Formulas against the figures KPU published, and against what people get wrong in writing them.

use super::*;

fn at(text: &str, voters: i128, count: i128) -> Estimate {
    let value = |name: &str| match name {
        VOTERS => Some(Exact::whole(voters)),
        STATIONS => Some(Exact::whole(count)),
        "cadangan" => Some(Exact::whole(2)),
        _ => None,
    };
    Formula::parse(text).unwrap().evaluate(&Place { value: &value, stations: None }).unwrap()
}

fn with_stations(text: &str, stations: &[u32]) -> Estimate {
    let value = |_: &str| None;
    Formula::parse(text).unwrap().evaluate(&Place { value: &value, stations: Some(stations) }).unwrap()
}

const RESERVE: &str = "per_tps(pemilih * 2 / 100)";

#[test]
fn a_station_gets_its_reserve_rounded_up_and_no_more() {
    for (voters, reserve) in [(300, 6), (260, 6), (250, 5), (251, 6), (1, 1), (0, 0), (50, 1), (350, 7)] {
        assert_eq!(with_stations(RESERVE, &[voters]), Estimate::exactly(Exact::whole(reserve)), "{voters}");
    }
    for voters in 0..2000_u32 {
        let integer = i128::from((2 * voters).div_ceil(100));
        assert_eq!(with_stations(RESERVE, &[voters]).likely, Exact::whole(integer), "{voters}");
        let integer = i128::from((25 * voters).div_ceil(1000));
        assert_eq!(with_stations("per_tps(pemilih * 2.5 / 100)", &[voters]).likely, Exact::whole(integer), "{voters}");
    }
}

#[test]
fn published_reserves_lie_between_the_bounds() {
    for (rate, voters, count, published) in
        [("2", 345_038, 1302, 7373), ("2", 320_118, 1_300, 7045), ("2.5", 762_415, 1_600, 19_837)]
    {
        let reserve = at(&format!("per_tps(pemilih * {rate} / 100)"), voters, count);
        assert!((reserve.low..=reserve.high).contains(&Exact::whole(published)), "{reserve:?}");
    }
    let palu = at(RESERVE, 274_293, 507);
    assert!((palu.low..=palu.high).contains(&palu.likely));
    assert_eq!((palu.low, palu.high), (Exact::whole(5486), Exact::whole(5992)));
    // Palu by kecamatan, Pilkada 2024.
    let kecamatan =
        [(58_178, 107), (52_139, 94), (38_709, 70), (33_265, 62), (31_894, 57), (25_537, 49), (17_862, 35), (16_709, 33)];
    let likely = kecamatan.map(|(voters, count)| at("per_tps(pemilih * 2.5 / 100)", voters, count).likely.number());
    assert!((likely.iter().sum::<f64>() - 7030.0).abs() < 1e-9);
}

#[test]
fn bounds_hold_every_way_of_spreading_the_voters() {
    let whole = at(RESERVE, 903, 3);
    for stations in [[301, 301, 301], [300, 300, 303], [1, 1, 901], [0, 3, 900], [250, 250, 403]] {
        let exact = with_stations(RESERVE, &stations).likely;
        assert!(whole.low <= exact && exact <= whole.high, "{stations:?}");
    }
}

#[test]
fn precedence_and_functions() {
    assert_eq!(at("2 + 3 * 4 - 6 / 2", 0, 0).likely, Exact::whole(11));
    assert_eq!(at("maks(bulat_atas(pemilih / tps), 7) - min(1, 2)", 13, 2).likely, Exact::whole(6));
    assert_eq!(at("(pemilih + 1) / 2 / 2", 7, 1).likely, Exact::whole(2));
    assert_eq!(at("bulat_bawah(7 / 2)", 0, 0).likely, Exact::whole(3));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, place, said) in [
        ("4 * ", 4, "berakhir"),
        ("4 % tps", 2, "tidak diharapkan"),
        ("2,5 * tps", 1, "tidak diharapkan"),
        ("(tps + 1", 8, "belum ditutup"),
        ("naik(tps)", 0, "bulat_atas"),
        ("maks(tps)", 0, "2 isian"),
        ("1.2.3", 0, "bukan bilangan"),
        ("tps tps", 4, "tidak diharapkan"),
    ] {
        let fault = Formula::parse(text).unwrap_err();
        assert_eq!(fault.at, place, "{text}: {}", fault.why);
        assert!(fault.why.contains(said), "{text}: {}", fault.why);
    }
    assert!(Formula::parse(&"(".repeat(10_000)).is_err());
    assert!(Formula::parse(&"min(".repeat(10_000)).is_err());
}

#[test]
fn nothing_comes_out_of_what_is_not_known_or_has_no_bound() {
    let value = |_: &str| None;
    let place = Place { value: &value, stations: None };
    for text in ["x * 2", "1 / 0", "99999999999999999999999999999 * 99999999999999999999999999999 * 9"] {
        assert_eq!(Formula::parse(text).unwrap().evaluate(&place), None, "{text}");
    }
}

#[test]
fn a_spreadsheet_reads_the_same() {
    let cell = |name: &str| format!("<{name}>");
    let written = |text: &str, stations| Formula::parse(text).unwrap().in_sheet(&cell, stations, Bound::Likely);
    assert_eq!(written("jenis * tps", None), "<jenis>*<tps>");
    assert_eq!(written("(a + 1) * 2 - (b - c)", None), "(<a>+1)*2-(<b>-<c>)");
    assert_eq!(written("per_tps(pemilih * r / 100)", Some("T!D5:D9")), "SUMPRODUCT(ROUNDUP(ROUND(T!D5:D9*<r>/100,6),0))");
    assert_eq!(
        written("per_tps(pemilih * r / 100)", None),
        "IF(<tps>>0,<tps>*ROUNDUP(ROUND((<pemilih>*<r>/100)/<tps>,6),0),ROUNDUP(ROUND(<pemilih>*<r>/100,6),0))"
    );
    let bound = |bound| Formula::parse("per_tps(pemilih * 2)").unwrap().in_sheet(&cell, None, bound);
    assert_eq!(bound(Bound::Low), "ROUNDUP(ROUND(<pemilih>*2,6),0)");
    assert_eq!(bound(Bound::High), "IF(<tps>>0,ROUNDUP(ROUND((<pemilih>*2)+<tps>,6),0)-1,ROUNDUP(ROUND(<pemilih>*2,6),0))");
}
