//! Turns keys into commands.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::model::{Dialog, Model};
use super::{intake, selecting};
use crate::app::{Action, Command, Heading, Key, Motion, MoveBy, action_for, label_for};
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
        let Some(action) = action_for(key, selecting::text_has_focus()) else {
            return;
        };
        event.prevent_default();
        let by_line = matches!(action, Action::Move(MoveBy::Line(_), _));
        if !by_line {
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
        Action::NewArticle => model.dialog.set(Some(Dialog::NewArticle)),
        Action::OpenFiles => intake::choose_files(),
        Action::Export => model.dialog.set(Some(Dialog::Export)),
        Action::Help => model.dialog.set(Some(Dialog::Help)),
        Action::Move(MoveBy::Line(heading), extend) => move_line(model, heading, extend, column),
        _ => {
            if let Some(command) = action.command() {
                model.run(command);
            }
        }
    }
}

/// Finds the place above or below the caret on the screen.
fn move_line(model: Model, heading: Heading, extend: bool, column: StoredValue<Option<f64>>) {
    let Some(element) = document().get_element_by_id("article") else {
        return;
    };
    let Some((text, focus)) = model.peek(|state| {
        let selection = state.selection?;
        Some((state.document()?.text.clone(), selection.focus))
    }) else {
        return;
    };
    let direction = match heading {
        Heading::Next => Line::Below,
        Heading::Previous => Line::Above,
    };
    let shown = selection::Article { element: &element, text: &text };
    if let Some((offset, x)) = shown.line_motion(focus, direction, column.get_value()) {
        column.set_value(Some(x));
        model.run(Command::Move(Motion::To(offset), extend));
    }
}
