//! Tables ruled by level lines alone: three lines around heading and body as books have them, or a line below every row. Lines of the
//! same length below each other hold a table together, whatever its columns are filled with: wrapped text that would pass for
//! paragraphs, group headings, rows with gaps.

use super::above::{climb, lead, over_name};
use super::blocks::{counts_on, goes_on, share_strip, trail};
use super::edges::{Edge, Edges};
use super::geometry::Area;
use super::lines::lines;
use super::shapes::Rule;
use super::strata::strata;
use super::table::Table;
use super::tables_apart::other_columns;
use super::tokens::{Row, row};
use super::words::Word;

/// Shortest line that holds a table, in points.
const SHORTEST: f32 = 60.0;
/// How far the ends of lines of one table may differ.
const SLACK: f32 = 4.0;
/// Lines of a page beyond which it is a drawing.
const MOST: usize = 2_000;
/// Most groups of lines with the same ends that are looked at; those with the most lines first.
const MOST_GROUPS: usize = 40;

/// What stands between the first and the last of some lines that belong together.
#[derive(Debug)]
pub struct Zone {
    /// Its rows, from top to bottom.
    pub rows: Vec<Row>,
    /// How many of the stretches between lines hold text.
    pub filled: usize,
}

/// Zones of a page among the chosen words, outside of the tables known already. Paragraphs may stand between lines, as wrapped cells do;
/// below the last line they end the zone.
#[must_use]
pub fn zones(words: &[Word], chosen: &[usize], edges: &Edges, fills: &[Area], known: &[Table], prose: &[bool]) -> Vec<Zone> {
    let apart = |e: &&Edge| known.iter().all(|t| t.area.meet(&Area::new(e.from, e.at, e.to, e.at)).is_none());
    let drawn = with_grounds(edges, fills);
    let long: Vec<Edge> = drawn.iter().filter(|e| e.length() >= SHORTEST).filter(apart).take(MOST).copied().collect();
    let mut out = Vec::new();
    for group in alike(&long) {
        let (from, to) = (group[0].from - SLACK, group[0].to + SLACK);
        let column = |i: &usize| words[*i].turned == 0 && words[*i].area.mid_x() > from && words[*i].area.mid_x() < to;
        let inside: Vec<usize> = chosen.iter().copied().filter(column).collect();
        let printed: Vec<Row> = lines(words, inside).iter().filter_map(|l| row(words, l)).collect();
        let rows = strata(&printed, edges);
        let open = |i: &usize| words[*i].turned == 0 && !prose[*i] && words[*i].area.x1 < group[0].from;
        let outside: Vec<usize> = chosen.iter().copied().filter(open).collect();
        let of_one = runs(&group, &rows).into_iter().flat_map(|(first, last)| of_one_table(&group[first..=last], &rows));
        let found = of_one.filter_map(|lines| zone(lines, &rows, prose, edges));
        out.extend(found.filter(|z| !named_outside(words, &outside, z)));
    }
    out
}

/// Level lines and the upper and lower ends of the grounds of rows.
fn with_grounds(edges: &Edges, fills: &[Area]) -> Vec<Edge> {
    let rows = fills.iter().filter(|f| f.height() > 6.0 && f.height() < 150.0).take(MOST);
    let level = edges.level.iter().map(|e| Rule { level: true, at: e.at, from: e.from, to: e.to });
    let ends = rows.flat_map(|f| [f.y0, f.y1].map(|at| Rule { level: true, at, from: f.x0, to: f.x1 }));
    Edges::new(level.chain(ends)).level
}

/// Lines with the same ends, three at least, each group from top to bottom.
fn alike(long: &[Edge]) -> Vec<Vec<Edge>> {
    let mut groups: Vec<Vec<Edge>> = Vec::new();
    for e in long {
        let same = |g: &&mut Vec<Edge>| (g[0].from - e.from).abs() < SLACK && (g[0].to - e.to).abs() < SLACK;
        match groups.iter_mut().rev().take(64).find(same) {
            Some(group) => group.push(*e),
            None => groups.push(vec![*e]),
        }
    }
    groups.retain(|g| g.len() >= 3);
    groups.sort_by_key(|g| std::cmp::Reverse(g.len()));
    groups.truncate(MOST_GROUPS);
    groups.sort_by(|a, b| a[0].at.total_cmp(&b[0].at).then(a[0].from.total_cmp(&b[0].from)));
    groups
}

