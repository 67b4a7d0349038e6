//! The names that are labelled most often.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::bar::Bar;
use super::{Card, FIRST_ROWS, More};
use crate::app::ReviewText;
use crate::quality::statistics::{NameCount, Statistics};
use crate::ui::labels::name_of;
use crate::ui::model::use_model;

#[component]
pub(super) fn Names() -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let shown = RwSignal::new(FIRST_ROWS);
    let only = RwSignal::new(String::new());
    let labels: Vec<_> = statistics.labels.iter().map(|(code, _)| code.clone()).collect();
    let chosen = {
        let statistics = Arc::clone(&statistics);
        Memo::new(move |_| {
            let only = only.get();
            let is_chosen =
                |name: &NameCount| only.is_empty() || name.labels.iter().any(|(label, _)| *label == *only);
            let places = statistics.names.iter().enumerate().filter(|(_, name)| is_chosen(name));
            places.map(|(place, _)| place).collect::<Vec<_>>()
        })
    };
    let total = Signal::derive(move || chosen.with(Vec::len));
    let is_empty = statistics.names.is_empty();
    let rows = move || {
        let chosen = chosen.get();
        let names = chosen.iter().take(shown.get()).filter_map(|&place| statistics.names.get(place));
        let names: Vec<&NameCount> = names.collect();
        let full = names.first().map_or(0, |name| name.spans());
        let row = |name: &NameCount| {
            let label = name.labels.first().map(|(label, _)| label.to_string()).unwrap_or_default();
            let chips = name.labels.iter().map(|(label, _)| {
                view! {
                    <span class="label-chip" data-label=label.to_string() lang="en">
                        {label.to_string()}
                    </span>
                }
            });
            view! {
                <tr>
                    <th scope="row">
                        <span class="statistics-name">
                            <bdi class="statistics-surface" lang="ar">
                                {name.surface.to_string()}
                            </bdi>
                            {chips.collect_view()}
                        </span>
                        <Bar parts=vec![(name.confirmed, "confirmed"), (name.suggested, "open")] full label />
                    </th>
                    <td>{name.spans()}</td>
                    <td>{name.articles}</td>
                </tr>
            }
        };
        names.into_iter().map(row).collect_view()
    };
    let choices = labels.into_iter().map(|code| {
        let value = code.to_string();
        view! {
            <option value=value>
                {move || model.with(|state| name_of(state.schema(), &code, model.language.get()))}
            </option>
        }
    });
    let choices = choices.collect_view();
    view! {
        <Card title=ReviewText::StatisticsNames note=ReviewText::StatisticsNamesNote testid="statistics-names" broad=true>
            <select
                class="select"
                data-testid="statistics-names-label"
                aria-label=model.text(ReviewText::StatisticsLabel)
                on:change=move |event| {
                    shown.set(FIRST_ROWS);
                    only.set(event_target_value(&event));
                }
            >
                <option value="">{model.text(ReviewText::StatisticsAllLabels)}</option>
                {choices}
            </select>
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::StatisticsName)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsCount)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsArticles)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {is_empty.then(|| view! { <p class="field-note">{model.text(ReviewText::StatisticsNone)}</p> })}
            <More shown total />
        </Card>
    }
}
