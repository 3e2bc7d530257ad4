//! Which cell is blamed for broken sums, and when none may be.

use super::*;

/// A table of `rows` × (l, p, total) with a printed total row below: D01 on every line, D02 on every column.
struct Table {
    values: Vec<[f64; 3]>,
}

impl Table {
    fn new(rows: u32) -> Self {
        let mut values: Vec<[f64; 3]> =
            (0..rows).map(|r| (f64::from(100 + r * 7 % 90), f64::from(90 + r * 5 % 70))).map(|(l, p)| [l, p, l + p]).collect();
        let total = values.iter().fold([0.0; 3], |sum, row| [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]]);
        values.push(total);
        Self { values }
    }

    fn with(mut self, row: usize, col: usize, by: f64) -> Self {
        self.values[row][col] += by;
        self
    }

    fn term(&self, coefficient: f64, row: usize, col: usize) -> Term {
        Term::new(coefficient, self.values[row][col], cell(row, col))
    }

    fn lines(&self) -> impl Iterator<Item = Constraint> + '_ {
        (0..self.values.len()).map(|r| constraint(vec![self.term(1.0, r, 2), self.term(-1.0, r, 0), self.term(-1.0, r, 1)]))
    }

    fn columns(&self) -> impl Iterator<Item = Constraint> + '_ {
        let last = self.values.len() - 1;
        (0..3).map(move |c| {
            let rows = (0..last).map(|r| self.term(-1.0, r, c));
            constraint(std::iter::once(self.term(1.0, last, c)).chain(rows).collect())
        })
    }

    fn all(&self) -> Vec<Constraint> {
        self.lines().chain(self.columns()).collect()
    }
}

fn constraint(terms: Vec<Term>) -> Constraint {
    let residual = terms.iter().map(|t| t.coefficient * t.value).sum();
    Constraint { tested: terms.first().map(|t| t.origin), terms, residual, tolerance: 0.0, counts: true }
}

/// A cell that is never blamed, or one like any other.
const fn known(fixed: bool) -> Standing {
    if fixed { Standing::Fixed } else { Standing::Typed }
}

fn cell(row: usize, col: usize) -> Origin {
    Origin::new(0, u32::try_from(row).unwrap(), u16::try_from(col).unwrap())
}

/// Distinct suspects, and how many broken constraints name none.
fn suspects(constraints: &[Constraint]) -> (Vec<(Origin, f64)>, usize) {
    let found = localise(constraints, |_| Standing::Typed);
    let open = constraints.iter().zip(&found).filter(|(c, b)| !c.holds() && b.suspect().is_none()).count();
    let mut named: Vec<(Origin, f64)> = found.iter().filter_map(Blame::suspect).map(|s| (s.cell, s.value)).collect();
    named.sort_by_key(|s| s.0);
    named.dedup();
    (named, open)
}

#[test]
fn a_slip_in_a_row_is_found_with_its_value() {
    let right = Table::new(12);
    let was = right.values[4][0];
    let wrong = Table::new(12).with(4, 0, 27.0);
    assert_eq!(suspects(&wrong.all()), (vec![(cell(4, 0), was)], 0));
    assert!(suspects(&right.all()).0.is_empty());
}

#[test]
fn a_slip_in_a_printed_total_is_found() {
    let was = Table::new(12).values[12][1];
    assert_eq!(suspects(&Table::new(12).with(12, 1, -9.0).all()), (vec![(cell(12, 1), was)], 0));
}

#[test]
fn faults_in_different_rows_and_columns_do_not_hide_each_other() {
    let right = Table::new(12);
    let wrong = Table::new(12).with(2, 0, 27.0).with(7, 1, 90.0);
    assert_eq!(suspects(&wrong.all()), (vec![(cell(2, 0), right.values[2][0]), (cell(7, 1), right.values[7][1])], 0));
}

#[test]
fn two_faults_in_one_column_are_found_and_the_total_names_none() {
    let right = Table::new(12);
    let wrong = Table::new(12).with(2, 0, 27.0).with(7, 0, 90.0);
    assert_eq!(suspects(&wrong.all()), (vec![(cell(2, 0), right.values[2][0]), (cell(7, 0), right.values[7][0])], 1));
}

