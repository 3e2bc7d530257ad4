//! What the interpreter draws on a page, gathered: glyphs, straight rules, filled rectangles, pictures.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

use super::geometry::Area;
use super::glyphs::{Glyph, UNKNOWN, characters};
use super::shapes::{self, Shapes};

/// Most drawing steps of one page; more is no document but an attack or a map.
const MOST_STEPS: usize = 2_000_000;
/// Steps that a clip counts for: each form drawn within another begins with one, and forty forms that draw the next one three times are
/// more than any page ends with. Looking a form up takes as long as drawing this many lines.
const CLIP_STEPS: usize = 32;

/// Unwinding payload by which a page with too many drawing steps is left.
#[derive(Debug)]
pub struct TooMuch;

/// All that was drawn on one page.
#[derive(Debug, Default)]
pub struct Ink {
    /// Size of the page as shown.
    pub page: Area,
    /// Characters in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// Rules and fills.
    pub shapes: Shapes,
    /// Where pictures stand.
    pub pictures: Vec<Area>,
    /// Characters that are seen beside others of their text that are not: a cell too narrow for it cuts it off.
    pub cuts: Vec<Area>,
    /// From where a text ends to the end of the cell it is confined to, where that is near: what begins behind it stands in the next cell.
    pub ends: Vec<Area>,
    /// The character before, and what is seen of it.
    before: Option<(Glyph, Option<Area>)>,
    sheet: Area,
    clips: Vec<Area>,
    runs: u32,
    steps: usize,
}

impl Ink {
    /// Nothing drawn yet on a page of this size. A cropped page hides what lies beyond its edge; a page that was given too small a
    /// size, as wrongly turned ones are, does not.
    #[must_use]
    pub fn new(width: f32, height: f32, cropped: bool) -> Self {
        let page = Area::new(0.0, 0.0, width, height);
        let sheet = if cropped {
            page
        } else {
            Area::new(-width - height, -width - height, 2.0 * (width + height), 2.0 * (width + height))
        };
        Self { page, sheet, ..Self::default() }
    }

    fn clip(&self) -> Area {
        self.clips.last().copied().unwrap_or(self.sheet)
    }

