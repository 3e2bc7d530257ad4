//! Running text among the lines of a page: paragraphs are no tables, and two paragraphs side by side make two columns of the page,
//! not of a table.

use super::geometry::Area;
use super::lines::{Line, lines};
use super::tokens::{figure, spread};
use super::words::Word;

/// Gap that parts two columns of running text, as a share of the font size; spaces of justified lines stay below it.
const GUTTER: f32 = 1.1;

/// A stretch of a line without a gutter.
struct Stretch {
    words: Vec<usize>,
    area: Area,
    chars: usize,
    letters: usize,
    size: f32,
    figure: bool,
}

/// Marks the words that belong to paragraphs.
#[must_use]
pub fn paragraphs(words: &[Word], free: &[bool]) -> Vec<bool> {
    marked(words, free, paragraph)
}

/// The same with the paragraphs of narrow columns, which may as well be texts in the cells of a table.
#[must_use]
pub fn narrow_paragraphs(words: &[Word], free: &[bool]) -> Vec<bool> {
    marked(words, free, |all, block| paragraph(all, block) || narrow(all, block))
}

fn marked(words: &[Word], free: &[bool], is: impl Fn(&[Stretch], &[usize]) -> bool) -> Vec<bool> {
    let rows = lines(words, (0..words.len()).filter(|&i| free[i] && words[i].turned == 0));
    let stretches: Vec<Stretch> = rows.iter().flat_map(|l| stretches(words, l)).collect();
    let mut prose = vec![false; words.len()];
    let mut used = vec![false; stretches.len()];
    for i in 0..stretches.len() {
        // No paragraph begins with a figure or a word alone; columns of cells are not followed down the page.
        if used[i] || (stretches[i].words.len() < 3 && stretches[i].chars < 16) {
            continue;
        }
        let block = block_from(&stretches, &used, i);
        if is(&stretches, &block) && !beside_cells(&stretches, &block) && !labels(&stretches, &block) {
            for &k in &block {
                used[k] = true;
                stretches[k].words.iter().for_each(|&w| prose[w] = true);
            }
        }
    }
    prose
}

fn stretches(words: &[Word], line: &Line) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let spread = spread(words, &line.words);
    for (&i, spread) in line.words.iter().zip(spread) {
        let w = &words[i];
        let chars = w.text.chars().count();
        let letters = w.text.chars().filter(|c| c.is_alphabetic()).count();
        match out.last_mut() {
            Some(s)
                if spread
                    || w.area.x0 - s.area.x1 <= GUTTER * s.size.min(w.size)
                        && !cell_border(&words[s.words[s.words.len() - 1]], w) =>
            {
                s.words.push(i);
                s.area = s.area.with(&w.area);
                s.chars += chars + 1;
                s.letters += letters;
                s.figure &= figure(&w.text);
            }
            _ => out.push(Stretch { words: vec![i], area: w.area, chars, letters, size: w.size, figure: figure(&w.text) }),
        }
    }
    out
}

/// Whether a figure and its neighbour were drawn as two texts.
fn cell_border(left: &Word, right: &Word) -> bool {
    let apart = left.runs.1 != right.runs.0 && right.area.x0 - left.area.x1 > right.reach * right.size;
    apart && right.reach < 0.3 && (figure(&left.text) || figure(&right.text))
}

/// Stretches below each other with the same left end and close leading, starting with `first`.
fn block_from(all: &[Stretch], used: &[bool], first: usize) -> Vec<usize> {
    let mut block = vec![first];
    let mut last = first;
    for (k, s) in all.iter().enumerate().skip(first + 1) {
        let above = &all[last];
        let size = above.size.max(s.size);
        if s.area.y0 - above.area.y1 > 0.9 * size {
            break;
        }
        let aligned = (s.area.x0 - above.area.x0).abs() < 2.2 * size && s.area.shared_width(&above.area) > 0.0;
        let below = s.area.mid_y() > above.area.y1 - 0.2 * size;
        if !used[k] && aligned && below && (s.size - above.size).abs() < 0.15 * size {
            block.push(k);
            last = k;
        }
    }
    block
}

