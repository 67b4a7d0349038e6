//! Where the codes of labels stand under the text.
//!
//! A code hangs under the place where its mark begins and takes no room in the line. Where marks begin at the same word, as
//! nested ones do, one code would lie over the other: the later one is moved on along the line, behind the one before.
//! Letters are not measured for this, for measuring costs a picture. They are taken for narrower than they are, so that a
//! code may stand a little further on than it has to, and never on another.
//!
//! Lines of nested marks hang below each other. The codes of marks that lie in one another stand in one row under the
//! lowest line, so that none is struck through.

use super::view::Piece;
use crate::annotation::SpanId;
use crate::text::letter::{Class, class};
use crate::text::{ByteRange, SourceText};

/// Widths are in hundredths of the size of a code, which is half the size of the text.
type Width = u32;

/// One capital letter of a code. Few are wider.
const CAPITAL: Width = 85;

/// Between two codes.
const GAP: Width = 35;

/// The narrowest letters of the text, and the others.
const NARROW: Width = 40;
const WIDE: Width = 60;

/// The lowest row there is.
const LOWEST_ROW: usize = 3;

/// Moves the codes of a paragraph's marks on so far that none lies on another, and down so far that no line does.
pub(super) fn spread(pieces: &mut [Piece], text: &SourceText) {
    let mut at: Width = 0;
    // Where the code before ends.
    let mut taken: Width = 0;
    let mut open: Vec<SpanId> = Vec::new();
    for piece in &mut *pieces {
        // A mark is drawn anew from the first place at which it, or one around it, is another.
        let same = open.iter().zip(&piece.marks).take_while(|(id, mark)| **id == mark.id).count();
        for mark in piece.marks.iter_mut().skip(same) {
            mark.goes_on = open.contains(&mark.id);
            if mark.goes_on {
                continue;
            }
            let begins = at.max(taken);
            mark.code_shift = begins - at;
            taken = begins + width_of_code(mark.label.as_str());
        }
        open = piece.marks.iter().map(|mark| mark.id.clone()).collect();
        at += width_of_text(text, piece.range);
    }
    let outermost = |piece: &Piece| piece.marks.first().map(|mark| mark.id.clone());
    for together in pieces.chunk_by_mut(|a, b| outermost(a) == outermost(b)) {
        let deepest = together.iter().map(|piece| piece.marks.len().saturating_sub(1)).max().unwrap_or(0);
        for mark in together.iter_mut().flat_map(|piece| &mut piece.marks) {
            mark.code_row = deepest.min(LOWEST_ROW);
        }
    }
}

fn width_of_code(code: &str) -> Width {
    code.chars().map(|_| CAPITAL).sum::<Width>() + GAP
}

fn width_of_text(text: &SourceText, range: ByteRange) -> Width {
    let width = |c: char| match class(c) {
        Class::Mark | Class::Invisible => 0,
        Class::ArabicLetter
            if !matches!(c, 'ا' | 'أ' | 'إ' | 'آ' | 'ل' | 'ر' | 'ز' | 'د' | 'ذ' | 'و' | 'ؤ') =>
        {
            WIDE
        }
        _ => NARROW,
    };
    text.slice(range).unwrap_or_default().chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use crate::annotation::{Document, DocumentId, Origin, Span, SpanId};
    use crate::app::Settings;
    use crate::app::view::{Mark, Picture, pieces};
    use crate::schema::LabelCode;

    /// The marks of every piece.
    fn drawn(text: &str, spans: &[(&str, &str)]) -> Vec<Mark> {
        let mut document = Document::new(DocumentId::new("d"), text);
        document.spans = (1..)
            .zip(spans)
            .map(|(number, (surface, label))| {
                let start = text.find(surface).expect("it stands in the text");
                let range = (start..start + surface.len()).into();
                Span::new(SpanId::numbered(number), range, LabelCode::new(label).unwrap(), Origin::Manual)
            })
            .collect();
        let paragraph = document.text.paragraphs()[0];
        let picture = Picture::of(&document, paragraph, None, None, &Settings::default());
        pieces(&document.text, paragraph, &picture).into_iter().flat_map(|piece| piece.marks).collect()
    }

    /// The shifts of the codes of spans, in the order in which they are drawn.
    fn shifts(text: &str, spans: &[(&str, &str)]) -> Vec<(String, u32)> {
        let mut seen = Vec::<(String, u32)>::new();
        for mark in drawn(text, spans) {
            let drawn = (mark.label.to_string(), mark.code_shift);
            if !seen.iter().any(|(label, _)| *label == drawn.0) {
                seen.push(drawn);
            }
        }
        seen
    }

    #[test]
    fn codes_apart_hang_where_their_marks_begin() {
        let text = "التقى الوفد بوزارة النقل والمواصلات العراقية";
        let spans = [("وزارة النقل والمواصلات العراقية", "ORG"), ("العراقية", "NAT"), ("الوفد", "GRP")];
        assert!(shifts(text, &spans).iter().all(|(_, shift)| *shift == 0));
    }

    #[test]
    fn what_crosses_another_span_has_its_code_once() {
        let text = "هيئة تحرير الشام في إدلب";
        let spans = [("تحرير الشام", "ORG"), ("الشام في إدلب", "LOC")];
        let drawn = drawn(text, &spans);
        let codes = |goes_on| -> Vec<_> {
            drawn.iter().filter(|mark| mark.goes_on == goes_on).map(|mark| mark.label.as_str()).collect()
        };
        assert_eq!((codes(false), codes(true)), (vec!["ORG", "ORG", "LOC"], vec!["LOC"]));
    }

    #[test]
    fn codes_of_marks_that_begin_together_stand_in_a_row() {
        let text = "في مدينة القاهرة الجديدة أمس";
        let spans = [
            ("مدينة القاهرة الجديدة", "FAC"),
            ("مدينة القاهرة", "LOC"),
            ("مدينة", "ORG"),
            ("القاهرة الجديدة", "GRP"),
        ];
        let shifts = shifts(text, &spans);
        let of = |label: &str| shifts.iter().find(|(other, _)| other == label).unwrap().1;
        assert_eq!(of("FAC"), 0);
        assert!(of("LOC") > 250 && of("ORG") > 2 * 250, "{shifts:?}");
        assert!(of("GRP") > 0, "and what begins under the row is moved on as well: {shifts:?}");
    }

    #[test]
    fn codes_of_marks_in_one_another_stand_under_the_lowest_line() {
        let mut document = Document::new(DocumentId::new("d"), "aa bb cc dd");
        let spans = [(0..8, "ORG"), (3..8, "LOC"), (3..5, "PER"), (9..11, "DAT")];
        document.spans = (1..)
            .zip(spans)
            .map(|(n, (range, label))| {
                Span::new(SpanId::numbered(n), range.into(), LabelCode::new(label).unwrap(), Origin::Manual)
            })
            .collect();
        let paragraph = document.text.paragraphs()[0];
        let picture = Picture::of(&document, paragraph, None, None, &Settings::default());
        for mark in pieces(&document.text, paragraph, &picture).iter().flat_map(|piece| &piece.marks) {
            assert_eq!(mark.code_row, if mark.label == *"DAT" { 0 } else { 2 }, "{}", mark.label);
        }
    }

    #[test]
    fn a_long_code_needs_more_room() {
        let spans = |outer| [("وزارة النقل", outer), ("وزارة", "LOC")];
        let shift = |outer| shifts("في وزارة النقل", &spans(outer))[1].1;
        assert!(shift("ORGANISATION") > 2 * shift("ORG"));
    }
}
