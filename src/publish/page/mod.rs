//! laporan.html: one page that says how a batch stands and what does not tie. It needs no network and no script to be read; the script
//! only searches and filters.
//!
//! The page is `page.html` with its parts beside it; this module makes what they show: [`status`] (three figures), [`matrix`] (who
//! sent what), [`faults`] (what does not tie, by cause), [`charts`], [`ties`] (what does tie) and [`papers`] (what was read).

mod charts;
mod excerpt;
mod faults;
mod matrix;
mod papers;
mod place;
mod policy;
mod status;
mod ties;

use askama::Template;

use crate::consolidate::Consolidated;
use crate::error::{Error, Result};
use crate::model::Schemas;
use crate::normalise::region::Regions;
use crate::publish::words;

use charts::Chart;
use faults::Faults;
use matrix::Matrix;
use papers::Paper;
use status::Headline;
use ties::Ties;

/// Name of the file.
pub const FILE: &str = "laporan.html";

/// What all parts of the page are made from.
#[derive(Clone, Copy)]
struct Plan<'a> {
    batch: &'a Consolidated,
    schemas: &'a Schemas,
    regions: &'a Regions,
}

#[derive(Template)]
#[template(path = "page.html", config = "src/publish/page/askama.toml")]
struct Page<'a> {
    policy: &'a str,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    batch: &'a str,
    scope: String,
    period: String,
    stamp: status::Stamp,
    boxes: [Headline; 3],
    matrix: Matrix<'a>,
    faults: Faults<'a>,
    charts: Vec<Chart>,
    ties: Ties,
    papers: Vec<Paper<'a>>,
    /// How far the formulas of all workbooks could be calculated again.
    formulas: String,
    inferred: &'a [String],
    /// Other files of the outputs worth opening, as links beside this one.
    files: Vec<&'a str>,
}

/// The finished page. `files` are the other outputs, by their path beside the page.
///
/// # Errors
/// When the template cannot be filled in.
pub fn page(batch: &Consolidated, schemas: &Schemas, regions: &Regions, files: &[&str]) -> Result<Vec<u8>> {
    let plan = Plan { batch, schemas, regions };
    let script = include_str!("filter.js");
    let policy = policy::of(script);
    let faults = faults::of(plan);
    let ties = ties::of(plan);
    let page = Page {
        policy: &policy,
        style: include_str!("style.css"),
        script,
        version: env!("CARGO_PKG_VERSION"),
        batch: &batch.config.name,
        scope: plan.scope(),
        period: batch.pdpb.as_ref().and_then(|b| b.period).map(words::period).unwrap_or_default(),
        stamp: status::stamp(plan, &faults),
        boxes: status::boxes(plan, &faults, &ties),
        matrix: matrix::of(plan),
        faults,
        charts: charts::of(plan),
        ties,
        papers: papers::of(plan),
        formulas: words::formulas(&batch.recomputed().0),
        inferred: &batch.inferred,
        files: sorted(files.iter().copied().filter(|file| worth_opening(file))),
    };
    let text = page.render().map_err(|cause| Error::Io { path: FILE.into(), cause: std::io::Error::other(cause) })?;
    Ok(text.into_bytes())
}

fn sorted<'a>(files: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut files: Vec<&str> = files.collect();
    files.sort_unstable();
    files
}

/// Workbooks and papers for people; not the tables for machines.
fn worth_opening(file: &str) -> bool {
    let ending = std::path::Path::new(file).extension().and_then(|e| e.to_str());
    !file.contains('/') && matches!(ending, Some("xlsx" | "docx" | "zip"))
}

impl Plan<'_> {
    /// Name of the office that consolidates.
    fn scope(self) -> String {
        let scope = self.batch.pdpb.as_ref().map(|b| b.scope).or(self.batch.config.wilayah);
        scope.map(|region| words::region(self.regions, region)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
