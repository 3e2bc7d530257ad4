//! The numbers of a passage, in digits and in words, each pair once.

use std::ops::Range;

use crate::normalise::number::{self, Style};
use crate::normalise::{date, period, terbilang, text};

use super::lexicon::{Lexicon, Sense};
use super::passages::{Passage, marker};
use super::places::Places;

/// A number of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its bytes, digits and words together.
    pub at: Range<usize>,
    /// In digits: the value and its bytes.
    pub digits: Option<(f64, Range<usize>)>,
    /// In words.
    pub words: Option<Spelled>,
}

/// A number in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Spelled {
    /// Its value; `None` where it is misprinted beyond reading.
    pub value: Option<f64>,
    /// Its bytes.
    pub at: Range<usize>,
}

impl Figure {
    /// What it says: the digits, else the words.
    pub fn value(&self) -> Option<f64> {
        self.digits.as_ref().map(|d| d.0).or_else(|| self.words.as_ref().and_then(|w| w.value))
    }
}

/// The figures of a passage, and the bytes of numbers that count nothing (dates, ordinals, parts of codes).
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// In the order of the text; none overlaps another.
    pub figures: Vec<Figure>,
    /// Sorted like them.
    pub spent: Vec<Range<usize>>,
    /// Names of places, whose words and digits say nothing else.
    pub names: Vec<Range<usize>>,
}

impl Numbers {
    /// The figures of a line that are nothing but the last words of it, as many as there are columns: blanks part them, although some of
    /// them could be read as one number (`11 700 690`).
    pub fn in_columns(&self, text: &str, columns: usize) -> Option<Vec<Figure>> {
        let mut figures = Vec::new();
        let mut rest = text.trim_end();
        while let Some(word) = rest.split_whitespace().next_back().filter(|word| number::looks_like_number(word)) {
            let at = rest.len() - word.len()..rest.len();
            let Some(number::Figure::Number { value, .. }) = number::read(word, Style::Indonesian) else { return None };
            figures.push(Figure { at: at.clone(), digits: Some((value, at.clone())), words: None });
            rest = rest[..at.start].trim_end();
        }
        figures.reverse();
        let before = |f: &Figure| figures.first().is_some_and(|first| f.at.start < first.at.start);
        (figures.len() == columns && !self.figures.iter().any(before)).then_some(figures)
    }
}

impl Numbers {
    /// `Pemilih perempuan | enam puluh … | 65.520`: words in the cell before the digits of a row repeat them.
    pub fn join_words(&mut self, passage: &Passage) {
        let alone = |at: &Range<usize>| passage.text.get(passage.cell(at.start)).map(str::trim) == passage.text.get(at.clone());
        let [Figure { digits: None, words: Some(words), at: before }, Figure { digits: Some(_), words: None, at }] =
            self.figures.as_slice()
        else {
            return;
        };
        if passage.row && alone(at) && passage.cell(before.start).end < at.start {
            let (words, at, before) = (words.clone(), at.clone(), before.clone());
            self.figures.remove(0);
            self.figures.iter_mut().filter(|f| f.at == at).for_each(|f| f.words = Some(words.clone()));
            self.spent.push(before);
            self.spent.sort_by_key(|s| s.start);
        }
    }

    /// Takes the number away that only counts a line: one that opens it, goes on from the row above (`after`), and has a figure behind.
    pub fn uncount(&mut self, text: &str, after: Option<f64>) {
        let begins = text.len() - text.trim_start().len();
        let counts = |f: &Figure| f.at.start == begins && f.words.is_none() && f.value() == after.map(|n| n + 1.0);
        if self.figures.len() > 1 && self.figures.first().is_some_and(counts) {
            let counter = self.figures.remove(0);
            self.spent.insert(0, counter.at);
        }
    }
}

/// The number that counts a row of a table: alone in its first cell.
pub fn counter(passage: &Passage) -> Option<f64> {
    let (start, _) = passage.cells.first().filter(|_| passage.row)?;
    passage.text[passage.cell(*start)].trim().trim_end_matches(['.', ')']).parse::<u8>().ok().map(f64::from)
}

/// Longest text in brackets that is looked at as a number in words.
const LONGEST_WORDS: usize = 300;

