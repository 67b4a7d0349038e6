//! What makes the workbench quick: bulk decisions, the history, labels in hand, joined pieces, going from article to
//! article.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use misam::annotation::{DocumentId, EditKind, Origin, Status};
use misam::app::concordance::{Place, Query, SearchCache, span_at_hand, words_at_hand};
use misam::app::history::{article_history, history_rows};
use misam::app::view::{self, Picture, Piece};
use misam::app::{
    Among, Command, Decision, Description, Effect, FLAG, Heading, Language, Message, Proposals, Selection,
    Settings, State, intake, update,
};
use misam::extract::Suggestion;
use misam::schema::LabelCode;
use misam::text::motion::{Direction, Edge, Unit};
use misam::text::{ByteOffset, ByteRange, ProcliticPolicy};
use serde_json::Value;

const FIRST: &str = "زار الوفد القاهرة أمس. وقال للقاهرة إن قيادة شرطة وأمن القاهرة معه.";
const SECOND: &str = "عاد الوفد إلى القاهرة.";

#[derive(Clone)]
struct Page {
    state: State,
    effects: Vec<Effect>,
}

impl Page {
    fn new() -> Self {
        let mut page = Self { state: State::default(), effects: Vec::new() };
        page.run(Command::Add([FIRST, SECOND].map(|text| intake::article("", text.to_owned())).into()));
        page
    }

    fn run(&mut self, command: Command) -> &mut Self {
        self.effects = update(&mut self.state, command, 1_000);
        self
    }

    fn set(&mut self, change: impl FnOnce(&mut Settings)) -> &mut Self {
        let mut settings = self.state.settings.clone();
        change(&mut settings);
        self.run(Command::Set(settings))
    }

    fn place(&self, surface: &str) -> ByteRange {
        let text = self.state.document().unwrap().text.as_str();
        let start = text.find(surface).unwrap_or_else(|| panic!("{surface} is not in the text"));
        ByteRange::from(start..start + surface.len())
    }

    fn select(&mut self, surface: &str) -> &mut Self {
        let range = self.place(surface);
        self.run(Command::Select(Selection { anchor: range.start, focus: range.end }))
    }

    fn suggest(&mut self, found: &[(&str, &str, f32)]) -> &mut Self {
        let document = self.state.current.clone().unwrap();
        let suggestions = found
            .iter()
            .map(|&(surface, label, confidence)| Suggestion {
                range: self.place(surface),
                label: code(label),
                confidence,
                alternative: None,
                reason: "a reason".to_owned(),
                normalized: None,
            })
            .collect();
        self.run(Command::Suggested(document, Proposals::whole("test/1", suggestions)))
    }

    /// All places of a name, in all articles.
    fn places(&self, name: &str) -> Vec<Place> {
        let query = Query { words: name.to_owned(), everywhere: true, ..Query::default() };
        let found = SearchCache::default().find(&self.state, &query, None);
        found.hits.iter().map(misam::app::concordance::Hit::place).collect()
    }

    /// Surface, label and origin of every span of every article.
    fn spans(&self) -> Vec<(String, String, Origin)> {
        let spans = self.state.project.documents().flat_map(|document| {
            document.spans.iter().map(|span| {
                let surface = document.text.slice(span.range).unwrap().to_owned();
                (surface, span.label.to_string(), span.origin)
            })
        });
        spans.collect()
    }

    fn ids(&self) -> Vec<DocumentId> {
        self.state.project.documents().map(|document| document.id.clone()).collect()
    }

    fn active(&self) -> Option<&str> {
        self.state.active_span().map(|span| self.state.surface(span))
    }

    fn said(&self) -> Option<&Message> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Announce(message) => Some(message),
            _ => None,
        })
    }
}

fn code(label: &str) -> LabelCode {
    LabelCode::new(label).unwrap()
}

fn text(value: &str) -> String {
    value.to_owned()
}

#[test]
fn all_places_of_a_name_are_labelled_in_one_step_and_taken_back_in_one() {
    let mut page = Page::new();
    page.suggest(&[("القاهرة", "ORG", 0.5)]);
    let before = page.spans();
    let places = page.places("القاهرة");
    assert_eq!(places.len(), 4);
    page.run(Command::Apply(places, Decision::Label(code("LOC"))));
    assert_eq!(page.said(), Some(&Message::Applied { places: 4, articles: 2, turned_down: 0 }));
    let surfaces: Vec<_> = page.spans().into_iter().map(|(surface, label, _)| (surface, label)).collect();
    let expected = ["القاهرة", "لقاهرة", "القاهرة", "القاهرة"].map(|surface| (text(surface), text("LOC")));
    assert_eq!(surfaces, expected);
    assert_eq!(page.spans()[0].2, Origin::Corrected, "the suggestion was put right");
    page.run(Command::Undo);
    assert_eq!(page.spans(), before);
    page.run(Command::Redo);
    assert_eq!(page.spans().len(), 4);
}

#[test]
fn suggestions_that_go_with_a_bulk_decision_are_counted() {
    let mut page = Page::new();
    page.suggest(&[("القاهرة أمس", "EVT", 0.5)]);
    let places = page.places("القاهرة");
    page.run(Command::Apply(places, Decision::Label(code("LOC"))));
    assert_eq!(page.said(), Some(&Message::Applied { places: 4, articles: 2, turned_down: 1 }));
}

