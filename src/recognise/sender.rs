//! Whose document it is: titles first, then the rows of its tables, then signatures, then the path.

use std::ops::Range;

use super::Context;
use super::glance::{Role, Seen};
use super::phrase::Phrase;
use super::table::{self, Rows};
use crate::model::{Document, Evidence, Finding, Findings, Level, Region};
use crate::normalise::region::{Mention, Regions, Strength};
use crate::normalise::text;

/// A region that a piece of text names.
#[derive(Clone, Copy, Debug)]
struct Claim<'a> {
    region: Region,
    strength: Strength,
    /// It bears the name alone.
    sole: bool,
    /// The line is a letterhead: it names an election office, or nothing but the region. Addresses name regions too.
    head: bool,
    seen: &'a Seen,
}

/// What was found out, and by what.
struct Verdict<'a> {
    region: Region,
    seen: Option<&'a Seen>,
    because: String,
    /// The office that the titles name instead.
    titled: Option<Region>,
}

/// The sender, with its evidence. A08 where content and path name different offices, or where nothing names any; not for
/// documents of no known kind, which nobody has to file.
pub(super) fn sender(
    findings: &mut Findings,
    document: &Document,
    seen: &[Seen],
    known_kind: bool,
    context: &Context,
) -> (Option<Region>, Vec<Evidence>) {
    let regions = context.regions;
    let claims: Vec<Claim> = seen.iter().flat_map(|s| claims(s, context)).collect();
    let within = context.batch.wilayah.map_or(Region::NATION, |w| w.up_to(Level::Provinsi));
    let titled = claims.iter().any(|c| c.seen.role == Role::Title && c.strength >= Strength::Office);
    let rows = table::office(document, regions, within, !titled);
    let path = Path::new(&claims);
    let inside = by_content(&claims, rows, &path, context);
    let mut evidence = Vec::new();
    if let Some(verdict) = &inside {
        evidence.push(verdict.evidence());
        findings.0.extend(verdict.titled.map(|titled| misnamed(titled, verdict.region, regions)));
    }
    evidence.extend(rows.map(rows_evidence).filter(|told| !evidence.contains(told)));
    let mut findings_of_path = |evidence: &mut Vec<Evidence>, content: Region| {
        if let Some(other) = path.other_than(content) {
            evidence.push(other.evidence());
            if known_kind {
                findings.add(disagree(other.region, content, regions));
            }
        }
    };
    let decided = match inside {
        Some(verdict) => {
            findings_of_path(&mut evidence, verdict.region);
            Some(verdict.region)
        }
        None => match path.best() {
            Some(claim) => {
                evidence.push(claim.evidence());
                findings_of_path(&mut evidence, claim.region);
                Some(claim.region)
            }
            None => match boxed(&claims) {
                Some(claim) => {
                    evidence.push(claim.evidence());
                    Some(claim.region)
                }
                None => context.batch.wilayah.filter(|w| w.level() == Level::Kabkota),
            },
        },
    };
    if decided.is_none() && known_kind {
        findings.add(unknown());
    }
    (decided, evidence)
}

/// Fewest rows that speak against a title.
const ROWS: usize = 3;

/// Who sent it, going by what stands inside. In order: one kab/kota in the titles; a province in the titles; the rows of the tables;
/// a bare name in the titles; a signature.
fn by_content<'a>(claims: &[Claim<'a>], rows: Option<Rows>, path: &Path<'a>, context: &Context) -> Option<Verdict<'a>> {
    let titles: Vec<&Claim> = claims.iter().filter(|c| c.seen.role == Role::Title).collect();
    let mut strong: Vec<&Claim> = titles.iter().copied().filter(|c| c.strength >= Strength::Office).collect();
    if strong.iter().any(|c| c.head) {
        strong.retain(|c| c.head);
    }
    let kabkota = distinct(&strong, Level::Kabkota);
    let provinces = distinct(&strong, Level::Provinsi);
    if let Some(rows) = rows.filter(|r| r.office.level() <= Level::Provinsi) {
        // Rows are kab/kota or provinces: whatever else the titles name, a province or the nation speaks.
        let named = strong.iter().find(|c| c.region == rows.office);
        return Some(Verdict { region: rows.office, seen: named.map(|c| c.seen), because: rows.says(), titled: None });
    }
    if let Some(chosen) = among(&kabkota, rows, path) {
        // The title of a neighbour's sheet, kept when it was copied: the rows and the path know better.
        let most = |r: &Rows| r.fitting >= ROWS && r.fitting * 3 >= r.all * 2;
        let better = |r: &Rows| r.office.level() == Level::Kabkota && most(r) && path.names(r.office);
        let copied = rows.filter(|r| r.office != chosen.region && !path.names(chosen.region) && better(r));
        return Some(copied.map_or_else(
            || chosen.verdict(),
            |rows| Verdict { region: rows.office, seen: None, because: rows.says(), titled: Some(chosen.region) },
        ));
    }
    if kabkota.len() > 1
        && let Some(province) = common_province(&kabkota)
    {
        return Some(Verdict {
            region: province,
            seen: Some(kabkota[0].seen),
            because: kabkota[0].seen.text.clone(),
            titled: None,
        });
    }
    if let Some(province) = provinces.first() {
        let inside = |r: Region| r.level() == Level::Kabkota && r.within(province.region);
        if let Some(rows) = rows.filter(|r| inside(r.office) && !path.names(province.region)) {
            return Some(Verdict { region: rows.office, seen: None, because: rows.says(), titled: None });
        }
        // A letterhead may name the province only; then the path may say which of its offices.
        let office = path.best().filter(|c| inside(c.region) && rows.is_none());
        return Some(office.unwrap_or(province).verdict());
    }
    if let Some(rows) = rows {
        return Some(Verdict { region: rows.office, seen: None, because: rows.says(), titled: None });
    }
    // A bare name in a title may be anybody's (a kecamatan's, a village's): where the path says who sent it, that counts.
    let unsaid = path.best().is_none();
    let weak: Vec<&Claim> = titles.iter().copied().filter(|c| c.sole && unsaid || path.names(c.region)).collect();
    let signed: Vec<&Claim> = claims.iter().filter(|c| c.seen.role == Role::Note && is_sender(c.seen, context)).collect();
    let sheets: Vec<&Claim> =
        claims.iter().filter(|c| c.seen.role == Role::Sheet && (c.sole && unsaid || path.names(c.region))).collect();
    let best = [weak, signed, sheets].into_iter().find_map(|c| {
        among(&distinct(&c, Level::Kabkota), None, path).or_else(|| distinct(&c, Level::Provinsi).first().copied())
    });
    best.map(Claim::verdict)
}

