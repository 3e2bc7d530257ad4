//! The child's side: takes requests from standard input until there are no more. Standard output belongs to the protocol.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::memory;
use super::wire::{Reply, Request, receive, send};
use crate::discover;
use crate::error::in_words;
use crate::model::schema::Limits;
use crate::model::{BatchConfig, Finding, Findings, Schemas, Source};
use crate::normalise::region::Regions;
use crate::process::{Context, open_and_process};
use crate::read;

/// Stack of the thread that does the work; the main thread's differs from system to system.
const STACK: usize = 32 << 20;

/// Serves requests until the parent closes the pipe.
#[must_use]
pub fn serve() -> ExitCode {
    let (sender, requests) = channel();
    let work = thread::Builder::new().stack_size(STACK).spawn(move || answer(&requests));
    let Ok(work) = work else {
        return ExitCode::FAILURE;
    };
    thread::spawn(move || work.join().is_err().then(|| std::process::exit(101)));
    let mut input = io::stdin().lock();
    while let Ok(request) = receive::<Request>(&mut input) {
        if sender.send(request).is_err() {
            return ExitCode::FAILURE;
        }
    }
    // The parent is gone or has closed the pipe: whatever is being worked on, nobody waits for it.
    ExitCode::SUCCESS
}

/// What the child was set up with.
struct Desk {
    schemas: Schemas,
    /// The same, with scans allowed to be read.
    with_ocr: Schemas,
    regions: Regions,
    batches: Vec<BatchConfig>,
}

fn answer(requests: &Receiver<Request>) {
    let mut desk: Option<Desk> = None;
    let mut output = io::stdout().lock();
    for request in requests {
        let reply = match (request, &desk) {
            (Request::Setup { schemas, batches }, _) => {
                let Ok(regions) = discover::regions(&schemas) else {
                    return;
                };
                if !memory::limit(schemas.limits.memory_mib) {
                    return;
                }
                let mut with_ocr = *schemas;
                let mut schemas = with_ocr.clone();
                (schemas.limits.ocr, with_ocr.limits.ocr) = (false, true);
                desk = Some(Desk { schemas, with_ocr, regions, batches });
                Reply::Ready
            }
            (request, Some(desk)) => catch_unwind(AssertUnwindSafe(|| desk.work(&request))).unwrap_or(Reply::Panicked),
            (_, None) => return,
        };
        if send(&mut output, &reply).is_err() {
            return;
        }
    }
}

impl Desk {
    fn work(&self, request: &Request) -> Reply {
        match request {
            Request::Process { source, batch, ocr } => match self.batches.get(*batch) {
                Some(batch) => {
                    let context = Context { schemas: self.schemas(*ocr), regions: &self.regions, batch };
                    Reply::Outcome(Box::new(open_and_process(source, &context)))
                }
                None => Reply::Panicked,
            },
            Request::Read { source, ocr } => self.read(source, &self.schemas(*ocr).limits),
            Request::Draw { source } => {
                let limits = &self.with_ocr.limits;
                let content = discover::open(&source.path, limits.file_mib << 20).ok().and_then(|opened| opened.content);
                Reply::Pictures(content.map_or_else(Vec::new, |bytes| read::pdf::pictures(&bytes, limits)))
            }
            Request::Setup { .. } => Reply::Ready,
        }
    }

    fn schemas(&self, ocr: bool) -> &Schemas {
        if ocr { &self.with_ocr } else { &self.schemas }
    }

    fn read(&self, source: &Source, limits: &Limits) -> Reply {
        let mut findings = Findings::default();
        let content = match discover::open(&source.path, limits.file_mib << 20) {
            Ok(opened) => opened.content,
            Err(cause) => {
                findings.add(Finding::new("A01", format!("berkas tidak dapat dibuka ({})", in_words(&cause))));
                return Reply::Document(None, findings);
            }
        };
        let Some(bytes) = content else {
            findings.add(Finding::new("A11", format!("berkas lebih besar dari {} MiB", limits.file_mib)));
            return Reply::Document(None, findings);
        };
        let document = read::read(&mut findings, &bytes, &source.document, limits);
        Reply::Document(document.map(Box::new), findings)
    }
}
