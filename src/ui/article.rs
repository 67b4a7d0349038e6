//! The article: its paragraphs, drawn when they are near the view, with marks, selection and caret.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::article_head::ArticleHead;
use super::caret::Caret;
use super::model::use_model;
use super::widgets::keyed_rows;
use super::{frame, painter, selecting};
use crate::annotation::DocumentId;
use crate::app::Text;
use crate::app::view;
use crate::text::{Paragraph, SourceText, words};
use crate::web::selection;

/// Articles up to this many words are drawn whole.
const WHOLE_WORDS: usize = 5_000;

/// Pixels above and below the view in which paragraphs are drawn.
const MARGIN: f64 = 800.0;

/// What a paragraph's height is taken for until it has been drawn: a line for so many bytes, each so high.
const BYTES_A_LINE: f64 = 130.0;
const LINE_HEIGHT: f64 = 52.0;

#[component]
pub(super) fn ArticlePane() -> impl IntoView {
    let model = use_model();
    let current = model.memo(|state| state.current.clone());
    view! {
        <ArticleHead />
        {move || {
            let id = current.get()?;
            let text = model.peek(|state| state.project.document(&id).map(|document| document.text.clone()))?;
            Some(view! { <Article id text /> })
        }}
    }
}

#[component]
fn Article(id: DocumentId, text: SourceText) -> impl IntoView {
    let model = use_model();
    let scroller = NodeRef::<html::Div>::new();
    let article = NodeRef::<html::Div>::new();
    let painted = RwSignal::new(0u64);
    let window = ParagraphWindow::new(&text);
    let paragraphs = StoredValue::new(text.paragraphs().to_vec());

    let pressed = selecting::Pressed::new(None);
    selecting::listen(article, text.clone(), painted, pressed);

    // A new article starts at its top, with the keyboard in it.
    Effect::new(move || {
        if let (Some(scroller), Some(article)) = (scroller.get(), article.get()) {
            window.scrolled(&scroller);
            if model.dialog.get_untracked().is_none() {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                // An element with a tabindex takes the focus.
                let _ = article.focus_with_options(&options);
            }
        }
    });

    // What the state wants seen is drawn first and then scrolled to.
    Effect::new({
        let text = text.clone();
        move || {
            let Some(reveal) = model.reveal.get() else {
                return;
            };
            let Some(paragraph) = text.paragraph_at(reveal.range.start) else {
                return;
            };
            if let Some(scroller) = scroller.get_untracked() {
                window.reveal(&scroller, paragraph);
            }
            let text = text.clone();
            frame::measure_then_place(
                // By then another article may be on the screen.
                move || selecting::way_to(&article.try_get_untracked()??.into(), &text, reveal.range),
                |(scroller, shift)| scroller.set_scroll_top(scroller.scroll_top() + shift),
            );
        }
    });

    let shown = move || {
        let indices = window.shown.get();
        paragraphs.with_value(|all| {
            indices
                .filter_map(|index| all.get(index).map(|&paragraph| (index, paragraph)))
                .collect::<Vec<_>>()
        })
    };
    let draw = {
        let (id, text) = (id.clone(), text.clone());
        move |(index, paragraph): (usize, Paragraph)| {
            view! { <ParagraphView id=id.clone() text=text.clone() index paragraph window painted pressed /> }
        }
    };
    view! {
        <div
            class="article-scroll scroll"
            node_ref=scroller
            on:scroll=move |_| {
                if let Some(scroller) = scroller.get_untracked() {
                    window.scrolled(&scroller);
                }
            }
        >
            <div class="article-frame">
                <Space height=Signal::derive(move || window.space_above()) />
                <div
                    class="article"
                    id="article"
                    lang="ar"
                    dir="rtl"
                    data-testid="article"
                    data-document=id.as_str().to_owned()
                    tabindex="0"
                    role="textbox"
                    aria-readonly="true"
                    aria-multiline="true"
                    aria-label=model.text(Text::Article)
                    node_ref=article
                >
                    {keyed_rows(shown, |&(index, _)| index, draw)}
                </div>
                <Space height=Signal::derive(move || window.space_below()) />
                <Caret article text=text.clone() painted />
            </div>
        </div>
    }
}

/// Stands for paragraphs that are not drawn.
#[component]
fn Space(height: Signal<f64>) -> impl IntoView {
    let space = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let height = height.get();
        if let Some(space) = space.get() {
            let element: &web_sys::HtmlElement = &space;
            // A length written by this page is valid.
            let _ = element.style().set_property("block-size", &format!("{height}px"));
        }
    });
    view! { <div aria-hidden="true" node_ref=space></div> }
}

