//! What the page draws, worked out from the state: plain values that compare, so that only what changed is drawn.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::codes;
use super::settings::Settings;
use super::state::{Drawn, State, UnderWay};
use crate::annotation::{Document, DocumentId, Origin, Span, SpanId, Status};
use crate::schema::LabelCode;
use crate::text::{ByteOffset, ByteRange, Paragraph, SourceText};

/// A span as far as drawing is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which span.
    pub id: SpanId,
    /// Its label.
    pub label: LabelCode,
    /// Who said so.
    pub origin: Origin,
    /// Of a suggestion: how sure the extractor is, as far as that is known.
    pub strength: Option<Strength>,
    /// True if keys act on it.
    pub active: bool,
    /// How far its code is moved on along the line, in hundredths of the code's size.
    pub code_shift: u32,
    /// In which row under the text its code stands; 0 for the first.
    pub code_row: usize,
    /// True where it only goes on, cut by the end of a span that it crosses: its code stands where it begins.
    pub goes_on: bool,
}

/// How sure the extractor is, in the steps that marks are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Less than six in ten such suggestions are right.
    Weak,
    /// Some are wrong.
    Middling,
    /// At least 85 in a hundred are right.
    Strong,
}

impl Strength {
    /// The step of a confidence.
    #[must_use]
    pub fn of(confidence: f32) -> Self {
        match confidence {
            sure if sure >= 0.85 => Self::Strong,
            sure if sure >= 0.6 => Self::Middling,
            _ => Self::Weak,
        }
    }

    /// The word of the page's hook.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Middling => "middling",
            Self::Strong => "strong",
        }
    }
}

/// A piece of a paragraph that the same spans cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it is.
    pub range: ByteRange,
    /// The spans that cover it, outermost first; none for plain text.
    pub marks: Vec<Mark>,
    /// The span that begins here, if one does: its label is shown above.
    pub begins: Option<SpanId>,
}

/// What of a paragraph is drawn. Two are equal if they hold the very same spans, which is quick to see: a span that is
/// changed is another one.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    spans: Vec<Arc<Span>>,
    active: Option<SpanId>,
    drawn: Option<Drawn>,
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Span>, &Arc<Span>)| Arc::ptr_eq(a, b);
        self.spans.len() == other.spans.len()
            && self.spans.iter().zip(&other.spans).all(same)
            && self.active == other.active
            && self.drawn == other.drawn
    }
}

impl Picture {
    /// The picture of a paragraph: its spans that `settings` show, which of them keys act on, and which is being drawn.
    #[must_use]
    pub fn of(
        document: &Document,
        paragraph: Paragraph,
        active: Option<&SpanId>,
        drawn: Option<&Drawn>,
        settings: &Settings,
    ) -> Self {
        let here = document.spans.overlapping(paragraph.full).filter(|span| settings.shows(span));
        let spans: Vec<_> = here.map(Arc::clone).collect();
        let is_here = |id: &SpanId| spans.iter().any(|span| span.id == *id);
        let active = active.filter(|id| is_here(id)).cloned();
        let drawn = drawn.filter(|drawn| is_here(&drawn.span)).cloned();
        Self { spans, active, drawn }
    }

    /// The spans as they are seen: the one that is being drawn is where the hand has it.
    fn seen(&self) -> Cow<'_, [Arc<Span>]> {
        let drawn = self.drawn.as_ref();
        let Some((at, range)) = drawn
            .and_then(|drawn| Some((self.spans.iter().position(|span| span.id == drawn.span)?, drawn.range)))
        else {
            return Cow::Borrowed(&self.spans);
        };
        let mut spans = self.spans.clone();
        if let Some(span) = spans.get_mut(at) {
            *span = Arc::new(Span { range, fragments: Vec::new(), ..(**span).clone() });
        }
        spans.sort_by(|a, b| a.document_order(b));
        Cow::Owned(spans)
    }
}

