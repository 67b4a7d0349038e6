//! Spans by label.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::bar::Bar;
use super::Card;
use crate::app::Text;
use crate::quality::statistics::Statistics;
use crate::schema::LabelCode;
use crate::ui::labels::name_of;
use crate::ui::model::use_model;

/// A label, as its code on its colour and its name.
#[component]
pub(super) fn LabelName(code: LabelCode) -> impl IntoView {
    let model = use_model();
    let chip = code.to_string();
    let name = move || model.with(|state| name_of(state.schema(), &code, model.language.get()));
    view! {
        <span class="label-chip" data-label=chip.clone() lang="en">
            {chip.clone()}
        </span>
        <span>{name}</span>
    }
}

#[component]
pub(super) fn SpansByLabel() -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let labels = &statistics.labels;
    let full = labels.first().map_or(0, |(_, count)| count.confirmed + count.suggested);
    let rows = labels.iter().map(|(code, count)| {
        view! {
            <tr data-label-row=code.to_string()>
                <th scope="row">
                    <span class="statistics-name">
                        <LabelName code=code.clone() />
                    </span>
                    <Bar
                        parts=vec![(count.confirmed, "confirmed"), (count.suggested, "open")]
                        full
                        label=code.to_string()
                    />
                </th>
                <td>{count.confirmed}</td>
                <td>{count.suggested}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=Text::StatisticsLabels testid="statistics-labels">
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(Text::StatisticsLabel)}</th>
                        <th scope="col">{model.text(Text::StatisticsConfirmed)}</th>
                        <th scope="col">{model.text(Text::StatisticsSuggested)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {(full == 0).then(|| view! { <p class="field-note">{model.text(Text::StatisticsNone)}</p> })}
        </Card>
    }
}
