//! Sentences of Arabic news.
//!
//! A sentence ends after `.` `؟` `?` `!` `…` `۔` or a run of them, with the quotes and brackets that close there. A full
//! stop ends nothing:
//!
//! - between two digits or two Latin letters (`12.7`, `example.com`);
//! - after a single letter, which is an initial or an abbreviation (`د. أحمد`, `أ.ف.ب`), or a short Latin title (`Dr.`);
//! - after the number that opens a sentence (`1. أعلن`), which counts items of a list;
//! - before a comma, semicolon or colon (`إلخ.، ثم`).
//!
//! A missing space after a full stop does not hide the end (`انتهى.وقال`).

use super::letter::{self, Class, Cluster, Side, next_cluster};
use super::{ByteRange, WordKind, words};

/// Latin abbreviations that take a full stop and are followed by a name.
const LATIN_TITLES: [&str; 9] = ["Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Gen", "Col", "No"];

/// The sentences of one paragraph, in order, without the white space around them.
///
/// Every character that is not white space belongs to exactly one sentence. A range outside the text, or one that cuts a
/// character, has none.
#[must_use]
pub fn sentences(text: &str, paragraph: ByteRange) -> Vec<ByteRange> {
    let base = paragraph.start.to_usize();
    let line = text.get(paragraph.to_std()).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = skip_space(line, 0);
    while at < line.len() {
        let end = sentence_end(line, at);
        found.push(ByteRange::from(base + at..base + end));
        at = skip_space(line, end);
    }
    found
}

fn cluster_at(line: &str, at: usize) -> Option<(char, Cluster)> {
    let rest = line.get(at..)?;
    Some((rest.chars().next()?, next_cluster(rest)?))
}

fn skip_space(line: &str, mut at: usize) -> usize {
    while let Some((_, cluster)) = cluster_at(line, at).filter(|(_, cluster)| cluster.class == Class::Space) {
        at += cluster.len;
    }
    at
}

/// The end of the sentence that begins at `start`, without white space.
fn sentence_end(line: &str, start: usize) -> usize {
    let mut quotes = [false; 4];
    let mut at = start;
    let mut solid_end = start;
    // The beginning of the last stretch without white space or punctuation, where the word before a full stop is.
    let mut run_start = start;
    let mut words_seen = 0_usize;
    while let Some((c, cluster)) = cluster_at(line, at) {
        if is_end_mark(c) {
            let (stops, after_marks) = end_marks(line, at);
            if stops == Stops::Ends || !full_stop_is_inner(line, start, run_start, at, words_seen) {
                let end = closers(line, after_marks, &mut quotes);
                if !continues(line, end) {
                    return end;
                }
                solid_end = end;
            } else {
                solid_end = after_marks;
            }
            at = solid_end;
            run_start = at;
            continue;
        }
        if let Some(open) = letter::quote_family(c).and_then(|family| quotes.get_mut(usize::from(family))) {
            *open = !*open;
        }
        at += cluster.len;
        match cluster.class {
            Class::Space => run_start = at,
            Class::Punctuation => {
                run_start = at;
                solid_end = at;
            }
            Class::ArabicLetter | Class::LatinLetter | Class::Digit | Class::Symbol => {
                words_seen += usize::from(run_start + cluster.len == at);
                solid_end = at;
            }
            _ => solid_end = at,
        }
    }
    solid_end
}

/// What a run of end marks amounts to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stops {
    /// One full stop: it may belong to a number or an abbreviation.
    FullStop,
    /// Anything stronger.
    Ends,
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '؟' | '?' | '!' | '…' | '۔' | '\u{203C}' | '\u{2047}'..='\u{2049}' | '！' | '？')
}

fn end_marks(line: &str, mut at: usize) -> (Stops, usize) {
    let mut count = 0;
    let mut stops = Stops::FullStop;
    while let Some((c, cluster)) = cluster_at(line, at) {
        if is_end_mark(c) {
            count += 1;
            if c != '.' {
                stops = Stops::Ends;
            }
        } else if !matches!(cluster.class, Class::Mark | Class::Invisible) {
            break;
        }
        at += cluster.len;
    }
    (if count > 1 { Stops::Ends } else { stops }, at)
}

