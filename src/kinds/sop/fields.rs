//! The identity of an SOP: labels in whatever order and spelling, what is said beside, behind or below them.

use std::collections::BTreeMap;

use crate::model::{Origin, Span};
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

/// Fields of the identity and sections of the form, as the schema names them after `isian:`.
pub(super) const FIELDS: [&str; 12] = [
    "nomor",
    "tanggal_pembuatan",
    "tanggal_revisi",
    "tanggal_efektif",
    "disahkan_oleh",
    "nama",
    "dasar_hukum",
    "kualifikasi",
    "keterkaitan",
    "peralatan",
    "peringatan",
    "pencatatan",
];

/// A field as printed.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Around label and value.
    pub(super) span: Span,
    /// Where the value stands; the label's cell where there is none.
    pub(super) origin: Origin,
    /// Its lines, blank ones left out.
    pub(super) text: String,
}

/// A label where it stands.
#[derive(Clone, Debug)]
struct Label {
    field: &'static str,
    row: usize,
    origin: Origin,
    right: u16,
    /// What stands behind it in its own cell.
    rest: String,
    /// The label alone is the whole cell.
    alone: bool,
    /// One word that stands in many places, like `No`: only what can be nothing else is its value.
    vague: bool,
}

/// What every field says; the first place that says something counts. `until` is the row where the tables of tasks begin.
pub(super) fn fields(rows: &[Row], phrases: &Phrases) -> BTreeMap<&'static str, Said> {
    let labels = labels(rows, phrases);
    let mut out: BTreeMap<&'static str, Said> = BTreeMap::new();
    for (nth, label) in labels.iter().enumerate() {
        let Some(said) = said(rows, &labels, nth, phrases) else { continue };
        let empty = said.text.is_empty();
        let known = out.get(label.field).is_some_and(|s| !s.text.is_empty() || empty);
        if !known {
            out.insert(label.field, said);
        }
    }
    out
}

/// All labels in reading order, also several in one cell.
fn labels(rows: &[Row], phrases: &Phrases) -> Vec<Label> {
    let mut out = Vec::new();
    for (row, r) in rows.iter().enumerate() {
        for cell in &r.cells {
            let mut lines = cell.text.lines().filter(|l| !l.trim().is_empty()).peekable();
            while let Some(line) = lines.next() {
                let several = run_together(line, phrases);
                if several.len() > 1 {
                    let label = |field| Label {
                        field,
                        row,
                        origin: cell.origin,
                        right: cell.right,
                        rest: String::new(),
                        alone: true,
                        vague: false,
                    };
                    out.extend(several.into_iter().map(label));
                    continue;
                }
                let Some((field, rest)) = label(line, phrases) else { continue };
                let mut rest = rest.to_owned();
                while let Some(more) = lines.next_if(|l| label(l, phrases).is_none()) {
                    rest.push('\n');
                    rest.push_str(more);
                }
                let alone = rest.trim().is_empty();
                let vague = alone && line.split_whitespace().count() == 1 && !field.starts_with("dasar");
                out.push(Label { field, row, origin: cell.origin, right: cell.right, rest, alone, vague });
            }
        }
    }
    out
}

/// Labels of several lines that ran together on paper, with nothing else in the cell: `NAMA SOP NOMOR SOP`.
fn run_together(line: &str, phrases: &Phrases) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut rest = line;
    while !rest.trim().is_empty() {
        let found = FIELDS.iter().filter_map(|&f| Some((f, phrases.after(&format!("isian:{f}"), rest)?)));
        let Some((field, behind)) = found.min_by_key(|(_, rest)| rest.len()) else { return Vec::new() };
        out.push(field);
        rest = behind;
    }
    out
}

/// Whether a line begins with the label of a field or section.
pub(super) fn is_label(line: &str, phrases: &Phrases) -> bool {
    label(line, phrases).is_some()
}

