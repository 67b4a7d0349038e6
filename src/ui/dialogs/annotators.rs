//! Who takes part: the annotators of the project, and those whose files were loaded beside it.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::annotation::{Document, DocumentId};
use crate::app::intake::{Choices, FileEntry, RemarkKind};
use crate::app::panel::{PROJECT, free_name, voices};
use crate::app::{Command, Counted, Language, ReviewText};
use crate::quality::agreement::Annotations;
use crate::ui::errands::ReadFault;
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::{Icon, IconButton};
use crate::web::files;

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
    let input = NodeRef::<html::Input>::new();
    let rows = Memo::new(move |_| {
        let own = model.with(|state| voices(state, &[]));
        let own = own.into_iter().map(|voice| (voice.annotator, voice.documents.len(), None));
        let loaded = model.annotators.get().into_iter().enumerate();
        own.chain(loaded.map(|(at, voice)| (voice.annotator, voice.documents.len(), Some(at))))
            .collect::<Vec<_>>()
    });
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let listed = input.files().map(|list| files::listed(&list)).unwrap_or_default();
        // The same file can be chosen again.
        input.set_value("");
        fault.set(None);
        spawn_local(async move {
            for file in listed {
                if let Err(problem) = load(model, file).await {
                    let _ = fault.try_set(Some(problem));
                }
            }
        });
    };
    let keep = move |at: usize| {
        let Some(voice) =
            model.annotators.try_update(|loaded| (at < loaded.len()).then(|| loaded.remove(at))).flatten()
        else {
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
                                on_press=move |_| keep(at)
                            />
                            <IconButton
                                icon="close"
                                name=Signal::derive(model.text(ReviewText::VoiceRemove))
                                testid="annotator-remove"
                                on_press=move |_| {
                                    model.annotators.update(|loaded| {
                                        if at < loaded.len() {
                                            loaded.remove(at);
                                        }
                                    });
                                }
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
            <button
                type="button"
                class="button"
                data-testid="load-annotator"
                title=model.text(ReviewText::VoiceLoadHint)
                on:click=move |_| {
                    if let Some(input) = input.get_untracked() {
                        input.click();
                    }
                }
            >
                <Icon name="open" />
                {model.text(ReviewText::VoiceLoad)}
            </button>
            <input
                class="visually-hidden"
                type="file"
                multiple
                tabindex="-1"
                aria-label=model.text(ReviewText::VoiceLoad)
                data-testid="annotator-files"
                node_ref=input
                on:change=chosen
            />
            <div role="alert">
                {move || fault.get().map(|fault| view! { <p class="field-error"><Icon name="error" />{fault}</p> })}
            </div>
        </div>
    }
}

/// Loads a file beside the project. Its documents are those of the annotators they name, or else of one who is called
/// like the file.
async fn load(model: Model, file: web_sys::File) -> Result<(), String> {
    let language = model.language.get_untracked();
    let failed = |file: &str, problem: &str| {
        language.fill(ReviewText::VoiceFailed, &[("file", file), ("problem", problem)])
    };
    let name = file.name();
    let entry = FileEntry { name: name.clone(), bytes: file.size() as u64 };
    let asked = model.read_files(vec![(entry, file.into())], Choices::default(), Rc::new(|_| ()));
    let outcome = match asked {
        Some((_, reply)) => reply.await,
        None => Err(ReadFault::BrokeOff(String::new())),
    };
    let (documents, account) = outcome.map_err(|fault| {
        let note = match fault {
            ReadFault::BrokeOff(reason) => RemarkKind::BrokeOff(reason),
            ReadFault::Unreadable | ReadFault::Cancelled => RemarkKind::Unreadable,
        }
        .note(&name);
        failed(&name, language.pick(&note.said.en, &note.said.ar))
    })?;
    let notes: Vec<_> = account.notes.into_iter().flat_map(|group| group.notes).collect();
    if documents.is_empty() {
        let why = notes.first().map(|note| language.pick(&note.said.en, &note.said.ar).to_owned());
        let why = why.unwrap_or_else(|| language.text(ReviewText::VoiceNoDocuments).to_owned());
        return Err(failed(&name, &why));
    }
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    let own = model.peek(|state| voices(state, &[]));
    model.annotators.update(|loaded| {
        let mut taken: Vec<String> =
            own.iter().chain(loaded.iter()).map(|voice| voice.annotator.clone()).collect();
        for voice in Annotations::by_annotator(documents, &stem) {
            let annotator = free_name(&voice.annotator, &taken);
            taken.push(annotator.clone());
            loaded.push(Annotations { annotator, ..voice });
        }
    });
    let shown = name.as_str();
    model.say(language.fill(ReviewText::VoiceLoaded, &[("file", shown)]));
    // What was read in part is said as well.
    let refused = notes.iter().any(|note| note.kind == crate::app::intake::NoteKind::Refused);
    if refused { Err(failed(&name, language.text(ReviewText::VoicePartly))) } else { Ok(()) }
}
