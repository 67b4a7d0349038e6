//! Turns keys into commands.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::model::{Aim, Dialog, HelpPart, Model, Search, use_model};
use super::{intake, selecting};
use crate::app::{
    Action, Command, FLAG, Heading, Key, Language, Motion, MoveBy, State, Text, action_for, chord_name,
    chord_of, concordance, label_for,
};
use crate::schema::LabelCode;
use crate::text::ByteOffset;
use crate::web::caret::Line;
use crate::web::selection;

/// Listens for keys wherever the focus is, except in fields and dialogs.
pub(super) fn listen(model: Model) {
    // Going up and down keeps to one column, however short the lines between.
    let column = StoredValue::new(None::<f64>);
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if event.is_composing() || event.default_prevented() || selecting::typing_elsewhere() {
            return;
        }
        let code = event.code();
        let key = Key {
            code: &code,
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
        };
        let has_articles = model.peek(|state| state.current.is_some());
        let command = has_articles.then(|| model.peek(|state| label_for(key, state.schema()))).flatten();
        if let Some(command) = command {
            event.prevent_default();
            model.run(command);
            return;
        }
        let in_text = selecting::text_has_focus();
        let asked = |state: &State| {
            let action = action_for(key, in_text, &state.settings.keys)?;
            Some(if state.runs_leftwards() { action } else { action.mirrored() })
        };
        let Some(action) = model.peek(asked) else {
            return;
        };
        event.prevent_default();
        let keeps_column = matches!(action, Action::Move(MoveBy::Line(_) | MoveBy::Screen(_), _));
        if !keeps_column {
            column.set_value(None);
        }
        act(model, action, column, &event);
    });
    on_cleanup(move || listener.remove());
}

fn act(model: Model, action: Action, column: StoredValue<Option<f64>>, event: &KeyboardEvent) {
    // A key that is held down repeats motions and moves, not decisions.
    let repeats = matches!(action, Action::Move(..) | Action::MoveEdge(..) | Action::Undo | Action::Redo);
    if event.repeat() && !repeats {
        return;
    }
    match action {
        Action::Move(MoveBy::Line(heading), extend) => {
            move_on_screen(model, Stride::Line, heading, extend, column);
        }
        Action::Move(MoveBy::Screen(heading), extend) => {
            move_on_screen(model, Stride::Screen, heading, extend, column);
        }
        _ => carry_out(model, action),
    }
}

/// Does what a key would do, whichever way it was asked for.
pub(super) fn carry_out(model: Model, action: Action) {
    match action {
        Action::LabelAll => label_all(model),
        Action::RelabelAll => change_all(model, Aim::Relabel),
        Action::RemoveAll => change_all(model, Aim::Remove),
        Action::Note => focus_note(model),
        Action::Flag => flag(model),
        _ => open_or_run(model, action),
    }
}

/// Does what needs no look at the text: opens a dialog or runs a command. The first screen has buttons for some of it.
pub(super) fn open_or_run(model: Model, action: Action) {
    let dialog = match action {
        Action::OpenFiles => return intake::choose_files(),
        Action::NewArticle => Dialog::NewArticle,
        Action::Export => Dialog::Export,
        Action::Help => Dialog::Help(HelpPart::Keys),
        Action::Guide => Dialog::Help(HelpPart::Labels(
            model.peek(|state| state.active_span().map(|span| span.label.clone())),
        )),
        Action::Palette => Dialog::Palette,
        Action::History => Dialog::History,
        Action::Search => Dialog::Search(Search::default()),
        Action::Projects => Dialog::Projects(None),
        Action::Schema => Dialog::Schema,
        Action::Agreement => Dialog::Agreement,
        Action::Adjudication => Dialog::Adjudication,
        Action::Lint => Dialog::Lint,
        Action::Statistics => Dialog::Statistics,
        _ => {
            if let Some(command) = action.command() {
                model.run(command);
            }
            return;
        }
    };
    model.dialog.set(Some(dialog));
}

