//! Lines → the rows the office meant: code and text told apart, wrapped texts put together, rows that a page break printed twice counted
//! once, totals set aside, notes and signatures left out.

use std::collections::BTreeMap;

use crate::model::Origin;
use crate::tables::outline::code::{self, Code, Tier};
use crate::tables::outline::mark::{self, Mark};
use crate::tables::words::{Dimension, Vocabulary};

use super::amounts::{Amount, Amounts};
use super::heading::{Leaf, Role};
use super::table::{Label, Line, Table};

mod captions;
mod inside;
mod names;
mod repeated;

pub use captions::level;
pub use inside::columns_of_kinds;
use inside::{Inside, codes_stand_in_texts, like_a_code, look_inside};

/// What a row with a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Stands {
    /// For itself and what hangs below it.
    #[default]
    Itself,
    /// A line above rows that names what they hang below.
    Caption,
    /// The sum of the akun whose codes begin with its own: `5211` above 521111.
    Family,
}

/// One row as meant.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Its code as printed; empty for rows without one.
    pub kode: String,
    /// Cell of the code.
    pub kode_at: Option<Origin>,
    /// All ways to read the code.
    pub codes: Vec<Code>,
    /// Mark before its text.
    pub mark: Option<Mark>,
    /// Running number or letter before it.
    pub ordinal: String,
    /// Number that reports give to details (`002514.`); no code.
    pub number: String,
    /// Its text.
    pub uraian: String,
    /// Cell of its text.
    pub uraian_at: Option<Origin>,
    /// Its amounts by leaf.
    pub amounts: Vec<Option<Amount>>,
    /// Sheet, first and last row it stands on.
    pub place: (u16, u32, u32),
    /// It is about an office, not about a code.
    pub office: bool,
    /// A row that sums up others.
    pub total: bool,
    /// Whether it stands for rows of its own, or for others.
    pub stands: Stands,
    /// Printed again behind a page break, with the amounts of the row before: counted only if the sums need it.
    pub again: bool,
}

impl Item {
    /// Whether any amount stands in it.
    #[must_use]
    pub fn has_amounts(&self) -> bool {
        self.amounts.iter().any(Option::is_some)
    }

    /// Adds the rest of its text, unless it is the same text again.
    pub fn go_on(&mut self, text: &str) {
        if !text.is_empty() && text != self.uraian {
            if !self.uraian.is_empty() {
                self.uraian.push(' ');
            }
            self.uraian.push_str(text);
        }
    }

    fn is_named(&self) -> bool {
        !self.kode.is_empty() || self.mark.is_some() || !self.number.is_empty()
    }
}

/// A line with its words understood.
struct Spoken<'a> {
    line: &'a Line,
    item: Item,
}

/// The rows of a table, and the lines with amounts that say nothing about themselves.
#[must_use]
pub fn items(table: &Table, amounts: Amounts, words: &Vocabulary) -> (Vec<Item>, Vec<Origin>) {
    let columns = code_columns(table);
    let offices = table.leaves.iter().any(|l| l.office) && !table.leaves.iter().any(|l| l.tier.is_some());
    let coded = table.leaves.iter().any(|l| l.role == Some(Role::Label) && l.code);
    let inside = codes_stand_in_texts(table, words, &columns);
    let kinds = inside::columns_of_kinds(table, words);
    let mut spoken: Vec<Spoken> = Vec::with_capacity(table.lines.len());
    for (line, amounts) in table.lines.iter().zip(amounts.lines) {
        let caption = captions::caption(line, words).or_else(|| captions::headed(line).filter(|_| coded));
        let mut item = caption.unwrap_or_else(|| speak(&inside::without(line, &kinds), words, &columns, inside));
        item.place = (line.grid, line.row, line.row);
        line.ordinal.trim().clone_into(&mut item.ordinal);
        if offices {
            // The number of a satker is no akun.
            item.codes.clear();
            item.office = true;
        }
        if item.uraian.is_empty() && is_total(words, &item.kode) {
            // JML in the column of codes is no KRO.
            (item.uraian, item.uraian_at) = (std::mem::take(&mut item.kode), item.kode_at.take());
            item.codes.clear();
        }
        item.amounts = amounts;
        if captions::is_page(words, &item) {
            continue;
        }
        item.total = item.kode.is_empty() && item.number.is_empty() && is_total(words, &item.uraian);
        spoken.push(Spoken { line, item });
    }
    let amounts_follow = coded_rows_have_amounts(&spoken);
    captions::keep_higher(&mut spoken);
    names::below(&mut spoken);
    let (mut items, mut mute) = join(spoken, amounts_follow);
    repeated::without_shares(&mut items, &mut mute);
    repeated::sums(&mut items);
    super::ordinals::mark(&mut items);
    (items, mute)
}

