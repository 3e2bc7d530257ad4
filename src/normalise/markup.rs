//! What is left of markup in texts: HTML tags and references, Markdown's signs. Tags that begin a line become line breaks.

use std::borrow::Cow;

/// Tags that stand within a line.
const INLINE: [&str; 12] = ["b", "strong", "i", "em", "u", "s", "span", "font", "sup", "sub", "a", "small"];
/// Tags that begin a new line.
const BLOCKS: [&str; 22] = [
    "p", "br", "div", "ol", "ul", "li", "table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "center", "section", "article",
];
const REFERENCES: [(&str, &str); 6] =
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

/// The text without markup. A `<` that begins no known tag stays; lines are trimmed and blank ones left out only where tags were.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&', '*', '#']) {
        return Cow::Borrowed(text);
    }
    let mut out = untagged(text).into_owned();
    if let Some(title) = heading(&out) {
        out = title.to_owned();
    }
    Cow::Owned(out.replace("**", ""))
}

/// Markdown's `## Title` → `Title`.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start().trim_start_matches('#');
    let signs = line.trim_start().len() - rest.len();
    ((1..=6).contains(&signs) && rest.starts_with(' ')).then(|| rest.trim())
}

/// The text without tags and references; signs of Markdown, which may be meant, stay.
#[must_use]
pub fn untagged(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut out = without_tags(text);
    for (reference, sign) in REFERENCES {
        if out.contains(reference) {
            out = out.replace(reference, sign);
        }
    }
    Cow::Owned(out)
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut blocks = false;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        if let Some((length, block)) = tag(&rest[open..]) {
            if block {
                out.push('\n');
                blocks = true;
            }
            rest = &rest[open + length..];
        } else {
            out.push('<');
            rest = &rest[open + 1..];
        }
    }
    out.push_str(rest);
    if !blocks {
        return out;
    }
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

/// The length of the known tag that a text begins with, and whether it begins a line.
fn tag(text: &str) -> Option<(usize, bool)> {
    let inside = text[1..].split_once('>')?.0;
    let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let after = inside.trim_start_matches('/').get(name.len()..)?;
    if !(after.is_empty() || after.starts_with([' ', '/'])) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let block = BLOCKS.contains(&name.as_str());
    (block || INLINE.contains(&name.as_str())).then_some((inside.len() + 2, block))
}

/// The fields of a row of a Markdown table (`| a | b |`), none for the row of dashes below its head; `None` for any other line.
#[must_use]
pub fn bars(line: &str) -> Option<Vec<String>> {
    let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let dashes = row.chars().all(|c| matches!(c, '-' | ':' | '|') || c.is_whitespace()) && row.contains('-');
    if dashes {
        return Some(Vec::new());
    }
    let held = row.replace("\\|", "\u{1}");
    Some(held.split('|').map(|field| field.trim().replace('\u{1}', "|")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_their_lines_stay() {
        for (text, expected) in [
            ("<b>NO</b>", "NO"),
            ("**TAHUN 2025**", "TAHUN 2025"),
            ("# Indikator Kinerja Utama", "Indikator Kinerja Utama"),
            ("<ol style=\"list-style-type: none\"> 1. Surat <li>2. Arsip", "1. Surat\n2. Arsip"),
            ("<p>9. Menyiapkan;</p> <p>10. Melapor.</p>", "9. Menyiapkan;\n10. Melapor."),
            ("Bagian Umum &amp; Logistik", "Bagian Umum & Logistik"),
            ("waktu <5 menit, nilai > 80", "waktu <5 menit, nilai > 80"),
            ("<Operator> #1 *", "<Operator> #1 *"),
            ("a<br/>b<BR>c", "a\nb\nc"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn bars_part_the_rows_of_markdown() {
        assert_eq!(bars("| No | Uraian a\\|b |  |"), Some(vec!["No".into(), "Uraian a|b".into(), String::new()]));
        assert_eq!(bars("|---|:--:|"), Some(vec![]));
        assert_eq!(bars("L | P | Jumlah"), None);
    }
}
