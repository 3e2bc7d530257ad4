//! Headings as offices print them.

use super::*;
use crate::model::document::{Grid, GridBuilder};
use crate::model::origin::Place;

fn words() -> std::rc::Rc<Vocabulary> {
    crate::kinds::vocabulary(&crate::schemas::builtin().unwrap(), "realisasi")
}

/// A sheet from rows of cells between bars; numbers are numbers.
fn sheet(rows: &[&str]) -> Grid {
    let mut b = GridBuilder::new("x", Place::Sheet("x".into()));
    for (row, line) in (0_u32..).zip(rows) {
        for (col, text) in (0_u16..).zip(line.split('|').map(str::trim)) {
            match text.parse::<f64>() {
                Ok(n) => b.push(row, col, Value::Number(n)),
                Err(_) => b.push_text(row, col, text),
            }
        }
    }
    b.finish()
}

fn roles(rows: &[&str]) -> Vec<Vec<Option<Role>>> {
    let (grid, words) = (sheet(rows), words());
    let marked = Marked::new(&grid, 0, &words);
    bands(&marked, &words).into_iter().map(|b| b.leaves.into_iter().map(|l| l.role).collect()).collect()
}

#[test]
fn headings_of_the_common_reports() {
    use Role::{Aside, Ini, Label, Lalu, Lock, Ordinal, Pagu, Persen, Sd, Sisa};
    for (rows, expected) in [
        (
            vec![
                "Kode|Uraian|Pagu Revisi|Lock Pagu|Realisasi|||%|Sisa Anggaran",
                "||||Periode Lalu|Periode Ini|s.d. Periode",
                "WA|Program|5|0|1|1|2|0.4|3",
            ],
            vec![Label, Label, Pagu, Lock, Lalu, Ini, Sd, Persen, Sisa],
        ),
        (
            vec![
                "NO|KODE|PROGRAM/KEGIATAN/KRO/RO/KOMPONEN|PAGU ANGGARAN (Rp)|REALISASI (Rp)|||PERSEN|SISA ANGGARAN (Rp)",
                "||||S.D. TRIWULAN LALU|TRIWULAN INI|S.D. TRIWULAN INI",
                "1|2|3|4|5|6|7|8|9",
            ],
            vec![Ordinal, Label, Label, Pagu, Lalu, Ini, Sd, Persen, Sisa],
        ),
        (
            vec!["Kode|Uraian|Pagu|Realisasi s.d. Bulan Lalu|Realisasi Bulan Ini|Realisasi s.d. Bulan Ini|%|Sisa"],
            vec![Label, Label, Pagu, Lalu, Ini, Sd, Persen, Sisa],
        ),
        (vec!["Kode|Uraian Kegiatan dan Belanja|Pagu|Realisasi Belanja|Sisa"], vec![Label, Label, Pagu, Sd, Sisa]),
        (vec!["Kode|Uraian|Pagu|Sisa|Lalu|Ini|S.d.|%"], vec![Label, Label, Pagu, Sisa, Lalu, Ini, Sd, Persen]),
        (
            vec!["No|Uraian|Anggaran|Realisasi|Target RPD|% Sisa|Penyerapan (%)|Ket"],
            vec![Ordinal, Label, Pagu, Sd, Aside, Aside, Persen, Role::Note],
        ),
        (
            vec!["Uraian||Pagu Revisi|Realisasi TA 2025||||SISA ANGGARAN", "|||Periode Lalu|Periode Ini|s.d. Periode|%"],
            vec![Label, Pagu, Lalu, Ini, Sd, Persen, Sisa],
        ),
        (vec!["Uraian|Alokasi|Realisasi||Saldo", "|Rp|Rp|%|Rp"], vec![Label, Pagu, Sd, Persen, Sisa]),
    ] {
        assert_eq!(roles(&rows), [expected.into_iter().map(Some).collect::<Vec<_>>()], "{rows:?}");
    }
}

#[test]
fn months_and_quarters_are_parts_of_the_year() {
    let found = roles(&["Kode|Uraian|Pagu|Realisasi||||Jumlah|Sisa", "|||Januari|Februari|TW II|s.d. Juli"]);
    assert_eq!(found[0][3..7], [Some(Role::Part(1, 1)), Some(Role::Part(2, 2)), Some(Role::Part(4, 6)), Some(Role::Until(7))]);
}
