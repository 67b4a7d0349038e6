//! The articles of the project.

use leptos::html;
use leptos::prelude::*;

use super::app::Sheet;
use super::model::{Dialog, use_model};
use super::widgets::{Icon, IconButton, RowWindow, keyed_rows};
use super::{intake, selecting};
use crate::annotation::Status;
use crate::app::view::{ArticleRow, article_rows};
use crate::app::{Command, Counted, Text, status_text};

/// The height of a row in pixels; `panels.css` gives rows this height.
const ROW_HEIGHT: f64 = 84.0;

#[component]
pub(super) fn ArticleList() -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let rows = model.memo(article_rows);
    let window = RowWindow::new(Signal::derive(move || rows.with(Vec::len)), ROW_HEIGHT);
    let shown = move || rows.with(|rows| rows.get(window.rows.get()).unwrap_or_default().to_vec());
    Effect::new(move || {
        let current = rows.with(|rows| rows.iter().position(|row| row.current));
        if let Some(current) = current {
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
        <ol
            class="article-list panel-body scroll"
            data-testid="article-list"
            node_ref=window.scroller
            on:scroll=move |_| window.scrolled()
        >
            <Gap height=Signal::derive(move || window.padding().0) />
            {keyed_rows(shown, ArticleRow::clone, |row| view! { <Row row /> })}
            <Gap height=Signal::derive(move || window.padding().1) />
        </ol>
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

#[component]
fn Row(row: ArticleRow) -> impl IntoView {
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
        <li>
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
                    <span>{model.text(status_text(row.status))}</span>
                    <span class="count">{counts}</span>
                </span>
            </button>
        </li>
    }
}
