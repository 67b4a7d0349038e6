//! Saving the dataset: as a file of any format, or packed with all that belongs to it.

mod card;
mod dataset;
mod misfits;
mod options;
mod parts;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use self::dataset::{Dataset, DatasetForm};
use self::misfits::Misfits;
use self::options::Options;
use super::annotators::bring_back;
use super::tick::noted_tick;
use crate::app::export::{
    Order, Request, Scope, Summary, format_name, in_scope, offered, requested, waiting,
};
use crate::app::{Counted, Phrase, ReviewCounted, ReviewText, Text};
use crate::formats::{Format, WriteOptions};
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::{Icon, Modal, SegmentRole, segment, steer};
use crate::web::download;
use crate::work::JobId;

/// The media type of JSON lines.
const JSONL: &str = "application/x-ndjson";

/// That of a dataset.
const ZIP: &str = "application/zip";

/// The word for a dataset where formats have theirs.
const DATASET: &str = "dataset";

#[component]
pub(super) fn ExportDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    // A dataset says how far they agree.
    bring_back(model);
    let scope = RwSignal::new(Scope::All);
    let format = RwSignal::new(Format::Misam);
    let with_suggestions = RwSignal::new(false);
    let options = RwSignal::new(WriteOptions::default());
    // A dataset is no format: it is several files that belong together.
    let as_dataset = RwSignal::new(false);
    let dataset = Dataset::of(model);
    let fault = RwSignal::new(None::<String>);
    let request = move || Request {
        scope: scope.get(),
        format: format.get(),
        with_suggestions: with_suggestions.get(),
        threshold: model.with(|state| state.settings.threshold),
        options: options.get(),
    };
    let total = model.memo(|state| state.project.documents().count());
    let documents = model.memo(move |state| in_scope(state, scope.get()).count());
    let waiting = model.memo(move |state| waiting(state, scope.get()));
    let summary = RwSignal::new(None::<Summary>);
    let fail = move |problem: &str| {
        let language = model.language.get_untracked();
        fault.set(Some(language.fill(Text::ExportFailed, &[("problem", problem)])));
    };
    // What was asked last. An answer to an earlier question is of no interest any more, and need not be found.
    let question = StoredValue::new(None::<JobId>);
    let ask_no_more = move || {
        if let Some(job) = question.try_update_value(Option::take).flatten() {
            model.give_up(job);
        }
    };
    on_cleanup(ask_no_more);
    let again = RwSignal::new(());
    Effect::new(move || {
        again.track();
        let request = if as_dataset.get() {
            // Records without suggestions, whatever was chosen for a file before.
            Request { format: Format::Misam, with_suggestions: false, ..request() }
        } else {
            request()
        };
        let documents = model.with(|state| requested(state, request.scope));
        ask_no_more();
        let asked = model.begin_file(Order { only_summary: true, ..request.order() }, &documents);
        let Some((job, answer)) = asked else { return };
        question.set_value(Some(job));
        spawn_local(async move {
            let written = answer.await;
            // The dialog may be closed by now.
            if question.try_get_value().flatten() != Some(job) {
                return;
            }
            match written {
                Ok(written) => summary.set(Some(written.summary)),
                Err(problem) => fail(&problem),
            }
        });
    });
    let saving = RwSignal::new(false);
    let save = move |_| {
        let request = untrack(request);
        let documents = model.peek(|state| requested(state, request.scope));
        saving.set(true);
        fault.set(None);
        // Who wants the file does not wait for what would be in it.
        ask_no_more();
        let packing = as_dataset.get_untracked();
        spawn_local(async move {
            let order = request.order();
            let (name, written) = if packing {
                (dataset::FILE.to_owned(), dataset.pack(documents).await)
            } else {
                let written = model.write_file(order.clone(), documents).await;
                (order.name, written.map(|written| written.file))
            };
            let media_type = if packing { ZIP } else { JSONL };
            let saved = written
                .and_then(|file| download::save(&name, media_type, &file).map_err(|error| error.to_string()));
            // The dialog may be closed by now. What was asked for is saved all the same, and that is said.
            let is_open = saving.try_set(false).is_none();
            match saved {
                Ok(()) => {
                    let language = model.language.get_untracked();
                    model.say(language.fill(ReviewText::SaidDownloaded, &[("file", &name)]));
                    if is_open {
                        on_close();
                    }
                }
                Err(problem) if is_open => {
                    fail(&problem);
                    again.set(());
                }
                Err(problem) => {
                    let language = model.language.get_untracked();
                    model.say(language.fill(Text::ExportFailed, &[("problem", &problem)]));
                }
            }
        });
    };
    let has_gold = model.memo(|state| in_scope(state, Scope::Gold).next().is_some());
    let counted =
        move |count: fn(&Summary) -> usize| summary.with(|summary| summary.as_ref().map_or(0, count));
    let losses = move || {
        let language = model.language.get();
        let said = summary.with(|summary| summary.as_ref().map(|summary| summary.losses.clone()));
        said.unwrap_or_default()
            .into_iter()
            .map(|loss| view! { <li>{language.pick(&loss.en, &loss.ar).to_owned()}</li> })
            .collect_view()
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::ExportTitle)().to_owned())
            close_name=Signal::derive(model.text(Text::Close))
            on_close
        >
            <div class="dialog-body scroll" data-testid="export-dialog">
                <div class="field">
                    <label class="field-label" for="export-format">
                        {model.text(Text::ExportFormat)}
                    </label>
                    <select
                        class="input"
                        id="export-format"
                        data-testid="export-format"
                        on:change=move |event| {
                            let chosen = event_target_value(&event);
                            as_dataset.set(chosen == DATASET);
                            if let Ok(chosen) = chosen.parse() {
                                format.set(chosen);
                            }
                        }
                    >
                        {offered()
                            .map(|format| {
                                view! {
                                    <option value=format.as_str()>
                                        {move || format_name(format, model.language.get())}
                                    </option>
                                }
                            })
                            .collect_view()}
                        <option value=DATASET>{model.text(ReviewText::DatasetFormat)}</option>
                    </select>
                </div>
                <div class="field">
                    <span class="field-label" id="scope-name">
                        {model.text(Text::ExportScope)}
                    </span>
                    <div class="segments" role="radiogroup" aria-labelledby="scope-name" on:keydown=|event| steer(&event)>
                        {scope_button(model, scope, Scope::All, Text::ScopeAll, "scope-all")}
                        {scope_button(model, scope, Scope::Done, Text::ScopeDone, "scope-done")}
                        {scope_button(model, scope, Scope::Current, Text::ScopeCurrent, "scope-current")}
                        {move || has_gold.get().then(|| scope_button(model, scope, Scope::Gold, ReviewText::ScopeGold, "scope-gold"))}
                    </div>
                    {move || {
                        (waiting.get() > 0 && !with_suggestions.get())
                            .then(|| {
                                view! {
                                    <p class="field-note" data-testid="export-waiting">
                                        {model.count(ReviewCounted::ExportWaiting, waiting.get())}
                                    </p>
                                }
                            })
                    }}
                </div>
                {move || {
                    if as_dataset.get() {
                        view! { <DatasetForm dataset scope /> }.into_any()
                    } else {
                        view! { <Options format options /> }.into_any()
                    }
                }}
                <Show when=move || !as_dataset.get()>
                    {noted_tick(
                        model,
                        with_suggestions,
                        Text::WithSuggestions,
                        Some(Text::WithSuggestionsHint),
                        "export-suggestions",
                    )}
                </Show>
                <div class="balance" data-testid="export-counts" aria-busy=move || summary.with(Option::is_none).to_string()>
                    <section>
                        <h3 class="balance-title">
                            <Icon name="accept" />
                            {model.text(Text::ExportIn)}
                        </h3>
                        <ul class="balance-list">
                            <li>{move || model.count(Counted::ArticlesCounted, documents.get())}</li>
                            <li>{move || model.count(Counted::SpansCounted, counted(|summary| summary.included))}</li>
                            <Show when=move || with_suggestions.get()>
                                <li>{model.text(Text::ExportUnconfirmedIn)}</li>
                            </Show>
                        </ul>
                    </section>
                    <section>
                        <h3 class="balance-title">
                            <Icon name="reject" />
                            {model.text(Text::ExportOut)}
                        </h3>
                        <ul class="balance-list">
                            <li>
                                {move || {
                                    model.count(Counted::ArticlesCounted, total.get().saturating_sub(documents.get()))
                                }}
                            </li>
                            <li>{move || model.count(Counted::SuggestionsCounted, counted(|summary| summary.left_out))}</li>
                            {losses}
                        </ul>
                    </section>
                </div>
                {move || {
                    let summary = summary.get().filter(|summary| summary.misfit_count > 0 && !as_dataset.get());
                    summary.map(|summary| view! { <Misfits summary /> })
                }}
                <div role="alert">
                    {move || {
                        fault
                            .get()
                            .map(|fault| {
                                view! {
                                    <p class="field-error">
                                        <Icon name="error" />
                                        {fault}
                                    </p>
                                }
                            })
                    }}
                </div>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-kind="quiet" on:click=move |_| on_close()>
                    {model.text(Text::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="export-download"
                    autofocus
                    disabled=move || saving.get() || documents.get() == 0
                    on:click=save
                >
                    <Icon name="export" />
                    {model.text(Text::Download)}
                </button>
            </footer>
        </Modal>
    }
}

/// The button that chooses a scope.
fn scope_button(
    model: Model,
    scope: RwSignal<Scope>,
    which: Scope,
    text: impl Phrase + Send + Sync + 'static,
    testid: &'static str,
) -> AnyView {
    let is_chosen = move || scope.get() == which;
    segment(SegmentRole::Radio, testid, model.text(text), is_chosen, move || scope.set(which))
}
