//! A place that was found, in its line of text.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::search_keys;
use crate::annotation::Span;
use crate::app::concordance::{Hit, Place, context};
use crate::app::{Command, ReviewText, Selection};
use crate::text::ByteRange;
use crate::ui::labels::{origin_icon, origin_text};
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::{Icon, IconButton};

/// So many bytes of context to either side; more than any screen shows.
const REACH: usize = 160;

/// Shows a place in its text, with the span that stands there.
pub(super) fn show(model: Model, hit: &Hit) {
    let Place { document, range } = hit.place();
    model.run(Command::Open(document));
    model.run(match &hit.span {
        Some(span) => Command::Focus(span.id.clone()),
        None => Command::Show(Selection { anchor: range.start, focus: range.end }),
    });
}

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
    // Of a name that is longer the words around the place, too.
    let wider = hit.wider().cloned();
    let found = model.peek(|state| {
        let document = state.project.document(&place.document)?;
        let around = wider.as_ref().map(|span| {
            let part =
                |start, end| document.text.slice(ByteRange { start, end }).unwrap_or_default().to_owned();
            (part(span.range.start, place.range.start), part(place.range.end, span.range.end))
        });
        Some((
            context(&document.text, place.range, REACH),
            document.shown_title(),
            around.unwrap_or_default(),
        ))
    });
    let (shown, title, (wider_before, wider_after)) =
        found.map_or_else(Default::default, |(shown, title, around)| (Some(shown), Some(title), around));
    let (before, surface, after) =
        shown.map(|shown| (shown.before, shown.surface, shown.after)).unwrap_or_default();
    let (before, wider_before) = match before.strip_suffix(&*wider_before) {
        Some(rest) => (rest.to_owned(), wider_before),
        None => (before, String::new()),
    };
    let (wider_after, after) = match after.strip_prefix(&*wider_after) {
        Some(rest) => (wider_after.clone(), rest.to_owned()),
        None => (String::new(), after),
    };
    let wider_label = wider.map(|span| span.label.to_string());
    let of_wider = |words: String| {
        let label = wider_label.clone();
        (!words.is_empty()).then(|| view! { <span class="hit-wider" data-label=label>{words}</span> })
    };
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
    let show_in_text = {
        let hit = hit.clone();
        move || {
            on_close();
            show(model, &hit);
        }
    };
    let on_press = {
        let show_in_text = show_in_text.clone();
        move |_| show_in_text()
    };
    // On the row itself; what stands in it has keys of its own.
    let on_key = move |event: KeyboardEvent| {
        if search_keys::is_on_row(&event) && search_keys::is_enter(&event) {
            event.prevent_default();
            show_in_text();
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
        <li class="hit" data-testid="hit" data-open=is_open tabindex="-1" on:keydown=on_key>
            <input
                type="checkbox"
                class="hit-tick"
                prop:checked=is_ticked
                aria-label=move || format!("{}: {name}", model.language.get().text(ReviewText::TickThis))
                on:change=tick
            />
            <p class="hit-line" lang="ar" dir="rtl">
                <span class="hit-before">
                    <span>{before}{of_wider(wider_before)}</span>
                </span>
                <mark class="hit-surface" data-label=label>
                    {surface}
                </mark>
                <span class="hit-after">{of_wider(wider_after)}{after}</span>
            </p>
            <span class="hit-title" dir="auto">
                {move || everywhere.get().then(|| title.clone())}
            </span>
            <span class="hit-labels">{chips.into_iter().map(chip).collect_view()}</span>
            <IconButton
                icon="expand"
                name=Signal::derive(model.text(ReviewText::ShowInText))
                tip_at_end=true
                on_press=on_press
            />
        </li>
    }
}
