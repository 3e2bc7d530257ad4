//! The parts of a workbook and how they refer to each other, with some of them replaced and some added. All others go into the copy as
//! they are, compressed bytes and all.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::normalise::part::resolved;

use super::notes::MAIN;
use super::sheet::RELATIONS;
use super::tags::{Edits, Form, tags, unescaped};

/// Most bytes of one part that are taken into memory.
const LARGEST: u64 = 512 << 20;

/// Name spaces that have another name in the strict dialect.
const STRICT: [(&str, &str); 2] = [
    (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
];

/// A workbook being copied.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: HashMap<String, usize>,
    changed: BTreeMap<usize, String>,
    added: Vec<(String, String)>,
    strict: bool,
}

/// A relation of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its id.
    pub id: String,
    /// Last word of its type, e.g. `worksheet`.
    pub kind: String,
    /// The type without its last word.
    pub family: String,
    /// The part it leads to, as a name in the archive.
    pub part: String,
}

impl<'a> Package<'a> {
    /// Opens it; `None` where it cannot be read.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names = archive.file_names_raw().enumerate().map(|(i, raw)| (plain(&String::from_utf8_lossy(raw)), i)).collect();
        Some(Self { archive, names, changed: BTreeMap::new(), added: Vec::new(), strict: false })
    }

    /// From now on what is put speaks the strict dialect: the same names in other name spaces.
    pub const fn be_strict(&mut self) {
        self.strict = true;
    }

    /// Whether there is such a part.
    pub fn has(&self, part: &str) -> bool {
        self.names.contains_key(&plain(part)) || self.added.iter().any(|(name, _)| plain(name) == plain(part))
    }

    /// The text of a part as it is by now; `None` where there is none or it is not UTF-8.
    pub fn text(&mut self, part: &str) -> Option<String> {
        if let Some((_, text)) = self.added.iter().find(|(name, _)| plain(name) == plain(part)) {
            return Some(text.clone());
        }
        let index = *self.names.get(&plain(part))?;
        if let Some(text) = self.changed.get(&index) {
            return Some(text.clone());
        }
        let file = self.archive.by_index(index).ok()?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Puts a text in the place of a part, or adds the part. `None` where it would not be well-formed.
    pub fn put(&mut self, part: &str, text: String) -> Option<()> {
        let text = if self.strict { STRICT.iter().fold(text, |text, (from, to)| text.replace(from, to)) } else { text };
        tags(text.trim_start_matches('\u{feff}'))?;
        match self.names.get(&plain(part)) {
            Some(&index) => drop(self.changed.insert(index, text)),
            None => match self.added.iter_mut().find(|(name, _)| plain(name) == plain(part)) {
                Some((_, old)) => *old = text,
                None => self.added.push((part.to_owned(), text)),
            },
        }
        Some(())
    }

    /// A name in a folder that no part has yet.
    pub fn free(&self, folder: &str, stem: &str, ending: &str) -> String {
        let numbered = (1..=u32::MAX).map(|n| format!("{folder}/{stem}{n}.{ending}"));
        numbered.into_iter().find(|name| !self.has(name)).unwrap_or_default()
    }

    /// Relations of a part; none where it has no list of them.
    pub fn relations(&mut self, part: &str) -> Vec<Relation> {
        let folder = folder(part).to_owned();
        let text = self.text(&list_of(part)).unwrap_or_default();
        let all = tags(&text).unwrap_or_default();
        let relations = all.iter().filter(|t| t.local == "Relationship" && t.form != Form::Closes).filter_map(|tag| {
            let kind = unescaped(tag.attribute("Type")?);
            let (family, kind) = kind.rsplit_once('/')?;
            let external = tag.attribute("TargetMode").is_some_and(|m| m == "External");
            let target = unescaped(tag.attribute("Target")?);
            (!external).then(|| Relation {
                id: unescaped(tag.attribute("Id").unwrap_or_default()),
                kind: kind.to_owned(),
                family: family.to_owned(),
                part: resolved(&folder, &target),
            })
        });
        relations.collect()
    }

    /// Relates a part to another; the new relation's id.
    pub fn relate(&mut self, part: &str, family: &str, kind: &str, target: &str) -> Option<String> {
        const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        let list = list_of(part);
        let text = self.text(&list).unwrap_or_else(|| HEAD.to_owned());
        let id = (1..=u32::MAX).map(|n| format!("rIdRekap{n}")).find(|id| !text.contains(&format!("\"{id}\"")))?;
        let all = tags(&text)?;
        let root = all.first()?;
        let p = root.prefix();
        let relation = format!("<{p}Relationship Id=\"{id}\" Type=\"{family}/{kind}\" Target=\"/{target}\"/>");
        let mut edits = Edits::default();
        match root.form {
            Form::Empty => {
                let open = root.raw.trim_end_matches('>').trim_end_matches('/');
                edits.replace(root.at.clone(), format!("{open}>{relation}</{p}Relationships>"));
            }
            _ => edits.insert(all.last()?.at.start, relation),
        }
        let text = edits.apply(&text);
        self.put(&list, text)?;
        Some(id)
    }

    /// Declares the content type of a part, or of all parts of an ending.
    pub fn declare(&mut self, part: &str, content_type: &str, by_ending: bool) -> Option<()> {
        const PART: &str = "[Content_Types].xml";
        let text = self.text(PART)?;
        let all = tags(&text)?;
        let (root, ending) = (all.first()?, part.rsplit('.').next().unwrap_or_default());
        let p = root.prefix();
        let known = all.iter().any(|t| {
            if by_ending {
                t.local == "Default" && t.attribute("Extension").is_some_and(|e| e.eq_ignore_ascii_case(ending))
            } else {
                t.local == "Override" && t.attribute("PartName").is_some_and(|n| plain(n) == plain(part))
            }
        });
        if known {
            return Some(());
        }
        let mut edits = Edits::default();
        if by_ending {
            edits.insert(root.at.end, format!("<{p}Default Extension=\"{ending}\" ContentType=\"{content_type}\"/>"));
        } else {
            edits.insert(all.last()?.at.start, format!("<{p}Override PartName=\"/{part}\" ContentType=\"{content_type}\"/>"));
        }
        let text = edits.apply(&text);
        self.put(PART, text)
    }

    /// The bytes of the copy.
    pub fn finish(mut self) -> Option<Vec<u8>> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).system(zip::System::Unix);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            if let Some(text) = self.changed.get(&index) {
                let name = self.archive.by_index_raw(index).ok()?.name().ok()?.into_owned();
                writer.start_file(name, options).ok()?;
                writer.write_all(text.as_bytes()).ok()?;
            } else {
                writer.raw_copy_file(self.archive.by_index_raw(index).ok()?).ok()?;
            }
        }
        for (name, text) in &self.added {
            writer.start_file(name.as_str(), options).ok()?;
            writer.write_all(text.as_bytes()).ok()?;
        }
        writer.finish().ok().map(Cursor::into_inner)
    }
}

/// Names compare without case, and some writers use back slashes.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where the relations of a part stand.
fn list_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}
