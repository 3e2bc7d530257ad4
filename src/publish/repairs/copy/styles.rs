//! The styles of a workbook with a few more at the end: all that were there keep their numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tags::{Edits, Form, Tag, tags, with};

/// How a cell is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fill {
    /// Mended since the list before.
    Done,
    /// Does not fit with others.
    Misfit,
    /// Blamed.
    Blamed,
}

impl Fill {
    pub(super) const fn colour(self) -> &'static str {
        match self {
            Self::Done => "FFC6EFCE",
            Self::Misfit => "FFFFF2A8",
            Self::Blamed => "FFFFB266",
        }
    }
}

/// What a workbook has that its program gave no styles.
pub const FIRST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>";

/// Looks of the list of repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Its title.
    Title,
    /// A sentence below it.
    Line,
    /// A column head.
    Head,
    /// A cell of the list.
    Cell,
    /// A number of the list.
    Number,
    /// A link in the list.
    Link,
    /// Where the answer goes.
    Answer,
}

/// One of the lists inside the part.
#[derive(Debug)]
struct Section {
    open: Range<usize>,
    end: usize,
    count: usize,
    more: Vec<String>,
}

impl Section {
    /// Adds an element; its number.
    fn add(&mut self, element: String) -> usize {
        self.more.push(element);
        self.count + self.more.len() - 1
    }
}

/// The part being extended.
#[derive(Debug)]
pub struct Styles<'a> {
    text: &'a str,
    prefix: &'a str,
    fonts: Section,
    fills: Section,
    borders: Section,
    formats: Section,
    /// Raw text of each cell format.
    originals: Vec<&'a str>,
    marked: BTreeMap<(usize, Fill), usize>,
    looks: BTreeMap<Look, usize>,
    colours: BTreeMap<Fill, usize>,
}

impl<'a> Styles<'a> {
    /// Reads the part; `None` where it lacks one of the lists.
    pub fn read(text: &'a str) -> Option<Self> {
        let tags = tags(text)?;
        let section = |name: &str| section(&tags, name).map(|(section, _)| section);
        let (formats, originals) = section_with_elements(&tags, "cellXfs", text)?;
        Some(Self {
            text,
            prefix: tags.first()?.prefix(),
            fonts: section("fonts")?,
            fills: section("fills")?,
            borders: section("borders")?,
            formats,
            originals,
            marked: BTreeMap::new(),
            looks: BTreeMap::new(),
            colours: BTreeMap::new(),
        })
    }

    /// The format of a cell as it is, but filled.
    pub fn marked(&mut self, format: usize, fill: Fill) -> usize {
        if let Some(&known) = self.marked.get(&(format, fill)) {
            return known;
        }
        let colour = self.colour(fill);
        let plain = format!("<{}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>", self.prefix);
        let original = self.originals.get(format).copied().unwrap_or(&plain);
        let end = original.find('>').map_or(original.len(), |i| i + 1);
        let open = with(&with(&original[..end], "fillId", &colour.to_string()), "applyFill", "1");
        let number = self.formats.add(format!("{open}{}", &original[end..]));
        self.marked.insert((format, fill), number);
        number
    }

