//! Bands → rows: which printed lines are one row of the table, because a cell's text goes on below.

use super::bands::{Band, Placed, capitals_below_small, figure_columns};
use super::edges::Edges;
use super::geometry::Area;
use super::words::Word;

/// For each band, whether a row starts with it.
#[must_use]
pub fn starts(words: &[Word], bands: &[Band], bounds: &[f32], edges: &Edges, fills: &[Area]) -> Vec<bool> {
    let figures = &figure_columns(bands, bounds.len() - 1);
    let room = Room::new(words, bands, bounds);
    let parted: Vec<Option<bool>> = (0..bands.len()).map(|i| drawn(bands, i, edges, fills)).collect();
    let lined = parted.iter().filter(|p| **p == Some(true)).count();
    // Lines between most rows: then every row has its line.
    let single = lined >= 3 && one_row_between(bands, &parted);
    let by_lines = single || (lined * 5 >= bands.len().saturating_sub(1) * 2 && lined >= 2);
    let tight = tight_leading(bands, figures, &parted, &room);
    let at_foot = |i: usize| completes(&bands[i - 1..i], &bands[i], figures, &room, false);
    let footed = (0..bounds.len() - 1).find(|&col| nameless_below_names(bands, col));
    let feet = room.hung.is_some() || footed == Some(0) || (1..bands.len()).any(at_foot);
    // Where the first line only names the rows below it, others do as well.
    let named = names_rows(bands, 0, words);
    let mut out: Vec<bool> = Vec::new();
    for i in 0..bands.len() {
        let begins = match i.checked_sub(1).map(|k| &bands[k]) {
            None => true,
            Some(above) => {
                let here = &bands[i];
                let pitch = here.base - above.base;
                let row = &bands[out.iter().rposition(|b| *b).unwrap_or(0)..i];
                match parted[i] {
                    Some(true) => true,
                    None if footed.is_some_and(|col| is_foot(row, here, col)) => false,
                    _ if here.whole || above.whole => true,
                    _ if single => false,
                    _ if row.iter().any(|b| figures_below(b, here) > 1) => {
                        let led = leads(row, here);
                        if let Some(begins) = out.last_mut().filter(|_| led) {
                            *begins = true;
                        }
                        !led
                    }
                    _ if clash(above, here) || above.clash(here, |a, b| !room.wraps(a, b)) => true,
                    Some(false) => false,
                    None if completes(row, here, figures, &room, feet) => false,
                    None if footed.is_some_and(|col| heads_foot(bands, i, col)) => true,
                    None if heads(above, here, &room) => true,
                    None if named && above.cells.len() > 1 && names_rows(bands, i, words) => true,
                    None if tight.zip(own_pitch(row, here)).is_some_and(|(t, pitch)| pitch > t && overlap(above, here)) => true,
                    None if overlap(above, here) => false,
                    None if by_lines => pitch > 2.2 * here.size,
                    None if tight.is_some() => tight.is_some_and(|t| pitch > t),
                    None => !goes_on(row, here, figures, bands.get(i + 1), &room) || pitch > 1.6 * here.size,
                }
            }
        };
        out.push(begins);
    }
    out
}

/// Whether a band is a text alone in the first column, with a capital, above a row that begins there.
fn names_rows(bands: &[Band], i: usize, words: &[Word]) -> bool {
    let capital = |p: &Placed| words[p.words[0]].text.starts_with(char::is_uppercase);
    let alone = matches!(bands[i].cells.as_slice(), [p] if p.col == 0 && !p.numeric && capital(p));
    alone && bands.get(i + 1).is_some_and(|b| b.cells.len() > 1 && b.at(0).is_some())
}

/// Figures without a name in the column of names.
fn nameless(b: &Band, col: usize) -> bool {
    b.at(col).is_none()
        && b.cells.iter().filter(|p| p.numeric).count() > usize::from(col > 0)
        && (col > 0 || b.cells.iter().all(|p| p.numeric))
}

/// A name in its column and nothing else.
fn name_alone(b: &Band, col: usize) -> bool {
    matches!(b.cells.as_slice(), [p] if p.col == col && !p.numeric)
}

/// Whether figures without a name stand only right below a name without figures, and more than once: at the foot of its row.
fn nameless_below_names(bands: &[Band], col: usize) -> bool {
    let found = || (1..bands.len()).filter(|&i| nameless(&bands[i], col));
    found().count() > 1 && found().all(|i| name_alone(&bands[i - 1], col))
}

