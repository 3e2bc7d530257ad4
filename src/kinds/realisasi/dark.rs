//! What was not used, told with its range (A13), never dropped silently.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::origin::Place;
use crate::model::{Document, Finding, Findings, Origin, Span};
use crate::tables::marks::Marked;
use crate::tables::outline::captions::Captions;
use crate::tables::outline::code;
use crate::tables::unclaimed;
use crate::tables::words::Vocabulary;

use super::amounts::Amounts;
use super::choose::Read;
use super::heading::Role;
use super::items;
use super::ledger::Row;
use super::roles::Roles;
use super::table::{Label, Line, Table};

/// Sheets with figures and without a heading that could be understood.
pub fn sheets(findings: &mut Findings, document: &Document, unused: &[(u16, Vec<Origin>)]) {
    for (grid, cells) in unused {
        let name = document.grids.get(usize::from(*grid)).map_or("", |g| g.name.as_str());
        let why = format!("lembar \"{name}\": angka di sini tidak dipakai; tidak ada judul kolom pagu dan realisasi di atasnya.");
        findings.0.extend(Span::around(cells.iter().copied()).map(|span| Finding::new("A13", why).at(span)));
    }
}

/// Amounts above the first table of a sheet, unless they only say again what the tables say.
pub fn above(findings: &mut Findings, document: &Document, words: &Vocabulary, (rows, read): (&[(u16, Range<usize>)], &[Read])) {
    let mut known: BTreeSet<u64> = BTreeSet::new();
    let mut kinds: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    for row in read.iter().flat_map(|r| &r.rows) {
        for (column, value) in (0..row.figures.len()).filter_map(|c| Some((c, row.value(c)?))) {
            known.insert(value.to_bits());
            let akun = row.item.kode.len() == 6 && row.item.kode.bytes().all(|b| b.is_ascii_digit());
            if let Some(kind) = row.item.kode.get(..2).filter(|_| akun) {
                *kinds.entry((column, kind)).or_default() += value;
            }
        }
    }
    known.extend(kinds.values().map(|sum| sum.to_bits()));
    for (number, rows) in rows {
        let Some(grid) = document.grids.get(usize::from(*number)) else { continue };
        let cells = unclaimed::figures(&Marked::new(grid, *number, words), rows.clone(), &known);
        report(findings, &cells, "angka ini tidak dipakai: tidak ada judul kolom pagu dan realisasi di atasnya");
    }
}

/// Cells of a table that became no figure.
pub fn cells(findings: &mut Findings, table: &Table, amounts: &Amounts, roles: &Roles) {
    let in_leaf = |leaf: usize| table.lines.iter().filter_map(move |l| l.amounts.get(leaf)?.as_ref()).map(|s| s.origin);
    let (mut unknown, mut lost) = (Vec::new(), Vec::new());
    let mut beside = Vec::new();
    let mut aside = Vec::new();
    for (leaf, heading) in table.leaves.iter().enumerate().filter(|(l, _)| !roles.holds(*l)) {
        match heading.role {
            None if heading.adopted => lost.extend(in_leaf(leaf)),
            None => unknown.extend(in_leaf(leaf)),
            Some(role) if role.is_money() || role == Role::Label => beside.extend(in_leaf(leaf)),
            Some(Role::Aside) => aside.extend(in_leaf(leaf)),
            // Locked amounts stand in every report of SAKTI; ordinals and remarks are no amounts.
            Some(_) => {}
        }
    }
    let unproved: Vec<Origin> = roles.unproved.iter().flat_map(|&leaf| in_leaf(leaf)).collect();
    let running: Vec<Origin> = roles.taken_for_running.iter().flat_map(|&leaf| in_leaf(leaf)).collect();
    let reasons: [(&[Origin], &str); 8] = [
        (
            &running,
            "angka kolom-kolom ini tidak pernah turun, jadi dibaca sebagai realisasi kumulatif (sampai akhir tiap bagian tahun), bukan dijumlahkan. Periksa hasilnya; tulis \"kumulatif\" atau \"s.d.\" di judul kolom bila benar, tambahkan kolom sisa bila tidak",
        ),
        (
            &unproved,
            "judul kolom ini tidak dikenal dan hitungannya tidak membuktikan isinya, jadi artinya hanya ditebak dari letaknya. Periksa hasilnya, atau tambahkan katanya di schemas/realisasi.toml",
        ),
        (
            &unknown,
            "angka ini tidak dipahami: judul kolomnya tidak dikenal. Tambahkan katanya di schemas/realisasi.toml, atau perbaiki judulnya",
        ),
        (&beside, "kolom ini tidak dipakai: kolom lain dengan arti yang sama cocok dengan hitungan"),
        (&aside, "angka ini bukan isi tabel realisasi (rencana, volume, fisik, atau hitungan lain), jadi tidak dipakai"),
        (
            &amounts.undecided,
            "di kolom ini titik dan koma bergantian memisahkan ribuan; tanda di depan tiga angka dibaca sebagai pemisah ribuan. Samakan penulisannya (1.234.567,89), kirim lagi",
        ),
        (&lost, "angka ini tidak dipakai: tidak ada judul kolom di atasnya"),
        (
            &amounts.unread,
            "di sini tidak ada angka yang bisa dibaca (rumus tanpa hasil tersimpan, atau tulisan); nilainya kosong di tabel. Buka berkasnya, hitung ulang, simpan, kirim lagi",
        ),
    ];
    for (cells, why) in reasons {
        report(findings, cells, why);
    }
    if roles.against_headings {
        let headings = Span::around(table.leaves.iter().map(|l| l.origin));
        let why = "judul kolom tidak sesuai dengan hitungan angkanya; kolom dibaca menurut hitungan (pagu = realisasi + sisa). Perbaiki judulnya.";
        findings.0.extend(headings.map(|span| Finding::new("A13", why).at(span)));
    }
}

