//! Kemendagri region codes as small values.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A region by its Kemendagri code, down to a polling station: `62`, `62.04`, `62.04.05`, `62.04.05.1001`,
/// `62.04.05.1001/007`. Eight bytes; order is code order, a parent before its children.
///
/// Packed as province (2 digits) · kab/kota (2) · kecamatan (2) · desa (4) · station (up to 6 digits), zero where a level is not
/// reached; no level of the official list uses zero as a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Region(u64);

const STATION: u64 = 1_000_000;
const DESA: u64 = 10_000 * STATION;
const KECAMATAN: u64 = 100 * DESA;
const KABKOTA: u64 = 100 * KECAMATAN;

/// Administrative level, from the nation down to the polling station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// The whole country; no row of a table has it.
    Nasional,
    /// Province.
    Provinsi,
    /// Kabupaten or kota.
    Kabkota,
    /// Kecamatan, distrik, kapanewon, kemantren.
    Kecamatan,
    /// Desa, kelurahan, nagari, gampong.
    Desa,
    /// Polling station.
    Tps,
}

impl Level {
    /// As the tables print it; empty for the nation.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nasional => "",
            Self::Provinsi => "provinsi",
            Self::Kabkota => "kabkota",
            Self::Kecamatan => "kecamatan",
            Self::Desa => "desa",
            Self::Tps => "tps",
        }
    }

    /// The level below; a station has none.
    #[must_use]
    pub const fn below(self) -> Option<Self> {
        match self {
            Self::Nasional => Some(Self::Provinsi),
            Self::Provinsi => Some(Self::Kabkota),
            Self::Kabkota => Some(Self::Kecamatan),
            Self::Kecamatan => Some(Self::Desa),
            Self::Desa => Some(Self::Tps),
            Self::Tps => None,
        }
    }

    /// The level above; the nation has none.
    #[must_use]
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::Nasional => None,
            Self::Provinsi => Some(Self::Nasional),
            Self::Kabkota => Some(Self::Provinsi),
            Self::Kecamatan => Some(Self::Kabkota),
            Self::Desa => Some(Self::Kecamatan),
            Self::Tps => Some(Self::Desa),
        }
    }
}

impl Region {
    /// The whole country, parent of the provinces.
    pub const NATION: Self = Self(0);

    /// Its level.
    #[must_use]
    pub const fn level(self) -> Level {
        if self.0 == 0 {
            Level::Nasional
        } else if self.0.is_multiple_of(KABKOTA) {
            Level::Provinsi
        } else if self.0.is_multiple_of(KECAMATAN) {
            Level::Kabkota
        } else if self.0.is_multiple_of(DESA) {
            Level::Kecamatan
        } else if self.0.is_multiple_of(STATION) {
            Level::Desa
        } else {
            Level::Tps
        }
    }

    /// The region one level up; the nation is its own parent.
    #[must_use]
    pub const fn parent(self) -> Self {
        let unit = match self.level() {
            Level::Nasional | Level::Provinsi => return Self::NATION,
            Level::Kabkota => KABKOTA,
            Level::Kecamatan => KECAMATAN,
            Level::Desa => DESA,
            Level::Tps => STATION,
        };
        Self(self.0 - self.0 % unit)
    }

    /// The region of this one's line that stands at `level`; itself where it stands there or above.
    #[must_use]
    pub fn up_to(self, level: Level) -> Self {
        let mut region = self;
        while region.level() > level {
            region = region.parent();
        }
        region
    }

    /// Whether `self` is `other` or lies below it.
    #[must_use]
    pub fn within(self, other: Self) -> bool {
        self.up_to(other.level()) == other
    }

    /// The polling station number `station` (1 … 999 999) of a desa; `None` for any other level or number.
    #[must_use]
    pub fn station(self, station: u32) -> Option<Self> {
        let number = u64::from(station);
        (self.level() == Level::Desa && (1..STATION).contains(&number)).then_some(Self(self.0 + number))
    }

