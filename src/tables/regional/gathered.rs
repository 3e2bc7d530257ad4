//! Which figures of neighbouring rows belong together: a region may take several rows.

use crate::model::{Level, Origin, Span};
use crate::tables::axes::{Content, Figure, Table};

use super::fact::{Entity, Fact};
use super::tags::Field;
use super::whose::Whose;

/// Gives a figure to the run of rows that it goes on with, or begins a new one.
pub(super) fn add(
    entities: &mut Vec<Entity>,
    whose: &Whose,
    field: Field,
    figure: &Figure,
    table: &Table,
    (group, part): (usize, usize),
) {
    let value = match figure.content {
        Content::Number(n) => Some(n),
        Content::Dash => Some(0.0),
        Content::Error(_) | Content::Unreadable => None,
    };
    let fact = Fact::new(field, value, figure, table);
    let same = |e: &Entity| {
        e.part == part
            && same_row(&e.whose, whose, e.group == group, beside(e.span, figure.origin, table))
            && (e.fact(field).is_none())
    };
    let recent = entities.len().saturating_sub(if matches!(whose, Whose::Region(n) if n.level == Level::Tps) { 64 } else { 1 });
    if let Some(entity) = entities[recent..].iter_mut().rev().find(|e| same(e)) {
        entity.span = entity.span.with(figure.origin);
        entity.facts.push(fact);
    } else {
        entities.push(Entity { whose: whose.clone(), facts: vec![fact], span: figure.origin.into(), group, part });
    }
}

/// Whether a row that goes on about the region before it repeats what that one has said already: the stations and voters of a kecamatan
/// beside each of its goods. `others`: all fields of the row, of which some are new; a row that repeats everything is a second one.
pub(super) fn says_once_more<I: Iterator<Item = Field>>(
    entities: &[Entity],
    (whose, part): (&Whose, usize),
    field: Field,
    figure: &Figure,
    others: impl Fn() -> I,
    table: &Table,
) -> bool {
    let (Whose::Region(_), Content::Number(value)) = (whose, figure.content) else { return false };
    let Some(last) = entities.last().filter(|e| e.part == part && same_row(&e.whose, whose, true, true)) else { return false };
    let from_before = |f: &&Fact| !beside(f.origin.into(), figure.origin, table);
    let before = last.fact(field).filter(from_before).and_then(|f| f.value);
    before.is_some_and(|b| b.to_bits() == value.to_bits()) && others().any(|field| last.fact(field).filter(from_before).is_none())
}

/// Figures of the same region stand in one entity; printed sums only when they share their label.
fn same_row(a: &Whose, b: &Whose, same_group: bool, beside: bool) -> bool {
    match (a, b) {
        (Whose::Region(a), Whose::Region(b)) => {
            a.level == b.level && a.matched == b.matched && a.printed == b.printed && a.parent == b.parent
        }
        (Whose::Total(a, _), Whose::Total(b, _)) => a == b && same_group,
        (Whose::Nobody, Whose::Nobody) => beside,
        _ => false,
    }
}

/// Whether a cell stands in the row (of a turned table: the column) that a rectangle covers.
const fn beside(span: Span, cell: Origin, table: &Table) -> bool {
    if table.turned { span.from.col == cell.col } else { span.from.row == cell.row }
}