/// Whether figures without a name are the foot of the names above them.
fn is_foot(row: &[Band], here: &Band, col: usize) -> bool {
    let near = row.last().is_some_and(|above| here.base - above.base < 1.45 * here.size);
    near && nameless(here, col) && row.iter().all(|b| name_alone(b, col))
}

/// Whether a name alone below figures is the first line of a row whose figures stand at its foot.
fn heads_foot(bands: &[Band], i: usize, col: usize) -> bool {
    const MOST_LINES: usize = 4;
    let lines = bands[i..].iter().take(MOST_LINES).take_while(|b| name_alone(b, col)).count();
    lines > 0 && bands[i - 1].cells.iter().any(|p| p.numeric) && bands.get(i + lines).is_some_and(|b| nameless(b, col))
}

/// Whether a band is the last line of a row whose figures stand at its foot: its texts go on in lower case, or begin with what had no room
/// above where figures stand at the `feet` of other rows, and its figures are the first of the row.
fn completes(row: &[Band], here: &Band, figures: &[bool], room: &Room<'_>, feet: bool) -> bool {
    let Some(above) = row.last() else { return false };
    let pushed = |p: &Placed| feet && above.cells.len() == 1 && above.at(p.col).is_some_and(|upper| room.overflows(upper, p));
    let small = |p: &Placed| room.words[p.words[0]].text.starts_with(char::is_lowercase) || pushed(p);
    let (numbers, texts): (Vec<&Placed>, Vec<&Placed>) = here.cells.iter().partition(|p| p.numeric);
    let open = row.iter().all(|b| b.cells.iter().all(|p| !p.numeric || (p.cols == 1 && !figures[p.col])));
    // Behind a name alone everything stands at its foot, however far it reaches.
    let alone = row.iter().all(|b| b.cells.len() == 1 && b.cells[0].col == 0);
    let below = alone || numbers.iter().all(|n| row.iter().all(|b| b.at(n.col).is_none()));
    let follows = |p: &Placed| p.cols == 1 && (alone || above.at(p.col).is_some());
    let goes_on = texts.first().is_some_and(|p| above.at(p.col).is_some() && small(p)) && texts.iter().all(|p| follows(p));
    !numbers.is_empty() && open && below && goes_on && here.base - above.base < 1.45 * here.size
}

/// Whether no figure stands below another between two lines anywhere: then what stands between two lines is one row, however many
/// printed lines it takes. Headings have no figures and say nothing; the last row may end without a line.
fn one_row_between(bands: &[Band], parted: &[Option<bool>]) -> bool {
    let mut start = 0;
    let mut longest = 0;
    for i in 1..=bands.len() {
        if i < bands.len() && parted[i] != Some(true) {
            continue;
        }
        let stretch = &bands[start..i];
        let clashing = (1..stretch.len()).any(|k| stretch[..k].iter().any(|above| clash(above, &stretch[k])));
        if clashing {
            return false;
        }
        longest = longest.max(i - start);
        start = i;
    }
    longest <= 12 && longest * 3 <= bands.len() * 2
}

/// Figures below each other in one column stand in two rows: figures do not wrap.
fn clash(above: &Band, here: &Band) -> bool {
    // The heading of the second column may be a year above figures with their units.
    let figures = |a: &Placed, b: &Placed| a.numeric && (b.numeric || (a.year && b.counted && a.col > 0));
    above.clash(here, |a, b| figures(a, b) && a.cols == 1 && b.cols == 1)
}

/// In how many columns figures stand below figures. A figure too long for its column may go on below itself, but hardly two beside each
/// other.
fn figures_below(above: &Band, here: &Band) -> usize {
    let figures = here.cells.iter().filter(|p| p.numeric && p.cols == 1);
    figures.filter(|p| above.at(p.col).is_some_and(|a| a.numeric && a.cols == 1)).count()
}

/// Whether the last line of a row is the first of the next, whose figures stand in the middle or at the foot of it: it has none itself and
/// stands nearer to them than to the line above.
fn leads(row: &[Band], here: &Band) -> bool {
    let [.., before, last] = row else { return false };
    let near = overlap(last, here) || here.base - last.base < last.base - before.base - 0.05 * here.size;
    near && last.cells.iter().all(|p| !p.numeric)
}

/// How far a band stands below the last line of the row that has a text in one of its columns.
fn own_pitch(row: &[Band], here: &Band) -> Option<f32> {
    row.iter().rev().find(|b| b.clash(here, |_, _| true)).map(|b| here.base - b.base)
}

/// Lines set side by side at slightly different heights.
fn overlap(above: &Band, here: &Band) -> bool {
    above.area.y1 - here.area.y0 > 0.3 * here.size && !above.clash(here, |_, _| true)
}

