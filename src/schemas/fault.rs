//! What is wrong with a schema file, told to someone who edits it with a plain text editor.

use std::fmt;

/// A fault at one place of one file.
#[derive(Debug)]
pub(super) struct Fault {
    file: String,
    line: usize,
    column: usize,
    /// The line as it stands in the file.
    shown: String,
    what: String,
}

impl Fault {
    /// What the TOML reader objects to.
    pub fn syntax(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        Self::at(file, text, at, in_indonesian(error.message()))
    }

    /// A fault at a byte of the text.
    pub fn at(file: &str, text: &str, byte: usize, what: impl Into<String>) -> Self {
        let before = text.get(..byte.min(text.len())).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let shown = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(start..).unwrap_or_default().chars().count() + 1,
            shown: shown.trim_end().to_owned(),
            what: what.into(),
        }
    }

    /// A fault at the `nth` place (from zero) where `needle` stands; at the top of the file where it does not.
    pub fn seen(file: &str, text: &str, needle: &str, nth: usize, what: impl Into<String>) -> Self {
        let byte = text.match_indices(needle).nth(nth).map_or(0, |(i, _)| i);
        Self::at(file, text, byte, what)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, shown, what } = self;
        writeln!(f, "schemas/{file} baris {line} kolom {column}: {what}.")?;
        if !shown.is_empty() {
            writeln!(f, "    {line} | {shown}")?;
        }
        write!(
            f,
            "Perbaiki baris itu, atau pindahkan berkasnya dari folder schemas supaya skema bawaan dipakai. Tidak ada yang diterbitkan."
        )
    }
}

/// The TOML reader's messages in plain Indonesian. It speaks in a few fixed patterns; an unknown one is quoted.
fn in_indonesian(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    if message.starts_with("missing field") {
        format!("bagian ini belum memuat `{first}`, padahal wajib")
    } else if message.starts_with("unknown field") {
        format!("`{first}` tidak dikenal di sini; yang boleh: {}", quoted[1..].join(", "))
    } else if message.starts_with("unknown variant") {
        format!("nilai \"{first}\" tidak dikenal; yang boleh: {}", quoted[1..].join(", "))
    } else if message.starts_with("duplicate key") {
        "kunci ini sudah ditulis sebelumnya di bagian yang sama".to_owned()
    } else if let Some(rest) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: ")) {
        wrong_type(rest)
    } else if message.starts_with("string values must be quoted") {
        "teks harus diapit tanda kutip, misalnya \"pemilih baru\"".to_owned()
    } else if message.starts_with("unclosed") {
        "kurung atau tanda kutip yang dibuka di sini belum ditutup".to_owned()
    } else if message.starts_with("key with no value") {
        "sesudah nama kunci harus ada tanda = dan nilainya".to_owned()
    } else if message.starts_with("unexpected key or value") {
        "ada tulisan berlebih di baris ini; satu baris hanya memuat satu kunci, dan di antara isi daftar harus ada koma"
            .to_owned()
    } else if message.starts_with("invalid float")
        || message.starts_with("invalid integer")
        || message.starts_with("invalid number")
    {
        "bilangan ini tidak dapat dibaca; tulis tanpa titik ribuan dan dengan titik sebagai tanda desimal, misalnya 1234.5"
            .to_owned()
    } else {
        format!("penulisannya bukan TOML yang benar (\"{message}\")")
    }
}

/// `string "x", expected u32` and the like.
fn wrong_type(rest: &str) -> String {
    let (found, wanted) = rest.split_once(", expected ").unwrap_or((rest, ""));
    let found = match found.split_whitespace().next().unwrap_or_default() {
        "string" => "teks",
        "integer" => "bilangan bulat",
        "floating" | "float" => "bilangan desimal",
        "boolean" => "true/false",
        "sequence" => "daftar […]",
        "map" => "bagian […]",
        _ => "nilai lain",
    };
    let wanted = match wanted {
        "a sequence" => "daftar […]",
        "a string" => "teks dalam tanda kutip",
        "f64" | "f32" => "bilangan",
        _ if wanted.starts_with('u') => "bilangan bulat tidak negatif",
        _ if wanted.starts_with('i') => "bilangan bulat",
        _ if wanted.starts_with("struct") || wanted == "a map" => "bagian berisi kunci dan nilai",
        _ => "nilai jenis lain",
    };
    format!("nilai di sini berupa {found}, seharusnya {wanted}")
}
