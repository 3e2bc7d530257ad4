//! The matching against the whole list: nothing is merged, slips find home, and how often.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::schema::Alias;
use crate::model::{Level, Region};
use crate::normalise::text;

use super::{Match, Regions};

/// The list with the aliases that ship.
pub(in crate::normalise) fn regions() -> &'static Regions {
    #[derive(Deserialize)]
    struct File {
        wilayah: Vec<Alias>,
    }
    static REGIONS: OnceLock<Regions> = OnceLock::new();
    REGIONS.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../schemas/wilayah-alias.toml")).unwrap();
        Regions::builtin().unwrap().with_aliases(&file.wilayah).unwrap()
    })
}

pub(in crate::normalise) fn region(code: &str) -> Region {
    if code.is_empty() { Region::NATION } else { code.parse().unwrap() }
}

fn all(level: Level) -> &'static [Region] {
    regions().inside(Region::NATION, level)
}

fn name(region: Region) -> &'static str {
    regions().name(region).unwrap()
}

/// Every official name resolves to its own region, or is a namesake that is called ambiguous.
fn own_names(level: Level, dress: impl Fn(&str) -> String) -> usize {
    let mut namesakes = 0;
    for &r in all(level) {
        let printed = dress(name(r));
        match regions().resolve(&printed, r.parent(), level) {
            Match::Certain(found) if found == r => {}
            Match::Ambiguous(several) if several.contains(&r) => namesakes += 1,
            other => panic!("{printed} ({r}) gave {other:?}"),
        }
    }
    namesakes
}

#[test]
fn no_official_name_is_taken_for_another() {
    for level in [Level::Provinsi, Level::Kabkota, Level::Kecamatan] {
        assert_eq!(own_names(level, str::to_owned), 0);
        assert_eq!(own_names(level, |n| format!("  {} *", n.to_uppercase().replace('-', " - ").replace('\'', "\u{2019}"))), 0);
        assert_eq!(own_names(level, |n| format!("3. {n}")), 0);
    }
    assert_eq!(own_names(Level::Kabkota, |n| format!("KPU {n}")), 0);
    assert_eq!(own_names(Level::Kecamatan, |n| format!("Kec. {n}")), 0);
    assert_eq!(own_names(Level::Kecamatan, |n| format!("KECAMATAN {}", n.to_uppercase().replace(' ', ""))), 0);
    assert_eq!(own_names(Level::Kabkota, |n| n.replacen(' ', "\u{a0}", 1)), 0);
    assert_eq!(own_names(Level::Desa, str::to_uppercase), 34, "17 pairs: a desa and a kelurahan of one name in one kecamatan");
}

#[test]
fn the_national_table_resolves_whole() {
    // As the table of 2024 prints them: KOTA is written, KABUPATEN is not; nine rows are spelt otherwise than on the list.
    let other_spellings =
        [("12.77", "KOTA PADANG SIDEMPUAN"), ("73.10", "PANGKAJENE KEPULAUAN"), ("95.02", "KAB PEGUNUNGAN BINTANG")];
    let printed = |r: Region| {
        let own = regions().bare_name(r).unwrap().to_uppercase();
        let other = other_spellings.iter().find(|(code, _)| region(code) == r).map(|(_, n)| (*n).to_owned());
        other.unwrap_or(if name(r).starts_with("Kota") { format!("KOTA {own}") } else { own })
    };
    let rows: Vec<(String, Region)> = all(Level::Kabkota).iter().map(|&r| (printed(r), r.parent())).collect();
    let names: Vec<(&str, Region)> = rows.iter().map(|(n, p)| (n.as_str(), *p)).collect();
    let found = regions().resolve_column(&names, Level::Kabkota);
    for (r, found) in all(Level::Kabkota).iter().zip(found) {
        assert_eq!(found, Match::Certain(*r), "{}", name(*r));
    }
    let jakarta = regions().resolve("DKI JAKARTA", Region::NATION, Level::Provinsi);
    assert_eq!(jakarta, Match::Certain(region("31")));
}

