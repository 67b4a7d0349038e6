//! How far the work has come, what it took, and what became of suggestions.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::bar::Bar;
use super::{Card, duration, percent};
use crate::annotation::{Origin, Status};
use crate::app::{Text, status_text};
use crate::quality::statistics::Statistics;
use crate::ui::labels::{origin_icon, origin_text};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

#[component]
pub(super) fn Progress() -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let statuses = statistics.statuses;
    let total = statuses.total();
    let row = move |status: Status, icon: &'static str| {
        let count = statuses.of(status);
        view! {
            <tr data-status=status.as_str()>
                <th scope="row">
                    <span class="statistics-name">
                        <Icon name=icon />
                        {model.text(status_text(status))}
                    </span>
                    <Bar parts=vec![(count, status.as_str())] full=total />
                </th>
                <td>{count}</td>
                <td>{percent(count, total)}</td>
            </tr>
        }
    };
    view! {
        <Card title=Text::StatisticsProgress testid="statistics-progress">
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(Text::StatisticsStatus)}</th>
                        <th scope="col">{model.text(Text::StatisticsArticles)}</th>
                        <th scope="col">{model.text(Text::StatisticsShare)}</th>
                    </tr>
                </thead>
                <tbody>
                    {row(Status::Done, "status-done")} {row(Status::InProgress, "status-progress")}
                    {row(Status::New, "status-new")} {row(Status::Skipped, "status-skipped")}
                </tbody>
            </table>
        </Card>
    }
}

#[component]
pub(super) fn Effort() -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let unknown = || "–".to_owned();
    let per_entity = |value: Option<f64>| value.map_or_else(unknown, |value| format!("{value:.1}"));
    let Statistics { total, .. } = *statistics;
    let finished = statistics.per_finished_article();
    let seconds = per_entity(statistics.time_per_entity().map(|time| time / 1000.0));
    let actions = per_entity(statistics.actions_per_entity());
    let row = move |title: Text, value: Signal<String>| {
        view! {
            <tr>
                <th scope="row">{model.text(title)}</th>
                <td>{value}</td>
            </tr>
        }
    };
    let time = Signal::derive(move || duration(model, total.time));
    let median =
        Signal::derive(move || finished.map_or_else(unknown, |finished| duration(model, finished.time)));
    let plain = |value: String| Signal::stored(value);
    view! {
        <Card
            title=Text::StatisticsEffort
            note=Text::StatisticsEffortNote
            testid="statistics-effort"
        >
            <table class="statistics-table">
                <tbody>
                    {row(Text::StatisticsTime, time)} {row(Text::StatisticsActions, plain(total.actions.to_string()))}
                    {row(Text::StatisticsTimePerEntity, plain(seconds))}
                    {row(Text::StatisticsActionsPerEntity, plain(actions))}
                    {row(Text::StatisticsTimePerArticle, median)}
                    {row(
                        Text::StatisticsActionsPerArticle,
                        plain(finished.map_or_else(unknown, |finished| finished.actions.to_string())),
                    )}
                </tbody>
            </table>
        </Card>
    }
}

#[component]
pub(super) fn Origins() -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let counts = statistics.origins;
    let full = [
        counts.accepted,
        counts.corrected,
        counts.rejected,
        counts.manual,
        counts.imported,
        counts.suggested,
    ];
    let full = full.into_iter().max().unwrap_or(0);
    let row = move |title: Text, icon: &'static str, kind: &'static str, count: usize| {
        view! {
            <tr data-origin=kind>
                <th scope="row">
                    <span class="statistics-name">
                        <Icon name=icon />
                        {model.text(title)}
                    </span>
                    <Bar parts=vec![(count, kind)] full />
                </th>
                <td>{count}</td>
            </tr>
        }
    };
    let of =
        move |origin: Origin, count| row(origin_text(origin), origin_icon(origin), origin.as_str(), count);
    let share =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{:.0}%", 100.0 * value));
    let [precision, recall] = [statistics.reviewed.precision(), statistics.reviewed.recall()].map(share);
    let is_known = statistics.reviewed.precision().is_some() || statistics.reviewed.recall().is_some();
    let note = if is_known { Text::StatisticsQualityNote } else { Text::StatisticsNoQuality };
    view! {
        <Card title=Text::StatisticsOrigins testid="statistics-origins">
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(Text::StatisticsOrigin)}</th>
                        <th scope="col">{model.text(Text::StatisticsSpans)}</th>
                    </tr>
                </thead>
                <tbody>
                    {of(Origin::Accepted, counts.accepted)} {of(Origin::Corrected, counts.corrected)}
                    {row(Text::StatisticsRejected, "reject", "rejected", counts.rejected)}
                    {of(Origin::Manual, counts.manual)} {of(Origin::Imported, counts.imported)}
                    {of(Origin::Suggested, counts.suggested)}
                </tbody>
            </table>
            <dl class="statistics-tiles">
                <div>
                    <dt>{model.text(Text::StatisticsPrecision)}</dt>
                    <dd data-testid="statistics-precision">{precision}</dd>
                </div>
                <div>
                    <dt>{model.text(Text::StatisticsRecall)}</dt>
                    <dd data-testid="statistics-recall">{recall}</dd>
                </div>
            </dl>
            <p class="field-note">{model.text(note)}</p>
        </Card>
    }
}