/// Whether a line above a table is nothing but the name of what its rows hang below.
#[must_use]
pub fn is_caption(line: &Line, words: &Vocabulary) -> bool {
    captions::caption(line, words).is_some() || captions::headed(line).is_some()
}

/// What the heading of a label column says about the codes in it.
#[derive(Clone, Copy)]
struct CodeColumn {
    left: u16,
    right: u16,
    /// The level of its codes.
    tier: Option<Tier>,
}

/// Label columns that are headed as codes, and those headed as one level that hold codes rather than names.
fn code_columns(table: &Table) -> Vec<CodeColumn> {
    let inside = |l: &Leaf| {
        let labels =
            table.lines.iter().flat_map(|line| &line.labels).filter(|label| (l.left..=l.right).contains(&label.origin.col));
        let (mut codes, mut all) = (0_usize, 0_usize);
        for label in labels {
            all += 1;
            codes += usize::from(!code::readings(&label.text).is_empty());
        }
        codes * 10 >= all * 6
    };
    let headed = table.leaves.iter().filter(|l| l.role == Some(Role::Label) && (l.code || l.tier.is_some()) && inside(l));
    let headed: Vec<CodeColumn> = headed.map(|l| CodeColumn { left: l.left, right: l.right, tier: l.tier }).collect();
    if headed.is_empty() { columns_by_content(table) } else { headed }
}

/// The column of labels that holds codes, some of several parts, whatever its heading says.
fn columns_by_content(table: &Table) -> Vec<CodeColumn> {
    let mut columns: BTreeMap<u16, (usize, usize, usize)> = BTreeMap::new();
    for label in table.lines.iter().filter(|l| l.has_amounts()).flat_map(|l| &l.labels) {
        let (cells, codes, parted) = columns.entry(label.origin.col).or_default();
        let text = label.text.trim();
        *cells += 1;
        *codes += usize::from(!code::readings(text).is_empty());
        *parted += usize::from(text.contains('.') && has_digit(text) && !code::readings(text).is_empty());
    }
    let coded = |(cells, codes, parted): &(usize, usize, usize)| *parted > 1 && codes * 10 >= cells * 6;
    let found = columns.into_iter().find(|(_, counts)| coded(counts));
    found.map(|(col, _)| CodeColumn { left: col, right: col, tier: None }).into_iter().collect()
}

