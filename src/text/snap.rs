//! From what the reader selected to what the reader meant.
//!
//! A selection made with a mouse or with the arrow keys takes along spaces, quotes and half letters. Snapping moves its
//! two ends, never what lies between them: off white space, punctuation, quotes, brackets, direction controls and
//! dashes, and onto whole letters with their marks. What it keeps at an edge:
//!
//! - `%` `٪` `‰` next to a number (`1.5%`, `٪20`), and symbols such as currency signs and emoji;
//! - tatweel that stretches the last letter: `لـ`, the era mark of `1446هـ`;
//! - the full stop of an [abbreviation](super::abbreviations): `د.`, `ص.ب.`, `George W.`;
//! - a bracket or quote whose other half is inside, when there is more on the other side of the pair: the last
//!   character of `كتيبة "الفاروق"`. A pair around the whole is dropped.

use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations::takes_full_stop;
use super::letter::{self, Class, TATWEEL, class, class_of_cluster, next_cluster};
use super::pairs::Pairs;
use super::words::words_in;
use super::{ByteOffset, ByteRange, SourceText, clitics};

/// How to snap a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapOptions {
    /// Trims white space, punctuation and the like at both ends. Without it only half letters are completed.
    pub trim: bool,
    /// Completes the words at both ends.
    pub whole_words: bool,
    /// Leaves proclitics of the first word outside where [the spelling shows them](clitics::shown_cut). It has no lexicon
    /// and takes the article of `والدته` for one, so it is off unless asked for.
    pub peel_proclitics: bool,
}

impl Default for SnapOptions {
    fn default() -> Self {
        Self { trim: true, whole_words: false, peel_proclitics: false }
    }
}

/// Snaps a range onto whole letters and, as asked, off everything that is no part of a name.
///
/// Ends outside the text are moved into it; ends inside a letter are moved outwards. `None` if nothing is left. A range
/// over several lines is not parted: see [`split_lines`]. Snapping a snapped range changes nothing.
#[must_use]
pub fn snap(text: &SourceText, range: ByteRange, options: SnapOptions) -> Option<ByteRange> {
    if range.is_empty() || range.start >= text.range().end {
        return None;
    }
    let mut range = whole_graphemes(text, range);
    if options.trim {
        range = trim(text, range)?;
    }
    if options.whole_words {
        let grown = whole_words(text, range);
        if grown != range {
            range = if options.trim { trim(text, grown)? } else { grown };
        }
    }
    if options.peel_proclitics {
        range = peel(text, range);
    }
    Some(range)
}

/// The parts of a range on each line it touches, without line ends; empty parts are left out.
pub fn split_lines(text: &SourceText, range: ByteRange) -> impl Iterator<Item = ByteRange> {
    let paragraphs = text.paragraphs();
    let first = paragraphs.partition_point(|p| p.full.end <= range.start);
    paragraphs
        .iter()
        .skip(first)
        .take_while(move |p| p.full.start < range.end)
        .map(move |p| (p.content.start.max(range.start), p.content.end.min(range.end)))
        .filter(|(start, end)| start < end)
        .map(|(start, end)| ByteRange { start, end })
}

/// The smallest range of whole graphemes around a range.
pub(super) fn whole_graphemes(text: &SourceText, range: ByteRange) -> ByteRange {
    ByteRange { start: text.grapheme_floor(range.start), end: text.grapheme_ceil(range.end) }
}

fn whole_words(text: &SourceText, range: ByteRange) -> ByteRange {
    let mut grown = range;
    for line in text.paragraph_at(range.start).into_iter().chain(text.paragraph_at(range.end)) {
        let Some(line) = text.paragraphs().get(line) else { continue };
        for word in words_in(text, line.content).filter(|word| word.range.overlaps(range)) {
            grown.start = grown.start.min(word.range.start);
            grown.end = grown.end.max(word.range.end);
        }
    }
    grown
}

fn peel(text: &SourceText, range: ByteRange) -> ByteRange {
    let Some(slice) = text.slice(range) else { return range };
    let Some(word) = super::words(slice).next().filter(|word| word.range.start == ByteOffset::ZERO) else {
        return range;
    };
    let word = slice.get(word.range.to_std()).unwrap_or_default();
    ByteRange::from(range.start.to_usize() + clitics::shown_cut(word)..range.end.to_usize())
}

