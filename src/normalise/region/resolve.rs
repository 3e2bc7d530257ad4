//! From a printed name to a region: equal names first, in the order of how literally they are equal, then proposals.

use crate::model::{Level, Region};

use super::index::{self, Index, Rank};
use super::list::Layer;
use super::printed::{self, Form, Kind, Printed};
use super::{Match, Regions};

/// Score of a proposal where the printed type (Kabupaten, Kota) is not the region's, and of a code without points and name.
const OTHER_KIND: f64 = 0.9;

/// How many regions a name may be compared with for likeness; beyond, the parent is too far up to propose anything.
const MOST_COMPARED: usize = 10_000;

/// What equal names gave.
enum Equal {
    These(Vec<usize>),
    OtherKind(Vec<usize>),
    None,
}

impl Regions {
    /// Resolves a name among the regions of `level` below `parent` (which may stand several levels higher: then all regions of
    /// `level` inside it are candidates). Level words and prefixes in the text count.
    #[must_use]
    pub fn resolve(&self, printed: &str, parent: Region, level: Level) -> Match {
        let Some((layer, index)) = self.index(level) else {
            return Match::Unknown;
        };
        let range = layer.range(parent);
        let printed = Printed::new(printed, level);
        let region = |at: usize| layer.codes()[at];
        let code = printed.code.filter(|c| c.region.level() == level && c.region.within(parent) && self.knows(c.region));
        match equal(layer, index, &printed.forms, &range) {
            Equal::These(found) => match (found.as_slice(), code) {
                ([one], _) => Match::Certain(region(*one)),
                (several, Some(code)) if several.iter().any(|&at| region(at) == code.region) => Match::Certain(code.region),
                (several, _) => Match::Ambiguous(several.iter().map(|&at| region(at)).collect()),
            },
            Equal::OtherKind(found) if found.len() == 1 && OTHER_KIND >= self.least_score => {
                Match::Similar(region(found[0]), OTHER_KIND)
            }
            Equal::OtherKind(_) => Match::Unknown,
            Equal::None => match code {
                Some(code) => self.by_code(code, &printed),
                None => self.best(&printed, parent, level),
            },
        }
    }

    /// A code whose name is missing or is nobody's.
    fn by_code(&self, code: printed::Code, printed: &Printed) -> Match {
        let level = code.region.level();
        if printed.forms.is_empty() {
            return if code.dotted { Match::Certain(code.region) } else { Match::Similar(code.region, OTHER_KIND) };
        }
        let likeness = self.nearest_forms(printed, code.region, level, 0.5).first().map_or(0.0, |near| near.score);
        if likeness >= 0.5 { Match::Similar(code.region, likeness.max(self.least_score)) } else { Match::Unknown }
    }

    /// The one region that is near enough while no other is nearly as near.
    fn best(&self, printed: &Printed, parent: Region, level: Level) -> Match {
        if self.inside(parent, level).len() > MOST_COMPARED {
            return Match::Unknown;
        }
        let near = self.nearest_forms(printed, parent, level, self.least_score);
        match near.as_slice() {
            [first, rest @ ..] if first.score >= self.least_score && first.stands_out(rest) => {
                Match::Similar(first.region, first.score)
            }
            _ => Match::Unknown,
        }
    }
}

/// The places whose name equals one of the forms, tried from the most literal to the loosest.
fn equal(layer: &Layer, index: &Index, forms: &[Form], range: &std::ops::Range<usize>) -> Equal {
    let mut other = Vec::new();
    let steps: [(bool, &[Rank]); 4] =
        [(false, &[Rank::Own]), (false, &[Rank::Alias]), (true, &[Rank::Own, Rank::Spelled]), (false, &[Rank::Short])];
    for (spelled, ranks) in steps {
        for form in forms {
            let key = if spelled { printed::compact(&printed::spelled_out(&form.words)) } else { printed::compact(&form.words) };
            let found = index.find(&key, range, ranks);
            if found.is_empty() {
                continue;
            }
            let fitting: Vec<usize> = found.iter().copied().filter(|&at| fits(layer, at, form.kind)).collect();
            if !fitting.is_empty() {
                return Equal::These(fitting);
            }
            if matches!(form.kind, Kind::Desa | Kind::Kelurahan) {
                return Equal::These(found); // Desa become kelurahan faster than letterheads change.
            }
            other = found;
        }
    }
    if other.is_empty() { glued(layer, index, forms, range) } else { Equal::OtherKind(other) }
}