/// What is drawn between a band and the one above: a line or the edge of a ground (`true`), the same ground behind both (`false`).
fn drawn(bands: &[Band], i: usize, edges: &Edges, fills: &[Area]) -> Option<bool> {
    let above = &bands[i.checked_sub(1)?];
    let here = &bands[i];
    let width = bands.iter().map(|b| b.area).reduce(|a, b| a.with(&b)).map_or(0.0, |a| a.width());
    let (top, bottom) = (above.base - 0.2 * above.size, here.base - 0.35 * here.size);
    let line = edges.level.iter().any(|e| e.at > top && e.at < bottom && e.length() > 0.6 * width);
    if line {
        return Some(true);
    }
    let ground = |b: &Band| fills.iter().position(|f| f.width() > 0.6 * width && f.holds(b.area.mid_x(), b.area.mid_y(), 0.0));
    match (ground(above), ground(here)) {
        (None, None) => None,
        (Some(a), Some(b)) if a == b => (fills[a].height() < 6.0 * here.size).then_some(false),
        _ => Some(true),
    }
}

/// The largest pitch of lines within a row, where the leading tells: close lines within rows, wider steps between them. `None` where
/// all lines stand equally close, or where figures below each other show that close lines are rows of their own.
fn tight_leading(bands: &[Band], figures: &[bool], parted: &[Option<bool>], room: &Room<'_>) -> Option<f32> {
    let pitch = |i: usize| bands[i].base - bands[i - 1].base;
    let open: Vec<usize> = (1..bands.len()).filter(|&i| parted[i] != Some(true)).collect();
    // Lines of different columns beside each other say nothing of the leading.
    let below = |i: &&usize| bands[**i - 1].clash(&bands[**i], |_, _| true);
    let least = open.iter().filter(below).map(|&i| pitch(i)).filter(|p| *p > 0.4 * bands[0].size).min_by(f32::total_cmp)?;
    let limit = 1.13 * least;
    let wide = (1..bands.len()).filter(|&i| pitch(i) > 1.2 * least).count();
    let close: Vec<usize> = open.into_iter().filter(|&i| pitch(i) <= limit).collect();
    let clashing = close.iter().any(|&i| clash(&bands[i - 1], &bands[i]));
    // A line that goes on has no more than part of the columns, or none of its texts had room above.
    let fullest = bands.iter().map(|b| b.cells.len()).max().unwrap_or(0);
    let partial = |b: &Band| b.cells.len() < fullest;
    let pushed = |i: usize| !bands[i].clash(&bands[i - 1], |p, upper| p.numeric || !room.wraps(upper, p));
    let telling = close.iter().all(|&i| partial(&bands[i]) || partial(&bands[i - 1]) || pushed(i));
    let labels = figures.iter().any(|f| *f);
    (wide >= 1 && !clashing && telling && (labels || wide * 2 >= close.len())).then_some(limit)
}

/// Whether a band only goes on with texts of the row above: no figures, and nothing in a column that was empty there. A text in the
/// first column may as well be the first line of the row below, if it would wrap there.
fn goes_on(row: &[Band], here: &Band, figures: &[bool], below: Option<&Band>, room: &Room<'_>) -> bool {
    let Some(above) = row.last() else { return false };
    // A year or a number may end a text.
    let within = |p: &Placed| p.col > 0 && !figures[p.col] && above.at(p.col).is_some_and(|upper| !upper.numeric);
    let continues =
        |p: &Placed| p.cols == 1 && (!p.numeric || within(p)) && (!figures[p.col] || p.col == 0) && above.at(p.col).is_some();
    let Some(first) = here.cells.first().filter(|_| here.cells.iter().all(continues)) else { return false };
    // Two texts below one are no next line of it.
    let below_one = |w: &[Placed]| above.at(w[0].col).map(|p| p.col) == above.at(w[1].col).map(|p| p.col);
    if here.cells.windows(2).any(below_one) {
        return false;
    }
    if first.col > 0 {
        return true;
    }
    // Where three texts go on side by side, none of them had room for its next word.
    let wraps = |p: &Placed| above.at(p.col).is_some_and(|upper| room.wraps(upper, p) && room.fills(upper, p));
    if here.cells.len() > 2 && !here.cells.iter().all(wraps) {
        return false;
    }
    // A text goes on below its beginning or further in, unless it stands in the middle of its column.
    let outward = |p: &Placed| p.area.x0 - first.area.x0 > 0.4 * here.size && (p.area.mid_x() - first.area.mid_x()).abs() > 1.5;
    if above.at(0).is_some_and(outward) {
        return false;
    }
    let small = |b: &Band| b.at(0).and_then(|p| room.words[p.words[0]].text.chars().next()).is_some_and(char::is_lowercase);
    let set_in = |b: &Band| room.hung.is_some_and(|left| first.area.x0 < left && b.area.x0 > left);
    let leads = below.is_some_and(|b| b.at(0).is_some_and(|p| room.wraps(first, p)) && (small(b) || set_in(b)));
    if above.at(0).is_some_and(|upper| capitals_below_small(room.words, upper, first)) {
        return false;
    }
    let near_full = above.at(0).is_some_and(|p| room.fills(p, first));
    let filled = row.iter().any(|b| b.cells.len() > 1);
    // The middle line of a name whose figures stand at its foot.
    let middle = near_full && below.is_some_and(|b| b.cells.len() > 1);
    small(here) && (filled || middle) || (filled && near_full && !leads)
}

