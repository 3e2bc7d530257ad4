//! What a row below a heading is: an indicator, the rest of one, an aim over those below it, a summary, or the end of the table.

use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};

use super::aims::{above as ended_by, prefixed};
use super::body::{Printed, Table, Words};
use super::layout::Field;
use super::torn::is_ordinal;

/// What a row is, beside an ordinary one.
pub(super) enum Place {
    New,
    Continues,
    Skip,
    Closes,
}

/// Most words of the rest of a target.
const WORDS: usize = 4;

impl Table {
    /// Whether a row of figures is about several indicators: its one text stands before their names or over them, and is no number.
    fn sums_up(&self, cells: &[(usize, &Cell)]) -> bool {
        let figure = |(i, c): &&(usize, &Cell)| {
            self.cols[*i].field.is_some_and(Field::measured)
                && (c.number.is_some() || c.text.contains(|x: char| x.is_ascii_digit()))
        };
        let mut texts = cells.iter().filter(|cell| !figure(cell));
        let (Some(named), Some((column, text)), None) = (self.index(Field::Indikator), texts.next(), texts.next()) else {
            return false;
        };
        let wide = self.heading.column(text.right).is_some_and(|right| right > named) && text.right < u16::MAX;
        cells.len() > 1 && !is_ordinal(&text.text) && (*column < named || *column == named && wide)
    }

    /// `a. Menyusun jadwal | | V | V`: what is done for the indicator above, with marks for when; no number and no figure of its own.
    pub(super) fn is_marked(&self, cells: &[(usize, &Cell)]) -> bool {
        const TICKS: [&str; 10] = ["V", "v", "x", "X", "√", "✓", "✔", "●", "•", "*"];
        let Some(named) = self.index(Field::Indikator).filter(|_| !self.items.is_empty()) else { return false };
        let (mut names, mut ticks) = (0, 0);
        for (column, cell) in cells {
            names += usize::from(*column == named);
            ticks += usize::from(*column > named && TICKS.contains(&cell.text.trim()));
        }
        names == 1 && ticks > 0 && names + ticks == cells.len()
    }

