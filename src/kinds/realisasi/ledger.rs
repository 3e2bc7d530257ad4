//! Rows in their places with their figures by column of the contract: what is checked, written and counted.

use std::collections::BTreeMap;

use crate::model::{Origin, Span};
use crate::normalise::exact;
use crate::tables::outline::{Entry, Level, Mark, Outline};

use super::amounts::Amount;
use super::items::{Item, Stands};
use super::roles::Roles;

/// The money columns of the table, in its order.
pub const COLUMNS: [&str; 6] = ["pagu", "lalu", "ini", "sd", "persen", "sisa"];
/// Numbers of the columns in [`COLUMNS`].
pub const PAGU: usize = 0;
/// What was spent before.
pub const LALU: usize = 1;
/// What was spent in the period.
pub const INI: usize = 2;
/// What was spent so far.
pub const SD: usize = 3;
/// The share in percent.
pub const PERSEN: usize = 4;
/// What is left.
pub const SISA: usize = 5;

/// One figure of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Rupiah; percent of a share.
    pub value: f64,
    /// Its cell; `None` where it was worked out from others or stands for a blank that means nothing spent.
    pub origin: Option<Origin>,
    /// As printed, where that was a text.
    pub raw: String,
}

/// One row in its place.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was printed.
    pub item: Item,
    /// What it is; `None` for totals and offices.
    pub level: Option<Level>,
    /// Row it hangs below.
    pub parent: Option<usize>,
    /// Own codes from the top to it.
    pub path: String,
    /// B04: what its code should be here.
    pub misplaced: Option<String>,
    /// Its path is not known for certain.
    pub lost: bool,
    /// B05: the first row of this path.
    pub first: Option<usize>,
    /// Another table says it again with what is below it.
    pub elsewhere: bool,
    /// Its figures by [`COLUMNS`].
    pub figures: [Option<Figure>; 6],
}

impl Row {
    /// A figure's number; `None` where none is stated.
    #[must_use]
    pub fn value(&self, column: usize) -> Option<f64> {
        self.figures.get(column)?.as_ref().map(|f| f.value)
    }

    /// Whether its code cannot be read and the rows below come to its amount: they count, it does not.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.level == Some(Level::Header) && self.item.codes.is_empty() && !self.item.kode.is_empty()
    }

    /// All its cells.
    #[must_use]
    pub fn span(&self) -> Span {
        let labels = [self.item.kode_at, self.item.uraian_at];
        let amounts = self.item.amounts.iter().flatten().map(|a| a.origin);
        let first = Origin::new(self.item.place.0, self.item.place.1, 0);
        let cells = labels.into_iter().flatten().chain(amounts).filter(|o| o.grid == first.grid && o.row >= first.row);
        Span::around(cells).unwrap_or_else(|| first.into())
    }

    /// How messages name it: code and text.
    #[must_use]
    pub fn name(&self) -> String {
        let text: String = self.item.uraian.chars().take(60).collect();
        if self.item.kode.is_empty() { text } else { format!("{} {text}", self.item.kode).trim().to_owned() }
    }
}

/// The rows of one table in their places; totals keep their place in the order of print.
#[must_use]
pub fn ledger(items: Vec<Item>, roles: &Roles, period: Option<(u8, u8)>) -> Vec<Row> {
    let mut rows = placed(items, roles);
    if drop_repeats(&mut rows, roles) {
        let items = rows.into_iter().map(|r| r.item).collect();
        rows = placed(items, roles);
    }
    let blanks = Blanks::of(&rows, roles);
    let period = period.or_else(|| latest(&rows, roles));
    for row in &mut rows {
        row.figures = super::fields::figures(&row.item, roles, period, &blanks.0);
    }
    rows
}

/// The last part of the year in which something was spent, where the document does not say what it speaks of.
fn latest(rows: &[Row], roles: &Roles) -> Option<(u8, u8)> {
    let spent =
        |leaf: usize| rows.iter().any(|r| r.item.amounts.get(leaf).and_then(Option::as_ref).is_some_and(|a| a.value != 0.0));
    let parts = roles.parts.iter().filter(|p| spent(p.0)).map(|p| p.1);
    parts.chain(roles.untils.iter().filter(|u| spent(u.0)).map(|u| (u.1, u.1))).max_by_key(|p| p.1)
}

/// Which leaves hold figures: a blank in them is nothing.
struct Blanks(Vec<bool>);

impl Blanks {
    fn of(rows: &[Row], roles: &Roles) -> Self {
        let leaves = rows.iter().map(|r| r.item.amounts.len()).max().unwrap_or(0);
        let holds = |leaf: usize| roles.holds(leaf) && rows.iter().any(|r| r.item.amounts.get(leaf).is_some_and(Option::is_some));
        Self((0..leaves).map(holds).collect())
    }
}

