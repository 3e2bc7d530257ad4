//! One fault is one entry: findings that share a cause stand together, worst and weightiest first. Whatever lists findings (sheet
//! Temuan, summary, page, list of repairs) lists them in this order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::finding::stated;
use crate::model::schema::Severity;
use crate::model::{Explanation, Finding, Origin, Region, Schemas};

use super::Consolidated;

/// Findings that one repair would settle.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Numbers in [`Consolidated::findings`], the one that says most first. Never empty.
    pub findings: Vec<usize>,
    /// That of its worst finding.
    pub severity: Severity,
    /// What is at stake.
    pub impact: Impact,
    /// What may be behind it, likeliest first; several are a tie.
    pub explanations: Vec<Explanation>,
    /// How many more would do just as well and are not kept.
    pub unlisted: usize,
}

/// What is at stake, in the unit that its document counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Impact {
    /// A whole document or delivery.
    Document,
    /// So many voters.
    Voters(f64),
    /// So many rupiah.
    Rupiah(f64),
    /// So many pieces.
    Pieces(f64),
    /// Nothing that could be counted.
    Uncounted,
}

impl Impact {
    /// Its class, most important first, and its size within.
    fn rank(self) -> (u8, f64) {
        match self {
            Self::Document => (0, 0.0),
            Self::Voters(n) => (1, n),
            Self::Rupiah(n) => (2, n),
            Self::Pieces(n) => (3, n),
            Self::Uncounted => (4, 0.0),
        }
    }

    /// `n` of what a kind of document counts.
    fn of(kind: Option<&str>, n: f64) -> Self {
        match kind {
            Some("dpt" | "pdpb" | "berita_acara") => Self::Voters(n),
            Some("anggaran" | "realisasi") => Self::Rupiah(n),
            Some("logistik") => Self::Pieces(n),
            _ => Self::Uncounted,
        }
    }

    /// In the user's language, e.g. `27 pemilih`; empty where nothing was counted.
    #[must_use]
    pub fn words(self, count: impl Fn(f64) -> String) -> String {
        match self {
            Self::Document => "seluruh dokumen".to_owned(),
            Self::Voters(n) => format!("{} pemilih", count(n)),
            Self::Rupiah(n) => format!("Rp{}", count(n)),
            Self::Pieces(n) => format!("{} buah", count(n)),
            Self::Uncounted => String::new(),
        }
    }
}

impl Cause {
    /// The finding that stands for all of them.
    #[must_use]
    pub fn lead<'a>(&self, batch: &'a Consolidated) -> Option<&'a Finding> {
        self.findings.first().and_then(|&n| batch.findings.get(n))
    }

    /// All its findings, the leading one first.
    pub fn all<'a>(&'a self, batch: &'a Consolidated) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter_map(|&n| batch.findings.get(n))
    }
}

impl Consolidated {
    /// All findings by cause, in the order in which they are shown: severity, then what is at stake, then office, document, place.
    #[must_use]
    pub fn causes(&self, schemas: &Schemas) -> Vec<Cause> {
        let kinds: HashMap<&str, Option<&str>> =
            self.entries.iter().map(|e| (e.source.document.as_str(), e.outcome.subject.kind.as_deref())).collect();
        let mut causes: Vec<Cause> = groups(&self.findings)
            .into_iter()
            .map(|group| {
                let kind = self.findings.get(group[0]).and_then(|f| kinds.get(f.document.as_str()).copied().flatten());
                cause(&self.findings, group, kind, schemas)
            })
            .collect();
        causes
            .sort_by(|a, b| order(a, &self.findings).partial_cmp(&order(b, &self.findings)).unwrap_or(std::cmp::Ordering::Equal));
        causes
    }
}

type Order = (Severity, u8, f64, Option<Region>, usize);

fn order(cause: &Cause, findings: &[Finding]) -> Order {
    let (class, size) = cause.impact.rank();
    let first = cause.findings.iter().min().copied().unwrap_or_default();
    (cause.severity, class, -size, findings.get(first).and_then(|f| f.satker), first)
}

fn cause(findings: &[Finding], mut group: Vec<usize>, kind: Option<&str>, schemas: &Schemas) -> Cause {
    let severity = |n: usize| schemas.severity(&findings[n]);
    group.sort_by_key(|&n| (severity(n), Reverse(u8::from(findings[n].suspect.is_some())), n));
    let worst = group.iter().map(|&n| severity(n)).min().unwrap_or(Severity::Warning);
    // W05 counts desa, not voters.
    let counted = group.iter().filter(|&&n| !findings[n].code.starts_with('W'));
    let sizes = counted.filter_map(|&n| findings[n].difference.parse::<f64>().ok()).map(f64::abs);
    let size = sizes.filter(|s| s.is_finite()).fold(None, |most: Option<f64>, s| Some(most.map_or(s, |m| m.max(s))));
    let whole = group.iter().all(|&n| findings[n].span.is_none() && findings[n].code.starts_with('A'));
    let impact = match size {
        Some(n) => Impact::of(kind, n),
        None if whole => Impact::Document,
        None => Impact::Uncounted,
    };
    let tied = |f: &&Finding| f.explanations.len() + f.unlisted;
    let told = group.iter().map(|&n| &findings[n]).filter(|f| !f.explanations.is_empty()).min_by_key(tied);
    let (explanations, unlisted) = told.map_or_else(Default::default, |f| (f.explanations.clone(), f.unlisted));
    Cause { severity: worst, impact, explanations, unlisted, findings: group }
}

