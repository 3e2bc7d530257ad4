//! What stands above a line: the heading of its list, the item it belongs to. `Pemilih baru:` above `a. laki-laki : 12` says whose
//! men these are.

use super::labels::Measure;
use super::passages::Marker;

/// The open items and headings.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    items: Vec<(Marker, Measure)>,
    heading: Measure,
    /// The last line without a mark that said whose figures it holds, as long as such lines follow each other.
    line: Measure,
}

impl Outline {
    /// What the lines above say of whom a line speaks. `marker`: the line's own.
    pub fn above(&self, marker: Option<Marker>) -> Measure {
        let parents = self.items.iter().rev().skip_while(|(m, _)| Some(*m) == marker);
        let parent = parents.map(|(_, measure)| *measure).find(|m| *m != Measure::Unsaid);
        match marker {
            Some(marker) if self.items.iter().any(|(m, _)| *m == marker) => {
                let at = self.items.iter().position(|(m, _)| *m == marker).unwrap_or(0);
                self.items[..at].iter().rev().map(|i| i.1).find(|m| *m != Measure::Unsaid).unwrap_or(self.heading)
            }
            Some(_) => parent.unwrap_or(if self.line == Measure::Unsaid { self.heading } else { self.line }),
            None if self.line != Measure::Unsaid => self.line,
            None => parent.unwrap_or(self.heading),
        }
    }

    /// What the open items and the heading say, whatever the line right above was about.
    pub fn listed(&self) -> Measure {
        let item = self.items.iter().rev().map(|(_, measure)| *measure).find(|m| *m != Measure::Unsaid);
        item.unwrap_or(self.heading)
    }

    /// A heading: everything below speaks of these until the next one.
    pub fn heading(&mut self, measure: Measure) {
        *self = Self { heading: measure, ..Self::default() };
    }

    /// A line with figures, or an item without.
    pub fn line(&mut self, marker: Option<Marker>, own: Measure) {
        match marker {
            Some(marker) => {
                let at = self.items.iter().position(|(m, _)| *m == marker).unwrap_or(self.items.len());
                self.items.truncate(at);
                self.items.push((marker, own));
                self.line = Measure::Unsaid;
            }
            None if own != Measure::Unsaid => self.line = own,
            None => {}
        }
    }
}
