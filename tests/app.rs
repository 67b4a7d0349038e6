//! The application driven by commands, as the page drives it: what a labeller does and what comes of it.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use std::sync::Arc;

use misam::annotation::{Origin, SpanId, Status};
use misam::app::concordance::{Query, SearchCache, words_at_hand};
use misam::app::schema_edit::{Draft, Fate, Plan, RowId, label_usage};
use misam::app::{
    Among, Closed, Command, Effect, Heading, Language, Message, ModelFault, ModelStatus, Motion, Proposals,
    Selection, Settings, State, intake, update,
};
use misam::extract::tagger::About;
use misam::extract::{RuleExtractor, Suggestion};
use misam::project::{Project, StoredProject, Write, revive};
use misam::schema::{LabelCode, Layers, Template};
use misam::text::motion::{Direction, Edge, Unit};
use misam::text::{ByteOffset, ByteRange, ProcliticPolicy};

const TEXT: &str = "قالت فرنسا وبريطانيا إن «الجيش اليمني» قصف للأردن أمس.\r\nوصل وفد إلى بغداد.";

/// A page with one article on it.
struct Page {
    state: State,
    effects: Vec<Effect>,
}

impl Page {
    fn with(text: &str) -> Self {
        let mut page = Self { state: State::default(), effects: Vec::new() };
        page.run(Command::Add(vec![intake::article("", text.to_owned())]));
        page
    }

    fn run(&mut self, command: Command) -> &mut Self {
        self.effects = update(&mut self.state, command, 1_000);
        self
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

    fn label(&mut self, code: &str) -> &mut Self {
        self.run(Command::Label(LabelCode::new(code).unwrap()))
    }

    fn suggest(&mut self, found: &[(&str, &str)]) -> &mut Self {
        self.suggest_by("test/1", found)
    }

    fn suggest_by(&mut self, source: &str, found: &[(&str, &str)]) -> &mut Self {
        let suggestions = found
            .iter()
            .map(|(surface, label)| Suggestion {
                range: self.place(surface),
                label: LabelCode::new(label).unwrap(),
                confidence: 0.9,
                alternative: None,
                reason: "a reason".to_owned(),
                normalized: None,
            })
            .collect();
        let document = self.state.current.clone().unwrap();
        self.run(Command::Suggested(document, Proposals::whole(source, suggestions)))
    }

    /// One suggestion with a confidence, and perhaps with another label.
    fn suggest_sure(&mut self, found: &[(&str, &str, f32, Option<&str>)]) -> &mut Self {
        let code = |label: &str| LabelCode::new(label).unwrap();
        let suggestions = found
            .iter()
            .map(|&(surface, label, confidence, other)| Suggestion {
                range: self.place(surface),
                label: code(label),
                confidence,
                alternative: other.map(|other| (code(other), 0.2)),
                reason: String::new(),
                normalized: None,
            })
            .collect();
        let document = self.state.current.clone().unwrap();
        self.run(Command::Suggested(document, Proposals::whole("model/1", suggestions)))
    }

    fn threshold(&mut self, threshold: u8) -> &mut Self {
        let settings = Settings { threshold, ..self.state.settings.clone() };
        self.run(Command::Set(settings))
    }

    fn spans(&self) -> Vec<(String, String, Origin)> {
        let document = self.state.document().unwrap();
        let surface = |range| document.text.slice(range).unwrap().to_owned();
        document.spans.iter().map(|span| (surface(span.range), span.label.to_string(), span.origin)).collect()
    }

    fn said(&self) -> Vec<&Message> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Announce(message) => Some(message),
                _ => None,
            })
            .collect()
    }
}

fn owned(spans: &[(&str, &str, Origin)]) -> Vec<(String, String, Origin)> {
    spans.iter().map(|&(surface, label, origin)| (surface.to_owned(), label.to_owned(), origin)).collect()
}

#[test]
fn a_new_article_is_stored_before_its_journal_entry_and_read_by_the_extractor() {
    let page = Page::with(TEXT);
    let kinds: Vec<_> = page
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Store(_) => Some("store"),
            Effect::Journal(_) => Some("journal"),
            Effect::Extract(_) => Some("extract"),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, ["store", "journal", "extract"]);
}

#[test]
fn new_articles_are_stored_as_they_were_before_anything_is_said_of_them() {
    let mut state = State::default();
    state.settings.blind = 100;
    let articles = (0..3).map(|number| intake::article("", format!("{TEXT} {number}"))).collect();
    let effects = update(&mut state, Command::Add(articles), 1_000);
    let (mut shelf, mut journal) = (StoredProject::default(), Vec::new());
    for effect in effects {
        match effect {
            Effect::Store(arrivals) => {
                for arrival in arrivals {
                    let Write::Document(record, text) = arrival else { panic!("{arrival:?}") };
                    let id = record.id.to_string();
                    shelf.documents.push((id.clone(), serde_json::to_string(&record).ok()));
                    shelf.texts.push((id, Some(text.as_str().into())));
                }
            }
            Effect::Journal(entry) => journal.push(entry),
            _ => {}
        }
    }
    assert_eq!(journal.len(), 4, "they come in, and each is in the blind sample");
    let revived = revive(shelf);
    let mut again = Project::default();
    revived.documents.into_iter().for_each(|document| drop(again.insert(document)));
    assert_eq!(again.replay(journal, &revived.snapshots), 0, "what is said of them fits what is stored");
    let all = |project: &Project| project.documents().cloned().collect::<Vec<_>>();
    assert_eq!((all(&again).len(), all(&again)), (3, all(&state.project)));
}

