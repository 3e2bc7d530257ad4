//! Which period a document speaks of: the title of its figures first, then sheet names, headings, the path; never the day of a
//! meeting. What is not printed is taken from what the batch expects, and said to be so.

use std::collections::{BTreeMap, BTreeSet};

use super::glance::{Role, Seen};
use crate::model::period::Part;
use crate::model::schema::Timing;
use crate::model::{BatchConfig, Evidence, Finding, Findings, Period, Span};
use crate::normalise::period::{self, How};
use crate::normalise::{date, text};

/// A period and what names it.
#[derive(Clone, Debug)]
struct Named<'a> {
    period: Period,
    seen: &'a Seen,
}

/// A run of title lines of one grid, or any other single piece of text.
struct Piece<'a> {
    role: Role,
    text: String,
    seen: &'a Seen,
}

/// The period, with its evidence, and A04 where it is not the one that the batch expects of this kind.
pub(super) fn period(
    findings: &mut Findings,
    seen: &[Seen],
    (kind, timing): (&str, Timing),
    batch: &BatchConfig,
) -> (Option<Period>, Vec<Evidence>) {
    let expected = batch.period(kind);
    let pieces = pieces(seen);
    let found = match timing {
        Timing::None => return (None, Vec::new()),
        Timing::Year => year(&pieces),
        Timing::Part => part(&pieces, expected),
    };
    let found = found.map(|f| as_quarter(&pieces, f));
    let mut evidence: Vec<Evidence> = found.iter().map(|f| told(f.period, f.seen.span, &f.seen.text)).collect();
    let assumed = || expected.filter(|e| found.as_ref().is_none_or(|f| covers(f.period, *e)));
    let decided = match (&found, assumed()) {
        (Some(f), None) => Some(f.period),
        (_, Some(e)) => {
            evidence.push(told(e, None, "disimpulkan dari periode yang diminta"));
            Some(e)
        }
        (None, None) => None,
    };
    if let (Some(period), Some(expected)) = (decided, expected)
        && conflicts(period, expected)
    {
        findings.add(other(period, expected));
    } else if let Some((f, named)) = found.as_ref().and_then(|f| Some((f, contradicting(&pieces, f)?))) {
        findings.add(called(&named, f.period));
    }
    if let Some(elsewhere) = differing(&pieces, decided) {
        evidence.push(told(elsewhere.period, elsewhere.seen.span, &elsewhere.seen.text));
    }
    (decided, evidence)
}

/// Whether figures of one period cannot be those of the other. A year does not contradict its parts, and parts that end together
/// (triwulan II, semester I, June) speak of the same state.
#[must_use]
pub fn conflicts(found: Period, expected: Period) -> bool {
    found.year != expected.year
        || (found.part != Part::Year && expected.part != Part::Year && found.end_month() != expected.end_month())
}

/// Whether `whole` is the year of which `part` is a part: then the part is what is meant.
fn covers(whole: Period, part: Period) -> bool {
    whole.part == Part::Year && part.part != Part::Year && whole.year == part.year
}

/// The texts that may name a period. Titles are joined per grid, since `TRIWULAN III` and `TAHUN 2025` often stand in two rows; those
/// of empty grids (next quarter's form) do not count.
fn pieces(seen: &[Seen]) -> Vec<Piece<'_>> {
    let figures = |grid: Option<u16>| seen.iter().any(|s| s.role == Role::Label && s.grid == grid);
    let any_figures = seen.iter().any(|s| s.role == Role::Label);
    let mut out: Vec<Piece> = Vec::new();
    let mut open = None;
    for piece in seen {
        let of_sheet = matches!(piece.role, Role::Title | Role::Sheet | Role::Heading);
        if of_sheet && any_figures && !figures(piece.grid) {
            continue;
        }
        if piece.role == Role::Title {
            if open == Some(piece.grid)
                && let Some(last) = out.last_mut()
            {
                last.text.push(' ');
                last.text.push_str(&piece.text);
                if fineness(&piece.text) > fineness(&last.seen.text) {
                    last.seen = piece;
                }
                continue;
            }
            open = Some(piece.grid);
        } else {
            open = None;
        }
        if piece.role != Role::Label || says_a_period(&piece.text) || says_a_part(&piece.text) {
            out.push(Piece { role: piece.role, text: piece.text.clone(), seen: piece });
        }
    }
    out
}

/// How closely a line says when: not at all, a year, a part of one.
fn fineness(line: &str) -> u8 {
    let found = period::find(line);
    if found.iter().any(|f| f.period.part != Part::Year) { 2 } else { u8::from(!found.is_empty()) }
}