/// The lines of a group parted where the text between two of them belongs to no table: ranges of lines, ends included.
fn runs(group: &[Edge], all: &[Row]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut first = 0;
    for k in 0..group.len() {
        let ends = k + 1 == group.len() || {
            let rows = between(all, &group[k], &group[k + 1]);
            let outer = if k == first { Some(2) } else { (k + 2 == group.len()).then_some(1) };
            let tight = |r: &&Row| group[k + 1].at - group[k].at < 2.6 * r.size;
            let named = rows.len() == 1 && rows.iter().all(tight);
            (!named && parts(&rows, &group[k]) && !of_one_cell(all, &rows, &group[first]))
                || outer.is_some_and(|least| title(&rows, &group[k], least) || columns_of_text(&rows))
                || retitled(all, &rows, (&group[first], &group[k + 1]))
        };
        if ends {
            if k >= first + 2 {
                out.push((first, k));
            }
            first = k + 1;
        }
    }
    out
}

/// Whether a text alone between two lines is the title of another table: figures stand above it, and below it a heading of words and years
/// before the next figures.
fn retitled(all: &[Row], rows: &[&Row], (first, next): (&Edge, &Edge)) -> bool {
    const HIGHEST: usize = 4;
    let [title] = rows else { return false };
    let figures = |r: &&Row| r.tokens.iter().skip(1).any(|t| t.numeric && !t.year) && !r.numbers_columns();
    let begin = all.partition_point(|r| r.area.mid_y() < first.at);
    let above = all[begin..].iter().take_while(|r| r.area.mid_y() < title.area.mid_y());
    let below = &all[all.partition_point(|r| r.area.mid_y() < next.at)..];
    let heading = below.iter().take_while(|r| !figures(r)).count();
    let headed = (1..=HIGHEST).contains(&heading) && below[..heading].iter().any(|r| r.tokens.len() > 2 && r.parted());
    let named = headed && below[0].tokens.len() > 1 && below.get(heading).is_some();
    // What the table counts in may stand beside it.
    let alone = title.tokens.len() == 1 || (title.tokens.len() == 2 && title.tokens[1].bracketed);
    alone && title.tokens.iter().all(|t| !t.numeric) && named && above.filter(figures).count() > 1
}

/// Lines parted where the rows between them go over to other columns: two tables close below each other have lines as long.
fn of_one_table<'e>(lines: &'e [Edge], rows: &[Row]) -> Vec<&'e [Edge]> {
    let (mut out, mut rest) = (Vec::new(), lines);
    let below = |at: f32| rows.partition_point(|r| r.area.mid_y() < at);
    let (mut start, end) = (lines.first().map_or(0, |l| below(l.at)), lines.last().map_or(0, |l| below(l.at)));
    for k in start + 1..end {
        if other_columns(&rows[..end], start, k) {
            let (above, others) = rest.split_at(rest.partition_point(|l| l.at < rows[k].area.mid_y()));
            out.push(above);
            (rest, start) = (others, k);
        }
    }
    out.push(rest);
    out.retain(|lines| lines.len() >= 3);
    out
}

/// The rows between two lines.
fn between<'a>(rows: &'a [Row], above: &Edge, below: &Edge) -> Vec<&'a Row> {
    rows.iter().filter(|r| r.area.mid_y() > above.at && r.area.mid_y() < below.at).collect()
}

