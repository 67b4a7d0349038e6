//! The paragraphs of the open article. All of them are in the page as text, so that the browser finds, selects, copies,
//! reads out and prints every word; of a long article only those near the view have their marks, and the browser lays out
//! only what is seen (`content-visibility`, in `style/article.css`).

use std::collections::BTreeSet;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use super::frame;
use super::model::use_model;
use super::painter;
use super::selecting::{self, Pressed};
use super::widgets::keyed_rows;
use crate::annotation::DocumentId;
use crate::app::view;
use crate::text::{Paragraph, SourceText, words};
use crate::web::selection::{self, PARAGRAPH};

/// Articles up to this many words have all their marks from the beginning.
const WHOLE_WORDS: usize = 5_000;

/// How far above and below the view paragraphs have their marks.
const MARGIN: &str = "800px 0px";

/// So many bytes are taken for a line until a paragraph has been laid out.
const BYTES_A_LINE: usize = 130;

/// So many lines have their marks before the browser has told what is near the view.
const FIRST_LINES: usize = 40;

/// The paragraphs of one article. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Paragraphs {
    elements: StoredValue<Vec<HtmlElement>, LocalStorage>,
    is_long: bool,
    /// Those that have their marks.
    marked: RwSignal<BTreeSet<usize>>,
    /// Those near the view, by the browser's account.
    near: StoredValue<BTreeSet<usize>>,
}

impl Paragraphs {
    /// Makes the paragraphs of a text; they are in no page yet.
    pub(super) fn of(text: &SourceText) -> Self {
        let is_long = words(text.as_str()).nth(WHOLE_WORDS).is_some();
        let elements: Vec<_> = text
            .paragraphs()
            .iter()
            .enumerate()
            .filter_map(|(index, &paragraph)| element_of(text, index, paragraph))
            .collect();
        let mut lines = 0;
        let first = text.paragraphs().iter().take_while(|paragraph| {
            let fits = !is_long || lines < FIRST_LINES;
            lines += lines_of(paragraph);
            fits
        });
        let marked: BTreeSet<_> = (0..first.count()).collect();
        Self {
            elements: StoredValue::new_local(elements),
            is_long,
            near: StoredValue::new(marked.clone()),
            marked: RwSignal::new(marked),
        }
    }

    /// Puts the paragraphs into an article's element, and watches which of them come near the view of what scrolls.
    pub(super) fn enter(self, article: &Element, scroller: &Element) {
        let all = document().create_document_fragment();
        self.elements.with_value(|elements| {
            for element in elements {
                // A new node can always be put into a fragment.
                let _ = all.append_child(element);
            }
        });
        article.replace_children_with_node_1(&all);
        if self.is_long {
            let _ = article.toggle_attribute_with_force("data-long", true);
            self.watch(scroller);
            self.mark_all_for_print();
        }
    }

    fn watch(self, scroller: &Element) {
        let told = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            self.near.try_update_value(|near| {
                for entry in entries.iter() {
                    let entry: IntersectionObserverEntry = entry.unchecked_into();
                    let Some(index) = index_of(&entry.target()) else { continue };
                    if entry.is_intersecting() {
                        near.insert(index);
                    } else {
                        near.remove(&index);
                    }
                }
            });
            if let Some(near) = self.near.try_get_value() {
                self.marked.try_set(near);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root(Some(scroller));
        options.set_root_margin(MARGIN);
        let Ok(observer) = IntersectionObserver::new_with_options(told.as_ref().unchecked_ref(), &options)
        else {
            // A browser without it gets all marks.
            self.mark_all();
            return;
        };
        self.elements.with_value(|elements| elements.iter().for_each(|element| observer.observe(element)));
        let kept = StoredValue::new_local((observer, told));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    }

    fn mark_all(self) {
        let count = self.elements.with_value(Vec::len);
        self.marked.set((0..count).collect());
    }

    /// On paper there is no view.
    fn mark_all_for_print(self) {
        let before = window_event_listener_untyped("beforeprint", move |_| self.mark_all());
        let after =
            window_event_listener_untyped("afterprint", move |_| self.marked.set(self.near.get_value()));
        on_cleanup(move || {
            before.remove();
            after.remove();
        });
    }
}

fn element_of(text: &SourceText, index: usize, paragraph: Paragraph) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    element.set_class_name("paragraph");
    // Names and lengths written by this page are valid.
    let _ = element.set_attribute(PARAGRAPH, &index.to_string());
    let lines = lines_of(&paragraph);
    if paragraph.content.is_empty() {
        let _ = element.set_attribute("data-blank", "");
    } else if lines > 1 {
        let _ = element.style().set_property("--lines", &lines.to_string());
    }
    element.set_text_content(text.slice(paragraph.full));
    Some(element)
}