/// The triwulan, semester or month; else the year.
fn part<'a>(pieces: &[Piece<'a>], expected: Option<Period>) -> Option<Named<'a>> {
    let of = |role: Role| pieces.iter().filter(move |p| p.role == role);
    let old = left_over(pieces);
    let full = |role: Role| of(role).filter_map(|p| latest(fine(p).filter(|n| !old.contains(&n.period))));
    let years = || year(pieces).map(|y| y.period.year).or(expected.map(|e| e.year));
    let part_of = |p: &Piece<'a>, year: u16| {
        let parts = period::find_partial(&p.text).into_iter();
        latest(parts.map(|(part, _)| Named { period: Period { year, part }, seen: p.seen }))
    };
    let partial = |role: Role| {
        let year = years().filter(|_| !(role == Role::Heading && names_whole_year(pieces)))?;
        asked_for(of(role).filter_map(|p| part_of(p, year)), expected)
    };
    // Headings may name the state before alone; no file is named before its time.
    let headed = || {
        let headings = asked_for(full(Role::Heading), expected).filter(|_| !names_whole_year(pieces));
        latest(headings.map(|first| repeated(pieces, first, expected)).into_iter().chain(latest(full(Role::File))))
    };
    asked_for(full(Role::Title), expected)
        .map(|first| repeated(pieces, first, expected))
        .or_else(|| partial(Role::Title))
        .or_else(|| latest(of(Role::Title).flat_map(|p| end_of_month(p))))
        .or_else(|| asked_for(full(Role::Sheet), expected))
        .or_else(headed)
        .or_else(|| latest(full(Role::Folder)))
        .or_else(|| [Role::Sheet, Role::Heading, Role::File, Role::Folder].into_iter().find_map(partial))
        .or_else(|| asked_for(full(Role::Label), expected))
        .or_else(|| down_the_rows(pieces, years()?, expected))
        .or_else(|| latest(full(Role::Note)))
        .or_else(|| year(pieces))
}

/// Whether headings name all parts of a year, as a plan for the year does: then none of them is what the document speaks of.
fn names_whole_year(pieces: &[Piece]) -> bool {
    let headings = pieces.iter().filter(|p| p.role == Role::Heading);
    let with_year = |p: &Piece| period::find(&p.text).into_iter().map(|f| f.period.part).collect::<Vec<_>>();
    let alone = |p: &Piece| period::find_partial(&p.text).into_iter().map(|(part, _)| part).collect::<Vec<_>>();
    let parts: BTreeSet<Part> = headings.flat_map(|p| [with_year(p), alone(p)].concat()).collect();
    [Part::Quarter(1), Part::Quarter(2), Part::Quarter(3), Part::Quarter(4)].iter().all(|q| parts.contains(q))
        || (1..=12).all(|month| parts.contains(&Part::Month(month)))
}

/// Periods in titles that several sheets repeat although each is named for another month: a form was copied and its month never changed.
fn left_over(pieces: &[Piece]) -> BTreeSet<Period> {
    let named = |grid: Option<u16>| {
        let sheet = pieces.iter().find(|p| p.role == Role::Sheet && p.seen.grid == grid)?;
        period::find_partial(&sheet.text).first().map(|(part, _)| *part)
    };
    let titles = pieces.iter().filter(|p| p.role == Role::Title);
    let other = titles.flat_map(|p| fine(p).map(|n| (n.period, p.seen.grid)));
    let other = other.filter(|(period, grid)| named(*grid).is_some_and(|part| part != period.part));
    let mut sheets: BTreeMap<Period, BTreeSet<Option<u16>>> = BTreeMap::new();
    other.for_each(|(period, grid)| {
        sheets.entry(period).or_default().insert(grid);
    });
    sheets.into_iter().filter(|(_, grids)| grids.len() > 1).map(|(period, _)| period).collect()
}

/// A file of a triwulan whose sheets speak of its months is about the triwulan.
fn as_quarter<'a>(pieces: &[Piece<'a>], found: Named<'a>) -> Named<'a> {
    let month = matches!(found.period.part, Part::Month(_));
    let quarter = |n: &Named| matches!(n.period.part, Part::Quarter(_)) && !conflicts(n.period, found.period);
    let path = pieces.iter().filter(|p| matches!(p.role, Role::File | Role::Folder));
    let own = path.flat_map(|p| fine(p)).filter(|_| month).find(quarter);
    own.unwrap_or(found)
}

/// Whether a cell holds a period and nothing else, as the value of a form does: `Periode | Triwulan III Tahun 2025`.
fn says_a_period(text: &str) -> bool {
    let text = text.trim();
    period::find(text).first().is_some_and(|f| f.at == (0..text.len()))
}

/// Whether a cell holds the name of a part of the year and nothing else: `September`, `TW III`.
fn says_a_part(text: &str) -> bool {
    let text = text.trim();
    period::find_partial(text).first().is_some_and(|(_, at)| *at == (0..text.len()))
}

