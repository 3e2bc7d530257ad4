//! Figures told line by line in running text, as offices write them into a chat or a letter: `Kec. Baamang L 12.345 P 12.400 total 24.745`,
//! `Kec. Delang : 11 desa, 80 TPS, 19.567 pemilih (L 9.856 / P 9.711)`. Lines alike but for the name and the figures are a table: what stands
//! between the figures heads its columns. Where it is not plain which words belong to which figure, nothing is read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::origin::Place;
use crate::model::{Cell, Finding, Findings, Grid, Origin, Value};
use crate::normalise::{number, text};

use super::words::{Dimension, Said, Vocabulary};

mod labels;
mod listed;

use labels::labels;
use listed::listed;

/// Fewest lines alike, and fewest figures in each.
const LINES: usize = 3;
const FIGURES: usize = 2;
/// Most words of a name, with what stands before it.
const NAME: usize = 8;

/// A line with its figures: what stands before the first, between them, and behind the last.
#[derive(Debug)]
struct Told<'t> {
    row: u32,
    head: &'t str,
    gaps: Vec<&'t str>,
    figures: Vec<&'t str>,
}

impl Told<'_> {
    /// What lines of one kind have in common: the words between their figures.
    fn form(&self) -> Vec<Vec<String>> {
        self.gaps.iter().map(|gap| text::words(gap)).collect()
    }
}

/// Whether lines of running text tell figures in the same words over and over.
pub fn alike<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let mut forms: BTreeMap<Vec<Vec<String>>, usize> = BTreeMap::new();
    for told in lines.filter_map(|line| told(0, line)) {
        *forms.entry(told.form()).or_default() += 1;
    }
    forms.into_values().any(|n| n >= LINES)
}

/// The grid with such lines as rows of a table; the same grid where there are none or their words are not plain. Lines of figures that
/// fit no form are told.
#[must_use]
pub fn tabled<'g>(findings: &mut Findings, grid: &'g Grid, number: u16, vocabulary: &Vocabulary) -> Cow<'g, Grid> {
    if grid.place != Place::Lines {
        return Cow::Borrowed(grid);
    }
    let printed: Vec<(u32, String)> =
        grid.cells.chunk_by(|a, b| a.row == b.row).map(|row| (row[0].row, line(grid, row))).collect();
    let lines: Vec<Told> = printed.iter().filter_map(|(row, text)| told(*row, text)).collect();
    let mut forms: BTreeMap<Vec<Vec<String>>, Vec<&Told>> = BTreeMap::new();
    for line in &lines {
        forms.entry(line.form()).or_default().push(line);
    }
    let Some(table) = forms.into_values().max_by_key(Vec::len).filter(|t| t.len() >= LINES) else {
        return listed(grid, &printed, vocabulary).map_or(Cow::Borrowed(grid), Cow::Owned);
    };
    if titles(&table, &printed) {
        return Cow::Borrowed(grid);
    }
    let Some((names, outer)) = names(&table, vocabulary) else { return Cow::Borrowed(grid) };
    let Some(heads) = labels(&table, &outer, vocabulary) else { return Cow::Borrowed(grid) };
    let counts = |l: &&Told| speaks(&vocabulary.read(l.head)) || l.gaps.iter().any(|gap| speaks(&vocabulary.read(gap)));
    for line in lines.iter().filter(|l| !table.iter().any(|t| t.row == l.row)).filter(counts) {
        let says = "baris ini memuat angka, tetapi susunannya lain daripada baris-baris yang dibaca, jadi tidak dipakai. Samakan susunan kalimatnya.";
        let at = Origin::new(number, line.row, 0);
        findings.add(Finding::new("A13", format!("Lembar \"{}\": {says}", grid.name)).at(at));
    }
    Cow::Owned(drawn(grid, &table, &names, &heads))
}

/// Whether most of the lines stand over a table of their own each, whose rows lie between them and the next: its title, not a line of a list.
fn titles(lines: &[&Told], printed: &[(u32, String)]) -> bool {
    let tabled = |from: u32, to: u32| {
        let below = printed.partition_point(|(row, _)| *row <= from);
        printed[below..].iter().take_while(|(row, _)| *row < to).any(|(_, text)| text.is_empty())
    };
    let over = lines.windows(2).filter(|pair| tabled(pair[0].row, pair[1].row)).count();
    over * 2 >= lines.len()
}

/// A line of the text as it was before semicolons parted it; blank where its parts are cells of a table, figures by themselves.
fn line(grid: &Grid, row: &[Cell]) -> String {
    let parts: Vec<String> = row.iter().map(|c| grid.shown(c.value)).collect();
    let cells = parts.len() > 1 && parts.iter().any(|part| !part.chars().any(char::is_alphabetic));
    if cells { String::new() } else { parts.join("; ") }
}

