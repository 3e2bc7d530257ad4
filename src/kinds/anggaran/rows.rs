//! From printed rows to the rows of the tree: wrapped descriptions joined, totals and remarks set apart, page headings dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Origin, Span};
use crate::normalise::text;
use crate::tables::marks::Marked;
use crate::tables::outline::{Mark, Tier, code};

use super::bands::Stretch;
use super::lines::{Line, Words as Text};
use super::reckoned;
use super::words::{Edition, Words};

/// A printed sum, and how many rows stand before it.
#[derive(Clone, Debug)]
pub struct Total {
    /// Its row.
    pub line: Line,
    /// Rows of the tree above it.
    pub after: usize,
    /// The first row of its table.
    pub from: usize,
}

/// The rows of the document, in printed order.
#[derive(Debug, Default)]
pub struct Rows {
    /// Rows of the tree.
    pub lines: Vec<Line>,
    /// Printed sums.
    pub totals: Vec<Total>,
    /// Rows that may as well go on with the description above as head what follows.
    pub doubtful: Vec<Span>,
    /// Rows of words with a label that others have too: remarks about rows.
    pub noted: Vec<Span>,
    /// Captions above codes that have none themselves: `II. Sosialisasi`.
    pub captions: Vec<Span>,
    /// Rows whose description is cut off.
    pub clipped: Vec<Span>,
    /// Tables that have lost their headings.
    pub headless: Vec<Span>,
    /// Figures in columns or places that nobody understands.
    pub strays: Vec<Origin>,
    /// Places where a figure belongs that is none.
    pub unread: Vec<Origin>,
    /// Figures that can be read in two ways.
    pub undecided: Vec<Origin>,
    /// Codes that are none.
    pub odd: Vec<Origin>,
    /// Figures from before a revision, or of something else that is known.
    pub aside: Vec<Origin>,
    /// Cells of columns whose meaning nothing proves.
    pub guessed: Vec<Origin>,
    /// Parents printed again at the head of a page.
    pub again: Vec<Span>,
    /// Remarks between the rows with a figure in them: the foot of a page.
    pub remarks: Vec<Span>,
    /// First rows below a page that was not understood.
    pub torn: Vec<Span>,
    /// Before or after a revision, where its sheet or the lines above it say so.
    pub edition: Edition,
}

/// Longer descriptions are wrapped; shorter ones have room for the words below them.
const WRAPPED: usize = 40;

impl Rows {
    /// Adds the rows of a table behind these.
    pub fn append(&mut self, mut other: Self) {
        let (before, groups) = (self.lines.len(), self.captions.len());
        self.lines.extend(other.lines.drain(..).map(|l| Line { group: l.group + groups, ..l }));
        let totals = std::mem::take(&mut other.totals).into_iter();
        self.totals.extend(totals.map(|t| Total { after: t.after + before, from: before, ..t }));
        self.take_unused(other);
    }

    /// Adds what was not understood in a table, without its rows.
    pub fn take_unused(&mut self, other: Self) {
        self.doubtful.extend(other.doubtful);
        self.noted.extend(other.noted);
        self.captions.extend(other.captions);
        self.clipped.extend(other.clipped);
        self.headless.extend(other.headless);
        self.strays.extend(other.strays);
        self.unread.extend(other.unread);
        self.undecided.extend(other.undecided);
        self.odd.extend(other.odd);
        self.aside.extend(other.aside);
        self.guessed.extend(other.guessed);
        self.remarks.extend(other.remarks);
        self.again.extend(other.again);
        self.torn.extend(other.torn);
    }

    /// The places of codes and details that are called nothing.
    #[must_use]
    pub fn nameless(&self) -> Vec<Span> {
        let silent = |l: &&Line| l.words().is_empty() && (l.is_leaf() || !l.codes.is_empty());
        self.lines.iter().filter(silent).map(|l| l.span).collect()
    }

