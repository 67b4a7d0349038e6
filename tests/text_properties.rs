//! Laws of the text layer, on texts made to break it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot read its cases has failed")]

mod common;

use common::{hostile_text, text_and_part};
use misam::text::motion::{self, Direction, Edge, Unit};
use misam::text::{
    ByteOffset, ByteRange, CodePointOffset, Folded, Folding, SearchOptions, Searcher, SnapOptions,
    SourceText, Utf16Offset, WordKind, abbreviations, clitics, find_all, fold, proclitic_cuts, sentences,
    snap, split_lines, words, words_in,
};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

const UNITS: [Unit; 5] = [Unit::Letter, Unit::Word, Unit::PeeledWord, Unit::Sentence, Unit::Paragraph];
const FOLDINGS: [Folding; 5] =
    [Folding::SEARCH, Folding::MARKS, Folding::NONE, Folding::PRESENTATION, Folding::DIGITS];

fn on_graphemes(text: &SourceText, range: ByteRange) -> bool {
    text.is_grapheme_boundary(range.start) && text.is_grapheme_boundary(range.end)
}

/// Every place of a text, and the places inside its characters, and some beyond its end.
fn places(text: &str) -> impl Iterator<Item = ByteOffset> {
    (0..text.len() + 3).map(ByteOffset::from)
}

/// True if a text has a letter or digit; a mark on a space is none.
fn has_ink(text: &str) -> bool {
    text.graphemes(true).any(|grapheme| grapheme.starts_with(char::is_alphanumeric))
}

fn snap_options() -> impl Strategy<Value = SnapOptions> {
    any::<[bool; 3]>().prop_map(|[trim, whole_words, peel_proclitics]| SnapOptions {
        trim,
        whole_words,
        peel_proclitics,
    })
}

