//! What only the arithmetic tells: that a column whose heading nobody knows is the target, the realisation or the achievement, and that a
//! row is the mean of those above it.

use crate::normalise::number::Style;
use crate::tables::phrases::Phrases;

use super::achieve;
use super::body::{Item, Table};
use super::layout::Field;
use super::value;

/// The three that belong together.
const MEASURES: [Field; 3] = [Field::Target, Field::Realisasi, Field::Capaian];

/// Most by which a printed achievement differs from the one that follows, in percent.
const ROUNDING: f64 = 0.06;

fn number(item: &Item, column: usize, style: Style, phrases: &Phrases) -> Option<f64> {
    let printed = item.cells.get(&column)?;
    printed.number.or_else(|| value::read(&printed.text, style, phrases).number())
}

/// Names a column of unknown heading as the one measure that has none, where target, realisation and achievement then agree in every row
/// that has all three.
pub(super) fn name(table: &mut Table, style: Style, phrases: &Phrases) {
    const FEWEST: usize = 3;
    let of = |field: Field| -> Vec<usize> { (0..table.cols.len()).filter(|&i| table.cols[i].field == Some(field)).collect() };
    let known = MEASURES.map(of);
    let missing: Vec<usize> = (0..MEASURES.len()).filter(|&k| known[k].is_empty()).collect();
    let [missing] = missing.as_slice() else { return };
    if known.iter().any(|k| k.len() > 1) {
        return;
    }
    let fits = |candidate: usize| {
        let at = |k: usize| if k == *missing { Some(candidate) } else { known[k].first().copied() };
        let rows: Vec<[f64; 3]> = table
            .items
            .iter()
            .filter_map(|item| {
                let get = |k: usize| number(item, at(k)?, style, phrases);
                Some([get(0)?, get(1)?, get(2)?])
            })
            .collect();
        let close = |[target, done, said]: &[f64; 3]| {
            let wanted = [achieve::higher(*target, *done), achieve::lower(*target, *done)];
            wanted.into_iter().flatten().any(|want| (want - said).abs() <= ROUNDING)
        };
        let telling = rows.iter().any(|[target, done, _]| (target - done).abs() > f64::EPSILON);
        rows.len() >= FEWEST && telling && rows.iter().all(close)
    };
    let unknown = (0..table.cols.len()).filter(|&i| table.cols[i].field.is_none());
    let found: Vec<usize> = unknown.filter(|&i| fits(i)).collect();
    if let [column] = found.as_slice() {
        table.cols[*column].field = Some(MEASURES[*missing]);
    }
}

/// Leaves out rows that have an achievement and neither target nor realisation: the mean of the achievements above them since the last such
/// row.
pub(super) fn without_means(table: &mut Table, style: Style, phrases: &Phrases) {
    const EVEN: f64 = 0.02;
    let column = |field: Field| table.cols.iter().position(|c| c.field == Some(field));
    let (Some(target), Some(done), Some(said)) = (column(Field::Target), column(Field::Realisasi), column(Field::Capaian)) else {
        return;
    };
    let filled = |item: &Item, i: usize| item.cells.get(&i).is_some_and(|p| !p.text.is_empty());
    let mut above: Vec<f64> = Vec::new();
    let mut all: Vec<f64> = Vec::new();
    table.items.retain(|item| {
        let Some(here) = number(item, said, style, phrases) else { return true };
        let bare = !filled(item, target) && !filled(item, done);
        let mean = |of: &[f64]| of.iter().sum::<f64>() / f64::from(u32::try_from(of.len()).unwrap_or(1).max(1));
        let close = |of: &[f64]| !of.is_empty() && (mean(of) - here).abs() <= EVEN;
        if bare && (close(&above) || close(&all)) {
            above.clear();
            return false;
        }
        above.push(here);
        all.push(here);
        true
    });
}