/// Figures beside each other that are a row of a table, whatever stands before them.
const WHOLE_ROW: usize = 4;

/// Whether short texts stand beside most lines of a block: then it is a cell of a table, however long.
fn beside_cells(all: &[Stretch], block: &[usize]) -> bool {
    let near = |k: usize| all[k.saturating_sub(12)..(k + 13).min(all.len())].iter();
    let short = |k: usize| {
        near(k).any(|s| {
            s.chars < 22 && s.area.shared_height(&all[k].area) > 0.5 * s.area.height() && s.area.shared_width(&all[k].area) < 0.0
        })
    };
    // A number before and a figure or a short word behind: the text of a numbered row.
    let flanked = |k: usize| {
        let beside = |s: &&Stretch| s.chars < 22 && s.area.shared_height(&all[k].area) > 0.5 * s.area.height();
        let (before, behind) = (|s: &Stretch| s.area.x1 <= all[k].area.x0, |s: &Stretch| s.area.x0 >= all[k].area.x1);
        near(k).filter(beside).any(before) && near(k).filter(beside).filter(|s| behind(s)).count() >= 2
    };
    // Labels of several lines have their figures beside one of them.
    let row = |k: usize| {
        let beside = |s: &Stretch| s.area.shared_height(&all[k].area) > 0.5 * s.area.height() && s.area.x0 > all[k].area.x1;
        near(k).filter(|s| s.figure && beside(s)).count()
    };
    let figures = |k: usize| row(k) >= 2;
    let count = |test: &dyn Fn(usize) -> bool| block.iter().filter(|&&k| test(k)).count();
    count(&short) * 2 >= block.len()
        || (count(&flanked) >= 2 && count(&flanked) * 5 >= block.len())
        || count(&figures) * 5 >= block.len() * 2
        || (count(&figures) >= 3 && count(&figures) * 4 >= block.len())
        || count(&|k| row(k) >= WHOLE_ROW) * 5 >= block.len()
}

/// Whether a block is the labels of rows of figures on its right, however long they are: each of these rows stands at the height of one
/// of its lines or in the middle between two, and about as many of its lines as there are rows end before the others do.
fn labels(all: &[Stretch], block: &[usize]) -> bool {
    let (Some(area), Some(&first), Some(&last)) = (Area::around(block.iter().map(|&k| all[k].area)), block.first(), block.last())
    else {
        return false;
    };
    let near = &all[first.saturating_sub(12)..(last + 13).min(all.len())];
    let beside = |s: &&Stretch| s.figure && s.area.x0 > area.x1 && s.area.mid_y() > area.y0 && s.area.mid_y() < area.y1;
    let mut heights: Vec<f32> = near.iter().filter(beside).map(|s| s.area.mid_y()).collect();
    heights.sort_by(f32::total_cmp);
    let size = all[first].size;
    let rows: Vec<f32> = heights.chunk_by(|a, b| b - a < 0.2 * size).filter(|row| row.len() > 1).map(|row| row[0]).collect();
    let line = |k: usize| all[block[k]].area.mid_y();
    let at = |y: f32| {
        let lines = (0..block.len()).map(line);
        let between = (1..block.len()).map(|k| f32::midpoint(line(k - 1), line(k)));
        lines.chain(between).any(|x| (x - y).abs() < 0.14 * size)
    };
    let short = block.iter().filter(|&&k| all[k].area.width() < 0.9 * area.width()).count();
    !rows.is_empty() && rows.iter().all(|&y| at(y)) && block.len() <= 6 * rows.len() && short * 2 >= rows.len()
}

