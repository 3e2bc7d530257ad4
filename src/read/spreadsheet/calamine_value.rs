//! What calamine returns, in our terms.

use calamine::CellErrorType;

use super::address;
use crate::model::document::ErrorValue;

/// An error value.
pub(super) const fn error(e: &CellErrorType) -> ErrorValue {
    match e {
        CellErrorType::Div0 => ErrorValue::Div0,
        CellErrorType::NA => ErrorValue::Na,
        CellErrorType::Name => ErrorValue::Name,
        CellErrorType::Null => ErrorValue::Null,
        CellErrorType::Num => ErrorValue::Num,
        CellErrorType::Ref => ErrorValue::Ref,
        CellErrorType::Value => ErrorValue::Value,
        CellErrorType::GettingData => ErrorValue::Other,
    }
}

/// The absolute place of a cell that is counted from the start of its range.
pub(super) fn place(start: (u32, u32), row: usize, col: usize) -> Option<(u32, u16)> {
    let row = start.0.checked_add(u32::try_from(row).ok()?)?;
    let col = u16::try_from(start.1.checked_add(u32::try_from(col).ok()?)?).ok()?;
    (row < address::ROWS && col < address::COLUMNS).then_some((row, col))
}
