//! Parts of a page that stand side by side: columns of running text, a table beside text, two tables. Each is read on its own.
//!
//! A strip that stays free over many lines parts columns of one table as well. It parts the page where what stands on either side
//! needs nothing of the other: paragraphs, a table with labels of its own, and lines that do not stand at the same heights or titles of
//! their own.

use super::edges::{Edge, Edges};
use super::geometry::Area;
use super::lines::{Line, lines};
use super::prose::{narrow_paragraphs, paragraphs};
use super::tokens::{Row, Token, row};
use super::words::Word;

/// Fewest lines on either side of a strip.
const FEWEST: usize = 4;
/// Strips of one part that are looked at closely.
const MOST_TRIED: usize = 16;
/// Strips of one part beyond which it is no text.
const MOST_STRIPS: usize = 600;
/// Parts of parts: three columns of text are two steps.
const DEEPEST: usize = 4;

/// The chosen words in parts, in reading order.
#[must_use]
pub fn parts(words: &[Word], chosen: &[usize], edges: &Edges) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    part(words, chosen, edges, DEEPEST, &mut out);
    out
}

fn part(words: &[Word], chosen: &[usize], edges: &Edges, depth: usize, out: &mut Vec<Vec<usize>>) {
    let Some(cut) = (depth > 0).then(|| cut(words, chosen, edges)).flatten() else {
        out.push(chosen.to_vec());
        return;
    };
    let all = chosen.iter().copied();
    let (y, x) = (|i: usize| words[i].area.mid_y(), |i: usize| words[i].area.mid_x());
    let above: Vec<usize> = all.clone().filter(|&i| y(i) < cut.y0).collect();
    let below: Vec<usize> = all.clone().filter(|&i| y(i) > cut.y1).collect();
    let beside = |i: &usize| y(*i) >= cut.y0 && y(*i) <= cut.y1;
    let (left, right): (Vec<usize>, Vec<usize>) = all.filter(beside).partition(|&i| x(i) < cut.mid_x());
    for some in [above, left, right, below] {
        if !some.is_empty() {
            part(words, &some, edges, depth - 1, out);
        }
    }
}

/// The strip at which these words are cut in two, as high as what stands beside it.
fn cut(words: &[Word], chosen: &[usize], edges: &Edges) -> Option<Area> {
    let upright = || chosen.iter().copied().filter(|&i| words[i].turned == 0);
    let rows: Vec<Row> = lines(words, upright()).iter().filter_map(|l| row(words, l)).collect();
    let mut strips = strips(&rows);
    strips.sort_by(|a, b| {
        weight(b).total_cmp(&weight(a)).then(a.area.x0.total_cmp(&b.area.x0)).then(a.area.y0.total_cmp(&b.area.y0))
    });
    strips.dedup_by(|a, b| a.area == b.area);
    let found = strips.into_iter().take(MOST_TRIED).find(|s| independent(words, chosen, edges, &s.area)).map(|s| s.area)?;
    Some(between_tables(words, chosen, &rows, found))
}