/// The figures of a line; `None` where it has too few.
fn told(row: u32, line: &str) -> Option<Told<'_>> {
    let line = unlisted(line);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(start) = line[from..].find(|c: char| c.is_ascii_digit()).map(|i| from + i) {
        let length = line[start..].find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(line.len() - start);
        let end = start + line[start..start + length].trim_end_matches(['.', ',']).len();
        // `-5` behind a blank is less than nothing.
        let sign = line[..start].strip_suffix(['-', '\u{2212}']).filter(|rest| rest.ends_with(' ')).map_or(start, str::len);
        let joined =
            line[..start].ends_with(char::is_alphanumeric) || line[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
        if joined || !number::looks_like_number(&line[start..end]) {
            return None;
        }
        found.push((sign, end));
        from = start + length;
    }
    let starts = found.iter().map(|f| f.0).chain([line.len()]);
    let gaps = found.iter().zip(starts.skip(1)).map(|(&(_, end), next)| &line[end..next]).collect();
    let first = found.first()?.0;
    let figures: Vec<&str> = found.iter().map(|&(a, b)| &line[a..b]).collect();
    let head = &line[..first];
    let named = head.chars().any(char::is_alphabetic) && head.split_whitespace().count() <= NAME + 4;
    (figures.len() >= FIGURES && named).then_some(Told { row, head, gaps, figures })
}

/// The line without the mark or number that lists it: `▪ `, `1. `, `2) `.
fn unlisted(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = rest.len() < line.len() && rest.starts_with(['.', ')']) && rest[1..].starts_with(' ');
    if marked { rest[1..].trim_start() } else { line }
}

/// The name in each line's head, and the words that stand before all of them. Words that all heads end with belong to the first figure.
fn names(table: &[&Told], vocabulary: &Vocabulary) -> Option<(Vec<String>, Outer)> {
    let heads: Vec<Vec<&str>> = table.iter().map(|t| t.head.split_whitespace().collect()).collect();
    let folded = |word: &str| text::words(word).concat();
    let least = heads.iter().map(Vec::len).min()?;
    let same = |i: &usize| heads.iter().all(|h| folded(h[h.len() - 1 - i]) == folded(heads[0][heads[0].len() - 1 - i]));
    let common = (0..least.saturating_sub(1)).take_while(same).count();
    let tail = heads[0][heads[0].len() - common..].join(" ");
    let level = |word: &str| vocabulary.read(word).tells(Dimension::Level) && vocabulary.read(word).whole();
    // `Kota` in a few names is a part of them, before most names it says what they are.
    let levels = heads.iter().filter(|head| head[..head.len() - common].iter().any(|w| level(w))).count() * 2 > heads.len();
    let (mut names, mut before): (Vec<String>, Vec<String>) = Default::default();
    for head in &heads {
        let own = &head[..head.len() - common];
        let at = own.iter().position(|w| level(w)).filter(|_| levels);
        before.extend(at.map(|at| own[..at].join(" ")));
        let name = own[at.unwrap_or(0)..].join(" ");
        let name = name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')')).to_owned();
        if name.split_whitespace().count() > NAME || !name.chars().any(char::is_alphabetic) {
            return None;
        }
        names.push(name);
    }
    before.dedup();
    (before.len() <= 1).then(|| (names, Outer { before: before.pop().unwrap_or_default(), tail }))
}

/// Words that all lines share around the name.
#[derive(Debug)]
struct Outer {
    /// Before it.
    before: String,
    /// Between it and the first figure.
    tail: String,
}

/// The grid with these lines as rows: name and figures, below their headings. Lines above them move up where there is no blank one.
fn drawn(grid: &Grid, table: &[&Told], names: &[String], heads: &[String]) -> Grid {
    let mut out = grid.clone();
    let first = table.iter().map(|t| t.row).min().unwrap_or(0);
    out.cells.retain(|c| !table.iter().any(|t| t.row == c.row));
    let above: std::collections::BTreeSet<u32> = out.cells.iter().map(|c| c.row).filter(|r| *r < first).collect();
    let free = (0..first).rev().find(|r| !above.contains(r));
    out.cells.retain(|c| c.row >= first || c.row != 0 || free.is_some());
    for cell in out.cells.iter_mut().filter(|c| c.row < first && c.row > free.unwrap_or(0)) {
        cell.row -= 1;
    }
    let heading = first.saturating_sub(1);
    let mut put = |row: u32, col: usize, text: &str| {
        let id = u32::try_from(out.texts.len()).unwrap_or(u32::MAX);
        out.texts.push(text.into());
        out.cells.push(Cell { row, col: u16::try_from(col).unwrap_or(u16::MAX), value: Value::Text(id) });
    };
    for (i, head) in heads.iter().enumerate().filter(|_| first > 0) {
        put(heading, i + 1, head);
    }
    for (line, name) in table.iter().zip(names) {
        put(line.row, 0, name);
        for (i, figure) in line.figures.iter().enumerate() {
            put(line.row, i + 1, figure);
        }
    }
    out.cells.sort_by_key(|c| (c.row, c.col));
    out
}

