//! The identity of an SOP: labels in whatever order and spelling, what is said beside, behind or below them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Origin, Span};
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

use super::several::{at_labels, in_line, pieces, run_together, shared_out};

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

/// What every field says; the first place that says something counts. `tasks` are the rows that say who does what: no field goes on in them.
pub(super) fn fields(rows: &[Row], tasks: &BTreeSet<usize>, phrases: &Phrases) -> BTreeMap<&'static str, Said> {
    let mut out: BTreeMap<&'static str, Said> = BTreeMap::new();
    for (field, said) in printed(rows, tasks, phrases) {
        let empty = said.text.is_empty();
        let known = out.get(field).is_some_and(|s| !s.text.is_empty() || empty);
        if !known {
            out.insert(field, said);
        }
    }
    out
}

/// What stands at every label of a field, in reading order.
pub(super) fn printed(rows: &[Row], tasks: &BTreeSet<usize>, phrases: &Phrases) -> Vec<(&'static str, Said)> {
    let labels = labels(rows, phrases);
    let said = |(nth, label): (usize, &Label)| Some((label.field, said(rows, tasks, &labels, nth, phrases)?));
    labels.iter().enumerate().filter_map(said).collect()
}

/// All labels in reading order, also several in one cell.
fn labels(rows: &[Row], phrases: &Phrases) -> Vec<Label> {
    let mut out = Vec::new();
    for (row, r) in rows.iter().enumerate() {
        for cell in &r.cells {
            let lines = cell.text.lines().filter(|l| !l.trim().is_empty());
            let mut lines = lines.flat_map(|l| at_labels(l, phrases)).peekable();
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

/// Whether a line begins with the label of a field or section.
pub(super) fn is_label(line: &str, phrases: &Phrases) -> bool {
    label(line, phrases).is_some()
}

/// The field that a line begins with, and what follows. Words of ordinary sentences (`nomor`, `nama`) need a colon or a line of
/// their own; where no colon parts them, label and value must be unmistakable.
fn label<'t>(line: &'t str, phrases: &Phrases) -> Option<(&'static str, &'t str)> {
    let bare = crate::tables::words::unnumbered(line).filter(|rest| !rest.is_empty()).unwrap_or(line);
    // Words on both sides of a colon are no label together: `Keterkaitan : SOP Pengarsipan`.
    let parted = [line, bare].into_iter().find_map(|line| {
        let (label, value) = line.split_once([':', '='])?;
        let field = FIELDS.into_iter().find(|f| phrases.is(&format!("isian:{f}"), label))?;
        Some((field, value.trim_start_matches([':', '=', ' ', '\t'])))
    });
    parted.or_else(|| unparted([line, bare], phrases))
}

/// The same where the label may end without a colon.
fn unparted<'t>(lines: [&'t str; 2], phrases: &Phrases) -> Option<(&'static str, &'t str)> {
    lines.into_iter().find_map(|line| {
        let found = FIELDS.iter().filter_map(|&f| Some((f, phrases.after(&format!("isian:{f}"), line)?)));
        let (field, rest) = found.min_by_key(|(_, rest)| rest.len())?;
        let value = rest.trim_start_matches(|c: char| c.is_whitespace() || ")./".contains(c));
        let parted = value.is_empty() || value.starts_with([':', '=']);
        let words = line[..line.len() - rest.len()].split_whitespace().count();
        let sure = words >= 2 && rest.starts_with([' ', '\t', '\u{a0}']) && plausible(field, value);
        (parted || sure || loud(line, rest, field)).then(|| (field, value.trim_start_matches([':', '=', ' ', '\t'])))
    })
}

/// Whether the label of a section is printed in capitals before a sentence that is not.
fn loud(line: &str, rest: &str, field: &str) -> bool {
    let label = line.get(..line.len() - rest.len()).unwrap_or_default();
    let capitals = !label.chars().any(char::is_lowercase) && label.chars().count() > 2;
    FIELDS[7..].contains(&field) && capitals && rest.starts_with([' ', '\t']) && rest.chars().any(char::is_lowercase)
}