#[test]
fn a_restored_form_goes_with_each_place_that_lost_its_alif() {
    let mut page = Page::new();
    page.run(Command::Apply(page.places("القاهرة"), Decision::Label(code("LOC"))));
    let spans = &page.state.project.documents().next().unwrap().spans;
    let forms: Vec<_> = spans.iter().map(|span| span.normalized.as_deref()).collect();
    assert_eq!(forms, [None, Some("القاهرة"), None]);
}

#[test]
fn all_like_this_looks_for_the_clean_form_and_never_for_a_value() {
    let mut page = Page::new();
    page.select("لقاهرة إن").run(Command::Label(code("LOC")));
    assert_eq!(words_at_hand(&page.state), Some((text("القاهرة إن"), Some(code("LOC")))));
    let behind_lam = page.place("للقاهرة");
    let start = ByteOffset::from(behind_lam.start.to_usize() + "ل".len());
    page.run(Command::Undo).run(Command::Select(Selection { anchor: start, focus: behind_lam.end }));
    page.run(Command::Label(code("LOC")));
    assert_eq!(words_at_hand(&page.state), Some((text("القاهرة"), Some(code("LOC")))));
    page.select("أمس").run(Command::Label(code("DAT")));
    assert_eq!(words_at_hand(&page.state), Some((text("أمس"), Some(code("DAT")))));
    page.select(" الوفد");
    assert_eq!(words_at_hand(&page.state), Some((text("الوفد"), None)));
    page.run(Command::Release);
    assert_eq!(words_at_hand(&page.state), None);
}

#[test]
fn many_places_are_accepted_or_removed_at_once() {
    let mut page = Page::new();
    page.suggest(&[("القاهرة", "LOC", 0.9), ("أمس", "DAT", 0.9)]);
    page.run(Command::Apply(page.places("القاهرة"), Decision::Accept));
    assert_eq!(page.spans()[0].2, Origin::Accepted);
    assert_eq!(page.spans()[1].2, Origin::Suggested, "other suggestions are left alone");
    page.run(Command::Apply(page.places("القاهرة"), Decision::Remove(None)));
    assert_eq!(page.spans().len(), 1);
    assert_eq!(page.state.document().unwrap().rejected.len(), 1, "it is not to be proposed again");
    page.run(Command::Apply(page.places("القاهرة"), Decision::Remove(None)));
    assert_eq!(page.said(), Some(&Message::NothingToApply));
}

/// The places of all spans that are called and labelled like the active one.
fn alike(page: &Page) -> (LabelCode, Vec<Place>) {
    let (words, label) = span_at_hand(&page.state).unwrap();
    let query =
        Query { words, everywhere: true, label: Some(label.clone()), spans_alone: true, ..Query::default() };
    let found = SearchCache::default().find(&page.state, &query, None);
    (label, found.hits.iter().map(misam::app::concordance::Hit::place).collect())
}

#[test]
fn all_spans_like_one_get_another_label_in_one_step() {
    let mut page = Page::new();
    page.run(Command::Apply(page.places("القاهرة"), Decision::Label(code("LOC"))));
    // One that another label was given, and one that takes its proclitic along.
    page.run(Command::Focus(page.state.document().unwrap().spans.as_slice()[2].id.clone()));
    page.run(Command::Label(code("ORG")));
    page.run(Command::Focus(page.state.document().unwrap().spans.as_slice()[1].id.clone()));
    page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Letter));
    page.run(Command::Focus(page.state.document().unwrap().spans.as_slice()[0].id.clone()));
    let before = page.spans();
    let (from, places) = alike(&page);
    assert_eq!(places.len(), 3, "not the one that is something else");
    page.run(Command::Apply(places, Decision::Relabel { from, to: code("FAC") }));
    assert_eq!(page.said(), Some(&Message::Applied { places: 3, articles: 2, turned_down: 0 }));
    let now: Vec<_> = page.spans().into_iter().map(|(surface, label, _)| (surface, label)).collect();
    let expected = [("القاهرة", "FAC"), ("للقاهرة", "FAC"), ("القاهرة", "ORG"), ("القاهرة", "FAC")];
    assert_eq!(now, expected.map(|(surface, label)| (text(surface), text(label))));
    page.run(Command::Undo);
    assert_eq!(page.spans(), before);
}

#[test]
fn all_spans_like_one_go_in_one_step_and_others_at_their_places_stay() {
    let mut page = Page::new();
    page.run(Command::Apply(page.places("القاهرة"), Decision::Label(code("LOC"))));
    let before = page.spans();
    page.run(Command::Focus(page.state.document().unwrap().spans.as_slice()[0].id.clone()));
    let (label, places) = alike(&page);
    page.run(Command::Apply(places.clone(), Decision::Remove(Some(code("ORG")))));
    assert_eq!(page.said(), Some(&Message::NothingToApply), "spans with another label are not meant");
    page.run(Command::Apply(places, Decision::Remove(Some(label))));
    assert_eq!(page.spans(), []);
    page.run(Command::Undo);
    assert_eq!(page.spans(), before);
}

