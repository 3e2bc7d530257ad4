//! Cells of a page cut out of its picture and laid on white paper for another reading: one below the other, or row by row as lines.

use super::engine::Seen;
use super::picture::Picture;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::table::Table;

/// White paper around each cell, in pixels.
const MARGIN: usize = 36;
/// A cell has ink where this share of a square point of it is dark: more than a speck, less than a comma.
const INKED: f32 = 0.5;
/// Darker than this is ink and not its edge.
const DARK: u8 = 140;

/// A cell on the strip, in pixels of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Which table of the page.
    pub table: usize,
    /// Which of its cells.
    pub cell: usize,
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Cut {
    /// What the engine saw in this cell, from left to right.
    #[must_use]
    pub fn of(&self, seen: &[Seen]) -> Vec<Seen> {
        let mut own: Vec<Seen> = seen.iter().filter(|s| self.has(s)).cloned().collect();
        own.sort_by(|a, b| (a.line, a.x).partial_cmp(&(b.line, b.x)).unwrap_or(std::cmp::Ordering::Equal));
        own
    }

    /// Whether two cells stand on one line.
    #[must_use]
    pub fn beside(&self, other: &Self) -> bool {
        self.top == other.top
    }

    /// Whether a word of this cell reaches over into its neighbours.
    #[must_use]
    pub fn overrun(&self, seen: &[Seen]) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "pixels")]
        let (left, right) = ((self.left - MARGIN / 2) as f32, (self.right + MARGIN / 2) as f32);
        seen.iter().any(|s| self.has(s) && (s.x < left || s.x + s.width > right))
    }

    fn has(&self, word: &Seen) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "pixels")]
        let within = |at: f32, from: usize, to: usize| at > from as f32 && at < to as f32;
        within(word.x + word.width / 2.0, self.left, self.right) && within(word.y + word.height / 2.0, self.top, self.bottom)
    }
}

/// These cells of the page's tables, in lines: cells of one line stand side by side.
#[must_use]
pub fn laid(tables: &[Table], lines: &[Vec<(usize, usize)>], picture: &Picture, scale: f32) -> (Picture, Vec<Cut>) {
    let boxes = |line: &Vec<(usize, usize)>| -> Vec<[usize; 4]> {
        line.iter().map(|&(t, c)| pixels(&tables[t].cells[c].area, picture, scale)).collect()
    };
    let boxes: Vec<Vec<[usize; 4]>> = lines.iter().map(boxes).collect();
    let width = boxes.iter().map(|line| line.iter().map(|b| b[2] - b[0] + MARGIN).sum::<usize>()).max().unwrap_or(0) + MARGIN;
    let mut out = Picture { width, height: MARGIN, grey: vec![255; width * MARGIN] };
    let mut cuts = Vec::new();
    // What ruling lines leave behind is paler than the edge of any letter.
    let pale = picture.threshold().midpoint(255);
    for (cells, boxes) in lines.iter().zip(&boxes) {
        let Some(first) = boxes.iter().map(|b| b[1]).min() else { continue };
        let last = boxes.iter().map(|b| b[3]).max().unwrap_or(first);
        let top = out.height;
        out.height += last - first + MARGIN;
        out.grey.resize(width * out.height, 255);
        let mut left = MARGIN;
        for (&(table, cell), &[x0, y0, x1, y1]) in cells.iter().zip(boxes) {
            for y in y0..y1 {
                let start = (top + y - first) * width + left;
                let ink = picture.row(y)[x0..x1].iter().map(|&g| if g > pale { 255 } else { g });
                out.grey.splice(start..start + x1 - x0, ink);
            }
            cuts.push(Cut { table, cell, left, right: left + x1 - x0, top, bottom: top + last - first });
            left += x1 - x0 + MARGIN;
        }
    }
    (out, cuts)
}

/// What is printed in a part of the page, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// From the leftmost to the rightmost.
    pub width: f32,
    /// From the topmost to the lowest.
    pub height: f32,
}

