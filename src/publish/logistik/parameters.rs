//! Sheet Parameter: every number that an office may change, with its source. All other sheets are formulas on it.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::supply::GROWTH;
use crate::error::Result;
use crate::model::{Origin, Places, Region};
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Look, Page, Paper, Published, Source, Tone, What, print};

use super::{PARAMETER, Plan, title};

/// Column of the values.
const VALUE: u16 = 3;
/// Parameters of the forecast that stand in no norm.
const LEAST: &str = "pertumbuhan_paling_kecil";
const MOST: &str = "pertumbuhan_paling_besar";
pub const MONTHS: &str = "bulan_ke_pemungutan";
pub const RISE: &str = "kenaikan_harga_persen";

/// Where the parameters stand.
pub struct Cells {
    named: BTreeMap<String, u32>,
    exceptions: Vec<(String, Region, u32)>,
    goods: u32,
}

impl Cells {
    /// The cell of a parameter at a region, as formulas of other sheets write it.
    pub fn of(&self, name: &str, region: Region) -> String {
        let exception = self.exceptions.iter().find(|(n, r, _)| n == name && region.within(*r)).map(|(.., row)| *row);
        let row = exception.or_else(|| self.named.get(name).copied()).unwrap_or_default();
        format!("{}!$D${}", super::SHEETS[PARAMETER], row + 1)
    }

    /// Growth held within its limits.
    pub fn held(&self, growth: &str) -> String {
        let of = |name| self.of(name, Region::NATION);
        format!("MAX({}/100,MIN({}/100,{growth}))", of(LEAST), of(MOST))
    }

    /// Price of a good.
    pub fn price(&self, good: usize) -> At {
        At { sheet: PARAMETER, row: self.goods + u32::try_from(good).unwrap_or(0), col: VALUE }
    }

    /// Whether stock of a good counts: 1 or 0.
    pub fn reused(&self, good: usize) -> At {
        At { col: VALUE + 1, ..self.price(good) }
    }
}

/// A cell as formulas of other sheets write it.
pub fn absolute(at: At) -> String {
    format!("{}!${}${}", super::SHEETS[at.sheet], crate::model::origin::letters(at.col), at.row + 1)
}

/// One row of the first table.
struct Row<'a> {
    label: String,
    name: &'a str,
    value: f64,
    unit: &'a str,
    source: &'a str,
    verified: Option<bool>,
    file: &'a str,
}

static NO_PLACES: Places = Places(Vec::new());

/// A number that stands in a schema.
const fn stated(file: &str, value: f64) -> Published<'_> {
    let paper = Paper { batch: "", document: file, sha256: "", places: &NO_PLACES };
    Published { value, source: Source::Read { paper, origin: None::<Origin>, raw: None }, flaw: Flaw::None }
}

/// Draws the sheet.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>) -> Result<(Worksheet, Cells)> {
    let mut page = Page::new(desk, PARAMETER)?;
    let widths = [
        ("No", 5.0),
        ("Keterangan", 46.0),
        ("Nama dalam rumus", 30.0),
        ("Nilai", 12.0),
        ("Satuan", 22.0),
        ("Sumber", 70.0),
        ("Diverifikasi", 13.0),
    ];
    let heads: Vec<Head> = widths.into_iter().map(|(name, width)| Head::alone(name, width)).collect();
    page.widths(heads.iter().map(|h| h.width))?;
    let note = "Sel berwarna ungu boleh diubah; semua lembar lain menghitung ulang dengan sendirinya.";
    title::draw(&mut page, plan, "PARAMETER: NORMA, HARGA, DAN ANGGAPAN", note)?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let mut cells = Cells { named: BTreeMap::new(), exceptions: Vec::new(), goods: 0 };
    let mut row = first;
    for entry in norms(plan).into_iter().chain(assumptions(plan)) {
        cells.named.insert(entry.name.to_owned(), row);
        draw_row(&mut page, row, row - first + 1, &entry)?;
        row += 1;
    }
    months(&mut page, plan, &cells)?;
    for exception in &plan.book.norm.exceptions {
        let Ok(region) = exception.region.parse::<Region>() else { continue };
        let label = format!("Pengecualian {}: {}", crate::publish::words::region(plan.regions, region), exception.parameter);
        let value = exception.value.parse().unwrap_or_default();
        let file = plan.book.norm_file.as_str();
        let entry = Row { label, name: &exception.parameter, value, unit: "", source: &exception.source, verified: None, file };
        cells.exceptions.push((exception.parameter.clone(), region, row));
        draw_row(&mut page, row, row - first + 1, &entry)?;
        row += 1;
    }
    let last = goods(&mut page, plan, &mut cells, row + 1)?;
    page.sheet.set_freeze_panes(first, 0).map_err(trouble)?;
    print::set_up(&mut page, (0, 2), (last, column(heads.len() - 1)), &plan.footer)?;
    Ok((page.finish((last, column(heads.len() - 1)))?, cells))
}

/// Months to the election follow its year and month on the same sheet.
fn months(page: &mut Page<'_, '_>, plan: &Plan<'_>, cells: &Cells) -> Result<()> {
    let at = |name: &str| cells.named.get(name).map(|&row| page.at(row, VALUE));
    let (Some(year), Some(month), Some(here)) = (at("pemungutan_tahun"), at("pemungutan_bulan"), at(MONTHS)) else {
        return Ok(());
    };
    let number = |at| page.ledger().get(at).map_or(0.0, |p| p.value);
    let latest = number(year) * 12.0 + number(month) - f64::from(plan.book.months);
    if plan.book.months == 0 {
        return Ok(());
    }
    let text = format!("MAX(0,{}*12+{}-{latest})", year.address(), month.address());
    page.computed(here.row, VALUE, &text, f64::from(plan.book.months), Flaw::None, Look::new(What::Count, Tone::Info))
}

