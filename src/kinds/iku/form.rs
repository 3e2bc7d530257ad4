//! IKU as forms: every line a label and what it says, one form below the other or side by side in columns.

use std::collections::BTreeMap;

use crate::model::origin::Span;
use crate::normalise::number::Style;
use crate::normalise::text;
use crate::tables::columns;
use crate::tables::ledger::{Cell, Row};

use super::body::{Printed, Words};
use super::layout::Field;
use super::reading::{self, Indicator};
use super::value;

/// One form in the making: what each label says.
type Form = BTreeMap<Field, Printed>;

/// The indicators of all forms; empty where the document has none.
pub(super) fn indicators(rows: &[Row], words: &Words) -> Vec<Indicator> {
    let mut done: Vec<Form> = Vec::new();
    // Forms that stand side by side, by the column of their values.
    let mut open: BTreeMap<u16, Form> = BTreeMap::new();
    let mut last: Option<Field> = None;
    for row in rows {
        let Some((field, values)) = labelled(row, words) else {
            if let Some((field, [cell])) = last.zip(<&[Cell; 1]>::try_from(row.cells.as_slice()).ok()).filter(|_| !row.apart) {
                go_on(&mut open, field, cell);
            }
            continue;
        };
        if values.iter().any(|(col, _)| open.get(col).is_some_and(|f| f.contains_key(&field))) {
            done.extend(std::mem::take(&mut open).into_values());
        }
        for (col, printed) in values {
            open.entry(col).or_default().insert(field, printed);
        }
        last = Some(field);
    }
    done.extend(open.into_values());
    // What one form asks for all of them ask for, also where it is left blank.
    let asked: Vec<Field> = [Field::Indikator, Field::Target, Field::Cara, Field::Sumber]
        .into_iter()
        .filter(|field| done.iter().any(|f| f.contains_key(field)))
        .collect();
    let whole = |f: &Form| f.contains_key(&Field::Indikator) && f.contains_key(&Field::Target);
    let measured = |f: &'_ Form| [Field::Target, Field::Realisasi, Field::Capaian].map(|m| f.get(&m).map(|p| p.text.clone()));
    let printed: Vec<String> = done.iter().flat_map(measured).flatten().collect();
    let style = value::style(printed.iter().map(String::as_str));
    done.into_iter().filter(whole).filter_map(|form| indicator(&form, &asked, style, words)).collect()
}

/// The second line of a value stands below the first.
fn go_on(open: &mut BTreeMap<u16, Form>, field: Field, cell: &Cell) {
    if let Some(printed) = open.get_mut(&cell.origin.col).and_then(|f| f.get_mut(&field)) {
        printed.text = text::clean(&format!("{} {}", printed.text, cell.text));
    }
}

/// What a line's label means, and its values by column: `Target | : | 100 %`, `Target: 100 %`.
fn labelled(row: &Row, words: &Words) -> Option<(Field, Vec<(u16, Printed)>)> {
    let cells: Vec<&Cell> = row.cells.iter().filter(|c| c.text.trim() != ":" && !super::torn::is_ordinal(&c.text)).collect();
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
        let asks = first.text.trim_end().ends_with(':');
        return (!value.text.is_empty() || asks).then(|| (field, vec![(first.origin.col, value)]));
    }
    // Several forms side by side repeat the label before each value.
    let again = |c: &Cell| text::key(&c.text) == text::key(&first.text);
    Some((field, rest.iter().filter(|c| !again(c)).map(|c| (c.origin.col, printed(&c.text, c, c.number))).collect()))
}

fn indicator(form: &Form, asked: &[Field], style: Style, words: &Words) -> Option<Indicator> {
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
