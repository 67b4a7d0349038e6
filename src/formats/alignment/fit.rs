//! A document made to fit a format.

use std::cmp::Reverse;
use std::sync::Arc;

use super::misfit::text;
use super::{Alignment, Became, Misfit, MisfitKind, Remedy};
use crate::annotation::{Document, Span, SpanId, SpanSet};
use crate::formats::tokens::{tokens, tokens_of, visible_part};
use crate::formats::{Edges, Holds, Layers, Loss, Losses, WriteOptions};
use crate::text::ByteRange;

/// The document with the spans that a format can hold, each where it can hold it. Every span that had to change is
/// added to `alignment`, and what is lost by it is told to `losses`.
#[must_use]
pub fn align(
    document: &Document,
    holds: Holds,
    options: &WriteOptions,
    alignment: &mut Alignment,
    losses: &mut Losses,
) -> Document {
    alignment.before += document.spans.len();
    let mut fitting = Fitting { document, options, spans: Vec::new(), alignment, losses };
    fitting.spans = document.spans.iter().map(|span| (Arc::clone(span), span.as_ref().clone())).collect();
    if !holds.fragments {
        fitting.close_gaps();
    }
    if holds.edges == Edges::Tokens {
        fitting.move_to_tokens();
    }
    match holds.layers {
        Layers::Any => {}
        Layers::OnePerLabel => fitting.part(|a, b| a.label == b.label),
        Layers::One => fitting.part(|_, _| true),
        Layers::None => {
            for (span, _) in fitting.spans.drain(..) {
                fitting.losses.say(&document.id, Loss::Span { label: span.label.clone() });
            }
        }
    }
    let spans: SpanSet = fitting.spans.into_iter().map(|(_, span)| span).collect();
    alignment.after += spans.len();
    Document { spans, ..document.clone() }
}

struct Fitting<'a> {
    document: &'a Document,
    options: &'a WriteOptions,
    /// Each span as it was, and as it is by now.
    spans: Vec<(Arc<Span>, Span)>,
    alignment: &'a mut Alignment,
    losses: &'a mut Losses,
}

