//! Tables typed into running text: with drawn lines, with a sign between the columns, or with nothing but spaces that stand below each other.

use std::ops::Range;

use crate::normalise::number;

/// A table has at least so many lines.
const FEWEST: usize = 3;
/// Spaces that part two columns.
const APART: usize = 2;
/// Longer lines are paragraphs.
const WIDEST: usize = 600;
/// Signs that part columns, where the lines of a table agree on how many there are.
const SIGNS: [char; 2] = ['|', ';'];

/// For each line that belongs to a table its fields with their columns, none for a drawn line; `None` for all other lines.
pub(super) fn tables(lines: &[&str]) -> Vec<Option<Vec<(u16, String)>>> {
    let mut fields: Vec<Option<Vec<(u16, String)>>> = lines.iter().map(|line| drawn(line)).collect();
    for sign in SIGNS {
        signed(lines, sign, &mut fields);
    }
    spaced(lines, &mut fields);
    fields
}

/// `+-----+`, `├───┼───┤`, `=====`: nothing but a line; `│ a │ b │`: the fields between drawn lines.
fn drawn(line: &str) -> Option<Vec<(u16, String)>> {
    let boxed = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    let ruled = |c: char| boxed(c) || matches!(c, '-' | '=' | '_' | '+' | '|');
    let line = line.trim();
    if line.chars().count() > 4 && line.chars().all(|c| ruled(c) || c == ' ') {
        return Some(Vec::new());
    }
    let inside = line.strip_prefix(['│', '┃', '║'])?.strip_suffix(['│', '┃', '║'])?;
    Some(numbered(inside.split(['│', '┃', '║'])))
}

fn numbered<'f>(fields: impl Iterator<Item = &'f str>) -> Vec<(u16, String)> {
    (0_u16..).zip(fields).map(|(col, field)| (col, field.trim().to_owned())).collect()
}

/// Lines below each other with the same number of signs, most of them with figures.
fn signed(lines: &[&str], sign: char, fields: &mut [Option<Vec<(u16, String)>>]) {
    let count = |n: usize| lines[n].matches(sign).count();
    let open: Vec<usize> = (0..lines.len()).filter(|&n| !lines[n].trim().is_empty() && fields[n].is_none()).collect();
    for run in
        open.chunk_by(|&a, &b| count(a) == count(b) && lines[a + 1..b].iter().all(|l| l.trim().is_empty() || drawn(l).is_some()))
    {
        let figures = |n: &&usize| lines[**n].split(sign).any(number::looks_like_number);
        if count(run[0]) >= 2 && run.len() >= FEWEST && run.iter().filter(figures).count() * 2 >= run.len() {
            for &n in run {
                // A line may begin and end with the sign.
                fields[n] = Some(numbered(lines[n].trim().trim_start_matches(sign).split(sign)));
            }
        }
    }
}

/// A text of a line between wide spaces.
struct Token {
    at: Range<usize>,
    text: String,
}

/// Lines below each other whose figures leave the same columns of spaces free.
fn spaced(lines: &[&str], fields: &mut [Option<Vec<(u16, String)>>]) {
    let plain = |n: usize| fields[n].is_none() && !lines[n].contains('\t') && lines[n].chars().count() <= WIDEST;
    let tokens: Vec<Vec<Token>> = (0..lines.len()).map(|n| if plain(n) { parted(lines[n]) } else { Vec::new() }).collect();
    let filled: Vec<usize> = (0..lines.len()).filter(|&n| !tokens[n].is_empty()).collect();
    let ruled = |n: usize| fields[n].as_ref().is_some_and(Vec::is_empty);
    let runs = filled.chunk_by(|&a, &b| (a + 1..b).all(ruled)).map(<[usize]>::to_vec).collect::<Vec<_>>();
    for run in runs {
        let rows: Vec<&Vec<Token>> = run.iter().map(|&n| &tokens[n]).filter(|t| has_figures(t)).collect();
        if rows.len() < FEWEST {
            continue;
        }
        let columns = columns(&rows);
        for n in run.into_iter().filter(|&n| tokens[n].len() > 1 && columns.len() > 2) {
            fields[n] = Some(placed(&columns, &tokens[n]));
        }
    }
}

