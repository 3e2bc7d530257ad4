//! Columns of another year or election than the document's, where its headings name several side by side; tables of something else.

use crate::model::Period;
use crate::model::period::Part;
use crate::normalise::period;
use crate::tables::axes::{Label, Line, Table};
use crate::tables::words::Dimension;

use super::around::titles;
use super::names::Resolver;
use super::tags::{Tagger, Tags, When};

/// What the titles of a table name instead of all voters, whatever its columns say; each of its parts must have such a title. A table of
/// those struck off for one reason is one of the kind.
pub(super) fn titled_apart(table: &Table, tagger: &Tagger) -> Option<String> {
    if tagger.goods.is_some() {
        return None;
    }
    let of_line = |line: &str| {
        let said = tagger.vocabulary.read(line);
        let measured = || said.senses.iter().any(|s| s.dimension == Dimension::Measure && Some(s.value) != tagger.generic);
        // A word in a line that speaks of neither voters nor anything else that titles do is one of an address or a name.
        let titles = said.tells(Dimension::Measure) || tagger.vocabulary.strange(line).is_empty();
        tagger.vocabulary.apart(line).filter(|_| titles && !(said.tells(Dimension::Reason) && measured()))
    };
    let parts = 0..table.titles.len().max(1);
    let mut of_parts = parts.map(|part| titles(table, part).into_iter().find_map(of_line));
    let first = of_parts.next().flatten();
    first.filter(|_| of_parts.all(|p| p.is_some())).or_else(|| of_line(&table.sheet.grid.name))
}

/// A word beside the voters in the titles of a table that nobody knows, and that is no name of a place or time: perhaps they are not all.
/// Where a line of the table says itself what it counts, its titles need not.
pub(super) fn strange_title(table: &Table, tagger: &Tagger, resolver: &Resolver) -> Option<String> {
    let says = |line: &Line| line.labels.iter().flatten().any(|l| tagger.label(l.text, l.said).measure.is_some());
    if tagger.goods.is_some() || table.cols.iter().chain(table.rows.iter().take(ROWS)).any(says) {
        return None;
    }
    let measures = |line: &&str| tagger.vocabulary.read(line).tells(Dimension::Measure);
    let lines = titles(table, 0).into_iter().chain([table.sheet.grid.name.as_str()]).filter(measures);
    let strange: Vec<String> = lines.flat_map(|line| tagger.vocabulary.strange(line)).filter(|w| !is_time(w)).collect();
    strange.into_iter().find(|word| !resolver.names_with(word)).map(|word| word.to_lowercase())
}

/// Rows that are asked what they count.
const ROWS: usize = 200;

/// Whether a word names a month or a quarter.
fn is_time(word: &str) -> bool {
    !period::find_partial(word).is_empty()
        || !period::find_partial(&format!("{word} 2024")).is_empty()
        || !period::find(&format!("{word} 2024")).is_empty()
}

/// Where headings name several years, the columns of another one than the document's are of another election.
pub(super) fn other_years(table: &Table, cols: &mut [Tags], period: Option<Period>) {
    let Some(own) = period.filter(|p| p.part == Part::Year) else { return };
    let year_of = |col: &Line| col.labels.iter().flatten().rev().find_map(|l| period::bare_year(&table.shown(l)));
    let years: Vec<Option<u16>> = table.cols.iter().map(year_of).collect();
    if years.contains(&Some(own.year)) {
        for (tags, year) in cols.iter_mut().zip(years) {
            tags.when = if year.is_some_and(|y| y != own.year) { Some(When::Other) } else { tags.when };
        }
    }
}

/// Where headings name several elections, the columns of another one than the titles name first are not the document's.
pub(super) fn other_elections(table: &Table, cols: &mut [Tags]) {
    let named = |l: &Label| l.said.value(Dimension::Election);
    let of_col = |col: &Line| col.labels.iter().flatten().rev().find_map(named);
    let elections: Vec<Option<u16>> = table.cols.iter().map(of_col).collect();
    let titled = table.titles.iter().flatten().find_map(named).filter(|own| elections.contains(&Some(*own)));
    let Some(own) = titled.or_else(|| elections.iter().flatten().copied().next()) else { return };
    for (tags, election) in cols.iter_mut().zip(elections) {
        tags.when = if election.is_some_and(|e| e != own) { Some(When::Other) } else { tags.when };
    }
}
