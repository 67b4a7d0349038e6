//! Which key does what.
//!
//! Keys are told apart by where they are on the keyboard (`KeyboardEvent.code`), so that they work under an Arabic
//! layout as under a Latin one. The keys of labels come from the schema.

use std::collections::BTreeMap;

use super::command::{Among, Command, Heading, Motion};
use super::strings::{ReviewText, Text};
use crate::schema::{LabelCode, Schema};
use crate::text::motion::{Direction, Edge, Unit};

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key<'a> {
    /// The physical key, as `KeyboardEvent.code` names it.
    pub code: &'a str,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
}

impl Key<'_> {
    /// The key in one word, for instance `Ctrl+Shift+KeyZ`.
    #[must_use]
    pub fn chord(self) -> String {
        let mut chord = String::with_capacity(24);
        for (held, modifier) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                chord.push_str(modifier);
            }
        }
        chord + self.code
    }

    /// The key of such a word.
    #[must_use]
    pub fn of_chord(chord: &str) -> Key<'_> {
        let code = chord.rsplit('+').next().unwrap_or_default();
        let holds = |modifier| chord.split('+').rev().skip(1).any(|part| part == modifier);
        Key { code, ctrl: holds("Ctrl"), alt: holds("Alt"), shift: holds("Shift") }
    }
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The caret moves; `true` takes the selection along.
    Move(MoveBy, bool),
    /// The next or previous suggestion.
    NextSuggestion(Heading),
    /// The next or previous span of any kind.
    NextSpan(Heading),
    /// Accept the suggestion.
    Accept,
    /// The next suggestion of which the extractor is not sure.
    NextDoubtful(Heading),
    /// The next or previous suggestion, in this article or in another one.
    NextUnreviewed(Heading),
    /// The next span out at the caret.
    CycleSpan,
    /// Accept all suggestions.
    AcceptAll,
    /// Accept the suggestions that the extractor is surest of.
    AcceptSure,
    /// A label sticks to the hand, or no longer does.
    ToggleSticky,
    /// The selection becomes a piece of the last active span.
    Join,
    /// All places of the same name.
    LabelAll,
    /// Another label for all spans of the same name and label.
    RelabelAll,
    /// Away with all spans of the same name and label.
    RemoveAll,
    /// The search through all articles.
    Search,
    /// The note about the span.
    Note,
    /// The flag of the article.
    Flag,
    /// What the guideline says of the label.
    Guide,
    /// The history.
    History,
    /// Everything that can be done, to be searched.
    Palette,
    /// Reject the suggestion, delete the span.
    Remove,
    /// Give the span the other label its extractor thought of.
    TakeAlternative,
    /// Move an end of the span.
    MoveEdge(Edge, Direction, Unit),
    /// Peel the next proclitic.
    CyclePrefix,
    /// Select the whole text.
    SelectAll,
    /// Let go.
    Release,
    /// Take back.
    Undo,
    /// Make again.
    Redo,
    /// Done, and on to the next article.
    Finish,
    /// Everything accepted, done, and on to the next article.
    FinishAccepting,
    /// Put the article aside, and on to the next one.
    Skip,
    /// The next or previous article.
    Article(Heading),
    /// The dialog for a new article.
    NewArticle,
    /// The dialog for files.
    OpenFiles,
    /// The dialog for saving.
    Export,
    /// The dialog for the projects.
    Projects,
    /// The dialog for the labels.
    Schema,
    /// The work in numbers.
    Statistics,
    /// What looks wrong in the labels.
    Lint,
    /// How far annotators agree.
    Agreement,
    /// Where annotators disagree, and what is right.
    Adjudication,
    /// All keys.
    Help,
}

/// What a key moves the caret by. Lines and screens are found on the screen; the rest the text knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoveBy {
    /// A letter, a word, a sentence.
    Unit(Unit, Heading),
    /// The paragraph's edge.
    ParagraphEdge(Heading),
    /// The text's edge.
    TextEdge(Heading),
    /// A line on the screen.
    Line(Heading),
    /// As far as the text is seen at once.
    Screen(Heading),
}

