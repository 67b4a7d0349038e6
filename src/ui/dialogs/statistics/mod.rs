//! The work in numbers.

mod articles;
mod names;
mod overview;
mod pull;
mod spans;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use self::articles::Articles;
use self::names::Names;
use self::overview::{Effort, Origins, Progress};
use self::pull::pull_cards;
use self::spans::SpansByLabel;
use crate::annotation::{DocumentId, Edit};
use crate::app::{ReviewText, Text};
use crate::quality::pull::{Pull, PullCounter};
use crate::quality::statistics::{IDLE_MS, Statistics, Tally, effort};
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::Modal;
use crate::web::{clock, turn};

/// Counting stops to let the page draw after so many milliseconds.
const SLICE_MS: u64 = 8;

/// How often articles are drawn for the interval of what suggestions do.
const ROUNDS: usize = 1000;

/// The work in numbers, and what suggestions did.
type Counts = (Arc<Statistics>, Arc<Pull>);

/// Tables show so many rows at first, and so many more each time.
const FIRST_ROWS: usize = 10;
const MORE_ROWS: usize = 50;

#[component]
pub(super) fn StatisticsDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let counted = RwSignal::new(None::<Counts>);
    count(model, counted);
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::Statistics)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div
                class="dialog-body scroll statistics"
                data-testid="statistics-dialog"
                tabindex="-1"
                autofocus
                aria-busy=move || counted.with(Option::is_none).to_string()
            >
                {move || match counted.get() {
                    None => view! { <p class="field-note">{model.text(ReviewText::StatisticsCounting)}</p> }.into_any(),
                    Some((statistics, pull)) => {
                        provide_context(statistics);
                        view! {
                            <div class="statistics-columns">
                                <Progress />
                                <Effort />
                                <Origins />
                                {pull_cards(&pull)}
                                <SpansByLabel />
                                <Names />
                                <Articles on_close />
                            </div>
                        }
                            .into_any()
                    }
                }}
                <p class="field-note">{model.text(ReviewText::StatisticsLocal)}</p>
            </div>
        </Modal>
    }
}

/// Counts article by article, a few milliseconds at a time, until it is done or nobody waits for it any more.
fn count(model: Model, counted: RwSignal<Option<Counts>>) {
    spawn_local(async move {
        let ids: Vec<DocumentId> =
            model.peek(|state| state.project.documents().map(|document| document.id.clone()).collect());
        let (mut tally, mut pull) = (Tally::default(), PullCounter::default());
        let mut began = clock::now_ms();
        for id in &ids {
            model.peek(|state| {
                if let Some(document) = state.project.document(id) {
                    tally.add(document);
                    pull.add(document);
                }
            });
            if clock::now_ms().saturating_sub(began) >= SLICE_MS {
                turn::next_turn().await;
                if counted.try_get_untracked().is_none() {
                    return;
                }
                began = clock::now_ms();
            }
        }
        let spent = model.peek(|state| {
            let history = state.project.history();
            let edits = history.done().chain(history.undone()).map(|edit| -> &Edit { edit });
            effort(edits, IDLE_MS)
        });
        // The dialog may be closed by now.
        let _ = counted.try_set(Some((Arc::new(tally.finish(&spent)), Arc::new(pull.finish(ROUNDS, 1)))));
    });
}

/// A part of the dialog: what it is about, and its table.
#[component]
fn Card(
    /// Its heading.
    title: ReviewText,
    /// The hook for tests.
    testid: &'static str,
    /// What one should know to read it.
    #[prop(optional)]
    note: Option<ReviewText>,
    /// True if it takes the whole width.
    #[prop(optional)]
    broad: bool,
    /// Its table.
    children: Children,
) -> impl IntoView {
    let model = use_model();
    let id = format!("{testid}-title");
    view! {
        <section
            class="statistics-card"
            data-testid=testid
            data-size=broad.then_some("broad")
            aria-labelledby=id.clone()
        >
            <h3 class="statistics-title" id=id.clone()>
                {model.text(title)}
            </h3>
            {note.map(|note| view! { <p class="field-note">{model.text(note)}</p> })}
            {children()}
        </section>
    }
}

/// The button that shows more rows of a long table.
#[component]
fn More(
    /// How many rows are shown.
    shown: RwSignal<usize>,
    /// How many there are.
    #[prop(into)]
    total: Signal<usize>,
) -> impl IntoView {
    let model = use_model();
    let next = move || total.get().saturating_sub(shown.get()).min(MORE_ROWS);
    view! {
        <Show when=move || { next() > 0 }>
            <button
                type="button"
                class="button"
                data-kind="quiet"
                on:click=move |_| shown.update(|shown| *shown += MORE_ROWS)
            >
                {move || model.count(crate::app::ReviewCounted::StatisticsMore, next())}
            </button>
        </Show>
    }
}

/// A length of time in words: seconds, minutes, hours.
fn duration(model: Model, milliseconds: u64) -> String {
    let seconds = (milliseconds + 500) / 1000;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (h, m, s) = (hours.to_string(), minutes.to_string(), rest.to_string());
    let language = model.language.get();
    match (hours, minutes) {
        (0, 0) => language.fill(ReviewText::DurationSeconds, &[("s", &s)]),
        (0, _) => language.fill(ReviewText::DurationMinutes, &[("m", &m), ("s", &s)]),
        _ => language.fill(ReviewText::DurationHours, &[("h", &h), ("m", &m)]),
    }
}

/// A part of a whole in percent.
fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.0}%", 100.0 * part as f64 / whole as f64) }
}