#[test]
fn the_history_can_be_gone_back_and_forth_in() {
    let mut page = Page::new();
    for (surface, label) in [("الوفد", "ORG"), ("القاهرة", "LOC"), ("أمس", "DAT")] {
        page.select(surface).run(Command::Label(code(label)));
    }
    let all = page.spans();
    let rows = history_rows(&page.state);
    assert_eq!(
        rows.iter().map(|row| row.kind).collect::<Vec<_>>(),
        [EditKind::Label, EditKind::Label, EditKind::Label, EditKind::Import]
    );
    assert_eq!(rows[0].touched, Some((text("أمس"), code("DAT"))));
    assert!(rows[0].current);
    page.run(Command::TravelTo(rows[2].count));
    assert_eq!(page.said(), Some(&Message::Travelled(2)));
    assert_eq!(page.spans().len(), 1);
    let rows = history_rows(&page.state);
    assert_eq!(rows.iter().map(|row| row.undone).collect::<Vec<_>>(), [true, true, false, false]);
    page.run(Command::TravelTo(rows[0].count));
    assert_eq!(page.spans(), all);
    page.run(Command::TravelTo(99));
    assert_eq!(page.spans(), all, "there is no such step");
}

#[test]
fn a_label_in_hand_goes_to_whatever_is_selected() {
    let mut page = Page::new();
    page.select("الوفد").run(Command::Picked);
    assert_eq!(page.spans(), []);
    page.run(Command::ToggleSticky).run(Command::Label(code("ORG")));
    assert_eq!(page.spans().len(), 1);
    page.run(Command::Release).run(Command::Label(code("LOC")));
    assert_eq!(
        page.spans().len(),
        1,
        "with nothing selected, the hand takes another label and no word gets it"
    );
    page.run(Command::Label(code("ORG")));
    page.select("القاهرة").run(Command::Picked);
    assert_eq!(page.spans().last().unwrap().1, "ORG");
    page.run(Command::ToggleSticky).select("أمس").run(Command::Picked);
    assert_eq!(page.spans().len(), 2);
}

#[test]
fn the_label_in_hand_is_kept_and_one_that_the_schema_lacks_is_none() {
    let mut page = Page::new();
    page.run(Command::ToggleSticky).run(Command::Label(code("ORG")));
    assert_eq!(page.state.sticky(), Some(&code("ORG")));
    let kept = page.state.settings.of_project();
    assert_eq!(Settings::default().in_project(&kept).sticky, Some(code("ORG")));
    // It went with a change of the labels, or came with those of another version.
    page.state.settings.sticky = Some(code("GONE"));
    page.select("الوفد").run(Command::Picked);
    assert_eq!((page.state.sticky(), page.spans().len()), (None, 0));
    page.run(Command::ToggleSticky).run(Command::Picked);
    assert_eq!(page.spans().len(), 1, "another is taken up at once");
}

#[test]
fn a_selection_joins_the_last_span_as_a_piece_of_its_own() {
    let mut page = Page::new();
    page.select("قيادة شرطة").run(Command::Label(code("ORG")));
    page.select("القاهرة معه").run(Command::Join);
    let document = page.state.document().unwrap();
    let span = document.spans.iter().next().unwrap();
    let pieces: Vec<_> = span.fragments.iter().map(|&part| document.text.slice(part).unwrap()).collect();
    assert_eq!(pieces, ["قيادة شرطة", "القاهرة معه"]);
    page.select("وأمن").run(Command::Join);
    let document = page.state.document().unwrap();
    let span = document.spans.iter().next().unwrap();
    assert!(span.fragments.is_empty(), "pieces with only a space between them are one");
    assert_eq!(document.text.slice(span.range), Some("قيادة شرطة وأمن القاهرة معه"));
    page.run(Command::Undo).run(Command::Undo);
    assert_eq!(page.spans()[0].0, "قيادة شرطة");
}

#[test]
fn an_end_of_a_span_in_pieces_moves_and_the_gap_stays() {
    let mut page = Page::new();
    let pieces = |page: &Page| {
        let document = page.state.document().unwrap();
        let span = document.spans.iter().next().unwrap();
        span.fragments.iter().map(|&part| document.text.slice(part).unwrap().to_owned()).collect::<Vec<_>>()
    };
    page.select("قيادة شرطة").run(Command::Label(code("ORG")));
    page.select("القاهرة معه").run(Command::Join);
    page.run(Command::MoveEdge(Edge::End, Direction::Inward, Unit::Word));
    assert_eq!(pieces(&page), ["قيادة شرطة", "القاهرة"]);
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    assert_eq!(pieces(&page), ["قيادة شرطة", "القاهرة معه"]);
    page.run(Command::MoveEdge(Edge::Start, Direction::Inward, Unit::Word));
    assert_eq!(pieces(&page), ["شرطة", "القاهرة معه"]);
    page.run(Command::MoveEdge(Edge::Start, Direction::Inward, Unit::Word));
    assert_eq!(page.spans()[0].0, "القاهرة معه", "the first piece has gone");
    page.run(Command::Undo);
    assert_eq!(pieces(&page), ["شرطة", "القاهرة معه"]);
}

#[test]
fn what_comes_to_cross_a_labelled_span_says_so_once() {
    let crosses = |page: &Page| page.said() == Some(&Message::Crosses(vec![text("القاهرة أمس")]));
    let mut page = Page::new();
    page.select("القاهرة أمس").run(Command::Label(code("EVT")));
    assert!(!crosses(&page));
    page.select("القاهرة").run(Command::Label(code("LOC")));
    assert!(!crosses(&page), "a name within another is no crossing");
    page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Word));
    assert!(crosses(&page));
    page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Word));
    assert!(!crosses(&page), "it was said");
    page.select("الوفد القاهرة").run(Command::Label(code("GRP")));
    assert!(crosses(&page));
}

