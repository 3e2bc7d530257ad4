//! Texts of a heading that stand above several columns: to the ends of the line drawn under them, from where they begin, or over whose
//! middle they stand.

use super::bands::{Placed, column};
use super::edges::{Edge, Edges};
use super::geometry::Area;
use super::headings::{Heading, text};
use super::words::Word;

/// How far a text may stand from the middle of the headings below it, in points.
const EXACT: f32 = 2.5;

/// Texts that reach into each other's columns beside each other, longer than their cells, stand in the column of their middle.
pub fn part_crossing(all: &mut [Heading], bounds: &[f32]) {
    let crosses = |a: &Heading, b: &Heading| {
        let (own, other) = (a.placed.area, b.placed.area);
        meets(&a.placed, &b.placed) && own.shared_height(&other) > 0.5 * own.height().min(other.height())
    };
    for i in 0..all.len() {
        let middle = column(bounds, all[i].placed.area.mid_x());
        if all[i].placed.cols > 1 && (0..all.len()).any(|k| k != i && crosses(&all[k], &all[i])) {
            (all[i].placed.col, all[i].placed.cols) = (middle, 1);
        }
    }
}

/// Texts of the upper lines that stand above several headings are given all of their columns, but for those that have them; the lower
/// first, since what stands over them reaches as far as they do.
pub fn stretch(all: &mut [Heading], settled: &[usize], bounds: &[f32], edges: &Edges) {
    let mut order: Vec<usize> = (0..all.len()).filter(|i| !settled.contains(i)).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(all[i].top));
    for i in order {
        let h = &all[i];
        let below = all.iter().any(|o| o.top > h.bottom && meets(&o.placed, &h.placed));
        if !below {
            continue;
        }
        if let Some((from, to)) =
            underlined(all, i, bounds, edges).or_else(|| leading(all, i, bounds)).or_else(|| centred(all, i, bounds))
        {
            let h = &mut all[i].placed;
            (h.col, h.cols) = (from, to + 1 - from);
        }
    }
}

