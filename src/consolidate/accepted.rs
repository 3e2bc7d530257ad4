//! Warnings that somebody answers for: by a line of `penerimaan-catatan.csv`, or by the office's own answer in the list of repairs. They
//! stay listed, with the reason, and come back the moment their value changes. An error cannot be waved away.

use std::collections::{HashMap, HashSet};

use crate::model::schema::Severity;
use crate::model::{Accepted, BatchConfig, Finding, Reply, Waiver};
use crate::normalise::number::{self, Figure, Style};

use super::Entry;
use super::history::History;
use super::items::{Meanings, key, seal};
use super::setting::Setting;

/// Marks what is accepted; says which lines of the file came to nothing.
pub fn mark(entries: &mut [Entry], setting: &Setting) -> Vec<String> {
    let words = setting.schemas.recognition.accepting.as_slice();
    let answers = answers(entries, setting.before, words);
    if answers.is_empty() && setting.config.waivers.is_empty() {
        return Vec::new();
    }
    let mut used: HashSet<u64> = HashSet::new();
    for entry in entries.iter_mut() {
        if entry.outcome.findings.is_empty() {
            continue;
        }
        let meanings = Meanings::of(&entry.outcome);
        let keys: Vec<String> = entry.outcome.findings.iter().map(|f| key(f, Some(entry), Some(&meanings))).collect();
        let places = entry.outcome.places.clone();
        for (finding, key) in entry.outcome.findings.iter_mut().zip(keys) {
            let warning = setting.schemas.severity(finding) == Severity::Warning;
            let locators = [finding.span.map(|s| places.locator(s)), finding.suspect.map(|s| places.locator(s.into()))];
            let mut of = setting.config.waivers.iter().filter(|w| {
                w.document == entry.source.document
                    && w.code == finding.code
                    && (w.locator.is_empty() || locators.iter().flatten().any(|own| place(own) == place(&w.locator)))
            });
            let found = finding.found.clone();
            let stated = of.find(|w| same(&w.value, &found));
            let answered = || answers.get(&seal(finding, &key)).or_else(|| answers.get(&key).filter(|r| same(&r.found, &found)));
            let said = stated
                .map(|w| by_line(w, &mut used, warning, setting.config))
                .or_else(|| answered().map(|r| by_answer(r, words, warning)));
            match said {
                Some(Ok(accepted)) => accept(finding, accepted),
                Some(Err(why)) => finding.message.push_str(&why),
                None => {}
            }
        }
    }
    setting.config.waivers.iter().filter(|w| !used.contains(&w.line)).map(|w| idle(w, entries)).collect()
}

/// Why a line came to nothing.
fn idle(waiver: &Waiver, entries: &[Entry]) -> String {
    let Waiver { line, document, locator, code, value, .. } = waiver;
    let entry = entries.iter().find(|e| e.source.document == *document);
    let of_code: Vec<&Finding> = entry.iter().flat_map(|e| &e.outcome.findings).filter(|f| f.code == *code).collect();
    let at = |f: &&Finding| {
        let span = f.span.or(f.suspect.map(Into::into));
        entry.zip(span).is_some_and(|(e, span)| place(&e.outcome.places.locator(span)) == place(locator))
    };
    let why = match (entry, of_code.iter().copied().find(at)) {
        (None, _) => format!("dokumen {document} tidak ada di batch ini"),
        (_, Some(finding)) => format!("nilai {code} di {locator} sekarang {}, bukan {value}", finding.found),
        (_, None) if of_code.is_empty() => format!("tidak ada temuan {code} di {document}"),
        _ if locator.is_empty() => format!("tidak ada temuan {code} dengan nilai {value} di {document}"),
        _ => format!("tidak ada temuan {code} di {locator} pada {document}"),
    };
    format!("penerimaan-catatan.csv baris {line}: {why}; catatan ini tidak berlaku.")
}

