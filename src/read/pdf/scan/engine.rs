//! Tesseract as a process: a picture goes in, words with boxes come out. It is asked for nothing else, and nothing of it is linked.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use super::picture::Picture;

/// Name of the program; the system looks for it along its path.
const PROGRAM: &str = "tesseract";
/// Most characters taken of one answer; a page has a hundredth of that.
const MOST_OUTPUT: u64 = 64 << 20;

/// The engine, ready to read Indonesian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    languages: &'static str,
}

/// One word as the engine reads it, its box in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Which line it belongs to: block, paragraph, line.
    pub line: (u32, u32, u32),
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// How sure the engine is, in percent.
    pub sure: f32,
    /// The characters.
    pub text: String,
}

impl Engine {
    /// The engine with its Indonesian data; `None` where either is missing.
    #[must_use]
    pub fn find() -> Option<Self> {
        let said = Command::new(PROGRAM).arg("--list-langs").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let known = String::from_utf8_lossy(&said.stdout).into_owned();
        let has = |language: &str| known.lines().any(|l| l.trim() == language);
        match (has("ind"), has("eng")) {
            (true, true) => Some(Self { languages: "ind+eng" }),
            (true, false) => Some(Self { languages: "ind" }),
            _ => None,
        }
    }

    /// Reads a picture taken at this resolution (dots per inch) as one block of lines. `None` where the engine fails.
    #[must_use]
    pub fn read(&self, picture: &Picture, dpi: u32) -> Option<Vec<Seen>> {
        self.asked(picture, dpi, &["--psm", "6"])
    }

    /// Reads a picture that holds nothing but figures here and there.
    #[must_use]
    pub fn read_figures(&self, picture: &Picture, dpi: u32) -> Option<Vec<Seen>> {
        self.asked(picture, dpi, &["--psm", "11", "-c", "tessedit_char_whitelist=0123456789.,-()%"])
    }

    /// Reads a picture that holds lines of figures.
    #[must_use]
    pub fn read_lines_of_figures(&self, picture: &Picture, dpi: u32) -> Option<Vec<Seen>> {
        self.asked(picture, dpi, &["--psm", "6", "-c", "tessedit_char_whitelist=0123456789.,-()%"])
    }

    fn asked(&self, picture: &Picture, dpi: u32, more: &[&str]) -> Option<Vec<Seen>> {
        let dpi = dpi.to_string();
        let mut child = Command::new(PROGRAM)
            .args(["stdin", "stdout", "-l", self.languages, "--dpi", &dpi])
            .args(more)
            .arg("tsv")
            // The same words whatever the number of processors.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (mut input, output) = (child.stdin.take()?, child.stdout.take()?);
        let bytes = picture.pgm();
        let feeder = thread::spawn(move || input.write_all(&bytes).is_ok());
        let mut text = String::new();
        let read = output.take(MOST_OUTPUT).read_to_string(&mut text).is_ok();
        let fed = feeder.join().unwrap_or(false);
        let ended = child.wait().ok()?.success();
        (read && fed && ended).then(|| text.lines().filter_map(seen).collect())
    }
}

/// One line of the engine's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn seen(line: &str) -> Option<Seen> {
    let parts: Vec<&str> = line.splitn(12, '\t').collect();
    let whole = |i: usize| parts.get(i)?.parse::<u32>().ok();
    let number = |i: usize| parts.get(i)?.parse::<f32>().ok();
    let text = parts.get(11)?.trim();
    (whole(0)? == 5 && !text.is_empty()).then_some(())?;
    Some(Seen {
        line: (whole(2)?, whole(3)?, whole(4)?),
        x: number(6)?,
        y: number(7)?,
        width: number(8)?,
        height: number(9)?,
        sure: number(10)?,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_taken_of_the_table() {
        let head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";
        assert_eq!(seen(head), None);
        assert_eq!(seen("4\t1\t1\t1\t2\t0\t10\t20\t30\t40\t-1\t"), None);
        let word = seen("5\t1\t1\t1\t2\t1\t10\t20\t30\t40\t96.5\t1.234").unwrap();
        assert_eq!((word.line, word.x, word.sure, word.text.as_str()), ((1, 1, 2), 10.0, 96.5, "1.234"));
    }
}
