//! Several labels in one line or cell, and the values beside them: what paper and hurried typists run together.

use crate::tables::phrases::Phrases;

use super::fields::{FIELDS, is_label, plausible};
use super::fused::answers;

/// A line cut where labels with a colon, or with what can be nothing but their value, follow: `No. SOP : 3/2025 Tgl Revisi 4 Mei 2025`.
pub(super) fn at_labels<'t>(line: &'t str, phrases: &Phrases) -> Vec<&'t str> {
    const LONGEST: usize = 300;
    if line.len() > LONGEST {
        return vec![line];
    }
    let led = is_label(line, phrases);
    let begins = |at: usize| {
        let rest = line.get(at..).unwrap_or_default();
        FIELDS.iter().any(|f| {
            let Some(behind) = phrases.after(&format!("isian:{f}"), rest) else { return false };
            let words = rest.get(..rest.len() - behind.len()).unwrap_or_default().split_whitespace().count();
            let parts = led && (behind.trim().is_empty() || behind.trim_start().starts_with(':'));
            words >= 2 && (parts || answers(f, behind))
        })
    };
    let blanks = line.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, c)| i + c.len_utf8());
    let cuts: Vec<usize> = blanks.filter(|&at| !line.get(at..).unwrap_or_default().starts_with(' ') && begins(at)).collect();
    let ends = cuts.iter().copied().chain([line.len()]);
    [0].into_iter().chain(cuts.iter().copied()).zip(ends).filter_map(|(a, b)| line.get(a..b)).collect()
}

/// Labels of several lines that ran together on paper, with nothing else in the cell: `NAMA SOP NOMOR SOP`.
pub(super) fn run_together(line: &str, phrases: &Phrases) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut rest = line;
    while !rest.trim().is_empty() {
        let found = FIELDS.iter().filter_map(|&f| Some((f, phrases.after(&format!("isian:{f}"), rest)?)));
        let Some((field, behind)) = found.min_by_key(|(_, rest)| rest.len()) else { return Vec::new() };
        out.push(field);
        rest = behind;
    }
    out
}

/// Lines of values given to labels in their order: one for each, or where there are fewer or more the only way in which each line can be
/// the value of its label. A date that is left out is that of the revision, which most papers leave blank.
pub(super) fn shared_out(asked: &[&str], values: &[&str]) -> Option<Vec<String>> {
    const MOST: usize = 8;
    if values.len() == asked.len() {
        return Some(values.iter().map(|&v| v.to_owned()).collect());
    }
    if asked.len() > MOST || values.len() > MOST {
        return None;
    }
    let mut ways: Vec<Vec<String>> = Vec::new();
    ways_of(asked, values, &mut vec![String::new(); asked.len()], 0, &mut ways);
    let blank = |way: &&Vec<String>| -> usize {
        asked.iter().zip(way.iter()).map(|(f, v)| usize::from(v.is_empty()) * if *f == "tanggal_revisi" { 1 } else { 2 }).sum()
    };
    let least = ways.iter().map(|w| blank(&w)).min()?;
    let mut best = ways.iter().filter(|w| blank(w) == least);
    best.next().filter(|_| best.next().is_none()).cloned()
}

/// A line taken apart at what is unmistakable in it: dates, and the number with its strokes.
pub(super) fn pieces(line: &str) -> Vec<&str> {
    let mut marks: Vec<std::ops::Range<usize>> = crate::normalise::date::find(line).into_iter().map(|(_, at)| at).collect();
    let mut begin = 0;
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        if bare.matches('/').count() >= 2 && bare.chars().any(|c| c.is_ascii_digit()) {
            marks.push(begin..begin + bare.len());
        }
        begin += word.len();
    }
    marks.sort_by_key(|m| m.start);
    let mut out = Vec::new();
    let mut end = 0;
    for mark in marks.into_iter().filter(|m| m.len() > 1) {
        if mark.start < end {
            continue;
        }
        out.extend([line.get(end..mark.start).unwrap_or_default(), line.get(mark.clone()).unwrap_or_default()]);
        end = mark.end;
    }
    out.push(line.get(end..).unwrap_or_default());
    out.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// A line of values given to labels that stand in one line above it; `None` where one of them cannot be the value of its label.