/// A locator as far as it tells places apart: `'Rekap'!$P$9` is `rekap!p9`.
fn place(locator: &str) -> String {
    locator.chars().filter(|c| !matches!(c, '\'' | '$' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Answers that accept a warning, by all findings of its item with their values, or by its key alone where the list does not say them.
/// What an office answered before is known from the list it came from.
fn answers(entries: &[Entry], before: Option<&History>, words: &[String]) -> HashMap<String, Reply> {
    let earlier = before.into_iter().flat_map(|h| h.versions.iter().flat_map(|v| &v.replies));
    let now = entries.iter().flat_map(|e| &e.outcome.replies);
    let accepting = earlier.chain(now).filter(|r| reason(&r.answer, words).is_some());
    let speaks_of = |r: &Reply| if r.seals.is_empty() { vec![r.key.clone()] } else { r.seals.clone() };
    accepting.flat_map(|r| speaks_of(r).into_iter().map(|word| (word, r.clone()))).collect()
}

/// The reason in an answer that begins with a word that accepts: `TERIMA: perumahan baru`.
fn reason<'a>(answer: &'a str, words: &[String]) -> Option<&'a str> {
    let begins = |word: &String| answer.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let word = words.iter().find(|word| begins(word))?;
    let rest = answer.get(word.len()..)?.strip_prefix([':', ' ', ',', '-'])?;
    Some(rest.trim_start_matches([':', ' ', ',', '-'])).filter(|r| r.chars().filter(|c| c.is_alphabetic()).count() >= 3)
}

fn by_line(waiver: &Waiver, used: &mut HashSet<u64>, warning: bool, config: &BatchConfig) -> Result<Accepted, String> {
    used.insert(waiver.line);
    let by = format!("penerimaan-catatan.csv baris {}", waiver.line);
    if !warning {
        return Err(format!(" Catatan penerimaan ({by}) tidak berlaku: kesalahan harus diperbaiki, tidak dapat diterima."));
    }
    if expired(&waiver.until, config) {
        return Err(format!(" Catatan penerimaan ({by}) sudah berakhir {}.", waiver.until));
    }
    Ok(Accepted { reason: waiver.reason.clone(), until: waiver.until.clone(), by })
}

fn by_answer(reply: &Reply, words: &[String], warning: bool) -> Result<Accepted, String> {
    if !warning {
        return Err(" Tanggapan satker tidak berlaku sebagai penerimaan: kesalahan harus diperbaiki.".to_owned());
    }
    let reason = reason(&reply.answer, words).unwrap_or_default().to_owned();
    Ok(Accepted { reason, until: String::new(), by: "tanggapan satker".to_owned() })
}

fn accept(finding: &mut Finding, accepted: Accepted) {
    let until = if accepted.until.is_empty() { "selama nilainya tetap".to_owned() } else { format!("sampai {}", accepted.until) };
    finding.message.push_str(&format!(" Diterima dengan catatan ({}, {until}): {}", accepted.by, accepted.reason));
    finding.accepted = Some(accepted);
}

/// Whether a day, month, quarter or year is over when the batch begins; both are compared as far as both are stated. A batch whose name
/// is no month ends nothing.
fn expired(until: &str, config: &BatchConfig) -> bool {
    let end = |text: &str| {
        text.get(..7).filter(|t| t.as_bytes().get(4) == Some(&b'-')).and_then(|t| t.parse::<crate::model::Period>().ok())
    };
    let until = end(until).or_else(|| until.parse().ok());
    let (Some(until), Some(batch)) = (until, end(&config.name)) else { return false };
    until.end_month() < batch.end_month()
}

/// The same number, as findings write it or as an office does (`11.670`), or the same words.
fn same(stated: &str, found: &str) -> bool {
    let printed = || number::read(stated, Style::Indonesian).and_then(Figure::count);
    match found.parse::<f64>() {
        Ok(found) => stated.parse().ok().into_iter().chain(printed()).any(|stated: f64| (stated - found).abs() < 1e-9),
        Err(_) => stated.trim() == found.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_accepts_only_with_a_reason() {
        let words = ["Terima".to_owned()];
        let reason = |answer| super::reason(answer, &words);
        assert_eq!(reason("TERIMA: perumahan baru"), Some("perumahan baru"));
        assert_eq!(reason("terima - pemekaran desa"), Some("pemekaran desa"));
        for other in ["TERIMA", "terima: -", "terimakasih sudah diperbaiki", "sudah diperbaiki", ""] {
            assert_eq!(reason(other), None, "{other}");
        }
    }

    #[test]
    fn acceptance_ends_when_it_says() {
        let config = BatchConfig { name: "2025-10".into(), ..BatchConfig::default() };
        for (until, over) in
            [("", false), ("2025-10", false), ("2025-12-31", false), ("2025-09-30", true), ("2025-TW3", true), ("2025", false)]
        {
            assert_eq!(expired(until, &config), over, "{until}");
        }
    }

    #[test]
    fn values_and_places_are_known_however_an_office_writes_them() {
        for stated in ["11670", "11.670", " 11670.0"] {
            assert!(same(stated.trim(), "11670"), "{stated}");
        }
        assert!(!same("11.671", "11670") && !same("", "11670") && same("Kumai", "Kumai") && !same("-", "Kumai"));
        assert!(same("87,5", "87.5") && same("", ""));
        for stated in ["Rekap!P9", "rekap!p9", "'Rekap'!$P$9"] {
            assert_eq!(place(stated), "rekap!p9");
        }
        assert_ne!(place("Rekap!P9"), place("Rekap!P19"));
    }
}
