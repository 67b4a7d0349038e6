//! A place that was found, in its line of text.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::annotation::Span;
use crate::app::concordance::{Hit, Place, context};
use crate::app::{Command, Selection, Text};
use crate::ui::labels::{origin_icon, origin_text};
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, IconButton};

/// So many bytes of context to either side; more than any screen shows.
const REACH: usize = 160;

#[component]
pub(super) fn HitRow(
    /// The place.
    hit: Hit,
    /// Which places are ticked.
    ticked: RwSignal<HashSet<Place>>,
    /// True if the article's title is needed to know where this is.
    everywhere: Signal<bool>,
    /// Closes the dialog.
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let place = hit.place();
    let (shown, title) = model
        .peek(|state| {
            let document = state.project.document(&place.document)?;
            Some((context(&document.text, place.range, REACH), document.shown_title()))
        })
        .unzip();
    let (before, surface, after) =
        shown.map(|shown| (shown.before, shown.surface, shown.after)).unwrap_or_default();
    let is_ticked = {
        let place = place.clone();
        Memo::new(move |_| ticked.with(|ticked| ticked.contains(&place)))
    };
    let tick = {
        let place = place.clone();
        move |event| {
            let on = event_target_checked(&event);
            ticked.update(|ticked| {
                if on {
                    ticked.insert(place.clone())
                } else {
                    ticked.remove(&place)
                };
            });
        }
    };
    let show = {
        let span = hit.span.as_ref().map(|span| span.id.clone());
        move |_| {
            on_close();
            model.run(Command::Open(place.document.clone()));
            model.run(match span.clone() {
                Some(id) => Command::Focus(id),
                None => Command::Show(Selection { anchor: place.range.start, focus: place.range.end }),
            });
        }
    };
    let name = surface.clone();
    let is_open = hit.is_open().to_string();
    let label = hit.span.as_ref().map(|span| span.label.to_string());
    let chips: Vec<Arc<Span>> = hit.span.into_iter().chain(hit.across).take(3).collect();
    let chip = move |span: Arc<Span>| {
        let origin = span.origin;
        view! {
            <span class="hit-label">
                <span class="label-chip" data-label=span.label.to_string() lang="en">
                    {span.label.to_string()}
                </span>
                <span title=model.text(origin_text(origin))>
                    <Icon name=origin_icon(origin) />
                    <span class="visually-hidden">{model.text(origin_text(origin))}</span>
                </span>
            </span>
        }
    };
    view! {
        <li class="hit" data-testid="hit" data-open=is_open>
            <input
                type="checkbox"
                class="hit-tick"
                prop:checked=is_ticked
                aria-label=move || format!("{}: {name}", model.language.get().text(Text::TickThis))
                on:change=tick
            />
            <p class="hit-line" lang="ar" dir="rtl">
                <span class="hit-before">
                    <span>{before}</span>
                </span>
                <mark class="hit-surface" data-label=label>
                    {surface}
                </mark>
                <span class="hit-after">{after}</span>
            </p>
            <span class="hit-title" dir="auto">
                {move || everywhere.get().then(|| title.clone())}
            </span>
            <span class="hit-labels">{chips.into_iter().map(chip).collect_view()}</span>
            <IconButton
                icon="expand"
                name=Signal::derive(model.text(Text::ShowInText))
                tip_at_end=true
                on_press=show
            />
        </li>
    }
}