/// Lines long enough and full enough, mostly of letters.
fn paragraph(all: &[Stretch], block: &[usize]) -> bool {
    let chars: usize = block.iter().map(|&k| all[k].chars).sum();
    let letters: usize = block.iter().map(|&k| all[k].letters).sum();
    let Some(area) = Area::around(block.iter().map(|&k| all[k].area)) else { return false };
    let full = block.iter().filter(|&&k| all[k].area.width() > 0.75 * area.width()).count();
    let worded = block.iter().filter(|&&k| all[k].words.len() >= 4).count();
    let n = block.len();
    let long = match n {
        0 | 1 => return false,
        2 => 70,
        3 => 48,
        _ => 33,
    };
    chars >= long * n && letters * 10 >= chars * 6 && full * 10 >= n * 6 && worded * 10 >= n * 7
}

/// Many short lines, full enough, of letters.
fn narrow(all: &[Stretch], block: &[usize]) -> bool {
    let Some(area) = Area::around(block.iter().map(|&k| all[k].area)) else { return false };
    let (chars, letters) = block.iter().fold((0, 0), |(c, l), &k| (c + all[k].chars, l + all[k].letters));
    let full = block.iter().filter(|&&k| all[k].area.width() > 0.7 * area.width()).count();
    let worded = block.iter().filter(|&&k| all[k].words.len() >= 3).count();
    let n = block.len();
    n >= 5 && chars >= 20 * n && letters * 10 >= chars * 7 && full * 10 >= n * 7 && worded * 10 >= n * 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(x: f32, y: f32, text: &str, out: &mut Vec<Word>) {
        let mut x = x;
        for t in text.split(' ') {
            #[expect(clippy::cast_precision_loss, reason = "a few characters")]
            let width = t.len() as f32 * 5.0;
            out.push(Word {
                text: t.into(),
                area: Area::new(x, y, x + width, y + 10.0),
                base: y + 8.0,
                size: 10.0,
                turned: 0,
                runs: (0, 0),
                reach: 0.42,
            });
            x += width + 3.0;
        }
    }

    #[test]
    fn two_columns_of_text_are_prose_and_figures_are_not() {
        let mut words = Vec::new();
        for i in 0..6_u8 {
            let y = f32::from(i).mul_add(12.0, 100.0);
            text(20.0, y, "jumlah pemilih yang tercatat pada triwulan ini", &mut words);
            text(300.0, y, "dibandingkan dengan jumlah pada triwulan lalu", &mut words);
        }
        let first_figure = words.len();
        for i in 0..6_u8 {
            let y = f32::from(i).mul_add(12.0, 300.0);
            text(20.0, y, "Mangaran", &mut words);
            text(150.0, y, "6.746", &mut words);
        }
        let prose = paragraphs(&words, &vec![true; words.len()]);
        assert!(prose[..first_figure].iter().all(|p| *p));
        assert!(prose[first_figure..].iter().all(|p| !p));
    }

    #[test]
    fn labels_of_several_lines_beside_their_figures_are_no_paragraph() {
        let page = |figures: bool| {
            let mut words = Vec::new();
            for i in 0..3_u8 {
                let y = f32::from(i).mul_add(36.0, 100.0);
                text(20.0, y, "persentase pemilih yang tercatat pada daftar", &mut words);
                text(20.0, y + 12.0, "pemilih berkelanjutan pada triwulan ini menurut", &mut words);
                text(20.0, y + 24.0, "menurut hasil rapat pleno", &mut words);
                if figures {
                    text(400.0, y + 12.0, "12", &mut words);
                    text(450.0, y + 12.0, "34", &mut words);
                }
            }
            paragraphs(&words, &vec![true; words.len()]).contains(&true)
        };
        assert!(page(false) && !page(true));
    }
    #[test]
    fn a_whole_row_of_figures_stands_beside_no_paragraph() {
        let page = |figures: usize| {
            let mut words = Vec::new();
            for i in 0..5_u8 {
                let y = f32::from(i).mul_add(12.0, 100.0);
                text(20.0, y, "program penyelenggaraan pemilu dalam konsolidasi", &mut words);
            }
            for x in [350.0, 400.0, 450.0, 500.0].into_iter().take(figures) {
                text(x, 138.0, "12", &mut words);
            }
            paragraphs(&words, &vec![true; words.len()]).contains(&true)
        };
        assert_eq!([0, 2, 4].map(page), [true, true, false]);
    }
}
