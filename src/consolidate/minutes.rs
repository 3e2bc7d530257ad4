//! P05: the minutes of a plenary against the workbook of the same office and period. The signed minutes count for the totals, the
//! workbook for the rows; both numbers are shown.

use std::collections::BTreeMap;

use crate::kinds::berita_acara::{CONTENT, TOPIC};
use crate::model::document::plain_number;
use crate::model::{Change, Finding, Level, Origin, Period, Region};

use super::Entry;
use super::rows::{Printed, accepted, differ, rows, totals};
use super::setting::{Setting, period_of};

/// The kind and table of minutes.
pub const MINUTES: &str = "berita_acara";

/// Workbooks that minutes speak of, the first that is there: kind, and its columns for desa, L, P, total.
const WORKBOOKS: [(&str, [&str; 4]); 2] =
    [("pdpb", ["n_desa", "akhir_l", "akhir_p", "akhir"]), ("dpt", ["n_desa", "l", "p", "total"])];

/// The same columns in minutes.
const COLUMNS: [&str; 4] = ["n_desa", "l", "p", "total"];

/// Findings by number of the entry they belong to: the minutes.
pub fn check(entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (row, workbook) in pairs(entries, setting) {
        let Some(minutes) = entries.get(row.entry) else { continue };
        found.extend(compare(&row, minutes, &workbook, setting).into_iter().map(|finding| (row.entry, finding)));
    }
    found
}

/// Changes of workbooks, by number of the entry, that the workbook itself holds for possible, not knowing better, and that would give
/// what was signed.
pub fn wishes(entries: &[Entry], setting: &Setting) -> Vec<(usize, Change)> {
    let mut wishes = Vec::new();
    for (row, workbook) in pairs(entries, setting) {
        let below = workbook.below();
        for (column, theirs) in COLUMNS.iter().zip(workbook.columns) {
            let wished = || workbook.wished(theirs, row.number(column)?, &below);
            wishes.extend(wished().map(|change| (workbook.number, change)));
        }
    }
    wishes
}

/// The rows of minutes, each with the workbook that it speaks of.
fn pairs<'a>(entries: &'a [Entry], setting: &Setting) -> Vec<(Printed<'a>, Workbook<'a>)> {
    let workbooks = Workbooks::of(entries, setting);
    let of = |(number, entry): (usize, &'a Entry)| {
        let satker = entry.outcome.subject.satker?;
        let workbook = workbooks.get(satker, period_of(entry, setting.config), topic(entry))?;
        Some(rows(number, entry, MINUTES).map(move |row| (row, workbook)))
    };
    accepted(entries, MINUTES).filter_map(of).flatten().collect()
}

/// What the minutes are about, where their title says it.
fn topic(minutes: &Entry) -> Option<&str> {
    let content = minutes.outcome.records.iter().find(|r| r.table == CONTENT && !r.is_empty())?;
    content.text(0, TOPIC)
}

/// Whether minutes about a matter and a workbook of a kind speak of the same voters.
fn speaks_of(topic: &str, kind: &str) -> bool {
    topic == kind || kind == "dpt" && topic.starts_with("dp") && topic != "dptb"
}

/// Accepted workbooks by kind, office and period.
struct Workbooks<'a>(BTreeMap<(usize, Region, Option<Period>), Workbook<'a>>);

impl<'a> Workbooks<'a> {
    fn of(entries: &'a [Entry], setting: &Setting) -> Self {
        let mut all = BTreeMap::new();
        for (rank, (kind, columns)) in WORKBOOKS.iter().enumerate() {
            for (number, entry) in accepted(entries, kind) {
                let Some(satker) = entry.outcome.subject.satker else { continue };
                let workbook = || Workbook { number, entry, satker, kind, columns };
                all.entry((rank, satker, period_of(entry, setting.config))).or_insert_with(workbook);
            }
        }
        Self(all)
    }

    /// The workbook of the same matter; any of them where the minutes do not say theirs.
    fn get(&self, satker: Region, period: Option<Period>, topic: Option<&str>) -> Option<Workbook<'a>> {
        let fits = |rank: &usize| WORKBOOKS.get(*rank).is_some_and(|(kind, _)| topic.is_none_or(|t| speaks_of(t, kind)));
        (0..WORKBOOKS.len()).filter(fits).find_map(|rank| self.0.get(&(rank, satker, period))).copied()
    }
}

/// One workbook.
#[derive(Clone, Copy)]
struct Workbook<'a> {
    number: usize,
    entry: &'a Entry,
    satker: Region,
    kind: &'a str,
    columns: &'a [&'a str; 4],
}

/// What a workbook says about one column.
struct Says {
    /// Its printed total, else the sum of its rows.
    value: f64,
    /// The cell of the printed total.
    cell: Option<Origin>,
    /// The sum of its rows where all of them state the column.
    sum: Option<f64>,
}

