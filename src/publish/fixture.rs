//! A batch made by hand for the tests of this stage: a province whose offices sent workbooks, one of them nothing.

use crate::consolidate::book::{Chapter, Earlier, Figure, Line};
use crate::consolidate::{Consolidated, Delivery, Entry, PdpbBook, State};
use crate::model::origin::Place;
use crate::model::record::Type;
use crate::model::schema::{Field, KindSchema, Rule, RuleEnglish, Severity, TableSchema};
use crate::model::{
    BatchConfig, Finding, Format, Origin, Outcome, Period, Places, Receipt, Records, Region, Schemas, Source, Span, Status,
    Subject,
};
use crate::normalise::region::Regions;

/// First row of the tables in the documents.
const TOP: u32 = 10;
/// First column of the measures.
const FLOW: u16 = 4;
const MEASURES: [&str; 5] = ["awal", "baru", "tms", "ubah", "akhir"];
const REASONS: [&str; 3] = ["meninggal", "ganda", "pindah"];

/// A batch of `offices` kab/kota with `rows` kecamatan each. The first has an error at its second row, the second a row whose name is
/// not known, the last (of at least three) sent nothing.
#[derive(Clone, Copy, Debug)]
pub struct Province {
    /// Number of kab/kota.
    pub offices: u16,
    /// Number of kecamatan of each.
    pub rows: u16,
}

/// The region of a code.
pub fn region(code: &str) -> Region {
    code.parse().unwrap()
}

/// The reference list of the tests.
pub fn regions() -> Regions {
    let offices = (1..=40).map(|n| format!("62.{n:02},Kabupaten Contoh {n}\n"));
    let list: String = std::iter::once("kode,nama\n62,Kalimantan Tengah\n".to_owned()).chain(offices).collect();
    Regions::from_csv(list.as_bytes()).unwrap()
}

impl Province {
    /// The batch.
    pub fn batch(self) -> Consolidated {
        let period: Period = "2025-TW3".parse().unwrap();
        let silent = u16::from(self.offices > 2);
        let sent = self.offices - silent;
        let entries: Vec<Entry> = (0..sent).map(|n| self.entry(n, period)).collect();
        let chapters = (0..self.offices).map(|n| self.chapter(n, n < sent)).collect();
        let earlier = (0..sent).map(|n| Earlier {
            batch: "2025-07".into(),
            document: format!("lama/{n:02}.xlsx"),
            sha256: "cd".repeat(32),
            places: Places(vec![Place::Sheet("Rekap".into())]),
            ..Earlier::default()
        });
        let book = PdpbBook {
            scope: region("62"),
            period: Some(period),
            before: Some(period.previous()),
            chapters,
            complete: (usize::from(sent), usize::from(self.offices)),
            earlier: earlier.collect(),
        };
        Consolidated {
            config: BatchConfig { name: "2025-10".into(), wilayah: Some(region("62")), ..BatchConfig::default() },
            inferred: vec!["Wilayah 62 disimpulkan dari dokumen; tidak dinyatakan dalam rekap.toml.".into()],
            findings: self.findings(&entries, sent),
            completeness: (0..self.offices).flat_map(|n| deliveries(n, n < sent)).collect(),
            pdpb: Some(book),
            budget: None,
            iku: None,
            supply: None,
            entries,
        }
    }

    fn entry(self, office: u16, period: Period) -> Entry {
        let mut pdpb = Records::new("pdpb", columns("pdpb"));
        let mut tms = Records::new("pdpb_tms", columns("pdpb_tms"));
        for row in 0..self.rows {
            record(&mut pdpb, &mut tms, &self.line(office, row), TOP + u32::from(row));
        }
        let places = Places(vec![Place::Sheet("Rekap".into()), Place::Sheet("TMS 2025".into())]);
        Entry {
            source: Source {
                document: format!("62.{:02}/PDPB TW III {:02}.xlsx", office + 1, office + 1),
                path: "-".into(),
                bytes: 1,
                received: Receipt { at: "2025-10-03T10:00:00+07:00".into(), seconds: 1_759_460_400, stated: true },
            },
            outcome: Outcome {
                sha256: format!("{office:02x}").repeat(32),
                format: Format::Xlsx,
                subject: Subject {
                    kind: Some("pdpb".into()),
                    satker: Some(office_region(office)),
                    period: Some(period),
                    ..Subject::default()
                },
                status: Status::Accepted,
                records: vec![pdpb, tms],
                places,
                ..Outcome::default()
            },
        }
    }

