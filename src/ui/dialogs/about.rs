//! What is known about the article on the screen: its title, its day, where it is from, a note.

use leptos::prelude::*;
use serde_json::Value;

use crate::app::{Command, NOTE, ReviewText};
use crate::ui::model::use_model;
use crate::ui::widgets::Modal;

#[component]
pub(super) fn AboutDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let said = move |key: &'static str| {
        model.memo(move |state| {
            let value = state.document()?.meta.get(key)?;
            Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        })
    };
    let write = move |key: &'static str, text: String| {
        let text = text.trim();
        let value = (!text.is_empty()).then(|| Value::from(text));
        model.run(Command::SetMeta(key, value));
    };
    let field = move |key: &'static str, name: ReviewText, kind: &'static str| {
        let value = said(key);
        view! {
            <label class="field">
                <span class="field-label">{model.text(name)}</span>
                <input
                    class="input"
                    type=kind
                    dir="auto"
                    autofocus=key == "title"
                    data-testid=format!("about-{key}")
                    prop:value=move || value.get().unwrap_or_default()
                    on:change=move |event| write(key, event_target_value(&event))
                />
            </label>
        }
    };
    // A field for days shows only whole ones; what else is written there stays to be read.
    let date = said("date");
    let other_date = move || {
        date.get()
            .filter(|date| !is_day(date))
            .map(|date| view! { <p class="field-note" dir="ltr">{date}</p> })
    };
    let note = said(NOTE);
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::AboutArticle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body scroll" data-testid="about-dialog">
                {field("title", ReviewText::ArticleTitle, "text")}
                {field("date", ReviewText::DateOfArticle, "date")} {other_date}
                <p class="field-note">{model.text(ReviewText::DateHelps)}</p>
                {field("source", ReviewText::SourceOfArticle, "text")}
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::ArticleNote)}</span>
                    <textarea
                        class="textarea"
                        dir="auto"
                        rows="4"
                        data-testid="about-note"
                        prop:value=move || note.get().unwrap_or_default()
                        on:change=move |event| write(NOTE, event_target_value(&event))
                    ></textarea>
                </label>
            </div>
        </Modal>
    }
}

fn is_day(date: &str) -> bool {
    let shape = |(at, c): (usize, char)| if matches!(at, 4 | 7) { c == '-' } else { c.is_ascii_digit() };
    date.len() == 10 && date.char_indices().all(shape)
}