/// The one election office that the cells of tables name, as forms have it in their first box and where they are signed. Several are a list.
fn boxed<'a, 'b>(claims: &'b [Claim<'a>]) -> Option<&'b Claim<'a>> {
    let boxed: Vec<&Claim> = claims.iter().filter(|c| matches!(c.seen.role, Role::Heading | Role::Label)).collect();
    let lowest = [Level::Kabkota, Level::Provinsi].into_iter().map(|level| distinct(&boxed, level)).find(|c| !c.is_empty())?;
    if let [only] = lowest.as_slice() { Some(only) } else { None }
}

/// One of several kab/kota: the only one, or the one that the rows or the path name too, or the one named in the first place
/// where one grid names several.
fn among<'a, 'b>(claims: &[&'b Claim<'a>], rows: Option<Rows>, path: &Path) -> Option<&'b Claim<'a>> {
    let first = *claims.first()?;
    if claims.len() == 1 {
        return Some(first);
    }
    let backed = claims.iter().copied().find(|c| rows.is_some_and(|r| r.office == c.region));
    let backed = backed.or_else(|| claims.iter().copied().find(|c| path.names(c.region)));
    let one_grid = claims.iter().all(|c| c.seen.grid == first.seen.grid);
    backed.or_else(|| one_grid.then_some(first))
}

/// The first claim of each region of a level, in reading order.
fn distinct<'a, 'b>(claims: &[&'b Claim<'a>], level: Level) -> Vec<&'b Claim<'a>> {
    let mut out: Vec<&Claim> = Vec::new();
    for claim in claims.iter().filter(|c| c.region.level() == level) {
        if !out.iter().any(|c| c.region == claim.region) {
            out.push(claim);
        }
    }
    out
}

fn common_province(claims: &[&Claim]) -> Option<Region> {
    let province = claims.first()?.region.up_to(Level::Provinsi);
    claims.iter().all(|c| c.region.within(province)).then_some(province)
}

/// Whether a line is signed by an election office: other offices are named in notes too.
fn is_sender(seen: &Seen, context: &Context) -> bool {
    context.schemas.recognition.sender.iter().any(|words| Phrase::of(words).find(&seen.words).is_some())
}

/// The regions that a piece of text names; headings and labels name what figures are about, not who sent them, unless they name an
/// election office.
fn claims<'a>(seen: &'a Seen, context: &Context) -> Vec<Claim<'a>> {
    let of_table = matches!(seen.role, Role::Heading | Role::Label);
    if of_table && !is_sender(seen, context) || seen.text.len() > 400 {
        return Vec::new();
    }
    let mentions = context.regions.mentions(&seen.text);
    if mentions.is_empty() {
        return Vec::new();
    }
    let signed = is_sender(seen, context);
    let named = |at: &Range<usize>| text::words(&seen.text[at.clone()]).len();
    let sole = |at: &Range<usize>| mentions.iter().filter(|m| m.at == *at).count() == 1;
    let claim = |m: &Mention| Claim {
        region: m.region,
        strength: m.strength,
        sole: sole(&m.at),
        // A level word or two may stand beside the name: "KABUPATEN", "KOTA ADM.".
        head: signed || named(&m.at) + 2 >= seen.words.len(),
        seen,
    };
    mentions.iter().filter(|m| !is_below(&seen.text[..m.at.start], context)).map(claim).collect()
}