/// The lines on which headings of single columns begin.
fn lines_of_columns(all: &[Heading]) -> Vec<usize> {
    let mut lines: Vec<usize> = all.iter().filter(|h| h.placed.cols == 1).map(|h| h.top).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The headings of single columns that begin on a line, and those of fewer lines beside their middle, from left to right.
fn columns_at(all: &[Heading], line: usize) -> Vec<&Heading> {
    let single = |from: usize| all.iter().filter(move |h| h.top >= from && h.placed.cols == 1);
    let first: Vec<&Heading> = single(line).filter(|h| h.top == line).collect();
    let beside = |h: &Heading| first.iter().any(|o| (o.placed.area.mid_y() - h.placed.area.mid_y()).abs() < LEVEL);
    let mut row: Vec<&Heading> = single(line).filter(|h| h.top == line || beside(h)).collect();
    row.sort_by_key(|h| h.placed.col);
    row
}

/// Headings that come again and again (`L | P | Jumlah | L | P | Jumlah`) below as many texts as they come: each text stands above one
/// round of them, if its middle does.
pub fn in_rounds(all: &mut [Heading], words: &[Word]) {
    for line in lines_of_columns(all) {
        let row = columns_at(all, line);
        let runs = row.chunk_by(|a, b| a.placed.col + 1 == b.placed.col);
        // A text exactly over the middle of a round and what follows it (`L | P | L + P` behind many `L | P`) heads that too.
        let wider = |&(i, col, cols): &(usize, usize, usize)| {
            let own = &all[i].placed;
            let below = |c: usize| row.iter().find(|o| o.placed.col == c).map(|o| o.placed.area);
            let ends = below(own.col).zip(below(own.col + own.cols - 1));
            let exact = ends.is_some_and(|(a, b)| (f32::midpoint(a.x0, b.x1) - own.area.mid_x()).abs() < EXACT);
            own.cols > cols && own.col <= col && col + cols <= own.col + own.cols && exact
        };
        let found = runs.filter_map(|run| rounds(all, run, words)).flatten().filter(|f| !wider(f));
        let found: Vec<(usize, usize, usize)> = found.collect();
        for (i, col, cols) in found {
            (all[i].placed.col, all[i].placed.cols) = (col, cols);
        }
    }
}

/// The texts above the rounds in a run of headings, each with the columns it stands above.
fn rounds(all: &[Heading], run: &[&Heading], words: &[Word]) -> Option<Vec<(usize, usize, usize)>> {
    let texts: Vec<String> = run.iter().map(|h| text(&h.placed, words)).collect();
    (0..run.len()).find_map(|start| {
        (2..=4).find_map(|size| {
            let again = texts.get(start + size..)?.iter().zip(&texts[start..]).take_while(|(a, b)| a == b).count();
            let end = start + (again / size + 1) * size;
            let alike = (1..size).any(|k| texts[start + k] == texts[start]);
            (again >= size && !alike).then(|| shared(all, &run[start..end], size)).flatten()
        })
    })
}

/// The texts above a run of headings that come again after so many, if each round has its own: one text, or several below each other, all
/// with their middle over it.
fn shared(all: &[Heading], run: &[&Heading], size: usize) -> Option<Vec<(usize, usize, usize)>> {
    let (left, right) = (run.first()?.placed.area.x0, run.last()?.placed.area.x1);
    let middle = |i: usize| all[i].placed.area.mid_x();
    let over = |&i: &usize| all[i].bottom < run[0].top && left < middle(i) && middle(i) < right;
    let above: Vec<usize> = (0..all.len()).filter(over).collect();
    let own = |round: &[&Heading]| -> Vec<usize> {
        let within = |i: usize| round[0].placed.area.x0 < middle(i) && middle(i) < round[size - 1].placed.area.x1;
        above.iter().copied().filter(|&i| within(i)).collect()
    };
    let stacked = |texts: &[usize]| {
        let apart = |a: usize, b: usize| all[a].bottom < all[b].top || all[b].bottom < all[a].top;
        !texts.is_empty() && texts.iter().enumerate().all(|(k, &a)| texts[..k].iter().all(|&b| apart(a, b)))
    };
    let rounds: Vec<(Vec<usize>, usize)> = run.chunks(size).map(|round| (own(round), round[0].placed.col)).collect();
    let fits = rounds.iter().all(|(texts, _)| stacked(texts))
        && above.len() == rounds.iter().map(|(texts, _)| texts.len()).sum::<usize>();
    fits.then(|| rounds.into_iter().flat_map(|(texts, col)| texts.into_iter().map(move |i| (i, col, size))).collect())
}

/// Texts that stand over the first of the headings they mean, as in a sheet that merges no cells (`Pemilih Baru` over the first `L` of
/// `L | P | Jumlah | TMS | L | P | Jumlah`): where the same headings come again below each, all of them are meant. Returns which these are.
pub fn over_first(all: &mut [Heading], words: &[Word]) -> Vec<usize> {
    let mut settled = Vec::new();
    for line in lines_of_columns(all) {
        let row = columns_at(all, line);
        let heads: Vec<usize> =
            (0..all.len()).filter(|&i| all[i].bottom < line && row.iter().any(|o| meets(&o.placed, &all[i].placed))).collect();
        let first = |i: usize| {
            let below = row.iter().position(|o| o.placed.col == all[i].placed.col)?;
            ((row[below].placed.area.mid_x() - all[i].placed.area.mid_x()).abs() < OVER).then_some(below)
        };
        let Some(firsts) = heads.iter().map(|&i| first(i)).collect::<Option<Vec<usize>>>() else { continue };
        let free = |o: &Heading| !all.iter().any(|h| h.bottom < line && h.placed.col == o.placed.col);
        let run = |from: usize| {
            let next = row[from..].windows(2).take_while(|w| w[0].placed.col + 1 == w[1].placed.col && free(w[1])).count();
            row[from..=from + next].iter().map(|o| text(&o.placed, words)).collect::<Vec<String>>()
        };
        let runs: Vec<Vec<String>> = firsts.iter().map(|&from| run(from)).collect();
        // Or where no heading of the line is left without a text above it.
        let all_headed = row.len() == runs.iter().map(Vec::len).sum::<usize>();
        let alike = runs.windows(2).all(|w| w[0] == w[1]) && runs.first().is_some_and(|r| r.len() > 1 && !r[1..].contains(&r[0]));
        let found: Vec<(usize, usize)> = heads.iter().copied().zip(runs.iter().map(Vec::len)).collect();
        for (i, cols) in found.into_iter().filter(|_| (runs.len() > 1 && alike) || all_headed) {
            all[i].placed.cols = cols;
            settled.push(i);
        }
    }
    settled
}

/// How far the middles of headings beside each other may differ in height, in points.
const LEVEL: f32 = 1.0;
/// By how much a heading between two lines of headings must stand apart from both, in points.
const RAISED: f32 = 3.0;
/// How far a text may stand from the middle of the heading it stands over, in points.
const OVER: f32 = 4.0;

/// Texts that stand above some of the headings which others on their line stand above are given them all: `Jumlah | L | P` below two
/// groups, and `Jumlah | L` with a `P` beside it below the third.
pub fn like_others(all: &mut [Heading], words: &[Word], cols: usize) {
    let below = |h: &Heading, col: usize| {
        let own = |o: &&Heading| o.top > h.bottom && o.placed.cols == 1 && o.placed.col == col;
        all.iter().filter(own).min_by_key(|o| o.top).map(|o| text(&o.placed, words))
    };
    let heads =
        |h: &Heading| -> Option<Vec<String>> { (h.placed.col..h.placed.col + h.placed.cols).map(|c| below(h, c)).collect() };
    let beside = |h: &Heading, col: usize| {
        all.iter().any(|o| o != h && o.top == h.top && (o.placed.col..o.placed.col + o.placed.cols).contains(&col))
    };
    let longest = |h: &Heading| {
        let sisters = all.iter().filter(|o| o.top == h.top && o.placed.cols > h.placed.cols).filter_map(heads);
        sisters.max_by_key(Vec::len)
    };
    let wider = |h: &Heading| -> Option<(usize, usize)> {
        let (own, whole) = (heads(h)?, longest(h)?);
        let at = whole.windows(own.len()).position(|part| part == own)?;
        let from = h.placed.col.checked_sub(at)?;
        let same = |(col, text): (usize, &String)| col < cols && !beside(h, col) && below(h, col).as_ref() == Some(text);
        (from..).zip(&whole).all(same).then_some((from, whole.len()))
    };
    let found: Vec<Option<(usize, usize)>> = all.iter().map(wider).collect();
    for (h, (col, cols)) in all.iter_mut().zip(found).filter_map(|(h, span)| Some((h, span?))) {
        (h.placed.col, h.placed.cols) = (col, cols);
    }
}

/// Whether two texts stand above each other.
#[must_use]
pub fn meets(a: &Placed, b: &Placed) -> bool {
    a.col < b.col + b.cols && b.col < a.col + a.cols
}

/// Columns above whose headings a short line is drawn below the text: to the ends of the line, or to the upright lines beside the text
/// where a longer one is drawn.
fn underlined(all: &[Heading], i: usize, bounds: &[f32], edges: &Edges) -> Option<(usize, usize)> {
    let h = &all[i];
    let (low, high) = (*bounds.first()?, *bounds.last()?);
    let area = h.placed.area;
    let beside = |e: &&Edge| e.from < area.mid_y() && area.mid_y() < e.to;
    let left = edges.upright.iter().filter(beside).map(|e| e.at).filter(|x| *x <= area.mid_x()).fold(low, f32::max);
    let right = edges.upright.iter().filter(beside).map(|e| e.at).filter(|x| *x > area.mid_x()).fold(high, f32::min);
    let (from, to) = edges.level.iter().find_map(|e| {
        let near = e.at > area.mid_y() && e.at < area.y1 + 0.8 * area.height();
        let (from, to) = (e.from.max(left), e.to.min(right));
        (near && from <= area.mid_x() && area.mid_x() <= to && to - from < 0.85 * (high - low)).then_some((from, to))
    })?;
    // The lines of several headings may touch each other.
    let beside = |o: &&Heading| o.top == h.top && from < o.placed.area.mid_x() && o.placed.area.mid_x() < to;
    let sharing: Vec<&Heading> = all.iter().filter(beside).collect();
    if sharing.len() > 1 {
        return trailing(all, h, &sharing, bounds.partition_point(|b| *b < from - 2.0));
    }
    let inside = |c: &usize| f32::midpoint(bounds[*c], bounds[c + 1]) > from && f32::midpoint(bounds[*c], bounds[c + 1]) < to;
    let first = (0..bounds.len() - 1).find(inside)?;
    let last = (0..bounds.len() - 1).rev().find(inside)?;
    (first <= h.placed.col && last + 1 >= h.placed.col + h.placed.cols).then_some((first, last))
}

/// Columns above which a text stands that ends where the last of their headings ends, as all do that share a line: from the first column
/// of the line, or behind the text before.
fn trailing(all: &[Heading], h: &Heading, sharing: &[&Heading], first: usize) -> Option<(usize, usize)> {
    let last = |o: &Heading| o.placed.col + o.placed.cols - 1;
    let ends = |o: &&Heading| {
        let own = all.iter().filter(|b| b.top > o.bottom && last(b) == last(o)).min_by_key(|b| b.top);
        own.is_some_and(|b| (b.placed.area.x1 - o.placed.area.x1).abs() < 1.5)
    };
    let before = sharing.iter().filter(|o| last(o) < h.placed.col).map(|o| last(o) + 1).max();
    let first = before.unwrap_or(first);
    (sharing.iter().all(ends) && first <= h.placed.col).then_some((first, last(h)))
}

/// Columns above which a text stands that begins where the first of their headings begins, as all headings of the table do.
fn leading(all: &[Heading], i: usize, bounds: &[f32]) -> Option<(usize, usize)> {
    let h = &all[i];
    let starts = |a: &Heading, b: &Heading| (a.placed.area.x0 - b.placed.area.x0).abs() < 1.0;
    let centred = |a: &Heading, b: &Heading| (a.placed.area.mid_x() - b.placed.area.mid_x()).abs() < 2.0;
    let below = |h: &Heading| {
        let own = |o: &&Heading| o.top > h.bottom && o.placed.col <= h.placed.col && h.placed.col < o.placed.col + o.placed.cols;
        all.iter().filter(own).min_by_key(|o| o.top).filter(|o| starts(h, o) && !centred(h, o))
    };
    let first = below(h)?;
    let led = all.iter().filter(|o| o.placed.col > 0 && below(o).is_some()).count();
    let beside = |c: usize, o: &&Heading| o.placed.col <= c && c < o.placed.col + o.placed.cols;
    // Free above, with a heading on the same line as the first one.
    let free = |c: &usize| {
        let own = || all.iter().filter(|o| beside(*c, o));
        own().all(|o| o.top >= first.top || o.bottom < h.top) && own().any(|o| o.top >= first.top)
    };
    let end = (first.placed.col + first.placed.cols..bounds.len() - 1).take_while(free).last()?;
    (led >= 2).then_some((h.placed.col, end))
}

/// Columns over whose middle a text is centred, with nothing beside it on its own lines and a heading below in each of them.
fn centred(all: &[Heading], i: usize, bounds: &[f32]) -> Option<(usize, usize)> {
    let h = &all[i];
    // The line on which the headings below start; one that starts between the two lines stands beside the text, not below it.
    let nearest = all.iter().filter(|o| o.top > h.bottom && meets(&o.placed, &h.placed)).min_by_key(|o| o.top)?;
    let beside = |o: &Heading| in_line(h, nearest, o);
    let line = all.iter().filter(|o| beside(o)).map(|o| o.top).min().unwrap_or(nearest.top);
    let raised = raised(all, h, nearest);
    // Those of fewer lines may begin lower.
    let level = |o: &Heading| !raised(o) && (o.top == line || (o.top > line && (o.bottom == nearest.bottom || beside(o))));
    let free = |c: usize| {
        let at = |o: &&Heading| o.placed.col <= c && c < o.placed.col + o.placed.cols;
        let others = || all[..i].iter().chain(&all[i + 1..]).filter(at);
        others().all(|o| o.top >= line || o.bottom < h.top) && others().any(level)
    };
    let (first, last) = (h.placed.col, h.placed.col + h.placed.cols - 1);
    let (low, high) = reached((first, last), bounds.len() - 1, free);
    let middle = h.placed.area.mid_x();
    let off = |a: usize, b: usize| (f32::midpoint(bounds[a], bounds[b + 1]) - middle).abs() / (bounds[b + 1] - bounds[a]);
    // Over all columns but the first: what a single text above a table means.
    if low <= 1 && first >= 1 && high + 2 == bounds.len() && off(1, high) < 0.06 {
        return Some((1, high));
    }
    // No heading below stands half within.
    let whole = |a: usize, b: usize| {
        let mut below = all.iter().filter(|o| o.top >= line).map(|o| (o.placed.col, o.placed.col + o.placed.cols - 1));
        below.all(|(from, to)| to < a || b < from || a <= from && to <= b)
    };
    let spans = (low..=first).flat_map(|a| (last..=high).map(move |b| (a, b)));
    let spans: Vec<(usize, usize)> = spans.filter(|&(a, b)| b > a && (a > 0 || first == 0) && whole(a, b)).collect();
    let fitting = || spans.iter().copied().filter(|&(a, b)| off(a, b) < 0.16);
    let below = Below { all, level: &level };
    let told = |within: f32| move |&(a, b): &(usize, usize)| below.middles(a, b).any(|x| (x - middle).abs() < within);
    // Years, or numbers of quarters, are of one kind: none of them stands beside the text that heads the others.
    let short = |o: &Heading| o.placed.year || o.placed.area.width() < 1.6 * o.placed.area.height();
    let alike = |&(a, b): &(usize, usize)| {
        let own = || all.iter().filter(|o| level(o) && a <= o.placed.col && o.placed.col <= b);
        own().all(short) && own().count() == b + 1 - a
    };
    let least = fitting().map(|(a, b)| off(a, b)).fold(f32::INFINITY, f32::min);
    let near = || fitting().filter(|&(a, b)| off(a, b) < least + 0.03);
    if let Some(span) = fitting().filter(told(EXACT)).chain(near()).filter(alike).max_by_key(|&(a, b)| b - a) {
        return Some(span);
    }
    // Where headings without a text above them stand half-way up, those on the line below all have one. So they do where the text stands
    // exactly over the middle of them all, between columns that have headings of their own.
    let half_way = || all.iter().any(|o| raised(o) || h.bottom < o.top && o.bottom < line && !meets(&o.placed, &h.placed));
    let between = low > 0 && off(low, high) * (bounds[high + 1] - bounds[low]) < 0.4 * EXACT;
    if near().any(|span| span == (low, high)) && (between || half_way()) {
        return Some((low, high));
    }
    let mut exact = fitting().filter(told(0.4 * EXACT));
    if let (Some(one), None) = (exact.next(), exact.next()) {
        return Some(one);
    }
    // Spans around the same middle fit alike: the narrowest is meant. Where columns begin is known less well than where their headings stand.
    near().min_by_key(|&(a, b)| b - a).or_else(|| spans.iter().copied().find(told(EXACT)))
}

/// Whether a heading below a text stands beside the nearest one: those of more lines begin higher, and have the same middle.
fn in_line(h: &Heading, nearest: &Heading, o: &Heading) -> bool {
    let (own, other) = (nearest.placed.area, o.placed.area);
    o.top > h.bottom && (own.mid_y() - other.mid_y()).abs() < 0.2 * own.height().min(other.height())
}

/// Which headings stand half-way up beside a text and those below it. Where those of one line stand at the middle of those of more, one
/// that stands higher has no text above it.
fn raised(all: &[Heading], h: &Heading, nearest: &Heading) -> impl Fn(&Heading) -> bool {
    let level = || all.iter().filter(|o| in_line(h, nearest, o));
    let middled = level().any(|o| o.bottom > o.top) && level().any(|o| o.bottom == o.top);
    let lowest = level().map(|o| o.placed.area.mid_y()).fold(f32::NEG_INFINITY, f32::max);
    let highest = h.placed.area.mid_y();
    move |o| {
        let at = o.placed.area.mid_y();
        middled && highest + RAISED < at && at + RAISED < lowest && !meets(&o.placed, &h.placed)
    }
}

/// Columns on both sides of these, as far as they are free.
fn reached((mut low, mut high): (usize, usize), cols: usize, free: impl Fn(usize) -> bool) -> (usize, usize) {
    while low > 0 && free(low - 1) {
        low -= 1;
    }
    while high + 1 < cols && free(high + 1) {
        high += 1;
    }
    (low, high)
}

/// The headings below a text.
#[derive(Clone, Copy)]
struct Below<'a> {
    all: &'a [Heading],
    /// Whether one stands on the line right below it.
    level: &'a dyn Fn(&Heading) -> bool,
}

