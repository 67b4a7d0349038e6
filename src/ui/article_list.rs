//! The articles of the project.

use leptos::html;
use leptos::prelude::*;

use super::app::Sheet;
use super::model::{Dialog, Model, use_model};
use super::widgets::{Icon, IconButton, RowWindow};
use super::{intake, selecting};
use crate::annotation::{DocumentId, Status};
use crate::app::queue::{ArticleFilter, ArticleOrder, FoldedTitles, Queue, STATUSES, listed_articles};
use crate::app::view::{ArticleRow, article_row};
use crate::app::{Command, Counted, ReviewCounted, ReviewText, Text, status_text};

/// The height of a row in pixels; `panels.css` gives rows this height.
const ROW_HEIGHT: f64 = 84.0;

/// So many articles need no finding.
const FEW: usize = 4;

#[component]
pub(super) fn ArticleList() -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let filter = model.memo(|state| ArticleFilter::kept(&state.settings.list));
    let titles = model.listing_memo(FoldedTitles::of);
    let queue = model.memo(|state| (state.queue.number(), state.queue.has_words()));
    let rows = model.listing_memo(move |state| match queue.get() {
        (_, true) => titles.with(|titles| listed_articles(state, titles)),
        (_, false) => listed_articles(state, &FoldedTitles::default()),
    });
    // A project that was opened brings its filter along, and its articles come after it.
    let is_due = model.memo(Queue::is_due);
    Effect::new(move || {
        if is_due.get() {
            order_anew(model, filter.get_untracked());
        }
    });
    // Those who were loaded in an earlier visit come back once nothing else is to be read, or sooner where the order asks
    // for them: should the storage go while the page is open, what is in memory is all there is.
    let is_read = model.memo(|state| state.project.is_all_known());
    let by_disagreement = move || filter.with(|filter| filter.order == ArticleOrder::Disagreement);
    Effect::new(move || {
        if (is_read.get() || by_disagreement())
            && let Some(dialogs) = model.parts.dialogs.get()
        {
            (dialogs.bring_annotators)(model);
        }
    });
    Effect::new(move || {
        model.annotators.track();
        if untrack(by_disagreement) {
            order_anew(model, filter.get_untracked());
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
                name=Signal::derive(model.text(ReviewText::NewArticle))
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
                name=Signal::derive(model.text(ReviewText::Close))
                class="panel-close"
                on_press=move |_| sheet.set(None)
            />
        </header>
        <Show when=move || is_long.get() || !filter.get().is_open() || queue.get().1>
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
            <p class="empty">{model.text(ReviewText::NoArticlesSo)}</p>
        </Show>
    }
}

/// Has the articles of a filter listed, in the order that they have now.
fn order_anew(model: Model, filter: ArticleFilter) {
    let queue =
        model.annotators.with_untracked(|loaded| model.peek(|state| Queue::of(state, filter, loaded)));
    model.run(Command::GoBy(queue));
}

/// Which articles are listed, and in which order.
#[component]
fn Narrow(filter: Memo<ArticleFilter>, titles: Memo<FoldedTitles>) -> impl IntoView {
    let model = use_model();
    let words = model.memo(|state| state.queue.words().to_owned());
    let find = move |event| {
        let words = event_target_value(&event);
        model.run(Command::GoBy(model.peek(|state| state.queue.with_words(words))));
    };
    let choose_status = move |event| {
        let chosen = event_target_value(&event);
        let status = STATUSES.into_iter().find(|status| status.as_str() == chosen);
        let flagged = chosen == "flagged";
        order_anew(model, ArticleFilter { status, flagged, ..filter.get_untracked() });
    };
    let choose_order = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        let order = at.and_then(|at| ArticleOrder::ALL.get(at).copied()).unwrap_or_default();
        order_anew(model, ArticleFilter { order, ..filter.get_untracked() });
    };
    let order_option = move |(at, order): (usize, ArticleOrder)| {
        let text = match order {
            ArticleOrder::Position => ReviewText::OrderPosition,
            ArticleOrder::Doubt => ReviewText::OrderDoubt,
            ArticleOrder::Review => ReviewText::OrderReview,
            ArticleOrder::Disagreement => ReviewText::OrderDisagreement,
        };
        let is_chosen = move || filter.get().order == order;
        view! { <option value=at.to_string() prop:selected=is_chosen>{model.text(text)}</option> }
    };
    let status_option = move |status: Status| {
        let is_chosen = move || filter.get().status == Some(status);
        view! { <option value=status.as_str() prop:selected=is_chosen>{model.text(status_text(status))}</option> }
    };
    let takes_all = move || filter.with(|filter| filter.status.is_none() && !filter.flagged);
    view! {
        <div class="narrow">
            <div class="search">
                <Icon name="search" />
                <input
                    class="search-input"
                    type="search"
                    dir="auto"
                    data-testid="filter-articles"
                    aria-label=model.text(ReviewText::FilterArticles)
                    placeholder=model.text(ReviewText::FilterArticles)
                    // Ready before the first letter.
                    on:focus=move |_| titles.with_untracked(|_| ())
                    prop:value=words
                    on:input=find
                />
            </div>
            <select
                class="select"
                data-testid="filter-status"
                aria-label=model.text(ReviewText::SearchStanding)
                on:change=choose_status
            >
                <option value="" prop:selected=takes_all>{model.text(ReviewText::StatusAny)}</option>
                {STATUSES.map(status_option)}
                <option value="flagged" prop:selected=move || filter.get().flagged>{model.text(ReviewText::Flagged)}</option>
            </select>
            <select
                class="select"
                data-testid="order-articles"
                aria-label=model.text(ReviewText::Order)
                on:change=choose_order
            >
                {ArticleOrder::ALL.into_iter().enumerate().map(order_option).collect_view()}
            </select>
            <Show when=move || !filter.get().is_open()>
                <button
                    type="button"
                    class="link"
                    data-testid="order-anew"
                    on:click=move |_| {
                        order_anew(model, filter.get_untracked());
                        selecting::focus_text();
                    }
                >
                    {model.text(ReviewText::OrderAnew)}
                </button>
            </Show>
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
        (Some(percent), _) => {
            model.language.get().fill(ReviewText::Reading, &[("percent", &percent.to_string())])
        }
        (None, 0) => model.count(Counted::SpansCounted, row.confirmed),
        (None, suggested) => model.count(ReviewCounted::ToReviewCounted, suggested),
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
                                <span class="article-item-flag" title=model.text(ReviewText::Flagged)>
                                    <Icon name="flag-up" />
                                    <span class="visually-hidden">{model.text(ReviewText::Flagged)}</span>
                                </span>
                            }
                        })}
                    {row
                        .gold
                        .then(|| {
                            view! {
                                <span class="article-item-gold" data-testid="article-gold">
                                    {model.text(ReviewText::Gold)}
                                </span>
                            }
                        })}
                    <span>{model.text(status_text(row.status))}</span>
                    <span class="count">{counts}</span>
                </span>
            </button>
    }
}