#[test]
fn ends_that_go_too_far_and_come_back_leave_everything_as_it_was() {
    let mut page = Page::new();
    page.suggest(&[("القاهرة", "LOC", 0.9), ("أمس", "DAT", 0.8)]);
    page.run(Command::FocusNext(Heading::Next, Among::Spans));
    assert_eq!(page.active(), Some("القاهرة"));
    let before = page.state.document().unwrap().clone();
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    assert_eq!(page.said(), Some(&Message::MovedOver(text("القاهرة أمس"), vec![text("أمس")])));
    assert_eq!(page.spans(), [(text("القاهرة أمس"), text("LOC"), Origin::Corrected)]);
    assert_eq!(page.state.document().unwrap().rejected.len(), 2);
    page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Word));
    page.run(Command::MoveEdge(Edge::End, Direction::Inward, Unit::Word));
    let spans = [("الوفد القاهرة", "LOC", Origin::Corrected), ("أمس", "DAT", Origin::Suggested)];
    assert_eq!(page.spans(), spans.map(|(words, label, origin)| (text(words), text(label), origin)));
    assert_eq!(
        page.state.document().unwrap().rejected.len(),
        1,
        "what came back is not turned down any more"
    );
    page.run(Command::MoveEdge(Edge::Start, Direction::Inward, Unit::Word));
    let after = page.state.document().unwrap();
    assert_eq!(
        (&after.spans, &after.rejected),
        (&before.spans, &before.rejected),
        "a suggestion nobody changed"
    );
    for _ in 0..4 {
        page.run(Command::Undo);
    }
    assert_eq!(page.state.document().unwrap().spans, before.spans);
    // What was turned down by itself stays so.
    page.run(Command::FocusNext(Heading::Next, Among::Spans)).run(Command::Remove);
    let left = page.spans();
    page.select("الوفد").run(Command::Label(code("ORG")));
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    page.run(Command::MoveEdge(Edge::End, Direction::Inward, Unit::Word));
    assert_eq!(page.spans().len(), left.len() + 1);
}

#[test]
fn a_clean_form_written_by_hand_stays_when_an_end_moves() {
    let mut page = Page::new();
    page.select("القاهرة").run(Command::Label(code("LOC")));
    let write = Description { normalized: "Cairo".into(), ..Description::default() };
    page.run(Command::Describe(write));
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    let document = page.state.document().unwrap();
    assert_eq!(document.spans.iter().next().unwrap().normalized.as_deref(), Some("Cairo"));
}

#[test]
fn there_is_nothing_to_join_without_a_selection() {
    let mut page = Page::new();
    page.select("الوفد").run(Command::Label(code("ORG"))).run(Command::Join);
    assert_eq!(page.said(), Some(&Message::NothingToJoin));
}

#[test]
fn what_is_sure_is_accepted_and_what_is_not_is_gone_through() {
    let mut page = Page::new();
    page.suggest(&[("الوفد", "ORG", 0.95), ("القاهرة", "LOC", 0.4), ("أمس", "DAT", 0.92)]);
    page.run(Command::FocusNext(Heading::Next, Among::Doubtful));
    assert_eq!(page.active(), Some("القاهرة"));
    page.run(Command::AcceptSure);
    let origins: Vec<_> = page.spans().into_iter().map(|(.., origin)| origin).collect();
    assert_eq!(origins, [Origin::Accepted, Origin::Suggested, Origin::Accepted]);
    page.run(Command::AcceptSure);
    assert_eq!(page.said(), Some(&Message::NoSureSuggestions));
}

#[test]
fn what_is_sure_is_accepted_in_all_open_articles_by_one_step() {
    let mut page = Page::new();
    page.suggest(&[("الوفد", "ORG", 0.95), ("القاهرة", "LOC", 0.4)]);
    let [first, second] = [0, 1].map(|n| page.ids()[n].clone());
    page.run(Command::Open(second.clone()));
    page.suggest(&[("الوفد", "ORG", 0.9), ("القاهرة", "LOC", 0.89)]);
    page.run(Command::AcceptSureEverywhere);
    let said = Message::AcceptedIn { suggestions: 2, articles: 2 };
    assert_eq!(page.said(), Some(&said));
    assert_eq!(said.say(Language::English, page.state.schema()), "Accepted 2 suggestions. In 2 articles.");
    assert_eq!(said.say(Language::Arabic, page.state.schema()), "قُبل اقتراحان. في مقالين.");
    let origins = |page: &Page| page.spans().into_iter().map(|(.., origin)| origin).collect::<Vec<_>>();
    let (accepted, suggested) = (Origin::Accepted, Origin::Suggested);
    assert_eq!(origins(&page), [accepted, suggested, accepted, suggested]);
    page.run(Command::AcceptSureEverywhere);
    assert_eq!(page.said(), Some(&Message::NoSureSuggestions));
    page.run(Command::Undo);
    assert_eq!(origins(&page), [suggested; 4], "one undo takes all of it back");
    // What was left in an article that somebody has closed was left on purpose.
    page.run(Command::Open(first)).run(Command::SetStatus(Status::Done)).run(Command::AcceptSureEverywhere);
    assert_eq!(page.said(), Some(&Message::AcceptedIn { suggestions: 1, articles: 1 }));
    assert_eq!(origins(&page), [suggested, suggested, accepted, suggested]);
    page.run(Command::Undo).set(|settings| settings.sure = 40).set(|settings| settings.threshold = 90);
    page.run(Command::AcceptSureEverywhere);
    assert_eq!(
        origins(&page),
        [suggested, suggested, accepted, suggested],
        "what is out of sight stays there"
    );
}