pub(super) fn in_line(asked: &[&str], line: &str, phrases: &Phrases) -> Option<Vec<String>> {
    let values: Vec<&str> = pieces(line).into_iter().flat_map(|p| before_office(p, phrases)).collect();
    let shared = shared_out(asked, &values)?;
    asked.iter().zip(&shared).all(|(field, value)| value.is_empty() || plausible(field, value)).then_some(shared)
}

/// A text cut before the office that it ends with: `Pelayanan Informasi Sekretaris, A. B.`.
fn before_office<'t>(text: &'t str, phrases: &Phrases) -> Vec<&'t str> {
    let words = crate::normalise::text::words_at(text);
    let office = words.iter().skip(1).map(|w| w.at.start).find(|&at| {
        let behind = text.get(at..).and_then(|rest| phrases.after("tutup", rest));
        behind.is_some_and(|b| b.starts_with(','))
    });
    let Some(at) = office else { return vec![text] };
    [text.get(..at), text.get(at..)].into_iter().flatten().map(str::trim).collect()
}

/// All ways to give the lines to the labels from `from` on, in their order.
fn ways_of(asked: &[&str], values: &[&str], so_far: &mut Vec<String>, from: usize, ways: &mut Vec<Vec<String>>) {
    let Some((value, rest)) = values.split_first() else {
        ways.push(so_far.clone());
        return;
    };
    for at in from..asked.len() {
        let several = matches!(asked[at], "nama" | "disahkan_oleh");
        let known = so_far[at].clone();
        let free = if known.is_empty() { plausible(asked[at], value) } else { several };
        // A number holds strokes: a date is none.
        let dated = asked[at] == "nomor" && !value.contains('/');
        if free && !dated {
            so_far[at] = if known.is_empty() { (*value).to_owned() } else { format!("{known}\n{value}") };
            ways_of(asked, rest, so_far, at, ways);
            so_far[at] = known;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_ran_together() {
        assert_eq!(pieces("9 April 2023 Sekretaris, A. B."), ["9 April 2023", "Sekretaris, A. B."]);
        assert_eq!(pieces("Pengumpulan Data 32/ORT.06/IV/2023"), ["Pengumpulan Data", "32/ORT.06/IV/2023"]);
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        assert_eq!(run_together("TANGGAL EFEKTIF DISAHKAN OLEH", &phrases), ["tanggal_efektif", "disahkan_oleh"]);
        assert_eq!(run_together("NAMA SOP Pengelolaan Surat", &phrases), Vec::<&str>::new());
    }

    #[test]
    fn several_labels_in_one_line() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let line = "Disahkan oleh : Sekretaris, A. B. Tgl Efektif : 18 Juni 2024";
        assert_eq!(at_labels(line, &phrases), ["Disahkan oleh : Sekretaris, A. B. ", "Tgl Efektif : 18 Juni 2024"]);
        assert_eq!(at_labels("Menyusun tanggal efektif : baru", &phrases).len(), 1);
    }

    #[test]
    fn a_line_of_values_below_a_line_of_labels() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let shared = |asked: &[&str], line: &str| in_line(asked, line, &phrases).map(|v| v.join("|"));
        let dates = ["nomor", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif"];
        assert_eq!(
            shared(&dates, "2/ORT/VI/2023 3 Juni 2023 9 Juni 2023").as_deref(),
            Some("2/ORT/VI/2023|3 Juni 2023||9 Juni 2023")
        );
        let names = ["nama", "disahkan_oleh"];
        assert_eq!(shared(&names, "Pengelolaan Surat Sekretaris, A. B.").as_deref(), Some("Pengelolaan Surat|Sekretaris, A. B."));
        assert_eq!(shared(&names, "Pengelolaan Surat Masuk"), None, "nobody approved it");
    }

    #[test]
    fn lines_beside_several_labels() {
        let asked = ["tanggal_pembuatan", "tanggal_revisi"];
        assert_eq!(shared_out(&asked, &["3 April 2023"]), Some(vec!["3 April 2023".to_owned(), String::new()]));
        let asked = ["nama", "nomor"];
        let values = ["Pengumpulan Data Kinerja KPU", "Kabupaten Kapuas", "2/ORT/VI/2023"];
        let wanted = vec!["Pengumpulan Data Kinerja KPU\nKabupaten Kapuas".to_owned(), "2/ORT/VI/2023".to_owned()];
        assert_eq!(shared_out(&asked, &values), Some(wanted));
        assert_eq!(shared_out(&["nama", "disahkan_oleh"], &["A", "B", "C"]), None, "B may belong to either");
    }
}
