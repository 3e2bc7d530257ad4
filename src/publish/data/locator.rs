//! Locators by the million: the same text as [`Places::locator`], written into a buffer instead of a new string for each cell.

use crate::model::origin::{Place, letters, quoted};
use crate::model::{Origin, Places, Span};

use super::csv::push_whole;

/// The places of one document with their names made ready.
#[derive(Debug)]
pub struct Locators<'a> {
    places: &'a Places,
    prefixes: Vec<String>,
}

impl<'a> Locators<'a> {
    /// Makes the names of the sheets ready.
    #[must_use]
    pub fn new(places: &'a Places) -> Self {
        let prefix = |place: &Place| match place {
            Place::Sheet(name) => format!("{}!", quoted(name)),
            _ => String::new(),
        };
        Self { places, prefixes: places.0.iter().map(prefix).collect() }
    }

    /// Appends the locator of a rectangle.
    pub fn span(&self, span: Span, out: &mut String) {
        let grid = usize::from(span.from.grid);
        match self.places.0.get(grid) {
            Some(Place::Sheet(_)) => {
                out.push_str(&self.prefixes[grid]);
                address(span.from, out);
                if span.from != span.to {
                    out.push(':');
                    address(span.to, out);
                }
            }
            Some(Place::Delimited) if span.from == span.to => {
                out.push('R');
                push_whole(u64::from(span.from.row) + 1, out);
                out.push('C');
                push_whole(u64::from(span.from.col) + 1, out);
            }
            _ => out.push_str(&self.places.locator(span)),
        }
    }

    /// Appends the locator of one cell.
    pub fn cell(&self, origin: Origin, out: &mut String) {
        self.span(origin.into(), out);
    }
}

/// `B12`.
fn address(cell: Origin, out: &mut String) {
    if cell.col < 26 {
        out.push(char::from(b'A' + u8::try_from(cell.col).unwrap_or(0)));
    } else {
        out.push_str(&letters(cell.col));
    }
    push_whole(u64::from(cell.row) + 1, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_the_locators_of_the_model() {
        let paper = Place::Paper { boxes: vec![(3, 2, 1, [1.0, 2.0, 3.0, 4.0])] };
        let places =
            Places(vec![Place::Sheet("TW II".into()), Place::Sheet("Rekap".into()), Place::Delimited, Place::Lines, paper]);
        let locators = Locators::new(&places);
        for grid in 0..6 {
            for (a, b) in [((3, 2), (3, 2)), ((0, 25), (11, 26)), ((1_048_575, 16_383), (1_048_575, 16_383))] {
                let span = Span::new(Origin::new(grid, a.0, a.1), Origin::new(grid, b.0, b.1));
                let mut text = String::new();
                locators.span(span, &mut text);
                assert_eq!(text, places.locator(span));
            }
        }
    }
}
