//! A project with articles: their list, the open one, its spans.

use gloo::timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::app::Sheet;
use super::article::ArticlePane;
use super::article_list::ArticleList;
use super::backup_note::BackupWarning;
use super::day_note::DayNote;
use super::frame::after_picture;
use super::importing;
use super::label_bar::LabelBar;
use super::model::{Model, use_model};
use super::selecting;
use super::span_detail::SpanDetail;
use super::span_form::SpanForm;
use super::span_index::SpanIndex;
use crate::app::{ReviewText, Text};
use crate::web::gathering::Chosen;
use crate::web::offline::Turn;
use crate::web::{launch, offline};

/// The page is kept once nothing is waited for any more, in milliseconds after the workbench is there.
const SETTLE_AFTER: u32 = 2_000;

/// Has the page kept for use without a network, and takes the files it was opened with.
pub(super) fn settle(model: Model) {
    launch::on_files(move |files| importing::take(model, files.into_iter().map(Chosen::from).collect()));
    spawn_local(async move {
        offline::keep(TimeoutFuture::new(SETTLE_AFTER), move |turn| match turn {
            Turn::Waiting(newer) => model.newer.set(Some(newer)),
            Turn::Replaced => model.outdated.set(true),
        })
        .await;
    });
}

/// The panels and the article between them.
pub(super) fn draw() -> AnyView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let open = move |which| move || (sheet.get() == Some(which)).to_string();
    // What can be done with a span stands at the top of its panel, wherever the panel was left at the span before.
    let pane = NodeRef::<html::Div>::new();
    let active = model.memo(|state| state.active_span().map(|span| span.id.clone()));
    Effect::new(move || {
        // Read, not only tracked: a memo that nobody reads never looks for changes.
        active.with(|_| ());
        after_picture(move || {
            // By then a key may have gone to the note.
            let pane = pane.try_get_untracked().flatten().filter(|_| !selecting::typing_elsewhere());
            if let Some(pane) = pane {
                pane.set_scroll_top(0);
            }
        });
    });
    view! {
        <BackupWarning />
        <DayNote />
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
            <div class="span-pane scroll" node_ref=pane>
                <SpanDetail />
                <SpanForm />
            </div>
            <SpanIndex />
        </aside>
        <button
            type="button"
            class="scrim"
            data-open=move || sheet.get().is_some().to_string()
            aria-label=model.text(ReviewText::Close)
            tabindex="-1"
            on:click=move |_| sheet.set(None)
        ></button>
    }
    .into_any()
}