/// A strip between columns of text without the rows of a table above and below them that leave it free by chance: what they have on its
/// right are figures alone, or more rows of several texts follow beyond it.
fn between_tables(words: &[Word], chosen: &[usize], rows: &[Row], strip: Area) -> Area {
    let mut own = vec![false; words.len()];
    for &i in chosen {
        own[i] = true;
    }
    let prose = paragraphs(words, &own);
    let text = |r: &&Row| r.tokens.iter().flat_map(|t| &t.words).any(|&i| prose[i]);
    let beside: Vec<&Row> = rows.iter().filter(|r| r.area.mid_y() > strip.y0 && r.area.mid_y() < strip.y1).collect();
    let counted = |r: &&&Row| {
        let right = r.tokens.iter().find(|t| t.area.x0 >= strip.mid_x());
        r.tokens.len() > 2 && r.area.x0 < strip.x0 && right.is_some_and(|t| t.numeric && !t.year)
    };
    // Rows that go on below the strip with texts across it.
    let near = |a: &Row, b: &Row| (b.area.y0 - a.area.y1).max(a.area.y0 - b.area.y1) < 1.2 * a.size;
    let beyond = |some: &[&Row]| {
        let full = |r: &&Row| r.tokens.len() > 2 && r.area.x0 < strip.x0 && r.area.x1 > strip.x1;
        let across = |r: &&Row| full(r) && r.tokens.iter().any(|t| t.area.x0 < strip.x0 && t.area.x1 > strip.x1);
        let outside = |r: &&Row| r.area.mid_y() < strip.y0 || r.area.mid_y() > strip.y1;
        let ends = some.first().zip(some.last()).filter(|_| some.iter().any(full));
        ends.is_some_and(|(a, z)| rows.iter().filter(outside).any(|r| across(&r) && (near(a, r) || near(z, r))))
    };
    let table = |some: &[&Row]| some.iter().filter(counted).count() >= FEWEST - 1 || beyond(some);
    let (Some(first), Some(last)) = (beside.iter().position(text), beside.iter().rposition(text)) else { return strip };
    let y0 = if table(&beside[..first]) { beside[first].area.y0 - 0.5 } else { strip.y0 };
    let y1 = if table(&beside[last + 1..]) { beside[last].area.y1 + 0.5 } else { strip.y1 };
    Area { y0, y1, ..strip }
}

/// A free strip: how high it is in lines on its poorer side.
struct Strip {
    area: Area,
    lines: usize,
}

#[expect(clippy::cast_precision_loss, reason = "lines of a page")]
fn weight(s: &Strip) -> f32 {
    s.lines as f32 * s.area.width().min(24.0).sqrt()
}

/// Strips that no text stands across, with enough lines on both sides.
fn strips(rows: &[Row]) -> Vec<Strip> {
    let mut at: Vec<f32> =
        rows.iter().flat_map(|r| r.gaps().filter(|(a, b)| b - a > 0.9 * r.size)).map(|(a, b)| f32::midpoint(a, b)).collect();
    at.sort_by(f32::total_cmp);
    at.dedup_by(|a, b| *a - *b < 3.0);
    at.truncate(MOST_STRIPS);
    at.into_iter().flat_map(|x| runs(rows, x)).collect()
}

/// The runs of lines that leave a position free.
fn runs(rows: &[Row], x: f32) -> Vec<Strip> {
    let crossed = |r: &&Row| r.tokens.iter().any(|t| t.area.x0 < x && t.area.x1 > x);
    rows.chunk_by(|a, b| crossed(&a) == crossed(&b))
        .filter(|run| !run.iter().any(|r| crossed(&r)))
        .filter_map(|run| strip(run, x))
        .collect()
}

/// The strip around a position in a run of lines, from where both sides begin to where both have ended.
fn strip(run: &[Row], x: f32) -> Option<Strip> {
    let has = |r: &Row, left: bool| r.tokens.iter().any(|t| (t.area.mid_x() < x) == left);
    let ends = |left: bool| Some((run.iter().position(|r| has(r, left))?, run.iter().rposition(|r| has(r, left))?));
    let ((a, b), (c, d)) = (ends(true)?, ends(false)?);
    let (first, last) = (reaching(run, a.max(c), true), reaching(run, b.min(d), false));
    if a.max(c) > b.min(d) {
        return None;
    }
    let run = &run[first..=last];
    let count = |left: bool| run.iter().filter(|r| has(r, left)).count();
    let lines = count(true).min(count(false));
    let tokens = || run.iter().flat_map(|r| &r.tokens);
    let x0 = tokens().filter(|t| t.area.mid_x() < x).map(|t| t.area.x1).fold(f32::NEG_INFINITY, f32::max);
    let x1 = tokens().filter(|t| t.area.mid_x() >= x).map(|t| t.area.x0).fold(f32::INFINITY, f32::min);
    let size = run.iter().map(|r| r.size).fold(0.0, f32::max);
    let (y0, y1) = (run[0].area.y0 - 0.5, run[run.len() - 1].area.y1 + 0.5);
    (lines >= FEWEST && x1 - x0 > 0.7 * size).then_some(Strip { area: Area { x0, y0, x1, y1 }, lines })
}

