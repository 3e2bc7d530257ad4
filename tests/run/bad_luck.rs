//! What happens to a run from outside: limits, killed processes, a second run, a full stop in the middle.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Desk, tree};

/// A document that keeps its worker busy far longer than any other: each of its names is looked up and is nobody's.
fn heavy(desk: &Desk, name: &str) -> u64 {
    let mut text = String::from("REKAPITULASI PDPB KABUPATEN KOTAWARINGIN BARAT TRIWULAN III TAHUN 2025\n");
    text.push_str("NO,KECAMATAN,L,P,JUMLAH\n");
    for n in 0..600_000 {
        text.push_str(&format!("{n},KECAMATAN NOMOR {n},{n},{n},{}\n", 2 * n));
    }
    desk.write(name, &text);
    text.len() as u64
}

#[test]
fn a_document_that_takes_too_long_is_refused_and_the_rest_is_published() {
    let desk = Desk::with_batch("2025-10");
    desk.schema("batas.toml", "waktu_detik = 60", "waktu_detik = 8");
    heavy(&desk, "inputs/2025-10/a-berat.csv");
    let answer = desk.rekap(&["--json", "--jobs", "1"]);
    // On a busy machine another document may be too slow as well: only the heavy one must be.
    assert!(answer.count("A11") >= 1, "{}", answer.out());
    let findings = fs::read_to_string(desk.path("outputs/2025-10/data/findings.csv")).unwrap();
    assert!(findings.lines().any(|l| l.starts_with("A11,a-berat.csv")), "{findings}");
}

#[test]
fn a_document_that_needs_too_much_memory_is_refused_and_the_rest_is_published() {
    let desk = Desk::with_batch("2025-10");
    desk.schema("batas.toml", "memori_mib = 1024", "memori_mib = 64");
    heavy(&desk, "inputs/2025-10/a-berat.csv");
    let answer = desk.rekap(&["--json", "--jobs", "1"]);
    assert_eq!(answer.count("A11"), 1, "{}", answer.out());
    assert_eq!(answer.json()[0]["status"]["rejected"], 1, "{}", answer.out());
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_killed_from_outside_costs_its_document_only() {
    let desk = Desk::with_batch("2025-10");
    let size = heavy(&desk, "inputs/2025-10/0-berat.csv");
    let mut command = desk.command(&["--json", "--jobs", "1"]);
    let run = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let worker = wait(|| worker_that_has_read(run.id(), size));
    let killed = std::process::Command::new("kill").args(["-KILL", &worker.to_string()]).status().unwrap();
    assert!(killed.success());
    let answer = super::Answer(run.wait_with_output().unwrap());
    assert_eq!(answer.count("A01"), 1, "{}", answer.out());
    assert_eq!(answer.json()[0]["status"]["rejected"], 1, "{}", answer.out());
    let findings = fs::read_to_string(desk.path("outputs/2025-10/data/findings.csv")).unwrap();
    assert!(findings.contains("0-berat.csv") && findings.contains("dihentikan dari luar"), "{findings}");
}

/// The child of `parent` that has read at least so many bytes.
#[cfg(target_os = "linux")]
fn worker_that_has_read(parent: u32, bytes: u64) -> Option<u32> {
    let tasks = fs::read_dir(format!("/proc/{parent}/task")).ok()?;
    let children = tasks.flatten().filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children: Vec<u32> =
        children.flat_map(|list| list.split_whitespace().filter_map(|n| n.parse().ok()).collect::<Vec<_>>()).collect();
    children.into_iter().find(|child| {
        let io = fs::read_to_string(format!("/proc/{child}/io")).unwrap_or_default();
        let read = io.lines().find_map(|line| line.strip_prefix("rchar: ")?.parse::<u64>().ok());
        read.is_some_and(|read| read >= bytes)
    })
}

#[cfg(target_os = "linux")]
fn wait<T>(mut until: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = until() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "waited too long");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn the_second_of_two_runs_says_so_and_stops() {
    let desk = Desk::with_batch("2025-10");
    desk.rekap(&[]);
    let before = tree(&desk.path("outputs"));
    let held = rekap::publish::replace::Outputs::open(&desk.path("outputs")).unwrap();
    desk.write("inputs/2025-10/62.04/baru.csv", "a,b\n");
    let answer = desk.rekap(&[]);
    assert!(answer.code() == 3 && answer.err().contains("rekap lain sedang menulis"), "{}", answer.err());
    assert_eq!(tree(&desk.path("outputs")), before);
    drop(held);
    assert!(desk.rekap(&[]).code() < 2);
}

#[test]
fn a_run_killed_at_any_moment_leaves_whole_outputs() {
    let desk = Desk::with_batch("2025-10");
    desk.rekap(&[]);
    let old = tree(&desk.path("outputs/2025-10"));
    desk.write("inputs/2025-10/62.04/baru.csv", "a,b\n");
    desk.rekap(&["--outputs", "baru"]);
    let new = tree(&desk.path("baru/2025-10"));
    assert_ne!(old, new);
    for pause in [0, 5, 20, 40, 60, 80, 100, 150, 200, 300, 500] {
        let mut run = desk.command(&["--jobs", "2"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        run.kill().ok();
        run.wait().unwrap();
        let found = tree(&desk.path("outputs/2025-10"));
        assert!(found == old || found == new, "killed after {pause} ms: neither the old nor the new outputs");
    }
    assert!(desk.rekap(&[]).code() < 2);
    assert_eq!(tree(&desk.path("outputs/2025-10")), new);
    assert_eq!(names(&desk.path("outputs")), [".rekap.lock", "2025-10"]);
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn outputs_that_cannot_be_written_are_a_system_error() {
    let desk = Desk::with_batch("2025-10");
    desk.write("outputs", "sebuah berkas");
    let answer = desk.rekap(&[]);
    assert_eq!(answer.code(), 3, "{}", answer.err());
}
