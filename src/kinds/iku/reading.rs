//! What the cells of an indicator say: which of several targets counts, numbers in the style of their column, achievements in percent.

use crate::model::origin::Span;
use crate::model::period::Period;
use crate::model::{Finding, Findings, Origin};
use crate::normalise::number::{self, Figure, Style};
use crate::tables::phrases::Phrases;

use super::achieve;
use super::bands;
use super::body::{Item, Printed, Table};
use super::layout::{Field, candidates, otherwise};
use super::sums;
use super::value::{self, Amount};

/// A target or a realisation.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) printed: Printed,
    pub(super) amount: Amount,
    pub(super) unit: String,
}

/// An achievement in percent; `None` where none is printed, or no number.
#[derive(Clone, Debug, Default)]
pub(super) struct Achieved {
    pub(super) printed: Printed,
    pub(super) value: Option<f64>,
    /// Half a unit of its last printed digit.
    pub(super) rounding: f64,
}

/// One indicator as it counts.
#[derive(Clone, Debug)]
pub(super) struct Indicator {
    pub(super) span: Span,
    pub(super) no: Printed,
    pub(super) tujuan: Printed,
    pub(super) sasaran: Printed,
    pub(super) indikator: Printed,
    pub(super) target: Measure,
    pub(super) cara: Printed,
    pub(super) sumber: Printed,
    pub(super) realisasi: Measure,
    pub(super) capaian: Achieved,
    pub(super) arah: Printed,
    /// Which of the columns that I01 asks for the table has.
    pub(super) has: Vec<Field>,
}

/// The columns that count for one document.
struct Chosen {
    target: Option<usize>,
    realisasi: Option<usize>,
    capaian: Option<usize>,
}

/// The indicators of one table, for a document about this period.
pub(super) fn indicators(findings: &mut Findings, table: &Table, period: Option<Period>, phrases: &Phrases) -> Vec<Indicator> {
    let mut table = settled(table);
    let by = style(&table);
    sums::name(&mut table, by, phrases);
    sums::without_means(&mut table, by, phrases);
    table.items = bands::chosen(&table.items, period);
    let table = &table;
    let style = style(table);
    let chosen = choose(table, period, style, phrases);
    unknown(findings, table, phrases);
    rivals(findings, table);
    fused(findings, table, phrases);
    let taken = [chosen.target, chosen.realisasi, chosen.capaian];
    for taken in taken.into_iter().flatten() {
        twins(findings, table, taken);
        elsewhen(findings, table, taken);
    }
    let fraction = chosen.capaian.is_some_and(|c| fractions(table, &chosen, c, style, phrases));
    let read = |item: &Item| indicator(table, item, &chosen, style, fraction, phrases);
    table.items.iter().map(read).collect()
}

/// `Satuan Target` over numbers with their units is the target, where no other column is; a column of sentences is no measure.
fn settled(table: &Table) -> Table {
    let mut table = table.clone();
    for i in 0..table.cols.len() {
        let Some(measure) = table.cols[i].field.filter(|f| f.measured() && worded(&table, i)) else { continue };
        table.cols[i].field = table.heading.columns.get(i).and_then(|c| otherwise(c, measure));
    }
    // What its figures contradict is told as a column that nobody knows: `Data Perhitungan` over numerators is no way of counting.
    for i in 0..table.cols.len() {
        let names = matches!(table.cols[i].field, Some(Field::Tujuan | Field::Sasaran | Field::Cara | Field::Sumber));
        if names && counts(&table, i) {
            table.cols[i].field = None;
        }
    }
    let at = |field: Field| table.cols.iter().position(|c| c.field == Some(field));
    if let (None, Some(unit)) = (at(Field::Target), at(Field::Satuan)) {
        let digits = |item: &&Item| item.cells.get(&unit).is_some_and(|p| p.text.chars().any(|c| c.is_ascii_digit()));
        if table.items.iter().filter(digits).count() * 2 > table.items.len() {
            table.cols[unit].field = Some(Field::Target);
        }
    }
    table
}

/// Whether most cells of a column are bare figures, and more than one.
fn counts(table: &Table, column: usize) -> bool {
    let cells = || table.items.iter().filter_map(|i| i.cells.get(&column)).filter(|p| !p.text.is_empty() && p.text != "-");
    let figures = cells().filter(|p| p.number.is_some() || number::looks_like_number(&p.text)).count();
    figures > 1 && figures * 2 > cells().count()
}

