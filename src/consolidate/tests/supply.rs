//! Needs of an election from lists, series and stock: what counts, what is estimated, what is said.

use super::*;
use crate::consolidate::supply::{Located, SupplyBook};

/// A voters' list of a kab/kota: kecamatan with stations and voters.
fn list(path: &str, satker: &str, rows: &[(&str, f64, f64)]) -> Doc {
    let doc = Doc::new(path, "dpt", satker, "2024");
    rows.iter().fold(doc, |doc, (at, stations, voters)| {
        doc.row_of("dpt", at, &[("pemilihan", "pemilu-2024"), ("tahap", "dpt")], &[("n_tps", *stations), ("total", *voters)])
    })
}

fn stations(path: &str, satker: &str, voters: &[(&str, f64)]) -> Doc {
    let doc = Doc::new(path, "dpt", satker, "2024");
    voters
        .iter()
        .fold(doc, |doc, (at, n)| doc.row_of("dpt", at, &[("pemilihan", "pemilu-2024"), ("tahap", "dpt")], &[("total", *n)]))
}

fn book_of(config: BatchConfig, docs: &[Doc], before: Option<&History>) -> (Option<SupplyBook>, History) {
    let schemas = crate::schemas::builtin().unwrap();
    let (batch, history) = consolidate(config, entries(docs), before, &schemas, &regions());
    (batch.supply, history)
}

fn asked() -> BatchConfig {
    BatchConfig { norma: Some("pemilu-2024".into()), ..config() }
}

/// Lowest, likely and highest need of a good over all groups.
fn need(book: &SupplyBook, key: &str) -> [f64; 3] {
    let good = book.goods().iter().position(|g| g.key == key).unwrap();
    let groups = book.areas.iter().filter(|a| a.group.is_none());
    groups.filter_map(|a| a.needs[0][good]).fold([0.0; 3], |sum, n| [sum[0] + n.low, sum[1] + n.likely, sum[2] + n.high])
}

#[test]
fn needs_follow_the_norm_and_ballots_lie_between_bounds() {
    let (book, _) =
        book_of(asked(), &[list("a", "62.01", &[("62.01.01", 1000.0, 264_000.0), ("62.01.02", 302.0, 81_038.0)])], None);
    let book = book.unwrap();
    assert_eq!(need(&book, "bilik"), [5208.0; 3]);
    assert_eq!(need(&book, "tinta"), [2604.0; 3]);
    let ballots = need(&book, "surat_suara").map(|n| n / 5.0 - 345_038.0);
    assert!(ballots[0] <= 7373.0 && 7373.0 <= ballots[2], "{ballots:?}");
    assert!(book.notes.iter().any(|n| n.contains("tidak dirinci per TPS")), "{:?}", book.notes);
}

#[test]
fn stations_one_by_one_leave_nothing_open() {
    let voters = [("62.01.01.1001/001", 300.0), ("62.01.01.1001/002", 251.0), ("62.01.01.1001/003", 1.0)];
    let (book, _) = book_of(asked(), &[stations("a", "62.01", &voters)], None);
    let book = book.unwrap();
    assert_eq!(need(&book, "surat_suara"), [5.0 * (552.0 + 6.0 + 6.0 + 1.0); 3]);
    assert_eq!(need(&book, "bilik"), [12.0; 3]);
    let kecamatan = book.areas.iter().find(|a| a.region == region("62.01.01")).unwrap();
    assert!(kecamatan.by_station && kecamatan.parts.len() == 3);
}