/// Three groups of rows with a line of sums below each, and a grand total of all rows; `slips` are `(group, row, column, by)`.
fn grouped(slips: &[(usize, usize, usize, f64)]) -> (Vec<Constraint>, Vec<(Origin, f64)>) {
    let mut all = Vec::new();
    let mut named = Vec::new();
    let mut total = [Vec::new(), Vec::new(), Vec::new()];
    for group in 0..3 {
        let mut table = Table::new(8);
        for &(_, row, col, by) in slips.iter().filter(|s| s.0 == group) {
            named.push((cell(row + group * 20, col), table.values[row][col]));
            table.values[row][col] += by;
        }
        let moved = |t: &Term| {
            Term::new(t.coefficient, t.value, Origin { row: t.origin.row + u32::try_from(group * 20).unwrap(), ..t.origin })
        };
        let here: Vec<Constraint> = table.all().iter().map(|c| constraint(c.terms.iter().map(moved).collect())).collect();
        for (sum, column) in total.iter_mut().zip(&here[9..]) {
            sum.extend(column.terms[1..].iter().copied());
        }
        all.extend(here);
    }
    let slipped = |col: usize| slips.iter().filter(|s| s.2 == col).map(|s| s.3).sum::<f64>();
    for (col, mut terms) in total.into_iter().enumerate() {
        let sum = terms.iter().map(|t| t.value).sum::<f64>() - slipped(col);
        terms.push(Term::new(1.0, sum, cell(99, col)));
        all.push(constraint(terms));
    }
    named.sort_by_key(|n| n.0);
    (all, named)
}

#[test]
fn two_faults_that_cancel_in_the_grand_total_are_both_found() {
    let (all, named) = grouped(&[(0, 2, 0, 27.0), (2, 5, 0, -27.0)]);
    assert_eq!(suspects(&all), (named, 0));
}

#[test]
fn many_faults_of_one_column_are_found_although_some_of_them_cancel() {
    let (all, named) = grouped(&[(0, 1, 1, 9.0), (0, 4, 1, -7.0), (1, 3, 1, 10.0), (2, 2, 1, -10.0)]);
    assert_eq!(suspects(&all).0, named);
}

#[test]
fn without_totals_three_cells_explain_as_much_so_none_is_named() {
    let wrong = Table::new(3).with(1, 0, 5.0);
    let lines: Vec<Constraint> = wrong.lines().collect();
    assert_eq!(suspects(&lines), (vec![], 1));
}

#[test]
fn exchanged_figures_of_which_each_is_known_by_other_rules_are_one_fault() {
    let right = Table::new(12);
    let (l, p) = (right.values[4][0], right.values[4][1]);
    let wrong = Table::new(12).with(4, 0, p - l).with(4, 1, l - p);
    let mut rules = wrong.all();
    for (col, was) in [(0, l), (1, p)] {
        let before = Term::new(-1.0, was, Origin::new(9, 4, u16::try_from(col).unwrap()));
        rules.push(constraint(vec![wrong.term(1.0, 4, col), before]));
    }
    let blames: Vec<Blame> = localise(&rules, |cell| known(cell.grid == 9)).into_iter().filter(|b| b.cause > 0).collect();
    assert_eq!(blames.len(), 4);
    assert!(blames.iter().all(|b| b.cause == blames[0].cause && b.explanations[0].slip == Some(crate::model::Slip::Exchanged)));
    assert_eq!(blames.iter().filter_map(Blame::suspect).filter(|s| s.cell == cell(4, 0) && s.value == l).count(), 2);
}

#[test]
fn exchanged_figures_have_no_single_cell_but_are_told() {
    let right = Table::new(12);
    let (l, p) = (right.values[3][0], right.values[3][1]);
    let wrong = Table::new(12).with(3, 0, p - l).with(3, 1, l - p).all();
    assert_eq!(suspects(&wrong), (vec![], 2));
    let change = |col, found, value| Change { cell: cell(3, col), found, value };
    let told = Explanation {
        cells: vec![change(0, p, l), change(1, l, p)],
        carried: Vec::new(),
        slip: Some(crate::model::Slip::Exchanged),
    };
    let blames = localise(&wrong, |_| Standing::Typed);
    let broken: Vec<&Blame> = blames.iter().filter(|b| b.cause > 0).collect();
    assert!(broken.len() == 2 && broken.iter().all(|b| b.explanations == [told.clone()] && b.cause == 1), "{broken:?}");
}

#[test]
fn a_count_never_becomes_negative_or_half() {
    let below = constraint(vec![Term::new(1.0, 3.0, cell(0, 0)), Term::new(1.0, 9.0, cell(0, 1))]);
    let also = constraint(vec![Term::new(1.0, 3.0, cell(0, 0)), Term::new(1.0, 9.0, cell(0, 2))]);
    assert_eq!(suspects(&[below, also]), (vec![], 2), "−9 mends both");
    let half = Constraint { residual: -3.0, ..constraint(vec![Term::new(2.0, 3.0, cell(0, 0))]) };
    assert_eq!(suspects(&[half.clone(), half]), (vec![], 2), "4½ mends both");
}

#[test]
fn formulas_are_never_suspected() {
    let wrong = Table::new(12).with(4, 0, 27.0);
    assert!(localise(&wrong.all(), |c| known(c == cell(4, 0))).iter().all(|b| b.suspect().is_none()));
}

