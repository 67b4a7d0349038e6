//! Where the caret goes, and where the end of a span goes, by letter, word, sentence and paragraph.
//!
//! All moves are in reading order and know nothing of left and right. Letters are grapheme clusters, words are those of
//! [`words`](super::words), so a caret stops where a name may begin or end.

use super::clitics::shown_cut;
use super::letter::{Class, class_of_cluster};
use super::snap::whole_graphemes;
use super::words::words_in;
use super::{ByteOffset, ByteRange, SourceText, sentences};

/// How far one move goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A letter with its marks.
    Letter,
    /// A word.
    Word,
    /// A word from where the proclitics end that its [spelling shows](shown_cut).
    PeeledWord,
    /// A sentence.
    Sentence,
    /// A line of the text.
    Paragraph,
}

/// One of the two ends of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// Which way an end moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The range grows.
    Outward,
    /// The range shrinks.
    Inward,
}

/// The next place after `at` where a unit begins; the end of the text if there is none.
///
/// Always beyond `at`, unless `at` is the end.
#[must_use]
pub fn next(text: &SourceText, at: ByteOffset, unit: Unit) -> ByteOffset {
    let found = match unit {
        Unit::Letter => Some(next_letter(text, at)),
        _ => first_stop(text, at, unit, |range| range.start),
    };
    found.unwrap_or(text.range().end)
}

/// The last place before `at` where a unit begins; the start of the text if there is none.
///
/// Always before `at`, unless `at` is the start.
#[must_use]
pub fn previous(text: &SourceText, at: ByteOffset, unit: Unit) -> ByteOffset {
    let found = match unit {
        Unit::Letter => Some(previous_letter(text, at)),
        _ => last_stop(text, at, unit, |range| range.start),
    };
    found.unwrap_or(ByteOffset::ZERO)
}

/// Where the line that holds `at` begins.
#[must_use]
pub fn line_start(text: &SourceText, at: ByteOffset) -> ByteOffset {
    line_at(text, at).map_or(ByteOffset::ZERO, |line| line.start)
}

/// Where the line that holds `at` ends, before its line end.
#[must_use]
pub fn line_end(text: &SourceText, at: ByteOffset) -> ByteOffset {
    line_at(text, at).map_or(ByteOffset::ZERO, |line| line.end)
}

/// The word that holds the letter at `at`, or else the one that ends there.
#[must_use]
pub fn word_at(text: &SourceText, at: ByteOffset) -> Option<ByteRange> {
    unit_at(text, at, Unit::Word)
}

/// Moves one end of a range by one unit, for the reader who corrects a span.
///
/// By letters, white space and invisible signs are stepped over, so that no end comes to lie on them; by larger units,
/// the start goes to the start of one and the end to the end of one. `None` if the move would leave the line, empty the
/// range, or move nothing.
#[must_use]
pub fn move_edge(
    text: &SourceText,
    range: ByteRange,
    edge: Edge,
    direction: Direction,
    unit: Unit,
) -> Option<ByteRange> {
    let range = whole_graphemes(text, range);
    let from = match edge {
        Edge::Start => range.start,
        Edge::End => range.end,
    };
    let to = match (unit, edge, direction) {
        (Unit::Letter, ..) => moved_by_letter(text, from, edge, direction)?,
        (_, Edge::Start, Direction::Outward) => last_stop(text, from, unit, |r| r.start)?,
        (_, Edge::Start, Direction::Inward) => first_stop(text, from, unit, |r| r.start)?,
        (_, Edge::End, Direction::Outward) => first_stop(text, from, unit, |r| r.end)?,
        (_, Edge::End, Direction::Inward) => last_stop(text, from, unit, |r| r.end)?,
    };
    let (start, end) = match edge {
        Edge::Start => (to, range.end),
        Edge::End => (range.start, to),
    };
    let leaves_line =
        direction == Direction::Outward && line_of_edge(text, from, edge) != line_of_edge(text, to, edge);
    (start < end && to != from && !leaves_line).then_some(ByteRange { start, end })
}

fn next_letter(text: &SourceText, at: ByteOffset) -> ByteOffset {
    let after = ByteOffset::from(at.to_usize().saturating_add(1));
    text.grapheme_ceil(after)
}

fn previous_letter(text: &SourceText, at: ByteOffset) -> ByteOffset {
    let before = ByteOffset::from(at.min(text.range().end).to_usize().saturating_sub(1));
    text.grapheme_floor(before)
}