    /// Rows whose place in the tree is not known for certain: below a page that was not understood, up to the next kegiatan, and below a
    /// code that is none, up to the next RO.
    #[must_use]
    pub fn uprooted(&self) -> Vec<Span> {
        let mut lost: Option<Tier> = None;
        let mut found = Vec::new();
        for line in &self.lines {
            if self.torn.contains(&line.span) {
                lost = Some(Tier::Kegiatan);
            } else if !line.odd.is_empty() && line.codes.is_empty() && line.amount.is_some() && line.volumes.is_empty() {
                lost = lost.or(Some(Tier::Ro));
            }
            let readings = line.codes.last().map(|(_, code)| code::readings(&code.text)).unwrap_or_default();
            if readings.first().is_some_and(|code| lost >= Some(code.tier) || lost.is_some_and(|tier| code.part(tier).is_some()))
            {
                lost = None;
            }
            found.extend(lost.map(|_| line.span));
        }
        found
    }

    /// The range of all its rows.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let mut lines = self.lines.iter().map(|l| l.span);
        let first = lines.next()?;
        Some(lines.filter(|s| s.from.grid == first.from.grid).fold(first, |all, s| all.with(s.from).with(s.to)))
    }

    /// Takes in the rows of one stretch.
    pub fn take(&mut self, words: &Words, titles: &BTreeSet<String>, lines: Vec<Line>) {
        let end = lines.iter().rposition(Line::has_figures).map_or(0, |n| n + 1 + usize::from(runs_on(&lines, n)));
        let marks = Marks {
            // Notes below the rows may begin with a dash, too.
            marked: lines[..end].iter().any(|l| l.mark.is_some()),
            headed: has_bare_headers(&lines),
            labels: repeated_labels(&lines),
        };
        let start = self.lines.len();
        let titles_below = between_tables(&lines);
        let mut at = 0;
        let lines = lines.into_iter().take(end).filter(|_| {
            at += 1;
            !titles_below[at - 1]
        });
        let mut lines = lines.peekable();
        while let Some(mut line) = lines.next() {
            if let Some(below) = lines.peek_mut().filter(|below| is_nameless(&line, below)) {
                below.take_name(line);
                continue;
            }
            if self.lines.len() > start && self.lines.last_mut().is_some_and(|above| reckoned::takes(above, &line)) {
                continue;
            }
            if line.amount.is_none() && line.codes.is_empty() && line.volumes.is_empty() && words.is_total(line.words()) {
                line.amount = line.price.take();
            }
            line.group = self.captions.len();
            let heading = heading_inside(&mut line);
            self.strays.extend(&line.strays);
            self.unread.extend(&line.unread);
            self.undecided.extend(&line.undecided);
            self.odd.extend(&line.odd);
            self.aside.extend(&line.aside);
            self.guessed.extend(&line.guessed);
            self.clipped.extend(line.clipped.then_some(line.span));
            without_place(words, &mut line);
            if is_footer(words, &line) {
                self.remarks.push(line.span);
            } else if line.codes.is_empty() && is_total(words, &line) {
                self.totals.push(Total { line, after: self.lines.len(), from: start });
            } else if line.has_figures()
                || !line.codes.is_empty() && !self.repeats(&line, start)
                || line.mark.is_some() && line.text.is_some()
            {
                self.lines.push(line);
            } else if !line.words().is_empty() {
                let next = lines.peek().is_some_and(|l| l.codes.is_empty() && l.has_figures());
                self.words_alone(words, titles, line, (&marks, next, start));
            }
            self.lines.extend(heading);
        }
        if marks.headed {
            self.part_names(start);
        }
    }

    /// Where headings of details stand as words alone, a page may have run one together with the name of the akun above it: what follows
    /// the name that the same code has elsewhere is a heading of its own.
    fn part_names(&mut self, start: usize) {
        let key = |l: &Line| l.codes.last().filter(|_| !l.is_leaf() && l.amount.is_some()).map(|(_, c)| c.text.clone());
        let mut shortest: BTreeMap<String, String> = BTreeMap::new();
        for line in &self.lines[start..] {
            if let Some(code) = key(line).filter(|_| !line.words().is_empty()) {
                let name = shortest.entry(code).or_insert_with(|| line.words().to_owned());
                if line.words().len() < name.len() {
                    line.words().clone_into(name);
                }
            }
        }
        for mut line in self.lines.split_off(start) {
            let name = key(&line).and_then(|code| shortest.get(&code));
            let rest = name.and_then(|name| line.words().strip_prefix(&format!("{name} "))).map(str::to_owned);
            let heading = rest.zip(line.text.as_mut()).map(|(rest, text)| {
                text.text.truncate(text.text.len() - rest.len() - 1);
                Line { text: Some(Text { text: rest, at: text.at }), ..Line::empty(line.span) }
            });
            self.lines.push(line);
            self.lines.extend(heading);
        }
    }

    /// A code that is printed again without figures goes on with its description.
    fn repeats(&self, line: &Line, start: usize) -> bool {
        let code = |l: &Line| l.codes.last().map(|(_, c)| c.text.clone());
        self.lines.len() > start && !line.has_figures() && self.lines.last().is_some_and(|l| code(l) == code(line))
    }

    /// A row of words: a remark, the rest of the description above, or a heading of the rows below.
    fn words_alone(&mut self, words: &Words, titles: &BTreeSet<String>, line: Line, (marks, next, start): (&Marks, bool, usize)) {
        let said = line.words().to_owned();
        if words.is_aside(&said) || words.is_about(&said) || titles.contains(&text::key(&said)) || in_brackets(&said) {
            return;
        }
        if label(&said).is_some_and(|l| marks.labels.contains(&l)) {
            self.noted.push(line.span);
            return;
        }
        let summed = self.totals.last().is_some_and(|t| t.after == self.lines.len());
        let before = if self.lines.len() > start { self.lines.last_mut() } else { None };
        let Some(above) = before else {
            if next {
                self.lines.push(line);
            } else if line.beside.is_empty() && line.units.is_empty() {
                self.captions.push(line.span);
            }
            return;
        };
        let short = above.words().chars().count() < WRAPPED;
        let follows = unclosed(above.words()) || !line.codes.is_empty() || said.starts_with(char::is_lowercase);
        let column = |l: &Line| l.text.as_ref().map(|text| text.at.col);
        if !follows && column(&line) < column(above) && (marks.marked || !next || said.starts_with(['(', '*'])) {
            // Among the codes stands no rest of a description.
            self.noted.push(line.span);
            return;
        }
        let goes_on = follows || !line.apart && (marks.marked || !next);
        if !goes_on && (short || marks.headed || line.apart) {
            if next {
                // A heading of details stands below a code somewhere, or below a sum, or has a mark, a number or capitals of its own.
                let numbered = line.text.as_ref().is_some_and(|t| t.at != line.span.from);
                let small = |t: &str| t.contains(char::is_lowercase);
                let sure =
                    !above.is_leaf() || marks.headed || line.apart || numbered || summed || small(above.words()) && !small(&said);
                self.doubtful.extend((!sure).then_some(line.span));
                self.lines.push(line);
            } else {
                self.captions.push(line.span);
            }
            return;
        }
        if !goes_on || short && !follows && !marks.marked {
            self.doubtful.push(above.span.with(line.span.from).with(line.span.to));
        }
        if let Some(text) = &mut above.text {
            text.text = format!("{} {said}", text.text);
        }
    }
}

