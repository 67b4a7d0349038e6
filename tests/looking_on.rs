//! A tab that looks on while another has the project: whatever it is asked, nothing is changed and nothing is to be kept.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use std::collections::BTreeSet;
use std::path::Path;

use misam::annotation::{Document, DocumentId, Status};
use misam::app::concordance::Place;
use misam::app::queue::{ArticleFilter, Queue};
use misam::app::schema_edit::{Draft, label_usage};
use misam::app::{
    Among, Command, Decision, Description, Effect, Heading, Message, ModelStatus, Motion, Proposals, Reading,
    Selection, Settings, State, intake, update,
};
use misam::extract::tagger::About as AboutModel;
use misam::extract::{RuleExtractor, Suggestion};
use misam::project::About;
use misam::quality::lint::{Finding, Fix, Rule};
use misam::schema::LabelCode;
use misam::text::motion::{Direction, Edge, Unit};
use misam::text::{ByteOffset, ByteRange};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

const TEXT: &str = "زار الوفد بغداد أمس.";

fn code(code: &str) -> LabelCode {
    LabelCode::new(code).unwrap()
}

fn place(surface: &str) -> ByteRange {
    let start = TEXT.find(surface).unwrap();
    (start..start + surface.len()).into()
}

fn selection(surface: &str) -> Selection {
    let range = place(surface);
    Selection { anchor: range.start, focus: range.end }
}

fn proposals(source: &str, is_last: bool) -> Proposals {
    let suggestion = |(surface, label)| Suggestion {
        range: place(surface),
        label: code(label),
        confidence: 0.9,
        alternative: Some((code("FAC"), 0.05)),
        reason: String::new(),
        normalized: None,
    };
    let found = [("الوفد", "ORG"), ("بغداد", "LOC"), ("أمس", "DAT")];
    Proposals { is_last, ..Proposals::whole(source, found.into_iter().map(suggestion).collect()) }
}

/// A project with an article in every state that something could be done about by itself, and work in it.
fn prepared() -> (State, [DocumentId; 4]) {
    let mut state = State::default();
    let mut run = |command| drop(update(&mut state, command, 1));
    run(Command::Add(vec![intake::article("", TEXT.to_owned())]));
    for ending in ["\n", "\n\n", "\n\n\n"] {
        run(Command::Add(vec![intake::article("", format!("{TEXT}{ending}"))]));
    }
    let ids: Vec<_> = state.project.documents().map(|document| document.id.clone()).collect();
    let ids: [DocumentId; 4] = ids.try_into().unwrap();
    let [first, half, by_rules, _] = ids.clone();
    let mut run = |command| drop(update(&mut state, command, 1));
    run(Command::Suggested(first.clone(), proposals("model/1", true)));
    run(Command::Suggested(half, proposals("model/1", false)));
    run(Command::Suggested(by_rules, proposals(RuleExtractor::SOURCE, true)));
    run(Command::Open(first));
    run(Command::Select(selection("زار")));
    run(Command::Label(code("EVT")));
    run(Command::Label(code("ORG")));
    run(Command::Undo);
    run(Command::Set(Settings { accept_on_move: true, advance: true, blind: 100, ..Settings::default() }));
    run(Command::FocusNext(Heading::Next, Among::Suggestions));
    state.settings.sticky = Some(code("GRP"));
    state.reading.clear();
    (state, ids)
}

fn model() -> ModelStatus {
    ModelStatus::Ready(AboutModel { name: "model/1".to_owned(), ..AboutModel::default() }.into())
}

