//! What later batches compare with: the accepted `akhir` of every office and region by period, what offices had spent by period, and
//! where it stood.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::{Explanation, Level, Origin, Period, Region, Schemas, Status};

use super::book::Earlier;
use super::budget::{BudgetBook, BudgetMonth, Money};
use super::frames::Sums;
use super::ledger::{self, Version};
use super::progress::{Again, compare};
use super::rows::{Printed, accepted, raw_texts, rows, totals};
use super::setting::period_of;
use super::supply::Lists;
use super::{Consolidated, Entry, PDPB};

/// akhir: L, P, total.
pub const AKHIR: [&str; 3] = ["akhir_l", "akhir_p", "akhir"];

/// Accepted figures of earlier batches.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The documents they came from.
    pub documents: Vec<Earlier>,
    /// The voters' lists of the last batch that had any, with its name; entries are numbers in `documents`.
    pub lists: Option<(String, Lists)>,
    figures: BTreeMap<(Period, Region, Region), Past>,
    /// Versions of documents with what was asked about them, oldest first.
    pub versions: Vec<Version>,
    /// What offices had spent by period, office and program (empty: the whole); figures count in `documents`.
    budgets: BTreeMap<(Period, Region, String), Money>,
}

/// `akhir` of one region as one office reported it: L, P, total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    /// Number of the document in [`History::documents`].
    pub document: usize,
    /// The figures; `None` where not stated.
    pub values: [Option<f64>; 3],
    /// Their cells; `None` where worked out.
    pub origins: [Option<Origin>; 3],
    /// What its own document proposes instead; `None` where it proposes nothing, or several things.
    pub proposed: [Option<f64>; 3],
}

impl History {
    /// What is known after a batch: all before, and its own accepted figures. Of two batches with the same period the later one stays.
    #[must_use]
    pub(super) fn after(before: Option<&Self>, batch: &Consolidated, lists: Lists) -> Self {
        let mut history = before.cloned().unwrap_or_default();
        let sums = Sums::of(accepted(&batch.entries, PDPB), PDPB);
        for (number, entry) in accepted(&batch.entries, PDPB) {
            if let (Some(period), Some(satker)) = (period_of(entry, &batch.config), entry.outcome.subject.satker) {
                history.add(&batch.config.name, period, satker, (number, entry), &sums);
            }
        }
        if let Some(book) = &batch.budget {
            history.add_budget(batch, book);
        }
        history.remember_lists(batch, lists);
        history
    }

    /// The whole and the programs of every office that sent its realisation.
    fn add_budget(&mut self, batch: &Consolidated, book: &BudgetBook) {
        let mut documents: BTreeMap<usize, usize> = BTreeMap::new();
        for month in &book.present {
            let mut money = month.money.clone();
            for figure in money.0.iter_mut().flatten().flat_map(|s| &mut s.parts) {
                figure.entry = *documents.entry(figure.entry).or_insert_with(|| {
                    self.documents.extend(batch.entries.get(figure.entry).map(|e| earlier(&batch.config.name, e)));
                    self.documents.len().saturating_sub(1)
                });
            }
            self.budgets.insert((month.period, month.office, month.program.clone()), money);
        }
    }

    /// What offices had spent in the periods of a year that are not known otherwise, with the documents it stands in.
    #[must_use]
    pub fn spent(&self, year: u16, known: &dyn Fn(Period, Region) -> bool) -> (Vec<BudgetMonth>, Vec<Earlier>) {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut documents = Vec::new();
        let mut months = Vec::new();
        for ((period, office, program), money) in self.budgets.iter().filter(|((p, o, _), _)| p.year == year && !known(*p, *o)) {
            let mut money = money.clone();
            for figure in money.0.iter_mut().flatten().flat_map(|s| &mut s.parts) {
                figure.entry = *numbers.entry(figure.entry).or_insert_with(|| {
                    documents.extend(self.documents.get(figure.entry).cloned());
                    documents.len().saturating_sub(1)
                });
            }
            months.push(BudgetMonth { period: *period, office: *office, program: program.clone(), money });
        }
        (months, documents)
    }

    /// Keeps the voters' lists of a batch in the place of earlier ones.
    fn remember_lists(&mut self, batch: &Consolidated, mut lists: Lists) {
        if lists.rows.is_empty() {
            return;
        }
        let first = self.documents.len();
        let used: Vec<usize> = accepted(&batch.entries, "dpt").map(|(number, _)| number).collect();
        for entry in used.iter().filter_map(|&n| batch.entries.get(n)) {
            self.documents.push(earlier(&batch.config.name, entry));
        }
        lists.renumber(|entry| used.iter().position(|&n| n == entry).map_or(first, |i| first + i));
        self.lists = Some((batch.config.name.clone(), lists));
    }

    /// All accepted figures of earlier batches: period, reporting office, region.
    pub fn figures(&self) -> impl Iterator<Item = (Period, Region, Region, &Past)> {
        self.figures.iter().map(|(&(period, office, region), past)| (period, office, region, past))
    }

