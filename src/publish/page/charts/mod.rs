//! Three pictures drawn as SVG, each with its figures as a table: voters by region, change against the period before, and how much of
//! the budget is spent.
//!
//! Bars are placed in percent of the picture's width and letters keep their size, so the same picture is legible on a phone and on
//! paper.

mod absorption;
mod voters;

use super::Plan;

/// A picture with bars.
pub struct Chart {
    /// For links and labels.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What to look for, in one sentence.
    pub note: String,
    /// Headings of its table, after the region's.
    pub heads: Vec<&'static str>,
    /// One bar per region.
    pub bars: Vec<Bar>,
    /// Lines across the bars: where in percent of the width, and whether they are dashed.
    pub rules: Vec<(String, bool)>,
}

/// One bar.
pub struct Bar {
    /// Name of the region.
    pub name: String,
    /// What stands at its right.
    pub value: String,
    /// Class of its colour.
    pub class: &'static str,
    /// Where it starts and how long it is, in percent of the width.
    pub from: String,
    /// See `from`.
    pub long: String,
    /// Its figures for the table.
    pub figures: Vec<String>,
}

/// Those for which there are figures.
pub fn of(plan: Plan<'_>) -> Vec<Chart> {
    [voters::by_region(plan), voters::change(plan), absorption::of(plan)].into_iter().flatten().collect()
}

/// A place on the picture in percent, rounded: the same bytes on every machine.
fn percent(part: f64) -> String {
    format!("{:.2}", (part * 100.0).clamp(0.0, 100.0))
}
