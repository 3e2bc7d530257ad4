//! The paper of one draft: title, opening, result, table of regions, signatures by role.

use jiff::civil::Date;

use crate::model::period::Part;
use crate::model::{BatchConfig, Level, Period, Region};
use crate::normalise::region::Regions;
use crate::normalise::{date, terbilang};
use crate::publish::docx::{Align, Column, Paper};
use crate::publish::words;

use super::figures::Figures;

/// What all drafts of a batch share.
pub struct Desk<'a> {
    /// Day, place and number, where they are stated.
    pub config: &'a BatchConfig,
    /// Names.
    pub regions: &'a Regions,
    /// Period of the figures.
    pub period: Option<Period>,
}

/// A dotted line to be filled in by hand.
const BLANK: &str = "....................";

/// Writes one draft. `open`: what keeps it from being final, one sentence each.
pub fn draft(desk: &Desk, office: Region, figures: &Figures, open: &[String]) -> Paper {
    let mut paper = Paper::new();
    let name = words::region(desk.regions, office);
    let period = desk.period.map_or_else(|| BLANK.to_owned(), words::period);
    if !open.is_empty() {
        paper.line(&format!("DRAF, BELUM UNTUK DITANDATANGANI. {}", open.join(" ")), Align::Left);
        paper.space();
    }
    for line in ["BERITA ACARA".to_owned(), number(desk, office), "TENTANG".to_owned()] {
        paper.title(&line);
    }
    paper.title(&format!("REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN {}", period.to_uppercase()));
    paper.title(&name.to_uppercase());
    paper.space();
    paper.text(&opening(desk, &name, &period));
    result(&mut paper, figures);
    if !figures.rows.is_empty() {
        paper.heading("Rincian menurut wilayah");
        table(&mut paper, figures);
    }
    paper.text("Demikian Berita Acara ini dibuat untuk dipergunakan sebagaimana mestinya.");
    signatures(&mut paper, desk, office, &name);
    paper
}

/// The number stated for the consolidating office; a dotted line with the office's code and the year for the others.
fn number(desk: &Desk, office: Region) -> String {
    let own = desk.config.wilayah.is_none_or(|scope| scope == office);
    let stated = desk.config.minutes.number.as_deref().filter(|_| own);
    let code = office.to_string().replace('.', "");
    let year = desk.period.map_or_else(|| "....".to_owned(), |p| p.year.to_string());
    stated.map_or_else(|| format!("NOMOR : ....../....................-BA/{code}/{year}"), |n| format!("NOMOR : {n}"))
}

/// Day, date in words and digits, place, meeting.
fn opening(desk: &Desk, name: &str, period: &str) -> String {
    let day = desk.config.minutes.date.as_deref().and_then(|text| text.parse::<Date>().ok());
    let when = day.map_or_else(
        || format!("Pada hari ini {BLANK}, tanggal {BLANK} bulan {BLANK} tahun {BLANK} (......../......../............)"),
        |day| {
            let said = |n: i16| u64::try_from(n).ok().and_then(terbilang::words).unwrap_or_default();
            let (month, _) = month_and_year(day);
            let digits = format!("{:02}/{:02}/{}", day.day(), day.month(), day.year());
            format!(
                "Pada hari ini {}, tanggal {} bulan {month} tahun {} ({digits})",
                date::day_name(date::weekday_of(day)),
                said(i16::from(day.day())),
                said(day.year())
            )
        },
    );
    let place = desk.config.minutes.place.as_deref().unwrap_or(BLANK);
    format!(
        "{when}, bertempat di {place}, Komisi Pemilihan Umum {name} melaksanakan Rapat Pleno Terbuka Rekapitulasi Pemutakhiran Data Pemilih \
         Berkelanjutan {period} dengan hasil sebagai berikut:"
    )
}

fn month_and_year(day: Date) -> (String, String) {
    let part = Part::Month(day.month().unsigned_abs());
    let printed = words::period(Period { year: day.year().unsigned_abs(), part });
    printed.split_once(' ').map_or((printed.clone(), String::new()), |(m, y)| (m.to_owned(), y.to_owned()))
}

