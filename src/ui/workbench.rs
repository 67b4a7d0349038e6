//! A project with articles: their list, the open one, its spans.

use leptos::prelude::*;

use super::app::Sheet;
use super::article::ArticlePane;
use super::article_list::ArticleList;
use super::label_bar::LabelBar;
use super::model::use_model;
use super::span_detail::SpanDetail;
use super::span_form::SpanForm;
use super::span_index::SpanIndex;
use crate::app::Text;

/// The panels and the article between them.
pub(super) fn draw() -> AnyView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let open = move |which| move || (sheet.get() == Some(which)).to_string();
    view! {
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
            <div class="span-pane scroll">
                <SpanDetail />
                <SpanForm />
            </div>
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
    }
    .into_any()
}
