//! The grammar of budget codes: which level a printed code stands for, and which of its parents it names itself.
//!
//! National budgets run BA.Unit.Program → kegiatan → KRO → RO → komponen → subkomponen → akun (`076.01.WA`, `3357`, `EBA`, `963`,
//! `051`, `A`, `521211`), printed in full, with their parents before them (`3357.EBA.963`), or abbreviated (`WA.3357`, `EBA.963`,
//! `051.0A`). Regional budgets have rekening (`5.1.02.01.001.00024`) below urusan (`2.21.02.1.01.0005`).

/// A level of codes, from the top down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// `076.01.WA`, short `WA`; regional `2.21.02`.
    Program,
    /// `3357`; regional `2.21.02.1.01`.
    Kegiatan,
    /// `EBA`.
    Kro,
    /// `963`; regional sub kegiatan `2.21.02.1.01.0005`.
    Ro,
    /// `051`.
    Komponen,
    /// `A`, `TA`, `0A`.
    Subkomponen,
    /// `521211`; regional rekening of any depth.
    Akun,
}

/// How many tiers there are.
pub const TIERS: usize = 7;

impl Tier {
    const ALL: [Self; TIERS] =
        [Self::Program, Self::Kegiatan, Self::Kro, Self::Ro, Self::Komponen, Self::Subkomponen, Self::Akun];

    /// Its place from the top, 0 to 6.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The tier at a place from the top; `None` below the last.
    #[must_use]
    pub fn at(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    /// As the contract names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Kegiatan => "kegiatan",
            Self::Kro => "kro",
            Self::Ro => "ro",
            Self::Komponen => "komponen",
            Self::Subkomponen => "subkomponen",
            Self::Akun => "akun",
        }
    }

    /// The tier of this name; `None` for any other word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == name)
    }

    /// Whether one part of a code may be this level's own: `963` may be an RO or a komponen.
    fn takes(self, part: &str) -> bool {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let letters = part.bytes().all(|b| b.is_ascii_uppercase());
        match self {
            Self::Program => letters && (2..=3).contains(&part.len()) || part.contains('.'),
            Self::Kegiatan => digits && part.len() == 4,
            Self::Kro => part.len() == 3,
            Self::Ro | Self::Komponen => part.len() == 3 && part.bytes().any(|b| b.is_ascii_digit()),
            Self::Subkomponen => letters && part.len() <= 2 || padded_letter(part),
            Self::Akun => digits && part.len() == 6,
        }
    }
}

/// `0A`.
fn padded_letter(part: &str) -> bool {
    matches!(part.as_bytes(), [b'0', b] if b.is_ascii_uppercase())
}

/// One way to read a printed code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The level it stands for.
    pub tier: Tier,
    /// Own parts by tier, from the first level it names to its own; a program's part is the whole `076.01.WA`.
    pub parts: Vec<(Tier, String)>,
    /// Regional rekening: how many parts it has (`5.1.02` has 3); 0 for all other codes.
    pub depth: usize,
}

impl Code {
    /// What it calls itself, without its parents.
    #[must_use]
    pub fn own(&self) -> &str {
        self.parts.last().map_or("", |(_, p)| p)
    }

    /// The part it gives for a tier; `None` where it names none.
    #[must_use]
    pub fn part(&self, tier: Tier) -> Option<&str> {
        self.parts.iter().find(|(t, _)| *t == tier).map(|(_, p)| p.as_str())
    }

    /// Whether its end is missing, as where a page leaves too little room for it: `3355.EBD.95`.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.tier == Tier::Ro && self.depth == 0 && self.own().len() < WHOLE_RO && self.part(Tier::Kro).is_some()
    }
}

/// Figures of an RO.
const WHOLE_RO: usize = 3;

/// All ways to read a printed code, the likeliest first; empty where it is none. Spaces, brackets and letter case do not count; a
/// number that lost its leading zeros (`51` for `051`) does.
#[must_use]
pub fn readings(text: &str) -> Vec<Code> {
    let (named, text) = named(text);
    let mut found = read(text);
    found.retain(|code| named.is_none_or(|tier| code.tier == tier));
    found
}

/// The code of a cell without the name of its level before it and brackets around it: `Akun 521211`, `[521211]` → `521211`.
#[must_use]
pub fn unnamed(text: &str) -> &str {
    let (tier, code) = named(text);
    let inside = code.trim().strip_prefix(['(', '[']).and_then(|t| t.strip_suffix([')', ']']));
    if (tier.is_some() || inside.is_some()) && !readings(text).is_empty() { inside.unwrap_or(code) } else { text }
}

/// The level that a cell names before its code, and the rest.
fn named(text: &str) -> (Option<Tier>, &str) {
    let own = text.trim_start().split_once(char::is_whitespace).and_then(|(word, rest)| {
        let tier = Tier::named(&word.trim_end_matches([':', '.']).to_ascii_lowercase())?;
        let code = rest.trim_start_matches([':', ' ']).trim_end();
        let sure = code.len() < 3 || tier == Tier::Kro || code.bytes().any(|b| b.is_ascii_digit());
        (sure && !code.is_empty()).then_some((Some(tier), code))
    });
    own.unwrap_or((None, text))
}