/// All numbers in words; none goes on from one cell of a row into the next.
fn in_words(text: &str) -> Vec<(f64, Range<usize>)> {
    let mut start = 0;
    let mut out = Vec::new();
    for cell in text.split_inclusive('\t') {
        let found = terbilang::find(cell.trim_end_matches('\t'));
        out.extend(found.into_iter().map(|(value, at)| (value, at.start + start..at.end + start)));
        start += cell.len();
    }
    out
}

/// Finds all numbers of a passage.
pub fn numbers(passage: &Passage, lexicon: &Lexicon, places: &Places) -> Numbers {
    let text = passage.text.as_str();
    let names = names(passage, places);
    let taken = |at: &Range<usize>, by: &[Range<usize>]| by.iter().any(|s| s.start < at.end && at.start < s.end);
    let mut spent: Vec<Range<usize>> = date::find(text).into_iter().map(|(_, at)| at).filter(|at| !taken(at, &names)).collect();
    spent.extend(marker(text).map(|(_, end)| 0..end));
    spent.extend(years(text));
    let (counts, codes) = digits(text);
    spent.extend(codes);
    spent.retain(|at| !taken(at, &names));
    let mut counts: Vec<Count> = counts.into_iter().filter(|(_, at)| !taken(at, &spent) && !taken(at, &names)).collect();
    if let Some(ordinal) = ordinal(passage, &counts, places) {
        spent.push(ordinal);
        counts.remove(0);
    }
    let mut words: Vec<Option<(f64, Range<usize>)>> =
        in_words(text).into_iter().filter(|(_, at)| !taken(at, &spent) && !taken(at, &names)).map(Some).collect();
    let mut figures: Vec<Figure> =
        counts.into_iter().map(|(value, at)| Figure { at: at.clone(), digits: Some((value, at)), words: None }).collect();
    for figure in &mut figures {
        pair(text, figure, &mut words, lexicon);
    }
    let alone = words.into_iter().flatten().map(|(value, at)| Figure {
        at: at.clone(),
        digits: None,
        words: Some(Spelled { value: Some(value), at }),
    });
    figures.extend(alone);
    figures.sort_by_key(|f| f.at.start);
    figures.dedup_by(|later, first| later.at.start < first.at.end);
    spent.sort_by_key(|s| s.start);
    Numbers { figures, spent, names }
}

/// Names of places in a passage, and the cells that hold nothing but the name of one: the kecamatan Juli, Limapuluh, 2 x 11 Kayu Tanam.
fn names(passage: &Passage, places: &Places) -> Vec<Range<usize>> {
    let mut names = places.named(&passage.text);
    if passage.row {
        let cells = passage.cells.iter().map(|(start, _)| passage.cell(*start));
        names.extend(cells.filter(|cell| places.is_below(&passage.text[cell.clone()])));
    }
    names
}

/// The years of periods: `Triwulan III 2025`.
fn years(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    period::find(text).into_iter().filter_map(|found| {
        let said = text.get(found.at.clone())?;
        let digits = said.len() - said.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (digits == 4).then(|| found.at.end - 4..found.at.end)
    })
}

/// The number that counts a row of a table: alone in its cell before a text.
fn ordinal(passage: &Passage, counts: &[Count], places: &Places) -> Option<Range<usize>> {
    let (value, at) = counts.first()?;
    let (first, second) = (passage.cells.first()?, passage.cells.get(1)?);
    let alone = passage.text[first.0..second.0].trim().trim_end_matches(['.', ')']) == &passage.text[at.clone()];
    let next = passage.text[passage.cell(second.0)].trim();
    let spelled = terbilang::find(next).iter().any(|(_, at)| at.start == 0);
    // `9 | Seribu Riam | 4.127 | 3.993`: a name among figures, although it begins like a number.
    let names = next.chars().any(char::is_alphabetic) && (!spelled || counts.len() > 2 || places.is_below(next));
    (alone && names && *value < 1_000.0 && passage.row).then(|| at.clone())
}

/// A whole number and its bytes.
type Count = (f64, Range<usize>);

