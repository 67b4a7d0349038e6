//! Who takes part: the annotators of the project, and those whose files were loaded beside it.

mod keeping;
mod loading;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

pub(super) use self::keeping::bring_back;
use self::keeping::keep;
use self::loading::load;
use super::take_back::{TakeBack, TakeBackNote};
use crate::annotation::{Document, DocumentId};
use crate::app::panel::{PROJECT, voices};
use crate::app::{Command, Counted, Language, ReviewText};
use crate::ui::model::use_model;
use crate::ui::widgets::{FilePicker, Icon, IconButton};

/// What an annotator is called on the page.
pub(super) fn display_name(name: &str, language: Language) -> String {
    match name {
        PROJECT => language.text(ReviewText::VoiceProject).to_owned(),
        crate::app::panel::EXTRACTOR => language.text(ReviewText::VoiceExtractor).to_owned(),
        name => name.to_owned(),
    }
}

/// The annotators with what they bring, and a way to bring others.
#[component]
pub(super) fn Annotators() -> impl IntoView {
    let model = use_model();
    let fault = RwSignal::new(None::<String>);
    let rows = Memo::new(move |_| {
        let own = model.with(|state| voices(state, &[]));
        let own = own.into_iter().map(|voice| (voice.annotator, voice.documents.len(), None));
        let loaded = model.annotators.get().into_iter().enumerate();
        own.chain(loaded.map(|(at, voice)| (voice.annotator, voice.documents.len(), Some(at))))
            .collect::<Vec<_>>()
    });
    let take = move |chosen: Vec<File>| {
        fault.set(None);
        spawn_local(async move {
            for file in chosen {
                if let Err(problem) = load(model, file).await {
                    let _ = fault.try_set(Some(problem));
                }
            }
        });
    };
    bring_back(model);
    let take_out = move |at: usize| {
        let taken = model.annotators.try_update(|loaded| (at < loaded.len()).then(|| loaded.remove(at)));
        keep(model);
        taken.flatten()
    };
    let taken = TakeBack::new();
    let leave_out = move |at: usize| {
        if let Some(voice) = take_out(at) {
            let name = voice.annotator.clone();
            taken.offer(model, ReviewText::VoiceRemoved, &name, move || {
                model.annotators.update(|loaded| loaded.insert(at.min(loaded.len()), voice.clone()));
                keep(model);
            });
        }
    };
    let let_in = move |at: usize| {
        let Some(voice) = take_out(at) else {
            return;
        };
        let name = voice.annotator;
        let named = |document: Document| Document {
            id: DocumentId::new(format!("{}-{name}", document.id)),
            annotator: Some(name.as_str().into()),
            ..document
        };
        model.run(Command::Add(voice.documents.into_iter().map(named).collect()));
    };
    let row = move |(name, documents, loaded): (String, usize, Option<usize>)| {
        view! {
            <li class="annotator" data-testid="annotator">
                <span class="annotator-name" dir="auto">
                    {move || display_name(&name, model.language.get())}
                </span>
                <span class="count">{move || model.count(Counted::ArticlesCounted, documents)}</span>
                {loaded
                    .map(|at| {
                        view! {
                            <IconButton
                                icon="plus"
                                name=Signal::derive(model.text(ReviewText::VoiceKeep))
                                testid="annotator-keep"
                                on_press=move |_| let_in(at)
                            />
                            <IconButton
                                icon="close"
                                name=Signal::derive(model.text(ReviewText::VoiceRemove))
                                testid="annotator-remove"
                                on_press=move |_| leave_out(at)
                            />
                        }
                    })}
            </li>
        }
    };
    view! {
        <div class="annotators">
            <ul class="annotator-list" aria-label=model.text(ReviewText::Voices)>
                {move || rows.get().into_iter().map(row).collect_view()}
            </ul>
            <TakeBackNote of=taken />
            <FilePicker
                name=Signal::derive(model.text(ReviewText::VoiceLoad))
                hint=Signal::derive(model.text(ReviewText::VoiceLoadHint))
                multiple=true
                testid="load-annotator"
                on_choose=take
            />
            <div role="alert">
                {move || fault.get().map(|fault| view! { <p class="field-error"><Icon name="error" />{fault}</p> })}
            </div>
        </div>
    }
}
