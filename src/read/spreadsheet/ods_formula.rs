//! Formulas of `OpenDocument` in the notation of workbooks: `of:=SUM([.B2:.B5];[$Lain.C1])` → `SUM(B2:B5,Lain!C1)`.

/// The formula without its prefix and `=`, references and separators as Excel writes them.
pub(super) fn plain(written: &str) -> String {
    let Some((prefix, formula)) = written.split_once('=') else { return written.to_owned() };
    if prefix.starts_with("msoxl") || prefix.is_empty() {
        return formula.to_owned();
    }
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' => quoted(rest, '"', &mut out),
            '[' => reference(rest, &mut out),
            ';' => {
                out.push(',');
                1
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Copies a quoted piece; gives its length.
fn quoted(text: &str, quote: char, out: &mut String) -> usize {
    let end = text[1..].find(quote).map_or(text.len(), |i| i + 2);
    out.push_str(&text[..end]);
    end
}

/// Writes `[…]` as a reference; gives its length. A bracket within a quoted sheet name does not end it.
fn reference(text: &str, out: &mut String) -> usize {
    let mut in_quotes = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        in_quotes ^= c == '\'';
        c == ']' && !in_quotes
    });
    let Some((end, _)) = end else {
        out.push_str(text);
        return text.len();
    };
    for (i, corner) in split_unquoted(&text[1..end], ':').into_iter().enumerate() {
        if i > 0 {
            out.push(':');
        }
        self::corner(corner, out);
    }
    end + 1
}

/// One corner: `.B2`, `$Lain.B2`, `'file:///x.ods'#$Lain.B2`.
fn corner(text: &str, out: &mut String) {
    let (file, place) = match text.split_once("'#") {
        Some((file, place)) => (Some(file.trim_start_matches('\'')), place),
        None => (None, text),
    };
    let parts = split_unquoted(place, '.');
    let (Some(cell), sheet) = (parts.last(), &place[..place.len() - parts.last().map_or(0, |c| c.len())]) else {
        return;
    };
    let sheet = sheet.trim_end_matches('.').trim_start_matches('$');
    match file {
        Some(file) => out.extend(["'[", file, "]", sheet.trim_matches('\''), "'!"]),
        None if !sheet.is_empty() => out.extend([sheet, "!"]),
        None => (),
    }
    out.push_str(cell);
}

/// Splits where the mark stands outside single quotes.
fn split_unquoted(text: &str, mark: char) -> Vec<&str> {
    let mut in_quotes = false;
    text.split(|c| {
        in_quotes ^= c == '\'';
        c == mark && !in_quotes
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn references_are_written_as_workbooks_do() {
        for (written, expected) in [
            ("of:=SUM([.B2:.B5];[$Lain.C1])", "SUM(B2:B5,Lain!C1)"),
            ("of:=[$'TW II'.$A$1]+1", "'TW II'!$A$1+1"),
            ("of:=['file:///c:/a.b.ods'#$Rekap.A1]", "'[file:///c:/a.b.ods]Rekap'!A1"),
            ("of:=IF([.A1]=1;\"a;[b]\";\"\")", "IF(A1=1,\"a;[b]\",\"\")"),
            ("msoxl:=SUM(B2:B5)", "SUM(B2:B5)"),
            ("of:=[.A1", "[.A1"),
            ("of:=[.#REF!]", "#REF!"),
        ] {
            assert_eq!(plain(written), expected, "{written}");
        }
    }
}
