//! IKU as forms: every line a label and what it says, one form below the other or side by side in columns.

use std::collections::BTreeMap;

use crate::model::origin::Span;
use crate::model::{Finding, Findings};
use crate::normalise::number::Style;
use crate::normalise::text;
use crate::tables::columns;
use crate::tables::ledger::{Cell, Row};
use crate::tables::words::unnumbered;

use super::body::{Printed, Words};
use super::coded::{self, Codes, Named};
use super::layout::Field;
use super::pairs;
use super::reading::{self, Indicator};
use super::value;

/// One form in the making: what each label says.
#[derive(Clone, Debug, Default)]
struct Form {
    said: BTreeMap<Field, Printed>,
    /// The labels that were read, folded.
    labels: Vec<String>,
    /// Number and words of the line above its first label.
    title: Option<(Printed, Printed)>,
    /// The column of its answers.
    column: u16,
}

/// The indicators of all forms; empty where the document has none.
pub(super) fn indicators(findings: &mut Findings, rows: &[Row], words: &Words, codes: &Codes) -> Vec<Indicator> {
    let mut done: Vec<Form> = Vec::new();
    // Forms that stand side by side, by the column of their values.
    let mut open: BTreeMap<u16, Form> = BTreeMap::new();
    let mut last: Option<Field> = None;
    let mut title: Option<(Printed, Printed)> = None;
    let mut heads: BTreeMap<u16, Named> = BTreeMap::new();
    for row in rows {
        let labels = labelled(row, words);
        if labels.is_empty() {
            let coded = row.cells.iter().filter_map(|c| Some((c.origin.col, coded::name(codes, c)?.clone())));
            heads.extend(coded.filter(|_| row.cells.len() > 2));
            let line = <&[Cell; 1]>::try_from(row.cells.as_slice()).ok();
            title = titled(row).or_else(|| title.take().filter(|_| !row.apart).map(|t| longer(t, row)));
            if let (Some(field), Some([cell]), None) = (last, line.filter(|_| !row.apart), &title) {
                go_on(&mut open, field, cell);
            }
            continue;
        }
        for labelled in labels {
            last = Some(labelled.field);
            done.extend(take(&mut open, labelled, title.as_ref()));
        }
        title = None;
    }
    done.extend(open.into_values());
    // Over the columns of a chart's figures stand codes, whose names stand elsewhere.
    for form in done.iter_mut().filter(|f| !f.said.contains_key(&Field::Indikator)) {
        let Some(named) = heads.get(&form.column) else { continue };
        form.said.insert(Field::Indikator, named.indikator.clone());
        form.said.extend(named.sasaran.clone().map(|aim| (Field::Sasaran, aim)));
    }
    // Forms without a label for their indicators have them as titles.
    if done.iter().all(|f| !f.said.contains_key(&Field::Indikator)) {
        for form in &mut done {
            let Some((no, name)) = form.title.take() else { continue };
            form.said.insert(Field::Indikator, name);
            form.said.entry(Field::No).or_insert(no);
        }
    }
    // What one form asks for all of them ask for, also where it is left blank.
    let asked: Vec<Field> = [Field::Indikator, Field::Target, Field::Cara, Field::Sumber]
        .into_iter()
        .filter(|field| done.iter().any(|f| f.said.contains_key(field)))
        .collect();
    for form in done.iter().filter(|f| lost(f)) {
        let message = "isian ini tidak dimuat: indikator atau targetnya tidak terbaca pada label mana pun";
        let span = Span::around(form.said.values().filter_map(|p| p.origin));
        findings.0.extend(span.map(|span| Finding::new("A13", message).at(span)));
    }
    let whole = |f: &Form| f.said.contains_key(&Field::Indikator) && f.said.contains_key(&Field::Target);
    let measured =
        |f: &'_ Form| [Field::Target, Field::Realisasi, Field::Capaian].map(|m| f.said.get(&m).map(|p| p.text.clone()));
    let printed: Vec<String> = done.iter().flat_map(measured).flatten().collect();
    let style = value::style(printed.iter().map(String::as_str));
    done.into_iter().filter(whole).filter_map(|form| indicator(&form.said, &asked, style, words)).collect()
}

/// Adds what a label says to the open forms; the forms that end because it comes again.
fn take(open: &mut BTreeMap<u16, Form>, line: Labelled, title: Option<&(Printed, Printed)>) -> Vec<Form> {
    let Labelled { label, field, values } = line;
    let again = |f: &Form| f.labels.contains(&label) || f.said.contains_key(&field) && field != Field::Arah;
    let blank = values.iter().all(|(_, p)| p.text.is_empty());
    let ends = values.iter().any(|(col, _)| open.get(col).is_some_and(again)) || blank && open.values().any(again);
    let done = if ends { std::mem::take(open).into_values().collect() } else { Vec::new() };
    for (col, printed) in values {
        // A label without an answer belongs to the form whose answers stand further right.
        let only = open.keys().next().copied().filter(|_| open.len() == 1 && printed.text.is_empty());
        let column = only.unwrap_or(col);
        let form = open.entry(column).or_insert_with(|| Form { column, ..Form::default() });
        form.labels.push(label.clone());
        form.title = form.title.take().or_else(|| title.cloned());
        form.said.entry(field).or_insert(printed);
    }
    done
}

/// Whether a form says much and is yet none: its indicator, or both target and realisation, are missing.
fn lost(form: &Form) -> bool {
    let there = [Field::Indikator, Field::Target].iter().filter(|f| form.said.contains_key(f)).count();
    let measured = form.said.keys().filter(|f| f.measured()).count();
    there < 2 && form.said.len() >= 3 && measured + there >= 1
}