/// The rules, as suggestions name them.
const RULES: &str = RuleExtractor::SOURCE;

fn model() -> Command {
    let about = About { name: "model/1".to_owned(), ..About::default() };
    Command::Model(ModelStatus::Ready(Arc::new(about)))
}

/// Decisions are made for what they do to the page.
fn void(_: &mut Page) {}

fn is_read_again(page: &Page) -> bool {
    page.effects.iter().any(|effect| matches!(effect, Effect::Extract(_)))
}

#[test]
fn an_untouched_article_is_read_again_when_the_model_comes() {
    let mut page = Page::with(TEXT);
    page.suggest_by(RULES, &[("فرنسا", "PER"), ("بغداد", "LOC")])
        .run(Command::FocusNext(Heading::Next, Among::Suggestions));
    assert!(is_read_again(page.run(model())));
    page.suggest_by("model/1", &[("فرنسا", "LOC")]);
    assert_eq!(page.spans(), owned(&[("فرنسا", "LOC", Origin::Suggested)]));
    assert_eq!(page.state.surface(page.state.active_span().unwrap()), "فرنسا", "it is still looked at");
    assert!(!is_read_again(&page) && !is_read_again(page.run(model())), "once is enough");
}

#[test]
fn an_article_in_which_the_rules_found_nothing_is_read_again_too() {
    let mut page = Page::with(TEXT);
    page.suggest_by(RULES, &[]);
    assert!(is_read_again(page.run(model())));
}

#[test]
fn an_article_that_the_rules_were_reading_when_the_model_came_is_read_again_after_them() {
    let mut page = Page::with(TEXT);
    assert!(!is_read_again(page.run(model())));
    assert!(is_read_again(page.suggest_by(RULES, &[("بغداد", "LOC")])));
}

#[test]
fn what_somebody_has_touched_is_not_read_again_by_itself() {
    let decisions: [fn(&mut Page); 4] = [
        |page| void(page.run(Command::FocusNext(Heading::Next, Among::Suggestions)).run(Command::Accept)),
        |page| void(page.run(Command::FocusNext(Heading::Next, Among::Suggestions)).run(Command::Remove)),
        |page| void(page.select("قصف").label("EVT")),
        |page| void(page.run(Command::SetStatus(Status::Done))),
    ];
    for decide in decisions {
        let mut page = Page::with(TEXT);
        page.suggest_by(RULES, &[("فرنسا", "LOC"), ("بغداد", "LOC")]);
        decide(&mut page);
        let before = page.spans();
        assert!(!is_read_again(page.run(model())), "{before:?}");
        assert_eq!(page.spans(), before);
    }
    let mut page = Page::with(TEXT);
    page.suggest_by("another/1", &[("بغداد", "LOC")]);
    assert!(!is_read_again(page.run(model())), "suggestions of another program are left alone");
}

#[test]
fn a_model_that_does_not_come_is_said_once_and_can_be_asked_for_again() {
    let mut page = Page::with(TEXT);
    page.suggest_by(RULES, &[("بغداد", "LOC")]).run(Command::Model(ModelStatus::Failed(ModelFault::Damaged)));
    assert_eq!(page.said(), [&Message::ModelFailed(ModelFault::Damaged)]);
    assert_eq!(page.spans(), owned(&[("بغداد", "LOC", Origin::Suggested)]));
    page.run(Command::LoadModel);
    assert_eq!(page.effects, [Effect::LoadModel]);
}

#[test]
fn suggestions_under_the_threshold_are_neither_seen_nor_accepted() {
    let mut page = Page::with(TEXT);
    let doubtful = [("فرنسا", "LOC", 0.49, None), ("اليمني", "NAT", 0.5, None), ("بغداد", "LOC", 0.9, None)];
    page.suggest_sure(&doubtful).run(Command::Focus(SpanId::numbered(1))).threshold(50);
    assert!(page.state.active.is_none(), "what is out of sight is not acted on");
    assert_eq!(page.state.suggested(page.state.document().unwrap()), 2);
    let at = |page: &Page, surface: &str| page.place(surface).start;
    let click = at(&page, "فرنسا");
    assert!(page.run(Command::Click(click)).state.active.is_none());
    page.run(Command::Move(Motion::TextEdge(Heading::Previous), false));
    page.run(Command::FocusNext(Heading::Next, Among::Spans));
    assert_eq!(page.state.surface(page.state.active_span().unwrap()), "اليمني");
    page.run(Command::AcceptAll);
    assert_eq!(page.said(), [&Message::Accepted(2)]);
    let expected = [
        ("فرنسا", "LOC", Origin::Suggested),
        ("اليمني", "NAT", Origin::Accepted),
        ("بغداد", "LOC", Origin::Accepted),
    ];
    assert_eq!(page.spans(), owned(&expected));
    page.threshold(0);
    assert_eq!(page.state.suggested(page.state.document().unwrap()), 1, "it comes back");
    page.threshold(95);
    assert_eq!(page.state.shown_spans().count(), 2, "what somebody confirmed is always in sight");
}

#[test]
fn what_is_to_be_expected_at_a_threshold_is_said_of_the_model_only() {
    let mut page = Page::with(TEXT);
    page.threshold(50);
    assert_eq!(page.state.expected(), None);
    let thresholds = (0u8..20).map(|step| (f32::from(step) / 20.0, 1.0 - f32::from(step) / 20.0)).collect();
    let about = About { thresholds, ..About::default() };
    page.run(Command::Model(ModelStatus::Ready(Arc::new(about))));
    assert_eq!(page.state.expected(), Some((0.5, 0.5)));
    assert!(page.threshold(Settings::HIGHEST_THRESHOLD).state.expected().is_some());
}