    fn colour(&mut self, fill: Fill) -> usize {
        let p = self.prefix;
        let element = || {
            let colour = fill.colour();
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )
        };
        let fills = &mut self.fills;
        *self.colours.entry(fill).or_insert_with(|| fills.add(element()))
    }

    /// A format of the list of repairs.
    pub fn look(&mut self, look: Look) -> usize {
        if let Some(&known) = self.looks.get(&look) {
            return known;
        }
        let p = self.prefix;
        let font = match look {
            Look::Title => self.fonts.add(format!("<{p}font><{p}b/><{p}sz val=\"14\"/><{p}name val=\"Calibri\"/></{p}font>")),
            Look::Head => self.fonts.add(format!("<{p}font><{p}b/><{p}sz val=\"11\"/><{p}name val=\"Calibri\"/></{p}font>")),
            Look::Link => self.fonts.add(format!(
                "<{p}font><{p}u/><{p}sz val=\"11\"/><{p}color rgb=\"FF0563C1\"/><{p}name val=\"Calibri\"/></{p}font>"
            )),
            Look::Line | Look::Cell | Look::Number | Look::Answer => {
                self.fonts.add(format!("<{p}font><{p}sz val=\"11\"/><{p}name val=\"Calibri\"/></{p}font>"))
            }
        };
        let fill = match look {
            Look::Head => self.colour(Fill::Misfit),
            Look::Answer => self.colour(Fill::Done),
            _ => 0,
        };
        let in_the_list = !matches!(look, Look::Title | Look::Line);
        let border = if in_the_list { self.border() } else { 0 };
        let wrap = if in_the_list { " wrapText=\"1\"" } else { "" };
        // 3 is the built-in format with thousands marks.
        let digits = if look == Look::Number { 3 } else { 0 };
        let number = self.formats.add(format!(
            "<{p}xf numFmtId=\"{digits}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment vertical=\"top\"{wrap}/></{p}xf>"
        ));
        self.looks.insert(look, number);
        number
    }

    fn border(&mut self) -> usize {
        if !self.borders.more.is_empty() {
            return self.borders.count;
        }
        let p = self.prefix;
        let side = |name: &str| format!("<{p}{name} style=\"thin\"><{p}color rgb=\"FFBFBFBF\"/></{p}{name}>");
        let sides: String = ["left", "right", "top", "bottom"].map(side).concat();
        self.borders.add(format!("<{p}border>{sides}<{p}diagonal/></{p}border>"))
    }

    /// The extended part.
    pub fn finish(self) -> String {
        let mut edits = Edits::default();
        for section in [&self.fonts, &self.fills, &self.borders, &self.formats] {
            if !section.more.is_empty() {
                let count = (section.count + section.more.len()).to_string();
                edits.replace(section.open.clone(), with(&self.text[section.open.clone()], "count", &count));
                edits.insert(section.end, section.more.concat());
            }
        }
        edits.apply(self.text)
    }
}

fn section(tags: &[Tag<'_>], name: &str) -> Option<(Section, Vec<Range<usize>>)> {
    let start = tags.iter().position(|t| t.local == name && t.form == Form::Opens)?;
    let mut elements: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_u32;
    for tag in &tags[start + 1..] {
        match tag.form {
            Form::Opens if depth == 0 => elements.push(tag.at.clone()),
            Form::Empty if depth == 0 => elements.push(tag.at.clone()),
            Form::Closes if depth == 0 => {
                let section =
                    Section { open: tags[start].at.clone(), end: tag.at.start, count: elements.len(), more: Vec::new() };
                return Some((section, elements));
            }
            Form::Closes if depth == 1 => {
                if let Some(last) = elements.last_mut() {
                    last.end = tag.at.end;
                }
            }
            _ => {}
        }
        match tag.form {
            Form::Opens => depth += 1,
            Form::Closes => depth -= 1,
            Form::Empty => {}
        }
    }
    None
}

fn section_with_elements<'a>(tags: &[Tag<'a>], name: &str, text: &'a str) -> Option<(Section, Vec<&'a str>)> {
    let (section, elements) = section(tags, name)?;
    Some((section, elements.into_iter().map(|at| &text[at]).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<styleSheet><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"2\"><fill/><fill/></fills>\
        <borders count=\"1\"><border/></borders><cellXfs count=\"2\"><xf fontId=\"0\"/><xf fontId=\"3\" fillId=\"1\">\
        <alignment wrapText=\"1\"/></xf></cellXfs></styleSheet>";

    #[test]
    fn formats_keep_their_numbers_and_all_but_their_fill() {
        let mut styles = Styles::read(TEXT).unwrap();
        assert_eq!((styles.marked(1, Fill::Blamed), styles.marked(1, Fill::Blamed), styles.marked(0, Fill::Misfit)), (2, 2, 3));
        let text = styles.finish();
        assert!(text.contains("<fills count=\"4\"><fill/><fill/><fill>") && text.contains("<cellXfs count=\"4\">"), "{text}");
        assert!(text.contains("<xf fontId=\"3\" fillId=\"2\" applyFill=\"1\"><alignment wrapText=\"1\"/></xf>"), "{text}");
        assert!(text.contains("<xf fontId=\"0\" fillId=\"3\" applyFill=\"1\"/></cellXfs>"), "{text}");
        assert!(text.contains("<fonts count=\"1\">"), "nothing is added that nobody uses");
    }
}
