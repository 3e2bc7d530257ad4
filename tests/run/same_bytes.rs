//! Same inputs, same bytes: whatever the number of jobs, the folder above, or the time.

use std::fs;
use std::path::Path;

use super::{Desk, tree};

/// Copies files with new modification times.
fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::write(to.join(path), bytes).unwrap();
    }
}

#[test]
fn jobs_folders_and_repetition_change_nothing() {
    let first = Desk::with_batch("2025-07");
    first.batch("2025-10");
    first.write("inputs/2025-10/62.02/kosong.xlsx", "");
    first.write("inputs/2025-10/surat.txt", "Dengan hormat");
    assert_eq!(first.rekap(&["--jobs", "1"]).code(), 1);

    let second = Desk::new();
    copy(&first.path("inputs"), &second.path("lain/masukan"));
    let elsewhere = ["--jobs", "8", "--inputs", "lain/masukan", "--outputs", "lain/hasil"];
    for _ in 0..2 {
        second.rekap(&elsewhere);
        let (one, eight) = (tree(&first.path("outputs")), tree(&second.path("lain/hasil")));
        assert_eq!(one.keys().collect::<Vec<_>>(), eight.keys().collect::<Vec<_>>());
        for (path, bytes) in &one {
            assert!(bytes == &eight[path], "{} differs", path.display());
        }
    }
}

#[test]
fn one_batch_alone_comes_out_as_it_does_among_the_others() {
    let desk = Desk::with_batch("2025-07");
    desk.batch("2025-10");
    desk.rekap(&["--outputs", "semua"]);
    desk.rekap(&["2025-10", "--outputs", "satu"]);
    assert!(!desk.path("satu/2025-07").exists());
    assert_eq!(tree(&desk.path("semua/2025-10")), tree(&desk.path("satu/2025-10")));
}