/// Code, mark and text of one line.
fn speak(line: &Line, words: &Vocabulary, columns: &[CodeColumn], inside: Inside) -> Item {
    let mut item = Item::default();
    let mut texts: Vec<&Label> = Vec::new();
    for label in &line.labels {
        let text = label.text.trim();
        let column = columns.iter().find(|c| (c.left..=c.right).contains(&label.origin.col));
        let tier = column.and_then(|c| c.tier);
        let codes = tier.map_or_else(|| code::readings(text), |tier| code::readings_at(text, tier));
        if let Some(sign) = mark::alone(text).filter(|_| texts.is_empty()) {
            item.mark = Some(sign);
        } else if item.kode.is_empty() && texts.is_empty() && is_detail_number(text) {
            text.trim_end_matches('.').clone_into(&mut item.number);
        } else if !codes.is_empty()
            && (column.is_some() || texts.is_empty() && (columns.is_empty() && inside == Inside::No || has_digit(text)))
        {
            take_code(&mut item, label, codes);
        } else if column.is_some() && texts.is_empty() && item.kode.is_empty() && like_a_code(text) {
            text.clone_into(&mut item.kode);
            item.kode_at = Some(label.origin);
        } else if !text.is_empty() {
            texts.push(label);
        }
    }
    item.uraian_at = texts.first().map(|l| l.origin);
    item.uraian = texts.iter().map(|l| l.text.trim()).collect::<Vec<_>>().join(" ");
    if item.codes.is_empty() && (inside == Inside::No || !is_total(words, &item.uraian)) {
        look_inside(&mut item, inside);
    }
    let again =
        item.uraian.strip_prefix(item.kode.as_str()).filter(|rest| !item.kode.is_empty() && rest.starts_with([' ', '-', ':']));
    if let Some(rest) = again.map(|r| r.trim_start_matches([' ', '-', ':', '–']).to_owned()).filter(|r| !r.is_empty()) {
        item.uraian = rest;
    }
    let run_on = code::trailing(&item.uraian)
        .filter(|(code, _)| !columns.is_empty() && line.has_amounts() && is_long(code) && !is_total(words, &item.uraian));
    if let Some((code, rest)) = code::glued(&item.uraian).or(run_on).filter(|_| item.codes.is_empty()) {
        let (code, rest) = (code.to_owned(), rest.to_owned());
        item.codes = code::readings(&code);
        (item.kode, item.kode_at, item.uraian) = (code, item.uraian_at, rest);
    }
    let labelled = captions::labelled(&item.uraian, words).filter(|c| item.codes.is_empty() && !c.name.is_empty());
    if let Some((code, printed, name)) = labelled.map(|c| (c.code, c.printed.to_owned(), c.name.to_owned())) {
        (item.codes, item.kode, item.kode_at, item.uraian) = (vec![code], printed, item.uraian_at, name);
    }
    let marked = mark::leading(&item.uraian).filter(|(_, rest)| !rest.is_empty() && item.codes.is_empty());
    if let Some((sign, rest)) = marked.map(|(sign, rest)| (sign, rest.to_owned())) {
        (item.mark, item.uraian) = (Some(sign), rest);
    }
    item
}

/// A code that a page may have run into the words before it: of a kegiatan, an akun, or of several parts; not a year.
fn is_long(code: &str) -> bool {
    code.contains('.') || code.len() == 6 || code.len() == 4 && !matches!(code.parse(), Ok(2000..2100_u32))
}

/// Beside a column of codes, letters alone are words: `KPU` at the end of a wrapped description.
fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// One code per row; where all levels stand side by side, they are the parts of one.
fn take_code(item: &mut Item, label: &Label, mut codes: Vec<Code>) {
    if let (Some(above), Some(own)) = (item.codes.first(), codes.first_mut())
        && above.tier < own.tier
    {
        let mut parts = above.parts.clone();
        parts.retain(|(tier, _)| own.part(*tier).is_none());
        parts.append(&mut own.parts);
        parts.sort_by_key(|(tier, _)| *tier);
        own.parts = parts;
        codes.truncate(1);
    }
    item.codes = codes;
    code::unnamed(label.text.trim()).clone_into(&mut item.kode);
    item.kode_at = Some(label.origin);
}

