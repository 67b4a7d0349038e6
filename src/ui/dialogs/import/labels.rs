//! What becomes of labels that the project does not have.

use leptos::prelude::*;

use crate::app::{Counted, ReviewText};
use crate::formats::LabelFate;
use crate::schema::LabelCode;
use crate::ui::model::use_model;
use crate::ui::widgets::keyed_rows;

/// The value of the choice that leaves spans out; no label is like it.
const LEFT_OUT: &str = " ";

#[component]
pub(super) fn Labels() -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let foreign = Memo::new(move |_| intake.with(|intake| model.with(|state| intake.foreign_labels(state))));
    let rows = move || foreign.get().into_iter().collect::<Vec<_>>();
    view! {
        <Show when=move || foreign.with(|foreign| !foreign.is_empty())>
            <section class="import-labels" data-testid="import-labels">
                <h3 class="import-heading">{model.text(ReviewText::ImportLabels)}</h3>
                <p class="field-note">{model.text(ReviewText::ImportLabelsNote)}</p>
                <table class="report">
                    <tbody>
                        {keyed_rows(
                            rows,
                            |(label, count)| (label.clone(), *count),
                            |(label, count)| view! { <LabelRow label count /> },
                        )}
                    </tbody>
                </table>
            </section>
        </Show>
    }
}

#[component]
fn LabelRow(label: LabelCode, count: usize) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let own: Vec<(String, String, String)> = model.peek(|state| {
        let labels = &state.schema().labels;
        labels
            .iter()
            .map(|def| (def.code.to_string(), def.name.get("en").to_owned(), def.name.get("ar").to_owned()))
            .collect()
    });
    let now = intake.with_untracked(|intake| match intake.fate(&label) {
        None => String::new(),
        Some(LabelFate::LeftOut) => LEFT_OUT.to_owned(),
        Some(LabelFate::Becomes(other)) if *other == label => String::new(),
        Some(LabelFate::Becomes(other)) => other.to_string(),
    });
    let name = label.to_string();
    let title = name.clone();
    let decide = move |event| {
        let chosen = event_target_value(&event);
        let fate = match chosen.as_str() {
            "" => Some(LabelFate::Becomes(label.clone())),
            LEFT_OUT => Some(LabelFate::LeftOut),
            code => LabelCode::new(code).ok().map(LabelFate::Becomes),
        };
        if let Some(fate) = fate {
            intake.update(|intake| {
                intake.mapping.fates.insert(label.to_string(), fate);
            });
        }
    };
    let options = own.into_iter().map(|(code, en, ar)| {
        let shown = code.clone();
        view! {
            <option value=code.clone() selected=code == now>
                {move || format!("{shown} · {}", model.language.get().pick(&en, &ar))}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <tr data-label=name.clone()>
            <td>
                <code class="report-place">{name.clone()}</code>
            </td>
            <td>{move || model.count(Counted::SpansCounted, count)}</td>
            <td>
                <select class="select" aria-label=title on:change=decide>
                    <option value="" selected=now.is_empty()>
                        {model.text(ReviewText::ImportLabelKeep)}
                    </option>
                    <option value=LEFT_OUT selected=now == LEFT_OUT>
                        {model.text(ReviewText::ImportLabelLeaveOut)}
                    </option>
                    {options}
                </select>
            </td>
        </tr>
    }
}
