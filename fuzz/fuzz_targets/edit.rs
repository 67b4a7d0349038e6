//! Any run of commands: no panic, and taking everything back leads to the beginning, making it again to the end.
#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use misam::app::{Command, Effect, Heading, Motion, Selection, State, intake, update};
use misam::schema::LabelCode;
use misam::text::ByteOffset;
use misam::text::motion::{Direction, Edge, Unit};

const TEXT: &str = "وبالقاهرةِ قصفَ الجيش اليمني 3 مواقع.\r\nللأردنّ (UN) 😊 دمـشق";

#[derive(Arbitrary, Debug)]
enum Act {
    Select(u8, u8),
    Click(u8),
    Label(u8),
    MoveEdge(bool, bool, bool),
    CyclePrefix,
    Join,
    Picked,
    Sticky,
    Accept,
    AcceptAll,
    Remove,
    Undo,
    Redo,
    Finish,
    Next(bool),
    Travel(u8),
    Caret(bool, bool, bool),
}

/// A place in the text, on a letter's border.
fn place(at: u8) -> ByteOffset {
    let at = (0..=usize::from(at).min(TEXT.len())).rev().find(|&at| TEXT.is_char_boundary(at));
    ByteOffset::from(at.unwrap_or_default())
}

fn command(act: &Act) -> Command {
    let heading = |on| if on { Heading::Next } else { Heading::Previous };
    match *act {
        Act::Select(anchor, focus) => Command::Select(Selection { anchor: place(anchor), focus: place(focus) }),
        Act::Click(at) => Command::Click(place(at)),
        Act::Label(which) => {
            let code = ["PER", "LOC", "GRP", "NUM"][usize::from(which) % 4];
            Command::Label(LabelCode::new(code).expect("a code"))
        }
        Act::MoveEdge(start, on, word) => Command::MoveEdge(
            if start { Edge::Start } else { Edge::End },
            if on { Direction::Outward } else { Direction::Inward },
            if word { Unit::Word } else { Unit::Letter },
        ),
        Act::CyclePrefix => Command::CyclePrefix,
        Act::Join => Command::Join,
        Act::Picked => Command::Picked,
        Act::Sticky => Command::ToggleSticky,
        Act::Accept => Command::Accept,
        Act::AcceptAll => Command::AcceptAll,
        Act::Remove => Command::Remove,
        Act::Undo => Command::Undo,
        Act::Redo => Command::Redo,
        Act::Finish => Command::Finish,
        Act::Next(on) => Command::OpenNeighbour(heading(on)),
        Act::Travel(count) => Command::TravelTo(usize::from(count)),
        Act::Caret(on, word, extend) => {
            Command::Move(Motion::By(if word { Unit::Word } else { Unit::Letter }, heading(on)), extend)
        }
    }
}

fuzz_target!(|acts: Vec<Act>| {
    let mut state = State::default();
    update(&mut state, Command::Add(vec![intake::article("", TEXT.to_owned())]), 0);
    for act in &acts {
        update(&mut state, command(act), 0);
        if let Some(document) = state.document() {
            for span in document.spans.iter() {
                assert!(document.text.slice(span.range).is_some(), "{span:?} after {acts:?}");
            }
        }
    }
    // A tab that looks on keeps nothing, whatever it is asked.
    let mut looks_on = state.clone();
    looks_on.give_way();
    for act in &acts {
        let effects = update(&mut looks_on, command(act), 0);
        let is_kept = |effect: &Effect| matches!(effect, Effect::Journal(_) | Effect::Store(_));
        assert!(!effects.iter().any(is_kept), "{act:?}: {effects:?}");
    }
    let seen = |state: &State| state.project.documents().cloned().collect::<Vec<_>>();
    let end = seen(&state);
    let mut undone = 0;
    while state.project.undo().is_ok() {
        undone += 1;
    }
    assert!(seen(&state).is_empty(), "{acts:?}");
    for _ in 0..undone {
        state.project.redo().expect("what was undone can be made again");
    }
    assert_eq!(seen(&state), end, "{acts:?}");
});
