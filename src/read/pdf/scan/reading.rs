//! Words of the engine → words of the page, in points.

use super::engine::Seen;
use crate::read::pdf::geometry::Area;
use crate::read::pdf::words::Word;

/// How sure the engine must be of a word, in percent; below it, it sees letters in dust.
const SURE: f32 = 12.0;
/// Capitals and digits reach this far above the baseline, as a share of the font size.
const ABOVE: f32 = 0.74;
/// Letters reach this far below it.
const BELOW: f32 = 0.22;
/// Gap, as a share of the font size, over which a word still belongs to its neighbour's text.
const REACH: f32 = 0.5;

/// The words of a picture with `scale` pixels per point.
#[must_use]
pub fn words(seen: &[Seen], scale: f32) -> Vec<Word> {
    let mut out = Vec::new();
    for line in seen.chunk_by(|a, b| a.line == b.line) {
        let kept: Vec<&Seen> = line.iter().filter(|s| s.sure >= SURE && meant(&s.text)).collect();
        let Some(capital) = middle(kept.iter().filter(|s| tall(&s.text)).map(|s| s.height).collect())
            .or_else(|| middle(kept.iter().map(|s| s.height).collect()))
        else {
            continue;
        };
        let bottom = |s: &Seen| s.y + s.height;
        let below = |s: &Seen| s.text.contains(char::is_alphanumeric).then(|| BELOW.mul_add(-capital / ABOVE, bottom(s)));
        let Some(base) = middle(kept.iter().filter(|s| !hanging(&s.text)).map(|s| bottom(s)).collect())
            .or_else(|| middle(kept.iter().filter_map(|s| below(s)).collect()))
        else {
            continue;
        };
        let size = capital / ABOVE / scale;
        let brackets = brackets(&kept);
        for (at, s) in kept.into_iter().enumerate() {
            // A line that is a little askew still: each word stands where it stands.
            let own = if hanging(&s.text) { base } else { s.y + s.height };
            let own = if (own - base).abs() < capital { own } else { base } / scale;
            let area = Area::new(s.x / scale, ABOVE.mul_add(-size, own), (s.x + s.width) / scale, BELOW.mul_add(size, own));
            let text = bracketed(letter(figures(&s.text)), at, &brackets);
            out.push(Word { text, area, base: own, size, turned: 0, runs: (0, 0), reach: REACH });
        }
    }
    out
}

/// The words of a line between square brackets, `[2 ORG x 3 HR]`, from the first to the last one. One square bracket of two is enough: the
/// engine often takes the other for a round one. Around one cell's figures alone they are borders.
fn brackets(line: &[&Seen]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, word) in line.iter().enumerate() {
        let near = at == 0 || word.x - (line[at - 1].x + line[at - 1].width) < word.height.max(line[at - 1].height);
        open = if word.text.starts_with(['[', '(']) { Some(at) } else { open.filter(|_| near) };
        if let Some(first) = open.filter(|_| word.text.ends_with([']', ')'])) {
            let square = line[first].text.starts_with('[') || word.text.ends_with(']');
            let holds = |wanted: fn(char) -> bool| line[first..=at].iter().any(|w| w.text.contains(wanted));
            if square && holds(char::is_alphabetic) && holds(|c| c.is_ascii_digit()) {
                found.push((first, at));
            }
            open = None;
        }
    }
    found
}

/// A word with the square brackets that it begins or ends with.
fn bracketed(text: String, at: usize, brackets: &[(usize, usize)]) -> String {
    let first = brackets.iter().any(|b| b.0 == at);
    let last = brackets.iter().any(|b| b.1 == at);
    let text = if first { format!("[{}", text.trim_start_matches('(')) } else { text };
    if last { format!("{}]", text.trim_end_matches(')')) } else { text }
}

/// A letter that stands alone and looks alike in both cases, which the engine then writes in both: `Cc` is `C`.
fn letter(text: String) -> String {
    const ALIKE: [&str; 7] = ["Cc", "Oo", "Ss", "Vv", "Ww", "Xx", "Zz"];
    if ALIKE.contains(&text.as_str()) { text[..1].to_owned() } else { text }
}