/// Steps until the grapheme on the inner side of the end has ink.
fn moved_by_letter(
    text: &SourceText,
    from: ByteOffset,
    edge: Edge,
    direction: Direction,
) -> Option<ByteOffset> {
    let forward = (edge == Edge::End) == (direction == Direction::Outward);
    let mut at = from;
    loop {
        let to = if forward { next_letter(text, at) } else { previous_letter(text, at) };
        if to == at {
            return None;
        }
        at = to;
        let inner = match edge {
            Edge::Start => ByteRange { start: at, end: next_letter(text, at) },
            Edge::End => ByteRange { start: previous_letter(text, at), end: at },
        };
        let class = class_of_cluster(text.slice(inner).unwrap_or_default());
        if !matches!(class, Class::Space | Class::Invisible) {
            return Some(at);
        }
    }
}

/// The line that the letter on the inner side of an end belongs to.
fn line_of_edge(text: &SourceText, at: ByteOffset, edge: Edge) -> Option<usize> {
    match edge {
        Edge::Start => text.paragraph_at(at),
        Edge::End => text.paragraph_at(previous_letter(text, at)),
    }
}

fn line_at(text: &SourceText, at: ByteOffset) -> Option<ByteRange> {
    text.paragraph_at(at).and_then(|index| text.paragraphs().get(index)).map(|line| line.content)
}

/// Calls `visit` for the units of a line in order until it returns false.
fn visit_units(text: &SourceText, line: ByteRange, unit: Unit, mut visit: impl FnMut(ByteRange) -> bool) {
    match unit {
        Unit::Word | Unit::Letter => {
            words_in(text, line).all(|word| visit(word.range));
        }
        Unit::PeeledWord => {
            words_in(text, line).all(|word| visit(peeled(text, word.range)));
        }
        Unit::Sentence => {
            sentences(text.as_str(), line).into_iter().all(visit);
        }
        Unit::Paragraph => {
            visit(line);
        }
    }
}

fn peeled(text: &SourceText, word: ByteRange) -> ByteRange {
    let cut = shown_cut(text.slice(word).unwrap_or_default());
    ByteRange { start: ByteOffset::from(word.start.to_usize() + cut), end: word.end }
}

/// The first stop beyond `at`, on its line or a later one.
fn first_stop(
    text: &SourceText,
    at: ByteOffset,
    unit: Unit,
    stop: impl Fn(ByteRange) -> ByteOffset,
) -> Option<ByteOffset> {
    let first = text.paragraph_at(at)?;
    text.paragraphs().iter().skip(first).find_map(|line| {
        let mut found = None;
        visit_units(text, line.content, unit, |range| {
            found = Some(stop(range)).filter(|&stop| stop > at);
            found.is_none()
        });
        found
    })
}

/// The last stop before `at`, on its line or an earlier one.
fn last_stop(
    text: &SourceText,
    at: ByteOffset,
    unit: Unit,
    stop: impl Fn(ByteRange) -> ByteOffset,
) -> Option<ByteOffset> {
    let last = text.paragraph_at(at)?;
    text.paragraphs().iter().take(last + 1).rev().find_map(|line| {
        let mut found = None;
        visit_units(text, line.content, unit, |range| {
            let before = stop(range) < at;
            if before {
                found = Some(stop(range));
            }
            before
        });
        found
    })
}