    fn chapter(self, office: u16, sent: bool) -> Chapter {
        let rows: Vec<Line> = (0..self.rows).filter(|_| sent).map(|row| self.line(office, row)).collect();
        let sum = |sex: usize| rows.iter().filter_map(|l| l.flow[0][sex]).map(|f| f.value).sum::<f64>();
        let before = |sex: usize| Figure { value: sum(sex), entry: usize::from(office), origin: Some(Origin::new(0, 40, 2)) };
        Chapter {
            region: office_region(office),
            name: format!("Kabupaten Contoh {}", office + 1),
            entry: sent.then_some(usize::from(office)),
            previous: if sent { [Some(before(0)), Some(before(1)), Some(before(2))] } else { [None; 3] },
            rows,
            whole: None,
        }
    }

    /// Row `row` of an office: the same figures in the book and in the records.
    fn line(self, office: u16, row: u16) -> Line {
        let unknown = office == 1 && row + 1 == self.rows;
        let at = |grid, col| Origin::new(grid, TOP + u32::from(row), col);
        let figure = |value: f64, origin| Some(Figure { value, entry: usize::from(office), origin });
        let seed = f64::from(u32::from(office) * 97 + u32::from(row) * 31);
        let parts = [10_000.0 + seed, 200.0 + seed % 50.0, 90.0 + seed % 40.0, 30.0 + seed % 20.0];
        let mut flow = [[None; 3]; 5];
        for (measure, &part) in parts.iter().chain(&[parts[0] + parts[1] - parts[2]]).enumerate() {
            let first = FLOW + 3 * u16::try_from(measure).unwrap();
            // Measure ubah has no printed total: it is worked out.
            let total = if measure == 3 { None } else { Some(at(0, first + 2)) };
            let wrong = f64::from(u8::from(office == 0 && row == 1 && measure == 4));
            flow[measure] = [
                figure(part, Some(at(0, first))),
                figure(part + 7.0, Some(at(0, first + 1))),
                figure(2.0 * part + 7.0 + wrong, total),
            ];
        }
        let reasons = REASONS.iter().enumerate().map(|(i, reason)| {
            let first = 2 + 3 * u16::try_from(i).unwrap();
            let third = (parts[2] / 3.0).floor();
            let three = [
                figure(third, Some(at(1, first))),
                figure(third, Some(at(1, first + 1))),
                figure(2.0 * third, Some(at(1, first + 2))),
            ];
            ((*reason).to_owned(), three)
        });
        Line {
            region: (!unknown).then(|| region(&format!("62.{:02}.{:02}", office + 1, row + 1))),
            name: if unknown { "=TAK DIKENAL".into() } else { format!("Kecamatan {}", row + 1) },
            counts: [figure(12.0, Some(at(0, 2))), None],
            flow,
            reasons: reasons.collect(),
            previous: [flow[0][0], flow[0][1], flow[0][2]],
        }
    }

    fn findings(self, entries: &[Entry], sent: u16) -> Vec<Finding> {
        let mut findings = Vec::new();
        let cell = Origin::new(0, TOP + 1, FLOW + 14);
        findings.push(Finding {
            document: entries[0].source.document.clone(),
            satker: Some(office_region(0)),
            suspect: Some(cell),
            suggestion: "20247".into(),
            ..Finding::new("D01", "=HYPERLINK(\"http://x\") L + P bukan jumlah tercetak").at(cell).numbers(20_248.0, 20_247.0)
        });
        let name = Origin::new(0, TOP + u32::from(self.rows) - 1, 1);
        findings.extend(entries.get(1).map(|second| Finding {
            document: second.source.document.clone(),
            satker: Some(office_region(1)),
            ..Finding::new("W01", "nama wilayah tidak dikenal").at(name).found("=TAK DIKENAL")
        }));
        if sent < self.offices {
            findings.push(Finding { satker: Some(office_region(sent)), ..Finding::new("A09", "belum mengirim PDPB") });
        }
        findings
    }
}

/// The region of an office by its number.
pub fn office_region(office: u16) -> Region {
    region(&format!("62.{:02}", office + 1))
}

fn record(pdpb: &mut Records, tms: &mut Records, line: &Line, row: u32) {
    let span = |grid, last| Span::new(Origin::new(grid, row, 0), Origin::new(grid, row, last));
    let at = pdpb.push(span(0, 18));
    pdpb.set_text(at, "level", "kecamatan", None);
    pdpb.set_text(at, "region_name", &line.name, Some(Origin::new(0, row, 1)));
    if let Some(region) = line.region {
        pdpb.set_region(at, "region", region, Some(Origin::new(0, row, 1)), &line.name);
    }
    for (figure, column) in line.counts.iter().zip(["n_desa", "n_tps"]) {
        set(pdpb, at, column, figure.as_ref());
    }
    for (three, measure) in line.flow.iter().zip(MEASURES) {
        for (figure, ending) in three.iter().zip(["_l", "_p", ""]) {
            set(pdpb, at, &format!("{measure}{ending}"), figure.as_ref());
        }
    }
    for (reason, three) in &line.reasons {
        let at = tms.push(span(1, 12));
        if let Some(region) = line.region {
            tms.set_region(at, "region", region, Some(Origin::new(1, row, 1)), &line.name);
        }
        tms.set_text(at, "region_name", &line.name, Some(Origin::new(1, row, 1)));
        tms.set_text(at, "alasan", reason, None);
        for (figure, column) in three.iter().zip(["l", "p", "total"]) {
            set(tms, at, column, figure.as_ref());
        }
    }
}