/// The figures one by one, each in digits and in words.
fn result(paper: &mut Paper, figures: &Figures) {
    let [kabkota, kecamatan] = figures.counts;
    let [desa, l, p, total] = figures.sums;
    let mut lines: Vec<(&str, Option<f64>, &str)> = Vec::new();
    if kabkota.is_some() {
        lines.push(("Jumlah kabupaten/kota", kabkota, ""));
    }
    lines.extend([
        ("Jumlah kecamatan", kecamatan, ""),
        ("Jumlah desa/kelurahan", desa, ""),
        ("Jumlah pemilih laki-laki", l, " pemilih"),
        ("Jumlah pemilih perempuan", p, " pemilih"),
        ("Jumlah pemilih seluruhnya", total, " pemilih"),
    ]);
    for (number, (label, value, unit)) in lines.iter().enumerate() {
        paper.item(
            &format!("{}.", number + 1),
            &format!("{label} : {}{}", spelled(*value), if value.is_some() { unit } else { "" }),
        );
    }
    let [new, struck, changed] = figures.changes;
    if new.is_some() || struck.is_some() || changed.is_some() {
        let next = lines.len() + 1;
        let says = [("pemilih baru", new), ("pemilih tidak memenuhi syarat", struck), ("perbaikan data pemilih", changed)];
        let says: Vec<String> = says.iter().filter_map(|(what, n)| n.map(|n| format!("{what} {}", spelled(Some(n))))).collect();
        paper.item(&format!("{next}."), &format!("Perubahan dalam periode ini : {}", says.join("; ")));
    }
}

/// `66.428 (enam puluh enam ribu empat ratus dua puluh delapan)`, or a dotted line.
fn spelled(value: Option<f64>) -> String {
    let Some(number) = value.and_then(whole) else { return format!("{BLANK} ({BLANK}{BLANK})") };
    format!("{} ({})", digits(number), terbilang::words(number).unwrap_or_default())
}

/// A count as a whole number; `None` for what no count is.
fn whole(value: f64) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked: whole, not negative, below 10^15")]
    (value >= 0.0 && value.fract() == 0.0 && value <= 1e15).then_some(value as u64)
}

/// Thousands parted by points.
fn digits(number: u64) -> String {
    let plain = number.to_string();
    let mut out = String::new();
    for (i, digit) in plain.chars().enumerate() {
        if i > 0 && (plain.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// The regions with their figures and the sums below; what is not known is empty.
fn table(paper: &mut Paper, figures: &Figures) {
    let name = figures.level.map_or("Wilayah", words::level);
    let column = |heading, width, align| Column { heading, width, align };
    let right = Align::Right;
    let columns = [
        column("No", 10, Align::Middle),
        column(name, 58, Align::Left),
        column("Desa/Kelurahan", 24, right),
        column("Laki-laki", 24, right),
        column("Perempuan", 24, right),
        column("Jumlah", 25, right),
    ];
    let cells = |values: &[Option<f64>; 4]| values.map(|v| v.and_then(whole).map(digits).unwrap_or_default());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (number, row) in figures.rows.iter().enumerate() {
        rows.push([vec![(number + 1).to_string(), row.name.clone()], cells(&row.values).to_vec()].concat());
    }
    rows.push([vec![String::new(), "JUMLAH".to_owned()], cells(&figures.sums).to_vec()].concat());
    paper.table(&columns, &rows, 1);
}

/// Roles, never names.
fn signatures(paper: &mut Paper, desk: &Desk, office: Region, name: &str) {
    let day = desk.config.minutes.date.as_deref().and_then(|text| text.parse::<Date>().ok());
    let when = day.map_or_else(
        || BLANK.to_owned(),
        |day| {
            let (month, year) = month_and_year(day);
            format!("{} {month} {year}", day.day())
        },
    );
    let members = if office.level() == Level::Nasional { 7 } else { 5 };
    paper.space();
    paper.signature(&format!("{BLANK}, {when}"));
    paper.signature(&format!("KOMISI PEMILIHAN UMUM {}", name.to_uppercase()));
    for number in 1..=members {
        let role = if number == 1 { "Ketua" } else { "Anggota" };
        paper.signature("");
        paper.signature(&format!("{number}. {role}\t{BLANK}"));
    }
}