#[test]
fn lists_of_an_earlier_batch_are_used_and_named() {
    let (_, history) = book_of(asked(), &[list("a", "62.01", &[("62.01.01", 2.0, 590.0)])], None);
    let voters = Doc::pdpb("b", "62.01", "2025-TW3").row("62.01.01", &[("awal", 590.0), ("akhir", 600.0)]);
    let (book, _) = book_of(asked(), std::slice::from_ref(&voters), Some(&history));
    let book = book.unwrap();
    assert!(book.notes.iter().any(|n| n.contains("dari batch 2025-10")), "{:?}", book.notes);
    let kecamatan = book.areas.iter().find(|a| a.region == region("62.01.01")).unwrap();
    assert!(matches!(kecamatan.voters, Some(Located::Before(f)) if (f.value - 590.0).abs() < 0.5));
    // 590 → 600 in three months is more than five percent a year: held at the limit.
    let (expected, stations) = kecamatan.expected.unwrap();
    let months = f64::from(book.months);
    assert!((expected - (600.0 * 1.05_f64.powf(months / 12.0)).round()).abs() < 0.5, "{expected}");
    assert!((stations - (expected / 295.0).ceil()).abs() < 0.5, "{stations}");
}

#[test]
fn without_lists_supplies_or_a_norm_there_is_no_book() {
    let voters = Doc::pdpb("b", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 600.0)]);
    assert!(book_of(config(), std::slice::from_ref(&voters), None).0.is_none());
    assert!(book_of(asked(), std::slice::from_ref(&voters), None).0.is_some());
    assert!(book_of(asked(), &[], None).0.is_none());
}

#[test]
fn stock_is_what_can_be_used_and_prices_are_those_most_often_stated() {
    let stock = |path: &str, price: f64| {
        let texts = [("barang", "Bilik Suara"), ("satuan", "Buah")];
        let numbers = [("tersedia", 12.0), ("baik", 10.0), ("rusak", 2.0), ("harga", price)];
        Doc::new(path, "logistik", &format!("62.0{}", path.len()), "2024").row_of(
            "logistik",
            &format!("62.0{}", path.len()),
            &texts,
            &numbers,
        )
    };
    let docs = [list("l", "62.01", &[("62.01.01", 2.0, 590.0)]), stock("a", 38_500.0), stock("bb", 40_000.0)];
    let (book, _) = book_of(asked(), &docs, None);
    let book = book.unwrap();
    assert_eq!(book.stock.iter().map(|s| s.usable().unwrap().value).sum::<f64>(), 20.0);
    let bilik = book.goods().iter().position(|g| g.key == "bilik").unwrap();
    let price = book.prices[bilik].as_ref().unwrap();
    assert!((price.value - 40_000.0).abs() < 0.5 && price.figure.is_some());
    let tinta = book.goods().iter().position(|g| g.key == "tinta").unwrap();
    assert!(book.prices[tinta].as_ref().is_some_and(|p| p.figure.is_none() && !p.verified), "from the table");
}

#[test]
fn a_budget_line_that_buys_a_good_by_the_piece_says_its_price() {
    let line = |doc: Doc, uraian: &str, satuan: &str, harga: f64| {
        doc.row_of("anggaran", "62.01", &[("uraian", uraian), ("satuan", satuan), ("level", "detil")], &[("harga", harga)])
    };
    let mut rab = Doc::new("rab", "anggaran", "62.01", "2025");
    for (uraian, satuan, harga) in [
        ("Sortir dan pelipatan surat suara", "LEMBAR", 150.0),
        ("Pengadaan bilik suara [100 BUAH x 1 KEG]", "BUAH", 41_000.0),
        ("Bilik suara", "PAKET", 5_000_000.0),
        ("Bongkar muat kotak suara", "BUAH", 2_500.0),
    ] {
        rab = line(rab, uraian, satuan, harga);
    }
    let (book, _) = book_of(asked(), &[list("l", "62.01", &[("62.01.01", 2.0, 590.0)]), rab], None);
    let book = book.unwrap();
    let price = |key: &str| {
        let good = book.goods().iter().position(|g| g.key == key).unwrap();
        book.prices[good].as_ref().map(|p| (p.value, p.figure.is_some()))
    };
    assert_eq!(price("bilik"), Some((41_000.0, true)));
    assert!(price("kotak_suara").is_some_and(|(value, read)| !read && value > 40_000.0), "loading is no price of a box");
    assert_eq!(price("surat_suara"), None, "sorting is no price of a ballot");
}

