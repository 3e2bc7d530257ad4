//! Numbered lists in running text: `1. … 2. …` on one line or several → items. What stands before the first number goes on with the item
//! before.

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its number or letter as printed, without the point; empty for a bullet or a text without any.
    pub(super) no: String,
    pub(super) text: String,
}

/// What a text holds: words that belong to an item before it, and items of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) before: String,
    pub(super) items: Vec<Item>,
}

/// Signs that begin an item of a list without numbers.
pub(super) const BULLETS: [char; 10] = ['•', '●', '▪', '■', '◦', '○', '➢', '✓', '–', '-'];

/// Takes a text apart. `last` is the number of the last item before it, 0 at the beginning of a list.
pub(super) fn list(text: &str, last: u32) -> List {
    let marks = marks(text, last);
    let Some(first) = marks.first() else { return without_numbers(&bulleted(text)) };
    let mut out = List { before: clean(&text[..first.start]), items: Vec::new() };
    for (i, mark) in marks.iter().enumerate() {
        let end = marks.get(i + 1).map_or(text.len(), |next| next.start);
        out.items.push(Item { no: mark.label.clone(), text: clean(&text[mark.end..end]) });
    }
    out.items.retain(|item| !item.text.is_empty());
    out
}

/// Lines of two lists side by side that paper ran together, without those on the right: `1. Undang-Undang … 1. Memahami …`, whose numbers go on
/// wherever the lines on the right begin.
pub(super) fn left_list(text: &str) -> String {
    let mut right = 0;
    let mut out: Vec<&str> = Vec::new();
    for line in text.lines() {
        let both = right == 0 && line.starts_with("1. ") && line.get(1..).is_some_and(|rest| rest.contains(" 1. "));
        let mark = format!(" {}. ", right + 1);
        let cut = line.get(1..).and_then(|rest| rest.find(&mark)).filter(|_| right > 0 || both);
        right += u32::from(cut.is_some());
        out.push(cut.and_then(|at| line.get(..=at)).unwrap_or(line));
    }
    out.join("\n")
}

/// A number that begins an item.
#[derive(Clone, Debug)]
struct Mark {
    start: usize,
    end: usize,
    label: String,
}

/// The numbers that follow one another from wherever the list goes on; letters where there are no numbers.
fn marks(text: &str, last: u32) -> Vec<Mark> {
    let all = labels(text);
    for (begin, letters) in [(1, false), (last + 1, false), (1, true), (last + 1, true)] {
        let found = sequence(&all, begin, letters);
        // A list that begins in the middle of a text is a number in a sentence, unless it begins a line.
        let leads = found.first().is_some_and(|m| text[..m.start].trim().is_empty() || begins_line(text, m.start));
        if leads && (found.len() > 1 || begin > 1 || text[..found[0].start].trim().is_empty()) {
            return found;
        }
    }
    // A list of which the beginning is lost: whatever number the first line begins with.
    let lead = all.first().filter(|m| text[..m.start].trim().is_empty() || begins_line(text, m.start));
    let number = lead.and_then(|m| m.label.parse().ok());
    number.map(|n| sequence(&all, n, false)).unwrap_or_default()
}

/// The first label with the number `begin`, then the next one with the number after it, and so on.
fn sequence(all: &[Mark], begin: u32, letters: bool) -> Vec<Mark> {
    let mut wanted = begin;
    let mut out = Vec::new();
    for mark in all {
        let label = if letters {
            let letter = wanted.checked_sub(1).and_then(|n| char::from_digit(n % 26 + 10, 36));
            letter.map(String::from).unwrap_or_default()
        } else {
            wanted.to_string()
        };
        if mark.label.to_lowercase() == label {
            out.push(mark.clone());
            wanted += 1;
        }
    }
    out
}

/// Everything of the form `12.` or `a)` after a blank or at the beginning, with a blank behind it.
fn labels(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let label = bare.trim_start_matches('(').trim_end_matches(['.', ')']);
        let marked = label.len() < bare.len() && bare.ends_with(['.', ')']);
        let number = (1..=2).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
        let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
        if marked && (number || letter) {
            out.push(Mark { start, end: start + word.len(), label: label.trim_start_matches('0').to_owned() });
        } else if let Some(mark) = glued(bare, start) {
            out.push(mark);
        }
        start += word.len();
    }
    out
}

