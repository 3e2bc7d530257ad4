//! A document of any form as passages of running text: paragraphs put together again where a page broke their lines, rows of tables
//! with their cells side by side. Every byte knows its cell.

use crate::model::origin::Place;
use crate::model::{Cell, Document, Format, Grid, Origin, Value};

/// A paragraph, an item of a list, or a row of a table.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Its text; cells of a row are parted by tabs, lines that belong together by spaces.
    pub text: String,
    /// Where each piece begins in `text`, and its cell.
    pub cells: Vec<(usize, Origin)>,
    /// Whether it is a row of several cells.
    pub row: bool,
    /// Where the cells stand on their line (first and last character) if they are stretches of one, parted by wide gaps.
    pub stretches: Vec<(u16, u16)>,
}

impl Passage {
    /// The cell that a byte of the text stands in.
    pub fn origin(&self, byte: usize) -> Origin {
        let i = self.cells.partition_point(|(start, _)| *start <= byte);
        self.cells.get(i.saturating_sub(1)).map_or(Origin::new(0, 0, 0), |(_, origin)| *origin)
    }

    /// Where the cell of a byte stands from left to right: its column, or first and last character of its stretch.
    pub fn column(&self, byte: usize) -> (u16, u16) {
        let i = self.cells.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        self.stretches.get(i).copied().unwrap_or_else(|| {
            let col = self.origin(byte).col;
            (col, col)
        })
    }

    /// The bytes of the cell that a byte stands in.
    pub fn cell(&self, byte: usize) -> std::ops::Range<usize> {
        let i = self.cells.partition_point(|(start, _)| *start <= byte);
        let start = self.cells.get(i.saturating_sub(1)).map_or(0, |(start, _)| *start);
        start..self.cells.get(i).map_or(self.text.len(), |(next, _)| next.saturating_sub(1))
    }

    fn push(&mut self, text: &str, origin: Origin, between: char) {
        if !self.cells.is_empty() {
            self.text.push(between);
        }
        self.cells.push((self.text.len(), origin));
        self.text.push_str(text);
    }
}

/// Marks that end a line for good.
const ENDS: [char; 4] = ['.', ':', ';', '!'];

/// Lines shorter than this never go on in the next one.
const SHORTEST: usize = 40;

/// All passages in reading order; hidden sheets and rows say nothing unless everything is hidden.
pub fn passages(document: &Document) -> Vec<Passage> {
    let all_hidden = document.grids.iter().all(|g| g.hidden);
    let grids = document.grids.iter().zip(0u16..).filter(|(g, _)| all_hidden || !g.hidden);
    let mut lines: Vec<(f64, Passage)> = Vec::new();
    for (grid, number) in grids {
        for row in grid.cells.chunk_by(|a, b| a.row == b.row).filter(|row| !grid.row_hidden(row[0].row)) {
            let line = line(grid, number, row);
            if !line.text.trim().is_empty() {
                lines.push((height(grid, row[0]), line));
            }
        }
        if !document.grids.iter().any(|g| is_running_text(g) && g.page == grid.page) {
            lines.extend(around(grid, number));
        }
    }
    // Tables of a page follow its lines in the file; on the paper they stand between them.
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let width = widest(&lines);
    let paragraphs = !matches!(document.format, Format::Txt | Format::Pdf);
    let mut out: Vec<Passage> = Vec::new();
    for (_, line) in lines {
        match out.last_mut().filter(|last| goes_on(last, &line, width, paragraphs)) {
            Some(last) => line.cells.iter().for_each(|&(start, origin)| last.push(&line.text[start..], origin, ' ')),
            None => out.push(line),
        }
    }
    out
}

/// A row as one line.
fn line(grid: &Grid, number: u16, row: &[Cell]) -> Passage {
    let mut line = Passage::default();
    for cell in row {
        let shown = match cell.value {
            Value::Error(_) | Value::NoResult => continue,
            value => grid.shown(value),
        };
        let shown: String = shown.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }).collect();
        if !shown.trim().is_empty() {
            line.push(shown.trim(), Origin::new(number, cell.row, cell.col), '\t');
        }
    }
    line.row = line.cells.len() > 1;
    let [cell] = row else { return line };
    let whole = grid.text(cell.value).filter(|text| matches!(grid.place, Place::Lines) && !text.contains('\n'));
    whole.and_then(|text| parted(text, Origin::new(number, cell.row, cell.col))).unwrap_or(line)
}

