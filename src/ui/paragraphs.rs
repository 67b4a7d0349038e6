//! The paragraphs of the open article. All of them are in the page as text, so that the browser finds, selects, copies,
//! reads out and prints every word; those that nobody sees yet come within some pictures of the first.
//!
//! A long article is parted into sheets of some lines. The browser lays out the sheets that are seen (`content-visibility`,
//! in `style/article.css`), and those near the view have their marks. What a browser does anew for every picture, it does
//! for every sheet and not for every paragraph, so an edit costs the same in an article of any length.

use std::collections::BTreeSet;
use std::ops::Range;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use super::frame;
use super::landing;
use super::lasting::Lasting;
use super::model::{SpansNow, use_model};
use super::painter;
use super::selecting::{self, Pressed};
use super::widgets::keyed_rows;
use crate::annotation::{DocumentId, SpanId};
use crate::app::view::{self, Picture, Piece, Sheet, sheets};
use crate::app::{Drawn, State};
use crate::text::{SourceText, words};
use crate::web::selection::{self, PARAGRAPH};

/// Articles up to this many words have all their marks from the beginning.
const WHOLE_WORDS: usize = 5_000;

/// How far above and below the view sheets have their marks.
const MARGIN: &str = "800px 0px";

/// The attribute with a sheet's index.
const SHEET: &str = "data-sheet";

/// The attribute of an article in more than one sheet.
const LONG: &str = "data-long";

/// So many sheets are there before the first picture; about two views are on one.
const SHEETS_AT_ONCE: usize = 1;

/// So many more come with every picture after it.
const SHEETS_A_PICTURE: usize = 40;

/// The paragraphs of one article. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Paragraphs {
    text: StoredValue<SourceText>,
    /// The paragraphs of the sheets that have theirs: of the first ones, in order.
    elements: StoredValue<Vec<HtmlElement>, LocalStorage>,
    /// How many sheets have them.
    made: StoredValue<usize>,
    /// What holds the paragraphs of each sheet, of the first ones, in order.
    holders: StoredValue<Vec<Element>, LocalStorage>,
    /// What stands in the article for the sheets that are not there yet, and is as high as all of them.
    rest: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// Tells which sheets are near the view, as long as both are kept.
    watch: StoredValue<Option<Watch>, LocalStorage>,
    /// The parts of the article; one, if it is not long.
    sheets: StoredValue<Vec<Sheet>>,
    is_long: bool,
    /// The sheets that have their marks.
    marked: RwSignal<BTreeSet<usize>>,
    /// Those near the view, by the browser's account.
    near: StoredValue<BTreeSet<usize>>,
}

/// What tells of sheets, and what it tells it to.
type Watch = (IntersectionObserver, Closure<dyn FnMut(Array)>);

impl Paragraphs {
    /// The paragraphs of a text; they are in no page yet.
    pub(super) fn of(text: &SourceText) -> Self {
        let is_long = words(text.as_str()).nth(WHOLE_WORDS).is_some();
        let whole = || vec![Sheet { paragraphs: 0..text.paragraphs().len(), lines: 0, blanks: 0 }];
        let sheets = if is_long { sheets(text.paragraphs()) } else { whole() };
        // Until the browser tells what is near the view.
        let first = BTreeSet::from([0]);
        Self {
            text: StoredValue::new(text.clone()),
            elements: StoredValue::new_local(Vec::new()),
            made: StoredValue::new(0),
            holders: StoredValue::new_local(Vec::new()),
            rest: StoredValue::new_local(None),
            watch: StoredValue::new_local(None),
            sheets: StoredValue::new(sheets),
            is_long,
            near: StoredValue::new(first.clone()),
            marked: RwSignal::new(first),
        }
    }

    /// Puts the paragraphs into an article's element, and watches which of them come near the view of what scrolls.
    /// `painted` counts what is drawn.
    pub(super) fn enter(self, article: &Element, scroller: &Element, painted: RwSignal<u64>) {
        if self.is_long {
            let rest = element_named("missing-sheets");
            article.replace_children_with_node(&rest.iter().collect());
            self.rest.set_value(rest);
            self.hold(self.made.get_value());
        } else {
            self.holders.set_value(vec![article.clone()]);
        }
        (0..self.made.get_value()).for_each(|sheet| self.put(sheet));
        self.make(SHEETS_AT_ONCE);
        if self.is_long {
            let _ = article.toggle_attribute_with_force(LONG, true);
            self.make_rest(painted);
            self.watch(scroller);
            landing::watch(article, scroller);
            self.mark_all_for_print();
        }
    }

    /// Has all paragraphs in the page.
    pub(super) fn make_all(self) {
        if let Some(all) = self.sheets.try_with_value(Vec::len) {
            self.make(all);
        }
    }

