//! Columns of goods: which unknown headings name goods, what heads each good, which columns nobody heads.

use std::collections::BTreeSet;

use crate::tables::axes::Table;

use super::goods::Goods;
use super::tags::{Tagger, Tags};

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