    /// Whether a row names an aim over the rows below it: it has a number and a name, no figures, and they are counted below it.
    fn heads(&self, cells: &[(usize, &Cell)], next: Option<&Row>) -> bool {
        let number = |cells: &[(usize, &Cell)]| -> Option<String> {
            let (_, cell) = cells.iter().find(|(i, _)| self.cols[*i].field == Some(Field::No))?;
            Some(cell.text.trim().trim_end_matches(['.', ')']).to_owned())
        };
        let Some(own) = number(cells).filter(|_| cells.len() == 2) else { return false };
        let below = next.and_then(|n| number(&self.placed(n)));
        let deeper = below.is_some_and(|b| b.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('.')));
        let lettered = !own.contains(|x: char| x.is_ascii_digit());
        deeper || lettered
    }

    /// Takes a row of a code and an aim (`SP.1 | Terwujudnya …`) over a row with an indicator and none: the aim of those below.
    fn coded_aim(&mut self, cells: &[(usize, &Cell)], next: Option<&Row>) -> bool {
        let of = |i: &usize| self.cols[*i].field;
        let [(no, code), (aim, name)] = cells else { return false };
        let field = of(aim).filter(|f| matches!(f, Field::Tujuan | Field::Sasaran));
        let coded = of(no) == Some(Field::No) && code.text.contains(|c: char| c.is_ascii_digit());
        let below = next.map(|n| self.placed(n)).unwrap_or_default();
        let named = below.iter().any(|(i, _)| of(i) == Some(Field::Indikator)) && !below.iter().any(|(i, _)| i == aim);
        let Some(field) = field.filter(|_| coded && named) else { return false };
        let printed = Printed { text: text::clean(&name.text), number: None, origin: Some(name.origin) };
        for ended in ended_by(field) {
            self.groups.remove(ended);
        }
        self.groups.insert(field, printed);
        true
    }

    /// A name over a row that is one itself, counted below it, is the goal over aims.
    fn lift(&mut self, next: Option<&Row>) {
        let Some(next) = next.filter(|n| n.cells.len() == 2) else { return };
        let cells = self.placed(next);
        let levels = |c: &Cell| c.text.trim_end_matches('.').matches('.').count();
        let deeper = cells.iter().any(|(i, c)| self.cols[*i].field == Some(Field::No) && levels(c) >= 1);
        if deeper
            && self.index(Field::Tujuan).is_none()
            && let Some(name) = self.groups.remove(&Field::Sasaran)
        {
            self.groups.insert(Field::Tujuan, name);
        }
    }

    /// What a row between these neighbours is.
    pub(super) fn place(&mut self, row: &Row, [above, next]: [Option<&Row>; 2], open: bool, words: &Words) -> Place {
        let cells = self.placed(row);
        let own = |field: Field| cells.iter().find(|(i, _)| self.cols[*i].field == Some(field)).map(|(_, c)| *c);
        let figures = cells.iter().filter(|(i, _)| self.cols[*i].field.is_some_and(Field::measured)).count();
        let numbered = own(Field::No).is_some_and(|c| is_ordinal(&c.text));
        let named = own(Field::Indikator).or_else(|| own(Field::Sasaran).filter(|_| self.index(Field::Indikator).is_none()));
        if cells.iter().any(|(_, c)| words.phrases.is("jumlah", &c.text)) && !numbered {
            return Place::Skip;
        }
        if self.sums_up(&cells) && (open || self.items.is_empty()) || self.is_marked(&cells) {
            return Place::Skip;
        }
        // Figures behind a code that stands before no name: they are told, and never the rest of the indicator above.
        let nameless = self.index(Field::Indikator).is_none() && self.index(Field::Sasaran).is_none();
        let coded = own(Field::No).is_some_and(|c| c.text.contains(|x: char| x.is_ascii_digit()));
        if nameless && coded && figures > 0 && !self.groups.contains_key(&Field::Indikator) {
            return Place::Skip;
        }
        let alone = cells.len() <= 2 && figures == 0;
        if numbered && figures == 0 && self.heads(&cells, next) && self.group(row, words) {
            self.lift(next);
            return Place::Skip;
        }
        if named.is_none() && figures > 0 && self.groups.contains_key(&Field::Indikator) {
            return Place::New;
        }
        if figures == 0 && self.coded_aim(&cells, next) {
            return Place::Skip;
        }
        let mixed = self.index(Field::Indikator).is_some_and(|i| self.cols[i].mixed);
        if mixed && figures == 0 && !numbered && named.is_some() && cells.len() == 1 && self.group(row, words) {
            return Place::Skip;
        }
        if numbered && (named.is_some() || figures > 0 || cells.len() >= 3) {
            return Place::New;
        }
        // `Sasaran 2: …` begins anew below a paragraph.
        let labelled = row.cells.len() == 1 && prefixed(&row.line(), words).0.is_some();
        if labelled && self.group(row, words) {
            return Place::Skip;
        }
        if !open {
            return if named.is_some() && figures > 0 && cells.len() >= 3 { Place::New } else { Place::Skip };
        }
        if alone && (Self::closes(row, words) || !numbered && self.is_paragraph(row, words)) {
            return Place::Closes;
        }
        if self.group(row, words) {
            return Place::Skip;
        }
        if named.is_some() && figures > 0 {
            return Place::New;
        }
        let merged = row.carried.iter().any(|c| self.heading.column(c.origin.col).is_some());
        let lower = named.is_some_and(|c| c.text.starts_with(|x: char| x.is_lowercase()));
        if named.is_some() && !words.torn && !lower && (merged || self.index(Field::No).is_none() || numbered) {
            return Place::New;
        }
        self.rest(row, above, &cells, words)
    }

    /// A row that names nothing: the rest of the one above it, or what stands behind the table.
    fn rest(&self, row: &Row, above: Option<&Row>, cells: &[(usize, &Cell)], words: &Words) -> Place {
        // A gap and a cell or two in the last columns of a sheet: a signature, not a torn row.
        if row.apart && (!words.torn || above.is_some_and(|a| a.cells.len() == 1) || cells.iter().all(|(i, _)| *i == 0)) {
            return if self.items.is_empty() { Place::Skip } else { Place::Closes };
        }
        // A sentence below a measure is a paragraph behind the table.
        let sentence = |(i, c): &(usize, &Cell)| {
            self.cols[*i].field.is_some_and(Field::measured) && c.text.split_whitespace().count() > WORDS
        };
        if cells.iter().any(sentence) {
            return Place::Closes;
        }
        if self.items.is_empty() { Place::Skip } else { Place::Continues }
    }

    /// Whether a row with little on it ends the table: a date with its place, an office, a note.
    pub(super) fn closes(row: &Row, words: &Words) -> bool {
        let line = row.line();
        let dated = crate::normalise::date::find(&line).len() == 1 && line.chars().count() < 60;
        let first = row.cells.first().map_or("", |c| c.text.as_ref());
        dated
            || words.phrases.begins("penutup", first)
            || words.phrases.begins("penutup", first.trim_start_matches(['*', '-', '•']))
    }

    /// A whole sentence with its full stop, in a table whose names have none: what is told about it.
    fn is_paragraph(&self, row: &Row, words: &Words) -> bool {
        let [cell] = row.cells.as_slice() else { return false };
        let stopped = |text: &str| text.trim_end().ends_with('.');
        let sentence = cell.text.split_whitespace().count() > WORDS && stopped(&cell.text);
        let plain = prefixed(&cell.text, words).0.is_none() && crate::tables::words::unnumbered(&cell.text).is_none();
        let names = self.items.iter().flat_map(|i| i.cells.values().chain(i.groups.values()));
        sentence && plain && !self.items.is_empty() && !names.into_iter().any(|p| stopped(&p.text) && !is_ordinal(&p.text))
    }

    /// A row that names the goal or the aim of those below it.
    fn group(&mut self, row: &Row, words: &Words) -> bool {
        let texts: Vec<&Cell> = row.cells.iter().filter(|c| !is_ordinal(&c.text)).collect();
        let [cell] = texts.as_slice() else { return false };
        let Some(column) = self.heading.column(cell.origin.col) else { return false };
        let wide = self.heading.column(cell.right).is_some_and(|right| right > column + 1);
        let before_names = self.index(Field::Indikator).is_some_and(|i| column < i);
        let bare = crate::tables::words::unnumbered(&cell.text).unwrap_or(&cell.text).trim();
        if words.phrases.begins("sela", &cell.text) || words.phrases.begins("unit", bare) {
            return true;
        }
        let (label, name) = prefixed(&cell.text, words);
        let field = match (label, self.cols[column].field) {
            (Some(field), _) => field,
            (None, Some(field @ (Field::Tujuan | Field::Sasaran)))
                if before_names && self.index(Field::Indikator) != Some(column) =>
            {
                field
            }
            // A table of measures alone has no names in its own rows.
            (None, _) if self.index(Field::Indikator).or_else(|| self.index(Field::Sasaran)).is_none() => return false,
            (None, _)
                if wide
                    || self.cols[column].field == Some(Field::No)
                    || self.cols[column].mixed
                    || column == 0
                    || texts.len() < row.cells.len() =>
            {
                if self.index(Field::Sasaran).is_none() {
                    Field::Sasaran
                } else {
                    Field::Tujuan
                }
            }
            _ => return false,
        };
        if !wide && label.is_none() && words.torn && texts.len() == row.cells.len() {
            return false;
        }
        let printed = Printed { text: text::clean(name), number: None, origin: Some(cell.origin) };
        for ended in ended_by(field) {
            self.groups.remove(ended);
        }
        self.groups.insert(field, printed);
        true
    }
}
