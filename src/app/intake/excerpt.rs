//! The words that a problem is about, among those around them.

use super::Excerpt;
use crate::annotation::Document;
use crate::formats::{OffsetUnit, Problem, ProblemKind};
use crate::text::{ByteRange, SourceText};

/// So many characters are shown before the words, and behind them.
const AROUND: usize = 32;

/// So many more are shown rather than left out: an ellipsis would take the room of a word.
const SLACK: usize = 8;

/// At most so many characters of the words themselves are shown.
const MOST: usize = 80;

/// The words in the text of the document, for problems that name a place in it.
pub(super) fn in_text(problem: &Problem, document: &Document, unit: OffsetUnit) -> Option<Excerpt> {
    let text = &document.text;
    let place = |start: u64, end: u64| {
        let last = u64::from(text.len_code_points().get());
        let point = |at: u64| u32::try_from(at.min(last)).ok().map(crate::text::CodePointOffset::new);
        text.byte_range(point(start)?, point(end.max(start))?)
    };
    let range = match &problem.kind {
        // These count what the file counts.
        ProblemKind::Surface { start, end, .. }
        | ProblemKind::EmptySpan { start, end }
        | ProblemKind::CutCharacter { start, end }
            if unit == OffsetUnit::CodePoint =>
        {
            place(*start, *end)?
        }
        ProblemKind::OutsideText { .. } => ByteRange { start: text.range().end, end: text.range().end },
        ProblemKind::Moved { stated, to, .. } => {
            place(*to, *to + stated.trim_end_matches('…').chars().count() as u64)?
        }
        ProblemKind::CutGrapheme { .. } => {
            let is_cut = |at| !text.is_grapheme_boundary(at);
            let mut cut =
                document.spans.iter().filter(|span| is_cut(span.range.start) || is_cut(span.range.end));
            // With several it is not known which one is meant.
            cut.next().filter(|_| cut.next().is_none())?.range
        }
        _ => return None,
    };
    around(text, range)
}

fn around(text: &SourceText, range: ByteRange) -> Option<Excerpt> {
    let whole = text.as_str();
    let before = whole.get(..range.start.to_usize())?;
    let after = whole.get(range.end.to_usize()..)?;
    Some(Excerpt { before: tail(before), words: head(text.slice(range)?, MOST), after: head(after, AROUND) })
}

/// The words in the line that could not be read.
pub(super) fn in_line(problem: &Problem, line: &[u8]) -> Option<Excerpt> {
    let text = String::from_utf8_lossy(line);
    let column = match &problem.kind {
        ProblemKind::Json { column, .. }
        | ProblemKind::Truncated { column }
        | ProblemKind::LoneSurrogate { column }
        | ProblemKind::NotANumber { column }
        | ProblemKind::TooDeep { column } => *column,
        ProblemKind::NotUtf8 { column, .. } => {
            let bytes = usize::try_from(*column).ok()?.saturating_sub(1).min(line.len());
            String::from_utf8_lossy(line.get(..bytes)?).chars().count() + 1
        }
        _ if text.trim().is_empty() => return None,
        _ => return Some(Excerpt { words: head(text.trim(), MOST), ..Excerpt::default() }),
    };
    let at = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let (before, rest) = text.split_at(at);
    let end = rest.chars().next().map_or(0, char::len_utf8);
    let (words, after) = rest.split_at(end);
    Some(Excerpt { before: tail(before), words: words.to_owned(), after: head(after, AROUND) })
}

/// The beginning of a text, cut between words unless they are long.
fn head(text: &str, most: usize) -> String {
    let Some((cut, next)) = text.char_indices().nth(most).filter(|_| is_longer(text, most)) else {
        return text.to_owned();
    };
    let kept = text.get(..cut).unwrap_or_default();
    let whole = if next.is_whitespace() {
        Some(kept)
    } else {
        kept.rsplit_once(char::is_whitespace).map(|(words, _)| words)
    };
    format!("{}…", whole.filter(|words| words.len() * 2 > kept.len()).unwrap_or(kept))
}

