//! The dataset with everything that belongs to it: what people know about it, how it is parted, whether the articles are
//! in it.

use leptos::prelude::*;

use super::super::tick::{noted_tick, tick};
use super::card::CardEditor;
use super::parts::PartsTable;
use crate::annotation::Document;
use crate::app::export::Scope;
use crate::app::panel::voices;
use crate::app::{Command, ReviewText};
use crate::dataset::{BundleOptions, CardWords, KeptCard, OwnCard, Ratios, RatiosError, SplitOptions};
use crate::ui::model::{Model, use_model};
use crate::work::{Crew, Question, Verdict};

/// What the file is called.
pub(super) const FILE: &str = "misam-dataset.zip";

/// How often documents are drawn for the intervals.
const ROUNDS: usize = 1000;

/// What is chosen about a dataset. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Dataset {
    model: Model,
    words: RwSignal<CardWords>,
    /// The card as somebody has written it.
    pub(super) own_card: RwSignal<Option<OwnCard>>,
    /// True while the card is looked at.
    pub(super) card_is_open: RwSignal<bool>,
    parted: RwSignal<bool>,
    ratios: RwSignal<String>,
    salt: RwSignal<String>,
    without_text: RwSignal<bool>,
    surfaces: RwSignal<bool>,
}

impl Dataset {
    /// What was said of it before is kept with the project.
    pub(super) fn of(model: Model) -> Self {
        let KeptCard { words, own } = model.peek(|state| state.settings.card.clone());
        Self {
            model,
            words: RwSignal::new(words),
            card_is_open: RwSignal::new(own.is_some()),
            own_card: RwSignal::new(own),
            parted: RwSignal::new(true),
            ratios: RwSignal::new("train=80,dev=10,test=10".to_owned()),
            salt: RwSignal::new(String::new()),
            without_text: RwSignal::new(false),
            surfaces: RwSignal::new(false),
        }
    }

    /// Keeps what is said of it with the project.
    pub(super) fn keep(self) {
        let mut settings = self.model.peek(|state| state.settings.clone());
        let card = KeptCard { words: self.words.get_untracked(), own: self.own_card.get_untracked() };
        if settings.card != card {
            settings.card = card;
            self.model.run(Command::Set(settings));
        }
    }

    /// How it is parted; nothing if it is not, or if the shares say nothing.
    pub(super) fn parting(self) -> Option<SplitOptions> {
        let ratios = self.parted.get().then(|| self.ratios.get())?.parse().ok()?;
        Some(SplitOptions { ratios, salt: self.salt.get(), ..SplitOptions::default() })
    }

    /// All that is chosen, but for a card of one's own.
    pub(super) fn options(self) -> Result<BundleOptions, RatiosError> {
        self.ratios.with(|ratios| ratios.parse::<Ratios>())?;
        let mut words = self.words.get();
        let (name, guidelines) =
            self.model.peek(|state| (state.about.name.clone(), state.about.guidelines.clone()));
        if words.title.is_empty() {
            words.title = name;
        }
        Ok(BundleOptions {
            words,
            split: self.parting(),
            without_text: self.without_text.get(),
            surfaces: self.surfaces.get(),
            guidelines: Some(guidelines).filter(|text| !text.is_empty()),
            rounds: ROUNDS,
            seed: 1,
            ..BundleOptions::default()
        })
    }

    /// Has the dataset packed: these documents, and how far those agree who labelled the same articles.
    pub(super) async fn pack(self, documents: Vec<Document>) -> Result<Vec<u8>, String> {
        let language = self.model.language.get_untracked();
        let options = untrack(|| self.options()).map_err(|error| error.to_string())?;
        let card = self.own_card.get_untracked().map(|own| own.text);
        let options = Box::new(BundleOptions { card, ..options });
        let (crew, own, all) = self.everyone(documents);
        let Some((_, reply)) = self.model.review(Question::Dataset { options, crew, own }, &all, |_| {})
        else {
            return Err(language.text(ReviewText::StillOpening).to_owned());
        };
        match reply.await? {
            Verdict::Dataset { file, .. } => Ok(file),
            Verdict::CardFaults(_) => {
                // What is wrong stands beside the card.
                let _ = self.card_is_open.try_set(true);
                Err(language.text(ReviewText::CardRefused).to_owned())
            }
            _ => Err(language.text(ReviewText::StillOpening).to_owned()),
        }
    }

    /// Whose answers the report of agreement is about, how many documents are the dataset, and these with the documents
    /// of all who answered behind them.
    pub(super) fn everyone(self, documents: Vec<Document>) -> (Crew, usize, Vec<Document>) {
        let everyone = self.model.peek(|state| voices(state, &self.model.annotators.get_untracked()));
        let (crew, others) = Crew::of(&everyone);
        let own = documents.len();
        (crew, own, documents.into_iter().chain(others).collect())
    }
}

#[component]
pub(super) fn DatasetForm(dataset: Dataset, scope: RwSignal<Scope>) -> impl IntoView {
    let model = use_model();
    let Dataset { words, parted, ratios, salt, without_text, surfaces, .. } = dataset;
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
                    on:change=move |event| {
                        words.update(|words| set(words, event_target_value(&event)));
                        dataset.keep();
                    }
                />
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
            {noted_tick(
                model,
                parted,
                ReviewText::DatasetParted,
                Some(ReviewText::DatasetPartedNote),
                "dataset-parted",
            )}
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
            {noted_tick(
                model,
                without_text,
                ReviewText::DatasetWithoutText,
                Some(ReviewText::DatasetWithoutTextNote),
                "dataset-without-text",
            )}
            <div hidden=move || !without_text.get()>
                {tick(model, surfaces, ReviewText::DatasetSurfaces, "dataset-surfaces")}
            </div>
            <CardEditor dataset scope />
        </fieldset>
    }
}
