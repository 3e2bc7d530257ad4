//! Marks that offices put before a text to show where it belongs: `>` and `>>` before headers, `-` before details, `[ # ]` and `[ - ]`
//! before the groups of regional budgets.

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A heading of details; deeper ones have larger numbers.
    Header(u8),
    /// A detail.
    Detail,
}

/// The mark that a cell consists of: `>`, `> >`, `-`, `[ # ]`; `None` for anything else.
#[must_use]
pub fn alone(text: &str) -> Option<Mark> {
    let (mark, rest) = leading(text)?;
    rest.is_empty().then_some(mark)
}

/// The mark at the head of a text, and the text without it: `>> Honor` → header 2 and `Honor`.
#[must_use]
pub fn leading(text: &str) -> Option<(Mark, &str)> {
    let text = text.trim();
    if let Some((inside, rest)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) {
        let depth = match inside.trim() {
            "#" => 1,
            "-" | "–" => 2,
            _ => return None,
        };
        return Some((Mark::Header(depth), rest.trim()));
    }
    let rest = text.trim_start_matches(|c: char| c == '>' || c == '›' || c.is_whitespace());
    let arrows = text[..text.len() - rest.len()].chars().filter(|c| !c.is_whitespace()).count();
    if arrows > 0 {
        return Some((Mark::Header(u8::try_from(arrows).unwrap_or(u8::MAX)), rest.trim()));
    }
    // A star alone marks what is blocked.
    let starred = text.strip_prefix("* ").map(str::trim_start).filter(|rest| rest.starts_with(char::is_alphabetic));
    let rest = starred.or_else(|| text.strip_prefix(['-', '–', '—', '•', '▪', '●', '·']))?;
    // -5 is a number; - 5 Orang is a detail.
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then(|| (Mark::Detail, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_texts() {
        for (text, mark, rest) in [
            (">", Mark::Header(1), ""),
            ("> >", Mark::Header(2), ""),
            (">>  Honor", Mark::Header(2), "Honor"),
            ("[ # ] Alat Tulis", Mark::Header(1), "Alat Tulis"),
            ("[-] Alat Tulis", Mark::Header(2), "Alat Tulis"),
            ("- ATK", Mark::Detail, "ATK"),
            ("-ATK", Mark::Detail, "ATK"),
            ("• ATK", Mark::Detail, "ATK"),
            ("* ATK", Mark::Detail, "ATK"),
        ] {
            assert_eq!(leading(text), Some((mark, rest)), "{text}");
            assert_eq!(alone(text), rest.is_empty().then_some(mark), "{text}");
        }
        for text in ["", "ATK - kertas", "-5", "[2 ORG x 3 HR]", "a > b"] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