#[test]
fn the_other_label_is_taken_by_one_command_and_what_was_proposed_does_not_come_back() {
    let mut page = Page::with(TEXT);
    page.suggest_sure(&[("بغداد", "ORG", 0.7, Some("LOC"))])
        .run(Command::FocusNext(Heading::Next, Among::Suggestions));
    page.run(Command::TakeAlternative);
    assert_eq!(page.spans(), owned(&[("بغداد", "LOC", Origin::Corrected)]));
    page.run(Command::TakeAlternative);
    assert_eq!(page.said(), [&Message::NoAlternative]);
    assert_eq!(page.state.document().unwrap().rejected.len(), 1);
    page.run(Command::Undo);
    assert_eq!(page.spans(), owned(&[("بغداد", "ORG", Origin::Suggested)]));
    assert!(page.state.active_span().unwrap().alternative.is_some());
}

#[test]
fn of_several_articles_the_one_on_the_screen_is_read_first_and_the_others_after_it() {
    let articles = ["أول", "ثان", "ثالث"].map(|text| intake::article("", text.to_owned()));
    let names: Vec<_> = articles.iter().map(|article| article.id.clone()).collect();
    let mut page = Page { state: State::default(), effects: Vec::new() };
    page.run(Command::Add(articles.into()));
    let read: Vec<_> = page
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Extract(id) => Some(id.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(read, names);
}

#[test]
fn a_selection_is_trimmed_and_labelled_and_the_article_is_then_in_progress() {
    let mut page = Page::with(TEXT);
    page.select(" «الجيش اليمني» ").label("GRP");
    assert_eq!(page.spans(), owned(&[("الجيش اليمني", "GRP", Origin::Manual)]));
    assert_eq!(page.state.document().unwrap().status, Status::InProgress);
}

#[test]
fn a_selection_over_a_line_end_becomes_one_span_a_line() {
    let mut page = Page::with("مدينة حلب\r\nبلدة الباب");
    page.select("حلب\r\nبلدة").label("LOC");
    assert_eq!(page.spans(), owned(&[("حلب", "LOC", Origin::Manual), ("بلدة", "LOC", Origin::Manual)]));
}

#[test]
fn a_selection_of_spaces_and_signs_labels_nothing() {
    let mut page = Page::with(TEXT);
    page.select(" «").label("LOC");
    assert_eq!(page.spans(), []);
    assert_eq!(page.said(), [&Message::NothingToLabel]);
}

#[test]
fn the_word_at_the_caret_is_labelled_when_nothing_is_selected() {
    let mut page = Page::with(TEXT);
    let inside = page.place("داد").start;
    page.run(Command::Select(Selection::caret(inside))).label("LOC");
    assert_eq!(page.spans(), owned(&[("بغداد", "LOC", Origin::Manual)]));
}

#[test]
fn a_label_key_relabels_the_active_span_and_the_same_key_accepts_it() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "PER"), ("بغداد", "LOC")]);
    page.run(Command::FocusNext(Heading::Next, Among::Suggestions)).label("LOC");
    page.run(Command::FocusNext(Heading::Next, Among::Suggestions)).label("LOC");
    assert_eq!(
        page.spans(),
        owned(&[("فرنسا", "LOC", Origin::Corrected), ("بغداد", "LOC", Origin::Accepted)])
    );
}

#[test]
fn the_clitic_key_goes_over_the_prefixes_and_back_to_the_whole_word() {
    let mut page = Page::with("عاد الوفد وبالقاهرة التقى الوزير.");
    page.suggest(&[("وبالقاهرة", "LOC")]).run(Command::FocusNext(Heading::Next, Among::Suggestions));
    let corrected = ["بالقاهرة", "القاهرة"].map(|surface| (surface, Origin::Corrected));
    let whole = [("وبالقاهرة", Origin::Suggested), ("بالقاهرة", Origin::Corrected)];
    for (surface, origin) in corrected.into_iter().chain(whole) {
        page.run(Command::CyclePrefix);
        assert_eq!(
            page.spans(),
            owned(&[(surface, "LOC", origin)]),
            "what is as it was suggested is only suggested"
        );
        assert_eq!(page.state.active_span().unwrap().normalized.as_deref(), None);
    }
}

#[test]
fn where_there_is_no_prefix_the_clitic_key_says_so_and_nothing_of_edges() {
    let mut page = Page::with("وصل وفد إلى تونس.");
    page.select("تونس").label("LOC").run(Command::CyclePrefix);
    assert_eq!(page.said(), [&Message::NoPrefix]);
    assert_eq!(page.spans(), owned(&[("تونس", "LOC", Origin::Manual)]));
    let schema = page.state.schema();
    assert_eq!(Message::NoPrefix.say(Language::English, schema), "There is no prefix to peel off here.");
    assert_eq!(Message::NoPrefix.say(Language::Arabic, schema), "لا سابقة هنا تُفصل.");
}

#[test]
fn peeling_the_preposition_off_an_article_notes_the_clean_form() {
    let mut page = Page::with(TEXT);
    page.select("للأردن").label("LOC").run(Command::CyclePrefix);
    let span = page.state.active_span().unwrap();
    assert_eq!(page.state.surface(span), "لأردن");
    assert_eq!(span.normalized.as_deref(), Some("الأردن"));
    page.run(Command::CyclePrefix);
    let span = page.state.active_span().unwrap();
    assert_eq!(
        (page.state.surface(span), span.normalized.as_deref()),
        ("للأردن", None),
        "and back to the whole"
    );
}

