//! The program's own words on what it publishes: levels, periods, states, severities. What offices print stands in `schemas/`.

use crate::consolidate::State;
use crate::model::period::Part;
use crate::model::schema::Severity;
use crate::model::{Level, Period, Recomputed, Region, Schemas, Status};
use crate::normalise::region::Regions;

/// What regions of a level are called in a heading.
#[must_use]
pub const fn level(level: Level) -> &'static str {
    match level {
        Level::Nasional => "Nasional",
        Level::Provinsi => "Provinsi",
        Level::Kabkota => "Kabupaten/Kota",
        Level::Kecamatan => "Kecamatan",
        Level::Desa => "Desa/Kelurahan",
        Level::Tps => "TPS",
    }
}

/// What one speaks of in a sentence: `12 kabupaten/kota`.
#[must_use]
pub fn level_in_text(of: Level) -> String {
    match of {
        Level::Tps => "TPS".to_owned(),
        other => level(other).to_lowercase(),
    }
}

/// `Triwulan III Tahun 2025`.
#[must_use]
pub fn period(period: Period) -> String {
    const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let pick = |names: &[&'static str], n: u8| names.get(usize::from(n).wrapping_sub(1)).copied().unwrap_or_default();
    match period.part {
        Part::Year => format!("Tahun {}", period.year),
        Part::Semester(n) => format!("Semester {} Tahun {}", pick(&ROMAN, n), period.year),
        Part::Quarter(n) => format!("Triwulan {} Tahun {}", pick(&ROMAN, n), period.year),
        Part::Month(n) => format!("{} {}", pick(&MONTHS, n), period.year),
    }
}

/// Official name of a region, its code where the list does not have it.
#[must_use]
pub fn region(regions: &Regions, region: Region) -> String {
    match (region.level(), regions.name(region)) {
        (Level::Nasional, _) => "Indonesia".to_owned(),
        (Level::Provinsi, Some(name)) if !name.to_lowercase().starts_with("provinsi") => format!("Provinsi {name}"),
        (_, Some(name)) => name.to_owned(),
        (_, None) => region.to_string(),
    }
}

/// What officials call a kind of document.
#[must_use]
pub fn kind<'a>(schemas: &'a Schemas, name: &'a str) -> &'a str {
    schemas.kind(name).map_or(name, |k| &k.label)
}

/// A kind of document where there is little room, as officials abbreviate it.
#[must_use]
pub fn kind_in_short<'a>(schemas: &'a Schemas, name: &'a str) -> &'a str {
    match name {
        "dpt" => "DPT",
        "pdpb" => "PDPB",
        "anggaran" => "Anggaran",
        "realisasi" => "Realisasi",
        "iku" => "IKU",
        "sop" => "SOP",
        "logistik" => "Logistik",
        "berita_acara" => "Berita Acara",
        other => kind(schemas, other),
    }
}

/// State of a delivery.
#[must_use]
pub const fn state(state: State) -> &'static str {
    match state {
        State::Received => "diterima",
        State::Late => "terlambat",
        State::Doubled => "ganda",
        State::NeedsRepair => "perlu perbaikan",
        State::Missing => "belum",
    }
}

/// Status of a document.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Accepted => "dipakai",
        Status::Superseded => "digantikan",
        Status::Rejected => "ditolak",
        Status::Quarantined => "dikarantina",
        Status::Unrecognised => "tidak dikenali",
    }
}

/// How far formulas could be calculated again and why some could not; empty where there are none.
#[must_use]
pub fn formulas(of: &Recomputed) -> String {
    const SHOWN: usize = 4;
    #[expect(clippy::cast_precision_loss, reason = "counts of formulas, far below 2^52")]
    let number = |n: u64| count(n as f64);
    match (of.all, of.open()) {
        (0, _) => String::new(),
        (all, 0) => format!("{} rumus dihitung ulang", number(all)),
        (all, open) => {
            let reasons = of.reasons();
            let mut said: Vec<String> = reasons.iter().take(SHOWN).map(|(why, n)| format!("{why} ({})", number(*n))).collect();
            if reasons.len() > SHOWN {
                said.push(format!("{} sebab lain", reasons.len() - SHOWN));
            }
            let done = number(all.saturating_sub(open));
            format!("{done} dari {} rumus dihitung ulang; {} tidak dapat: {}", number(all), number(open), said.join(", "))
        }
    }
}

/// Severity of a finding.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "kesalahan",
        Severity::Warning => "peringatan",
        Severity::Info => "informasi",
    }
}

/// Reason for striking a voter from the list (`alasan`) as a heading.
#[must_use]
pub fn reason(code: &str) -> &str {
    match code {
        "meninggal" => "Meninggal dunia",
        "ganda" => "Ganda",
        "di_bawah_umur" => "Di bawah umur",
        "pindah" => "Pindah keluar",
        "tidak_dikenal" => "Tidak dikenal",
        "tni" => "TNI",
        "polri" => "Polri",
        "tni_polri" => "TNI/Polri",
        "hak_pilih_dicabut" => "Hak pilih dicabut",
        "bukan_penduduk" => "Bukan penduduk setempat",
        "wna" => "WNA",
        "belum_ktp_el" => "Belum KTP-el",
        "lainnya" => "Lainnya",
        other => other,
    }
}

pub use crate::normalise::number::grouped as count;

/// A number with at most `places` decimals the Indonesian way: 1.028,5; no zeros at its end.
#[must_use]
pub fn decimal(number: f64, places: usize) -> String {
    let text = format!("{:.places$}", number.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let whole = count(whole.parse().unwrap_or(0.0));
    let sign = if number < 0.0 && (whole != "0" || !rest.is_empty()) { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_were_not_calculated_are_told_with_their_reasons() {
        let mut of = Recomputed::default();
        assert_eq!(formulas(&of), "");
        of.count(None);
        assert_eq!(formulas(&of), "1 rumus dihitung ulang");
        for why in ["b", "a", "b"] {
            of.count(Some(why.to_owned()));
        }
        assert_eq!(formulas(&of), "1 dari 4 rumus dihitung ulang; 3 tidak dapat: b (2), a (1)");
    }

    #[test]
    fn periods_and_numbers_read_as_officials_write_them() {
        let read = |text: &str| period(text.parse().unwrap());
        assert_eq!(read("2025-TW3"), "Triwulan III Tahun 2025");
        assert_eq!(read("2025-S1"), "Semester I Tahun 2025");
        assert_eq!(read("2025-07"), "Juli 2025");
        assert_eq!(read("2025"), "Tahun 2025");
        assert_eq!((decimal(1028.55, 1), decimal(-0.01, 1), decimal(-12.0, 2)), ("1.028,5".into(), "0".into(), "-12".into()));
        assert_eq!((count(1_028_321.0), count(-12.0), count(999.0)), ("1.028.321".into(), "-12".into(), "999".into()));
    }
}
