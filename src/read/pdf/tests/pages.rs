//! Tables that go on over pages.

use super::*;

#[test]
fn a_table_over_two_pages_is_one_grid_with_one_heading() {
    let head = ("Desa", "L", "P");
    let page = |names: &[(&'static str, &'static str, &'static str)], top: f32| {
        let mut rows = vec![head];
        rows.extend_from_slice(names);
        plain_rows(top, &rows)
    };
    let first = page(&[("Mangaran", "11", "12"), ("Ajung", "21", "22"), ("Rowoindah", "31", "32")], 700.0);
    let second = page(&[("Pancakarya", "41", "42"), ("Wirowongso", "51", "52")], 60.0);
    let document = document(&pdf(&[&first, &second], ""));
    assert_eq!(document.grids.len(), 1);
    let grid = &document.grids[0];
    assert_eq!(
        shown(grid),
        ["Desa|L|P", "Mangaran|11|12", "Ajung|21|22", "Rowoindah|31|32", "Pancakarya|41|42", "Wirowongso|51|52"]
    );
    let Place::Paper { boxes } = &grid.place else { panic!("not on paper") };
    assert!(boxes.iter().all(|b| b.2 == if b.0 < 4 { 1 } else { 2 }));
}

#[test]
fn the_tail_of_the_last_row_of_a_page_stays_in_its_cell() {
    let heads = text(250.0, 680.0, "Nilai")
        + &text(60.0, 694.0, "Kode")
        + &text(120.0, 694.0, "Uraian")
        + &text(250.0, 694.0, "sekarang");
    let rows = |from: u8, top: f32| -> String {
        let row = |i: u8| {
            let y = f32::from(i).mul_add(14.0, top);
            text(40.0, y, &format!("335{}", from + i)) + &text(80.0, y, "Pembinaan Sumber Daya dan") + &text(260.0, y, "37.630")
        };
        (0..4).map(row).collect()
    };
    let first = heads + &rows(0, 708.0) + &text(80.0, 761.0, "Kepegawaian");
    let document = document(&pdf(&[&first, &rows(4, 60.0)], ""));
    let rows = shown(&document.grids[0]);
    assert!(rows.iter().any(|r| r.contains("dan Kepegawaian|37.630")), "{rows:?}");
}

#[test]
fn headings_repeated_on_the_next_page_make_no_column() {
    let heads = |top: f32| -> String {
        let at = [(46.0, "NO"), (79.0, "KECAMATAN"), (173.0, "DESA"), (306.0, "TPS"), (381.0, "L"), (451.0, "P"), (517.0, "L+P")];
        at.iter().map(|(x, head)| text(*x, top, head)).collect()
    };
    // The name of the desa stands once; stations start, figures end at the edges of their columns, headings in the middle.
    let rows = |from: u8, count: u8, top: f32| -> String {
        let row = |i: u8| {
            let y = f32::from(i).mul_add(13.0, top + 12.0);
            let number = text(48.0, y, &format!("{}", from + i)) + &text(70.0, y, "BALARAJA");
            let desa = if i == 0 { text(140.0, y, "SAGA") } else { String::new() };
            let figures = [(280.0, 0), (403.0, 120), (473.0, 110), (543.0, 230)];
            let figures: String = figures.iter().map(|(x, n)| text(*x, y, &format!("{:03}", n + u16::from(from + i)))).collect();
            number + &desa + &figures
        };
        (0..count).map(row).collect()
    };
    let pages = [heads(120.0) + &rows(1, 50, 120.0), heads(40.0) + &rows(51, 20, 40.0)];
    let document = document(&pdf(&[&pages[0], &pages[1]], ""));
    let shown = shown(&document.grids[0]);
    assert_eq!((document.grids.len(), shown.len()), (1, 71), "{shown:?}");
    assert!(shown[0].ends_with("|TPS|L|P|L+P"), "{}", shown[0]);
    assert!(shown[70].ends_with("|070|190|180|300"), "{}", shown[70]);
}

#[test]
fn a_last_row_alone_on_a_page_is_one_of_the_table() {
    let heads = |top: f32| -> String {
        let at = [(46.0, "NO"), (79.0, "KECAMATAN"), (306.0, "TPS"), (381.0, "L"), (451.0, "P"), (517.0, "JUMLAH")];
        at.iter().map(|(x, head)| text(*x, top, head)).collect()
    };
    let row = |number: u16, top: f32| -> String {
        let figures = [(306.0, number % 9 + 10), (381.0, 120 + number), (451.0, 110 + number), (517.0, 230 + 2 * number)];
        let figures: String = figures.iter().map(|(x, n)| text(*x, top, &n.to_string())).collect();
        text(46.0, top, &number.to_string()) + &text(79.0, top, "BALARAJA") + &figures
    };
    let rows: String = (1..=50).map(|n| row(n, f32::from(n).mul_add(13.0, 120.0))).collect();
    let first = heads(120.0) + &rows;
    for last in [heads(40.0) + &row(51, 53.0), row(51, 40.0)] {
        let document = document(&pdf(&[&first, &last], ""));
        let shown = shown(&document.grids[0]);
        assert_eq!((document.grids.len(), shown.len()), (1, 52), "{shown:?}");
        assert_eq!(shown[51], "51|BALARAJA|16|171|161|332");
    }
}

#[test]
fn a_last_row_alone_is_one_of_the_table_though_its_number_stands_close_before_the_name() {
    let heads = |top: f32| -> String {
        let at =
            [(46.0, "NO"), (79.0, "KECAMATAN"), (240.0, "DESA"), (306.0, "TPS"), (381.0, "L"), (451.0, "P"), (517.0, "JUMLAH")];
        at.iter().map(|(x, head)| text(*x, top, head)).collect()
    };
    let row = |number: u16, at: f32, top: f32| -> String {
        let figures = [
            (240.0, 5 + number / 7),
            (306.0, number % 9 + 10),
            (381.0, 120 + number),
            (451.0, 110 + number),
            (517.0, 230 + 2 * number),
        ];
        let figures: String = figures.iter().map(|(x, n)| text(*x, top, &n.to_string())).collect();
        text(at, top, &number.to_string()) + &text(79.0, top, "BALARAJA") + &figures
    };
    let rows: String = (0..50).map(|n| row(101 + n, 56.0, f32::from(n).mul_add(13.0, 133.0))).collect();
    let second = heads(40.0) + &row(151, 60.0, 53.0);
    let document = document(&pdf(&[&(heads(120.0) + &rows), &second], ""));
    let shown = shown(&document.grids[0]);
    assert_eq!((document.grids.len(), shown.len()), (1, 52), "{shown:?}");
    assert_eq!(shown[51], "151 BALARAJA|26|17|271|261|532");
}

#[test]
fn a_label_at_the_end_of_a_page_stays_in_the_table_that_goes_on() {
    let first = plain_rows(712.0, &[("Desa", "L", "P"), ("Mangaran", "11", "12"), ("Ajung", "21", "22"), ("Rowo", "31", "32")]);
    let second = plain_rows(60.0, &[("Pancakarya", "41", "42"), ("Wirowongso", "51", "52")]);
    let label = text(60.0, 768.0, "KEC. KUMAI");
    let document = document(&pdf(&[&(first + &label), &second], ""));
    assert!(shown(&document.grids[0]).contains(&"KEC. KUMAI".to_owned()), "{:?}", shown(&document.grids[0]));
}

#[test]
fn a_title_at_the_end_of_a_page_or_at_the_top_of_the_next_begins_another_table() {
    let head = ("Desa", "L", "P");
    let sakra = [head, ("Mangaran", "11", "12"), ("Ajung", "21", "22"), ("Rowoindah", "31", "32")];
    let terara = plain_rows(60.0, &[head, ("Pancakarya", "41", "42"), ("Wirowongso", "51", "52")]);
    let first = text(60.0, 686.0, "Kecamatan : Sakra") + &plain_rows(700.0, &sakra);
    let title = |top: f32| text(60.0, top, "Kecamatan : Terara");
    for (first, second) in [(first.clone() + &title(790.0), terara.clone()), (first.clone(), title(45.0) + &terara)] {
        let document = document(&pdf(&[&first, &second], ""));
        assert_eq!(document.grids.len(), 2);
    }
}

#[test]
fn titles_set_for_the_first_table_do_not_head_the_rows_of_another_on_the_next_page() {
    // Drawn cells, `No | Kecamatan | figure | figure` from `top`.
    let table = |top: f32, rows: &[[&str; 4]]| -> String {
        let mut out = String::new();
        for (i, row) in (0_u8..).zip(rows) {
            let y = f32::from(i).mul_add(20.0, top);
            for (x, width, t) in [(40.0, 40.0, row[0]), (80.0, 120.0, row[1]), (200.0, 80.0, row[2]), (280.0, 80.0, row[3])] {
                out += &(frame(x, y, width, 20.0) + &text(x + 4.0, y + 14.0, t));
            }
        }
        out
    };
    let titles = ["No", "Kecamatan", "L", "P"];
    let all =
        [titles, ["1", "Kumai", "11", "12"], ["2", "Arut", "21", "22"], ["3", "Balai", "31", "32"], ["4", "Jaya", "41", "42"]];
    let second = [["No", "Kecamatan", "Baru", "TMS"], ["1", "Kumai", "1", "2"], ["2", "Arut", "3", "4"]];
    let page = |first: &'static str, second: &'static str| [titles, [first, "Balai", "5", "6"], [second, "Jaya", "7", "8"]];
    let grids = |next: [[&str; 4]; 3]| {
        let pages = [table(560.0, &all) + &text(40.0, 680.0, "Perubahan") + &table(700.0, &second), table(40.0, &next)];
        document(&pdf(&[&pages[0], &pages[1]], "")).grids.iter().filter(|g| g.cells.len() > 4).map(shown).collect::<Vec<_>>()
    };
    let one = grids(page("3", "4"));
    assert_eq!(one.len(), 2, "{one:?}");
    assert_eq!(one[1], ["No|Kecamatan|Baru|TMS", "1|Kumai|1|2", "2|Arut|3|4", "3|Balai|5|6", "4|Jaya|7|8"]);
    assert_eq!(grids(page("1", "2")).len(), 3, "it counts from one: a table of its own");
}

#[test]
fn a_page_that_holds_nothing_but_the_rest_of_a_cell_belongs_to_its_row() {
    // Drawn cells of 40, 120 and 300 points from `top` to `foot`, and lines of text in the last one.
    let row = |top: f32, foot: f32, texts: [&str; 2], lines: &[&str]| -> String {
        let cells = [(40.0, 40.0), (80.0, 120.0), (200.0, 300.0)];
        let drawn: String = cells.iter().map(|(x, width)| frame(*x, top, *width, foot - top)).collect();
        let names = text(44.0, top + 14.0, texts[0]) + &text(84.0, top + 14.0, texts[1]);
        let lines = (0_u8..).zip(lines).map(|(i, line)| text(204.0, f32::from(i).mul_add(13.0, top + 14.0), line));
        drawn + &if texts[0].is_empty() { String::new() } else { names } + &lines.collect::<String>()
    };
    let first = row(80.0, 100.0, ["No", "Unit"], &["Uraian tugas"])
        + &row(100.0, 780.0, ["1", "Sekretaris"], &["1. Menyusun", "2. Memimpin rapat"]);
    let middle = row(60.0, 780.0, ["", ""], &["pleno setiap bulan", "3. Menyimpan"]);
    let end = row(60.0, 120.0, ["", ""], &["arsip"]) + &row(120.0, 150.0, ["2", "Kasubbag"], &["1. Menata"]);
    let document = document(&pdf(&[&first, &middle, &middle.replace("3. ", "4. "), &end], ""));
    let all = [
        "No|Unit|Uraian tugas",
        "1|Sekretaris|1. Menyusun 2. Memimpin rapat pleno setiap bulan 3. Menyimpan pleno setiap bulan 4. Menyimpan arsip",
        "2|Kasubbag|1. Menata",
    ];
    assert_eq!((document.grids.len(), shown(&document.grids[0])), (1, all.map(String::from).to_vec()));
}