#[test]
fn the_value_of_a_count_follows_its_ends_and_its_label() {
    let mut page = Page::with("أصيب 12 جنديا أمس");
    let value = |page: &Page| page.state.active_span().unwrap().normalized.as_deref().map(str::to_owned);
    page.select("12").label("NUM");
    assert_eq!(value(&page).as_deref(), Some("12"));
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    assert_eq!(value(&page).as_deref(), Some("12 people"));
    page.label("LOC");
    assert_eq!(value(&page), None, "a place has no value");
    page.label("NUM");
    assert_eq!(value(&page).as_deref(), Some("12 people"));
}

#[test]
fn an_end_moves_by_word_and_by_letter() {
    let mut page = Page::with(TEXT);
    page.select("الجيش").label("GRP");
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    assert_eq!(page.spans()[0].0, "الجيش اليمني");
    page.run(Command::MoveEdge(Edge::Start, Direction::Inward, Unit::Letter));
    assert_eq!(page.spans()[0].0, "لجيش اليمني");
    assert_eq!(page.spans()[0].2, Origin::Manual, "what was made by hand stays so");
}

#[test]
fn labelling_over_a_suggestion_turns_it_down_and_it_does_not_come_back() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("الجيش", "ORG")]);
    page.select("الجيش اليمني").label("GRP");
    assert_eq!(page.spans(), owned(&[("الجيش اليمني", "GRP", Origin::Manual)]));
    page.suggest(&[("الجيش", "ORG"), ("بغداد", "LOC")]);
    assert_eq!(
        page.spans(),
        owned(&[("الجيش اليمني", "GRP", Origin::Manual), ("بغداد", "LOC", Origin::Suggested)])
    );
}

#[test]
fn what_is_turned_down_by_labelling_is_said() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("الجيش اليمني", "GRP")]).select("اليمني").label("NAT");
    assert_eq!(page.spans(), owned(&[("اليمني", "NAT", Origin::Manual)]));
    let (label, words) = (LabelCode::new("NAT").unwrap(), "اليمني".to_owned());
    assert_eq!(page.said(), [&Message::LabelledOver(label, words, vec!["الجيش اليمني".to_owned()])]);
    assert!(!page.said()[0].is_plain_to_see());
}

#[test]
fn where_names_may_nest_a_suggestion_around_what_is_labelled_stays() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("الجيش اليمني", "GRP")]);
    let nested = plan(&page, |draft| draft.layers = Layers::Nested);
    page.run(nested).select("اليمني").label("NAT");
    let both = owned(&[("الجيش اليمني", "GRP", Origin::Suggested), ("اليمني", "NAT", Origin::Manual)]);
    assert_eq!(page.spans(), both);
    let (label, words) = (LabelCode::new("NAT").unwrap(), "اليمني".to_owned());
    assert_eq!(page.said(), [&Message::Labelled(label, words)]);
    page.run(Command::MoveEdge(Edge::Start, Direction::Inward, Unit::Letter));
    page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Letter));
    assert_eq!(page.spans(), both, "an end that moves within it leaves it alone");
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    assert_eq!(page.spans(), owned(&[("اليمني» قصف", "NAT", Origin::Manual)]), "crossing, it goes");
    page.run(Command::MoveEdge(Edge::End, Direction::Inward, Unit::Word));
    assert_eq!(page.spans(), both, "and comes back");
    page.suggest(&[("الجيش اليمني", "GRP"), ("اليمني", "GRP")]);
    assert_eq!(page.spans(), both, "it is proposed again, and what is labelled is not");
    // One that begins or ends inside the words is in the way as before.
    page.select("الجيش اليمني» قصف").label("EVT");
    assert_eq!(page.spans().len(), 2);
}

#[test]
fn a_correction_remembers_the_proposal_and_deleting_it_invents_none() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("بغداد", "ORG")]).run(Command::FocusNext(Heading::Next, Among::Suggestions)).label("LOC");
    page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Word)).run(Command::Remove);
    let rejected: Vec<_> = page.state.document().unwrap().rejected.clone();
    assert_eq!(rejected.len(), 1);
    assert_eq!((rejected[0].label.as_str(), rejected[0].range), ("ORG", page.place("بغداد")));
    page.suggest(&[("بغداد", "ORG")]);
    assert_eq!(page.spans(), [], "what was wrong is not proposed again");
}

#[test]
fn an_edge_that_moves_over_a_suggestion_turns_it_down() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("اليمني", "NAT")]).select("الجيش").label("GRP");
    page.run(Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word));
    assert_eq!(page.spans(), owned(&[("الجيش اليمني", "GRP", Origin::Manual)]));
}

#[test]
fn a_click_lets_go_of_what_was_selected() {
    let mut page = Page::with(TEXT);
    page.select("فرنسا وبريطانيا");
    let inside = page.place("وبريطانيا").start;
    page.run(Command::Click(inside)).label("LOC");
    assert_eq!(page.spans(), owned(&[("وبريطانيا", "LOC", Origin::Manual)]));
}

