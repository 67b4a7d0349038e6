//! What can be done with the article as a whole.

use leptos::prelude::*;

use super::keyboard::flag;
use super::model::{Dialog, use_model};
use super::widgets::{Icon, IconButton};
use crate::annotation::{Document, Status};
use crate::app::{Command, Counted, FLAG, Heading, ReviewText, Text, status_text};

#[component]
pub(super) fn ArticleHead() -> impl IntoView {
    let model = use_model();
    let status = model.memo(|state| state.document().map(|document| document.status));
    let counts = model.memo(|state| {
        state.document().map_or((0, 0), |document| {
            let suggested = state.suggested(document);
            (document.spans.len() - document.spans.suggested() + suggested, suggested)
        })
    });
    let suggested = Memo::new(move |_| counts.get().1);
    let can_undo = model.memo(|state| state.project.history().to_undo().is_some());
    let can_redo = model.memo(|state| state.project.history().to_redo().is_some());
    let reading = model.memo(|state| {
        let current = state.current.as_ref()?;
        let reach = state.reading.get(current)?.reach;
        Some(reach.done.saturating_mul(100).checked_div(reach.total).unwrap_or(0))
    });
    let current = model.memo(|state| state.current.clone());
    let suggest = move |_| {
        if let Some(id) = current.get_untracked() {
            model.run(Command::Suggest(id));
        }
    };
    let stop = move |_| {
        if let Some(id) = current.get_untracked() {
            model.stop_reading(&id);
        }
    };
    let discard = move |_| {
        if let Some(id) = current.get_untracked() {
            model.run(Command::Discard(id));
        }
    };
    let is_closed = move || matches!(status.get(), Some(Status::Done | Status::Skipped));
    let done = move |_| {
        model.run(if is_closed() { Command::SetStatus(Status::InProgress) } else { Command::Finish });
    };
    let title = model.memo(|state| state.document().map(Document::shown_title));
    let name = move |text| Signal::derive(model.text(text));
    let flagged =
        model.memo(|state| state.document().is_some_and(|document| document.meta.contains_key(FLAG)));
    let flag_icon = Signal::derive(move || if flagged.get() { "flag-up" } else { "flag" });
    view! {
        <h1 class="visually-hidden">{title}</h1>
        <header class="article-head">
            <IconButton
                icon="previous"
                flip=true
                name=name(ReviewText::PreviousArticle)
                on_press=move |_| model.run(Command::OpenNeighbour(Heading::Previous))
            />
            <IconButton
                icon="next"
                flip=true
                name=name(ReviewText::NextArticle)
                on_press=move |_| model.run(Command::OpenNeighbour(Heading::Next))
            />
            <p class="article-meta dotted">
                <span class="topbar-wide">{move || status.get().map(|status| model.language.get().text(status_text(status)))}</span>
                <span class="count">{move || model.count(Counted::SpansCounted, counts.get().0)}</span>
            </p>
            <Show
                when=move || reading.get().is_some()
                fallback=move || {
                    view! {
                        <IconButton icon="example" name=name(ReviewText::SuggestAgain) testid="suggest" on_press=suggest />
                    }
                }
            >
                <progress
                    class="progress"
                    data-testid="reading"
                    max="100"
                    value=move || reading.get().unwrap_or(0)
                    aria-label=model.text(ReviewText::ReadingName)
                ></progress>
                <IconButton icon="close" name=name(ReviewText::StopReading) testid="stop-reading" on_press=stop />
            </Show>
            <IconButton
                icon="undo"
                flip=true
                name=Signal::derive(model.text(Text::Undo))
                testid="undo"
                disabled=Signal::derive(move || !can_undo.get())
                on_press=move |_| model.run(Command::Undo)
            />
            <IconButton
                icon="redo"
                flip=true
                name=name(ReviewText::Redo)
                testid="redo"
                disabled=Signal::derive(move || !can_redo.get())
                on_press=move |_| model.run(Command::Redo)
            />
            <button
                type="button"
                class="icon-button"
                data-testid="flag"
                aria-pressed=move || flagged.get().to_string()
                aria-label=model.text(ReviewText::Flag)
                data-tip=model.text(Text::KeyFlag)
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| flag(model)
            >
                <Icon name=flag_icon />
            </button>
            <IconButton
                icon="info"
                name=name(ReviewText::AboutArticle)
                testid="about"
                on_press=move |_| model.dialog.set(Some(Dialog::About))
            />
            <IconButton icon="trash" name=name(ReviewText::DiscardArticle) testid="discard" on_press=discard />
            <span class="divider"></span>
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-testid="accept-all"
                disabled=move || suggested.get() == 0
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| model.run(Command::AcceptAll)
            >
                <Icon name="accept-all" />
                <span class="button-label">{model.text(ReviewText::AcceptAll)}</span>
                <span class="count">{suggested}</span>
            </button>
            <button
                type="button"
                class="button"
                data-testid="mark-done"
                on:mousedown=|event| event.prevent_default()
                on:click=done
            >
                <Icon name="done" />
                <span class="button-label">
                    {move || {
                        model.language.get().text(if is_closed() { ReviewText::Reopen } else { ReviewText::MarkDone })
                    }}
                </span>
            </button>
        </header>
    }
}