/// Parts of the year down the rows of a table, one below another: the one that ends with what is asked for, if there is one. A single one
/// may be the name of a place (`Juli`).
fn down_the_rows<'a>(pieces: &[Piece<'a>], year: u16, expected: Option<Period>) -> Option<Named<'a>> {
    let labels = pieces.iter().filter(|p| p.role == Role::Label && says_a_part(&p.text));
    let named = labels.flat_map(|p| {
        period::find_partial(&p.text).into_iter().map(|(part, _)| Named { period: Period { year, part }, seen: p.seen })
    });
    let named: Vec<Named> = named.collect();
    let parts: BTreeSet<Part> = named.iter().map(|n| n.period.part).collect();
    asked_for(named.into_iter().filter(|_| parts.len() > 1), expected)
}

/// Of periods that stand side by side, each over figures of its own: the one that is asked for, else the latest.
fn asked_for<'a>(named: impl Iterator<Item = Named<'a>>, expected: Option<Period>) -> Option<Named<'a>> {
    let named: Vec<Named> = named.collect();
    let asked = expected.and_then(|e| latest(named.iter().filter(|n| !conflicts(n.period, e)).cloned()));
    asked.or_else(|| latest(named.into_iter()))
}

/// The latest of several: a workbook that also shows the quarter before is about the later one. Of those that end together the quarter,
/// of which months may have sheets of their own.
fn latest<'a>(named: impl Iterator<Item = Named<'a>>) -> Option<Named<'a>> {
    let rank = |named: &Named| {
        let part = match named.period.part {
            Part::Quarter(_) => 2,
            Part::Month(_) => 0,
            Part::Semester(_) | Part::Year => 1,
        };
        (named.period.end_month(), part)
    };
    named.reduce(|best, next| if rank(&next) > rank(&best) { next } else { best })
}

/// Blocks on one sheet, each under the same title but for its period: the one that is asked for is what the document is about.
fn repeated<'a>(pieces: &[Piece<'a>], first: Named<'a>, expected: Option<Period>) -> Named<'a> {
    let title: BTreeSet<&String> = first.seen.words.iter().collect();
    let alike =
        |p: &&Piece| p.seen.words.iter().filter(|w| title.contains(w)).count() * 3 >= title.len().max(p.seen.words.len()) * 2;
    let captions = pieces.iter().filter(|p| p.role == Role::Note && p.seen.grid == first.seen.grid).filter(alike);
    let others = captions.filter_map(|p| latest(fine(p)));
    asked_for(std::iter::once(first.clone()).chain(others), expected).unwrap_or(first)
}

/// Triwulan, semesters and months named with their year.
fn fine<'a>(piece: &Piece<'a>) -> impl Iterator<Item = Named<'a>> + use<'a> {
    let seen = piece.seen;
    let found = period::find(&piece.text).into_iter().filter(|f| f.how >= How::Month && f.period.part != Part::Year);
    found.map(move |f| Named { period: f.period, seen })
}

/// `s.d. 30 September 2025`: the last day of a month closes it, and with it a triwulan. Other days are those of meetings.
fn end_of_month<'a>(piece: &Piece<'a>) -> impl Iterator<Item = Named<'a>> + use<'a> {
    let seen = piece.seen;
    date::find(&piece.text).into_iter().filter(|(day, _)| *day == day.last_of_month()).filter_map(move |(day, _)| {
        let (year, month) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?);
        let part = if month % 3 == 0 { Part::Quarter(month / 3) } else { Part::Month(month) };
        Some(Named { period: Period { year, part }, seen })
    })
}

/// The year: said as such in a title, else the first number that can only be one, in titles, sheet names and the path.
fn year<'a>(pieces: &[Piece<'a>]) -> Option<Named<'a>> {
    let named = |how: How| move |p: &Piece<'a>| Some(Named { period: Period::year(year_in(p, how)?), seen: p.seen });
    let bare = |p: &Piece<'a>| bare_year(&p.text).map(|y| Named { period: Period::year(y), seen: p.seen });
    // `Eks Pemilu 2024, per 30 Juni 2025`: the day says when, the election only of what.
    let as_of = |p: &Piece<'a>| {
        let day =
            date::find(&p.text).into_iter().find(|(_, at)| text::words(&p.text[..at.start]).last().is_some_and(|w| w == "PER"));
        Some(Named { period: Period::year(u16::try_from(day?.0.year()).ok()?), seen: p.seen })
    };
    [Role::Title, Role::Sheet, Role::Heading, Role::File, Role::Folder].into_iter().find_map(|role| {
        let of = || pieces.iter().filter(|p| p.role == role);
        of().find_map(named(How::Year)).or_else(|| of().find_map(as_of)).or_else(|| of().find_map(bare))
    })
}

