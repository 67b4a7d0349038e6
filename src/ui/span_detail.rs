//! The span that keys act on: what it is, why, and what can be done with it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::app::Sheet;
use super::edge_row::EdgeRow;
use super::frame::after_picture;
use super::keyboard::{KeyCap, change_all, label_all};
use super::labels::{name_of, origin_text};
use super::model::{Aim, use_model};
use super::span_index::Meter;
use super::widgets::{Icon, IconButton, SegmentRole, segment, steer};
use crate::annotation::{Alternative, Origin};
use crate::app::view::{SpanRow, span_row};
use crate::app::{Action, Among, Command, Heading, ReviewText, State, Text, percent, reason_text};
use crate::schema::LabelCode;
use crate::text::motion::{Edge, Unit};

/// What is shown of the active span.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    row: SpanRow,
    position: usize,
    total: usize,
}

/// The detail. It comes with the first span that is taken up and stays, out of sight while there is none, for building
/// it takes longer than an edit: only what differs is written anew.
#[component]
pub(super) fn SpanDetail() -> impl IntoView {
    let model = use_model();
    let active = model.memo(|state| {
        let (document, span) = state.document().zip(state.active_span())?;
        let position = state.shown_position(&span.id, false)? + 1;
        Some(Shown { row: span_row(document, span)?, position, total: state.shown_count(false) })
    });
    let is_wanted = Memo::new(move |_| active.with(Option::is_some));
    let is_there = RwSignal::new(false);
    // The mark is drawn first: laying the panel out takes as long as everything else an edit does.
    Effect::new(move || match is_wanted.get() {
        true => after_picture(move || {
            if let Some(wanted) = is_wanted.try_get_untracked() {
                is_there.set(wanted);
                let active = model.peek(|state| state.active_span().map(|span| span.range));
                if let Some(range) = active.filter(|_| wanted && takes_room()) {
                    model.bring(range);
                }
            }
        }),
        false => is_there.set(false),
    });
    let has_come = Memo::new(move |before: Option<&bool>| before == Some(&true) || is_wanted.get());
    // What is out of sight need not be written.
    let shown =
        Memo::new(move |before: Option<&Option<Shown>>| active.get().or_else(|| before.cloned().flatten()));
    view! {
        <Show when=move || has_come.get()>
            <Detail shown is_there />
        </Show>
    }
}

/// True in windows so narrow that the panel takes its room from the text (style/layout.css): what was tapped may then be
/// out of sight.
fn takes_room() -> bool {
    window().match_media("(max-width: 44.99rem)").ok().flatten().is_some_and(|query| query.matches())
}

