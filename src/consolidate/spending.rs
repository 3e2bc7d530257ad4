//! The budget book from the rows of budgets and their realisation: what counts at which office under which code, nothing twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Period, Records, Region, Row};

use super::Entry;
use super::book::Figure;
use super::budget::{BUDGET_LEVELS, BudgetBook, BudgetLine, BudgetMonth, MONEY, Money, Office, Sum, UnknownLine};
use super::rows::accepted;
use super::setting::{Setting, period_of};

/// The kinds with their columns: what each of [`MONEY`] is called there.
const KINDS: [(&str, [&str; MONEY.len()]); 2] =
    [("anggaran", ["jumlah", "", "", "", "", ""]), (SPENDING, ["", "pagu", "lalu", "ini", "sd", "sisa"])];

/// The kind of what was spent.
const SPENDING: &str = "realisasi";

/// The numbers of the budget sheets; `None` when no accepted document holds any.
pub fn book(entries: &[Entry], setting: &Setting) -> Option<BudgetBook> {
    let mut book = BudgetBook { scope: setting.config.wilayah.unwrap_or(Region::NATION), ..BudgetBook::default() };
    let mut offices: BTreeMap<Region, Office> = BTreeMap::new();
    let mut lines: BTreeMap<Key, (String, Money)> = BTreeMap::new();
    let mut months: BTreeMap<(Region, Period), BTreeMap<String, Money>> = BTreeMap::new();
    let spent = counted(entries, SPENDING).filter_map(|(_, entry)| period_of(entry, setting.config));
    book.period = spent.max_by_key(|p| p.end_month());
    for (kind, columns) in KINDS {
        let sent: Vec<Sent> = counted(entries, kind).map(|(number, entry)| Sent::new(number, entry, setting)).collect();
        for one in &sent {
            let reckoned = Reckoned::of(one, kind, &columns);
            if let (Some(period), true) = (one.period, kind == SPENDING) {
                let of_office = months.entry((one.region, period)).or_default();
                reckoned.programs().for_each(|(program, money)| of_office.entry(program.to_owned()).or_default().add(money));
            }
            if !one.counts(&sent, book.period.filter(|_| kind != SPENDING)) {
                continue;
            }
            book.period = book.period.or(one.period);
            let (region, name) = (one.region, || setting.name(one.region));
            let office = offices.entry(region).or_insert_with(|| Office { region, name: name(), ..Office::default() });
            *(if kind == SPENDING { &mut office.spending } else { &mut office.budget }) = Some(one.number);
            office.period = if kind == SPENDING { one.period } else { office.period };
            office.whole.add(&reckoned.whole);
            for (level, code, text, money) in reckoned.lines {
                let line = lines.entry(Key { level, code, region }).or_default();
                if line.0.is_empty() {
                    line.0 = text;
                }
                line.1.add(&money);
            }
            book.unknown.extend(reckoned.unknown);
        }
    }
    book.offices = offices.into_values().collect();
    book.lines = named(lines, &book.offices);
    if let (Some(period), Some(before)) = (book.period, setting.before) {
        (book.months, book.earlier) = before.spent(period.year, &|period, office| months.contains_key(&(office, period)));
    }
    let month = |((office, period), programs): ((Region, Period), BTreeMap<String, Money>)| {
        programs.into_iter().map(move |(program, money)| BudgetMonth { period, office, program, money })
    };
    book.present = months.into_iter().flat_map(month).collect();
    book.present.sort_by_key(|m| (m.office, m.period.end_month()));
    (!book.offices.is_empty()).then_some(book)
}

/// A document whose amounts may count.
struct Sent<'a> {
    number: usize,
    entry: &'a Entry,
    region: Region,
    period: Option<Period>,
}

impl<'a> Sent<'a> {
    fn new(number: usize, entry: &'a Entry, setting: &Setting) -> Self {
        let region = entry.outcome.subject.satker.unwrap_or(Region::NATION);
        Self { number, entry, region, period: period_of(entry, setting.config) }
    }

