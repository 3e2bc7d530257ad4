//! Runs a program and says how long it took and how much memory it and its children held.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What a run came to.
pub struct Measured {
    /// Wall time.
    pub seconds: f64,
    /// Processor time of all its processes; `None` where the system does not tell.
    pub cpu: Option<f64>,
    /// Highest resident memory of each of its processes, added up; `None` where the system does not tell.
    pub mib: Option<f64>,
    /// The first line it printed.
    pub said: String,
}

/// Runs to the end. `None` when it cannot be started or fails; exit code 1 is a success with findings.
pub fn measured(mut command: Command) -> Option<Measured> {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (stop, stopped) = channel();
    let watched = child.id();
    let watcher = thread::spawn(move || {
        let mut seen = BTreeMap::new();
        while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(Duration::from_millis(50)) {
            look(watched, &mut seen);
        }
        seen
    });
    let output = Child::wait_with_output(child).ok()?;
    let seconds = start.elapsed().as_secs_f64();
    stop.send(()).ok();
    let seen = watcher.join().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let said = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    let sum = |of: fn(&Use) -> f64| (!seen.is_empty()).then(|| seen.values().map(of).sum());
    let (cpu, mib) = (sum(|u| u.seconds), sum(|u| u.mib));
    output.status.code().is_some_and(|code| code <= 1 && !said.is_empty()).then_some(Measured { seconds, cpu, mib, said })
}

/// What one process has used so far.
#[derive(Default)]
struct Use {
    mib: f64,
    seconds: f64,
}

/// Looks at a process and its children in `/proc`; elsewhere there is nothing to see.
fn look(root: u32, seen: &mut BTreeMap<u32, Use>) {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    for process in processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()) {
        let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) else { continue };
        let Some((_, fields)) = stat.rsplit_once(") ") else { continue };
        let fields: Vec<&str> = fields.split(' ').collect();
        let number = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
        let child = fields.get(1).and_then(|parent| parent.parse().ok()) == Some(root);
        if process != root && !child {
            continue;
        }
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        let known = seen.entry(process).or_default();
        known.mib = known.mib.max(peak.unwrap_or_default() / 1024.0);
        // User and system time in hundredths of a second.
        known.seconds = known.seconds.max((number(11) + number(12)) / 100.0);
    }
}
