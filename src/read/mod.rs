//! Stage 2: bytes → [`Document`]. One file per format; none of them knows what a table means.
//!
//! What a file is, its content says; its name only decides between a table and running text, and is reported when it
//! misleads (A12). Whatever is wrong with a file becomes one finding; nothing here panics, and no figure is taken from a
//! damaged part.

mod archive;
mod delimited;
mod detect;
mod docx;
pub mod json;
pub mod pdf;
mod spreadsheet;
#[cfg(test)]
mod tests;
mod text;
mod trouble;
mod typed;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::model::document::Document;
use crate::model::finding::{Finding, Findings};
use crate::model::schema::Limits;
use crate::model::source::Format;
use detect::Content;
use trouble::{Read, Trouble};

/// Reads one file. `None` comes with the finding that says why: A01, A02, A06 or A11.
pub fn read(findings: &mut Findings, bytes: &[u8], name: &str, limits: &Limits) -> Option<Document> {
    let mut made = Findings::default();
    // A belt to the braces: the worker around this survives a panic too, but would lose the findings made so far.
    let outcome = catch_unwind(AssertUnwindSafe(|| by_content(&mut made, bytes, name, limits)));
    findings.0.append(&mut made.0);
    match outcome.unwrap_or_else(|_| Err(Trouble::Damaged("isinya tidak dapat diuraikan".to_owned()))) {
        Ok(document) => {
            if let Some(document) = &document {
                findings.0.extend(misleading(name, document.format));
            }
            document
        }
        Err(trouble) => {
            findings.add(trouble.finding());
            None
        }
    }
}

/// `Ok(None)` where the reader of PDF has made the finding itself.
fn by_content(findings: &mut Findings, bytes: &[u8], name: &str, limits: &Limits) -> Read<Option<Document>> {
    let size = bytes.len() as u64;
    if size > limits.file_mib << 20 {
        let (size, most) = (size.div_ceil(1 << 20), limits.file_mib);
        return Err(Trouble::TooLarge(format!("besarnya {size} MiB, paling banyak {most} MiB")));
    }
    match detect::content(bytes, limits)? {
        Content::Xlsx(archive) => spreadsheet::xlsx(archive),
        Content::Xlsb(archive) => spreadsheet::xlsb(archive, bytes),
        Content::Ods(archive) => spreadsheet::ods(archive),
        Content::Xls => spreadsheet::xls(bytes, limits),
        Content::Docx(archive) => docx::read(archive, stem(name)),
        Content::Pdf => return Ok(pdf::read(findings, bytes, limits)),
        Content::Text(content) => written(&content, name),
    }
    .map(Some)
}

/// Running text or a delimited table: a table where the name says so, or where any other name stands before one.
fn written(content: &str, name: &str) -> Read<Document> {
    match ending(name).as_str() {
        "csv" | "tsv" | "tab" => delimited::read(content, stem(name)),
        "txt" | "text" | "md" => Ok(text::read(content, stem(name))),
        _ if delimited::is_table(content) => delimited::read(content, stem(name)),
        "" => Ok(text::read(content, stem(name))),
        _ => Err(Trouble::Damaged("isinya teks biasa, bukan dokumen seperti nama berkasnya".to_owned())),
    }
}

/// A12 where the ending promises another format.
fn misleading(name: &str, format: Format) -> Option<Finding> {
    let fitting: &[&str] = match format {
        Format::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
        Format::Xls => &["xls", "xlt"],
        Format::Csv => &["csv", "tsv", "tab"],
        Format::Txt => &["txt", "text", "md"],
        Format::Xlsb => &["xlsb"],
        Format::Ods => &["ods"],
        Format::Pdf => &["pdf"],
        Format::Docx => &["docx", "docm"],
        Format::Unknown => return None,
    };
    let ending = ending(name);
    if fitting.contains(&ending.as_str()) {
        return None;
    }
    let (is, was) = (format.as_str(), if ending.is_empty() { String::new() } else { format!(".{ending}") });
    let said = if was.is_empty() { "tanpa akhiran".to_owned() } else { format!("berakhiran {was}") };
    let message = format!(
        "Nama berkas {said}, padahal isinya {is}. Isinya tetap dibaca; beri akhiran .{} agar tidak keliru dibuka.",
        fitting[0]
    );
    Some(Finding::new("A12", message).found(was).expected(is))
}

/// The ending of a file name in small letters, without its dot.
fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

/// The file name without folders and ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem })
}