/// Whether the stretch after the first or before the last line is text above or below a table, between it and a line of the page:
/// several long lines, no figures.
fn title(rows: &[&Row], line: &Edge, least: usize) -> bool {
    let figures = |r: &&&Row| r.tokens.iter().skip(1).any(|t| t.numeric && !t.year);
    let long = |r: &&&Row| r.tokens.iter().any(|t| !t.numeric && t.chars > 35 && t.area.width() > 0.5 * line.length());
    let parted = rows.iter().filter(|r| r.tokens.len() > 1).count();
    !rows.iter().any(|r| figures(&r)) && rows.iter().filter(long).count() >= least && parted * 3 <= rows.len().max(3)
}

/// Whether a stretch is text, in columns or not, as it stands between the line below the running title of a page and a table: a tall row
/// of long texts without figures.
fn columns_of_text(rows: &[&Row]) -> bool {
    const LINES: f32 = 8.0;
    const LONG: usize = 300;
    let text = |r: &&Row| r.area.height() > LINES * r.size && r.chars() > LONG && r.tokens.iter().all(|t| !t.numeric);
    rows.iter().any(text)
}

/// Whether a stretch between two lines lies between two tables: running text, captions and notes leave no gaps.
fn parts(rows: &[&Row], line: &Edge) -> bool {
    let outside = |r: &Row| r.tokens.len() == 1 && r.area.x0 < line.from + 2.0 * r.size;
    let across = |r: &Row| outside(r) && r.area.width() > 0.72 * line.length();
    let loose = |w: &[&Row]| (outside(w[0]) || outside(w[1])) && w[1].area.y0 - w[0].area.y1 > 1.3 * w[0].size;
    // A title in the middle above the next table.
    let titled = |above: &Row, last: &Row| {
        let wide = last.tokens.len() == 1 && !last.tokens[0].numeric && last.area.width() > 0.5 * line.length();
        wide && last.area.y0 - above.area.y1 > 1.3 * last.size
    };
    let caption = matches!(rows, [.., above, last] if titled(above, last));
    if rows.len() > 1 && (caption || rows.iter().any(|r| across(r)) || rows.windows(2).any(loose) || headed(rows, line)) {
        return true;
    }
    let parted = rows.iter().filter(|r| r.tokens.len() > 1 && r.parted()).count();
    match rows.len() {
        0 => false,
        1 => parted == 0 && rows[0].chars() > 70,
        n => parted == 0 || (n > 12 && parted * 4 < n),
    }
}

/// Whether a stretch ends in the title and the heading of another table: a text alone, wide below what stands above it, and nothing but
/// words beside each other below it.
fn headed(rows: &[&Row], line: &Edge) -> bool {
    let words = |r: &&Row| r.tokens.iter().all(|t| !t.numeric || t.year);
    let heading = rows.iter().rev().take_while(|r| words(r)).count();
    let apart = |k: usize| {
        let above = k.checked_sub(1).map_or(line.at, |above| rows[above].area.y1);
        rows[k].tokens.len() == 1 && rows[k].area.y0 - above > 1.3 * rows[k].size
    };
    (rows.len() - heading..rows.len()).any(|k| apart(k) && rows[k + 1..].iter().any(|r| r.tokens.len() > 2 && r.parted()))
}

/// Whether the rows of a stretch are lines of one inner column of the table above it: the next task of a unit, the next line of a cell.
fn of_one_cell(all: &[Row], rows: &[&Row], first: &Edge) -> bool {
    let from = all.partition_point(|r| r.area.mid_y() < first.at);
    let top = rows.first().map_or(f32::INFINITY, |r| r.area.mid_y());
    let to = all.partition_point(|r| r.area.mid_y() < top).max(from);
    rows.iter().all(|r| goes_on(&all[from..to], r))
}

