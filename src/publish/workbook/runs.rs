//! Cells below each other that look alike. The library looks a format up by all its properties each time a cell is written with it,
//! which costs more than the cell; a run of cells gets its format at once, when the run ends.

use super::style::Look;

/// Rows of one column that get a look: the first and the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) col: u16,
    pub(super) rows: (u32, u32),
    pub(super) look: Look,
}

/// The runs of a sheet while it is drawn.
#[derive(Debug, Default)]
pub(super) struct Runs {
    open: Vec<Option<Run>>,
    /// The lowest row written in each column.
    lowest: Vec<Option<u32>>,
    /// Rows and columns of all that is written: first and last.
    area: Option<((u32, u32), (u16, u16))>,
    /// Looks that the sheet knows: each was written with a cell once, so that they are numbered in the order of their first cells.
    known: Vec<Look>,
}

impl Runs {
    /// Notes a cell that is about to be written. Whether its look may wait for the end of its run, and the run that ends before it.
    /// A blank cell without a look would be no cell, so it waits only inside of what is written, where nothing stood.
    pub(super) fn note(&mut self, row: u32, col: u16, look: Look, blank: bool) -> (bool, Option<Run>) {
        let inside = self.area.is_some_and(|((top, bottom), (left, right))| {
            (top..=bottom).contains(&row) && (left..=right).contains(&col) && self.lowest(col) < Some(row)
        });
        if !self.known.contains(&look) {
            self.known.push(look);
            return (false, self.written((row, col), (row, col)).pop());
        }
        if blank && !inside {
            return (false, self.written((row, col), (row, col)).pop());
        }
        self.reach((row, col));
        let Some(open) = self.open.get_mut(usize::from(col)) else { return (false, None) };
        match open {
            Some(run) if run.look == look && run.rows.1 + 1 == row => {
                run.rows.1 = row;
                (true, None)
            }
            _ => (true, open.replace(Run { col, rows: (row, row), look })),
        }
    }

    /// Notes cells that are about to be written with their look: the runs they stand in end before.
    pub(super) fn written(&mut self, from: (u32, u16), to: (u32, u16)) -> Vec<Run> {
        self.reach(from);
        self.reach(to);
        let meets = |run: &&mut Option<Run>| run.is_some_and(|r| r.rows.0 <= to.0 && from.0 <= r.rows.1);
        let columns = self.open.iter_mut().take(usize::from(to.1) + 1).skip(usize::from(from.1));
        let met: Vec<Run> = columns.filter(meets).filter_map(Option::take).collect();
        for col in from.1..=to.1 {
            self.reach((to.0, col));
        }
        met
    }

    /// The runs that are left at the end.
    pub(super) fn rest(&mut self) -> Vec<Run> {
        self.open.drain(..).flatten().collect()
    }

    fn lowest(&self, col: u16) -> Option<u32> {
        self.lowest.get(usize::from(col)).copied().flatten()
    }

    fn reach(&mut self, (row, col): (u32, u16)) {
        let at = usize::from(col);
        if self.open.len() <= at {
            self.open.resize(at + 1, None);
            self.lowest.resize(at + 1, None);
        }
        self.lowest[at] = self.lowest[at].max(Some(row));
        let ((top, bottom), (left, right)) = self.area.unwrap_or(((row, row), (col, col)));
        self.area = Some(((top.min(row), bottom.max(row)), (left.min(col), right.max(col))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::workbook::{Tone, What};

    const TEXT: Look = Look::new(What::Text, Tone::Plain);
    const COUNT: Look = Look::new(What::Count, Tone::Plain);

    #[test]
    fn a_look_waits_once_it_is_known_and_until_another_follows() {
        let mut runs = Runs::default();
        assert_eq!(runs.note(0, 0, TEXT, false), (false, None));
        assert_eq!(runs.note(1, 0, TEXT, false), (true, None));
        assert_eq!(runs.note(2, 0, TEXT, false), (true, None));
        let run = Run { col: 0, rows: (1, 2), look: TEXT };
        assert_eq!(runs.note(3, 0, COUNT, false), (false, None));
        assert_eq!(runs.note(4, 0, COUNT, false), (true, Some(run)));
        assert_eq!(runs.rest(), [Run { col: 0, rows: (4, 4), look: COUNT }]);
    }

    #[test]
    fn a_cell_written_over_a_run_ends_it_first() {
        let mut runs = Runs::default();
        for row in 0..4 {
            runs.note(row, 1, TEXT, false);
        }
        assert_eq!(runs.written((9, 1), (9, 1)), []);
        assert_eq!(runs.written((2, 0), (2, 3)), [Run { col: 1, rows: (1, 3), look: TEXT }]);
        assert_eq!(runs.rest(), []);
    }

    #[test]
    fn a_blank_cell_waits_only_inside_of_what_is_written_and_where_nothing_stood() {
        let mut runs = Runs::default();
        runs.note(0, 2, TEXT, false);
        assert_eq!(runs.note(1, 0, TEXT, true), (false, None), "left of all");
        assert_eq!(runs.note(1, 2, TEXT, true), (true, None));
        assert!(!runs.note(1, 2, TEXT, true).0, "something stands there");
        assert_eq!(runs.note(2, 1, TEXT, true), (false, None), "below all");
    }
}
