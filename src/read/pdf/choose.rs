//! Which of a page's words stand in which table, found by which method.

use super::cells::frames;
use super::edges::{Edges, rules};
use super::geometry::Turn;
use super::glyphs::Glyph;
use super::lattice;
use super::lines::lines;
use super::page::Page;
use super::shapes::Shapes;
use super::words::words;

/// Tables and remaining lines of a page.
#[must_use]
pub fn page(glyphs: &[Glyph], shapes: &Shapes, turn: Turn) -> Page {
    let edges = Edges::new(rules(shapes, &turn));
    let found = words(glyphs, &turn, &edges);
    let words = found.words;
    let mut free = vec![true; words.len()];
    let mut tables = Vec::new();
    for frame in frames(&edges) {
        if let Some((table, inside)) = lattice::ruled(&frame, &words, &free) {
            inside.iter().for_each(|&i| free[i] = false);
            tables.push(table);
        }
    }
    let rest = lines(&words, (0..words.len()).filter(|&i| free[i]));
    Page { turn, words, tables, rest, slanted: found.slanted, trouble: None }
}