#[test]
fn a_word_taken_whole_leaves_out_only_prefixes_that_its_spelling_shows() {
    let mut page = Page::with("وصل وفد للأردن وبالقاهرة");
    page.state.settings.proclitics = ProcliticPolicy::Peeled;
    for (at, taken) in [("وصل", "وصل"), ("للأردن", "لأردن"), ("وبالقاهرة", "القاهرة")]
    {
        let place = page.place(at).start;
        page.run(Command::SelectWord(place));
        let range = page.state.selection.unwrap().range();
        assert_eq!(page.state.document().unwrap().text.slice(range), Some(taken));
    }
}

#[test]
fn words_selected_by_keys_leave_prefixes_outside_where_the_policy_says_so() {
    let mut page = Page::with("وصل وفد للأردن وبالقاهرة أمس");
    let step = |heading| Command::Move(Motion::By(Unit::Word, heading), true);
    let mut walk = |policy, from: &str, heading, steps: usize| {
        page.state.settings.proclitics = policy;
        let at = page.place(from).start;
        page.run(Command::Select(Selection::caret(at)));
        let mut seen = Vec::new();
        for _ in 0..steps {
            page.run(step(heading));
            let range = page.state.selection.unwrap().range();
            seen.push(page.state.document().unwrap().text.slice(range).unwrap().trim_end().to_owned());
        }
        seen
    };
    use Heading::{Next, Previous};
    use ProcliticPolicy::{Inside, Outside, Peeled};
    assert_eq!(walk(Peeled, " أمس", Previous, 2), ["القاهرة", "لأردن وبالقاهرة"]);
    for whole in [Outside, Inside] {
        assert_eq!(walk(whole, " أمس", Previous, 2), ["وبالقاهرة", "للأردن وبالقاهرة"]);
    }
    // What comes behind the caret ends before the prefixes of the next word, and coming back stops at the same places.
    assert_eq!(walk(Peeled, "لأردن", Next, 2), ["لأردن", "لأردن وبالقاهرة"]);
    page.run(step(Previous)).run(step(Previous));
    assert!(page.state.selection.unwrap().is_caret());
    page.run(step(Previous)).run(step(Next));
    assert_eq!(page.state.selection, Some(Selection::caret(page.place("لأردن").start)));
}

#[test]
fn an_end_moved_by_words_goes_where_the_policy_has_words_begin() {
    for (policy, outward, inward) in [
        (ProcliticPolicy::Peeled, "القاهرة للسلام", "لسلام"),
        (ProcliticPolicy::Outside, "وبالقاهرة للسلام", "للسلام"),
        (ProcliticPolicy::Inside, "وبالقاهرة للسلام", "للسلام"),
    ] {
        let mut page = Page::with("وصل وبالقاهرة للسلام أمس");
        page.state.settings.proclitics = policy;
        page.select("للسلام").label("ORG");
        page.run(Command::MoveEdge(Edge::Start, Direction::Outward, Unit::Word));
        assert_eq!(page.spans(), owned(&[(outward, "ORG", Origin::Manual)]));
        page.run(Command::MoveEdge(Edge::Start, Direction::Inward, Unit::Word));
        assert_eq!(page.spans(), owned(&[(inward, "ORG", Origin::Manual)]));
    }
}

#[test]
fn where_prefixes_belong_to_the_name_suggestions_and_the_mentions_of_a_name_take_them_along() {
    let mut page = Page::with("أقام بالرياض ثم زار الرياض");
    page.state.settings.proclitics = ProcliticPolicy::Inside;
    page.suggest(&[("الرياض", "LOC")]);
    assert_eq!(page.spans(), owned(&[("بالرياض", "LOC", Origin::Suggested)]));
    let text = page.state.document().unwrap().text.clone();
    let query = Query { words: "الرياض".to_owned(), everywhere: true, ..Query::default() };
    let found = SearchCache::default().find(&page.state, &query, None);
    let places: Vec<_> = found.hits.iter().map(|hit| text.slice(hit.range).unwrap()).collect();
    assert_eq!(places, ["بالرياض", "الرياض"]);
    let span = page.state.document().unwrap().spans.iter().next().unwrap().id.clone();
    page.run(Command::Focus(span));
    assert_eq!(words_at_hand(&page.state).unwrap().0, "الرياض");
}

#[test]
fn the_whole_text_can_be_selected() {
    let mut page = Page::with(TEXT);
    page.run(Command::SelectAll);
    assert_eq!(page.state.selection.unwrap().range(), page.state.document().unwrap().text.range());
}

#[test]
fn a_suggestion_is_rejected_and_a_span_deleted() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC")])
        .run(Command::FocusNext(Heading::Next, Among::Spans))
        .run(Command::Remove);
    assert_eq!(page.said()[0], &Message::Rejected("فرنسا".into()));
    page.select("بغداد").label("LOC").run(Command::Remove);
    assert_eq!(page.said(), [&Message::Removed("بغداد".into())]);
}

#[test]
fn finishing_says_how_many_suggestions_nobody_looked_at() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("بغداد", "LOC")]).run(Command::Finish);
    assert_eq!(page.said(), [&Message::AllDone(Closed::Done(2))]);
    let schema = page.state.schema();
    assert_eq!(
        Message::AllDone(Closed::Done(113)).say(Language::Arabic, schema),
        "أُنجز المقال، وبقي 113 اقتراحًا بلا مراجعة. لم يبقَ مقال آخر."
    );
    assert_eq!(
        Message::NextDocument(Closed::Done(0), "ب".into()).say(Language::English, schema),
        "Done. Next: \u{2068}ب\u{2069}"
    );
}