#[component]
fn Detail(
    /// The active span, or the one that was active last.
    shown: Memo<Option<Shown>>,
    /// True if there is an active one, and it has been drawn.
    is_there: RwSignal<bool>,
) -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let of = move |look: fn(&Shown) -> String| {
        Memo::new(move |_| shown.with(|shown| shown.as_ref().map(look)).unwrap_or_default())
    };
    let label = of(|shown| shown.row.span.label.to_string());
    let surface = of(|shown| shown.row.surface.clone());
    let place = of(|shown| format!("{} / {}", shown.position, shown.total));
    let clean = of(|shown| shown.row.span.normalized.as_deref().unwrap_or_default().to_owned());
    let reason = of(|shown| shown.row.span.reason.as_deref().unwrap_or_default().to_owned());
    let origin = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|shown| shown.row.span.origin)));
    let confidence = Memo::new(move |_| shown.with(|shown| shown.as_ref()?.row.span.confidence.map(percent)));
    let alternative = Memo::new(move |_| shown.with(|shown| shown.as_ref()?.row.span.alternative.clone()));
    let is_suggestion = move || origin.get() == Some(Origin::Suggested);
    let name = move || {
        let language = model.language.get();
        let code = label.get();
        LabelCode::new(code).ok().map(|code| model.with(|state| name_of(state.schema(), &code, language)))
    };
    let origin_name = move || origin.get().map(|origin| model.language.get().text(origin_text(origin)));
    let text = move |text| Signal::derive(model.text(text));
    let run = move |command: Command| move |_| model.run(command.clone());
    // Keys have letters by themselves; a finger has no Alt.
    let unit = RwSignal::new(Unit::Word);
    let is_leftwards = model.memo(State::runs_leftwards);
    let edge_row = move |edge| view! { <EdgeRow edge unit is_leftwards=is_leftwards.get() /> };
    let by = move |of: Unit, text: ReviewText, testid: &'static str| {
        segment(SegmentRole::Radio, testid, model.text(text), move || unit.get() == of, move || unit.set(of))
    };
    let characters = move || {
        let ends = shown.with(|shown| shown.as_ref().map(|shown| (shown.row.start, shown.row.end)));
        let (start, end) = ends.unwrap_or_default();
        let ends = [("start", &*start.to_string()), ("end", &*end.to_string())];
        model.language.get().fill(ReviewText::Characters, &ends)
    };
    view! {
        <section
            class="span-detail"
            data-testid="span-detail"
            aria-labelledby="span-detail-title"
            hidden=move || !is_there.get()
        >
            <header class="span-detail-head">
                <span class="label-chip" data-label=label lang="en">
                    {label}
                </span>
                <h2 class="span-detail-label" id="span-detail-title">
                    {name}
                </h2>
                <span class="span-detail-nav">
                    <IconButton
                        icon="previous"
                        flip=true
                        name=Signal::derive(model.text(Text::KeyPreviousSpan))
                        on_press=run(Command::FocusNext(Heading::Previous, Among::Spans))
                    />
                    <span class="count">{place}</span>
                    <IconButton
                        icon="next"
                        flip=true
                        name=Signal::derive(model.text(Text::KeyNextSpan))
                        tip_at_end=true
                        on_press=run(Command::FocusNext(Heading::Next, Among::Spans))
                    />
                    <IconButton
                        icon="close"
                        name=text(ReviewText::Close)
                        class="panel-close"
                        on_press=move |_| {
                            sheet.set(None);
                            model.run(Command::Release);
                        }
                    />
                </span>
            </header>
            <p class="span-detail-surface" lang="ar" dir=move || if is_leftwards.get() { "rtl" } else { "ltr" }>
                {surface}
            </p>
            <dl class="facts">
                <dt>{model.text(ReviewText::OriginName)}</dt>
                <dd>{origin_name}</dd>
                <Show when=move || reason.with(|reason| !reason.is_empty())>
                    <dt>{model.text(ReviewText::Why)}</dt>
                    <dd dir="auto">{move || reason.with(|reason| reason_text::say(reason, model.language.get()))}</dd>
                </Show>
                {move || {
                    confidence
                        .get()
                        .map(|percent| {
                            view! {
                                <dt>{model.text(ReviewText::ConfidenceName)}</dt>
                                <dd>
                                    <Meter percent />
                                    <span class="count">{format!("{percent}%")}</span>
                                </dd>
                            }
                        })
                }}
                <Show when=move || clean.with(|clean| !clean.is_empty())>
                    <dt>{model.text(ReviewText::CleanForm)}</dt>
                    <dd dir="auto">{clean}</dd>
                </Show>
                <dt>{model.text(ReviewText::PlaceName)}</dt>
                <dd class="count">{characters}</dd>
            </dl>
            <div class="span-actions">
                <Show when=is_suggestion>
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        on:mousedown=|event| event.prevent_default()
                        on:click=run(Command::Accept)
                    >
                        <Icon name="accept" />
                        {model.text(Text::Accept)}
                        <KeyCap action=Action::Accept />
                    </button>
                </Show>
                <button
                    type="button"
                    class="button"
                    on:mousedown=|event| event.prevent_default()
                    on:click=run(Command::Remove)
                >
                    <Icon name="reject" />
                    {move || {
                        model.language.get().text(if is_suggestion() { Text::Reject } else { Text::Delete })
                    }}
                    <KeyCap action=Action::Remove />
                </button>
            </div>
            <div class="span-actions-more">
                {move || alternative.get().map(|other| view! { <Other other /> })}
                <div class="action-row" role="radiogroup" aria-label=model.text(ReviewText::EdgesBy)>
                    <Icon name="text" />
                    <span class="action-row-name">{model.text(ReviewText::EdgesBy)}</span>
                    <span class="segments" on:mousedown=|event| event.prevent_default() on:keydown=|event| steer(&event)>
                        {by(Unit::Word, ReviewText::EdgesByWord, "edges-by-word")}
                        {by(Unit::Letter, ReviewText::EdgesByLetter, "edges-by-letter")}
                    </span>
                </div>
                {move || [Edge::Start, Edge::End].map(edge_row)}
                <ActionRow icon="clitic" name=Text::Peel action=Action::CyclePrefix testid="peel" on_press=run(Command::CyclePrefix) />
                <ActionRow
                    icon="everywhere"
                    name=Text::LabelAll
                    action=Action::LabelAll
                    testid="label-all"
                    on_press=move |_| label_all(model)
                />
                <ActionRow
                    icon="edit"
                    name=Text::RelabelAll
                    action=Action::RelabelAll
                    testid="relabel-all"
                    on_press=move |_| change_all(model, Aim::Relabel)
                />
                <ActionRow
                    icon="reject"
                    name=Text::RemoveAll
                    action=Action::RemoveAll
                    testid="remove-all"
                    on_press=move |_| change_all(model, Aim::Remove)
                />
            </div>
        </section>
    }
}

/// Something that can be done with the span, and its key. It does not take the focus from the text when it is clicked.
#[component]
fn ActionRow(
    /// The symbol's id in the sprite, without `icon-`.
    icon: &'static str,
    name: Text,
    /// What its key asks for.
    action: Action,
    testid: &'static str,
    on_press: impl Fn(MouseEvent) + 'static,
) -> impl IntoView {
    let model = use_model();
    view! {
        <button
            type="button"
            class="action-row"
            data-testid=testid
            on:mousedown=|event| event.prevent_default()
            on:click=on_press
        >
            <Icon name=icon />
            <span class="action-row-name">{model.text(name)}</span>
            <KeyCap action />
        </button>
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
            model.language.get().fill(ReviewText::Alternative, &[("label", &name)])
        }
    };
    view! {
        <button
            type="button"
            class="action-row"
            data-testid="alternative"
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| model.run(Command::TakeAlternative)
        >
            <span class="label-chip" data-label=label.to_string() lang="en">
                {label.to_string()}
            </span>
            <span class="action-row-name">{name}</span>
            <span class="count">{format!("{percent}%")}</span>
            <KeyCap action=Action::TakeAlternative />
        </button>
    }
}