/// `3. Persentase …`: a numbered line that may be the indicator of the form below it.
fn titled(row: &Row) -> Option<(Printed, Printed)> {
    let printed = |text: &str, cell: &Cell| Printed { text: text::clean(text), number: None, origin: Some(cell.origin) };
    match row.cells.as_slice() {
        [cell] => {
            let name = unnumbered(&cell.text).filter(|n| n.split_whitespace().count() > 1)?;
            let number = cell.text.trim_start().split(['.', ')']).next()?;
            Some((printed(number, cell), printed(name, cell)))
        }
        [no, cell] if super::torn::is_ordinal(&no.text) => Some((printed(&no.text, no), printed(&cell.text, cell))),
        _ => None,
    }
}

/// A title that goes on in the next line.
fn longer((no, mut name): (Printed, Printed), row: &Row) -> (Printed, Printed) {
    name.text = text::clean(&format!("{} {}", name.text, row.line()));
    (no, name)
}

/// The second line of a value stands below the first.
fn go_on(open: &mut BTreeMap<u16, Form>, field: Field, cell: &Cell) {
    if let Some(printed) = open.get_mut(&cell.origin.col).and_then(|f| f.said.get_mut(&field)) {
        printed.text = text::clean(&format!("{} {}", printed.text, cell.text));
    }
}

/// A line of a form.
struct Labelled {
    /// Its label, folded.
    label: String,
    field: Field,
    /// By column.
    values: Vec<(u16, Printed)>,
}

/// What the labels of a line mean, and their values by column. Labels that stand behind others in a line are of the same form, unless
/// they come again.
fn labelled(row: &Row, words: &Words) -> Vec<Labelled> {
    let colon = row.cells.iter().any(|c| c.text.trim() == ":");
    let counts = |i: usize, c: &Cell| i == 0 && row.cells.len() > 1 && super::torn::is_ordinal(&c.text);
    let cells = row.cells.iter().enumerate().filter(|(i, c)| c.text.trim() != ":" && !counts(*i, c));
    let cells: Vec<&Cell> = cells.map(|(_, c)| c).collect();
    let parts = pairs::parts(&cells, words);
    let (mut out, mut base): (Vec<Labelled>, Option<u16>) = (Vec::new(), None);
    for part in &parts {
        let own = part.get(1).map(|c| c.origin.col);
        let read = said(part, colon, words);
        if read.as_ref().is_some_and(|l| out.iter().any(|o| o.label == l.label)) {
            base = None;
        }
        base = base.or(own);
        let Some(mut line) = read else { continue };
        if let Some(base) = base.filter(|_| parts.len() > 1) {
            line.values.iter_mut().for_each(|v| v.0 = base);
        }
        out.push(line);
    }
    out
}

/// What a label means, and its values by column: `Target | : | 100 %`, `Target: 100 %`.
fn said(cells: &[&Cell], colon: bool, words: &Words) -> Option<Labelled> {
    let (first, rest) = cells.split_first()?;
    let (label, inside) = first.text.split_once([':', '\t']).unwrap_or((&first.text, ""));
    let said = columns::says(label, words.vocabulary);
    let field = match said.first()?.as_str() {
        "no" => Field::No,
        "tujuan" => Field::Tujuan,
        "sasaran" => Field::Sasaran,
        "indikator" => Field::Indikator,
        "target" => Field::Target,
        "satuan" => Field::Satuan,
        "cara" => Field::Cara,
        "sumber" => Field::Sumber,
        "realisasi" => Field::Realisasi,
        "capaian" => Field::Capaian,
        "arah" => Field::Arah,
        _ => return None,
    };
    let printed = |text: &str, cell: &Cell, number| Printed {
        text: text::clean(text.trim_start().trim_start_matches(':')),
        number,
        origin: Some(cell.origin),
    };
    if rest.is_empty() {
        let value = printed(inside, first, None);
        // A label with nothing behind it is a title, unless a colon asks for something.
        let asks = colon || first.text.trim_end().ends_with(':');
        let label = text::key(label);
        return (!value.text.is_empty() || asks).then(|| Labelled { label, field, values: vec![(first.origin.col, value)] });
    }
    // Several forms side by side repeat the label before each value.
    let again = |c: &Cell| text::key(&c.text) == text::key(&first.text);
    let values = rest.iter().filter(|c| !again(c)).map(|c| (c.origin.col, printed(&c.text, c, c.number))).collect();
    Some(Labelled { label: text::key(label), field, values })
}

/// The indicator that these answers make.
pub(super) fn indicator(form: &BTreeMap<Field, Printed>, asked: &[Field], style: Style, words: &Words) -> Option<Indicator> {
    let get = |field: Field| form.get(&field).cloned().unwrap_or_default();
    let unit = get(Field::Satuan).text;
    let measure = |field: Field| reading::measure(get(field), false, &unit, style, words.phrases);
    Some(Indicator {
        span: Span::around(form.values().filter_map(|p| p.origin))?,
        no: get(Field::No),
        tujuan: get(Field::Tujuan),
        sasaran: get(Field::Sasaran),
        indikator: get(Field::Indikator),
        target: measure(Field::Target),
        cara: get(Field::Cara),
        sumber: get(Field::Sumber),
        realisasi: measure(Field::Realisasi),
        capaian: reading::achieved(get(Field::Capaian), style, false),
        arah: get(Field::Arah),
        has: asked.to_vec(),
    })
}
