//! Spans, actions and time by article.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::bar::Bar;
use super::{Card, FIRST_ROWS, More, duration};
use crate::app::{Command, Text};
use crate::quality::statistics::{ArticleCount, Statistics};
use crate::ui::model::use_model;

#[component]
pub(super) fn Articles(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let statistics = expect_context::<Arc<Statistics>>();
    let model = use_model();
    let shown = RwSignal::new(FIRST_ROWS);
    let total = statistics.articles.len();
    let full = statistics.articles.first().map_or(0, ArticleCount::spans);
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
                        <Bar parts=vec![(article.confirmed, "confirmed"), (article.suggested, "open")] full />
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
        <Card title=Text::StatisticsByArticle testid="statistics-articles" broad=true>
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(Text::StatisticsArticle)}</th>
                        <th scope="col">{model.text(Text::StatisticsConfirmed)}</th>
                        <th scope="col">{model.text(Text::StatisticsSuggested)}</th>
                        <th scope="col">{model.text(Text::StatisticsActions)}</th>
                        <th scope="col">{model.text(Text::StatisticsTime)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <More shown total=Signal::stored(total) />
        </Card>
    }
}
