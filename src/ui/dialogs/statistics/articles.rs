//! Spans, actions and time by article.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::chart::{BarChart, Legend, Row};
use super::{Card, FIRST_ROWS, More, duration};
use crate::app::{Command, Phrase, ReviewText};
use crate::quality::statistics::{ArticleCount, Statistics};
use crate::ui::model::use_model;

/// Where no article took so many milliseconds, time is drawn in seconds; else in minutes.
const IN_SECONDS: u64 = 180_000;

/// A time in a unit, both in milliseconds.
fn rounded(time: u64, unit: u64) -> usize {
    usize::try_from((time + unit / 2) / unit).unwrap_or(usize::MAX)
}

/// A chart under its title, whose element has the id.
fn chart(
    id: &'static str,
    title: impl Phrase + Send + Sync + 'static,
    rows: Signal<Vec<Row>>,
) -> impl IntoView {
    view! {
        <div>
            <h4 class="chart-title" id=id>
                {use_model().text(title)}
            </h4>
            <BarChart title=id rows />
        </div>
    }
}

#[component]
pub(super) fn Articles(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let shown = RwSignal::new(FIRST_ROWS);
    let total = statistics.articles.len();
    let bars = |parts: fn(&ArticleCount) -> Vec<(usize, &'static str)>| {
        let statistics = Arc::clone(&statistics);
        Signal::derive(move || {
            let articles = statistics.articles.iter().take(shown.get());
            articles.map(|article| Row::new(article.title.as_str(), &parts(article))).collect::<Vec<_>>()
        })
    };
    let spans = bars(|article| vec![(article.confirmed, "confirmed"), (article.suggested, "open")]);
    let actions = bars(|article| vec![(article.work.actions, "actions")]);
    let longest = statistics.articles.iter().map(|article| article.work.time).max().unwrap_or(0);
    let (time_title, time) = if longest < IN_SECONDS {
        (ReviewText::ChartSeconds, bars(|article| vec![(rounded(article.work.time, 1_000), "time")]))
    } else {
        (ReviewText::ChartMinutes, bars(|article| vec![(rounded(article.work.time, 60_000), "time")]))
    };
    let rows = move || {
        let articles = statistics.articles.iter().take(shown.get());
        let row = |article: &ArticleCount| {
            let (id, work) = (article.id.clone(), article.work);
            let open = move |_| {
                on_close();
                model.run(Command::Open(id.clone()));
            };
            view! {
                <tr>
                    <th scope="row">
                        <button type="button" class="statistics-open" on:click=open>
                            <bdi lang="ar">{article.title.clone()}</bdi>
                        </button>
                    </th>
                    <td>{article.confirmed}</td>
                    <td>{article.suggested}</td>
                    <td>{work.actions}</td>
                    <td>{move || if work.actions == 0 { "–".to_owned() } else { duration(model, work.time) }}</td>
                </tr>
            }
        };
        articles.map(row).collect_view()
    };
    view! {
        <Card title=ReviewText::StatisticsByArticle testid="statistics-articles" broad=true>
            <Legend kinds=vec![("confirmed", ReviewText::StatisticsConfirmed), ("open", ReviewText::StatisticsSuggested)] />
            <div class="chart-columns">
                {chart("statistics-spans-title", ReviewText::StatisticsSpans, spans)}
                {chart("statistics-actions-title", ReviewText::StatisticsActions, actions)}
                {chart("statistics-time-title", time_title, time)}
            </div>
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::StatisticsArticle)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsConfirmed)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsSuggested)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsActions)}</th>
                        <th scope="col">{model.text(ReviewText::StatisticsTime)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <More shown total=Signal::stored(total) />
        </Card>
    }
}
