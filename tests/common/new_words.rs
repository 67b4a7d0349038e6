//! Text that no memory of words helps with.
#![allow(unreachable_pub, reason = "a module of a test binary has no outside")]

/// An article of this many bytes whose words are nearly all different.
pub fn article(bytes: usize) -> String {
    const LETTERS: [char; 16] =
        ['ا', 'ب', 'ت', 'ج', 'ح', 'د', 'ر', 'س', 'ش', 'ع', 'ف', 'ق', 'ك', 'ل', 'م', 'ن'];
    let mut text = String::with_capacity(bytes);
    let mut number = 1u64;
    while text.len() < bytes {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let length = 4 + (number >> 60) as usize % 4;
        text.extend((0..length).map(|at| LETTERS[(number >> (4 * at + 20)) as usize % 16]));
        text.push(if number >> 32 & 31 == 0 { '\n' } else { ' ' });
    }
    text
}
