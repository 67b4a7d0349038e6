//! Any texts as those of an import: no panic, every pair that is named is one, the later text behind the known ones, and a
//! text that is there twice, with more than three words, is found.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::quality::likeness::{CANDIDATES, Sketch, likely, share};

fuzz_target!(|input: &str| {
    let texts: Vec<&str> = input.split('\n').take(60).collect();
    let sketches: Vec<_> = texts.iter().map(|text| Sketch::of(text)).collect();
    let known = texts.len() / 3;
    let pairs = likely(&sketches, known, 0.7);
    assert!(pairs.len() <= texts.len() * CANDIDATES);
    for (first, later) in pairs.iter().map(|pair| (pair.first, pair.second)) {
        assert!(first < later && later >= known, "{first} {later}");
        assert!((0.0..=1.0).contains(&share(texts[first], texts[later])));
    }
    for (later, text) in texts.iter().enumerate().skip(known) {
        let same = texts[..later].contains(text) && share(text, text) == 1.0;
        assert!(!same || pairs.iter().any(|pair| pair.second == later), "{text:?} is there twice");
    }
});
