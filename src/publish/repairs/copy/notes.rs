//! Comments at the cells, beside those that the sender wrote: theirs stay, ours from the time before are replaced.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::sheet::address;
use super::tags::{Edits, Form, Tag, escaped, tags, unescaped};
use crate::model::origin::letters;

/// Who writes our comments.
const AUTHOR: &str = "rekap";

/// How each of them begins, so that it is known when the workbook comes back.
const MARK: &str = "[rekap]";

/// What replaces a comment of ours whose cell is no longer at fault.
const DONE: &str = "[rekap] Butir perbaikan pada sel ini sudah selesai.";

/// Namespace of sheets and comments.
pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Comments by cell.
pub type Notes = BTreeMap<(u32, u16), String>;

/// Comments part and what it needs besides.
#[derive(Debug, PartialEq, Eq)]
pub struct Noted {
    /// The part.
    pub text: String,
    /// Cells that had no comment and need a shape in the drawing.
    pub fresh: Vec<(u32, u16)>,
    /// Cells with a comment of ours from the time before that are no longer at fault.
    pub done: Vec<(u32, u16)>,
}

/// A comments part with our comments; `old` is the sheet's own. `None` where that cannot be read.
pub fn comments(old: Option<&str>, notes: &Notes) -> Option<Noted> {
    let Some(old) = old else {
        let list: String = notes.iter().map(|(&at, text)| comment("", at, 0, text)).collect();
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\"><authors><author>{AUTHOR}</author></authors><commentList>{list}</commentList></comments>"
        );
        return Some(Noted { text, fresh: notes.keys().copied().collect(), done: Vec::new() });
    };
    added(old, notes)
}

fn added(old: &str, notes: &Notes) -> Option<Noted> {
    let all = tags(old)?;
    let p = all.first()?.prefix();
    let authors = all.iter().filter(|t| t.local == "author" && t.form != Form::Closes).count();
    let authors_end = all.iter().find(|t| t.local == "authors" && t.form == Form::Closes)?.at.start;
    let list_end = all.iter().find(|t| t.local == "commentList" && t.form == Form::Closes)?.at.start;
    let mut edits = Edits::default();
    let mut left = notes.clone();
    let mut done = Vec::new();
    let mut cell = None;
    let mut text: Option<&Tag<'_>> = None;
    for tag in &all {
        match (tag.local, tag.form) {
            ("comment", Form::Opens) => cell = tag.attribute("ref").and_then(address),
            ("text", Form::Opens) => text = Some(tag),
            ("text", Form::Closes) => {
                let (Some(at), Some(open)) = (cell.take(), text.take()) else { continue };
                let own = words(old.get(open.at.end..tag.at.start)?).starts_with(MARK);
                match (left.remove(&at), own) {
                    (Some(new), true) => edits.replace(open.at.end..tag.at.start, run(p, &format!("{MARK} {new}"))),
                    (Some(new), false) => edits.insert(tag.at.start, run(p, &format!("\n\n{MARK} {new}"))),
                    (None, true) => {
                        edits.replace(open.at.end..tag.at.start, run(p, DONE));
                        done.push(at);
                    }
                    (None, false) => {}
                }
            }
            _ => {}
        }
    }
    edits.insert(authors_end, format!("<{p}author>{AUTHOR}</{p}author>"));
    edits.insert(list_end, left.iter().map(|(&at, text)| comment(p, at, authors, text)).collect::<String>());
    Some(Noted { text: edits.apply(old), fresh: left.into_keys().collect(), done })
}

/// The words between two tags, without the tags among them.
fn words(xml: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    unescaped(out.trim())
}

fn comment(p: &str, (row, col): (u32, u16), author: usize, text: &str) -> String {
    let text = run(p, &format!("{MARK} {text}"));
    format!("<{p}comment ref=\"{}{}\" authorId=\"{author}\"><{p}text>{text}</{p}text></{p}comment>", letters(col), row + 1)
}

fn run(p: &str, text: &str) -> String {
    format!("<{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>", escaped(text))
}

