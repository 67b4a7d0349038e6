//! The dataset with everything that belongs to it: what people know about it, how it is parted, whether the articles are
//! in it.

use leptos::prelude::*;

use super::parts::PartsTable;
use crate::annotation::Document;
use crate::app::ReviewText;
use crate::app::export::Scope;
use crate::app::panel::voices;
use crate::dataset::{BundleOptions, CardWords, Ratios, SplitOptions};
use crate::ui::model::{Model, use_model};
use crate::work::{Crew, Question, Verdict};

/// What the file is called.
pub(super) const FILE: &str = "misam-dataset.zip";

/// How often documents are drawn for the intervals.
const ROUNDS: usize = 1000;

/// What is chosen about a dataset. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Dataset {
    words: RwSignal<CardWords>,
    parted: RwSignal<bool>,
    ratios: RwSignal<String>,
    salt: RwSignal<String>,
    without_text: RwSignal<bool>,
    surfaces: RwSignal<bool>,
}

impl Dataset {
    pub(super) fn new() -> Self {
        Self {
            words: RwSignal::new(CardWords::default()),
            parted: RwSignal::new(true),
            ratios: RwSignal::new("train=80,dev=10,test=10".to_owned()),
            salt: RwSignal::new(String::new()),
            without_text: RwSignal::new(false),
            surfaces: RwSignal::new(false),
        }
    }

    /// How it is parted; nothing if it is not, or if the shares say nothing.
    pub(super) fn parting(self) -> Option<SplitOptions> {
        let ratios = self.parted.get().then(|| self.ratios.get())?.parse().ok()?;
        Some(SplitOptions { ratios, salt: self.salt.get(), ..SplitOptions::default() })
    }

    fn options(self) -> Result<BundleOptions, String> {
        self.ratios.get_untracked().parse::<Ratios>().map_err(|error| error.to_string())?;
        let split = untrack(|| self.parting());
        Ok(BundleOptions {
            words: self.words.get_untracked(),
            split,
            without_text: self.without_text.get_untracked(),
            surfaces: self.surfaces.get_untracked(),
            rounds: ROUNDS,
            seed: 1,
            ..BundleOptions::default()
        })
    }

    /// Has the dataset packed: these documents, and how far those agree who labelled the same articles.
    pub(super) async fn pack(self, model: Model, documents: Vec<Document>) -> Result<Vec<u8>, String> {
        let everyone = model.peek(|state| voices(state, &model.annotators.get_untracked()));
        let (crew, others) = Crew::of(&everyone);
        let own = documents.len();
        let question = Question::Dataset { options: Box::new(self.options()?), crew, own };
        let all: Vec<Document> = documents.into_iter().chain(others).collect();
        let Some((_, reply)) = model.review(question, &all, |_| {}) else {
            return Err(model.language.get_untracked().text(ReviewText::StillOpening).to_owned());
        };
        match reply.await? {
            Verdict::Dataset { file, .. } => Ok(file),
            _ => Err(model.language.get_untracked().text(ReviewText::StillOpening).to_owned()),
        }
    }
}

#[component]
pub(super) fn DatasetForm(dataset: Dataset, scope: RwSignal<Scope>) -> impl IntoView {
    let model = use_model();
    let Dataset { words, parted, ratios, salt, without_text, surfaces } = dataset;
    let field = move |name: ReviewText,
                      testid: &'static str,
                      get: fn(&CardWords) -> &String,
                      set: fn(&mut CardWords, String)| {
        view! {
            <label class="field">
                <span class="field-label">{model.text(name)}</span>
                <input
                    class="input"
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    data-testid=testid
                    prop:value=words.with_untracked(|words| get(words).clone())
                    on:change=move |event| words.update(|words| set(words, event_target_value(&event)))
                />
            </label>
        }
    };
    let check =
        move |name: ReviewText, note: Option<ReviewText>, testid: &'static str, on: RwSignal<bool>| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid=testid
                        prop:checked=move || on.get()
                        on:change=move |event| on.set(event_target_checked(&event))
                    />
                    <span>
                        {model.text(name)}
                        {note.map(|note| view! { <span class="check-note">{model.text(note)}</span> })}
                    </span>
                </label>
            }
        };
    let ratios_fault = move || {
        (parted.get() && ratios.with(|ratios| ratios.parse::<Ratios>().is_err()))
            .then(|| view! { <p class="field-error">{model.text(ReviewText::RatiosWrong)}</p> })
    };
    view! {
        <fieldset class="dataset-form" data-testid="dataset-form">
            <legend class="visually-hidden">{model.text(ReviewText::DatasetFormat)}</legend>
            <p class="field-note">{model.text(ReviewText::DatasetNote)}</p>
            <div class="export-options">
                {field(ReviewText::DatasetTitle, "dataset-title", |w| &w.title, |w, text| w.title = text)}
                {field(ReviewText::DatasetLicence, "dataset-licence", |w| &w.licence, |w, text| w.licence = text)}
                {field(
                    ReviewText::DatasetDescription,
                    "dataset-description",
                    |w| &w.description,
                    |w, text| w.description = text,
                )}
                {field(ReviewText::DatasetSource, "dataset-source", |w| &w.source, |w, text| w.source = text)}
                {field(ReviewText::DatasetCitation, "dataset-citation", |w| &w.citation, |w, text| w.citation = text)}
            </div>
            {check(ReviewText::DatasetParted, Some(ReviewText::DatasetPartedNote), "dataset-parted", parted)}
            <div class="export-options" hidden=move || !parted.get()>
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::DatasetRatios)}</span>
                    <input
                        class="input"
                        type="text"
                        dir="ltr"
                        autocomplete="off"
                        data-testid="dataset-ratios"
                        aria-invalid=move || ratios.with(|ratios| ratios.parse::<Ratios>().is_err()).to_string()
                        prop:value=move || ratios.get()
                        on:input=move |event| ratios.set(event_target_value(&event))
                    />
                    {ratios_fault}
                </label>
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::DatasetSalt)}</span>
                    <input
                        class="input"
                        type="text"
                        dir="auto"
                        autocomplete="off"
                        data-testid="dataset-salt"
                        prop:value=move || salt.get()
                        on:input=move |event| salt.set(event_target_value(&event))
                    />
                </label>
            </div>
            <Show when=move || parted.get()>
                <PartsTable dataset scope />
            </Show>
            {check(
                ReviewText::DatasetWithoutText,
                Some(ReviewText::DatasetWithoutTextNote),
                "dataset-without-text",
                without_text,
            )}
            <div hidden=move || !without_text.get()>
                {check(ReviewText::DatasetSurfaces, None, "dataset-surfaces", surfaces)}
            </div>
        </fieldset>
    }
}
