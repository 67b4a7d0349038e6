//! The spans of the article, in order.

use std::sync::Arc;

use leptos::prelude::*;

use super::article_list::Gap;
use super::labels::{origin_icon, origin_text};
use super::lasting::Lasting;
use super::model::{SpansNow, use_model};
use super::threshold::Threshold;
use super::widgets::{Icon, RowWindow, SegmentRole, segment, steer};
use crate::annotation::SpanId;
use crate::app::view::{SpanRow, span_row};
use crate::app::{Command, Counted, ReviewText, State, percent};

/// The height of a row in pixels; `panels.css` gives rows this height.
const ROW_HEIGHT: f64 = 40.0;

#[component]
pub(super) fn SpanIndex() -> impl IntoView {
    let model = use_model();
    let only_suggestions = RwSignal::new(false);
    let shown: Lasting<_> = model.spans_memo(State::document).into();
    let total = Memo::new(move |_| {
        // Read, not only tracked: a memo that nobody reads never looks for changes.
        shown.with(|_| ());
        model.peek(|state| state.shown_count(only_suggestions.get()))
    });
    let window = RowWindow::new(total.into(), ROW_HEIGHT);
    let rows = move || {
        shown.with(|_| ());
        let (places, only) = (window.rows.get(), only_suggestions.get());
        model
            .peek(|state| state.shown_at(places, only).iter().map(|span| span.id.clone()).collect::<Vec<_>>())
    };
    let active: Lasting<_> = model.memo(|state| state.active.clone()).into();
    Effect::new(move || {
        let Some(active) = active.get() else {
            return;
        };
        let only = only_suggestions.get_untracked();
        let row = model.peek(|state| state.shown_position(&active, only));
        if let Some(row) = row {
            window.reveal(row);
        }
    });
    let which = move |only: bool, text: ReviewText, testid: &'static str| {
        let is_chosen = move || only_suggestions.get() == only;
        segment(SegmentRole::Radio, testid, model.text(text), is_chosen, move || only_suggestions.set(only))
    };
    view! {
        <section class="span-index" aria-labelledby="spans-title">
            <header class="panel-head">
                <h2 class="panel-title" id="spans-title">
                    {move || model.count(Counted::SpansCounted, total.get())}
                </h2>
                <div class="segments" role="radiogroup" aria-label=model.text(ReviewText::ShowSpans) on:keydown=|event| steer(&event)>
                    {which(false, ReviewText::FilterAll, "show-all")}
                    {which(true, ReviewText::FilterSuggested, "show-suggested")}
                </div>
            </header>
            <Threshold />
            <ol
                class="span-list panel-body scroll"
                data-testid="span-list"
                node_ref=window.scroller
                on:scroll=move |_| window.scrolled()
            >
                <Gap height=Signal::derive(move || window.padding().0) />
                {window.draw(rows, SpanId::clone, move |id| view! { <Row id shown active /> })}
                <Gap height=Signal::derive(move || window.padding().1) />
            </ol>
            <Show when=move || total.get() == 0>
                <p class="empty">{model.text(ReviewText::NoSpans)}</p>
            </Show>
        </section>
    }
}

/// A line of the list. It stays in the page while its span changes, and the keyboard with it.
#[component]
fn Row(id: SpanId, shown: Lasting<SpansNow>, active: Lasting<Option<SpanId>>) -> impl IntoView {
    let model = use_model();
    let row = {
        let id = id.clone();
        // After every edit every line asks whether its span has changed.
        Memo::new_owning(move |before: Option<Option<SpanRow>>| {
            shown.with(|_| ());
            model.peek(|state| {
                let found = state.document().and_then(|document| Some((document, document.spans.get(&id)?)));
                match (before.flatten(), found) {
                    (Some(row), Some((_, span))) if Arc::ptr_eq(&row.span, span) => (Some(row), false),
                    (None, None) => (None, false),
                    (_, found) => (found.and_then(|(document, span)| span_row(document, span)), true),
                }
            })
        })
    };
    let is_active = {
        let id = id.clone();
        Memo::new(move |_| active.with(|active| active.as_ref() == Some(&id)))
    };
    let of = move |look: fn(&SpanRow) -> String| {
        move || row.with(|row| row.as_ref().map(look).unwrap_or_default())
    };
    let label = of(|row| row.span.label.to_string());
    let percent = Memo::new(move |_| {
        row.with(|row| {
            let span = &row.as_ref()?.span;
            span.confidence.filter(|_| !span.origin.is_confirmed()).map(percent)
        })
    });
    let origin = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.span.origin)));
    let origin_name = move || origin.get().map(|origin| model.language.get().text(origin_text(origin)));
    let name = id.as_str().to_owned();
    view! {
        <li>
            <button
                type="button"
                class="span-item"
                data-testid="span-item"
                data-id=name
                data-start=of(|row| row.start.to_string())
                data-end=of(|row| row.end.to_string())
                data-label=label
                data-origin=of(|row| row.span.origin.as_str().to_owned())
                aria-current=move || is_active.get().then_some("true")
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| model.run(Command::Focus(id.clone()))
            >
                <span class="label-chip" data-label=label lang="en">
                    {label}
                </span>
                <span class="surface" lang="ar" dir="rtl">
                    {of(|row| row.surface.clone())}
                </span>
                {move || percent.get().map(|percent| view! { <Meter percent /> })}
                <span class="span-item-origin" title=origin_name>
                    {move || origin.get().map(|origin| view! { <Icon name=origin_icon(origin) /> })}
                    <span class="visually-hidden">{origin_name}</span>
                </span>
            </button>
        </li>
    }
}

/// How sure the extractor is, as a bar of five.
#[component]
pub(super) fn Meter(percent: u8) -> impl IntoView {
    let model = use_model();
    let name =
        move || model.language.get().fill(ReviewText::Confidence, &[("percent", &percent.to_string())]);
    view! {
        <span class="meter" role="img" data-level=percent.div_ceil(20).max(1) aria-label=name title=name></span>
    }
}