#[test]
fn one_key_accepts_what_is_left_and_finishes() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("بغداد", "LOC")]).run(Command::FinishAccepting);
    assert_eq!(page.said(), [&Message::Accepted(2), &Message::AllDone(Closed::Done(0))]);
    assert!(page.spans().iter().all(|(.., origin)| *origin == Origin::Accepted));
    assert_eq!(page.state.document().unwrap().status, Status::Done);
    page.run(Command::FinishAccepting);
    assert_eq!(page.said(), [&Message::AllDone(Closed::Done(0))], "there is nothing to accept any more");
}

#[test]
fn an_article_in_which_nothing_was_found_is_read_once() {
    let mut page = Page::with(TEXT);
    page.suggest(&[]);
    let id = page.state.current.clone().unwrap();
    page.run(Command::Open(id));
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Extract(_))));
}

#[test]
fn confirmed_spans_may_nest() {
    let mut page = Page::with(TEXT);
    page.select("الجيش اليمني").label("GRP").select("اليمني").label("NAT");
    assert_eq!(page.spans().len(), 2);
    let inside = page.place("مني").start;
    page.run(Command::Click(inside));
    assert_eq!(page.state.active_span().unwrap().label, "NAT", "the innermost is taken first");
    page.run(Command::Click(inside));
    assert_eq!(page.state.active_span().unwrap().label, "GRP", "a further click takes the one around it");
}

#[test]
fn rejecting_takes_the_suggestion_away_and_the_next_one_up() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("بغداد", "LOC")])
        .run(Command::FocusNext(Heading::Next, Among::Suggestions));
    page.run(Command::Remove);
    assert_eq!(page.spans(), owned(&[("بغداد", "LOC", Origin::Suggested)]));
    assert_eq!(page.state.document().unwrap().rejected.len(), 1);
    assert_eq!(page.state.surface(page.state.active_span().unwrap()), "بغداد");
}

#[test]
fn undo_goes_back_to_the_beginning_and_redo_to_the_end() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("بغداد", "LOC")]);
    let mut stages = vec![page.state.document().unwrap().clone()];
    let steps = [
        Command::AcceptAll,
        Command::FocusNext(Heading::Next, Among::Spans),
        Command::Label(LabelCode::new("ORG").unwrap()),
        Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word),
        Command::Remove,
        Command::SetStatus(Status::Done),
    ];
    for step in steps {
        page.run(step);
        let now = page.state.document().unwrap().clone();
        if now != *stages.last().unwrap() {
            stages.push(now);
        }
    }
    assert_eq!(stages.len(), 6);
    for stage in stages.iter().rev().skip(1) {
        page.run(Command::Undo);
        assert_eq!(page.state.document().unwrap(), stage);
    }
    for stage in &stages[1..] {
        page.run(Command::Redo);
        assert_eq!(page.state.document().unwrap(), stage);
    }
    page.run(Command::Redo);
    assert_eq!(page.said(), [&Message::NothingLeft]);
}

#[test]
fn finishing_goes_on_to_the_next_open_article() {
    let mut page = Page::with("أول");
    page.run(Command::Add(vec![
        intake::article("", "ثان".to_owned()),
        intake::article("", "ثالث".to_owned()),
    ]));
    page.run(Command::Finish);
    assert_eq!(page.state.document().unwrap().text.as_str(), "ثالث");
    page.run(Command::Finish);
    assert_eq!(page.state.document().unwrap().text.as_str(), "أول");
    page.run(Command::Finish);
    assert_eq!(page.said(), [&Message::AllDone(Closed::Done(0))]);
}

#[test]
fn the_caret_reaches_every_place_from_the_keyboard() {
    let mut page = Page::with(TEXT);
    let end = page.state.document().unwrap().text.range().end;
    page.run(Command::Move(Motion::TextEdge(Heading::Previous), false));
    let mut presses = 0;
    while page.state.selection.unwrap().focus < end {
        page.run(Command::Move(Motion::By(Unit::Letter, Heading::Next), true));
        presses += 1;
        assert!(presses < 200, "the caret is stuck");
    }
    assert_eq!(page.state.selection.unwrap().range(), ByteRange::new(ByteOffset::ZERO, end));
    page.run(Command::Move(Motion::By(Unit::Letter, Heading::Previous), false));
    assert_eq!(page.state.selection, Some(Selection::caret(ByteOffset::ZERO)));
}

#[test]
fn a_tab_that_may_not_write_changes_nothing_and_says_why() {
    let mut page = Page::with(TEXT);
    page.state.writable = false;
    page.select("فرنسا").label("LOC");
    assert_eq!(page.spans(), []);
    assert_eq!(page.said(), [&Message::ReadOnly]);
}

/// What comes of editing the labels of the project and agreeing to everything.
fn plan(page: &Page, edit: impl FnOnce(&mut Draft)) -> Command {
    let mut draft = Draft::of(page.state.schema());
    edit(&mut draft);
    assert_eq!(draft.problems(), []);
    let plan: Plan = draft.plan(&label_usage(page.state.project.documents()));
    Command::ChangeSchema(Box::new(plan))
}

fn row(draft: &Draft, code: &str) -> RowId {
    draft.labels.iter().find(|label| label.def.code == code).unwrap().row
}

