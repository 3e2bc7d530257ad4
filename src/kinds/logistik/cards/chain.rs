//! Whether the balances of a card follow from one another, and which of its columns they are.

use crate::model::{Equation, Term};
use crate::tables::regional::rules::EXACT;

use super::find::{Amount, Card, Columns, Line};

/// A card that was followed to its end.
pub struct Followed {
    /// The last balance.
    pub left: Amount,
    /// D02: each balance is the one before, and what came in, without what went out.
    pub equations: Vec<Equation>,
}

/// Fewer balances that follow from others do not show what the columns of a card are where its headings do not say so.
const LEAST: usize = 2;

/// Follows a card by its headings, forwards or, where the last entry stands first, backwards; else by arithmetic alone.
pub fn follow(card: &Card, lines: &[Line]) -> Option<Followed> {
    let headed = card.columns.and_then(|columns| {
        let ways = [false, true].map(|back| equations(lines, columns, back));
        let holding = |way: &Vec<Equation>| way.iter().filter(|e| e.holds()).count();
        let back = holding(&ways[1]) > holding(&ways[0]);
        let [forth, other] = ways;
        let equations = if back { other } else { forth };
        let certain = holding(&equations) > 0 && holding(&equations) * 2 >= equations.len();
        let left = balance(lines, columns, back)?;
        certain.then_some(Followed { left, equations })
    });
    headed.or_else(|| by_arithmetic(lines))
}

/// The balance of the latest line that states one.
fn balance(lines: &[Line], columns: Columns, back: bool) -> Option<Amount> {
    let stated = |line: &Line| line.number(columns.left).cloned();
    let last = lines.len().checked_sub(1)?;
    let (at, found) = if back {
        lines.iter().enumerate().find_map(|(i, l)| Some((i, stated(l)?)))?
    } else {
        lines.iter().enumerate().rev().find_map(|(i, l)| Some((i, stated(l)?)))?
    };
    // A movement after the last balance leaves the stock open.
    (at == if back { 0 } else { last }).then_some(found)
}

/// Each balance from the one before; the first from what came in with it.
fn equations(lines: &[Line], columns: Columns, back: bool) -> Vec<Equation> {
    let mut ordered: Vec<&Line> = lines.iter().collect();
    if back {
        ordered.reverse();
    }
    let mut equations = Vec::new();
    let mut before: Option<&Amount> = None;
    let mut moved: Vec<Term> = Vec::new();
    for line in ordered {
        moved.extend(line.number(columns.into).map(|n| Term::new(-1.0, n.value, n.origin)));
        if columns.out != columns.into {
            moved.extend(line.number(columns.out).map(|n| Term::new(1.0, n.value, n.origin)));
        }
        let Some(left) = line.number(columns.left) else { continue };
        let parts: Vec<Term> = before.map(|b| Term::new(-1.0, b.value, b.origin)).into_iter().chain(moved.drain(..)).collect();
        if !parts.is_empty() {
            equations.push(equation(left, parts));
        }
        before = Some(left);
    }
    equations
}

fn equation(left: &Amount, parts: Vec<Term>) -> Equation {
    let says = "saldo tidak sama dengan saldo sebelumnya + masuk − keluar.".to_owned();
    let terms = std::iter::once(Term::new(1.0, left.value, left.origin)).chain(parts).collect();
    Equation { code: "D02".to_owned(), terms, constant: 0.0, tolerance: EXACT, at: left.origin.into(), says }
}

/// The only column that is, in every line, what stood there in the line before, more or less another number of the line.
fn by_arithmetic(lines: &[Line]) -> Option<Followed> {
    let cols: std::collections::BTreeSet<u16> = lines.iter().flat_map(|l| l.numbers.iter().map(|n| n.origin.col)).collect();
    let mut followed = cols.into_iter().filter_map(|col| moves(lines, col));
    let one = followed.next()?;
    followed.next().is_none().then_some(one)
}

/// The equations of a column of balances, whichever of the other numbers of a line moved it and whichever way.
fn moves(lines: &[Line], col: u16) -> Option<Followed> {
    let left: Vec<&Amount> = lines.iter().map(|l| l.number(col)).collect::<Option<_>>()?;
    let mut equations = Vec::new();
    for (pair, line) in left.windows(2).zip(lines.iter().skip(1)) {
        let by = pair[1].value - pair[0].value;
        let moved = line.numbers.iter().find(|n| n.origin.col != col && (n.value.abs() - by.abs()).abs() < EXACT && by != 0.0)?;
        let moved = Term::new(-by.signum() * moved.value.signum(), moved.value, moved.origin);
        equations.push(equation(pair[1], vec![Term::new(-1.0, pair[0].value, pair[0].origin), moved]));
    }
    let left = left.last().copied().cloned()?;
    (equations.len() >= LEAST).then_some(Followed { left, equations })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    fn line(row: u32, numbers: &[(u16, f64)]) -> Line {
        let amount = |&(col, value): &(u16, f64)| Amount { value, origin: Origin::new(0, row, col), raw: String::new() };
        Line { numbers: numbers.iter().map(amount).collect() }
    }

    fn card(columns: Option<Columns>) -> Card {
        Card { columns, ..Card::default() }
    }

    const COLUMNS: Option<Columns> = Some(Columns { into: 1, out: 2, left: 3 });

    #[test]
    fn the_last_balance_is_the_stock() {
        let lines = [line(0, &[(1, 100.0), (3, 100.0)]), line(1, &[(2, 30.0), (3, 70.0)]), line(2, &[(1, 5.0), (3, 75.0)])];
        let followed = follow(&card(COLUMNS), &lines).expect("it follows");
        assert_eq!(followed.left.value, 75.0);
        assert!(followed.equations.iter().all(Equation::holds));
        let newest_first: Vec<Line> = lines.iter().rev().cloned().collect();
        assert_eq!(follow(&card(COLUMNS), &newest_first).expect("it follows").left.value, 75.0);
    }

    #[test]
    fn a_slip_breaks_its_balance_and_columns_that_never_follow_are_no_card() {
        let slip = [line(0, &[(3, 100.0)]), line(1, &[(2, 30.0), (3, 70.0)]), line(2, &[(1, 5.0), (3, 57.0)])];
        let followed = follow(&card(COLUMNS), &slip).expect("half of it follows");
        assert_eq!(followed.equations.iter().filter(|e| !e.holds()).count(), 1);
        let other = [line(0, &[(3, 100.0)]), line(1, &[(2, 31.0), (3, 70.0)]), line(2, &[(1, 5.0), (3, 57.0)])];
        assert!(follow(&card(COLUMNS), &other).is_none());
        let open = [line(0, &[(1, 100.0), (3, 100.0)]), line(1, &[(2, 30.0), (3, 70.0)]), line(2, &[(1, 5.0)])];
        assert!(follow(&card(COLUMNS), &open).is_none(), "a movement after the last balance");
    }

    #[test]
    fn columns_that_ran_together_are_told_by_their_sums() {
        let lines = [line(0, &[(4, 90.0), (5, 90.0)]), line(1, &[(4, 24.0), (5, 114.0)]), line(2, &[(4, 13.0), (5, 101.0)])];
        let followed = follow(&card(None), &lines).expect("it follows");
        assert_eq!((followed.left.value, followed.equations.len()), (101.0, 2));
    }
}
