//! Which election a voter list was made for, and at which stage: from the words of its titles, and of its headings where those name one.

use crate::kinds::Ask;
use crate::model::{Finding, Findings, Records};
use crate::normalise::text;
use crate::tables::regional::choose;
use crate::tables::regional::facts::Facts;
use crate::tables::words::{Dimension, Vocabulary};

/// Measures that name a stage in headings, in the order in which the lists follow each other; the first is the one that counts where
/// the title names none.
const LISTS: [&str; 5] = ["dpt", "dpshp", "dps", "dptb", "dpk"];

/// Of the lists that headings name beside each other keeps the one that the titles speak of. Returns it; `None` where headings name none.
pub fn choose(findings: &mut Findings, facts: &mut Facts, vocabulary: &Vocabulary, ask: &Ask) -> Option<&'static str> {
    let shown = choose::measures(facts);
    let number = |name: &str| vocabulary.number_of(name).filter(|n| shown.contains(n));
    let titled = titled_stage(&titles(ask), vocabulary);
    let first = LISTS.into_iter().find(|l| number(l).is_some())?;
    // Where headings name other lists only, those without a name are the list of the title.
    let stage = titled.filter(|t| number(t).is_some() || number("pemilih").is_some()).unwrap_or(first);
    if let Some(generic) = vocabulary.number_of("pemilih") {
        choose::choose(findings, facts, number(stage).unwrap_or(generic), generic);
    }
    Some(stage)
}

/// The stage that titles name by the words of their measures; the final list where they name it among others.
fn titled_stage(titles: &[String], vocabulary: &Vocabulary) -> Option<&'static str> {
    let said: Vec<_> = titles.iter().map(|t| vocabulary.read(t)).collect();
    let named = |stage: &&str| {
        let senses = said.iter().flat_map(|s| &s.senses);
        senses.filter(|s| s.dimension == Dimension::Measure).any(|s| vocabulary.value(s.value) == *stage)
    };
    LISTS.into_iter().find(named)
}

/// The election a list was made for, as the contract names it (`pilkada-2024`): of two the first that the titles name, as in the headings;
/// where they name none, a general one. `None` without a year.
pub fn name(ask: &Ask, vocabulary: &Vocabulary) -> Option<String> {
    let first = titles(ask).iter().find_map(|t| vocabulary.read(t).value(Dimension::Election));
    let name = first.map_or("pemilu", |election| vocabulary.value(election));
    ask.subject.period.map(|p| format!("{name}-{}", p.year))
}

/// Fills `pemilihan` and `tahap` of every row.
pub fn state(rows: &mut Records, election: Option<&str>, stage: &str) {
    for row in 0..rows.len() {
        rows.set_text(row, "tahap", stage, None);
        if let Some(election) = election {
            rows.set_text(row, "pemilihan", election, None);
        }
    }
}

/// The stage that no heading names: that of the titles, else of the names of sheets and file. Where nothing says it, the final list is
/// assumed and A13 tells so.
pub fn stage(findings: &mut Findings, ask: &Ask, vocabulary: &Vocabulary) -> &'static str {
    let known = || ask.subject.evidence.iter().filter(|e| e.about == "kind").map(|e| text::key(&e.words));
    let named = titled_stage(&titles(ask), vocabulary).or_else(|| titled_stage(&known().collect::<Vec<_>>(), vocabulary));
    named.unwrap_or_else(|| {
        let says = "Tidak tertulis daftar pemilih yang mana (DPS, DPSHP, DPT, DPTb, atau DPK); angkanya dianggap DPT. Sebutkan di judulnya.";
        findings.add(Finding::new("A13", says).expected("dpt"));
        LISTS[0]
    })
}

/// The folded titles of every sheet (rows of one or two texts near its top), and what the subject was recognised by.
fn titles(ask: &Ask) -> Vec<String> {
    let rows = ask.document.grids.iter().flat_map(|g| g.cells.chunk_by(|a, b| a.row == b.row).take(12).map(move |row| (g, row)));
    let titles = rows.filter(|(_, row)| row.len() <= 2).flat_map(|(g, row)| row.iter().filter_map(|c| g.text(c.value)));
    let period = ask.subject.evidence.iter().filter(|e| e.about == "period").map(|e| e.words.as_str());
    titles.chain(period).map(text::key).collect()
}