impl Fitting<'_> {
    fn say(&mut self, span: &Span, kind: MisfitKind, remedy: Remedy, became: Became) {
        let label = span.label.clone();
        let loss = match (&became, kind, remedy) {
            (Became::Same, ..) => None,
            (Became::LeftOut { .. }, ..) => Some(Loss::Misfit { label, why: kind }),
            (Became::Pieces { .. }, ..) => Some(Loss::Pieces { label }),
            (Became::Text { .. }, MisfitKind::Discontinuous, _) => Some(Loss::Fragments { label }),
            (Became::Text { .. }, _, Remedy::Narrow) => Some(Loss::Narrowed { label }),
            (Became::Text { .. }, ..) => Some(Loss::Widened { label }),
        };
        if let Some(loss) = loss {
            self.losses.say(&self.document.id, loss);
        }
        self.alignment.misfits.push(Misfit::new(self.document, span, kind, remedy, became));
    }

    /// Spans with gaps become spans without.
    fn close_gaps(&mut self) {
        let remedy = self.options.alignment.remedy(MisfitKind::Discontinuous);
        let mut free = self.document.spans.free_ids();
        let mut closed = Vec::with_capacity(self.spans.len());
        for (was, mut now) in std::mem::take(&mut self.spans) {
            let fragments = std::mem::take(&mut now.fragments);
            if fragments.is_empty() {
                closed.push((was, now));
                continue;
            }
            let became = match remedy {
                Remedy::Drop => Became::LeftOut { for_span: None },
                Remedy::Split => {
                    let texts = fragments.iter().map(|&range| text(self.document, range)).collect();
                    let ids = std::iter::once(now.id.clone()).chain(&mut free);
                    let pieces = fragments.into_iter().zip(ids);
                    closed.extend(
                        pieces.map(|(range, id)| (Arc::clone(&was), Span { id, range, ..now.clone() })),
                    );
                    Became::Pieces { texts }
                }
                _ => {
                    closed.push((Arc::clone(&was), now));
                    Became::Text { text: text(self.document, was.range) }
                }
            };
            self.say(&was, MisfitKind::Discontinuous, remedy, became);
        }
        self.spans = closed;
    }

    /// Spans begin and end where tokens do.
    fn move_to_tokens(&mut self) {
        let remedy = self.options.alignment.remedy(MisfitKind::InsideWord);
        let whole = tokens(&self.document.text, self.options.clitics, []);
        let mut moved = Vec::with_capacity(self.spans.len());
        for (was, mut now) in std::mem::take(&mut self.spans) {
            let Some(visible) = visible_part(&self.document.text, now.range) else {
                self.say(&was, MisfitKind::Blank, Remedy::Drop, Became::LeftOut { for_span: None });
                continue;
            };
            if visible != now.range {
                let became = Became::Text { text: text(self.document, visible) };
                self.say(&was, MisfitKind::BlankEdge, Remedy::Narrow, became);
                now.range = visible;
            }
            let held = tokens_of(&whole, visible);
            let held = whole.get(held).unwrap_or_default();
            let Some((first, last)) = held.first().zip(held.last()) else { continue };
            let hull = ByteRange { start: first.start, end: last.end };
            if hull != visible {
                let became = match remedy {
                    Remedy::Drop => Became::LeftOut { for_span: None },
                    Remedy::Widen => Became::Text { text: text(self.document, hull) },
                    _ => Became::Same,
                };
                let left_out = matches!(became, Became::LeftOut { .. });
                self.say(&was, MisfitKind::InsideWord, remedy, became);
                if left_out {
                    continue;
                }
                if remedy == Remedy::Widen {
                    now.range = hull;
                }
            }
            moved.push((was, now));
        }
        self.spans = moved;
    }

    /// Of spans that cannot stand on the same tokens, as `clash` says by their labels, as few are left out as the
    /// policy allows: the longest stay.
    fn part(&mut self, clash: fn(&Span, &Span) -> bool) {
        let policy = self.options.alignment;
        let mut spans = std::mem::take(&mut self.spans);
        spans.sort_by(|(_, a), (_, b)| a.document_order(b));
        let mut fate: Vec<Option<(MisfitKind, Remedy, SpanId)>> = vec![None; spans.len()];
        for (n, (_, a)) in spans.iter().enumerate() {
            for (m, (_, b)) in spans.iter().enumerate().skip(n + 1) {
                if b.range.start >= a.range.end {
                    break;
                }
                let kind = conflict(a.range, b.range);
                if clash(a, b) && policy.remedy(kind) == Remedy::Drop {
                    fate[n].get_or_insert((kind, Remedy::Drop, b.id.clone()));
                    fate[m].get_or_insert((kind, Remedy::Drop, a.id.clone()));
                }
            }
        }
        let mut by_length: Vec<usize> = (0..spans.len()).filter(|&n| fate[n].is_none()).collect();
        by_length.sort_by_key(|&n| Reverse(spans[n].1.range.len()));
        // What stays, by label where labels do not clash with each other: sorted, and apart.
        let mut kept: Vec<usize> = Vec::with_capacity(by_length.len());
        for n in by_length {
            let span = &spans[n].1;
            let at = kept.partition_point(|&other| spans[other].1.range.start < span.range.start);
            let in_the_way =
                |&other: &usize| clash(&spans[other].1, span) && spans[other].1.range.overlaps(span.range);
            // Those that clash are apart, so that the nearest one on either side is enough to look at.
            let left = kept[..at].iter().rev().find(|&&other| clash(&spans[other].1, span));
            let right = kept[at..].iter().find(|&&other| clash(&spans[other].1, span));
            match left.into_iter().chain(right).copied().find(in_the_way) {
                None => kept.insert(at, n),
                Some(other) => {
                    let kind = conflict(spans[other].1.range, span.range);
                    fate[n] = Some((kind, policy.remedy(kind), spans[other].1.id.clone()));
                }
            }
        }
        for ((was, now), fate) in spans.into_iter().zip(fate) {
            match fate {
                None => self.spans.push((was, now)),
                Some((kind, remedy, other)) => {
                    self.say(&was, kind, remedy, Became::LeftOut { for_span: Some(other) });
                }
            }
        }
    }
}