fn norms<'a>(plan: &Plan<'a>) -> Vec<Row<'a>> {
    let row = |p: &'a crate::model::norm::Parameter| Row {
        label: p.label.clone(),
        name: &p.name,
        value: p.value.parse().unwrap_or_default(),
        unit: &p.unit,
        source: &p.source,
        verified: Some(p.verified),
        file: &plan.book.norm_file,
    };
    plan.book.norm.parameters.iter().map(row).collect()
}

fn assumptions<'a>(plan: &Plan<'a>) -> Vec<Row<'a>> {
    const HERE: &str = "anggapan program";
    let row = |name, label: &str, value, unit, source| Row {
        label: label.to_owned(),
        name,
        value,
        unit,
        source,
        verified: None,
        file: HERE,
    };
    vec![
        row(
            MONTHS,
            "Bulan dari data PDPB terakhir sampai pemungutan suara",
            f64::from(plan.book.months),
            "bulan",
            "Tahun dan bulan pemungutan suara di atas dikurangi periode PDPB terakhir; ubah di sini bila tanggalnya lain",
        ),
        row(
            LEAST,
            "Pertumbuhan pemilih per tahun paling kecil",
            GROWTH.0 * 100.0,
            "%",
            "Anggapan: pertumbuhan di luar batas ini biasanya kesalahan data atau pembersihan sekali waktu",
        ),
        row(
            MOST,
            "Pertumbuhan pemilih per tahun paling besar",
            GROWTH.1 * 100.0,
            "%",
            "Anggapan: pertumbuhan di luar batas ini biasanya kesalahan data atau pembersihan sekali waktu",
        ),
        row(RISE, "Kenaikan harga sampai saat pengadaan", 0.0, "%", "Anggapan: tanpa kenaikan harga"),
    ]
}

fn draw_row<'a>(page: &mut Page<'_, 'a>, row: u32, number: u32, entry: &Row<'a>) -> Result<()> {
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    page.ordinal(row, 0, number as usize, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &entry.label, wrapped)?;
    page.text(row, 2, entry.name, Look::new(What::Text, Tone::Plain))?;
    let what = if entry.unit == "tahun" {
        What::Centred
    } else if entry.value.fract() == 0.0 {
        What::Count
    } else {
        What::Decimal
    };
    page.figure(row, VALUE, stated(entry.file, entry.value), Look::new(what, Tone::Info))?;
    page.text(row, 4, entry.unit, wrapped)?;
    page.text(row, 5, entry.source, wrapped)?;
    let (word, tone) = verified(entry.verified);
    page.text(row, 6, word, Look::new(What::Centred, tone))
}

const fn verified(verified: Option<bool>) -> (&'static str, Tone) {
    match verified {
        Some(true) => ("ya", Tone::Good),
        Some(false) => ("belum", Tone::Warn),
        None => ("anggapan", Tone::Plain),
    }
}

/// The second table: prices, whether stock counts, formulas. Returns its last row.
fn goods<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, cells: &mut Cells, top: u32) -> Result<u32> {
    let head = Look::new(What::Wrapped, Tone::Head);
    let names = [
        "No",
        "Barang",
        "Rumus",
        "Harga satuan (Rp)",
        "Stok dikurangkan (1 = ya, 0 = tidak)",
        "Sumber harga; sumber norma",
        "Diverifikasi: norma / harga",
    ];
    for (col, name) in (0..).zip(names) {
        page.text(top, col, name, head)?;
    }
    page.sheet.set_row_height(top, 28.0).map_err(trouble)?;
    cells.goods = top + 1;
    for (i, (good, price)) in plan.book.goods().iter().zip(&plan.book.prices).enumerate() {
        let row = top + 1 + u32::try_from(i).unwrap_or(0);
        page.ordinal(row, 0, i + 1, Look::new(What::Centred, Tone::Plain))?;
        page.text(row, 1, &format!("{} ({})", good.label, good.unit), Look::new(What::Wrapped, Tone::Plain))?;
        let formula = if good.times.is_empty() { good.formula.clone() } else { format!("({}) * {}", good.formula, good.times) };
        page.text(row, 2, &formula, Look::new(What::Wrapped, Tone::Plain))?;
        let look = Look::new(What::Count, Tone::Info);
        match price {
            Some(price) => {
                let read = price.figure.as_ref().and_then(|f| plan.evidence.published(f));
                page.figure(row, VALUE, read.unwrap_or_else(|| stated("schemas/harga.toml", price.value)), look)?;
            }
            None => page.blank(row, VALUE, look)?,
        }
        page.figure(row, VALUE + 1, stated(&plan.book.norm_file, f64::from(u8::from(good.reusable))), look)?;
        let priced = price.as_ref().map_or("Harga belum ada: isi di sini atau di schemas/harga.toml".to_owned(), |p| {
            format!("Harga: {}{}", p.source, if p.verified { "" } else { " (belum diverifikasi)" })
        });
        page.text(row, 5, &format!("{priced}. Norma: {}.", good.source), Look::new(What::Wrapped, Tone::Plain))?;
        let (norm, tone) = verified(Some(good.verified));
        let (priced, worse) = price.as_ref().map_or(("tidak ada", Tone::Warn), |p| verified(Some(p.verified)));
        let tone = if tone == Tone::Good { worse } else { tone };
        page.text(row, 6, &format!("{norm} / {priced}"), Look::new(What::Centred, tone))?;
    }
    Ok(top + u32::try_from(plan.book.goods().len()).unwrap_or(0))
}
