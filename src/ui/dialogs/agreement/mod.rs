//! How far annotators agree: figures with their intervals, labels, pairs, articles.

mod figures;
mod pair;

use std::sync::Arc;

use leptos::prelude::*;

use self::figures::{articles, figures, labels};
use self::pair::between;
use super::annotators::{Annotators, display_name};
use super::inquiry::{Fault, Inquiry, Waiting};
use super::tick::tick;
use crate::app::panel::voices;
use crate::app::{Counted, ReviewText, Text};
use crate::quality::agreement::{Annotations, Report};
use crate::ui::model::{Dialog, use_model};
use crate::ui::widgets::Modal;
use crate::web::download;
use crate::work::{Crew, Question, Verdict};

#[component]
pub(super) fn AgreementDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let inquiry = Inquiry::new(model);
    let suggestions = RwSignal::new(false);
    let own = model.memo(|state| voices(state, &[]));
    Effect::new(move || {
        let suggestions = suggestions.get();
        let everyone: Vec<Annotations> = own.get().into_iter().chain(model.annotators.get()).collect();
        let (crew, documents) = Crew::of(&everyone);
        inquiry.ask(Question::Agreement { crew, suggestions }, &documents);
    });
    let report = Memo::new(move |_| match inquiry.verdict.get() {
        Some(Verdict::Agreement(report)) => Some(Arc::new(*report)),
        _ => None,
    });
    let shared =
        Memo::new(move |_| report.with(|report| report.as_ref().map_or(0, |report| report.articles)));
    let chosen = RwSignal::new(0usize);
    let save = move |name: &'static str, media_type: &'static str, write: fn(&Report) -> String| {
        let Some(report) = report.get_untracked() else {
            return;
        };
        let language = model.language.get_untracked();
        let said = match download::save(name, media_type, write(&report).as_bytes()) {
            Ok(()) => language.fill(ReviewText::SaidDownloaded, &[("file", name)]),
            Err(error) => language.fill(Text::ExportFailed, &[("problem", &error.to_string())]),
        };
        model.say(said);
    };
    let pairs = move || {
        let report = report.get()?;
        let language = model.language.get();
        let name = |pair: &crate::quality::agreement::PairReport| {
            [&pair.first, &pair.second].map(|name| display_name(name, language)).join(" · ")
        };
        let options = report.pairs.iter().enumerate().map(|(at, pair)| {
            let is_chosen = at == chosen.get_untracked();
            view! { <option value=at.to_string() selected=is_chosen>{name(pair)}</option> }
        });
        (report.pairs.len() > 1).then(|| {
            view! {
                <select
                    class="select"
                    data-testid="agreement-pair"
                    aria-label=model.text(ReviewText::AgreementPair)
                    on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {options.collect_view()}
                </select>
            }
        })
    };
    let body = move || {
        let report = report.get()?;
        if report.articles == 0 {
            let text = model.text(ReviewText::VoicesTooFew);
            return Some(view! { <p class="empty" data-testid="no-agreement">{text}</p> }.into_any());
        }
        let pair = report.pairs.get(chosen.get()).or(report.pairs.first());
        Some(
            view! {
                <div class="statistics-columns">
                    {figures(&report)}
                    {labels(&report)}
                    {pairs}
                    {pair.map(between)}
                    {articles(&report, on_close)}
                </div>
            }
            .into_any(),
        )
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::AgreementTitle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div
                class="dialog-body scroll statistics agreement"
                data-testid="agreement-dialog"
                tabindex="-1"
                autofocus
                aria-busy=move || inquiry.progress.with(Option::is_some).to_string()
            >
                <Annotators />
                <p class="field-note" role="status" data-testid="agreement-shared">
                    {move || {
                        let language = model.language.get();
                        if inquiry.progress.with(Option::is_some) {
                            return language.text(ReviewText::AgreementComparing).to_owned();
                        }
                        let articles = language.count(Counted::ArticlesCounted, shared.get());
                        language.fill(ReviewText::AgreementShared, &[("articles", &articles)])
                    }}
                </p>
                <Waiting inquiry name=ReviewText::AgreementComparing />
                <Fault inquiry text=ReviewText::AgreementFailed />
                {body}
            </div>
            <footer class="dialog-foot adjudication-foot">
                {tick(model, suggestions, ReviewText::AgreementSuggestions, "agreement-suggestions")}
                <span class="editor-gap"></span>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid="agreement-csv"
                    disabled=move || shared.get() == 0
                    on:click=move |_| save("misam-agreement.csv", "text/csv", Report::to_csv)
                >
                    "CSV"
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid="agreement-json"
                    disabled=move || shared.get() == 0
                    on:click=move |_| save("misam-agreement.json", "application/json", Report::to_json)
                >
                    "JSON"
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="agreement-decide"
                    on:click=move |_| model.dialog.set(Some(Dialog::Adjudication))
                >
                    {model.text(ReviewText::AdjudicationTitle)}
                </button>
            </footer>
        </Modal>
    }
}
