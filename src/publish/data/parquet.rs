//! A data table as Parquet. Numbers are doubles, regions and texts strings, what is not stated is null; rows leave memory in groups.
//!
//! Compression is Snappy: pure Rust, and next to no time on columns that a dictionary has already shrunk.

use std::io::Write;
use std::path::PathBuf;

use polars::prelude::{
    ChunkTake as _, ChunkedBuilder as _, Column, DataFrame, DataType, Field, Float64Type, IdxSize, IntoSeries, PlSmallStr,
    PolarsResult, PrimitiveChunkedBuilder, Schema, StringChunked, StringChunkedBuilder,
};
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter};

use crate::error::Result;
use crate::model::record::Type;
use crate::publish::output::Output;

use super::rows::{Cell, Sink};

/// Rows of one group: enough for good compression, few enough for a small memory.
const GROUP: usize = 1 << 17;

/// Writes rows as column chunks.
pub struct ParquetSink<W: Write> {
    writer: BatchedWriter<W>,
    path: PathBuf,
    names: Vec<PlSmallStr>,
    columns: Vec<Builder>,
    next: usize,
    rows: usize,
    scratch: String,
}

enum Builder {
    Numbers(PrimitiveChunkedBuilder<Float64Type>),
    Texts(Texts),
}

impl Builder {
    fn new(name: &PlSmallStr, kind: Type) -> Self {
        match kind {
            Type::Number => Self::Numbers(PrimitiveChunkedBuilder::new(name.clone(), 0)),
            Type::Text | Type::Region => Self::Texts(Texts::new(name)),
        }
    }

    const fn kind(&self) -> Type {
        match self {
            Self::Numbers(_) => Type::Number,
            Self::Texts(_) => Type::Text,
        }
    }
}

/// Texts that repeat from row to row (document, office, row key) are kept once and pointed at.
struct Texts {
    distinct: StringChunkedBuilder,
    count: IdxSize,
    last: String,
    /// Where the last text and the missing one stand among the distinct ones.
    of_last: Option<IdxSize>,
    of_none: Option<IdxSize>,
    rows: Vec<IdxSize>,
}

impl Texts {
    fn new(name: &PlSmallStr) -> Self {
        let distinct = StringChunkedBuilder::new(name.clone(), 0);
        Self { distinct, count: 0, last: String::new(), of_last: None, of_none: None, rows: Vec::new() }
    }

    fn push(&mut self, text: &str) {
        let known = self.of_last.filter(|_| self.last == text);
        let at = known.unwrap_or_else(|| {
            self.distinct.append_value(text);
            self.last.clear();
            self.last.push_str(text);
            self.next()
        });
        self.of_last = Some(at);
        self.rows.push(at);
    }

    fn push_none(&mut self) {
        let at = self.of_none.unwrap_or_else(|| {
            self.distinct.append_null();
            self.next()
        });
        self.of_none = Some(at);
        self.rows.push(at);
    }

    fn next(&mut self) -> IdxSize {
        self.count += 1;
        self.count - 1
    }

    fn finish(self) -> PolarsResult<StringChunked> {
        self.distinct.finish().take(&self.rows)
    }
}

impl<W: Write> ParquetSink<W> {
    /// Starts a file with these columns. `path` is for messages.
    ///
    /// # Errors
    /// When the writer refuses the columns.
    pub fn new<'a>(out: W, path: PathBuf, columns: impl IntoIterator<Item = (&'a str, Type)>) -> Result<Self> {
        let columns: Vec<(PlSmallStr, Type)> = columns.into_iter().map(|(name, kind)| (name.into(), kind)).collect();
        let dtype = |kind| if kind == Type::Number { DataType::Float64 } else { DataType::String };
        let schema: Schema = columns.iter().map(|(name, kind)| Field::new(name.clone(), dtype(*kind))).collect();
        let writer = ParquetWriter::new(out).with_compression(ParquetCompression::Snappy);
        let writer = writer.batched(&schema).map_err(Output::trouble(&path))?;
        let builders = columns.iter().map(|(name, kind)| Builder::new(name, *kind)).collect();
        let names = columns.into_iter().map(|(name, _)| name).collect();
        Ok(Self { writer, path, names, columns: builders, next: 0, rows: 0, scratch: String::new() })
    }

    /// Writes the last group and the footer.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.writer.finish().map_err(Output::trouble(&self.path))?;
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut columns: Vec<Column> = Vec::with_capacity(self.columns.len());
        for (builder, name) in self.columns.iter_mut().zip(&self.names) {
            let empty = Builder::new(name, builder.kind());
            columns.push(match std::mem::replace(builder, empty) {
                Builder::Numbers(b) => b.finish().into_series().into(),
                Builder::Texts(b) => b.finish().map_err(Output::trouble(&self.path))?.into_series().into(),
            });
        }
        let frame = DataFrame::new(self.rows, columns).map_err(Output::trouble(&self.path))?;
        self.rows = 0;
        self.writer.write_batch(&frame).map_err(Output::trouble(&self.path))
    }
}

impl<W: Write> Sink for ParquetSink<W> {
    fn cell(&mut self, cell: Cell<'_>) -> Result<()> {
        let builder = self.columns.get_mut(self.next);
        self.next += 1;
        match (builder, cell) {
            (Some(Builder::Numbers(b)), Cell::Number(n)) => b.append_value(n),
            (Some(Builder::Numbers(b)), _) => b.append_null(),
            (Some(Builder::Texts(b)), Cell::Text(t)) => b.push(t),
            (Some(Builder::Texts(b)), Cell::Empty) => b.push_none(),
            (Some(Builder::Texts(b)), Cell::Region(region)) => {
                use std::fmt::Write as _;
                self.scratch.clear();
                let _ = write!(self.scratch, "{region}");
                b.push(&self.scratch);
            }
            (Some(Builder::Texts(b)), Cell::Number(n)) => {
                self.scratch.clear();
                super::csv::push_number(n, &mut self.scratch);
                b.push(&self.scratch);
            }
            (None, _) => {}
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        self.next = 0;
        self.rows += 1;
        if self.rows >= GROUP { self.flush() } else { Ok(()) }
    }
}