#[test]
fn going_on_accepts_only_if_that_is_wanted() {
    let mut page = Page::new();
    page.suggest(&[("الوفد", "ORG", 0.9), ("القاهرة", "LOC", 0.9)]);
    let next = || Command::FocusNext(Heading::Next, Among::Suggestions);
    page.run(next()).run(next());
    assert!(page.spans().iter().all(|(.., origin)| *origin == Origin::Suggested));
    page.set(|settings| settings.accept_on_move = true).run(next());
    assert_eq!(page.spans()[1].2, Origin::Accepted);
    assert_eq!(page.active(), Some("الوفد"));
    page.run(Command::FocusNext(Heading::Previous, Among::Suggestions));
    assert_eq!(page.spans()[0].2, Origin::Suggested, "going back decides nothing");
    page.run(next());
    assert_eq!(page.spans()[0].2, Origin::Accepted);
    assert_eq!(page.said(), Some(&Message::NoMoreSuggestions));
}

#[test]
fn the_next_suggestion_may_be_in_another_article() {
    let mut page = Page::new();
    let [first, second] = [0, 1].map(|n| page.ids()[n].clone());
    page.suggest(&[("الوفد", "ORG", 0.9)]).run(Command::Open(second.clone()));
    page.suggest(&[("القاهرة", "LOC", 0.9)]).run(Command::Open(first.clone()));
    page.run(Command::NextUnreviewed(Heading::Next));
    assert_eq!((page.state.current.as_ref(), page.active()), (Some(&first), Some("الوفد")));
    page.run(Command::NextUnreviewed(Heading::Next));
    assert_eq!((page.state.current.as_ref(), page.active()), (Some(&second), Some("القاهرة")));
    page.run(Command::Accept).run(Command::NextUnreviewed(Heading::Next));
    assert_eq!(page.state.current.as_ref(), Some(&first), "it goes round");
    page.run(Command::SetStatus(Status::Done)).run(Command::NextUnreviewed(Heading::Next));
    assert_eq!(page.active(), Some("الوفد"), "what is on the screen is gone through to its end");
    page.run(Command::NextUnreviewed(Heading::Next));
    assert_eq!(page.said(), Some(&Message::NothingUnreviewed), "articles that are done are left alone");
}

#[test]
fn the_previous_suggestion_may_be_in_another_article() {
    let mut page = Page::new();
    let [first, second] = [0, 1].map(|n| page.ids()[n].clone());
    page.suggest(&[("الوفد", "ORG", 0.9), ("القاهرة", "LOC", 0.9)]).run(Command::Open(second.clone()));
    page.suggest(&[("القاهرة", "LOC", 0.9)]);
    page.set(|settings| settings.accept_on_move = true);
    let back = || Command::NextUnreviewed(Heading::Previous);
    page.run(back());
    assert_eq!(
        (page.state.current.as_ref(), page.active()),
        (Some(&first), Some("القاهرة")),
        "the last one there"
    );
    page.run(back());
    assert_eq!(page.active(), Some("الوفد"));
    page.run(back());
    assert_eq!(
        (page.state.current.as_ref(), page.active()),
        (Some(&second), Some("القاهرة")),
        "it goes round"
    );
    page.run(Command::Open(first));
    assert!(
        page.spans().iter().all(|(.., origin)| *origin == Origin::Suggested),
        "going back decides nothing"
    );
}

#[test]
fn going_on_to_another_article_accepts_if_that_is_wanted() {
    let mut page = Page::new();
    let [first, second] = [0, 1].map(|n| page.ids()[n].clone());
    page.suggest(&[("الوفد", "ORG", 0.9), ("القاهرة", "LOC", 0.9)]).run(Command::Open(second.clone()));
    page.suggest(&[("القاهرة", "LOC", 0.9)]).run(Command::Open(first.clone()));
    page.set(|settings| settings.accept_on_move = true);
    let on = || Command::NextUnreviewed(Heading::Next);
    page.run(on()).run(on()).run(on());
    assert_eq!((page.state.current.as_ref(), page.active()), (Some(&second), Some("القاهرة")));
    page.run(on());
    assert_eq!(page.said(), Some(&Message::NothingUnreviewed));
    assert_eq!(page.spans()[0].2, Origin::Accepted);
    page.run(Command::Open(first));
    assert!(page.spans().iter().all(|(.., origin)| *origin == Origin::Accepted));
}

#[test]
fn every_way_of_going_on_accepts_if_that_is_wanted() {
    let ways = [
        Command::FocusNext(Heading::Next, Among::Suggestions),
        Command::FocusNext(Heading::Next, Among::Doubtful),
        Command::FocusNext(Heading::Next, Among::Spans),
        Command::NextUnreviewed(Heading::Next),
        Command::OpenNeighbour(Heading::Next),
        Command::Finish,
    ];
    for way in ways {
        let mut page = Page::new();
        let first = page.ids()[0].clone();
        page.suggest(&[("الوفد", "ORG", 0.5), ("القاهرة", "LOC", 0.5)]);
        page.run(Command::FocusNext(Heading::Next, Among::Suggestions));
        for (wanted, origin) in [(false, Origin::Suggested), (true, Origin::Accepted)] {
            let mut page = page.clone();
            page.set(|settings| settings.accept_on_move = wanted)
                .run(way.clone())
                .run(Command::Open(first.clone()));
            let origins: Vec<_> = page.spans().into_iter().map(|(.., origin)| origin).collect();
            assert_eq!(origins, [origin, Origin::Suggested], "{way:?}");
        }
    }
}

