//! Which delimiter and which quote a text uses: the pair under which its records agree best.
//!
//! The score follows clevercsv (van den Burg e.a., 2019): records of equal width count for the reading, many different widths
//! against it, and so do fields in which another delimiter is left over.

use std::collections::BTreeMap;

use super::records::Records;

const DELIMITERS: [u8; 6] = [b';', b'\t', b'|', b',', b'^', b'~'];
const QUOTES: [u8; 2] = [b'"', b'\''];
/// How much of a text is looked at.
const SAMPLE: usize = 64 << 10;

/// How a text is delimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) quote: u8,
}

/// What the first line `sep=;` says, which Excel obeys and hides.
pub(super) fn named(text: &str) -> Option<Dialect> {
    let first = text.lines().next()?.trim().trim_matches('"');
    let sign = first.strip_prefix("sep=")?.bytes().next().unwrap_or(b'\t');
    Some(Dialect { delimiter: sign, quote: b'"' }).filter(|d| d.delimiter.is_ascii())
}

/// The dialect with the best score; a text without any delimiter is one column.
pub(super) fn find(text: &str) -> Dialect {
    let sample = sample(text);
    let mut best = (0.0, Dialect { delimiter: b',', quote: b'"' });
    for delimiter in DELIMITERS {
        for quote in QUOTES {
            let dialect = Dialect { delimiter, quote };
            // Strictly better only: the double quote is the rule, the single one must earn its place.
            let score = Shape::of(sample, dialect).score();
            if score > best.0 {
                best = (score, dialect);
            }
        }
    }
    best.1
}

/// Whether most lines of a text agree on more than one column.
pub(super) fn is_table(text: &str) -> bool {
    agrees(text, find(text), 2, 60)
}

/// The dialect of a text of which nearly all lines agree on several columns, and not by commas, which sentences have too.
pub(super) fn of_wide_table(text: &str) -> Option<Dialect> {
    let dialect = find(text);
    (dialect.delimiter != b',' && agrees(text, dialect, 3, 80)).then_some(dialect)
}

/// Whether at least two records, and this share of all in percent, have the same number of fields, and at least so many.
fn agrees(text: &str, dialect: Dialect, fields: usize, percent: usize) -> bool {
    let shape = Shape::of(sample(text), dialect);
    let usual = shape.widths.iter().filter(|(w, _)| **w >= fields).map(|(_, n)| *n).max().unwrap_or(0);
    usual >= 2 && usual * 100 >= shape.records * percent
}

/// The beginning of the text, up to the end of a line.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let end = text.as_bytes()[..SAMPLE].iter().rposition(|&b| b == b'\n').unwrap_or(SAMPLE);
    text.get(..end).unwrap_or(text)
}

/// How records and fields look under one dialect.
struct Shape {
    /// Records by number of fields; blank ones not counted.
    widths: BTreeMap<usize, usize>,
    records: usize,
    fields: usize,
    /// Fields in which a delimiter or a quote seems left over.
    spoilt: usize,
}

impl Shape {
    fn of(sample: &str, dialect: Dialect) -> Self {
        let mut shape = Self { widths: BTreeMap::new(), records: 0, fields: 0, spoilt: 0 };
        let mut records = Records::new(sample, dialect);
        let mut fields = Vec::new();
        while records.next(&mut fields) {
            if fields.iter().all(|f| f.trim().is_empty()) {
                continue;
            }
            *shape.widths.entry(fields.len()).or_default() += 1;
            shape.records += 1;
            shape.fields += fields.len();
            shape.spoilt += fields.iter().filter(|f| spoilt(f)).count();
        }
        shape
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of a small sample")]
    fn score(&self) -> f64 {
        let agree: f64 = self.widths.iter().map(|(&w, &n)| n as f64 * (w as f64 - 1.0) / w as f64).sum();
        let clean = 1.0 - self.spoilt as f64 / self.fields.max(1) as f64;
        agree / self.widths.len().max(1) as f64 * clean
    }
}

/// Commas stand in ordinary text and in numbers; the others hardly ever do, nor does a quote at one end only.
fn spoilt(field: &str) -> bool {
    let field = field.trim();
    field.contains([';', '\t', '|'])
        || QUOTES.iter().any(|&q| field.len() > 1 && (field.as_bytes()[0] == q || field.ends_with(char::from(q))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, delimiter: char, quote: char) {
        let expected = Dialect { delimiter: delimiter as u8, quote: quote as u8 };
        assert_eq!(find(text), expected, "{text}");
    }

    #[test]
    fn delimiters_are_found_from_agreement() {
        check("Kec,L,P\nA,1,2\nB,3,4\n", ',', '"');
        check("Kec;L;P\nA;1.234,5;2,0\nB;3,5;4,1\n", ';', '"');
        check("Kec\tL\tP\nA, B\t1\t2\nC, D\t3\t4\n", '\t', '"');
        check("Kec|L|P\nA|1|2\n", '|', '"');
    }

    #[test]
    fn title_lines_above_do_not_mislead() {
        check("REKAPITULASI DPB, TRIWULAN II\nKABUPATEN X, PROVINSI Y\n\nNo;Kec;L;P\n1;A;1;2\n2;B;3;4\n", ';', '"');
    }

    #[test]
    fn quotes_are_found() {
        check("'Kec','L'\n'A, B','1'\n'C','2'\n", ',', '\'');
        check("Kec,L\n\"A, B\",1\n\"C\nD\",2\nMa'ruf,3\n", ',', '"');
    }

    #[test]
    fn prose_is_no_table() {
        assert!(!is_table("Kepada Yth.\nKetua KPU, di tempat\nDengan hormat,\nterlampir data.\n"));
        assert!(is_table("a;b\n1;2\n3;4\n"));
        assert!(of_wide_table("a;b;c\n1;2;3\n3;4;5\n").is_some());
        assert!(of_wide_table("a,b,c\n1,2,3\n3,4,5\n").is_none());
    }
}