#[test]
fn stations_of_the_forecast_are_counted_desa_by_desa_where_they_are_known() {
    let doc = [("62.01.01.1001", 301.0), ("62.01.01.1002", 299.0)]
        .iter()
        .fold(Doc::new("d", "dpt", "62.01", "2024"), |doc, (at, n)| {
            doc.row_of("dpt", at, &[("pemilihan", "pemilu-2024"), ("tahap", "dpt")], &[("n_tps", 2.0), ("total", *n)])
        });
    let (book, _) = book_of(asked(), &[doc], None);
    let book = book.unwrap();
    let kecamatan = book.areas.iter().find(|a| a.region == region("62.01.01")).unwrap();
    assert_eq!(kecamatan.expected, Some((600.0, 3.0)), "301 voters need two stations of 300, 299 one");
    let voters = [("62.01.01.1001/001", 250.0), ("62.01.01.1001/002", 60.0), ("62.01.01.1002/001", 290.0)];
    let (book, _) = book_of(asked(), &[stations("a", "62.01", &voters)], None);
    let book = book.unwrap();
    let kecamatan = book.areas.iter().find(|a| a.region == region("62.01.01")).unwrap();
    assert_eq!(kecamatan.expected, Some((600.0, 3.0)));
}

#[test]
fn voters_over_time_of_earlier_batches_are_used_and_named() {
    let quarter = |path: &str, period: &str, voters: f64| Doc::pdpb(path, "62.01", period).row("62.01.01", &[("akhir", voters)]);
    let (_, history) = book_of(asked(), &[quarter("a", "2025-TW2", 580.0), quarter("b", "2025-TW3", 590.0)], None);
    let (book, _) = book_of(asked(), &[list("l", "62.01", &[("62.01.01", 2.0, 590.0)])], Some(&history));
    let book = book.unwrap();
    assert!(book.notes.iter().any(|n| n.contains("tidak memuat PDPB") && n.contains("2025-10")), "{:?}", book.notes);
    assert!(book.areas.iter().any(|a| a.series.is_some()));
}

#[test]
fn a_stock_is_counted_once_and_what_belongs_nowhere_is_said() {
    let stock = |path: &str, satker: &str| {
        let (texts, numbers) = ([("barang", "Bilik Suara")], [("tersedia", 12.0)]);
        Doc::new(path, "logistik", satker, "2024").row_of("logistik", satker, &texts, &numbers)
    };
    let listed = list("l", "62.01", &[("62.01.01", 2.0, 590.0)]);
    let alone = [listed, stock("a", "62.01"), stock("b", "62.02"), stock("c", "62")];
    let book = book_of(asked(), &alone, None).0.unwrap();
    let group = |book: &SupplyBook, office: &str| book.holder(region(office)).map(|g| book.areas[g].region.to_string());
    assert_eq!(group(&book, "62.01").as_deref(), Some("62.01"));
    assert_eq!((group(&book, "62.02"), group(&book, "62")), (None, None));
    assert!(book.notes.iter().any(|n| n.contains("tidak dikurangkan") && n.contains("Kotawaringin Timur")), "{:?}", book.notes);
    // With voters of 62.02 as a whole, the rest of the province holds its stock, and never that of 62.01.
    let voters = Doc::pdpb("p", "62", "2025-TW3").row("62.02", &[("akhir", 600.0)]);
    let more: Vec<Doc> = alone.into_iter().chain([voters]).collect();
    let book = book_of(asked(), &more, None).0.unwrap();
    let groups = ["62.01", "62.02", "62"].map(|office| group(&book, office));
    assert_eq!(groups.map(Option::unwrap_or_default), ["62.01", "62", "62"].map(str::to_owned));
}

/// Voters of the groups together, and the names of parts that stand for rows without a certain region.
fn voters_and_uncertain(book: &SupplyBook) -> (f64, Vec<&str>) {
    let parts = || book.areas.iter().filter(|a| a.group.is_some());
    let voters = parts().filter_map(|a| a.voters).map(|v| v.value()).sum();
    (voters, parts().filter(|a| a.uncertain > 0).map(|a| a.name.as_str()).collect())
}