    /// Whether it is among the latest of its office: what was spent is told from the start of the year, so that of three months the last one
    /// holds them all. Budgets are those of the year that was spent from, where there is one.
    fn counts(&self, sent: &[Self], year: Option<Period>) -> bool {
        let fits = |one: &&Self| year.is_none_or(|y| one.period.is_some_and(|p| p.year == y.year));
        let own = || sent.iter().filter(|one| one.region == self.region);
        let any = own().any(|one| fits(&one));
        let end = |one: &Self| one.period.map(Period::end_month);
        let latest = own().filter(|one| !any || fits(one)).map(end).max();
        (!any || fits(&self)) && latest == Some(end(self))
    }
}

/// What one document's rows come to.
struct Reckoned {
    /// The rows that hang below no other.
    whole: Money,
    /// Number of the level in [`BUDGET_LEVELS`], code, text, amounts.
    lines: Vec<(usize, String, String, Money)>,
    /// Rows that no code claims.
    unknown: Vec<UnknownLine>,
}

impl Reckoned {
    fn of(sent: &Sent, kind: &str, columns: &[&str; MONEY.len()]) -> Self {
        let mut reckoned = Self { whole: Money::default(), lines: Vec::new(), unknown: Vec::new() };
        for records in sent.entry.outcome.records.iter().filter(|r| r.table == kind) {
            let tree = Tree::of(records);
            for row in 0..records.len() {
                let money = money(records, row, sent.number, columns);
                if tree.roots.contains(&row) {
                    reckoned.whole.add(&money);
                }
                match tree.place(records, row) {
                    Place::Line(level, code) => {
                        let text = records.text(row, "uraian").unwrap_or_default().to_owned();
                        reckoned.lines.push((level, code, text, money));
                    }
                    Place::Unknown => reckoned.unknown.push(unknown(records, row, sent.number, money)),
                    Place::Within => {}
                }
            }
        }
        reckoned
    }

    /// The whole, under no name, and each program.
    fn programs(&self) -> impl Iterator<Item = (&str, &Money)> {
        let programs = self.lines.iter().filter(|l| BUDGET_LEVELS[l.0] == "program");
        std::iter::once(("", &self.whole)).chain(programs.map(|l| (l.1.as_str(), &l.3)))
    }
}

/// The accepted entries of a kind; of an office's budgets the plan as a whole goes before a RAB, which details a part of it.
fn counted<'a>(entries: &'a [Entry], kind: &'a str) -> impl Iterator<Item = (usize, &'a Entry)> {
    let part = move |entry: &Entry| {
        let jenis = |r: &Records| !r.is_empty() && r.text(0, "jenis") == Some("rab");
        entry.outcome.records.iter().any(|r| r.table == kind && jenis(r))
    };
    let whole: BTreeSet<Option<Region>> =
        accepted(entries, kind).filter(|(_, e)| !part(e)).map(|(_, e)| e.outcome.subject.satker).collect();
    accepted(entries, kind).filter(move |(_, e)| !part(e) || !whole.contains(&e.outcome.subject.satker))
}

/// What a line is found by; its order is that of the book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Number of the level in [`BUDGET_LEVELS`].
    level: usize,
    code: String,
    region: Region,
}

/// Lines with the name that the first office prints for their code.
fn named(lines: BTreeMap<Key, (String, Money)>, offices: &[Office]) -> Vec<BudgetLine> {
    let mut names: BTreeMap<(usize, String), String> = BTreeMap::new();
    for (key, (name, _)) in lines.iter().filter(|(_, (name, _))| !name.is_empty()) {
        names.entry((key.level, key.code.clone())).or_insert_with(|| name.clone());
    }
    let line = |(key, (_, money)): (Key, (String, Money))| {
        let name = names.get(&(key.level, key.code.clone())).cloned().unwrap_or_default();
        let office = offices.iter().position(|o| o.region == key.region)?;
        Some(BudgetLine { level: BUDGET_LEVELS[key.level], code: key.code, name, office, money })
    };
    lines.into_iter().filter_map(line).collect()
}