/// Whether a row is the name of the detail on the line below it, which has none.
fn is_nameless(line: &Line, below: &Line) -> bool {
    let bare = line.codes.is_empty() && !line.has_figures() && !line.words().is_empty();
    bare && below.is_leaf() && below.codes.is_empty() && below.words().is_empty() && below.span.from.row == line.span.to.row + 1
}

/// How a table shows what heads its details.
struct Marks {
    /// By marks.
    marked: bool,
    /// By words alone.
    headed: bool,
    /// Labels that rows of words begin with again and again: `Dasar: …`.
    labels: BTreeSet<String>,
}

/// The words before the colon of a row of words.
fn label(said: &str) -> Option<String> {
    let (head, rest) = said.split_once(':')?;
    let key = text::key(head);
    (!rest.trim().is_empty() && key.split_whitespace().count() <= LONGEST_LABEL && key.contains(char::is_alphabetic))
        .then_some(key)
}

/// Words of a label at most.
const LONGEST_LABEL: usize = 3;

/// Labels that several rows of words alone begin with, each with something else behind it: they say something about other rows.
fn repeated_labels(lines: &[Line]) -> BTreeSet<String> {
    let alone = |l: &&Line| l.codes.is_empty() && l.mark.is_none() && !l.has_figures();
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for line in lines.iter().filter(alone) {
        if let Some(label) = label(line.words()) {
            seen.entry(label).or_default().insert(line.words());
        }
    }
    seen.into_iter().filter(|(_, said)| said.len() > 1).map(|(label, _)| label).collect()
}

