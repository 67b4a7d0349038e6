//! The project that is open: what it says of itself, and its file.

use leptos::prelude::*;

use super::super::take_back::{TakeBack, TakeBackNote};
use super::Desk;
use crate::app::{Command, Counted, ReviewText, Text};
use crate::project::About;
use crate::ui::model::use_model;
use crate::ui::projects;
use crate::ui::widgets::Icon;

/// One of the things that a project says of itself.
type Field = fn(&mut About) -> &mut String;

#[component]
pub(super) fn OpenProject() -> impl IntoView {
    let model = use_model();
    let desk = expect_context::<Desk>();
    let about = model.memo(|state| state.about.clone());
    let writable = model.memo(|state| state.writable);
    let articles = model.memo(|state| state.project.listed().count());
    let set = move |field: Field, value: String| {
        let mut changed = model.peek(|state| state.about.clone());
        *field(&mut changed) = value;
        model.run(Command::SetAbout(Box::new(changed)));
    };
    let taken = TakeBack::new();
    let change = move |field: Field, said: ReviewText, value: String| {
        let read = move || model.peek(|state| field(&mut state.about.clone()).clone());
        let before = read();
        set(field, value);
        if read() != before {
            taken.offer(model, said, "", move || set(field, before.clone()));
        }
    };
    let save = move |_| projects::save(model);
    let duplicate = move |_| {
        let database = model.database.get_value();
        desk.act(async move {
            let cards = projects::list(model).await?;
            match cards.into_iter().find(|card| card.database == database) {
                Some(card) => projects::duplicate(model, card).await,
                None => Ok(()),
            }
        });
    };
    let delete = move |_| desk.delete(projects::open_card(model));
    view! {
        <section class="project-open" data-testid="project-open">
            <header class="project-head">
                <h3 class="project-heading">{model.text(ReviewText::ProjectOpenNow)}</h3>
                <span class="count">{move || model.count(Counted::ArticlesCounted, articles.get())}</span>
            </header>
            <div class="project-fields">
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::ProjectName)}</span>
                    <input
                        class="input"
                        type="text"
                        dir="auto"
                        autofocus
                        data-testid="project-name"
                        placeholder=model.text(Text::ProjectUnnamed)
                        disabled=move || !writable.get()
                        prop:value=move || about.with(|about| about.name.clone())
                        on:change=move |event| {
                            let name = event_target_value(&event).trim().to_owned();
                            change(|about| &mut about.name, ReviewText::NameChanged, name);
                        }
                    />
                </label>
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::ProjectAnnotator)}</span>
                    <input
                        class="input"
                        type="text"
                        dir="auto"
                        data-testid="project-annotator"
                        disabled=move || !writable.get()
                        prop:value=move || about.with(|about| about.annotator.clone())
                        on:change=move |event| {
                            let name = event_target_value(&event).trim().to_owned();
                            change(|about| &mut about.annotator, ReviewText::AnnotatorChanged, name);
                        }
                    />
                    <span class="field-note">{model.text(ReviewText::ProjectAnnotatorNote)}</span>
                </label>
            </div>
            <details class="project-guidelines">
                <summary>{model.text(ReviewText::ProjectGuidelines)}</summary>
                <textarea
                    class="textarea"
                    dir="auto"
                    rows="6"
                    data-testid="project-guidelines"
                    aria-label=model.text(ReviewText::ProjectGuidelines)
                    disabled=move || !writable.get()
                    prop:value=move || about.with(|about| about.guidelines.clone())
                    on:change=move |event| {
                        change(
                            |about| &mut about.guidelines,
                            ReviewText::GuidelinesChanged,
                            event_target_value(&event),
                        );
                    }
                ></textarea>
                <p class="field-note">{model.text(ReviewText::ProjectGuidelinesNote)}</p>
            </details>
            <TakeBackNote of=taken />
            <div class="project-actions">
                <button type="button" class="button" data-kind="primary" data-testid="project-save" on:click=save>
                    <Icon name="export" />
                    {model.text(Text::ProjectSaveFile)}
                </button>
                <button type="button" class="button" data-testid="project-duplicate" on:click=duplicate>
                    <Icon name="paste" />
                    {model.text(ReviewText::ProjectDuplicate)}
                </button>
                <button type="button" class="button" data-testid="project-delete" on:click=delete>
                    <Icon name="trash" />
                    {model.text(ReviewText::ProjectDelete)}
                </button>
            </div>
            <p class="field-note">{model.text(ReviewText::ProjectSaveNote)}</p>
        </section>
    }
}
