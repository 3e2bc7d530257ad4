//! A13: what was not understood, not used, or not certain, each with its place.

use crate::model::{Document, Finding, Findings, Origin, Span, Value};
use crate::normalise::number::looks_like_number;
use crate::tables::outline::Level;
use crate::tables::outline::captions::Captions;
use crate::tables::regional::dark::by_columns;

use super::budget::Budget;
use super::rows::Rows;
use super::words::Words;

const STRAY: &str = "angka di kolom ini tidak dipahami: judul kolomnya tidak dikenal. Tambahkan katanya di schemas/anggaran.toml, atau perbaiki judulnya";
const UNREAD: &str =
    "di sini tidak ada angka yang bisa dibaca (rumus tanpa hasil tersimpan, atau tulisan); nilainya kosong di tabel";
const ASIDE: &str = "angka ini dari sebelum revisi, atau bukan isi rencana anggaran, dan tidak dipakai";
const GUESSED: &str = "judul kolom ini tidak dikenal dan hitungannya tidak membuktikan isinya, jadi artinya hanya ditebak dari letak dan isinya, atau tidak dipakai. Periksa hasilnya, atau tambahkan katanya di schemas/anggaran.toml";
const ODD: &str = "isi kolom kode ini bukan kode anggaran yang dikenal, jadi barisnya dibaca tanpa kode. Perbaiki kodenya";
const UNDECIDED: &str = "di kolom ini titik dan koma bergantian memisahkan ribuan, jadi angkanya tidak pasti dan nilainya kosong di tabel. Samakan penulisannya (1.234.567,89), kirim lagi";
const NAMELESS: &str =
    "baris ini tidak mempunyai uraian; mungkin uraiannya ada di kolom yang dibaca sebagai isi lain. Periksa judul kolom uraian";
const REMARK: &str = "baris ini catatan cetakan, bukan isi rencana anggaran, jadi angkanya tidak dipakai";
const AGAIN: &str = "baris ini mengulang induknya di halaman baru, jadi tidak dihitung lagi";
const REPEATED: &str = "tabel ini mengulang angka tabel lain di dokumen yang sama, jadi tidak dihitung lagi";
const DOUBTFUL: &str = "baris tanpa kode dan tanpa angka ini bisa lanjutan uraian di atasnya, judul rincian di bawahnya, atau catatan. Periksa uraian di sekitarnya; bila judul rincian, beri tanda > di depannya";
const CAPTIONS: &str =
    "judul kelompok tanpa kode ini bukan baris anggaran, jadi tidak ada di tabel; baris di bawahnya dibaca seperti biasa";
const NOTED: &str = "baris ini dibaca sebagai keterangan rincian di atasnya, bukan baris anggaran, jadi tidak dipakai";

const UPROOTED: &str =
    "halaman atau kode di sini atau di atasnya tidak terbaca utuh, jadi jalur kodenya mungkin keliru. Periksa jalurnya di tabel";

const CLIPPED: &str =
    "uraian baris ini meluap ke kolom di sebelahnya dan mungkin terpotong. Lebarkan kolomnya atau lipat teksnya sebelum dicetak";

const HEADLESS: &str =
    "kepala kolom tabel ini tidak ditemukan; kolomnya dibaca menurut hitungannya (volume × harga = jumlah). Periksa hasilnya";

/// Adds one finding for each range.
pub fn report(findings: &mut Findings, document: &Document, found: &Rows, repeated: &[Span]) {
    let ranges = |cells: &[Origin]| -> Vec<Span> { cells.chunk_by(|a, b| a.grid == b.grid).flat_map(by_columns).collect() };
    let single: Vec<Span> = found.odd.iter().map(|&cell| cell.into()).collect();
    for (spans, why) in [
        (ranges(&found.strays), STRAY),
        (ranges(&found.unread), UNREAD),
        (ranges(&found.undecided), UNDECIDED),
        (joined(&found.nameless()), NAMELESS),
        (ranges(&found.aside), ASIDE),
        (ranges(&found.guessed), GUESSED),
        (single, ODD),
        (repeated.to_vec(), REPEATED),
        (found.remarks.clone(), REMARK),
        (found.again.clone(), AGAIN),
        (found.doubtful.clone(), DOUBTFUL),
        (joined(&found.noted), NOTED),
        (joined(&found.captions), CAPTIONS),
        (found.clipped.clone(), CLIPPED),
        (found.headless.clone(), HEADLESS),
        (joined(&found.uprooted()), UPROOTED),
    ] {
        for span in spans {
            let sheet = document.grids.get(usize::from(span.from.grid)).map_or("", |g| g.name.as_str());
            findings.add(Finding::new("A13", format!("Lembar \"{sheet}\": {why}.")).at(span));
        }
    }
}