/// The farthest line of a run that is reached from `start` without wide white.
fn reaching(run: &[Row], start: usize, up: bool) -> usize {
    let close = |a: &Row, b: &Row| b.area.y0 - a.area.y1 < 2.2 * a.size.max(b.size);
    let mut at = start;
    while up && at > 0 && close(&run[at - 1], &run[at]) {
        at -= 1;
    }
    while !up && at + 1 < run.len() && close(&run[at], &run[at + 1]) {
        at += 1;
    }
    at
}

/// How many lines have none but marked words.
fn of_lines(lines: &[Line], marked: &[bool]) -> usize {
    lines.iter().filter(|l| l.words.iter().all(|&i| marked[i])).count()
}

/// One side of a strip.
struct Side {
    rows: Vec<Row>,
    /// Lines that belong to paragraphs.
    prose: usize,
    lines: Vec<Line>,
    mask: Vec<bool>,
    area: Area,
}

impl Side {
    fn new(words: &[Word], own: &[usize]) -> Option<Self> {
        let mut mask = vec![false; words.len()];
        for &i in own {
            mask[i] = true;
        }
        let lines: Vec<Line> = lines(words, own.iter().copied());
        let prose = of_lines(&lines, &paragraphs(words, &mask));
        let rows: Vec<Row> = lines.iter().filter_map(|l| row(words, l)).collect();
        let area = Area::around(rows.iter().map(|r| r.area))?;
        Some(Self { rows, prose, lines, mask, area })
    }

    /// Mostly paragraphs.
    fn text(&self) -> bool {
        self.prose >= FEWEST && self.prose * 2 >= self.rows.len()
    }

    /// Paragraphs and tables in themselves, whose rows have labels or years with figures behind them; labels may take several lines.
    fn whole(&self) -> bool {
        let entry = |r: &&Row| r.tokens.len() >= 2 && self.labelled(r) && r.tokens[r.tokens.len() - 1].counted;
        let entries = self.rows.iter().filter(entry).count();
        let edge = self.rows.iter().filter(entry).map(|r| r.tokens[1].area.x0).fold(f32::INFINITY, f32::min);
        let label = |r: &&Row| r.tokens.len() == 1 && !r.tokens[0].numeric && r.area.x1 < edge;
        let labels = if entries >= 3 { self.rows.iter().filter(label).count().min(5 * entries) } else { 0 };
        (self.prose >= FEWEST || entries >= 3) && (self.prose + entries + labels) * 3 >= self.rows.len()
    }

    /// Mostly paragraphs, or what looks like it.
    fn texts(&self, words: &[Word]) -> bool {
        let narrow = of_lines(&self.lines, &narrow_paragraphs(words, &self.mask));
        narrow >= FEWEST + 2 && narrow * 2 >= self.rows.len()
    }

    /// Its heading of words and years, and where the names of the rows of figures below it stand, if it is such a table.
    fn named(&self) -> Option<(&Row, Area)> {
        let at = self.rows.iter().position(|r| r.tokens.len() > 1)?;
        let (heading, body) = (&self.rows[at], &self.rows[at + 1..]);
        let figures = |r: &&Row| r.tokens.len() > 1 && r.tokens[1..].iter().all(|t| t.numeric);
        let own = |r: &&Row| figures(r) && (!r.tokens[0].numeric || r.tokens[0].year);
        let rows: Vec<&Row> = body.iter().filter(own).collect();
        let table = rows.len() >= 3 && rows.len() * 5 >= body.len() * 4 && heading.tokens.iter().all(|t| !t.numeric || t.year);
        let names = Area::around(rows.iter().map(|r| r.tokens[0].area))?;
        table.then_some((heading, names))
    }

