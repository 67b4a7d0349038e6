//! The articles of the project.

use leptos::html;
use leptos::prelude::*;

use super::app::Sheet;
use super::model::{Dialog, use_model};
use super::widgets::{Icon, IconButton, RowWindow};
use super::{intake, selecting};
use crate::annotation::{DocumentId, Status};
use crate::app::view::{ArticleFilter, ArticleOrder, ArticleRow, FoldedTitles, article_row, listed_articles};
use crate::app::{Command, Counted, Text, status_text};

/// The height of a row in pixels; `panels.css` gives rows this height.
const ROW_HEIGHT: f64 = 84.0;

/// So many articles need no finding.
const FEW: usize = 4;

#[component]
pub(super) fn ArticleList() -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let filter = RwSignal::new(ArticleFilter::default());
    let titles = model.listing_memo(|| ArticleOrder::Position, FoldedTitles::of);
    let rows = model.listing_memo(
        move || filter.with(|filter| filter.order),
        move |state| {
            let list = |filter: &ArticleFilter, titles: &FoldedTitles| match filter.order {
                ArticleOrder::Disagreement => {
                    model.annotators.with(|loaded| listed_articles(state, filter, titles, loaded))
                }
                _ => listed_articles(state, filter, titles, &[]),
            };
            filter.with(|filter| match filter.has_words() {
                true => titles.with(|titles| list(filter, titles)),
                false => list(filter, &FoldedTitles::default()),
            })
        },
    );
    // Those who were loaded in an earlier visit come back once nothing else is to be read, or sooner where the order asks
    // for them: should the storage go while the page is open, what is in memory is all there is.
    let is_read = model.memo(|state| state.project.is_all_known());
    Effect::new(move || {
        if (is_read.get() || filter.with(|filter| filter.order == ArticleOrder::Disagreement))
            && let Some(dialogs) = model.parts.dialogs.get()
        {
            (dialogs.bring_annotators)(model);
        }
    });
    let is_long = model.memo(|state| state.project.listed().nth(FEW).is_some());
    let current = model.memo(|state| state.current.clone());
    let window = RowWindow::new(Signal::derive(move || rows.with(Vec::len)), ROW_HEIGHT);
    let shown = move || rows.with(|rows| rows.get(window.rows.get()).unwrap_or_default().to_vec());
    Effect::new(move || {
        let place =
            rows.with(|rows| current.with(|current| rows.iter().position(|id| Some(id) == current.as_ref())));
        if let Some(current) = place {
            window.reveal(current);
        }
    });
    view! {
        <header class="panel-head">
            <h2 class="panel-title" id="articles-title">
                {model.text(Text::Articles)}
            </h2>
            <IconButton
                icon="new"
                name=Signal::derive(model.text(Text::NewArticle))
                testid="new-article"
                tip_at_end=true
                on_press=move |_| model.dialog.set(Some(Dialog::NewArticle))
            />
            <IconButton
                icon="open"
                name=Signal::derive(model.text(Text::OpenFiles))
                tip_at_end=true
                on_press=move |_| intake::choose_files()
            />
            <IconButton
                icon="close"
                name=Signal::derive(model.text(Text::Close))
                class="panel-close"
                on_press=move |_| sheet.set(None)
            />
        </header>
        <Show when=move || is_long.get() || filter.with(|filter| !filter.is_open())>
            <Narrow filter titles />
        </Show>
        <ol
            class="article-list panel-body scroll"
            data-testid="article-list"
            node_ref=window.scroller
            on:scroll=move |_| window.scrolled()
        >
            <Gap height=Signal::derive(move || window.padding().0) />
            {window.draw(shown, DocumentId::clone, |id| view! { <Row id /> })}
            <Gap height=Signal::derive(move || window.padding().1) />
        </ol>
        <Show when=move || rows.with(Vec::is_empty)>
            <p class="empty">{model.text(Text::NoArticlesSo)}</p>
        </Show>
    }
}

