//! Glyphs as drawn: which character, where its writing starts, how wide, how large, in which direction.

/// One character on the page as shown (points, origin top left, y downwards).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character; U+FFFD where the font does not tell.
    pub ch: char,
    /// Start of its writing, on the baseline.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// How far the writing moves on.
    pub width: f32,
    /// Font size in points.
    pub size: f32,
    /// Direction of writing, a unit vector.
    pub dir: (f32, f32),
    /// Drawn with the invisible mode, as text layers of scans are.
    pub hidden: bool,
    /// Which drawing step it belongs to: glyphs drawn in one step were written as one text.
    pub run: u32,
}

/// A character whose meaning the font does not tell.
pub const UNKNOWN: char = '\u{FFFD}';

/// The characters that a glyph's Unicode stands for: ligatures apart, all kinds of spaces as one, nothing invisible.
pub fn characters(ch: char, mut each: impl FnMut(char)) {
    match ch {
        '\u{FB00}' => "ff".chars().for_each(each),
        '\u{FB01}' => "fi".chars().for_each(each),
        '\u{FB02}' => "fl".chars().for_each(each),
        '\u{FB03}' => "ffi".chars().for_each(each),
        '\u{FB04}' => "ffl".chars().for_each(each),
        '\u{FB05}' | '\u{FB06}' => "st".chars().for_each(each),
        '\u{AD}' | '\u{2010}' | '\u{2011}' => each('-'),
        // The symbol font's bullet, as Word writes it.
        '\u{F0B7}' => each('•'),
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {}
        c if c.is_whitespace() => each(' '),
        c if c.is_control() => {}
        c => each(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| characters(c, |x| out.push(x)));
        out
    }

    #[test]
    fn ligatures_spaces_and_invisible_marks() {
        assert_eq!(read("e\u{FB01}sien\u{A0}\u{200B}si\u{AD}"), "efisien si-");
    }
}
