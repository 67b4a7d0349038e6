//! Spans by label.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::chart::{BarChart, Legend, Row};
use super::Card;
use crate::app::ReviewText;
use crate::quality::statistics::{LabelCount, Statistics};
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
    let bar = |(code, count): &(LabelCode, LabelCount)| {
        let parts = [(count.confirmed, "confirmed"), (count.suggested, "open")];
        Row::new(code.as_str(), &parts).of_label(code.to_string())
    };
    let bars = Signal::stored(labels.iter().map(bar).collect::<Vec<_>>());
    let is_empty = labels.is_empty();
    let rows = labels.iter().map(|(code, count)| {
        view! {
            <tr data-label-row=code.to_string()>
                <th scope="row">
                    <span class="statistics-name">
                        <LabelName code=code.clone() />
                    </span>
                </th>
                <td>{count.confirmed}</td>
                <td>{count.suggested}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=ReviewText::StatisticsLabels testid="statistics-labels">
            <Legend kinds=vec![("confirmed", ReviewText::StatisticsConfirmed), ("open", ReviewText::StatisticsSuggested)] />
            <BarChart title="statistics-labels-title" rows=bars />
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::StatisticsLabel)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsConfirmed)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsSuggested)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {is_empty.then(|| view! { <p class="field-note">{model.text(ReviewText::StatisticsNone)}</p> })}
        </Card>
    }
}
