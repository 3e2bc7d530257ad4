//! What must hold in minutes: men and women make all voters (D01), words repeat digits (P06), the weekday is the date's (P07); and what
//! could not be made out (A13).

use crate::model::document::plain_number;
use crate::model::{Finding, Findings, Origin, Span};
use crate::normalise::{date, terbilang};

use super::choose::{COLUMNS, Chosen};
use super::frame::Frame;
use super::labels::Slot;
use super::passages::Passage;
use super::stated::{Stated, Statement};

/// What the figures are called, in the order of [`COLUMNS`].
const NAMES: [&str; 5] =
    ["jumlah kecamatan", "jumlah desa/kelurahan", "pemilih laki-laki", "pemilih perempuan", "jumlah pemilih"];

const EXACT: f64 = 1e-6;

/// How many times larger than another number a figure may be and still be a miscount of the same voters.
const FARTHEST: f64 = 100.0;

/// A13: a paper without a single figure.
pub fn nothing(findings: &mut Findings) {
    let message = "tidak satu pun jumlah (kecamatan, desa/kelurahan, laki-laki, perempuan, pemilih) ditemukan dalam berita acara ini; \
                   periksa apakah hasilnya tercetak di dokumen lain";
    findings.add(Finding::new("A13", message));
}

/// A13: what reads like the number of minutes where none was found.
pub fn number(findings: &mut Findings, frame: &Frame, passages: &[Passage]) {
    const OPENING: usize = 15;
    if frame.number.is_some() {
        return;
    }
    let code = |word: &str| {
        word.matches('/').count() >= 3 && word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
    };
    let found = passages.iter().take(OPENING).find_map(|p| {
        let word = p.text.split_whitespace().find(|w| code(w))?;
        Some((word, p.origin(word.as_ptr() as usize - p.text.as_ptr() as usize)))
    });
    if let Some((printed, at)) = found {
        let message = format!(
            "\"{printed}\" berbunyi seperti nomor berita acara, tetapi tidak tercetak di belakang kata nomor dan tidak dimuat."
        );
        findings.add(Finding::new("A13", message).at(at).found(printed));
    }
}

/// P07, and P06 where the date is printed twice and differs.
pub fn day(findings: &mut Findings, frame: &Frame) {
    let Some(day) = &frame.day else { return };
    if let Some(other) = day.other {
        let message = format!("Tanggal dalam huruf dan dalam angka berbeda: {} dan {other}. Samakan keduanya.", day.date);
        findings.add(Finding::new("P06", message).at(day.origin).found(day.date.to_string()).expected(other.to_string()));
    }
    let Some((weekday, printed, _)) = &day.weekday else { return };
    let fits = |date| date::weekday_of(date) == *weekday;
    if fits(day.date) || day.other.is_some_and(fits) {
        return;
    }
    let right = date::day_name(date::weekday_of(day.date));
    let message = format!(
        "{} adalah hari {right}, bukan {printed}. Periksa undangan rapat, lalu perbaiki harinya atau tanggalnya.",
        day.date
    );
    findings.add(Finding::new("P07", message).at(day.origin).found(printed).expected(right));
}

