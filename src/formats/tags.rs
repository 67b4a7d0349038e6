//! Tags of tokens: `B-PER I-PER O`, in four schemes, there and back.
//!
//! Reading does not depend on the scheme. A tag says what it can say in any of them: `B`, `S` and `U` begin a span; so
//! does `I`, `E` or `L` where no span of its label is open; `E`, `L`, `S` and `U` end one. In files without mistakes that
//! is what each scheme means, IOB1 among them.

use std::ops::Range;

use super::Scheme;

/// What a tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// No span.
    Outside,
    /// A place in a span with a label.
    In(Place, &'a str),
}

/// A place in a span, whatever the scheme calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `B`.
    Begin,
    /// `I`.
    Inside,
    /// `E` or `L`.
    End,
    /// `S` or `U`.
    Single,
}

/// A span of tokens with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TagSpan {
    pub(super) tokens: Range<usize>,
    pub(super) label: String,
}

impl<'a> Tag<'a> {
    /// Takes a tag apart; `None` if it is none.
    pub(super) fn parse(tag: &'a str) -> Option<Self> {
        if tag == "O" {
            return Some(Self::Outside);
        }
        let (place, label) = tag.split_once('-')?;
        let place = match place {
            "B" => Place::Begin,
            "I" => Place::Inside,
            "E" | "L" => Place::End,
            "S" | "U" => Place::Single,
            _ => return None,
        };
        (!label.is_empty()).then_some(Self::In(place, label))
    }
}

/// The spans in the tags of a sentence.
pub(super) fn decode(tags: &[Tag<'_>]) -> Vec<TagSpan> {
    let mut spans: Vec<TagSpan> = Vec::new();
    let mut is_open = false;
    for (n, tag) in tags.iter().enumerate() {
        let &Tag::In(place, label) = tag else {
            is_open = false;
            continue;
        };
        let goes_on = is_open
            && matches!(place, Place::Inside | Place::End)
            && spans.last().is_some_and(|span| span.label == label);
        match spans.last_mut().filter(|_| goes_on) {
            Some(span) => span.tokens.end = n + 1,
            None => spans.push(TagSpan { tokens: n..n + 1, label: label.to_owned() }),
        }
        is_open = matches!(place, Place::Begin | Place::Inside);
    }
    spans
}

/// The tags of a sentence of so many tokens. The spans are in order and apart.
pub(super) fn encode(count: usize, spans: &[TagSpan], scheme: Scheme) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); count];
    for (n, span) in spans.iter().enumerate() {
        let follows = n
            .checked_sub(1)
            .and_then(|before| spans.get(before))
            .is_some_and(|before| before.tokens.end == span.tokens.start && before.label == span.label);
        for token in span.tokens.clone() {
            let is_first = token == span.tokens.start;
            let is_last = token + 1 == span.tokens.end;
            let place = match (scheme, is_first, is_last) {
                (Scheme::Bioes, true, true) => 'S',
                (Scheme::Bilou, true, true) => 'U',
                (Scheme::Bioes, false, true) => 'E',
                (Scheme::Bilou, false, true) => 'L',
                (Scheme::Iob1, true, _) if !follows => 'I',
                (_, true, _) => 'B',
                (_, false, _) => 'I',
            };
            if let Some(tag) = tags.get_mut(token) {
                *tag = format!("{place}-{}", span.label);
            }
        }
    }
    tags
}

/// Which scheme the tags of a file are in, gathered sentence by sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SchemeEvidence {
    ends: bool,
    lasts: bool,
    /// Spans that begin with `B` where IOB1 would have `I`.
    begun: bool,
    /// Spans that begin with `I`.
    unbegun: bool,
}

impl SchemeEvidence {
    /// Takes in the tags of a sentence, as they stand in the file.
    pub(super) fn add(&mut self, tags: &[&str]) {
        let mut before = Tag::Outside;
        for tag in tags {
            self.ends |= tag.starts_with("E-") || tag.starts_with("S-");
            self.lasts |= tag.starts_with("L-") || tag.starts_with("U-");
            let Some(tag) = Tag::parse(tag) else { continue };
            if let Tag::In(place, label) = tag {
                let open = matches!(before, Tag::In(_, other) if other == label);
                self.begun |= place == Place::Begin && !open;
                self.unbegun |= place == Place::Inside && !open;
            }
            before = tag;
        }
    }

    /// The scheme. IOB2 where nothing tells.
    pub(super) fn scheme(self) -> Scheme {
        match self {
            Self { ends: true, .. } => Scheme::Bioes,
            Self { lasts: true, .. } => Scheme::Bilou,
            Self { unbegun: true, begun: false, .. } => Scheme::Iob1,
            _ => Scheme::Iob2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(tokens: Range<usize>, label: &str) -> TagSpan {
        TagSpan { tokens, label: label.to_owned() }
    }

    fn tags<'a>(line: &'a str) -> Vec<Tag<'a>> {
        line.split(' ').map(|tag| Tag::parse(tag).unwrap()).collect()
    }

    const SCHEMES: [(Scheme, &str); 4] = [
        (Scheme::Iob1, "I-A B-A I-A I-B O I-A"),
        (Scheme::Iob2, "B-A B-A I-A B-B O B-A"),
        (Scheme::Bioes, "S-A B-A E-A S-B O S-A"),
        (Scheme::Bilou, "U-A B-A L-A U-B O U-A"),
    ];

    #[test]
    fn every_scheme_goes_there_and_back_and_is_told_from_the_others() {
        let spans = [span(0..1, "A"), span(1..3, "A"), span(3..4, "B"), span(5..6, "A")];
        for (scheme, line) in SCHEMES {
            assert_eq!(encode(6, &spans, scheme).join(" "), line, "{scheme}");
            assert_eq!(decode(&tags(line)), spans, "{scheme}");
            let mut evidence = SchemeEvidence::default();
            evidence.add(&line.split(' ').collect::<Vec<_>>());
            assert_eq!(evidence.scheme(), scheme);
        }
    }

    #[test]
    fn a_span_that_was_not_begun_begins_where_it_is_first_seen() {
        assert_eq!(
            decode(&tags("O I-A I-A I-B E-B I-B")),
            [span(1..3, "A"), span(3..5, "B"), span(5..6, "B")]
        );
        let mut evidence = SchemeEvidence::default();
        evidence.add(&["B-A", "O", "I-A"]);
        assert_eq!(evidence.scheme(), Scheme::Iob2, "one mistake makes no IOB1");
    }

    #[test]
    fn labels_may_hold_hyphens_and_tags_must_be_whole() {
        assert_eq!(Tag::parse("B-B-X"), Some(Tag::In(Place::Begin, "B-X")));
        for wrong in ["", "B", "B-", "X-PER", "PER", "o"] {
            assert_eq!(Tag::parse(wrong), None, "{wrong}");
        }
    }
}
