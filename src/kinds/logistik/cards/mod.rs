//! Stock cards (kartu stok): for one good, line by line, what came in, what went out and what was left. The last balance is the stock;
//! that every balance follows from the one before is what must hold. A card is used only where most of its balances do follow.

use std::collections::BTreeMap;

use crate::model::{Document, Equation, Finding, Findings, Level, Origin, Region, Span};
use crate::normalise::region::{Match, Regions};
use crate::tables::regional::facts::{Fact, Facts};
use crate::tables::regional::fold::{Folded, RegionRow};
use crate::tables::regional::goods::Goods;
use crate::tables::regional::tags::{Field, Sex, Stem};
use crate::tables::regional::whose::Named;
use crate::tables::words::Vocabulary;

mod chain;
mod find;

pub(super) use find::Card;

/// The stock cards of a document.
#[derive(Debug, Default)]
pub struct Cards {
    stocks: Vec<Stock>,
    equations: Vec<Equation>,
    /// Cells of the figures that were read: movements and balances.
    pub cells: Vec<Origin>,
}

/// What is left of one good.
#[derive(Debug)]
struct Stock {
    good: String,
    unit: Option<(Origin, String)>,
    left: find::Amount,
}

/// Takes the cards out of a document: what they say, and the document without them where it has any.
pub fn take(findings: &mut Findings, document: &Document, vocabulary: &Vocabulary) -> Option<(Cards, Document)> {
    let found = find::cards(document, vocabulary);
    if found.is_empty() {
        return None;
    }
    let mut rest = document.clone();
    for card in &found {
        if let Some(grid) = rest.grids.get_mut(usize::from(card.grid)) {
            grid.cells.retain(|cell| !card.rows.contains(&cell.row));
        }
    }
    let mut cards = Cards::default();
    let mut by_good: BTreeMap<String, Vec<Card>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for card in found {
        let key = crate::normalise::text::key(&card.good);
        if !order.contains(&key) {
            order.push(key.clone());
        }
        by_good.entry(key).or_default().push(card);
    }
    for key in order {
        cards.read(findings, by_good.remove(&key).unwrap_or_default());
    }
    Some((cards, rest))
}

impl Cards {
    /// Reads the cards of one good: pages of one card, or none of them where they are cards of several places.
    fn read(&mut self, findings: &mut Findings, cards: Vec<Card>) {
        let lines: Vec<find::Line> = cards.iter().flat_map(|c| c.lines.iter().cloned()).collect();
        let cells: Vec<Origin> = lines.iter().flat_map(|l| l.numbers.iter().map(|n| n.origin)).collect();
        let Some(card) = cards.into_iter().next() else { return };
        match chain::follow(&card, &lines) {
            Some(followed) if !card.good.is_empty() => {
                self.equations.extend(followed.equations);
                self.cells.extend(cells);
                self.stocks.push(Stock { good: card.good, unit: card.unit, left: followed.left });
            }
            _ => {
                let says = "kartu stok ini tidak dipakai: nama barangnya tidak tertulis, atau saldonya tidak mengikuti masuk dan keluarnya. \
                            Tulis nama barang di atas kartunya, dan periksa saldo baris demi baris.";
                for span in cells_by_grid(&cells) {
                    findings.add(Finding::new("A13", says).at(span));
                }
            }
        }
    }

    /// Adds what is left to the rows of a document: it is the office's own.
    pub fn add_to(&mut self, facts: &mut Facts, folded: &mut Folded, place: (&Regions, Region), names: (&Goods, &Vocabulary)) {
        let ((regions, scope), (goods, vocabulary)) = (place, names);
        let Some(measure) = vocabulary.number_of("tersedia") else { return };
        folded.equations.append(&mut self.equations);
        facts.used += self.cells.len();
        for stock in self.stocks.drain(..) {
            let field = Field { stem: Stem::Goods(goods.number(&stock.good), measure), sex: Sex::T };
            let fact = Fact::read(field, stock.left.value, stock.left.origin, &stock.left.raw);
            if let Some((origin, unit)) = stock.unit {
                facts.units.note(fact.origin, origin, unit);
            }
            let own = folded.rows.iter().position(|r| r.named.certain() == Some(scope)).unwrap_or_else(|| {
                folded.rows.push(office(regions, scope, fact.origin));
                folded.rows.len() - 1
            });
            if let Some(row) = folded.rows.get_mut(own) {
                row.facts.entry(field).or_insert(fact);
            }
        }
    }
}

/// A row of the office itself.
fn office(regions: &Regions, scope: Region, origin: Origin) -> RegionRow {
    let printed = regions.name(scope).unwrap_or_default().to_owned();
    let parent = if scope.level() == Level::Nasional { scope } else { scope.parent() };
    let named = Named { matched: Match::Certain(scope), level: scope.level(), printed, origin, parent, open: None };
    RegionRow { named, facts: BTreeMap::new(), span: origin.into() }
}

fn cells_by_grid(cells: &[Origin]) -> Vec<Span> {
    let mut grids: BTreeMap<u16, Span> = BTreeMap::new();
    for &cell in cells {
        grids.entry(cell.grid).and_modify(|s| *s = s.with(cell)).or_insert_with(|| cell.into());
    }
    grids.into_values().collect()
}