/// `002514.` in a cell of its own; no akun begins with a zero, and none is printed with a point behind it but by hand.
fn is_detail_number(text: &str) -> bool {
    let digits = text.trim_end_matches('.');
    let number = (5..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    number && (digits.starts_with('0') || text.ends_with('.') && !digits.starts_with(['4', '5', '6', '7']))
}

/// `JUMLAH SELURUHNYA`, `Jumlah Belanja Barang`: a text that begins with a word for sums, or consists of such.
fn is_total(words: &Vocabulary, text: &str) -> bool {
    let said = words.read(text);
    let first = text.split_whitespace().next().map(|w| words.read(w));
    said.tells(Dimension::Total) && said.whole() || first.is_some_and(|f| f.tells(Dimension::Total))
}

/// Whether rows with a code mostly have their amounts beside it.
fn coded_rows_have_amounts(spoken: &[Spoken]) -> bool {
    let coded = spoken.iter().filter(|s| !s.item.codes.is_empty());
    let (mut with, mut all) = (0_usize, 0_usize);
    for s in coded {
        all += 1;
        with += usize::from(s.item.has_amounts());
    }
    all > 0 && with * 10 >= all * 8
}

/// Whether there are rows without code, mark and number elsewhere than behind page breaks: then such a row is one of its own.
fn has_bare_details(spoken: &[Spoken]) -> bool {
    let (mut broken, mut bare) = (false, 0_usize);
    for Spoken { line, item } in spoken {
        broken |= line.after_break || !item.has_amounts() && item.codes.is_empty();
        if item.has_amounts() {
            bare += usize::from(!broken && !item.is_named() && !item.total && !item.uraian.is_empty());
            broken = false;
        }
    }
    bare > 1
}

/// Puts together what belongs together.
fn join(spoken: Vec<Spoken>, amounts_follow: bool) -> (Vec<Item>, Vec<Origin>) {
    let mut items: Vec<Item> = Vec::new();
    let mut mute = Vec::new();
    let (mut broken, mut chained) = (false, false);
    let details = has_bare_details(&spoken);
    let last_amounts = spoken.iter().rposition(|s| s.item.has_amounts()).unwrap_or(0);
    for (n, Spoken { line, item }) in spoken.into_iter().enumerate() {
        broken |= line.after_break;
        if !item.has_amounts() {
            broken |= !goes_on(&mut items, &item, line, n < last_amounts) && item.codes.is_empty();
            if !item.codes.is_empty() {
                items.push(item);
            }
            continue;
        }
        chained = (broken || chained) && repeated::is_open(&items, &item, chained);
        if chained {
            continue;
        }
        let open = items.last_mut();
        match open {
            Some(open)
                if amounts_follow
                    && !open.has_amounts()
                    && !open.codes.is_empty()
                    && !item.is_named()
                    && !item.total
                    && line.gap == 0 =>
            {
                append(open, &item);
                open.amounts = item.amounts;
            }
            Some(open) if same_row(open, &item, broken) => {
                let coded = !item.kode.is_empty();
                if broken && (coded || item.uraian.is_empty() || open.is_named() && !details) {
                    append(open, &item);
                } else {
                    items.push(Item { again: true, ..item });
                }
            }
            _ if item.uraian.is_empty() && item.codes.is_empty() => {
                mute.extend(item.amounts.iter().flatten().map(|a| a.origin));
            }
            _ => items.push(item),
        }
        broken = false;
    }
    (items, mute)
}

/// A text without code and amounts: the rest of the row above it, where it stands straight below in the same column. Gives whether it was.
fn goes_on(items: &mut [Item], item: &Item, line: &Line, inside: bool) -> bool {
    let Some(open) = items.last_mut() else { return false };
    let below = match (open.uraian_at, item.uraian_at) {
        (Some(a), Some(b)) => a.col == b.col && a.grid == b.grid && line.row == open.place.2 + 1,
        _ => false,
    };
    let wraps = below
        && !item.is_named()
        && !item.total
        && !open.total
        && !is_note(&item.uraian)
        && (inside || item.uraian.starts_with(char::is_lowercase));
    if wraps {
        append(open, item);
    }
    wraps
}

/// `(Lokasi : …)`, `*) …`, `Catatan:`: words about the table rather than in it.
fn is_note(text: &str) -> bool {
    text.starts_with(['*', '(', '#']) || text.contains(':')
}

fn append(open: &mut Item, item: &Item) {
    open.go_on(&item.uraian);
    open.uraian_at = open.uraian_at.or(item.uraian_at);
    if open.place.0 == item.place.0 {
        open.place.2 = item.place.2;
    }
}

/// The same amounts again, and nothing that says it is another row: the same code, or none behind a page break.
fn same_row(open: &Item, item: &Item, broken: bool) -> bool {
    let same_mark = item.mark.is_none() || item.mark == open.mark && item.uraian == open.uraian;
    // Away from a page break another text is another row.
    let texts = broken || item.uraian.is_empty() || open.uraian.starts_with(item.uraian.as_str());
    let code = if item.kode.is_empty() { broken && same_mark } else { item.kode == open.kode && texts };
    code && item.number.is_empty() && !item.total && !open.total && open.amounts_equal(item)
}

impl Item {
    fn amounts_equal(&self, other: &Self) -> bool {
        let value = |a: &Option<Amount>| a.as_ref().map(|a| a.value.to_bits());
        self.amounts.len() == other.amounts.len() && self.amounts.iter().zip(&other.amounts).all(|(a, b)| value(a) == value(b))
    }
}
