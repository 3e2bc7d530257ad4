//! How a worker ended, told from what the system and the worker's last words say, and what that means for its document.

use std::process::ExitStatus;

use crate::model::Finding;
use crate::model::schema::Limits;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It wanted more memory than allowed.
    Memory,
    /// It took longer than allowed.
    Time,
    /// The content is nested deeper than the stack.
    Depth,
    /// Somebody else ended it.
    Killed,
    /// A slip of the program.
    Crashed,
}

impl Fate {
    /// Reads the exit status and the last words. Words come first: they are the same on every system.
    pub(super) fn told(status: Option<ExitStatus>, words: &str) -> Self {
        if words.contains("memory allocation of") || words.contains("capacity overflow") {
            Self::Memory
        } else if words.contains("overflowed its stack") {
            Self::Depth
        } else if words.contains("panicked at") || !status.is_some_and(from_outside) {
            Self::Crashed
        } else {
            Self::Killed
        }
    }

    /// The finding of the document that was being worked on.
    pub(super) fn finding(self, limits: &Limits) -> Finding {
        let (code, message) = match self {
            Self::Memory => ("A11", format!("isi berkas membutuhkan memori lebih dari batas {} MiB; simpan ulang hanya lembar yang diperlukan, atau ubah memori_mib di schemas/batas.toml", limits.memory_mib)),
            Self::Time => ("A11", format!("berkas belum selesai dibaca setelah batas {} detik; simpan ulang hanya lembar yang diperlukan, atau ubah waktu_detik di schemas/batas.toml", limits.seconds)),
            Self::Depth => ("A11", "isi berkas bersusun terlalu dalam; buka dan simpan ulang berkasnya dengan aplikasi perkantoran".into()),
            Self::Killed => ("A01", "proses pembaca dihentikan dari luar (misalnya oleh sistem yang kehabisan memori); jalankan rekap sekali lagi".into()),
            Self::Crashed => ("A01", "pembaca berhenti karena kesalahan program pada berkas ini; buka dan simpan ulang berkasnya, dan laporkan bila berulang".into()),
        };
        Finding::new(code, message)
    }
}

/// Whether a signal from outside ended the process.
#[cfg(unix)]
fn from_outside(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    // SIGHUP, SIGINT, SIGKILL, SIGTERM; faults of its own (abort, segmentation) are crashes.
    status.signal().is_some_and(|signal| [1, 2, 9, 15].contains(&signal))
}

/// Whether the task manager ended the process: it hands out exit code 1, which a worker never does.
#[cfg(not(unix))]
fn from_outside(status: ExitStatus) -> bool {
    status.code() == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_words_tell_the_limits_apart() {
        assert_eq!(Fate::told(None, "memory allocation of 34 bytes failed"), Fate::Memory);
        assert_eq!(Fate::told(None, "thread 'x' has overflowed its stack"), Fate::Depth);
        assert_eq!(Fate::told(None, "thread 'x' panicked at y"), Fate::Crashed);
        assert_eq!(Fate::told(None, ""), Fate::Crashed);
    }

    #[test]
    fn limits_are_a11_and_deaths_a01() {
        let limits = Limits { memory_mib: 512, seconds: 60, ..Limits::default() };
        assert!(Fate::Memory.finding(&limits).message.contains("512 MiB"));
        assert_eq!(Fate::Time.finding(&limits).code, "A11");
        assert_eq!(Fate::Killed.finding(&limits).code, "A01");
    }
}
