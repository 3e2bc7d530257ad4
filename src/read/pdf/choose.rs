//! Which of a page's words stand in which table, found by which method.
//!
//! Ruling lines are believed first: what they enclose is a table if it has cells enough and text in them. Of the words that are left,
//! paragraphs are set aside; what remains is a table where its words align. What neither method takes stays running text.

use super::cells::frames;
use super::charts;
use super::crown::crown;
use super::edges::{Edges, rules, sides as sides_of};
use super::entries::entries;
use super::geometry::{Area, Turn};
use super::glyphs::Glyph;
use super::hanging::{hang, hangs};
use super::inner::finer;
use super::lattice;
use super::lines::lines;
use super::named::join;
use super::page::Page;
use super::parts::parts;
use super::prose::paragraphs;
use super::sections::sections;
use super::shapes::{Rule, Shapes};
use super::stream::{aligned, between_lines};
use super::table::Table;
use super::words::{Word, words};
use super::zones::zones;

/// Tables and remaining lines of a page. `ends` are where texts end with the cells that they are confined to, from the top down.
#[must_use]
pub fn page(glyphs: &[Glyph], shapes: &Shapes, turn: Turn, ends: &[Area]) -> Page {
    let edges = Edges::new(rules(shapes, &turn));
    let fills: Vec<Area> = shapes.fills.iter().map(|f| turn.area(f)).collect();
    let found = words(glyphs, &turn, &edges, ends);
    Page { slanted: found.slanted, ..arranged(found.words, edges, fills, turn, true) }
}

/// Tables and remaining lines of a page that was read from its picture.
#[must_use]
pub fn scanned(words: Vec<Word>, edges: Edges, turn: Turn) -> Page {
    Page { scanned: true, ..arranged(words, edges, Vec::new(), turn, false) }
}

/// Tables and remaining lines of these words. `exact` words stand where they are printed; those read from a picture fall apart at any
/// point or smudge, which shows no column.
fn arranged(words: Vec<Word>, edges: Edges, fills: Vec<Area>, turn: Turn, exact: bool) -> Page {
    let mut free = vec![true; words.len()];
    let (mut tables, labels) = ruled(&words, &edges, &fills, &mut free, exact);
    tables.extend(shaded(&words, &edges, &fills, &tables, &mut free));
    tables.extend(lined(&words, &edges, &fills, &tables, &mut free));
    let left: Vec<usize> = (0..words.len()).filter(|&i| free[i]).collect();
    let parts = parts(&words, &left, &edges);
    tables.extend(unruled(&words, &edges, &fills, &mut free, &parts));
    tables.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0).then(a.area.x0.total_cmp(&b.area.x0)));
    let text = parts.into_iter().flat_map(|p| lines(&words, p.into_iter().filter(|&i| free[i])));
    let rest = text.chain(lines(&words, labels)).collect();
    Page { turn, words, tables, rest, slanted: Vec::new(), edges, fills, cuts: Vec::new(), trouble: None, scanned: false }
}

/// Tables by their lines, and the words of charts and drawings, which are in no table.
fn ruled(words: &[Word], edges: &Edges, fills: &[Area], free: &mut [bool], exact: bool) -> (Vec<Table>, Vec<usize>) {
    let (mut tables, mut labels) = (Vec::new(), Vec::new());
    let frames = frames(edges);
    let bars = charts::labels(words, fills, free);
    for &i in &bars {
        free[i] = false;
    }
    labels.extend(bars);
    for whole in &frames {
        let drawn = lattice::labels(whole, words, free);
        for &i in &drawn {
            free[i] = false;
        }
        labels.extend(drawn);
    }
    for frame in frames.iter().flat_map(sections) {
        let found =
            exact.then(|| finer(&frame, words, free, edges, fills)).flatten().or_else(|| lattice::ruled(&frame, words, free));
        if let Some((table, inside)) = found {
            for i in inside {
                free[i] = false;
            }
            tables.push(table);
        }
    }
    for i in join(&mut tables, words, free) {
        free[i] = false;
    }
    let prose = paragraphs(words, free);
    for table in &mut tables {
        for i in crown(table, words, free, edges) {
            free[i] = false;
        }
        for i in hang(table, words, free, &prose, edges, fills) {
            free[i] = false;
        }
    }
    (tables, labels)
}

/// Tables whose cells are told apart by grounds of their own, not by lines. Grounds over whole rows make no columns and are left to
/// the alignment of words.
fn shaded(words: &[Word], edges: &Edges, fills: &[Area], known: &[Table], free: &mut [bool]) -> Vec<Table> {
    let apart = |a: &Area| known.iter().all(|t| t.area.meet(a).is_none());
    let grounds: Vec<Area> = fills.iter().filter(|f| f.height() > 6.0 && apart(f)).copied().collect();
    if grounds.len() < 6 {
        return Vec::new();
    }
    let level = edges.level.iter().map(|e| Rule { level: true, at: e.at, from: e.from, to: e.to });
    let upright = edges.upright.iter().map(|e| Rule { level: false, at: e.at, from: e.from, to: e.to });
    let drawn = level.chain(upright).filter(|r| apart(&r.area()));
    let all = Edges::new(drawn.chain(grounds.iter().flat_map(sides_of)));
    let prose = paragraphs(words, free);
    let mut tables = Vec::new();
    for frame in frames(&all) {
        let single = frame.regions.iter().filter(|r| r.cols == 1).count();
        let cut = frame.xs.len() >= 3 && frame.ys.len() >= 3 && single * 10 >= frame.regions.len() * 9;
        let found = if cut { lattice::ruled(&frame, words, free) } else { None };
        // Where only the cells of the heading or of every other row have grounds, they show no table.
        if let Some((table, inside)) = found.filter(|(t, _)| !hangs(t, words, free, &prose)) {
            for i in inside {
                free[i] = false;
            }
            tables.push(table);
        }
    }
    tables
}

/// Tables between level lines.
fn lined(words: &[Word], edges: &Edges, fills: &[Area], known: &[Table], free: &mut [bool]) -> Vec<Table> {
    let left: Vec<usize> = (0..words.len()).filter(|&i| free[i]).collect();
    let prose = paragraphs(words, free);
    let mut tables = Vec::new();
    for zone in zones(words, &left, edges, fills, known, &prose) {
        let all_free = |t: &Vec<usize>| t.iter().all(|&i| free[i]);
        if let Some((table, taken)) = between_lines(words, &zone, edges, fills).filter(|(_, taken)| all_free(taken)) {
            for i in taken {
                free[i] = false;
            }
            tables.push(table);
        }
    }
    tables
}

/// Tables by alignment in each part of the page on its own.
fn unruled(words: &[Word], edges: &Edges, fills: &[Area], free: &mut [bool], parts: &[Vec<usize>]) -> Vec<Table> {
    let mut tables = Vec::new();
    for part in parts {
        // A cell's text is no paragraph, and what stands in other parts does not stand beside one.
        let mut own = vec![false; words.len()];
        for &i in part {
            own[i] = true;
        }
        let (prose, told) = (paragraphs(words, &own), entries(words, part, edges, fills));
        let left: Vec<usize> = part.iter().copied().filter(|&i| !prose[i] || told.cells[i]).collect();
        for (table, taken) in aligned(words, &left, &told.tables, edges, fills) {
            for i in taken {
                free[i] = false;
            }
            tables.push(table);
        }
    }
    tables
}
