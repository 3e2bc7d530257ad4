//! Words from numbers and back.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

fn whole(n: u64) -> f64 {
    n.to_string().parse().unwrap()
}

#[test]
fn known_numbers_in_words() {
    for (number, said) in [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_025, "dua ribu dua puluh lima"),
        (11_011, "sebelas ribu sebelas"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (543_977, "lima ratus empat puluh tiga ribu sembilan ratus tujuh puluh tujuh"),
        (1_090_578, "satu juta sembilan puluh ribu lima ratus tujuh puluh delapan"),
        (25_427_437_000, "dua puluh lima miliar empat ratus dua puluh tujuh juta empat ratus tiga puluh tujuh ribu"),
        (MOST, "seribu triliun"),
    ] {
        assert_eq!(words(number).as_deref(), Some(said));
        assert_eq!(value(said), Some(whole(number)), "{said}");
    }
    assert_eq!(words(MOST + 1), None);
}

#[test]
fn every_small_number_and_a_stride_through_the_large_ones_survive_the_round_trip() {
    let large = (0..2_000).map(|i: u64| i * 499_999_999_979 + i * i).filter(|n| *n <= MOST);
    for n in (0..30_000).chain(large).chain([999_999, 1_000_001, 999_999_999_999_999]) {
        let said = words(n).unwrap();
        assert_eq!(value(&said), Some(whole(n)), "{said}");
        assert_eq!(find(&said), [(whole(n), 0..said.len())], "{said}");
    }
}

#[test]
fn what_offices_print_is_read() {
    for (printed, number) in [
        ("Satu Ribu Seratus", 1_100.0),
        ("SE RATUS DUA PULUH", 120.0),
        ("se-ribu", 1_000.0),
        ("se belas", 11.0),
        ("duaratus limapuluh tigaribu", 253_000.0),
        ("seratustigapuluhsembilanribu", 139_000.0),
        ("dua ratus, lima puluh tiga ribu", 253_000.0),
        ("dua-ratus lima-puluh", 250.0),
        ("satu milyar", 1e9),
        ("dua puluh lima rupiah", 25.0),
        ("(seratus orang pemilih)", 100.0),
        ("seratus dua pulh", 120.0),
        ("delapn belas", 18.0),
        ("tujuh koma lima", 7.5),
        ("tujuh koma nol lima", 7.05),
        ("tujuh koma dua puluh lima", 7.25),
        ("satu puluh dua", 12.0),
        ("seratus   enam\u{a0}belas", 116.0),
    ] {
        assert_eq!(value(printed), Some(number), "{printed}");
    }
}

#[test]
fn what_is_no_number_is_none() {
    for printed in [
        "",
        "orang",
        "dua tiga",
        "ratus",
        "dua ribu tiga ribu",
        "lima juta dua miliar",
        "seratus seratus",
        "tempat",
        "sepuluh pohon",
        "se",
        "koma lima",
        "dua puluh sepuluh",
        "lama",
    ] {
        assert_eq!(value(printed), None, "{printed}");
    }
    assert!(find("bertempat di kantor, sesuai lampiran").is_empty());
    assert_eq!(share("seratus tga ribu xyz"), (3, 4));
}

#[test]
fn numbers_are_found_among_words() {
    let text = "tanggal dua bulan Oktober tahun dua ribu dua puluh lima, rangkap empat";
    let found: Vec<_> = find(text).into_iter().map(|(n, at)| (n, &text[at])).collect();
    assert_eq!(found, [(2.0, "dua"), (2025.0, "dua ribu dua puluh lima"), (4.0, "empat")]);
    assert_eq!(find("dua tiga").len(), 2);
    assert_eq!(find("se Kabupaten").len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn any_number_survives_any_spacing_and_case(n in 0..=MOST, gaps in prop::collection::vec(0..4_usize, 40), capital in any::<bool>()) {
        let said = words(n).unwrap();
        let mut printed = String::new();
        for (word, gap) in said.split(' ').zip(gaps.iter().cycle()) {
            printed.push_str(word);
            printed.push_str(["", " ", "  ", "-"][*gap]);
        }
        let printed = if capital { printed.to_uppercase() } else { printed };
        prop_assert_eq!(value(&printed), Some(whole(n)), "{}", printed);
    }

    #[test]
    fn any_words_are_safe(words in prop::collection::vec(prop::sample::select(vec![
        "se", "satu", "dua", "puluh", "belas", "ratus", "ribu", "juta", "triliun", "koma", "nol", "tempat", ",", "(", "é"]), 0..14)) {
        let text = words.join(" ");
        for (_, at) in find(&text) {
            prop_assert!(text.get(at).is_some());
        }
        let _ = value(&text);
    }
}
