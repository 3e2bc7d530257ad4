//! The numbers that Word shows before paragraphs and does not store in them: counted as the lists of `numbering.xml` say.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::super::archive::Archive;
use super::super::trouble::{Read, Trouble};
use super::super::xml;

/// Levels a list can have.
const LEVELS: usize = 9;

/// What a paragraph says about its list.
#[derive(Debug, Default)]
pub(super) struct Listed {
    style: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
}

impl Listed {
    /// Takes in one property: `pStyle`, `numId` or `ilvl`.
    pub(super) fn learn(&mut self, name: &str, value: &str) {
        match name {
            "pStyle" => self.style = Some(value.to_owned()),
            "numId" => self.list = value.parse().ok(),
            _ => self.level = value.parse().ok(),
        }
    }
}

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: String::from("decimal"), text: String::new() }
    }
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels by abstract list.
    forms: BTreeMap<u32, [Level; LEVELS]>,
    /// Abstract list of each list, and the numbers at which it starts anew.
    lists: BTreeMap<u32, (u32, BTreeMap<usize, u32>)>,
    /// List and level of each paragraph style.
    styles: BTreeMap<String, (u32, usize)>,
    /// The last number of each level, by abstract list; zero before the first.
    counts: BTreeMap<u32, [u32; LEVELS]>,
    begun: Vec<u32>,
}

impl Numbering {
    /// Reads the lists and the styles that are lists; a document without them has none.
    pub(super) fn read(archive: &mut Archive<'_>) -> Read<Self> {
        let mut numbering = Self::default();
        if let Some(text) = archive.xml("word/numbering.xml")? {
            numbering.lists_of(&text)?;
        }
        if let Some(text) = archive.xml("word/styles.xml")? {
            numbering.styles_of(&text)?;
        }
        Ok(numbering)
    }

    fn lists_of(&mut self, text: &str) -> Read<()> {
        let mut reader = xml::reader(text);
        let (mut form, mut list, mut level) = (None, None, 0usize);
        loop {
            match reader.read_event().map_err(Trouble::xml("word/numbering.xml"))? {
                Event::Start(e) | Event::Empty(e) => {
                    let value = |name: &str| xml::attr(&e, name);
                    let number = |name: &str| value(name).and_then(|v| v.parse::<u32>().ok());
                    match e.local_name().as_ref() {
                        "abstractNum" => (form, list) = (number("abstractNumId"), None),
                        "num" => (list, form) = (number("numId"), None),
                        "abstractNumId" => {
                            if let (Some(list), Some(of)) = (list, number("val")) {
                                self.lists.entry(list).or_default().0 = of;
                            }
                        }
                        "lvl" | "lvlOverride" => {
                            level = number("ilvl").map_or(0, |l| l as usize).min(LEVELS - 1);
                        }
                        "startOverride" => {
                            if let (Some(list), Some(start)) = (list, number("val")) {
                                self.lists.entry(list).or_default().1.insert(level, start);
                            }
                        }
                        name => {
                            if let (Some(form), Some(value)) = (form, value("val")) {
                                self.forms.entry(form).or_default()[level].learn(name, &value);
                            }
                        }
                    }
                }
                Event::Eof => return Ok(()),
                _ => (),
            }
        }
    }

