//! Commands and messages.

mod args;
mod explain;
mod help;
mod lang;
mod progress;
mod show;
mod summary;
mod trace;
mod verify;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::error::{Error, Result};
use crate::pipeline::{self, Order};
use crate::worker;

use args::{Args, Command};
use lang::Lang;

/// Exit codes of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Published, or answered, without errors among the findings.
    Clean = 0,
    /// Published, with errors among the findings; for `verify`: something differs.
    Findings = 1,
    /// Wrong usage or configuration, nothing published.
    Usage = 2,
    /// Could not read or write, nothing published.
    System = 3,
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    if words.len() == 2 && words[1] == "--worker" {
        return worker::serve();
    }
    let exit = match args::parse(&words) {
        Ok(args) => obey(&args).unwrap_or_else(|error| complain(&error, args.lang)),
        Err(exit) => exit,
    };
    ExitCode::from(exit as u8)
}

fn obey(args: &Args) -> Result<Exit> {
    match &args.command {
        Command::Run { batches } => run(args, batches, false),
        Command::Evidence { batch } => run(args, std::slice::from_ref(batch), true),
        Command::Read { file, picture } => show::show(args, file, picture.as_deref()),
        Command::Trace { workbook, cell } => trace::trace(args, workbook, cell),
        Command::Explain { code } => explain::explain(args, code.as_deref()),
        Command::Verify { batch } => verify::verify(args, batch),
    }
}

fn run(args: &Args, batches: &[String], evidence: bool) -> Result<Exit> {
    let order = Order {
        batches: batches.to_vec(),
        inputs: args.inputs.clone(),
        outputs: args.outputs.clone(),
        schemas: args.schemas(),
        jobs: args.jobs(),
        program: program()?,
        evidence,
    };
    let progress = progress::Progress::new(args.lang);
    let run = pipeline::run(&order, &|step| progress.tell(step))?;
    progress.finish();
    let summaries: Vec<_> = run.published.iter().map(|p| summary::Summary::of(p, &run)).collect();
    if args.json {
        print(&json(&summaries)?)?;
    } else {
        for summary in &summaries {
            print(&summary.text(args.lang))?;
        }
    }
    Ok(if summaries.iter().any(summary::Summary::has_errors) { Exit::Findings } else { Exit::Clean })
}

/// This program, to start workers from.
fn program() -> Result<PathBuf> {
    std::env::current_exe().map_err(Error::io("rekap"))
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|e| Error::io("stdout")(e.into()))
}

/// To standard output. A reader that has seen enough (`| head`) is no trouble.
fn print(text: &str) -> Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(Error::io("stdout")(cause)),
        _ => Ok(()),
    }
}

fn complain(error: &Error, lang: Lang) -> Exit {
    let text = lang.pick(error.to_string(), error.english());
    writeln!(io::stderr(), "rekap: {text}").ok();
    if error.exit_code() == 2 { Exit::Usage } else { Exit::System }
}
