//! Tables that go on over pages → one table.
//!
//! A table goes on when it is the last of its page and the first of the next has the same columns, nothing but what every page has
//! (running titles, page numbers) stands between the two, and the next page either repeats the heading or starts with figures where
//! the columns have figures.

use super::columns::columns;
use super::lines::line_text;
use super::lone;
use super::outermost;
use super::page::Page;
use super::stream;
use super::table::{Method, Table, TableCell};
use super::tokens::{Row, Token, figure, row};

/// A table with all its pages.
#[derive(Debug)]
pub struct Whole {
    /// Its parts in order: page number from zero, number of the table on that page, how many heading rows it repeats, and whether its
    /// first row goes on with the last one of the part before.
    pub parts: Vec<Part>,
}

/// One page's share of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Page, from zero.
    pub page: usize,
    /// Which table of the page.
    pub number: usize,
    /// Rows at its start that repeat the heading.
    pub repeated: usize,
    /// Its first row goes on with the last row of the part before.
    pub joined: bool,
}

/// Most heading rows looked for.
pub const MOST_HEADING: usize = 14;

/// Finds out which tables go on, giving unruled ones the columns of the whole.
pub fn stitch(pages: &mut [Page]) -> Vec<Whole> {
    let mut out: Vec<Whole> = Vec::new();
    for page in 0..pages.len() {
        take_rest(pages, page);
        for number in 0..pages[page].tables.len() {
            let next = out.split_last().and_then(|(open, before)| go_on(pages, before, &open.parts, page, number));
            if let (Some(_), Some(last)) = (&next, out.last().and_then(|w| w.parts.last())) {
                take_in(pages, *last, page);
            }
            match (next, out.last_mut()) {
                (Some(part), Some(whole)) => whole.parts.push(part),
                _ => out.push(Whole { parts: vec![Part { page, number, repeated: 0, joined: false }] }),
            }
        }
    }
    out
}

/// Makes a table of the rows that a table of the page before left over for this one.
fn take_rest(pages: &mut [Page], page: usize) {
    let Some(before) = page.checked_sub(1).map(|before| &pages[before]) else { return };
    let rest = lone::row_rest(before, &pages[page]).or_else(|| lone::rows(before, &pages[page]));
    let Some((table, lines)) = rest else { return };
    let page = &mut pages[page];
    page.tables.push(table);
    for line in lines.into_iter().rev() {
        page.rest.remove(line);
    }
}

/// How the table goes on with the one that ends on the page before, if it does.
fn go_on(pages: &mut [Page], before: &[Whole], parts: &[Part], page: usize, number: usize) -> Option<Part> {
    let (first, last) = (*parts.first()?, *parts.last()?);
    let neighbours = page == last.page + 1 && number == 0 && last.number + 1 == pages[last.page].tables.len();
    if neighbours {
        outermost::last(&mut pages[last.page]);
        outermost::first(&mut pages[page]);
    }
    if !neighbours || !only_running_lines(&pages[first.page], &pages[last.page], &pages[page]) {
        return None;
    }
    same_columns(pages, parts, page)?;
    let head = &pages[first.page].tables[first.number];
    let above = &pages[last.page].tables[last.number];
    let table = &pages[page].tables[number];
    let heads = before.iter().filter_map(|w| w.parts.first()).map(|p| &pages[p.page].tables[p.number]);
    let repeated = match repeated(head, table) {
        0 if headed(head) => {
            heads.map(|other| repeated(other, table)).max().filter(|&titles| numbers_on(above, table, titles)).unwrap_or(0)
        }
        own => own,
    };
    if repeated == 0 {
        let low = above.area.y1 > 0.55 * pages[last.page].turn.size().1;
        if !low || new_heading(above, table) {
            return None;
        }
    }
    let joined = goes_on(above, table, repeated);
    Some(Part { page, number, repeated, joined })
}

