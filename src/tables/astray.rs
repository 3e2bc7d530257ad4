//! Words that stand in a column of figures and yet name their row.

use crate::model::Origin;

use super::axes::{Label, label};
use super::marks::Marked;
use super::words::Dimension;

/// A row without a label of its own whose word for a sum stands in a column of figures: it is called that.
pub(super) fn total_elsewhere<'a>(strays: &mut Vec<Origin>, labels: &mut [Option<Label<'a>>], sheet: &'a Marked<'a>, row: u32) {
    let (Some(&stray), Some(last)) = (strays.last().filter(|o| o.row == row), labels.last_mut()) else { return };
    let word = sheet.at(stray.row, stray.col).and_then(|(cell, _)| label(sheet, cell, false));
    let total = word.filter(|l| l.said.opens && l.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total));
    if total.is_some() && last.is_none() {
        *last = total;
        strays.pop();
    }
}