    fn styles_of(&mut self, text: &str) -> Read<()> {
        let mut reader = xml::reader(text);
        let (mut style, mut level) = (None, 0);
        loop {
            match reader.read_event().map_err(Trouble::xml("word/styles.xml"))? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "style" => (style, level) = (xml::attr(&e, "styleId").map(std::borrow::Cow::into_owned), 0),
                    "ilvl" => level = xml::attr(&e, "val").and_then(|v| v.parse().ok()).unwrap_or(0),
                    "numId" => {
                        if let (Some(style), Some(list)) = (&style, xml::attr(&e, "val").and_then(|v| v.parse().ok())) {
                            self.styles.insert(style.clone(), (list, level));
                        }
                    }
                    _ => (),
                },
                Event::Eof => return Ok(()),
                _ => (),
            }
        }
    }

    /// The number of the next paragraph with these properties, with the blank behind it; `None` for a paragraph of no list.
    pub(super) fn next(&mut self, listed: &Listed) -> Option<String> {
        let of_style = listed.style.as_ref().and_then(|s| self.styles.get(s)).copied();
        let list = listed.list.or(of_style.map(|s| s.0)).filter(|&list| list != 0)?;
        let level = listed.level.or(of_style.map(|s| s.1)).unwrap_or(0).min(LEVELS - 1);
        let (form, anew) = self.lists.get(&list)?;
        let levels = self.forms.get(form)?;
        let counts = self.counts.entry(*form).or_default();
        if !self.begun.contains(&list) {
            self.begun.push(list);
            for (&level, &start) in anew {
                counts[level] = start.saturating_sub(1);
            }
        }
        let before = levels[level].start.saturating_sub(1);
        counts[level] = counts[level].max(before) + 1;
        counts[level + 1..].fill(0);
        for (above, form) in counts.iter_mut().zip(levels).take(level) {
            *above = (*above).max(form.start);
        }
        let label = label(levels, counts, level);
        Some(label).filter(|l| !l.trim().is_empty())
    }
}

impl Level {
    fn learn(&mut self, name: &str, value: &str) {
        match name {
            "start" => self.start = value.parse().unwrap_or(1),
            "numFmt" => value.clone_into(&mut self.format),
            "lvlText" => value.clone_into(&mut self.text),
            _ => (),
        }
    }
}

/// `%1.%2)` with the numbers put in. Bullets are letters of fonts that nobody has: they become one sign.
fn label(levels: &[Level; LEVELS], counts: &[u32; LEVELS], level: usize) -> String {
    match levels[level].format.as_str() {
        "none" => return String::new(),
        "bullet" => return String::from("• "),
        _ => (),
    }
    let mut out = levels[level].text.clone();
    for (i, form) in levels.iter().enumerate() {
        out = out.replace(&format!("%{}", i + 1), &counted(counts[i], &form.format));
    }
    out.push(' ');
    out
}

/// A number in one of Word's ways of writing it.
fn counted(number: u32, format: &str) -> String {
    match format {
        "decimalZero" => format!("{number:02}"),
        "lowerLetter" => letters(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        _ => number.to_string(),
    }
}

/// A … Z, AA, BB …, as Word goes on after Z.
fn letters(number: u32) -> String {
    let Some(nth) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + u8::try_from(nth % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (nth / 26 + 1).min(20) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3_999);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="7">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
          <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
      </w:numbering>"#;

    fn next(numbering: &mut Numbering, list: u32, level: usize) -> String {
        numbering.next(&Listed { list: Some(list), level: Some(level), style: None }).unwrap_or_default()
    }

    #[test]
    fn lists_count_as_word_shows_them() {
        let mut n = Numbering::default();
        n.lists_of(LISTS).unwrap();
        let said: Vec<String> = [0, 0, 1, 1, 2, 0, 1].map(|level| next(&mut n, 1, level)).into();
        assert_eq!(said, ["1. ", "2. ", "2.a) ", "2.b) ", "• ", "3. ", "3.a) "]);
        assert_eq!([next(&mut n, 2, 0), next(&mut n, 2, 0)], ["1. ", "2. "], "a list that starts anew");
        assert_eq!(next(&mut n, 9, 0), "", "no such list");
    }

    #[test]
    fn a_style_can_be_a_list() {
        let mut n = Numbering::default();
        n.lists_of(LISTS).unwrap();
        let styles =
            r#"<w:styles><w:style w:styleId="Nomor"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
        n.styles_of(styles).unwrap();
        let nomor = || Listed { style: Some("Nomor".into()), ..Listed::default() };
        assert_eq!(n.next(&nomor()).as_deref(), Some("1. "));
        assert_eq!(n.next(&Listed { list: Some(0), ..nomor() }), None, "switched off for this paragraph");
        assert_eq!(n.next(&Listed::default()), None);
    }

    #[test]
    fn numbers_in_words_way() {
        assert_eq!([letters(1), letters(26), letters(28)], ["A", "Z", "BB"]);
        assert_eq!([roman(4), roman(14), roman(1990)], ["IV", "XIV", "MCMXC"]);
    }
}
