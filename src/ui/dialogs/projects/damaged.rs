//! A project file that is not whole: what is wrong with it, and what can be had of it.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::intake::NoteKind;
use crate::app::{Counted, ReviewText};
use crate::ui::model::use_model;
use crate::ui::projects::{self, DamagedFile};
use crate::ui::widgets::{Icon, Modal};

#[component]
pub(in crate::ui::dialogs) fn DamagedDialog(
    file: StoredValue<DamagedFile>,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let DamagedFile { name, unpacked } = file.get_value();
    let found = unpacked.project.as_ref().map(|project| project.documents.len());
    let project = StoredValue::new(unpacked.project);
    let trouble = RwSignal::new(None::<String>);
    let open = move |_| {
        let Some(project) = project.try_update_value(Option::take).flatten() else {
            return;
        };
        spawn_local(async move {
            if let Err(reason) = projects::adopt(model, *project).await {
                trouble.try_set(Some(reason.say(model)));
            }
        });
    };
    let notes = move || {
        let language = model.language.get();
        let rows = unpacked.notes.iter().map(|note| {
            let (kind, word) = match note.kind {
                NoteKind::Refused => ("error", ReviewText::ImportRefused),
                NoteKind::Repaired => ("warning", ReviewText::ImportRepaired),
                NoteKind::Noted => ("warning", ReviewText::ImportNoted),
            };
            view! {
                <tr>
                    <td>
                        <span class="report-kind" data-kind=kind>
                            {language.text(word)}
                        </span>
                    </td>
                    <td>
                        <code class="report-place" dir="ltr">
                            {note.place.clone()}
                        </code>
                    </td>
                    <td>{language.pick(&note.said.en, &note.said.ar).to_owned()}</td>
                </tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <Modal
            title=Signal::derive(move || model.language.get().fill(ReviewText::ProjectDamagedTitle, &[("file", &name)]))
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div class="dialog-body scroll" data-testid="project-damaged">
                <p>
                    {move || match found {
                        Some(found) => {
                            let articles = model.count(Counted::ArticlesCounted, found);
                            model.language.get().fill(ReviewText::ProjectDamaged, &[("articles", &articles)])
                        }
                        None => model.language.get().text(ReviewText::ProjectDamagedWholly).to_owned(),
                    }}
                </p>
                <table class="report">
                    <tbody>{notes}</tbody>
                </table>
                <div role="alert">
                    {move || {
                        trouble
                            .get()
                            .map(|said| {
                                view! {
                                    <p class="field-error">
                                        <Icon name="error" />
                                        {said}
                                    </p>
                                }
                            })
                    }}
                </div>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-kind="quiet" autofocus on:click=move |_| on_close()>
                    {model.text(ReviewText::Close)}
                </button>
                {found
                    .map(|_| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                data-kind="primary"
                                data-testid="project-open-damaged"
                                on:click=open
                            >
                                <Icon name="open" />
                                {model.text(ReviewText::ProjectOpenDamaged)}
                            </button>
                        }
                    })}
            </footer>
        </Modal>
    }
}