#[test]
fn labels_are_renamed_and_deleted_with_their_spans_in_all_articles_in_one_step() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("الجيش اليمني", "GRP")]);
    page.run(Command::Add(vec![intake::article("", "عاد من بغداد".to_owned())]));
    page.suggest(&[("بغداد", "LOC")]).run(Command::AcceptAll);
    let (before, schema) = (page.spans(), page.state.schema().clone());
    let change = plan(&page, |draft| {
        let place = row(draft, "LOC");
        draft.set_code(place, "PLACE");
        let group = row(draft, "GRP");
        draft.remove(group);
        draft.decide(LabelCode::new("GRP").unwrap(), Fate::Delete);
    });
    page.run(change);
    assert_eq!(page.said(), [&Message::SchemaChanged { relabelled: 2, deleted: 1, answered: 0 }]);
    assert!(page.effects.contains(&Effect::SaveSchema));
    assert_eq!(page.spans(), owned(&[("بغداد", "PLACE", Origin::Accepted)]));
    assert_eq!(page.state.schema().id, "conflict-news-own/1");
    page.run(Command::OpenNeighbour(Heading::Previous));
    assert_eq!(page.spans(), owned(&[("فرنسا", "PLACE", Origin::Suggested)]));
    page.run(Command::Undo);
    assert!(page.effects.contains(&Effect::SaveSchema));
    assert_eq!(page.state.schema(), &schema);
    assert_eq!(page.spans().len(), 2);
    page.run(Command::OpenNeighbour(Heading::Next));
    assert_eq!(page.spans(), before);
    page.run(Command::Redo);
    assert_eq!(page.spans(), owned(&[("بغداد", "PLACE", Origin::Accepted)]));
}

#[test]
fn suggestions_come_under_the_labels_that_the_schema_has_for_them() {
    let mut page = Page::with(TEXT);
    let change = plan(&page, |draft| draft.load(Template::Conll4.schema()));
    page.run(change);
    page.suggest(&[("فرنسا", "LOC"), ("الجيش اليمني", "GRP"), ("أمس", "DAT")]);
    let expected = [("فرنسا", "LOC", Origin::Suggested), ("الجيش اليمني", "ORG", Origin::Suggested)];
    assert_eq!(page.spans(), owned(&expected));
    assert_eq!(page.said(), [&Message::SuggestedPartly { found: 2, left_out: 1 }]);
}

/// What the extractor says of the first line of [`TEXT`], or of the second.
fn part(page: &Page, of_first: bool, found: &[(&str, &str)]) -> Command {
    let line = page.place("وصل").start;
    let end = ByteOffset::from(TEXT.len());
    let within = match of_first {
        true => ByteRange { start: ByteOffset::default(), end: line },
        false => ByteRange { start: line, end },
    };
    let suggestion = |&(surface, label): &(&str, &str)| Suggestion {
        range: page.place(surface),
        label: LabelCode::new(label).unwrap(),
        confidence: 0.9,
        alternative: None,
        reason: String::new(),
        normalized: None,
    };
    let suggestions = found.iter().map(suggestion).collect();
    let proposals = Proposals { source: "model/1".into(), suggestions, within, is_last: !of_first };
    Command::Suggested(page.state.current.clone().unwrap(), proposals)
}

#[test]
fn suggestions_come_line_by_line_and_each_line_loses_its_earlier_ones_when_it_is_read_again() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("بريطانيا", "PER"), ("وفد", "ORG"), ("بغداد", "LOC")]);
    let id = page.state.current.clone().unwrap();
    page.run(Command::Suggest(id));
    let first = part(&page, true, &[("بريطانيا", "LOC"), ("أمس", "WRONG")]);
    page.run(first);
    let now = [("بريطانيا", "LOC"), ("وفد", "ORG"), ("بغداد", "LOC")];
    let surfaces = |page: &Page| {
        let document = page.state.document().unwrap();
        let spans = document.spans.iter();
        spans
            .map(|span| (document.text.slice(span.range).unwrap().to_owned(), span.label.to_string()))
            .collect::<Vec<_>>()
    };
    let owned = |spans: &[(&str, &str)]| {
        spans.iter().map(|&(words, label)| (words.to_owned(), label.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(surfaces(&page), owned(&now));
    assert_eq!(page.said(), [] as [&Message; 0], "it is not through");
    assert!(!page.state.reading.is_empty());
    // What a person does meanwhile stays.
    page.select("بغداد").label("FAC");
    let second = part(&page, false, &[("بغداد", "LOC")]);
    page.run(second);
    assert_eq!(surfaces(&page), owned(&[("بريطانيا", "LOC"), ("بغداد", "FAC")]));
    assert_eq!(page.said(), [&Message::SuggestedPartly { found: 1, left_out: 1 }]);
    assert!(page.state.reading.is_empty());
}

#[test]
fn where_reading_broke_off_the_rest_is_looked_for_when_the_article_is_opened_again() {
    let mut page = Page::with(TEXT);
    let first = part(&page, true, &[("فرنسا", "LOC")]);
    page.run(first);
    let id = page.state.current.clone().unwrap();
    // The page was closed, and is open again.
    page.state.reading.clear();
    page.run(Command::Open(id.clone()));
    assert!(page.effects.contains(&Effect::Extract(id.clone())));
    let second = part(&page, false, &[]);
    page.run(second);
    page.run(Command::Open(id));
    assert!(
        !page.effects.iter().any(|effect| matches!(effect, Effect::Extract(_))),
        "all of it has been read"
    );
    assert!(page.state.document().unwrap().meta.is_empty());
}

#[test]
fn who_stops_the_extractor_keeps_what_has_come_and_is_not_given_the_rest_later() {
    let mut page = Page::with(TEXT);
    let first = part(&page, true, &[("فرنسا", "LOC")]);
    page.run(first);
    let id = page.state.current.clone().unwrap();
    page.run(Command::SuggestStopped(id.clone()));
    assert_eq!(page.said(), [&Message::Stopped]);
    page.run(Command::Open(id));
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Extract(_))));
    assert_eq!(page.state.document().unwrap().spans.len(), 1);
}