#[test]
fn voters_without_a_certain_region_count_for_their_office_and_are_told_with_their_number() {
    let listed = list("a", "62.01", &[("62.01.01", 2.0, 590.0), ("", 100.0, 31_796.0)]);
    let book = book_of(asked(), &[listed.clone(), list("b", "62.02", &[("62.02.01", 1.0, 10.0)])], None).0.unwrap();
    assert_eq!(voters_and_uncertain(&book), (32_396.0, vec!["1 baris dengan nama yang belum pasti"]));
    assert_eq!(need(&book, "bilik"), [4.0 * 103.0; 3]);
    assert!(book.notes.iter().any(|n| n.contains("1 baris") && n.contains("(31.796 pemilih) ikut dihitung")), "{:?}", book.notes);
    let group = |code: &str| book.areas.iter().position(|a| a.group.is_none() && a.region == region(code)).unwrap();
    assert_eq!((book.parts(group("62.01")).count(), book.parts(group("62.02")).count()), (2, 1));
}

#[test]
fn voters_without_a_certain_region_do_not_count_where_the_office_leaves_them_out_or_says_where_they_are() {
    let rows = [("62.01.01", 2.0, 590.0), ("", 100.0, 31_796.0)];
    let closed = |total: f64| {
        let doc = list("a", "62.01", &rows).total_of("dpt", "62.01", &[("n_tps", 102.0), ("total", total)]);
        voters_and_uncertain(&book_of(asked(), &[doc], None).0.unwrap()).0
    };
    assert_eq!((closed(590.0), closed(32_386.0), closed(1.0)), (590.0, 32_386.0, 32_386.0));
    let again = list("b", "62.01", &[("62.01.02", 100.0, 31_796.0)]);
    let book = book_of(asked(), &[list("a", "62.01", &rows), again], None).0.unwrap();
    assert_eq!(voters_and_uncertain(&book), (32_386.0, vec![]), "the other list puts them to a region");
}

#[test]
fn uncertain_rows_of_the_register_count_where_no_list_speaks_of_the_office() {
    let register = Doc::pdpb("p", "62.02", "2025-TW3").row("62.02.01", &[("akhir", 600.0)]).row("KUMAY", &[("akhir", 40.0)]);
    let listed = list("a", "62.01", &[("62.01.01", 2.0, 590.0)]);
    let book = book_of(asked(), &[listed, register.clone()], None).0.unwrap();
    assert_eq!(voters_and_uncertain(&book), (1230.0, vec!["1 baris dengan nama yang belum pasti"]));
    let own = list("b", "62.02", &[("62.02.01", 2.0, 640.0)]);
    let book = book_of(asked(), &[own, register], None).0.unwrap();
    assert_eq!(voters_and_uncertain(&book), (640.0, vec![]), "the list decides");
}

#[test]
fn stock_without_any_voters_is_shown_and_its_need_is_told_to_be_open() {
    let stock = |path: &str, satker: &str| {
        let (texts, numbers) = ([("barang", "Bilik Suara")], [("tersedia", 12.0)]);
        Doc::new(path, "logistik", satker, "2024").row_of("logistik", satker, &texts, &numbers)
    };
    let book = book_of(config(), &[stock("a", "62.01"), stock("b", "62.02")], None).0.unwrap();
    assert!(book.without_voters() && book.stock.len() == 2);
    assert!(book.notes[0].starts_with("Kebutuhan belum dapat dihitung"), "{:?}", book.notes);
    assert!(book.areas.iter().all(|a| a.needs.iter().flatten().all(Option::is_none)));
    assert_eq!(book.holder(region("62.02")), Some(1));
    let need =
        Doc::new("c", "logistik", "62.01", "2024").row_of("logistik", "62.01", &[("barang", "Bilik")], &[("kebutuhan", 4.0)]);
    assert!(book_of(config(), &[need], None).0.is_none(), "no voters and no stock");
}
