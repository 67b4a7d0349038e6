//! What the tests put into the page and wait for.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::future::sleep;
use misam::text::SourceText;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// An element in the page that goes when the test ends.
pub(crate) struct Fixture(pub(crate) HtmlElement);

impl Drop for Fixture {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// An article as the page shows it: a paragraph for each line, the marked stretches in spans of their own. `marks`
/// are pieces of text, each marked wherever it occurs.
pub(crate) fn article(text: &SourceText, marks: &[&str]) -> Fixture {
    let article: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    article.set_attribute("dir", "rtl").unwrap();
    article.set_attribute("style", "width: 300px; white-space: pre-wrap; font: 16px/2 sans-serif").unwrap();
    for (index, paragraph) in text.paragraphs().iter().enumerate() {
        let element = document().create_element("div").unwrap();
        element.set_attribute("data-p", &index.to_string()).unwrap();
        fill(&element, text.slice(paragraph.full).unwrap(), marks);
        article.append_child(&element).unwrap();
    }
    document().body().unwrap().append_child(&article).unwrap();
    Fixture(article)
}

fn fill(element: &Element, mut rest: &str, marks: &[&str]) {
    while let Some((at, mark)) = marks.iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min() {
        append_text(element, &rest[..at]);
        let span = document().create_element("span").unwrap();
        span.set_class_name("mark");
        append_text(&span, mark);
        element.append_child(&span).unwrap();
        rest = &rest[at + mark.len()..];
    }
    append_text(element, rest);
}

fn append_text(element: &Element, text: &str) {
    element.append_child(&document().create_text_node(text)).unwrap();
}

/// Collects what callbacks are told.
pub(crate) struct Heard<T>(Rc<RefCell<Vec<T>>>);

impl<T> Clone for Heard<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: Clone + 'static> Heard<T> {
    pub(crate) fn new() -> Self {
        Self(Rc::default())
    }

    pub(crate) fn hear(&self, value: T) {
        self.0.borrow_mut().push(value);
    }

    pub(crate) fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }

    /// Waits until something fits; fails after five seconds.
    pub(crate) async fn wait_for(&self, fits: impl Fn(&T) -> bool) -> T {
        for _ in 0..500 {
            if let Some(found) = self.0.borrow().iter().find(|value| fits(value)) {
                return found.clone();
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("nothing of the kind was heard within five seconds");
    }
}
