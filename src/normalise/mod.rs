//! Printed text → values: pure functions, no layout, no kind. [`text`] folds, [`number`] reads figures, [`region`] resolves names,
//! [`period`] and [`date`] read times.
pub mod date;
pub mod number;
pub mod period;
pub mod region;
pub mod text;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{date, number, period, region, text};
    use crate::model::{Level, Region};

    /// Texts of any characters, and texts that look like what the readers expect, torn and put together again.
    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            "[0-9.,]{1,6}",
            "[IVX]{1,4}",
            prop::sample::select(vec![
                "TRIWULAN",
                "TW",
                "KE",
                "-",
                " ",
                "Tahun",
                "T.A.",
                "2025",
                "Januari",
                "s.d.",
                "Kab.",
                "Kota",
                "KPU",
                "62.04",
                "6204",
                "Barito Selatan",
                "İ",
                "ﬃ",
                "½",
                "\u{301}",
                "\u{a0}",
                "’",
                "(",
                ")",
                "%",
                "Rp",
                "1)",
                "nihil",
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in any_text()) {
            let folded = text::key(&text);
            prop_assert_eq!(&text::key(&folded), &folded, "folding twice changes nothing");
            prop_assert_eq!(text::words(&text).join(" "), folded);
            prop_assert_eq!(text::clean(&text::clean(&text)), text::clean(&text));
            for style in [number::Style::Indonesian, number::Style::Anglo, number::Style::Plain] {
                number::read(&text, style);
            }
            number::decide([text.as_str()].into_iter());
            number::looks_like_number(&text);
            for found in period::find(&text) {
                prop_assert!(text.get(found.at).is_some());
            }
            for (_, at) in period::find_partial(&text) {
                prop_assert!(text.get(at).is_some());
            }
            for (_, at) in date::find(&text) {
                prop_assert!(text.get(at).is_some());
            }
            let regions = region::trials::regions();
            for mention in regions.mentions(&text) {
                prop_assert!(text.get(mention.at).is_some());
            }
            for level in [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Tps] {
                regions.resolve(&text, region::trials::region("62"), level);
                regions.common_parent(&[&text], level, Region::NATION);
            }
            regions.nearest(&text, region::trials::region("62.04"), Level::Kecamatan);
        }
    }
}