/// The field that a line begins with, and what follows. Words of ordinary sentences (`nomor`, `nama`) need a colon or a line of
/// their own; where no colon parts them, label and value must be unmistakable.
fn label<'t>(line: &'t str, phrases: &Phrases) -> Option<(&'static str, &'t str)> {
    let bare = crate::tables::words::unnumbered(line).filter(|rest| !rest.is_empty()).unwrap_or(line);
    [line, bare].into_iter().find_map(|line| {
        let found = FIELDS.iter().filter_map(|&f| Some((f, phrases.after(&format!("isian:{f}"), line)?)));
        let (field, rest) = found.min_by_key(|(_, rest)| rest.len())?;
        let value = rest.trim_start_matches(|c: char| c.is_whitespace() || ")./".contains(c));
        let parted = value.is_empty() || value.starts_with([':', '=']);
        let words = line[..line.len() - rest.len()].split_whitespace().count();
        let sure = words >= 2 && rest.starts_with([' ', '\t', '\u{a0}']) && plausible(field, value);
        (parted || sure).then(|| (field, value.trim_start_matches([':', '=', ' ', '\t'])))
    })
}

/// Whether a text may be the value of a field although nothing parts it from its label.
fn plausible(field: &str, value: &str) -> bool {
    match field {
        "nomor" => value.contains('/') || value.chars().filter(char::is_ascii_digit).count() >= 2,
        "nama" | "disahkan_oleh" => value.chars().next().is_some_and(char::is_uppercase),
        f if f.starts_with("tanggal") => crate::normalise::date::parse(value).is_some(),
        _ => false,
    }
}

fn said(rows: &[Row], labels: &[Label], nth: usize, phrases: &Phrases) -> Option<Said> {
    let label = &labels[nth];
    let here = |text: &str, origin: Origin| Said {
        span: Span::from(label.origin).with(if origin.grid == label.origin.grid { origin } else { label.origin }),
        origin,
        text: lines(text),
    };
    if label.field == "dasar_hukum" {
        return Some(section(rows, labels, nth, phrases));
    }
    if !label.alone {
        return Some(here(&label.rest, label.origin));
    }
    let row = rows.get(label.row)?;
    if let Some(several) = side_by_side(row, labels, nth) {
        return Some(here(&several.0, several.1));
    }
    let beside = row.cells.iter().find(|c| c.origin.col > label.origin.col && !c.text.trim_matches([':', ' ', '=']).is_empty());
    let is_label = |c: &Cell| labels.iter().any(|l| l.origin == c.origin);
    match beside {
        Some(cell) if label.vague && !plausible(label.field, cell.text.trim_start_matches([':', ' '])) => None,
        Some(cell) if !is_label(cell) => {
            let mut text = cell.text.trim_start_matches([':', ' ', '=']).to_owned();
            if label.field == "nama" {
                text.push_str(&further_lines(rows, labels, label.row, cell));
            }
            Some(here(&text, cell.origin))
        }
        _ if label.vague && !across(labels, label) => None,
        _ => Some(below(rows, labels, label).map_or_else(
            || {
                let blank = Origin::new(label.origin.grid, label.origin.row + u32::from(across(labels, label)), label.origin.col);
                Said { span: Span::from(label.origin).with(blank), ..here("", label.origin) }
            },
            |c| here(&c.text, c.origin),
        )),
    }
}

/// Whether the label is one of several side by side: the heading of a row of values.
fn across(labels: &[Label], label: &Label) -> bool {
    labels.iter().filter(|l| l.row == label.row).count() >= 3
}

/// Several labels in one cell and their values in a cell beside it.
fn side_by_side(row: &Row, labels: &[Label], nth: usize) -> Option<(String, Origin)> {
    let label = &labels[nth];
    let same: Vec<usize> = (0..labels.len()).filter(|&i| labels[i].origin == label.origin).collect();
    let says =
        |c: &&Cell| c.origin.col > label.origin.col && c.text.chars().any(|x| !(x.is_whitespace() || x == ':' || x == '='));
    let beside = row.cells.iter().find(says).filter(|_| same.len() > 1)?;
    let mut values: Vec<&str> = beside.text.lines().map(|l| l.trim_start_matches([':', ' ', '='])).collect();
    let asked: Vec<&str> = same.iter().map(|&i| labels[i].field).collect();
    if values.len() < asked.len() {
        values = values.into_iter().flat_map(pieces).collect();
    }
    let shared = shared_out(&asked, &values)?;
    let at = same.iter().position(|&i| i == nth)?;
    Some((shared.get(at)?.clone(), beside.origin))
}