/// Where a row of a document counts.
enum Place {
    /// Under a code of one of the levels.
    Line(usize, String),
    /// In another row of its tree.
    Within,
    /// Nowhere that is known.
    Unknown,
}

/// Which rows of a document hang below no other.
struct Tree {
    roots: BTreeSet<Row>,
}

impl Tree {
    fn of(records: &Records) -> Self {
        let path = |row: Row| records.text(row, "path").unwrap_or_default();
        let level = |row: Row| records.text(row, "level").unwrap_or_default();
        // Headings of details have the path of what they stand in; those of regional budgets (`5.1`) a code of their own.
        let own = |row: Row| records.text(row, "kode").is_some_and(|kode| !kode.is_empty() && kode == path(row));
        let coded = |row: Row| !path(row).is_empty() && (!matches!(level(row), "detil" | "header") || own(row));
        let paths: BTreeSet<&str> = (0..records.len()).filter(|&r| coded(r)).map(path).collect();
        let below = |path: &str| path.match_indices(['/', '.']).any(|(at, _)| paths.contains(&path[..at]));
        let headers = (0..records.len()).any(|r| level(r) == "header" && path(r).is_empty());
        let details = (0..records.len()).any(|r| level(r) == "detil" && path(r).is_empty());
        let root = |row: &Row| {
            let (path, level) = (path(*row), level(*row));
            if level.is_empty() {
                // A list of offices repeats what they send themselves.
                return false;
            }
            if path.is_empty() {
                // Headings of details are their sums.
                return !(headers && details && level == "header");
            }
            !below(path) && (coded(*row) || !paths.contains(path))
        };
        Self { roots: (0..records.len()).filter(root).collect() }
    }

    fn place(&self, records: &Records, row: Row) -> Place {
        let path = records.text(row, "path").unwrap_or_default();
        let level = records.text(row, "level").unwrap_or_default();
        let kode = records.text(row, "kode").unwrap_or_default();
        match BUDGET_LEVELS.iter().position(|l| *l == level) {
            Some(number) if !path.is_empty() => Place::Line(number, code(level, path)),
            _ if !kode.is_empty() && matches!(level, "detil" | "header" | "") => Place::Unknown,
            _ if level.is_empty() || self.roots.contains(&row) && matches!(level, "detil" | "header") => Place::Unknown,
            _ => Place::Within,
        }
    }
}

/// A code as all offices write it: own parts from kegiatan down, the program's last part, the akun alone.
fn code(level: &str, path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    match level {
        "akun" => parts.last().copied().unwrap_or_default().to_owned(),
        "program" => parts.first().map_or("", |p| program(p)).to_owned(),
        _ => {
            let from = usize::from(parts.len() > 1 && is_program(parts[0]));
            parts[from..].join(".")
        }
    }
}

/// `076.01.WA` → `WA`; regional codes stay whole.
fn program(part: &str) -> &str {
    part.rsplit('.').next().filter(|last| last.bytes().all(|b| b.is_ascii_alphabetic())).unwrap_or(part)
}

/// A program's part has letters or points, a kegiatan's four digits.
fn is_program(part: &str) -> bool {
    part.contains('.') || part.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The amounts of one row.
fn money(records: &Records, row: Row, entry: usize, columns: &[&str; MONEY.len()]) -> Money {
    Money(columns.map(|column| {
        let value = records.number(row, column)?;
        Some(Sum { value, parts: vec![Figure { value, entry, origin: records.origin(row, column) }] })
    }))
}

fn unknown(records: &Records, row: Row, entry: usize, money: Money) -> UnknownLine {
    let text = |name: &str| records.text(row, name).unwrap_or_default().to_owned();
    UnknownLine { entry, span: records.rows[row], code: text("kode"), name: text("uraian"), money }
}
