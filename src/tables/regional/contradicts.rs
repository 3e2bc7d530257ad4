//! Columns of goods that say something else than the titles over them: a need under `Persediaan`, a stock under `Kebutuhan`.

use crate::model::Origin;
use crate::tables::axes::Table;

use super::goods::Goods;
use super::tags::Tags;

/// The figures of the columns that say what is counted, where the titles say it too and none of the columns agrees with them. A stock and
/// its conditions are one thing.
pub(super) fn contradicted(table: &Table, cols: &[Tags], goods: &Goods, titled: Option<u16>) -> Vec<Origin> {
    let stock = |m: u16| Some(m) == goods.stock || goods.conditions().contains(&m);
    let same = |a: u16, b: u16| a == b || stock(a) && stock(b);
    let Some(titled) = titled.filter(|&m| goods.tells(m)) else { return Vec::new() };
    let telling = |t: &Tags| t.measure.filter(|&m| goods.tells(m));
    if cols.iter().filter_map(telling).any(|m| same(m, titled)) {
        return Vec::new();
    }
    let of = |col: usize| cols.get(col).is_some_and(|t| telling(t).is_some());
    table.figures.iter().filter(|f| of(f.col)).map(|f| f.origin).collect()
}
