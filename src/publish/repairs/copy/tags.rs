//! Edits of an XML part: only the bytes that are meant change, everything between them stays as its program wrote it.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

/// A tag as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Where.
    pub at: Range<usize>,
    /// Its own bytes, with the brackets.
    pub raw: &'a str,
    /// Its name without prefix.
    pub local: &'a str,
    /// What it does.
    pub form: Form,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `<a>`
    Opens,
    /// `</a>`
    Closes,
    /// `<a/>`
    Empty,
}

impl<'a> Tag<'a> {
    /// The prefix of its name with the colon, or nothing.
    pub fn prefix(&self) -> &'a str {
        let name = self.name();
        name.find(':').map_or("", |colon| &name[..=colon])
    }

    fn name(&self) -> &'a str {
        let inner = self.raw.trim_start_matches(['<', '/']);
        &inner[..inner.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(inner.len())]
    }

    /// The raw value of an attribute by its whole name.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        attributes(self.raw).into_iter().find(|(n, _)| &self.raw[n.clone()] == name).map(|(_, value)| &self.raw[value])
    }

    /// The raw value of the first attribute whose name without prefix is this.
    pub fn local_attribute(&self, local: &str) -> Option<&'a str> {
        let named = |n: &Range<usize>| self.raw[n.clone()].rsplit(':').next() == Some(local);
        attributes(self.raw).into_iter().find(|(n, _)| named(n)).map(|(_, value)| &self.raw[value])
    }

    /// The whole name of the first attribute whose name without prefix is this.
    pub fn attribute_name(&self, local: &str) -> Option<&'a str> {
        let names = attributes(self.raw).into_iter().map(|(name, _)| &self.raw[name]);
        names.into_iter().find(|name| name.rsplit(':').next() == Some(local))
    }

    /// The namespaces it declares, each as it stands there.
    pub fn spaces(&self) -> Vec<&'a str> {
        let declares = |name: &str| name == "xmlns" || name.starts_with("xmlns:");
        let all = attributes(self.raw).into_iter().filter(|(name, _)| declares(&self.raw[name.clone()]));
        all.map(|(name, value)| &self.raw[name.start..=value.end]).collect()
    }

    /// The tag with an attribute set to a value that needs no escaping.
    pub fn with(&self, name: &str, value: &str) -> String {
        with(self.raw, name, value)
    }
}

/// A tag's text with an attribute set to a value that needs no escaping.
pub fn with(raw: &str, name: &str, value: &str) -> String {
    if let Some((_, old)) = attributes(raw).into_iter().find(|(n, _)| &raw[n.clone()] == name) {
        return format!("{}{value}{}", &raw[..old.start], &raw[old.end..]);
    }
    let end = raw.trim_end_matches('>').trim_end_matches('/').trim_end().len();
    format!("{} {name}=\"{value}\"{}", &raw[..end], raw[end..].trim_start())
}

/// Names and values of a tag's attributes, by place.
fn attributes(raw: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let mut i = raw.find(char::is_whitespace).unwrap_or(raw.len());
    while i < raw.len() {
        while i < raw.len() && (bytes[i].is_ascii_whitespace() || bytes[i] == b'/' || bytes[i] == b'>') {
            i += 1;
        }
        let Some(equals) = raw[i..].find('=').map(|e| i + e) else { break };
        let name = i..i + raw[i..equals].trim_end().len();
        let Some(open) = raw[equals..].find(['"', '\'']).map(|q| equals + q) else { break };
        let quote = char::from(bytes[open]);
        let Some(close) = raw[open + 1..].find(quote).map(|q| open + 1 + q) else { break };
        found.push((name, open + 1..close));
        i = close + 1;
    }
    found
}

/// All tags of a part in their order; `None` where it is not well-formed.
pub fn tags(text: &str) -> Option<Vec<Tag<'_>>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut tags = Vec::new();
    let mut depth = 0_i32;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let form = match event {
            Event::Start(_) => Form::Opens,
            Event::End(_) => Form::Closes,
            Event::Empty(_) => Form::Empty,
            Event::Eof => return (depth == 0 && !tags.is_empty()).then_some(tags),
            _ => continue,
        };
        depth += match form {
            Form::Opens => 1,
            Form::Closes => -1,
            Form::Empty => 0,
        };
        let raw = text.get(start..end).filter(|raw| raw.starts_with('<') && raw.ends_with('>'))?;
        let mut tag = Tag { at: start..end, raw, local: "", form };
        tag.local = tag.name().rsplit(':').next().unwrap_or_default();
        tags.push(tag);
    }
}

/// Replacements in a text, applied together.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `new` in the place of what stands there; an empty range inserts.
    pub fn replace(&mut self, at: Range<usize>, new: impl Into<String>) {
        self.0.push((at, new.into()));
    }

    /// Inserts before a place.
    pub fn insert(&mut self, at: usize, new: impl Into<String>) {
        self.replace(at..at, new);
    }

    /// The text with all edits; of those at one place the earlier one comes first.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let mut out = String::with_capacity(text.len() + self.0.iter().map(|(_, new)| new.len()).sum::<usize>());
        let mut done = 0;
        for (at, new) in self.0 {
            out.push_str(text.get(done..at.start).unwrap_or_default());
            out.push_str(&new);
            done = at.end.max(done);
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}

/// Text as it stands between tags or in an attribute; letters that XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// An attribute's raw value with its references resolved.
pub fn unescaped(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_meant_changes() {
        let text = "<?xml version=\"1.0\"?>\r\n<x:a b='1'  c = \"a>b\"><!-- <d/> --><x:d/>t&amp;<e></e></x:a>";
        let tags = tags(text).unwrap();
        assert_eq!(
            tags.iter().map(|t| (t.local, t.form)).collect::<Vec<_>>(),
            [("a", Form::Opens), ("d", Form::Empty), ("e", Form::Opens), ("e", Form::Closes), ("a", Form::Closes)]
        );
        assert_eq!((tags[0].prefix(), tags[0].attribute("c"), tags[0].attribute("d")), ("x:", Some("a>b"), None));
        let mut edits = Edits::default();
        edits.replace(tags[0].at.clone(), tags[0].with("b", "2"));
        edits.replace(tags[1].at.clone(), tags[1].with("s", "7"));
        edits.insert(tags[4].at.start, "<f/>");
        let want = "<?xml version=\"1.0\"?>\r\n<x:a b='2'  c = \"a>b\"><!-- <d/> --><x:d s=\"7\"/>t&amp;<e></e><f/></x:a>";
        assert_eq!(edits.apply(text), want);
        assert!(super::tags("<a><b></a>").is_none() && super::tags("<a>").is_none());
    }
}
