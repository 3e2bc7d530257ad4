//! Labels that one figure passes on to the next: what it has become, and lists of labels before lists of figures.

use super::labels::{Around, Item, Label, Measure, Slot, counted, parts, says};
use super::lexicon::Sense;

/// The label of a figure that says what the one before it has become: `pemilih laki-laki semula 100 menjadi 110`.
pub fn grown(before: &Label, own: &Label, around: &Around) -> Option<Label> {
    let becomes = around.head.iter().any(|i| matches!(i, Item::Known(Sense::Becomes)));
    let open = own.slot.is_none_or(|slot| Some(slot) == before.slot || slot == Slot::Total) && own.measure != Measure::Other;
    let result = Label { measure: Measure::Result, own: true, ..*before };
    (becomes && open && before.slot.is_some() && before.measure == Measure::Other).then_some(result)
}

/// Labels that several figures share in order: `laki-laki dan perempuan masing-masing 5 dan 6`.
pub fn in_order(around: &[Around], first: usize) -> Option<Vec<Slot>> {
    let head = &around[first].head;
    let mut slots: Vec<Slot> = Vec::new();
    for item in head {
        match item {
            Item::Known(Sense::Both) => slots.extend([Slot::L, Slot::P]),
            item => slots.extend(counted(item)),
        }
    }
    let each = head.iter().any(|i| matches!(i, Item::Known(Sense::Each)));
    if slots.len() == 2 && each && head.iter().any(|i| matches!(i, Item::Known(Sense::Total))) && slots.contains(&Slot::L) {
        let third = around.get(first + 2).is_some_and(|a| !a.head.iter().any(says));
        slots.extend(third.then_some(Slot::Total));
    }
    let bare = |a: &Around| !a.head.iter().any(says) && !a.tail.iter().take_while(|i| !parts(i)).any(|i| counted(i).is_some());
    let follow = around.get(first + 1..first + slots.len())?;
    let own = around[first].tail.iter().take_while(|i| !parts(i)).all(|i| counted(i).is_none());
    (slots.len() >= 2 && own && follow.iter().all(bare)).then_some(slots)
}