/// A line of plain text that is a row of a table: stretches parted by wide gaps, at least three, or a name and a figure.
fn parted(text: &str, origin: Origin) -> Option<Passage> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() > LONGEST_ROW || text.contains([':', '\t']) {
        return None;
    }
    let mut row = Passage { row: true, ..Passage::default() };
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_whitespace() {
            at += 1;
            continue;
        }
        let gap = |i: usize| chars.get(i).is_none_or(|c| c.is_whitespace()) && chars.get(i + 1).is_none_or(|c| c.is_whitespace());
        let end = (at..chars.len()).find(|&i| gap(i)).unwrap_or(chars.len());
        let piece: String = chars[at..end].iter().collect();
        row.push(&piece, origin, '\t');
        row.stretches.push((u16::try_from(at).ok()?, u16::try_from(end - 1).ok()?));
        at = end;
    }
    let figure = |piece: &str| {
        piece.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && piece.contains(|c: char| c.is_ascii_digit())
    };
    let table = row.cells.len() >= 3 || row.cells.len() == 2 && row.text.split('\t').any(figure);
    table.then_some(row)
}

/// Rows of tables in plain text are no longer than this.
const LONGEST_ROW: usize = 240;

/// The lines of a page around its tables: a grid of paper with one column, named after the page alone.
fn is_running_text(grid: &Grid) -> bool {
    matches!(grid.place, Place::Paper { .. }) && !grid.name.contains('.')
}

/// The lines around the tables of a page that has no grid for its running text.
fn around(grid: &Grid, number: u16) -> Vec<(f64, Passage)> {
    let Place::Paper { boxes } = &grid.place else { return Vec::new() };
    let start = boxes.partition_point(|b| b.0 < Grid::AROUND);
    let line = |&(row, col, page, area): &(u32, u16, u16, [f32; 4])| {
        let text = grid.around.get((row - Grid::AROUND) as usize)?;
        let mut line = Passage::default();
        line.push(text.trim(), Origin::new(number, row, col), '\t');
        Some((f64::from(page) * 100_000.0 + f64::from(area[1]), line))
    };
    boxes.get(start..).unwrap_or_default().iter().filter_map(line).collect()
}

/// How far down the whole paper a row stands; the same for everything that is no paper, whose order is right.
fn height(grid: &Grid, cell: Cell) -> f64 {
    let Place::Paper { boxes } = &grid.place else { return 0.0 };
    let at = boxes.partition_point(|b| (b.0, b.1) < (cell.row, cell.col));
    boxes.get(at).map_or(0.0, |(.., page, area)| f64::from(*page) * 100_000.0 + f64::from(area[1]))
}

/// How many characters the long lines have.
fn widest(lines: &[(f64, Passage)]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().filter(|(_, l)| !l.row).map(|(_, l)| l.text.chars().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 10)).copied().unwrap_or(0).min(160)
}

/// Whether the next line goes on with what the last one says: both are running text, the last one is full and ends in no mark, the
/// next one begins nothing new. `paragraphs`: lines are paragraphs already, and go on only where a sentence is cut in two.
fn goes_on(last: &Passage, next: &Passage, width: usize, paragraphs: bool) -> bool {
    let same_grid = last.cells.last().map(|c| c.1.grid) == next.cells.first().map(|c| c.1.grid);
    if last.row || next.row || !same_grid || marker(&next.text).is_some() || is_field(&next.text) {
        return false;
    }
    let tail = last.cells.last().map_or("", |(start, _)| &last.text[*start..]).trim_end();
    let length = tail.chars().count();
    if length >= 20 && last.text.matches('(').count() > last.text.matches(')').count() {
        return true;
    }
    if is_value_of(tail, &next.text) {
        return true;
    }
    let full = length >= SHORTEST && length * 10 >= width * 6;
    let begins = next.text.trim_start().starts_with(char::is_uppercase);
    let (words, silent) = (next.text.split_whitespace().count(), !next.text.contains(|c: char| c.is_ascii_digit()));
    let stated = tail.ends_with(|c: char| c == ')' || c.is_ascii_digit())
        && (next.text.contains(':') || words >= 8 || silent && words >= SENTENCE && next.text.trim_end().ends_with('.'));
    full && !tail.ends_with(ENDS) && !(begins && (paragraphs || stated))
}