/// The zone of some lines, with rows right above and below that share its gaps: headings above the first line, a last row without one.
fn zone(lines: &[Edge], rows: &[Row], prose: &[bool], edges: &Edges) -> Option<Zone> {
    let (top, bottom) = (lines.first()?.at, lines.last()?.at);
    let mut first = rows.partition_point(|r| r.area.mid_y() < top);
    let mut end = rows.partition_point(|r| r.area.mid_y() < bottom);
    let filled = lines.windows(2).filter(|w| !between(rows, &w[0], &w[1]).is_empty()).count();
    if filled < 2 || end <= first {
        return None;
    }
    let fullest = rows[first..end].iter().map(|r| r.tokens.len()).max()?;
    let near = |a: &Row, b: &Row| b.area.y0 - a.area.y1 < 0.9 * a.size.max(b.size) && (a.size - b.size).abs() < 0.2 * a.size;
    let figures = |r: &Row| r.tokens.iter().skip(1).any(|t| t.numeric && !t.year) && !r.numbers_columns();
    let text = |r: &Row| r.tokens.iter().flat_map(|t| &t.words).any(|&i| prose[i]);
    let ends: Vec<f32> = rows[first..end].iter().flat_map(figure_ends).collect();
    let counts = |r: &Row| figure_ends(r).any(|x| ends.iter().any(|y| (x - y).abs() < 1.5));
    let numbers = rows[first..end].iter().any(&figures);
    // The sum of a table in two halves stands below one of them.
    let half = |r: &Row| figure_ends(r).count() > 1 && figure_ends(r).all(|x| ends.iter().any(|y| (x - y).abs() < 1.5));
    // A row that leaves out most columns stands below the others to the point.
    let texts: Vec<&Area> = rows[first..end].iter().flat_map(|r| &r.tokens).map(|t| &t.area).collect();
    let flush = |t: &Area| texts.iter().any(|o| (o.x0 - t.x0).abs() < 1.5 || (o.x1 - t.x1).abs() < 1.5);
    let below_others = |r: &Row| counts(r) && r.tokens.iter().all(|t| flush(&t.area));
    let full = |r: &Row| r.tokens.len() * 2 >= fullest || half(r) || below_others(r);
    let fits = |r: &Row| r.tokens.len() > 1 && full(r) && r.parted();
    let own = |r: &Row| !text(r) && (counts(r) || !numbers);
    let ruled = edges.level.iter().any(|e| (e.at - top).abs() < SLACK && e.length() > 0.6 * lines[0].length());
    // A heading between the first two lines has nothing above it, but a row of marks has.
    let above = first.checked_sub(1).map(|k| &rows[k]);
    let under = above.is_some_and(|r| r.tokens.len() >= fullest.max(3) && !figures(r) && near(r, &rows[first]));
    let stretch = || rows[first..].iter().take_while(|r| r.area.mid_y() < lines[1].at);
    let headed = ruled && numbers && !under && stretch().all(|r| !figures(r)) && stretch().any(|r| r.tokens.len() * 2 >= fullest);
    if !ruled {
        first = climb(rows, first, fullest);
    }
    if !headed {
        first = lead(rows, first, 0, 1.1);
        first = over_name(rows, first, 0).map_or(first, |head| lead(rows, head, 0, 1.1));
    }
    let close = |a: &Row, b: &Row| b.area.y0 - a.area.y1 < if b.tokens.len() >= 3 { 4.5 } else { 3.0 } * b.size;
    // The last line may be the rest of one cell, which leaves nothing free.
    let strip = |above: &[Row], b: &Row| above.iter().rev().filter(|r| r.parted()).take(4).any(|a| share_strip(a, b));
    let below = |last: &Row, above: &[Row], b: &Row| near(last, b) || close(last, b) && strip(above, b);
    let inner = rows[first..end].iter().filter(|r| figures(r)).map(|r| r.tokens[1].area.x0).fold(f32::INFINITY, f32::min);
    loop {
        let name = if numbers { name_lines(&rows[end..], inner) } else { 0 };
        let (last, table) = (&rows[end - 1], &rows[first..end]);
        let follows = |row: &Row| own(row) && below(last, table, &rows[end]) || close(last, &rows[end]) && counts_on(table, row);
        let next = |row: &Row| fits(row) && follows(row) && (name == 0 || figures(row));
        if rows.get(end + name).is_none_or(|row| !next(row)) {
            break;
        }
        end += name + 1;
    }
    // Lines around a heading alone hold no table: its rows follow.
    let mut following = rows[end - 1..].windows(2).take(3).take_while(|w| w[1].area.y0 - w[0].area.y1 < 1.2 * w[1].size);
    if !rows[first..end].iter().any(&figures) && following.any(|w| figures(&w[1]) && w[1].tokens.len() * 2 >= fullest) {
        return None;
    }
    let end = trail(rows, first, end);
    Some(Zone { rows: rows[first..end].to_vec(), filled })
}

