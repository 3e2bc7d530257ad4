//! Whole runs of the program: what is published, what is said, and what bad input or bad luck does to it.

mod bad_input;
mod bad_luck;
mod commands;
mod manual;
mod marked_paper;
mod norms;
mod own_output;
mod page;
mod partial;
mod recalculated;
mod round_trip;
mod same_bytes;
mod sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A working folder with `inputs/` in it.
pub struct Desk {
    dir: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("inputs")).unwrap();
        Self { dir }
    }

    /// Three offices of one province with PDPB tables as csv, one of them with a wrong total.
    pub fn with_batch(name: &str) -> Self {
        let desk = Self::new();
        desk.batch(name);
        desk
    }

    pub fn batch(&self, name: &str) {
        for (folder, total) in [("62.01", 300), ("62.02", 301), ("62.03", 300)] {
            self.write(&format!("inputs/{name}/{folder}/PDPB TW III 2025.csv"), table(total));
        }
        self.write(&format!("inputs/{name}/rekap.toml"), "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\n");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The program with these arguments, started in this folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rekap"));
        command.args(arguments).current_dir(self.dir.path());
        command
    }

    pub fn rekap(&self, arguments: &[&str]) -> Answer {
        Answer(self.command(arguments).output().unwrap())
    }

    /// A built-in schema with one piece replaced, in this folder's `schemas/`.
    pub fn schema(&self, name: &str, from: &str, to: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(from), "{name} holds no {from}");
        self.write(&format!("schemas/{name}"), text.replacen(from, to, 1));
    }
}

fn table(total: u32) -> String {
    let title = "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN TRIWULAN III TAHUN 2025,,,,\n";
    let head = "NO,KECAMATAN,LAKI-LAKI,PEREMPUAN,JUMLAH\n";
    format!("{title}{head}1,SATU,50,50,100\n2,DUA,100,100,200\n,JUMLAH,150,150,{total}\n")
}

/// What a run of the program answered.
pub struct Answer(Output);

impl Answer {
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|e| panic!("{e}: {} {}", self.out(), self.err()))
    }

    /// How often a code is among the findings of the first batch.
    pub fn count(&self, code: &str) -> u64 {
        let json = self.json();
        let codes = json[0]["codes"].as_array().unwrap();
        codes.iter().find(|c| c["code"] == code).map_or(0, |c| c["count"].as_u64().unwrap())
    }
}

/// Every file below a folder with its bytes.
pub fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                files.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
            }
        }
    }
    files
}