impl Action {
    /// What the same key asks for in an article that is read from the left: the left arrow goes back there, and the left
    /// edge of a span is its start.
    #[must_use]
    pub fn mirrored(self) -> Self {
        let other = |heading| match heading {
            Heading::Next => Heading::Previous,
            Heading::Previous => Heading::Next,
        };
        match self {
            Self::Move(MoveBy::Unit(unit, heading), extend) => {
                Self::Move(MoveBy::Unit(unit, other(heading)), extend)
            }
            Self::MoveEdge(Edge::Start, direction, unit) => Self::MoveEdge(Edge::End, direction, unit),
            Self::MoveEdge(Edge::End, direction, unit) => Self::MoveEdge(Edge::Start, direction, unit),
            other => other,
        }
    }

    /// The command that carries the action out; `None` for what only the page can do.
    #[must_use]
    pub fn command(self) -> Option<Command> {
        Some(match self {
            Self::Move(by, extend) => Command::Move(by.motion()?, extend),
            Self::NextSuggestion(heading) => Command::FocusNext(heading, Among::Suggestions),
            Self::NextSpan(heading) => Command::FocusNext(heading, Among::Spans),
            Self::NextDoubtful(heading) => Command::FocusNext(heading, Among::Doubtful),
            Self::NextUnreviewed(heading) => Command::NextUnreviewed(heading),
            Self::CycleSpan => Command::CycleSpan,
            Self::AcceptSure => Command::AcceptSure,
            Self::ToggleSticky => Command::ToggleSticky,
            Self::Join => Command::Join,
            Self::Accept => Command::Accept,
            Self::AcceptAll => Command::AcceptAll,
            Self::Remove => Command::Remove,
            Self::TakeAlternative => Command::TakeAlternative,
            Self::MoveEdge(edge, direction, unit) => Command::MoveEdge(edge, direction, unit),
            Self::CyclePrefix => Command::CyclePrefix,
            Self::SelectAll => Command::SelectAll,
            Self::Release => Command::Release,
            Self::Undo => Command::Undo,
            Self::Redo => Command::Redo,
            Self::Finish => Command::Finish,
            Self::FinishAccepting => Command::FinishAccepting,
            Self::Skip => Command::Skip,
            Self::Article(heading) => Command::OpenNeighbour(heading),
            Self::LabelAll
            | Self::RelabelAll
            | Self::RemoveAll
            | Self::Search
            | Self::Note
            | Self::Flag
            | Self::Guide
            | Self::History
            | Self::Palette
            | Self::NewArticle
            | Self::OpenFiles
            | Self::Export
            | Self::Projects
            | Self::Schema
            | Self::Statistics
            | Self::Lint
            | Self::Agreement
            | Self::Adjudication
            | Self::Help => return None,
        })
    }
}

impl MoveBy {
    fn motion(self) -> Option<Motion> {
        Some(match self {
            Self::Unit(unit, heading) => Motion::By(unit, heading),
            Self::ParagraphEdge(heading) => Motion::ParagraphEdge(heading),
            Self::TextEdge(heading) => Motion::TextEdge(heading),
            Self::Line(_) | Self::Screen(_) => return None,
        })
    }
}

/// A key and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The key.
    pub key: Key<'static>,
    /// What it does.
    pub action: Action,
    /// What it does, in words, for the list of keys. Keys that do the same stand together.
    pub meaning: Text,
    /// True for keys that also press buttons and scroll: they mean this only while the text has the focus.
    pub in_text_only: bool,
}