/// Whether the band above only names the group of rows below it: a short text in the first column, where the next word had room.
fn heads(above: &Band, here: &Band, room: &Room<'_>) -> bool {
    let (Some(a), Some(b)) = (above.at(0), here.at(0)) else { return false };
    let first = &room.words[b.words[0]];
    let small = first.text.chars().next().is_some_and(char::is_lowercase);
    let fitted = a.area.width() + 0.2 * first.size + first.area.width() < 0.8 * room.given[0];
    above.cells.len() == 1 && here.cells.len() > 1 && a.cols == 1 && fitted && !small
}

/// How much room the columns have.
#[derive(Debug)]
pub struct Room<'a> {
    words: &'a [Word],
    /// Widest text of each column.
    widest: Vec<f32>,
    /// From boundary to boundary.
    given: Vec<f32>,
    /// Where names are set in that go on with the line above, if none else are.
    hung: Option<f32>,
}

impl<'a> Room<'a> {
    /// Of these lines set in columns.
    #[must_use]
    pub fn new(words: &'a [Word], bands: &[Band], bounds: &[f32]) -> Self {
        // What stands alone on its line may name a group of rows and run on beyond its column.
        let widest = |c: usize| {
            let small = |b: &Band| words[b.cells[0].words[0]].text.starts_with(char::is_lowercase);
            let told = bands.iter().filter(|b| b.cells.len() > 1 || (b.cells.len() == 1 && small(b)));
            let beside = told.filter_map(|b| b.at(c)).filter(|p| p.cols == 1);
            beside.map(|p| p.area.width()).fold(0.0, f32::max)
        };
        let given = bounds.windows(2).map(|b| b[1] - b[0]).collect();
        let mut room = Self { words, widest: (0..bounds.len() - 1).map(widest).collect(), given, hung: None };
        room.hung = room.set_in(bands);
        room
    }

    /// Where names of the first column are set in, if only those are that the line above them had no room for.
    fn set_in(&self, bands: &[Band]) -> Option<f32> {
        let first = |b: &'_ Band| b.at(0).filter(|p| p.cols == 1).map(|p| p.area.x0);
        let left = bands.iter().filter_map(first).reduce(f32::min)? + 0.3 * bands[0].size;
        let mut inner = (0..bands.len()).filter(|&i| first(&bands[i]).is_some_and(|x| x > left)).peekable();
        let pushed = |i: usize| {
            let above = i.checked_sub(1).map(|k| &bands[k]).filter(|b| b.cells.len() == 1);
            above.and_then(|b| b.at(0)).zip(bands[i].at(0)).is_some_and(|(upper, p)| !upper.numeric && self.overflows(upper, p))
        };
        (inner.peek().is_some() && inner.all(pushed)).then_some(left)
    }

    /// Whether the first word of the lower text would hardly have fitted into its column.
    fn fills(&self, upper: &Placed, lower: &Placed) -> bool {
        let first = &self.words[lower.words[0]];
        upper.area.width() + first.area.width() > 0.8 * self.given[upper.col]
    }

    /// Whether the first word of the lower text would not have fitted into its column.
    fn overflows(&self, upper: &Placed, lower: &Placed) -> bool {
        let first = &self.words[lower.words[0]];
        upper.area.width() + 0.2 * first.size + first.area.width() > 0.97 * self.given[upper.col]
    }