/// Cuts a paragraph, terminator included, into pieces at the ends of the spans in its picture. Together they are the
/// paragraph.
#[must_use]
pub fn pieces(text: &SourceText, paragraph: Paragraph, picture: &Picture) -> Vec<Piece> {
    let here = paragraph.full;
    let (spans, active) = (picture.seen(), picture.active.as_ref());
    let mut cuts: Vec<ByteOffset> = vec![here.start, here.end];
    for range in spans.iter().flat_map(|span| parts(span)) {
        cuts.extend([range.start, range.end].into_iter().filter(|&at| here.start < at && at < here.end));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces: Vec<_> = cuts
        .windows(2)
        .map(|pair| {
            let range = ByteRange { start: pair[0], end: pair[1] };
            let covering = spans.iter().filter(|span| parts(span).any(|part| part.contains(range)));
            let marks: Vec<_> = covering.map(|span| mark(span, active)).collect();
            let begins =
                spans.iter().rfind(|span| span.range.start == range.start).map(|span| span.id.clone());
            Piece { range, marks, begins }
        })
        .collect();
    codes::spread(&mut pieces, text);
    pieces
}

/// The pieces of a discontinuous span, or the span itself.
fn parts(span: &Span) -> impl Iterator<Item = ByteRange> {
    let whole = span.fragments.is_empty().then_some(span.range);
    span.fragments.iter().copied().chain(whole)
}

fn mark(span: &Span, active: Option<&SpanId>) -> Mark {
    Mark {
        id: span.id.clone(),
        label: span.label.clone(),
        origin: span.origin,
        strength: span.confidence.filter(|_| !span.origin.is_confirmed()).map(Strength::of),
        active: active == Some(&span.id),
        code_shift: 0,
        code_row: 0,
        goes_on: false,
    }
}

/// A part of a long article: paragraphs that are laid out and marked together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which paragraphs.
    pub paragraphs: Range<usize>,
    /// About how many lines they have on the screen, blank ones left out.
    pub lines: usize,
    /// How many blank lines they have.
    pub blanks: usize,
}

/// So many bytes are taken for a line until a paragraph has been laid out.
const BYTES_A_LINE: usize = 130;

/// A sheet ends with the paragraph that has this line: about two views are on one.
const LINES_A_SHEET: usize = 36;

/// Parts paragraphs into sheets.
#[must_use]
pub fn sheets(paragraphs: &[Paragraph]) -> Vec<Sheet> {
    let mut sheets = Vec::<Sheet>::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let fits = |sheet: &&mut Sheet| sheet.lines + sheet.blanks < LINES_A_SHEET;
        let lines = paragraph.content.len().div_ceil(BYTES_A_LINE);
        let blanks = usize::from(lines == 0);
        match sheets.last_mut().filter(fits) {
            Some(sheet) => {
                sheet.paragraphs.end = index + 1;
                sheet.lines += lines;
                sheet.blanks += blanks;
            }
            None => sheets.push(Sheet { paragraphs: index..index + 1, lines, blanks }),
        }
    }
    sheets
}

/// A line of the list of spans. Two are equal if they are of the very same span: one that is changed is another one.
#[derive(Clone, Debug)]
pub struct SpanRow {
    /// The span.
    pub span: Arc<Span>,
    /// Its text.
    pub surface: String,
    /// Its start in code points.
    pub start: u32,
    /// Its end in code points.
    pub end: u32,
}

impl PartialEq for SpanRow {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.span, &other.span)
    }
}

/// The line for a span of a document.
#[must_use]
pub fn span_row(document: &Document, span: &Arc<Span>) -> Option<SpanRow> {
    let (start, end) = document.text.code_point_range(span.range)?;
    let surface = document.text.slice(span.range)?.to_owned();
    Some(SpanRow { span: Arc::clone(span), surface, start: start.get(), end: end.get() })
}

/// A line of the list of articles.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleRow {
    /// Which article.
    pub id: DocumentId,
    /// What it is called.
    pub title: String,
    /// How far the annotator has come.
    pub status: Status,
    /// Spans somebody confirmed.
    pub confirmed: usize,
    /// Suggestions nobody has looked at.
    pub suggested: usize,
    /// True if somebody wants to come back to it.
    pub flagged: bool,
    /// True if it is the adjudicator's, beside those it was made from.
    pub gold: bool,
    /// True if it is on the screen.
    pub current: bool,
    /// How far the extractor has come, in percent, while it is at it.
    pub reading: Option<u8>,
}

