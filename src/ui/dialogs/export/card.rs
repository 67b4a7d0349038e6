//! The card of a dataset: written from the project, and then a person's to change.

use leptos::prelude::*;

use super::super::inquiry::{Fault, Inquiry, Waiting};
use super::dataset::Dataset;
use crate::app::ReviewText;
use crate::app::export::{Scope, requested};
use crate::dataset::{CardFault, CardFaultKind, OwnCard};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;
use crate::work::{Question, Verdict};

/// A card as Misam writes it.
#[derive(Clone, Default, PartialEq)]
struct Written {
    text: String,
    digest: String,
    data: Vec<String>,
}

#[component]
pub(super) fn CardEditor(dataset: Dataset, scope: RwSignal<Scope>) -> impl IntoView {
    let model = use_model();
    let (own, is_open) = (dataset.own_card, dataset.card_is_open);
    let (writing, checking) = (Inquiry::new(model), Inquiry::new(model));
    let options = Memo::new(move |_| is_open.get().then(|| dataset.options().ok()).flatten());
    Effect::new(move || {
        let Some(options) = options.get() else { return };
        let documents = model.peek(|state| requested(state, scope.get()));
        let (crew, own, all) = dataset.everyone(documents);
        writing.ask(Question::Card { options: Box::new(options), crew, own }, &all);
    });
    let written = Memo::new(move |_| match writing.verdict.get() {
        Some(Verdict::Card { text, digest, data }) => Some(Written { text, digest, data }),
        _ => None,
    });
    Effect::new(move || {
        if let (Some(own), Some(written)) = (own.get(), written.get()) {
            checking.ask(Question::CheckCard { card: own.text, data: written.data }, &[]);
        }
    });
    let faults = Memo::new(move |_| match checking.verdict.get() {
        Some(Verdict::CardFaults(faults)) if own.with(Option::is_some) => faults,
        _ => Vec::new(),
    });
    let shown = move || match own.get() {
        Some(own) => own.text,
        None => written.get().unwrap_or_default().text,
    };
    let edit = move |text: String| {
        let written = written.get_untracked().unwrap_or_default();
        // What says what Misam would say is nobody's own.
        own.update(|own| {
            let from = own.take().map_or(written.digest, |own| own.from);
            *own = (text != written.text).then_some(OwnCard { text, from });
        });
        dataset.keep();
    };
    let anew = move |_| {
        own.set(None);
        dataset.keep();
    };
    let is_old = move || {
        let digest = written.with(|written| written.as_ref().map(|written| written.digest.clone()));
        own.with(|own| own.as_ref().is_some_and(|own| digest.is_some_and(|digest| digest != own.from)))
    };
    let fault = move |CardFault { line, kind }: CardFault| {
        let language = model.language.get();
        let filled = |text, name, value: &str| language.fill(text, &[(name, value)]);
        let problem = match &kind {
            CardFaultKind::NoHead => language.text(ReviewText::CardNoHead).to_owned(),
            CardFaultKind::OpenHead => language.text(ReviewText::CardOpenHead).to_owned(),
            CardFaultKind::NoKeys => language.text(ReviewText::CardNoKeys).to_owned(),
            CardFaultKind::Yaml { message } => filled(ReviewText::CardNotYaml, "message", message),
            CardFaultKind::TwiceKey { key } => filled(ReviewText::CardTwiceKey, "key", key),
            CardFaultKind::NoSuchFile { path } => filled(ReviewText::CardNoSuchFile, "path", path),
            CardFaultKind::UnnamedFile { path } => filled(ReviewText::CardUnnamedFile, "path", path),
        };
        let said = language.fill(ReviewText::CardLine, &[("line", &line.to_string()), ("problem", &problem)]);
        view! { <li class="field-error" data-testid="card-fault"><Icon name="error" />{said}</li> }
    };
    view! {
        <details
            class="dataset-card"
            data-testid="dataset-card"
            open=is_open.get_untracked()
            prop:open=move || is_open.get()
            on:toggle=move |event| is_open.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
        >
            <summary>{model.text(ReviewText::CardTitle)}</summary>
            <p class="field-note" id="card-note">
                {model.text(ReviewText::CardNote)}
            </p>
            <Waiting inquiry=writing name=ReviewText::CardWriting />
            <Fault inquiry=writing text=ReviewText::CardFailed />
            <textarea
                class="textarea dataset-card-text"
                dir="ltr"
                rows="14"
                spellcheck="false"
                data-testid="dataset-card-text"
                aria-label=model.text(ReviewText::CardTitle)
                aria-describedby="card-note"
                aria-invalid=move || (!faults.with(Vec::is_empty)).to_string()
                prop:value=shown
                disabled=move || own.with(Option::is_none) && written.with(Option::is_none)
                on:input=move |event| edit(event_target_value(&event))
            ></textarea>
            <ul class="dataset-card-faults" role="status">
                {move || faults.get().into_iter().map(fault).collect_view()}
            </ul>
            <Show when=move || own.with(Option::is_some)>
                <div class="dataset-card-own">
                    <p class="field-note" data-testid="dataset-card-own">
                        {model.text(ReviewText::CardOwn)} " "
                        {move || is_old().then(|| model.text(ReviewText::CardChanged))}
                    </p>
                    <button type="button" class="button" data-testid="dataset-card-anew" on:click=anew>
                        <Icon name="undo" />
                        {model.text(ReviewText::CardAnew)}
                    </button>
                </div>
            </Show>
        </details>
    }
}
