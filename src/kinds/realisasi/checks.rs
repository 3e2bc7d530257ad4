//! What must hold in a table of realisation: B02 up the tree and of its totals, B08 in every row, B09, and codes in their places (B04, B05).

use crate::model::{Document, Equation, Finding, Findings, Origin, Span, Term};
use crate::normalise::exact;

use super::items::Stands;
use super::ledger::{COLUMNS, Figure, INI, LALU, PAGU, PERSEN, Row, SD, SISA};
use super::roles::Roles;

/// Columns that add up.
const ADDING: [usize; 5] = [PAGU, LALU, INI, SD, SISA];
/// Whole rupiah add up exactly; sen may be rounded once in each row.
const TOLERANCE: f64 = 0.5;
/// An identity that fails in more rows than this, of a hundred, is not what the column was meant for.
const FEWEST_HELD: usize = 20;

/// All equations of a table; what is no equation is said at once.
pub fn check(findings: &mut Findings, document: &Document, rows: &[Row], roles: &Roles) -> Vec<Equation> {
    let meant = Meant::of(findings, rows, roles);
    let mut equations = Vec::new();
    for row in rows.iter().filter(|r| r.item.has_amounts()) {
        equations.extend(in_row(row, roles, &meant));
        over_budget(findings, row);
        misplaced(findings, row, rows);
    }
    equations.extend(parents(document, rows));
    equations.extend(super::totals::totals(findings, rows));
    equations
}

/// Which identities the columns were meant for.
struct Meant {
    flow: bool,
    rest: bool,
    share: bool,
    /// Rounding of the printed shares.
    unit: f64,
}

impl Meant {
    /// An identity that nearly never holds is told once, not in every row.
    fn of(findings: &mut Findings, rows: &[Row], roles: &Roles) -> Self {
        let all = Self { flow: true, rest: true, share: true, unit: unit(rows) };
        let held = |which: fn(&Row, &Roles, &Self) -> Option<Equation>| {
            let stated: Vec<Equation> = rows.iter().filter_map(|r| which(r, roles, &all)).collect();
            let held = stated.iter().filter(|e| e.holds()).count();
            stated.len() < 5 || held * 100 >= stated.len() * FEWEST_HELD
        };
        let meant = Self { flow: held(flow), rest: held(rest), share: held(share), unit: all.unit };
        for (column, holds) in [(SD, meant.flow), (SISA, meant.rest), (PERSEN, meant.share)] {
            let cells = rows.iter().filter_map(|r| r.figures[column].as_ref()?.origin);
            if let (false, Some(span)) = (holds, Span::around(cells)) {
                let message = format!(
                    "kolom {} hampir di semua baris tidak cocok dengan kolom lainnya; mungkin isinya dihitung dengan dasar lain (misalnya pagu sebelum revisi). Periksa judul kolomnya.",
                    COLUMNS[column]
                );
                findings.add(Finding::new("A13", message).at(span));
            }
        }
        meant
    }
}

fn in_row(row: &Row, roles: &Roles, meant: &Meant) -> Vec<Equation> {
    let flow = flow(row, roles, meant).filter(|_| meant.flow);
    let rest = rest(row, roles, meant).filter(|_| meant.rest);
    let share = share(row, roles, meant).filter(|_| meant.share);
    [flow, rest, share].into_iter().flatten().collect()
}

/// A term, where the figure stands in a cell; blanks add nothing.
fn term(coefficient: f64, figure: &Figure) -> Option<Term> {
    figure.origin.map(|origin| Term::new(coefficient, figure.value, origin))
}

/// B08 with these terms; `None` where the first stands nowhere.
fn identity(tested: Option<&Figure>, others: &[(f64, Option<&Figure>)], constant: f64, says: String) -> Option<Equation> {
    let first = term(1.0, tested?)?;
    if others.iter().any(|(_, f)| f.is_none_or(|f| f.origin.is_none() && f.value != 0.0)) {
        return None;
    }
    let rest = others.iter().filter_map(|(c, f)| term(*c, (*f)?));
    let terms: Vec<Term> = std::iter::once(first).chain(rest).collect();
    let at = Span::around(terms.iter().map(|t| t.origin))?;
    Some(Equation { code: "B08".into(), terms, constant, tolerance: TOLERANCE, at, says })
}

/// sd = lalu + ini.
fn flow(row: &Row, roles: &Roles, _: &Meant) -> Option<Equation> {
    let [_, lalu, ini, sd, ..] = &row.figures;
    let says = format!("{}: realisasi s.d. periode bukan periode lalu + periode ini.", row.name());
    let stated = ini.as_ref().is_some_and(|f| f.origin.is_some());
    if !roles.parts.is_empty() && roles.sd.is_some() && !(roles.lalu.is_some() && stated) {
        return by_parts(row, roles, says);
    }
    identity(sd.as_ref(), &[(-1.0, lalu.as_ref()), (-1.0, ini.as_ref())], 0.0, says)
}