/// Whether what stands below the last table of `a` and above the first one of `b` belongs to the pages, not to the tables; the table
/// begins on `first_page`.
fn only_running_lines(first_page: &Page, a: &Page, b: &Page) -> bool {
    let (Some(last), Some(first)) = (a.tables.last(), b.tables.first()) else { return false };
    let text = |p: &Page, i: usize| line_text(&p.words, &p.rest[i]);
    let place = |p: &Page, i: usize| p.rest[i].area.mid_y() / p.turn.size().1;
    // What runs through all pages stands at one height of them, or at one end.
    let again = |p: &Page, i: usize, other: &Page| {
        let (own, at) = (shape(&text(p, i)), place(p, i));
        let alike = |y: f32| (y - at).abs() < SAME_HEIGHT || (y < HEAD && at < HEAD) || (y > FOOT && at > FOOT);
        (0..other.rest.len()).any(|k| shape(&text(other, k)) == own && alike(place(other, k)))
    };
    let running_below = (0..a.rest.len()).filter(|&i| a.rest[i].area.y0 >= last.area.y1 - 1.0).all(|i| {
        let low = a.rest[i].area.y0 > 0.9 * a.turn.size().1 && !titles(&text(a, i)) && !names_next(a, i, [first_page, a]);
        low || shape(&text(a, i)).is_empty() || again(a, i, b)
    });
    let running_above = (0..b.rest.len()).filter(|&i| b.rest[i].area.y1 <= first.area.y0 + 1.0).all(|i| {
        let high = b.rest[i].area.y1 < 0.07 * b.turn.size().1 && !names_next(b, i, [first_page, a]);
        high || shape(&text(b, i)).is_empty() || again(b, i, a) || names_again(b, a, i)
    });
    running_below && running_above
}

/// Whether a line between the tables of two pages names the one that follows: it begins as the line above a table of a page before
/// does, at the same place, and goes on otherwise, as `Kecamatan : Terara` below the tables of `Kecamatan : Sakra`.
fn names_next(page: &Page, i: usize, before: [&Page; 2]) -> bool {
    const SAME_PLACE: f32 = 1.5;
    let near = |x: f32, y: f32| (x - y).abs() < SAME_PLACE;
    let begins = |t: &str| t.split_whitespace().next().map(shape).filter(|w| w.chars().count() > 2);
    let (own, at) = (line_text(&page.words, &page.rest[i]), page.rest[i].area);
    let Some(word) = begins(&own) else { return false };
    let alike = |page: &Page, k: usize| {
        let (said, area) = (line_text(&page.words, &page.rest[k]), page.rest[k].area);
        (near(area.x0, at.x0) || near(area.mid_x(), at.mid_x()))
            && shape(&said) != shape(&own)
            && begins(&said).as_ref() == Some(&word)
            && page.tables.iter().any(|t| is_last_above(page, k, t))
    };
    before.iter().any(|page| (0..page.rest.len()).any(|k| alike(page, k)))
}

/// Whether a line stands right above a table.
fn is_last_above(page: &Page, k: usize, table: &Table) -> bool {
    let area = page.rest[k].area;
    area.y0 < table.area.y0 && table.area.y0 - area.y1 < 2.0 * area.height()
}

/// Difference in height, as a share of the page, of lines that stand at the same place.
const SAME_HEIGHT: f32 = 0.05;
/// Where running titles end, as a share of the page.
const HEAD: f32 = 0.2;
/// Where running feet begin.
const FOOT: f32 = 0.85;

/// Whether a line at the end of a page is the title of what follows on the next one: long, with a number of several levels before it.
fn titles(text: &str) -> bool {
    const LONG: usize = 25;
    let number = text.split_whitespace().next().unwrap_or_default();
    let levels = number.trim_end_matches('.').split('.');
    let counted =
        levels.clone().count() > 1 && levels.clone().all(|l| (1..=2).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_digit()));
    counted && shape(text).chars().count() >= LONG
}

/// Takes in lines of words that stand right below the last table of a page: group labels whose rows follow on the next page.
fn take_in(pages: &mut [Page], last: Part, next: usize) {
    let (page, table) = (&pages[last.page], &pages[last.page].tables[last.number]);
    if table.method == Method::Ruled {
        return;
    }
    let text = |p: &Page, i: usize| shape(&line_text(&p.words, &p.rest[i]));
    let again: Vec<String> = (0..pages[next].rest.len()).map(|i| text(&pages[next], i)).collect();
    let starts: Vec<f32> = table.source.iter().filter_map(|r| r.tokens.first()).map(|t| t.area.x0).collect();
    let (mut bottom, mut taken, mut source) = (table.area.y1, Vec::new(), table.source.clone());
    for i in 0..page.rest.len() {
        let area = page.rest[i].area;
        let close = area.y0 >= bottom - 1.0 && area.y0 - bottom < 1.2 * area.height();
        let aligned = starts.iter().any(|x| (x - area.x0).abs() < 1.5) && area.x1 <= table.area.x1 + 1.0;
        let words = text(page, i);
        let Some(row) =
            row(&page.words, &page.rest[i]).filter(|_| close && aligned && words.len() > 3 && !again.contains(&words))
        else {
            continue;
        };
        bottom = area.y1;
        taken.push(i);
        source.push(row);
    }
    let Some(table) = (!taken.is_empty()).then(|| stream::set(page, &source, &table.columns)).flatten() else { return };
    let page = &mut pages[last.page];
    page.tables[last.number] = table;
    for i in taken.into_iter().rev() {
        page.rest.remove(i);
    }
}

