//! Sheet Anggaran: the cost of what is missing against the ceiling for supplies, and all budgets and what was spent of them by code.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::activities;
use crate::consolidate::budget::{BudgetBook, BudgetLine, MONEY, Money};
use crate::error::Result;
use crate::model::Activity;
use crate::publish::workbook::evidence::Evidence;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::parameters::absolute;
use super::plan::{COST, Costs};
use super::{ANGGARAN, PERHITUNGAN, Plan, title};

/// Names of the amounts in the workbook.
const AMOUNTS: [&str; 4] = ["anggaran", "pagu", "sd", "sisa"];
/// Column of the first amount.
const FIRST: u16 = 4;
/// Widths of the columns.
const WIDTHS: [f64; 10] = [6.0, 16.0, 52.0, 30.0, 17.0, 17.0, 26.0, 17.0, 13.0, 44.0];
/// Column of the office's activity.
const ACTIVITY: u16 = 9;
const COUNT: Look = Look::new(What::Count, Tone::Plain);

/// Draws the sheet; returns it with the cells of the ceiling for supplies and of what was asked for, if known.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, costs: &Costs) -> Result<(Worksheet, Option<At>)> {
    let mut page = Page::new(desk, ANGGARAN)?;
    page.widths(WIDTHS)?;
    let note =
        "Anggaran = jumlah dalam RKA/POK; pagu dan realisasi dari laporan realisasi. Akun dijumlah dari seluruh pohon anggaran.";
    title::draw(&mut page, plan, "KEBUTUHAN TERHADAP ANGGARAN, DAN ANGGARAN MENURUT KODE", note)?;
    let Some(book) = &plan.batch.budget else {
        page.text(
            4,
            0,
            "Tidak ada dokumen anggaran atau realisasi yang dipakai dalam batch ini.",
            Look::new(What::Text, Tone::Note),
        )?;
        print::set_up(&mut page, (0, 2), (4, ACTIVITY), &plan.footer)?;
        return Ok((page.finish((4, ACTIVITY))?, None));
    };
    let evidence = evidence(plan, book);
    let (row, ceiling) = compared(&mut page, plan, book, &evidence, costs)?;
    let last = codes(&mut page, plan, book, &evidence, row + 2)?;
    page.sheet.set_freeze_panes(3, 0).map_err(trouble)?;
    print::set_up(&mut page, (0, 2), (last, ACTIVITY), &plan.footer)?;
    Ok((page.finish((last, ACTIVITY))?, ceiling))
}

fn evidence<'a>(plan: &Plan<'a>, book: &BudgetBook) -> Evidence<'a> {
    let entries = book.offices.iter().flat_map(|o| [o.budget, o.spending]).flatten().collect();
    Evidence::new(plan.batch, plan.schemas, &[], &entries)
}

fn heads(first: &str) -> Vec<Head> {
    let names = [
        "No",
        "Kode",
        first,
        "Satker",
        "Anggaran (Rp)",
        "Pagu (Rp)",
        "Realisasi s.d. periode (Rp)",
        "Sisa (Rp)",
        "Serapan (%)",
        "Kegiatan kantor",
    ];
    names.into_iter().zip(WIDTHS).map(|(name, width)| Head::alone(name, width)).collect()
}

