//! L02: the submitted need is what voters, polling stations and norm give. Where the norm counts stations the number is exact; where
//! every station is rounded up by itself, the sheet's own totals only give bounds.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::plain_number;
use crate::model::norm::NormGood;
use crate::model::{Equation, Finding, Findings, Level, Norm, Origin, Region, Term};
use crate::normalise::expression::{Estimate, Exact, Formula, Place, STATIONS, VOTERS};
use crate::tables::regional::facts::Fact;
use crate::tables::regional::fold::RegionRow;
use crate::tables::regional::goods::Goods;
use crate::tables::regional::rules::EXACT;
use crate::tables::regional::tags::{Field, Sex, Stem};
use crate::tables::words::Vocabulary;

/// What needs of one document are compared with.
pub struct Needs<'a> {
    /// The norm of its election.
    pub norm: &'a Norm,
    /// Its goods.
    pub goods: &'a Goods<'a>,
    /// Numbers of the measures.
    pub vocabulary: &'a Vocabulary,
    /// Keys of goods whose norm nobody compared with the regulation, but by which the document itself counts.
    pub borne_out: BTreeSet<String>,
}

/// Fewest rows that bear out a norm.
const FEWEST: usize = 3;

/// A need, and the number of stations it stands for.
struct Implied<'f> {
    name: String,
    each: f64,
    stations: f64,
    fact: &'f Fact,
}