/// The printed total of a row is the sum of its months, and of what was spent before them where a column says that.
fn by_parts(row: &Row, roles: &Roles, says: String) -> Option<Equation> {
    let first = term(1.0, row.figures[SD].as_ref()?)?;
    let terms: Vec<Term> = std::iter::once(first).chain(spent(row, roles, -1.0)).collect();
    let at = Span::around(terms.iter().map(|t| t.origin))?;
    (terms.len() > 1).then(|| Equation { code: "B08".into(), terms, constant: 0.0, tolerance: TOLERANCE, at, says })
}

/// The amounts that make up what was spent up to now: those of parts of the year, and of what was spent before them.
fn spent(row: &Row, roles: &Roles, coefficient: f64) -> Vec<Term> {
    // A triwulan beside its months is their sum.
    let holds = |(i, (a, b)): (usize, (u8, u8))| {
        roles.parts.iter().any(|&(j, (c, d))| i != j && a <= c && d <= b && ((c, d) != (a, b) || j < i))
    };
    let narrow = roles.parts.iter().filter(|part| !holds(**part));
    let months = narrow.filter_map(|(leaf, _)| row.item.amounts.get(*leaf)?.as_ref());
    let before = roles.lalu.and_then(|leaf| row.item.amounts.get(leaf)?.as_ref());
    months.chain(before).map(|a| Term::new(coefficient, a.value, a.origin)).collect()
}

/// sisa = pagu − sd, less what is locked where the sheet leaves that out.
fn rest(row: &Row, roles: &Roles, _: &Meant) -> Option<Equation> {
    let lock = roles.lock.and_then(|l| row.item.amounts.get(l)?.as_ref());
    let locked = lock.map(|a| Figure { value: a.value, origin: Some(a.origin), raw: String::new() });
    let sd = row.figures[SD].as_ref();
    // Where no cell says what was spent up to now, those that it was added up from do.
    let added = sd.filter(|f| f.origin.is_none() && f.value != 0.0).and_then(|sd| {
        let parts = spent(row, roles, 1.0);
        (exact::sum(parts.iter().map(|t| t.value)).to_bits() == sd.value.to_bits()).then_some(parts)
    });
    let mut others = vec![(-1.0, row.figures[PAGU].as_ref())];
    others.extend(added.is_none().then_some((1.0, sd)));
    if locked.is_some() {
        others.push((1.0, locked.as_ref()));
    }
    let says = format!("{}: sisa bukan pagu − realisasi.", row.name());
    let mut equation = identity(row.figures[SISA].as_ref(), &others, 0.0, says)?;
    equation.terms.extend(added.into_iter().flatten());
    if let Some(at) = row.figures[SISA].as_ref().and_then(|f| f.origin) {
        equation.at = at.into();
    }
    Some(equation)
}

/// persen = sd / pagu. As `pagu · persen − 100 · sd`, which is linear in each of the three cells, so that the cell at fault can be found;
/// shifted by the rounding of the printed share, so that the share it should have is a printed number too.
fn share(row: &Row, _: &Roles, meant: &Meant) -> Option<Equation> {
    let [pagu, _, _, sd, persen, _] = &row.figures;
    let (pagu, sd, persen) = (pagu.as_ref()?, sd.as_ref()?, persen.as_ref()?);
    if pagu.value <= 0.0 {
        return None;
    }
    let unit = meant.unit;
    let exact = sd.value / pagu.value * 100.0;
    // A half may be rounded either way.
    let rounded = (persen.value - exact).abs() <= unit * 0.5 + 1e-9;
    let printed = if rounded { persen.value } else { (exact / unit).round() * unit };
    let mut terms = vec![term(pagu.value, persen)?];
    terms.extend(term(persen.value, pagu));
    terms.extend(term(-100.0, sd));
    let sum: f64 = terms.iter().map(|t| t.coefficient * t.value).sum();
    let wanted = pagu.value * (persen.value - printed);
    let says = format!("{}: persen bukan realisasi / pagu.", row.name());
    let at = persen.origin?.into();
    Some(Equation { code: "B08".into(), terms, constant: wanted - sum, tolerance: pagu.value * unit * 0.99, at, says })
}

/// The rounding of printed shares: two decimals, or one or none where hardly any has more.
fn unit(rows: &[Row]) -> f64 {
    let shares: Vec<f64> = rows.iter().filter_map(|r| r.value(PERSEN)).collect();
    let finer =
        |scale: f64| shares.iter().filter(|n| (*n * scale - (*n * scale).round()).abs() > 1e-6).count() * 10 > shares.len();
    if finer(10.0) {
        0.01
    } else if finer(1.0) {
        0.1
    } else {
        1.0
    }
}

