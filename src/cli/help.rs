//! What `--help` says, in both languages.

use clap::Command as Clap;

use super::lang::Lang;

/// Added to what is said about slips.
pub const HELP: &str = "Lihat rekap --help";

/// (command, argument or empty for the command itself, Indonesian, English). The empty command is the program.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "",
        "",
        "Dari folder kiriman satker menjadi rekapitulasi yang setiap angkanya menyebut sel asalnya",
        "From a folder of what offices sent to workbooks in which every number names its source cell",
    ),
    (
        "",
        "batch",
        "Batch yang diterbitkan (nama folder di dalam folder masukan); semua bila tidak disebut",
        "Batches to publish (names of folders below the inputs); all when none is named",
    ),
    ("", "inputs", "Folder masukan, satu folder per batch [bawaan: inputs]", "Folder of the batches [default: inputs]"),
    ("", "outputs", "Folder hasil, satu folder per batch [bawaan: outputs]", "Folder of the results [default: outputs]"),
    (
        "",
        "schemas",
        "Folder skema yang menggantikan skema bawaan [bawaan: schemas, bila ada]",
        "Folder of schemas that take the place of the built-in ones [default: schemas, if there is one]",
    ),
    (
        "",
        "jobs",
        "Banyaknya dokumen yang diolah bersamaan [bawaan: sebanyak prosesor]",
        "How many documents are processed at once [default: number of processors]",
    ),
    ("", "lang", "Bahasa pesan: id atau en [bawaan: id]", "Language of messages: id or en [default: id]"),
    ("", "json", "Jawaban untuk mesin (JSON)", "Answers for machines (JSON)"),
    ("", "help", "Tampilkan bantuan ini", "Show this help"),
    ("", "version", "Tampilkan versi", "Show the version"),
    (
        "run",
        "",
        "Baca, periksa, dan terbitkan batch (juga tanpa menyebut perintah)",
        "Read, check and publish batches (also without naming a command)",
    ),
    ("run", "batch", "Batch yang diterbitkan; semua bila tidak disebut", "Batches to publish; all when none is named"),
    ("read", "", "Tampilkan apa yang terbaca dari satu berkas", "Show what is read from one file"),
    ("read", "file", "Berkas yang dibaca", "The file to read"),
    (
        "read",
        "gambar",
        "Gambar halaman PDF beserta tabel, sel, judul, dan kolom yang dikenali (halaman berikutnya: nama-2.png)",
        "Draw the pages of a PDF with the tables, cells, headings and columns recognised (further pages: name-2.png)",
    ),
    (
        "trace",
        "",
        "Tampilkan semua sel asal di balik satu angka yang diterbitkan",
        "Show every source cell behind one published number",
    ),
    (
        "trace",
        "workbook",
        "Buku kerja hasil, misalnya outputs/2025-10/PDPB.xlsx",
        "A published workbook, e.g. outputs/2025-10/PDPB.xlsx",
    ),
    ("trace", "cell", "Lembar dan sel, misalnya \"Rekap!D12\"", "Sheet and cell, e.g. \"Rekap!D12\""),
    (
        "explain",
        "",
        "Jelaskan kode temuan: artinya, mengapa penting, cara memperbaikinya",
        "Explain a finding code: meaning, reason, remedy",
    ),
    (
        "explain",
        "code",
        "Kode temuan, misalnya D02; daftar semua kode bila tidak disebut",
        "A finding code, e.g. D02; all codes without one",
    ),
    (
        "bukti",
        "",
        "Terbitkan satu batch beserta paket bukti dukung indikatornya (bukti.zip)",
        "Publish a batch together with the papers that prove its indicators (bukti.zip)",
    ),
    ("bukti", "batch", "Batch yang diterbitkan", "The batch to publish"),
    (
        "verify",
        "",
        "Periksa apakah masukan dan hasil masih sesuai manifest.json",
        "Check whether inputs and outputs still match manifest.json",
    ),
    ("verify", "batch", "Batch yang diperiksa", "The batch to check"),
];

const TEMPLATE_ID: &str =
    "{about}\n\nPemakaian: {usage}\n\nPerintah:\n{subcommands}\n\nArgumen:\n{positionals}\n\nPilihan:\n{options}\n";
const TEMPLATE_EN: &str =
    "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\nArguments:\n{positionals}\n\nOptions:\n{options}\n";
const LEAF_ID: &str = "{about}\n\nPemakaian: {usage}\n\nArgumen:\n{positionals}\n\nPilihan:\n{options}\n";
const LEAF_EN: &str = "{about}\n\nUsage: {usage}\n\nArguments:\n{positionals}\n\nOptions:\n{options}\n";

/// The grammar with its help texts.
pub fn worded(root: Clap, lang: Lang) -> Clap {
    let usage = lang.pick(
        "rekap [run] [BATCH…] [PILIHAN]\n           rekap <PERINTAH> …",
        "rekap [run] [BATCH…] [OPTIONS]\n       rekap <COMMAND> …",
    );
    let root = texts(root, "", lang).help_template(lang.pick(TEMPLATE_ID, TEMPLATE_EN)).override_usage(usage);
    root.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        let usage = match name.as_str() {
            "run" => "rekap run [BATCH…]".to_owned(),
            "read" => "rekap read FILE [--json]".to_owned(),
            "trace" => "rekap trace WORKBOOK CELL [--json]".to_owned(),
            "explain" => "rekap explain [CODE]".to_owned(),
            _ => format!("rekap {name} BATCH"),
        };
        texts(command, &name, lang).help_template(lang.pick(LEAF_ID, LEAF_EN)).override_usage(usage)
    })
}

fn texts(command: Clap, name: &str, lang: Lang) -> Clap {
    TEXTS.iter().filter(|text| text.0 == name).fold(command, |command, &(_, argument, id, en)| {
        let text = lang.pick(id, en);
        if argument.is_empty() { command.about(text) } else { command.mut_arg(argument, |arg| arg.help(text)) }
    })
}
