//! The little that all XML parts need: attributes by local name, and text with its references resolved.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A reader over a whole part. Lone ampersands of sloppy writers are let through.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    reader
}

/// The value of an attribute by its local name, references resolved.
pub(super) fn attr<'a>(element: &'a BytesStart<'_>, local: &str) -> Option<Cow<'a, str>> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == local)?;
    Some(match found.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value,
        Err(_) => found.value,
    })
}

/// Whether an attribute of that name says yes.
pub(super) fn yes(element: &BytesStart<'_>, local: &str) -> bool {
    attr(element, local).is_some_and(|v| truth(&v))
}

/// XML Schema's two spellings of true.
pub(super) fn truth(value: &str) -> bool {
    matches!(value.trim(), "1") || value.trim().eq_ignore_ascii_case("true")
}

/// Adds what a text-like event says; nothing for other events.
pub(super) fn push_text(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(name) => push_reference(out, name),
        _ => (),
    }
}

/// `&amp;`, `&#10;` …; an entity nobody defined stays as it is printed.
fn push_reference(out: &mut String, name: &BytesRef<'_>) {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        out.push(character);
        return;
    }
    let name = name.xml10_content();
    if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
        out.push_str(text);
    } else {
        out.extend(["&", &*name, ";"]);
    }
}
