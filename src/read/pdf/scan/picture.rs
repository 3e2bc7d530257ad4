//! A grey picture of a page, and what of it is ink.

use hayro::vello_cpu::Pixmap;

/// Grey values of a page, row by row; 255 is white.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Grey values.
    pub grey: Vec<u8>,
}

impl Picture {
    /// The grey of a coloured picture on white paper.
    #[must_use]
    pub fn of(pixels: &Pixmap) -> Self {
        let grey = pixels.data_as_u8_slice().chunks_exact(4).map(|p| {
            let sum = u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29;
            u8::try_from(sum >> 8).unwrap_or(u8::MAX)
        });
        Self { width: usize::from(pixels.width()), height: usize::from(pixels.height()), grey: grey.collect() }
    }

    /// Below this grey is ink: halfway between the paper, the commonest of the light greys, and black, but not far from the paper.
    #[must_use]
    pub fn threshold(&self) -> u8 {
        let mut count = [0_usize; 256];
        self.grey.iter().for_each(|&g| count[usize::from(g)] += 1);
        let paper = (128..256).max_by_key(|&g| count[g]).unwrap_or(255);
        u8::try_from(paper * 3 / 4).unwrap_or(180)
    }

    /// Row `y`.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        self.grey.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// As the simplest of picture files, PGM.
    #[must_use]
    pub fn pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.grey);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_told_from_the_paper_whatever_its_grey() {
        let paper = |grey: u8| Picture { width: 4, height: 1, grey: vec![grey, grey, grey, 10] };
        assert_eq!(paper(255).threshold(), 191);
        assert_eq!(paper(200).threshold(), 150);
        assert_eq!(paper(255).pgm(), b"P5\n4 1\n255\n\xff\xff\xff\x0a");
    }
}