/// Which articles are listed, and in which order.
#[component]
fn Narrow(filter: RwSignal<ArticleFilter>, titles: Memo<FoldedTitles>) -> impl IntoView {
    let model = use_model();
    let statuses = [Status::New, Status::InProgress, Status::Done, Status::Skipped];
    let status = move |event| {
        let chosen = event_target_value(&event);
        filter.update(|filter| {
            filter.status = statuses.into_iter().find(|status| status.as_str() == chosen);
            filter.flagged = chosen == "flagged";
        });
    };
    let orders =
        [ArticleOrder::Position, ArticleOrder::Doubt, ArticleOrder::Review, ArticleOrder::Disagreement];
    let order_text = |order| match order {
        ArticleOrder::Position => Text::OrderPosition,
        ArticleOrder::Doubt => Text::OrderDoubt,
        ArticleOrder::Review => Text::OrderReview,
        ArticleOrder::Disagreement => Text::OrderDisagreement,
    };
    view! {
        <div class="narrow">
            <div class="search">
                <Icon name="search" />
                <input
                    class="search-input"
                    type="search"
                    dir="auto"
                    data-testid="filter-articles"
                    aria-label=model.text(Text::FilterArticles)
                    placeholder=model.text(Text::FilterArticles)
                    // Ready before the first letter.
                    on:focus=move |_| titles.with_untracked(|_| ())
                    on:input=move |event| filter.update(|filter| filter.words = event_target_value(&event))
                />
            </div>
            <select
                class="select"
                data-testid="filter-status"
                aria-label=model.text(Text::SearchStanding)
                on:change=status
            >
                <option value="">{model.text(Text::StatusAny)}</option>
                {statuses
                    .map(|status| view! { <option value=status.as_str()>{model.text(status_text(status))}</option> })}
                <option value="flagged">{model.text(Text::Flagged)}</option>
            </select>
            <select
                class="select"
                data-testid="order-articles"
                aria-label=model.text(Text::Order)
                on:change=move |event| {
                    let at = event_target_value(&event).parse().unwrap_or(0usize);
                    filter.update(|filter| filter.order = orders.get(at).copied().unwrap_or_default());
                }
            >
                {orders
                    .map(|order| {
                        view! { <option value=(order as usize).to_string()>{model.text(order_text(order))}</option> }
                    })}
            </select>
        </div>
    }
}

/// Stands for rows that are not drawn.
#[component]
pub(super) fn Gap(
    /// Its height, a CSS length.
    height: Signal<String>,
) -> impl IntoView {
    let gap = NodeRef::<html::Li>::new();
    Effect::new(move || {
        let height = height.get();
        if let Some(gap) = gap.get() {
            let element: &web_sys::HtmlElement = &gap;
            // A length written by this page is valid.
            let _ = element.style().set_property("block-size", &height);
            element.set_hidden(height == "0px");
        }
    });
    view! { <li class="gap" aria-hidden="true" node_ref=gap></li> }
}

/// A line of the list, drawn anew when what it says differs.
#[component]
fn Row(id: DocumentId) -> impl IntoView {
    let model = use_model();
    let row = model.memo(move |state| article_row(state, &id));
    view! { <li>{move || row.get().map(|row| view! { <Item row /> })}</li> }
}

#[component]
fn Item(row: ArticleRow) -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let icon = match row.status {
        Status::New => "status-new",
        Status::InProgress => "status-progress",
        Status::Done => "status-done",
        Status::Skipped => "status-skipped",
    };
    let id = row.id.clone();
    let open = move |_| {
        model.run(Command::Open(id.clone()));
        sheet.set(None);
        selecting::focus_text();
    };
    let counts = move || match (row.reading, row.suggested) {
        (Some(percent), _) => model.language.get().fill(Text::Reading, &[("percent", &percent.to_string())]),
        (None, 0) => model.count(Counted::SpansCounted, row.confirmed),
        (None, suggested) => model.count(Counted::ToReviewCounted, suggested),
    };
    view! {
            <button
                type="button"
                class="article-item"
                data-testid="article-item"
                data-id=row.id.as_str().to_owned()
                data-status=row.status.as_str()
                aria-current=row.current.then_some("true")
                on:click=open
            >
                <Icon name=icon class="article-item-state" />
                <span class="article-item-title" lang="ar" dir="auto">
                    {row.title.clone()}
                </span>
                <span class="article-item-meta">
                    {row
                        .flagged
                        .then(|| {
                            view! {
                                <span class="article-item-flag" title=model.text(Text::Flagged)>
                                    <Icon name="flag-up" />
                                    <span class="visually-hidden">{model.text(Text::Flagged)}</span>
                                </span>
                            }
                        })}
                    {row
                        .gold
                        .then(|| {
                            view! {
                                <span class="article-item-gold" data-testid="article-gold">
                                    {model.text(Text::Gold)}
                                </span>
                            }
                        })}
                    <span>{model.text(status_text(row.status))}</span>
                    <span class="count">{counts}</span>
                </span>
            </button>
    }
}
