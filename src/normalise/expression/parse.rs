//! Text → formula, with the place of what is wrong.

use super::{Between, Exact, Fault, Formula, Function};

/// Deeper brackets are nobody's norm.
const DEEPEST: usize = 32;

const FUNCTIONS: [(&str, Function, usize); 5] = [
    ("bulat_atas", Function::Up, 1),
    ("bulat_bawah", Function::Down, 1),
    ("maks", Function::Most, 2),
    ("min", Function::Least, 2),
    ("per_tps", Function::PerStation, 1),
];

/// Reads a whole text.
pub fn formula(text: &str) -> Result<Formula, Fault> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let formula = reader.sum()?;
    match reader.peek() {
        None => Ok(formula),
        Some(extra) => Err(reader.fault(format!("tanda \"{extra}\" tidak diharapkan di sini"))),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn fault(&self, why: impl Into<String>) -> Fault {
        Fault { at: self.at, why: why.into() }
    }

    /// The next sign that is no blank.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn sum(&mut self) -> Result<Formula, Fault> {
        self.chain(&[('+', Between::Plus), ('-', Between::Minus)], Self::product)
    }

    fn product(&mut self) -> Result<Formula, Fault> {
        self.chain(&[('*', Between::Times), ('/', Between::Over)], Self::part)
    }

    fn chain(&mut self, signs: &[(char, Between)], part: fn(&mut Self) -> Result<Formula, Fault>) -> Result<Formula, Fault> {
        let mut left = part(self)?;
        while let Some((_, between)) = signs.iter().find(|(sign, _)| self.take(*sign)) {
            left = Formula::Pair(Box::new(left), *between, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn part(&mut self) -> Result<Formula, Fault> {
        match self.peek() {
            Some('(') => self.bracket(),
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => self.named(),
            Some('%') => Err(self.fault("tanda % tidak dikenal; tulis misalnya 2 / 100")),
            Some(',') => Err(self.fault("tanda koma tidak diharapkan di sini; tanda desimal ialah titik")),
            Some(other) => Err(self.fault(format!("tanda \"{other}\" tidak diharapkan di sini"))),
            None => Err(self.fault("rumus berakhir di sini, padahal masih kurang satu bilangan atau nama")),
        }
    }

    fn bracket(&mut self) -> Result<Formula, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault("terlalu banyak kurung"));
        }
        self.take('(');
        let inside = self.sum()?;
        self.depth -= 1;
        if self.take(')') { Ok(inside) } else { Err(self.fault("kurung yang dibuka belum ditutup")) }
    }

    fn number(&mut self) -> Result<Formula, Fault> {
        let start = self.at;
        let digits = self.word(|c| c.is_ascii_digit() || c == '.');
        let read = Exact::decimal(digits);
        read.map(Formula::Number).ok_or_else(|| Fault { at: start, why: format!("\"{digits}\" bukan bilangan") })
    }

    fn named(&mut self) -> Result<Formula, Fault> {
        let start = self.at;
        let name = self.word(|c| c.is_ascii_alphanumeric() || c == '_');
        if self.peek() != Some('(') {
            return Ok(Formula::Name(name.to_owned()));
        }
        let Some((_, function, count)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
            let known = FUNCTIONS.map(|(known, ..)| known).join(", ");
            return Err(Fault { at: start, why: format!("fungsi \"{name}\" tidak dikenal; yang ada: {known}") });
        };
        self.take('(');
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault("terlalu banyak kurung"));
        }
        let mut parts = vec![self.sum()?];
        while self.take(',') {
            parts.push(self.sum()?);
        }
        self.depth -= 1;
        if !self.take(')') {
            return Err(self.fault(format!("kurung fungsi \"{name}\" belum ditutup")));
        }
        if parts.len() != *count {
            return Err(Fault { at: start, why: format!("fungsi \"{name}\" memerlukan {count} isian, bukan {}", parts.len()) });
        }
        Ok(Formula::Call(*function, parts))
    }
}
