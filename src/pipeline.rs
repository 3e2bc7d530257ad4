//! The whole run on one screen; the only parallel loop.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::consolidate::{self, Consolidated, Entry, History};
use crate::discover::{self, Batch, Folder, Item};
use crate::error::{Error, Result, Said};
use crate::model::{Finding, Schemas};
use crate::normalise::region::Regions;
use crate::process::refused;
use crate::publish::replace::Outputs;
use crate::publish::{self, manifest::Manifest, repairs};
use crate::worker::{Crew, Plan};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Order {
    /// Batches to publish; all when empty.
    pub batches: Vec<String>,
    /// The folder with the batch folders.
    pub inputs: PathBuf,
    /// The folder that gets one folder per batch.
    pub outputs: PathBuf,
    /// A folder whose files take the place of the built-in schemas.
    pub schemas: Option<PathBuf>,
    /// How many documents are processed at once.
    pub jobs: usize,
    /// This program, which the workers are made of.
    pub program: PathBuf,
    /// Also the pack of papers that prove the indicators.
    pub evidence: bool,
}

/// A batch that was published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its results.
    pub batch: Consolidated,
    /// Where its outputs are.
    pub folder: PathBuf,
    /// Its output files, paths below that folder.
    pub files: Vec<String>,
}

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The batches that were published, in the order of their names.
    pub published: Vec<Published>,
    /// The schemas in use.
    pub schemas: Schemas,
    /// The list of regions in use.
    pub regions: Regions,
}