#[test]
fn going_back_or_aside_accepts_nothing() {
    let ways = [
        Command::FocusNext(Heading::Previous, Among::Spans),
        Command::FocusNext(Heading::Previous, Among::Doubtful),
        Command::OpenNeighbour(Heading::Previous),
        Command::Release,
        Command::Skip,
    ];
    for way in ways {
        let mut page = Page::new();
        page.suggest(&[("الوفد", "ORG", 0.5), ("القاهرة", "LOC", 0.5)]);
        page.set(|settings| settings.accept_on_move = true);
        page.run(Command::FocusNext(Heading::Next, Among::Suggestions)).run(way.clone());
        assert!(page.spans().iter().all(|(.., origin)| *origin == Origin::Suggested), "{way:?}");
    }
}

#[test]
fn spans_at_the_caret_are_gone_through_from_inside_out() {
    let mut page = Page::new();
    page.select("قيادة شرطة وأمن القاهرة").run(Command::Label(code("ORG")));
    let inner = page.place("وأمن القاهرة");
    let inner = ByteRange { start: page.place("القاهرة معه").start, end: inner.end };
    page.run(Command::Select(Selection { anchor: inner.start, focus: inner.end }));
    page.run(Command::Label(code("LOC")));
    assert_eq!(page.active(), Some("القاهرة"));
    page.run(Command::CycleSpan);
    assert_eq!(page.active(), Some("قيادة شرطة وأمن القاهرة"));
    page.run(Command::CycleSpan);
    assert_eq!(page.active(), Some("القاهرة"));
}

#[test]
fn what_is_written_about_a_span_and_an_article_can_be_taken_back() {
    let mut page = Page::new();
    page.select("القاهرة").run(Command::Label(code("LOC")));
    let description = Description { note: text(" العاصمة "), ..Description::default() };
    page.run(Command::Describe(description));
    assert_eq!(page.state.active_span().unwrap().note.as_deref(), Some("العاصمة"));
    assert_eq!(page.state.active_span().unwrap().origin, Origin::Manual);
    page.run(Command::SetMeta(FLAG, Some(Value::Bool(true))));
    assert_eq!(page.state.document().unwrap().meta.get(FLAG), Some(&Value::Bool(true)));
    page.run(Command::Undo);
    assert_eq!(page.state.document().unwrap().meta.get(FLAG), None);
    page.run(Command::Undo);
    assert_eq!(page.state.active_span().unwrap().note, None);
}

#[test]
fn relative_dates_are_counted_anew_when_the_day_of_publication_is_said() {
    let mut page = Page::new();
    page.select("أمس").run(Command::Label(code("DAT")));
    let value = |page: &Page| page.state.document().unwrap().spans.iter().next().unwrap().normalized.clone();
    assert_eq!(value(&page).as_deref(), Some("day-1"));
    page.run(Command::SetMeta("date", Some(Value::from("2019-04-09"))));
    assert_eq!(value(&page).as_deref(), Some("2019-04-08"));
    page.run(Command::Undo);
    assert_eq!(value(&page).as_deref(), Some("day-1"));
    let written = Description { normalized: text("2001-01-01"), ..Description::default() };
    page.run(Command::Describe(written)).run(Command::SetMeta("date", Some(Value::from("2019-04-09"))));
    assert_eq!(value(&page).as_deref(), Some("2001-01-01"), "what a person wrote stays");
}

#[test]
fn an_article_is_brought_back_to_a_step_by_a_new_edit_and_others_stay_as_they_are() {
    let mut page = Page::new();
    page.state.about.annotator = "سلمى".to_owned();
    let id = page.state.current.clone().unwrap();
    let org = || Command::Label(LabelCode::new("ORG").unwrap());
    page.select("الوفد").run(org());
    let then = page.state.document().unwrap().clone();
    page.select("القاهرة").run(org());
    let other = page.state.project.documents().last().unwrap().id.clone();
    page.run(Command::Open(other)).select("الوفد").run(org());
    let elsewhere = page.state.document().unwrap().clone();
    page.run(Command::Open(id.clone()));

    let rows = article_history(&page.state, &id);
    assert_eq!(rows.len(), 3, "the edit of the other article is not among them");
    assert_eq!(rows[0].annotator.as_deref(), Some("سلمى"));
    assert!(rows[1].returns);
    page.run(Command::Restore(rows[1].count));
    assert_eq!(page.state.document(), Some(&then));
    assert_eq!(page.state.project.document(&elsewhere.id), Some(&elsewhere));
    page.run(Command::Restore(rows[1].count));
    assert!(page.effects.contains(&Effect::Announce(Message::NothingToRestore)));
    page.run(Command::Undo);
    assert_eq!(page.state.document().unwrap().spans.len(), 2);
}

#[test]
fn a_tap_selects_a_word_lets_it_go_again_and_takes_up_what_is_labelled() {
    let mut page = Page::new();
    let inside = |page: &Page, surface: &str| ByteOffset::from(page.place(surface).start.to_usize() + 2);
    let wafd = inside(&page, "الوفد");
    page.run(Command::Tap(wafd));
    assert_eq!(page.state.selection.map(Selection::range), Some(page.place("الوفد")));
    page.run(Command::Tap(wafd));
    assert!(page.state.selection.is_some_and(Selection::is_caret), "what is selected is let go");
    page.run(Command::Tap(wafd)).run(Command::Label(code("ORG")));
    page.run(Command::Release).run(Command::Tap(wafd));
    assert_eq!(page.active(), Some("الوفد"));
    let yesterday = inside(&page, "أمس");
    page.run(Command::Tap(yesterday));
    assert_eq!((page.active(), page.state.selection.map(Selection::range)), (None, Some(page.place("أمس"))));
}