/// Whole numbers of the text, and the bytes of digits that belong to codes, amounts, percentages and decimals.
fn digits(text: &str) -> (Vec<Count>, Vec<Range<usize>>) {
    let (mut counts, mut codes) = (Vec::new(), Vec::new());
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        let end = end_of_number(bytes, start);
        let (from, to) = token(text, start, end);
        match whole(&text[start..end]).filter(|_| from == start && to == end && !is_amount(text, start, end)) {
            Some(value) => counts.push((value, start..end)),
            None => codes.push(start..to),
        }
        i = to.max(end);
    }
    (counts, codes)
}

/// Digits, points and commas between digits, and spaces between thousands.
fn end_of_number(bytes: &[u8], start: usize) -> usize {
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    // `231 172.881` are two numbers: what is grouped by points has no blanks.
    let grouped = |i: usize| matches!(bytes.get(i), Some(b'.' | b',')) && is_digit(i + 1);
    let three = |i: usize| (0..3).all(|n| is_digit(i + n)) && !is_digit(i + 3) && !grouped(i + 3);
    let mut end = start;
    while is_digit(end) {
        end += 1;
    }
    let by_spaces = end - start <= 3;
    loop {
        let gap = match bytes.get(end) {
            Some(b'.' | b',') if is_digit(end + 1) => 1,
            Some(b' ') if by_spaces && three(end + 1) && start > 0 => 1,
            Some(0xC2) if by_spaces && bytes.get(end + 1) == Some(&0xA0) && three(end + 2) => 2,
            Some(0xE2) if by_spaces && bytes.get(end + 1) == Some(&0x80) && three(end + 3) => 3,
            _ => return end,
        };
        end += gap;
        while is_digit(end) {
            end += 1;
        }
    }
}

/// Whether anything is glued to the number that makes it part of a code (`63/PK.01`, `TPS7`, `5A`): the bytes of the whole token.
fn token(text: &str, start: usize, end: usize) -> (usize, usize) {
    let glued = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '@' | '#');
    let before = text[..start].chars().next_back().is_some_and(glued);
    // `se-8 kecamatan`: all of them, and how many that is.
    let all_of = text::words(&text[..start]).last().is_some_and(|w| w == "SE");
    let hyphen = text[..start].ends_with('-') && text[..start - 1].ends_with(char::is_alphanumeric) && !all_of;
    let unit = |rest: &str| ["orang", "jiwa", "pemilih", "kec", "desa"].iter().any(|u| rest.to_lowercase().starts_with(u));
    let rest = &text[end..];
    let behind = rest.chars().next().is_some_and(glued) && !unit(rest);
    let more = rest.starts_with('-') && rest[1..].starts_with(char::is_alphanumeric);
    let colon = rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let point = text[..start].ends_with('.') && text[..start - 1].ends_with(char::is_alphabetic) && start >= 2 && {
        let word: String = text[..start - 1].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        word.chars().count() < 3 && word.chars().all(char::is_uppercase)
    };
    let to = if behind || more || colon { end + rest.find(char::is_whitespace).unwrap_or(rest.len()) } else { end };
    (if before || hyphen || point { start.saturating_sub(1) } else { start }, to)
}

/// Money or a percentage.
fn is_amount(text: &str, start: usize, end: usize) -> bool {
    let before = text::words(&text[..start].chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect::<String>());
    let currency = before.last().is_some_and(|w| w == "RP" || w == "IDR");
    currency || text[end..].trim_start().starts_with('%')
}

/// The value of a whole number: digits alone, or in groups of three behind one kind of mark.
fn whole(printed: &str) -> Option<f64> {
    let plain: String = printed.chars().filter(char::is_ascii_digit).collect();
    let mut marks: Vec<char> = printed.chars().filter(|c| !c.is_ascii_digit()).collect();
    marks.dedup();
    let groups: Vec<&str> = printed.split(|c: char| !c.is_ascii_digit()).collect();
    let (head, rest) = groups.split_first()?;
    let grouped = marks.len() <= 1 && (rest.is_empty() || (1..=3).contains(&head.len()) && rest.iter().all(|g| g.len() == 3));
    let zeros = plain.len() > 1 && plain.starts_with('0');
    (grouped && !zeros && plain.len() <= 15).then(|| plain.parse().ok())?
}