    fn add(&mut self, batch: &str, period: Period, satker: Region, (number, entry): (usize, &Entry), sums: &Sums) {
        let document = self.documents.len();
        self.documents.push(earlier(batch, entry));
        let proposed = proposed(entry);
        for row in rows(number, entry, PDPB).filter(|r| r.level() != Some(Level::Tps)) {
            if let Some(region) = row.region() {
                self.figures.insert((period, satker, region), akhir(&row, document, &proposed));
            }
        }
        let printed = totals(number, entry, PDPB).find(|t| t.region() == Some(satker)).map(|t| akhir(&t, document, &proposed));
        let summed = sums.below(number, satker.level()).map(|level| AKHIR.map(|column| sums.get(number, level, column)));
        if let Some(whole) = whole(printed, summed, document) {
            self.figures.entry((period, satker, satker)).or_insert(whole);
        }
    }

    /// Keeps the versions of a batch: those that were replaced in it, and those that count.
    pub(super) fn keep(&mut self, batch: &Consolidated, replaced: Vec<Entry>, schemas: &Schemas) {
        let findings = replaced.iter().flat_map(|e| e.outcome.findings.iter().cloned()).collect();
        let empty = Consolidated {
            config: batch.config.clone(),
            inferred: Vec::new(),
            entries: replaced,
            findings,
            completeness: Vec::new(),
            pdpb: None,
            budget: None,
            iku: None,
            supply: None,
        };
        let mut earlier = ledger::versions(&empty, schemas, &[]);
        if earlier.len() > 1 {
            // Those between the first and the last are compared too, so all their figures are kept.
            earlier = ledger::versions(&empty, schemas, &earlier);
        }
        ledger::add(&mut self.versions, earlier);
        let now = ledger::versions(batch, schemas, &self.versions);
        ledger::add(&mut self.versions, now);
    }

    /// Adds what the outputs of an earlier run of this batch still know of files that were overwritten since.
    pub fn remember(&mut self, batch: &str, text: &str) {
        ledger::add(&mut self.versions, ledger::parse(text, batch));
    }

    /// Deliveries of a batch that came again, and what became of what was asked about the versions before.
    #[must_use]
    pub fn again(&self, batch: &Consolidated) -> Vec<Again> {
        let counts = |v: &&Version| {
            let entry = batch.entries.iter().find(|e| e.source.document == v.document && e.outcome.sha256 == v.sha256);
            v.batch == batch.config.name && entry.is_some_and(|e| e.outcome.status == Status::Accepted)
        };
        let current: Vec<Version> = self.versions.iter().filter(counts).cloned().collect();
        compare(&self.versions, &current)
    }

    /// `akhir` of a region in a period: as the same office reported it, else as the region's own office did, else as any office above.
    #[must_use]
    pub fn akhir(&self, period: Period, satker: Region, region: Region) -> Option<&Past> {
        let mut reporters = vec![satker, region];
        let mut above = region;
        while above != Region::NATION {
            above = above.parent();
            reporters.push(above);
        }
        reporters.into_iter().find_map(|office| self.figures.get(&(period, office, region)))
    }

    /// The documents that figures of a period came from, and for each its number in [`History::documents`].
    #[must_use]
    pub fn sources(&self, period: Period) -> BTreeMap<usize, &Earlier> {
        let from = (period, Region::NATION, Region::NATION);
        let figures = self.figures.range(from..).take_while(|((p, ..), _)| *p == period);
        figures.filter_map(|(_, past)| self.documents.get(past.document).map(|d| (past.document, d))).collect()
    }
}

/// A document as far as naming a cell of it needs.
fn earlier(batch: &str, entry: &Entry) -> Earlier {
    Earlier {
        batch: batch.to_owned(),
        document: entry.source.document.clone(),
        sha256: entry.outcome.sha256.clone(),
        places: entry.outcome.places.clone(),
        raw: Arc::new(raw_texts(&entry.outcome).into_iter().map(|(at, text)| (at, text.into())).collect()),
    }
}

fn akhir(row: &Printed, document: usize, proposed: &HashMap<Origin, f64>) -> Past {
    let origins = AKHIR.map(|c| row.origin(c));
    let proposed = origins.map(|cell| proposed.get(&cell?).copied());
    Past { document, values: AKHIR.map(|c| row.number(c)), origins, proposed }
}

/// What cells of a document should hold by its own rules, where these leave no choice.
fn proposed(entry: &Entry) -> HashMap<Origin, f64> {
    let certain = entry.outcome.findings.iter().filter_map(|f| <&[Explanation; 1]>::try_from(f.explanations.as_slice()).ok());
    certain.flat_map(|[only]| only.cells.iter().chain(&only.carried)).map(|change| (change.cell, change.value)).collect()
}

/// The sum of the rows; the printed total lends its cell where it says the same, and its value where there is no sum.
fn whole(printed: Option<Past>, summed: Option<[Option<f64>; 3]>, document: usize) -> Option<Past> {
    let Some(summed) = summed else { return printed };
    let mut past = Past { document, values: summed, origins: [None; 3], proposed: [None; 3] };
    for (n, printed) in printed.iter().flat_map(|p| (0..3).map(move |n| (n, p))) {
        if past.values[n].is_none() || past.values[n] == printed.values[n] {
            (past.values[n], past.origins[n]) = (printed.values[n], printed.origins[n]);
            past.proposed[n] = printed.proposed[n];
        }
    }
    Some(past)
}
