//! Which number formats show a date, and printed ISO dates as the days spreadsheets count.

use jiff::civil::{Date, DateTime};

/// Largest day number spreadsheets show as a date: 9999-12-31.
const LAST_DAY: f64 = 2_958_465.999_999;

/// Days between the two ways to count.
pub(super) const FROM_1904: f64 = 1_462.0;

/// Whether a stored number can be a date at all; what cannot is left a number, so that it is not lost.
pub(super) fn datable(serial: f64) -> bool {
    (0.0..=LAST_DAY).contains(&serial)
}

/// Whether a built-in number format of Excel is a date or a time.
pub(super) const fn builtin(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a number format written out (`dd mmmm yyyy`, `[h]:mm`) is a date or a time. Only its first section counts;
/// quoted and escaped characters and what stands in brackets (colours, currencies, locales) do not, but `[h]` does.
pub(super) fn format_code(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => { let _ = chars.by_ref().find(|&c| c == '"'); }
            '\\' | '_' | '*' => { let _ = chars.next(); }
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                let first = inside.chars().next().map(|c| c.to_ascii_lowercase());
                if matches!(first, Some('h' | 'm' | 's')) && inside.chars().all(|c| Some(c.to_ascii_lowercase()) == first) {
                    return true;
                }
            }
            ';' => return false,
            'G' | 'g' if chars.as_str().get(..6).is_some_and(|rest| rest.eq_ignore_ascii_case("eneral")) => {
                let _ = chars.nth(5);
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            _ => (),
        }
    }
    false
}

/// `2025-07-01` or `2025-07-01T08:30:00`, with or without zone, as days since 1899-12-30.
pub(super) fn from_iso(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let (date, seconds) = if let Ok(moment) = text.parse::<DateTime>() {
        let time = moment.time();
        let seconds = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
        (moment.date(), seconds)
    } else {
        (text.parse::<Date>().ok()?, 0)
    };
    let start = jiff::civil::date(1899, 12, 30);
    let days = start.until(date).ok()?.get_days();
    Some(f64::from(days) + f64::from(seconds) / 86_400.0)
}

/// `PT08H30M00S` as a fraction of a day.
pub(super) fn from_duration(text: &str) -> Option<f64> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut seconds = 0.0;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let number: f64 = rest[..end].parse().ok()?;
        seconds += number
            * match rest.as_bytes()[end] {
                b'H' => 3600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = &rest[end + 1..];
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_formats_are_told_from_number_formats() {
        for code in ["dd/mm/yyyy", "[$-421]dd mmmm yyyy;@", "[h]:mm", "mmm-yy", "\"tanggal\" d", "hh:mm AM/PM"] {
            assert!(format_code(code), "{code}");
        }
        for code in ["General", "#,##0", "0.00%", "[Red]#,##0", "\"hari\" 0", "_-* #,##0_-;dd", "[$Rp-421]#,##0", "0\\s", "@"] {
            assert!(!format_code(code), "{code}");
        }
    }

    #[test]
    fn iso_dates_become_day_numbers() {
        assert_eq!(from_iso("2025-10-03"), Some(45_933.0));
        assert_eq!(from_iso("2025-10-03T12:00:00Z"), Some(45_933.5));
        assert_eq!(from_iso("3 Oktober 2025"), None);
        assert_eq!(from_duration("PT06H00M00S"), Some(0.25));
        assert_eq!(from_duration("PTx"), None);
    }
}
