//! Printed ISO dates as the days spreadsheets count.

use jiff::civil::{Date, DateTime};

/// Largest day number spreadsheets show as a date: 9999-12-31.
const LAST_DAY: f64 = 2_958_465.999_999;

/// Days between the two ways to count.
pub(super) const FROM_1904: f64 = 1_462.0;

/// Whether a stored number can be a date at all; what cannot is left a number, so that it is not lost.
pub(super) fn datable(serial: f64) -> bool {
    (0.0..=LAST_DAY).contains(&serial)
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
    fn iso_dates_become_day_numbers() {
        assert_eq!(from_iso("2025-10-03"), Some(45_933.0));
        assert_eq!(from_iso("2025-10-03T12:00:00Z"), Some(45_933.5));
        assert_eq!(from_iso("3 Oktober 2025"), None);
        assert_eq!(from_duration("PT06H00M00S"), Some(0.25));
        assert_eq!(from_duration("PTx"), None);
    }
}
