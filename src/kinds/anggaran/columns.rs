//! What each column of a table holds: said by its headings, checked against its cells, found by its neighbours where no heading stands
//! over it.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::number::{Decision, Style};
use crate::tables::axes::Label;
use crate::tables::blocks::Block;
use crate::tables::headings;
use crate::tables::marks::Marked;
use crate::tables::outline::Tier;

use super::bands::Stretch;
use super::profile::{Profile, profiles};
use super::words::{Edition, Role, Words, year_in};

/// The columns of one table.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// What each holds; columns that nobody understands are missing.
    pub roles: BTreeMap<u16, Role>,
    /// How each writes its numbers.
    pub styles: BTreeMap<u16, Option<Style>>,
    /// Columns whose figures are those before a revision, or are known for something else.
    pub aside: BTreeSet<u16>,
    /// Columns of codes with a running number before them in the same cell.
    pub numbered: BTreeSet<u16>,
    /// Every row names all its parents: their names are not its own.
    pub flat: bool,
    /// Columns whose role nothing proves.
    pub guesses: Vec<u16>,
}

impl Columns {
    /// The columns of a role, left to right.
    pub fn of(&self, role: Role) -> impl Iterator<Item = u16> + '_ {
        self.roles.iter().filter(move |(_, r)| **r == role).map(|(c, _)| *c)
    }

    /// The same columns for rows on the next page that have no headings: those in the same places, else as many in the same order.
    /// `None` where figures do not stand as they should.
    #[must_use]
    pub fn continued(&self, sheet: &Marked, rows: &Stretch) -> Option<Self> {
        let profiles = profiles(sheet, rows);
        let fits = |columns: &Self| {
            let wrong = |(col, p): (&u16, &Profile)| match columns.roles.get(col) {
                Some(role) => role.numeric() != p.is_numeric() && *role != Role::Ordinal && !matches!(role, Role::Code(_)),
                None => p.is_numeric() && !columns.aside.contains(col),
            };
            columns.of(Role::Amount).any(|c| profiles.contains_key(&c)) && !profiles.iter().any(wrong)
        };
        if fits(self) {
            return Some(self.clone());
        }
        let before: BTreeSet<u16> = self.roles.keys().chain(&self.aside).copied().collect();
        let moved: BTreeMap<u16, u16> = before.into_iter().zip(profiles.keys().copied()).collect();
        let to = |col: &u16| moved.get(col).copied();
        let other = Self {
            roles: self.roles.iter().filter_map(|(c, r)| Some((to(c)?, *r))).collect(),
            styles: self.styles.iter().filter_map(|(c, s)| Some((to(c)?, *s))).collect(),
            aside: self.aside.iter().filter_map(to).collect(),
            numbered: self.numbered.iter().filter_map(to).collect(),
            flat: self.flat,
            guesses: self.guesses.iter().filter_map(to).collect(),
        };
        (moved.len() == profiles.len() && fits(&other)).then_some(other)
    }

    /// The marks the table's numbers are written with, for text that has no column of its own.
    #[must_use]
    pub fn style(&self) -> Style {
        let anglo = self.styles.values().any(|s| *s == Some(Style::Anglo));
        if anglo { Style::Anglo } else { Style::Indonesian }
    }
}

/// One column on the way to its role.
struct Candidate<'a> {
    col: u16,
    profile: &'a Profile,
    /// What its headings may stand for, the nearest first.
    said: Vec<Role>,
    /// Words stand over it, known or not.
    headed: bool,
    edition: Edition,
}

/// Settles the columns of a stretch of rows.
#[must_use]
pub fn columns(sheet: &Marked, words: &Words, stretch: &Stretch) -> Columns {
    let profiles = profiles(sheet, stretch);
    let wide: Vec<u16> = occupied(sheet, stretch, &profiles);
    let block = Block { titles: 0..0, heading: stretch.heading.clone(), body: 0..0, parts: vec![wide.clone()] };
    let stacks = headings::stacks(sheet, &block, &wide);
    let empty = Profile::default();
    let years: BTreeSet<u16> = stacks.iter().flatten().filter_map(|l| year_in(l.text)).collect();
    let several = years.len() > 1;
    let all: Vec<Candidate> = wide
        .iter()
        .zip(&stacks)
        .map(|(&col, stack)| Candidate {
            col,
            profile: profiles.get(&col).unwrap_or(&empty),
            said: said(words, stack),
            headed: !stack.is_empty(),
            edition: edition(words, stack, several),
        })
        .collect();
    let mut found = Columns::default();
    by_headings(&mut found, &all);
    levels::words(&mut found, &all, sheet, words, stretch);
    orphans::numbers(&mut found, &all);
    levels::names(&mut found, &all, sheet, stretch);
    orphans::texts(&mut found, &all);
    levels::codes(&mut found, sheet, stretch);
    editions(&mut found, &all);
    arithmetic::settle(&mut found, sheet, stretch, &profiles);
    content::settle(&mut found, &all, sheet, stretch);
    found.styles = styles(&found, &profiles);
    arithmetic::styles(&mut found, sheet, stretch, &profiles);
    found.guesses = guesses::guesses(&found, &all, sheet, stretch);
    found
}

