//! The book of supplies, from what was accepted in this batch and what earlier ones left.

use std::collections::{BTreeMap, BTreeSet};

use crate::kinds::logistik::Keys;
use crate::model::{Finding, Level, Norm, Region};
use crate::normalise::number::grouped;

use super::super::Entry;
use super::super::book::{Earlier, PdpbBook};
use super::super::budget::BudgetBook;
use super::super::rows::accepted;
use super::super::setting::Setting;
use super::areas::{Area, areas, blank};
use super::lists::Lists;
use super::needs::{Applied, Counts, Need};
use super::series::Series;
use super::stock::Stock;
use super::uncertain::{self, Uncertain};
use super::{Located, SupplyBook, stock};

/// The book; `None` where neither a document speaks of supplies, voters' lists or money nor the configuration names a norm, and where
/// neither voters nor stock nor budgets are known at all.
#[must_use]
pub fn book(
    entries: &[Entry],
    setting: &Setting,
    own: &Lists,
    pdpb: Option<&PdpbBook>,
    budget: Option<&BudgetBook>,
) -> Option<SupplyBook> {
    let any = |kind: &str| accepted(entries, kind).next().is_some();
    let asked = setting.config.norma.is_some() || any("logistik");
    if !asked && !any("dpt") && budget.is_none() {
        return None;
    }
    let mut notes = Vec::new();
    let lists = chosen(own, setting, &mut notes);
    let series = Series::of(pdpb, setting.before);
    if pdpb.is_none() {
        notes.extend(borrowed(&series, setting));
    }
    let norm = norm(entries, lists.0, setting, &mut notes)?;
    let scope = setting.config.wilayah.unwrap_or(Region::NATION);
    let keys = Keys::new(setting.schemas);
    let stock = stock::stock(entries, &keys, &norm.goods, &|region| setting.name(region));
    let counts = |region: Region| [Level::Desa, Level::Kecamatan].map(|level| number(setting, region, level));
    let mut areas = areas(scope, lists, &series, &|region| setting.name(region), &counts);
    if areas.is_empty() {
        areas = holders(&stock, budget, setting);
        notes.insert(0, NO_VOTERS.to_owned());
    } else {
        notes.extend(uncertain(&mut areas, lists, (entries, pdpb), setting));
        tell(&areas, lists.0, &mut notes);
    }
    if areas.is_empty() {
        return None;
    }
    let months = months(&areas, &norm, pdpb);
    apply(&mut areas, &norm, months);
    let prices = stock::prices(entries, &keys, &norm.goods, setting.schemas);
    let earlier: Vec<Earlier> = setting.before.map(|h| h.documents.clone()).unwrap_or_default();
    let norm_file = format!("schemas/norma/{}.toml", norm.name);
    let mut book = SupplyBook { scope, asked, norm, norm_file, areas, months, stock, prices, earlier, notes };
    book.notes.extend(unused(&book).filter(|_| !book.without_voters()));
    Some(book)
}

/// Why nothing but the stock is known.
const NO_VOTERS: &str = "Kebutuhan belum dapat dihitung: batch ini dan batch sebelumnya tidak memuat daftar pemilih (DPT) atau PDPB dari \
                         wilayah ini, jadi jumlah pemilih dan TPS tidak diketahui. Yang disajikan hanya stok dan anggaran yang dilaporkan; kirim DPT \
                         atau PDPB, lalu jalankan kembali.";

/// Without any voters the offices that have a stock or a budget are listed, each by itself.
fn holders(stock: &[Stock], budget: Option<&BudgetBook>, setting: &Setting) -> Vec<Area> {
    let scope = setting.config.wilayah.unwrap_or(Region::NATION);
    let mut offices: BTreeSet<Region> = stock.iter().map(|s| s.office).collect();
    offices.extend(budget.iter().flat_map(|b| &b.offices).map(|o| if o.region == Region::NATION { scope } else { o.region }));
    offices.into_iter().map(|office| blank(office, setting.name(office), None, [0.0; 2])).collect()
}

/// That the stock of some offices is taken from no need: nobody knows the voters of their regions.
fn unused(book: &SupplyBook) -> Option<String> {
    let offices: BTreeMap<Region, &str> =
        book.stock.iter().filter(|s| s.good.is_some()).map(|s| (s.office, s.name.as_str())).collect();
    let names: BTreeSet<&str> =
        offices.into_iter().filter(|(office, _)| book.holder(*office).is_none()).map(|(_, name)| name).collect();
    let named = names.into_iter().collect::<Vec<_>>().join(", ");
    (!named.is_empty())
        .then(|| format!("Stok {named} tidak dikurangkan: pemilih wilayahnya tidak diketahui, jadi kebutuhannya tidak dihitung."))
}