#[test]
fn five_thousand_rows_with_twenty_faults_are_quick() {
    let faulty = |columns: usize| {
        (0..20).fold(Table::new(5_000), |t, n| t.with(n * 200 + 3, n % columns, 11.0 + f64::from(u8::try_from(n).unwrap())))
    };
    let (named, open) = suspects(&faulty(1).all());
    assert_eq!((named.len(), open), (20, 1), "all faults; the column's sum names none");
    let (named, open) = suspects(&faulty(2).all());
    assert_eq!((named.len(), open), (0, 22), "L or P? both columns are off, so nobody can tell");
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// A slip of the finger in a number of at least three digits: two digits exchanged, one wrong, one missing, one too many.
fn slipped(value: f64, dice: &mut Dice) -> f64 {
    loop {
        let mut digits: Vec<u8> = format!("{value}").into_bytes();
        let at = dice.below(digits.len() - 1);
        match dice.below(4) {
            0 => digits.swap(at, at + 1),
            1 => digits[at] = b'0' + u8::try_from(dice.below(10)).unwrap(),
            2 => drop(digits.remove(at)),
            _ => digits.insert(at, digits[at]),
        }
        let wrong: f64 = String::from_utf8(digits).unwrap().parse().unwrap();
        if (wrong - value).abs() > 0.5 {
            return wrong;
        }
    }
}

/// How many of a thousand tables with so many slips have all of them named, and how many name a cell that is right.
fn named_of_a_thousand(slips: usize) -> (usize, usize) {
    let mut dice = Dice(7);
    let (mut named, mut false_alarms) = (0, 0);
    for _ in 0..1_000 {
        let right = Table::new(u32::try_from(4 + dice.below(30)).unwrap());
        let mut values = right.values.clone();
        let mut cells = std::collections::BTreeMap::new();
        while cells.len() < slips {
            let (row, col) = (dice.below(values.len()), dice.below(3));
            values[row][col] = slipped(right.values[row][col], &mut dice);
            cells.insert(cell(row, col), right.values[row][col]);
        }
        let (found, _) = suspects(&Table { values }.all());
        named += usize::from(cells.iter().all(|(cell, value)| found.contains(&(*cell, *value))));
        false_alarms += found.iter().filter(|(cell, value)| cells.get(cell) != Some(value)).count();
    }
    (named, false_alarms)
}

#[test]
fn single_slips_are_named_and_two_of_them_nearly_always() {
    let (one, wrong) = named_of_a_thousand(1);
    assert!(one >= 990 && wrong == 0, "{one} of 1000, {wrong} wrong");
    let (two, wrong) = named_of_a_thousand(2);
    assert!(two >= 900 && wrong <= 20, "{two} of 1000, {wrong} wrong");
}

#[test]
fn a_figure_whose_total_was_made_again_from_it_is_found() {
    let right = Table::new(12);
    // The total of a line lost its first digit, and the total below was made again: nobody has fewer than no women.
    let (was, by) = (right.values[4][2], -150.0);
    let wrong = Table::new(12).with(4, 2, by).with(12, 2, by);
    let found = localise(&wrong.all(), |_| Standing::Typed);
    assert_eq!(suspects(&wrong.all()), (vec![(cell(4, 2), was)], 0));
    let carried: Vec<Origin> = found.iter().flat_map(|b| &b.explanations).flat_map(|e| &e.carried).map(|c| c.cell).collect();
    assert_eq!(carried, [cell(12, 2); 2]);
}

#[test]
fn figures_whose_totals_follow_are_a_tie_where_each_would_do() {
    let wrong = Table::new(12).with(4, 2, -9.0).with(12, 2, -9.0);
    let found = localise(&wrong.all(), |_| Standing::Typed);
    let told: Vec<Vec<Origin>> =
        found.iter().map(|b| b.explanations.iter().flat_map(|e| &e.cells).map(|c| c.cell).collect()).collect();
    let mut line = told[4].clone();
    line.sort_unstable();
    assert_eq!((line, told[4].len(), told[12].len()), ((0..3).map(|c| cell(4, c)).collect(), 3, 3));
    assert!(suspects(&wrong.all()).0.is_empty() && found[4].cause == found[12].cause);
}

#[test]
fn no_typed_figure_is_blamed_where_the_formula_of_a_total_would_do() {
    // The printed total of a column is a formula with an old result; the total beside it was made from that.
    let wrong = Table::new(12).with(12, 0, 27.0);
    let formula = |at: Origin| known(at == cell(12, 0));
    let found = localise(&wrong.all(), formula);
    assert!(found.iter().all(|b| b.explanations.is_empty()));
}

#[test]
fn an_old_result_is_blamed_where_it_mends_and_a_figure_below_it_where_that_does() {
    let old = Table::new(12).with(12, 0, -9.0);
    let was = Table::new(12).values[12][0];
    let stale = |at: Origin| if at == cell(12, 0) { Standing::Stale(was) } else { Standing::Typed };
    // In a column without lines all of its cells would do, were it not for the formula.
    let column: Vec<Constraint> = old.columns().collect();
    let blamed =
        |rules: &[Constraint]| localise(rules, stale).iter().filter_map(Blame::suspect).map(|s| s.cell).collect::<Vec<_>>();
    assert_eq!((blamed(&column), blamed(&old.all())), (vec![cell(12, 0)], vec![cell(12, 0); 2]));
    assert!(suspects(&column).0.is_empty());
    let slipped = Table::new(12).with(4, 0, 9.0).all();
    let told = localise(&slipped, |at| if at == cell(12, 0) { Standing::Stale(was + 9.0) } else { Standing::Typed });
    assert_eq!(told.iter().filter_map(Blame::suspect).map(|s| s.cell).collect::<Vec<_>>(), [cell(4, 0); 2]);
}

#[test]
fn sums_that_all_leave_out_one_row_are_blamed_and_not_that_row() {
    let mut short = Table::new(6);
    let right = short.values[6];
    for col in 0..3 {
        short.values[6][col] -= short.values[3][col];
    }
    let formula = |at: Origin| if at.row == 6 { Standing::Short(right[usize::from(at.col)]) } else { Standing::Typed };
    let told: Vec<Change> = localise(&short.all(), formula).iter().filter_map(Blame::suspect).collect();
    assert_eq!(told.iter().map(|c| (c.cell, c.value)).collect::<Vec<_>>(), [0, 1, 2].map(|col| (cell(6, col), right[col])));
    // A slip in that column is found beside it.
    let both = short.with(1, 0, 40.0);
    let told = localise(&both.all(), formula);
    assert_eq!(told[1].suspect().map(|c| c.cell), Some(cell(1, 0)));
}

#[test]
fn the_smallest_set_comes_first_the_total_before_its_rows_and_what_is_not_kept_is_counted() {
    let change = |row| Change { cell: cell(row, 0), found: 1243.0, value: 1234.0 };
    let set = |cells: &[usize], carried: &[usize], slip| {
        let all = |rows: &[usize]| rows.iter().map(|&row| change(row)).collect();
        order(&Explanation { cells: all(cells), carried: all(carried), slip }, Some(cell(9, 0)))
    };
    let digit = Some(crate::model::Slip::Digit);
    let ordered =
        [set(&[4], &[], digit), set(&[9], &[], None), set(&[4], &[], None), set(&[9], &[8], None), set(&[4], &[5, 6], digit)];
    assert!(ordered.is_sorted(), "{ordered:?}");
    let long: Vec<Constraint> = Table::new(200).with(200, 1, 30.0).columns().collect();
    let tie = &localise(&long, |_| Standing::Typed)[1];
    let ranks: Vec<u8> = tie.explanations.iter().map(|e| slip::rank(e.slip)).collect();
    assert!(ranks.is_sorted() && ranks.len() == MOST && tie.unlisted == 201 - MOST);
}

#[test]
fn a_block_pasted_a_row_too_low_is_one_fault_with_the_figures_it_should_hold() {
    let right = Table::new(7);
    for down in [true, false] {
        let mut wrong = Table::new(7);
        for col in [1, 2] {
            for row in 0..7_usize {
                let from = if down { row.checked_sub(1) } else { Some(row + 1).filter(|r| *r < 7) };
                wrong.values[row][col] = from.map_or(0.0, |from| right.values[from][col]);
            }
        }
        let constraints = wrong.all();
        let found = localise(&constraints, |_| Standing::Typed);
        let told: Vec<&Blame> = constraints.iter().zip(&found).filter(|(c, _)| !c.holds()).map(|(_, b)| b).collect();
        assert_eq!(told.len(), 7 + 2, "every row, and the totals of two columns");
        for blame in told {
            assert_eq!((blame.cause, blame.explanations.len()), (found[0].cause, 1));
            let moved = &blame.explanations[0];
            assert!(moved.cells.iter().all(|c| c.value == right.values[c.cell.row as usize][usize::from(c.cell.col)]));
            let (span, way) = moved.block().unwrap();
            assert_eq!((span.from, span.to, way), (cell(0, 1), cell(6, 2), if down { "rendah" } else { "tinggi" }));
        }
    }
}

#[test]
fn rows_that_are_wrong_each_by_itself_are_no_block() {
    let wrong = (0..7).fold(Table::new(7), |table, row| table.with(row, 1, [9.0, 18.0, 40.0, 2.0, 7.0, 31.0, 5.0][row]));
    let found = localise(&wrong.all(), |_| Standing::Typed);
    assert!(found.iter().flat_map(|b| &b.explanations).all(|e| e.block().is_none()));
}