/// The drawing that holds the shapes of the comments; `old` is the sheet's own. `number` tells sheets apart. `None` where the old one
/// cannot be added to.
pub fn drawing(old: Option<&str>, cells: &[(u32, u16)], number: usize) -> Option<String> {
    let shapetype = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
        <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
    if let Some(old) = old {
        let declared = ["xmlns:v=", "xmlns:o=", "xmlns:x="].iter().all(|d| old.contains(d));
        let end = old.rfind("</xml>").filter(|_| declared)?;
        let first = highest_shape(old) + 1;
        let more = if old.contains("_x0000_t202\"") { "" } else { shapetype };
        return Some(format!("{}{more}{}{}", &old[..end], shapes(cells, first), &old[end..]));
    }
    // Every thousand of shape numbers belongs to one drawing; the senders' own begin at 1.
    let block = 500 + number;
    Some(format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
        <o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>{shapetype}{}</xml>",
        shapes(cells, block * 1024 + 1)
    ))
}

fn highest_shape(old: &str) -> usize {
    let numbers = old.match_indices("_x0000_s").filter_map(|(i, mark)| {
        let digits = &old[i + mark.len()..];
        digits[..digits.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
    });
    numbers.max().unwrap_or(1024)
}

fn shapes(cells: &[(u32, u16)], first: usize) -> String {
    let mut out = String::new();
    for (id, &(row, col)) in (first..).zip(cells) {
        let (left, right, top, bottom) = (col.saturating_add(1), col.saturating_add(5), row.saturating_sub(1), row + 7);
        let _ = write!(
            out,
            "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style='position:absolute;margin-left:80pt;margin-top:2pt;width:240pt;height:120pt;z-index:1;visibility:hidden' fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
            <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
            <v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>\
            <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor>\
            <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>"
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(all: &[((u32, u16), &str)]) -> Notes {
        all.iter().map(|&(at, text)| (at, text.to_owned())).collect()
    }

    #[test]
    fn the_senders_comments_stay_and_ours_are_replaced() {
        let old = "<comments><authors><author>Budi</author><author>rekap</author></authors><commentList>\
            <comment ref=\"B2\" authorId=\"0\"><text><t>dari PPK</t></text></comment>\
            <comment ref=\"C2\" authorId=\"1\"><text><r><t>[rekap] lama</t></r></text></comment>\
            <comment ref=\"D2\" authorId=\"1\"><text><r><t>[rekap] lama</t></r></text></comment></commentList></comments>";
        let noted = comments(Some(old), &notes(&[((1, 1), "satu"), ((1, 2), "dua"), ((4, 4), "tiga")])).unwrap();
        assert!(
            noted.text.contains("<t>dari PPK</t><r><t xml:space=\"preserve\">\n\n[rekap] satu</t></r></text>"),
            "{}",
            noted.text
        );
        assert!(noted.text.contains("ref=\"C2\" authorId=\"1\"><text><r><t xml:space=\"preserve\">[rekap] dua</t></r></text>"));
        assert!(noted.text.contains("<comment ref=\"E5\" authorId=\"2\">"), "{}", noted.text);
        assert_eq!((noted.fresh, noted.done), (vec![(4, 4)], vec![(1, 3)]));
    }

    #[test]
    fn a_sheet_without_comments_gets_a_part_and_a_drawing() {
        let noted = comments(None, &notes(&[((1, 1), "a < b")])).unwrap();
        assert!(
            noted.text.contains("<comment ref=\"B2\" authorId=\"0\"><text><r><t xml:space=\"preserve\">[rekap] a &lt; b</t>")
        );
        let drawing = drawing(None, &noted.fresh, 1).unwrap();
        assert!(tags(&drawing).is_some() && drawing.contains("<x:Row>1</x:Row><x:Column>1</x:Column>"));
    }

    #[test]
    fn shapes_are_added_behind_the_senders_own() {
        let old = "<xml xmlns:v=\"v\" xmlns:o=\"o\" xmlns:x=\"x\"><v:shapetype id=\"_x0000_t202\"/><v:shape id=\"_x0000_s2050\"/></xml>";
        let drawing = drawing(Some(old), &[(0, 0)], 1).unwrap();
        assert!(drawing.starts_with(&old[..old.len() - 6]) && drawing.contains("_x0000_s2051\""), "{drawing}");
        assert_eq!(super::drawing(Some("<xml/>"), &[(0, 0)], 1), None);
    }
}
