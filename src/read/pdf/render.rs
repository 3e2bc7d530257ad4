//! A page → its picture.

use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, Point};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::InterpreterSettings;

/// Most pixels of one picture; larger pages are drawn coarser.
const MOST_PIXELS: f64 = 24.0e6;

/// How a page lies on its picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Pixels per point.
    pub scale: f64,
    /// Quarter turns clockwise by which the page is laid before it is drawn, 0 … 3.
    pub quarters: u8,
    /// Further turn clockwise around the middle of the picture, in radians.
    pub angle: f64,
}

impl Pose {
    /// At this resolution in dots per inch, or coarser where the page is too large for it. `size` in points.
    #[must_use]
    pub fn at(dpi: f64, (width, height): (f32, f32)) -> Self {
        let points = (f64::from(width) * f64::from(height)).max(1.0);
        Self { scale: (dpi / 72.0).min((MOST_PIXELS / points).sqrt()), quarters: 0, angle: 0.0 }
    }

    /// Size of the picture in pixels.
    fn size(&self, (width, height): (f32, f32)) -> (u16, u16) {
        let (w, h) = if self.quarters.is_multiple_of(2) { (width, height) } else { (height, width) };
        let pixels = |points: f32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range")]
            let n = (f64::from(points) * self.scale).clamp(1.0, 65_000.0) as u16;
            n
        };
        (pixels(w), pixels(h))
    }

    /// From points of the page as shown to pixels.
    fn transform(&self, (width, height): (f32, f32)) -> Affine {
        let (w, h) = (f64::from(width), f64::from(height));
        let laid = match self.quarters {
            0 => Affine::IDENTITY,
            1 => Affine::new([0.0, 1.0, -1.0, 0.0, h, 0.0]),
            2 => Affine::new([-1.0, 0.0, 0.0, -1.0, w, h]),
            _ => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, w]),
        };
        let (wide, high) = self.size((width, height));
        let middle = Point::new(f64::from(wide) / 2.0, f64::from(high) / 2.0);
        Affine::rotate_about(self.angle, middle) * Affine::scale(self.scale) * laid
    }
}

/// Draws a page on white paper.
#[must_use]
pub fn draw<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, pose: &Pose) -> Pixmap {
    draw_with(page, cache, pose, |_| {})
}

/// Draws a page on white paper, and then something over it.
#[must_use]
pub fn draw_with<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, pose: &Pose, over: impl FnOnce(&mut RenderContext)) -> Pixmap {
    let size = page.render_dimensions();
    let (width, height) = pose.size(size);
    let mut context = RenderContext::new(width, height);
    let shown = Affine::new(page.initial_transform(true).as_coeffs());
    let settings = RenderSettings { hinting: false, ..RenderSettings::default() };
    render_into(page, cache, &InterpreterSettings::default(), &settings, &mut context, pose.transform(size) * shown);
    over(&mut context);
    context.flush();
    let mut picture = Pixmap::new(width, height);
    let clear = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut picture, &mut Resources::default(), clear);
    picture
}
