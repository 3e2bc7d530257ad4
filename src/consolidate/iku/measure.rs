//! One condition of an indicator, judged for one office.

use crate::model::document::plain_number;
use crate::model::indicator::{Condition, Indicator};
use crate::model::{Period, Receipt, Region, Span, Status};
use crate::normalise::{exact, text};

use crate::consolidate::Entry;
use crate::consolidate::rows::{Printed, rows};
use crate::consolidate::setting::{Setting, period_of};

use super::{Operand, fits};

/// Judges a condition by the accepted documents of its kind that the office sent.
pub fn judge(indicator: &Indicator, condition: &Condition, satker: Region, entries: &[Entry], setting: &Setting) -> Operand {
    let kind = setting.label(&condition.kind);
    let sent = |e: &Entry| e.outcome.subject.satker == Some(satker) && e.outcome.subject.kind.as_deref() == Some(&condition.kind);
    let all: Vec<(usize, &Entry)> = entries.iter().enumerate().filter(|(_, e)| sent(e)).collect();
    // Of several the one for the expected period, else the latest.
    let expected = setting.config.period(&condition.kind);
    let period = |e: &Entry| period_of(e, setting.config);
    let rank = |e: &Entry| (expected.is_some() && period(e) == expected, period(e).map(Period::end_month));
    let accepted = all.iter().rev().filter(|(_, e)| e.outcome.status == Status::Accepted).max_by_key(|(_, e)| rank(e));
    let Some(&(number, entry)) = accepted else {
        let refused = all.first().map(|(n, _)| *n);
        let says = match refused {
            Some(_) => format!("{kind}: dikirim, tetapi tidak diterima"),
            None => format!("{kind}: tidak ada dokumennya"),
        };
        return Operand { holds: Some(false), says, entry: refused, ..Operand::default() };
    };
    let document = Operand { entry: Some(number), ..Operand::default() };
    let mut parts = vec![Operand { holds: Some(true), says: format!("{kind}: diterima"), ..document.clone() }];
    if condition.in_time {
        parts.push(in_time(entry, &document, setting));
    }
    if !condition.columns.is_empty() {
        parts.push(stated(number, entry, condition, &document));
    }
    if let Some((part, whole)) = &condition.ratio {
        parts.push(ratio(number, entry, condition, (part, whole), document.clone()));
    }
    if !condition.rows.is_empty() {
        parts.push(graded(number, entry, condition, indicator, document));
    }
    joined(&parts)
}

/// All parts of a condition as one: it fails where one fails, and is unknown where one is.
fn joined(parts: &[Operand]) -> Operand {
    let holds = if parts.iter().any(|p| p.holds == Some(false)) {
        Some(false)
    } else if parts.iter().any(|p| p.holds.is_none()) {
        None
    } else {
        Some(true)
    };
    let says: Vec<&str> = parts.iter().map(|p| p.says.as_str()).collect();
    let last = parts.iter().rev().find(|p| !p.value.is_empty());
    Operand {
        holds,
        says: says.join("; "),
        value: last.map(|p| p.value.clone()).unwrap_or_default(),
        entry: parts.first().and_then(|p| p.entry),
        span: last.and_then(|p| p.span),
    }
}

/// Receipt against the deadline; unknown without a deadline.
fn in_time(entry: &Entry, operand: &Operand, setting: &Setting) -> Operand {
    let receipt = &entry.source.received;
    let Some((printed, deadline)) = &setting.config.deadline else {
        let says = "batas waktu tidak dinyatakan di rekap.toml, jadi ketepatan waktu tidak dapat dihitung".to_owned();
        return Operand { holds: None, says, value: moment(receipt), ..operand.clone() };
    };
    if receipt.at.is_empty() {
        let says = "waktu terima tidak tercatat di penerimaan.csv, jadi ketepatan waktu tidak dapat dihitung".to_owned();
        return Operand { holds: None, says, ..operand.clone() };
    }
    let held = receipt.seconds <= *deadline;
    let at = if receipt.stated {
        format!("diterima {}", receipt.at)
    } else {
        "menurut waktu ubah berkas (bukti yang lemah)".to_owned()
    };
    let says = format!("{at}, batas waktu {printed}: {}", if held { "tepat waktu" } else { "terlambat" });
    Operand { holds: Some(held), says, value: moment(receipt), ..operand.clone() }
}