    /// The widest stretch right of the names that all rows of several texts leave free.
    fn widest_free(&self, from: f32) -> f32 {
        let tokens = self.rows.iter().filter(|r| r.tokens.len() > 1).flat_map(|r| &r.tokens);
        let mut taken: Vec<(f32, f32)> = tokens.filter(|t| t.area.x0 > from).map(|t| (t.area.x0, t.area.x1)).collect();
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let begin = taken.first().map_or(from, |t| t.1);
        taken.iter().fold((0.0_f32, begin), |(widest, end), t| (widest.max(t.0 - end), end.max(t.1))).0
    }

    fn labelled(&self, row: &Row) -> bool {
        !row.tokens[0].numeric || (row.tokens[0].year && row.area.x0 < self.area.x0 + 2.0 * row.size)
    }

    /// Whether a text from its left end stands across its columns: a title, a note.
    fn titled(&self) -> bool {
        let gaps: Vec<(f32, f32)> = self
            .rows
            .iter()
            .filter(|r| r.parted() && r.tokens.iter().skip(1).any(|t| t.numeric))
            .filter_map(|r| r.gaps().next())
            .collect();
        let across = |r: &&Row| {
            let t = &r.tokens[0];
            let over = |g: &&(f32, f32)| t.area.x0 < g.0 && t.area.x1 > g.1 + r.size;
            r.tokens.len() == 1
                && !t.numeric
                && t.area.x0 < self.area.x0 + 0.3 * self.area.width()
                && gaps.iter().filter(over).count() * 2 > gaps.len()
        };
        gaps.len() >= 3 && self.rows.iter().any(|r| across(&r))
    }
}

/// Whether what stands on either side of a strip needs nothing of the other side.
fn independent(words: &[Word], chosen: &[usize], edges: &Edges, strip: &Area) -> bool {
    let beside = |i: &usize| words[*i].turned == 0 && words[*i].area.mid_y() > strip.y0 && words[*i].area.mid_y() < strip.y1;
    let (left, right): (Vec<usize>, Vec<usize>) =
        chosen.iter().copied().filter(beside).partition(|&i| words[i].area.mid_x() < strip.mid_x());
    let (Some(left), Some(right)) = (Side::new(words, &left), Side::new(words, &right)) else { return false };
    if left.text() && right.text() {
        return true;
    }
    if captioned(words, &left, &right) || interruptions(edges, strip) >= FEWEST - 1 {
        return true;
    }
    let (a, b) = (apart(&left, &right), apart(&right, &left));
    let shifted = a > 0.34 && b > 0.34;
    // Lists, headings and pictures may leave paragraphs few lines of a column, but hardly a line at the height of one beside it.
    if a > 0.8 && b > 0.8 && left.prose.min(right.prose) >= FEWEST {
        return true;
    }
    if left.whole() && right.whole() {
        shifted || (left.titled() && right.titled()) || two_tables(words, (&left, &right), edges, strip)
    } else {
        shifted && left.texts(words) && right.texts(words)
    }
}

/// Whether two tables stand side by side on the same lines: each begins with a heading of its own, and the white between them is much
/// wider than between the columns of either, or neither has a heading above its names, as only first columns do without. The halves of
/// one long list have the same heading.
fn two_tables(words: &[Word], (left, right): (&Side, &Side), edges: &Edges, strip: &Area) -> bool {
    let text = |r: &Row| -> Vec<&str> { r.tokens.iter().flat_map(|t| &t.words).map(|&i| words[i].text.as_str()).collect() };
    let (Some((a, names)), Some((b, others))) = (left.named(), right.named()) else { return false };
    let apart = text(a) != text(b) && (a.base - b.base).abs() < 0.12 * a.size;
    let bare = names.x1 < a.area.x0 && others.x1 < b.area.x0;
    let inner = left.widest_free(names.x1).max(right.widest_free(others.x1));
    apart && (interrupted(edges, strip) || strip.width() > if bare { 1.2 * a.size } else { (2.0 * inner).max(1.6 * a.size) })
}