/// Lines of values given to labels in their order: one for each, or where there are fewer or more the only way in which each line can be
/// the value of its label. A date that is left out is that of the revision, which most papers leave blank.
fn shared_out(asked: &[&str], values: &[&str]) -> Option<Vec<String>> {
    const MOST: usize = 8;
    if values.len() == asked.len() {
        return Some(values.iter().map(|&v| v.to_owned()).collect());
    }
    if asked.len() > MOST || values.len() > MOST {
        return None;
    }
    let mut ways: Vec<Vec<String>> = Vec::new();
    ways_of(asked, values, &mut vec![String::new(); asked.len()], 0, &mut ways);
    let blank = |way: &&Vec<String>| -> usize {
        asked.iter().zip(way.iter()).map(|(f, v)| usize::from(v.is_empty()) * if *f == "tanggal_revisi" { 1 } else { 2 }).sum()
    };
    let least = ways.iter().map(|w| blank(&w)).min()?;
    let mut best = ways.iter().filter(|w| blank(w) == least);
    best.next().filter(|_| best.next().is_none()).cloned()
}

/// A line taken apart at what is unmistakable in it: dates, and the number with its strokes.
fn pieces(line: &str) -> Vec<&str> {
    let mut marks: Vec<std::ops::Range<usize>> = crate::normalise::date::find(line).into_iter().map(|(_, at)| at).collect();
    let mut begin = 0;
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        if bare.matches('/').count() >= 2 && bare.chars().any(|c| c.is_ascii_digit()) {
            marks.push(begin..begin + bare.len());
        }
        begin += word.len();
    }
    marks.sort_by_key(|m| m.start);
    let mut out = Vec::new();
    let mut end = 0;
    for mark in marks.into_iter().filter(|m| m.len() > 1) {
        if mark.start < end {
            continue;
        }
        out.extend([line.get(end..mark.start).unwrap_or_default(), line.get(mark.clone()).unwrap_or_default()]);
        end = mark.end;
    }
    out.push(line.get(end..).unwrap_or_default());
    out.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// All ways to give the lines to the labels from `from` on, in their order.
fn ways_of(asked: &[&str], values: &[&str], so_far: &mut Vec<String>, from: usize, ways: &mut Vec<Vec<String>>) {
    let Some((value, rest)) = values.split_first() else {
        ways.push(so_far.clone());
        return;
    };
    for at in from..asked.len() {
        let several = matches!(asked[at], "nama" | "disahkan_oleh");
        let known = so_far[at].clone();
        let free = if known.is_empty() { plausible(asked[at], value) } else { several };
        // A number holds strokes: a date is none.
        let dated = asked[at] == "nomor" && !value.contains('/');
        if free && !dated {
            so_far[at] = if known.is_empty() { (*value).to_owned() } else { format!("{known}\n{value}") };
            ways_of(asked, rest, so_far, at, ways);
            so_far[at] = known;
        }
    }
}

/// The rest of a name that goes on in rows without a label.
fn further_lines(rows: &[Row], labels: &[Label], at: usize, value: &Cell) -> String {
    let mut out = String::new();
    for (i, row) in rows.iter().enumerate().skip(at + 1).take(3) {
        let labelled = labels.iter().any(|l| l.row == i);
        let [cell] = row.cells.as_slice() else { break };
        if labelled || row.apart || row.grid != value.origin.grid || cell.origin.col != value.origin.col || value.origin.col == 0
        {
            break;
        }
        out.push('\n');
        out.push_str(&cell.text);
    }
    out
}

/// The cell right below a label, where it can be the value.
fn below<'r, 'a>(rows: &'r [Row<'a>], labels: &[Label], label: &Label) -> Option<&'r Cell<'a>> {
    let next = rows.get(label.row + 1).filter(|r| r.grid == label.origin.grid)?;
    let cell = next.own(label.origin.col)?;
    let free = !labels.iter().any(|l| l.origin == cell.origin);
    let own = cell.origin.col <= label.right;
    (free && own && (plausible(label.field, &cell.text))).then_some(cell)
}

