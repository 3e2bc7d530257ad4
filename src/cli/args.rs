//! The command line: what may be said, and what is answered to slips.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};

use super::Exit;
use super::help::{self, HELP};
use super::lang::Lang;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Args {
    /// Which command.
    pub command: Command,
    /// Language of messages.
    pub lang: Lang,
    /// Answers for machines.
    pub json: bool,
    /// Folder of the batches.
    pub inputs: PathBuf,
    /// Folder of the results.
    pub outputs: PathBuf,
    schemas: Option<PathBuf>,
    jobs: Option<usize>,
}

/// The commands.
#[derive(Clone, Debug)]
pub enum Command {
    /// Publish batches; all when none is named.
    Run {
        /// Their names.
        batches: Vec<String>,
    },
    /// Show what is read from a file.
    Read {
        /// The file.
        file: PathBuf,
        /// Where to draw what was recognised, if anywhere.
        picture: Option<PathBuf>,
    },
    /// Show where a published number comes from.
    Trace {
        /// The workbook.
        workbook: PathBuf,
        /// The cell, with its sheet.
        cell: String,
    },
    /// Say what a finding code means.
    Explain {
        /// The code; all of them without.
        code: Option<String>,
    },
    /// Publish a batch together with the pack of papers that prove its indicators.
    Evidence {
        /// Name of the batch.
        batch: String,
    },
    /// Compare files with the manifest.
    Verify {
        /// Name of the batch.
        batch: String,
    },
}

impl Args {
    /// The folder of schemas that takes the place of the built-in ones, if there is one.
    pub fn schemas(&self) -> Option<PathBuf> {
        let here = || Some(PathBuf::from("schemas")).filter(|path| path.is_dir());
        self.schemas.clone().or_else(here)
    }

    /// How many documents are processed at once.
    pub fn jobs(&self) -> usize {
        self.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
    }
}

/// Understands the command line, or answers it (help, version, a slip).
pub fn parse(words: &[OsString]) -> Result<Args, Exit> {
    let lang = lang(words);
    let command = grammar(lang);
    match command.clone().try_get_matches_from(words) {
        Ok(matches) => Ok(understood(&matches, lang)),
        Err(error) => Err(answer(&error, lang)),
    }
}

/// The language is needed before anything else is understood: help and complaints come in it.
fn lang(words: &[OsString]) -> Lang {
    let says = |word: &OsString| word.to_str().is_some_and(|w| w.eq_ignore_ascii_case("en"));
    let two = words.windows(2).any(|pair| pair[0] == "--lang" && says(&pair[1]));
    let one = words.iter().any(|word| word == "--lang=en");
    if one || two { Lang::En } else { Lang::Id }
}

fn grammar(lang: Lang) -> Clap {
    let flag = |name: &'static str| Arg::new(name).long(name).global(true);
    let folder = |name: &'static str| flag(name).value_parser(value_parser!(PathBuf)).value_name("FOLDER");
    let file =
        |id: &'static str, name: &'static str| Arg::new(id).value_name(name).required(true).value_parser(value_parser!(PathBuf));
    let batches = Arg::new("batch").value_name("BATCH").num_args(0..);
    let root = Clap::new("rekap")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(batches.clone())
        .arg(folder("inputs"))
        .arg(folder("outputs"))
        .arg(folder("schemas"))
        .arg(flag("jobs").value_name("N").value_parser(value_parser!(u16).range(1..=1024)))
        .arg(flag("lang").value_name("id|en").value_parser(["id", "en"]).hide_possible_values(true))
        .arg(flag("json").action(ArgAction::SetTrue))
        .arg(flag("help").short('h').action(ArgAction::Help))
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version))
        .subcommand(Clap::new("run").arg(batches))
        .subcommand(
            Clap::new("read")
                .arg(file("file", "FILE"))
                .arg(Arg::new("gambar").long("gambar").value_name("PNG").value_parser(value_parser!(PathBuf))),
        )
        .subcommand(Clap::new("trace").arg(file("workbook", "WORKBOOK")).arg(Arg::new("cell").value_name("CELL").required(true)))
        .subcommand(Clap::new("explain").arg(Arg::new("code").value_name("CODE")))
        .subcommand(Clap::new("bukti").arg(Arg::new("batch").value_name("BATCH").required(true)))
        .subcommand(Clap::new("verify").arg(Arg::new("batch").value_name("BATCH").required(true)));
    help::worded(root, lang)
}