/// How two overlapping ranges are in each other's way.
fn conflict(a: ByteRange, b: ByteRange) -> MisfitKind {
    if a.contains(b) || b.contains(a) { MisfitKind::Nested } else { MisfitKind::Overlapping }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin};
    use crate::formats::AlignmentPolicy;
    use crate::schema::LabelCode;

    const FLAT: Holds =
        Holds { edges: Edges::Tokens, layers: Layers::One, fragments: false, ..Holds::EVERYTHING };

    /// A document whose spans are these surfaces, each labelled with its first word's length to be told apart.
    fn document(text: &str, surfaces: &[(&str, &str)]) -> Document {
        let mut document = Document::new(DocumentId::new("d"), text);
        let span = |(n, &(surface, label)): (usize, &(&str, &str))| {
            let start = text.find(surface).unwrap();
            let range = (start..start + surface.len()).into();
            Span::new(SpanId::numbered(n as u32 + 1), range, LabelCode::new(label).unwrap(), Origin::Manual)
        };
        document.spans = surfaces.iter().enumerate().map(span).collect();
        document
    }

    fn aligned(
        document: &Document,
        holds: Holds,
        choices: &[(MisfitKind, Remedy)],
    ) -> (Vec<String>, Alignment, Losses) {
        let mut alignment = AlignmentPolicy::default();
        for &(kind, remedy) in choices {
            alignment.set(kind, remedy).unwrap();
        }
        let options = WriteOptions { alignment, ..WriteOptions::default() };
        let (mut alignment, mut losses) = (Alignment::default(), Losses::default());
        let fitted = align(document, holds, &options, &mut alignment, &mut losses);
        (fitted.spans.iter().map(|span| text(document, span.range)).collect(), alignment, losses)
    }

    #[test]
    fn a_name_inside_a_word_is_kept_widened_or_left_out() {
        let document = document("وصل وبالقاهرة أمس", &[("القاهرة", "LOC")]);
        let kind = MisfitKind::InsideWord;
        for (remedy, wanted, lossless) in [
            (Remedy::Split, &["القاهرة"][..], true),
            (Remedy::Widen, &["وبالقاهرة"], false),
            (Remedy::Drop, &[], false),
        ] {
            let (found, alignment, losses) = aligned(&document, FLAT, &[(kind, remedy)]);
            assert_eq!(
                (&found[..], losses.is_empty()),
                (&wanted.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..], lossless)
            );
            assert_eq!(alignment.counts().into_iter().collect::<Vec<_>>(), [((kind, remedy), 1)]);
            assert_eq!((alignment.before, alignment.after), (1, wanted.len()));
        }
    }

    #[test]
    fn the_longest_of_nested_and_overlapping_spans_stays() {
        let document = document(
            "أمين عام الجامعة العربية زار مصر السابق عاطف",
            &[
                ("أمين عام الجامعة العربية", "OCC"),
                ("الجامعة العربية", "ORG"),
                ("زار مصر", "A"),
                ("مصر السابق عاطف", "B"),
            ],
        );
        let (found, alignment, _) = aligned(&document, FLAT, &[]);
        assert_eq!(found, ["أمين عام الجامعة العربية", "مصر السابق عاطف"]);
        let kinds: Vec<_> =
            alignment.misfits.iter().map(|misfit| (misfit.kind, misfit.span.as_str())).collect();
        assert_eq!(kinds, [(MisfitKind::Nested, "s2"), (MisfitKind::Overlapping, "s3")]);

        let both = [(MisfitKind::Nested, Remedy::Drop), (MisfitKind::Overlapping, Remedy::Drop)];
        assert!(aligned(&document, FLAT, &both).0.is_empty());
        assert_eq!(aligned(&document, FLAT, &both[..1]).0, ["مصر السابق عاطف"]);
    }

    #[test]
    fn labels_with_a_layer_each_do_not_meet() {
        let document = document("جامعة بغداد", &[("جامعة بغداد", "ORG"), ("بغداد", "LOC"), ("جامعة", "ORG")]);
        let per_label = Holds { layers: Layers::OnePerLabel, ..FLAT };
        let (found, alignment, _) = aligned(&document, per_label, &[]);
        assert_eq!(found, ["جامعة بغداد", "بغداد"]);
        assert_eq!(alignment.misfits[0].became, Became::LeftOut { for_span: Some(SpanId::numbered(1)) });
    }

    #[test]
    fn a_span_that_was_left_out_is_in_nobodys_way() {
        let document = document("ا ب ت ث ج ح خ", &[("ا ب ت", "A"), ("ت ث ج ح", "B"), ("ا ب", "C")]);
        assert_eq!(aligned(&document, FLAT, &[]).0, ["ا ب", "ت ث ج ح"]);
    }

    #[test]
    fn gaps_are_closed_or_make_pieces() {
        let mut document = document("وزيرا خارجية مصر والأردن", &[("وزيرا خارجية مصر والأردن", "OCC")]);
        let mut span = document.spans.iter().next().unwrap().as_ref().clone();
        let end = span.range.end.to_usize();
        span.fragments = vec![(0..23).into(), (end - "الأردن".len()..end).into()];
        document.spans = [span].into_iter().collect();
        let kind = MisfitKind::Discontinuous;
        let (found, _, losses) = aligned(&document, FLAT, &[]);
        assert_eq!(found, ["وزيرا خارجية مصر والأردن"]);
        assert!(matches!(losses.iter().next(), Some((Loss::Fragments { .. }, 1, _))));
        assert_eq!(aligned(&document, FLAT, &[(kind, Remedy::Split)]).0, ["وزيرا خارجية", "الأردن"]);
        assert!(aligned(&document, FLAT, &[(kind, Remedy::Drop)]).0.is_empty());
    }

    #[test]
    fn blank_edges_are_left_off_and_blank_spans_left_out() {
        let document = document("زار  بغداد \u{200F}", &[(" بغداد ", "LOC"), ("\u{200F}", "X")]);
        let (found, alignment, losses) = aligned(&document, FLAT, &[]);
        assert_eq!(found, ["بغداد"]);
        assert_eq!((alignment.misfits.len(), losses.iter().count()), (2, 2));
        assert_eq!(
            alignment.misfits[0].to_string(),
            "d:4-11: LOC blank-edge: زار [ بغداد ]\u{200F}; it is now \"بغداد\""
        );
    }
}