/// The line of an article in their list.
#[must_use]
pub fn article_row(state: &State, id: &DocumentId) -> Option<ArticleRow> {
    let listed = state.project.find(id)?;
    let reading = state.reading.get(id).map(|UnderWay { reach, .. }| {
        let percent = reach.done.saturating_mul(100).checked_div(reach.total).unwrap_or(100);
        u8::try_from(percent.min(100)).unwrap_or(100)
    });
    Some(ArticleRow {
        id: id.clone(),
        title: listed.shown_title(),
        status: listed.status(),
        confirmed: listed.confirmed(),
        suggested: state.suggested_of(listed),
        flagged: listed.is_flagged(),
        gold: listed.is_gold(),
        current: state.current.as_ref() == Some(id),
        reading,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(ranges: &[(usize, usize)]) -> Document {
        let mut document = Document::new(DocumentId::new("d"), "abcdefgh\r\nij");
        document.spans = ranges
            .iter()
            .enumerate()
            .map(|(n, &(a, b))| {
                let label = LabelCode::new("LOC").unwrap();
                Span::new(SpanId::numbered(n as u32 + 1), (a..b).into(), label, Origin::Manual)
            })
            .collect();
        document
    }

    fn drawn(document: &Document) -> Vec<(String, String)> {
        document
            .text
            .paragraphs()
            .iter()
            .flat_map(|&paragraph| {
                let picture = Picture::of(document, paragraph, None, None, &Settings::default());
                pieces(&document.text, paragraph, &picture)
            })
            .map(|piece| {
                let text = document.text.slice(piece.range).unwrap().to_owned();
                (text, piece.marks.iter().map(|mark| mark.id.as_str()).collect::<Vec<_>>().join("+"))
            })
            .collect()
    }

    #[test]
    fn pieces_are_cut_where_spans_end_and_outer_spans_come_first() {
        let drawn = drawn(&document(&[(2, 6), (4, 5), (5, 8)]));
        let drawn: Vec<_> = drawn.iter().map(|(text, marks)| (text.as_str(), marks.as_str())).collect();
        assert_eq!(
            drawn,
            [
                ("ab", ""),
                ("cd", "s1"),
                ("e", "s1+s2"),
                ("f", "s1+s3"),
                ("gh", "s3"),
                ("\r\n", ""),
                ("ij", "")
            ]
        );
    }

    #[test]
    fn pieces_together_are_the_text() {
        let document = document(&[(0, 3), (2, 12), (7, 8)]);
        let whole: String = drawn(&document).into_iter().map(|(text, _)| text).collect();
        assert_eq!(whole, document.text.as_str());
    }

    #[test]
    fn sheets_hold_every_paragraph_once_and_end_when_they_are_full() {
        let long = "a".repeat(BYTES_A_LINE * 3);
        let text = SourceText::from([long.as_str(); 40].join("\n\n"));
        let sheets = sheets(text.paragraphs());
        assert_eq!(sheets.iter().map(|sheet| sheet.lines).sum::<usize>(), 120);
        assert_eq!(sheets.iter().map(|sheet| sheet.blanks).sum::<usize>(), 39);
        assert!(sheets.iter().all(|sheet| sheet.lines + sheet.blanks < LINES_A_SHEET + 3));
        let held: Vec<_> = sheets.iter().flat_map(|sheet| sheet.paragraphs.clone()).collect();
        assert_eq!(held, (0..text.paragraphs().len()).collect::<Vec<_>>());
    }

    #[test]
    fn the_gap_of_a_discontinuous_span_is_plain() {
        let mut document = document(&[]);
        let mut span =
            Span::new(SpanId::numbered(1), (0..6).into(), LabelCode::new("LOC").unwrap(), Origin::Manual);
        span.fragments = vec![(0..2).into(), (4..6).into()];
        document.spans = [span].into_iter().collect();
        let marked: Vec<_> =
            drawn(&document).into_iter().filter(|(_, m)| !m.is_empty()).map(|(t, _)| t).collect();
        assert_eq!(marked, ["ab", "ef"]);
    }
}
