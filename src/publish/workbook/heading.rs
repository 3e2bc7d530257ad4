//! Headings of tables: one or two rows of names, then the row of column numbers that printed forms have.

use super::page::Page;
use super::style::{Look, Tone, What};
use crate::error::Result;

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Heading over several neighbouring columns of the same group; empty where the column stands alone.
    pub group: String,
    /// Heading of the column itself.
    pub name: String,
    /// Width in characters.
    pub width: f64,
}

impl Head {
    /// A column that stands alone.
    #[must_use]
    pub fn alone(name: impl Into<String>, width: f64) -> Self {
        Self { group: String::new(), name: name.into(), width }
    }

    /// A column of a group.
    #[must_use]
    pub fn of(group: impl Into<String>, name: impl Into<String>, width: f64) -> Self {
        Self { group: group.into(), name: name.into(), width }
    }
}

/// Draws the heading at a row; returns the first row below it.
///
/// # Errors
/// When the columns do not fit on the sheet.
pub fn draw(page: &mut Page<'_, '_>, top: u32, heads: &[Head]) -> Result<u32> {
    let look = Look::new(What::Wrapped, Tone::Head);
    let two_rows = heads.iter().any(|h| !h.group.is_empty());
    let bottom = if two_rows { top + 1 } else { top };
    page.sheet.set_row_height(top, height(heads, two_rows)).map_err(super::page::trouble)?;
    let mut start = 0;
    while start < heads.len() {
        let group = &heads[start].group;
        let end = if group.is_empty() { start } else { last_of_group(heads, start) };
        if group.is_empty() {
            page.merged((top, column(start)), (bottom, column(start)), &heads[start].name, look)?;
        } else {
            page.merged((top, column(start)), (top, column(end)), group, look)?;
            for (i, head) in heads.iter().enumerate().take(end + 1).skip(start) {
                page.text(bottom, column(i), &head.name, look)?;
            }
        }
        start = end + 1;
    }
    for i in 0..heads.len() {
        page.text(bottom + 1, column(i), &format!("({})", i + 1), Look::new(What::Centred, Tone::HeadNumber))?;
    }
    Ok(bottom + 2)
}

/// Height of the first heading row in which all names have room. Bold capitals are wider than running text.
fn height(heads: &[Head], two_rows: bool) -> f64 {
    let lines = heads.iter().filter(|h| h.group.is_empty()).map(|h| super::page::lines_of(&h.name, h.width * 0.85)).max();
    let needed = f64::from(u32::try_from(lines.unwrap_or(1)).unwrap_or(1)) * 12.0 + 4.0;
    if two_rows { (needed - 15.0).max(24.0) } else { needed.max(20.0) }
}

fn last_of_group(heads: &[Head], start: usize) -> usize {
    let same = heads[start..].iter().take_while(|h| h.group == heads[start].group).count();
    start + same - 1
}

/// A column number of a table whose width is known to fit.
#[must_use]
pub fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