/// The year that a text states in this way or a surer one.
fn year_in(piece: &Piece, how: How) -> Option<u16> {
    let found = period::find(&piece.text).into_iter().filter(|f| f.how >= how && f.how != How::Dated);
    latest_alike(&piece.text, found)
}

/// The first year; the latest where the same word announces several: `Pemilu Tahun 2019 dan Pemilu Tahun 2024`.
fn latest_alike(line: &str, found: impl Iterator<Item = period::Found>) -> Option<u16> {
    let word = |f: &period::Found| text::words(&line[..f.at.start]).pop();
    let years: Vec<(Option<String>, u16)> = found.map(|f| (word(&f), f.period.year)).collect();
    let (announced, first) = years.first()?;
    let alike = years.iter().filter(|(word, _)| word.is_some() && word == announced).map(|(_, year)| *year);
    alike.chain([*first]).max()
}

/// A number of four digits that is a year and no part of a register number (`63/PK.01-BA/3507/2025`, `857 Tahun 2023`). Where the same word
/// stands before several (`Pemilu 2019 dan Pemilu 2024`), the latest: the others are shown beside it.
fn bare_year(line: &str) -> Option<u16> {
    let words = text::words_at(line);
    let word_before = |i: usize| i.checked_sub(1).and_then(|j| words.get(j)).map(|w| w.text.as_str());
    let years: Vec<(Option<&str>, u16)> =
        words.iter().enumerate().filter_map(|(i, w)| Some((word_before(i), year_at(line, w)?))).collect();
    let &(before, first) = years.first()?;
    let alike = years.iter().filter(|(b, _)| before.is_some() && *b == before).map(|(_, year)| *year);
    alike.chain([first]).max()
}

fn year_at(line: &str, word: &text::Word) -> Option<u16> {
    let before = line[..word.at.start].chars().next_back();
    let after = line[word.at.end..].chars().next();
    let register =
        matches!(before, Some('/' | '.' | ',')) || matches!(after, Some('/' | '.' | ',') if line.len() > word.at.end + 1);
    // `pemilu2024` is glued in file names.
    let digits = word.text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let year = (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten();
    year.filter(|y| !register && (1999..2100).contains(y))
}

/// The path's period where it is another than the one decided: content wins, the disagreement is kept as evidence.
fn differing<'a>(pieces: &[Piece<'a>], decided: Option<Period>) -> Option<Named<'a>> {
    let decided = decided?;
    let path = pieces.iter().filter(|p| matches!(p.role, Role::File | Role::Folder));
    path.flat_map(fine).find(|named| conflicts(named.period, decided))
}

/// A triwulan or semester named by the file, or by the sheet of that title, where the title of the figures names another. No name of
/// a sheet may agree with it: a workbook kept from quarter to quarter bears an old title beside the new one.
fn contradicting<'a>(pieces: &[Piece<'a>], decided: &Named<'a>) -> Option<Named<'a>> {
    let titled = decided.seen.role == Role::Title && decided.period.part != Part::Year;
    [Role::File, Role::Sheet].into_iter().filter(|_| titled).find_map(|role| {
        let partial = |p: &Piece<'a>| {
            let (year, seen) = (decided.period.year, p.seen);
            period::find_partial(&p.text).into_iter().map(move |(part, _)| Named { period: Period { year, part }, seen })
        };
        let of = pieces.iter().filter(|p| p.role == role).flat_map(|p| fine(p).chain(partial(p)));
        let all: Vec<Named> = of.filter(|n| matches!(n.period.part, Part::Quarter(_) | Part::Semester(_))).collect();
        let own = all.iter().find(|n| role == Role::File || n.seen.grid == decided.seen.grid);
        own.filter(|_| all.iter().all(|n| conflicts(n.period, decided.period))).cloned()
    })
}

fn told(period: Period, span: Option<Span>, words: &str) -> Evidence {
    Evidence { about: "period".to_owned(), value: period.to_string(), span, words: super::shortened(words) }
}

/// A04.
fn other(found: Period, expected: Period) -> Finding {
    Finding::new(
        "A04",
        format!("Dokumen ini tentang periode {found}, sedangkan yang diminta {expected}. Kirim dokumen periode {expected}."),
    )
    .found(found.to_string())
    .expected(expected.to_string())
}

/// A04 of a document that is used: its name and its title disagree.
fn called(named: &Named, titled: Period) -> Finding {
    let what = if named.seen.role == Role::File { "Nama berkas" } else { "Nama lembar" };
    let message = format!(
        "{what} menyebut {}, tetapi judul isinya {titled}. Judulnya yang dipakai. Pastikan angkanya memang {titled}, lalu samakan \
         namanya dengan judulnya; bila judulnya yang salah, perbaiki lalu kirim kembali.",
        named.period
    );
    let finding = Finding::new("A04", message).found(named.period.to_string()).expected(titled.to_string()).mild();
    Finding { span: named.seen.span, ..finding }
}