/// Looks for everything that is called like the active span, or like what is selected.
pub(super) fn label_all(model: Model) {
    let search =
        model.peek(concordance::words_at_hand).map(|(words, label)| Search { words, aim: Aim::Label(label) });
    model.dialog.set(Some(Dialog::Search(search.unwrap_or_default())));
}

/// Looks for all spans that are called and labelled like the active one.
pub(super) fn change_all(model: Model, aim: fn(LabelCode) -> Aim) {
    match model.peek(concordance::span_at_hand) {
        Some((words, label)) => model.dialog.set(Some(Dialog::Search(Search { words, aim: aim(label) }))),
        None => model.say(model.language.get_untracked().text(Text::NoSpanAtHand)),
    }
}

/// Raises the flag of the article on the screen, or takes it down.
pub(super) fn flag(model: Model) {
    let raised =
        model.peek(|state| state.document().is_some_and(|document| document.meta.contains_key(FLAG)));
    model.run(Command::SetMeta(FLAG, (!raised).then_some(serde_json::Value::Bool(true))));
}

/// Opens the form for what is written about a span, and gives its note the keyboard: at once, so that what is typed next
/// is written and not carried out.
fn focus_note(model: Model) {
    if model.peek(|state| state.active.is_none()) {
        return;
    }
    let document = document();
    if let Some(detail) = document.query_selector("[data-testid=span-detail]").ok().flatten() {
        // The panel comes a picture after the span is taken up, and who types does not wait for it.
        let _ = detail.remove_attribute("hidden");
    }
    if let Some(form) = document.query_selector("[data-testid=span-form]").ok().flatten() {
        // An attribute of an element can be set.
        let _ = form.set_attribute("open", "");
    }
    let note = document.query_selector("[data-testid=span-note]").ok().flatten();
    if let Some(note) = note.and_then(|note| note.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field takes the focus.
        let _ = note.focus();
    }
}

/// How far a motion up or down goes.
#[derive(Clone, Copy)]
enum Stride {
    Line,
    Screen,
}

/// Finds the place above or below the caret on the screen.
fn move_on_screen(
    model: Model,
    stride: Stride,
    heading: Heading,
    extend: bool,
    column: StoredValue<Option<f64>>,
) {
    let Some(element) = document().get_element_by_id("article") else {
        return;
    };
    let Some((text, focus)) = model.peek(|state| {
        let focus = state.selection.map_or(ByteOffset::ZERO, |selection| selection.focus);
        Some((state.document()?.text.clone(), focus))
    }) else {
        return;
    };
    let direction = match heading {
        Heading::Next => Line::Below,
        Heading::Previous => Line::Above,
    };
    let shown = selection::Article { element: &element, text: &text };
    let found = match stride {
        Stride::Line => shown.line_motion(focus, direction, column.get_value()),
        Stride::Screen => {
            let view = element.closest(".article-scroll").ok().flatten();
            let height = view.map_or(0.0, |view| f64::from(view.client_height()));
            shown.screen_motion(focus, direction, height, column.get_value())
        }
    };
    if let Some((offset, x)) = found {
        column.set_value(Some(x));
        model.run(Command::Move(Motion::To(offset), extend));
    }
}

/// The key that asks for something, as it is now, for programs that read pages out: in Latin letters, whatever the language.
pub(super) fn key_shortcut(model: Model, action: Action) -> Memo<String> {
    model.memo(move |state| chord_name(&chord_now(state, action), Language::English))
}

fn chord_now(state: &State, action: Action) -> String {
    chord_of(action, &state.settings.keys).unwrap_or_default()
}

#[component]
pub(super) fn KeyCap(action: Action) -> impl IntoView {
    let model = use_model();
    let chord = model.memo(move |state| chord_now(state, action));
    let name = move || chord.with(|chord| chord_name(chord, model.language.get()));
    view! { <kbd>{name}</kbd> }
}