/// A13: statements that contradict the figures in use, attachments that do, and figures that are not there.
pub fn amiss(findings: &mut Findings, stated: &Stated, chosen: &Chosen) {
    for rival in &chosen.rivals {
        let used = chosen.statements().find(|(_, s)| s.slot == rival.slot).and_then(|(_, s)| s.value());
        let (name, value) = (name(rival.slot), rival.value().unwrap_or(0.0));
        // `2. (Anggota)` that ran into a row, or a number of villages: no other count of the same voters.
        let voters = matches!(rival.slot, Slot::L | Slot::P | Slot::Total);
        if voters && used.is_some_and(|used| value * FARTHEST < used) {
            continue;
        }
        let message = format!(
            "Naskah ini juga menyebut {name} {}, sedangkan yang dipakai {}. Pastikan mana yang ditetapkan.",
            plain_number(value),
            used.map(plain_number).unwrap_or_default()
        );
        findings.add(Finding::new("A13", message).at(rival.origin).found(plain_number(value)));
    }
    for sum in stated.sums.iter().filter(|s| s.rows >= 2) {
        let statement = chosen.statements().find(|(_, s)| s.slot == sum.slot).and_then(|(_, s)| s.value());
        if statement.is_some_and(|v| (v - sum.sum).abs() <= EXACT) {
            continue;
        }
        let (name, total, rows) = (name(sum.slot), plain_number(sum.sum), sum.rows);
        let message = match statement {
            Some(value) => format!(
                "Tabel lampiran memuat {name} {total} ({rows} baris), sedangkan naskah menyebut {}. Cocokkan keduanya.",
                plain_number(value)
            ),
            None => format!(
                "Naskah tidak menyebut {name}; {rows} baris tabel lampiran berjumlah {total} dan tidak dipakai sebagai penetapan."
            ),
        };
        findings.add(Finding::new("A13", message).at(sum.span).found(total));
    }
    unsure(findings, stated, chosen);
    for (value, printed, origin) in &stated.spelled {
        if !stated.digits.contains(value) {
            let message = format!(
                "\"{printed}\" berarti {}, dan tidak ada angka itu dalam naskah ini. Cocokkan dengan angka yang dimaksud.",
                plain_number(*value)
            );
            findings.add(Finding::new("A13", message).at(*origin).found(plain_number(*value)));
        }
    }
    let there = |column: &str| chosen.statements().any(|(c, _)| c == column);
    let missing: Vec<&str> = COLUMNS.iter().zip(NAMES).filter(|(c, _)| !there(c)).map(|(_, name)| name).collect();
    if !missing.is_empty() {
        let at = Span::around(chosen.statements().map(|(_, s)| s.origin));
        let finding = Finding::new("A13", format!("Tidak ditemukan dalam berita acara ini: {}.", missing.join(", ")));
        findings.add(Finding { span: at, ..finding });
    }
}

/// A13: figures and words of rows whose columns could not be told apart.
fn unsure(findings: &mut Findings, stated: &Stated, chosen: &Chosen) {
    for origin in &stated.tangled {
        let message = "Bilangan dalam huruf pada baris ini bercampur dari beberapa kolom, jadi tidak dicocokkan dengan angkanya. Periksa sendiri.";
        findings.add(Finding::new("A13", message).at(*origin));
    }
    for (slot, origin, others) in stated.unheaded.iter().filter(|(_, _, others)| !others.is_empty()) {
        let Some((_, used)) = chosen.statements().find(|(_, s)| s.slot == *slot && s.origin == *origin) else { continue };
        let others: Vec<String> = others.iter().map(|v| plain_number(*v)).collect();
        let message = format!(
            "Kepala kolom baris ini tidak terbaca: sebagai {} dipakai {}, angka pertamanya, sedangkan baris ini juga memuat {}. Pastikan \
             mana yang ditetapkan.",
            name(*slot),
            used.value().map(plain_number).unwrap_or_default(),
            others.join(", ")
        );
        findings.add(Finding::new("A13", message).at(*origin).found(others.join(", ")));
    }
}

fn name(slot: Slot) -> &'static str {
    match slot {
        Slot::Kecamatan => NAMES[0],
        Slot::Desa | Slot::DesaAlone | Slot::KelurahanAlone => NAMES[1],
        Slot::L => NAMES[2],
        Slot::P => NAMES[3],
        Slot::Total => NAMES[4],
    }
}

/// D01 and P06. In running text several figures stand in one cell, so they are told apart by what they count, not by their cells.
pub fn figures(findings: &mut Findings, stated: &Stated, chosen: &Chosen) {
    let sum = balance(chosen);
    let mut broken: Vec<(usize, Broken)> = Vec::new();
    let mut vouched = [false; 3];
    for (column, statement) in chosen.statements() {
        let (Some(digits), Some(index)) = (statement.digits, COLUMNS.iter().position(|c| *c == column)) else { continue };
        for (value, printed) in words_of(stated, statement, digits) {
            match value {
                Some(words) if (words - digits).abs() > EXACT => {
                    broken.push((index, Broken { statement, digits, words, printed }));
                }
                Some(_) => {
                    if let Some(vouched) = vouched.get_mut(index.wrapping_sub(2)) {
                        *vouched = true;
                    }
                }
                None => findings.add(unreadable(statement, digits, printed)),
            }
        }
    }
    let culprit = sum.as_ref().and_then(|sum| sum.culprit(&broken, vouched));
    if let Some(sum) = sum.as_ref().filter(|s| !s.holds()) {
        findings.add(blame(sum.finding(), culprit.map(|(i, value)| (sum.at[i], value))));
    }
    for (index, broken) in &broken {
        let finding = words_differ(*index, broken);
        let voter = index.checked_sub(2);
        let alone = voter.is_none() || sum.is_none();
        let suspect = match culprit.filter(|(i, _)| voter == Some(*i)) {
            Some((_, value)) => Some((broken.statement.origin, value)),
            None if alone => Some((broken.statement.origin, broken.words)),
            None => None,
        };
        findings.add(blame(finding, suspect));
    }
    for &(digits, words, origin) in stated.others.iter().filter(|(d, w, _)| (d - w).abs() > EXACT) {
        let message = format!("Angka {} tidak sama dengan terbilangnya ({}).", plain_number(digits), plain_number(words));
        findings.add(Finding::new("P06", message).at(origin).numbers(digits, words));
    }
}