/// Numbers are printed with points, as offices do.
fn set(records: &mut Records, row: usize, column: &str, figure: Option<&Figure>) {
    if let Some(figure) = figure {
        records.set_number(row, column, figure.value, figure.origin, &super::words::count(figure.value));
    }
}

fn deliveries(office: u16, sent: bool) -> Vec<Delivery> {
    let state = match (sent, office) {
        (false, _) => State::Missing,
        (true, 0 | 1) => State::NeedsRepair,
        (true, 3) => State::Late,
        (true, 4) => State::Doubled,
        (true, _) => State::Received,
    };
    let delivery =
        |kind: &str, state, owed, entry| Delivery { satker: office_region(office), kind: kind.into(), owed, state, entry };
    vec![
        delivery("pdpb", state, true, sent.then_some(usize::from(office))),
        delivery("anggaran", State::Missing, office.is_multiple_of(2), None),
    ]
}

/// The columns of a table.
fn columns(table: &str) -> Vec<(&'static str, Type)> {
    let typed = |name: &'static str| match name {
        "region" | "satker" => (name, Type::Region),
        "document" | "locator" | "period" | "level" | "region_name" | "alasan" => (name, Type::Text),
        _ => (name, Type::Number),
    };
    let names: &[&'static str] = match table {
        "pdpb" => &[
            "level",
            "region",
            "region_name",
            "n_desa",
            "n_tps",
            "awal_l",
            "awal_p",
            "awal",
            "baru_l",
            "baru_p",
            "baru",
            "tms_l",
            "tms_p",
            "tms",
            "ubah_l",
            "ubah_p",
            "ubah",
            "akhir_l",
            "akhir_p",
            "akhir",
        ],
        _ => &["level", "region", "region_name", "alasan", "l", "p", "total"],
    };
    names.iter().map(|n| typed(n)).collect()
}

/// The schemas of the tests: four tables, one of them without rows, and the rules of the findings above.
pub fn schemas() -> Schemas {
    let text = |name: &&'static str| (*name, Type::Text);
    let documents = ["document", "sha256", "kind", "satker", "period", "format", "status", "reason"];
    let findings = [
        "code",
        "document",
        "locator",
        "severity",
        "satker",
        "period",
        "found",
        "expected",
        "difference",
        "suspect",
        "suggestion",
        "message",
    ];
    let with_source = |name: &str| {
        let mut all = vec![("document", Type::Text), ("locator", Type::Text), ("satker", Type::Region), ("period", Type::Text)];
        all.extend(columns(name));
        all
    };
    Schemas {
        kinds: vec![kind("pdpb", "PDPB"), kind("anggaran", "Anggaran")],
        tables: vec![
            table("documents", &["document"], documents.iter().map(text).collect()),
            table("pdpb", &["document", "region"], with_source("pdpb")),
            table("pdpb_tms", &["document", "region", "alasan"], with_source("pdpb_tms")),
            table("berita_acara", &["document"], vec![("document", Type::Text), ("total", Type::Number)]),
            table("findings", &["code", "document", "locator"], findings.iter().map(text).collect()),
        ],
        rules: [("D01", Severity::Error), ("W01", Severity::Error), ("A09", Severity::Error), ("P01", Severity::Warning)]
            .map(rule)
            .to_vec(),
        ..Schemas::default()
    }
}

fn kind(name: &str, label: &str) -> KindSchema {
    KindSchema { name: name.into(), label: label.into(), ..KindSchema::default() }
}

fn table(name: &str, key: &[&str], fields: Vec<(&str, Type)>) -> TableSchema {
    let field = |(name, kind): (&str, Type)| Field { name: name.into(), kind, heading: String::new(), describes: String::new() };
    TableSchema {
        name: name.into(),
        describes: format!("Tabel {name}"),
        key: key.iter().map(|&k| k.to_owned()).collect(),
        fields: fields.into_iter().map(field).collect(),
    }
}

fn rule((code, severity): (&str, Severity)) -> Rule {
    let words = RuleEnglish { title: code.into(), because: String::new(), remedy: String::new() };
    Rule {
        code: code.into(),
        severity,
        title: format!("arti {code}"),
        because: "sebab".into(),
        remedy: "Perbaiki sel yang disebut lalu kirim ulang.".into(),
        english: words,
        source: String::new(),
    }
}
