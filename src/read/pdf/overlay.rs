//! A page with what was recognised drawn over it: the picture a person needs to see why a table was read as it was.
//!
//! Orange: a table. Blue ground: its heading. Green: its cells. Red, broken out above and below: where its columns part. Grey: lines of
//! text that stand in no table.

use hayro::RenderCache;
use hayro::kurbo::{Affine, Rect, Stroke};
use hayro::vello_cpu::RenderContext;
use hayro::vello_cpu::color::{AlphaColor, Srgb};
use hayro_syntax::Pdf;

use super::geometry::Area;
use super::page::Page;
use super::render::{Pose, draw_with};
use super::table::Table;

/// Resolution of the pictures, in dots per inch.
const DPI: f64 = 110.0;
/// Most pages drawn.
const MOST: usize = 200;

const TABLE: AlphaColor<Srgb> = AlphaColor::from_rgba8(230, 120, 0, 255);
const HEADING: AlphaColor<Srgb> = AlphaColor::from_rgba8(40, 110, 230, 60);
const CELL: AlphaColor<Srgb> = AlphaColor::from_rgba8(0, 140, 60, 150);
const COLUMN: AlphaColor<Srgb> = AlphaColor::from_rgba8(215, 0, 40, 200);
const TEXT: AlphaColor<Srgb> = AlphaColor::from_rgba8(120, 120, 120, 130);

/// PNG pictures of the first pages of a document.
#[must_use]
pub fn pictures(pdf: &Pdf, pages: &[Page]) -> Vec<Vec<u8>> {
    let cache = RenderCache::new();
    let drawn = pdf.pages().iter().zip(pages).take(MOST).filter_map(|(paper, page)| {
        let pose = Pose::at(DPI, paper.render_dimensions());
        let picture = draw_with(paper, &cache, &pose, |context| over(context, page, pose.scale));
        picture.into_png().ok()
    });
    drawn.collect()
}

/// Draws what was recognised on a page.
fn over(context: &mut RenderContext, page: &Page, scale: f64) {
    context.set_transform(Affine::scale(scale));
    let place = |area: &Area| {
        let a = page.turn.area_back(area);
        Rect::new(f64::from(a.x0), f64::from(a.y0), f64::from(a.x1), f64::from(a.y1))
    };
    context.set_paint(TEXT);
    context.set_stroke(Stroke::new(0.5));
    page.rest.iter().for_each(|line| context.stroke_rect(&place(&line.area)));
    for table in &page.tables {
        one(context, table, place);
    }
}

/// Draws one table.
fn one(context: &mut RenderContext, table: &Table, place: impl Fn(&Area) -> Rect) {
    let heading = table.heading();
    for cell in &table.cells {
        let area = place(&cell.area);
        if cell.row < heading {
            context.set_paint(HEADING);
            context.fill_rect(&area);
        }
        context.set_paint(CELL);
        context.set_stroke(Stroke::new(0.7));
        context.stroke_rect(&area);
    }
    context.set_paint(COLUMN);
    for &x in &table.columns {
        let line = Area::new(x - 0.3, table.area.y0 - 5.0, x + 0.3, table.area.y1 + 5.0);
        context.fill_rect(&place(&line));
    }
    context.set_paint(TABLE);
    context.set_stroke(Stroke::new(1.6));
    let area = &table.area;
    context.stroke_rect(&place(&Area::new(area.x0 - 2.0, area.y0 - 2.0, area.x1 + 2.0, area.y1 + 2.0)));
}
