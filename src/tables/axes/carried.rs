//! A name printed once for several rows: it stands for the blanks below it, and for those above it where a sum has closed the group before.
//! A merged cell that a page breaks leaves its first rows blank; so does a name typed beside the middle of its group.

use crate::normalise::text;
use crate::tables::words::Dimension;

use super::{Label, Line};

fn is_total(label: Option<&Label>) -> bool {
    label.is_some_and(|l| !l.carried && l.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total))
}

fn counts(label: &Label) -> bool {
    label.text.trim().trim_end_matches(['.', ')']).bytes().all(|b| b.is_ascii_digit())
}

/// Fills the blanks of parent columns from the row above. Only left of a label of the row's own, and never right of one that says the row
/// is a total. A total is carried only where its own row says what it is a total of (`Jumlah` | `Laki-laki`).
pub(super) fn carry<'a>(labels: &mut [Option<Label<'a>>], above: &mut [Option<Label<'a>>]) {
    let total = labels.iter().position(|l| is_total(l.as_ref())).unwrap_or(labels.len());
    let deepest = labels.iter().rposition(|l| l.is_some_and(|l| !l.carried)).unwrap_or(0);
    // A total may be merged over all label columns.
    let alone = labels
        .get(total)
        .copied()
        .flatten()
        .filter(|whole| labels[total..].iter().flatten().all(|l| l.carried || l.origin == whole.origin));
    let end = if alone.is_some() { total } else { labels.len() };
    let mut fresh = false;
    for i in 0..end {
        match labels[i] {
            Some(label) => {
                fresh |= !label.carried && !counts(&label) && i < total && above[i].is_none_or(|a| a.text != label.text);
                above[i] = Some(Label { carried: true, ..label });
            }
            None if i < total && i < deepest && !fresh => labels[i] = above[i],
            None if i > total => {}
            None => above[i] = None,
        }
    }
    if alone.is_some_and(|whole| above.iter().flatten().any(|outer| closes(&whole, outer))) {
        above[total..].fill(None);
    }
}

/// `Jumlah Kumai` below the rows of `Kumai`: what follows is no longer Kumai's.
fn closes(total: &Label, outer: &Label) -> bool {
    let name = text::key(outer.text);
    !name.is_empty() && !is_total(Some(&Label { carried: false, ..*outer })) && text::key(total.text).ends_with(&name)
}

/// Fills blanks that nothing was carried into, above the first name of their group: rows right below a sum, or first of all.
pub(super) fn hang(rows: &mut [Line]) {
    let width = rows.first().map_or(0, |r| r.labels.len());
    for i in 0..width.saturating_sub(1) {
        if !rows.iter().any(|r| r.labels[i].is_some_and(|l| l.carried)) {
            continue;
        }
        let mut open = Some(0);
        for n in 0..rows.len() {
            if rows[n].labels.iter().any(|l| is_total(l.as_ref())) {
                open = Some(n + 1);
            } else if let Some(name) = rows[n].labels[i] {
                let blanks = open.take().unwrap_or(n)..n;
                if blanks.clone().all(|row| rows[row].labels[i + 1..].iter().flatten().any(|l| !l.carried)) {
                    rows[blanks].iter_mut().for_each(|row| row.labels[i] = Some(Label { carried: true, ..name }));
                }
            }
        }
    }
}
