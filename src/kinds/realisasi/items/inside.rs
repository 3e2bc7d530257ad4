//! Codes and numbers that stand in the texts of rows rather than in cells of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::tables::outline::{Tier, code};
use crate::tables::words::Vocabulary;

use super::super::table::{Line, Table};
use super::{CodeColumn, Item, has_digit, is_total, level, speak};

/// Where in their texts rows have their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nowhere: they have cells of their own, or there are none.
    No,
    /// `521211 Belanja Bahan`.
    Before,
    /// `Belanja Bahan (521211)`.
    Behind,
}

/// Whether texts begin or end with their codes: most of those that stand without one.
pub(super) fn codes_stand_in_texts(table: &Table, words: &Vocabulary, columns: &[CodeColumn]) -> Inside {
    let bare = table
        .lines
        .iter()
        .filter(|l| l.has_amounts())
        .map(|l| speak(l, words, columns, Inside::No))
        .filter(|i| !i.is_named() && !i.uraian.is_empty() && !is_total(words, &i.uraian));
    let (mut before, mut behind, mut all) = (0_usize, 0_usize, 0_usize);
    for item in bare {
        all += 1;
        // Beside a column of codes `KPU` before a text is no KRO, while `WA` may be a program.
        let coded = |code: &str| columns.is_empty() || code.len() < 3 || has_digit(code);
        before += usize::from(leading(&item.uraian).is_some_and(|(code, _)| coded(code)));
        behind += usize::from(code::trailing(&item.uraian).is_some());
    }
    if before > 0 && before * 2 >= all {
        Inside::Before
    } else if behind >= FEWEST && behind * 10 >= all * 6 {
        Inside::Behind
    } else {
        Inside::No
    }
}

/// Columns of labels beside another one that say the same few words again and again: of what kind a row is, not what it is called.
#[must_use]
pub fn columns_of_kinds(table: &Table, words: &Vocabulary) -> BTreeSet<u16> {
    let mut texts: BTreeMap<u16, BTreeSet<&str>> = BTreeMap::new();
    let mut filled: BTreeMap<u16, usize> = BTreeMap::new();
    let mut alone: BTreeSet<u16> = BTreeSet::new();
    for line in table.lines.iter().filter(|l| l.has_amounts()) {
        let words = || line.labels.iter().filter(|l| l.text.contains(char::is_lowercase) && code::readings(&l.text).is_empty());
        for label in words() {
            texts.entry(label.origin.col).or_default().insert(label.text.trim());
            *filled.entry(label.origin.col).or_default() += 1;
            if words().count() == 1 {
                alone.insert(label.origin.col);
            }
        }
    }
    let most = texts.values().map(BTreeSet::len).max().unwrap_or(0);
    let few = |col: &u16| texts[col].len() * 4 <= filled[col] && texts[col].len() * 3 <= most;
    let kinds = texts.keys().copied().filter(|col| !alone.contains(col) && few(col));
    kinds.chain(columns_of_levels(table, words)).collect()
}

/// Columns of nothing but names of levels (`Program`, `KRO`, `Komponen`), several of them.
fn columns_of_levels(table: &Table, words: &Vocabulary) -> Vec<u16> {
    let mut named: BTreeMap<u16, (usize, usize, BTreeSet<Tier>)> = BTreeMap::new();
    let labels = table.lines.iter().filter(|l| l.has_amounts()).flat_map(|l| &l.labels);
    for label in labels.filter(|l| !is_total(words, l.text.trim())) {
        let (cells, levels, different) = named.entry(label.origin.col).or_default();
        let level = level(words, &label.text);
        *cells += 1;
        *levels += usize::from(level.is_some());
        different.extend(level);
    }
    let all = |(cells, levels, different): &(usize, usize, BTreeSet<Tier>)| levels * 10 >= cells * 9 && different.len() > 1;
    named.into_iter().filter(|(_, counts)| all(counts)).map(|(col, _)| col).collect()
}

/// A line without the labels in some columns.
pub(super) fn without(line: &Line, columns: &BTreeSet<u16>) -> Line {
    let labels = line.labels.iter().filter(|l| !columns.contains(&l.origin.col)).cloned().collect();
    Line { labels, ..line.clone() }
}

/// Rows that end in a code before a table is known to print codes behind their names.
const FEWEST: usize = 3;

/// Numbers of details, and codes at the head of a text.
pub(super) fn look_inside(item: &mut Item, inside: Inside) {
    let code = match inside {
        Inside::No => None,
        Inside::Before => leading(&item.uraian),
        Inside::Behind => code::trailing(&item.uraian),
    };
    if let Some((number, rest)) = detail_number(&item.uraian, inside != Inside::No) {
        (item.number, item.uraian) = (number.to_owned(), rest.to_owned());
    } else if let Some((found, rest)) = code {
        item.codes = code::readings(found);
        item.kode_at = item.uraian_at;
        (item.kode, item.uraian) = (found.to_owned(), rest.to_owned());
    }
}

/// The code at the head of a text; a lone letter is a subkomponen here, where codes stand in texts.
fn leading(text: &str) -> Option<(&str, &str)> {
    let letter = || {
        let (head, rest) = text.split_once(' ')?;
        let capital = |t: &str| t.starts_with(|c: char| c.is_uppercase());
        let rest = rest.trim_start_matches([' ', '-', '–', ':']);
        let head = head.trim_end_matches(['.', ':']);
        // `WA Program Dukungan`: reports of SAKTI shorten a program so.
        ((1..=2).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_uppercase()) && capital(rest)).then_some((head, rest))
    };
    code::leading(text).or_else(letter)
}

/// `002514. Makan Rapat`: six digits and a point; where codes stand in texts only those from zero, which no akun begins with.
fn detail_number(text: &str, codes_inside: bool) -> Option<(&str, &str)> {
    let (number, rest) = text.split_once('.')?;
    let digits = (5..=7).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let sure = number.starts_with('0') || !codes_inside && number.len() == 6 && rest.starts_with(' ');
    (digits && sure).then(|| (number, rest.trim_start()))
}

/// Digits and points, in a column of codes, that are no code: a slip of somebody's hand.
pub(super) fn like_a_code(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"./-".contains(&b))
}
