//! A scanner for the XML of sheets, whose millions of short tags decide how long a run takes. It does for them what a general
//! XML reader does at three times the cost: finds tags, their attributes and the text before them, and copies nothing.

use std::borrow::Cow;

/// One piece of markup.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tag<'a> {
    /// `<c r="A1">`, or `<c r="A1"/>` when empty. Names come without prefix.
    Open {
        /// Local name.
        name: &'a str,
        /// Everything behind the name.
        attributes: &'a str,
        /// No closing tag follows.
        empty: bool,
    },
    /// `</c>`
    Close(&'a str),
    /// `<![CDATA[…]]>`
    Data(&'a str),
    /// A comment or an instruction.
    Aside,
}

/// Goes through XML piece by piece.
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    /// Starts at the beginning.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The text up to the next piece of markup, as written, and that piece. `None` at the end, also where the text breaks off
    /// inside a tag.
    pub(super) fn next(&mut self) -> Option<(&'a str, Tag<'a>)> {
        let bytes = self.text.as_bytes();
        let open = self.at + bytes[self.at..].iter().position(|&b| b == b'<')?;
        let before = &self.text[self.at..open];
        let tag = match bytes.get(open + 1)? {
            b'/' => {
                let end = open + 2 + bytes[open + 2..].iter().position(|&b| b == b'>')?;
                self.at = end + 1;
                Tag::Close(local(self.text[open + 2..end].trim_ascii_end()))
            }
            b'!' if self.text[open..].starts_with("<![CDATA[") => Tag::Data(self.through(open + 9, "]]>")?),
            b'!' if self.text[open..].starts_with("<!--") => self.aside(open + 4, "-->")?,
            b'?' => self.aside(open + 2, "?>")?,
            b'!' => self.aside(open + 2, ">")?,
            _ => self.opened(open + 1)?,
        };
        Some((before, tag))
    }

    /// The text from `start` to the mark, behind which the scan goes on.
    fn through(&mut self, start: usize, mark: &str) -> Option<&'a str> {
        let inside = self.text.get(start..)?;
        let end = inside.find(mark)?;
        self.at = start + end + mark.len();
        Some(&inside[..end])
    }

    fn aside(&mut self, start: usize, mark: &str) -> Option<Tag<'a>> {
        self.through(start, mark).map(|_| Tag::Aside)
    }

    /// An opening tag whose name starts at `start`; a `>` within quotes does not end it.
    fn opened(&mut self, start: usize) -> Option<Tag<'a>> {
        let inside = &self.text.as_bytes()[start..];
        let mut quote = 0u8;
        let mut name_end = 0;
        for (i, &b) in inside.iter().enumerate() {
            match b {
                b'"' | b'\'' if quote == 0 => quote = b,
                _ if quote != 0 => quote = if b == quote { 0 } else { quote },
                b'>' => {
                    self.at = start + i + 1;
                    let empty = i > 0 && inside[i - 1] == b'/';
                    let end = if empty { i - 1 } else { i };
                    let name_end = if name_end == 0 { end } else { name_end };
                    let name = local(&self.text[start..start + name_end]);
                    return Some(Tag::Open { name, attributes: &self.text[start + name_end..start + end], empty });
                }
                b' ' | b'\t' | b'\n' | b'\r' if name_end == 0 => name_end = i,
                _ => (),
            }
        }
        None
    }
}

fn local(name: &str) -> &str {
    match name.bytes().position(|b| b == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

/// Attributes with their values as written. Stops at the first that is not well formed.
pub(super) fn attributes(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let equals = rest.bytes().position(|b| b == b'=')?;
        let key = rest[..equals].trim_ascii();
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = *value.as_bytes().first().filter(|&&q| q == b'"' || q == b'\'')?;
        let end = 1 + value.bytes().skip(1).position(|b| b == quote)?;
        rest = &value[end + 1..];
        Some((key, &value[1..end]))
    })
}

/// The value of one attribute, as written.
pub(super) fn attribute<'a>(all: &'a str, key: &str) -> Option<&'a str> {
    attributes(all).find(|a| a.0 == key).map(|a| a.1)
}

/// Text collected from pieces; one plain piece, the usual case, is not copied.
#[derive(Default)]
pub(super) struct Text<'a> {
    first: &'a str,
    joined: String,
}

impl<'a> Text<'a> {
    /// Forgets everything but keeps its memory.
    pub(super) fn clear(&mut self) {
        self.first = "";
        self.joined.clear();
    }

    /// Adds text as written in XML.
    pub(super) fn push(&mut self, raw: &'a str) {
        let special = raw.bytes().any(|b| b == b'&' || b == b'\r');
        if special {
            let lines: Cow<'_, str> =
                if raw.contains('\r') { raw.replace("\r\n", "\n").replace('\r', "\n").into() } else { raw.into() };
            let plain = quick_xml::escape::unescape(&lines).map_or_else(|_| lines.clone(), |t| t.into_owned().into());
            self.join(&plain);
        } else {
            self.push_data(raw);
        }
    }

    /// Adds text as it is.
    pub(super) fn push_data(&mut self, data: &'a str) {
        if self.as_str().is_empty() {
            self.first = data;
        } else if !data.is_empty() {
            self.join(data);
        }
    }

    fn join(&mut self, more: &str) {
        if self.joined.is_empty() {
            self.joined.push_str(self.first);
        }
        self.joined.push_str(more);
    }

    /// All of it.
    pub(super) fn as_str(&self) -> &str {
        if self.joined.is_empty() { self.first } else { &self.joined }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open<'a>(name: &'a str, attributes: &'a str, empty: bool) -> Tag<'a> {
        Tag::Open { name, attributes, empty }
    }

    #[test]
    fn markup_comes_piece_by_piece() {
        let mut tags = Tags::new("<?xml?><!-- <c> --><x:c r='>' s=\"/\">1<![CDATA[<]]></x:c ><v/><d a='1'/>");
        let mut next = || tags.next().unwrap();
        assert_eq!(next(), ("", Tag::Aside));
        assert_eq!(next(), ("", Tag::Aside));
        assert_eq!(next(), ("", open("c", " r='>' s=\"/\"", false)));
        assert_eq!(next(), ("1", Tag::Data("<")));
        assert_eq!(next(), ("", Tag::Close("c")));
        assert_eq!(next(), ("", open("v", "", true)));
        assert_eq!(next(), ("", open("d", " a='1'", true)));
        assert_eq!(tags.next(), None);
    }

    #[test]
    fn broken_markup_ends_the_scan() {
        for text in ["<c r='1", "<c", "<", "</c", "<!-- ", "<![CDATA[ ]", "plain"] {
            assert_eq!(Tags::new(text).next(), None, "{text}");
        }
    }

    #[test]
    fn attributes_are_found_in_any_spelling() {
        let all: Vec<_> = attributes(" r=\"A1\"\n s = 'x y' t=bad").collect();
        assert_eq!(all, [("r", "A1"), ("s", "x y")]);
        assert_eq!(attribute(" xr:uid='1' r='2'", "r"), Some("2"));
    }

    #[test]
    fn text_is_joined_from_its_pieces() {
        let mut text = Text::default();
        text.push("a&amp;");
        text.push_data("<&");
        text.push("b\r\nc &unknown; d");
        assert_eq!(text.as_str(), "a&<&b\nc &unknown; d");
        text.clear();
        text.push("only");
        assert_eq!(text.as_str(), "only");
    }
}