fn has_figures(tokens: &[Token]) -> bool {
    tokens.len() > 2 && tokens.iter().skip(1).filter(|t| number::looks_like_number(&t.text)).count() > 1
}

/// The texts of a line, parted at wide spaces.
fn parted(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, c) in line.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        match tokens.last_mut() {
            Some(last) if at < last.at.end + APART => {
                last.text.extend(std::iter::repeat_n(' ', at - last.at.end));
                last.text.push(c);
                last.at.end = at + 1;
            }
            _ => tokens.push(Token { at: at..at + 1, text: c.to_string() }),
        }
    }
    tokens
}

/// Where the columns stand: what the texts of all rows cover, parted where none of them stands.
fn columns(rows: &[&Vec<Token>]) -> Vec<Range<usize>> {
    let mut covered: Vec<Range<usize>> = rows.iter().flat_map(|row| row.iter().map(|t| t.at.clone())).collect();
    covered.sort_by_key(|at| at.start);
    let mut columns: Vec<Range<usize>> = Vec::new();
    for at in covered {
        match columns.last_mut() {
            Some(last) if at.start < last.end + 1 => last.end = last.end.max(at.end),
            _ => columns.push(at),
        }
    }
    columns
}

/// The texts of a line in their columns; two in one column are one with a wide space in it.
fn placed(columns: &[Range<usize>], tokens: &[Token]) -> Vec<(u16, String)> {
    let mut fields: Vec<(u16, String)> = Vec::new();
    for token in tokens {
        let col = column(columns, &token.at);
        match fields.last_mut() {
            Some((last, text)) if *last == col => *text = format!("{text} {}", token.text),
            _ => fields.push((col, token.text.clone())),
        }
    }
    fields
}

/// The column that a text stands over: the one it shares most with, else the nearest.
fn column(columns: &[Range<usize>], at: &Range<usize>) -> u16 {
    let shared = |c: &Range<usize>| c.end.min(at.end).saturating_sub(c.start.max(at.start));
    let apart = |c: &Range<usize>| (c.start + c.end).abs_diff(at.start + at.end);
    let best = (0_u16..).zip(columns).max_by_key(|(_, c)| (shared(c), std::cmp::Reverse(apart(c))));
    best.map_or(0, |(n, _)| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let line = |f: Option<Vec<(u16, String)>>| {
            f.map_or_else(|| "-".to_owned(), |f| f.iter().map(|(c, t)| format!("{c}:{t}")).collect::<Vec<_>>().join(" "))
        };
        tables(&lines).into_iter().map(line).collect()
    }

    #[test]
    fn columns_are_parted_by_spaces_that_stand_below_each_other() {
        let text = "REKAP DPT\nNo   Kecamatan       L      P\n1    Kumai           10     9\n2    Arut Selatan   200   150\n10   Arut Utara      30    41\n";
        let rows = shown(text);
        assert_eq!(rows[0], "-");
        assert_eq!(rows[1], "0:No 1:Kecamatan 2:L 3:P");
        assert_eq!(rows[3], "0:2 1:Arut Selatan 2:200 3:150");
        assert!(shown("Pada hari ini  Senin\ntelah  dilaksanakan\nrapat  pleno\n").iter().all(|r| r == "-"), "prose");
    }

    #[test]
    fn columns_are_parted_by_drawn_lines_and_by_signs() {
        let boxed = "┌────┬───┐\n│ No │ L │\n├────┼───┤\n│ 1  │ 4 │\n└────┴───┘\n";
        assert_eq!(shown(boxed), ["", "0:No 1:L", "", "0:1 1:4", ""]);
        let signs = "REKAP\n\nNo | Kecamatan | L\n1 | Kumai | 10\n2 | Arut Selatan | 20\n";
        assert_eq!(shown(signs), ["-", "-", "0:No 1:Kecamatan 2:L", "0:1 1:Kumai 2:10", "0:2 1:Arut Selatan 2:20"]);
        assert!(shown("satu; dua; tiga\nempat; lima; enam\ntujuh; delapan; sembilan\n").iter().all(|r| r == "-"), "a list");
    }
}