    /// One past the last code below this region, for range searches over sorted codes.
    #[must_use]
    pub const fn end(self) -> Self {
        let unit = match self.level() {
            Level::Nasional => 100 * KABKOTA,
            Level::Provinsi => KABKOTA,
            Level::Kabkota => KECAMATAN,
            Level::Kecamatan => DESA,
            Level::Desa => STATION,
            Level::Tps => 1,
        };
        Self(self.0 + unit)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Printed by the million: digit by digit into a buffer that is long enough for all levels.
        let mut text = [b'.'; 20];
        put(&mut text[0..2], self.0 / KABKOTA);
        put(&mut text[3..5], self.0 / KECAMATAN % 100);
        put(&mut text[6..8], self.0 / DESA % 100);
        put(&mut text[9..13], self.0 / STATION % 10_000);
        let length = match self.level() {
            Level::Nasional => 0,
            Level::Provinsi => 2,
            Level::Kabkota => 5,
            Level::Kecamatan => 8,
            Level::Desa => 13,
            Level::Tps => {
                let station = self.0 % STATION;
                let digits = (4..=6).rev().find(|&n| station >= 10_u64.pow(n - 1)).unwrap_or(3) as usize;
                text[13] = b'/';
                put(&mut text[14..14 + digits], station);
                14 + digits
            }
        };
        f.write_str(std::str::from_utf8(&text[..length]).map_err(|_| fmt::Error)?)
    }
}

/// Writes a number in as many digits as there is place for.
fn put(text: &mut [u8], mut number: u64) {
    for digit in text.iter_mut().rev() {
        *digit = b"0123456789"[usize::try_from(number % 10).unwrap_or(0)];
        number /= 10;
    }
}

/// A text that is no region code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARegion;

impl FromStr for Region {
    type Err = NotARegion;

    /// Reads `62.04.05.1001/007` and its shorter forms, with dots or without (`6204051001`). The empty text is no region.
    fn from_str(text: &str) -> Result<Self, NotARegion> {
        let (code, station) = match text.trim().split_once('/') {
            Some((code, number)) => (code, number.parse::<u32>().map_err(|_| NotARegion)?),
            None => (text.trim(), 0),
        };
        let dotted = code.contains('.');
        let mut rest = code;
        let mut packed = 0;
        for (width, unit) in [(2, KABKOTA), (2, KECAMATAN), (2, DESA), (4, STATION)] {
            if rest.is_empty() && packed > 0 {
                break;
            }
            if dotted && packed > 0 {
                rest = rest.strip_prefix('.').ok_or(NotARegion)?;
            }
            let (part, after) = rest.split_at_checked(width).ok_or(NotARegion)?;
            let number: u64 = part.parse().map_err(|_| NotARegion)?;
            if number == 0 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(NotARegion);
            }
            packed += number * unit;
            rest = after;
        }
        if !rest.is_empty() {
            return Err(NotARegion);
        }
        let region = Self(packed);
        if station == 0 { Ok(region) } else { region.station(station).ok_or(NotARegion) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(code: &str) -> Region {
        code.parse().unwrap()
    }

    #[test]
    fn codes_survive_the_round_trip() {
        for code in
            ["62", "62.04", "62.04.05", "62.04.05.1001", "62.04.05.1001/007", "62.04.05.1001/1007", "62.04.05.1001/999999"]
        {
            assert_eq!(region(code).to_string(), code);
        }
        assert_eq!(region("6204051001").to_string(), "62.04.05.1001");
    }

    #[test]
    fn parents_levels_and_ranges_agree() {
        let tps = region("62.04.05.1001/007");
        assert_eq!(tps.level(), Level::Tps);
        assert_eq!(tps.parent(), region("62.04.05.1001"));
        assert_eq!(tps.up_to(Level::Kabkota), region("62.04"));
        assert!(tps.within(region("62")) && !tps.within(region("63")));
        assert!(tps < region("62.04").end() && region("62.05") >= region("62.04").end());
        assert_eq!(region("62").parent(), Region::NATION);
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in [
            "",
            "6",
            "62.4",
            "620",
            "62.04.05.10",
            "62.00",
            "KUMAI",
            "62.",
            "6204.05",
            "62.0405",
            "+2",
            "62.04.05.1001.1",
            "62.04.05.1001/0x",
            "62.04/001",
        ] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }
}
