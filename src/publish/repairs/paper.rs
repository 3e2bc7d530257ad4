//! A copy of the sender's own PDF with the places at fault framed. The frames are appended to the file as annotations: the bytes that were
//! sent are the beginning of the copy, so its pages, fonts and signatures stay what they were. The frames have no drawing of their own;
//! every viewer draws them, and whoever reads the figures of the copy does not see them.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, dictionary, text_string};

use crate::model::origin::Place;
use crate::model::{Places, Span};

/// Larger files are not copied: a list must do.
const LARGEST: usize = 64 << 20;
/// Most frames of one file.
const MOST: usize = 2_000;
/// Levels of the page tree through which a page may inherit its size.
const DEPTH: usize = 32;
/// Points between a cell and its frame, and its width.
const AROUND: f32 = 1.5;

/// A place to be framed.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Its page, from 1.
    pub page: u16,
    /// Its box on the page as shown: points, origin top left.
    pub area: [f32; 4],
    /// It is blamed; otherwise it is one that does not fit.
    pub blamed: bool,
    /// What is said of it.
    pub says: String,
}

/// The frames around an area: one for each page that it touches.
pub fn around(places: &Places, span: Span) -> Vec<(u16, [f32; 4])> {
    let Some(Place::Paper { boxes }) = places.0.get(usize::from(span.from.grid)) else { return Vec::new() };
    let start = boxes.partition_point(|b| b.0 < span.from.row);
    let inside = boxes.get(start..).unwrap_or_default().iter().take_while(|b| b.0 <= span.to.row);
    let mut pages: BTreeMap<u16, [f32; 4]> = BTreeMap::new();
    for &(_, _, page, b) in inside.filter(|b| (span.from.col..=span.to.col).contains(&b.1)) {
        let a = pages.entry(page).or_insert(b);
        *a = [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    }
    pages.into_iter().collect()
}

/// The copy; `None` where the file is built in a way that nobody can append to, and a list must do.
pub fn copy(bytes: &[u8], frames: &[Frame]) -> Option<Vec<u8>> {
    if frames.is_empty() || bytes.len() > LARGEST {
        return None;
    }
    catch_unwind(AssertUnwindSafe(|| framed(bytes, frames))).ok().flatten()
}

fn framed(bytes: &[u8], frames: &[Frame]) -> Option<Vec<u8>> {
    let sent = Document::load_mem(bytes).ok()?;
    if sent.trailer.has(b"Encrypt") || sent.encryption_state.is_some() {
        return None;
    }
    let pages = sent.get_pages();
    let mut copy = IncrementalDocument::create_from(bytes.to_vec(), sent);
    let mut by_page: BTreeMap<u16, Vec<&Frame>> = BTreeMap::new();
    frames.iter().take(MOST).for_each(|frame| by_page.entry(frame.page).or_default().push(frame));
    for (number, frames) in by_page {
        let page = *pages.get(&u32::from(number))?;
        let shown = Shown::of(copy.get_prev_documents(), page)?;
        let notes: Vec<Object> = frames.iter().map(|f| copy.new_document.add_object(note(f, &shown)).into()).collect();
        append(&mut copy, page, notes)?;
    }
    let mut out = Vec::with_capacity(bytes.len() + frames.len() * 512);
    copy.save_to(&mut out).ok()?;
    // A file whose offsets are not what they say could be read before and not after.
    let readable = Document::load_mem(&out).is_ok_and(|again| again.get_pages().len() == pages.len());
    (readable && out.starts_with(bytes)).then_some(out)
}

/// Adds annotations to those of a page.
fn append(copy: &mut IncrementalDocument, page: ObjectId, notes: Vec<Object>) -> Option<()> {
    let sent = copy.get_prev_documents();
    let old = sent.get_dictionary(page).ok()?.get(b"Annots").ok();
    let mut all = match old {
        Some(Object::Array(own)) => own.clone(),
        Some(Object::Reference(id)) => sent.get_object(*id).and_then(Object::as_array).ok()?.clone(),
        _ => Vec::new(),
    };
    all.extend(notes);
    copy.opt_clone_object_to_new_document(page).ok()?;
    copy.new_document.get_dictionary_mut(page).ok()?.set("Annots", Object::Array(all));
    Some(())
}

/// A frame as an annotation that is also printed.
fn note(frame: &Frame, shown: &Shown) -> Dictionary {
    let colour: [f32; 3] = if frame.blamed { [0.85, 0.0, 0.0] } else { [0.9, 0.55, 0.0] };
    let reals = |all: &[f32]| Object::Array(all.iter().map(|&n| Object::Real(n)).collect());
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Square",
        "Rect" => reals(&shown.user(frame.area)),
        "C" => reals(&colour),
        "BS" => dictionary! { "W" => Object::Real(AROUND), "S" => "S" },
        "F" => 4,
        "T" => text_string("rekap"),
        "Contents" => text_string(&frame.says),
    }
}

/// How a page is shown: the part of it, and by how many quarters it is turned clockwise.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    part: [f32; 4],
    quarters: u8,
}