#[test]
fn an_article_whose_reading_was_stopped_before_anything_came_stays_unread() {
    let mut page = Page::with(TEXT);
    let id = page.state.current.clone().unwrap();
    page.run(Command::SuggestStopped(id.clone()));
    page.run(Command::Open(id.clone()));
    assert!(!is_read_again(&page), "not when it is opened again");
    page.run(model());
    assert!(!is_read_again(&page), "nor when the model comes");
    // The page was closed, and is open again.
    let mut later = Page { state: State::default(), effects: Vec::new() };
    later.state.project = page.state.project.clone();
    later.run(Command::Open(id.clone()));
    assert!(!is_read_again(&later), "nor later");
    // Who asks for suggestions all the same gets them, and it is an ordinary article again.
    later.run(Command::Suggest(id));
    assert!(is_read_again(&later));
    later.suggest(&[("بغداد", "LOC")]);
    assert!(later.state.document().unwrap().meta.is_empty());
    // To stop it was no deed that undo takes back.
    later.run(Command::Undo);
    assert_eq!(later.said(), [&Message::Undone(misam::annotation::EditKind::Import)]);
}

#[test]
fn an_article_whose_reading_was_stopped_halfway_is_not_read_again_by_the_model() {
    let mut page = Page::with(TEXT);
    let Command::Suggested(id, first) = part(&page, true, &[("فرنسا", "LOC")]) else { panic!() };
    page.run(Command::Suggested(id.clone(), Proposals { source: RuleExtractor::SOURCE.into(), ..first }));
    page.run(Command::SuggestStopped(id));
    page.run(model());
    assert!(!is_read_again(&page));
    assert_eq!(page.state.document().unwrap().spans.len(), 1);
}

#[test]
fn a_change_of_labels_is_taken_back_though_its_suggestions_were_made_anew() {
    let mut page = Page::with(TEXT);
    page.suggest(&[("فرنسا", "LOC"), ("بغداد", "LOC")]);
    page.select("الجيش اليمني").label("GRP");
    let change = plan(&page, |draft| {
        let (place, group) = (row(draft, "LOC"), row(draft, "GRP"));
        draft.set_code(place, "PLACE");
        draft.set_code(group, "FORCE");
    });
    page.run(change).suggest(&[("بغداد", "LOC")]);
    page.run(Command::Undo);
    assert_eq!(page.said(), [&Message::Undone(misam::annotation::EditKind::Schema)]);
    assert!(page.state.schema().label("LOC").is_some());
    assert!(page.spans().contains(&("الجيش اليمني".into(), "GRP".into(), Origin::Manual)));
}

#[test]
fn nothing_is_journalled_when_nothing_changes() {
    let mut page = Page::with(TEXT);
    let change = plan(&page, |_| {});
    page.run(change);
    assert_eq!(page.effects, []);
}

#[test]
fn articles_of_the_blind_sample_show_no_suggestions_until_somebody_asks() {
    let article = || intake::article("", TEXT.to_owned());
    let is_blind = |page: &Page| page.state.document().unwrap().meta.contains_key("blind");
    let mut page = Page { state: State::default(), effects: Vec::new() };
    page.run(Command::Set(Settings { blind: 100, ..Settings::default() }));
    page.run(Command::Add(vec![article()]));
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Extract(_))), "{:?}", page.effects);
    assert!(page.effects.contains(&Effect::Announce(Message::Blind)) && is_blind(&page));
    assert_eq!(page.state.document().unwrap().status, Status::New, "nobody has begun");
    // It stays one when the sample is given up.
    page.run(Command::Set(Settings { blind: 0, ..Settings::default() }));
    let id = page.state.current.clone().unwrap();
    page.run(Command::Open(id.clone()));
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Extract(_))));
    // Whoever asks sees suggestions, and the article is an ordinary one from then on.
    page.run(Command::Suggest(id.clone()));
    assert!(page.effects.contains(&Effect::Extract(id)));
    page.suggest(&[("بغداد", "LOC")]);
    assert!(!is_blind(&page));
    // Without a sample nothing is blind.
    assert!(!is_blind(&Page::with(TEXT)));
}

#[test]
fn a_clock_that_goes_back_changes_no_order() {
    let mut page = Page::with(TEXT);
    let times = [5_000, 9_000, 1, 0, 7_000];
    let mut seqs = Vec::new();
    for (at, surface) in times.into_iter().zip(["فرنسا", "بريطانيا", "بغداد", "وفد", "أمس"])
    {
        page.select(surface);
        let effects = update(&mut page.state, Command::Label(LabelCode::new("LOC").unwrap()), at);
        seqs.extend(effects.iter().find_map(|effect| match effect {
            Effect::Journal(entry) => Some(entry.seq),
            _ => None,
        }));
    }
    assert!(seqs.len() == times.len() && seqs.is_sorted_by(|a, b| a < b), "{seqs:?}");
    let done: Vec<_> =
        page.state.project.history().done().rev().take(times.len()).map(|edit| edit.at).collect();
    assert_eq!(done, [7_000, 0, 1, 9_000, 5_000], "what was done last is last, whatever the clock says");
    page.run(Command::Undo);
    assert_eq!(page.state.document().unwrap().spans.len(), times.len() - 1);
    assert!(page.state.document().unwrap().spans.overlapping(page.place("أمس")).next().is_none());
}