/// Rows on paper whose words stand in several columns where those of other rows stand in one: a page has let them run over, and their order
/// is not certain.
pub fn scattered(findings: &mut Findings, document: &Document, table: &Table) {
    let paper = |l: &Line| document.grids.get(usize::from(l.grid)).is_some_and(|g| matches!(g.place, Place::Paper { .. }));
    let worded = |l: &Line| -> Vec<Origin> {
        let words = l.labels.iter().filter(|w| w.text.contains(char::is_lowercase) && code::readings(&w.text).is_empty());
        words.map(|w| w.origin).collect()
    };
    let lines: Vec<(&Line, Vec<Origin>)> =
        table.lines.iter().filter(|l| l.has_amounts() && paper(l)).map(|l| (l, worded(l))).collect();
    let places: BTreeSet<Vec<u16>> = lines.iter().map(|(_, at)| at.iter().map(|o| o.col).collect()).collect();
    if places.iter().filter(|columns| columns.len() == 1).count() < 2 {
        return;
    }
    for span in lines.iter().filter(|(_, at)| at.len() > 1).filter_map(|(_, at)| Span::around(at.iter().copied())) {
        let why = "uraian baris ini tercetak di beberapa kolom, jadi urutan katanya tidak pasti. Periksa uraiannya.";
        findings.add(Finding::new("A13", why).at(span));
    }
}

/// Rows whose words stand in several columns with a heading each, and were all taken for what the row is called.
pub fn joined(findings: &mut Findings, table: &Table, words: &Vocabulary) {
    let kinds = items::columns_of_kinds(table, words);
    let head = |col: u16| table.leaves.iter().find(|l| (l.left..=l.right).contains(&col)).map(|l| l.origin);
    let mut cells: Vec<Origin> = Vec::new();
    for line in table.lines.iter().filter(|l| l.has_amounts()) {
        // `74697` under KODE POS is no code of a budget.
        let said = |l: &&Label| {
            let text = l.text.trim();
            text.contains(char::is_lowercase) || text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit())
        };
        let worded = |l: &&Label| said(l) && code::readings(&l.text).is_empty();
        let words =
            line.labels.iter().filter(worded).map(|l| l.origin).filter(|o| o.grid == table.grid && !kinds.contains(&o.col));
        let words: Vec<Origin> = words.collect();
        let heads: BTreeSet<Origin> = words.iter().filter_map(|o| head(o.col)).collect();
        if heads.len() > 1 {
            cells.extend(words);
        }
    }
    report(findings, &cells, "uraian baris ini digabung dari beberapa kolom yang berjudul lain-lain. Periksa uraiannya");
}

/// Accounts that lack one of the measures which run down the rows of nearly all others.
pub fn lacking(findings: &mut Findings, table: &Table) {
    for leaf in (0..table.leaves.len()).filter(|_| table.start.is_some()) {
        let without: Vec<&Line> = table.lines.iter().filter(|l| l.amounts.get(leaf).is_none_or(Option::is_none)).collect();
        for line in without.iter().filter(|_| without.len() * 5 < table.lines.len()) {
            let name = line.labels.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ");
            let cells = line.labels.iter().map(|l| l.origin).chain(line.amounts.iter().flatten().map(|s| s.origin));
            let span = Span::around(cells.filter(|o| o.grid == line.grid));
            let message = format!(
                "{name}: salah satu baris ukurannya (pagu, realisasi, sisa) tidak ditemukan, jadi nilainya kosong di tabel."
            );
            findings.0.extend(span.map(|span| Finding::new("A13", message).at(span)));
        }
    }
}

/// Amounts of single months that run down the rows.
pub fn folded(findings: &mut Findings, cells: &[Origin]) {
    report(findings, cells, "angka per bulan ini tidak dipakai: yang dibaca ialah baris jumlahnya");
}

/// Amounts in rows that say nothing about themselves.
pub fn mute(findings: &mut Findings, cells: &[Origin]) {
    let mut rows: BTreeMap<(u16, u32), Span> = BTreeMap::new();
    for &cell in cells {
        rows.entry((cell.grid, cell.row)).and_modify(|s| *s = s.with(cell)).or_insert_with(|| cell.into());
    }
    for span in rows.into_values() {
        findings.add(
            Finding::new(
                "A13",
                "baris ini berisi angka tanpa kode dan uraian, atau hanya persentase dari baris di atasnya, jadi tidak dipakai.",
            )
            .at(span),
        );
    }
}