/// Whether most cells of a column are sentences without figures.
fn worded(table: &Table, column: usize) -> bool {
    const SENTENCE: usize = 3;
    let cells = || table.items.iter().filter_map(|i| i.cells.get(&column)).filter(|p| !p.text.is_empty());
    let says = |p: &&Printed| {
        let words = p.text.split_whitespace().filter(|w| w.chars().all(char::is_alphabetic)).count();
        p.number.is_none() && words >= SENTENCE && !p.text.starts_with(|c: char| c.is_ascii_digit())
    };
    cells().filter(says).count() * 2 > cells().count()
}

fn style(table: &Table) -> Style {
    let figures = |i: &usize| table.cols[*i].field.is_some_and(Field::measured);
    let texts = table.items.iter().flat_map(|item| item.cells.iter().filter(|(i, p)| figures(i) && p.number.is_none()));
    value::style(texts.map(|(_, p)| p.text.as_str()))
}

/// Of several columns of one meaning the one of the document's period; between a yearly and a quarterly target the arithmetic decides.
fn choose(table: &Table, period: Option<Period>, style: Style, phrases: &Phrases) -> Chosen {
    let filled = |i: &usize| table.items.iter().any(|item| item.cells.get(i).is_some_and(|p| !p.text.is_empty()));
    let first = |field: Field| {
        let all = candidates(&table.cols, field, period);
        all.iter().copied().find(filled).or_else(|| all.first().copied())
    };
    let (realisasi, capaian) = (first(Field::Realisasi), first(Field::Capaian));
    let targets = candidates(&table.cols, Field::Target, period);
    let part = realisasi.and_then(|i| table.cols[i].part);
    let yearly = targets.iter().copied().find(|&i| table.cols[i].part.is_none() && filled(&i));
    let beside = targets.iter().copied().find(|&i| part.is_some() && table.cols[i].part == part && filled(&i));
    let usual = beside.or(yearly).or_else(|| targets.iter().copied().find(filled)).or_else(|| targets.first().copied());
    let mut chosen = Chosen { target: usual, realisasi, capaian };
    let fits = |target: usize| {
        let with = Chosen { target: Some(target), realisasi, capaian };
        table.items.iter().filter(|item| adds_up(table, item, &with, style, phrases)).count()
    };
    if let (Some(usual), true) = (usual, capaian.is_some() && realisasi.is_some()) {
        let best = targets.iter().copied().filter(filled).max_by_key(|&t| (fits(t), t == usual));
        chosen.target = best.or(chosen.target);
    }
    chosen
}

/// Whether target, realisation and achievement of a row go together.
fn adds_up(table: &Table, item: &Item, chosen: &Chosen, style: Style, phrases: &Phrases) -> bool {
    let one = indicator(table, item, chosen, style, false, phrases);
    let (Some(target), Some(done), Some(said)) = (one.target.amount.number(), one.realisasi.amount.number(), one.capaian.value)
    else {
        return false;
    };
    let want = achieve::higher(target, done);
    want.is_some_and(|w| (said - w).abs() <= 0.06 || (said * 100.0 - w).abs() <= 0.6)
}

/// Whether achievements are fractions of one (0.875 for 87.5 %): most rows add up that way only.
fn fractions(table: &Table, chosen: &Chosen, capaian: usize, style: Style, phrases: &Phrases) -> bool {
    let (mut whole, mut hundredth, mut small, mut all) = (0, 0, 0, 0);
    for item in &table.items {
        let Some(printed) = item.cells.get(&capaian).filter(|p| !p.text.contains('%')) else { continue };
        let one = indicator(table, item, chosen, style, false, phrases);
        let Some(said) = one.capaian.value else { continue };
        all += 1;
        small += usize::from(said <= 1.5 && printed.number.is_some());
        let want = one.target.amount.number().zip(one.realisasi.amount.number()).and_then(|(t, r)| achieve::higher(t, r));
        if let Some(want) = want {
            whole += usize::from((said - want).abs() <= 0.5);
            hundredth += usize::from((said * 100.0 - want).abs() <= 0.5 && want > 1.5);
        }
    }
    hundredth > whole || hundredth == 0 && whole == 0 && all > 0 && small == all
}

