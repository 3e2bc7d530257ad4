//! Texts alone above a row with a code and amounts: figures may stand at the foot of a cell whose lines begin above them.

use super::Spoken;

/// Gives such a row the text above it: where it has none of its own, and where the row before has had room for more, so that the text
/// cannot be its second line.
pub(super) fn below(spoken: &mut [Spoken]) {
    for n in 1..spoken.len() {
        let (before, above, here) = (n.checked_sub(2).map(|b| &spoken[b]), &spoken[n - 1], &spoken[n]);
        let close = above.line.grid == here.line.grid && !here.line.after_break;
        // What a page says at its foot begins at its edge, not where names do.
        let column = |s: &Spoken| s.item.uraian_at.map(|at| at.col);
        let named = |s: &Spoken| column(s).is_some() && column(s) == column(above);
        let nameless = is_row(here) && here.item.uraian.is_empty() && before.is_none_or(|b| !is_row(b) || named(b));
        let room = || before.is_some_and(|b| is_row(b) && named(b) && had_room(b, above));
        let rest = is_row(here) && named(here) && length(here) < length(above) && room();
        if close && is_text(above) && (nameless || rest) {
            let name = std::mem::take(&mut spoken[n - 1].item);
            let item = &mut spoken[n].item;
            let own = std::mem::replace(&mut item.uraian, name.uraian);
            item.go_on(&own);
            (item.uraian_at, item.place.1) = (name.uraian_at, name.place.1);
        }
    }
}

fn is_text(s: &Spoken) -> bool {
    !s.item.has_amounts() && !s.item.is_named() && !s.item.total && !s.item.uraian.is_empty()
}

fn is_row(s: &Spoken) -> bool {
    s.item.has_amounts() && !s.item.codes.is_empty()
}

fn length(s: &Spoken) -> usize {
    s.item.uraian.chars().count()
}

/// Whether the first word of a line would have fitted behind the text of the row before: that line itself is as long.
fn had_room(before: &Spoken, line: &Spoken) -> bool {
    let word = line.item.uraian.split_whitespace().next().map_or(0, |w| w.chars().count());
    length(before) > 0 && length(before) + 1 + word <= length(line)
}