/// How many of some rows are lines of the name of one row whose figures stand at its foot: texts alone left of the figures, close to each
/// other and to that row.
fn name_lines(rows: &[Row], inner: f32) -> usize {
    const MOST: usize = 3;
    let name = |w: &&[Row]| {
        let text = w[0].tokens.len() == 1 && !w[0].tokens[0].numeric && w[0].area.x1 < inner;
        text && w[1].area.y0 - w[0].area.y1 < 0.45 * w[1].size
    };
    rows.windows(2).take(MOST).take_while(name).count()
}

/// Whether the lines of a zone leave out the names of its rows: most rows of figures have a text on their line to the left, and hardly any
/// one of their own.
fn named_outside(words: &[Word], outside: &[usize], zone: &Zone) -> bool {
    let figures: Vec<&Row> = zone.rows.iter().filter(|r| r.tokens.len() > 1 && r.tokens.iter().all(|t| t.numeric)).collect();
    let named = |r: &&&Row| {
        let beside = outside.iter().map(|&i| &words[i]).filter(|w| (w.base - r.base).abs() < 0.12 * r.size);
        let nearest = beside.max_by(|a, b| a.area.x1.total_cmp(&b.area.x1));
        nearest.is_some_and(|w| w.text.contains(char::is_alphabetic) && (w.size - r.size).abs() < 0.2 * r.size)
    };
    figures.len() >= 3
        && figures.len() * 3 >= zone.rows.len() * 2
        && figures.iter().filter(named).count() * 4 >= figures.len() * 3
}

