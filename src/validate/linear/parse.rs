//! Formula text → references with signs, for formulas that are sums and differences of cells and of `SUM` over ranges. Anything
//! else (products, functions, constants) is not read.

use crate::model::{Origin, Span};

/// What a formula adds up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference {
    /// One cell.
    Cell(Origin),
    /// The numbers of a rectangle.
    Range(Span),
}

/// The formula as a signed sum; `None` if it is anything else. `sheet` knows the number of a sheet by its name.
pub fn linear(formula: &str, here: u16, sheet: &dyn Fn(&str) -> Option<u16>) -> Option<Vec<(f64, Reference)>> {
    let text = formula.trim().trim_start_matches("of:").trim_start_matches('=');
    let mut reader = Reader { rest: text.trim(), here, sheet };
    let mut out = Vec::new();
    let mut sign = if reader.eat('-') { -1.0 } else { 1.0 };
    loop {
        reader.operand(sign, &mut out)?;
        reader.space();
        if reader.rest.is_empty() {
            return Some(out);
        }
        sign = if reader.eat('+') {
            1.0
        } else if reader.eat('-') {
            -1.0
        } else {
            return None;
        };
    }
}

struct Reader<'a> {
    rest: &'a str,
    here: u16,
    sheet: &'a dyn Fn(&str) -> Option<u16>,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, mark: char) -> bool {
        self.space();
        let after = self.rest.strip_prefix(mark);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// `SUM(…)` or one cell.
    fn operand(&mut self, sign: f64, out: &mut Vec<(f64, Reference)>) -> Option<()> {
        self.space();
        let sum = self.rest.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("sum"));
        if sum && self.rest[3..].trim_start().starts_with('(') {
            self.rest = &self.rest[3..];
            self.eat('(');
            loop {
                out.push((sign, self.reference()?));
                if self.eat(')') {
                    return Some(());
                }
                if !self.eat(',') && !self.eat(';') {
                    return None;
                }
            }
        }
        let reference = self.reference()?;
        out.push((sign, reference));
        matches!(reference, Reference::Cell(_)).then_some(())
    }

    /// `A1`, `$A$1:B9`, `Rekap!A1`, `'Rekap Kab'!A1:A9`, and in brackets as `OpenDocument` writes them: `[.A1:.A9]`, `[$Rekap.A1]`.
    fn reference(&mut self) -> Option<Reference> {
        let bracket = self.eat('[');
        let grid = self.sheet_name(bracket)?;
        let from = self.address(grid)?;
        let reference = if self.eat(':') {
            if bracket {
                self.sheet_name(true)?;
            }
            Reference::Range(Span::new(from, self.address(grid)?))
        } else {
            Reference::Cell(from)
        };
        (!bracket || self.eat(']')).then_some(reference)
    }

    fn sheet_name(&mut self, bracket: bool) -> Option<u16> {
        let mark = if bracket { '.' } else { '!' };
        let text = if bracket { self.rest.trim_start_matches('$') } else { self.rest };
        if let Some(quoted) = text.strip_prefix('\'') {
            let end = quoted.match_indices('\'').map(|(i, _)| i).find(|&i| quoted[i + 1..].starts_with(mark))?;
            self.rest = &quoted[end + 2..];
            return (self.sheet)(&quoted[..end].replace("''", "'"));
        }
        let name = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || (c == '.' && !bracket))).unwrap_or(text.len());
        if !text[name..].starts_with(mark) {
            return Some(self.here);
        }
        self.rest = &text[name + 1..];
        if name == 0 { Some(self.here) } else { (self.sheet)(&text[..name]) }
    }

    fn address(&mut self, grid: u16) -> Option<Origin> {
        let text = self.rest.trim_start_matches('$');
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits_at = text[letters..].trim_start_matches('$');
        let digits = digits_at.bytes().take_while(u8::is_ascii_digit).count();
        let col = text[..letters]
            .bytes()
            .try_fold(0_u32, |n, b| n.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1))?;
        let col = u16::try_from(col.checked_sub(1)?).ok()?;
        let row = digits_at[..digits].parse::<u32>().ok()?.checked_sub(1)?;
        self.rest = &digits_at[digits..];
        let ends = !self.rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '(' | '!'));
        ends.then_some(Origin::new(grid, row, col))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(formula: &str) -> Option<Vec<(f64, Reference)>> {
        linear(formula, 0, &|name: &str| (name == "Rekap Kab" || name == "R2").then_some(3))
    }

    fn cell(grid: u16, row: u32, col: u16) -> Reference {
        Reference::Cell(Origin::new(grid, row, col))
    }

    #[test]
    fn sums_and_differences_are_read() {
        let column = Reference::Range(Span::new(Origin::new(0, 4, 3), Origin::new(0, 19, 3)));
        assert_eq!(read("SUM(D5:D20)"), Some(vec![(1.0, column)]));
        assert_eq!(read("of:=SUM([.D5:.D20])"), Some(vec![(1.0, column)]));
        assert_eq!(read("sum( $D$5:D20 ; A1 )"), Some(vec![(1.0, column), (1.0, cell(0, 0, 0))]));
        assert_eq!(read("C5+D5-E5"), Some(vec![(1.0, cell(0, 4, 2)), (1.0, cell(0, 4, 3)), (-1.0, cell(0, 4, 4))]));
        assert_eq!(read("'Rekap Kab'!AA1"), Some(vec![(1.0, cell(3, 0, 26))]));
        assert_eq!(read("-[$'Rekap Kab'.B2]+R2!A1"), Some(vec![(-1.0, cell(3, 1, 1)), (1.0, cell(3, 0, 0))]));
    }

    #[test]
    fn everything_else_is_not() {
        for formula in [
            "",
            "A1*2",
            "ROUND(A1)",
            "A1:A3",
            "SUM(A1",
            "1+A1",
            "Lain!A1",
            "A0",
            "IF(A1,B1)",
            "A1+",
            "[1]X!A1",
            "A1B",
            "SUM(A1)!",
        ] {
            assert_eq!(read(formula), None, "{formula}");
        }
    }
}
