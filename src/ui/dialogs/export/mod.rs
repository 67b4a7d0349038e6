//! Saving the dataset: as a file of any format, or packed with all that belongs to it.

mod card;
mod dataset;
mod desk;
mod misfits;
mod options;
mod parts;

use leptos::prelude::*;

use self::dataset::DatasetForm;
use self::desk::ExportDesk;
use self::misfits::Misfits;
use self::options::Options;
use super::annotators::bring_back;
use super::tick::noted_tick;
use crate::app::export::{Scope, Summary, in_scope, offered, waiting};
use crate::app::format_text::format_name;
use crate::app::{Counted, Phrase, ReviewCounted, ReviewText};
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::{Icon, Modal, SegmentRole, segment, steer};

/// The word for a dataset where formats have theirs.
const DATASET: &str = "dataset";

#[component]
pub(super) fn ExportDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    // A dataset says how far they agree.
    bring_back(model);
    let desk = ExportDesk::open(model, Callback::new(move |()| on_close()));
    let ExportDesk {
        scope,
        format,
        with_suggestions,
        options,
        as_dataset,
        dataset,
        summary,
        fault,
        saving,
        ..
    } = desk;
    let total = model.memo(|state| state.project.documents().count());
    let documents = model.memo(move |state| in_scope(state, scope.get()).count());
    let waiting = model.memo(move |state| waiting(state, scope.get()));
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
            title=Signal::derive(move || model.text(ReviewText::ExportTitle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body scroll" data-testid="export-dialog">
                <div class="field">
                    <label class="field-label" for="export-format">
                        {model.text(ReviewText::ExportFormat)}
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
                        {model.text(ReviewText::ExportScope)}
                    </span>
                    <div class="segments" role="radiogroup" aria-labelledby="scope-name" on:keydown=|event| steer(&event)>
                        {scope_button(model, scope, Scope::All, ReviewText::ScopeAll, "scope-all")}
                        {scope_button(model, scope, Scope::Done, ReviewText::ScopeDone, "scope-done")}
                        {scope_button(model, scope, Scope::Current, ReviewText::ScopeCurrent, "scope-current")}
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
                        ReviewText::WithSuggestions,
                        Some(ReviewText::WithSuggestionsHint),
                        "export-suggestions",
                    )}
                </Show>
                <div class="balance" data-testid="export-counts" aria-busy=move || summary.with(Option::is_none).to_string()>
                    <section>
                        <h3 class="balance-title">
                            <Icon name="accept" />
                            {model.text(ReviewText::ExportIn)}
                        </h3>
                        <ul class="balance-list">
                            <li>{move || model.count(Counted::ArticlesCounted, documents.get())}</li>
                            <li>{move || model.count(Counted::SpansCounted, counted(|summary| summary.included))}</li>
                            <Show when=move || with_suggestions.get()>
                                <li>{model.text(ReviewText::ExportUnconfirmedIn)}</li>
                            </Show>
                        </ul>
                    </section>
                    <section>
                        <h3 class="balance-title">
                            <Icon name="reject" />
                            {model.text(ReviewText::ExportOut)}
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
                    {model.text(ReviewText::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="export-download"
                    autofocus
                    disabled=move || saving.get() || documents.get() == 0
                    on:click=move |_| desk.save()
                >
                    <Icon name="export" />
                    {model.text(ReviewText::Download)}
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
