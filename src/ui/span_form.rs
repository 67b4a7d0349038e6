//! What a person writes about the active span: a note, its clean form, answers to the schema's questions.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use serde_json::Value;
use web_sys::HtmlElement;

use super::frame::after_picture;
use super::keyboard::KeyCap;
use super::model::use_model;
use super::selecting;
use super::sight::bring_into_sight;
use crate::annotation::{Span, SpanId};
use crate::app::{Action, Command, Description, ReviewText};
use crate::schema::{AttributeDef, AttributeValues};

/// The form; it stays as it is while the span it is about changes.
#[component]
pub(super) fn SpanForm() -> impl IntoView {
    let model = use_model();
    let id = model.memo(|state| state.active_span().map(|span| span.id.clone()));
    move || id.get().map(|id| view! { <Form id /> })
}

#[component]
fn Form(id: SpanId) -> impl IntoView {
    let model = use_model();
    let span = model.memo(move |state| state.active_span().filter(|span| span.id == id).cloned());
    let of = move |look: fn(&Span) -> String| {
        move || span.with(|span| span.as_ref().map(|span| look(span)).unwrap_or_default())
    };
    let note = of(|span| span.note.as_deref().unwrap_or_default().to_owned());
    let clean = of(|span| span.normalized.as_deref().unwrap_or_default().to_owned());
    let write = move |change: &dyn Fn(&mut Description)| {
        let Some(span) = span.get_untracked() else {
            return;
        };
        let mut description = Description {
            normalized: span.normalized.as_deref().unwrap_or_default().to_owned(),
            note: span.note.as_deref().unwrap_or_default().to_owned(),
            attributes: span.attributes.clone(),
        };
        change(&mut description);
        model.run(Command::Describe(description));
    };
    // Enter and Escape lead back to the text; what is written is kept when a field is left.
    let leave = move |event: KeyboardEvent| {
        if event.is_composing() || (event.key() == "Enter" && event.shift_key()) {
            return;
        }
        if matches!(event.key().as_str(), "Enter" | "Escape") {
            event.prevent_default();
            // At once, so that the next key, however soon it comes, is no letter of what was written.
            let _ = event_target::<HtmlElement>(&event).blur();
            selecting::focus_text();
        }
    };
    let asked = model.memo(move |state| {
        let Some(span) = state.active_span() else {
            return Vec::new();
        };
        let concerns = |asked: &&AttributeDef| asked.labels.is_empty() || asked.labels.contains(&span.label);
        state.schema().attributes.iter().filter(concerns).cloned().collect::<Vec<_>>()
    });
    let answer = move |asked: AttributeDef| {
        let code = StoredValue::new(asked.code.to_string());
        let said = Memo::new(move |_| {
            span.with(|span| code.with_value(|code| span.as_ref()?.attributes.get(code).cloned()))
        });
        let set = move |value: Option<Value>| {
            write(&|description| {
                code.with_value(|code| match &value {
                    Some(value) => description.attributes.insert(code.clone(), value.clone()),
                    None => description.attributes.shift_remove(code),
                });
            });
        };
        let text = move || said.get().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let written = move |text: String| set((!text.trim().is_empty()).then(|| Value::from(text.trim())));
        let name = asked.name;
        let name = move || model.language.get().pick(&name.en, &name.ar).to_owned();
        match asked.values {
            AttributeValues::Flag => view! {
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="span-answer"
                        data-attribute=code.get_value()
                        prop:checked=move || said.get() == Some(Value::Bool(true))
                        on:change=move |event| set(event_target_checked(&event).then_some(Value::Bool(true)))
                    />
                    <span>{name}</span>
                </label>
            }
            .into_any(),
            AttributeValues::Text => view! {
                <label class="field">
                    <span class="field-label">{name}</span>
                    <input
                        class="input"
                        dir="auto"
                        data-testid="span-answer"
                        data-attribute=code.get_value()
                        prop:value=text
                        on:keydown=leave
                        on:change=move |event| written(event_target_value(&event))
                    />
                </label>
            }
            .into_any(),
            AttributeValues::Choice(choices) => view! {
                <label class="field">
                    <span class="field-label">{name}</span>
                    <select
                        class="select"
                        data-testid="span-answer"
                        data-attribute=code.get_value()
                        on:change=move |event| written(event_target_value(&event))
                    >
                        <option value="">"–"</option>
                        {choices
                            .into_iter()
                            .map(|choice| {
                                let code = choice.code.to_string();
                                let value = code.clone();
                                view! {
                                    <option value=value selected=move || text() == code>
                                        {move || model.language.get().pick(&choice.name.en, &choice.name.ar).to_owned()}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </label>
            }
            .into_any(),
        }
    };
    let fold = NodeRef::<html::Details>::new();
    // Who comes to one field sees the others too.
    let show_whole = move |_| {
        after_picture(move || {
            if let Some(fold) = fold.try_get_untracked().flatten() {
                bring_into_sight(&fold);
            }
        });
    };
    let is_asked = Memo::new(move |_| asked.with(|asked| !asked.is_empty()));
    view! {
        // What the schema asks of every span is not to be looked for under a fold.
        <Show when=move || is_asked.get()>
            <div class="span-form span-asked">{move || asked.get().into_iter().map(answer).collect_view()}</div>
        </Show>
        <details class="span-form-fold" data-testid="span-form" node_ref=fold on:focusin=show_whole open=span.with_untracked(|span| span.as_ref().is_some_and(|span| span.note.is_some()))>
            <summary>
                {model.text(ReviewText::WriteMore)}
                <KeyCap action=Action::Note />
            </summary>
            <div class="span-form">
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::Note)}</span>
                    <textarea
                        class="textarea"
                        dir="auto"
                        rows="2"
                        data-testid="span-note"
                        placeholder=model.text(ReviewText::NoteHint)
                        prop:value=note
                        on:keydown=leave
                        on:change=move |event| write(&|description| description.note = event_target_value(&event))
                    ></textarea>
                </label>
                <label class="field">
                    <span class="field-label">{model.text(ReviewText::CleanForm)}</span>
                    <input
                        class="input"
                        dir="auto"
                        data-testid="span-clean-form"
                        prop:value=clean
                        on:keydown=leave
                        on:change=move |event| {
                            write(&|description| description.normalized = event_target_value(&event));
                        }
                    />
                </label>
            </div>
        </details>
    }
}