/// L03: what was worked out with norms that nobody compared with the regulation.
#[must_use]
pub fn unverified(book: &SupplyBook) -> Vec<Finding> {
    let goods: Vec<&str> = book.norm.goods.iter().filter(|g| !g.verified).map(|g| g.label.as_str()).collect();
    if goods.is_empty() || !book.asked || book.without_voters() {
        return Vec::new();
    }
    let says = format!(
        "Norma {} yang belum diverifikasi dipakai untuk: {}. Hasilnya perkiraan; cocokkan dengan peraturannya lalu perbaiki {}.",
        book.norm.label,
        goods.join("; "),
        book.norm_file
    );
    let satker = (book.scope != Region::NATION).then_some(book.scope);
    vec![Finding { satker, ..Finding::new("L03", says) }]
}

/// The lists of this batch, else those of an earlier one, which is said; whether they are earlier ones.
fn chosen<'a>(own: &'a Lists, setting: &'a Setting, notes: &mut Vec<String>) -> (&'a Lists, bool) {
    let earlier = setting.before.and_then(|h| h.lists.as_ref());
    match earlier {
        Some((batch, lists)) if own.rows.is_empty() => {
            notes.push(format!("Batch ini tidak memuat daftar pemilih; dipakai DPT dan jumlah TPS dari batch {batch}."));
            (lists, true)
        }
        _ => (own, false),
    }
}

/// That the voters over time come from earlier batches alone.
fn borrowed(series: &Series, setting: &Setting) -> Option<String> {
    let earlier = &setting.before?.documents;
    let points = series.0.values().flat_map(|points| points.values());
    let batches: BTreeSet<&str> = points
        .filter_map(|p| if let Located::Before(f) = p { Some(earlier.get(f.entry)?.batch.as_str()) } else { None })
        .collect();
    let named = batches.into_iter().collect::<Vec<_>>().join(", ");
    (!named.is_empty()).then(|| format!("Batch ini tidak memuat PDPB; deret pemilih untuk proyeksi diambil dari batch {named}."))
}

/// The norm that the configuration names, else that of the documents' election, else the first; only the first needs no words.
fn norm(entries: &[Entry], lists: &Lists, setting: &Setting, notes: &mut Vec<String>) -> Option<Norm> {
    let named = setting.config.norma.as_deref();
    if let Some(norm) = named.and_then(|name| setting.schemas.norm(name)) {
        return Some(norm.clone());
    }
    if let Some(name) = named {
        let known: Vec<&str> = setting.schemas.norms.iter().map(|n| n.name.as_str()).collect();
        notes.push(format!("Norma \"{name}\" dalam rekap.toml tidak ada; yang ada: {}.", known.join(", ")));
    }
    let printed = accepted(entries, "logistik").find_map(|(_, e)| {
        let records = e.outcome.records.iter().find(|r| r.table == "logistik" && !r.is_empty())?;
        records.text(0, "pemilihan").map(str::to_owned)
    });
    let by_document = printed.or_else(|| lists.election.clone()).and_then(|name| setting.schemas.norm(&name));
    let norm = by_document.or_else(|| setting.schemas.norms.first())?.clone();
    let why = if by_document.is_some() { "menurut judul dokumen" } else { "karena tidak ada yang menyebut pemilihannya" };
    notes.push(format!("Norma {} dipakai {why}; tulis norma = \"…\" di rekap.toml untuk menentukannya.", norm.name));
    Some(norm)
}