impl Below<'_> {
    /// Where a column's heading stands.
    fn at(&self, col: usize) -> Option<Area> {
        let own = |o: &&Heading| (self.level)(o) && o.placed.col == col && o.placed.cols == 1;
        self.all.iter().find(own).map(|o| o.placed.area)
    }

    /// Where the middle of the columns from `a` to `b` may be: that of their headings; that of the columns if these end where the headings
    /// end, or begin where they begin.
    fn middles(&self, a: usize, b: usize) -> impl Iterator<Item = f32> {
        let (first, last) = (self.at(a), self.at(b));
        let ends = |area: Option<Area>| area.map(|t| t.x1);
        let starts = |area: Option<Area>| area.map(|t| t.x0);
        let texts = starts(first).zip(ends(last));
        // A column is as wide as the next where nothing stands before it.
        let before = ends(a.checked_sub(1).filter(|&c| c > 0).and_then(|c| self.at(c)));
        let before = before.or_else(|| ends(first).zip(ends(self.at(a + 1))).map(|(x, next)| x - (next - x)));
        let behind = starts(self.at(b + 1));
        let behind = behind
            .or_else(|| starts(last).zip(starts(b.checked_sub(1).and_then(|c| self.at(c)))).map(|(x, last)| x + (x - last)));
        let pairs = [texts, before.zip(ends(last)), starts(first).zip(behind)];
        pairs.into_iter().flatten().map(|(from, to)| f32::midpoint(from, to))
    }
}