    /// Whether the lower text may be the next line of the upper one: its first word would not have fitted there.
    #[must_use]
    pub fn wraps(&self, upper: &Placed, lower: &Placed) -> bool {
        let first = &self.words[lower.words[0]];
        let space = 0.2 * first.size;
        let room = self.widest.get(upper.col).copied().unwrap_or(0.0).max(upper.area.width()).max(lower.area.width());
        upper.area.width() + space + first.area.width() > 0.97 * room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::bands::band;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;

    #[test]
    fn rows_whose_figures_stand_in_the_middle_of_a_text_begin_with_its_first_line() {
        let mut placed = vec![("15.340", 20.0, 100.0), ("Bantuan", 80.0, 100.0), ("3.729", 300.0, 100.0)];
        placed.extend([("Belanja", 80.0, 110.0), ("95.917", 20.0, 114.0), ("35.159", 300.0, 114.0), ("hibah", 80.0, 118.0)]);
        let words: Vec<Word> = placed.iter().map(|&(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
        let bounds = [20.0, 60.0, 200.0, 330.0];
        let bands: Vec<Band> =
            lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).map(|r| band(&r, &bounds, &words)).collect();
        assert_eq!(starts(&words, &bands, &bounds, &Edges::default(), &[]), [true, true, false, false]);
    }

    #[test]
    fn figures_alone_below_names_alone_are_at_the_foot_of_their_rows() {
        let placed = |rows: &[(&'static str, &'static str, f32)]| -> Vec<bool> {
            let texts = rows.iter().flat_map(|&(name, figure, y)| [(name, 20.0, y), (figure, 200.0, y)]);
            let words: Vec<Word> = texts.filter(|t| !t.0.is_empty()).map(|(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
            let bounds = [20.0, 150.0, 240.0];
            let bands: Vec<Band> =
                lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).map(|r| band(&r, &bounds, &words)).collect();
            starts(&words, &bands, &bounds, &Edges::default(), &[])
        };
        let rows = [("Gaji", "1.200", 100.0), ("Perkantoran", "", 110.0), ("", "3.400", 120.0), ("Rapat", "5.100", 130.0)];
        let more = [("Logistik", "", 140.0), ("", "7.300", 150.0), ("Umum", "8.100", 160.0)];
        let all: Vec<_> = rows.into_iter().chain(more).collect();
        assert_eq!(placed(&all), [true, true, false, true, true, false, true]);
        // The first line of a row is no next line of the name above, however full that is.
        let full = [("Perjalanan Dinas Biasa Luar Kota", "5.100", 170.0), ("Fasilitasi", "", 180.0), ("", "3.400", 190.0)];
        let all: Vec<_> = all.into_iter().chain(full).collect();
        assert_eq!(placed(&all)[7..], [true, true, false]);
        // Only once, it may be a row of its own.
        assert_eq!(placed(&rows), [true; 4]);
    }

    #[test]
    fn wider_steps_between_rows_tell_them_though_both_texts_of_a_row_go_on() {
        let long = "x".repeat(40);
        let mut placed = Vec::new();
        let mut y = 100.0;
        for (name, lines) in [("Perusahaan-yang", 2), ("Modal", 1), ("Perubahan-harga", 1), ("Upah-dan-gaji", 2)] {
            for k in 0..lines {
                placed.extend([(if k == 0 { name } else { "berlaku" }, 20.0, y), (long.as_str(), 120.0, y)]);
                y += 9.0;
            }
            y += 3.0;
        }
        let words: Vec<Word> = placed.iter().map(|&(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
        let bounds = [20.0, 110.0, 320.0];
        let bands: Vec<Band> =
            lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).map(|r| band(&r, &bounds, &words)).collect();
        assert_eq!(starts(&words, &bands, &bounds, &Edges::default(), &[]), [true, false, true, true, true, false]);
    }
    #[test]
    fn numbers_and_figures_without_a_name_are_at_the_foot_of_names_in_an_inner_column() {
        let rows = [
            ("1", "Gaji", "1.200", 100.0),
            ("", "Perkantoran dan pemeliharaan sarana", "", 110.0),
            ("2", "", "3.400", 120.0),
            ("", "Logistik", "", 130.0),
            ("3", "", "7.300", 140.0),
            ("4", "Umum", "8.100", 150.0),
        ];
        let texts = rows.iter().flat_map(|&(no, name, figure, y)| [(no, 20.0, y), (name, 50.0, y), (figure, 200.0, y)]);
        let words: Vec<Word> = texts.filter(|t| !t.0.is_empty()).map(|(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
        let bounds = [20.0, 45.0, 150.0, 240.0];
        let bands: Vec<Band> =
            lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).map(|r| band(&r, &bounds, &words)).collect();
        assert_eq!(starts(&words, &bands, &bounds, &Edges::default(), &[]), [true, true, false, true, false, true]);
    }
}
