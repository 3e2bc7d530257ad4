//! Printed text → values: pure functions, no layout, no kind. [`text`] folds, [`number`] reads figures, [`region`] resolves names,
//! [`period`] and [`date`] read times, [`terbilang`] numbers in words, [`markup`] takes tags and signs of markup away, [`expression`] works
//! out the formulas of norms, [`part`] names the parts of packages, [`exact`] adds and multiplies money.
pub mod date;
pub mod exact;
pub mod expression;
pub mod markup;
pub mod number;
pub mod part;
pub mod period;
pub mod region;
pub mod terbilang;
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
            let styles = [number::Style::Indonesian, number::Style::Anglo, number::Style::Plain];
            let read = styles.iter().filter(|&&style| number::read(&text, style).is_some()).count();
            prop_assert!(read > 0 || !number::looks_like_number(&text));
            if let Some(style) = number::decide([text.as_str()].into_iter()).style() {
                prop_assert!(read == 0 || number::read(&text, style).is_some());
            }
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
            let province = region::trials::region("62");
            for level in [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Tps] {
                if let region::Match::Certain(found) | region::Match::Similar(found, _) = regions.resolve(&text, province, level) {
                    prop_assert!(found.within(province) && found.level() == level && regions.knows(found));
                }
                let parent = regions.common_parent(&[&text], level, Region::NATION);
                prop_assert!(parent.is_none_or(|(parent, n)| n == 1 && Some(parent.level()) == level.above()));
            }
            prop_assert!(regions.nearest(&text, region::trials::region("62.04"), Level::Kecamatan).len() <= 5);
        }
    }
}
