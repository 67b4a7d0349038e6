//! The article: its paragraphs with their marks, selection and caret.

use std::collections::HashMap;

use leptos::html;
use leptos::prelude::*;

use super::article_head::ArticleHead;
use super::caret::Caret;
use super::edges::Edges;
use super::model::use_model;
use super::paragraphs::{Marks, Paragraphs, bring_into_view};
use super::selecting;
use super::widgets::keyed_rows;
use crate::annotation::DocumentId;
use crate::app::ReviewText;
use crate::text::{SourceText, runs_leftwards};

/// How often a place is looked for on the screen until it is where it is wanted.
const LOOKS: u8 = 8;

#[component]
pub(super) fn ArticlePane() -> impl IntoView {
    let model = use_model();
    let current = model.memo(|state| state.current.clone());
    let left_at = LeftAt::new_local(HashMap::new());
    view! {
        <ArticleHead />
        // Each in elements of its own: what scrolls would stay where the article before was scrolled to.
        {keyed_rows(
            move || current.get().into_iter().collect(),
            DocumentId::clone,
            move |id| {
                let text = model.peek(|state| state.project.document(&id).map(|document| document.text.clone()));
                text.map(|text| view! { <Article id text left_at /> })
            },
        )}
    }
}

/// How far each article was scrolled when it was left, in pixels.
type LeftAt = StoredValue<HashMap<DocumentId, i32>, LocalStorage>;

#[component]
fn Article(id: DocumentId, text: SourceText, left_at: LeftAt) -> impl IntoView {
    let model = use_model();
    let scroller = NodeRef::<html::Div>::new();
    let article = NodeRef::<html::Div>::new();
    let overlay = NodeRef::<html::Div>::new();
    let painted = RwSignal::new(0u64);
    let paragraphs = Paragraphs::of(&text);
    let is_leftwards = runs_leftwards(text.as_str());

    let pressed = selecting::Pressed::new(None);
    let by_touch = RwSignal::new(false);
    let edges = Edges::new(article, overlay, text.clone());
    edges.listen();
    selecting::listen(article, text.clone(), painted, pressed, by_touch, edges);

    // An article starts at its top, or where it was left, with the keyboard in it.
    let place = left_at.with_value(|places| places.get(&id).copied().unwrap_or(0));
    Effect::new(move || {
        if let (Some(scroller), Some(article)) = (scroller.get(), article.get()) {
            paragraphs.enter(&article, &scroller, painted);
            if place > 0 {
                paragraphs.make_all();
                scroller.set_scroll_top(place);
            }
            painted.update(|count| *count += 1);
            if model.dialog.get_untracked().is_none() {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                // An element with a tabindex takes the focus.
                let _ = article.focus_with_options(&options);
            }
        }
    });

    // Larger letters move everything that lies over the text.
    let scale = model.memo(|state| state.settings.text_scale());
    Effect::new(move |before: Option<f32>| {
        let scale = scale.get();
        if before.is_some_and(|before| before != scale) {
            painted.update(|count| *count += 1);
        }
        scale
    });

    // What the state wants seen is drawn first and then scrolled to.
    Effect::new({
        let text = text.clone();
        move || {
            if let Some(reveal) = model.reveal.get() {
                paragraphs.make_all();
                // By then another article may be on the screen, or another place be wanted: two that are looked for at
                // once would be scrolled to in turn.
                let is_wanted = move || model.reveal.try_get_untracked().flatten() == Some(reveal);
                let shown = move || {
                    is_wanted().then(|| article.try_get_untracked().flatten()).flatten().map(Into::into)
                };
                bring_into_view(shown, text.clone(), reveal.range, LOOKS);
            }
        }
    });

    let keep_place = {
        let id = id.clone();
        move |_| {
            if let Some(scroller) = scroller.get_untracked() {
                left_at.update_value(|places| {
                    places.insert(id.clone(), scroller.scroll_top());
                });
            }
        }
    };
    view! {
        <div
            class="article-scroll scroll"
            node_ref=scroller
            on:scroll=keep_place
        >
            <div class="article-frame">
                <div
                    class="article"
                    id="article"
                    lang=if is_leftwards { "ar" } else { "und" }
                    dir=if is_leftwards { "rtl" } else { "ltr" }
                    data-testid="article"
                    data-document=id.as_str().to_owned()
                    tabindex="0"
                    role="textbox"
                    aria-readonly="true"
                    aria-multiline="true"
                    aria-label=model.text(ReviewText::Article)
                    node_ref=article
                ></div>
                <Marks id=id.clone() text=text.clone() paragraphs painted pressed />
                <Caret article overlay text=text.clone() painted by_touch edges />
            </div>
        </div>
    }
}