fn read(text: &str) -> Vec<Code> {
    let Some(parts) = split(text) else { return Vec::new() };
    let regional = regional(&parts);
    if regional.is_some() && parts.len() > 1 {
        return regional.into_iter().collect();
    }
    let parts = join_program(restored(parts));
    let mut found: Vec<Code> = Vec::new();
    for start in 0..TIERS {
        if start + parts.len() <= TIERS && parts.iter().zip(&Tier::ALL[start..]).all(|(part, tier)| tier.takes(part)) {
            found.push(national(&parts, start));
        }
    }
    if found.is_empty() {
        found.extend(cut(&parts));
    }
    // A bare 051 is a komponen far more often than an RO or a numeric KRO, EBA a KRO more often than anything else.
    let common = |code: &Code| match (code.tier, code.own().bytes().any(|b| b.is_ascii_digit())) {
        (Tier::Kro, true) => 3,
        (Tier::Ro, _) => 2,
        (Tier::Program, _) => u8::from(code.own().len() == 3),
        (Tier::Subkomponen, _) => u8::from(code.own().len() == 2),
        _ => 0,
    };
    found.sort_by_key(common);
    found.splice(..0, regional);
    found
}

/// The readings of a code that stands in the column of one level.
#[must_use]
pub fn readings_at(text: &str, tier: Tier) -> Vec<Code> {
    let mut found = readings(text);
    if found.iter().any(|c| c.tier == tier) {
        found.retain(|c| c.tier == tier);
    } else if let Some(parts) = split(text).filter(|p| found.is_empty() && plausible(p)) {
        found.push(Code { tier, parts: vec![(tier, restored(parts).concat())], depth: 0 });
    }
    found
}

/// An unknown code is at least short, or has a digit: `JUMLAH` is none.
fn plausible(parts: &[String]) -> bool {
    matches!(parts, [one] if one.len() <= 3 || one.bytes().any(|b| b.is_ascii_digit()))
}

/// The code at the head of a text and what follows it: `051 Penyusunan Laporan` → `051` and `Penyusunan Laporan`. `None` where the text
/// does not begin with a code, or is nothing but a code.
#[must_use]
pub fn leading(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (head, rest) = text.split_at(end_of_way(text)?);
    let code = head.trim_start_matches(['(', '[']).trim_end_matches(['.', ':', '-', ')', ']']);
    let rest = rest.trim_start().trim_start_matches(['-', ':', '–']).trim_start();
    let bare_letters = code.len() <= 3 && code.bytes().all(|b| b.is_ascii_alphabetic());
    let plausible = !bare_letters
        || code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
        || head.ends_with(['.', ']']) && code.len() == 1;
    (plausible && !code.is_empty() && rest.starts_with(char::is_alphabetic) && strict(code)).then_some((code, rest))
}

/// Where the first word ends, or the last of several with slashes between them: `076.01.WA / 3355  Layanan`.
fn end_of_way(text: &str) -> Option<usize> {
    let mut end = text.find(char::is_whitespace)?;
    while let Some(next) = text[end..].trim_start().strip_prefix('/') {
        let start = text.len() - next.trim_start().len();
        end = start + text[start..].find(char::is_whitespace)?;
    }
    Some(end)
}

/// A code of several parts that runs straight into the text behind it, as where a page leaves too little room for it:
/// `3355.EBD.955Layanan Manajemen` → `3355.EBD.955` and the rest.
#[must_use]
pub fn glued(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (head, _) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let at = head.rfind('.').map(|dot| dot + 1)?;
    let last = head.get(at..)?;
    let name = last.char_indices().zip(last.chars().skip(1)).find(|((_, a), b)| a.is_uppercase() && b.is_lowercase())?;
    let (code, rest) = text.split_at(at + name.0.0);
    (!code.ends_with('.') && !readings(code).is_empty()).then_some((code, rest))
}

/// One or two capitals at the head of a text, as subkomponen are printed: `A Rekonsiliasi`. Only for rows that are known to have codes
/// before their texts: `A Yani` is a name.
#[must_use]
pub fn leading_letters(text: &str) -> Option<(&str, &str)> {
    let (code, rest) = text.trim_start().split_once(char::is_whitespace)?;
    let code = code.trim_end_matches(['.', ':', '-', ')']);
    let rest = rest.trim_start().trim_start_matches(['-', ':', '–']).trim_start();
    let letters = (1..=2).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase());
    (letters && rest.starts_with(char::is_alphabetic)).then_some((code, rest))
}

/// The code behind a text and the text before it: `Belanja Bahan (521211)`, `Layanan Keuangan - EBD.955`. Letters alone count in brackets
/// only. For tables whose rows are known to end so: `Sewa Gedung (051)` may say something else.
#[must_use]
pub fn trailing(text: &str) -> Option<(&str, &str)> {
    let (head, last) = text.trim_end().rsplit_once(char::is_whitespace)?;
    let code = last.trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    let bracketed = last.starts_with(['(', '[']) && last.ends_with([')', ']']);
    let rest = head.trim_end().trim_end_matches(['-', ':', '–', ',', '/']).trim_end();
    let sound = (bracketed || code.bytes().any(|b| b.is_ascii_digit())) && !code.bytes().any(|b| b.is_ascii_lowercase());
    (sound && rest.contains(char::is_alphabetic) && strict(code)).then_some((code, rest))
}