/// `1.Menyiapkan`: no blank behind the point.
fn glued(word: &str, start: usize) -> Option<Mark> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word.get(digits..)?.strip_prefix(['.', ')'])?;
    let capital = rest.chars().next().is_some_and(char::is_uppercase) && rest.chars().nth(1).is_some_and(char::is_lowercase);
    ((1..=2).contains(&digits) && capital).then(|| Mark {
        start,
        end: start + digits + 1,
        label: word[..digits].trim_start_matches('0').to_owned(),
    })
}

fn begins_line(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches([' ', '\t']).ends_with('\n')
}

/// Items behind bullets in lines of their own, also where the breaks between them were lost.
fn bulleted(text: &str) -> String {
    let sign = text.trim_start().chars().next().filter(|c| BULLETS.contains(c));
    let lines = text.lines().filter(|l| l.trim_start().starts_with(BULLETS)).count();
    let Some(sign) = sign.filter(|_| lines == 1) else { return text.to_owned() };
    let between = format!(" {sign} ");
    let mut parts = text.split(&between);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let begins = part.trim_start().starts_with(char::is_uppercase);
        out.push_str(if begins { "\n" } else { " " });
        out.push(sign);
        out.push(' ');
        out.push_str(part);
    }
    out
}

/// Lines with bullets are items; a text without any sign is one.
fn without_numbers(text: &str) -> List {
    let bullet =
        |line: &str| line.trim_start().starts_with(BULLETS) && !line.trim().trim_start_matches(BULLETS).trim().is_empty();
    let mut out = List::default();
    if !text.lines().any(bullet) {
        out.before = clean(text);
        return out;
    }
    for line in text.lines() {
        let bare = clean(line.trim_start().trim_start_matches(BULLETS));
        match out.items.last_mut() {
            _ if bullet(line) => out.items.push(Item { no: String::new(), text: bare }),
            Some(item) => item.text = clean(&format!("{} {bare}", item.text)),
            None => out.before = clean(&format!("{} {bare}", out.before)),
        }
    }
    out
}

fn clean(text: &str) -> String {
    crate::normalise::text::clean(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, last: u32) -> String {
        let list = list(text, last);
        let items: Vec<String> = list.items.iter().map(|i| format!("{}:{}", i.no, i.text)).collect();
        format!("{}|{}", list.before, items.join("|"))
    }

    #[test]
    fn lists_are_taken_apart() {
        for (text, last, expected) in [
            ("1. Surat; 2. Arsip; 3. Rapat 5. ruang", 0, "|1:Surat;|2:Arsip;|3:Rapat 5. ruang"),
            ("informasi;\n9. Melaksanakan\n10. Menyiapkan", 8, "informasi;|9:Melaksanakan|10:Menyiapkan"),
            ("9. Melaksanakan;\n10. Menyiapkan", 8, "|9:Melaksanakan;|10:Menyiapkan"),
            ("penyiapan program, pengelolaan data.", 0, "penyiapan program, pengelolaan data.|"),
            ("a. Surat b. Arsip", 0, "|a:Surat|b:Arsip"),
            ("1) Surat\n   masuk\n2) Arsip", 0, "|1:Surat masuk|2:Arsip"),
            ("• Surat\n• Arsip\n  lama", 0, "|:Surat|:Arsip lama"),
            ("- Surat - Arsip KPU - lama - Rapat", 0, "|:Surat|:Arsip KPU - lama|:Rapat"),
            ("- Rapat KPU - Bawaslu\n- Arsip", 0, "|:Rapat KPU - Bawaslu|:Arsip"),
            ("(1) Surat; (2) Arsip.", 0, "|1:Surat;|2:Arsip."),
            ("1.Menyusun\n2.Melapor", 0, "|1:Menyusun|2:Melapor"),
            ("Pasal 1. tentang apa", 0, "Pasal 1. tentang apa|"),
            ("4. Rapat", 0, "|4:Rapat"),
        ] {
            assert_eq!(shown(text, last), expected, "{text}");
        }
    }
}