/// Details below no code, where others have one: the line that says what they hang below was not found.
pub fn placeless(findings: &mut Findings, budget: &Budget) {
    let place = |at: usize| budget.outline.nodes[at].path.as_str();
    let rows = || 0..budget.lines.len();
    if rows().all(|at| place(at).is_empty()) {
        return;
    }
    let lost: Vec<Span> =
        rows().filter(|&at| place(at).is_empty() && budget.lines[at].is_leaf()).map(|at| budget.lines[at].span).collect();
    for span in joined(&lost) {
        let why =
            "rincian ini tidak berada di bawah kode mana pun; kode akunnya mungkin tercetak di tempat lain. Periksa jalurnya.";
        findings.add(Finding::new("A13", why).at(span));
    }
}

/// Rows whose path is not known for certain, but for those that are told of.
pub fn rootless(findings: &mut Findings, document: &Document, budget: &Budget, told: &[Span]) {
    let rows = budget.lines.iter().zip(&budget.outline.nodes);
    let lost = rows.filter(|(line, node)| node.lost && !node.path.is_empty() && !told.contains(&line.span));
    for span in joined(&lost.map(|(line, _)| line.span).collect::<Vec<_>>()) {
        let sheet = document.grids.get(usize::from(span.from.grid)).map_or("", |g| g.name.as_str());
        findings.add(Finding::new("A13", format!("Lembar \"{sheet}\": {UPROOTED}.")).at(span));
    }
}

/// Rows with an amount and neither code nor quantity among details that have both quantity and price: a code may be missing before them.
pub fn without_quantity(findings: &mut Findings, budget: &Budget) {
    let coded = budget.lines.iter().any(|l| !l.codes.is_empty());
    let details = budget.lines.iter().filter(|l| l.is_leaf()).count();
    let rows = budget.lines.iter().zip(&budget.outline.nodes);
    let bare = rows.filter(|(l, node)| {
        let quantity = l.price.is_some() || !l.volumes.is_empty() || l.factors.is_some();
        l.codes.is_empty() && l.mark.is_none() && l.amount.is_some() && !quantity && node.level == Level::Detil
    });
    let bare: Vec<Span> = bare.map(|(l, _)| l.span).collect();
    for span in joined(&bare).into_iter().filter(|_| coded && bare.len() * 3 <= details) {
        let why = "baris ini berisi jumlah tanpa kode, volume, dan harga di antara rincian yang mempunyainya; mungkin kodenya tidak terbaca. Periksa barisnya.";
        findings.add(Finding::new("A13", why).at(span));
    }
}

/// The amount that is to be distributed stands on the page as `###`.
pub fn allocation_cut_off(findings: &mut Findings, first: Origin) {
    let why = "alokasi di kepala dokumen tercetak ### (kolomnya terlalu sempit), jadi tidak dicocokkan dengan jumlah program. \
               Lebarkan kolomnya, cetak lagi.";
    findings.add(Finding::new("A13", why).at(first));
}

const UNHEARD: &str = "baris ini menyebut kode, tetapi jalur baris di bawahnya tidak memuatnya. Periksa jalur kodenya di tabel";

/// Lines above rows that name a level and its code, and no row hangs below it.
pub fn unheard(findings: &mut Findings, document: &Document, words: &Words, budget: &Budget) {
    let mut captions = Captions::default();
    for (grid, number) in document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        captions.take(grid, number, |label| words.level_in(label));
    }
    let rows: Vec<(Span, &str)> =
        budget.lines.iter().zip(&budget.outline.nodes).map(|(line, node)| (line.span, node.path.as_str())).collect();
    findings.0.extend(captions.unheard(&rows).into_iter().map(|span| Finding::new("A13", format!("{UNHEARD}.")).at(span)));
}

/// Ranges of rows that stand right below each other as one.
fn joined(rows: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for row in rows {
        match spans.last_mut().filter(|s| s.from.grid == row.from.grid && s.to.row + 1 == row.from.row) {
            Some(last) => *last = last.with(row.from).with(row.to),
            None => spans.push(*row),
        }
    }
    spans
}

const NOTHING: &str = "tidak ada tabel anggaran yang dipahami di sini: kepala kolom kode atau uraian dan jumlah tidak ditemukan";

/// One finding for each visible sheet with figures, where no table was understood.
pub fn nothing(findings: &mut Findings, document: &Document) {
    for (grid, number) in document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        let figures = grid
            .cells
            .iter()
            .filter(|c| matches!(c.value, Value::Number(_)) || grid.text(c.value).is_some_and(looks_like_number));
        if let Some(span) = Span::around(figures.map(|c| Origin::new(number, c.row, c.col))) {
            findings.add(Finding::new("A13", format!("Lembar \"{}\": {NOTHING}.", grid.name)).at(span));
        }
    }
}
