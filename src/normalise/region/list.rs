//! Codes and names of the reference list in compact arrays, one layer for each level.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;
use std::ops::Range;

use crate::model::{Level, Region};

use super::slot;

/// A reference list or an alias that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadList(String);

impl BadList {
    pub(super) fn alias(code: &str) -> Self {
        Self(format!("wilayah-alias.toml: kode \"{code}\" tidak ada dalam daftar wilayah, atau namanya kosong"))
    }
}

impl fmt::Display for BadList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadList {}

/// The regions of one level in code order, their names end to end in one text.
#[derive(Debug, Default)]
pub(super) struct Layer {
    codes: Vec<Region>,
    ends: Vec<u32>,
    names: String,
}

impl Layer {
    pub(super) fn codes(&self) -> &[Region] {
        &self.codes
    }

    pub(super) fn position(&self, region: Region) -> Option<usize> {
        self.codes.binary_search(&region).ok()
    }

    /// The positions of all regions inside `parent`.
    pub(super) fn range(&self, parent: Region) -> Range<usize> {
        self.codes.partition_point(|&r| r < parent)..self.codes.partition_point(|&r| r < parent.end())
    }

    pub(super) fn name(&self, position: usize) -> &str {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.names[start as usize..self.ends[position] as usize]
    }

    fn push(&mut self, region: Region, name: &str) {
        self.names.push_str(name);
        self.codes.push(region);
        self.ends.push(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
    }
}

/// Most bytes a list may have once inflated; the official one has 2.3 MB.
const MOST: u64 = 64 << 20;

pub(super) fn inflate(gzip: &[u8]) -> Result<Vec<u8>, BadList> {
    let mut csv = Vec::with_capacity(gzip.len().saturating_mul(5).min(16 << 20));
    let read = flate2::read::GzDecoder::new(gzip).take(MOST).read_to_end(&mut csv);
    read.map_err(|cause| BadList(format!("wilayah.csv.gz tidak dapat dibuka: {cause}")))?;
    Ok(csv)
}

/// Reads lines `kode,nama` below a heading into layers; sorts where the file is not in code order.
pub(super) fn parse(csv: &[u8]) -> Result<[Layer; 4], BadList> {
    let text = std::str::from_utf8(csv).map_err(|_| BadList("wilayah.csv bukan UTF-8".to_owned()))?;
    let mut rows: Vec<(Region, Cow<'_, str>)> = Vec::with_capacity(csv.len() / 24);
    for (line, number) in text.lines().zip(1..).skip(1).filter(|(line, _)| !line.is_empty()) {
        rows.push(row(line).ok_or_else(|| BadList(format!("wilayah.csv baris {number}: bukan kode,nama wilayah")))?);
    }
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let mut layers = <[Layer; 4]>::default();
    for (region, name) in &rows {
        if let Some(i) = slot(region.level()) {
            layers[i].push(*region, name);
        }
    }
    Ok(layers)
}

/// One line: a code and a name, the name in quotes where it has a comma.
fn row(line: &str) -> Option<(Region, Cow<'_, str>)> {
    let (code, name) = line.split_once(',')?;
    let region: Region = code.trim().parse().ok().filter(|r: &Region| r.level() != Level::Tps)?;
    let name = name.trim();
    let quoted = name.strip_prefix('"').and_then(|n| n.strip_suffix('"'));
    let name = quoted.map_or(Cow::Borrowed(name), |n| Cow::Owned(n.replace("\"\"", "\"")));
    (!name.is_empty()).then_some((region, name))
}

#[cfg(test)]
mod tests {
    use super::super::Regions;
    use super::*;

    fn region(code: &str) -> Region {
        code.parse().unwrap()
    }

    #[test]
    fn the_list_inside_the_program_is_whole() {
        let regions = Regions::builtin().unwrap();
        let counts =
            [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Desa].map(|l| regions.inside(Region::NATION, l).len());
        assert_eq!(counts, [38, 514, 7285, 83762]);
        assert_eq!(regions.name(region("62")), Some("Kalimantan Tengah"));
        assert_eq!(regions.name(region("62.04")), Some("Kabupaten Barito Selatan"));
        assert_eq!(regions.bare_name(region("62.04")), Some("Barito Selatan"));
        assert_eq!(regions.bare_name(region("31.71")), Some("Jakarta Pusat"));
        assert_eq!(regions.name(region("62.99")), None);
        assert!(
            regions.knows(region("62.04.05.2001")) && !regions.knows(region("62.04.05.9001")) && !regions.knows(Region::NATION)
        );
        assert_eq!(regions.children(region("62")).len(), 14);
        assert_eq!(regions.children(region("62"))[0], region("62.01"));
        assert!(regions.children(region("62.04")).iter().all(|r| r.parent() == region("62.04")));
    }

    #[test]
    fn any_order_is_put_right_and_a_broken_line_is_named() {
        let regions = Regions::from_csv(b"kode,nama\r\n62.04,Kabupaten Barito Selatan\r\n62,\"Kalimantan, Tengah\"\r\n").unwrap();
        assert_eq!(regions.name(region("62")), Some("Kalimantan, Tengah"));
        for broken in ["kode,nama\n62,A\n6x,B\n", "kode,nama\n62,A\n63\n", "kode,nama\n62,A\n63,\n"] {
            let message = Regions::from_csv(broken.as_bytes()).unwrap_err().to_string();
            assert!(message.contains("baris 3"), "{message}");
        }
        assert!(Regions::from_csv_gz(b"not a gzip").is_err());
    }
}
