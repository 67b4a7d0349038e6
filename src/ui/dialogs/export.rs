//! Saving the dataset.

use leptos::prelude::*;

use crate::app::export::{Request, Scope, balance, export, format_name, offered};
use crate::app::{Counted, State, Text, loss_text};
use crate::formats::{ExportOptions, Format};
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, Modal};
use crate::web::download;

/// The media type of JSON lines.
const JSONL: &str = "application/x-ndjson";

#[component]
pub(super) fn ExportDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let scope = RwSignal::new(Scope::All);
    let format = RwSignal::new(Format::Misam);
    let with_suggestions = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let request = move || Request {
        scope: scope.get(),
        format: format.get(),
        options: ExportOptions { with_suggestions: with_suggestions.get() },
    };
    let balance = Memo::new(move |_| model.with(|state| balance(state, request())));
    let total = model.memo(|state| state.project.documents().count());
    let save = move |_| {
        let written = model.peek(|state| export(state, untrack(request)));
        let saved = written.map_err(|error| error.to_string()).and_then(|file| {
            download::save(&file.name, JSONL, &file.bytes).map_err(|error| error.to_string())?;
            Ok(file.name)
        });
        let language = model.language.get_untracked();
        match saved {
            Ok(name) => {
                model.say(language.fill(Text::SaidDownloaded, &[("file", &name)]));
                on_close();
            }
            Err(problem) => {
                fault.set(Some(language.fill(Text::ExportFailed, &[("problem", &problem)])));
            }
        }
    };
    let segment = move |which: Scope, text: Text| {
        view! {
            <button
                type="button"
                class="segment"
                role="radio"
                aria-checked=move || (scope.get() == which).to_string()
                on:click=move |_| scope.set(which)
            >
                {model.text(text)}
            </button>
        }
    };
    let included = move || balance.with(|balance| balance.counts.included.values().sum::<usize>());
    let left_out = move || balance.with(|balance| balance.counts.left_out.values().sum::<usize>());
    let documents = move || balance.with(|balance| balance.counts.documents);
    let losses = move || {
        let language = model.language.get();
        balance.with(|balance| {
            let said = |state: &State| {
                let losses = balance.losses.iter();
                losses
                    .filter_map(|(loss, count, _)| loss_text::say(loss, count, &state.schema, language))
                    .map(|loss| view! { <li>{loss}</li> })
                    .collect_view()
            };
            model.peek(said)
        })
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
                        autofocus
                        data-testid="export-format"
                        on:change=move |event| {
                            if let Ok(chosen) = event_target_value(&event).parse() {
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
                    </select>
                </div>
                <div class="field">
                    <span class="field-label" id="scope-name">
                        {model.text(Text::ExportScope)}
                    </span>
                    <div class="segments" role="radiogroup" aria-labelledby="scope-name">
                        {segment(Scope::All, Text::ScopeAll)} {segment(Scope::Done, Text::ScopeDone)}
                        {segment(Scope::Current, Text::ScopeCurrent)}
                    </div>
                </div>
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="export-suggestions"
                        prop:checked=move || with_suggestions.get()
                        on:change=move |event| with_suggestions.set(event_target_checked(&event))
                    />
                    <span>
                        {model.text(Text::WithSuggestions)}
                        <span class="check-note">{model.text(Text::WithSuggestionsHint)}</span>
                    </span>
                </label>
                <div class="balance" data-testid="export-counts">
                    <section>
                        <h3 class="balance-title">
                            <Icon name="accept" />
                            {model.text(Text::ExportIn)}
                        </h3>
                        <ul class="balance-list">
                            <li>{move || model.count(Counted::ArticlesCounted, documents())}</li>
                            <li>{move || model.count(Counted::SpansCounted, included())}</li>
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
                                    model.count(Counted::ArticlesCounted, total.get().saturating_sub(documents()))
                                }}
                            </li>
                            <li>{move || model.count(Counted::SuggestionsCounted, left_out())}</li>
                            {losses}
                        </ul>
                    </section>
                </div>
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
                    disabled=move || documents() == 0
                    on:click=save
                >
                    <Icon name="export" />
                    {model.text(Text::Download)}
                </button>
            </footer>
        </Modal>
    }
}