/// Fewest words of a sentence.
const SENTENCE: usize = 4;

/// Most words of a label above its figure, and of the line with the figure.
const LABEL: (usize, usize) = (12, 5);

/// `3. Jumlah Pemilih Laki-laki` above `97.864 orang`, above `(terbilang: …)`: a label without figures, and a line that is its figure.
fn is_value_of(last: &str, next: &str) -> bool {
    let next = next.trim_start();
    let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let behind_mark = marker(last).map_or(last, |(_, end)| last.get(end..).unwrap_or_default());
    let words = |text: &str| text.split_whitespace().count();
    let label = !digits(behind_mark) && words(behind_mark) <= LABEL.0 && behind_mark.contains(char::is_alphabetic);
    let listed = marker(last).is_some() || last.trim_end().ends_with(':');
    // `: 66.230` below its label.
    if let Some(value) = next.strip_prefix(':') {
        return label && !listed && value.trim_start().starts_with(|c: char| c.is_ascii_digit());
    }
    let value = next.starts_with(|c: char| c.is_ascii_digit()) && words(next) <= LABEL.1 && label && listed;
    let spelled =
        next.starts_with('(') && last.ends_with(|c: char| c.is_alphanumeric()) && digits(last) && words(last) <= LABEL.1;
    value && !last.ends_with([';', '.']) || spelled
}

/// `Jumlah kecamatan : 17`: a short name, a colon, a value.
fn is_field(text: &str) -> bool {
    text.split_once([':', '=']).is_some_and(|(name, value)| {
        let words = name.split_whitespace().count();
        (1..=7).contains(&words) && !name.contains([',', '(', ')']) && !value.trim().is_empty()
    })
}

/// What counts an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// `1.`
    Digits,
    /// `1)`
    DigitsBracket,
    /// `(1)`
    Brackets,
    /// `a.`
    Letter,
    /// `a)`
    LetterBracket,
    /// `(a)`
    LetterBrackets,
    /// `I.`, `IV.`
    Capitals,
    /// `-`, `•`
    Bullet,
}

/// The mark at the beginning of an item, and how many bytes it takes.
pub fn marker(text: &str) -> Option<(Marker, usize)> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    if let Some(bullet) = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '•' | '*' | '▪' | '●' | '\u{f0b7}' | '➢' | '·'))
    {
        let end = bullet.len_utf8();
        return rest[end..].starts_with([' ', '\t']).then_some((Marker::Bullet, start + end));
    }
    let open = rest.starts_with('(');
    let body = if open { &rest[1..] } else { rest };
    let length = body.find(|c: char| !c.is_ascii_alphanumeric()).filter(|n| (1..=5).contains(n))?;
    let (mark, behind) = body.split_at(length);
    let close = behind.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let end = start + usize::from(open) + length + 1;
    if !text[end..].starts_with(|c: char| c.is_whitespace() || c.is_alphabetic()) && end < text.len() {
        return None;
    }
    let digits = mark.len() <= 3 && mark.bytes().all(|b| b.is_ascii_digit());
    let roman = mark.chars().all(|c| "IVX".contains(c));
    let letter = mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_alphabetic());
    let marker = match (open, close) {
        (true, ')') if digits => Marker::Brackets,
        (true, ')') if letter => Marker::LetterBrackets,
        (false, '.') if digits => Marker::Digits,
        (false, ')') if digits => Marker::DigitsBracket,
        (false, '.') if roman => Marker::Capitals,
        (false, '.') if letter => Marker::Letter,
        (false, ')') if letter => Marker::LetterBracket,
        _ => return None,
    };
    Some((marker, end))
}
