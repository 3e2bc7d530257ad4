//! What every check of this stage looks at besides the entries.

use crate::model::{BatchConfig, Period, Region, Schemas};
use crate::normalise::region::Regions;

use super::{Entry, History};

/// The batch around the entries.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// What is expected, stated or inferred.
    pub config: &'a BatchConfig,
    /// Limits, labels, rules.
    pub schemas: &'a Schemas,
    /// The reference list.
    pub regions: &'a Regions,
    /// Accepted figures of earlier batches.
    pub before: Option<&'a History>,
}

impl Setting<'_> {
    /// The region's name, or its code where the list does not know it.
    pub fn name(&self, region: Region) -> String {
        self.regions.name(region).map_or_else(|| region.to_string(), str::to_owned)
    }

    /// The heading of a column, or its name where the schemas do not say.
    pub fn heading(&self, table: &str, column: &str) -> String {
        let field = self.schemas.table(table).and_then(|t| t.fields.iter().find(|f| f.name == column));
        field.map(|f| f.heading.clone()).filter(|h| !h.is_empty()).unwrap_or_else(|| column.to_owned())
    }

    /// What officials call a kind.
    pub fn label(&self, kind: &str) -> String {
        label(self.schemas, kind)
    }
}

/// What officials call a kind, or its name where the schemas do not say.
pub fn label(schemas: &Schemas, kind: &str) -> String {
    schemas.kind(kind).map(|k| k.label.clone()).filter(|l| !l.is_empty()).unwrap_or_else(|| kind.to_owned())
}

/// The period an entry's figures speak of: its own, else the one expected of its kind.
pub fn period_of(entry: &Entry, config: &BatchConfig) -> Option<Period> {
    let subject = &entry.outcome.subject;
    subject.period.or_else(|| subject.kind.as_deref().and_then(|kind| config.period(kind)))
}
