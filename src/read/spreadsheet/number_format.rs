//! What a number format makes of a number: a date, a percentage, or the number itself.

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shows {
    /// As a number, whatever its decimals and currency.
    #[default]
    Number,
    /// As a date or a time.
    Date,
    /// As a percentage.
    Percent,
}

/// What a built-in number format of Excel shows.
pub(super) const fn builtin(id: u32) -> Shows {
    match id {
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shows::Date,
        9 | 10 => Shows::Percent,
        _ => Shows::Number,
    }
}

/// What a number format written out (`dd mmmm yyyy`, `[h]:mm`, `0.00%`) shows. Only its first section counts; quoted and
/// escaped characters and what stands in brackets (colours, currencies, locales) do not, but `[h]` does.
pub(super) fn format_code(code: &str) -> Shows {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let _ = chars.by_ref().find(|&c| c == '"');
            }
            '\\' | '_' | '*' => {
                let _ = chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                let first = inside.chars().next().map(|c| c.to_ascii_lowercase());
                let one_letter = inside.chars().all(|c| Some(c.to_ascii_lowercase()) == first);
                if one_letter && matches!(first, Some('h' | 'm' | 's')) {
                    return Shows::Date;
                }
            }
            ';' => return Shows::Number,
            '%' => return Shows::Percent,
            'G' | 'g' if chars.as_str().get(..6).is_some_and(|rest| rest.eq_ignore_ascii_case("eneral")) => {
                let _ = chars.nth(5);
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Shows::Date,
            _ => (),
        }
    }
    Shows::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for code in ["dd/mm/yyyy", "[$-421]dd mmmm yyyy;@", "[h]:mm", "mmm-yy", "\"tanggal\" d", "hh:mm AM/PM"] {
            assert_eq!(format_code(code), Shows::Date, "{code}");
        }
        for code in ["0%", "0.00%;[Red]-0.00%", "#,##0.0\\ %"] {
            assert_eq!(format_code(code), Shows::Percent, "{code}");
        }
        for code in ["General", "#,##0", "[Red]#,##0", "\"hari\" 0", "_-* #,##0_-;dd", "[$Rp-421]#,##0", "0\\s", "@", "0\"%\""] {
            assert_eq!(format_code(code), Shows::Number, "{code}");
        }
    }
}
