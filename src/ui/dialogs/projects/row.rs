//! A project that is not open.

use leptos::prelude::*;

use super::Desk;
use crate::app::{Counted, ReviewCounted, ReviewText};
use crate::project::{ProjectCard, Shelf};
use crate::ui::model::use_model;
use crate::ui::projects;
use crate::ui::widgets::{Icon, IconButton};
use crate::web::clock;

#[component]
pub(super) fn ProjectRow(card: ProjectCard) -> impl IntoView {
    let model = use_model();
    let desk = expect_context::<Desk>();
    let shelf = card.shelf();
    let database = StoredValue::new(card.database.clone());
    let stored = StoredValue::new(card.clone());
    let renaming = RwSignal::new(false);
    let ProjectCard { name, articles, finished, changed, created, .. } = card;
    let called = name.clone();
    let shown = Signal::derive(move || projects::name_or_default(model, &called));
    let latest = changed.max(created);
    let when = move || (latest > 0).then(|| clock::say(latest, model.language.get().tag()));
    let counts = move || {
        let total = model.count(Counted::ArticlesCounted, articles);
        let done = model.count(ReviewCounted::ProjectFinished, finished);
        if finished > 0 { format!("{total} · {done}") } else { total }
    };
    let open = move |_| desk.act(projects::go_to_listed(model, database.get_value()));
    let rename = move |wanted: String| {
        renaming.set(false);
        desk.act(projects::rename(model, database.get_value(), wanted.trim().to_owned()));
    };
    let archive = move |archived| desk.act(projects::archive(database.get_value(), archived));
    let tools = move || {
        match shelf {
        Shelf::Deleted => view! {
            <button
                type="button"
                class="button"
                data-testid="project-bring-back"
                on:click=move |_| desk.act(projects::bring_back(database.get_value()))
            >
                <Icon name="undo" flip=true />
                {model.text(ReviewText::ProjectBringBack)}
            </button>
            <button
                type="button"
                class="button"
                data-kind="danger"
                data-testid="project-erase"
                on:click=move |_| desk.act(projects::erase(database.get_value()))
            >
                {model.text(ReviewText::ProjectErase)}
            </button>
        }
        .into_any(),
        Shelf::Active | Shelf::Archived => view! {
            <IconButton
                icon="edit"
                name=Signal::derive(model.text(ReviewText::ProjectRename))
                testid="project-rename"
                on_press=move |_| renaming.set(true)
            />
            <IconButton
                icon="paste"
                name=Signal::derive(model.text(ReviewText::ProjectDuplicate))
                testid="project-duplicate-other"
                on_press=move |_| desk.act(projects::duplicate(model, stored.get_value()))
            />
            <IconButton
                icon=if shelf == Shelf::Archived { "undo" } else { "skip" }
                name=Signal::derive(
                    model.text(if shelf == Shelf::Archived { ReviewText::ProjectTakeUp } else { ReviewText::ProjectArchive }),
                )
                testid="project-archive"
                on_press=move |_| archive(shelf != Shelf::Archived)
            />
            <IconButton
                icon="trash"
                name=Signal::derive(model.text(ReviewText::ProjectDelete))
                testid="project-delete-other"
                tip_at_end=true
                on_press=move |_| desk.delete(stored.get_value())
            />
        }
        .into_any(),
    }
    };
    view! {
        <li class="project-row" data-testid="project-row" data-shelf=format!("{shelf:?}").to_lowercase()>
            <Show
                when=move || renaming.get()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="project-title"
                            data-testid="project-go"
                            disabled=shelf == Shelf::Deleted
                            on:click=open
                        >
                            <bdi class="project-called">{shown}</bdi>
                            <span class="project-counts">{counts}</span>
                            <time class="project-when">{when}</time>
                        </button>
                    }
                }
            >
                <input
                    class="input"
                    type="text"
                    dir="auto"
                    data-testid="project-rename-field"
                    aria-label=model.text(ReviewText::ProjectName)
                    prop:value=stored.with_value(|card| card.name.clone())
                    on:change=move |event| rename(event_target_value(&event))
                />
            </Show>
            <span class="project-tools">{tools}</span>
        </li>
    }
}