/// How many regions of a level a region holds; a region of that level holds itself.
fn number(setting: &Setting, region: Region, level: Level) -> f64 {
    let count = if region.level() >= level { 1 } else { setting.regions.inside(region, level).len() };
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What the figures leave open.
fn tell(areas: &[Area], lists: &Lists, notes: &mut Vec<String>) {
    let parts = || areas.iter().filter(|a| a.group.is_some() && a.uncertain == 0);
    let all = parts().count();
    let without = |of: &dyn Fn(&Area) -> bool| parts().filter(|a| of(a)).count();
    let unlisted = without(&|a| lists.rows.get(&a.region).is_none_or(|l| l.voters.is_none()));
    if unlisted > 0 {
        notes.push(format!(
            "{unlisted} dari {all} wilayah tidak ada dalam daftar pemilih; untuk itu dipakai pemilih PDPB terakhir, dan TPS dihitung dari batas pemilih per TPS."
        ));
    }
    let open = without(&|a| !a.by_station);
    if open > 0 {
        notes.push(format!(
            "{open} dari {all} wilayah tidak dirinci per TPS; cadangan surat suaranya diberikan sebagai batas bawah, perkiraan, dan batas atas."
        ));
    }
    let still = without(&|a| a.series.is_none());
    if still == all {
        notes.push("Tidak ada wilayah dengan dua angka PDPB; proyeksi memakai pemilih saat ini tanpa pertumbuhan.".to_owned());
    } else if still > 0 {
        notes.push(format!(
            "{still} dari {all} wilayah belum mempunyai dua angka PDPB; pertumbuhannya diambil dari kabupaten/kota atau wilayah di atasnya."
        ));
    }
    let by_desa = without(&|a| a.by_desa().is_some());
    if by_desa > 0 {
        notes.push(format!(
            "TPS pada proyeksi {by_desa} dari {all} wilayah dihitung per desa/kelurahan dengan batas pemilih per TPS; wilayah lainnya memakai rata-rata pemilih per TPS saat ini."
        ));
    }
}

/// Most offices that are named one by one.
const MOST_OFFICES: usize = 8;

/// Adds the voters whose region is not certain to their offices, and says so: those of the lists, and where no list speaks of an office
/// those of the voters' register.
fn uncertain(
    areas: &mut Vec<Area>,
    (lists, before): (&Lists, bool),
    (entries, pdpb): (&[Entry], Option<&PdpbBook>),
    setting: &Setting,
) -> Vec<String> {
    let scope = setting.config.wilayah.unwrap_or(Region::NATION);
    let mut all: BTreeMap<Region, (Vec<Uncertain>, bool)> = BTreeMap::new();
    for chapter in pdpb.map_or(&[][..], |b| &b.chapters) {
        let unlisted = !lists.rows.keys().any(|r| r.within(chapter.region));
        if unlisted && chapter.region.level() == Level::Kabkota {
            all.insert(chapter.region, (uncertain::of_chapter(chapter, entries), false));
        }
    }
    all.extend(lists.uncertain.iter().map(|(office, rows)| (*office, (rows.clone(), before))));
    let mut told = Vec::new();
    for (office, (rows, before)) in all.iter().filter(|(o, (rows, _))| o.within(scope) && !rows.is_empty()) {
        let counted = uncertain::add(areas, *office, rows, *before, setting.name(*office));
        let voters = grouped(rows.iter().map(|u| u.voters.value).sum());
        let what =
            format!("{}: {} baris dengan nama wilayah yang belum pasti ({voters} pemilih)", setting.name(*office), rows.len());
        told.push(if counted {
            format!("{what} ikut dihitung untuk kabupaten/kotanya, tanpa kecamatan. Perbaiki namanya (W01, W02).")
        } else {
            format!("{what} tidak ikut dihitung: jumlah wilayah ini sudah lengkap tanpa baris itu. Perbaiki namanya (W01, W02).")
        });
    }
    let more = told.len().saturating_sub(MOST_OFFICES);
    told.truncate(MOST_OFFICES);
    told.extend((more > 0).then(|| format!("Begitu pula pada {more} satker lain: lihat temuan W01 dan W02.")));
    told
}

/// Months from the latest voters to the expected election.
fn months(areas: &[Area], norm: &Norm, pdpb: Option<&PdpbBook>) -> u32 {
    let value = |name: &str| norm.parameter(name, Region::NATION).and_then(|v| v.parse::<u32>().ok());
    let election = value("pemungutan_tahun").zip(value("pemungutan_bulan")).map(|(y, m)| y * 12 + m);
    let latest = areas.iter().filter_map(|a| a.series).map(|(_, (period, _))| period.end_month()).max();
    let latest = latest.or_else(|| pdpb.and_then(|b| b.period).map(crate::model::Period::end_month));
    election.zip(latest).map_or(0, |(election, latest)| election.saturating_sub(latest))
}

/// Limits of yearly growth.
pub const GROWTH: (f64, f64) = (-0.02, 0.05);

/// Works out growth, expected voters and stations, and the needs of both scenarios.
fn apply(areas: &mut [Area], norm: &Norm, months: u32) {
    let applied = Applied::new(norm);
    let whole = growth(areas.iter());
    let groups: Vec<Option<f64>> = (0..areas.len()).map(|g| growth(areas.iter().filter(|a| a.group == Some(g)))).collect();
    for area in areas.iter_mut().filter(|a| a.group.is_some()) {
        let Some(voters) = area.voters.map(|v| v.value()) else { continue };
        let most =
            norm.parameter("pemilih_per_tps_paling_banyak", area.region).and_then(|v| v.parse::<f64>().ok()).unwrap_or(300.0);
        let stations = area.stations.map_or_else(|| up(voters / most), |s| s.value());
        let rate = growth(std::iter::once(&*area)).or(area.group.and_then(|g| groups[g])).or(whole).unwrap_or(0.0);
        let latest = area.series.map_or(voters, |(_, (_, f))| f.value());
        let expected = (latest * (1.0 + rate).powf(f64::from(months) / 12.0)).round();
        let each = if stations > 0.0 && voters > 0.0 { (voters / stations).min(most) } else { most };
        let then = desa_by_desa(area, (voters, expected), most).unwrap_or_else(|| up(expected / each));
        let counts = |voters: f64, stations: f64| -> Counts { [voters, stations, area.counts[0], area.counts[1]] };
        let now = applied.needs(area, counts(voters, stations), area.by_station);
        let later = applied.needs(area, counts(expected, then), false);
        area.needs = [now, later];
        area.expected = Some((expected, then));
    }
    sum_up(areas, &applied);
}

/// Stations that the desa of an area need when their voters grow alike: no station serves two desa. `None` where they are not known.
fn desa_by_desa(area: &Area, (now, then): (f64, f64), most: f64) -> Option<f64> {
    let of_desa = |(first, last): (usize, usize)| -> f64 {
        let voters: f64 = area.parts.get(first..=last).unwrap_or_default().iter().map(|p| p.voters.value).sum();
        up((voters * then / now).round() / most)
    };
    Some(area.by_desa().filter(|_| now > 0.0)?.into_iter().map(of_desa).sum())
}

/// Groups need what their parts need, and what is counted once for the group itself.
fn sum_up(areas: &mut [Area], applied: &Applied) {
    for group in 0..areas.len() {
        if areas[group].group.is_some() {
            continue;
        }
        if !areas.iter().any(|a| a.group == Some(group)) {
            continue;
        }
        let own = applied.needs(&areas[group], [0.0, 0.0, areas[group].counts[0], areas[group].counts[1]], false);
        for scenario in 0..2 {
            let parts = || areas.iter().filter(|a| a.group == Some(group)).map(|a| &a.needs[scenario]);
            let sum = |good: usize| -> Option<Need> {
                let below = parts().filter_map(|n| n.get(good).copied().flatten()).reduce(Need::plus);
                let own = own.get(good).copied().flatten().filter(|_| below.is_none());
                below.or(own)
            };
            let sums = (0..own.len()).map(sum).collect();
            areas[group].needs[scenario] = sums;
        }
    }
}

/// Yearly growth from the first to the last known voters of all areas together, rounded as the workbook rounds it and held within
/// [`GROWTH`]; `None` where their series do not cover the same months.
pub fn growth<'a>(areas: impl Iterator<Item = &'a Area>) -> Option<f64> {
    let ends: Vec<_> = areas.filter_map(|a| a.series).collect();
    let (first, last) = ends.first().map(|((a, _), (b, _))| (a.end_month(), b.end_month()))?;
    if ends.iter().any(|((a, _), (b, _))| (a.end_month(), b.end_month()) != (first, last)) {
        return None;
    }
    let (base, now) = ends.iter().fold((0.0, 0.0), |(x, y), ((_, a), (_, b))| (x + a.value(), y + b.value()));
    let months = f64::from(last - first);
    let rate = (base > 0.0 && now > 0.0).then(|| (now / base).powf(12.0 / months) - 1.0)?;
    let rounded = (rate * 1e6).round() / 1e6;
    Some(rounded.clamp(GROWTH.0, GROWTH.1))
}

/// Up to a whole number, as the workbook does it.
fn up(number: f64) -> f64 {
    ((number * 1e6).round() / 1e6).ceil()
}