/// Everything below or beside the label of a section, up to the next label over the same columns.
fn section(rows: &[Row], labels: &[Label], nth: usize, phrases: &Phrases) -> Said {
    let label = &labels[nth];
    let mut found = Section { text: label.rest.clone(), from: None };
    let next = labels.iter().filter(|l| l.row == label.row && l.origin.col > label.origin.col).map(|l| l.origin.col).min();
    let first = labels.iter().any(|l| l.row == label.row && l.origin.col < label.origin.col);
    let within = |c: &Cell| c.origin.col < next.unwrap_or(u16::MAX) && (!first || c.right >= label.origin.col);
    if let Some(row) = rows.get(label.row) {
        row.cells.iter().filter(|c| c.origin.col > label.origin.col && within(c)).for_each(|c| found.add(c));
    }
    let mut ended_by = None;
    for (i, row) in rows.iter().enumerate().skip(label.row + 1) {
        ended_by = labels.iter().find(|l| l.row == i && (within_cols(l, next, first, label)));
        if ended_by.is_some() || phrases.begins("penutup", &row.line()) || phrases.is("isi", &row.line()) {
            break;
        }
        row.cells.iter().filter(|c| within(c)).for_each(|c| found.add(c));
    }
    // Two labels below each other and what belongs to them below both: the regulations are those of this one.
    if let Some(other) = ended_by.filter(|_| found.text.trim().is_empty()) {
        let end = labels.iter().find(|l| l.row > other.row).map_or(rows.len(), |l| l.row);
        for row in rows.get(other.row + 1..end).unwrap_or_default() {
            let line = row.line();
            let bare = crate::tables::words::unnumbered(&line).unwrap_or(&line);
            if !found.text.trim().is_empty() && !phrases.begins("peraturan", bare) && (row.apart || bare.len() < line.len()) {
                break;
            }
            row.cells.iter().for_each(|c| found.add(c));
        }
    }
    let origin = found.from.unwrap_or(label.origin);
    Said { span: Span::from(label.origin), origin, text: lines(&found.text) }
}

/// Whether another label stands over the columns of this section.
fn within_cols(other: &Label, next: Option<u16>, first: bool, own: &Label) -> bool {
    other.origin.col < next.unwrap_or(u16::MAX) && (!first || other.right >= own.origin.col)
}

struct Section {
    text: String,
    from: Option<Origin>,
}

impl Section {
    fn add(&mut self, cell: &Cell) {
        self.from = self.from.or(Some(cell.origin));
        self.text.push('\n');
        self.text.push_str(&cell.text);
    }
}

/// Lines without blanks around them, blank ones left out.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(text::clean).filter(|l| l.chars().any(char::is_alphanumeric)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_ran_together() {
        assert_eq!(pieces("9 April 2023 Sekretaris, A. B."), ["9 April 2023", "Sekretaris, A. B."]);
        assert_eq!(pieces("Pengumpulan Data 32/ORT.06/IV/2023"), ["Pengumpulan Data", "32/ORT.06/IV/2023"]);
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        assert_eq!(run_together("TANGGAL EFEKTIF DISAHKAN OLEH", &phrases), ["tanggal_efektif", "disahkan_oleh"]);
        assert_eq!(run_together("NAMA SOP Pengelolaan Surat", &phrases), Vec::<&str>::new());
    }

    #[test]
    fn lines_beside_several_labels() {
        let asked = ["tanggal_pembuatan", "tanggal_revisi"];
        assert_eq!(shared_out(&asked, &["3 April 2023"]), Some(vec!["3 April 2023".to_owned(), String::new()]));
        let asked = ["nama", "nomor"];
        let values = ["Pengumpulan Data Kinerja KPU", "Kabupaten Kapuas", "2/ORT/VI/2023"];
        let wanted = vec!["Pengumpulan Data Kinerja KPU\nKabupaten Kapuas".to_owned(), "2/ORT/VI/2023".to_owned()];
        assert_eq!(shared_out(&asked, &values), Some(wanted));
        assert_eq!(shared_out(&["nama", "disahkan_oleh"], &["A", "B", "C"]), None, "B may belong to either");
    }
}
