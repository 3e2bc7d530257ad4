//! Words → lines: words side by side, and the text they make together.

use super::geometry::Area;
use super::words::Word;

/// Words on one line, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Numbers of its words in the list it was made from.
    pub words: Vec<usize>,
    /// Around all of them.
    pub area: Area,
}

/// Lines of these words from top to bottom. Words belong to one line when they share more than half of the smaller one's height.
#[must_use]
pub fn lines(words: &[Word], chosen: impl IntoIterator<Item = usize>) -> Vec<Line> {
    let mut order: Vec<usize> = chosen.into_iter().collect();
    order.sort_by(|&a, &b| words[a].area.mid_y().total_cmp(&words[b].area.mid_y()).then(a.cmp(&b)));
    let marks = marks(words, &order);
    let mut out: Vec<(Line, Area)> = Vec::new();
    for (i, _) in order.iter().copied().zip(&marks).filter(|(_, host)| host.is_none()) {
        let area = words[i].area;
        // The band of a line is that of its first word: a line must not creep down a staircase of words.
        let same = |band: &Area| band.shared_height(&area) > 0.55 * band.height().min(area.height());
        match out.iter_mut().rev().take(3).find(|(_, band)| same(band)) {
            Some((line, _)) => {
                line.words.push(i);
                line.area = line.area.with(&area);
            }
            None => out.push((Line { words: vec![i], area }, area)),
        }
    }
    let mut lines: Vec<Line> = out.into_iter().map(|(line, _)| line).collect();
    for (i, host) in order.iter().copied().zip(marks).filter_map(|(i, host)| Some((i, host?))) {
        if let Some(line) = lines.iter_mut().find(|l| l.words.contains(&host)) {
            line.words.push(i);
            line.area = line.area.with(&words[i].area);
        }
    }
    for line in &mut lines {
        line.words.sort_by(|&a, &b| words[a].area.x0.total_cmp(&words[b].area.x0).then(a.cmp(&b)));
    }
    lines
}

/// For each of these words, from top to bottom, the word behind which it stands raised as the mark of a note: small, close to it, at the
/// height of its upper half. Such a mark belongs to the line of that word, however near the line above is.
fn marks(words: &[Word], order: &[usize]) -> Vec<Option<usize>> {
    const LONGEST: usize = 3;
    let host = |k: usize| {
        let mark = &words[order[k]];
        let raised = |w: &Word| {
            let close = (mark.area.x0 - w.area.x1).abs() < 0.15 * w.size && mark.area.x0 > w.area.mid_x();
            let above = mark.base < w.base - 0.15 * w.size && mark.base > w.area.y0 && mark.turned == w.turned;
            mark.size < 0.85 * w.size && close && above
        };
        let low = mark.area.mid_y() + 2.0 * mark.size;
        let near = order[k + 1..].iter().copied().take_while(|&i| words[i].area.mid_y() < low);
        near.into_iter().find(|&i| raised(&words[i]))
    };
    (0..order.len()).map(|k| if words[order[k]].text.chars().count() <= LONGEST { host(k) } else { None }).collect()
}

/// The text of a line.
#[must_use]
pub fn line_text(words: &[Word], line: &Line) -> String {
    let mut text = String::new();
    for &i in &line.words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&words[i].text);
    }
    text
}

/// The text of a block: its lines joined with a space; after a letter and a hyphen without one, so that a hyphenated word stays as
/// printed.
#[must_use]
pub fn block_text(words: &[Word], chosen: impl IntoIterator<Item = usize>) -> String {
    let (upright, turned): (Vec<usize>, Vec<usize>) = chosen.into_iter().partition(|&i| words[i].turned == 0);
    let mut text = String::new();
    for line in lines(words, upright) {
        append(&mut text, &line_text(words, &line));
    }
    for quarter in 1..4 {
        let chosen: Vec<Word> = turned.iter().map(|&i| &words[i]).filter(|w| w.turned == quarter).map(laid_down).collect();
        for line in lines(&chosen, 0..chosen.len()) {
            append(&mut text, &line_text(&chosen, &line));
        }
    }
    text
}

/// A turned word as it stands when its writing is laid upright.
fn laid_down(word: &Word) -> Word {
    let a = &word.area;
    let area = match word.turned {
        1 => Area::new(a.y0, -a.x0, a.y1, -a.x1),
        2 => Area::new(-a.x0, -a.y0, -a.x1, -a.y1),
        _ => Area::new(-a.y0, a.x0, -a.y1, a.x1),
    };
    Word { area, turned: 0, ..word.clone() }
}

/// Adds a line to a text.
pub fn append(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() && !hyphenated(text) {
        text.push(' ');
    }
    text.push_str(line);
}

fn hyphenated(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next() == Some('-') && last.next().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x: f32, y: f32) -> Word {
        let area = Area::new(x, y, x + 20.0, y + 10.0);
        Word { text: text.into(), area, base: y + 8.0, size: 10.0, turned: 0, runs: (0, 0), reach: 0.42 }
    }

    #[test]
    fn words_side_by_side_are_a_line_and_blocks_join_with_spaces() {
        let words =
            [word("Barat", 40.0, 101.0), word("Kab.", 10.0, 100.0), word("Toli-", 10.0, 112.0), word("Toli", 10.0, 124.0)];
        assert_eq!(lines(&words, 0..4).len(), 3);
        assert_eq!(block_text(&words, 0..4), "Kab. Barat Toli-Toli");
    }

    #[test]
    fn a_heading_written_upwards_reads_from_bottom_to_top() {
        let up = |text: &str, y: f32| Word { area: Area::new(10.0, y, 20.0, y + 30.0), turned: 3, ..word(text, 0.0, 0.0) };
        let words = [up("Pemilih", 100.0), up("Jumlah", 140.0)];
        assert_eq!(block_text(&words, 0..2), "Jumlah Pemilih");
    }

    #[test]
    fn a_dash_alone_takes_its_space() {
        let words = [word("L -", 10.0, 100.0), word("P", 10.0, 112.0)];
        assert_eq!(block_text(&words, 0..2), "L - P");
    }

    #[test]
    fn the_raised_mark_of_a_note_stands_on_the_line_of_its_figure_however_near_the_line_above_is() {
        let mark = |x: f32, y: f32| {
            let area = Area::new(x, y, x + 4.0, y + 7.0);
            Word { text: "1".into(), area, base: y + 5.6, size: 7.0, turned: 0, runs: (0, 0), reach: 0.42 }
        };
        let read = |x: f32| {
            let words = [word("Hibah", 10.0, 100.0), word("8.35", 100.0, 105.5), mark(x, 103.0), word("lain", 10.0, 111.0)];
            lines(&words, 0..4).into_iter().map(|l| l.words).collect::<Vec<_>>()
        };
        assert_eq!((read(120.0)[0].as_slice(), read(120.0)[1].as_slice()), ([0].as_slice(), [1, 2].as_slice()));
        // What stands apart from the figure is none.
        assert_eq!(read(160.0)[0], [0, 2]);
    }
}
