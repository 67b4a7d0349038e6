//! `misam extract`

use std::collections::HashSet;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use super::input::Input;
use super::model::Choice;
use super::output::StandardOutput;
use super::pipeline::{self, in_order};
use super::{DONE, Failure, WRONG, complain, complain_all};
use crate::annotation::{Alternative, Document, DocumentId, Origin, Span, SpanSet};
use crate::extract::{Extractor, value};
use crate::formats::{DocumentWriter as _, Encoding, Losses, jsonl};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Texts, one article a file, or records, one a line; standard input if there are none
    path: Vec<PathBuf>,
    /// Keep the spans that records bring along, and put suggestions only where there are none
    #[arg(long)]
    keep: bool,
    #[command(flatten)]
    choice: Choice,
    /// The encoding of the texts, if it is not the one they seem to be in: utf-8, windows-1256, utf-16le, utf-16be,
    /// iso-8859-6, macarabic
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Articles that are worked on at the same time; as many as the machine has processors, if not said
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let extractor = args.choice.extractor()?;
    let label = |mut document: Document| {
        suggest(&mut document, &*extractor);
        document
    };
    let refused = in_order(
        args.threads.unwrap_or_else(pipeline::threads),
        label,
        |hand| read(args, hand),
        |documents| {
            let mut output = StandardOutput::new();
            for document in documents {
                jsonl::Writer.write(&document, &mut output, &mut Losses::default())?;
            }
            Ok(())
        },
    )?;
    Ok(if refused { WRONG } else { DONE })
}

/// Reads the articles and hands them on. True if a record was refused.
fn read(args: &Args, hand: &mut dyn FnMut(Document) -> bool) -> Result<bool, Failure> {
    let mut names = HashSet::new();
    let (mut refused, mut left_out) = (false, 0);
    let stdin = [PathBuf::from("-")];
    let paths = if args.path.is_empty() { &stdin[..] } else { &args.path };
    for path in paths {
        let mut input = Input::open(path)?.decoded(args.encoding)?;
        let reader = input.sniff()?.reader()?;
        input.each(reader, None, |reading| {
            complain_all(&reading.problems);
            refused |= reading.is_refused();
            let Some(mut document) = reading.document else { return Ok(()) };
            rename(&mut document, &mut names);
            if !args.keep {
                left_out += document.spans.len();
                document.spans = SpanSet::default();
                document.relations.clear();
            }
            // No more are wanted once the result cannot be written; that failure says why.
            if hand(document) { Ok(()) } else { Err(io::Error::from(io::ErrorKind::BrokenPipe).into()) }
        })?;
    }
    if left_out > 0 {
        complain(&format_args!("{left_out} spans of the input left out; --keep keeps them"));
    }
    Ok(refused)
}

/// Adds what the extractor proposes and nobody has labelled or turned down.
fn suggest(document: &mut Document, extractor: &dyn Extractor) {
    let source: Arc<str> = extractor.source().into();
    let published = value::published(document);
    let suggestions = extractor.suggest(&document.text).into_iter().filter(|suggestion| {
        let labelled = document.spans.overlapping(suggestion.range).next().is_some();
        let turned_down =
            document.rejected.iter().any(|r| r.range == suggestion.range && r.label == suggestion.label);
        !labelled && !turned_down
    });
    let new: Vec<Span> = document
        .spans
        .free_ids()
        .zip(suggestions)
        .map(|(id, suggestion)| {
            let suggestion = suggestion.dated(&document.text, published);
            let mut span = Span::new(id, suggestion.range, suggestion.label, Origin::Suggested);
            span.confidence = Some(suggestion.confidence);
            span.source = Some(Arc::clone(&source));
            span.alternative =
                suggestion.alternative.map(|(label, confidence)| Alternative { label, confidence });
            span.reason = Some(suggestion.reason.into()).filter(|reason: &Arc<str>| !reason.is_empty());
            span.normalized = suggestion.normalized.map(Into::into);
            span
        })
        .collect();
    document.spans = document.spans.iter().map(|span| span.as_ref().clone()).chain(new).collect();
}

/// Files of one name in different folders are different articles.
fn rename(document: &mut Document, names: &mut HashSet<DocumentId>) {
    let id = document.id.clone();
    let mut number = 2_u64;
    while !names.insert(document.id.clone()) {
        document.id = DocumentId::new(format!("{id}-{number}"));
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Rejection, SpanId};
    use crate::extract::{Found, Progress, RuleExtractor, Session, Suggestion};
    use crate::schema::LabelCode;
    use crate::text::SourceText;

    /// Proposes each of the first three letters.
    struct Letters;

    impl Session for Letters {
        fn step(&mut self) -> Progress {
            Progress { done: 0, total: 0 }
        }

        fn take(&mut self) -> Found {
            let suggestion = |at: usize| Suggestion {
                range: (at..at + 1).into(),
                label: LabelCode::new("LOC").unwrap(),
                confidence: 0.5,
                alternative: None,
                reason: String::new(),
                normalized: None,
            };
            Found { suggestions: (0..3).map(suggestion).collect(), until: 3.into() }
        }
    }

    impl Extractor for Letters {
        fn source(&self) -> &str {
            "letters/1"
        }

        fn begin<'a>(&'a self, _: &SourceText) -> Box<dyn Session + 'a> {
            Box::new(Self)
        }
    }

    #[test]
    fn what_is_labelled_or_turned_down_is_not_proposed_again() {
        let label = LabelCode::new("LOC").unwrap();
        let mut document = Document::new(DocumentId::new("a"), "abc");
        let own = Span::new(SpanId::numbered(7), (0..1).into(), label.clone(), Origin::Manual);
        document.spans = [own].into_iter().collect();
        document.rejected = vec![Rejection { range: (1..2).into(), label, source: None }];
        suggest(&mut document, &Letters);
        let spans: Vec<_> = document.spans.iter().map(|span| (span.id.as_str(), span.origin)).collect();
        assert_eq!(spans, [("s7", Origin::Manual), ("s8", Origin::Suggested)]);
    }

    #[test]
    fn relative_times_are_counted_from_the_date_of_the_record() {
        let normalized = |date: serde_json::Value| {
            let mut document = Document::new(DocumentId::new("a"), "وصل الوفد أمس");
            document.meta.insert("date".to_owned(), date);
            suggest(&mut document, &RuleExtractor::embedded().unwrap());
            document.spans.iter().next().and_then(|span| span.normalized.as_deref().map(str::to_owned))
        };
        assert_eq!(normalized("2019-04-09T08:00Z".into()).as_deref(), Some("2019-04-08"));
        assert_eq!(normalized("9 April".into()).as_deref(), Some("day-1"));
        assert_eq!(normalized(20190409.into()).as_deref(), Some("day-1"));
    }

    #[test]
    fn articles_of_one_name_get_different_ones() {
        let mut names = HashSet::new();
        let ids = ["a", "a-2", "a"].map(|id| {
            let mut document = Document::new(DocumentId::new(id), "");
            rename(&mut document, &mut names);
            document.id.as_str().to_owned()
        });
        assert_eq!(ids, ["a", "a-2", "a-3"]);
    }
}