    fn step(&mut self, by: usize) {
        self.steps += by;
        if self.steps > MOST_STEPS {
            // The interpreter cannot be told to stop; unwinding is caught where the page is read, and calls no panic hook.
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }

    fn push(&mut self, glyph: Glyph, text: &BfString) {
        let mut all: Vec<char> = Vec::new();
        match text {
            BfString::Char(c) => characters(*c, |x| all.push(x)),
            BfString::String(s) => s.chars().for_each(|c| characters(c, |x| all.push(x))),
        }
        // One mark is no gap between words, whatever its font says it stands for.
        if all.iter().any(|&c| c != ' ') {
            all.retain(|&c| c != ' ');
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of characters")]
        let share = glyph.width / all.len().max(1) as f32;
        for (i, ch) in all.into_iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a handful of characters")]
            let along = share * i as f32;
            let (x, y) = (glyph.dir.0.mul_add(along, glyph.x), glyph.dir.1.mul_add(along, glyph.y));
            self.glyphs.push(Glyph { ch, x, y, width: share, ..glyph });
        }
    }
}

/// Where a glyph starts, how its unit vectors lie on the page, and its advance in thousandths.
struct Posed {
    origin: Point,
    across: (f64, f64),
    up: f64,
    advance: f64,
}

fn pose(glyph: &Drawn<'_>, transform: Affine) -> Posed {
    let c = transform.as_coeffs();
    let advance = match glyph {
        Drawn::Outline(o) => o.advance_width(),
        Drawn::Type3(t) => t.advance_width(),
    };
    Posed {
        origin: Point::new(c[4], c[5]),
        across: (c[0], c[1]),
        up: c[2].hypot(c[3]),
        advance: f64::from(advance.unwrap_or(500.0)),
    }
}

/// Scale from advance to points. Fonts that stand in for missing ones are stretched to the width the document expects, and that
/// stretch is part of the transform although the advance has it already: the distance to the next glyph tells which it is.
fn advance_scale(run: &[Posed], i: usize) -> f64 {
    let length = |p: &Posed| p.across.0.hypot(p.across.1);
    let (mut plain, mut stretched) = (0.0, 0.0);
    for pair in run.windows(2) {
        let step = pair[0].origin.distance(pair[1].origin);
        plain += (pair[0].advance * pair[0].up - step).abs();
        stretched += pair[0].advance.mul_add(length(&pair[0]), -step).abs();
    }
    if plain + 1e-6 < stretched { run[i].up } else { length(&run[i]) }
}

#[expect(clippy::cast_possible_truncation, reason = "page coordinates; single precision is plenty")]
const fn single(x: f64) -> f32 {
    x as f32
}

/// A rectangle of the interpreter.
#[must_use]
pub const fn area_of(r: &Rect) -> Area {
    Area::new(single(r.x0), single(r.y0), single(r.x1), single(r.y1))
}

impl<'a> Device<'a> for Ink {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(path.elements().len());
        let Some(tone) = tone(&props.paint) else {
            return;
        };
        let clip = self.clip();
        match mode {
            DrawMode::Fill(_) => shapes::fill(&mut self.shapes, path, props.transform, tone, &clip),
            DrawMode::Stroke(s) => shapes::stroke(&mut self.shapes, path, props.transform, s.line_width, tone, &clip),
            DrawMode::FillAndStroke(_, s) => {
                shapes::fill(&mut self.shapes, path, props.transform, tone, &clip);
                shapes::stroke(&mut self.shapes, path, props.transform, s.line_width, tone, &clip);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.step(CLIP_STEPS);
        self.push_clip_rect(&clip_path.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.step(1);
        let bounds = area_of(rect);
        // An empty meeting hides everything: keep a point that nothing can stand on.
        let clip = self.clip().meet(&bounds).unwrap_or(Area::new(-1e6, -1e6, -1e6, -1e6));
        self.clips.push(clip);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        self.step(glyphs.len());
        self.runs += 1;
        let posed: Vec<Posed> = glyphs.iter().map(|g| pose(g, props.transform * g.transform())).collect();
        let clip = self.clip();
        for (i, (glyph, p)) in glyphs.iter().zip(&posed).enumerate() {
            let length = p.across.0.hypot(p.across.1);
            if !(length.is_finite() && length > 0.0 && p.up > 0.0 && p.origin.is_finite()) {
                continue;
            }
            let made = Glyph {
                ch: UNKNOWN,
                x: single(p.origin.x),
                y: single(p.origin.y),
                width: single(p.advance * advance_scale(&posed, i)),
                size: single(p.up * 1000.0),
                dir: (single(p.across.0 / length), single(p.across.1 / length)),
                hidden: matches!(mode, DrawMode::Invisible),
                run: self.runs,
            };
            let text = glyph.as_unicode().unwrap_or(BfString::Char(UNKNOWN));
            let seen = bounds(&made).meet(&clip);
            if !blank(&text) && !made.hidden {
                self.cuts.extend(self.before.and_then(|before| cut(before, (made, seen))));
                self.before = Some((made, seen));
            }
            if seen.is_some() {
                self.push(made, &text);
            }
        }
        let last =
            self.glyphs.last().filter(|g| g.run == self.runs && clip.width().min(clip.height()) < CELL * self.page.width());
        self.ends.extend(last.and_then(|g| near_end(g, &clip)));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step(1);
        let bounds = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let drawn = area_of(&props.transform.transform_rect_bbox(bounds));
        if let Some(area) = drawn.meet(&self.clip())
            && !self.shapes.thin(&area)
        {
            self.pictures.push(area);
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

/// The glyph's box.
fn bounds(glyph: &Glyph) -> Area {
    let (dx, dy) = glyph.dir;
    let (ex, ey) = (dx.mul_add(glyph.width, glyph.x), dy.mul_add(glyph.width, glyph.y));
    let (ux, uy) = (dy * glyph.size * 0.6, -dx * glyph.size * 0.6);
    Area::new(glyph.x, glyph.y, ex, ey).with(&Area::new(glyph.x + ux, glyph.y + uy, ex + ux, ey + uy))
}

fn blank(text: &BfString) -> bool {
    match text {
        BfString::Char(c) => c.is_whitespace(),
        BfString::String(s) => s.trim().is_empty(),
    }
}

/// The widest cell, as a share of the page's width: what is confined to more than that is no cell.
const CELL: f32 = 0.5;

/// Widest gap between two words of one text, as a share of the font size.
const GAP: f32 = 0.7;

/// What is seen of two characters of which one follows the other on the same line, where one is not seen at all.
fn cut((a, a_seen): (Glyph, Option<Area>), (b, b_seen): (Glyph, Option<Area>)) -> Option<Area> {
    let (dx, dy) = a.dir;
    let (x, y) = (b.x - a.x, b.y - a.y);
    let (along, aside) = (x.mul_add(dx, y * dy) - a.width, x.mul_add(dy, -y * dx).abs());
    let level = dx.abs().max(dy.abs()) > 0.999 && a.dir == b.dir;
    let next = level && aside < 0.2 * a.size && (-0.3 * a.size..GAP * a.size).contains(&along);
    a_seen.xor(b_seen).filter(|_| next)
}

/// The room between the last character of a text and the end of the cell it is confined to, if that is narrow.
fn near_end(last: &Glyph, cell: &Area) -> Option<Area> {
    let (dx, dy) = last.dir;
    let area = bounds(last);
    let to_end = match () {
        () if dx > 0.999 => Area { x0: area.x1.min(cell.x1), x1: cell.x1, ..area },
        () if dx < -0.999 => Area { x0: cell.x0, x1: area.x0.max(cell.x0), ..area },
        () if dy > 0.999 => Area { y0: area.y1.min(cell.y1), y1: cell.y1, ..area },
        () if dy < -0.999 => Area { y0: cell.y0, y1: area.y0.max(cell.y0), ..area },
        () => return None,
    };
    let room = if dx.abs() > dy.abs() { to_end.width() } else { to_end.height() };
    (room < GAP * last.size).then_some(to_end)
}

/// Darkness of a paint: `None` when nothing can be seen of it at all.
fn tone(paint: &Paint<'_>) -> Option<shapes::Tone> {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            (a > 8).then(|| if r.min(g).min(b) >= 250 { shapes::Tone::White } else { shapes::Tone::Ink })
        }
        Paint::Pattern(_) => Some(shapes::Tone::Ink),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use hayro_interpret::FillRule;

    use super::*;

    #[test]
    fn a_text_that_fills_its_cell_tells_where_that_ends() {
        let last = Glyph { ch: 'E', x: 90.0, y: 20.0, width: 6.0, size: 9.0, dir: (1.0, 0.0), hidden: false, run: 1 };
        let cell = |end: f32| Area::new(50.0, 0.0, end, 400.0);
        assert_eq!(near_end(&last, &cell(99.0)).map(|a| (a.x0, a.x1)), Some((96.0, 99.0)));
        assert_eq!(near_end(&last, &cell(120.0)), None);
        // A page turned to the left is written upwards.
        let upwards = Glyph { dir: (0.0, -1.0), y: 90.0, ..last };
        assert_eq!(near_end(&upwards, &Area::new(0.0, 82.0, 100.0, 200.0)).map(|a| (a.y0, a.y1)), Some((82.0, 84.0)));
    }

    #[test]
    fn forms_within_forms_end_after_a_bounded_number_of_them() {
        let mut ink = Ink::new(600.0, 800.0, false);
        let form = ClipPath { path: Rect::new(0.0, 0.0, 600.0, 800.0).to_path(0.1), fill: FillRule::NonZero };
        let mut drawn = 0;
        let left = catch_unwind(AssertUnwindSafe(|| {
            loop {
                ink.push_clip_path(&form);
                ink.pop_clip();
                drawn += 1;
            }
        }));
        assert!(left.is_err_and(|cause: Box<dyn std::any::Any + Send>| cause.is::<TooMuch>()));
        assert!((20_000..100_000).contains(&drawn), "{drawn}");
    }
}
