//! All projects: going from one to another, making, naming, copying and deleting them; what the open one says of itself
//! and how it is kept.

mod damaged;
mod open_project;
mod room;
mod row;

pub(super) use damaged::DamagedDialog;

use std::future::Future;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use self::open_project::OpenProject;
use self::room::RoomNote;
use self::row::ProjectRow;
use crate::app::{ReviewCounted, ReviewText, Text};
use crate::project::{ProjectCard, Shelf};
use crate::ui::intake;
use crate::ui::model::{Model, use_model};
use crate::ui::projects::{self, Trouble};
use crate::ui::widgets::{Icon, Modal};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Desk {
    model: Model,
    /// All projects but the open one.
    cards: RwSignal<Vec<ProjectCard>>,
    /// What went wrong last.
    trouble: RwSignal<Option<String>>,
    /// True while something is being done.
    busy: RwSignal<bool>,
    /// The project that was deleted last, and can be brought back at once.
    deleted: RwSignal<Option<ProjectCard>>,
}

impl Desk {
    /// Does something with projects, one thing at a time, and shows the list as it is then.
    fn act<F>(self, deed: F)
    where
        F: Future<Output = Result<(), Trouble>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        self.deleted.set(None);
        spawn_local(async move {
            let outcome = deed.await;
            // The dialog may be closed by now.
            self.busy.try_set(false);
            match outcome {
                Ok(()) => self.refresh().await,
                Err(trouble) => self.complain(&trouble),
            }
        });
    }

    /// Deletes a project, and offers to bring it back.
    fn delete(self, card: ProjectCard) {
        let model = self.model;
        self.act(async move {
            projects::delete(model, card.clone()).await?;
            // Where it was the open one, the dialog has opened anew with another, and knows.
            self.deleted.try_set(Some(card));
            Ok(())
        });
    }

    async fn refresh(self) {
        let listed = projects::list(self.model).await;
        let open = self.model.database.get_value();
        match listed {
            Ok(mut cards) => {
                cards.retain(|card| card.database != open);
                self.cards.try_set(cards);
            }
            Err(trouble) => self.complain(&trouble),
        }
    }

    fn complain(self, trouble: &Trouble) {
        let said = trouble.say(self.model);
        if let Some(said) = self.trouble.try_set(Some(said)).flatten() {
            self.model.say(said);
        }
    }
}

#[component]
pub(super) fn ProjectsDialog(
    /// The project that was deleted when this one was opened in its place.
    deleted: Option<ProjectCard>,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let desk = Desk {
        model,
        cards: RwSignal::new(Vec::new()),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
        deleted: RwSignal::new(deleted),
    };
    provide_context(desk);
    spawn_local(desk.refresh());
    let new_name = RwSignal::new(String::new());
    let create = move || desk.act(projects::create(model, new_name.get_untracked()));
    let on_shelf = move |shelf: Shelf| {
        Memo::new(move |_| {
            desk.cards
                .with(|cards| cards.iter().filter(|card| card.shelf() == shelf).cloned().collect::<Vec<_>>())
        })
    };
    let rows = move |cards: Memo<Vec<ProjectCard>>| {
        view! {
            <ul class="project-list">
                {move || cards.get().into_iter().map(|card| view! { <ProjectRow card /> }).collect_view()}
            </ul>
        }
    };
    let [active, archived, deleted] = [Shelf::Active, Shelf::Archived, Shelf::Deleted].map(on_shelf);
    let put_away = move |cards: Memo<Vec<ProjectCard>>, counted: ReviewCounted, testid: &'static str| {
        view! {
            <Show when=move || cards.with(|cards| !cards.is_empty())>
                <details class="project-shelf" data-testid=testid>
                    <summary>{move || model.count(counted, cards.with(Vec::len))}</summary>
                    {rows(cards)}
                </details>
            </Show>
        }
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::Projects)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div class="dialog-body scroll" data-testid="projects-dialog" aria-busy=move || desk.busy.get().to_string()>
                <OpenProject />
                <div role="alert">
                    {move || {
                        desk.trouble
                            .get()
                            .map(|said| {
                                view! {
                                    <p class="field-error" data-testid="projects-trouble">
                                        <Icon name="error" />
                                        {said}
                                    </p>
                                }
                            })
                    }}
                </div>
                {move || {
                    desk.deleted
                        .get()
                        .map(|card| {
                            let name = projects::name_or_default(model, &card.name);
                            let said = model.language.get().fill(ReviewText::ProjectDeleted, &[("name", &name)]);
                            let database = card.database;
                            view! {
                                <p class="project-undo" role="status">
                                    {said}
                                    <button
                                        type="button"
                                        class="button"
                                        data-testid="project-undo-delete"
                                        on:click=move |_| desk.act(projects::bring_back(database.clone()))
                                    >
                                        <Icon name="undo" flip=true />
                                        {model.text(Text::Undo)}
                                    </button>
                                </p>
                            }
                        })
                }}
                <section class="project-others">
                    <h3 class="project-heading">{model.text(ReviewText::ProjectsOther)}</h3>
                    <form
                        class="project-new"
                        on:submit=move |event| {
                            event.prevent_default();
                            create();
                        }
                    >
                        <input
                            class="input"
                            type="text"
                            dir="auto"
                            data-testid="project-new-name"
                            aria-label=model.text(ReviewText::ProjectNewName)
                            placeholder=model.text(ReviewText::ProjectNewName)
                            prop:value=move || new_name.get()
                            on:input=move |event| new_name.set(event_target_value(&event))
                        />
                        <button type="submit" class="button" data-kind="primary" data-testid="project-create">
                            <Icon name="plus" />
                            {model.text(ReviewText::ProjectCreate)}
                        </button>
                        <button
                            type="button"
                            class="button"
                            data-testid="project-sample"
                            on:click=move |_| desk.act(projects::create_sample(model))
                        >
                            <Icon name="example" />
                            {model.text(Text::ProjectSample)}
                        </button>
                        <button
                            type="button"
                            class="button"
                            data-testid="project-open-file"
                            on:click=move |_| intake::choose_files()
                        >
                            <Icon name="open" />
                            {model.text(ReviewText::ProjectOpenFile)}
                        </button>
                    </form>
                    {rows(active)}
                    {put_away(archived, ReviewCounted::ProjectsArchived, "projects-archived")}
                    {put_away(deleted, ReviewCounted::ProjectsDeleted, "projects-deleted")}
                </section>
                <RoomNote />
            </div>
        </Modal>
    }
}
