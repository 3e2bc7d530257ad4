//! Bytes of a text file → text.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::trouble::{Read, Trouble};

/// How much is looked at to tell UTF-16 without a mark.
const SAMPLE: usize = 4096;

/// Text by its mark, else UTF-16 by its zero bytes, else UTF-8 where it is valid, else Windows-1252, which Excel writes here.
/// Zero bytes in anything but UTF-16 mean that this is no text.
pub(in crate::read) fn decoded(bytes: &[u8]) -> Read<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_by_zeros(&bytes[..bytes.len().min(SAMPLE)]) {
        return strictly(encoding, bytes);
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(Trouble::Damaged(format!("memuat bita NUL (pada bita ke-{})", at + 1)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let control = bytes.iter().filter(|&&b| b < b' ' && !b"\t\n\r\x0C\x1A".contains(&b)).count();
    if control * 50 > bytes.len() {
        return Err(Trouble::Foreign("isinya bukan teks dan bukan dokumen yang dikenal"));
    }
    Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned())
}

/// Plain letters in UTF-16 have a zero in every other byte.
fn utf16_by_zeros(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.chunks_exact(2);
    let total = pairs.len();
    let (high, low) = pairs.fold((0, 0), |(h, l), p| (h + usize::from(p[0] == 0), l + usize::from(p[1] == 0)));
    match () {
        () if total == 0 => None,
        () if low * 2 > total && high * 20 < total => Some(UTF_16LE),
        () if high * 2 > total && low * 20 < total => Some(UTF_16BE),
        () => None,
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Read<String> {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    match text.find('\0') {
        _ if faulty => Err(Trouble::Damaged(format!("teksnya rusak ({})", encoding.name()))),
        Some(at) => Err(Trouble::Damaged(format!("memuat karakter NUL (setelah {at} bita teks)"))),
        None => Ok(text.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Kecamatan;Ma’ruf é\r\n1;2\r\n";
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            assert_eq!(decoded(&utf16(text, big, mark)).unwrap(), text, "{big} {mark}");
        }
        assert_eq!(decoded(text.as_bytes()).unwrap(), text);
        assert_eq!(decoded(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap(), text);
        assert_eq!(decoded(b"Kecamatan;Ma\x92ruf \xE9\r\n1;2\r\n").unwrap(), text);
    }

    #[test]
    fn zero_bytes_are_not_text() {
        assert!(matches!(decoded(b"Kecamatan,L,P\nA,1\0,2\n"), Err(Trouble::Damaged(_))));
        assert!(matches!(decoded(&utf16("a;\0\n", false, true)), Err(Trouble::Damaged(_))));
    }
}
