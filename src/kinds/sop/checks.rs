//! What must hold of an SOP: S01 required fields, S02 dates in order, S03 the roman month of its number.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::{Finding, Findings};
use crate::normalise::{date, number};

use super::fields::Said;

/// Required fields and what officials call them.
const REQUIRED: [(&str, &str); 5] = [
    ("nomor", "nomor SOP"),
    ("tanggal_pembuatan", "tanggal pembuatan"),
    ("tanggal_efektif", "tanggal efektif"),
    ("disahkan_oleh", "pejabat yang mengesahkan"),
    ("nama", "nama SOP"),
];

/// Fields as printed.
pub(super) type Fields = BTreeMap<&'static str, Said>;

/// All rules. `lost` are fields whose label was read as part of another text: they may well be filled.
pub(super) fn check(findings: &mut Findings, fields: &Fields, lost: &BTreeSet<&str>) {
    for (field, label) in REQUIRED {
        let said = fields.get(field);
        if said.is_none() && lost.contains(field) {
            let message = format!("label {label} terbaca menyatu dengan isian lain, jadi isinya tidak dimuat");
            let place = fields.get("nomor").or_else(|| fields.values().next()).map(|s| s.span);
            let finding = Finding::new("A13", message).expected(field);
            findings.add(if let Some(span) = place { finding.at(span) } else { finding });
        } else if said.is_none_or(|s| s.text.is_empty()) {
            let message = format!("SOP ini tidak memuat {label}");
            let finding = Finding::new("S01", message).expected(field);
            findings.add(match said {
                Some(said) => finding.at(said.span),
                None => finding,
            });
        }
    }
    unreadable_dates(findings, fields);
    order(findings, fields);
    month(findings, fields);
}

/// The date that a field holds; `None` where it is empty or no date.
pub(super) fn date_of(fields: &Fields, field: &str) -> Option<Date> {
    date::parse(&fields.get(field)?.text)
}

fn unreadable_dates(findings: &mut Findings, fields: &Fields) {
    for field in ["tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif"] {
        let Some(said) = fields.get(field).filter(|s| s.text.chars().any(|c| c.is_ascii_digit())) else { continue };
        if date_of(fields, field).is_none() {
            let message = format!("{} tidak dapat dibaca sebagai satu tanggal, jadi tidak dimuat", field.replace('_', " "));
            findings.add(Finding::new("A13", message).at(said.span).found(said.text.as_str()));
        }
    }
}

/// S02: made, revised, in force.
fn order(findings: &mut Findings, fields: &Fields) {
    let [made, revised, valid] = ["tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif"].map(|f| date_of(fields, f));
    let mut late = |field: &str, found: Date, label: &str, least: Date, of: &str| {
        let Some(said) = fields.get(field) else { return };
        let message = format!("{label} {found} mendahului {of} {least}");
        findings.add(Finding::new("S02", message).at(said.span).found(found.to_string()).expected(least.to_string()));
    };
    if let (Some(made), Some(valid)) = (made, valid)
        && valid < made
    {
        late("tanggal_efektif", valid, "tanggal efektif", made, "tanggal pembuatan");
    }
    if let (Some(made), Some(revised)) = (made, revised)
        && revised < made
    {
        late("tanggal_revisi", revised, "tanggal revisi", made, "tanggal pembuatan");
    }
    if let (Some(revised), Some(valid)) = (revised, valid)
        && valid < revised
    {
        late("tanggal_efektif", valid, "tanggal efektif", revised, "tanggal revisi");
    }
}

/// S03. The month stands between strokes: `04/ORT.06/03.1/36/Sek-Prov/I/2021`.
fn month(findings: &mut Findings, fields: &Fields) {
    let (Some(nomor), Some(made)) = (fields.get("nomor"), date_of(fields, "tanggal_pembuatan")) else { return };
    let parts: Vec<&str> = nomor.text.split('/').map(str::trim).collect();
    let Some((printed, month)) = parts.iter().rev().find_map(|p| Some((*p, number::roman(p).filter(|n| *n <= 12)?))) else {
        return;
    };
    if i64::from(month) != i64::from(made.month()) {
        let wanted = roman(made.month());
        let message = format!("bulan \"{printed}\" pada nomor SOP tidak cocok dengan tanggal pembuatan {made}");
        findings.add(Finding::new("S03", message).at(nomor.span).found(printed).expected(wanted));
    }
}

fn roman(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    usize::try_from(month - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or_default()
}
