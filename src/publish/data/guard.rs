//! Formula injection: a text from an input must not turn into a formula when somebody opens a CSV file in a spreadsheet.
//!
//! Spreadsheets take a cell for a formula when it starts with `=`, `+`, `-` or `@` (also in their full-width forms), and some when
//! a tab or a line break stands before that. Such a text gets an apostrophe in front, the mark that spreadsheets themselves use for
//! "this is text". Left alone are texts that start like that but can only be a sign or a number: a lone dash, `-12`, `+1.234,5`,
//! `-3 %`. Number columns are never touched: a negative number is a number. Workbooks need none of this, their texts are
//! written as text cells.

/// Whether the text needs an apostrophe in front.
#[must_use]
pub fn is_dangerous(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let text = text.trim();
    match text.chars().next() {
        Some('=' | '@' | '＝' | '＠') => text.chars().count() > 1,
        Some('+' | '-' | '＋' | '－') => !is_sign_or_number(text),
        _ => false,
    }
}

/// Dashes alone, or a sign with digits, separators and per cent.
fn is_sign_or_number(text: &str) -> bool {
    let dashes = text.chars().all(|c| matches!(c, '-' | '－'));
    let mut rest = text.trim_start_matches(['+', '-']).trim_start().trim_end_matches(['%', ' ', '-', ',', '.']);
    let signs = text.len() - text.trim_start_matches(['+', '-']).len();
    if let Some(after) = rest.strip_prefix("Rp") {
        rest = after.trim_start_matches(['.', ' ']);
    }
    let digits =
        rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    dashes || (signs == 1 && digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_recognised() {
        for text in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+SUM(A1)",
            "-2+3",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            " =1",
            "-A1",
            "- HYPERLINK(\"x\")",
            "＝1+1",
            "--1",
            "+62 812",
            "-1e5(",
            "- Honor tim",
        ] {
            assert!(is_dangerous(text), "{text:?}");
        }
    }

    #[test]
    fn dashes_numbers_and_names_stay() {
        for text in
            ["", "-", "--", "–", "-12", "+5", "-1.234,50", "-3 %", "-Rp1.000", "Kec. Kumai", "A=B", "12-3", "'=1", "a@b.id", "="]
        {
            assert!(!is_dangerous(text), "{text:?}");
        }
    }
}