fn understood(matches: &ArgMatches, lang: Lang) -> Args {
    let (name, inner) = matches.subcommand().unwrap_or(("run", matches));
    let word = |id: &str| inner.get_one::<String>(id).cloned();
    let path = |id: &str| inner.get_one::<PathBuf>(id).cloned();
    let command = match name {
        "read" => Command::Read { file: path("file").unwrap_or_default(), picture: path("gambar") },
        "trace" => Command::Trace { workbook: path("workbook").unwrap_or_default(), cell: word("cell").unwrap_or_default() },
        "explain" => Command::Explain { code: word("code") },
        "bukti" => Command::Evidence { batch: word("batch").unwrap_or_default() },
        "verify" => Command::Verify { batch: word("batch").unwrap_or_default() },
        _ => Command::Run { batches: inner.get_many::<String>("batch").into_iter().flatten().cloned().collect() },
    };
    Args {
        command,
        lang,
        json: inner.get_flag("json"),
        inputs: path("inputs").unwrap_or_else(|| Path::new("inputs").into()),
        outputs: path("outputs").unwrap_or_else(|| Path::new("outputs").into()),
        schemas: path("schemas"),
        jobs: inner.get_one::<u16>("jobs").map(|&n| usize::from(n)),
    }
}

/// Help and version are answers; everything else is a slip, said in the user's language.
fn answer(error: &clap::Error, lang: Lang) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        error.print().ok();
        return Exit::Clean;
    }
    let text = match lang {
        Lang::Id => slip(error),
        Lang::En => error.to_string().trim_start_matches("error: ").trim_end().to_owned(),
    };
    writeln!(std::io::stderr(), "rekap: {text}").ok();
    Exit::Usage
}

fn slip(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => format!("pilihan \"{argument}\" tidak dikenal"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("pilihan {argument} membutuhkan nilai")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("nilai \"{value}\" tidak berlaku untuk {argument}")
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} harus disebut"),
        ErrorKind::ArgumentConflict => {
            format!("pilihan {argument} disebut dua kali atau tidak dapat dipakai di sini")
        }
        ErrorKind::InvalidUtf8 => "argumen bukan teks yang sah (bukan UTF-8)".to_owned(),
        _ => "perintah tidak dipahami".to_owned(),
    };
    format!("{wrong}. {HELP}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, Exit> {
        parse(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_grammar_holds() {
        grammar(Lang::Id).debug_assert();
        grammar(Lang::En).debug_assert();
    }

    #[test]
    fn no_command_means_run() {
        for line in ["rekap 2025-07 2025-10 --jobs 3", "rekap run 2025-07 2025-10 --jobs 3", "rekap --jobs 3 run 2025-07 2025-10"]
        {
            let args = parsed(line).unwrap();
            assert!(matches!(&args.command, Command::Run { batches } if batches.len() == 2), "{line}");
            assert_eq!((args.jobs(), args.inputs.to_str()), (3, Some("inputs")), "{line}");
        }
        assert!(matches!(parsed("rekap").unwrap().command, Command::Run { batches } if batches.is_empty()));
    }

    #[test]
    fn options_stand_before_or_after_the_command() {
        for line in ["rekap verify 2025-10 --lang en --json --outputs x", "rekap --lang=en --outputs x verify 2025-10 --json"] {
            let args = parsed(line).unwrap();
            assert!(args.json && args.lang == Lang::En && args.outputs.to_str() == Some("x"), "{line}");
        }
    }

    #[test]
    fn slips_are_usage_errors() {
        for line in ["rekap --xyz", "rekap read", "rekap --jobs 0", "rekap --jobs", "rekap --lang de", "rekap verify"] {
            assert_eq!(parsed(line).unwrap_err(), Exit::Usage, "{line}");
        }
    }
}
