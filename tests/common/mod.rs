//! What the property tests share: texts made to break things.
#![allow(unreachable_pub, reason = "a module of a test binary has no outside")]

use proptest::prelude::*;

/// Texts that mix Arabic news with everything Unicode makes hard: lone marks, emoji sequences, direction controls, all
/// line ends, no-break spaces, unpaired brackets and quotes, tatweel as letter and as dash, presentation forms, digits
/// of three systems, syllabic scripts, and any character at all. Up to some hundred characters, often empty.
pub fn hostile_text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// A text and a part of it; the ends lie on character boundaries, in order.
#[allow(dead_code, reason = "each test binary compiles its own copy and takes what it needs")]
pub fn text_and_part() -> impl Strategy<Value = (String, std::ops::Range<usize>)> {
    (hostile_text(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(text, a, b)| {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (a, b) = (bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]);
        (text, a.min(b)..a.max(b))
    })
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        6 => prop::sample::select(GAPS).prop_map(str::to_owned),
        4 => prop::sample::select(SIGNS).prop_map(str::to_owned),
        4 => prop::sample::select(TRAPS).prop_map(str::to_owned),
        2 => "[\u{620}-\u{65F}\u{670}]{1,6}",
        2 => "[0-9٠-٩۰-۹.,٫٬:/-]{1,6}",
        1 => "[\u{FB50}-\u{FBB1}\u{FE70}-\u{FE74}\u{FE76}-\u{FEFC}]{1,3}",
        1 => any::<char>().prop_map(String::from),
        1 => any::<String>(),
    ]
}

const WORDS: &[&str] = &[
    "وبالقاهرة",
    "للأردن",
    "لـ",
    "عُمان",
    "طرابــلس",
    "1446هـ",
    "إف-16",
    "سوخوي-35",
    "F-16",
    "و2005",
    "دير الزور",
    "مسقطثم",
    "NATO",
    "O'Brien",
    "example.com",
    "د",
    "أ",
    "و",
    "ال",
    "Dr",
    "12.7",
    "٣٫٥",
    "1,200",
    "14:30",
];

const GAPS: &[&str] = &[
    " ", " ", " ", "  ", "\u{A0}", "\u{202F}", "\t", "\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{200B}",
];

const SIGNS: &[&str] = &[
    "،", "؛", "؟", ".", "...", "…", "!", ":", "-", "–", "ـ", "ـــ", "«", "»", "\"", "“", "”", "„", "'", "’",
    "‹", "›", "(", ")", "[", "]", "\u{FD3E}", "\u{FD3F}", "%", "٪", "$", "€", "#", "_", "/", "\\", "<b>",
    "&amp;",
];

const TRAPS: &[&str] = &[
    "\u{64E}",
    "\u{651}\u{64F}",
    "\u{301}",
    "\u{20E3}",
    "\u{200D}",
    "\u{200C}",
    "\u{200E}",
    "\u{200F}",
    "\u{61C}",
    "\u{202B}",
    "\u{202C}",
    "\u{2067}",
    "\u{2069}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{2060}",
    "\u{0}",
    "\u{FFFD}",
    "\u{600}",
    "\u{6DD}",
    "😊",
    "👨\u{200D}👩\u{200D}👧",
    "👍🏽",
    "🇱🇧",
    "🇵",
    "1\u{FE0F}\u{20E3}",
    "©",
    "\u{203C}",
    "e\u{301}",
    "한국",
    "\u{1112}\u{1161}",
    "क्षि",
    "ﷺ",
    "ﷲ",
    "ﻻ",
    "\u{FC5E}",
    "\u{1D173}",
    "\u{E0020}",
];
