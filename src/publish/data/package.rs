//! `datapackage.json`: the Frictionless Data Package (version 1) that describes the data files, made from the table schemas.

use serde_json::{Value, json};

use crate::consolidate::Consolidated;
use crate::model::Schemas;
use crate::model::record::Type;
use crate::model::schema::{Field, TableSchema};

use super::lineage;

/// The package's description of all files in `data/`.
#[must_use]
pub fn describe(batch: &Consolidated, schemas: &Schemas, extra: &[TableSchema]) -> Value {
    let mut resources: Vec<Value> = schemas.tables.iter().chain(extra).map(csv_resource).collect();
    resources.extend(schemas.tables.iter().map(parquet_resource));
    resources.push(lineage_resource());
    json!({
        "profile": "data-package",
        "name": slug(&format!("rekap-{}", batch.config.name)),
        "title": format!("Data rekapitulasi {}", batch.config.name),
        "description": "Isi dokumen yang diterima, satu baris untuk setiap baris tercetak, dengan letak asalnya.",
        "resources": resources,
    })
}

fn csv_resource(table: &TableSchema) -> Value {
    json!({
        "name": slug(&table.name),
        "path": format!("{}.csv", table.name),
        "profile": "tabular-data-resource",
        "title": table.name,
        "description": table.describes,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": table_schema(table),
    })
}

fn parquet_resource(table: &TableSchema) -> Value {
    json!({
        "name": slug(&format!("{}-parquet", table.name)),
        "path": format!("{}.parquet", table.name),
        "profile": "data-resource",
        "title": table.name,
        "description": table.describes,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": table_schema(table),
    })
}

fn lineage_resource() -> Value {
    let fields: Vec<Value> = lineage::COLUMNS.iter().map(|name| json!({ "name": name, "type": "string" })).collect();
    json!({
        "name": "lineage-parquet",
        "path": "lineage.parquet",
        "profile": "data-resource",
        "title": "lineage",
        "description": "Asal setiap nilai: tabel, kunci baris, kolom, dokumen, letak, teks tercetak.",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": { "fields": fields },
    })
}

/// Frictionless Table Schema. A key is stated as primary only where it can be relied on: rows whose region was not resolved have
/// none, and a finding may stand twice at one place.
fn table_schema(table: &TableSchema) -> Value {
    let fields: Vec<Value> = table.fields.iter().map(field).collect();
    let loose = table.name == "findings" || table.key.iter().any(|k| k == "region");
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if !table.key.is_empty() {
        schema[if loose { "rekap:key" } else { "primaryKey" }] = json!(table.key);
    }
    schema
}

fn field(field: &Field) -> Value {
    let mut described = json!({ "name": field.name, "type": if field.kind == Type::Number { "number" } else { "string" } });
    for (key, text) in [("title", &field.heading), ("description", &field.describes)] {
        if !text.is_empty() {
            described[key] = json!(text);
        }
    }
    if field.kind == Type::Region {
        described["constraints"] = json!({ "pattern": r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4}(/\d{3,6})?)?)?)?" });
    }
    described
}

/// A name as Frictionless allows it: lower case letters, digits, `.`, `_`, `-`.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' }).collect()
}