/// Says what a figure counts, of whom, or why.
fn speaks(said: &Said) -> bool {
    [Dimension::Measure, Dimension::Reason, Dimension::Sex, Dimension::Level, Dimension::Total, Dimension::Aside]
        .into_iter()
        .any(|d| said.tells(d))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::schema::Meaning;

    /// The rows that come of these lines, and how many findings.
    fn rows(lines: &[&str]) -> (Vec<String>, usize) {
        let meaning = Meaning::sample;
        let vocabulary = Vocabulary::new(&[
            meaning("ukuran:pemilih", &["pemilih"]),
            meaning("ukuran:baru", &["baru", "bertambah", "pemilih baru"]),
            meaning("ukuran:tms", &["TMS"]),
            meaning("sex:l", &["L"]),
            meaning("sex:p", &["P"]),
            meaning("total", &["jumlah"]),
            meaning("tingkat:kecamatan", &["Kec", "Kecamatan"]),
            meaning("pengisi", &["sebanyak", "di"]),
        ]);
        let mut grid = GridBuilder::new("x", Place::Lines);
        for (row, line) in (0..).zip(lines) {
            grid.push_text(row, 0, line);
        }
        let (grid, mut findings) = (grid.finish(), Findings::default());
        let tabled = tabled(&mut findings, &grid, 0, &vocabulary);
        let shown = |row: &[Cell]| row.iter().map(|c| tabled.shown(c.value)).collect::<Vec<_>>().join("|");
        (tabled.cells.chunk_by(|a, b| a.row == b.row).map(shown).collect(), findings.0.len())
    }

    #[test]
    fn words_before_figures_head_them() {
        let (rows, told) =
            rows(&["PDPB", "", "Kec. Kumai L 10 P 9 jumlah 19", "Kec. Arut L 1 P -2 jumlah 3", "Jumlah L 11 P 7 jumlah 22"]);
        assert_eq!(rows, ["PDPB", "L|P|jumlah", "Kec. Kumai|10|9|19", "Kec. Arut|1|-2|3", "Jumlah|11|7|22"]);
        assert_eq!(told, 0);
    }

    #[test]
    fn words_behind_figures_head_them_and_brackets_belong_to_the_figure_before() {
        let line = |name: &str| format!("1. Di Kecamatan {name} sebanyak 19 pemilih (10 L dan 9 P), bertambah 5 pemilih baru");
        let lines = ["Kumai", "Arut", "Lada"].map(line);
        let (rows, _) = rows(&["x", "", &lines[0], &lines[1], &lines[2]]);
        assert_eq!(rows[1..3], ["pemilih|pemilih L|pemilih P|pemilih baru", "Kecamatan Kumai|19|10|9|5"]);
    }

    #[test]
    fn a_list_below_each_name_is_a_form_for_it() {
        let list = |name: &str| [name.to_owned(), "- L : 10 pemilih".to_owned(), "- P : 9".to_owned()];
        let lines: Vec<String> = ["1. Kec. Kumai", "2. Kec. Arut", "3. Kec. Lada"].into_iter().flat_map(list).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (read, told) = rows(&lines);
        assert_eq!((&read[..4], told), (&["1. Kec. Kumai", "L|10", "P|9", "2. Kec. Arut"].map(str::to_owned)[..], 0));
        let dates = ["Mulai : 10", "Pukul : 9", "Mulai : 11", "Pukul : 8", "Mulai : 12", "Pukul : 7"];
        assert_eq!(rows(&dates).0[0], "Mulai : 10");
    }

    #[test]
    fn where_words_may_belong_to_either_figure_nothing_is_read() {
        let all = |f: fn(&str) -> String| ["Kumai", "Arut", "Lada"].map(f);
        // Whose men and women stand behind the struck off?
        let whose = all(|name| format!("Kec. {name} baru 12 TMS 5 L 40 P 41"));
        // Words without a mark, before the first and behind the last.
        let either = all(|name| format!("Kec. {name} baru 12 TMS 5 pemilih"));
        // A word nobody knows.
        let unknown = all(|name| format!("Kec. {name} anyar 12 TMS 5"));
        for lines in [whose, either, unknown] {
            let (rows, _) = rows(&[&lines[0], &lines[1], &lines[2]]);
            assert_eq!(rows[0], lines[0]);
        }
    }

    #[test]
    fn a_line_of_another_form_is_told() {
        let (_, told) = rows(&[
            "Kec. Kumai L 10 P 9",
            "Kec. Arut L 1 P 2",
            "Kec. Lada L 1 P 2",
            "Kec. Rangga P 9 L 7",
            "Palu, 2 Oktober 2025",
        ]);
        assert_eq!(told, 1);
    }
}
