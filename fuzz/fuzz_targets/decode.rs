//! Any bytes in any encoding: no panic, UTF-8 comes out, as many replacements as are counted, and in pieces the same as at
//! once. Which encoding it is, is told of any bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::formats::{Decoder, Encoding, decode, detect};

fuzz_target!(|input: (Vec<u8>, Vec<u8>)| {
    let (first, second) = input;
    let whole = [&first[..], &second[..]].concat();
    let _ = detect(&whole);
    for encoding in Encoding::ALL {
        let (text, replaced) = decode(&whole, encoding);
        let mut decoder = Decoder::new(encoding);
        let mut pieces = decoder.decode(&first);
        pieces.extend(decoder.decode(&second));
        pieces.extend(decoder.finish());
        assert_eq!((&pieces, decoder.replaced()), (&text, replaced), "{encoding}");
        if encoding == Encoding::Utf8 {
            assert_eq!(text, whole);
        } else {
            let text = String::from_utf8(text).expect("UTF-8 comes out");
            let there = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count() as u64;
            assert!(replaced <= there, "{encoding}: {replaced} replaced, {there} there");
        }
    }
});