/// What a run tells while it goes on.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// Something the user should know.
    Note(&'a Said),
    /// So many documents are to be processed.
    Documents(usize),
    /// One of them is done.
    Done,
    /// This batch is being put together and written.
    Batch(&'a str),
}

/// Who listens to the steps.
pub type Tell<'a> = dyn Fn(Step) + Sync + 'a;

/// Discovers, processes, consolidates and publishes. Earlier batches are the history of later ones, so they are processed even when only
/// a later one is to be published.
///
/// # Errors
/// Wrong usage or configuration, or something that could not be read or written. Nothing is published then.
pub fn run(order: &Order, tell: &Tell) -> Result<Run> {
    let (schemas, texts) = discover::schemas(order.schemas.as_deref())?;
    let regions = discover::regions(&schemas)?;
    let batches = discovered(order, &schemas, &regions, tell)?;
    let mut outputs = Outputs::open(&order.outputs)?;
    let fresh = staged(order, &batches, &mut outputs)?;
    let crew = crew(order, &schemas, &batches);
    let pool = pool(order)?;

    let mut history = None;
    let mut published = Vec::new();
    for (number, (folder, batch)) in batches.iter().enumerate() {
        let entries = pool.install(|| process_all(&crew, number, batch, tell))?;
        if number + 1 == batches.len() {
            crew.dismiss();
        }
        tell(Step::Batch(&folder.name));
        let config = batch.config.clone();
        let before = with_memory(history.take(), &folder.output(&order.outputs), &folder.name);
        let (mut consolidated, known) = consolidate::consolidate(config, entries, before.as_ref(), &schemas, &regions);
        if let Some(fresh) = &fresh[number] {
            consolidated.inferred.iter().for_each(|text| tell(Step::Note(&Said::new(text, text))));
            consolidated.inferred.extend(batch.notes.iter().map(|note| note.id.clone()));
            let most = schemas.limits.file_mib.saturating_mul(1 << 20);
            let bytes = |entry: &Entry| unchanged(entry, most);
            let (written, returned) = rayon::join(
                || publish::publish(&consolidated, &schemas, &regions, fresh),
                || repairs::write((&consolidated, &known), (&schemas, &regions), &bytes, fresh),
            );
            let mut written = [written?, returned?].concat();
            if order.evidence {
                written.extend(publish::evidence(&consolidated, &schemas, &regions, &bytes, fresh)?);
            }
            written.sort_by(|a, b| a.path.cmp(&b.path));
            let manifest = Manifest::new(&consolidated, &texts, &batch.settings, &written);
            manifest.write(fresh)?;
            published.push(Published::new(consolidated, folder.output(&order.outputs), &manifest));
        }
        history = Some(known);
    }
    outputs.swap()?;
    Ok(Run { published, schemas, regions })
}

/// What is known of earlier batches, and what the last run of this one remembers of files that were overwritten since.
fn with_memory(history: Option<History>, output: &Path, batch: &str) -> Option<History> {
    let Ok(memory) = discover::text(&output.join(repairs::MEMORY)) else { return history };
    let mut history = history.unwrap_or_default();
    history.remember(batch, &memory);
    Some(history)
}

/// The bytes of a document, if they are still those that were processed.
fn unchanged(entry: &Entry, most: u64) -> Option<Vec<u8>> {
    let opened = discover::open(&entry.source.path, most).ok()?;
    opened.content.filter(|_| opened.sha256 == entry.outcome.sha256)
}

impl Published {
    /// What is told of a batch once it is written: everything but its rows.
    fn new(mut batch: Consolidated, folder: PathBuf, manifest: &Manifest) -> Self {
        for entry in &mut batch.entries {
            entry.outcome.records = Vec::new();
            entry.outcome.printed = Vec::new();
        }
        Self { batch, folder, files: manifest.outputs.iter().map(|file| file.path.clone()).collect() }
    }
}

/// For each batch the folder it is written to; `None` where it is not to be published.
fn staged(order: &Order, batches: &[(Folder, Batch)], outputs: &mut Outputs) -> Result<Vec<Option<PathBuf>>> {
    let stage = |(folder, _): &(Folder, Batch)| wanted(order, folder).then(|| outputs.fresh(&folder.path)).transpose();
    batches.iter().map(stage).collect()
}

/// All documents of a batch at once, their outcomes in the order of their paths.
fn process_all(crew: &Crew, number: usize, batch: &Batch, tell: &Tell) -> Result<Vec<Entry>> {
    let one = |item: &Item| -> Result<Entry> {
        let outcome = match &item.refusal {
            Some(why) => refused(&item.source, Finding::new("A01", why)),
            None => crew.process(&item.source, number)?,
        };
        tell(Step::Done);
        Ok(Entry { source: item.source.clone(), outcome })
    };
    batch.items.par_iter().with_max_len(1).map(one).collect()
}

/// The batches up to the last one that is wanted, with what is in them.
fn discovered(order: &Order, schemas: &Schemas, regions: &Regions, tell: &Tell) -> Result<Vec<(Folder, Batch)>> {
    let (mut folders, notes) = discover::folders(&order.inputs)?;
    apart(&order.inputs, &order.outputs)?;
    if let Some(unknown) = order.batches.iter().find(|name| !folders.iter().any(|f| f.is_called(name))) {
        return Err(no_such_batch(unknown, &folders));
    }
    let last = folders.iter().rposition(|f| wanted(order, f)).map_or(0, |i| i + 1);
    folders.truncate(last);
    let kinds: Vec<&str> = schemas.kinds.iter().map(|k| k.name.as_str()).collect();
    let batches = folders.into_iter().map(|folder| {
        let batch = discover::batch(&folder, &kinds, regions)?;
        Ok((folder, batch))
    });
    let batches = batches.collect::<Result<Vec<_>>>()?;
    notes.iter().chain(batches.iter().flat_map(|(_, b)| &b.notes)).for_each(|note| tell(Step::Note(note)));
    tell(Step::Documents(batches.iter().map(|(_, b)| b.items.len()).sum()));
    Ok(batches)
}

fn wanted(order: &Order, folder: &Folder) -> bool {
    order.batches.is_empty() || order.batches.iter().any(|name| folder.is_called(name))
}

fn crew(order: &Order, schemas: &Schemas, batches: &[(Folder, Batch)]) -> Crew {
    Crew::new(Plan {
        program: order.program.clone(),
        schemas: schemas.clone(),
        batches: batches.iter().map(|(_, b)| b.config.clone()).collect(),
    })
}

fn pool(order: &Order) -> Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(order.jobs).build();
    pool.map_err(|e| Error::Io { path: order.program.clone(), cause: std::io::Error::other(e) })
}

/// Outputs inside the inputs would be read as a batch next time, and could take the place of one.
fn apart(inputs: &Path, outputs: &Path) -> Result<()> {
    let inputs = std::path::absolute(inputs).map_err(Error::io(inputs))?;
    let inputs = inputs.canonicalize().unwrap_or(inputs);
    let outputs = std::path::absolute(outputs).map_err(Error::io(outputs))?;
    let outputs = outputs.canonicalize().unwrap_or(outputs);
    if outputs.starts_with(&inputs) {
        return Err(Error::usage(
            format!("folder hasil {} berada di dalam folder masukan; pilih folder lain dengan --outputs", outputs.display()),
            format!("the output folder {} lies inside the input folder; choose another with --outputs", outputs.display()),
        ));
    }
    Ok(())
}

fn no_such_batch(name: &str, folders: &[Folder]) -> Error {
    let known = folders.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
    Error::usage(
        format!("batch \"{name}\" tidak ada; yang ada: {known}"),
        format!("there is no batch \"{name}\"; there are: {known}"),
    )
}