/// A figure whose words say another number.
struct Broken<'a> {
    statement: &'a Statement,
    digits: f64,
    words: f64,
    printed: &'a str,
}

/// Men, women and all, as printed.
struct Sum {
    values: [f64; 3],
    at: [Origin; 3],
}

fn balance(chosen: &Chosen) -> Option<Sum> {
    let [l, p, t] = chosen.voters;
    let (l, p, t) = (l?, p?, t?);
    Some(Sum { values: [l.value()?, p.value()?, t.value()?], at: [l.origin, p.origin, t.origin] })
}

impl Sum {
    fn holds(&self) -> bool {
        (self.values[0] + self.values[1] - self.values[2]).abs() <= EXACT
    }

    /// What each figure would have to be.
    fn wanted(&self, index: usize) -> f64 {
        let [l, p, t] = self.values;
        [t - p, t - l, l + p][index]
    }

    fn finding(&self) -> Finding {
        let says = "Laki-laki + perempuan tidak sama dengan jumlah pemilih yang tercetak.";
        Finding::new("D01", says).at(self.at[2]).numbers(self.values[2], self.wanted(2))
    }

    /// The one figure that explains the broken sum together with all broken words: its words say what the sum wants, and no words
    /// vouch for its digits.
    fn culprit(&self, broken: &[(usize, Broken)], vouched: [bool; 3]) -> Option<(usize, f64)> {
        let voters: Vec<(usize, f64)> = broken.iter().filter_map(|(i, b)| Some((i.checked_sub(2)?, b.words))).collect();
        let (first, words) = *voters.first()?;
        let same = voters.iter().all(|(i, w)| *i == first && (w - words).abs() <= EXACT);
        (same && !self.holds() && !vouched[first] && (self.wanted(first) - words).abs() <= EXACT).then_some((first, words))
    }
}

fn blame(mut finding: Finding, suspect: Option<(Origin, f64)>) -> Finding {
    if let Some((cell, value)) = suspect {
        (finding.suspect, finding.suggestion) = (Some(cell), plain_number(value));
    }
    finding
}

/// The words printed for a figure, each number once: beside its digits, or elsewhere without digits.
fn words_of<'a>(stated: &'a Stated, statement: &Statement, digits: f64) -> Vec<(Option<f64>, &'a str)> {
    let own = |s: &&Statement| s.slot == statement.slot && (s.digits.is_none() || s.digits == Some(digits));
    let mut out: Vec<(Option<f64>, &str)> = Vec::new();
    for (value, printed) in stated.statements.iter().filter(own).filter_map(|s| s.words.as_ref()) {
        if !out.iter().any(|(known, _)| known == value) {
            out.push((*value, printed));
        }
    }
    out
}

fn words_differ(index: usize, broken: &Broken) -> Finding {
    let (name, digits, words) = (NAMES[index], plain_number(broken.digits), plain_number(broken.words));
    let message = format!("{name} {digits}: terbilangnya \"{}\" berarti {words}. Samakan keduanya.", broken.printed);
    Finding::new("P06", message).at(broken.statement.origin).numbers(broken.digits, broken.words)
}

fn unreadable(statement: &Statement, digits: f64, printed: &str) -> Finding {
    let right = plain_number(digits).parse().ok().and_then(terbilang::words).unwrap_or_default();
    let message =
        format!("Terbilang \"{printed}\" tidak terbaca sebagai bilangan; untuk {} seharusnya \"{right}\".", plain_number(digits));
    Finding::new("P06", message).at(statement.origin).found(plain_number(digits)).expected(right)
}
