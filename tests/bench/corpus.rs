//! A folder of made-up documents for those who have none: for every kab/kota of three provinces the voters per polling station and
//! the quarterly figures per kecamatan.

use std::fs;
use std::path::{Path, PathBuf};

use rekap::model::{Level, Region};
use rekap::normalise::region::Regions;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

const PROVINCES: [&str; 3] = ["36", "62", "72"];
const STATIONS: u32 = 6;

/// Writes `inputs/2025-10` below a folder and says where the inputs are.
pub fn make(below: &Path) -> PathBuf {
    let regions = Regions::builtin().expect("the list of regions inside the program");
    let inputs = below.join("inputs");
    for province in PROVINCES {
        let province = province.parse().expect("a code");
        for &office in regions.inside(province, Level::Kabkota) {
            let folder = inputs.join("2025-10").join(office.to_string());
            fs::create_dir_all(&folder).expect("a folder");
            stations(&regions, office, &folder.join("DPT per TPS.xlsx")).expect("a workbook");
            quarter(&regions, office, &folder.join("PDPB TW III 2025.xlsx")).expect("a workbook");
        }
    }
    fs::write(inputs.join("2025-10/rekap.toml"), "[batch]\npdpb = \"2025-TW3\"\nwajib = [\"pdpb\"]\n").expect("a file");
    inputs
}

/// Voters of a station: made up, but the same in every run.
fn voters(region: Region, station: u32) -> [u32; 2] {
    let digits = region.to_string().bytes().fold(7u32, |n, b| n.wrapping_mul(31).wrapping_add(u32::from(b)));
    let mixed = digits.wrapping_add(station.wrapping_mul(2_654_435_761));
    [90 + mixed % 53, 90 + (mixed >> 8) % 53]
}

fn of_district(regions: &Regions, district: Region) -> [u32; 2] {
    let villages = regions.children(district).iter();
    let stations = villages.flat_map(|&village| (1..=STATIONS).map(move |station| voters(village, station)));
    stations.fold([0, 0], |sum, one| [sum[0] + one[0], sum[1] + one[1]])
}

fn title(sheet: &mut Worksheet, words: &[&str]) -> Result<(), XlsxError> {
    (0..).zip(words).try_for_each(|(row, words)| sheet.write(row, 0, *words).map(|_| ()))
}

fn headings(sheet: &mut Worksheet, row: u32, words: &[&str]) -> Result<(), XlsxError> {
    (0..).zip(words).try_for_each(|(col, words)| sheet.write(row, col, *words).map(|_| ()))
}

fn numbers(sheet: &mut Worksheet, row: u32, col: u16, values: &[u32]) -> Result<(), XlsxError> {
    (col..).zip(values).try_for_each(|(col, value)| sheet.write(row, col, *value).map(|_| ()))
}

fn stations(regions: &Regions, office: Region, path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let name = regions.name(office).unwrap_or_default().to_uppercase();
    title(sheet, &["REKAPITULASI DAFTAR PEMILIH TETAP (DPT)", &name, "PEMILIHAN UMUM TAHUN 2024"])?;
    headings(sheet, 4, &["NO", "KECAMATAN", "DESA/KELURAHAN", "TPS", "L", "P", "L+P"])?;
    let districts = regions.children(office).iter();
    let villages = districts.flat_map(|&district| regions.children(district).iter().map(move |&village| (district, village)));
    let lines = villages.flat_map(|(district, village)| (1..=STATIONS).map(move |station| (district, village, station)));
    for (row, (district, village, station)) in (5..).zip(lines) {
        let [l, p] = voters(village, station);
        sheet.write(row, 0, row - 4)?;
        sheet.write(row, 1, regions.name(district).unwrap_or_default())?;
        sheet.write(row, 2, regions.name(village).unwrap_or_default())?;
        sheet.write(row, 3, format!("{station:03}"))?;
        numbers(sheet, row, 4, &[l, p, l + p])?;
    }
    book.save(path)
}

fn quarter(regions: &Regions, office: Region, path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let name = regions.name(office).unwrap_or_default().to_uppercase();
    title(sheet, &["REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN", &name, "TRIWULAN III TAHUN 2025"])?;
    headings(sheet, 4, &["NO", "KECAMATAN", "JUMLAH DESA/KEL", "LAKI-LAKI", "PEREMPUAN", "JUMLAH"])?;
    let mut sum = [0, 0];
    let mut row = 5;
    for &district in regions.children(office) {
        let [l, p] = of_district(regions, district);
        sum = [sum[0] + l, sum[1] + p];
        sheet.write(row, 0, row - 4)?;
        sheet.write(row, 1, regions.name(district).unwrap_or_default())?;
        sheet.write(row, 2, u32::try_from(regions.children(district).len()).unwrap_or_default())?;
        numbers(sheet, row, 3, &[l, p, l + p])?;
        row += 1;
    }
    sheet.write(row, 1, "JUMLAH")?;
    numbers(sheet, row, 3, &[sum[0], sum[1], sum[0] + sum[1]])?;
    book.save(path)
}
