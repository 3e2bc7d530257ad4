//! Bytes → an opened PDF, and what is to be said about one that cannot be read.
//!
//! Two crates share the document layer. hayro-syntax opens a file, because the glyphs and lines are drawn by its interpreter, which
//! takes no other document; it follows damaged cross-reference tables by itself. lopdf is the second opinion on the structure of a file
//! it cannot follow: it loads more leniently and writes the objects anew. lopdf alone gives no positions of text, so that reading with
//! it would mean to write fonts, encodings and character maps again.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::page::{Page, Trouble};
use super::scan::Left;
use crate::model::{Finding, Findings};

const DAMAGED: &str = "PDF ini rusak atau terpotong dan tidak dapat dibaca. Minta berkas aslinya dikirim ulang.";
const LOCKED: &str = "PDF ini dikunci dengan kata sandi. Minta berkas tanpa kata sandi.";

/// Opens a PDF, mending what readers commonly mend.
pub fn open(findings: &mut Findings, bytes: &[u8]) -> Option<Pdf> {
    if cut_short(bytes) {
        findings.add(Finding::new("A01", DAMAGED));
        return None;
    }
    let code = match load(bytes.to_vec()).or_else(|e| mend(bytes, e)) {
        Ok(pdf) if !pdf.pages().is_empty() => return Some(pdf),
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => ("A02", LOCKED),
        _ => ("A01", DAMAGED),
    };
    findings.add(Finding::new(code.0, code.1));
    None
}

/// A file whose end is missing has lost pages or what points to them, however much of it can still be found.
fn cut_short(bytes: &[u8]) -> bool {
    // What mail and transfer fill up the end with says nothing.
    let end = bytes.iter().rposition(|b| !matches!(b, 0 | b'\t' | b'\n' | b'\r' | b' ' | 0x1A)).map_or(0, |i| i + 1);
    let tail = &bytes[end.saturating_sub(4096)..end];
    let has = |mark: &[u8]| tail.windows(mark.len()).any(|w| w == mark);
    !has(b"%%EOF") && !has(b"startxref")
}

fn load(bytes: Vec<u8>) -> Result<Pdf, LoadPdfError> {
    catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes))).unwrap_or(Err(LoadPdfError::Invalid))
}

/// Second try for files whose structure the first reader cannot follow: a more lenient one writes them anew.
fn mend(bytes: &[u8], first: LoadPdfError) -> Result<Pdf, LoadPdfError> {
    if matches!(first, LoadPdfError::Decryption(_)) {
        return Err(first);
    }
    let mended = catch_unwind(AssertUnwindSafe(|| {
        let mut document = lopdf::Document::load_mem(bytes).ok()?;
        let mut out = Vec::new();
        document.save_to(&mut out).ok()?;
        Some(out)
    }));
    mended.ok().flatten().map_or(Err(first), load)
}

/// Findings about pages: unreadable ones, drawings beyond the limit, scans.
pub fn judge_pages(findings: &mut Findings, pages: &[Page], left: Left) {
    let of = |wanted: fn(&Page) -> bool| -> Vec<usize> {
        pages.iter().enumerate().filter(|(_, p)| wanted(p)).map(|(i, _)| i + 1).collect()
    };
    let broken = of(|p| p.trouble == Some(Trouble::Broken));
    if !broken.is_empty() {
        let text = format!("Isi {} rusak dan tidak dapat dibaca. Minta berkas aslinya dikirim ulang.", named(&broken));
        findings.add(Finding::new("A01", text).found(named(&broken)));
    }
    let endless = of(|p| p.trouble == Some(Trouble::TooMuch));
    if !endless.is_empty() {
        let text = format!("Isi {} terlalu rumit (gambar vektor yang sangat besar) dan tidak dibaca.", named(&endless));
        findings.add(Finding::new("A11", text).found(named(&endless)));
    }
    let scans = of(|p| p.trouble == Some(Trouble::NoText));
    if !scans.is_empty() {
        findings.add(Finding::new("A06", unread(&scans, left)).found(named(&scans)));
    }
    let read = of(|p| p.trouble == Some(Trouble::Recognised));
    if !read.is_empty() {
        let text = format!("{} hasil pindai dan dibaca dengan OCR (tesseract). {DOUBT}", capital(&named(&read)));
        findings.add(Finding::new("A06", text).found(named(&read)).mild());
    }
    let layered = of(|p| p.trouble == Some(Trouble::HiddenText));
    if !layered.is_empty() {
        let text = format!("{} hasil pindai; teksnya berasal dari OCR pembuat berkas. {DOUBT}", capital(&named(&layered)));
        findings.add(Finding::new("A06", text).found(named(&layered)).mild());
    }
}

const DOUBT: &str = "Angka yang tidak dipastikan oleh hitungan tabelnya ditandai satu per satu; cocokkan dengan naskah asli.";

/// What is said of scanned pages that were not read, with the remedy.
fn unread(scans: &[usize], left: Left) -> String {
    let ask = "Minta berkas aslinya (Excel, Word, atau PDF hasil cetak langsung dari aplikasi)";
    let why = match left {
        Left::NotAsked => format!("sehingga angkanya tidak terbaca. {ask}."),
        Left::NoEngine => format!(
            "sehingga angkanya tidak terbaca. {ask}, atau pasang tesseract beserta data bahasa Indonesia (tesseract-ocr-ind) supaya dibaca dengan OCR."
        ),
        Left::TooMany(most) => {
            format!("dan melebihi {most} halaman yang dibaca dengan OCR (ocr_halaman di schemas/batas.toml). {ask}.")
        }
        Left::Illegible => format!("dan tidak terbaca dengan OCR. {ask}, atau pindai ulang dengan jelas (300 dpi, lurus)."),
    };
    format!("{} berupa gambar (hasil pindai) tanpa teks yang dapat dipakai, {why}", capital(&named(scans)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// `halaman 1, 3-5`.
fn named(pages: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut i = 0;
    while i < pages.len() {
        let start = i;
        while i + 1 < pages.len() && pages[i + 1] == pages[i] + 1 {
            i += 1;
        }
        parts.push(if start == i { pages[i].to_string() } else { format!("{}-{}", pages[start], pages[i]) });
        i += 1;
    }
    format!("halaman {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_behind_the_end_is_no_damage() {
        let padded = [&b"%PDF-1.4 startxref 9 %%EOF"[..], &[0; 9000]].concat();
        assert!(!cut_short(&padded) && cut_short(&padded[..12]) && cut_short(&[0; 9000]));
    }

    #[test]
    fn pages_are_named_in_ranges() {
        assert_eq!(named(&[1, 3, 4, 5, 9]), "halaman 1, 3-5, 9");
    }
}