impl<'a> Workbook<'a> {
    /// The rows one level below the office, or of the highest level there is.
    fn below(&self) -> Vec<Printed<'a>> {
        let all = || rows(self.number, self.entry, self.kind).filter(|r| r.region() != Some(self.satker));
        let level = all().filter_map(|r| r.level()).filter(|l| *l > self.satker.level()).min();
        all().filter(|r| level.is_none() || r.level() == level).collect()
    }

    fn says(&self, column: &str, below: &[Printed]) -> Option<Says> {
        let own = totals(self.number, self.entry, self.kind).chain(rows(self.number, self.entry, self.kind));
        let printed = own.filter(|t| t.region() == Some(self.satker)).find_map(|t| Some((t.number(column)?, t.origin(column))));
        let cells: Option<Vec<f64>> = below.iter().map(|row| row.number(column)).collect();
        let sum = cells.filter(|c| !c.is_empty()).map(|c| c.iter().sum::<f64>() + self.doubled(column, below));
        match printed {
            Some((value, cell)) => Some(Says { value, cell, sum }),
            None => sum.map(|value| Says { value, cell: None, sum }),
        }
    }

    /// What rows that stand twice (W04) add: they are one row of the tables, but the workbook counts both.
    fn doubled(&self, column: &str, below: &[Printed]) -> f64 {
        let twice = self.entry.outcome.findings.iter().filter(|f| f.code == "W04");
        let row = |f: &Finding| f.expected.parse().ok().and_then(|region| below.iter().find(|r| r.region() == Some(region)));
        twice.filter_map(|f| row(f)?.number(column)).sum()
    }

    /// A cell of the column that the workbook's own findings blame, and whose correction makes the total right.
    fn blamed(&self, column: &str, says: &Says, right: f64, below: &[Printed]) -> Option<(Origin, String)> {
        let total = says.cell.filter(|&cell| self.suggested(cell).is_some_and(|s| s == plain_number(right)));
        let row = || {
            below.iter().find_map(|row| {
                let (value, cell) = (row.number(column)?, row.origin(column)?);
                let suggestion = self.suggested(cell)?;
                (suggestion == plain_number(value + right - says.value)).then_some(cell)
            })
        };
        let cell = total.or_else(row)?;
        Some((cell, self.suggested(cell)?))
    }

    /// The one cell of the column that ends a tie of the workbook's own findings and makes the total right.
    fn wished(&self, column: &str, right: f64, below: &[Printed]) -> Option<Change> {
        let says = self.says(column, below).filter(|s| differ(s.value, right))?;
        let rows = below.iter().filter_map(|row| Some((row.origin(column)?, row.number(column)? + right - says.value)));
        let wanted: Vec<(Origin, f64)> = says.cell.map(|cell| (cell, right)).into_iter().chain(rows).collect();
        let ties = self.entry.outcome.findings.iter().filter(|f| f.explanations.len() > 1).flat_map(|f| &f.explanations);
        let changes = ties.filter_map(|e| <&[Change; 1]>::try_from(e.cells.as_slice()).ok()).map(|[only]| *only);
        let mut wished = changes.filter(|c| wanted.iter().any(|&(cell, value)| cell == c.cell && !differ(value, c.value)));
        let first = wished.next()?;
        wished.all(|other| other.cell == first.cell).then_some(first)
    }

    fn suggested(&self, cell: Origin) -> Option<String> {
        self.entry.outcome.findings.iter().find(|f| f.suspect == Some(cell)).map(|f| f.suggestion.clone())
    }
}

/// P05 for every figure that both state and state differently.
fn compare(row: &Printed, minutes: &Entry, workbook: &Workbook, setting: &Setting) -> Vec<Finding> {
    let below = workbook.below();
    let mut out = Vec::new();
    for (column, theirs) in COLUMNS.iter().zip(workbook.columns) {
        let (Some(value), Some(origin)) = (row.number(column), row.origin(column)) else { continue };
        let Some(says) = workbook.says(theirs, &below).filter(|s| differ(s.value, value)) else { continue };
        let mut finding = Finding::new("P05", message(&says, value, &setting.heading(MINUTES, column), workbook))
            .at(origin)
            .numbers(value, says.value);
        let expected = finding.expected.clone();
        if minutes.outcome.findings.iter().any(|f| f.suspect == Some(origin) && f.suggestion == expected) {
            (finding.suspect, finding.suggestion) = (Some(origin), expected);
        } else if let Some((cell, suggestion)) = workbook.blamed(theirs, &says, value, &below) {
            let place = workbook.entry.outcome.places.told(cell.into());
            finding.message.push_str(&format!(" Yang dicurigai sel {place} rekap; seharusnya {suggestion}."));
            finding.suggestion = suggestion;
        }
        out.push(finding);
    }
    out.extend(districts(row, &below, workbook, setting));
    out
}

/// Both numbers, which one counts for what, and what to do.
fn message(says: &Says, value: f64, heading: &str, workbook: &Workbook) -> String {
    let document = &workbook.entry.source.document;
    let (minutes, printed) = (plain_number(value), plain_number(says.value));
    let rows = match says.sum {
        Some(sum) if differ(sum, says.value) && !differ(sum, value) => {
            " (jumlah baris rekap sama dengan berita acara)".to_owned()
        }
        Some(sum) if differ(sum, says.value) => format!(" (baris rekap berjumlah {})", plain_number(sum)),
        _ => String::new(),
    };
    format!(
        "{heading}: berita acara {minutes}, rekap \"{document}\" {printed}{rows}. Untuk jumlahnya berlaku berita acara, untuk \
         rinciannya rekap; buku kerja memuat angka rekap. Cocokkan, lalu perbaiki rekap atau buat berita acara perbaikan."
    )
}

/// The number of kecamatan against the rows of the workbook.
fn districts(row: &Printed, below: &[Printed], workbook: &Workbook, setting: &Setting) -> Option<Finding> {
    let (value, origin) = (row.number("n_kecamatan")?, row.origin("n_kecamatan")?);
    if below.is_empty() || below.iter().any(|r| r.level() != Some(Level::Kecamatan)) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
    let count = below.len() as f64;
    let says = Says { value: count, cell: None, sum: None };
    let message = message(&says, value, &setting.heading(MINUTES, "n_kecamatan"), workbook);
    differ(count, value).then(|| Finding::new("P05", message).at(origin).numbers(value, count))
}
