//! Spreadsheets of `OpenDocument`, read from `content.xml` in one pass. Repeated rows and cells are written out only where they
//! hold something, so a header that repeats a blank row a million times costs nothing.

use std::collections::HashSet;

use super::super::archive::Archive;
use super::super::trouble::{Read, Trouble};
use super::ods_cell::{CellXml, count};
use super::tags::{Tag, Tags, attribute};
use super::{address, hidden};
use crate::model::document::{Document, GridBuilder, Merge, Value};
use crate::model::origin::Place;
use crate::model::source::Format;

/// Memory that one written-out cell takes, for the limit on what repetition may grow to.
const CELL_BYTES: u64 = 24;

/// Reads all sheets.
pub(in crate::read) fn read(mut archive: Archive<'_>) -> Read<Document> {
    if archive.xml("META-INF/manifest.xml")?.is_some_and(|text| text.contains("encryption-data")) {
        return Err(Trouble::Locked);
    }
    let text = archive.needed_xml("content.xml")?;
    let mut content = Content {
        document: Document { format: Format::Ods, grids: Vec::new() },
        hidden_styles: HashSet::new(),
        style: None,
        cells_left: archive.left() / CELL_BYTES,
    };
    let mut tags = Tags::new(&text);
    let mut complete = false;
    while let Some((_, tag)) = tags.next() {
        match tag {
            Tag::Open { name: "style", attributes, .. } => content.style = attribute(attributes, "style:name"),
            Tag::Open { name: "table-properties", attributes, .. } => content.style_properties(attributes),
            Tag::Open { name: "tracked-changes", empty: false, .. } => skip(&mut tags, "tracked-changes"),
            Tag::Open { name: "table", attributes, empty: false } => content.table(&mut tags, attributes)?,
            Tag::Close("spreadsheet") => complete = true,
            _ => (),
        }
    }
    if complete { Ok(content.document) } else { Err(Trouble::Damaged("isinya terpotong".to_owned())) }
}

struct Content<'t> {
    document: Document,
    /// Styles of tables that are not shown.
    hidden_styles: HashSet<&'t str>,
    /// The style being defined.
    style: Option<&'t str>,
    cells_left: u64,
}

impl<'t> Content<'t> {
    fn style_properties(&mut self, attributes: &str) {
        if attribute(attributes, "table:display") == Some("false") {
            self.hidden_styles.extend(self.style);
        }
    }

    /// Everything up to the end of one table.
    fn table(&mut self, tags: &mut Tags<'t>, attributes: &'t str) -> Read<()> {
        let mut text = super::tags::Text::default();
        text.push(attribute(attributes, "table:name").unwrap_or_default());
        let name = text.as_str().to_owned();
        let mut table = Table {
            out: GridBuilder::new(name.as_str(), Place::Sheet(name.clone())),
            row: 0,
            col: 0,
            repeat: 1,
            line: Vec::new(),
            columns: 0,
            hidden_rows: hidden::Ranges::default(),
            cells_left: self.cells_left,
        };
        table.run(tags)?;
        self.cells_left = table.cells_left;
        let mut grid = table.out.finish();
        grid.hidden = attribute(attributes, "table:style-name").is_some_and(|style| self.hidden_styles.contains(style));
        grid.hidden_rows = table.hidden_rows.finish();
        self.document.grids.push(grid);
        Ok(())
    }
}

/// A filled cell of the row being read: first column, how often it is repeated, its content.
struct Filled {
    col: u16,
    repeat: u32,
    value: Option<Value>,
    percent: bool,
    formula: Option<Box<str>>,
    merge: Option<(u32, u32)>,
}

struct Table {
    out: GridBuilder,
    row: u32,
    col: u32,
    repeat: u32,
    line: Vec<Filled>,
    columns: u32,
    hidden_rows: hidden::Ranges<u32>,
    cells_left: u64,
}

impl Table {
    fn run(&mut self, tags: &mut Tags<'_>) -> Read<()> {
        while let Some((_, tag)) = tags.next() {
            match tag {
                Tag::Open { name: "table-column", attributes, .. } => self.column(attributes),
                Tag::Open { name: "table-row", attributes, empty } => {
                    self.open_row(attributes);
                    if empty {
                        self.close_row()?;
                    }
                }
                Tag::Open { name: "table-cell" | "covered-table-cell", attributes, empty } => {
                    self.cell(tags, attributes, empty)?;
                }
                Tag::Open { name: name @ ("shapes" | "forms"), empty: false, .. } => skip(tags, name),
                Tag::Close("table-row") => self.close_row()?,
                Tag::Close("table") => return Ok(()),
                _ => (),
            }
        }
        Err(Trouble::Damaged("isinya terpotong".to_owned()))
    }

