//! Specks of a picture that are too small for anything printed: they are taken out, lest the engine reads colons and dashes.

use super::picture::Picture;

/// Largest speck, in square points; the dot of a small font is larger.
const LARGEST: f64 = 0.45;
/// What is no thicker than this, in points, is no stroke of a letter, nor a dash: it is left over from a line that stands a little askew.
const THINNEST: f64 = 0.3;

/// Paints small specks white. `scale` is in pixels per point.
pub fn wipe(picture: &mut Picture, scale: f64) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let (most, thinnest) = ((LARGEST * scale * scale) as usize, (THINNEST * scale) as usize);
    let threshold = picture.threshold();
    let (width, height) = (picture.width, picture.height);
    let mut seen = vec![false; picture.grey.len()];
    let mut speck: Vec<usize> = Vec::new();
    for start in 0..picture.grey.len() {
        if seen[start] || picture.grey[start] >= threshold {
            continue;
        }
        speck.clear();
        speck.push(start);
        seen[start] = true;
        let mut next = 0;
        while next < speck.len() {
            let (x, y) = (speck[next] % width, speck[next] / width);
            next += 1;
            for ny in y.saturating_sub(1)..(y + 2).min(height) {
                for nx in x.saturating_sub(1)..(x + 2).min(width) {
                    let i = ny * width + nx;
                    if !seen[i] && picture.grey[i] < threshold {
                        seen[i] = true;
                        speck.push(i);
                    }
                }
            }
        }
        if speck.len() <= most || thin(&speck, width, thinnest) {
            clear(picture, &speck);
        }
    }
}

/// Whether a speck is no higher or no wider than so many pixels.
fn thin(speck: &[usize], width: usize, most: usize) -> bool {
    let reach = |of: &dyn Fn(usize) -> usize| {
        let (low, high) = speck.iter().fold((usize::MAX, 0), |(a, b), &i| (a.min(of(i)), b.max(of(i))));
        high.saturating_sub(low) + 1
    };
    most > 0 && (reach(&|i| i / width) <= most || reach(&|i| i % width) <= most)
}

/// Paints pixels and the grey around them white.
fn clear(picture: &mut Picture, speck: &[usize]) {
    let width = picture.width;
    for &i in speck {
        let (x, y) = (i % width, i / width);
        for ny in y.saturating_sub(1)..(y + 2).min(picture.height) {
            picture.grey[ny * width + x.saturating_sub(1)..ny * width + (x + 2).min(width)].fill(255);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specks_go_and_dots_stay() {
        let mut picture = Picture { width: 40, height: 20, grey: vec![255; 800] };
        picture.grey[45] = 0;
        for y in 10..14 {
            picture.grey[y * 40 + 20..y * 40 + 24].fill(0);
        }
        // What a line a little askew leaves: twelve pixels in a row.
        picture.grey[6 * 40 + 4..6 * 40 + 16].fill(0);
        wipe(&mut picture, 4.0);
        assert_eq!((picture.grey[45], picture.grey[11 * 40 + 21], picture.grey[6 * 40 + 8]), (255, 0, 255));
    }
}
