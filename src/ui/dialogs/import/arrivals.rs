//! The articles of a file, each with a tick, its title, its day and the beginning of its text.

use leptos::prelude::*;

use crate::app::intake::{Arrival, Twin};
use crate::app::{Counted, Text};
use crate::text::words;
use crate::ui::model::use_model;

/// So many articles of a file are listed.
const MOST: usize = 40;

/// So much of a text is shown before it is opened, in characters.
const BEGINNING: usize = 160;

/// So much of a text is shown at most, in characters.
const MOST_SHOWN: usize = 20_000;

#[component]
pub(super) fn Arrivals(
    /// The place of the file among those of the import.
    number: usize,
) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let total =
        intake.with_untracked(|intake| intake.files.get(number).map_or(0, |file| file.arrivals.len()));
    let listed = intake.with_untracked(|intake| {
        let arrivals =
            intake.files.get(number).map(|file| file.arrivals.iter().take(MOST).cloned().enumerate());
        arrivals.into_iter().flatten().collect::<Vec<_>>()
    });
    let rows = listed.into_iter().map(|(at, arrival)| view! { <Row number at arrival is_open=total == 1 /> });
    let rows = rows.collect_view();
    let more = total.saturating_sub(MOST);
    view! {
        <ul class="import-articles">{rows}</ul>
        {(more > 0).then(|| view! { <p class="field-note">{move || model.count(Counted::MoreArticlesCounted, more)}</p> })}
    }
}

#[component]
fn Row(number: usize, at: usize, arrival: Arrival, is_open: bool) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let change = move |act: Box<dyn FnOnce(&mut Arrival)>| {
        intake.update(|intake| {
            if let Some(arrival) = intake.files.get_mut(number).and_then(|file| file.arrivals.get_mut(at)) {
                act(arrival);
            }
        });
    };
    // What is shown of the article does not change but by reading the file again; tick and day are the fields' own.
    let date = arrival.date().get(..10).unwrap_or(arrival.date()).to_owned();
    let title = arrival.document.shown_title();
    let text = arrival.document.text.as_str();
    let count = words(text).count();
    let beginning: String = text.chars().take(BEGINNING).collect();
    let whole: String = text.chars().take(MOST_SHOWN).collect();
    let is_taken = arrival.is_taken;
    let name = title.clone();
    view! {
        <li class="import-article">
            <input
                type="checkbox"
                class="import-tick"
                aria-label=name
                prop:checked=is_taken
                on:change=move |event| {
                    let is_taken = event_target_checked(&event);
                    change(Box::new(move |arrival| arrival.is_taken = is_taken));
                }
            />
            <div class="import-article-body">
                <bdi class="import-article-title">{title}</bdi>
                {arrival.twin.clone().map(|twin| view! { <TwinNote twin /> })}
                <details class="import-text" open=is_open>
                    <summary dir="auto">{beginning}</summary>
                    <p class="import-whole scroll" dir="auto" tabindex="0">
                        {whole}
                    </p>
                </details>
            </div>
            <span class="import-article-count">{move || model.count(Counted::WordsCounted, count)}</span>
            <input
                class="input import-article-day"
                type="date"
                aria-label=model.text(Text::ImportDay)
                prop:value=date
                on:change=move |event| {
                    let date = event_target_value(&event);
                    change(Box::new(move |arrival| arrival.set_date(&date)));
                }
            />
        </li>
    }
}

/// The article that says the same, or nearly.
#[component]
fn TwinNote(twin: Twin) -> impl IntoView {
    let model = use_model();
    let words = move || {
        let language = model.language.get();
        if twin.is_same() {
            return language.fill(Text::ImportTwinSame, &[("title", &twin.title)]);
        }
        let share = format!("{:.0}", twin.share * 100.0);
        language.fill(Text::ImportTwinNear, &[("title", &twin.title), ("share", &share)])
    };
    view! {
        <p class="import-twin" data-testid="import-twin">
            {words}
        </p>
    }
}