fn indicator(table: &Table, item: &Item, chosen: &Chosen, style: Style, fraction: bool, phrases: &Phrases) -> Indicator {
    let at = |i: Option<usize>| i.and_then(|i| item.cells.get(&i)).cloned().unwrap_or_default();
    let field = |field: Field| {
        let i = table.cols.iter().position(|c| c.field == Some(field));
        let own = at(i);
        if own.text.is_empty() { item.groups.get(&field).cloned().unwrap_or_default() } else { own }
    };
    let unit = field(Field::Satuan).text;
    let measure = |i: Option<usize>| measure(at(i), i.is_some_and(|i| table.cols[i].percent), &unit, style, phrases);
    let has = [Field::Indikator, Field::Target, Field::Cara, Field::Sumber];
    let there = |f: &Field| table.cols.iter().any(|c| c.field == Some(*f));
    // A table of aims alone names what is measured in their column.
    let named =
        if there(&Field::Indikator) || item.groups.contains_key(&Field::Indikator) { Field::Indikator } else { Field::Sasaran };
    Indicator {
        span: item.span,
        no: field(Field::No),
        tujuan: field(Field::Tujuan),
        sasaran: field(Field::Sasaran),
        indikator: field(named),
        target: measure(chosen.target),
        cara: field(Field::Cara),
        sumber: field(Field::Sumber),
        realisasi: measure(chosen.realisasi),
        capaian: achieved(at(chosen.capaian), style, fraction),
        arah: field(Field::Arah),
        has: has.into_iter().filter(there).collect(),
    }
}

pub(super) fn measure(printed: Printed, percent: bool, unit: &str, style: Style, phrases: &Phrases) -> Measure {
    let amount = match printed.number {
        Some(n) => Amount::One(n, if printed.text.ends_with('%') { "%".to_owned() } else { String::new() }),
        None => value::read(&printed.text, style, phrases),
    };
    let own = amount.unit();
    let stated = !matches!(amount, Amount::Nothing | Amount::Rank(_));
    let unit = match (own.is_empty(), unit.trim()) {
        (false, _) => own.to_owned(),
        (true, "") if percent && stated => "%".to_owned(),
        (true, unit) if stated => unit.to_owned(),
        _ => String::new(),
    };
    Measure { printed, amount, unit }
}

pub(super) fn achieved(printed: Printed, style: Style, fraction: bool) -> Achieved {
    let read = |text: &str| match number::read(text, style) {
        Some(Figure::Number { value, .. }) => Some(value),
        _ => None,
    };
    // One decimal mark in a percentage is never one of thousands.
    let value = printed.number.or_else(|| {
        let others = [Style::Indonesian, Style::Anglo].into_iter().filter(|s| *s != style);
        let usual = read(&printed.text).filter(|v| *v < 1_000.0);
        usual.or_else(|| others.into_iter().find_map(|s| read_as(&printed.text, s))).or_else(|| read(&printed.text))
    });
    let fraction = fraction && !printed.text.contains('%');
    let scale = if fraction { 100.0 } else { 1.0 };
    let decimals = printed.text.rsplit_once([',', '.']).map_or(0, |(_, d)| d.chars().take_while(char::is_ascii_digit).count());
    let rounding = 0.5 * scale / 10_f64.powi(i32::try_from(decimals.min(9)).unwrap_or(9));
    let value = value.map(|v| if fraction { (v * 1e10).round() / 1e8 } else { v });
    Achieved { value, rounding: if printed.number.is_some() { 0.0 } else { rounding }, printed }
}

fn read_as(text: &str, style: Style) -> Option<f64> {
    match number::read(text, style)? {
        Figure::Number { value, .. } => Some(value),
        _ => None,
    }
}

/// A13: a second column of one meaning, which says something else than the one that is taken.
fn rivals(findings: &mut Findings, table: &Table) {
    let text = |item: &Item, i: usize| item.cells.get(&i).map(|p| p.text.clone()).filter(|t| !t.is_empty());
    for (i, col) in table.cols.iter().enumerate() {
        let sentence = matches!(col.field, Some(Field::Tujuan | Field::Sasaran | Field::Indikator | Field::Cara | Field::Sumber));
        let Some(first) = table.cols[..i].iter().position(|c| sentence && c.field == col.field) else { continue };
        let other = |item: &&Item| text(item, i).is_some_and(|own| text(item, first).is_some_and(|taken| taken != own));
        let cells: Vec<Origin> = table.items.iter().filter(other).filter_map(|item| item.cells.get(&i)?.origin).collect();
        if let Some(span) = Span::around(cells) {
            let message = format!(
                "kolom ini tidak dimuat: judulnya \"{}\" searti dengan \"{}\" yang dimuat; pastikan kolom mana yang berlaku",
                col.name, table.cols[first].name
            );
            findings.add(Finding::new("A13", message).at(span));
        }
    }
}