/// Rows with a code and no amount at all, among others of their level that have some: they are not written, and that is told.
pub fn empty(findings: &mut Findings, rows: &[Row]) {
    let mut levels: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.item.total && !r.item.codes.is_empty()) {
        if let Some(level) = row.level {
            levels.entry(level.as_str()).or_default().push(row);
        }
    }
    for rows in levels.values().filter(|rows| rows.len() > 2) {
        let without: Vec<&&Row> = rows.iter().filter(|r| !r.item.has_amounts()).collect();
        if without.len() * 5 <= rows.len() {
            let message = |row: &Row| format!("{}: baris ini tidak menunjukkan angka, jadi tidak ada di tabel.", row.name());
            findings.0.extend(without.into_iter().map(|row| Finding::new("A13", message(row)).at(row.span())));
        }
    }
}

/// Rows with a code and amounts that are called nothing.
pub fn nameless(findings: &mut Findings, rows: &[Row]) {
    for row in rows.iter().filter(|r| r.item.has_amounts() && r.item.uraian.is_empty() && !r.item.codes.is_empty()) {
        let message = format!("{}: baris ini tidak mempunyai uraian; periksa judul kolom uraiannya.", row.name());
        findings.add(Finding::new("A13", message).at(row.span()));
    }
}

/// Rows without a code, a number or a mark where nearly all others have a code: it may stand in their text unread.
pub fn codeless(findings: &mut Findings, rows: &[Row]) {
    let counted = || rows.iter().filter(|r| r.item.has_amounts() && !r.item.total && !r.item.office);
    let bare =
        |r: &&Row| r.item.kode.is_empty() && r.item.number.is_empty() && r.item.mark.is_none() && r.item.ordinal.is_empty();
    let coded = counted().filter(|r| !r.item.codes.is_empty()).count();
    for row in counted().filter(bare).filter(|_| coded * 10 >= counted().count() * 6) {
        let message = format!(
            "{}: baris ini tidak mempunyai kode, padahal hampir semua baris lain mempunyainya. Periksa kodenya.",
            row.name()
        );
        findings.add(Finding::new("A13", message).at(row.span()));
    }
}

/// Rows whose path is not known for certain, sheet by sheet as far as they stand together.
pub fn rootless(findings: &mut Findings, rows: &[Row]) {
    for run in rows.chunk_by(|a, b| a.lost == b.lost && a.span().from.grid == b.span().from.grid).filter(|run| run[0].lost) {
        let span = run.iter().map(Row::span).reduce(|all, s| all.with(s.from).with(s.to));
        let why =
            "kode di sini atau di atasnya tidak terbaca utuh, jadi jalur kodenya mungkin keliru. Periksa jalurnya di tabel.";
        findings.0.extend(span.map(|span| Finding::new("A13", why).at(span)));
    }
}

/// Lines above rows that name a level and its code, and no row hangs below it.
pub fn unheard(findings: &mut Findings, document: &Document, words: &Vocabulary, read: &[Read]) {
    let mut captions = Captions::default();
    for (grid, number) in document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        captions.take(grid, number, |label| items::level(words, label));
    }
    let rows = read.iter().flat_map(|r| &r.rows).filter(|r| r.level.is_some());
    let rows: Vec<(Span, &str)> = rows.map(|r| (r.span(), r.path.as_str())).collect();
    let why = "baris ini menyebut kode, tetapi jalur baris di bawahnya tidak memuatnya. Periksa jalur kodenya di tabel.";
    findings.0.extend(captions.unheard(&rows).into_iter().map(|span| Finding::new("A13", why).at(span)));
}

/// A table with money that another table of the document shows too.
pub fn not_counted(findings: &mut Findings, document: &Document, read: &Read) {
    let name = document.grids.get(usize::from(read.table.grid)).map_or("", |g| g.name.as_str());
    let cells =
        read.table.lines.iter().filter(|l| l.grid == read.table.grid).flat_map(|l| l.amounts.iter().flatten()).map(|s| s.origin);
    let why = format!(
        "lembar \"{name}\": tabel ini memuat anggaran yang sama dengan tabel lain di dokumen ini (bulan lain atau rekapnya), jadi tidak dijumlahkan."
    );
    findings.0.extend(Span::around(cells).map(|span| Finding::new("A13", why).at(span)));
}

/// One finding for each run of neighbouring columns.
fn report(findings: &mut Findings, cells: &[Origin], why: &str) {
    let mut columns: BTreeMap<(u16, u16), Span> = BTreeMap::new();
    for &cell in cells {
        columns.entry((cell.grid, cell.col)).and_modify(|s| *s = s.with(cell)).or_insert_with(|| cell.into());
    }
    let mut spans: Vec<Span> = Vec::new();
    for ((grid, col), span) in columns {
        match spans.last_mut() {
            Some(last) if last.to.grid == grid && last.to.col + 1 == col => *last = last.with(span.from).with(span.to),
            _ => spans.push(span),
        }
    }
    findings.0.extend(spans.into_iter().map(|span| Finding::new("A13", format!("{why}.")).at(span)));
}
