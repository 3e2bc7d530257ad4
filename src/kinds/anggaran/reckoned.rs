//! Lines that say how the detail above them was reckoned: `3 org x 2 hr x 1 keg` below `Uang Harian`, in a row of its own without figures.

use crate::normalise::number::Style;

use super::factors;
use super::lines::{Line, Words};

/// Takes the calculation of a row of words into the detail above it, if that is what the row is: a product that comes to the quantity, or
/// one that ends in the price as well.
pub fn takes(above: &mut Line, line: &Line) -> bool {
    let Some(text) = line.text.as_ref().filter(|_| !line.has_figures() && above.is_leaf()) else { return false };
    // `246 m2` may have been taken for a code and its name.
    let printed = match line.codes.as_slice() {
        [] => text.text.clone(),
        [(_, code)] if code.at == text.at => format!("{} {}", code.text, text.text),
        _ => return false,
    };
    let comes = [Style::Indonesian, Style::Anglo].iter().any(|&style| reckons(above, without_frame(&printed), style));
    if comes && above.factors.is_none() {
        above.factors = Some(Words { text: printed, at: text.at });
    }
    comes
}

/// `(3 org x 2 hr)`, `= 3 org x 2 hr`: what is calculated, without what stands around it.
fn without_frame(text: &str) -> &str {
    text.trim().trim_start_matches(['=', '(', '[', ':', '@']).trim_end_matches([')', ']', '=']).trim()
}

fn reckons(above: &Line, printed: &str, style: Style) -> bool {
    let quantity = above.volumes.iter().map(|v| v.value).product::<f64>();
    let same = |a: f64, b: f64| (a - b).abs() < NEAR;
    if let Some(priced) = factors::priced(printed, style) {
        return same(priced.volume, quantity) && above.price.as_ref().is_some_and(|p| same(p.value, priced.price));
    }
    factors::product(printed, style).is_some_and(|product| same(product, quantity))
}

/// Quantities are printed with three decimals at most.
const NEAR: f64 = 0.0005;
