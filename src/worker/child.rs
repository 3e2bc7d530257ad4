//! One child process as its parent sees it.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::fate::Fate;
use super::wire::{Reply, Request, receive, send};

/// One thread of a worker does all the work. The C library of Linux would give it a heap of its own, which it grows and returns page by
/// page with a call to the system each time; elsewhere nobody reads this.
const ONE_HEAP: [(&str, &str); 1] = [("MALLOC_ARENA_MAX", "1")];

/// A running worker.
pub(super) struct Worker {
    child: Child,
    stdin: ChildStdin,
    replies: Receiver<Reply>,
    words: Option<JoinHandle<String>>,
}

impl Worker {
    /// Starts `program` as a worker.
    pub(super) fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg("--worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.envs(ONE_HEAP);
        let mut child = command.spawn()?;
        let (Some(stdin), Some(mut stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, replies) = channel();
        thread::spawn(move || {
            while let Ok(reply) = receive(&mut stdout) {
                if sender.send(reply).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, stdin, replies, words: Some(thread::spawn(move || last_words(stderr))) })
    }

    /// Asks and waits. After an `Err` the worker is dead.
    pub(super) fn ask(&mut self, request: &Request, patience: Duration) -> Result<Reply, Fate> {
        let sent = send(&mut self.stdin, request);
        let reply = if sent.is_ok() { self.replies.recv_timeout(patience) } else { Err(RecvTimeoutError::Disconnected) };
        match reply {
            Ok(reply) => Ok(reply),
            Err(RecvTimeoutError::Timeout) => {
                self.stop();
                Err(Fate::Time)
            }
            Err(RecvTimeoutError::Disconnected) => Err(self.fate()),
        }
    }

    /// Whether it still runs; an idle worker may have been ended from outside.
    pub(super) fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// How it went. Its pipe is closed, so it is about to end by itself.
    fn fate(&mut self) -> Fate {
        for _ in 0..100 {
            if !self.alive() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        let status = self.child.try_wait().ok().flatten();
        self.stop();
        let words = self.words.take().and_then(|w| w.join().ok()).unwrap_or_default();
        Fate::told(status, &words)
    }

    fn stop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What a dying worker says, kept to its last few thousand bytes. Never shown: it may speak of a document's content.
fn last_words(mut stderr: ChildStderr) -> String {
    const KEPT: usize = 8 << 10;
    let mut words = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(n @ 1..) = stderr.read(&mut buffer) {
        words.extend_from_slice(&buffer[..n]);
        if words.len() > 2 * KEPT {
            words.drain(..words.len() - KEPT);
        }
    }
    String::from_utf8_lossy(&words).into_owned()
}