/// True if the full stop at `at` is part of a number, a name or an abbreviation.
fn full_stop_is_inner(line: &str, start: usize, run_start: usize, at: usize, words_seen: usize) -> bool {
    let before = line.get(run_start..at).unwrap_or_default();
    let before_class = before.chars().next_back().map(letter::class);
    let after_class = line.get(at + 1..).and_then(next_cluster).map(|cluster| cluster.class);
    if before_class == after_class && matches!(after_class, Some(Class::Digit | Class::LatinLetter)) {
        return true;
    }
    let Some(word) = words(before).last() else { return false };
    let letters = before.get(word.range.to_std()).unwrap_or_default();
    match word.kind {
        WordKind::Number => words_seen == 1 && run_start == start && after_class == Some(Class::Space),
        WordKind::Arabic | WordKind::Latin => {
            let base = letters.chars().filter(|&c| !letter::is_mark(c) && c != letter::TATWEEL);
            base.take(2).count() == 1 || LATIN_TITLES.contains(&letters)
        }
        WordKind::Mixed | WordKind::Symbol => false,
    }
}

/// The end of the quotes and brackets that close right after an end mark.
fn closers(line: &str, mut at: usize, quotes: &mut [bool; 4]) -> usize {
    while let Some((c, cluster)) = cluster_at(line, at) {
        let quote = letter::quote_family(c).and_then(|family| quotes.get_mut(usize::from(family)));
        let closes = match quote {
            Some(open) => std::mem::take(open),
            None => {
                letter::bracket(c).is_some_and(|(_, side)| side == Side::Close)
                    || is_end_mark(c)
                    || cluster.class == Class::Invisible
            }
        };
        if !closes {
            break;
        }
        at += cluster.len;
    }
    at
}

/// True if what follows shows that the sentence goes on.
fn continues(line: &str, at: usize) -> bool {
    cluster_at(line, at).is_some_and(|(c, _)| matches!(c, '،' | ',' | '؛' | ';' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<&str> {
        sentences(line, ByteRange::from(0..line.len())).into_iter().map(|r| &line[r.to_std()]).collect()
    }

    #[test]
    fn sentences_of_arabic_news() {
        for (line, expected) in [
            ("", &[][..]),
            ("   ", &[]),
            ("وصل الوفد. وغادر أمس.", &["وصل الوفد.", "وغادر أمس."]),
            ("انتهى.وقال", &["انتهى.", "وقال"]),
            ("هل وصل؟! نعم… غادر", &["هل وصل؟!", "نعم…", "غادر"]),
            ("بلغت 12.7 و٣.٥ في المئة", &["بلغت 12.7 و٣.٥ في المئة"]),
            ("قال د. سالم و أ.ف.ب هنا. ثم", &["قال د. سالم و أ.ف.ب هنا.", "ثم"]),
            ("قال «وصلنا.» ثم غادر.", &["قال «وصلنا.»", "ثم غادر."]),
            ("سأل (أين؟) وسكت", &["سأل (أين؟)", "وسكت"]),
            ("قال. «وصلنا»", &["قال.", "«وصلنا»"]),
            ("قال.\"وصلنا\"", &["قال.", "\"وصلنا\""]),
            ("عام 2003. وغادر", &["عام 2003.", "وغادر"]),
            ("1. وصل الوفد. 2. غادر", &["1. وصل الوفد.", "2. غادر"]),
            ("ماء وغذاء إلخ.، ثم غادر", &["ماء وغذاء إلخ.، ثم غادر"]),
            ("see example.com now. Dr. Who", &["see example.com now.", "Dr. Who"]),
            ("وصل.\u{200F} وغادر", &["وصل.\u{200F}", "وغادر"]),
            (" . . ", &[".", "."]),
            ("في 1446هـ. وغادر", &["في 1446هـ.", "وغادر"]),
        ] {
            assert_eq!(split(line), expected, "{line:?}");
        }
    }

    #[test]
    fn positions_are_those_of_the_whole_text() {
        let text = "قال\nوصل. غادر";
        let second = ByteRange::from(text.find('و').unwrap_or(0)..text.len());
        let found: Vec<_> = sentences(text, second).into_iter().map(|r| &text[r.to_std()]).collect();
        assert_eq!(found, ["وصل.", "غادر"]);
        assert!(sentences(text, ByteRange::from(1..4)).is_empty());
        assert!(sentences(text, ByteRange::from(0..400)).is_empty());
    }
}
