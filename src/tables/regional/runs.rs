//! Rows that bear one name over and over: what tells them apart (stations, ages, sources) stands in a column that was not understood. None
//! of them is the region's figure.

use crate::model::Origin;

use super::fact::Entity;
use super::whose::{Named, Whose};

/// So many rows of one region in a row are no slip.
const MANY: usize = 3;

/// Takes out the rows of runs of one name, where such runs make up half of a table or more. Returns their figures' cells.
pub fn over_and_over(entities: &mut Vec<Entity>) -> Vec<Origin> {
    let runs: Vec<usize> = entities.chunk_by(same).map(<[Entity]>::len).collect();
    let many = |&&n: &&usize| n >= MANY;
    let rows = entities.iter().filter(|e| named(e).is_some()).count();
    if runs.iter().filter(many).count() < 2 || runs.iter().filter(many).sum::<usize>() * 2 < rows {
        return Vec::new();
    }
    let mut lengths = runs.into_iter().flat_map(|n| std::iter::repeat_n(n, n));
    let (kept, out): (Vec<Entity>, Vec<Entity>) = entities.drain(..).partition(|_| lengths.next().is_none_or(|n| n < MANY));
    *entities = kept;
    out.iter().flat_map(|e| e.facts.iter().map(|f| f.origin)).collect()
}

fn named(entity: &Entity) -> Option<&Named> {
    if let Whose::Region(named) = &entity.whose { Some(named) } else { None }
}

/// Whether two rows one after the other give the same figure of the same region.
fn same(a: &Entity, b: &Entity) -> bool {
    let (Some(x), Some(y)) = (named(a), named(b)) else { return false };
    let one = match (x.likely(), y.likely()) {
        (Some(x), Some(y)) => x == y,
        (None, None) => x.printed == y.printed && x.parent == y.parent,
        _ => false,
    };
    one && x.level == y.level && a.facts.iter().any(|f| b.fact(f.field).is_some())
}
