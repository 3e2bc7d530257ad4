//! Scanned pages → words and ruling lines, through an OCR engine where one is installed.
//!
//! ```text
//! picture → laid upright (skew) → ruling lines and dust taken out → engine → words → tables → their cells looked at again
//! ```

pub mod dust;
pub mod engine;
pub mod picture;
pub mod reading;
pub mod rulings;
pub mod second;
pub mod skew;
pub mod strip;

use hayro::RenderCache;
use hayro_syntax::Pdf;

use self::engine::{Engine, Seen};
use self::picture::Picture;
use super::choose;
use super::edges::Edges;
use super::geometry::Turn;
use super::page::{Page, Trouble};
use super::render::{Pose, draw};
use super::shapes::Rule;
use super::words::Word;

/// Resolution at which pages are read, in dots per inch: what the engine was made for.
const DPI: f64 = 300.0;
/// Resolution at which it is found out how a page lies.
const COARSE: f64 = 75.0;
/// Below this the engine has read noise, in percent: the page may stand on its head.
const DOUBTFUL: f32 = 55.0;

/// What was read from the picture of a page, in the frame in which its writing is upright.
#[derive(Debug)]
pub struct Scanned {
    /// How that frame lies on the page as shown.
    pub turn: Turn,
    /// The words.
    pub words: Vec<Word>,
    /// The ruling lines.
    pub edges: Edges,
    /// How sure the engine is of them, in percent.
    pub sure: f32,
    /// The picture without its ruling lines.
    pub picture: Picture,
    /// Its pixels per point.
    pub scale: f32,
}

/// Why scanned pages were left unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nobody asked for them to be read.
    NotAsked,
    /// No engine, or one without Indonesian.
    NoEngine,
    /// More than this many.
    TooMany(usize),
    /// The engine made nothing of them.
    Illegible,
}

/// Below this the engine only guesses, in percent.
const GUESSED: f32 = 30.0;

impl Scanned {
    /// Whether the engine read words and not noise.
    #[must_use]
    pub fn legible(&self) -> bool {
        !self.words.is_empty() && self.sure >= GUESSED
    }
}

/// Reads scanned pages of one document.
pub struct Scanner<'a> {
    pdf: &'a Pdf,
    engine: Engine,
    cache: RenderCache<'a>,
}

impl<'a> Scanner<'a> {
    /// For this document, with this engine.
    #[must_use]
    pub fn new(pdf: &'a Pdf, engine: Engine) -> Self {
        Self { pdf, engine, cache: RenderCache::new() }
    }

    /// Reads one page, counted from zero, and makes sense of it; `None` where the engine fails or reads nothing but noise.
    #[must_use]
    pub fn page(&self, number: usize) -> Option<Page> {
        let Scanned { turn, words, edges, picture, scale, .. } = self.read(number).filter(Scanned::legible)?;
        let mut page = choose::scanned(words, edges, turn);
        second::look(&mut page, &picture, scale, &self.engine);
        Some(Page { trouble: Some(Trouble::Recognised), ..page })
    }

    /// Reads one page, counted from zero; `None` where there is no such page or the engine fails.
    fn read(&self, number: usize) -> Option<Scanned> {
        let page = self.pdf.pages().get(number)?;
        let size = page.render_dimensions();
        let coarse = Picture::of(&draw(page, &self.cache, &Pose::at(COARSE, size)));
        let skew = skew::skew(&coarse);
        let mut best: Option<Scanned> = None;
        for quarters in if skew.turned { [3, 1, 0, 2] } else { [0, 3, 1, 2] } {
            let angle = if quarters % 2 == 0 { skew.level } else { skew.upright };
            let tried = self.laid(number, Pose { quarters, angle: -angle, ..Pose::at(DPI, size) })?;
            let enough = tried.sure >= DOUBTFUL || tried.words.is_empty();
            if best.as_ref().is_none_or(|b| tried.sure > b.sure) {
                best = Some(tried);
            }
            if enough {
                break;
            }
        }
        best
    }

    /// Reads a page laid in one way.
    fn laid(&self, number: usize, pose: Pose) -> Option<Scanned> {
        let page = self.pdf.pages().get(number)?;
        let mut picture = Picture::of(&draw(page, &self.cache, &pose));
        let rules: Vec<Rule> = rulings::take(&mut picture, pose.scale);
        dust::wipe(&mut picture, pose.scale);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a resolution")]
        let dpi = (pose.scale * 72.0).round() as u32;
        let seen: Vec<Seen> = self.engine.read(&picture, dpi)?;
        let (width, height) = page.render_dimensions();
        // A page laid by so many quarters has its writing turned by the rest of a whole turn.
        let turn = Turn { quarters: (4 - pose.quarters) % 4, width, height, larger: 1.0 };
        #[expect(clippy::cast_possible_truncation, reason = "a scale")]
        let scale = pose.scale as f32;
        let words = reading::words(&seen, scale);
        Some(Scanned { turn, words, edges: Edges::new(rules), sure: reading::sure(&seen), picture, scale })
    }
}
