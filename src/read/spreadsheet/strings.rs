//! The texts that the cells of an xlsx workbook share.

use quick_xml::events::Event;

use super::super::trouble::{Read, Trouble};
use super::super::xml;
use crate::model::document::{GridBuilder, Value};

/// All shared strings in one piece of memory. How many there are is counted, not taken from `uniqueCount`.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
    /// What each string became in the grid being filled: number of the grid and the cell's value.
    interned: Vec<(u32, Option<Value>)>,
}

impl Strings {
    /// Reads `sharedStrings.xml`.
    pub(super) fn read(part: &str) -> Read<Self> {
        let mut reader = xml::reader(part);
        let mut strings = Self { text: String::with_capacity(part.len() / 2), ..Self::default() };
        let mut inside = false;
        let mut phonetic = false;
        loop {
            let event = reader.read_event().map_err(Trouble::xml("sharedStrings"))?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "t" => inside = !phonetic,
                    "rPh" => phonetic = true,
                    _ => (),
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "t" => inside = false,
                    "rPh" => phonetic = false,
                    "si" => strings.end_one(),
                    _ => (),
                },
                Event::Empty(e) if e.local_name().as_ref() == "si" => strings.end_one(),
                Event::Eof => break,
                event if inside => xml::push_text(&mut strings.text, event),
                _ => (),
            }
        }
        strings.interned = vec![(0, None); strings.ends.len()];
        Ok(strings)
    }

    fn end_one(&mut self) {
        let start = self.ends.last().copied().unwrap_or(0);
        if let Some(plain) = unescaped(&self.text[start..]) {
            self.text.truncate(start);
            self.text.push_str(&plain);
        }
        self.ends.push(self.text.len());
    }

    /// The cell value of a shared string in grid number `grid` (from 1), stored in the grid once; `Ok(None)` for white space,
    /// which is no cell. `Err` for a string that does not exist.
    pub(super) fn value(&mut self, index: usize, grid: u32, out: &mut GridBuilder) -> Result<Option<Value>, ()> {
        let known = self.interned.get_mut(index).ok_or(())?;
        if known.0 != grid {
            let start = if index == 0 { 0 } else { self.ends[index - 1] };
            let text = &self.text[start..self.ends[index]];
            *known = (grid, (!text.trim().is_empty()).then(|| out.intern(text)));
        }
        Ok(known.1)
    }
}

/// Excel writes characters that XML cannot hold as `_x000D_`; `None` where there are none.
pub(super) fn unescaped(text: &str) -> Option<String> {
    let first = text.find("_x")?;
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    let mut changed = false;
    while let Some(c) = rest.chars().next() {
        if let Some(escaped) = escape(rest) {
            out.push(escaped);
            rest = &rest[7..];
            changed = true;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    changed.then_some(out)
}

/// The character of a `_xHHHH_` at the start.
fn escape(text: &str) -> Option<char> {
    let bytes = text.as_bytes().get(..7)?;
    if bytes[0] != b'_' || bytes[1] != b'x' || bytes[6] != b'_' || !bytes[2..6].iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    char::from_u32(u32::from_str_radix(&text[2..6], 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::Place;

    #[test]
    fn rich_text_is_joined_and_phonetics_left_out() {
        let part = "<sst uniqueCount='4000000000'><si><r><t>Kab. </t></r><r><t xml:space='preserve'>A&amp;B</t></r>\
                    <rPh><t>x</t></rPh></si><si/><si><t>a_x000D_b _x</t></si></sst>";
        let mut strings = Strings::read(part).unwrap();
        let mut grid = GridBuilder::new("x", Place::Lines);
        assert_eq!(strings.value(0, 1, &mut grid), Ok(Some(Value::Text(0))));
        assert_eq!(strings.value(1, 1, &mut grid), Ok(None));
        assert_eq!(strings.value(2, 1, &mut grid), Ok(Some(Value::Text(1))));
        assert_eq!(strings.value(3, 1, &mut grid), Err(()));
        let texts = grid.finish().texts;
        assert_eq!(texts, ["Kab. A&B".into(), "a\rb _x".into()] as [Box<str>; 2]);
    }
}