/// Every command, with something for it to do.
fn commands(state: &State, ids: &[DocumentId; 4]) -> Vec<Command> {
    let [first, half, by_rules, untouched] = ids.clone();
    let active = state.active_span().unwrap();
    let spot = place("بغداد").start;
    let finding = Finding {
        rule: Rule::VeryShort,
        document: first.clone(),
        span: Some(active.id.clone()),
        range: active.range,
        seen: Vec::new(),
        other: None,
        fix: Some(Fix::Remove),
        allowed: false,
    };
    let mut draft = Draft::of(state.schema());
    draft.labels.retain(|label| label.def.code != "PER");
    let plan = draft.plan(&label_usage(state.project.documents()));
    let gold = Document::new(DocumentId::new("x"), TEXT);
    vec![
        Command::Add(vec![intake::article("", "خبر".to_owned())]),
        Command::Open(half),
        Command::Open(untouched),
        Command::OpenNeighbour(Heading::Next),
        Command::GoBy(Queue::of(state, ArticleFilter::default(), &[])),
        Command::Discard(first.clone()),
        Command::Suggest(first.clone()),
        Command::Progress(first.clone(), Reading { done: 1, total: 2 }),
        Command::Suggested(first.clone(), proposals("model/2", true)),
        Command::SuggestStopped(first.clone()),
        Command::SuggestStopped(ids[1].clone()),
        Command::SuggestFailed(by_rules, String::new()),
        Command::LoadModel,
        Command::Model(model()),
        Command::Select(selection("الوفد")),
        Command::Show(selection("الوفد")),
        Command::Move(Motion::TextEdge(Heading::Next), true),
        Command::Click(spot),
        Command::SelectWord(spot),
        Command::Tap(spot),
        Command::Stretch { anchor: ByteOffset::ZERO, from: spot, to: place("أمس").end },
        Command::Draw {
            span: active.id.clone(), edge: Edge::End, to: place("أمس").end, unit: Unit::Letter
        },
        Command::LetGo,
        Command::SelectAll,
        Command::Release,
        Command::Focus(active.id.clone()),
        Command::FocusNext(Heading::Next, Among::Spans),
        Command::NextUnreviewed(Heading::Next),
        Command::CycleSpan,
        Command::Picked,
        Command::ToggleSticky,
        Command::Join,
        Command::Describe(Description { note: "؟".to_owned(), ..Description::default() }),
        Command::SetMeta("note", Some("؟".into())),
        Command::Apply(
            vec![Place { document: first.clone(), range: place("بغداد") }],
            Decision::Label(code("FAC")),
        ),
        Command::WriteGold(vec![gold]),
        Command::Mend(vec![finding.clone()]),
        Command::Allow(vec![finding], true),
        Command::Label(code("GRP")),
        Command::TakeAlternative,
        Command::MoveEdge(Edge::End, Direction::Outward, Unit::Word),
        Command::CyclePrefix,
        Command::Accept,
        Command::AcceptAll,
        Command::AcceptSure,
        Command::AcceptSureEverywhere,
        Command::Remove,
        Command::RemoveSpan(active.id.clone()),
        Command::Undo,
        Command::Redo,
        Command::TravelTo(1),
        Command::Restore(4),
        Command::SetStatus(Status::Done),
        Command::Finish,
        Command::FinishAccepting,
        Command::Skip,
        Command::GiveDay(vec![first.clone()], "2024-03-12".to_owned()),
        Command::ChangeSchema(Box::new(plan)),
        Command::Set(Settings::default()),
        Command::SetAbout(Box::new(About { name: "x".to_owned(), ..About::default() })),
    ]
}

fn name(command: &Command) -> String {
    format!("{command:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn is_kept(effect: &Effect) -> bool {
    matches!(effect, Effect::Store(_) | Effect::Journal(_) | Effect::SaveSchema | Effect::SaveAbout)
}

#[test]
fn nothing_that_a_tab_is_asked_while_it_looks_on_changes_or_keeps_anything() {
    let (state, ids) = prepared();
    let mut would_keep = BTreeSet::new();
    for command in commands(&state, &ids) {
        let mut works = state.clone();
        if update(&mut works, command.clone(), 2).iter().any(is_kept) {
            would_keep.insert(name(&command));
        }
        let mut looks_on = state.clone();
        looks_on.give_way();
        let effects = update(&mut looks_on, command.clone(), 2);
        assert!(!effects.iter().any(is_kept), "{command:?}: {effects:?}");
        assert!(effects.iter().filter(|effect| **effect == Effect::Announce(Message::ReadOnly)).count() <= 1);
        assert_eq!(looks_on.project.seq(), state.project.seq(), "{command:?}");
        assert!(looks_on.project.all_documents().eq(state.project.all_documents()), "{command:?}");
        assert_eq!(looks_on.schema(), state.schema(), "{command:?}");
    }
    // The same commands have work to do in the tab that has the project.
    assert!(would_keep.len() >= 30, "{would_keep:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// One command may lead to where another one finds something to do.
    #[test]
    fn no_run_of_commands_keeps_anything_either(picks in vec(any::<Index>(), 1..12)) {
        let (state, ids) = prepared();
        let commands = commands(&state, &ids);
        let mut looks_on = state.clone();
        looks_on.give_way();
        for pick in picks {
            let command = pick.get(&commands);
            let effects = update(&mut looks_on, command.clone(), 2);
            prop_assert!(!effects.iter().any(is_kept), "{command:?}: {effects:?}");
        }
        prop_assert_eq!(looks_on.project.seq(), state.project.seq());
        prop_assert!(looks_on.project.all_documents().eq(state.project.all_documents()));
        prop_assert_eq!(looks_on.schema(), state.schema());
    }
}

#[test]
fn every_command_is_tried_above() {
    let source =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/command.rs")).unwrap();
    let (_, variants) = source.split_once("pub enum Command {").unwrap();
    let (variants, _) = variants.split_once("\n}\n").unwrap();
    let variants = variants.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    let there: BTreeSet<String> =
        variants.map(|line| line.chars().take_while(char::is_ascii_alphanumeric).collect()).collect();
    let (state, ids) = prepared();
    let tried: BTreeSet<String> = commands(&state, &ids).iter().map(name).collect();
    assert_eq!(tried, there);
}

#[test]
fn a_tab_that_gives_way_is_not_reading_any_more() {
    let (mut state, ids) = prepared();
    update(&mut state, Command::Suggest(ids[0].clone()), 2);
    assert!(!state.reading.is_empty());
    state.give_way();
    assert!(state.reading.is_empty() && !state.writable);
    // A stop that was on its way finds nothing to stop.
    let effects = update(&mut state, Command::SuggestStopped(ids[1].clone()), 3);
    assert!(!effects.iter().any(is_kept), "{effects:?}");
}