/// How sure the engine is of the whole, in percent: the mean over characters.
#[must_use]
pub fn sure(seen: &[Seen]) -> f32 {
    let (sum, n) = seen.iter().fold((0.0, 0.0), |(sum, n), s| {
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let chars = s.text.chars().count() as f32;
        (s.sure.mul_add(chars, sum), n + chars)
    });
    if n > 0.0 { sum / n } else { 0.0 }
}

fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Whether a text is more than what is left of a ruling line or of dust.
fn meant(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) || matches!(text, "-" | "–" | "—" | "%" | "&" | "+" | "/" | ":" | "(" | ")")
}

/// Whether a text has capitals or digits.
fn tall(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || c.is_uppercase())
}

/// Whether a text reaches below the baseline or floats above it.
fn hanging(text: &str) -> bool {
    text.chars().any(|c| "gjpqyQ,;()/|[]".contains(c)) || !text.chars().any(char::is_alphanumeric)
}

/// A figure without what the engine sees beside it: borders and dust at its ends, letters that look like digits among digits.
#[must_use]
pub fn figures(text: &str) -> String {
    let trimmed = text.trim_matches(['|', '[', ']', '_', '\'', '‘', '’', '`', '"', '“', '”', '~', '=', '{', '}']);
    let digits = trimmed.chars().filter(char::is_ascii_digit).count();
    let alike = |c: char| match c {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => None,
    };
    let others = trimmed.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',')).count();
    if digits >= 2
        && digits > others
        && trimmed.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || alike(c).is_some())
    {
        let mended: String = trimmed.chars().map(|c| alike(c).unwrap_or(c)).collect();
        return mended.trim_matches(['.', ',']).to_owned();
    }
    if digits > 0 && trimmed.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && digits > 1 {
        return trimmed.trim_start_matches(['.', ',']).trim_end_matches(',').to_owned();
    }
    if trimmed.is_empty() { text.to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, x: f32, y: f32, height: f32, sure: f32) -> Seen {
        Seen { line: (1, 1, 1), x, y, width: 40.0, height, sure, text: text.into() }
    }

    #[test]
    fn words_of_a_line_stand_on_one_baseline_and_dust_is_left_out() {
        let line = [
            seen("Kumai", 0.0, 100.0, 30.0, 95.0),
            seen("yang", 50.0, 108.0, 30.0, 95.0),
            seen("|", 95.0, 90.0, 50.0, 40.0),
            seen("1.23O", 100.0, 100.0, 30.0, 90.0),
            seen("zz", 150.0, 100.0, 30.0, 3.0),
        ];
        let words = words(&line, 4.0);
        let texts: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(texts, ["Kumai", "yang", "1.230"]);
        assert!(words.iter().all(|w| (w.base - 32.5).abs() < 0.01), "{words:?}");
    }

    #[test]
    fn square_brackets_stay_around_calculations_and_not_around_cells() {
        let read = |texts: &[(&str, f32)]| {
            let line: Vec<Seen> = texts.iter().map(|&(text, x)| seen(text, x, 0.0, 30.0, 95.0)).collect();
            words(&line, 4.0).into_iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(read(&[("ATK", 0.0), ("[4", 50.0), ("PKT]", 100.0)]), "ATK [4 PKT]");
        assert_eq!(read(&[("Rapat", 0.0), ("(48", 50.0), ("ORG]", 100.0), ("[288]", 300.0)]), "Rapat [48 ORG] 288");
        assert_eq!(read(&[("[6", 0.0), ("OH]", 200.0)]), "6 OH", "borders of two cells");
        assert_eq!(read(&[("Gaji", 0.0), ("(14", 50.0), ("BLN)", 100.0)]), "Gaji (14 BLN)");
        assert_eq!(read(&[("Gaji", 0.0), ("[14", 50.0), ("BLN", 100.0)]), "Gaji 14 BLN");
        assert_eq!(read(&[("Cc", 0.0), ("Sewa", 200.0)]), "C Sewa", "a letter that stands alone");
    }

    #[test]
    fn letters_among_digits_are_digits_and_words_stay_words() {
        for (text, is) in
            [("l.234", "1.234"), ("|56", "56"), ("IO", "IO"), ("TPS", "TPS"), ("12,", "12"), ("S2", "S2"), ("1.", "1.")]
        {
            assert_eq!(figures(text), is, "{text}");
        }
    }
}