/// One letter left out, doubled, changed or swapped with the next, somewhere behind the first.
fn slip(text: &str, seed: u64) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let letters: Vec<usize> = (1..chars.len()).filter(|&i| chars[i].is_alphabetic()).collect();
    let Some(&i) = letters.get(usize::try_from(seed >> 33).unwrap() % letters.len().max(1)) else { return text.to_owned() };
    match seed % 4 {
        0 => drop(chars.remove(i)),
        1 => chars.insert(i, chars[i]),
        2 => chars[i] = ['a', 'e', 'i', 'o', 'u', 'n', 'r'][usize::try_from(seed >> 5).unwrap() % 7],
        _ if i + 1 < chars.len() => chars.swap(i, i + 1),
        _ => drop(chars.remove(i)),
    }
    chars.into_iter().collect()
}

/// `silent` counts what was called certain and is neither right nor letter by letter another region's name.
#[derive(Debug, Default)]
struct Tally {
    tried: usize,
    right: usize,
    wrong: usize,
    open: usize,
    silent: usize,
}

fn tally(level: Level) -> Tally {
    let mut t = Tally::default();
    let mut seed = 7_u64;
    for &r in all(level) {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let own = if level == Level::Kabkota { regions().bare_name(r).unwrap() } else { name(r) };
        let printed = slip(own, seed);
        if text::key(&printed) == text::key(own) || own.len() < 6 {
            continue;
        }
        t.tried += 1;
        match regions().resolve(&printed, r.parent(), level) {
            Match::Similar(found, _) if found == r => t.right += 1,
            Match::Similar(..) => t.wrong += 1,
            Match::Certain(found) if found != r && text::key(name(found)) != text::key(&printed) => t.silent += 1,
            _ => t.open += 1,
        }
    }
    t
}

#[test]
fn slips_find_home_or_stay_open() {
    for (level, least) in [(Level::Kabkota, 0.85), (Level::Kecamatan, 0.95)] {
        let t = tally(level);
        assert_eq!(t.silent, 0, "{t:?}");
        assert_eq!(t.wrong, 0, "{t:?}");
        #[expect(clippy::cast_precision_loss, reason = "counts of names")]
        let share = t.right as f64 / t.tried as f64;
        assert!(share > least, "{level:?} {t:?}");
    }
}

#[test]
fn a_column_tells_whose_it_is() {
    for code in ["62.04", "35.07", "75.01", "12.07"] {
        let kabkota = region(code);
        let names: Vec<String> = regions().children(kabkota).iter().map(|&r| format!("Kec. {}", name(r))).collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.extend(["JUMLAH", "Kumai Xaviera"]);
        let found = regions().common_parent(&names, Level::Kecamatan, Region::NATION);
        assert_eq!(found, Some((kabkota, names.len() - 2)));
    }
    assert_eq!(regions().common_parent(&["Sukamaju"], Level::Desa, Region::NATION), None);
    assert_eq!(regions().common_parent(&[], Level::Desa, Region::NATION), None);
    let kabkota = ["BARITO SELATAN", "KOTA PALANGKA RAYA", "Kab. Kapuas"];
    assert_eq!(regions().common_parent(&kabkota, Level::Kabkota, Region::NATION), Some((region("62"), 3)));
}

#[test]
fn a_column_settles_namesakes() {
    let resolve = |names: &[&str]| {
        let java = region("32");
        regions().resolve_column(&names.iter().map(|n| (*n, java)).collect::<Vec<_>>(), Level::Kabkota)
    };
    // The other one is named, or the column shows its habit; else nobody knows.
    assert_eq!(resolve(&["BOGOR", "KOTA BOGOR"])[0], Match::Certain(region("32.01")));
    assert_eq!(resolve(&["Kab. Bogor", "Bogor"])[1], Match::Certain(region("32.71")));
    assert_eq!(resolve(&["BOGOR", "KOTA DEPOK"])[0], Match::Certain(region("32.01")));
    assert!(matches!(resolve(&["BOGOR", "DEPOK"])[0], Match::Ambiguous(_)));
    assert!(matches!(resolve(&["BOGOR", "KOTA DEPOK", "KAB. GARUT"])[0], Match::Ambiguous(_)));
}

#[test]
fn neighbours_are_offered() {
    let near = regions().nearest("Dusun Ilir", region("62.04"), Level::Kecamatan);
    assert_eq!(near.first().map(|(r, _)| *r), Some(region("62.04.02")));
    assert!(near.len() <= 5 && near.windows(2).all(|w| w[0].1 >= w[1].1));
}