    /// Has the paragraphs of the first `count` sheets in the page, as far as the sheets are.
    fn make(self, count: usize) {
        self.hold(count);
        while let Some(next) = self.made.try_get_value().filter(|&made| made < count) {
            let places =
                self.sheets.with_value(|sheets| sheets.get(next).map(|sheet| sheet.paragraphs.clone()));
            let (Some(places), Some(pattern)) = (places, paragraph_pattern()) else {
                return;
            };
            self.text.with_value(|text| {
                self.elements.update_value(|elements| {
                    elements.extend(places.filter_map(|index| element_of(&pattern, text, index)));
                });
            });
            self.made.set_value(next + 1);
            self.put(next);
        }
    }

    /// Has the elements of the first `count` sheets in the article, if it is in the page. Hundreds of them, all empty, would
    /// take as long before the first picture as what is seen in it.
    fn hold(self, count: usize) {
        let Some(rest) = self.rest.try_get_value().flatten() else {
            return;
        };
        let held = self.holders.with_value(Vec::len);
        self.sheets.with_value(|sheets| {
            let elements: Vec<Element> = sheets
                .get(held..count.min(sheets.len()))
                .unwrap_or_default()
                .iter()
                .zip(held..)
                .filter_map(|(sheet, index)| held_sheet(index, sheet))
                .collect();
            if elements.is_empty() && held > 0 {
                return;
            }
            // What is in the page stands in it.
            let _ = rest.before_with_node(&elements.iter().collect());
            self.watch.with_value(|watch| {
                if let Some((observer, _)) = watch {
                    elements.iter().for_each(|sheet| observer.observe(sheet));
                }
            });
            self.holders.update_value(|holders| holders.extend(elements));
            let missing = sheets.get(count.max(held)..).unwrap_or_default();
            set_height(&rest, missing);
            if missing.is_empty() {
                rest.remove();
                self.rest.set_value(None);
            }
        });
    }

    /// Makes the paragraphs that are missing, without delaying a picture for long. Then they count as painted, for a
    /// place in them may be waited for.
    fn make_rest(self, painted: RwSignal<u64>) {
        frame::after_picture(move || {
            let Some(made) = self.made.try_get_value() else {
                return;
            };
            self.make(made + SHEETS_A_PICTURE);
            if made < self.sheets.with_value(Vec::len) {
                self.make_rest(painted);
            } else {
                painted.update(|count| *count += 1);
            }
        });
    }

    /// Puts a sheet's paragraphs into what holds them, if both are there.
    fn put(self, sheet: usize) {
        let places = self.sheets.with_value(|sheets| sheets.get(sheet).map(|sheet| sheet.paragraphs.clone()));
        let paragraphs: Array = self.elements.with_value(|elements| {
            places.and_then(|places| elements.get(places)).unwrap_or_default().iter().collect()
        });
        self.holders.with_value(|holders| {
            if let Some(holder) = holders.get(sheet) {
                holder.replace_children_with_node(&paragraphs);
            }
        });
    }