/// Where the figures of a row end.
fn figure_ends(row: &Row) -> impl Iterator<Item = f32> {
    row.tokens.iter().skip(1).filter(|t| t.counted).map(|t| t.area.x1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x: f32, y: f32) -> Word {
        Word::sample(text, x, y, 10.0)
    }

    #[test]
    fn two_tables_with_the_same_lines_are_parted_by_the_text_between_them() {
        let mut words = Vec::new();
        let mut rules = Vec::new();
        for top in [100.0, 300.0] {
            for (k, y) in [0.0, 20.0, 60.0].into_iter().enumerate() {
                rules.push(Rule { level: true, at: top + y, from: 50.0, to: 300.0 });
                if k < 2 {
                    words.extend([word("Desa", 60.0, top + y + 5.0), word("12", 200.0, top + y + 5.0)]);
                }
            }
        }
        words.extend([word("Sumber:kantor", 60.0, 170.0), word("Tabel", 60.0, 280.0)]);
        let all: Vec<usize> = (0..words.len()).collect();
        let zones = zones(&words, &all, &Edges::new(rules), &[], &[], &vec![false; words.len()]);
        let heights: Vec<usize> = zones.iter().map(|z| z.rows.len()).collect();
        assert_eq!(heights, [2, 2]);
    }

    #[test]
    fn a_title_apart_from_the_shaded_rows_above_it_begins_another_table() {
        let (mut words, mut rules) = (Vec::new(), Vec::new());
        for top in [100.0, 200.0] {
            words.push(word("Kecamatan:Sakra", 50.0, top - 30.0));
            words.extend([word("No", 60.0, top - 14.0), word("Desa", 120.0, top - 14.0), word("Jumlah", 220.0, top - 14.0)]);
            rules.push(Rule { level: true, at: top, from: 50.0, to: 300.0 });
            for (no, y) in [("1", 2.0), ("2", 16.0), ("3", 30.0), ("4", 44.0)] {
                words.extend([word(no, 60.0, top + y), word("Keruak", 120.0, top + y), word("12", 230.0, top + y)]);
            }
            rules.extend([14.0, 28.0, 42.0, 56.0].map(|y| Rule { level: true, at: top + y, from: 50.0, to: 300.0 }));
        }
        let all: Vec<usize> = (0..words.len()).collect();
        let zones = zones(&words, &all, &Edges::new(rules), &[], &[], &vec![false; words.len()]);
        assert_eq!(zones.iter().map(|z| z.rows.len()).collect::<Vec<_>>(), [5, 5]);
    }

    #[test]
    fn a_title_between_the_last_line_of_a_table_and_the_first_of_the_next_parts_them_and_the_name_of_rows_does_not() {
        let read = |below: [&str; 3], unit: &str| {
            let rules = [100.0, 116.0, 160.0, 180.0, 196.0, 240.0];
            let rules = rules.map(|at| Rule { level: true, at, from: 50.0, to: 300.0 });
            let row =
                |t: [&str; 3], y: f32| [60.0, 150.0, 240.0].into_iter().zip(t).map(|(x, t)| word(t, x, y)).collect::<Vec<_>>();
            let mut words = row(["Desa", "Laki", "Perempuan"], 103.0);
            words.push(word("Kecamatan-Sakra-Barat", 60.0, 165.0));
            words.extend((!unit.is_empty()).then(|| word(unit, 240.0, 165.0)));
            words.extend([120.0, 134.0, 148.0, 200.0, 214.0, 228.0].into_iter().flat_map(|y| row(["Ajung", "120", "131"], y)));
            words.extend(row(below, 183.0));
            let all: Vec<usize> = (0..words.len()).collect();
            zones(&words, &all, &Edges::new(rules), &[], &[], &vec![false; words.len()]).len()
        };
        let heading = ["Desa", "TPS", "Pemilih"];
        assert_eq!([read(heading, ""), read(heading, "(ribu)"), read(heading, "ribu")], [2, 2, 1]);
        assert_eq!([read(["Balung", "110", "141"], ""), read(["Balung", "110", "141"], "(ribu)")], [1, 1]);
    }

    #[test]
    fn a_last_row_below_all_lines_may_have_its_figures_at_the_foot_of_its_name() {
        let rules = [100.0, 120.0, 152.0].map(|at| Rule { level: true, at, from: 50.0, to: 300.0 });
        let mut words = vec![word("Nama", 60.0, 105.0), word("Angka", 200.0, 105.0), word("Jumlah", 60.0, 156.0)];
        for (name, figure, y) in [("Desa", "12", 125.0), ("Kota", "14", 140.0), ("semua", "26", 167.0)] {
            words.extend([word(name, 60.0, y), word(figure, 200.0, y)]);
        }
        let all: Vec<usize> = (0..words.len()).collect();
        let zones = zones(&words, &all, &Edges::new(rules), &[], &[], &vec![false; words.len()]);
        assert_eq!(zones.iter().map(|z| z.rows.len()).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn the_sum_of_two_halves_stands_below_one_of_them() {
        let rules = [100.0, 114.0, 128.0].map(|at| Rule { level: true, at, from: 50.0, to: 500.0 });
        let half =
            |x: f32, y: f32, name: &str| [("9", 0.0), (name, 40.0), ("15", 100.0), ("17", 140.0)].map(|(t, d)| word(t, x + d, y));
        let mut words: Vec<Word> =
            [102.0, 116.0].into_iter().flat_map(|y| [half(60.0, y, "Ajung"), half(300.0, y, "Balung")]).flatten().collect();
        words.extend(half(300.0, 130.0, "Jumlah").into_iter().skip(1));
        let all: Vec<usize> = (0..words.len()).collect();
        let zones = zones(&words, &all, &Edges::new(rules), &[], &[], &vec![false; words.len()]);
        assert_eq!(zones.iter().map(|z| z.rows.len()).collect::<Vec<_>>(), [3]);
    }
}