/// A line without its digits, so that page numbers do not count.
fn shape(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// A short line that names the table again by its number (`2.4.1`).
fn names_again(b: &Page, a: &Page, i: usize) -> bool {
    let numbers = |p: &Page, i: usize| -> Vec<String> {
        let text = line_text(&p.words, &p.rest[i]);
        text.split_whitespace().filter(|w| w.contains('.') && w.chars().any(|c| c.is_ascii_digit())).map(str::to_owned).collect()
    };
    let mine = numbers(b, i);
    !mine.is_empty() && (0..a.rest.len()).any(|k| numbers(a, k).iter().any(|n| mine.contains(n)))
}

/// Whether both tables have the same columns; unruled ones are set again with those that fit both.
fn same_columns(pages: &mut [Page], parts: &[Part], page: usize) -> Option<()> {
    let last = *parts.last()?;
    let a = &pages[last.page].tables[last.number];
    let b = pages[page].tables.first()?;
    if a.method != b.method {
        return None;
    }
    let shift = b.columns.first()? - a.columns.first()?;
    let matching =
        |slack: f32| a.cols() == b.cols() && a.columns.iter().zip(&b.columns).all(|(x, y)| (y - shift - x).abs() < slack);
    if a.method == Method::Ruled {
        return matching(4.0).then_some(());
    }
    let wide = a.columns.last()?.max(*b.columns.last()?) - a.columns.first()?.min(*b.columns.first()?);
    // A heading that is repeated would stand among the rows, and its texts between the figures pass for columns.
    let repeats = |row: &&Row| a.source.iter().take(MOST_HEADING).any(|above| same_line(above, row));
    let both: Vec<Row> = a.source.iter().chain(b.source.iter().filter(|row| !repeats(row))).cloned().collect();
    // Once a table has gone on, its pages agree on its columns, and the next page follows if it can.
    let mut choices = vec![a.columns.clone(), b.columns.clone(), columns(&both)];
    let agreed = usize::from(parts.len() > 1);
    let across = |c: &[f32]| both.iter().map(|r| stream::across(r, c)).sum::<usize>();
    choices[agreed..].sort_by_key(|c| (std::cmp::Reverse(c.len()), across(c)));
    let source = |p: &Part| &pages[p.page].tables[p.number].source;
    // What its pages agree on fits them already.
    let fits =
        |k: usize, c: &[f32]| stream::fits(&b.source, c) && (k < agreed || parts.iter().all(|p| stream::fits(source(p), c)));
    let mut bounds = choices.into_iter().enumerate().find(|(k, c)| fits(*k, c))?.1;
    // Rows with more texts than there are columns are those of another table, unless it has such rows, too: `24` and `OH` in one column.
    let over = |rows: &[Row]| rows.iter().filter(|r| r.tokens.len() >= bounds.len()).count();
    if over(&b.source) * 2 > b.source.len() && over(&a.source) < 3 {
        return None;
    }
    let (low, high) = (a.area.x0.min(b.area.x0), a.area.x1.max(b.area.x1));
    if (a.area.width().min(b.area.width())) < 0.6 * wide {
        return None;
    }
    let end = bounds.len() - 1;
    (bounds[0], bounds[end]) = (bounds[0].min(low), bounds[end].max(high));
    let agreed = agreed > 0 && bounds.len() == a.columns.len() && bounds[1..end] == a.columns[1..end];
    let before = if agreed { &parts[parts.len() - 1..] } else { parts };
    for (page, number) in before.iter().map(|p| (p.page, p.number)).chain([(page, 0)]) {
        let again = stream::set(&pages[page], &pages[page].tables[number].source, &bounds)?;
        pages[page].tables[number] = again;
    }
    Some(())
}

/// Whether two lines of words, none of them a figure, stand at the same places.
#[must_use]
pub fn same_line(a: &Row, b: &Row) -> bool {
    let near = |x: f32, y: f32| (x - y).abs() < 0.5;
    let alike = |(s, t): (&Token, &Token)| !s.numeric && !t.numeric && near(s.area.x0, t.area.x0) && near(s.area.x1, t.area.x1);
    a.tokens.len() > 1 && a.tokens.len() == b.tokens.len() && a.tokens.iter().zip(&b.tokens).all(alike)
}

/// Texts of a row by column.
fn texts(table: &Table, row: usize) -> Vec<(usize, String)> {
    let squeezed = |t: &str| t.split_whitespace().collect::<String>();
    table.row(row).filter(|c| !c.text.is_empty()).map(|c| (c.col, squeezed(&c.text))).collect()
}

/// How many rows at the start of `table` repeat the heading of `head`.
fn repeated(head: &Table, table: &Table) -> usize {
    let Some(begin) = (0..table.rows.min(MOST_HEADING)).find(|&r| !texts(table, r).is_empty()) else { return 0 };
    let first = texts(table, begin);
    // The same akun with the same details is no heading, on whatever page it stands: that ends before the first amount.
    let heading =
        (0..head.rows.min(2 * MOST_HEADING)).take_while(|&r| !texts(head, r).iter().any(|(col, text)| *col > 0 && amount(text)));
    let Some(at) = heading.into_iter().find(|&r| texts(head, r) == first) else { return 0 };
    let same = (0..MOST_HEADING)
        .take_while(|&k| at + k < head.rows && begin + k < table.rows && texts(head, at + k) == texts(table, begin + k))
        .count();
    begin + same
}

/// Whether a text is an amount: a figure larger than the years and numbers of columns that headings have.
fn amount(text: &str) -> bool {
    figure(text) && text.chars().filter(char::is_ascii_digit).count() > 4
}

/// Whether a table begins with a heading of its own: several texts beside each other.
fn headed(table: &Table) -> bool {
    const FEWEST: usize = 3;
    let first: Vec<&TableCell> = table.row(0).filter(|c| !c.text.is_empty()).collect();
    first.len() >= FEWEST && first.iter().all(|c| !c.text.split_whitespace().all(figure))
}

/// Whether the first row below the titles of a page is the one after the last of the page before, by its running number: such titles may
/// be set for the first table of a sheet and stand over every other one too.
fn numbers_on(above: &Table, table: &Table, titles: usize) -> bool {
    let number = |t: &Table, row: usize| -> Option<u32> {
        let first = t.row(row).next().filter(|c| c.col == 0)?;
        first.text.trim().trim_end_matches(['.', ')']).parse().ok()
    };
    let last = above.rows.checked_sub(1).and_then(|row| number(above, row));
    titles > 0 && titles < table.rows && last.and_then(|n| n.checked_add(1)) == number(table, titles) && last.is_some()
}

/// Whether the first row has words where the columns of the table before have figures: another table's heading.
fn new_heading(above: &Table, table: &Table) -> bool {
    let figures = |c: usize| {
        let (f, n) = above
            .cells
            .iter()
            .filter(|x| x.col == c && x.cols == 1 && !x.text.is_empty())
            .fold((0, 0), |(f, n), x| (f + usize::from(x.text.split_whitespace().all(figure)), n + 1));
        f * 2 > n
    };
    let words: Vec<&TableCell> = table.row(0).filter(|c| c.cols == 1 && !c.text.is_empty() && figures(c.col)).collect();
    !words.is_empty() && words.iter().all(|c| !c.text.split_whitespace().all(figure))
}

/// Whether the first row after the heading only goes on with texts of the last row before the page's end.
fn goes_on(above: &Table, table: &Table, repeated: usize) -> bool {
    let here: Vec<&TableCell> = table.row(repeated).filter(|c| !c.text.is_empty()).collect();
    let last: Vec<&TableCell> = above.row(above.rows.saturating_sub(1)).filter(|c| !c.text.is_empty()).collect();
    let text = |c: &TableCell| !c.text.split_whitespace().all(figure);
    let room = |col: usize| {
        let own = above.cells.iter().chain(&table.cells).filter(|c| c.col == col && c.cols == 1);
        own.map(|c| c.area.width()).fold(0.0, f32::max)
    };
    let wraps = |l: &TableCell, c: &TableCell| above.method == Method::Ruled || no_room(l, c, room(c.col));
    let continues = |c: &&TableCell| text(c) && last.iter().any(|l| l.col == c.col && l.cols == c.cols && text(l) && wraps(l, c));
    let begins_small = here.first().is_some_and(|c| c.text.chars().next().is_some_and(char::is_lowercase));
    let first_column = here.first().is_some_and(|c| c.col == last.first().map_or(0, |l| l.col));
    // A page that holds nothing but the rest of one cell, and the next goes on with it.
    let rest = above.method == Method::Ruled && above.rows == 1 && last.len() == 1 && here.len() == 1;
    let fewer = !here.is_empty() && here.len() < last.len();
    (fewer || rest) && here.iter().all(continues) && (!first_column || begins_small)
}

/// Whether the first word of the lower text would not have fitted behind the upper one, in a column with this room. Texts of several lines
/// fill their column anyway.
fn no_room(upper: &TableCell, lower: &TableCell, room: f32) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a few characters")]
    let chars = |t: &str| t.chars().count() as f32;
    let first = lower.text.split_whitespace().next().map_or(0.0, chars);
    let each = lower.area.width() / chars(&lower.text).max(1.0);
    let several = upper.area.height() > 1.5 * lower.area.height();
    several || upper.area.width() + each * first > 0.9 * room
}
