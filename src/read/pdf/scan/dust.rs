//! Specks of a picture that are too small for anything printed: they are taken out, lest the engine reads colons and dashes.

use super::picture::Picture;

/// Largest speck, in square points; the dot of a small font is larger.
const LARGEST: f64 = 0.45;

/// Paints small specks white. `scale` is in pixels per point.
pub fn wipe(picture: &mut Picture, scale: f64) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let most = (LARGEST * scale * scale) as usize;
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
        if speck.len() <= most {
            clear(picture, &speck);
        }
    }
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
        wipe(&mut picture, 4.0);
        assert_eq!((picture.grey[45], picture.grey[11 * 40 + 21]), (255, 0));
    }
}