fn unit_at(text: &SourceText, at: ByteOffset, unit: Unit) -> Option<ByteRange> {
    let line = line_at(text, at)?;
    let mut found = None;
    visit_units(text, line, unit, |range| {
        if range.holds(at) || range.end == at {
            found = Some(range);
        }
        range.end <= at
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "زار الوفدُ «القاهرة».\n\nوغادر. ثم عاد";

    /// The places a caret visits, as the text that follows it.
    fn stops(unit: Unit) -> Vec<String> {
        let text = SourceText::from(TEXT);
        let mut at = ByteOffset::ZERO;
        let mut stops = Vec::new();
        while at < text.range().end {
            at = next(&text, at, unit);
            stops.push(TEXT[at.to_usize()..].chars().take(3).collect());
        }
        stops
    }

    fn moved(marked: &str, edge: Edge, direction: Direction, unit: Unit) -> Option<String> {
        let plain = marked.replace('|', "");
        let (start, end) = (marked.find('|')?, marked.rfind('|')? - 1);
        let text = SourceText::from(plain.as_str());
        let range = move_edge(&text, ByteRange::from(start..end), edge, direction, unit)?;
        text.slice(range).map(str::to_owned)
    }

    #[test]
    fn words_sentences_and_paragraphs_are_visited() {
        assert_eq!(stops(Unit::Word), ["الو", "الق", "وغا", "ثم ", "عاد", ""]);
        assert_eq!(stops(Unit::Sentence), ["وغا", "ثم ", ""]);
        assert_eq!(stops(Unit::Paragraph), ["\nوغ", "وغا", ""]);
    }

    #[test]
    fn going_back_visits_the_same_places() {
        let text = SourceText::from(TEXT);
        for unit in [Unit::Letter, Unit::Word, Unit::PeeledWord, Unit::Sentence, Unit::Paragraph] {
            let mut there = vec![ByteOffset::ZERO];
            while let Some(&at) = there.last().filter(|&&at| at < text.range().end) {
                there.push(next(&text, at, unit));
            }
            let mut back = vec![text.range().end];
            while let Some(&at) = back.last().filter(|&&at| at > ByteOffset::ZERO) {
                back.push(previous(&text, at, unit));
            }
            back.reverse();
            assert_eq!(there, back, "{unit:?}");
        }
    }

    #[test]
    fn the_word_at_a_place() {
        let text = SourceText::from("زار الوفدُ.");
        let at = |byte| word_at(&text, ByteOffset::new(byte)).and_then(|range| text.slice(range));
        assert_eq!(at(0), Some("زار"));
        assert_eq!(at(6), Some("زار"));
        assert_eq!(at(7), Some("الوفدُ"));
        assert_eq!(at(19), Some("الوفدُ"));
        assert_eq!(at(20), None);
        assert_eq!(word_at(&SourceText::from(""), ByteOffset::ZERO), None);
    }

    #[test]
    fn line_ends_are_found() {
        let text = SourceText::from("ab\r\ncd");
        assert_eq!(line_start(&text, ByteOffset::new(5)), ByteOffset::new(4));
        assert_eq!(line_end(&text, ByteOffset::new(1)), ByteOffset::new(2));
        assert_eq!(line_end(&text, ByteOffset::new(6)), ByteOffset::new(6));
    }

    #[test]
    fn an_end_moves_by_words() {
        use {Direction::*, Edge::*};
        let marked = "زار |الوفد القطري| تونس أمس";
        assert_eq!(moved(marked, End, Outward, Unit::Word).as_deref(), Some("الوفد القطري تونس"));
        assert_eq!(moved(marked, End, Inward, Unit::Word).as_deref(), Some("الوفد"));
        assert_eq!(moved(marked, Start, Outward, Unit::Word).as_deref(), Some("زار الوفد القطري"));
        assert_eq!(moved(marked, Start, Inward, Unit::Word).as_deref(), Some("القطري"));
        assert_eq!(moved("|تونس|", End, Inward, Unit::Word), None);
        assert_eq!(moved("ب|تونس|", Start, Outward, Unit::Word).as_deref(), Some("بتونس"));
    }

    #[test]
    fn a_start_that_moves_by_peeled_words_leaves_the_proclitics_outside() {
        use {Direction::*, Edge::*};
        let marked = "زار وبالقاهرة |الوفد| للأردن";
        assert_eq!(moved(marked, Start, Outward, Unit::PeeledWord).as_deref(), Some("القاهرة الوفد"));
        assert_eq!(moved(marked, Start, Outward, Unit::Word).as_deref(), Some("وبالقاهرة الوفد"));
        assert_eq!(moved(marked, End, Outward, Unit::PeeledWord).as_deref(), Some("الوفد للأردن"));
        let marked = "|الوفد للأردن|";
        assert_eq!(moved(marked, Start, Inward, Unit::PeeledWord).as_deref(), Some("لأردن"));
        assert_eq!(moved(marked, Start, Inward, Unit::Word).as_deref(), Some("للأردن"));
        assert_eq!(moved("وبال|قاهرة|", Start, Outward, Unit::PeeledWord).as_deref(), Some("القاهرة"));
    }

    #[test]
    fn an_end_moves_by_letters_and_never_rests_on_a_space() {
        use {Direction::*, Edge::*};
        assert_eq!(moved("|عُمان| و", End, Outward, Unit::Letter).as_deref(), Some("عُمان و"));
        assert_eq!(moved("|عُمان و|", End, Inward, Unit::Letter).as_deref(), Some("عُمان"));
        assert_eq!(moved("|عُمان|", Start, Inward, Unit::Letter).as_deref(), Some("مان"));
        assert_eq!(moved("ب|تونس|", Start, Outward, Unit::Letter).as_deref(), Some("بتونس"));
        assert_eq!(moved("|ع|", End, Inward, Unit::Letter), None);
    }

    #[test]
    fn an_end_stays_on_its_line() {
        use {Direction::*, Edge::*};
        for unit in [Unit::Letter, Unit::Word, Unit::Sentence] {
            assert_eq!(moved("زار\n|تونس|\nأمس", Start, Outward, unit), None, "{unit:?}");
            assert_eq!(moved("زار\n|تونس|\nأمس", End, Outward, unit), None, "{unit:?}");
        }
    }
}