/// `KABBOGOR`, `Kec.Kumai` set as one word: the level word and the name without a gap.
fn glued(layer: &Layer, index: &Index, forms: &[Form], range: &std::ops::Range<usize>) -> Equal {
    let Some(level) = layer.codes().first().map(|r| r.level()) else {
        return Equal::None;
    };
    let Some(form) = forms.last() else {
        return Equal::None;
    };
    let key = printed::compact(&form.words);
    for (word, kind) in printed::level_words(level) {
        let Some(rest) = key.strip_prefix(word).filter(|rest| rest.len() >= 3) else {
            continue;
        };
        let found: Vec<usize> =
            index.find(rest, range, &[Rank::Own, Rank::Alias]).into_iter().filter(|&at| fits(layer, at, *kind)).collect();
        if !found.is_empty() {
            return Equal::These(found);
        }
    }
    Equal::None
}

fn fits(layer: &Layer, at: usize, kind: Kind) -> bool {
    kind == Kind::Any || index::kind(layer, at) == kind
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::OnceLock;

    fn regions() -> &'static Regions {
        static REGIONS: OnceLock<Regions> = OnceLock::new();
        REGIONS.get_or_init(|| Regions::builtin().unwrap())
    }

    fn region(code: &str) -> Region {
        if code.is_empty() { Region::NATION } else { code.parse().unwrap() }
    }

    fn resolve(printed: &str, parent: &str, level: Level) -> Match {
        regions().resolve(printed, region(parent), level)
    }

    #[test]
    fn equal_names_are_certain() {
        use Level::{Desa, Kabkota, Kecamatan, Provinsi};
        for (printed, parent, level, code) in [
            ("KALIMANTAN TENGAH", "", Provinsi, "62"),
            ("Prov. Kalimantan Tengah", "", Provinsi, "62"),
            ("KPU PROVINSI KALIMANTAN TENGAH", "", Provinsi, "62"),
            ("BARITO SELATAN", "62", Kabkota, "62.04"),
            ("Kab. Barito  Selatan", "62", Kabkota, "62.04"),
            ("KPU KABUPATEN BARITO SELATAN", "", Kabkota, "62.04"),
            ("Sekretariat KPU Kota Palu", "", Kabkota, "72.71"),
            ("Kota Palangkaraya", "62", Kabkota, "62.71"),
            ("KOTA PALANGKA RAYA", "62", Kabkota, "62.71"),
            ("Tolitoli", "72", Kabkota, "72.04"),
            ("Kab Toli - Toli", "72", Kabkota, "72.04"),
            ("KAB. ADM. KEPULAUAN SERIBU", "31", Kabkota, "31.01"),
            ("Kota Jakarta Barat", "31", Kabkota, "31.73"),
            ("Kab Bogor", "32", Kabkota, "32.01"),
            ("KOTA BOGOR", "32", Kabkota, "32.71"),
            ("Bogor (Kota)", "32", Kabkota, "32.71"),
            ("KABBOGOR", "32", Kabkota, "32.01"),
            ("Kotabaru", "63", Kabkota, "63.02"),
            ("Kota Baru", "63", Kabkota, "63.02"),
            ("Kab. Kota Baru", "63", Kabkota, "63.02"),
            ("62.04 Barito Selatan", "62", Kabkota, "62.04"),
            ("62.04", "62", Kabkota, "62.04"),
            ("Kec. Gunung Bintang Awai", "62.04", Kecamatan, "62.04.05"),
            ("Gn Bintang Awai", "62.04", Kecamatan, "62.04.05"),
            ("1. Dusun Hilir", "62.04", Kecamatan, "62.04.02"),
            ("Kecamatan DUSUNHILIR", "62.04", Kecamatan, "62.04.02"),
            ("Distrik Dusun Hilir *)", "62.04", Kecamatan, "62.04.02"),
            ("Kecamatan Kota Kisaran Barat", "12.09", Kecamatan, "12.09.19"),
            ("Kota Kisaran Barat", "12.09", Kecamatan, "12.09.19"),
            ("Kec. Kota", "35.71", Kecamatan, "35.71.02"),
            ("Ma\u{2019}rang", "73.10", Kecamatan, "73.10.08"),
            ("MARANG", "73.10", Kecamatan, "73.10.08"),
            ("Desa Baruang", "62.04.05", Desa, "62.04.05.2001"),
            ("Baruang", "62.04", Desa, "62.04.05.2001"),
        ] {
            let name = regions().name(region(code));
            assert_eq!(resolve(printed, parent, level), Match::Certain(region(code)), "{printed}: {name:?}");
        }
    }

    #[test]
    fn namesakes_are_not_guessed() {
        assert_eq!(resolve("BOGOR", "32", Level::Kabkota), Match::Ambiguous(vec![region("32.01"), region("32.71")]));
        assert_eq!(resolve("Kab/Kota Bogor", "32", Level::Kabkota), Match::Ambiguous(vec![region("32.01"), region("32.71")]));
        assert_eq!(resolve("Banjar", "", Level::Kabkota), Match::Ambiguous(vec![region("32.79"), region("63.03")]));
        assert_eq!(resolve("Banjar", "63", Level::Kabkota), Match::Certain(region("63.03")));
        assert_eq!(resolve("32.71 Bogor", "32", Level::Kabkota), Match::Certain(region("32.71")));
        assert_eq!(resolve("Kel. Panipahan", "14.07.06", Level::Desa), Match::Certain(region("14.07.06.1007")));
    }

    #[test]
    fn slips_are_proposals_and_strangers_are_unknown() {
        let similar = |printed: &str, parent: &str, level| match resolve(printed, parent, level) {
            Match::Similar(region, score) => Some((region.to_string(), score)),
            other => panic!("{printed}: {other:?}"),
        };
        for (printed, parent, level, code) in [
            ("Barito Slatan", "62", Level::Kabkota, "62.04"),
            ("Kecmatan Dusun Hilir", "62.04", Level::Kecamatan, "62.04.02"),
            ("Dusun Hillir", "62.04", Level::Kecamatan, "62.04.02"),
            ("Dusun H1lir", "62.04", Level::Kecamatan, "62.04.02"),
            ("Kot Palu", "72", Level::Kabkota, "72.71"),
            ("Kota Barito Selatan", "62", Level::Kabkota, "62.04"),
            ("6204", "62", Level::Kabkota, "62.04"),
            ("62.04.02 Dsn Hillir", "62.04", Level::Kecamatan, "62.04.02"),
        ] {
            let (found, score) = similar(printed, parent, level).unwrap();
            assert_eq!(found, code, "{printed}");
            assert!((0.8..1.0).contains(&score), "{printed}: {score}");
        }
        for (printed, parent, level) in [
            ("Sumber Xaviera", "62.04", Level::Kecamatan),
            ("JUMLAH", "62.04", Level::Kecamatan),
            ("", "62.04", Level::Kecamatan),
            ("Dusun", "62.04", Level::Kecamatan),
            ("62.04.02 Sumber Xaviera", "62.04", Level::Kecamatan),
            ("Barito Selatan", "63", Level::Kabkota),
            ("Kumai", "62.04", Level::Kecamatan),
            ("TPS 7", "62.04.05.2001", Level::Tps),
        ] {
            assert_eq!(resolve(printed, parent, level), Match::Unknown, "{printed}");
        }
    }
}
