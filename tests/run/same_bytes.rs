//! Same inputs, same bytes: whatever the number of jobs, the folder above, or the time.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

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

#[test]
fn copies_of_files_received_at_unknown_times_give_the_same_bytes() {
    let minutes = |n: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_000_000 + n * 60);
    let published = |apart: u64| {
        let desk = Desk::with_batch("2025-10");
        desk.write("inputs/2025-10/rekap.toml", "[batch]\nwilayah = \"62\"\nbatas_waktu = \"2025-10-05T23:59:00+07:00\"\n");
        for (number, file) in (0..).zip(tree(&desk.path("inputs")).keys()) {
            let opened = fs::File::options().append(true).open(desk.path("inputs").join(file)).unwrap();
            opened.set_modified(minutes(number * apart)).unwrap();
        }
        desk.rekap(&["bukti", "2025-10"]);
        (tree(&desk.path("outputs")), fs::read_to_string(desk.path("outputs/2025-10/data/findings.csv")).unwrap())
    };
    let ((late, findings), (later, _)) = (published(60), published(600));
    assert!(findings.contains("A10"), "{findings}");
    assert!(late == later, "the time of a copy is nobody's business");
    assert!(!published(1).1.contains("A10"), "files copied together say nothing of when they were received");
}
