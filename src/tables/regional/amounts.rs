//! Columns of goods: what their amounts mean, and headings that are goods themselves.

use std::collections::BTreeSet;

use crate::tables::axes::Table;
use crate::tables::words::Dimension;

use super::fields::Known;
use super::goods::Goods;
use super::tags::{Field, Sex, Stem, Tagger, Tags, When};

/// What amounts of goods mean in one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amounts<'g> {
    /// The goods of the kind.
    pub(super) goods: &'g Goods<'g>,
    /// The measure of an amount that says none.
    pub(super) open: Option<u16>,
    /// Another column says that it holds the amounts.
    pub(super) stated: bool,
}

impl Amounts<'_> {
    /// The field of an amount, from all that is said of it and what its row and column say.
    pub(super) fn field(self, tags: &Tags, own: &Tags) -> Known {
        if self.stated && own.total && own.measure.is_none() && own.when.is_none() {
            return Known::Aside;
        }
        if matches!(tags.when, Some(When::Before | When::Other)) {
            return Known::Stale;
        }
        let Some(measure) = self.goods.measure(tags.measure, self.open) else {
            return if tags.total && tags.goods.is_none() { Known::Aside } else { Known::No };
        };
        let stem = match tags.goods {
            Some(good) if Some(measure) == self.goods.price => Stem::Price(good),
            Some(good) => Stem::Goods(good, measure),
            None => Stem::Measure(measure),
        };
        Known::Field(Field { stem, sex: Sex::T })
    }
}

/// Unknown headings among those of goods are goods that no schema knows: kept as printed.
pub(super) fn adopt(table: &Table, cols: &mut [Tags], tagger: &Tagger, goods: &Goods) {
    let nearest = |col: usize| table.cols[col].labels.iter().rposition(Option::is_some);
    let depths: BTreeSet<Option<usize>> = (0..cols.len()).filter(|&c| cols[c].goods.is_some()).map(nearest).collect();
    let known = cols.iter().filter(|t| t.goods.is_some()).count();
    if known < 2 && !table.turned {
        return;
    }
    for (col, tags) in cols.iter_mut().enumerate() {
        let label = nearest(col).and_then(|i| table.cols[col].labels[i]);
        // What stands above it may say what is counted: `Kebutuhan` over a good.
        let own = label.map_or_else(Tags::default, |l| tagger.label(l.text, l.said));
        let silent = !own.speaks() && !own.total && !own.aside && own.level.is_none() && !tags.aside;
        if tags.dark && silent && depths.contains(&nearest(col)) {
            let good = label.and_then(|l| goods.listed(&table.shown(&l)));
            *tags = Tags { goods: good, dark: good.is_none(), ..*tags };
        }
    }
}

/// `Dus | Isi | Eceran | Jumlah`: how many packings there are is no amount of the good where a column of its own says that.
pub(super) fn packings(table: &Table, cols: &mut [Tags]) {
    let silent = |t: &Tags| !t.speaks() && !t.total && !t.aside && t.goods.is_none() && t.level.is_none();
    let unit = |col: usize| {
        let label = table.cols[col].labels.iter().flatten().next_back();
        label.is_some_and(|l| l.said.whole() && l.said.tells(Dimension::Unit))
    };
    let summed = cols.iter().any(|t| t.total && t.measure.is_none() && t.goods.is_none());
    let across = cols.iter().any(|t| t.goods.is_some());
    if summed && !across {
        let packed: Vec<usize> = (0..cols.len()).filter(|&c| silent(&cols[c]) && unit(c)).collect();
        for col in packed {
            cols[col].aside = true;
        }
    }
}

/// Notes the headings that name goods by themselves: not `PPWP` below `Surat Suara`, nor a measure below its good.
pub(super) fn headings(table: &Table, cols: &[Tags], tagger: &Tagger, goods: &Goods) {
    for (line, tags) in table.cols.iter().zip(cols).filter(|_| !table.turned) {
        let label = line.labels.iter().flatten().next_back();
        if let (Some(good), Some(label)) = (tags.goods, label)
            && tagger.label(label.text, label.said).goods == Some(good)
        {
            goods.heads(good, &table.shown(label));
        }
    }
}

/// Columns without any heading, where other columns of the table have one.
pub(super) fn unheaded(table: &Table) -> BTreeSet<usize> {
    let bare = |col: &usize| table.cols[*col].labels.iter().all(Option::is_none);
    let found: BTreeSet<usize> = (0..table.cols.len()).filter(bare).collect();
    if found.len() == table.cols.len() || table.turned { BTreeSet::new() } else { found }
}
