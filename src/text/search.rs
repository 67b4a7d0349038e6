//! Finding a name everywhere in a text, however it is spelled and whatever is written together with it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use super::clitics::{Cut, proclitic_cuts};
use super::fold::{Folding, fold};
use super::words::words_in;
use super::{ByteOffset, ByteRange, Folded, SourceText};

/// What counts as a find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// Which differences of spelling do not matter.
    pub folding: Folding,
    /// Takes no part of a word: `قطر` is not found in `قطري`.
    pub whole_word: bool,
    /// Takes a word behind its proclitics for whole: `قطر` is found in `وقطر`, and `الأردن` in `للأردن`, where it has
    /// lost its alif. The clitics are left outside the range.
    pub through_proclitics: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { folding: Folding::SEARCH, whole_word: true, through_proclitics: true }
    }
}

/// All places where `needle` stands, in order and without overlaps. See [`Searcher`] for many searches in one text.
#[must_use]
pub fn find_all(text: &SourceText, needle: &str, options: SearchOptions) -> Vec<ByteRange> {
    Searcher::new(text, options).find_all(needle)
}

/// A text made ready for many searches: folded once, and the words of a line found once, when something stands there
/// that may be a find. Most texts have nothing of a needle, and those are done with after one look for its letters.
#[derive(Debug)]
pub struct Searcher<'a> {
    text: &'a SourceText,
    /// Nothing where nothing is folded: the text itself is looked through.
    folded: Option<Cow<'a, Folded>>,
    /// The words of the lines that were asked for.
    lines: RefCell<HashMap<usize, Vec<ByteRange>>>,
    options: SearchOptions,
}

/// Where the beginning of a needle may fall.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// Wherever the options allow.
    Freely,
    /// Only after the first ل of لل: the needle was robbed of its article's alif.
    AfterLam,
}

