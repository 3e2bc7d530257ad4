//! Calculations of a volume: `2 ORG x 3 HR x 1 KEG`, in brackets behind a description or in a column of their own.

use rust_decimal::Decimal;

use crate::normalise::exact;
use crate::normalise::number::{self, Figure, Style};

/// The product of a calculation of at least one factor, exact; `None` where a part is no number with a unit, or the product would
/// not fit.
#[must_use]
pub fn product(text: &str, style: Style) -> Option<f64> {
    let mut product = Decimal::ONE;
    for part in parts(text) {
        product = product.checked_mul(factor(part, style)?)?;
    }
    exact::number(product)
}

/// The unit of a text of one factor: `M2` of `350 M2`; `None` for calculations.
#[must_use]
pub fn single_unit(text: &str) -> Option<&str> {
    let unit = &text[text.find(char::is_alphabetic)?..];
    let unit = if unit.contains('(') { unit } else { unit.trim_end_matches([')', ' ']) };
    (parts(text).count() == 1).then(|| unit.trim())
}

/// Whether a text is one number with its unit, be there digits in it: `586 M2`.
#[must_use]
pub fn is_single(text: &str, style: Style) -> bool {
    single_unit(text).is_some_and(|unit| !unit.is_empty()) && product(text, style).is_some()
}

/// A calculation that ends in the price of one: `2 ORG x 3 HR x Rp430.000`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priced<'a> {
    /// The product of all before it.
    pub volume: f64,
    /// Its unit, where it has one alone.
    pub unit: Option<&'a str>,
    /// The price.
    pub price: f64,
}

/// The volume and the price of a calculation whose last factor is money; `None` where it is not marked as such.
#[must_use]
pub fn priced(text: &str, style: Style) -> Option<Priced<'_>> {
    let text = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    let last = parts(text).last()?;
    let before = text.get(..text.len().checked_sub(last.len())?)?.trim_end().strip_suffix(['x', 'X', '×', '*', '@'])?.trim_end();
    let money = last.strip_prefix("Rp").or_else(|| last.strip_prefix("RP"))?.trim_start_matches(['.', ' ']);
    let price = product(money.split('/').next()?.trim_end_matches([',', '-', ' ']), style)?;
    let unit = single_unit(before).filter(|u| !u.is_empty());
    Some(Priced { volume: product(before, style)?, unit, price })
}

/// The last calculation in square brackets in a text; `[ # ]` and `[ - ]` are none.
#[must_use]
pub fn bracketed(text: &str) -> Option<&str> {
    let open = text.rfind('[')?;
    let inside = &text[open + 1..];
    // One that is cut off says nothing.
    let inside = inside.split_once(']')?.0.trim();
    inside.bytes().any(|b| b.is_ascii_digit()).then_some(inside)
}

/// `x`, `X`, `×` and `*` part factors where they stand between blanks or next to a digit.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text.trim());
    std::iter::from_fn(move || {
        let text = rest?;
        let sign = text.char_indices().find(|&(at, c)| match c {
            '×' | '*' => true,
            'x' | 'X' => {
                let before = text[..at].chars().next_back();
                let after = text[at + 1..].chars().next();
                let gap = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == ')');
                let start = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_digit());
                (gap(before) || before.is_some_and(|c| c.is_ascii_digit())) && start(after)
            }
            _ => false,
        });
        let Some((at, c)) = sign else { return rest.take() };
        rest = Some(text[at + c.len_utf8()..].trim_start());
        Some(text[..at].trim())
    })
}

/// One factor: a number, its unit if it has one; a percentage is its hundredth.
fn factor(text: &str, style: Style) -> Option<Decimal> {
    let (figure, _) = number::read_with_unit(text, style).or_else(|| number::read_with_unit(without_note(text), style))?;
    let Figure::Number { value, percent } = figure else { return None };
    let value = exact::decimal(value)?;
    if percent { value.checked_div(Decimal::ONE_HUNDRED) } else { Some(value) }
}

/// `2 HR (PP)` and `2 M2` without what is no plain word.
fn without_note(text: &str) -> &str {
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    text[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_multiplied_without_rounding() {
        for (text, value) in [
            ("2 ORG x 3 HR x 1 KEG", 6.0),
            ("2 ORG X 3 HR", 6.0),
            ("2org x 3hr", 6.0),
            ("2 ORG × 0,5 HR", 1.0),
            ("1.500 LBR * 2 KL", 3000.0),
            ("0,1 THN x 0,2 PKT x 3 M2", 0.06),
            ("350 M2", 350.0),
            ("12 BLN", 12.0),
            ("50% x 4 ORG", 2.0),
            ("10 Orang / Kali", 10.0),
            ("2 Box x 1 Tahun", 2.0),
        ] {
            assert_eq!(product(text, Style::Indonesian), Some(value), "{text}");
        }
        assert_eq!(product("1,500 ORG x 2 KEG", Style::Anglo), Some(3000.0));
    }

    #[test]
    fn a_calculation_may_end_in_its_price() {
        let priced = |text| priced(text, Style::Indonesian).map(|p| (p.volume, p.unit, p.price));
        assert_eq!(priced("12 OB x Rp2.000.000"), Some((12.0, Some("OB"), 2e6)));
        assert_eq!(priced("(2 ORG x 3 HR x Rp. 430.000,-)"), Some((6.0, None, 430e3)));
        for text in ["12 OB x 2.000.000", "12 OB", "Rp2.000.000", "OB x Rp2.000.000", ""] {
            assert_eq!(priced(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_calculation_has_no_product() {
        for text in ["", "ORG x HR", "Kertas A4", "x", "2 ORG x", "dua orang"] {
            assert_eq!(product(text, Style::Indonesian), None, "{text}");
        }
        assert_eq!((single_unit("350 M2"), single_unit("2 ORG x 3 HR"), single_unit("12")), (Some("M2"), None, None));
        assert_eq!(bracketed("Uang Harian [2 ORG x 3 HR]"), Some("2 ORG x 3 HR"));
        assert_eq!((single_unit("350 (M2)"), single_unit("2 Box (besar)")), (Some("M2"), Some("Box (besar)")));
        assert_eq!(bracketed("[ # ] Alat Tulis"), None);
        assert_eq!(bracketed("Uang Harian [2 ORG x 3"), None);
        assert_eq!(bracketed("Uang Harian"), None);
    }
}