#[test]
fn a_finger_that_comes_down_near_goes_outwards_and_beyond_the_innermost_begins_anew() {
    let mut page = Page::new();
    page.select("الوفد القاهرة").run(Command::Label(code("GRP")));
    page.select("القاهرة").run(Command::Label(code("LOC")));
    page.run(Command::Release);
    let inside =
        |page: &Page, surface: &str, bytes| ByteOffset::from(page.place(surface).start.to_usize() + bytes);
    let taps = [("القاهرة", 2), ("القاهرة", 8), ("القاهرة", 4), ("الوفد", 2), ("القاهرة", 4), ("القاهرة", 4)];
    let up = taps.map(|(surface, bytes)| {
        page.run(Command::Tap(inside(&page, surface, bytes)));
        page.active().map(str::to_owned)
    });
    let (inner, outer) = (Some("القاهرة"), Some("الوفد القاهرة"));
    assert_eq!(up.each_ref().map(Option::as_deref), [inner, outer, inner, outer, inner, outer]);
}

#[test]
fn an_end_is_drawn_by_letters_in_its_own_word_and_by_words_beyond() {
    let mut page = Page::new();
    let (wafd, cairo) = (page.place("الوفد"), page.place("القاهرة"));
    let within = |range: ByteRange, bytes: usize| ByteOffset::from(range.start.to_usize() + bytes);
    let mut draw = |anchor, from, to| {
        page.run(Command::Stretch { anchor, from, to });
        let range = page.state.selection.unwrap().range();
        page.state.document().unwrap().text.slice(range).unwrap().to_owned()
    };
    assert_eq!(draw(wafd.start, wafd.end, within(cairo, 4)), "الوفد القاهرة", "on, by words");
    assert_eq!(draw(wafd.start, wafd.end, within(wafd, 6)), "الو", "by letters");
    assert_eq!(draw(cairo.end, cairo.start, within(wafd, 4)), "الوفد القاهرة", "back, by words");
    assert_eq!(draw(cairo.start, cairo.end, within(wafd, 4)), "الوفد ", "over the end that stays");
    assert_eq!(draw(cairo.start, cairo.end, cairo.start), "الوفد ", "never to nothing");
}

fn within(range: ByteRange, letters: usize) -> ByteOffset {
    // Arabic letters are two bytes each.
    ByteOffset::from(range.start.to_usize() + 2 * letters)
}

/// Draws an end of the only span and lets go; what it is then, in words.
fn drawn(page: &mut Page, edge: Edge, to: ByteOffset, unit: Unit) -> String {
    let span = page.state.document().unwrap().spans.iter().next().unwrap().id.clone();
    page.run(Command::Draw { span, edge, to, unit }).run(Command::LetGo);
    let document = page.state.document().unwrap();
    assert_eq!(document.spans.len(), 1);
    document.text.slice(document.spans.iter().next().unwrap().range).unwrap().to_owned()
}

#[test]
fn an_end_of_a_span_is_drawn_by_words_and_in_its_own_word_by_letters() {
    use {Edge::*, Unit::*};
    let mut page = Page::new();
    let (cairo, yesterday) = (page.place("القاهرة"), page.place("أمس"));
    page.select("القاهرة").run(Command::Label(code("LOC")));
    let wafd = page.place("الوفد");
    assert_eq!(drawn(&mut page, Start, within(wafd, 2), Word), "الوفد القاهرة");
    assert_eq!(drawn(&mut page, End, within(yesterday, 1), Word), "الوفد القاهرة أمس");
    assert_eq!(drawn(&mut page, Start, within(cairo, 4), Word), "القاهرة أمس", "and back");
    assert_eq!(drawn(&mut page, Start, within(cairo, 2), Word), "قاهرة أمس", "a prefix is left outside");
    assert_eq!(drawn(&mut page, Start, within(wafd, 2), Letter), "وفد القاهرة أمس", "by letters everywhere");
    assert_eq!(drawn(&mut page, End, within(cairo, 5), Letter), "وفد القاه");
    assert_eq!(
        drawn(&mut page, End, ByteOffset::ZERO, Word),
        "زار الوفد القاه",
        "over the end that was not taken"
    );
}

#[test]
fn where_the_policy_leaves_prefixes_outside_an_end_drawn_by_words_does_so_too() {
    let mut page = Page::new();
    page.set(|settings| settings.proclitics = ProcliticPolicy::Peeled);
    page.select("إن قيادة").run(Command::Label(code("ORG")));
    let to = within(page.place("للقاهرة"), 4);
    assert_eq!(drawn(&mut page, Edge::Start, to, Unit::Word), "لقاهرة إن قيادة");
}

