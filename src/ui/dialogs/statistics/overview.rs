//! How far the work has come, what it took, and what became of suggestions.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::chart::{BarChart, Row};
use super::{Card, duration, percent};
use crate::annotation::{Origin, Status};
use crate::app::{ReviewText, status_text};
use crate::quality::statistics::Statistics;
use crate::ui::labels::{origin_icon, origin_text};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

/// What is finished comes first.
const IN_ORDER: [Status; 4] = [Status::Done, Status::InProgress, Status::New, Status::Skipped];

#[component]
pub(super) fn Progress() -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let statuses = statistics.statuses;
    let total = statuses.total();
    let bar = move |status: Status| {
        let name = model.language.get().text(status_text(status));
        Row::new(name, &[(statuses.of(status), status.as_str())])
    };
    let bars = Signal::derive(move || IN_ORDER.map(bar).to_vec());
    let row = move |status: Status| {
        let count = statuses.of(status);
        let icon = match status {
            Status::Done => "status-done",
            Status::InProgress => "status-progress",
            Status::New => "status-new",
            Status::Skipped => "status-skipped",
        };
        view! {
            <tr data-status=status.as_str()>
                <th scope="row">
                    <span class="statistics-name">
                        <Icon name=icon />
                        {model.text(status_text(status))}
                    </span>
                </th>
                <td>{count}</td>
                <td>{percent(count, total)}</td>
            </tr>
        }
    };
    view! {
        <Card title=ReviewText::StatisticsProgress testid="statistics-progress">
            <BarChart title="statistics-progress-title" rows=bars />
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::StatisticsStatus)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsArticles)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsShare)}</th>
                    </tr>
                </thead>
                <tbody>
                    {IN_ORDER.map(row).into_iter().collect_view()}
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
    let row = move |title: ReviewText, value: Signal<String>| {
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
            title=ReviewText::StatisticsEffort
            note=ReviewText::StatisticsEffortNote
            testid="statistics-effort"
        >
            <table class="statistics-table">
                <tbody>
                    {row(ReviewText::StatisticsTime, time)} {row(ReviewText::StatisticsActions, plain(total.actions.to_string()))}
                    {row(ReviewText::StatisticsTimePerEntity, plain(seconds))}
                    {row(ReviewText::StatisticsActionsPerEntity, plain(actions))}
                    {row(ReviewText::StatisticsTimePerArticle, median)}
                    {row(
                        ReviewText::StatisticsActionsPerArticle,
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
    let of = |origin: Origin, count| (origin_text(origin), origin_icon(origin), origin.as_str(), count);
    let origins = [
        of(Origin::Accepted, counts.accepted),
        of(Origin::Corrected, counts.corrected),
        (ReviewText::StatisticsRejected, "reject", "rejected", counts.rejected),
        of(Origin::Manual, counts.manual),
        of(Origin::Imported, counts.imported),
        of(Origin::Suggested, counts.suggested),
    ];
    let bars = Signal::derive(move || {
        let bar = |(title, _, kind, count)| Row::new(model.language.get().text(title), &[(count, kind)]);
        origins.map(bar).to_vec()
    });
    let row = move |(title, icon, kind, count): (ReviewText, &'static str, &'static str, usize)| {
        view! {
            <tr data-origin=kind>
                <th scope="row">
                    <span class="statistics-name">
                        <Icon name=icon />
                        {model.text(title)}
                    </span>
                </th>
                <td>{count}</td>
            </tr>
        }
    };
    let share =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{:.0}%", 100.0 * value));
    let [precision, recall] = [statistics.reviewed.precision(), statistics.reviewed.recall()].map(share);
    let is_known = statistics.reviewed.precision().is_some() || statistics.reviewed.recall().is_some();
    let note = if is_known { ReviewText::StatisticsQualityNote } else { ReviewText::StatisticsNoQuality };
    view! {
        <Card title=ReviewText::StatisticsOrigins testid="statistics-origins">
            <BarChart title="statistics-origins-title" rows=bars />
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::StatisticsOrigin)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsSpans)}</th>
                    </tr>
                </thead>
                <tbody>
                    {origins.map(row).into_iter().collect_view()}
                </tbody>
            </table>
            <dl class="statistics-tiles">
                <div>
                    <dt>{model.text(ReviewText::StatisticsPrecision)}</dt>
                    <dd data-testid="statistics-precision">{precision}</dd>
                </div>
                <div>
                    <dt>{model.text(ReviewText::StatisticsRecall)}</dt>
                    <dd data-testid="statistics-recall">{recall}</dd>
                </div>
            </dl>
            <p class="field-note">{model.text(note)}</p>
        </Card>
    }
}
