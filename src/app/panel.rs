//! Who has labelled the same articles: the annotators that the project's documents name, and those whose files were loaded
//! beside it. From what they say come agreement and the gold documents.

use std::collections::{HashMap, HashSet};

use super::state::State;
use crate::annotation::{Document, Origin, Span, SpanId};
use crate::extract::Suggestion;
use crate::quality::adjudication::{Contested, Decisions, gold_with_decisions, is_gold, recall};
use crate::quality::agreement::Annotations;
use crate::schema::Schema;
use crate::text;

/// What the project's documents count as that name no annotator.
pub const PROJECT: &str = "project";

/// What the extractor is called as a voice.
pub const EXTRACTOR: &str = "extractor";

/// The annotators of the project and those loaded beside it. The adjudicator is none of them: what comes of deciding
/// between annotators is not compared with them.
#[must_use]
pub fn voices(state: &State, loaded: &[Annotations]) -> Vec<Annotations> {
    let own = state.project.documents().filter(|document| !is_gold(document));
    let mut voices = Annotations::by_annotator(own.cloned().collect(), PROJECT);
    voices.extend(loaded.iter().cloned());
    voices
}

/// A name for loaded documents that nobody has yet: what they say, or else what their file is called.
#[must_use]
pub fn free_name(wanted: &str, taken: &[String]) -> String {
    text::free_name(wanted, " ", |name| taken.iter().any(|other| other == name))
}

/// One document for each text that somebody has labelled: what an extractor is asked about.
#[must_use]
pub fn texts(voices: &[Annotations]) -> Vec<Document> {
    let mut seen = HashSet::new();
    let all = voices.iter().flat_map(|voice| &voice.documents);
    all.filter(|document| seen.insert(document.text.as_str())).cloned().collect()
}

/// What the extractor says of texts, as a voice. Labels are those of the project; what has none there is left out.
#[must_use]
pub fn extractor(texts: &[Document], said: Vec<Vec<Suggestion>>, schema: &Schema) -> Annotations {
    let document = |(text, suggestions): (&Document, Vec<Suggestion>)| {
        let span = |(number, suggestion): (u32, Suggestion)| {
            let label = schema.resolve(suggestion.label.as_str())?.code.clone();
            let span = Span::new(SpanId::numbered(number), suggestion.range, label, Origin::Suggested);
            Some(Span { confidence: Some(suggestion.confidence), ..span })
        };
        let spans = (1..).zip(suggestions).filter_map(span).collect();
        Document { spans, ..Document::new(text.id.clone(), text.text.clone()) }
    };
    let documents = texts.iter().zip(said).map(document).collect();
    Annotations { annotator: EXTRACTOR.to_owned(), documents }
}

/// The names of voices, in their order.
#[must_use]
pub fn names(voices: &[Annotations]) -> Vec<String> {
    voices.iter().map(|voice| voice.annotator.clone()).collect()
}

/// The document of an article as the first of its voices has it.
#[must_use]
pub fn base<'v>(voices: &'v [Annotations], article: &Contested) -> Option<&'v Document> {
    let first = voices.get(*article.voices.first()?)?;
    first.documents.iter().find(|document| document.id == article.id)
}

/// What has been decided so far, as the gold documents of the project keep it.
#[must_use]
pub fn decisions(state: &State, articles: &[Contested], voices: &[Annotations]) -> Decisions {
    let names = names(voices);
    let golds: HashMap<&str, &Document> = state
        .project
        .documents()
        .filter(|document| is_gold(document))
        .map(|document| (document.text.as_str(), document))
        .collect();
    let mut decisions = Decisions::default();
    for article in articles {
        let text = base(voices, article).map(|document| document.text.as_str());
        let Some(document) = text.and_then(|text| golds.get(text)) else {
            continue;
        };
        for decided in recall(document, article, &names) {
            decisions.decide(&decided.document, decided.region, decided.decision);
        }
    }
    decisions
}

/// The gold document of an article, which keeps the decisions that made it.
#[must_use]
pub fn gold_of(article: &Contested, voices: &[Annotations], decisions: &Decisions) -> Option<Document> {
    Some(gold_with_decisions(article, base(voices, article)?, &names(voices), decisions))
}

/// A figure with two places, as it is read. What rounds to nothing has no sign.
#[must_use]
pub fn two_places(value: f64) -> String {
    let written = format!("{value:.2}");
    if written == "-0.00" { "0.00".to_owned() } else { written }
}

