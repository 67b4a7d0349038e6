//! The span that keys act on: what it is, why, and what can be done with it.

use std::sync::Arc;

use leptos::prelude::*;

use super::app::Sheet;
use super::keyboard::label_all;
use super::labels::{name_of, origin_text};
use super::model::use_model;
use super::span_index::Meter;
use super::widgets::{Icon, IconButton};
use crate::annotation::{Alternative, Origin};
use crate::app::view::{SpanRow, span_row};
use crate::app::{Among, Command, Heading, Text, percent, reason_text};
use crate::text::motion::{Direction, Edge, Unit};

/// What is shown of the active span.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    row: SpanRow,
    position: usize,
    total: usize,
}

#[component]
pub(super) fn SpanDetail() -> impl IntoView {
    let model = use_model();
    let shown = model.memo(|state| {
        let (document, span) = state.document().zip(state.active_span())?;
        let position = state.shown_position(&span.id, false)? + 1;
        Some(Shown { row: span_row(document, span)?, position, total: state.shown_count(false) })
    });
    view! {
        {move || {
            shown.get().map(|shown| view! { <Detail shown /> })
        }}
    }
}

#[component]
fn Detail(shown: Shown) -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let Shown { row, position, total } = shown;
    let span = row.span;
    let is_suggestion = span.origin == Origin::Suggested;
    let label = span.label.clone();
    let name = move || model.with(|state| name_of(state.schema(), &label, model.language.get()));
    let text = move |text| Signal::derive(model.text(text));
    let run = move |command: Command| move |_| model.run(command.clone());
    let edge = move |edge, direction| run(Command::MoveEdge(edge, direction, Unit::Word));
    let characters = {
        let (start, end) = (row.start.to_string(), row.end.to_string());
        move || model.language.get().fill(Text::Characters, &[("start", &start), ("end", &end)])
    };
    view! {
        <section class="span-detail" data-testid="span-detail" aria-labelledby="span-detail-title">
            <header class="span-detail-head">
                <span class="label-chip" data-label=span.label.to_string() lang="en">
                    {span.label.to_string()}
                </span>
                <h2 class="span-detail-label" id="span-detail-title">
                    {name}
                </h2>
                <span class="span-detail-nav">
                    <IconButton
                        icon="previous"
                        flip=true
                        name=text(Text::KeyPreviousSpan)
                        on_press=run(Command::FocusNext(Heading::Previous, Among::Spans))
                    />
                    <span class="count">{format!("{position} / {total}")}</span>
                    <IconButton
                        icon="next"
                        flip=true
                        name=text(Text::KeyNextSpan)
                        tip_at_end=true
                        on_press=run(Command::FocusNext(Heading::Next, Among::Spans))
                    />
                    <IconButton
                        icon="close"
                        name=text(Text::Close)
                        class="panel-close"
                        on_press=move |_| {
                            sheet.set(None);
                            model.run(Command::Release);
                        }
                    />
                </span>
            </header>
            <p class="span-detail-surface" lang="ar" dir="rtl">
                {row.surface}
            </p>
            <dl class="facts">
                <dt>{model.text(Text::OriginName)}</dt>
                <dd>{model.text(origin_text(span.origin))}</dd>
                {span
                    .reason
                    .as_ref()
                    .map(|reason| {
                        let reason = Arc::clone(reason);
                        let said = move || reason_text::say(&reason, model.language.get());
                        view! {
                            <dt>{model.text(Text::Why)}</dt>
                            <dd dir="auto">{said}</dd>
                        }
                    })}
                {span
                    .confidence
                    .map(|confidence| {
                        let percent = percent(confidence);
                        view! {
                            <dt>{model.text(Text::ConfidenceName)}</dt>
                            <dd>
                                <Meter percent />
                                <span class="count">{format!("{percent}%")}</span>
                            </dd>
                        }
                    })}
                {span
                    .normalized
                    .as_ref()
                    .map(|form| {
                        view! {
                            <dt>{model.text(Text::CleanForm)}</dt>
                            <dd dir="auto">{form.to_string()}</dd>
                        }
                    })}
                <dt>{model.text(Text::PlaceName)}</dt>
                <dd class="count">{characters}</dd>
            </dl>
            <div class="span-actions">
                <Show when=move || is_suggestion>
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        on:mousedown=|event| event.prevent_default()
                        on:click=run(Command::Accept)
                    >
                        <Icon name="accept" />
                        {model.text(Text::Accept)}
                        <kbd>"Enter"</kbd>
                    </button>
                </Show>
                <button
                    type="button"
                    class="button"
                    on:mousedown=|event| event.prevent_default()
                    on:click=run(Command::Remove)
                >
                    <Icon name="reject" />
                    {model.text(if is_suggestion { Text::Reject } else { Text::Delete })}
                    <kbd>"X"</kbd>
                </button>
            </div>
            <div class="span-actions-more">
                {span.alternative.clone().map(|other| view! { <Other other /> })}
                <div class="action-row" role="group" aria-label=model.text(Text::RightEdge)>
                    <Icon name="edge-start" />
                    <span class="action-row-name">{model.text(Text::RightEdge)}</span>
                    <kbd>"]"</kbd>
                    <span class="button-group" dir="rtl">
                        <IconButton
                            icon="edge-earlier"
                            name=text(Text::ExtendStart)
                            on_press=edge(Edge::Start, Direction::Outward)
                        />
                        <IconButton
                            icon="edge-later"
                            name=text(Text::ShrinkStart)
                            tip_at_end=true
                            on_press=edge(Edge::Start, Direction::Inward)
                        />
                    </span>
                </div>
                <div class="action-row" role="group" aria-label=model.text(Text::LeftEdge)>
                    <Icon name="edge-end" />
                    <span class="action-row-name">{model.text(Text::LeftEdge)}</span>
                    <kbd>"["</kbd>
                    <span class="button-group" dir="rtl">
                        <IconButton
                            icon="edge-earlier"
                            name=text(Text::ShrinkEnd)
                            on_press=edge(Edge::End, Direction::Inward)
                        />
                        <IconButton
                            icon="edge-later"
                            name=text(Text::ExtendEnd)
                            tip_at_end=true
                            on_press=edge(Edge::End, Direction::Outward)
                        />
                    </span>
                </div>
                <button
                    type="button"
                    class="action-row"
                    on:mousedown=|event| event.prevent_default()
                    on:click=run(Command::CyclePrefix)
                >
                    <Icon name="clitic" />
                    <span class="action-row-name">{model.text(Text::Peel)}</span>
                    <kbd>"C"</kbd>
                </button>
                <button
                    type="button"
                    class="action-row"
                    data-testid="label-all"
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| label_all(model)
                >
                    <Icon name="everywhere" />
                    <span class="action-row-name">{model.text(Text::LabelAll)}</span>
                    <kbd>"R"</kbd>
                </button>
            </div>
        </section>
    }
}

/// The other label that the extractor thought of, to be taken.
#[component]
fn Other(other: Alternative) -> impl IntoView {
    let model = use_model();
    let Alternative { label, confidence } = other;
    let percent = percent(confidence);
    let name = {
        let label = label.clone();
        move || {
            let name = model.with(|state| name_of(state.schema(), &label, model.language.get()));
            model.language.get().fill(Text::Alternative, &[("label", &name)])
        }
    };
    view! {
        <button
            type="button"
            class="action-row"
            data-testid="alternative"
            aria-keyshortcuts="V"
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| model.run(Command::TakeAlternative)
        >
            <span class="label-chip" data-label=label.to_string() lang="en">
                {label.to_string()}
            </span>
            <span class="action-row-name">{name}</span>
            <span class="count">{format!("{percent}%")}</span>
            <kbd>"V"</kbd>
        </button>
    }
}