/// Finds the words that repeat a number: in brackets behind it, right behind it, or before it where it stands in brackets.
fn pair(text: &str, figure: &mut Figure, words: &mut [Option<(f64, Range<usize>)>], lexicon: &Lexicon) {
    let at = figure.at.clone();
    let (mut found, mut whole_at) = (None, at.clone());
    let rest = &text[at.end..];
    let gap = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{a0}').len();
    if let Some(inner) = rest[gap..].strip_prefix(['(', '[']) {
        let length = inner.find([')', ']']).unwrap_or(inner.len()).min(LONGEST_WORDS);
        let inside = inner.get(..length).unwrap_or_default();
        let start = at.end + gap + 1;
        found = spelled(inside, start, lexicon);
        whole_at = at.start..(start + length + 1).min(text.len());
    }
    if found.is_none() {
        found = words.iter().flatten().find_map(|(value, w)| {
            let between = text.get(at.end..w.start)?;
            let between = between.trim_start().strip_prefix('(').and_then(|b| label_in_brackets(b)).map_or(between, |(_, b)| b);
            let near = between.chars().count() <= 24 && only_introduces(between, lexicon);
            near.then(|| Spelled { value: Some(*value), at: w.clone() })
        });
        whole_at = found.as_ref().map_or(at.clone(), |w| at.start..w.at.end);
    }
    // `seratus (100)`, `seratus / 100`: the words before.
    if found.is_none() && text[..at.start].trim_end().ends_with(['(', '[', '/', '=']) {
        let open = text[..at.start].trim_end().len() - 1;
        found = words.iter().flatten().find_map(|(value, w)| {
            let near = w.end <= open && text[w.end..open].trim().is_empty();
            near.then(|| Spelled { value: Some(*value), at: w.clone() })
        });
        whole_at = found.as_ref().map_or(at.clone(), |w| w.at.start..at.end);
    }
    let Some(found) = found else { return };
    let taken = |w: &Range<usize>| w.start < whole_at.end && whole_at.start < w.end;
    words.iter_mut().filter(|w| w.as_ref().is_some_and(|(_, w)| taken(w))).for_each(|w| *w = None);
    // A label that stands between digits and words is not part of the number.
    let labelled = rest[gap..].strip_prefix('(').is_some_and(|inner| label_in_brackets(inner).is_some());
    figure.at = if labelled { at } else { whole_at };
    figure.words = Some(found);
}

/// Most characters of a label in brackets.
const SHORTEST_LABEL: usize = 24;

/// `L+P), terbilang` behind an opening bracket: a short label without figures, and what follows its bracket.
pub(super) fn label_in_brackets(inner: &str) -> Option<(&str, &str)> {
    let (label, rest) = inner.split_once(')')?;
    let plain = label.chars().count() <= SHORTEST_LABEL && !label.contains(|c: char| c.is_ascii_digit() || c == '(');
    let spelled = terbilang::value(label).is_some();
    (plain && !spelled && label.chars().any(char::is_alphabetic)).then_some((label, rest))
}

/// What stands in brackets behind a number, if it is a number in words; misprinted ones have no value.
fn spelled(inside: &str, start: usize, lexicon: &Lexicon) -> Option<Spelled> {
    let lead =
        lexicon.all(inside, Sense::Spelled).first().filter(|p| inside[..p.at.start].trim().is_empty()).map_or(0, |p| p.at.end);
    let said = inside[lead..].trim_start_matches([':', ' ', '=']);
    let from = start + inside.len() - said.len();
    let at = from..from + said.trim_end().len();
    let value = terbilang::value(said);
    let (known, all) = terbilang::share(said);
    (value.is_some() || all >= 3 && known * 3 >= all * 2).then_some(Spelled { value, at })
}

/// Whether a text only leads from digits to words: nothing, marks, `terbilang`.
fn only_introduces(between: &str, lexicon: &Lexicon) -> bool {
    let words = text::words(between).len();
    let of = |sense: Sense| lexicon.all(between, sense).iter().map(|p| p.words).sum::<usize>();
    let spelled = of(Sense::Spelled);
    // `97.864 orang (terbilang: …)`, `97.864 orang (sembilan puluh …)`
    // and `97.864 orang / sembilan puluh …`
    let opened = between.trim_end().ends_with(['(', '[', '/']);
    let introduced = if spelled > 0 || opened { spelled + of(Sense::Filler) + of(Sense::Voters) } else { 0 };
    let marks = between.contains([';', '.']);
    (words == introduced && !marks) && (introduced > 0 || !between.contains(','))
}