/// The extent of what is printed in this part of the page; `None` where that is nothing, or no more than a speck.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "pixels")]
pub fn ink(area: &Area, picture: &Picture, scale: f32) -> Option<Ink> {
    let [x0, y0, x1, y1] = pixels(area, picture, scale);
    let dark = |y: usize| (x0..x1).filter(move |&x| picture.row(y)[x] < DARK);
    let count: usize = (y0..y1).map(|y| dark(y).count()).sum();
    (count as f32 > INKED * scale * scale).then_some(())?;
    let (left, right) = ((y0..y1).filter_map(|y| dark(y).next()).min()?, (y0..y1).filter_map(|y| dark(y).next_back()).max()?);
    let mut rows = (y0..y1).filter(|&y| dark(y).next().is_some());
    let (top, bottom) = (rows.next()?, rows.next_back().unwrap_or(y0));
    Some(Ink { width: (right + 1 - left) as f32, height: (bottom.max(top) + 1 - top) as f32 })
}

/// A box of the page in pixels: left, top, right, bottom.
fn pixels(area: &Area, picture: &Picture, scale: f32) -> [usize; 4] {
    let at = |points: f32, most: usize| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
        let n = (points * scale).max(0.0) as usize;
        n.min(most)
    };
    let (x0, y0) = (at(area.x0, picture.width), at(area.y0, picture.height));
    [x0, y0, at(area.x1, picture.width).max(x0), at(area.y1, picture.height).max(y0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::table::{Method, TableCell};

    /// A page of 20 × 10 points at one pixel per point: a dark stroke in its left half, the right half white.
    fn page() -> (Picture, Vec<Table>) {
        let row = [vec![255, 255, 0, 0, 255, 255, 255, 255, 255, 255], vec![255; 10]].concat();
        let cell = |col: usize| {
            let left = if col == 0 { 0.0 } else { 10.0 };
            let area = Area::new(left, 2.0, left + 10.0, 8.0);
            TableCell { row: 0, col, rows: 1, cols: 1, text: String::new(), area }
        };
        let table = Table {
            method: Method::Ruled,
            area: Area::new(0.0, 2.0, 20.0, 8.0),
            columns: vec![0.0, 10.0, 20.0],
            rows: 1,
            cells: vec![cell(0), cell(1)],
            source: Vec::new(),
        };
        (Picture { width: 20, height: 10, grey: row.repeat(10) }, vec![table])
    }

    #[test]
    fn cells_of_a_line_stand_side_by_side_and_know_their_words() {
        let (picture, tables) = page();
        let (strip, cuts) = laid(&tables, &[vec![(0, 0), (0, 1)]], &picture, 1.0);
        assert_eq!((strip.width, strip.height), (2 * 10 + 3 * MARGIN, 6 + 2 * MARGIN));
        assert_eq!(strip.row(MARGIN)[MARGIN..MARGIN + 5], [255, 255, 0, 0, 255]);
        let word = |x: f32| Seen { line: (1, 1, 1), x, y: 37.0, width: 4.0, height: 4.0, sure: 90.0, text: "L".into() };
        assert_eq!((cuts[0].of(&[word(38.0)]).len(), cuts[1].of(&[word(38.0)]).len()), (1, 0));
        assert_eq!((cuts[0].of(&[word(84.0)]).len(), cuts[1].of(&[word(84.0)]).len()), (0, 1));
        let long = Seen { width: 44.0, ..word(40.0) };
        assert!(cuts[0].beside(&cuts[1]) && !cuts[0].overrun(&[word(38.0)]));
        assert!(
            cuts.iter().any(|c| c.overrun(std::slice::from_ref(&long)))
                || cuts.iter().all(|c| c.of(std::slice::from_ref(&long)).is_empty())
        );
    }

    #[test]
    fn an_empty_cell_has_no_ink() {
        let (picture, tables) = page();
        assert_eq!(ink(&tables[0].cells[0].area, &picture, 1.0), Some(Ink { width: 2.0, height: 6.0 }));
        assert_eq!(ink(&tables[0].cells[1].area, &picture, 1.0), None);
    }
}