/// Whether both sides have a caption of their own at the same height, above or below what they hold: a word and a number, the same word
/// on both sides, flush with its side.
fn captioned(words: &[Word], left: &Side, right: &Side) -> bool {
    const LOOKED_AT: usize = 3;
    let ends = |s: &'_ Side| -> Vec<Row> {
        let n = s.rows.len();
        s.rows.iter().take(LOOKED_AT).chain(s.rows.iter().skip(n.saturating_sub(LOOKED_AT).max(LOOKED_AT))).cloned().collect()
    };
    let text = |r: &Row, k: usize| r.tokens[0].words.get(k).map(|&i| words[i].text.to_lowercase());
    let counted = |r: &Row| text(r, 1).is_some_and(|t| t.contains(|c: char| c.is_ascii_digit()));
    let caption = |r: &Row, s: &Side| {
        let named = text(r, 0).is_some_and(|t| t.chars().count() > 3 && t.chars().all(char::is_alphabetic));
        r.tokens.len() == 1 && named && counted(r) && r.tokens[0].words.len() > 2 && r.area.x0 < s.area.x0 + r.size
    };
    let (mine, others) = (ends(left), ends(right));
    let pair = |a: &Row, b: &Row| (a.base - b.base).abs() < 0.5 * a.size && text(a, 0) == text(b, 0);
    mine.iter().filter(|a| caption(a, left)).any(|a| others.iter().any(|b| caption(b, right) && pair(a, b)))
}

/// Whether a text begins with a word and its number, which is no year: `Tabel 3.`, `Lampiran 2:`.
#[must_use]
pub fn caption(token: &Token, words: &[Word]) -> bool {
    let [name, number, _, ..] = token.words.as_slice() else { return false };
    let (name, number) = (&words[*name].text, &words[*number].text);
    let named = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic) && name.chars().count() > 3;
    let digits =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || ".:".contains(c));
    named && digits && !super::tokens::year(number.trim_end_matches(['.', ':']))
}

/// Whether lines at the same height end and begin anew at a strip, and none goes on across it.
fn interrupted(edges: &Edges, strip: &Area) -> bool {
    interruptions(edges, strip) > 0
}

/// At how many heights lines end and begin anew at a strip; zero where one goes on across it.
fn interruptions(edges: &Edges, strip: &Area) -> usize {
    const SHORTEST: f32 = 60.0;
    const SLACK: f32 = 6.0;
    let first = edges.level.partition_point(|e| e.at < strip.y0 - SLACK);
    let beside: Vec<&Edge> = edges.level[first..].iter().take_while(|e| e.at < strip.y1 + SLACK).collect();
    let long = |e: &&&Edge| e.length() > SHORTEST;
    let ends = |e: &Edge| e.to > strip.x0 - SLACK && e.to < strip.mid_x();
    let begins = |e: &Edge, at: f32| (e.at - at).abs() < 1.0 && e.from > strip.mid_x() && e.from < strip.x1 + SLACK;
    if beside.iter().any(|e| e.from < strip.x0 && e.to > strip.x1) {
        return 0;
    }
    let broken = beside.iter().filter(long).filter(|e| ends(e));
    broken.filter(|e| beside.iter().filter(long).any(|o| begins(o, e.at))).count()
}

/// The share of the lines of a side, as far as the other one reaches, that have no line of the other at their height.
fn apart(side: &Side, other: &Side) -> f32 {
    let shared: Vec<&Row> =
        side.rows.iter().filter(|r| r.area.mid_y() > other.area.y0 && r.area.mid_y() < other.area.y1).collect();
    let alone = |r: &&&Row| other.rows.iter().all(|o| (o.base - r.base).abs() > 0.12 * r.size);
    #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
    let share = shared.iter().filter(alone).count() as f32 / shared.len().max(1) as f32;
    share
}
