//! Spans of the adjudicator's own.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::super::context_line::context_line;
use crate::app::ReviewText;
use crate::quality::adjudication::Placed;
use crate::schema::LabelCode;
use crate::text::motion::{Direction, Edge, Unit, move_edge};
use crate::text::{ByteRange, SourceText};
use crate::ui::labels::name_of;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, IconButton};

#[component]
pub(super) fn Editor(
    /// The article's text.
    text: SourceText,
    /// The place that is disputed.
    region: ByteRange,
    /// What there is to begin with.
    begun: Vec<Placed>,
    /// Takes the spans.
    on_done: impl Fn(Vec<Placed>) + Copy + Send + Sync + 'static,
    /// Leaves everything as it is.
    on_cancel: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let placed = RwSignal::new(begun);
    let labels =
        model.peek(|state| state.schema().labels.iter().map(|label| label.code.clone()).collect::<Vec<_>>());
    let labels = StoredValue::new(labels);
    let text = StoredValue::new(text);
    let section = NodeRef::<html::Section>::new();
    // Its keys are heard at once, and the dialog's own are not.
    Effect::new(move || {
        if let Some(section) = section.get() {
            // What has just been put into the page can take the focus.
            let _ = section.focus();
        }
    });
    let shift = move |at: usize, edge: Edge, direction: Direction, unit: Unit| {
        placed.update(|placed| {
            if let Some(one) = placed.get_mut(at) {
                let unit = model.peek(|state| state.settings.unit(unit));
                let moved = text.with_value(|text| move_edge(text, one.range, edge, direction, unit));
                one.range = moved.unwrap_or(one.range);
            }
        });
    };
    let add = move |_| {
        if let Some(label) = labels.with_value(|labels| labels.first().cloned()) {
            placed.update(|placed| placed.push(Placed { range: region, label }));
        }
    };
    let key = move |event: KeyboardEvent| match event.code().as_str() {
        "Escape" => {
            // The dialog stays.
            event.prevent_default();
            event.stop_propagation();
            on_cancel();
        }
        "Enter" if event.ctrl_key() => on_done(placed.get_untracked()),
        _ => {}
    };
    let row = move |(at, one): (usize, Placed)| {
        let code = one.label.clone();
        let options = move || {
            let language = model.language.get();
            let option = |label: LabelCode| {
                let name = model.peek(|state| name_of(state.schema(), &label, language));
                let is_chosen = label == code;
                view! { <option value=label.to_string() selected=is_chosen>{name}</option> }
            };
            labels.get_value().into_iter().map(option).collect_view()
        };
        let mover = move |icon: &'static str,
                          name: ReviewText,
                          edge: Edge,
                          direction: Direction,
                          testid: &'static str| {
            view! {
                <IconButton
                    icon
                    name=Signal::derive(model.text(name))
                    testid
                    on_press=move |event| {
                        let unit = if event.alt_key() { Unit::Letter } else { Unit::Word };
                        shift(at, edge, direction, unit);
                    }
                />
            }
        };
        view! {
            <li class="editor-row" data-testid="editor-row">
                {text.with_value(|text| context_line(text, one.range, Some(&one.label)))}
                <div class="editor-tools">
                    <select
                        class="select"
                        data-testid="editor-label"
                        aria-label=model.text(ReviewText::SearchLabel)
                        on:change=move |event| {
                            if let Ok(label) = LabelCode::new(event_target_value(&event)) {
                                placed.update(|placed| {
                                    if let Some(one) = placed.get_mut(at) {
                                        one.label = label;
                                    }
                                });
                            }
                        }
                    >
                        {options}
                    </select>
                    {mover("plus", ReviewText::StartOut, Edge::Start, Direction::Outward, "start-out")}
                    {mover("minus", ReviewText::StartIn, Edge::Start, Direction::Inward, "start-in")}
                    <span class="editor-gap"></span>
                    {mover("minus", ReviewText::EndIn, Edge::End, Direction::Inward, "end-in")}
                    {mover("plus", ReviewText::EndOut, Edge::End, Direction::Outward, "end-out")}
                    <IconButton
                        icon="trash"
                        name=Signal::derive(model.text(ReviewText::EditorRemove))
                        testid="editor-remove"
                        tip_at_end=true
                        on_press=move |_| {
                            placed.update(|placed| {
                                if at < placed.len() {
                                    placed.remove(at);
                                }
                            });
                        }
                    />
                </div>
            </li>
        }
    };
    view! {
        <section class="editor" tabindex="-1" node_ref=section data-testid="editor" on:keydown=key aria-label=model.text(ReviewText::TakeEdited)>
            <ul class="editor-rows">
                {move || placed.get().into_iter().enumerate().map(row).collect_view()}
            </ul>
            <div class="dispute-deeds">
                <button type="button" class="button" data-kind="quiet" data-testid="editor-add" on:click=add>
                    <Icon name="plus" />
                    {model.text(ReviewText::EditorAdd)}
                </button>
                <button type="button" class="button" data-kind="quiet" on:click=move |_| on_cancel()>
                    {model.text(ReviewText::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="editor-done"
                    on:click=move |_| on_done(placed.get_untracked())
                >
                    {model.text(ReviewText::EditorDone)}
                    <kbd dir="ltr">"Ctrl+Enter"</kbd>
                </button>
            </div>
        </section>
    }
}
