//! What is seen while a run goes on: a bar on a terminal, notes in any case. All of it on standard error.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::lang::Lang;
use crate::pipeline::Step;

/// The bar of one run.
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// A bar that is only drawn where somebody can see it.
    pub fn new(lang: Lang) -> Self {
        let target = if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let template = lang.pick("membaca {bar:30} {pos}/{len} dokumen {msg}", "reading {bar:30} {pos}/{len} documents {msg}");
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: ProgressBar::with_draw_target(Some(0), target).with_style(style), lang }
    }

    /// Shows a step.
    pub fn tell(&self, step: Step) {
        match step {
            Step::Documents(count) => self.bar.set_length(count as u64),
            Step::Done => self.bar.inc(1),
            Step::Batch(name) => {
                self.bar.set_message(self.lang.pick(format!("· menyusun {name}"), format!("· composing {name}")));
            }
            Step::Note(said) => self.bar.suspend(|| {
                let (word, text) = self.lang.pick(("catatan", &said.id), ("note", &said.en));
                writeln!(io::stderr(), "{word}: {text}").ok();
            }),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
