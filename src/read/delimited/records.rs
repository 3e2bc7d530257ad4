//! Delimited text → records. Written here because a record's number is its address: blank lines must count, and a quote that
//! is never closed must not swallow the rest of the file.

use std::borrow::Cow;

use super::dialect::Dialect;

/// Goes through a text record by record.
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    dialect: Dialect,
    /// Where the last quote stands that can close a field; an opening quote behind it is a plain character.
    last_close: usize,
}

impl<'a> Records<'a> {
    /// Starts at the beginning.
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        let bytes = text.as_bytes();
        let closes = |&i: &usize| {
            bytes[i] == dialect.quote && bytes.get(i + 1).is_none_or(|&b| b == dialect.delimiter || b == b'\n' || b == b'\r')
        };
        let last_close = (0..bytes.len()).rev().find(closes).unwrap_or(0);
        Self { text, at: 0, dialect, last_close }
    }

    /// The fields of the next record, as printed; false at the end.
    pub(super) fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> bool {
        fields.clear();
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            let field = self.field();
            fields.push(field);
            let bytes = self.text.as_bytes();
            match bytes.get(self.at) {
                Some(&b) if b == self.dialect.delimiter => self.at += 1,
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return true;
                }
                Some(_) => {
                    self.at += 1;
                    return true;
                }
                None => return true,
            }
        }
    }

    /// One field, up to its delimiter or the end of the record.
    fn field(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.at..];
        let blanks = rest.bytes().take_while(|&b| b == b' ').count();
        let quoted = rest.as_bytes().get(blanks) == Some(&self.dialect.quote);
        if quoted && self.at + blanks < self.last_close {
            self.at += blanks + 1;
            return self.quoted();
        }
        self.plain()
    }

    fn plain(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.at..];
        let end = rest.bytes().position(|b| b == self.dialect.delimiter || b == b'\n' || b == b'\r');
        let end = end.unwrap_or(rest.len());
        self.at += end;
        rest[..end].into()
    }

    /// Behind an opening quote. A doubled quote is one quote; what stands between the closing quote and the delimiter is kept.
    fn quoted(&mut self) -> Cow<'a, str> {
        let quote = self.dialect.quote;
        let mut field = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.at..];
            let Some(end) = rest.bytes().position(|b| b == quote) else {
                self.at = self.text.len();
                return join(field, rest);
            };
            self.at += end + 1;
            if self.text.as_bytes().get(self.at) == Some(&quote) {
                field = join(field, &rest[..=end]);
                self.at += 1;
            } else {
                field = join(field, &rest[..end]);
                let tail = self.plain();
                return if tail.trim().is_empty() { field } else { Cow::Owned(field.into_owned() + &tail) };
            }
        }
    }
}

fn join<'a>(start: Cow<'a, str>, more: &'a str) -> Cow<'a, str> {
    if start.is_empty() { more.into() } else { Cow::Owned(start.into_owned() + more) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(text, Dialect { delimiter: b',', quote: b'"' });
        let (mut fields, mut all) = (Vec::new(), Vec::new());
        while records.next(&mut fields) {
            all.push(fields.iter().map(|f| f.clone().into_owned()).collect());
        }
        all
    }

    #[test]
    fn quoted_fields_keep_delimiters_quotes_and_lines() {
        assert_eq!(all("a,\"b, \"\"c\"\"\nd\" ,e\r\nf"), [vec!["a", "b, \"c\"\nd", "e"], vec!["f"]]);
    }

    #[test]
    fn blank_lines_are_records() {
        assert_eq!(all("a\n\n\r\nb\n"), [vec!["a"], vec![""], vec![""], vec!["b"]]);
    }

    #[test]
    fn a_quote_without_partner_is_a_character() {
        assert_eq!(all("a,\"b\nc,d\n"), [vec!["a", "\"b"], vec!["c", "d"]]);
        assert_eq!(all("5\" pipa,x"), [vec!["5\" pipa", "x"]]);
        assert_eq!(all("\"a\"b,\"c\""), [vec!["ab", "c"]]);
    }

    #[test]
    fn a_delimiter_at_the_end_opens_an_empty_field() {
        assert_eq!(all("a,b,\nc,,"), [vec!["a", "b", ""], vec!["c", "", ""]]);
    }
}
