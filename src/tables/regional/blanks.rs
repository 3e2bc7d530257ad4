//! What the blank cells of a row mean.

use crate::model::Origin;
use crate::tables::axes::{Content, Figure, Table};

use super::fact::{Entity, Fact};
use super::fields::{Fields, Known};
use super::tags::{Field, Sex, Stem, Tags};
use super::whose::Whose;

/// Gives a row's entity what its blank cells mean.
pub fn nothing(entity: &mut Entity, table: &Table, (row, own): (usize, &[Figure]), fields: &Fields, tags: &Tags) {
    let Whose::Region(named) = &entity.whose else { return };
    let field = |(col, at)| if let Known::Field(f) = fields.field(col, tags, named.level) { Some((f, at)) } else { None };
    // A row of goods that states nothing but what is left aside (the worth of a group) counts none of them.
    let counted = tags.goods.is_none() || own.iter().any(|f| field((f.col, f.origin)).is_some());
    let blanks: Vec<(Field, Origin)> = blanks(table, row, own).filter_map(field).filter(|_| counted).collect();
    zeros(entity, &blanks);
}

/// Tables with more columns than this are not searched for blanks.
pub const WIDEST: usize = 256;

/// Columns that hold figures elsewhere and nothing in this row, although it has figures.
fn blanks<'t>(table: &'t Table, row: usize, own: &'t [Figure]) -> impl Iterator<Item = (usize, Origin)> + 't {
    let stated = own.iter().any(|f| matches!(f.content, Content::Number(_)));
    let missing = (0..table.cols.len()).filter(move |&c| stated && !own.iter().any(|f| f.col == c));
    missing.filter_map(move |col| Some((col, table.blank(row, col)?)))
}

/// A blank in a count column that has other figures is zero; of L, P and their sum only where the printed ones leave it so. Where
/// one sex and the sum ask for another figure it was not filled in; a sum that is not printed is none.
fn zeros(entity: &mut Entity, blanks: &[(Field, Origin)]) {
    for &(field, origin) in blanks {
        let value = |sex| entity.fact(Field { sex, ..field }).and_then(|f| f.value);
        let (l, p, t) = (value(Sex::L), value(Sex::P), value(Sex::T));
        let fits = match field.sex {
            Sex::T => l.unwrap_or(0.0) == 0.0 && p.unwrap_or(0.0) == 0.0,
            Sex::L => t.is_none_or(|t| t == p.unwrap_or(0.0)),
            Sex::P => t.is_none_or(|t| t == l.unwrap_or(0.0)),
        };
        if matches!(field.stem, Stem::Price(_)) || entity.fact(field).is_some() || entity.facts.is_empty() {
            continue;
        }
        if fits {
            entity.facts.push(Fact::blank(field, origin));
        } else if field.sex != Sex::T && t.is_some() && (l.is_some() || p.is_some()) {
            entity.facts.push(Fact::unfilled(field, origin));
        }
    }
}
