//! The text of a case → batches of documents.

use rekap::model::{BatchConfig, Receipt, Region, Source};
use toml::Table;

/// A case as written.
#[derive(Default)]
pub struct Case {
    /// Everything above the expectation, word for word.
    pub before: String,
    pub batches: Vec<Batch>,
    pub expected: String,
}

pub struct Batch {
    pub config: BatchConfig,
    pub documents: Vec<Sent>,
}

/// A document as an office sent it.
#[derive(Default)]
pub struct Sent {
    pub path: String,
    received: String,
    /// What the file really is: an ending.
    pub content: String,
    pub sheets: Vec<Sheet>,
}

#[derive(Default)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// Whether the row is hidden, and its cells.
    pub rows: Vec<(bool, Vec<String>)>,
}

impl Case {
    pub fn parse(text: &str) -> Result<Self, String> {
        let (before, expected) = text.split_once("## Expected").unwrap_or((text, ""));
        let mut case = Self { before: before.to_owned(), expected: expected.to_owned(), ..Self::default() };
        if !case.before.ends_with("\n\n") {
            case.before = format!("{}\n\n", case.before.trim_end());
        }
        let mut lines = before.lines();
        while let Some(line) = lines.next() {
            if let Some(info) = line.strip_prefix("```") {
                let body: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
                case.fence(info, &body)?;
            } else {
                case.line(line)?;
            }
        }
        if case.batches.is_empty() { Err("no document".into()) } else { Ok(case) }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(name) = line.strip_prefix("## Batch ") {
            let config = BatchConfig { name: name.trim().to_owned(), ..super::ordinary() };
            self.batches.push(Batch { config, documents: Vec::new() });
        } else if let Some(path) = line.strip_prefix("## Document ") {
            if self.batches.is_empty() {
                self.batches.push(Batch { config: super::ordinary(), documents: Vec::new() });
            }
            let content = path.trim().rsplit('.').next().unwrap_or_default().to_owned();
            let sent = Sent { path: path.trim().to_owned(), content, ..Sent::default() };
            let batch = self.last_batch()?;
            // The first folder names its province where the batch does not say.
            let province = path.trim().split_once(['.', '/']).and_then(|(code, _)| code.parse::<Region>().ok());
            if batch.documents.is_empty() && batch.config.wilayah == super::ordinary().wilayah {
                batch.config.wilayah = province.or(batch.config.wilayah);
            }
            batch.documents.push(sent);
        } else if let Some(at) = line.strip_prefix("Received: ") {
            at.trim().clone_into(&mut self.last_document()?.received);
        } else if let Some(content) = line.strip_prefix("Content: ") {
            content.trim().clone_into(&mut self.last_document()?.content);
        } else if line.starts_with("## ") {
            return Err(format!("{line}: a heading is Batch, Document or Expected"));
        }
        Ok(())
    }

    fn fence(&mut self, info: &str, body: &[&str]) -> Result<(), String> {
        let batch = self.last_batch()?;
        let Some(document) = batch.documents.last_mut() else {
            return configure(&mut batch.config, &body.join("\n"));
        };
        let (name, hidden) = info.strip_suffix("(hidden)").map_or((info, false), |name| (name, true));
        let row = |line: &&str| {
            let (hidden, line) = line.strip_prefix('~').map_or((false, *line), |line| (true, line));
            (hidden, line.split('|').map(|cell| cell.trim().to_owned()).collect())
        };
        document.sheets.push(Sheet { name: name.trim().to_owned(), hidden, rows: body.iter().map(row).collect() });
        Ok(())
    }

    fn last_batch(&mut self) -> Result<&mut Batch, String> {
        self.batches.last_mut().ok_or_else(|| "a fence before the first Batch or Document".to_owned())
    }

    fn last_document(&mut self) -> Result<&mut Sent, String> {
        self.last_batch()?.documents.last_mut().ok_or_else(|| "Received or Content before the first Document".to_owned())
    }
}

/// The keys of `[batch]` in a `rekap.toml`.
fn configure(config: &mut BatchConfig, text: &str) -> Result<(), String> {
    let table: Table = text.parse().map_err(|e| format!("{e}"))?;
    let list = |value: &toml::Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    };
    for (key, value) in &table {
        let text = value.as_str().unwrap_or_default();
        match key.as_str() {
            "wilayah" => config.wilayah = text.parse().ok(),
            "satker" => config.satker = list(value).iter().filter_map(|c| c.parse::<Region>().ok()).collect(),
            "norma" => config.norma = Some(text.to_owned()),
            "wajib" => config.owed = list(value),
            "batas_waktu" => config.deadline = Some((text.to_owned(), seconds(text))),
            kind => config.expected.push((kind.to_owned(), text.parse().map_err(|_| format!("{key}: {text}"))?)),
        }
    }
    Ok(())
}

fn seconds(at: &str) -> i64 {
    at.parse::<jiff::Timestamp>().unwrap_or_else(|e| panic!("{at}: {e}")).as_second()
}

impl Sent {
    pub fn source(&self) -> Source {
        let at = if self.received.is_empty() { "2025-10-01T08:00:00+07:00" } else { &self.received };
        let received = Receipt { at: at.to_owned(), seconds: seconds(at), stated: true };
        Source { document: self.path.clone(), path: self.path.clone().into(), bytes: 0, received }
    }
}