/// Takes off both ends what [`snap`] promises; `None` if nothing is left.
fn trim(text: &SourceText, range: ByteRange) -> Option<ByteRange> {
    let slice = text.slice(range)?;
    let mut start = loose_start(slice);
    let mut end = slice.len() - loose_end(slice.get(start..)?);
    let mut first = first_grapheme(slice.get(start..end)?)?;
    let mut last = last_grapheme(slice.get(start..end)?)?;
    // Made only when a bracket or quote stands at an end.
    let mut pairs: Option<Pairs> = None;
    loop {
        let (first_is_paired, last_is_paired) =
            (first.starts_with(is_paired_sign), last.starts_with(is_paired_sign));
        if !first_is_paired && !last_is_paired {
            break;
        }
        let pairs = pairs.get_or_insert_with(|| Pairs::of(slice));
        let inside = start + 1..end - last.len();
        let keeps_first = pairs.mate(start).is_some_and(|mate| inside.contains(&mate));
        let keeps_last = pairs.mate(inside.end).is_some_and(|mate| inside.contains(&mate));
        // Each end is looked at again only when it has moved, so that many brackets cost no more than they are.
        if first_is_paired && !keeps_first {
            start += first.len();
            start += loose_start(slice.get(start..end)?);
            first = first_grapheme(slice.get(start..end)?)?;
        } else if last_is_paired && !keeps_last {
            end -= last.len();
            end -= loose_end(slice.get(start..end)?);
            last = last_grapheme(slice.get(start..end)?)?;
        } else {
            break;
        }
    }
    let base = range.start.to_usize();
    (start < end).then(|| ByteRange::from(base + start..base + end))
}

fn first_grapheme(text: &str) -> Option<&str> {
    text.get(..next_cluster(text)?.len)
}

fn last_grapheme(text: &str) -> Option<&str> {
    text.graphemes(true).next_back()
}

/// Bytes at the start that are never part of a name, pairs apart.
fn loose_start(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(cluster) = next_cluster(rest)
    {
        let loose = match cluster.class {
            Class::Space | Class::Invisible | Class::Mark | Class::Tatweel => true,
            Class::Punctuation => !rest.starts_with(is_paired_sign),
            Class::Symbol => {
                rest.starts_with(is_percent)
                    && !rest
                        .get(cluster.len..)
                        .and_then(next_cluster)
                        .is_some_and(|c| c.class == Class::Digit)
            }
            _ => false,
        };
        if !loose {
            break;
        }
        at += cluster.len;
    }
    at
}

/// Bytes at the end that are never part of a name, pairs apart.
fn loose_end(text: &str) -> usize {
    let mut rest = text;
    // What a run of tatweel follows, found once a run.
    let mut stretched: Option<Option<char>> = None;
    while let Some(cluster) = last_grapheme(rest) {
        let before = rest.get(..rest.len() - cluster.len()).unwrap_or_default();
        let class = class_of_cluster(cluster);
        let loose = match class {
            Class::Space | Class::Invisible | Class::Mark => true,
            Class::Tatweel => {
                let letter = *stretched.get_or_insert_with(|| letter_before(before));
                let sign = cluster.chars().next().unwrap_or(TATWEEL);
                !letter.is_some_and(|letter| letter::hangs_on(sign, letter))
            }
            Class::Punctuation => {
                let is_of_word = cluster == "." && takes_full_stop(before);
                !is_of_word && !cluster.starts_with(is_paired_sign)
            }
            Class::Symbol => {
                let number = before.trim_end_matches(|c| letter::class(c) == Class::Space);
                cluster.starts_with(is_percent)
                    && !number.chars().next_back().is_some_and(|c| letter::class(c) == Class::Digit)
            }
            _ => false,
        };
        if !loose {
            break;
        }
        if class != Class::Tatweel {
            stretched = None;
        }
        rest = before;
    }
    text.len() - rest.len()
}

/// The character that the marks and tatweel at the end of a text hang on.
fn letter_before(text: &str) -> Option<char> {
    text.chars().rev().find(|&c| !matches!(class(c), Class::Tatweel | Class::Mark))
}

fn is_percent(c: char) -> bool {
    matches!(c, '%' | '٪' | '‰' | '؉')
}

