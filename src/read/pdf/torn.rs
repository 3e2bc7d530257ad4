//! Merged cells that a page break tears: what names them is printed once, and where it stands at the foot or in the middle of the cell, on
//! the later page. Without it the rows before the break would pass for those of the name above them.

use super::geometry::Area;
use super::table::TableCell;

/// A cell, the page it stands on, and its box on the page as shown.
pub struct PagedCell {
    /// The cell, its row counted through all pages.
    pub cell: TableCell,
    /// Page, from one.
    pub page: u16,
    /// Where it stands on the page as shown.
    pub area: Area,
}

/// Joins the empty parts of torn cells at the foot of pages with the named part on the next page. The cells are in order of rows.
pub fn join_torn(cells: &mut Vec<PagedCell>, cols: usize) {
    let mut gone = vec![false; cells.len()];
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); cols];
    for (i, p) in cells.iter().enumerate().filter(|(_, p)| p.cell.cols == 1) {
        columns[p.cell.col].push(i);
    }
    for own in columns {
        let merged = own.iter().any(|&i| cells[i].cell.rows > 1);
        let torn: Vec<usize> = (1..own.len()).filter(|&k| tears(&cells[own[k - 1]], &cells[own[k]])).collect();
        let empty = |k: &usize| cells[own[*k]].cell.text.is_empty();
        // In a column that merges no cells, or leaves some empty elsewhere too, an empty one says nothing.
        let beside = |k: usize| torn.binary_search(&k).is_ok() || torn.binary_search(&(k + 1)).is_ok();
        if !merged || !(0..own.len()).filter(empty).all(beside) {
            continue;
        }
        let mut heir: Option<usize> = None;
        for k in torn.into_iter().rev() {
            let (above, below) = (own[k - 1], own[k]);
            let named = heir.filter(|_| gone[below]).unwrap_or(below);
            if cells[above].cell.text.is_empty() && !cells[named].cell.text.is_empty() {
                let rows = cells[above].cell.rows;
                cells[named].cell.row = cells[above].cell.row;
                cells[named].cell.rows += rows;
                gone[above] = true;
                heir = Some(named);
            }
        }
    }
    let mut gone = gone.into_iter();
    cells.retain(|_| gone.next() != Some(true));
}

/// Whether a page break stands between two cells below each other.
const fn tears(above: &PagedCell, below: &PagedCell) -> bool {
    above.cell.row + above.cell.rows == below.cell.row && above.page < below.page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One column of cells: on which page, over how many rows, with which text.
    fn joined(parts: &[(u16, usize, &str)]) -> Vec<(usize, usize, String)> {
        let mut row = 0;
        let mut cells: Vec<PagedCell> = Vec::new();
        for &(page, rows, text) in parts {
            let area = Area { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
            let cell = TableCell { row, col: 0, rows, cols: 1, text: text.to_owned(), area };
            cells.push(PagedCell { cell, page, area });
            row += rows;
        }
        join_torn(&mut cells, 1);
        cells.into_iter().map(|p| (p.cell.row, p.cell.rows, p.cell.text)).collect()
    }

    #[test]
    fn a_name_at_the_foot_of_a_torn_cell_stands_for_its_rows_on_the_pages_before() {
        let parts = [(1, 2, "Ajung"), (1, 3, ""), (2, 4, ""), (3, 1, "Balung"), (3, 2, "Jenggawah")];
        assert_eq!(joined(&parts), [(0, 2, "Ajung".into()), (2, 8, "Balung".into()), (10, 2, "Jenggawah".into())]);
        assert_eq!(joined(&[(1, 2, "Ajung"), (1, 1, ""), (2, 1, "Balung")])[1], (2, 2, "Balung".into()));
    }

    #[test]
    fn the_empty_rest_of_a_cell_below_its_name_stays() {
        let parts = [(1, 2, "Ajung"), (2, 3, ""), (2, 2, "Balung")];
        assert_eq!(joined(&parts), [(0, 2, "Ajung".into()), (2, 3, String::new()), (5, 2, "Balung".into())]);
    }

    #[test]
    fn notes_are_not_stretched_over_empty_cells() {
        let parts = [(1, 1, ""), (1, 2, "rusak"), (1, 2, ""), (2, 2, "baik")];
        let all: Vec<usize> = joined(&parts).iter().map(|c| c.1).collect();
        assert_eq!(all, [1, 2, 2, 2]);
    }
}
