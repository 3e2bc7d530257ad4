//! The parent's side: as many workers as are asked at once, each replaced when it dies.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::child::Worker;
use super::fate::Fate;
use super::wire::{Reply, Request};
use crate::discover;
use crate::error::{Error, Result};
use crate::model::schema::Limits;
use crate::model::{BatchConfig, Document, Finding, Findings, Outcome, Schemas, Source};
use crate::process::refused;

/// How long a worker may take to get ready.
const SETUP: Duration = Duration::from_mins(2);

/// What workers are started with.
#[derive(Clone, Debug)]
pub struct Plan {
    /// This program.
    pub program: PathBuf,
    /// Wording, tables, limits.
    pub schemas: Schemas,
    /// Expectations of the batches, by number.
    pub batches: Vec<BatchConfig>,
}

/// The workers of a run.
pub struct Crew {
    program: PathBuf,
    limits: Limits,
    setup: Request,
    idle: Mutex<Vec<Worker>>,
}

impl Crew {
    /// A crew without workers yet; each is started when it is first needed.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let limits = plan.schemas.limits.clone();
        let setup = Request::Setup { schemas: Box::new(plan.schemas), batches: plan.batches };
        Self { program: plan.program, limits, setup, idle: Mutex::default() }
    }

    /// Processes a document of batch number `batch`; what happens to the worker becomes part of the outcome.
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn process(&self, source: &Source, batch: usize) -> Result<Outcome> {
        let request = |ocr| Request::Process { source: source.clone(), batch, ocr };
        let outcome = match self.ask(&request(false), self.patience(false))? {
            Ok(Reply::Outcome(outcome)) => *outcome,
            Ok(_) => self.lost(source, Fate::Crashed),
            Err(fate) => self.lost(source, fate),
        };
        if !self.may_scan(&outcome.findings) {
            return Ok(outcome);
        }
        // Whatever happens to the second try, the first stands: a scan that was not read.
        Ok(match self.ask(&request(true), self.patience(true))? {
            Ok(Reply::Outcome(scanned)) => *scanned,
            _ => outcome,
        })
    }

    /// Reads a file without asking what it means.
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn read(&self, source: &Source) -> Result<(Option<Document>, Findings)> {
        let request = |ocr| Request::Read { source: source.clone(), ocr };
        let (document, findings) = match self.ask(&request(false), self.patience(false))? {
            Ok(Reply::Document(document, findings)) => (document.map(|d| *d), findings),
            Ok(_) => (None, Findings(vec![Fate::Crashed.finding(&self.limits)])),
            Err(fate) => (None, Findings(vec![fate.finding(&self.limits)])),
        };
        if !self.may_scan(&findings.0) {
            return Ok((document, findings));
        }
        Ok(match self.ask(&request(true), self.patience(true))? {
            Ok(Reply::Document(scanned, findings)) => (scanned.map(|d| *d), findings),
            _ => (document, findings),
        })
    }

    /// Pictures of the pages of a PDF with what is recognised on them; none where there is nothing to see.
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn draw(&self, source: &Source) -> Result<Vec<Vec<u8>>> {
        let request = Request::Draw { source: source.clone() };
        Ok(match self.ask(&request, self.patience(self.limits.ocr))? {
            Ok(Reply::Pictures(pictures)) => pictures,
            _ => Vec::new(),
        })
    }

    /// Whether a document has scanned pages that were left unread and may be read.
    fn may_scan(&self, findings: &[Finding]) -> bool {
        self.limits.ocr && self.limits.ocr_pages > 0 && findings.iter().any(|f| f.code == "A06" && !f.mild)
    }

    /// How long a document may take. Only one that is known to be a scan gets the time that reading pictures needs: a document that
    /// hangs is not waited for that long.
    fn patience(&self, ocr: bool) -> Duration {
        let more = if ocr { self.limits.ocr_pages.saturating_mul(self.limits.ocr_seconds) } else { 0 };
        Duration::from_secs(self.limits.seconds.saturating_add(more))
    }

    /// Lets a free worker answer, and keeps it when it survives.
    fn ask(&self, request: &Request, patience: Duration) -> Result<std::result::Result<Reply, Fate>> {
        let mut worker = self.free().map_or_else(|| self.hire(), Ok)?;
        let reply = worker.ask(request, patience);
        if reply.is_ok() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok(reply)
    }

    /// Ends the workers that wait for work, so that their memory is free for others. A later document gets a new one.
    pub fn dismiss(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// A worker that waits for work, if there is one.
    fn free(&self) -> Option<Worker> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        std::iter::from_fn(|| idle.pop()).find_map(|mut worker| worker.alive().then_some(worker))
    }

    /// Starts a worker. Getting ready has a time of its own: it is not the document's fault, and one that is ended from outside before
    /// it has a document costs nothing but another try.
    fn hire(&self) -> Result<Worker> {
        for _ in 0..3 {
            let mut worker = Worker::start(&self.program).map_err(Error::io(&self.program))?;
            if worker.ask(&self.setup, SETUP).is_ok() {
                return Ok(worker);
            }
        }
        let most = self.limits.memory_mib;
        Err(Error::usage(
            format!("proses pembaca tidak dapat disiapkan; naikkan memori_mib ({most}) di schemas/batas.toml"),
            format!("a reader process could not be set up; raise memori_mib ({most}) in schemas/batas.toml"),
        ))
    }

    /// The outcome of a document that cost a worker. Its SHA-256 is taken here, where it can do no harm.
    fn lost(&self, source: &Source, fate: Fate) -> Outcome {
        let small = source.bytes <= self.limits.file_mib.saturating_mul(1 << 20);
        let sha256 = if small { discover::hash(&source.path).unwrap_or_default() } else { String::new() };
        Outcome { sha256, ..refused(source, fate.finding(&self.limits)) }
    }
}
