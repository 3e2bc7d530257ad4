//! Numbers in words: `dua ratus tujuh puluh sembilan ribu delapan` ↔ 279 008, from 0 to 10¹⁵.
//!
//! Written in the standard form; read in every form offices print: `satu ribu`, `se ratus`, `duaratus limapuluh`, `milyar`, capitals,
//! hyphens, one wrong letter, `rupiah` behind it, `koma lima`.

mod atoms;
mod grammar;

use std::ops::Range;

use super::text::{self, Word};
use atoms::{Atom, atoms, meant};

/// The largest number there are words for.
pub const MOST: u64 = 1_000_000_000_000_000;

const ONES: [&str; 10] = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];

/// Larger units with their names, largest first.
const SCALES: [(u64, &str); 4] =
    [(1_000_000_000_000, "triliun"), (1_000_000_000, "miliar"), (1_000_000, "juta"), (1_000, "ribu")];

/// What may stand behind a number in words: what is counted.
const UNITS: [&str; 5] = ["RUPIAH", "ORANG", "JIWA", "PEMILIH", "BUAH"];

/// A number in words, in small letters; `None` above [`MOST`].
#[must_use]
pub fn words(number: u64) -> Option<String> {
    if number > MOST {
        return None;
    }
    let mut out = Vec::new();
    say(number, &mut out);
    Some(if out.is_empty() { "nol".to_owned() } else { out.join(" ") })
}

fn say(number: u64, out: &mut Vec<&'static str>) {
    let one = |n: u64| usize::try_from(n).ok().and_then(|n| ONES.get(n)).copied().unwrap_or_default();
    if let Some((unit, name)) = SCALES.into_iter().find(|(unit, _)| number >= *unit) {
        if number / unit == 1 && unit == 1_000 {
            out.push("seribu");
        } else {
            say(number / unit, out);
            out.push(name);
        }
        return say(number % unit, out);
    }
    match number {
        0 => {}
        1..10 => out.push(one(number)),
        10 => out.push("sepuluh"),
        11 => out.push("sebelas"),
        12..20 => out.extend([one(number - 10), "belas"]),
        20..100 => {
            out.extend([one(number / 10), "puluh"]);
            say(number % 10, out);
        }
        100..200 => {
            out.push("seratus");
            say(number - 100, out);
        }
        _ => {
            out.extend([one(number / 100), "ratus"]);
            say(number % 100, out);
        }
    }
}

/// The number that a text is, however it is spaced, punctuated and spelled; one wrong letter in a word passes where at least as many
/// words are spelled right. `None` where it is no number, or anything but a unit stands beside it.
#[must_use]
pub fn value(text: &str) -> Option<f64> {
    let words = text::words(text);
    let end = words.iter().rposition(|w| !UNITS.contains(&w.as_str()))? + 1;
    let mut all: Vec<Atom> = Vec::new();
    let (mut exact, mut slips) = (0, 0);
    for word in words.get(..end)? {
        if let Some(parts) = atoms(word) {
            exact += 1;
            all.extend(parts);
        } else {
            slips += 1;
            all.extend(meant(word)?);
        }
    }
    let (value, used) = grammar::longest(&all)?;
    (used == all.len() && exact >= slips).then_some(value)
}

/// How many of a text's words belong to numbers, and how many words it has: tells a misprinted number from other words in brackets.
#[must_use]
pub fn share(text: &str) -> (usize, usize) {
    let words = text::words(text);
    let known = words.iter().filter(|w| atoms(w).or_else(|| meant(w)).is_some()).count();
    (known, words.len())
}

/// Every number in words within a text, with its byte range; only words spelled right count here, since `tempat` is no `empat`.
#[must_use]
pub fn find(text: &str) -> Vec<(f64, Range<usize>)> {
    let words = text::words_at(text);
    let known: Vec<Option<Vec<Atom>>> = words.iter().map(|w| atoms(&w.text)).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match run(text, &words[i..], &known[i..]) {
            Some((value, used)) => {
                out.push((value, words[i].at.start..words[i + used - 1].at.end));
                i += used;
            }
            None => i += 1,
        }
    }
    out
}

/// The longest number that begins with the first word: its value and how many words it takes.
fn run(text: &str, words: &[Word], known: &[Option<Vec<Atom>>]) -> Option<(f64, usize)> {
    let mut all: Vec<Atom> = Vec::new();
    let mut ends = Vec::new();
    for (i, (word, atoms)) in words.iter().zip(known).enumerate() {
        let Some(atoms) = atoms else { break };
        if i > 0 && !joined(text, &words[i - 1], word) {
            break;
        }
        all.extend(atoms.iter().copied());
        ends.push(all.len());
    }
    // A number may end within a word of several atoms only where the word does.
    let mut limit = all.len();
    loop {
        let (value, used) = grammar::longest(&all[..limit])?;
        match ends.iter().position(|&end| end == used) {
            Some(last) => return Some((value, last + 1)),
            None => limit = ends.iter().rev().copied().find(|&end| end < used)?,
        }
    }
}

/// Whether nothing but space or hyphens stands between two words.
fn joined(text: &str, a: &Word, b: &Word) -> bool {
    let between = text.get(a.at.end..b.at.start).unwrap_or_default();
    between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑') || text::is_invisible(c))
}

#[cfg(test)]
mod tests;
