//! One cell that mends everything around it. Of two that explain as much, neither is taken here.

use super::index::Touched;
use super::{Constraint, Solved};

/// What a cell would explain.
#[derive(Clone, Copy)]
struct Explains {
    by: f64,
    broken: usize,
}

/// Accepts every cell that is the best explanation of all broken constraints around it, where it explains at least so many.
pub fn explain(solved: &mut Solved, least: usize) {
    let index = solved.index;
    let left = solved.left.clone();
    let open: Vec<bool> = (0..solved.constraints.len()).map(|n| solved.open(n)).collect();
    let judge = |t: &Touched| if t.fixed() { None } else { t.judge(solved.constraints, &left, &open) };
    let judged: Vec<Option<Explains>> = index.cells.iter().map(judge).collect();
    let best_of =
        |(constraint, open): (&Constraint, &bool)| if *open { best(&index.cells_of(constraint), &judged) } else { None };
    let best: Vec<Option<usize>> = solved.constraints.iter().zip(&open).map(best_of).collect();
    for (id, touched) in index.cells.iter().enumerate() {
        let Some(explains) = judged[id].filter(|e| e.broken >= least) else { continue };
        let mut around = touched.felt().filter(|u| open[u.constraint]);
        if around.all(|u| best[u.constraint] == Some(id)) {
            solved.accept(&vec![(id, explains.by)]);
        }
    }
}

impl Touched {
    /// The change that mends every broken constraint around the cell and breaks no other; `None` where there is none.
    fn judge(&self, constraints: &[Constraint], left: &[f64], open: &[bool]) -> Option<Explains> {
        let broken = || self.felt().filter(|u| open[u.constraint]);
        let strictest = broken().min_by(|a, b| {
            let tightness = |u: &super::index::Use| constraints[u.constraint].tolerance / u.coefficient.abs();
            tightness(a).total_cmp(&tightness(b))
        })?;
        let by = self.plausible(self.value - left[strictest.constraint] / strictest.coefficient)? - self.value;
        let mended = self.felt().all(|u| constraints[u.constraint].left(left[u.constraint] + by * u.coefficient));
        mended.then(|| Explains { by, broken: broken().count() })
    }
}

/// The cell of a broken constraint that explains most, if it is the only one that explains so much.
fn best(cells: &[usize], judged: &[Option<Explains>]) -> Option<usize> {
    let broken = |id: usize| judged[id].map_or(0, |e| e.broken);
    let most = cells.iter().map(|&id| broken(id)).max().filter(|&most| most > 0)?;
    let mut at_the_top = cells.iter().filter(|&&id| broken(id) == most);
    at_the_top.next().copied().filter(|_| at_the_top.next().is_none())
}