/// What is missing at each kab/kota against the ceiling of its activities for supplies.
fn compared<'a>(
    page: &mut Page<'_, 'a>,
    plan: &Plan<'a>,
    book: &'a BudgetBook,
    evidence: &Evidence<'a>,
    costs: &Costs,
) -> Result<(u32, Option<At>)> {
    let activities = plan.book.norm.activities.join(", ");
    page.text(4, 0, &format!("A. Kegiatan logistik ({activities})"), Look::new(What::Text, Tone::Section))?;
    let first = heading::draw(page, 5, &heads("Kegiatan"))?;
    let wanted = |code: &str| plan.book.norm.activities.iter().any(|a| a == code);
    let mut row = first;
    for line in book.lines.iter().filter(|l| l.level == "kegiatan" && wanted(&l.code)) {
        let office = book.offices.get(line.office).map_or("", |o| o.name.as_str());
        draw_line(page, row, (row - first + 1) as usize, [&line.code, &line.name, office], Tone::Plain)?;
        amounts(page, row, &line.money, evidence)?;
        activity(page, plan, row, line, Tone::Plain)?;
        row += 1;
    }
    if row == first {
        page.text(row, 2, "Tidak ada kegiatan logistik dalam anggaran yang dipakai.", Look::new(What::Text, Tone::Plain))?;
        return Ok((row, None));
    }
    page.merged((row, 0), (row, 3), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for col in FIRST..FIRST + 4 {
        let sum = Formula::sum(page.at(first, col), page.at(row - 1, col));
        page.formula(row, col, &sum, Look::new(What::Count, Tone::Total))?;
    }
    serapan(page, row, Tone::Total)?;
    page.blank(row, ACTIVITY, Look::new(What::Text, Tone::Total))?;
    let ceiling = [FIRST + 1, FIRST].map(|col| page.at(row, col)).into_iter().find(|at| page.ledger().get(*at).is_some());
    let unpriced = plan.book.prices.iter().filter(|p| p.is_none()).count();
    let partly = if unpriced > 0 { format!(" (sebagian: harga {unpriced} barang belum ada)") } else { String::new() };
    let flaw = if unpriced > 0 { Flaw::Partial } else { Flaw::None };
    for (n, name) in (0..2).zip(["Biaya kekurangan menurut DPT saat ini", "Biaya kekurangan menurut proyeksi"]) {
        let at = row + 1 + u32::from(n);
        page.merged((at, 0), (at, 3), &format!("{name}{partly}"), Look::new(What::Text, Tone::Plain))?;
        let cells: Vec<At> = (costs.rows.0..=costs.rows.1).map(|r| At { sheet: PERHITUNGAN, row: r, col: COST + n }).collect();
        let known: Vec<f64> = cells.iter().filter_map(|c| page.ledger().get(*c)).map(|p| p.value).collect();
        if let (Some(from), Some(to)) = (cells.first(), cells.last()) {
            let text = format!("SUM({}:{})", absolute(*from), to.address());
            page.computed(at, FIRST, &text, known.iter().sum(), flaw, COUNT)?;
        }
    }
    Ok((row + 2, ceiling))
}

/// All codes over all offices, office by office below each.
fn codes<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, book: &'a BudgetBook, evidence: &Evidence<'a>, top: u32) -> Result<u32> {
    page.text(top, 0, "B. Anggaran dan realisasi menurut kode", Look::new(What::Text, Tone::Section))?;
    let mut row = heading::draw(page, top + 1, &heads("Uraian"))?;
    let first = row;
    let mut start = 0;
    while start < book.lines.len() {
        let same = |l: &&BudgetLine| l.level == book.lines[start].level && l.code == book.lines[start].code;
        let end = start + book.lines[start..].iter().take_while(same).count();
        let lines = &book.lines[start..end];
        let head = row;
        for line in lines {
            row += 1;
            let office = book.offices.get(line.office).map_or("", |o| o.name.as_str());
            draw_line(page, row, (row - first + 1) as usize, ["", "", office], Tone::Plain)?;
            amounts(page, row, &line.money, evidence)?;
            activity(page, plan, row, line, Tone::Plain)?;
        }
        let name = format!("{} ({})", lines[0].name, lines[0].level);
        draw_line(
            page,
            head,
            (head - first + 1) as usize,
            [&lines[0].code, &name, &format!("{} satker", lines.len())],
            Tone::Total,
        )?;
        for col in FIRST..FIRST + 4 {
            let sum = Formula::sum(page.at(head + 1, col), page.at(row, col));
            page.formula(head, col, &sum, Look::new(What::Count, Tone::Total))?;
        }
        serapan(page, head, Tone::Total)?;
        activity(page, plan, head, &lines[0], Tone::Total)?;
        row += 1;
        start = end;
    }
    if row > first {
        page.sheet.autofilter(first - 1, 0, row - 1, ACTIVITY).map_err(trouble)?;
    }
    unknown(page, book, row + 1)
}

/// The office's activity that a line belongs to; a program or an account belongs to several.
fn activity(page: &mut Page<'_, '_>, plan: &Plan<'_>, row: u32, line: &BudgetLine, tone: Tone) -> Result<()> {
    let below = !matches!(line.level, "program" | "akun");
    let own = if below { activities::of_budget(&plan.schemas.activities, &line.code, &line.name) } else { None };
    page.text(row, ACTIVITY, &own.map(Activity::label).unwrap_or_default(), Look::new(What::Wrapped, tone))
}

/// Rows that no known code claims, so that nobody looks for them in vain.
fn unknown(page: &mut Page<'_, '_>, book: &BudgetBook, top: u32) -> Result<u32> {
    if book.unknown.is_empty() {
        return Ok(top);
    }
    page.text(top, 0, "C. Baris dengan kode yang tidak dikenal (tidak ikut dalam B)", Look::new(What::Text, Tone::Section))?;
    let mut row = top;
    for line in &book.unknown {
        row += 1;
        draw_line(page, row, (row - top) as usize, [&line.code, &line.name, ""], Tone::Warn)?;
    }
    Ok(row)
}

fn draw_line(page: &mut Page<'_, '_>, row: u32, number: usize, texts: [&str; 3], tone: Tone) -> Result<()> {
    page.ordinal(row, 0, number, Look::new(What::Centred, tone))?;
    for (col, text) in (1..).zip(texts) {
        page.text(row, col, text, Look::new(What::Wrapped, tone))?;
    }
    Ok(())
}

/// The amounts of a line: a figure where one cell prints it, the figures' sum where several do.
fn amounts<'a>(page: &mut Page<'_, 'a>, row: u32, money: &'a Money, evidence: &Evidence<'a>) -> Result<()> {
    for (col, name) in (FIRST..).zip(AMOUNTS) {
        let sum = MONEY.iter().position(|m| *m == name).and_then(|i| money.0[i].as_ref());
        let published = sum.and_then(|s| evidence.added(s.value, &s.parts));
        match published {
            Some(published) => page.figure(row, col, published, COUNT)?,
            None => page.blank(row, col, Look::new(What::Count, Tone::Absent))?,
        }
    }
    serapan(page, row, Tone::Plain)
}

/// What was spent of the ceiling.
fn serapan(page: &mut Page<'_, '_>, row: u32, tone: Tone) -> Result<()> {
    let (pagu, spent) = (page.at(row, FIRST + 1), page.at(row, FIRST + 2));
    let value = |at| page.ledger().get(at).map(|p| p.value);
    let look = Look::new(What::Decimal, tone);
    match (value(pagu), value(spent)) {
        (Some(a), Some(b)) if a > 0.0 => {
            let text = format!("IF({0}>0,ROUND({1}/{0}*100,2),0)", pagu.address(), spent.address());
            page.computed(row, column(8), &text, (b / a * 1e4).round() / 1e2, Flaw::None, look)
        }
        _ => page.blank(row, column(8), look),
    }
}