/// A13: one column under the headings of two, as where a page gives an empty column's heading to the next.
fn fused(findings: &mut Findings, table: &Table, phrases: &Phrases) {
    const FIELDS: [&str; 5] = ["ukuran:tujuan", "ukuran:sasaran", "ukuran:indikator", "ukuran:cara", "ukuran:sumber"];
    let field = |said: &str| FIELDS.into_iter().find(|f| phrases.is(f, said));
    for (i, col) in table.cols.iter().enumerate() {
        let parted = |(at, _): (usize, &str)| field(&col.name[..at]).zip(field(&col.name[at + 1..])).is_some_and(|(a, b)| a != b);
        // `Tujuan/Sasaran` is one heading on purpose.
        let meant = col.name.contains(['/', ',', '&', '-']) || col.name.split_whitespace().any(|w| w.eq_ignore_ascii_case("dan"));
        if meant || field(&col.name).is_some() || !col.name.match_indices(' ').any(parted) {
            continue;
        }
        let cells: Vec<Origin> = table.items.iter().filter_map(|item| item.cells.get(&i)?.origin).collect();
        if let Some(span) = Span::around(cells) {
            let message =
                format!("judul dua kolom terbaca menyatu: \"{}\"; isi kolom ini mungkin milik judul yang lain", col.name);
            findings.add(Finding::new("A13", message).at(span));
        }
    }
}

/// A13: a second column of one measure, of the same time as far as its heading says, with other figures than the one that is taken.
fn twins(findings: &mut Findings, table: &Table, taken: usize) {
    let Some(own) = table.cols.get(taken) else { return };
    let text = |item: &Item, i: usize| item.cells.get(&i).map(|p| p.text.clone()).filter(|t| !t.is_empty());
    let alike = |c: &super::layout::Col| c.field == own.field && c.part == own.part && c.year == own.year;
    for i in (0..table.cols.len()).filter(|&i| i != taken && alike(&table.cols[i])) {
        let other = |item: &&Item| text(item, i).is_some_and(|said| text(item, taken).is_some_and(|used| used != said));
        let cells: Vec<Origin> = table.items.iter().filter(other).filter_map(|item| item.cells.get(&i)?.origin).collect();
        if let Some(span) = Span::around(cells) {
            let message = format!(
                "kolom ini tidak dimuat: judulnya \"{}\" searti dengan \"{}\" yang dimuat, tetapi angkanya lain; pastikan kolom mana yang berlaku",
                table.cols[i].name, own.name
            );
            findings.add(Finding::new("A13", message).at(span));
        }
    }
}

/// A13: the same measure at other times than the one that is taken; all of them in one remark.
fn elsewhen(findings: &mut Findings, table: &Table, taken: usize) {
    let Some(own) = table.cols.get(taken) else { return };
    let other = |c: &super::layout::Col| c.field == own.field && (c.part, c.year) != (own.part, own.year);
    let columns: Vec<usize> = (0..table.cols.len()).filter(|&i| other(&table.cols[i])).collect();
    let filled = |item: &Item, i: &usize| item.cells.get(i).filter(|p| !p.text.is_empty())?.origin;
    let cells: Vec<Origin> = table.items.iter().flat_map(|item| columns.iter().filter_map(move |i| filled(item, i))).collect();
    if let Some(span) = Span::around(cells) {
        let message = format!(
            "kolom untuk waktu lain tidak dimuat; yang dimuat ialah \"{}\". Untuk periode lain tulis periodenya pada judul atau nama berkas",
            own.name
        );
        findings.add(Finding::new("A13", message).at(span));
    }
}

/// A13: columns under a heading that nobody knows, and rows of figures that are no indicators.
fn unknown(findings: &mut Findings, table: &Table, phrases: &Phrases) {
    for span in &table.passed {
        let message = "baris berangka ini tidak dimuat: tidak terbaca sebagai indikator, jumlah, atau rata-rata";
        findings.add(Finding::new("A13", message).at(*span));
    }
    for (i, col) in table.cols.iter().enumerate().filter(|(_, c)| c.field.is_none() && !phrases.is("identitas", &c.name)) {
        let filled = |item: &Item| item.cells.get(&i).filter(|p| !p.text.is_empty())?.origin;
        let cells: Vec<Origin> = table.items.iter().filter_map(filled).collect();
        if let Some(span) = Span::around(cells.iter().copied()) {
            let message = format!(
                "kolom ini tidak dimuat: judulnya \"{}\" tidak dikenal; bila ini target, realisasi, atau keterangan yang diminta, tambahkan katanya di schemas/iku.toml",
                col.name
            );
            findings.add(Finding::new("A13", message).at(span));
        }
    }
}