#[test]
fn drawing_is_one_edit_that_comes_when_the_hand_lets_go() {
    let mut page = Page::new();
    page.suggest(&[("الوفد", "ORG", 0.6), ("القاهرة", "LOC", 0.7)]);
    let before = page.state.document().unwrap().clone();
    let (steps, span) =
        (page.state.project.history().done().len(), before.spans.iter().next().unwrap().id.clone());
    let cairo = page.place("القاهرة");
    for letters in 1..6 {
        page.run(Command::Draw {
            span: span.clone(),
            edge: Edge::End,
            to: within(cairo, letters),
            unit: Unit::Word,
        });
        assert_eq!(page.state.document(), Some(&before), "nothing is edited while it is drawn");
    }
    let drawn = page.state.drawn.clone().unwrap();
    let pieces = |page: &Page| {
        let document = page.state.document().unwrap();
        let first = document.text.paragraphs()[0];
        let picture = Picture::of(document, first, None, page.state.drawn.as_ref(), &page.state.settings);
        let marked = |piece: &Piece| !piece.marks.is_empty();
        view::pieces(&document.text, first, &picture)
            .into_iter()
            .filter(marked)
            .map(|piece| piece.range)
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn.range, page.place("الوفد القاهرة"));
    assert!(pieces(&page).contains(&ByteRange::new(drawn.range.start, cairo.start)), "but it is drawn so");
    page.run(Command::LetGo);
    let document = page.state.document().unwrap();
    assert_eq!(document.spans.len(), 1, "the suggestion that was in the way is gone");
    let moved = document.spans.get(&span).unwrap();
    assert_eq!((moved.range, moved.origin), (drawn.range, Origin::Corrected));
    assert_eq!(page.state.project.history().done().len(), steps + 1);
    page.run(Command::Undo);
    assert_eq!(page.state.document().unwrap().spans, before.spans);
}

#[test]
fn what_is_drawn_and_given_up_stays_as_it_was() {
    let mut page = Page::new();
    page.select("القاهرة").run(Command::Label(code("LOC")));
    let before = page.state.document().unwrap().clone();
    let span = before.spans.iter().next().unwrap().id.clone();
    let draw =
        Command::Draw { span, edge: Edge::Start, to: page.place("الوفد").start, unit: Unit::Word };
    page.run(draw.clone()).run(Command::Release).run(Command::LetGo);
    assert_eq!(page.state.document(), Some(&before));
    page.state.writable = false;
    page.run(draw).run(Command::LetGo);
    assert_eq!(
        (page.state.document(), &page.state.drawn),
        (Some(&before), &None),
        "nor in a tab that only looks on"
    );
}

#[test]
fn a_span_drawn_beyond_its_line_ends_with_the_line() {
    let mut page = Page::new();
    page.run(Command::Add(vec![intake::article("", "زار الوفد\nالقاهرة أمس".to_owned())]));
    page.select("الوفد").run(Command::Label(code("ORG")));
    let below = page.place("أمس").end;
    assert_eq!(drawn(&mut page, Edge::End, below, Unit::Word), "الوفد");
}

#[test]
fn a_span_that_is_pointed_at_goes_and_nothing_else_is_taken_up() {
    let mut page = Page::new();
    page.suggest(&[("الوفد", "ORG", 0.6), ("القاهرة", "LOC", 0.7)]);
    let id = |page: &Page| page.state.document().unwrap().spans.iter().next().unwrap().id.clone();
    let first = id(&page);
    page.run(Command::RemoveSpan(first));
    assert_eq!((page.active(), page.state.document().unwrap().spans.len()), (None, 1));
    assert_eq!(page.state.document().unwrap().rejected.len(), 1, "a suggestion is not made again");
    page.run(Command::Accept).run(Command::Accept);
    let second = id(&page);
    page.run(Command::RemoveSpan(second));
    assert!(page.state.document().unwrap().spans.is_empty());
    page.run(Command::Undo).run(Command::Undo).run(Command::Undo);
    assert_eq!(page.state.document().unwrap().spans.len(), 2);
}

#[test]
fn a_click_with_a_label_in_hand_gives_it_to_the_span() {
    let mut page = Page::new();
    page.suggest(&[("الوفد", "LOC", 0.6), ("القاهرة", "ORG", 0.7)]);
    page.run(Command::ToggleSticky).run(Command::Label(code("ORG")));
    let labels = |page: &Page| {
        let spans = page.state.document().unwrap().spans.iter();
        spans.map(|span| (span.label.to_string(), span.origin)).collect::<Vec<_>>()
    };
    page.run(Command::Click(within(page.place("الوفد"), 2)));
    assert_eq!(labels(&page)[0], ("ORG".to_owned(), Origin::Corrected));
    page.run(Command::Click(within(page.place("القاهرة"), 2)));
    assert_eq!(
        labels(&page)[1],
        ("ORG".to_owned(), Origin::Accepted),
        "the label it has, said again, accepts it"
    );
    page.run(Command::Label(code("LOC")));
    let (name, inner) = (page.place("قيادة شرطة"), within(page.place("شرطة"), 1));
    page.run(Command::ToggleSticky).select("قيادة شرطة").run(Command::Label(code("ORG")));
    page.select("شرطة").run(Command::Label(code("GRP")));
    page.run(Command::Release).run(Command::ToggleSticky).run(Command::Label(code("FAC")));
    page.run(Command::Click(inner)).run(Command::Click(inner));
    let document = page.state.document().unwrap();
    let outer = document.spans.iter().find(|span| span.range == name).unwrap();
    assert_eq!(
        (page.active(), outer.label.as_str()),
        (Some("قيادة شرطة"), "ORG"),
        "the next one out is only taken up"
    );
    page.state.writable = false;
    page.run(Command::Click(within(page.place("الوفد"), 2)));
    assert_eq!(labels(&page)[0].0, "ORG", "nothing is labelled in a tab that looks on");
}
