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
        let Some(base) = middle(kept.iter().filter(|s| !hanging(&s.text)).map(|s| s.y + s.height).collect()) else { continue };
        let size = capital / ABOVE / scale;
        for s in kept {
            // A line that is a little askew still: each word stands where it stands.
            let own = if hanging(&s.text) { base } else { s.y + s.height };
            let own = if (own - base).abs() < capital { own } else { base } / scale;
            let area = Area::new(s.x / scale, ABOVE.mul_add(-size, own), (s.x + s.width) / scale, BELOW.mul_add(size, own));
            out.push(Word { text: figures(&s.text), area, base: own, size, turned: 0, runs: (0, 0), reach: REACH });
        }
    }
    out
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
    fn letters_among_digits_are_digits_and_words_stay_words() {
        for (text, is) in
            [("l.234", "1.234"), ("|56", "56"), ("IO", "IO"), ("TPS", "TPS"), ("12,", "12"), ("S2", "S2"), ("1.", "1.")]
        {
            assert_eq!(figures(text), is, "{text}");
        }
    }
}