    fn watch(self, scroller: &Element) {
        let told = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let mut is_rest_near = false;
            self.near.try_update_value(|near| {
                for entry in entries.iter() {
                    let entry: IntersectionObserverEntry = entry.unchecked_into();
                    let Some(index) = index_of(&entry.target()) else {
                        is_rest_near |= entry.is_intersecting();
                        continue;
                    };
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
            if is_rest_near {
                self.make_all();
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
        self.holders.with_value(|sheets| sheets.iter().for_each(|sheet| observer.observe(sheet)));
        self.rest.with_value(|rest| rest.iter().for_each(|rest| observer.observe(rest)));
        self.watch.set_value(Some((observer, told)));
        on_cleanup(move || {
            self.watch.try_update_value(|watch| {
                if let Some((observer, _)) = watch.take() {
                    observer.disconnect();
                }
            });
        });
    }

    fn mark_all(self) {
        let count = self.sheets.with_value(Vec::len);
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

fn element_named(class: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    element.set_class_name(class);
    Some(element)
}

/// The element that holds a sheet's paragraphs.
fn held_sheet(index: usize, sheet: &Sheet) -> Option<Element> {
    let element = element_named("sheet")?;
    // Names written by this page are valid.
    let _ = element.set_attribute(SHEET, &index.to_string());
    set_height(&element, std::slice::from_ref(sheet));
    Some(element.into())
}

/// Says how many lines the sheets have that an element stands for.
fn set_height(element: &HtmlElement, sheets: &[Sheet]) {
    let lines: usize = sheets.iter().map(|sheet| sheet.lines).sum();
    let blanks: usize = sheets.iter().map(|sheet| sheet.blanks).sum();
    // Names and numbers written by this page are valid.
    let _ = element.style().set_property("--lines", &lines.to_string());
    let _ = element.style().set_property("--blanks", &blanks.to_string());
}

/// What every paragraph is a copy of: copying takes half the time of building.
fn paragraph_pattern() -> Option<Element> {
    let pattern = document().create_element("div").ok()?;
    pattern.set_class_name("paragraph");
    Some(pattern)
}

fn element_of(pattern: &Element, text: &SourceText, index: usize) -> Option<HtmlElement> {
    let paragraph = text.paragraphs().get(index)?;
    let element: HtmlElement = pattern.clone_node().ok()?.dyn_into().ok()?;
    // Names written by this page are valid.
    let _ = element.set_attribute(PARAGRAPH, &index.to_string());
    element.set_id(&selection::paragraph_id(index));
    if paragraph.content.is_empty() {
        let _ = element.set_attribute("data-blank", "");
    }
    element.set_text_content(text.slice(paragraph.full));
    Some(element)
}

fn index_of(element: &Element) -> Option<usize> {
    element.get_attribute(SHEET)?.parse().ok()
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
    let model = use_model();
    let spans = {
        let id = id.clone();
        Lasting::from(model.spans_memo(move |state| state.project.document(&id)))
    };
    let active = {
        let id = id.clone();
        let of_article =
            move |state: &State| state.active.clone().filter(|_| state.current.as_ref() == Some(&id));
        Lasting::from(model.memo(of_article))
    };
    let drawn = {
        let id = id.clone();
        let of_article =
            move |state: &State| state.drawn.clone().filter(|_| state.current.as_ref() == Some(&id));
        Lasting::from(model.memo(of_article))
    };
    keyed_rows(
        marked,
        |&sheet| sheet,
        move |sheet: usize| {
            paragraphs.make(sheet + 1);
            let places: Range<usize> = paragraphs
                .sheets
                .with_value(|sheets| sheets.get(sheet).map(|sheet| sheet.paragraphs.clone()))
                .unwrap_or_default();
            places
                .map(|index| {
                    let (id, text) = (id.clone(), text.clone());
                    view! { <ParagraphMarks id text spans active drawn sheet index paragraphs painted pressed /> }
                })
                .collect_view()
        },
    )
}

#[component]
fn ParagraphMarks(
    id: DocumentId,
    text: SourceText,
    spans: Lasting<SpansNow>,
    /// The span that keys act on.
    active: Lasting<Option<SpanId>>,
    /// The span that is being drawn.
    drawn: Lasting<Option<Drawn>>,
    /// The sheet it is on.
    sheet: usize,
    index: usize,
    paragraphs: Paragraphs,
    painted: RwSignal<u64>,
    pressed: Pressed,
) -> impl IntoView {
    let model = use_model();
    let element = paragraphs.elements.with_value(|elements| elements.get(index).cloned());
    let paragraph = text.paragraphs().get(index).copied();
    // On a blank line there is nothing to mark.
    let paragraph = paragraph.filter(|paragraph| !paragraph.content.is_empty());
    let (Some(element), Some(paragraph)) = (element, paragraph) else {
        return;
    };
    let picture = Memo::new(move |_| {
        spans.with(|_| ());
        active.with(|active| {
            drawn.with(|drawn| {
                model.peek(|state| {
                    let document = state.project.document(&id)?;
                    Some(Picture::of(document, paragraph, active.as_ref(), drawn.as_ref(), &state.settings))
                })
            })
        })
    });
    let plain = {
        let (element, text) = (element.clone(), text.clone());
        move || element.set_text_content(text.slice(paragraph.full))
    };
    Effect::new({
        let element = StoredValue::new_local(element);
        move |before: Option<Vec<Piece>>| {
            let Some(pieces) =
                picture.with(|picture| Some(view::pieces(&text, paragraph, picture.as_ref()?)))
            else {
                return before.unwrap_or_default();
            };
            element.with_value(|element| {
                // Where only marks look different, no letter moves and nothing has to be measured again.
                if !before.is_some_and(|before| painter::touch_up(element, &before, &pieces)) {
                    keep_selection(element, &text, pressed, || painter::paint(element, &text, &pieces));
                    painted.update(|count| *count += 1);
                }
            });
            pieces
        }
    });
    let plain = StoredValue::new_local(plain);
    on_cleanup(move || {
        // Only the sheet has gone, not the article: its marks would no longer follow the state.
        if paragraphs.marked.try_with_untracked(|marked| !marked.contains(&sheet)) == Some(true) {
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
        let is_jump = shift.abs() > scroller.client_height();
        if let Some(article) = article().filter(|article| is_jump && article.has_attribute(LONG)) {
            landing::lay_out(&article, &scroller);
        }
        if looks > 1 {
            bring_into_view(article, text, range, looks - 1);
        }
    });
}