impl<'a> Searcher<'a> {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &'a SourceText, options: SearchOptions) -> Self {
        let folds = options.folding != Folding::NONE;
        let folded = folds.then(|| Cow::Owned(Folded::new(text.as_str(), options.folding)));
        Self { text, folded, lines: RefCell::default(), options }
    }

    /// Takes a text that has been folded before, as the options ask for.
    #[must_use]
    pub fn of_folded(text: &'a SourceText, folded: &'a Folded, options: SearchOptions) -> Self {
        Self { text, folded: Some(Cow::Borrowed(folded)), lines: RefCell::default(), options }
    }

    /// All places where `needle` stands, in order and without overlaps. A needle of which folding leaves nothing (marks
    /// only, white space only) stands nowhere.
    #[must_use]
    pub fn find_all(&self, needle: &str) -> Vec<ByteRange> {
        let needle = fold(needle.trim(), self.options.folding);
        let mut forms = vec![(&*needle, Begins::Freely)];
        if self.options.through_proclitics
            && let Some(rest) = needle.strip_prefix("ال")
        {
            // The article keeps its ل; a name in ل after an article keeps one of its two.
            forms.push((needle.strip_prefix('ا').unwrap_or_default(), Begins::AfterLam));
            if rest.starts_with('ل') {
                forms.push((rest, Begins::AfterLam));
            }
        }
        let mut found = Vec::new();
        // Each form ends with the next one, so that where the last does not stand, none does.
        if let [_, .., (shortest, _)] = forms.as_slice()
            && !self.haystack().contains(shortest)
        {
            return found;
        }
        for (form, begins) in forms {
            self.collect(form, begins, &mut found);
        }
        found.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = None;
        found.retain(|range| {
            let free = end.is_none_or(|end| range.start >= end);
            if free {
                end = Some(range.end);
            }
            free
        });
        found
    }

    fn haystack(&self) -> &str {
        self.folded.as_ref().map_or(self.text.as_str(), |folded| folded.as_str())
    }

    fn collect(&self, needle: &str, begins: Begins, found: &mut Vec<ByteRange>) {
        let Some(step) = needle.chars().next().map(char::len_utf8) else { return };
        let haystack = self.haystack();
        let mut at = 0;
        while let Some(hit) = haystack.get(at..).and_then(|rest| rest.find(needle)) {
            let start = at + hit;
            let there = start..start + needle.len();
            let range = match &self.folded {
                Some(folded) => folded.source_range(there),
                None => ByteRange::from(there),
            };
            let taken = self.is_find(range, begins);
            if taken {
                found.push(range);
            }
            at = start + if taken { needle.len() } else { step };
        }
    }

    fn is_find(&self, range: ByteRange, begins: Begins) -> bool {
        let whole_graphemes =
            || self.text.is_grapheme_boundary(range.start) && self.text.is_grapheme_boundary(range.end);
        let begins_well = || match begins {
            Begins::AfterLam => self.cut_at(range).is_some_and(|cut| cut.lost_alif),
            Begins::Freely if self.options.whole_word && self.is_inside_word(range.start) => {
                self.options.through_proclitics && self.cut_at(range).is_some()
            }
            Begins::Freely => true,
        };
        whole_graphemes() && begins_well() && !(self.options.whole_word && self.is_inside_word(range.end))
    }

    fn is_inside_word(&self, at: ByteOffset) -> bool {
        self.word_that_ends_after(at).is_some_and(|word| word.start < at)
    }

    /// The proclitic cut where a range begins, if one is there.
    fn cut_at(&self, range: ByteRange) -> Option<Cut> {
        let word = self.word_that_ends_after(range.start)?;
        let peeled = range.start.to_usize().checked_sub(word.start.to_usize())?;
        proclitic_cuts(self.text.slice(word)?).iter().find(|cut| cut.offset == peeled)
    }

    /// The first word of the line that ends behind a place. No word goes over the end of a line.
    fn word_that_ends_after(&self, at: ByteOffset) -> Option<ByteRange> {
        let line = self.text.paragraph_at(at)?;
        let content = self.text.paragraphs().get(line)?.content;
        let mut lines = self.lines.borrow_mut();
        let words = lines
            .entry(line)
            .or_insert_with(|| words_in(self.text, content).map(|word| word.range).collect());
        words.get(words.partition_point(|word| word.end <= at)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, needle: &str, options: SearchOptions) -> Vec<String> {
        let text = SourceText::from(text);
        find_all(&text, needle, options)
            .into_iter()
            .filter_map(|r| text.slice(r))
            .map(str::to_owned)
            .collect()
    }

    fn names(text: &str, needle: &str) -> Vec<String> {
        found(text, needle, SearchOptions::default())
    }

    #[test]
    fn names_are_found_behind_clitics_and_in_other_spellings() {
        assert_eq!(names("وقطر، بقطـر و«قَطَر» لا قطري", "قطر"), ["قطر", "قطـر", "قَطَر"]);
        assert_eq!(names("القاهره وبالقاهرة", "القاهرة"), ["القاهره", "القاهرة"]);
        assert_eq!(names("لـأوبك ولـ«أوبك»", "اوبك"), ["أوبك", "أوبك"]);
        assert_eq!(names("ريف دير\u{A0}الزور", "دير الزور"), ["دير\u{A0}الزور"]);
        assert_eq!(names("۲۵ و٢٥", "25"), ["۲۵", "٢٥"]);
    }

    #[test]
    fn the_article_is_found_without_its_alif() {
        assert_eq!(names("للأردن وللاردن والأردن", "الأردن"), ["لأردن", "لاردن", "الأردن"]);
        assert_eq!(names("للجنة الأولمبية", "اللجنة الأولمبية"), ["لجنة الأولمبية"]);
        assert_eq!(names("للجيش لجيش", "الجيش"), ["لجيش"]);
        assert_eq!(names("لليبيا", "ليبيا"), ["ليبيا"]);
    }

    #[test]
    fn options_narrow_and_widen() {
        let exact = SearchOptions { folding: Folding::NONE, ..SearchOptions::default() };
        assert_eq!(found("الاردن الأردن", "الأردن", exact), ["الأردن"]);
        let no_clitics = SearchOptions { through_proclitics: false, ..SearchOptions::default() };
        assert_eq!(found("وقطر قطر", "قطر", no_clitics), ["قطر"]);
        let parts =
            SearchOptions { whole_word: false, through_proclitics: false, ..SearchOptions::default() };
        assert_eq!(found("قطري", "قطر", parts), ["قطر"]);
    }

    #[test]
    fn a_find_is_never_half_a_letter() {
        let exact = SearchOptions { folding: Folding::NONE, whole_word: false, through_proclitics: false };
        assert_eq!(found("عُمان", "ع", exact), [""; 0]);
        let folded = SearchOptions { folding: Folding::SEARCH, ..exact };
        assert_eq!(found("عُمان", "ع", folded), ["عُ"]);
    }

    #[test]
    fn finds_do_not_overlap_and_do_not_cross_lines() {
        let parts =
            SearchOptions { whole_word: false, through_proclitics: false, ..SearchOptions::default() };
        assert_eq!(found("ببببب", "بب", parts).len(), 2);
        assert_eq!(names("دير\nالزور", "دير الزور"), [""; 0]);
    }

    #[test]
    fn empty_needles_stand_nowhere() {
        for needle in ["", " ", "\u{64E}", "ـ", "\u{200F}"] {
            assert_eq!(names("زار ـ قَطر", needle), [""; 0], "{needle:?}");
        }
    }
}