/// True if the project holds this gold document already.
#[must_use]
pub fn holds(state: &State, document: &Document) -> bool {
    let same = |other: &&Document| is_gold(other) && other.text.as_str() == document.text.as_str();
    let answers = |document: &Document| -> Vec<_> {
        document.spans.iter().map(|span| (span.range, span.label.clone())).collect()
    };
    state
        .project
        .documents()
        .find(same)
        .is_some_and(|there| there.status == document.status && answers(there) == answers(document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Status};
    use crate::app::{Command, update};
    use crate::quality::adjudication::{Decision, Policy, contested, docket, queue};
    use crate::schema::LabelCode;

    const TEXT: &str = "زار سبها ثم هون";

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!(
            [-0.004, -0.0, 0.004, -0.006, 0.914].map(two_places),
            ["0.00", "0.00", "0.00", "-0.01", "0.91"]
        );
    }

    fn document(id: &str, annotator: &str, spans: &[(&str, &str)]) -> Document {
        let span = |(number, &(label, words)): (u32, &(&str, &str))| {
            let start = TEXT.find(words).unwrap();
            let (place, label) = ((start..start + words.len()).into(), LabelCode::new(label).unwrap());
            Span::new(SpanId::numbered(number), place, label, Origin::Manual)
        };
        let spans = (1..).zip(spans).map(span).collect();
        let annotator = (!annotator.is_empty()).then(|| annotator.into());
        Document { spans, annotator, status: Status::Done, ..Document::new(DocumentId::new(id), TEXT) }
    }

    /// A project with an article of its own, and what somebody else made of it, loaded beside it.
    fn state() -> (State, Vec<Annotations>) {
        let mut state = State::default();
        let own = document("a", "", &[("LOC", "سبها"), ("LOC", "هون")]);
        update(&mut state, Command::Add(vec![own]), 0);
        let other = document("b", "", &[("ORG", "سبها")]);
        (state, vec![Annotations { annotator: "amal".to_owned(), documents: vec![other] }])
    }

    #[test]
    fn decisions_live_in_the_gold_document_and_come_back_from_it() {
        let (mut state, loaded) = state();
        let everyone = voices(&state, &loaded);
        assert_eq!(names(&everyone), [PROJECT, "amal"]);
        let articles = contested(&everyone, None);
        let mut decided = decisions(&state, &articles, &everyone);
        assert_eq!(queue(&articles, &decided).len(), 2);
        decided.decide(&articles[0].id, articles[0].regions[0].range, Decision::Follow(vec![1]));
        let gold = gold_of(&articles[0], &everyone, &decided).unwrap();
        assert!(!holds(&state, &gold));
        update(&mut state, Command::WriteGold(vec![gold.clone()]), 1);
        assert!(holds(&state, &gold));
        // The gold document is no voice, and the page can be loaded anew in between.
        let again = voices(&state, &loaded);
        assert_eq!(names(&again), names(&everyone));
        let recalled = decisions(&state, &contested(&again, None), &again);
        assert_eq!(recalled, decided);
        update(&mut state, Command::Undo, 2);
        assert_eq!(decisions(&state, &articles, &everyone), Decisions::default());
    }

    #[test]
    fn what_a_policy_decided_on_the_command_line_is_decided_on_the_page() {
        let (mut state, loaded) = state();
        let everyone = voices(&state, &loaded);
        let docket = docket(&everyone, None);
        let (article, base) = (&docket.articles[0], docket.bases[0]);
        let mut decided = Decisions::default();
        for region in &article.regions {
            if let Some(decision) = Policy::Union.decide(region) {
                decided.decide(&article.id, region.range, decision);
            }
        }
        let gold = gold_with_decisions(article, base, &names(&everyone), &decided);
        let gold = Document { id: DocumentId::new("a-gold"), ..gold };
        update(&mut state, Command::Add(vec![gold]), 1);
        let everyone = voices(&state, &loaded);
        let recalled = decisions(&state, &contested(&everyone, None), &everyone);
        assert_eq!(recalled, decided);
        assert_eq!(queue(&docket.articles, &recalled).len(), 1, "the label is left for a person");
    }

    #[test]
    fn the_extractor_is_a_voice_under_the_labels_of_the_project() {
        let (state, loaded) = state();
        let asked = texts(&voices(&state, &loaded));
        assert_eq!(asked.len(), 1, "one text, whoever labelled it");
        let suggestion = |label: &str| Suggestion {
            range: (7..15).into(),
            label: LabelCode::new(label).unwrap(),
            confidence: 0.7,
            alternative: None,
            reason: String::new(),
            normalized: None,
        };
        let said = vec![vec![suggestion("LOC"), suggestion("NONE")]];
        let voice = extractor(&asked, said, state.schema());
        let spans: Vec<_> =
            voice.documents[0].spans.iter().map(|span| (span.origin, span.confidence)).collect();
        assert_eq!(spans, [(Origin::Suggested, Some(0.7))]);
    }

    #[test]
    fn no_two_annotators_have_one_name() {
        let taken = ["amal".to_owned(), "amal 2".to_owned()];
        assert_eq!(free_name("amal", &taken), "amal 3");
        assert_eq!(free_name("nour", &taken), "nour");
    }
}