#[component]
fn ParagraphView(
    id: DocumentId,
    text: SourceText,
    index: usize,
    paragraph: Paragraph,
    window: ParagraphWindow,
    painted: RwSignal<u64>,
    pressed: selecting::Pressed,
) -> impl IntoView {
    let model = use_model();
    let element = NodeRef::<html::Div>::new();
    let pieces = model.memo(move |state| {
        let document = state.project.document(&id)?;
        let active = state.active.as_ref().filter(|_| state.current.as_ref() == Some(&id));
        Some(view::pieces(document, paragraph, active, &state.settings))
    });
    let blank = paragraph.content.is_empty();
    Effect::new(move || {
        let (Some(element), Some(pieces)) = (element.get(), pieces.get()) else {
            return;
        };
        let paint = || painter::paint(&element, &text, &pieces);
        // Otherwise the selection is put right once all is drawn (`selecting`).
        let is_held = pressed.get_value().is_some() || selecting::typing_elsewhere();
        match element.closest(".article").ok().flatten() {
            Some(article) if is_held => {
                selection::Article { element: &article, text: &text }.with_selection_kept(&element, paint);
            }
            _ => paint(),
        }
        window.measure(index, element.clone().into());
        painted.update(|count| *count += 1);
    });
    view! {
        <div class="paragraph" data-p=index data-blank=blank.then_some("") node_ref=element></div>
    }
}

/// Which paragraphs are drawn. Short articles are drawn whole; of long ones only what is near the view, with space in
/// place of the rest. Heights are guessed from lengths until a paragraph has been drawn.
#[derive(Clone, Copy)]
struct ParagraphWindow {
    shown: Memo<Range<usize>>,
    whole: bool,
    heights: StoredValue<Vec<f64>>,
    view: RwSignal<(f64, f64)>,
    revision: RwSignal<u64>,
}

impl ParagraphWindow {
    fn new(text: &SourceText) -> Self {
        let whole = words(text.as_str()).nth(WHOLE_WORDS).is_none();
        let guess = |paragraph: &Paragraph| {
            let lines = (paragraph.content.len() as f64 / BYTES_A_LINE).ceil();
            if lines == 0.0 { LINE_HEIGHT / 2.0 } else { lines * LINE_HEIGHT }
        };
        let guesses: Vec<f64> = text.paragraphs().iter().map(guess).collect();
        let count = guesses.len();
        let heights = StoredValue::new(guesses);
        let view = RwSignal::new((0.0, 1_000.0));
        let revision = RwSignal::new(0);
        let shown = Memo::new(move |_| {
            if whole {
                return 0..count;
            }
            revision.track();
            let (top, height) = view.get();
            heights.with_value(|heights| near(heights, top - MARGIN, top + height + MARGIN))
        });
        Self { shown, whole, heights, view, revision }
    }

    /// Takes note of where the view is.
    fn scrolled(self, scroller: &Element) {
        if !self.whole {
            self.view.set((f64::from(scroller.scroll_top()), f64::from(scroller.client_height())));
        }
    }

    /// Moves the view to a paragraph that is not drawn.
    fn reveal(self, scroller: &Element, paragraph: usize) {
        if self.shown.with_untracked(|shown| shown.contains(&paragraph)) {
            return;
        }
        let top: f64 = self.heights.with_value(|heights| heights.iter().take(paragraph).sum());
        let middle = (top - f64::from(scroller.client_height()) / 3.0).max(0.0);
        self.view.set((middle, f64::from(scroller.client_height())));
        scroller.set_scroll_top(middle as i32);
    }

    /// Takes note of how high a drawn paragraph is. What is read stays where it is on the screen, however much the
    /// paragraphs above it differ from the guess.
    fn measure(self, index: usize, element: Element) {
        if self.whole {
            return;
        }
        let measure = move || {
            // A paragraph that has left the page has no height; its article may be gone as well.
            let scroller = element.closest(".article-scroll").ok()??;
            Some((element.get_bounding_client_rect().height(), scroller))
        };
        frame::measure_then_place(measure, move |(height, scroller)| {
            let Some((bottom, grown)) = self
                .heights
                .try_update_value(|heights| {
                    let bottom: f64 = heights.iter().take(index + 1).sum();
                    let known = heights.get_mut(index)?;
                    let grown = height - *known;
                    *known = height;
                    (grown.abs() > 0.5).then_some((bottom, grown))
                })
                .flatten()
            else {
                return;
            };
            let top = scroller.scroll_top();
            if bottom <= f64::from(top) {
                scroller.set_scroll_top(top + grown.round() as i32);
            }
            self.revision.update(|revision| *revision += 1);
        });
    }

    fn space_above(self) -> f64 {
        self.revision.track();
        let shown = self.shown.get();
        self.heights.with_value(|heights| heights.iter().take(shown.start).sum())
    }

    fn space_below(self) -> f64 {
        self.revision.track();
        let shown = self.shown.get();
        self.heights.with_value(|heights| heights.iter().skip(shown.end).sum())
    }
}

/// The paragraphs that reach into a band of pixels.
fn near(heights: &[f64], top: f64, bottom: f64) -> Range<usize> {
    let mut y = 0.0;
    let mut range = heights.len()..heights.len();
    for (index, height) in heights.iter().enumerate() {
        if y + height >= top && range.start == heights.len() {
            range.start = index;
        }
        if y > bottom {
            range.end = index;
            break;
        }
        y += height;
    }
    range
}
