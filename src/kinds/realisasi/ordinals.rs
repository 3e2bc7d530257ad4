//! Tables without codes: `I`, `A`, `1`, `a` before the rows say which hangs below which.

use crate::normalise::number::roman;
use crate::tables::outline::Mark;

use super::items::Item;

/// How a row is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Roman,
    Capital,
    /// `1.2.3` by how many numbers it has.
    Digits(usize),
    Small,
}

/// Marks the rows of a table whose numbers have several styles: all but the last style to appear head what follows.
pub fn mark(items: &mut [Item]) {
    if items.iter().any(|i| !i.codes.is_empty() || i.mark.is_some()) {
        return;
    }
    let letters = items.iter().any(|i| bare(&i.ordinal) == "B");
    let styles: Vec<Option<Style>> = items.iter().map(|i| style(&i.ordinal, letters)).collect();
    let mut order: Vec<Style> = Vec::new();
    for found in styles.iter().flatten() {
        if !order.contains(found) {
            order.push(*found);
        }
    }
    if order.len() < 2 {
        return;
    }
    for (item, style) in items.iter_mut().zip(styles).filter(|(i, _)| !i.total) {
        let depth = style.and_then(|s| order.iter().position(|o| *o == s));
        item.mark = Some(match depth {
            Some(depth) if depth + 1 < order.len() => Mark::Header(u8::try_from(depth + 1).unwrap_or(u8::MAX)),
            _ => Mark::Detail,
        });
    }
}

fn bare(ordinal: &str) -> &str {
    ordinal.trim().trim_end_matches(['.', ')', ':']).trim_start_matches('(')
}

fn style(ordinal: &str, letters: bool) -> Option<Style> {
    let text = bare(ordinal);
    let digits: Vec<&str> = text.split('.').collect();
    if !text.is_empty() && digits.iter().all(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit())) {
        return Some(Style::Digits(digits.len()));
    }
    let one = text.len() == 1;
    let capital = one && text.bytes().all(|b| b.is_ascii_uppercase());
    if roman(text).is_some() && !text.is_empty() && !(capital && letters && !matches!(text, "I" | "V" | "X")) {
        Some(Style::Roman)
    } else if capital {
        Some(Style::Capital)
    } else {
        (one && text.bytes().all(|b| b.is_ascii_lowercase())).then_some(Style::Small)
    }
}
