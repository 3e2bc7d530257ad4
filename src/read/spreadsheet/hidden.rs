//! Hidden rows and columns as ranges.

/// Ranges in the order they come; neighbours are joined.
#[derive(Debug)]
pub(super) struct Ranges<T>(Vec<(T, T)>);

impl<T> Default for Ranges<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Ord + Into<u32>> Ranges<T> {
    /// Adds `from ..= to`.
    pub(super) fn add(&mut self, from: T, to: T) {
        match self.0.last_mut() {
            Some(last) if from >= last.0 && from.into() <= last.1.into().saturating_add(1) => last.1 = last.1.max(to),
            _ => self.0.push((from, to)),
        }
    }

    /// All ranges, sorted.
    pub(super) fn finish(mut self) -> Vec<(T, T)> {
        self.0.sort_unstable();
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_joined() {
        let mut ranges = Ranges::default();
        for row in [7u32, 3, 4, 5, 9] {
            ranges.add(row, row);
        }
        assert_eq!(ranges.finish(), [(3, 5), (7, 7), (9, 9)]);
    }
}