/// B09.
fn over_budget(findings: &mut Findings, row: &Row) {
    let (Some(pagu), Some(sd)) = (row.value(PAGU), row.value(SD)) else { return };
    let at = row.figures[SD].as_ref().and_then(|f| f.origin).map_or_else(|| row.span(), Span::from);
    if sd > pagu + TOLERANCE {
        let message = format!("{}: realisasi melebihi pagu.", row.name());
        findings.add(Finding::new("B09", message).at(at).numbers(sd, pagu));
    }
}

/// B04 and B05.
fn misplaced(findings: &mut Findings, row: &Row, rows: &[Row]) {
    let at = row.item.kode_at.map_or_else(|| row.span(), Span::from);
    if let Some(right) = &row.misplaced {
        let message = format!("{}: kode ini tidak sesuai dengan induk tempatnya tercantum.", row.name());
        findings.add(Finding::new("B04", message).at(at).found(&row.item.kode).expected(right));
    } else if row.item.codes.is_empty() && !row.item.kode.is_empty() && !row.item.office && row.item.stands != Stands::Family {
        let message =
            format!("{}: kode ini bukan kode program, kegiatan, KRO, RO, komponen, subkomponen, atau akun.", row.name());
        findings.add(Finding::new("B04", message).at(at).found(&row.item.kode));
    }
    if let Some(first) = row.first.and_then(|f| rows.get(f)) {
        let message = format!("{}: jalur kode {} sudah ada di baris {}.", row.name(), row.path, first.item.place.1 + 1);
        findings.add(Finding::new("B05", message).at(at).found(&row.path));
    }
}

/// B02: every parent that prints an amount, with all children that do.
fn parents(document: &Document, rows: &[Row]) -> Vec<Equation> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (i, row) in rows.iter().enumerate() {
        if let Some(list) = row.parent.and_then(|p| children.get_mut(p)) {
            list.push(i);
        }
    }
    let mut equations = Vec::new();
    for (parent, below) in rows.iter().zip(&children).filter(|(_, below)| !below.is_empty()) {
        let lines = gathered(rows, &children, below);
        let end = below.last().and_then(|&last| rows.get(last + 1)).map_or(u32::MAX, |next| next.item.place.1);
        for column in ADDING {
            let says = format!("{}: {} bukan jumlah {} baris di bawahnya.", parent.name(), spoken(column), lines.len());
            let cell = parent.figures[column].as_ref().and_then(|f| f.origin);
            if cell.is_some_and(|cell| !hides(document, cell, end)) {
                equations.extend(sum(parent, &lines, column, says));
            }
        }
    }
    equations
}

/// Whether hidden rows below a cell, before row `end`, hold something in its column: they may be part of the sum (F06 tells of them).
fn hides(document: &Document, cell: Origin, end: u32) -> bool {
    let Some(grid) = document.grids.get(usize::from(cell.grid)) else { return false };
    let between = grid.hidden_rows.iter().filter(|(from, to)| *to > cell.row && *from < end);
    between
        .flat_map(|&(from, to)| from.max(cell.row)..=to.min(end).min(from + MOST_HIDDEN))
        .any(|row| grid.at(row, cell.col).is_some())
}

/// Hidden rows looked at in one run.
const MOST_HIDDEN: u32 = 2_000;

/// The children that print amounts; in the place of those that do not, what hangs below them.
fn gathered<'a>(rows: &'a [Row], children: &[Vec<usize>], below: &[usize]) -> Vec<&'a Row> {
    let mut lines = Vec::new();
    let mut stack: Vec<usize> = below.iter().rev().copied().collect();
    while let Some(i) = stack.pop() {
        let Some(row) = rows.get(i) else { continue };
        if row.is_covered() {
            continue;
        }
        if row.item.has_amounts() {
            lines.push(row);
        } else if let Some(list) = children.get(i) {
            stack.extend(list.iter().rev());
        }
    }
    lines
}

/// B02 of one column: `None` where the whole or one of the parts is not printed.
pub fn sum(whole: &Row, parts: &[&Row], column: usize, says: String) -> Option<Equation> {
    let total = whole.figures[column].as_ref()?;
    let at = total.origin?;
    let mut terms = vec![term(1.0, total)?];
    for part in parts {
        let figure = part.figures[column].as_ref()?;
        if figure.origin.is_none() && figure.value != 0.0 {
            return None;
        }
        terms.extend(term(-1.0, figure));
    }
    (!parts.is_empty()).then(|| Equation { code: "B02".into(), terms, constant: 0.0, tolerance: TOLERANCE, at: at.into(), says })
}

/// A column as officials call it.
#[must_use]
pub const fn spoken(column: usize) -> &'static str {
    match column {
        PAGU => "pagu",
        LALU => "realisasi periode lalu",
        INI => "realisasi periode ini",
        SD => "realisasi s.d. periode",
        SISA => "sisa",
        _ => "persen",
    }
}