fn is_paired_sign(c: char) -> bool {
    letter::is_bracket(c) || letter::is_quote(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: SnapOptions = SnapOptions { trim: true, whole_words: true, peel_proclitics: false };
    const PEEL: SnapOptions = SnapOptions { trim: true, whole_words: true, peel_proclitics: true };
    const LOOSE: SnapOptions = SnapOptions { trim: false, whole_words: false, peel_proclitics: false };

    /// Snaps all of a text.
    fn whole(text: &str, options: SnapOptions) -> Option<String> {
        let text = SourceText::from(text);
        snap(&text, text.range(), options).and_then(|range| text.slice(range)).map(str::to_owned)
    }

    /// Snaps the part of a text between two bars.
    fn between_bars(marked: &str, options: SnapOptions) -> Option<String> {
        let plain = marked.replace('|', "");
        let start = marked.find('|')?;
        let end = marked.rfind('|')? - 1;
        let text = SourceText::from(plain.as_str());
        snap(&text, ByteRange::from(start..end), options)
            .and_then(|range| text.slice(range))
            .map(str::to_owned)
    }

    #[test]
    fn edges_of_the_guideline() {
        for (selected, meant) in [
            (" 19 عاملًا،", "19 عاملًا"),
            ("«أوبك»", "أوبك"),
            ("\"أطباء بلا حدود\".", "أطباء بلا حدود"),
            ("”الأهرام”", "الأهرام"),
            ("»الأهرام«", "الأهرام"),
            ("‹الأهرام›", "الأهرام"),
            ("‘الأهرام’؛", "الأهرام"),
            ("(رويترز)", "رويترز"),
            ("كتيبة \"الفاروق\" الأولى", "كتيبة \"الفاروق\" الأولى"),
            ("كتيبة \"الفاروق\"،", "كتيبة \"الفاروق\""),
            ("\"الفاروق\" الأولى", "\"الفاروق\" الأولى"),
            ("هيئة الإذاعة (بي بي سي)", "هيئة الإذاعة (بي بي سي)"),
            ("((أوبك))", "أوبك"),
            ("أوبك)", "أوبك"),
            ("«أوبك", "أوبك"),
            ("طرابــلس", "طرابــلس"),
            ("عُمانُ ", "عُمانُ"),
            ("10 محرم 1446هـ.", "10 محرم 1446هـ"),
            ("القاهرةـ", "القاهرة"),
            ("ـ رويترز ـ", "رويترز"),
            ("\u{200F}\u{A0}بيروت\u{200E}\u{A0}\r\n", "بيروت"),
            ("\u{202B}بيروت\u{202C}", "بيروت"),
            ("1.5%،", "1.5%"),
            ("٢٠ ٪", "٢٠ ٪"),
            ("٪20", "٪20"),
            ("القاهرة %", "القاهرة"),
            ("100 $", "100 $"),
            ("#غزة", "غزة"),
            ("😊", "😊"),
            ("O'Brien'", "O'Brien"),
            ("د.", "د."),
            (" أ.د. ", "أ.د."),
            ("ص.ب.", "ص.ب."),
            ("في القرن الثاني ق.م.،", "في القرن الثاني ق.م."),
            ("George W.", "George W."),
            ("د. أحمد.", "د. أحمد"),
            ("الفئة أ.", "الفئة أ"),
            ("عام 2024 م.", "عام 2024 م"),
        ] {
            assert_eq!(whole(selected, SnapOptions::default()).as_deref(), Some(meant), "{selected:?}");
        }
    }

    #[test]
    fn nothing_is_left_of_selections_without_letters() {
        for selected in
            ["", " ", "\u{A0}\n", "،", "«»", "\u{200F}", "ـ", "()", "\u{64E}", " \u{64E}", "...", "\"\"\""]
        {
            assert_eq!(whole(selected, SnapOptions::default()), None, "{selected:?}");
        }
    }

    #[test]
    fn half_letters_are_completed_even_without_trimming() {
        let text = SourceText::from("ال👨‍👩‍👧أُ ");
        let inside = ByteRange::from(5..text.as_str().len() - 2);
        let snapped = snap(&text, inside, LOOSE).and_then(|range| text.slice(range));
        assert_eq!(snapped, Some("👨‍👩‍👧أُ"));
        assert_eq!(whole(" ، ", LOOSE).as_deref(), Some(" ، "));
    }

    #[test]
    fn the_following_space_is_never_swallowed() {
        assert_eq!(between_bars("زار |الوفد |القاهرة", WORDS).as_deref(), Some("الوفد"));
    }

    #[test]
    fn words_at_the_ends_are_completed() {
        assert_eq!(between_bars("زار ال|وفد الق|اهرة.", WORDS).as_deref(), Some("الوفد القاهرة"));
        assert_eq!(between_bars("زار |الوفد| القاهرة", WORDS).as_deref(), Some("الوفد"));
    }

    #[test]
    fn proclitics_are_peeled_where_the_spelling_shows_them() {
        for (selected, meant) in [
            ("وبالقاهرة", "القاهرة"),
            ("وللأردن", "لأردن"),
            ("لـأوبك", "أوبك"),
            ("وNATO", "NATO"),
            ("و2005", "2005"),
            ("وهران", "وهران"),
            ("بيروت", "بيروت"),
            ("والد", "والد"),
        ] {
            assert_eq!(whole(selected, PEEL).as_deref(), Some(meant), "{selected}");
        }
    }

    #[test]
    fn lines_are_parted() {
        let text = SourceText::from("تونس\r\n\nبيروت\nفاس");
        let parts: Vec<_> =
            split_lines(&text, ByteRange::from(2..22)).filter_map(|r| text.slice(r)).collect();
        assert_eq!(parts, ["ونس", "بيروت"]);
        assert_eq!(split_lines(&text, ByteRange::from(8..10)).count(), 0);
    }

    #[test]
    fn many_open_brackets_take_no_time() {
        let selected = "(".repeat(200_000);
        assert_eq!(whole(&selected, SnapOptions::default()), None);
        let selected = format!("{}ب{}", "(".repeat(50_000), "ـ".repeat(50_000));
        assert_eq!(whole(&selected, SnapOptions::default()).map(|snapped| snapped.len()), Some(100_002));
        assert_eq!(whole(&"ـ".repeat(100_000), SnapOptions::default()), None);
    }
}