/// When it was received, where that is stated; a file's time of change differs from copy to copy.
fn moment(receipt: &Receipt) -> String {
    if receipt.stated { receipt.at.clone() } else { String::new() }
}

/// Whether one of the columns is stated in any row.
fn stated(number: usize, entry: &Entry, condition: &Condition, operand: &Operand) -> Operand {
    let says_one = |row: &Printed| condition.columns.iter().any(|column| row.number(column).is_some());
    let found: Vec<Printed> = rows(number, entry, &condition.kind).filter(says_one).collect();
    let names = condition.columns.join(", ");
    let says = match found.len() {
        0 => format!("tidak satu baris pun memuat {names}"),
        n => format!("{n} baris memuat {names}"),
    };
    Operand { holds: Some(!found.is_empty()), says, value: found.len().to_string(), span: around(&found), ..operand.clone() }
}

/// Two columns summed over the rows of the highest level, in percent.
fn ratio(number: usize, entry: &Entry, condition: &Condition, (part, whole): (&str, &str), operand: Operand) -> Operand {
    let depth = |row: &Printed| row.records.text(row.row, "path").map_or(0, |path| path.matches('/').count());
    let both = |row: &Printed| row.number(part).is_some() && row.number(whole).is_some();
    let all: Vec<Printed> = rows(number, entry, &condition.kind).filter(both).collect();
    let top = all.iter().map(depth).min();
    let top: Vec<Printed> = all.into_iter().filter(|row| Some(depth(row)) == top).collect();
    let sum = |column: &str| exact::sum(top.iter().filter_map(|row| row.number(column)));
    let (above, below) = (sum(part), sum(whole));
    if top.is_empty() || below == 0.0 {
        return Operand { holds: None, says: format!("{part} dan {whole} tidak terbaca"), ..operand };
    }
    let percent = (above / below * 10_000.0).round() / 100.0;
    let says = format!(
        "{part} {} dari {whole} {} = {} %, batas {} %",
        plain_number(above),
        plain_number(below),
        plain_number(percent),
        plain_number(condition.least)
    );
    Operand {
        holds: Some(percent >= condition.least),
        says,
        value: format!("{} %", plain_number(percent)),
        span: around(&top),
        ..operand
    }
}

/// The realisation of an indicator's row on the scale of predicates; unknown where no row has one.
fn graded(number: usize, entry: &Entry, condition: &Condition, indicator: &Indicator, operand: Operand) -> Operand {
    let named = |row: &Printed| row.records.text(row.row, "indikator").is_some_and(|name| fits(&condition.rows, name));
    let realised =
        |row: &Printed| Some((row.records.text(row.row, "realisasi")?.to_owned(), row.number("realisasi_nilai"), row.span()));
    let Some((printed, value, span)) = rows(number, entry, &condition.kind).filter(named).find_map(|row| realised(&row)) else {
        return Operand { holds: None, says: "nilai evaluasinya tidak tercantum sebagai realisasi".to_owned(), ..operand };
    };
    let key = text::key(&printed);
    let place = |name: &str| indicator.scale.iter().position(|grade| text::key(&grade.name) == text::key(name));
    let by_name = key.split(' ').find_map(place);
    let reached = by_name.or_else(|| indicator.scale.iter().position(|grade| value.is_some_and(|v| v > grade.above)));
    let (Some(reached), Some(wanted)) = (reached, place(&condition.grade)) else {
        return Operand {
            holds: None,
            says: format!("nilai \"{printed}\" tidak dikenal pada skala"),
            value: printed,
            span,
            ..operand
        };
    };
    let grade = indicator.scale.get(reached).map(|g| g.name.clone()).unwrap_or_default();
    let says = format!("nilai {printed}, predikat {grade}, batas {}", condition.grade);
    Operand { holds: Some(reached <= wanted), says, value: printed, span, ..operand }
}

fn around(rows: &[Printed]) -> Option<Span> {
    Span::around(rows.iter().filter_map(Printed::span).flat_map(|s| [s.from, s.to]))
}