const fn key(code: &'static str) -> Key<'static> {
    Key { code, ctrl: false, alt: false, shift: false }
}

const fn ctrl(code: &'static str) -> Key<'static> {
    Key { ctrl: true, ..key(code) }
}

const fn alt(key: Key<'static>) -> Key<'static> {
    Key { alt: true, ..key }
}

const fn shift(key: Key<'static>) -> Key<'static> {
    Key { shift: true, ..key }
}

const fn anywhere(key: Key<'static>, action: Action, meaning: Text) -> Binding {
    Binding { key, action, meaning, in_text_only: false }
}

const fn in_text(key: Key<'static>, action: Action, meaning: Text) -> Binding {
    Binding { key, action, meaning, in_text_only: true }
}

use Heading::{Next, Previous};

/// Every key but those of labels. The articles are Arabic: the left arrow goes on, and the left bracket moves the
/// left edge of a span, which is its end.
#[rustfmt::skip]
pub static KEYMAP: &[Binding] = &[
    in_text(key("Space"), Action::NextSuggestion(Next), Text::KeyNextSuggestion),
    in_text(shift(key("Space")), Action::NextSuggestion(Previous), Text::KeyPreviousSuggestion),
    in_text(key("Enter"), Action::Accept, Text::KeyAccept),
    anywhere(key("KeyX"), Action::Remove, Text::KeyRemove),
    in_text(key("Delete"), Action::Remove, Text::KeyRemove),
    in_text(key("Backspace"), Action::Remove, Text::KeyRemove),
    anywhere(key("KeyV"), Action::TakeAlternative, Text::KeyAlternative),
    anywhere(key("KeyR"), Action::LabelAll, Text::KeyLabelAll),
    anywhere(shift(key("KeyR")), Action::RelabelAll, Text::RelabelAll),
    anywhere(shift(key("KeyX")), Action::RemoveAll, Text::RemoveAll),
    anywhere(key("KeyU"), Action::NextUnreviewed(Next), Text::KeyNextUnreviewed),
    anywhere(shift(key("KeyU")), Action::NextUnreviewed(Previous), Text::KeyPreviousUnreviewed),
    anywhere(key("KeyY"), Action::NextDoubtful(Next), Text::KeyNextDoubtful),
    anywhere(shift(key("KeyY")), Action::NextDoubtful(Previous), Text::KeyPreviousDoubtful),
    anywhere(shift(key("Enter")), Action::AcceptAll, Text::KeyAcceptAll),
    anywhere(shift(ctrl("Enter")), Action::AcceptSure, Text::KeyAcceptSure),
    anywhere(key("KeyJ"), Action::NextSpan(Next), Text::KeyNextSpan),
    anywhere(key("KeyK"), Action::NextSpan(Previous), Text::KeyPreviousSpan),
    anywhere(key("KeyQ"), Action::CycleSpan, Text::KeyCycleSpan),
    anywhere(key("KeyM"), Action::Note, Text::KeyNote),
    anywhere(key("KeyH"), Action::Guide, Text::KeyGuide),
    anywhere(key("KeyB"), Action::ToggleSticky, Text::KeySticky),
    anywhere(key("Equal"), Action::Join, Text::KeyJoin),
    anywhere(key("KeyC"), Action::CyclePrefix, Text::KeyCyclePrefix),
    anywhere(key("BracketLeft"), Action::MoveEdge(Edge::End, Direction::Outward, Unit::Word), Text::KeyLeftEdgeOut),
    anywhere(shift(key("BracketLeft")), Action::MoveEdge(Edge::End, Direction::Inward, Unit::Word), Text::KeyLeftEdgeIn),
    anywhere(key("BracketRight"), Action::MoveEdge(Edge::Start, Direction::Outward, Unit::Word), Text::KeyRightEdgeOut),
    anywhere(shift(key("BracketRight")), Action::MoveEdge(Edge::Start, Direction::Inward, Unit::Word), Text::KeyRightEdgeIn),
    anywhere(alt(key("BracketLeft")), Action::MoveEdge(Edge::End, Direction::Outward, Unit::Letter), Text::KeyLeftLetterOut),
    anywhere(alt(shift(key("BracketLeft"))), Action::MoveEdge(Edge::End, Direction::Inward, Unit::Letter), Text::KeyLeftLetterIn),
    anywhere(alt(key("BracketRight")), Action::MoveEdge(Edge::Start, Direction::Outward, Unit::Letter), Text::KeyRightLetterOut),
    anywhere(alt(shift(key("BracketRight"))), Action::MoveEdge(Edge::Start, Direction::Inward, Unit::Letter), Text::KeyRightLetterIn),
    anywhere(key("Escape"), Action::Release, Text::KeyRelease),

    in_text(key("ArrowLeft"), Action::Move(MoveBy::Unit(Unit::Letter, Next), false), Text::KeyMoveLetter),
    in_text(key("ArrowRight"), Action::Move(MoveBy::Unit(Unit::Letter, Previous), false), Text::KeyMoveLetter),
    in_text(ctrl("ArrowLeft"), Action::Move(MoveBy::Unit(Unit::Word, Next), false), Text::KeyMoveWord),
    in_text(ctrl("ArrowRight"), Action::Move(MoveBy::Unit(Unit::Word, Previous), false), Text::KeyMoveWord),
    in_text(alt(key("ArrowLeft")), Action::Move(MoveBy::Unit(Unit::Sentence, Next), false), Text::KeyMoveSentence),
    in_text(alt(key("ArrowRight")), Action::Move(MoveBy::Unit(Unit::Sentence, Previous), false), Text::KeyMoveSentence),
    in_text(key("ArrowDown"), Action::Move(MoveBy::Line(Next), false), Text::KeyMoveLine),
    in_text(key("ArrowUp"), Action::Move(MoveBy::Line(Previous), false), Text::KeyMoveLine),
    in_text(key("PageDown"), Action::Move(MoveBy::Screen(Next), false), Text::KeyMoveScreen),
    in_text(key("PageUp"), Action::Move(MoveBy::Screen(Previous), false), Text::KeyMoveScreen),
    in_text(key("Home"), Action::Move(MoveBy::ParagraphEdge(Previous), false), Text::KeyMoveParagraph),
    in_text(key("End"), Action::Move(MoveBy::ParagraphEdge(Next), false), Text::KeyMoveParagraph),
    in_text(ctrl("Home"), Action::Move(MoveBy::TextEdge(Previous), false), Text::KeyMoveText),
    in_text(ctrl("End"), Action::Move(MoveBy::TextEdge(Next), false), Text::KeyMoveText),
    in_text(shift(key("ArrowLeft")), Action::Move(MoveBy::Unit(Unit::Letter, Next), true), Text::KeySelectLetter),
    in_text(shift(key("ArrowRight")), Action::Move(MoveBy::Unit(Unit::Letter, Previous), true), Text::KeySelectLetter),
    in_text(shift(ctrl("ArrowLeft")), Action::Move(MoveBy::Unit(Unit::Word, Next), true), Text::KeySelectWord),
    in_text(shift(ctrl("ArrowRight")), Action::Move(MoveBy::Unit(Unit::Word, Previous), true), Text::KeySelectWord),
    in_text(shift(alt(key("ArrowLeft"))), Action::Move(MoveBy::Unit(Unit::Sentence, Next), true), Text::KeySelectSentence),
    in_text(shift(alt(key("ArrowRight"))), Action::Move(MoveBy::Unit(Unit::Sentence, Previous), true), Text::KeySelectSentence),
    in_text(shift(key("ArrowDown")), Action::Move(MoveBy::Line(Next), true), Text::KeySelectLine),
    in_text(shift(key("ArrowUp")), Action::Move(MoveBy::Line(Previous), true), Text::KeySelectLine),
    in_text(shift(key("PageDown")), Action::Move(MoveBy::Screen(Next), true), Text::KeySelectScreen),
    in_text(shift(key("PageUp")), Action::Move(MoveBy::Screen(Previous), true), Text::KeySelectScreen),
    in_text(shift(key("Home")), Action::Move(MoveBy::ParagraphEdge(Previous), true), Text::KeySelectParagraph),
    in_text(shift(key("End")), Action::Move(MoveBy::ParagraphEdge(Next), true), Text::KeySelectParagraph),

    in_text(shift(ctrl("Home")), Action::Move(MoveBy::TextEdge(Previous), true), Text::KeySelectText),
    in_text(shift(ctrl("End")), Action::Move(MoveBy::TextEdge(Next), true), Text::KeySelectText),
    anywhere(ctrl("KeyA"), Action::SelectAll, Text::KeySelectText),

    anywhere(ctrl("KeyK"), Action::Palette, Text::KeyPalette),
    anywhere(key("Slash"), Action::Search, Text::KeySearch),
    anywhere(ctrl("KeyH"), Action::History, Text::KeyHistory),
    anywhere(ctrl("KeyZ"), Action::Undo, Text::KeyUndo),
    anywhere(shift(ctrl("KeyZ")), Action::Redo, Text::KeyRedo),
    anywhere(ctrl("KeyY"), Action::Redo, Text::KeyRedo),
    anywhere(ctrl("Enter"), Action::Finish, Text::KeyFinish),
    anywhere(alt(key("Enter")), Action::FinishAccepting, Text::KeyFinishAccepting),
    anywhere(shift(key("KeyS")), Action::Skip, Text::KeySkip),
    anywhere(shift(key("KeyF")), Action::Flag, Text::KeyFlag),
    // Browsers change tabs by Ctrl+PageDown.
    anywhere(alt(key("PageDown")), Action::Article(Next), Text::KeyNextArticle),
    anywhere(alt(key("PageUp")), Action::Article(Previous), Text::KeyPreviousArticle),
    anywhere(key("KeyI"), Action::NewArticle, Text::KeyNewArticle),
    anywhere(ctrl("KeyO"), Action::OpenFiles, Text::KeyOpenFiles),
    anywhere(ctrl("KeyS"), Action::Export, Text::KeyExport),
    anywhere(shift(key("KeyP")), Action::Projects, Text::Projects),
    anywhere(shift(key("KeyL")), Action::Schema, Text::KeySchema),
    anywhere(shift(key("KeyT")), Action::Statistics, Text::KeyStatistics),
    anywhere(shift(key("KeyC")), Action::Lint, Text::KeyLint),
    anywhere(shift(key("KeyG")), Action::Agreement, Text::KeyAgreement),
    anywhere(shift(key("KeyD")), Action::Adjudication, Text::KeyAdjudication),
    anywhere(shift(key("Slash")), Action::Help, Text::KeyHelp),
    anywhere(key("F1"), Action::Help, Text::KeyHelp),
];

impl Binding {
    /// The key it has now, `changed` being [`Settings::keys`](super::Settings::keys).
    #[must_use]
    pub fn key_now(self, changed: &BTreeMap<String, String>) -> Key<'_> {
        if changed.is_empty() {
            return self.key;
        }
        changed.get(&self.key.chord()).map_or(self.key, |chord| Key::of_chord(chord))
    }
}

/// The key that asks for something now, in one word; the first of several. `None` if there is none.
#[must_use]
pub fn chord_of(action: Action, changed: &BTreeMap<String, String>) -> Option<String> {
    KEYMAP.iter().find(|binding| binding.action == action).map(|binding| binding.key_now(changed).chord())
}

/// What a key does; `in_text` says that the text has the focus.
#[must_use]
pub fn action_for(key: Key, in_text: bool, changed: &BTreeMap<String, String>) -> Option<Action> {
    let is_it = |binding: &&Binding| binding.key_now(changed) == key && (in_text || !binding.in_text_only);
    KEYMAP.iter().find(is_it).map(|binding| binding.action)
}

/// What a key is taken by already: a binding's meaning, or a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// By a binding.
    By(Text),
    /// By a label of the schema.
    ByLabel(LabelCode),
    /// By something in the dialog where annotators are decided between.
    InDispute(ReviewText),
}

/// Gives the binding that has the key `default` in [`KEYMAP`] another key, or its own again.
///
/// # Errors
/// If the key is taken; nothing is changed then.
pub fn rebind(
    changed: &mut BTreeMap<String, String>,
    default: Key,
    wanted: Key,
    schema: &Schema,
) -> Result<(), Taken> {
    if let Some(Command::Label(code)) = label_for(wanted, schema) {
        return Err(Taken::ByLabel(code));
    }
    let other = KEYMAP.iter().filter(|binding| binding.key != default);
    if let Some(binding) = other.into_iter().find(|binding| binding.key_now(changed) == wanted) {
        return Err(Taken::By(binding.meaning));
    }
    if wanted == default {
        changed.remove(&default.chord());
    } else {
        changed.insert(default.chord(), wanted.chord());
    }
    Ok(())
}

/// The command of a label's key: its letter or its digit, without modifiers.
#[must_use]
pub fn label_for(key: Key, schema: &Schema) -> Option<Command> {
    if key.ctrl || key.alt || key.shift {
        return None;
    }
    schema.label_of_key(key.code).map(|label| Command::Label(label.code.clone()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_means_two_things() {
        let mut seen = HashSet::new();
        for binding in KEYMAP {
            assert!(seen.insert(binding.key), "{:?} is bound twice", binding.key);
        }
    }

    #[test]
    fn no_command_takes_a_label_its_key() {
        let schema = Schema::conflict_news();
        for binding in KEYMAP {
            assert!(label_for(binding.key, &schema).is_none(), "{:?} is a label's key", binding.key);
        }
    }

    #[test]
    fn keys_that_press_buttons_work_in_the_text_only() {
        let unchanged = BTreeMap::new();
        assert_eq!(action_for(key("Enter"), true, &unchanged), Some(Action::Accept));
        assert_eq!(action_for(key("Enter"), false, &unchanged), None);
    }

    #[test]
    fn what_is_read_from_the_left_is_gone_through_the_other_way_round() {
        let unchanged = BTreeMap::new();
        let mirrored = |key| action_for(key, true, &unchanged).map(Action::mirrored);
        let plain = |key| action_for(key, true, &unchanged);
        assert_eq!(mirrored(key("ArrowRight")), plain(key("ArrowLeft")));
        assert_eq!(mirrored(shift(ctrl("ArrowLeft"))), plain(shift(ctrl("ArrowRight"))));
        assert_eq!(mirrored(alt(key("BracketLeft"))), plain(alt(key("BracketRight"))));
        for same in ["ArrowDown", "Home", "PageUp", "Space"] {
            assert_eq!(mirrored(key(same)), plain(key(same)), "{same}");
        }
    }

    #[test]
    fn an_action_is_called_by_the_key_it_has_now() {
        let changed = BTreeMap::from([("KeyX".to_owned(), "KeyQ".to_owned())]);
        assert_eq!(chord_of(Action::Remove, &BTreeMap::new()).as_deref(), Some("KeyX"));
        assert_eq!(chord_of(Action::Remove, &changed).as_deref(), Some("KeyQ"));
        assert_eq!(chord_of(Action::RemoveAll, &changed).as_deref(), Some("Shift+KeyX"));
    }

    #[test]
    fn chords_lead_back_to_their_keys() {
        for binding in KEYMAP {
            assert_eq!(Key::of_chord(&binding.key.chord()), binding.key);
        }
    }

    #[test]
    fn a_key_can_be_changed_and_given_back() {
        let (schema, mut changed) = (Schema::conflict_news(), BTreeMap::new());
        rebind(&mut changed, key("KeyX"), key("KeyZ"), &schema).unwrap();
        assert_eq!(action_for(key("KeyZ"), false, &changed), Some(Action::Remove));
        assert_eq!(action_for(key("KeyX"), false, &changed), None);
        rebind(&mut changed, key("KeyX"), key("KeyX"), &schema).unwrap();
        assert_eq!(action_for(key("KeyX"), false, &changed), Some(Action::Remove));
        assert!(changed.is_empty());
    }

    #[test]
    fn a_key_that_is_taken_is_not_taken_away() {
        let (schema, mut changed) = (Schema::conflict_news(), BTreeMap::new());
        let person = LabelCode::new("PER").unwrap();
        assert_eq!(rebind(&mut changed, key("KeyX"), key("KeyP"), &schema), Err(Taken::ByLabel(person)));
        let undo = rebind(&mut changed, key("KeyX"), ctrl("KeyZ"), &schema);
        assert_eq!(undo, Err(Taken::By(Text::KeyUndo)));
        assert!(changed.is_empty());
        // A key that was given up is free.
        rebind(&mut changed, key("KeyX"), key("KeyZ"), &schema).unwrap();
        assert_eq!(rebind(&mut changed, key("KeyV"), key("KeyX"), &schema), Ok(()));
    }
}
