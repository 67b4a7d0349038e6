//! The page as a whole.

use leptos::prelude::*;

use super::article::ArticlePane;
use super::article_list::ArticleList;
use super::dialogs::Dialogs;
use super::intake::{DropTarget, FileInput};
use super::label_bar::LabelBar;
use super::model::Model;
use super::span_detail::SpanDetail;
use super::span_index::SpanIndex;
use super::start::Start;
use super::status::StatusLine;
use super::topbar::{TopBar, Warning};
use super::{keyboard, labels, root, storage};
use crate::app::Text;

/// Which of the side panels is open where there is no room for them beside the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// The list of articles.
    Articles,
    /// The spans.
    Spans,
    /// The tools of the top bar.
    Tools,
}

/// The page.
#[component]
pub(super) fn App() -> impl IntoView {
    let model = Model::new();
    provide_context(model);
    let sheet = RwSignal::new(None::<Sheet>);
    provide_context(sheet);
    root::follow(model);
    labels::style_labels();
    keyboard::listen(model);
    storage::start(model);

    let has_articles = model.memo(|state| state.project.documents().next().is_some());
    let open = move |which| move || (sheet.get() == Some(which)).to_string();
    view! {
        <div
            class="app"
            data-view=move || if has_articles.get() { "work" } else { "start" }
            data-ready=move || model.ready.get().to_string()
        >
            <a class="skip-link" href="#article">
                {model.text(Text::SkipToArticle)}
            </a>
            <TopBar />
            <Warning />
            <Show when=move || model.ready.get() && !has_articles.get()>
                <Start />
            </Show>
            <Show when=move || has_articles.get()>
                <aside class="articles" id="articles" data-open=open(Sheet::Articles) aria-labelledby="articles-title">
                    <ArticleList />
                </aside>
                <main class="workspace" id="workspace">
                    <ArticlePane />
                    <LabelBar />
                </main>
                <aside
                    class="spans"
                    id="spans"
                    data-open=open(Sheet::Spans)
                    aria-label=model.text(Text::Spans)
                >
                    <SpanDetail />
                    <SpanIndex />
                </aside>
                <button
                    type="button"
                    class="scrim"
                    data-open=move || sheet.get().is_some().to_string()
                    aria-label=model.text(Text::Close)
                    tabindex="-1"
                    on:click=move |_| sheet.set(None)
                ></button>
            </Show>
            <StatusLine />
            <Dialogs />
            <FileInput />
            <DropTarget />
        </div>
    }
}