fn lines_of(paragraph: &Paragraph) -> usize {
    paragraph.content.len().div_ceil(BYTES_A_LINE)
}

fn index_of(element: &Element) -> Option<usize> {
    element.get_attribute(PARAGRAPH)?.parse().ok()
}

/// The marks of the paragraphs that have them. Draws into the paragraphs' elements and has none of its own.
#[component]
pub(super) fn Marks(
    id: DocumentId,
    text: SourceText,
    paragraphs: Paragraphs,
    /// Counts what was painted.
    painted: RwSignal<u64>,
    pressed: Pressed,
) -> impl IntoView {
    let marked = move || paragraphs.marked.with(|marked| marked.iter().copied().collect());
    keyed_rows(
        marked,
        |&index| index,
        move |index: usize| view! { <ParagraphMarks id=id.clone() text=text.clone() index paragraphs painted pressed /> },
    )
}

#[component]
fn ParagraphMarks(
    id: DocumentId,
    text: SourceText,
    index: usize,
    paragraphs: Paragraphs,
    painted: RwSignal<u64>,
    pressed: Pressed,
) -> impl IntoView {
    let model = use_model();
    let element = paragraphs.elements.with_value(|elements| elements.get(index).cloned());
    let paragraph = text.paragraphs().get(index).copied();
    let (Some(element), Some(paragraph)) = (element, paragraph) else {
        return;
    };
    let pieces = model.memo(move |state| {
        let document = state.project.document(&id)?;
        let active = state.active.as_ref().filter(|_| state.current.as_ref() == Some(&id));
        Some(view::pieces(document, paragraph, active, &state.settings))
    });
    let plain = {
        let (element, text) = (element.clone(), text.clone());
        move || element.set_text_content(text.slice(paragraph.full))
    };
    Effect::new({
        let element = StoredValue::new_local(element);
        move || {
            let Some(pieces) = pieces.get() else {
                return;
            };
            element.with_value(|element| {
                keep_selection(element, &text, pressed, || painter::paint(element, &text, &pieces));
            });
            painted.update(|count| *count += 1);
        }
    });
    let plain = StoredValue::new_local(plain);
    on_cleanup(move || {
        // Only the paragraph has gone, not the article: its marks would no longer follow the state.
        if paragraphs.marked.try_with_untracked(|marked| !marked.contains(&index)) == Some(true) {
            plain.try_with_value(|plain| plain());
        }
    });
}

/// Paints without moving a selection that a hand holds or that nobody would put right; any other is put right once all
/// is drawn (`selecting`).
fn keep_selection(paragraph: &Element, text: &SourceText, pressed: Pressed, paint: impl FnOnce()) {
    let is_held = pressed.get_value().is_some() || selecting::typing_elsewhere();
    match paragraph.closest(".article").ok().flatten() {
        Some(article) if is_held => {
            selection::Article { element: &article, text }.with_selection_kept(paragraph, paint);
        }
        _ => paint(),
    }
}

/// Scrolls until a range is in the middle part of the view. What comes into view is laid out only then, and is higher
/// than it was taken for, so the place is looked at again until it stays.
pub(super) fn bring_into_view(
    article: impl Fn() -> Option<Element> + Clone + 'static,
    text: SourceText,
    range: crate::text::ByteRange,
    looks: u8,
) {
    let look = {
        let (article, text) = (article.clone(), text.clone());
        move || selecting::way_to(&article()?, &text, range)
    };
    frame::measure_then_place(look, move |(scroller, shift)| {
        scroller.set_scroll_top(scroller.scroll_top() + shift);
        if looks > 1 {
            bring_into_view(article, text, range, looks - 1);
        }
    });
}