/// Whether a row of words heads details somewhere for certain: below a code with a description that has room for them.
fn has_bare_headers(lines: &[Line]) -> bool {
    let alone = |l: &Line| l.codes.is_empty() && l.mark.is_none() && !l.has_figures() && !l.words().is_empty();
    lines.windows(3).any(|w| {
        let [above, line, below] = w else { return false };
        let below = below.codes.is_empty() && below.has_figures();
        let room = !above.codes.is_empty() && above.has_figures() && above.words().chars().count() < WRAPPED;
        room && below && alone(line) && !unclosed(above.words()) && !line.words().starts_with(char::is_lowercase)
    })
}

/// Rows of words between the last figures of a part and the headings of the next: titles, unless they go on with the last description.
fn between_tables(lines: &[Line]) -> Vec<bool> {
    let mut titles = vec![false; lines.len()];
    let mut below = true;
    for (n, line) in lines.iter().enumerate().rev() {
        below |= lines.get(n + 1).is_some_and(|next| next.part != line.part);
        below &= !line.has_figures();
        let bare = (line.codes.is_empty() || line.caption) && line.mark.is_none();
        let goes_on = !line.apart && n > 0 && runs_on(lines, n - 1);
        titles[n] = below && bare && !goes_on;
    }
    titles
}

/// A heading of details that a page's cells have run together with the row above: `Belanja Bahan > Rapat pleno`.
fn heading_inside(line: &mut Line) -> Option<Line> {
    let words = line.text.as_mut()?;
    let (above, below) = words.text.split_once(" > ")?;
    let (above, below) = (above.trim().to_owned(), below.trim_start_matches(['>', ' ']).to_owned());
    if above.is_empty() || below.is_empty() {
        return None;
    }
    words.text = above;
    Some(Line { text: Some(Text { text: below, at: words.at }), mark: Some(Mark::Header(1)), ..Line::empty(line.span) })
}

/// Takes `(Lokasi : Kota Palu)` from the end of a description that a page's cell has run together with it.
fn without_place(words: &Words, line: &mut Line) {
    if let Some(text) = &mut line.text
        && let Some(open) =
            text.text.rfind(" (").filter(|&at| in_brackets(text.text[at..].trim()) && words.is_aside(&text.text[at..]))
    {
        text.text.truncate(open);
    }
}

/// Whether the words right below the last figures of a page go on with their description.
fn runs_on(lines: &[Line], last: usize) -> bool {
    let (above, Some(below)) = (&lines[last], lines.get(last + 1)) else { return false };
    let next = below.span.from.row == above.span.to.row + 1 && below.codes.is_empty() && below.mark.is_none();
    next && (unclosed(above.words()) || below.words().starts_with(char::is_lowercase) || below.words().ends_with(']'))
}

/// Whether a bracket is open at the end of a text.
fn unclosed(text: &str) -> bool {
    text.matches(['[', '(']).count() > text.matches([']', ')']).count()
}

/// `(Lokasi : Kota Palu)`.
fn in_brackets(said: &str) -> bool {
    said.starts_with('(') && said.ends_with(')') && said.contains(':')
}

/// `Dicetak tanggal … Halaman 3`: words about the paper, and a figure that no quantity or price stands beside.
fn is_footer(words: &Words, line: &Line) -> bool {
    line.codes.is_empty() && line.has_figures() && line.volumes.is_empty() && line.price.is_none() && words.is_aside(line.words())
}

fn is_total(words: &Words, line: &Line) -> bool {
    (line.amount.is_some() || !line.unread.is_empty() || !line.undecided.is_empty())
        && !line.is_leaf()
        && line.mark.is_none()
        && words.is_total(line.words())
}

/// The folded texts above the headings: page headings repeat them.
#[must_use]
pub fn titles(sheet: &Marked, stretches: &[Stretch]) -> BTreeSet<String> {
    let end = stretches.first().map_or(0, |s| s.heading.start);
    let cells = (0..end).flat_map(|n| sheet.row(n).1.map(|(c, _)| c.value).collect::<Vec<_>>());
    cells.filter_map(|v| sheet.grid.text(v)).map(text::key).filter(|t| !t.is_empty()).collect()
}