/// What makes two findings of one document the same fault.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Tie<'a> {
    /// The equations that they broke hang together.
    Numbered(u32),
    /// They blame the same cell, or stand at the same single cell.
    Cell(Origin),
    /// They are remarks that say the same of several columns: code and message.
    Said(&'a str, &'a str),
    /// Formulas of one sheet that leave out the same: one was copied to the others. Grid and message.
    Copied(u16, &'a str),
    /// They stand at the cell of a formula that is wrong by itself.
    Formula(Origin),
    /// Most totals of one row were not made anew: grid, row and what they say.
    Totals(u16, u32, &'a str),
    /// Figures of one row differ from another table by the same: code, grid, row, difference without its sign.
    Carried(&'a str, u16, u32, &'a str),
}

/// Numbers of findings by cause. Linear: every tie knows the first finding that has it.
fn groups(findings: &[Finding]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..findings.len()).collect();
    let mut first: HashMap<(&str, Tie<'_>), usize> = HashMap::new();
    let cell = |f: &Finding| f.span.filter(|s| s.from == s.to).map(|s| s.from);
    // A formula that is wrong by itself explains the sum that it breaks.
    let formulas: HashSet<(&str, Origin)> =
        findings.iter().filter(|f| FORMULAS.contains(&&*f.code)).filter_map(|f| Some((&*f.document, cell(f)?))).collect();
    let mut rows: HashMap<(&str, Tie<'_>), usize> = HashMap::new();
    findings.iter().filter_map(|f| Some((&*f.document, totals(f)?))).for_each(|row| *rows.entry(row).or_default() += 1);
    for (number, finding) in findings.iter().enumerate().filter(|(_, f)| !f.document.is_empty()) {
        let formula = cell(finding).filter(|&at| formulas.contains(&(&finding.document, at)));
        let row = totals(finding).filter(|&tie| rows.get(&(&finding.document, tie)).is_some_and(|&n| n >= WHOLE_ROW));
        for tie in ties(finding).into_iter().chain(formula.map(Tie::Formula)).chain(row) {
            let other = *first.entry((&finding.document, tie)).or_insert(number);
            let (a, b) = (root(&mut parent, other), root(&mut parent, number));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..findings.len() {
        groups.entry(root(&mut parent, number)).or_default().push(number);
    }
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut number: usize) -> usize {
    while parent[number] != number {
        parent[number] = parent[parent[number]];
        number = parent[number];
    }
    number
}

/// Faults of a formula: an old result, a range that leaves out rows.
const FORMULAS: [&str; 2] = ["F01", "F04"];

/// So many wrong totals of one row are the row's fault.
const WHOLE_ROW: usize = 3;

/// The row of totals that a finding is about, where no other cell than the total itself is to blame.
fn totals(finding: &Finding) -> Option<Tie<'_>> {
    let at = finding.span.filter(|s| s.from == s.to && finding.code == "D02").map(|s| s.from)?;
    let own = |e: &Explanation| matches!(e.cells.as_slice(), [one] if one.cell == at);
    let unexplained = finding.suspect.is_none_or(|cell| cell == at) && finding.explanations.iter().all(own);
    unexplained.then(|| Tie::Totals(at.grid, at.row, stated(&finding.message)))
}

/// Rules that compare a table with another one.
const CARRIED: [&str; 3] = ["D06", "P02", "P05"];

/// Figures only: a name and a figure in one place are two faults, and a hidden column is none of its cells.
fn ties(finding: &Finding) -> Vec<Tie<'_>> {
    match finding.code.as_str() {
        "F05" => return vec![Tie::Said(&finding.code, &finding.message)],
        // All doubts about one scan are settled by one clean copy of it.
        "A06" => return vec![Tie::Said(&finding.code, "")],
        _ => {}
    }
    if finding.code == "W03" {
        // With the totals that it breaks.
        return (finding.cause > 0).then_some(Tie::Numbered(finding.cause)).into_iter().collect();
    }
    let about_figures = finding.code.starts_with(['D', 'P', 'B', 'L']) || ["F01", "F03", "F04", "F07"].contains(&&*finding.code);
    if !about_figures {
        return Vec::new();
    }
    let mut ties: Vec<Tie<'_>> = (finding.cause > 0).then_some(Tie::Numbered(finding.cause)).into_iter().collect();
    ties.extend(finding.suspect.map(Tie::Cell));
    ties.extend(finding.span.filter(|_| finding.code == "F04").map(|s| Tie::Copied(s.from.grid, &finding.message)));
    // What was entered wrong in one of two tables is carried on there into sums and into what is left at the end.
    let carried = finding.span.filter(|s| s.from.row == s.to.row && CARRIED.contains(&&*finding.code));
    let size = finding.difference.trim_start_matches('-');
    ties.extend(carried.filter(|_| !size.is_empty()).map(|s| Tie::Carried(&finding.code, s.from.grid, s.from.row, size)));
    ties.extend(finding.span.filter(|s| s.from == s.to && finding.cause == 0).map(|s| Tie::Cell(s.from)));
    ties
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: &str, row: u32, suspect: Option<u32>, difference: &str) -> Finding {
        let mut finding = Finding::new(code, "").at(Origin::new(0, row, 3));
        finding.document = "a.xlsx".into();
        finding.suspect = suspect.map(|r| Origin::new(0, r, 3));
        finding.difference = difference.into();
        finding
    }

    #[test]
    fn what_blames_one_cell_is_one_fault() {
        let mut numbered = finding("P01", 40, None, "9");
        numbered.cause = 7;
        let mut also = finding("P03", 41, None, "9");
        also.cause = 7;
        let mut elsewhere = finding("D02", 20, Some(4), "9");
        elsewhere.document = "b.xlsx".into();
        let all = [
            finding("D01", 4, Some(4), "9"),
            finding("D02", 20, Some(4), "9"),
            finding("D01", 5, Some(5), "9"),
            numbered,
            also,
            elsewhere,
            finding("W01", 4, None, ""),
        ];
        assert_eq!(groups(&all), [vec![0, 1], vec![2], vec![3, 4], vec![5], vec![6]]);
    }

    #[test]
    fn a_short_sum_and_the_total_that_it_breaks_are_one_fault() {
        let mut total = finding("D02", 20, None, "-9");
        total.cause = 3;
        let mut other = finding("D02", 21, None, "-9");
        other.cause = 4;
        assert_eq!(groups(&[total, finding("F04", 20, None, "-9"), other]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_row_of_totals_that_nobody_made_anew_is_one_fault() {
        let at = |row: u32, col: u16| {
            let mut finding = finding("D02", row, None, "-9");
            (finding.span, finding.cause) = (Some(Origin::new(0, row, col).into()), row + u32::from(col));
            finding
        };
        let mut explained = at(20, 6);
        explained.suspect = Some(Origin::new(0, 7, 6));
        let all = [at(20, 3), at(20, 4), at(20, 5), explained, at(30, 3), at(30, 4)];
        assert_eq!(
            groups(&all),
            [vec![0, 1, 2], vec![3], vec![4], vec![5]],
            "a row of the column explains it; two may be two faults"
        );
    }

    #[test]
    fn a_formula_copied_along_its_row_is_one_fault() {
        let at = |col: u16, says: &str| {
            let mut finding = finding("F04", 20, None, "-9");
            (finding.span, finding.message) = (Some(Origin::new(0, 20, col).into()), says.into());
            finding
        };
        assert_eq!(groups(&[at(3, "tanpa baris 9"), at(4, "tanpa baris 9"), at(5, "tanpa baris 7")]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn all_doubts_about_one_scan_are_one_fault() {
        let mut whole = finding("A06", 0, None, "");
        whole.span = None;
        let mut other = finding("A06", 3, None, "");
        other.document = "b.pdf".into();
        assert_eq!(groups(&[whole, finding("A06", 5, None, ""), finding("A06", 6, None, ""), other]), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn a_figure_carried_on_along_its_row_is_one_fault() {
        let at = |col: u16, difference: &str| {
            let mut finding = finding("D06", 12, None, difference);
            finding.span = Some(Origin::new(0, 12, col).into());
            finding
        };
        assert_eq!(groups(&[at(6, "-30"), at(8, "-30"), at(12, "30"), at(14, "4")]), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn the_heaviest_fault_comes_first_and_the_finding_that_blames_a_cell_leads() {
        let schemas = Schemas::default();
        let all = [finding("D02", 20, None, "-3"), finding("D01", 4, Some(4), "9")];
        let small = cause(&all, vec![0], Some("pdpb"), &schemas);
        let large = cause(&all, vec![0, 1], Some("pdpb"), &schemas);
        assert_eq!((small.impact, large.impact, large.findings.clone()), (Impact::Voters(3.0), Impact::Voters(9.0), vec![1, 0]));
        assert!(order(&large, &all) < order(&small, &all));
        assert_eq!(cause(&all, vec![0], Some("anggaran"), &schemas).impact, Impact::Rupiah(3.0));
    }
}
