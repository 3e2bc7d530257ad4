//! The figures of one draft: rows of regions and their sums.

use crate::consolidate::PdpbBook;
use crate::consolidate::book::{Chapter, Line};
use crate::model::{Level, Region};
use crate::normalise::region::Regions;

/// One row: name, desa, men, women, all.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The region's name.
    pub name: String,
    /// Number of desa and kelurahan, men, women, all; `None` where not stated.
    pub values: [Option<f64>; 4],
}

/// All of a draft's figures; a sum is known only where every row states its part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What the rows are.
    pub level: Option<Level>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Their sums.
    pub sums: [Option<f64>; 4],
    /// Number of kab/kota, of kecamatan.
    pub counts: [Option<f64>; 2],
    /// New voters, those struck off, those whose data changed.
    pub changes: [Option<f64>; 3],
    /// How many rows are missing.
    pub missing: usize,
}

impl Figures {
    /// Of the office that consolidates: a row for each office below.
    pub fn of_office(book: &PdpbBook, regions: &Regions) -> Self {
        let lines: Vec<(String, Option<Line>)> = book.chapters.iter().map(|c| (c.name.clone(), whole(c))).collect();
        let level = book.chapters.first().map(|c| c.region.level());
        let mut figures = Self::of(&lines, level);
        figures.counts = match level {
            Some(Level::Kabkota) => [Some(count(book.chapters.len())), inside(book.scope, Level::Kecamatan, regions)],
            Some(Level::Kecamatan) => [None, Some(count(book.chapters.len()))],
            _ => [None, None],
        };
        figures
    }

    /// Of one office below: its rows.
    pub fn of_chapter(chapter: &Chapter, regions: &Regions) -> Self {
        let lines: Vec<(String, Option<Line>)> = chapter.rows.iter().map(|l| (l.name.clone(), Some(l.clone()))).collect();
        let mut figures = if lines.is_empty() {
            let whole = chapter.whole.clone();
            Self { rows: Vec::new(), ..Self::of(&[(chapter.name.clone(), whole)], None) }
        } else {
            Self::of(&lines, chapter.region.level().below())
        };
        let counted = chapter.rows.iter().all(|l| l.region.is_some_and(|r| r.level() == Level::Kecamatan));
        figures.counts[1] = if counted && !chapter.rows.is_empty() {
            Some(count(chapter.rows.len()))
        } else {
            inside(chapter.region, Level::Kecamatan, regions)
        };
        figures
    }

    fn of(lines: &[(String, Option<Line>)], level: Option<Level>) -> Self {
        let known: Vec<&Line> = lines.iter().filter_map(|(_, line)| line.as_ref()).collect();
        let sum = |of: &dyn Fn(&Line) -> Option<f64>| {
            let all: Option<Vec<f64>> = known.iter().map(|line| of(line)).collect();
            all.filter(|a| !a.is_empty()).map(|a| a.iter().sum::<f64>())
        };
        let flow = |measure: usize, sex: usize| move |line: &Line| line.flow[measure][sex].map(|f| f.value);
        Self {
            level,
            rows: lines
                .iter()
                .map(|(name, line)| Row { name: name.clone(), values: line.as_ref().map_or([None; 4], values) })
                .collect(),
            sums: [sum(&|l| l.counts[0].map(|f| f.value)), sum(&flow(4, 0)), sum(&flow(4, 1)), sum(&flow(4, 2))],
            counts: [None; 2],
            changes: [sum(&flow(1, 2)), sum(&flow(2, 2)), sum(&flow(3, 2))],
            missing: lines.len() - known.len(),
        }
    }
}

fn values(line: &Line) -> [Option<f64>; 4] {
    let akhir = |sex: usize| line.flow[4][sex].map(|f| f.value);
    [line.counts[0].map(|f| f.value), akhir(0), akhir(1), akhir(2)]
}

/// A chapter as one line: what is known of the whole, else the sum of its rows.
fn whole(chapter: &Chapter) -> Option<Line> {
    if let Some(line) = &chapter.whole {
        return Some(line.clone());
    }
    if chapter.rows.is_empty() {
        return None;
    }
    let sum = |of: &dyn Fn(&Line) -> Option<crate::consolidate::book::Figure>| {
        let all: Option<Vec<_>> = chapter.rows.iter().map(of).collect();
        let all = all?;
        let first = all.first()?;
        Some(crate::consolidate::book::Figure { value: all.iter().map(|f| f.value).sum(), origin: None, ..*first })
    };
    let mut line = Line { name: chapter.name.clone(), ..Line::default() };
    line.counts[0] = sum(&|l| l.counts[0]);
    for (measure, sex) in (0..5).flat_map(|m| (0..3).map(move |s| (m, s))) {
        line.flow[measure][sex] = sum(&|l| l.flow[measure][sex]);
    }
    Some(line)
}

fn inside(region: Region, level: Level, regions: &Regions) -> Option<f64> {
    let count = regions.inside(region, level).len();
    (count > 0).then(|| self::count(count))
}

fn count(n: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of regions")]
    let n = n as f64;
    n
}
