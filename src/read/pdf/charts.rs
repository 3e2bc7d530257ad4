//! Charts of bars: filled rectangles of one width that stand on one line, as high as their values. Their labels make no tables, however
//! well they align.

use super::geometry::Area;
use super::words::Word;

/// Fewest bars of a chart.
const FEWEST: usize = 4;
/// Grounds of a page beyond which it is a drawing.
const MOST: usize = 2_000;

/// The words in and right beside the charts that these fills draw.
#[must_use]
pub fn labels(words: &[Word], fills: &[Area], free: &[bool]) -> Vec<usize> {
    let charts: Vec<Area> = charts(fills, true).into_iter().chain(charts(fills, false)).collect();
    let plain: Vec<&Area> = charts.iter().filter(|c| bare(words, fills, c)).collect();
    let beside = |c: &Area, w: &Word| c.shared_width(&w.area) > -3.0 * w.size && c.shared_height(&w.area) > -2.0 * w.size;
    (0..words.len()).filter(|&i| free[i] && plain.iter().any(|c| beside(c, &words[i]))).collect()
}

/// Whether hardly any of the bars has a word in it, as the grounds of cells have.
fn bare(words: &[Word], fills: &[Area], chart: &Area) -> bool {
    let bars = || fills.iter().take(MOST).filter(|f| chart.covers(f, 0.5));
    let written = |f: &&Area| words.iter().any(|w| f.holds(w.area.mid_x(), w.area.mid_y(), 0.0));
    bars().filter(written).count() * 4 <= bars().count()
}

/// The areas of bars that stand up from one line, or lie beside it.
fn charts(fills: &[Area], upright: bool) -> Vec<Area> {
    let long = |a: &Area| if upright { a.height() } else { a.width() };
    let wide = |a: &Area| if upright { a.width() } else { a.height() };
    let foot = |a: &Area| if upright { a.y1 } else { a.x0 };
    let mut bars: Vec<Area> = fills.iter().take(MOST).copied().collect();
    bars.sort_by(|a, b| foot(a).total_cmp(&foot(b)).then(wide(a).total_cmp(&wide(b))).then(long(a).total_cmp(&long(b))));
    bars.dedup();
    let alike = |a: &Area, b: &Area| (foot(a) - foot(b)).abs() < 0.6 && (wide(a) - wide(b)).abs() < 0.6;
    let chart = |some: &[Area]| {
        let mut lengths: Vec<f32> = some.iter().map(long).collect();
        lengths.sort_by(f32::total_cmp);
        lengths.dedup_by(|a, b| *a - *b < 2.0);
        let several = some.len() >= FEWEST && lengths.len() >= FEWEST && lengths.len() * 2 >= some.len();
        several.then(|| Area::around(some.iter().copied())).flatten()
    };
    bars.chunk_by(alike).filter_map(chart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(heights: [f32; 5]) -> Vec<Area> {
        (0_u8..)
            .zip(heights)
            .map(|(i, h)| {
                let x = f32::from(i).mul_add(30.0, 100.0);
                Area::new(x, 300.0 - h, x + 20.0, 300.0)
            })
            .collect()
    }

    #[test]
    fn bars_of_several_heights_are_a_chart_and_grounds_of_cells_are_none() {
        let words = [Word::sample("135", 102.0, 230.0, 8.0), Word::sample("Ajung", 100.0, 500.0, 8.0)];
        let free = [true, true];
        assert_eq!(labels(&words, &bars([60.0, 42.0, 90.0, 31.0, 77.0]), &free), [0]);
        assert!(labels(&words, &bars([60.0; 5]), &free).is_empty());
        let inside = bars([60.0, 42.0, 90.0, 31.0, 77.0]);
        let written: Vec<Word> = inside.iter().map(|b| Word::sample("12", b.x0 + 4.0, b.y1 - 12.0, 8.0)).collect();
        assert!(labels(&written, &inside, &[true; 5]).is_empty());
    }
}