impl Shown {
    fn of(document: &Document, page: ObjectId) -> Option<Self> {
        let media = rectangle(document, &inherited(document, page, b"MediaBox")?)?;
        let crop = inherited(document, page, b"CropBox").and_then(|c| rectangle(document, &c)).unwrap_or(media);
        let part = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
        let turned = inherited(document, page, b"Rotate").and_then(|r| r.as_float().ok()).unwrap_or(0.0);
        let turned = (turned / 90.0).round().rem_euclid(4.0);
        let quarters = (0..4_u8).find(|&q| (f32::from(q) - turned).abs() < 0.5)?;
        (part[0] < part[2] && part[1] < part[3]).then_some(Self { part, quarters })
    }

    /// A box of the page as shown, with room around it, where the file counts from.
    fn user(&self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        let [left, bottom, right, top] = self.part;
        let point = |x: f32, y: f32| match self.quarters {
            0 => (left + x, top - y),
            1 => (left + y, bottom + x),
            2 => (right - x, bottom + y),
            _ => (right - y, top - x),
        };
        let (a, b) = (point(x0 - AROUND, y0 - AROUND), point(x1 + AROUND, y1 + AROUND));
        [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]
    }
}

/// An attribute of a page, or of the part of the page tree that it hangs in.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEPTH {
        if let Ok(value) = node.get(key) {
            return document.dereference(value).ok().map(|(_, value)| value.clone());
        }
        node = document.get_dictionary(node.get(b"Parent").and_then(Object::as_reference).ok()?).ok()?;
    }
    None
}

/// Left, bottom, right, top, whichever corners the file names.
fn rectangle(document: &Document, value: &Object) -> Option<[f32; 4]> {
    let numbers = value.as_array().ok()?.iter().map(|n| document.dereference(n).ok()?.1.as_float().ok());
    let [a, b, c, d] = <[f32; 4]>::try_from(numbers.collect::<Option<Vec<f32>>>()?).ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Findings, Origin};

    const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/pdf/");

    fn sent(name: &str) -> Vec<u8> {
        std::fs::read(format!("{FILES}{name}")).unwrap()
    }

    fn frame(page: u16, area: [f32; 4]) -> Frame {
        Frame { page, area, blamed: true, says: "No 1, D02: jumlah – keliru".into() }
    }

    #[test]
    fn the_copy_begins_with_what_was_sent_and_reads_the_same() {
        let schemas = crate::schemas::builtin().unwrap();
        let read = |bytes: &[u8]| crate::read::read(&mut Findings::default(), bytes, "a.pdf", &schemas.limits).unwrap();
        for name in
            ["libreoffice-bergaris.pdf", "chromium-latar-selang.pdf", "reportlab-terputar.pdf", "ghostscript-dua-halaman.pdf"]
        {
            let sent = sent(name);
            let copy = copy(&sent, &[frame(1, [100.0, 90.0, 200.0, 110.0]), frame(1, [10.0, 10.0, 20.0, 20.0])]).unwrap();
            assert!(copy.starts_with(&sent), "{name}");
            let document = Document::load_mem(&copy).unwrap();
            let page = document.get_pages()[&1];
            let notes = document.get_page_annotations(page).unwrap();
            let squares =
                notes.iter().filter(|n| n.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Square")).count();
            assert_eq!(squares, 2, "{name}");
            assert_eq!(read(&copy).grids, read(&sent).grids, "{name}: the frames are not read as lines of the table");
        }
    }

    #[test]
    fn frames_stand_around_what_is_shown_however_the_page_is_turned() {
        let shown = |quarters| Shown { part: [10.0, 20.0, 110.0, 220.0], quarters };
        // The corner that is shown at the top left, one point in and two down.
        let corner = |quarters| shown(quarters).user([1.0 + AROUND, 2.0 + AROUND, 1.0 + AROUND, 2.0 + AROUND]);
        assert_eq!(corner(0), [11.0, 218.0 - 2.0 * AROUND, 11.0 + 2.0 * AROUND, 218.0]);
        assert_eq!(corner(1), [12.0, 21.0, 12.0 + 2.0 * AROUND, 21.0 + 2.0 * AROUND]);
        assert_eq!(corner(2), [109.0 - 2.0 * AROUND, 22.0, 109.0, 22.0 + 2.0 * AROUND]);
        assert_eq!(corner(3), [108.0 - 2.0 * AROUND, 219.0 - 2.0 * AROUND, 108.0, 219.0]);
    }

    #[test]
    fn an_area_over_two_pages_has_two_frames() {
        let boxes = vec![(0, 0, 1, [5.0, 5.0, 9.0, 9.0]), (0, 1, 1, [9.0, 4.0, 20.0, 9.0]), (1, 0, 2, [5.0, 5.0, 9.0, 9.0])];
        let places = Places(vec![Place::Paper { boxes }]);
        let span = Span::new(Origin::new(0, 0, 0), Origin::new(0, 1, 1));
        assert_eq!(around(&places, span), [(1, [5.0, 4.0, 20.0, 9.0]), (2, [5.0, 5.0, 9.0, 9.0])]);
        assert!(around(&places, Span::from(Origin::new(3, 0, 0))).is_empty());
    }

    #[test]
    fn what_cannot_be_appended_to_is_not_copied() {
        assert_eq!(copy(b"%PDF-1.4 nothing", &[frame(1, [0.0; 4])]), None);
        assert_eq!(copy(&sent("sandi.pdf"), &[frame(1, [0.0; 4])]), None, "locked");
        assert_eq!(copy(&sent("libreoffice-bergaris.pdf"), &[frame(99, [0.0; 4])]), None, "no such page");
        assert_eq!(copy(&sent("libreoffice-bergaris.pdf"), &[]), None);
    }
}