    fn column(&mut self, attributes: &str) {
        let last = self.columns.saturating_add(repeated(attributes, "table:number-columns-repeated"));
        let most = u32::from(address::COLUMNS);
        if not_shown(attributes) && self.columns < most {
            let (from, to) = (u16::try_from(self.columns), u16::try_from((last - 1).min(most - 1)));
            if let (Ok(from), Ok(to)) = (from, to) {
                self.out.grid().hidden_cols.push((from, to));
            }
        }
        self.columns = last;
    }

    fn open_row(&mut self, attributes: &str) {
        self.repeat = repeated(attributes, "table:number-rows-repeated");
        self.col = 0;
        if not_shown(attributes) && self.row < address::ROWS {
            self.hidden_rows.add(self.row, self.row.saturating_add(self.repeat - 1).min(address::ROWS - 1));
        }
    }

    fn cell<'t>(&mut self, tags: &mut Tags<'t>, attributes: &'t str, empty: bool) -> Read<()> {
        let mut cell = CellXml::new(attributes);
        if !empty {
            cell.read_text(tags)?;
        }
        let (value, formula) = (cell.value(&mut self.out), cell.formula());
        let (repeat, merge) = (cell.repeat, (cell.covers != (1, 1)).then_some(cell.covers));
        if value.is_some() || formula.is_some() || merge.is_some() {
            let end = self.col.saturating_add(repeat);
            let col = u16::try_from(self.col).ok().filter(|_| end <= u32::from(address::COLUMNS));
            let col = col.ok_or_else(|| Trouble::Damaged("lebih banyak kolom daripada yang mungkin".to_owned()))?;
            self.line.push(Filled { col, repeat, value, percent: cell.percent(), formula, merge });
        }
        self.col = self.col.saturating_add(repeat);
        Ok(())
    }

    /// Writes out what the row holds, as often as it is repeated.
    fn close_row(&mut self) -> Read<()> {
        let line = std::mem::take(&mut self.line);
        let end = self.row.saturating_add(self.repeat);
        if !line.is_empty() {
            if end > address::ROWS {
                return Err(Trouble::Damaged("lebih banyak baris daripada yang mungkin".to_owned()));
            }
            let cells: u64 = line.iter().map(|f| u64::from(f.repeat)).sum::<u64>() * u64::from(self.repeat);
            self.cells_left = self
                .cells_left
                .checked_sub(cells)
                .ok_or_else(|| Trouble::TooLarge("sel berulangnya terlalu banyak".to_owned()))?;
            for row in self.row..end {
                for filled in &line {
                    self.write(row, filled);
                }
            }
        }
        self.row = end;
        Ok(())
    }

    fn write(&mut self, row: u32, filled: &Filled) {
        let end = u32::from(filled.col) + filled.repeat;
        for col in filled.col..u16::try_from(end).unwrap_or(address::COLUMNS) {
            if let Some(value) = filled.value {
                self.out.push(row, col, value);
            }
            if filled.percent {
                self.out.grid().percents.push((row, col));
            }
            if let Some(formula) = &filled.formula {
                self.out.grid().formulas.push((row, col, formula.clone()));
            }
            if let Some((rows, cols)) = filled.merge {
                let bottom = row.saturating_add(rows - 1).min(address::ROWS - 1);
                let right = (u32::from(col) + (cols - 1).min(u32::from(address::COLUMNS))).min(u32::from(address::COLUMNS) - 1);
                let right = u16::try_from(right).unwrap_or(col);
                self.out.grid().merges.push(Merge { top: row, left: col, bottom, right });
            }
        }
    }
}

/// How often something is repeated.
fn repeated(attributes: &str, key: &str) -> u32 {
    attribute(attributes, key).map_or(1, count)
}

/// `collapse` and `filter` are not shown.
fn not_shown(attributes: &str) -> bool {
    attribute(attributes, "table:visibility").is_some_and(|v| v != "visible")
}

/// Goes on behind the end of the element just opened.
pub(super) fn skip(tags: &mut Tags<'_>, element: &str) {
    let mut depth = 1;
    while let Some((_, tag)) = tags.next() {
        match tag {
            Tag::Open { name, empty: false, .. } if name == element => depth += 1,
            Tag::Close(name) if name == element => depth -= 1,
            _ => (),
        }
        if depth == 0 {
            return;
        }
    }
}
