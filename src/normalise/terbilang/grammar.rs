//! Parts of number words → the number they make.

use super::atoms::Atom;

/// The longest number that the first parts make: its value and how many parts it takes. `None` where they make none.
pub fn longest(atoms: &[Atom]) -> Option<(f64, usize)> {
    let (whole, used) = whole(atoms)?;
    let value = precise(whole);
    let Some((Atom::Point, rest)) = atoms.get(used..).and_then(|rest| rest.split_first().map(|(a, r)| (*a, r))) else {
        return Some((value, used));
    };
    let (digits, more) = decimals(rest);
    if more == 0 {
        return Some((value, used));
    }
    format!("{whole}.{digits}").parse().ok().map(|value| (value, used + 1 + more))
}

/// Numbers up to 10¹⁵ are exact in a float.
fn precise(whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    let value = whole as f64;
    value
}

/// A whole number, largest unit first, each unit once.
fn whole(atoms: &[Atom]) -> Option<(u64, usize)> {
    if atoms.first() == Some(&Atom::Zero) {
        return Some((0, 1));
    }
    let (mut total, mut used, mut below) = (0_u64, 0, u8::MAX);
    while let Some((value, power, taken)) = part(&atoms[used..], below) {
        let unit = 10_u64.checked_pow(u32::from(power))?;
        total = value.checked_mul(unit).and_then(|more| total.checked_add(more)).filter(|sum| *sum <= super::MOST)?;
        used += taken;
        below = power;
        if power == 0 {
            break;
        }
    }
    (used > 0).then_some((total, used))
}

/// A value below a thousand with its unit, which must be smaller than the one before; thousands of triliun count as such.
fn part(atoms: &[Atom], below: u8) -> Option<(u64, u8, usize)> {
    let (value, used) = match hundreds(atoms) {
        Some((value, used)) => (value, used),
        None if matches!(atoms, [Atom::Se, Atom::Scale(_), ..]) => (1, 1),
        None => return None,
    };
    match atoms.get(used) {
        Some(Atom::Scale(3)) if atoms.get(used + 1) == Some(&Atom::Scale(12)) && below > 12 => {
            Some((value * 1_000, 12, used + 2))
        }
        Some(&Atom::Scale(power)) if power < below => Some((value, power, used + 1)),
        Some(Atom::Scale(_)) => None,
        _ if below > 0 => Some((value, 0, used)),
        _ => None,
    }
}

/// 1 … 999.
fn hundreds(atoms: &[Atom]) -> Option<(u64, usize)> {
    let (mut value, mut used) = (0, 0);
    if let [count, Atom::Hundred, ..] = atoms
        && let Some(n) = count_of(*count)
    {
        (value, used) = (n * 100, 2);
    }
    if let Some((rest, more)) = tens(&atoms[used..]) {
        (value, used) = (value + rest, used + more);
    }
    (used > 0).then_some((value, used))
}

/// 1 … 99.
fn tens(atoms: &[Atom]) -> Option<(u64, usize)> {
    match atoms {
        // `dua ratus` behind `tiga ribu`: the digit belongs to the next unit, which is read there.
        [_, Atom::Hundred, ..] => None,
        [count, Atom::Teen, ..] => Some((count_of(*count)? + 10, 2)),
        [count, Atom::Ten, Atom::Digit(one), next, ..] if !matches!(next, Atom::Hundred | Atom::Ten | Atom::Teen) => {
            Some((count_of(*count)? * 10 + u64::from(*one), 3))
        }
        [count, Atom::Ten, Atom::Digit(one)] => Some((count_of(*count)? * 10 + u64::from(*one), 3)),
        [count, Atom::Ten, ..] => Some((count_of(*count)? * 10, 2)),
        [Atom::Digit(one), ..] => Some((u64::from(*one), 1)),
        _ => None,
    }
}

/// How many of a unit: `se-` is one.
fn count_of(atom: Atom) -> Option<u64> {
    match atom {
        Atom::Se => Some(1),
        Atom::Digit(n) => Some(u64::from(n)),
        _ => None,
    }
}

/// What stands behind `koma`, digit by digit (`dua lima`) or as a number (`dua puluh lima`): the digits and how many parts they take.
fn decimals(atoms: &[Atom]) -> (String, usize) {
    let digit = |a: &Atom| match a {
        Atom::Zero => Some('0'),
        Atom::Digit(n) => char::from_digit(u32::from(*n), 10),
        _ => None,
    };
    let single: String = atoms.iter().map_while(digit).collect();
    match hundreds(atoms) {
        Some((value, used)) if used > single.len() => (value.to_string(), used),
        _ => {
            let used = single.len();
            (single, used)
        }
    }
}
