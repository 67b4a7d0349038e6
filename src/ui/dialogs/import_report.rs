//! What became of loaded files.

use leptos::prelude::*;

use crate::app::intake::NoteKind;
use crate::app::{Counted, Text};
use crate::ui::intake::Report;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, Modal};

#[component]
pub(super) fn ImportDialog(
    report: Report,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let Report { added, intake } = report;
    let [refused, repaired] = [NoteKind::Refused, NoteKind::Repaired].map(|kind| intake.count(kind));
    let item = move |kind: &'static str, icon: &'static str, counted: Counted, number: usize| {
        view! {
            <div class="tally-item" data-kind=kind>
                <span class="tally-number">
                    <Icon name=icon />
                    {number}
                </span>
                <span>{move || model.count(counted, number)}</span>
            </div>
        }
    };
    let tally = view! {
        <div class="tally">
            {item("good", "done", Counted::ImportedCounted, added)}
            {item("warning", "warning", Counted::RepairedCounted, repaired)}
            {item("error", "error", Counted::RefusedCounted, refused)}
        </div>
    };
    let table = move || {
        let language = model.language.get();
        let notes = intake.notes.iter();
        notes
            .map(|note| {
                let (kind, word) = match note.kind {
                    NoteKind::Refused => ("error", Text::ImportRefused),
                    NoteKind::Repaired => ("warning", Text::ImportRepaired),
                    NoteKind::Skipped => ("warning", Text::ImportSkipped),
                    NoteKind::Noted => ("good", Text::ImportNoted),
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
            })
            .collect_view()
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::ImportTitle)().to_owned())
            close_name=Signal::derive(model.text(Text::Close))
            on_close
            wide=true
        >
            <div class="dialog-body scroll" data-testid="import-report">
                {tally}
                <table class="report">
                    <tbody>{table}</tbody>
                </table>
                {(added > 0).then(|| view! { <p class="field-note">{model.text(Text::ImportKept)}</p> })}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-kind="primary" autofocus on:click=move |_| on_close()>
                    {model.text(Text::Close)}
                </button>
            </footer>
        </Modal>
    }
}