/// A code that has all its zeros and is no plain number of things: three digits, four, six, or with parts.
fn strict(code: &str) -> bool {
    let whole = code.bytes().all(|b| b.is_ascii_digit()) && ![3, 4, 6].contains(&code.len());
    !whole && !readings(code).is_empty()
}

/// The parts between points or slashes, in capitals; `None` where anything else than letters and digits stands in them.
fn split(text: &str) -> Option<Vec<String>> {
    let text = text.trim().trim_start_matches(['\'', '(', '[']).trim_end_matches([')', ']', '.', ':']);
    // `Rp6.536.306` is money.
    let money = text.get(..2).is_some_and(|t| t.eq_ignore_ascii_case("rp"))
        && text[2..].trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit());
    if text.is_empty() || text.len() > 60 || !text.is_ascii() || money {
        return None;
    }
    let blanks = parted_by_blanks(text);
    let mark = |c: char| matches!(c, '.' | '/') || blanks && c.is_ascii_whitespace();
    let parts: Vec<String> = text.split(mark).map(|p| p.trim().to_ascii_uppercase()).collect();
    let sound = parts.iter().all(|p| (1..=6).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    sound.then_some(parts)
}

/// `3355 EBD 955`: kegiatan, KRO and RO with blanks between them.
fn parted_by_blanks(text: &str) -> bool {
    let mut parts = text.split_ascii_whitespace();
    let kegiatan = parts.next().is_some_and(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_digit()));
    let kro = parts.next().is_some_and(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_uppercase()));
    kegiatan && kro && parts.next().is_none_or(|p| p.len() == 3) && parts.next().is_none()
}

/// A lone number of one or two digits had zeros before it until a spreadsheet took it for a number.
fn restored(mut parts: Vec<String>) -> Vec<String> {
    if let [one] = parts.as_mut_slice()
        && one.len() < 3
        && one.bytes().all(|b| b.is_ascii_digit())
    {
        *one = format!("{one:0>3}");
    }
    parts
}

/// `076`, `01`, `WA` at the head are one part: the program's.
fn join_program(mut parts: Vec<String>) -> Vec<String> {
    let digits = |p: &String, n: usize| p.len() == n && p.bytes().all(|b| b.is_ascii_digit());
    let program = |p: &String| digits(p, 2) || (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_uppercase());
    if let [ba, unit, last, ..] = parts.as_slice()
        && digits(ba, 3)
        && digits(unit, 2)
        && program(last)
    {
        let joined = parts[..3].join(".");
        parts.splice(..3, [joined]);
    }
    parts
}

/// An RO behind its kegiatan and KRO with one or two of its three figures.
fn cut(parts: &[String]) -> Option<Code> {
    let [before @ .., kegiatan, kro, ro] = parts else { return None };
    let letters = kro.len() == 3 && kro.bytes().all(|b| b.is_ascii_uppercase());
    let short = ro.len() < WHOLE_RO && ro.bytes().all(|b| b.is_ascii_digit());
    let program = before.iter().all(|part| Tier::Program.takes(part));
    let whole = before.len() < 2 && program && Tier::Kegiatan.takes(kegiatan) && letters;
    (whole && short).then(|| national(parts, 1 - before.len()))
}

fn national(parts: &[String], start: usize) -> Code {
    let own = |(part, tier): (&String, Tier)| match tier {
        Tier::Subkomponen if padded_letter(part) => (tier, part[1..].to_owned()),
        _ => (tier, part.clone()),
    };
    let parts: Vec<(Tier, String)> = parts.iter().zip(Tier::ALL.into_iter().skip(start)).map(own).collect();
    Code { tier: parts.last().map_or(Tier::Program, |(t, _)| *t), parts, depth: 0 }
}

/// Rekening begin with 4, 5 or 6 and go on in digits; urusan have two digits behind their first.
fn regional(parts: &[String]) -> Option<Code> {
    let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let first = parts.first()?;
    if !digits || first.len() != 1 || parts.len() > 7 {
        return None;
    }
    let lengths: Vec<usize> = parts.iter().map(String::len).collect();
    let whole = parts.join(".");
    match lengths.as_slice() {
        [1] | [1, 1] | [1, 1, 2, ..] if matches!(first.as_str(), "4" | "5" | "6") => {
            Some(Code { tier: Tier::Akun, parts: vec![(Tier::Akun, whole)], depth: parts.len() })
        }
        [1, 2, 2] => Some(Code { tier: Tier::Program, parts: vec![(Tier::Program, whole)], depth: 0 }),
        [1, 2, 2, 1, 2] => Some(Code { tier: Tier::Kegiatan, parts: vec![(Tier::Kegiatan, whole)], depth: 0 }),
        [1, 2, 2, 1, 2, 4] => Some(Code { tier: Tier::Ro, parts: vec![(Tier::Ro, whole)], depth: 0 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