/// The columns of rows without any heading, where volume, price and amount are told by what they come to, and codes and descriptions stand
/// beside them; `None` anywhere else.
#[must_use]
pub fn headless(sheet: &Marked, words: &Words, rows: &Stretch) -> Option<Columns> {
    let profiles = profiles(sheet, rows);
    let one = |(&col, profile)| Candidate { col, profile, said: Vec::new(), headed: false, edition: Edition::Only };
    let all: Vec<Candidate> = profiles.iter().map(one).collect();
    let mut found = Columns::default();
    levels::ordinals(&mut found, &all, sheet, rows);
    levels::words(&mut found, &all, sheet, words, rows);
    arithmetic::settle(&mut found, sheet, rows, &profiles);
    found.of(Role::Amount).next()?;
    orphans::texts(&mut found, &all);
    levels::codes(&mut found, sheet, rows);
    found.styles = styles(&found, &profiles);
    arithmetic::styles(&mut found, sheet, rows, &profiles);
    let coded = found.roles.values().any(|r| matches!(r, Role::Code(_)));
    (coded && found.of(Role::Text).next().is_some()).then_some(found)
}

/// The edition of a column by its headings, the lowest first; years tell only where there are several.
fn edition(words: &Words, stack: &[Label], several_years: bool) -> Edition {
    let by_year = |l: &Label| year_in(l.text).filter(|_| several_years).map(|y| words.edition_of(y));
    let own = |l: &Label| Some(words.edition(l.said)).filter(|e| *e != Edition::Only).or_else(|| by_year(l));
    stack.iter().rev().find_map(own).unwrap_or_default()
}

/// Columns with a heading of their own or with cells below.
fn occupied(sheet: &Marked, stretch: &Stretch, profiles: &BTreeMap<u16, Profile>) -> Vec<u16> {
    let mut columns: BTreeSet<u16> = profiles.keys().copied().collect();
    for n in stretch.heading.clone() {
        columns.extend(stretch.cells(sheet, n).map(|(c, _)| c.col));
    }
    columns.into_iter().collect()
}

/// What a stack of headings may stand for: all of it as one phrase first (`HARGA` over `SATUAN`), then from the lowest up.
fn said(words: &Words, stack: &[Label]) -> Vec<Role> {
    let mut roles = Vec::new();
    let joined = words.vocabulary().read(&stack.iter().map(|l| l.text).collect::<Vec<_>>().join(" "));
    if joined.whole() && joined.senses.len() == 1 {
        roles.extend(words.roles(&joined));
    }
    for label in stack.iter().rev() {
        roles.extend(words.roles(label.said));
    }
    // VOLUME over JML is the volume.
    if roles.contains(&Role::Volume) {
        roles.retain(|r| *r != Role::Amount);
    }
    roles
}

/// Gives every column the first of its headings' meanings that its cells allow.
fn by_headings(found: &mut Columns, all: &[Candidate]) {
    for (n, column) in all.iter().enumerate() {
        let coded = column.said.iter().any(|r| matches!(r, Role::Code(_))) || column.profile.outnumbers();
        if column.said.contains(&Role::Ordinal) && coded && column.profile.cells > 0 {
            found.roles.insert(column.col, Role::Code(None));
            found.numbered.insert(column.col);
            continue;
        }
        // KETERANGAN run together with VOL heads figures.
        let figures = column.profile.is_numeric() && column.said.iter().any(|r| r.numeric() && allows(column.profile, *r));
        let fits = column.said.iter().find(|role| allows(column.profile, **role) && !(figures && **role == Role::Note));
        if fits == Some(&Role::Text) && column.profile.codes * 10 >= column.profile.cells * 9 && described_elsewhere(all, n) {
            found.roles.insert(column.col, Role::Code(None));
            continue;
        }
        let unit = column.said.contains(&Role::Volume) && column.profile.is_words() && n > 0;
        let factor = column.said.contains(&Role::Factors) && column.profile.is_numeric();
        match fits {
            Some(Role::Aside) => drop(found.aside.insert(column.col)),
            Some(role) => drop(found.roles.insert(column.col, *role)),
            None if unit => drop(found.roles.insert(column.col, Role::Unit)),
            None if factor => drop(found.roles.insert(column.col, Role::Volume)),
            None => {}
        }
    }
    // Dashes right of the amounts are figures of nothing, and no marks before a description.
    let amount = found.of(Role::Amount).next();
    for column in all.iter().filter(|c| c.profile.texts == 0 && c.profile.cells > 0 && amount.is_some_and(|a| a < c.col)) {
        if found.roles.get(&column.col) == Some(&Role::Text) {
            found.roles.insert(column.col, Role::Note);
        }
    }
}