/// The end of a text, likewise.
fn tail(text: &str) -> String {
    let Some((at, before)) = text.char_indices().rev().nth(AROUND).filter(|_| is_longer(text, AROUND)) else {
        return text.to_owned();
    };
    let kept = text.get(at + before.len_utf8()..).unwrap_or_default();
    let whole = if before.is_whitespace() {
        Some(kept)
    } else {
        kept.split_once(char::is_whitespace).map(|(_, words)| words)
    };
    format!("…{}", whole.filter(|words| words.len() * 2 > kept.len()).unwrap_or(kept))
}

fn is_longer(text: &str, most: usize) -> bool {
    text.chars().nth(most + SLACK).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::DocumentId;
    use crate::formats::{Outcome, ReadOptions, jsonl};

    #[test]
    fn the_words_are_shown_with_what_stands_around_them() {
        let line =
            r#"{"text":"من هنا من هناك ثم من بعيد","spans":[{"start":4,"end":8,"label":"LOC","text":"من"}]}"#;
        let reading = jsonl::read_record(line, 1, &ReadOptions::for_file("a"));
        let document = reading.document.unwrap();
        let problem =
            reading.problems.iter().find(|p| matches!(p.kind, ProblemKind::Surface { .. })).unwrap();
        let excerpt = in_text(problem, &document, OffsetUnit::CodePoint).unwrap();
        assert_eq!((&*excerpt.before, &*excerpt.words), ("من ه", "نا م"));
        assert_eq!(excerpt.after, "ن هناك ثم من بعيد");
        assert_eq!(in_text(problem, &document, OffsetUnit::Byte), None, "offsets of another kind");
    }

    #[test]
    fn of_a_line_that_is_no_json_the_place_is_shown() {
        let line = format!("{{\"text\": \"{}\" oops}}", "خ".repeat(200));
        let reading = jsonl::read_record(&line, 1, &ReadOptions::for_file("a"));
        let excerpt = in_line(&reading.problems[0], line.as_bytes()).unwrap();
        assert_eq!((&*excerpt.words, &*excerpt.after), ("o", "ops}"));
        assert_eq!(excerpt.before.chars().count(), AROUND + 1);
        let kind = ProblemKind::NotUtf8 { byte: 0xFF, column: 3, guess: None };
        let problem = Problem {
            file: "a".into(),
            line: Some(1),
            field: String::new(),
            kind,
            outcome: Outcome::RecordLeftOut,
        };
        assert_eq!(in_line(&problem, b"ab\xFFcd").unwrap().after, "cd");
        assert_eq!(in_line(&problem, b"").unwrap(), Excerpt::default());
    }

    #[test]
    fn what_is_left_out_are_whole_words_and_more_than_a_few_letters() {
        let short = "قال بشار محمود إن الجيش عاد أمس";
        assert_eq!(short.chars().count(), 31);
        assert_eq!(tail(&format!("و {short}")), format!("و {short}"), "one letter more is shown");
        assert_eq!(tail(&format!("وذكر الناطق أنه {short}")), format!("…{short}"));
        assert_eq!(head(&format!("{short} إلى القاهرة مساء"), AROUND), format!("{short}…"));
        assert_eq!(head(&format!("{short} إلى"), AROUND), format!("{short} إلى"));
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let document = Document::new(DocumentId::new("a"), "قصير");
        let kind = ProblemKind::OutsideText { end: 99, length: 4, unit: OffsetUnit::CodePoint };
        let problem = Problem {
            file: "a".into(),
            line: None,
            field: String::new(),
            kind,
            outcome: Outcome::EntryLeftOut,
        };
        assert_eq!(in_text(&problem, &document, OffsetUnit::CodePoint).unwrap().before, "قصير");
    }
}