/// Builds the tree over all rows that are no totals.
fn placed(items: Vec<Item>, roles: &Roles) -> Vec<Row> {
    let first = [roles.pagu, roles.sd, roles.sisa].into_iter().flatten().next();
    let amount = |item: &Item| first.and_then(|leaf| item.amounts.get(leaf)?.as_ref()).map(|a: &Amount| a.value);
    let numbers: Vec<usize> = (0..items.len()).filter(|&i| !items[i].total).collect();
    let odd = |item: &Item| item.codes.is_empty() && !item.kode.is_empty();
    let entry = |at: usize, item: &Item| {
        let heads = odd(item) && sums_up(&items, &numbers[at..], &amount);
        let mark = if heads { Some(Mark::Header(1)) } else { item.mark };
        let leaf = !item.number.is_empty() || odd(item) && !heads;
        Entry { codes: item.codes.clone(), mark, leaf, amount: amount(item), apart: false }
    };
    let entries: Vec<Entry> = numbers.iter().enumerate().map(|(at, &i)| entry(at, &items[i])).collect();
    let outline = Outline::of(&entries);
    let mut rows: Vec<Row> = items.into_iter().map(Row::bare).collect();
    for (node, &i) in outline.nodes.into_iter().zip(&numbers) {
        let Some(row) = rows.get_mut(i) else { continue };
        row.level = Some(node.level).filter(|_| !row.item.office);
        row.parent = node.parent.and_then(|p| numbers.get(p).copied());
        row.first = node.again.and_then(|a| numbers.get(a).copied());
        row.misplaced = node.misplaced;
        row.lost = node.lost;
        row.path = with_number(node.path, &row.item.number);
    }
    // What hangs below a caption is at the top of the sums.
    let captions: Vec<bool> = rows.iter().map(|r| r.item.stands == Stands::Caption).collect();
    for row in &mut rows {
        row.parent = row.parent.filter(|&p| !captions[p]);
    }
    rows
}

/// Rows looked at below one whose code cannot be read.
const FARTHEST: usize = 500;

/// Whether a row whose code cannot be read heads others: the rows with codes right below it come to its amount.
fn sums_up(items: &[Item], numbers: &[usize], amount: &impl Fn(&Item) -> Option<f64>) -> bool {
    let own = numbers.first().and_then(|&i| amount(&items[i])).filter(|a| *a > 0.0);
    let below = numbers.iter().skip(1).take(FARTHEST).map(|&i| &items[i]).filter(|i| !i.codes.is_empty());
    let mut sum = 0.0;
    let mut sums = below.map(|item| {
        sum = exact::add(sum, amount(item).unwrap_or(0.0));
        sum
    });
    own.is_some_and(|own| sums.by_ref().take_while(|s| *s < own + 1.0).any(|s| (s - own).abs() < 0.5))
}

/// Details carry their akun's path, and the number that the report gives them.
fn with_number(path: String, number: &str) -> String {
    if number.is_empty() { path } else { format!("{path}/{number}") }
}

impl Row {
    fn bare(item: Item) -> Self {
        let figures = [const { None }; 6];
        Self {
            item,
            level: None,
            parent: None,
            path: String::new(),
            misplaced: None,
            lost: false,
            first: None,
            elsewhere: false,
            figures,
        }
    }
}

/// Rows printed twice around a page break stay only where the sums need them. Gives whether one was dropped.
fn drop_repeats(rows: &mut Vec<Row>, roles: &Roles) -> bool {
    let Some(leaf) = [roles.pagu, roles.sd, roles.sisa].into_iter().flatten().next() else { return false };
    let amount = |row: &Row| row.item.amounts.get(leaf).and_then(Option::as_ref).map(|a| a.value);
    let mut sums: BTreeMap<Option<usize>, f64> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.item.total) {
        let sum = sums.entry(row.parent).or_default();
        *sum = exact::add(*sum, amount(row).unwrap_or(0.0));
    }
    let grand = rows.iter().find(|r| r.item.total).and_then(amount);
    let mut drop = vec![false; rows.len()];
    for i in (0..rows.len()).filter(|&i| rows[i].item.again) {
        let whole = rows[i].parent.map_or(grand, |p| amount(&rows[p]));
        let Some(sum) = sums.get_mut(&rows[i].parent) else { continue };
        let own = amount(&rows[i]).unwrap_or(0.0);
        drop[i] = whole.is_some_and(|w| (*sum - own - w).abs() < (*sum - w).abs() - 0.5);
        if drop[i] {
            *sum -= own;
        }
    }
    let any = drop.contains(&true);
    for i in (1..rows.len()).rev().filter(|&i| drop[i]) {
        let text = std::mem::take(&mut rows[i].item.uraian);
        rows[i - 1].item.go_on(&text);
    }
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        !drop[at - 1]
    });
    any
}
