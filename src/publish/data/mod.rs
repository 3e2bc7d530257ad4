//! `data/`: the tables of the contract as CSV and Parquet, the lineage of every value, and the data package that describes them.

pub mod budget;
pub mod csv;
pub mod guard;
pub mod lineage;
pub mod locator;
pub mod package;
pub mod parquet;
pub mod rows;

use crate::consolidate::Consolidated;
use crate::error::{Error, Result};
use crate::model::Schemas;
use crate::model::record::Type;
use crate::model::schema::TableSchema;

use self::csv::CsvSink;
use self::parquet::ParquetSink;
use super::output::Folder;

/// Writes all tables and their description. `extra` are tables that somebody else writes into `data/` as CSV.
///
/// # Errors
/// When a file cannot be written.
pub fn write(batch: &Consolidated, schemas: &Schemas, extra: &[TableSchema], folder: &mut Folder<'_>) -> Result<()> {
    for table in &schemas.tables {
        write_table(table, batch, schemas, folder)?;
    }
    let package = serde_json::to_string_pretty(&package::describe(batch, schemas, extra));
    let package = package.map_err(|cause| Error::Usage(format!("datapackage.json: {cause}")))? + "\n";
    folder.write("data/datapackage.json", package.as_bytes())
}

/// Both files of one table, in one pass over its rows.
fn write_table(table: &TableSchema, batch: &Consolidated, schemas: &Schemas, folder: &mut Folder<'_>) -> Result<()> {
    let mut text = folder.create(&format!("data/{}.csv", table.name))?;
    let mut columns = folder.create(&format!("data/{}.parquet", table.name))?;
    let (text_path, columns_path) = (text.path().to_owned(), columns.path().to_owned());
    let fields = table.fields.iter().map(|f| (f.name.as_str(), f.kind));
    let mut sinks = (CsvSink::new(&mut text, text_path, table)?, ParquetSink::new(&mut columns, columns_path, fields)?);
    rows::pour(table, batch, schemas, &mut sinks)?;
    sinks.1.finish()?;
    folder.close(text)?;
    folder.close(columns)
}

/// Writes the lineage of all values.
///
/// # Errors
/// When the file cannot be written.
pub fn write_lineage(batch: &Consolidated, schemas: &Schemas, folder: &mut Folder<'_>) -> Result<()> {
    let mut output = folder.create("data/lineage.parquet")?;
    let path = output.path().to_owned();
    let mut sink = ParquetSink::new(&mut output, path, lineage::COLUMNS.map(|name| (name, Type::Text)))?;
    lineage::pour(batch, schemas, &mut sink)?;
    sink.finish()?;
    folder.close(output)
}
