//! One page: from the interpreter's drawing to tables and lines. Nothing that happens here can take the run down.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::kurbo::Affine;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::Pdf;

use super::choose;
use super::edges::Edges;
use super::geometry::{Area, Turn};
use super::glyphs::{Glyph, UNKNOWN};
use super::ink::{Ink, TooMuch};
use super::lines::Line;
use super::table::Table;
use super::words::Word;

/// Why a page gave less than it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Its content cannot be interpreted.
    Broken,
    /// It has more drawing steps than any document needs.
    TooMuch,
    /// A picture of a page, without text.
    NoText,
    /// A picture of a page with an invisible text layer that reads as words and figures.
    HiddenText,
    /// A picture of a page that was read by an OCR engine.
    Recognised,
}

/// What was found on a page, in its upright frame.
#[derive(Debug)]
pub struct Page {
    /// How the upright frame lies on the page as shown.
    pub turn: Turn,
    /// Words.
    pub words: Vec<Word>,
    /// Tables from top to bottom.
    pub tables: Vec<Table>,
    /// Lines that stand in no table, in reading order.
    pub rest: Vec<Line>,
    /// Slanted writing: watermarks.
    pub slanted: Vec<String>,
    /// Its edges.
    pub edges: Edges,
    /// Grounds of its cells.
    pub fills: Vec<Area>,
    /// Characters behind or before which their text is cut off, from top to bottom.
    pub cuts: Vec<Area>,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
    /// Its characters were recognised in a picture, by us or by whoever made the file.
    pub scanned: bool,
}

/// Reads the pages of one document, keeping its fonts.
pub struct Reader<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
}

impl<'a> Reader<'a> {
    /// For this document.
    #[must_use]
    pub fn new(pdf: &'a Pdf) -> Self {
        Self { pdf, cache: InterpreterCache::new() }
    }

    /// Reads one page, counted from zero.
    pub fn read(&mut self, number: usize) -> Page {
        let drawn = catch_unwind(AssertUnwindSafe(|| self.legible(number)));
        match drawn {
            Ok(Some((ink, larger))) => {
                let found = catch_unwind(AssertUnwindSafe(|| understood(&ink, larger)));
                found.unwrap_or_else(|_| nothing(Some(Trouble::Broken)))
            }
            Ok(None) => nothing(Some(Trouble::Broken)),
            Err(cause) => {
                // A panic may have left the fonts half made.
                self.cache = InterpreterCache::new();
                nothing(Some(if cause.is::<TooMuch>() { Trouble::TooMuch } else { Trouble::Broken }))
            }
        }
    }

    /// The page at a size at which distances mean what they mean in print: a sheet that was shrunk to fit the width of its paper is drawn as
    /// many times larger as brings its writing back to the size it was typed in. With it, how many times.
    fn legible(&self, number: usize) -> Option<(Ink, f32)> {
        let printed = self.draw(number, 1.0)?;
        let larger = magnified(&printed);
        let drawn = (larger > 1.0).then(|| self.draw(number, larger)).flatten();
        Some(drawn.map_or((printed, 1.0), |ink| (ink, larger)))
    }

    fn draw(&self, number: usize, larger: f32) -> Option<Ink> {
        let page = self.pdf.pages().get(number)?;
        let (width, height) = page.render_dimensions();
        let (width, height) = (width * larger, height * larger);
        let transform = Affine::scale(f64::from(larger)) * Affine::new(page.initial_transform(true).as_coeffs());
        let (crop, media) = (page.crop_box(), page.media_box());
        let cropped = crop.width() < media.width() - 1.0 || crop.height() < media.height() - 1.0;
        let mut ink = Ink::new(width, height, cropped);
        let bounds = hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, bounds, &self.cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut ink);
        Some(ink)
    }
}

fn nothing(trouble: Option<Trouble>) -> Page {
    let turn = Turn { quarters: 0, width: 0.0, height: 0.0, larger: 1.0 };
    Page {
        turn,
        words: Vec::new(),
        tables: Vec::new(),
        rest: Vec::new(),
        slanted: Vec::new(),
        edges: Edges::default(),
        fills: Vec::new(),
        cuts: Vec::new(),
        trouble,
        scanned: false,
    }
}