/// Whether another column is headed as descriptions and holds words: this one, under the same heading or a wide one, then holds the codes.
fn described_elsewhere(all: &[Candidate], own: usize) -> bool {
    let words = |c: &Candidate| c.said.contains(&Role::Text) && c.profile.is_words() && !c.profile.is_code();
    all.iter().enumerate().any(|(n, c)| n != own && words(c))
}

/// Whether cells like these can hold what a heading says; an empty column can hold anything.
fn allows(profile: &Profile, role: Role) -> bool {
    if profile.cells == 0 {
        return true;
    }
    match role {
        Role::Volume => profile.is_numeric(),
        Role::Price | Role::Amount | Role::Tax => profile.numbers * 2 > profile.cells,
        Role::Code(tier) => profile.codes * 10 >= profile.cells * 3 && profile.widest >= tier.map_or(1, shortest),
        Role::Unit | Role::Fund => profile.is_words() || profile.codes * 2 > profile.cells,
        // Dashes and some figures are a column of figures that are mostly nothing.
        Role::Text => !profile.is_numeric() && profile.numbers <= profile.texts || profile.is_code() || profile.is_named_code(),
        // Under PERHITUNGAN units stand as well as calculations, but they have no figures.
        Role::Factors => {
            let written = profile.counted + profile.texts;
            written > 0 && written * 4 > profile.numbers && (profile.counted + profile.figured) * 2 >= written
        }
        Role::Ordinal => !profile.is_all_codes(),
        Role::Block | Role::Note | Role::Level | Role::Aside => true,
    }
}

/// How many characters the codes of a level have at least: `4` under `Keg` is no kegiatan but how often something is done.
const fn shortest(tier: Tier) -> usize {
    match tier {
        Tier::Kegiatan => 4,
        Tier::Akun => 6,
        _ => 1,
    }
}

/// Of figures before and after a revision, or of this year and another, the later ones or those of this year count.
fn editions(found: &mut Columns, all: &[Candidate]) {
    let amount = |c: &Candidate| c.edition != Edition::Before && found.roles.get(&c.col) == Some(&Role::Amount);
    if !all.iter().any(amount) {
        return;
    }
    let later: BTreeSet<Role> =
        all.iter().filter(|c| c.edition != Edition::Before).filter_map(|c| found.roles.get(&c.col).copied()).collect();
    for column in all.iter().filter(|c| c.edition == Edition::Before) {
        let own = found.roles.get(&column.col).copied();
        if own.is_some_and(|r| (r.numeric() || r == Role::Unit) && later.contains(&r)) {
            found.roles.remove(&column.col);
            found.aside.insert(column.col);
        }
    }
}

/// The style of every column of figures: its own where its cells settle it, else that of the columns that do.
fn styles(found: &Columns, profiles: &BTreeMap<u16, Profile>) -> BTreeMap<u16, Option<Style>> {
    let own = |col: &u16| profiles.get(col).and_then(|p| p.style);
    let numeric: Vec<u16> = found.roles.iter().filter(|(_, r)| r.numeric()).map(|(c, _)| *c).collect();
    let settled = |style: Style| numeric.iter().filter(|c| own(c) == Some(Decision::Certain(style))).count();
    let (indonesian, anglo) = (settled(Style::Indonesian), settled(Style::Anglo));
    let common = match (indonesian, anglo) {
        (0, 0) => None,
        (i, a) if i >= a => Some(Style::Indonesian),
        _ => Some(Style::Anglo),
    };
    let of = |col: &u16| match own(col) {
        Some(Decision::Certain(style)) => Some(style),
        Some(Decision::Assumed(style)) => Some(common.unwrap_or(style)),
        Some(Decision::Undecided) => None,
        None => Some(Style::Plain),
    };
    numeric.iter().map(|c| (*c, of(c))).collect()
}

mod arithmetic;
mod content;
mod guesses;
mod levels;
mod orphans;