/// Whether a text may be the value of a field although nothing parts it from its label.
pub(super) fn plausible(field: &str, value: &str) -> bool {
    match field {
        "nomor" => value.contains('/') || value.chars().filter(char::is_ascii_digit).count() >= 2,
        "nama" | "disahkan_oleh" => value.chars().next().is_some_and(char::is_uppercase),
        f if f.starts_with("tanggal") => crate::normalise::date::parse(value).is_some(),
        _ => false,
    }
}

fn said(rows: &[Row], tasks: &BTreeSet<usize>, labels: &[Label], nth: usize, phrases: &Phrases) -> Option<Said> {
    let label = &labels[nth];
    let here = |text: &str, origin: Origin| Said {
        span: Span::from(label.origin).with(if origin.grid == label.origin.grid { origin } else { label.origin }),
        origin,
        text: lines(text),
    };
    if label.field == "dasar_hukum" {
        return Some(section(rows, tasks, labels, nth, phrases));
    }
    if !label.alone {
        return Some(here(&format!("{}{}", label.rest, between(rows, labels, label)), label.origin));
    }
    let row = rows.get(label.row)?;
    if let Some(several) = side_by_side(row, labels, nth) {
        return Some(here(&several.0, several.1));
    }
    if labels.iter().filter(|l| l.origin == label.origin && l.alone).count() > 1 {
        let (text, origin) = in_line_below(rows, labels, nth, phrases).unwrap_or((String::new(), label.origin));
        return Some(here(&text, origin));
    }
    let beside = row.cells.iter().find(|c| c.origin.col > label.origin.col && !c.text.trim_matches([':', ' ', '=']).is_empty());
    // A value may have another label behind it.
    let valued = |c: &Cell| !is_label(&c.text, phrases) && at_labels(&c.text, phrases).len() > 1;
    let is_label = |c: &Cell| labels.iter().any(|l| l.origin == c.origin) && !valued(c);
    match beside {
        Some(cell) if label.vague && !plausible(label.field, cell.text.trim_start_matches([':', ' '])) => None,
        Some(cell) if !is_label(cell) => {
            let own = if valued(cell) { at_labels(&cell.text, phrases)[0] } else { &cell.text };
            let mut text = own.trim_start_matches([':', ' ', '=']).to_owned();
            if label.field == "nama" || label.field == "nomor" && text.trim_end().ends_with('/') {
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

/// Labels that paper printed as one line and their values as the line below it; `None` where which value is whose cannot be told.
fn in_line_below(rows: &[Row], labels: &[Label], nth: usize, phrases: &Phrases) -> Option<(String, Origin)> {
    let label = &labels[nth];
    let same: Vec<usize> = (0..labels.len()).filter(|&i| labels[i].origin == label.origin).collect();
    let [cell] = rows.get(label.row + 1)?.cells.as_slice() else { return None };
    if cell.origin.grid != label.origin.grid || labels.iter().any(|l| l.origin == cell.origin) {
        return None;
    }
    let asked: Vec<&str> = same.iter().map(|&i| labels[i].field).collect();
    let shared = in_line(&asked, &cell.text, phrases)?;
    let at = same.iter().position(|&i| i == nth)?;
    Some((shared.get(at)?.clone(), cell.origin))
}

/// A line between two labels that follow each other: the rest of a name or an office in the first one's cell.
fn between(rows: &[Row], labels: &[Label], label: &Label) -> String {
    let labelled = |row: usize| labels.iter().any(|l| l.row == row && FIELDS[..6].contains(&l.field));
    let line = rows
        .get(label.row + 1)
        .filter(|r| !r.apart && r.grid == label.origin.grid && !labels.iter().any(|l| l.row == label.row + 1));
    let alone = rows.get(label.row).is_some_and(|r| r.cells.len() == 1);
    match line.map(|r| r.cells.as_slice()) {
        Some([cell])
            if alone
                && part_of_name(&cell.text)
                && matches!(label.field, "nama" | "disahkan_oleh")
                && labelled(label.row + 2) =>
        {
            format!("\n{}", cell.text)
        }
        _ => String::new(),
    }
}

/// Whether a line may be the rest of a name: short, no sentence, no date.
fn part_of_name(line: &str) -> bool {
    const SHORT: usize = 60;
    line.chars().count() <= SHORT && !line.trim_end().ends_with(['.', ':']) && crate::normalise::date::find(line).is_empty()
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
fn section(rows: &[Row], tasks: &BTreeSet<usize>, labels: &[Label], nth: usize, phrases: &Phrases) -> Said {
    let label = &labels[nth];
    let mut found = Section { text: label.rest.clone(), from: None };
    let next = labels.iter().filter(|l| l.row == label.row && l.origin.col > label.origin.col).map(|l| l.origin.col).min();
    let first = labels.iter().any(|l| l.row == label.row && l.origin.col < label.origin.col);
    let within = |c: &Cell| c.origin.col < next.unwrap_or(u16::MAX) && (!first || c.right >= label.origin.col);
    if let Some(row) = rows.get(label.row) {
        row.cells.iter().filter(|c| c.origin.col > label.origin.col && within(c)).for_each(|c| found.add(c));
    }
    // A table of its own below the labels has other columns: there the regulations tell which are theirs.
    let mut theirs: Option<u16> = None;
    let mut ended_by = None;
    for (i, row) in rows.iter().enumerate().skip(label.row + 1) {
        ended_by = labels.iter().find(|l| l.row == i && (within_cols(l, next, first, label)));
        if ended_by.is_some()
            || phrases.begins("penutup", &row.line()) && !is_cut(&found.text, row)
            || phrases.is("isi", &row.line())
            || entitles(row, &found.text, phrases)
            || begins_tasks(rows, i, tasks, phrases) && !is_cut(&found.text, row)
        {
            break;
        }
        let elsewhere = row.grid != label.origin.grid && row.cells.len() > 1 && next.is_some();
        if elsewhere {
            theirs = last_regulation(row, phrases).or(theirs);
        }
        let own = |c: &Cell| match theirs {
            Some(right) if elsewhere || row.grid != label.origin.grid => c.origin.col <= right,
            _ => within(c),
        };
        row.cells.iter().filter(|c| own(c)).for_each(|c| found.add(c));
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
    Said { span: Span::from(label.origin), origin, text: super::lists::left_list(&lines(&found.text)) }
}

/// Whether what was read so far ends in the middle of a regulation that goes on in this line.
fn is_cut(so_far: &str, row: &Row) -> bool {
    const FULL: usize = 60;
    let last = so_far.lines().next_back().unwrap_or_default().trim_end();
    !row.apart && row.cells.len() == 1 && last.chars().count() >= FULL && last.ends_with(|c: char| c.is_alphabetic() || c == ',')
}

/// Whether a row says who does what, or stands alone right above such rows as their title.
fn begins_tasks(rows: &[Row], at: usize, tasks: &BTreeSet<usize>, phrases: &Phrases) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let above = row.cells.len() == 1 && tasks.contains(&(at + 1)) && !super::names::does(&row.line(), phrases);
    (tasks.contains(&at) || above) && last_regulation(row, phrases).is_none()
}

/// Whether a line in capitals below regulations that are not is the title of another part.
fn entitles(row: &Row, so_far: &str, phrases: &Phrases) -> bool {
    let [cell] = row.cells.as_slice() else { return false };
    let loud = |text: &str| text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let bare = crate::tables::words::unnumbered(&cell.text).unwrap_or(&cell.text);
    let worded = bare.chars().filter(|c| c.is_alphabetic()).count() > 3;
    worded && loud(bare) && !so_far.trim().is_empty() && !loud(so_far) && !phrases.begins("peraturan", bare.trim())
}

/// The last column of a row whose cell is a regulation.
fn last_regulation(row: &Row, phrases: &Phrases) -> Option<u16> {
    let cites = |c: &&Cell| {
        let bare = crate::tables::words::unnumbered(&c.text).unwrap_or(&c.text);
        phrases.begins("peraturan", bare.trim())
    };
    row.cells.iter().rfind(cites).map(|c| c.origin.col)
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