/// Whether the words before a name say that it is a kecamatan's or a desa's: `KECAMATAN BATANG` is not Kabupaten Batang.
fn is_below(before: &str, context: &Context) -> bool {
    let words = text::words(before);
    let level = |word: &String| {
        let known = |m: &crate::model::schema::Meaning| m.words.iter().any(|w| text::key(w) == *word);
        context.schemas.common.meanings.iter().filter(|m| m.means.starts_with("tingkat:")).find(|m| known(m))
    };
    let last = words.iter().rev().take(4).find_map(level);
    last.is_some_and(|m| matches!(m.means.as_str(), "tingkat:kecamatan" | "tingkat:desa"))
}

impl<'a> Claim<'a> {
    fn verdict(&self) -> Verdict<'a> {
        Verdict { region: self.region, seen: Some(self.seen), because: self.seen.text.clone(), titled: None }
    }

    fn evidence(&self) -> Evidence {
        self.verdict().evidence()
    }
}

impl Verdict<'_> {
    fn evidence(&self) -> Evidence {
        Evidence {
            about: "satker".to_owned(),
            value: self.region.to_string(),
            span: self.seen.and_then(|s| s.span),
            words: super::shortened(&self.because),
        }
    }
}

impl Rows {
    fn says(&self) -> String {
        format!("{} dari {} nama baris tabel berada di bawah wilayah ini", self.fitting, self.all)
    }
}

fn rows_evidence(rows: Rows) -> Evidence {
    Evidence { about: "satker".to_owned(), value: rows.office.to_string(), span: None, words: rows.says() }
}

/// What file name and folders name.
struct Path<'a> {
    /// The file first, then its folders from the inside out.
    claims: Vec<Claim<'a>>,
}

impl<'a> Path<'a> {
    fn new(claims: &[Claim<'a>]) -> Self {
        let path = claims.iter().filter(|c| matches!(c.seen.role, Role::File | Role::Folder));
        Self { claims: path.copied().collect() }
    }

    /// Whether any part of it names the region.
    fn names(&self, region: Region) -> bool {
        self.claims.iter().any(|c| c.region == region)
    }

    /// The kab/kota, else the province, that it names most surely.
    fn best(&self) -> Option<&Claim<'a>> {
        let sure = |c: &&Claim| c.is_sure();
        let level = |l: Level| self.claims.iter().filter(move |c| c.region.level() == l);
        level(Level::Kabkota).find(sure).or_else(|| level(Level::Provinsi).find(sure))
    }

    /// A part of it that surely names another office, where that part does not name this one too. A province above says nothing
    /// against its kab/kota; neither does a kab/kota that lies in the same line.
    fn other_than(&self, region: Region) -> Option<&Claim<'a>> {
        self.claims.iter().find(|c| {
            let part = |o: &&Claim| std::ptr::eq(o.seen, c.seen);
            let agrees = self.claims.iter().filter(part).any(|o| o.region == region);
            c.is_sure() && !agrees && !region.within(c.region)
        })
    }
}

impl Claim<'_> {
    /// Said with its level, its office or its code; or the bare name is all that the folder is called.
    fn is_sure(&self) -> bool {
        let whole = self.seen.role == Role::Folder && self.strength == Strength::Bare && self.seen.words.len() <= 2;
        self.sole && (self.strength != Strength::Bare || whole || self.seen.role == Role::File)
    }
}

fn named(region: Region, regions: &Regions) -> String {
    match regions.name(region) {
        Some(name) => format!("{region} {name}"),
        None if region == Region::NATION => "tingkat nasional".to_owned(),
        None => region.to_string(),
    }
}

fn disagree(path: Region, content: Region, regions: &Regions) -> Finding {
    Finding::new(
        "A08",
        format!(
            "Letak atau nama berkas menyebut {}, tetapi isi dokumennya {}. Isinya yang dipakai; pindahkan berkas atau perbaiki judulnya.",
            named(path, regions),
            named(content, regions)
        ),
    )
    .found(path.to_string())
    .expected(content.to_string())
}

fn misnamed(titled: Region, office: Region, regions: &Regions) -> Finding {
    let [title, rows] = [titled, office].map(|r| named(r, regions));
    let message = format!(
        "Judul dokumen menyebut {title}, tetapi nama baris tabelnya dan letak berkasnya {rows}, yang dipakai. Perbaiki judulnya."
    );
    Finding::new("A08", message).found(titled.to_string()).expected(office.to_string())
}

fn unknown() -> Finding {
    Finding::new(
        "A08",
        "Satker pengirim tidak dapat dipastikan: judul, isi tabel, dan letak berkas tidak menyebut satu pun kabupaten/kota atau \
         provinsi. Tulis nama satkernya pada judul atau nama berkas.",
    )
}
