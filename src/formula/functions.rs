//! The functions that recap workbooks use. Each takes its arguments unread, because some look at areas and some at only one branch.

use formualizer_parse::ASTNode;

use crate::model::document::is_printed_number;
use crate::model::{Origin, Span};

use super::calculator::{Argument, Calculator};
use super::value::{Answer, Given, Why};

/// The value of a function.
pub(super) fn call(calculator: &Calculator, name: &str, nodes: &[ASTNode], sheet: u16) -> Answer {
    let args = Args { calculator, nodes, sheet };
    let number = |n: f64| Ok(Given::Number(n));
    match name.trim_start_matches("_XLFN.") {
        "SUM" => args.all_numbers().map(|all| Given::Number(all.iter().sum())),
        "SUBTOTAL" | "AGGREGATE" => args.subtotal(),
        "PRODUCT" => args.all_numbers().map(|all| Given::Number(all.iter().product())),
        "MIN" => args.all_numbers().map(|all| Given::Number(all.into_iter().reduce(f64::min).unwrap_or(0.0))),
        "MAX" => args.all_numbers().map(|all| Given::Number(all.into_iter().reduce(f64::max).unwrap_or(0.0))),
        "AVERAGE" => args.average(),
        "COUNT" => args.count(|g| matches!(g, Given::Number(_))),
        "COUNTA" => args.count(|g| !matches!(g, Given::Nothing)),
        "ROUND" => number(rounded(args.number(0)?, args.number(1)?, f64::round)),
        "ROUNDUP" => number(rounded(args.number(0)?, args.number(1)?, |n| n.abs().ceil().copysign(n))),
        "ROUNDDOWN" | "TRUNC" => number(rounded(args.number(0)?, args.number_or(1, 0.0)?, f64::trunc)),
        "INT" => number(rounded(args.number(0)?, 0.0, f64::floor)),
        "CEILING" | "FLOOR" => args.stepped(name == "CEILING"),
        "ABS" => number(args.number(0)?.abs()),
        "MOD" => match (args.number(0)?, args.number(1)?) {
            (_, 0.0) => Err(Why::DIVISION),
            (a, b) => number(a - b * (a / b).floor()),
        },
        "POWER" => number(args.number(0)?.powf(args.number(1)?)),
        "IF" => args.choose(),
        "IFERROR" => args.value(0).or_else(|why| if matches!(why, Why::Error(_)) { args.value(1) } else { Err(why) }),
        "IFNA" => args.value(0).or_else(|why| if why == Why::ABSENT { args.value(1) } else { Err(why) }),
        "AND" => args.truths().map(|all| Given::Bool(all.into_iter().all(|t| t))),
        "OR" => args.truths().map(|all| Given::Bool(all.into_iter().any(|t| t))),
        "NOT" => Ok(Given::Bool(!args.value(0)?.truth()?)),
        "ISBLANK" => Ok(Given::Bool(args.value(0)? == Given::Nothing)),
        "ISNUMBER" => Ok(Given::Bool(matches!(args.value(0), Ok(Given::Number(_))))),
        "ISERROR" => match args.value(0) {
            Err(Why::Error(_)) => Ok(Given::Bool(true)),
            Err(why) => Err(why),
            Ok(_) => Ok(Given::Bool(false)),
        },
        "N" => number(args.value(0)?.number().unwrap_or(0.0)),
        "VALUE" => number(args.number(0)?),
        "SUMIF" => args.matching(&[0, 1], if nodes.len() > 2 { 2 } else { 0 }).map(|v| Given::Number(v.iter().sum())),
        "SUMIFS" => args.matching(&(1..nodes.len()).collect::<Vec<_>>(), 0).map(|v| Given::Number(v.iter().sum())),
        "COUNTIF" => args.matches(&[0, 1]).map(|found| counted(found.len())),
        "COUNTIFS" => args.matches(&(0..nodes.len()).collect::<Vec<_>>()).map(|found| counted(found.len())),
        "SUMPRODUCT" => args.sum_of_products(),
        "VLOOKUP" => args.look_up(false),
        "HLOOKUP" => args.look_up(true),
        other => Err(Why::Function(other.to_owned())),
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of cells are far below 2^53")]
const fn counted(cells: usize) -> Given {
    Given::Number(cells as f64)
}

/// To so many decimals, the way decimal fractions round: 1.005 is 1.01 although its binary form is a little less.
fn rounded(n: f64, digits: f64, round: impl Fn(f64) -> f64) -> f64 {
    let scale = 10_f64.powf(digits.trunc());
    let scaled = n * scale;
    let near = (scaled * 1e6).round() / 1e6;
    let scaled = if (near - scaled).abs() <= scaled.abs() * 1e-13 { near } else { scaled };
    round(scaled) / scale
}

/// The arguments of one call.
struct Args<'c, 'a> {
    calculator: &'c Calculator<'a>,
    nodes: &'c [ASTNode],
    sheet: u16,
}

impl Args<'_, '_> {
    fn value(&self, n: usize) -> Answer {
        self.nodes.get(n).map_or(Err(Why::Unread), |node| self.calculator.node(node, self.sheet))
    }

    fn number(&self, n: usize) -> Result<f64, Why> {
        self.value(n)?.number()
    }

    fn number_or(&self, n: usize, default: f64) -> Result<f64, Why> {
        if n < self.nodes.len() { self.number(n) } else { Ok(default) }
    }

    fn area(&self, n: usize) -> Result<Span, Why> {
        match self.nodes.get(n).map(|node| self.calculator.argument(node, self.sheet)) {
            Some(Argument::Area(span)) => Ok(span),
            Some(Argument::One(Err(why))) => Err(why),
            _ => Err(Why::VALUE),
        }
    }

    /// The numbers of some arguments: of areas the cells that hold numbers, of single values what they are as numbers.
    fn numbers(&self, nodes: &[ASTNode]) -> Result<Vec<f64>, Why> {
        let mut all = Vec::new();
        for node in nodes {
            match self.calculator.argument(node, self.sheet) {
                Argument::Omitted => {}
                Argument::One(one) => all.push(one?.number()?),
                Argument::Area(span) => {
                    for cell in self.calculator.cells(span)? {
                        all.extend(self.added(cell)?);
                    }
                }
            }
        }
        Ok(all)
    }

    /// The number of a cell in an area that is added up, if it holds one.
    fn added(&self, cell: Origin) -> Result<Option<f64>, Why> {
        match self.calculator.cell(cell)? {
            Given::Number(n) => Ok(Some(n)),
            Given::Text(text) if self.calculator.filling && is_printed_number(&text) => Err(Why::AsText),
            _ => Ok(None),
        }
    }

    fn all_numbers(&self) -> Result<Vec<f64>, Why> {
        self.numbers(self.nodes)
    }

    fn average(&self) -> Answer {
        let all = self.all_numbers()?;
        let Given::Number(n) = counted(all.len()) else { return Err(Why::VALUE) };
        if n == 0.0 { Err(Why::DIVISION) } else { Ok(Given::Number(all.iter().sum::<f64>() / n)) }
    }

    fn count(&self, counts: impl Fn(&Given) -> bool) -> Answer {
        let mut found = Vec::new();
        for node in self.nodes {
            match self.calculator.argument(node, self.sheet) {
                Argument::Omitted => {}
                Argument::One(one) => found.extend(one.ok().filter(|g| counts(g))),
                Argument::Area(span) => {
                    let cells = self.calculator.cells(span)?;
                    found.extend(cells.into_iter().filter_map(|c| self.calculator.cell(c).ok()).filter(|g| counts(g)));
                }
            }
        }
        Ok(counted(found.len()))
    }

    /// Sums that leave out other subtotals and filtered rows depend on what is hidden: only plain sums of cells that are no subtotals
    /// themselves are calculated.
    fn subtotal(&self) -> Answer {
        let what = self.number(0)?;
        let nodes = self.nodes.get(1..).unwrap_or_default();
        if (what - 9.0).abs() > 0.5 && (what - 109.0).abs() > 0.5 {
            return Err(Why::Function("SUBTOTAL".to_owned()));
        }
        let mut sum = 0.0;
        for node in nodes {
            let Argument::Area(span) = self.calculator.argument(node, self.sheet) else { return Err(Why::VALUE) };
            if self.calculator.hides(span) {
                return Err(Why::Function("SUBTOTAL".to_owned()));
            }
            for cell in self.calculator.cells(span)? {
                if !self.calculator.is_subtotal(cell) {
                    sum += self.added(cell)?.unwrap_or(0.0);
                }
            }
        }
        Ok(Given::Number(sum))
    }

    fn stepped(&self, up: bool) -> Answer {
        let (n, step) = (self.number(0)?, self.number_or(1, 1.0)?);
        if step == 0.0 {
            return Ok(Given::Number(0.0));
        }
        let steps = rounded(n / step, 6.0, f64::round);
        Ok(Given::Number(if up { steps.ceil() } else { steps.floor() } * step))
    }

    fn choose(&self) -> Answer {
        if self.value(0)?.truth()? {
            return if self.nodes.len() > 1 { self.value(1) } else { Ok(Given::Bool(true)) };
        }
        if self.nodes.len() > 2 { self.value(2) } else { Ok(Given::Bool(false)) }
    }

    fn truths(&self) -> Result<Vec<bool>, Why> {
        (0..self.nodes.len()).map(|n| self.value(n)?.truth()).collect()
    }

    /// Which cells, counted row by row from the first of their area, fulfil all pairs of area and condition.
    fn matches(&self, pairs: &[usize]) -> Result<Vec<(u32, u16)>, Why> {
        let mut found: Option<Vec<(u32, u16)>> = None;
        for pair in pairs.chunks(2) {
            let [area, condition] = pair else { return Err(Why::VALUE) };
            let (area, condition) = (self.area(*area)?, Condition::read(&self.value(*condition)?)?);
            let mut here = Vec::new();
            for cell in self.calculator.cells(area)? {
                if self.calculator.cell(cell).is_ok_and(|given| condition.holds(&given)) {
                    here.push((cell.row - area.from.row, cell.col - area.from.col));
                }
            }
            found = Some(match found {
                Some(before) => before.into_iter().filter(|at| here.binary_search(at).is_ok()).collect(),
                None => here,
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// The numbers of an area at the places where others fulfil conditions.
    fn matching(&self, pairs: &[usize], sum: usize) -> Result<Vec<f64>, Why> {
        let from = self.area(sum)?.from;
        let mut all = Vec::new();
        for (row, col) in self.matches(pairs)? {
            let cell = Origin::new(from.grid, from.row.saturating_add(row), from.col.saturating_add(col));
            if let Given::Number(n) = self.calculator.cell(cell)? {
                all.push(n);
            }
        }
        Ok(all)
    }

    fn sum_of_products(&self) -> Answer {
        let areas: Vec<Span> = (0..self.nodes.len()).map(|n| self.area(n)).collect::<Result<_, _>>()?;
        let first = *areas.first().ok_or(Why::VALUE)?;
        let size = |s: &Span| (s.to.row - s.from.row, s.to.col - s.from.col);
        if areas.iter().any(|a| size(a) != size(&first)) {
            return Err(Why::VALUE);
        }
        let mut sum = 0.0;
        for cell in self.calculator.cells(first)? {
            let (row, col) = (cell.row - first.from.row, cell.col - first.from.col);
            let mut product = 1.0;
            for area in &areas {
                let at = Origin::new(area.from.grid, area.from.row + row, area.from.col + col);
                product *= if let Given::Number(n) = self.calculator.cell(at)? { n } else { 0.0 };
            }
            sum += product;
        }
        Ok(Given::Number(sum))
    }

    /// `VLOOKUP`, or `HLOOKUP` where the keys stand in a row. Only exact matches: the sorted kind depends on an order nobody promised.
    fn look_up(&self, across: bool) -> Answer {
        let (wanted, area) = (self.value(0)?, self.area(1)?);
        let nth = self.number(2)?;
        if self.nodes.len() < 4 || self.value(3)?.truth()? {
            return Err(Why::Function("VLOOKUP".to_owned()));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie between 1 and the width")]
        let nth = if (1.0..=16_384.0).contains(&nth) { nth as u16 - 1 } else { return Err(Why::VALUE) };
        let keys = if across {
            Span::new(area.from, Origin::new(area.from.grid, area.from.row, area.to.col))
        } else {
            Span::new(area.from, Origin::new(area.from.grid, area.to.row, area.from.col))
        };
        let is_key = |cell: &Origin| self.calculator.cell(*cell).is_ok_and(|g| g.compared(&wanted).is_eq());
        let key = self.calculator.cells(keys)?.into_iter().find(is_key).ok_or(Why::ABSENT)?;
        let at = if across {
            Origin::new(key.grid, key.row + u32::from(nth), key.col)
        } else {
            Origin::new(key.grid, key.row, key.col.saturating_add(nth))
        };
        if area.holds(at) { self.calculator.cell(at) } else { Err(Why::Error("#REF!")) }
    }
}

/// Which orders of two values fulfil a condition.
type Test = fn(std::cmp::Ordering) -> bool;

/// A condition of `SUMIF`: `">=10"`, `"Kumai"`, `7`.
struct Condition {
    than: Given,
    holds: Test,
}

impl Condition {
    fn read(given: &Given) -> Result<Self, Why> {
        let Given::Text(text) = given else { return Ok(Self { than: given.clone(), holds: std::cmp::Ordering::is_eq }) };
        if text.contains(['*', '?', '~']) {
            return Err(Why::Function("SUMIF (*)".to_owned()));
        }
        let marks: [(&str, Test); 6] = [
            (">=", std::cmp::Ordering::is_ge),
            ("<=", std::cmp::Ordering::is_le),
            ("<>", std::cmp::Ordering::is_ne),
            (">", std::cmp::Ordering::is_gt),
            ("<", std::cmp::Ordering::is_lt),
            ("=", std::cmp::Ordering::is_eq),
        ];
        let found = marks.iter().find_map(|(mark, holds)| Some((text.strip_prefix(mark)?, *holds)));
        let (rest, holds) = found.unwrap_or((text, std::cmp::Ordering::is_eq));
        let than = rest.trim().parse().map_or_else(|_| Given::Text(rest.to_owned()), Given::Number);
        Ok(Self { than, holds })
    }

    fn holds(&self, given: &Given) -> bool {
        let alike = std::mem::discriminant(given) == std::mem::discriminant(&self.than);
        let differs = !(self.holds)(std::cmp::Ordering::Equal)
            && (self.holds)(std::cmp::Ordering::Less)
            && (self.holds)(std::cmp::Ordering::Greater);
        if alike { (self.holds)(given.compared(&self.than)) } else { differs }
    }
}
