//! `rekap verify BATCH`: do inputs and outputs still match the manifest?

use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;

use super::args::Args;
use super::{Exit, json as pretty, print};
use crate::discover::{self, Folder};
use crate::error::{Error, Result, Said};
use crate::publish::manifest::{self, Manifest};

type Differences = Vec<(String, Said)>;

/// Compares, says what differs, and answers with exit code 0 or 1.
pub fn verify(args: &Args, batch: &str) -> Result<Exit> {
    let (folders, _) = discover::folders(&args.inputs)?;
    let known = folders.iter().find(|folder| folder.is_called(batch));
    let outputs = known.map_or_else(|| args.outputs.join(batch), |folder| folder.output(&args.outputs));
    let manifest = load(&outputs, batch)?;
    let inputs = match known {
        Some(folder) => compare_inputs(folder, &manifest)?,
        None => manifest::differences(&manifest.inputs, &[]),
    };
    let results = compare_outputs(&outputs, &manifest)?;
    let same = inputs.is_empty() && results.is_empty();
    print(&if args.json { machine(&manifest, same, &inputs, &results)? } else { told(args, &manifest, &inputs, &results) })?;
    Ok(if same { Exit::Clean } else { Exit::Findings })
}

fn load(outputs: &Path, batch: &str) -> Result<Manifest> {
    let path = outputs.join(manifest::NAME);
    let shown = path.display();
    if !path.is_file() {
        return Err(Error::usage(
            format!("{shown} tidak ada; terbitkan dulu dengan: rekap run {batch}"),
            format!("there is no {shown}; publish first: rekap run {batch}"),
        ));
    }
    Manifest::parse(&discover::text(&path)?).ok_or_else(|| {
        Error::usage(format!("{shown} bukan manifest rekap yang sah"), format!("{shown} is not a manifest of rekap"))
    })
}

fn compare_inputs(folder: &Folder, manifest: &Manifest) -> Result<Differences> {
    let (then, now) = (manifest.settings.iter().chain(&manifest.inputs).cloned().collect::<Vec<_>>(), discover::listed(folder)?);
    Ok(manifest::differences(&then, &now))
}

fn compare_outputs(outputs: &Path, manifest: &Manifest) -> Result<Differences> {
    let mut now = discover::files(outputs)?;
    now.retain(|file| file.path != manifest::NAME);
    Ok(manifest::differences(&manifest.outputs, &now))
}

fn told(args: &Args, manifest: &Manifest, inputs: &Differences, outputs: &Differences) -> String {
    let lang = args.lang;
    let mut text = String::new();
    let parts = [
        (lang.pick("Masukan", "Inputs"), inputs, manifest.settings.len() + manifest.inputs.len()),
        (lang.pick("Hasil", "Outputs"), outputs, manifest.outputs.len()),
    ];
    for (name, differences, count) in parts {
        let verdict = if differences.is_empty() {
            lang.pick(format!("{count} berkas, semuanya sesuai"), format!("{count} files, all as recorded"))
        } else {
            lang.pick(format!("{} berkas berbeda", differences.len()), format!("{} files differ", differences.len()))
        };
        writeln!(text, "{name}: {verdict}").ok();
        for (path, said) in differences {
            writeln!(text, "  {:<8} {path}", lang.pick(&said.id, &said.en)).ok();
        }
    }
    if manifest.program != manifest::program() {
        text.push_str(&lang.pick(
            format!("Diterbitkan dengan {}, bukan {}\n", manifest.program, manifest::program()),
            format!("Published by {}, this is {}\n", manifest.program, manifest::program()),
        ));
    }
    text
}

fn machine(manifest: &Manifest, same: bool, inputs: &Differences, outputs: &Differences) -> Result<String> {
    let list = |differences: &Differences| -> Vec<_> {
        differences.iter().map(|(path, said): &(String, Said)| json!({ "path": path, "state": said.en })).collect()
    };
    pretty(
        &json!({ "batch": manifest.batch, "program": manifest.program, "same": same, "inputs": list(inputs), "outputs": list(outputs) }),
    )
}