impl Needs<'_> {
    /// Notes by which norms the document counts although nobody compared them with the regulation: those that four rows of five keep. By
    /// no others anybody is told to be wrong.
    #[must_use]
    pub fn heeding(mut self, rows: &[RegionRow]) -> Self {
        let mut kept: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (row, (name, fact)) in rows.iter().flat_map(|row| self.submitted(row).map(move |one| (row, one))) {
            let good = self.goods.key(&name).and_then(|key| self.norm.good(&key)).filter(|g| !g.verified);
            if let Some((good, equation)) = good.and_then(|g| Some((g, self.by_stations(g, row, &name, fact)?))) {
                let (holding, all) = kept.entry(good.key.clone()).or_default();
                *holding += usize::from(equation.holds());
                *all += 1;
            }
        }
        let enough = |(_, (holding, all)): &(String, (usize, usize))| *holding >= FEWEST && holding * 5 >= all * 4;
        self.borne_out = kept.into_iter().filter(enough).map(|(key, _)| key).collect();
        self
    }

    /// The needs that a row states, by the goods' printed names.
    fn submitted<'r>(&self, row: &'r RegionRow) -> impl Iterator<Item = (String, &'r Fact)> {
        let need = self.vocabulary.number_of("kebutuhan");
        row.facts.iter().filter_map(move |(field, fact)| match field.stem {
            Stem::Goods(good, measure) if Some(measure) == need => Some((self.goods.name(good), fact)),
            _ => None,
        })
    }

    /// Equations for needs that count stations; findings for those outside the bounds. `doubtful`: cells that a broken sum has said
    /// something about already.
    pub fn check(&self, findings: &mut Findings, row: &RegionRow, doubtful: &BTreeSet<Origin>) -> Vec<Equation> {
        let mut equations = Vec::new();
        let mut implied = Vec::new();
        for (name, fact) in self.submitted(row) {
            let Some(good) = self.goods.key(&name).and_then(|key| self.norm.good(&key)) else { continue };
            if !good.verified && !self.borne_out.contains(&good.key) {
                continue;
            }
            match self.by_stations(good, row, &name, fact) {
                Some(equation) => equations.push(equation),
                None if Self::stations(row).is_none() => implied.extend(self.implied(good, row, name, fact)),
                None => findings.0.extend(self.outside(good, row, &name, fact, doubtful)),
            }
        }
        findings.0.extend(self.against_the_others(row, &implied));
        Self::stations_instead(row, equations, doubtful)
    }

    /// How many stations a need stands for, where nobody prints them and the norm counts so many of the good for each.
    fn implied<'f>(&self, good: &NormGood, row: &RegionRow, name: String, fact: &'f Fact) -> Option<Implied<'f>> {
        let each = self.each(good, row.named.likely()?)?;
        (each > EXACT).then_some(Implied { name, each, stations: fact.value? / each, fact })
    }

    /// Where no stations are printed the needs of a region still tell them: one that stands for another number than all the others do.
    fn against_the_others(&self, row: &RegionRow, implied: &[Implied]) -> Option<Finding> {
        let same = |a: &Implied, b: &Implied| (a.stations - b.stations).abs() < EXACT;
        let agree = |one: &&Implied| implied.iter().filter(|other| same(one, other)).count();
        let most = implied.iter().max_by_key(agree)?;
        let mut odd = implied.iter().filter(|i| !same(i, most));
        let one = odd.next().filter(|_| odd.next().is_none() && implied.len() > 2 && most.stations.fract() == 0.0)?;
        let expected = one.each * most.stations;
        let says = format!(
            "{} {}: kebutuhan tidak sama dengan norma {} ({} per TPS); kebutuhan barang lain menunjukkan {} TPS.",
            row.named.printed.trim(),
            one.name,
            self.norm.label,
            one.each,
            most.stations
        );
        let mut finding = Finding::new("L02", says).at(one.fact.origin).numbers(one.fact.value?, expected);
        // All others of the region agree, so it is this one.
        (finding.suspect, finding.suggestion) = (Some(one.fact.origin), plain_number(expected));
        Some(finding)
    }

    /// Where all needs of a row fit the same other number of stations, that number is what is wrong: said once, and not at all where
    /// a broken sum says it.
    fn stations_instead(row: &RegionRow, equations: Vec<Equation>, doubtful: &BTreeSet<Origin>) -> Vec<Equation> {
        let stations = |e: &Equation| Some(e.solve(e.terms.get(1)?));
        let first = equations.first().and_then(stations);
        let agreed = equations.iter().all(|e| !e.holds() && stations(e).zip(first).is_some_and(|(a, b)| (a - b).abs() < EXACT));
        if equations.len() < 2 || !agreed || first.is_none_or(|n| n.fract() != 0.0) {
            return equations;
        }
        if Self::stations(row).is_some_and(|f| doubtful.contains(&f.origin)) {
            return Vec::new();
        }
        let turned = |mut e: Equation| {
            e.terms.swap(0, 1);
            e.at = e.terms.first().map_or(e.at, |t| t.origin.into());
            e.says =
                format!("{}: semua kebutuhan cocok dengan jumlah TPS lain. Periksa jumlah TPS-nya.", row.named.printed.trim());
            e
        };
        equations.into_iter().take(1).map(turned).collect()
    }

    fn fact(row: &RegionRow, stem: Stem) -> Option<&Fact> {
        row.facts.get(&Field { stem, sex: Sex::T })
    }

    fn stations(row: &RegionRow) -> Option<&Fact> {
        Self::fact(row, Stem::Count(Level::Tps))
    }

    fn voters<'r>(&self, row: &'r RegionRow) -> Option<&'r Fact> {
        Self::fact(row, Stem::Measure(self.vocabulary.number_of("pemilih")?))
    }

    /// How many of a good the norm gives for each station; `None` where it counts anything else too.
    fn each(&self, good: &NormGood, region: Region) -> Option<f64> {
        let formula = Formula::parse(&good.formula).ok()?;
        let one = |count: i128| Some(self.evaluate(&formula, region, &[(STATIONS, Exact::whole(count))])?.likely.number());
        let (none, each, two) = (one(0)?, one(1)?, one(2)?);
        (none.abs() <= EXACT && (two - 2.0 * each).abs() <= EXACT).then_some(each)
    }

    /// `need − k · stations = 0` where the formula is such; `None` for others and where the stations are not printed.
    fn by_stations(&self, good: &NormGood, row: &RegionRow, name: &str, fact: &Fact) -> Option<Equation> {
        let region = row.named.likely()?;
        let stations = Self::stations(row)?;
        let each = self.each(good, region)?;
        let says = format!(
            "{} {}: kebutuhan tidak sama dengan norma {} ({each} per TPS).",
            row.named.printed.trim(),
            name,
            self.norm.label
        );
        let terms = vec![Term::new(1.0, fact.value?, fact.origin), Term::new(-each, stations.value?, stations.origin)];
        Some(Equation { code: "L02".into(), terms, constant: 0.0, tolerance: EXACT, at: fact.origin.into(), says })
    }

    /// A need that no way of spreading the voters over the stations gives. A ballot that does not say its kind may be one kind or all.
    fn outside(&self, good: &NormGood, row: &RegionRow, name: &str, fact: &Fact, doubtful: &BTreeSet<Origin>) -> Option<Finding> {
        let region = row.named.likely()?;
        let (voters, stations) = (self.voters(row)?, Self::stations(row)?);
        if doubtful.contains(&voters.origin) || doubtful.contains(&stations.origin) {
            return None;
        }
        let counts = [(VOTERS, Exact::read(voters.value?)?), (STATIONS, Exact::read(stations.value?)?)];
        let expected = self.evaluate(&Formula::parse(&good.formula).ok()?, region, &counts)?;
        let need = Exact::read(fact.value?)?;
        let times = if good.times.is_empty() { None } else { self.evaluate(&Formula::parse(&good.times).ok()?, region, &counts) };
        let all = times.and_then(|t| Some((expected.low.times(t.low)?, expected.high.times(t.high)?)));
        let fits = |(low, high): (Exact, Exact)| low <= need && need <= high;
        if fits((expected.low, expected.high)) || all.is_some_and(fits) {
            return None;
        }
        let (low, high) = (expected.low, expected.high);
        let bounds = if expected.is_exact() { low.to_string() } else { format!("{low}–{high}") };
        let says = format!(
            "{} {}: kebutuhan di luar norma {} untuk {} pemilih di {} TPS ({bounds}). Hitung kembali.",
            row.named.printed.trim(),
            name,
            self.norm.label,
            voters.value?,
            stations.value?
        );
        Some(Finding::new("L02", says).at(fact.origin).found(need.to_string()).expected(bounds))
    }

    fn evaluate(&self, formula: &Formula, region: Region, counts: &[(&str, Exact)]) -> Option<Estimate> {
        let value = |name: &str| {
            let count = counts.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
            count.or_else(|| Exact::decimal(self.norm.parameter(name, region)?))
        };
        formula.evaluate(&Place { value: &value, stations: None })
    }
}