/// How many times larger a page has to be drawn for most of its visible writing to have a usual size: once, unless it is too small to read.
fn magnified(ink: &Ink) -> f32 {
    const SMALLEST: f32 = 4.2;
    const USUAL: f32 = 8.0;
    const MOST: f32 = 12.0;
    let seen = ink.glyphs.iter().filter(|g| g.ch != ' ' && !g.hidden);
    let mut sizes: Vec<f32> = seen.map(|g| g.size).filter(|s| s.is_finite()).collect();
    sizes.sort_by(f32::total_cmp);
    match sizes.get(sizes.len() / 2) {
        Some(&usual) if usual > 0.0 && usual < SMALLEST => (USUAL / usual).round().clamp(1.0, MOST),
        _ => 1.0,
    }
}

/// Texts that end with their cells on one page at most; on a page with more of them, a drawing, they tell nothing.
const MOST_ENDS: usize = 5_000;

/// Makes sense of what was drawn so many times larger than printed.
fn understood(ink: &Ink, larger: f32) -> Page {
    let (glyphs, trouble) = readable(ink);
    let turn = Turn { quarters: quarters(&glyphs), width: ink.page.width(), height: ink.page.height(), larger };
    let downwards = |areas: &mut dyn Iterator<Item = &Area>| {
        let mut areas: Vec<Area> = areas.map(|c| turn.area(c)).collect();
        areas.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
        areas
    };
    let ends = if ink.ends.len() > MOST_ENDS { &[][..] } else { &ink.ends };
    let ends = downwards(&mut ink.cuts.iter().chain(ends));
    let page = Page { cuts: downwards(&mut ink.cuts.iter()), ..choose::page(&glyphs, &ink.shapes, turn, &ends) };
    if trouble == Some(Trouble::HiddenText) && gibberish(&page.words) {
        return nothing(Some(Trouble::NoText));
    }
    Page { trouble, scanned: trouble == Some(Trouble::HiddenText), ..page }
}

/// Whether a text layer is what a failed recognition leaves: shreds and mixtures of letters, digits and signs instead of words and
/// figures.
fn gibberish(words: &[Word]) -> bool {
    let sound = |w: &&Word| {
        let chars = w.text.chars().count();
        let letters = w.text.chars().filter(|c| c.is_alphabetic()).count();
        let digits = w.text.chars().filter(char::is_ascii_digit).count();
        let marks = chars - letters - digits;
        let word = digits == 0 && letters >= 2 && marks * 3 <= letters && !w.text.contains(UNKNOWN);
        word || (digits > 0 && letters <= 2 && marks <= digits) || matches!(w.text.as_str(), "-" | "/" | ":" | "&" | "." | "%")
    };
    words.iter().filter(sound).count() * 4 < words.len() * 3
}

/// The glyphs to be read: the visible ones, or the hidden ones of a scanned page; and whether it is one.
fn readable(ink: &Ink) -> (Vec<Glyph>, Option<Trouble>) {
    let written = |g: &&Glyph| g.ch != ' ';
    let visible = ink.glyphs.iter().filter(written).filter(|g| !g.hidden).count();
    let hidden = ink.glyphs.iter().filter(written).filter(|g| g.hidden).count();
    let unknown = ink.glyphs.iter().filter(|g| g.ch == UNKNOWN).count();
    let pictured = pictured(ink);
    if hidden > visible * 4 {
        let trouble = pictured.then_some(Trouble::HiddenText);
        return (ink.glyphs.clone(), trouble);
    }
    let glyphs: Vec<Glyph> = ink.glyphs.iter().filter(|g| !g.hidden).copied().collect();
    // A stamp or a page number on top of a picture does not make the picture readable.
    let scan = (pictured && visible < 40) || (visible > 0 && unknown * 2 > visible);
    (glyphs, scan.then_some(Trouble::NoText))
}

/// Whether pictures cover most of the page.
fn pictured(ink: &Ink) -> bool {
    let size = |a: &Area| a.width() * a.height();
    let covered: f32 = ink.pictures.iter().map(size).sum();
    covered > 0.6 * size(&ink.page)
}

/// The direction in which most of the page is written.
fn quarters(glyphs: &[Glyph]) -> u8 {
    let mut count = [0_usize; 4];
    for q in glyphs.iter().filter_map(|g| Turn::quarter_of(g.dir.0, g.dir.1)) {
        count[usize::from(q)] += 1;
    }
    (0..4).max_by_key(|&q| (count[usize::from(q)], 4 - q)).unwrap_or(0)
}
