//! What group labels say of the rows below them.

use crate::model::Region;

use super::tags::Tags;

/// What the group labels of a table say up to one of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard {
    /// The region they name.
    pub region: Option<Region>,
    /// The one that says the rows below it are a sum.
    pub total: Option<usize>,
    /// What they say of the figures.
    pub tags: Tags,
    /// The group label that names a region nobody knows, by its number.
    pub unknown: Option<usize>,
}