/// What a search must find, said as plainly as it can be: every place of the folded text is compared with all words of the
/// whole text. [`Searcher`] looks at the words of a line only where the letters stand.
fn unfiltered(text: &SourceText, needle: &str, options: SearchOptions) -> Vec<ByteRange> {
    let folded = Folded::new(text.as_str(), options.folding);
    let words: Vec<ByteRange> = words(text.as_str()).map(|word| word.range).collect();
    let word_at = |at: ByteOffset| words.get(words.partition_point(|word| word.end <= at)).copied();
    let is_inside = |at: ByteOffset| word_at(at).is_some_and(|word| word.start < at);
    let cut_at = |at: ByteOffset| {
        let word = word_at(at)?;
        let peeled = at.to_usize().checked_sub(word.start.to_usize())?;
        proclitic_cuts(text.slice(word)?).iter().find(|cut| cut.offset == peeled)
    };
    let needle = fold::fold(needle.trim(), options.folding).into_owned();
    let mut forms = vec![(needle.as_str(), false)];
    if let Some(rest) = needle.strip_prefix("ال").filter(|_| options.through_proclitics) {
        forms.push((needle.strip_prefix('ا').unwrap_or_default(), true));
        forms.extend(rest.starts_with('ل').then_some((rest, true)));
    }
    let mut found = Vec::new();
    for (form, lost_alif) in forms.into_iter().filter(|(form, _)| !form.is_empty()) {
        let mut free_from = 0;
        for at in folded.as_str().char_indices().map(|(at, _)| at) {
            if at < free_from || !folded.as_str()[at..].starts_with(form) {
                continue;
            }
            let range = folded.source_range(at..at + form.len());
            let begins = match lost_alif {
                true => cut_at(range.start).is_some_and(|cut| cut.lost_alif),
                false if options.whole_word && is_inside(range.start) => {
                    options.through_proclitics && cut_at(range.start).is_some()
                }
                false => true,
            };
            if begins && on_graphemes(text, range) && !(options.whole_word && is_inside(range.end)) {
                found.push(range);
                free_from = at + form.len();
            }
        }
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = ByteOffset::ZERO;
    found.retain(|range| {
        let is_free = range.start >= end;
        if is_free {
            end = range.end;
        }
        is_free
    });
    found
}

/// A text, and words that stand in it: as they are, with something of them left out, or with an article.
fn text_and_needle() -> impl Strategy<Value = (String, String)> {
    let needle = |(text, part): (String, std::ops::Range<usize>), way: u8| {
        let needle = text[part].to_owned();
        let needle = match way {
            0 => fold::fold(&needle, Folding::SEARCH).into_owned(),
            1 => format!("ال{}", needle.trim_start_matches(['ا', 'ل', 'و'])),
            2 => words(&needle).next().map_or(String::new(), |word| needle[word.range.to_std()].to_owned()),
            _ => needle,
        };
        (text, needle)
    };
    let text = prop::collection::vec(prop::sample::select(NAMES), 0..12).prop_map(|pieces| pieces.concat());
    let named = (text, prop::sample::select(NAMES)).prop_map(|(text, name)| (text, name.to_owned()));
    prop_oneof![2 => (text_and_part(), 0_u8..4).prop_map(move |(text, way)| needle(text, way)), 1 => named]
}

/// Names with all that is written on to them, and what stands between them.
const NAMES: &[&str] = &[
    "القاهرة",
    "للقاهره",
    "وبالقَاهِرة",
    "قاهر",
    "اللجنة",
    "للجنة",
    "لجنة",
    "وللأردن",
    "الأردن",
    "لأردن",
    "ليبيا",
    "لليبيا",
    "ال",
    "لل",
    "ل",
    "ا",
    "و",
    " ",
    " ",
    " ",
    "\n",
    "\r\n",
    "ـ",
    "«",
    "\u{64E}",
    "\u{200F}",
    "-",
    "1446",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn offsets_convert_there_and_back(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        let (mut code_points, mut utf16) = (0, 0);
        for (byte, c) in text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]) {
            let byte = ByteOffset::from(byte);
            prop_assert_eq!(source.code_points_before(byte), Some(CodePointOffset::new(code_points)));
            prop_assert_eq!(source.utf16_before(byte), Some(Utf16Offset::new(utf16)));
            prop_assert_eq!(source.byte_of_code_point(CodePointOffset::new(code_points)), Some(byte));
            prop_assert_eq!(source.byte_of_utf16(Utf16Offset::new(utf16)), Some(byte));
            code_points += 1;
            utf16 += c.map_or(0, |c| c.len_utf16() as u32);
        }
        prop_assert_eq!(source.byte_of_code_point(CodePointOffset::new(code_points)), None);
    }

    #[test]
    fn positions_inside_characters_convert_to_nothing(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        for at in places(&text).filter(|at| !text.is_char_boundary(at.to_usize())) {
            prop_assert_eq!(source.code_points_before(at), None);
            prop_assert_eq!(source.utf16_before(at), None);
            prop_assert!(!source.is_grapheme_boundary(at));
        }
    }

    #[test]
    fn graphemes_are_those_of_the_standard(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        for at in 0..=text.len() {
            let (floor, ceil) = (source.grapheme_floor(at.into()), source.grapheme_ceil(at.into()));
            prop_assert_eq!(Some(&floor.to_usize()), bounds.iter().rfind(|&&bound| bound <= at));
            prop_assert_eq!(Some(&ceil.to_usize()), bounds.iter().find(|&&bound| bound >= at));
        }
    }

    #[test]
    fn lines_cover_the_text(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        let mut at = ByteOffset::ZERO;
        for line in source.paragraphs() {
            prop_assert_eq!(line.full.start, at);
            prop_assert!(line.full.contains(line.content) && !line.full.is_empty());
            prop_assert!(on_graphemes(&source, line.content));
            at = line.full.end;
        }
        prop_assert_eq!(at, source.range().end);
    }

    #[test]
    fn words_are_apart_in_order_and_whole(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        let mut end = ByteOffset::ZERO;
        for word in words(&text) {
            prop_assert!(word.range.start >= end && !word.range.is_empty());
            prop_assert!(on_graphemes(&source, word.range), "{:?} in {:?}", word, text);
            let surface = source.slice(word.range).unwrap_or_default();
            prop_assert!(!surface.contains(char::is_whitespace), "{surface:?}");
            // A sign that Unicode joins to the letter before it (U+11A84) is part of that letter.
            for (at, sign) in surface.match_indices(['،', '؛', '؟', '«', '»', '"', '(', ')']) {
                let place = ByteOffset::from(word.range.start.to_usize() + at);
                prop_assert!(!source.is_grapheme_boundary(place), "{sign} in {surface:?}");
            }
            end = word.range.end;
        }
    }

    #[test]
    fn letters_and_digits_are_in_words(text in hostile_text()) {
        let found: Vec<_> = words(&text).map(|word| word.range).collect();
        for (at, grapheme) in text.grapheme_indices(true) {
            let plain = grapheme.starts_with(|c: char| c.is_ascii_alphanumeric() || ('\u{621}'..='\u{63A}').contains(&c));
            if plain {
                prop_assert!(found.iter().any(|word| word.holds(at.into())), "{grapheme:?} in {text:?}");
            }
        }
    }

    #[test]
    fn words_of_lines_are_words_of_the_text(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        let by_line: Vec<_> = source.paragraphs().iter().flat_map(|line| words_in(&source, line.content)).collect();
        prop_assert_eq!(by_line, words(&text).collect::<Vec<_>>());
    }

    #[test]
    fn sentences_hold_all_ink_once(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        for line in source.paragraphs() {
            let mut end = line.content.start;
            for sentence in sentences(&text, line.content) {
                let gap = source.slice(ByteRange { start: end, end: sentence.start }).unwrap_or_default();
                prop_assert!(!has_ink(gap), "{gap:?} lost");
                prop_assert!(!sentence.is_empty() && line.content.contains(sentence));
                prop_assert!(on_graphemes(&source, sentence));
                prop_assert!(sentence.start >= end);
                end = sentence.end;
            }
            let rest = source.slice(ByteRange { start: end, end: line.content.end }).unwrap_or_default();
            prop_assert!(!has_ink(rest), "{rest:?} lost");
        }
    }

    #[test]
    fn every_folded_part_has_a_source_that_folds_to_it(text in hostile_text(), ends in any::<[prop::sample::Index; 2]>()) {
        for folding in FOLDINGS {
            let folded = Folded::new(&text, folding);
            prop_assert_eq!(folded.as_str(), &*fold::fold(&text, folding));
            let bounds: Vec<_> = folded.as_str().char_indices().map(|(at, _)| at).chain([folded.as_str().len()]).collect();
            let [a, b] = ends.map(|end| bounds[end.index(bounds.len())]);
            let part = a.min(b)..a.max(b);
            let source = folded.source_range(part.clone());
            let surface = text.get(source.to_std()).expect("on character boundaries");
            if part.is_empty() {
                prop_assert!(source.is_empty());
                continue;
            }
            // A part of a ligature leads to the whole of it; everything else to itself.
            let (again, part) = (fold::fold(surface, folding), &folded.as_str()[part]);
            let has_ligature = surface.contains(|c| ('\u{FB50}'..='\u{FEFC}').contains(&c));
            prop_assert!(if has_ligature { again.contains(part) } else { *again == *part }, "{again:?} {part:?}");
        }
    }

    #[test]
    fn where_nothing_folds_positions_stay((text, part) in text_and_part()) {
        let folded = Folded::new(&text, Folding::NONE);
        prop_assert_eq!(folded.as_str(), text.as_str());
        prop_assert_eq!(folded.source_range(part.clone()), ByteRange::from(part));
    }

    #[test]
    fn cuts_leave_a_readable_rest(text in hostile_text()) {
        let all = words(&text).map(|word| &text[word.range.to_std()]);
        for word in all.chain([text.as_str()]) {
            let mut before = 0;
            for cut in proclitic_cuts(word).iter() {
                prop_assert!(cut.offset > before && cut.offset < word.len());
                let source = SourceText::from(word);
                prop_assert!(source.is_grapheme_boundary(cut.offset.into()), "{cut:?} of {word:?}");
                prop_assert!(cut.letters().count() > 0);
                prop_assert_eq!(clitics::next_cut(word, before), Some(cut.offset));
                prop_assert_eq!(clitics::restored_form(word, cut).is_some(), cut.lost_alif);
                before = cut.offset;
            }
            if before > 0 {
                prop_assert_eq!(clitics::next_cut(word, before), Some(0));
            }
        }
    }

    #[test]
    fn snapping_is_done_once((text, part) in text_and_part(), options in snap_options()) {
        let source = SourceText::from(text.as_str());
        if let Some(snapped) = snap(&source, part.into(), options) {
            prop_assert!(!snapped.is_empty() && on_graphemes(&source, snapped), "{snapped:?} in {text:?}");
            prop_assert_eq!(snap(&source, snapped, options), Some(snapped), "in {:?}", text);
        }
    }

    #[test]
    fn trimmed_ends_have_ink((text, part) in text_and_part()) {
        let source = SourceText::from(text.as_str());
        if let Some(snapped) = snap(&source, part.into(), SnapOptions::default()) {
            let surface = source.slice(snapped).unwrap_or_default();
            let loose = |c: char| c.is_whitespace() || "،؛؟.,:;!…\u{200E}\u{200F}\u{202B}\u{2067}\u{FEFF}".contains(c);
            let stop_of_word = surface.strip_suffix('.').is_some_and(abbreviations::takes_full_stop);
            prop_assert!(!surface.starts_with(loose), "{surface:?}");
            prop_assert!(stop_of_word || !surface.ends_with(loose), "{surface:?}");
        }
    }

    #[test]
    fn snapping_takes_any_range(text in hostile_text(), a in 0_usize..200, b in 0_usize..200, options in snap_options()) {
        let source = SourceText::from(text.as_str());
        if let Some(snapped) = snap(&source, ByteRange::new(a, b), options) {
            prop_assert!(source.range().contains(snapped) && on_graphemes(&source, snapped));
        }
    }

    #[test]
    fn line_parts_make_up_the_range((text, part) in text_and_part()) {
        let source = SourceText::from(text.as_str());
        let parts: String = split_lines(&source, part.clone().into()).filter_map(|r| source.slice(r)).collect();
        let expected: String = text[part].chars().filter(|c| !"\n\r\u{2028}\u{2029}".contains(*c)).collect();
        prop_assert_eq!(parts, expected);
    }

    #[test]
    fn moves_always_progress(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        let end = source.range().end;
        for unit in UNITS {
            for at in places(&text) {
                let next = motion::next(&source, at, unit);
                let previous = motion::previous(&source, at, unit);
                prop_assert!(next > at || (next == end && at >= end), "{unit:?} from {at} in {text:?}");
                prop_assert!(previous < at || previous == ByteOffset::ZERO, "{unit:?} from {at} in {text:?}");
                prop_assert!(source.is_grapheme_boundary(next) && source.is_grapheme_boundary(previous));
            }
        }
    }

    #[test]
    fn a_word_at_a_place_touches_it(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        for at in places(&text) {
            if let Some(word) = motion::word_at(&source, at) {
                prop_assert!(word.start <= at && at <= word.end);
                prop_assert!(on_graphemes(&source, word));
            }
        }
    }

    #[test]
    fn moved_ends_leave_a_range((text, part) in text_and_part()) {
        let source = SourceText::from(text.as_str());
        let part = ByteRange::from(part);
        for unit in UNITS {
            for edge in [Edge::Start, Edge::End] {
                for direction in [Direction::Outward, Direction::Inward] {
                    let Some(moved) = motion::move_edge(&source, part, edge, direction, unit) else { continue };
                    prop_assert!(!moved.is_empty() && on_graphemes(&source, moved));
                    prop_assert_ne!(moved, part);
                    match direction {
                        Direction::Outward => prop_assert!(moved.len() > part.len()),
                        Direction::Inward => prop_assert!(moved.contains(moved) && !moved.contains(part)),
                    }
                }
            }
        }
    }

    #[test]
    fn finds_are_in_order_and_fold_to_the_needle((text, part) in text_and_part(), whole_word: bool) {
        let source = SourceText::from(text.as_str());
        let options = SearchOptions { whole_word, through_proclitics: false, folding: Folding::MARKS };
        let needle = &text[part];
        let folded = fold::fold(needle.trim(), options.folding);
        let mut end = ByteOffset::ZERO;
        for find in find_all(&source, needle, options) {
            prop_assert!(find.start >= end && on_graphemes(&source, find));
            prop_assert_eq!(&fold::fold(source.slice(find).unwrap_or_default(), options.folding), &folded);
            end = find.end;
        }
    }

    #[test]
    fn a_search_loses_nothing_by_looking_at_letters_first(
        (text, needle) in text_and_needle(),
        folding in prop::sample::select(&FOLDINGS[..]),
        [whole_word, through_proclitics]: [bool; 2],
    ) {
        let source = SourceText::from(text.as_str());
        let options = SearchOptions { folding, whole_word, through_proclitics };
        let expected = unfiltered(&source, &needle, options);
        let searcher = Searcher::new(&source, options);
        prop_assert_eq!(&searcher.find_all(&needle), &expected, "{:?} in {:?}", needle, text);
        prop_assert_eq!(&searcher.find_all(&needle), &expected, "asked again");
        let folded = Folded::new(&text, folding);
        prop_assert_eq!(&Searcher::of_folded(&source, &folded, options).find_all(&needle), &expected);
    }

    #[test]
    fn every_word_is_found_where_it_stands(text in hostile_text()) {
        let source = SourceText::from(text.as_str());
        for word in words(&text).filter(|word| word.kind != WordKind::Symbol) {
            let needle = source.slice(word.range).unwrap_or_default();
            let finds = find_all(&source, needle, SearchOptions::default());
            prop_assert!(finds.iter().any(|find| find.overlaps(word.range)), "{needle:?} in {text:?}");
        }
    }
}
