//! The labels of the project, to be changed.

mod attribute;
mod choices;
mod editor;
mod fates;
mod field;
mod files;
mod key_field;
mod label;
mod list;
mod look;
mod preview;
mod whole;

use leptos::html;
use leptos::prelude::*;

use self::attribute::AttributeForm;
use self::editor::{Editor, Pick};
use self::fates::Fates;
use self::files::Source;
use self::label::LabelForm;
use self::list::LabelList;
use self::preview::Preview;
use self::whole::WholeForm;
use crate::app::schema_edit::{place_text, say};
use crate::app::{Command, ReviewCounted, ReviewText, Text};
use crate::ui::labels::style_labels_within;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, Modal};

#[component]
pub(super) fn SchemaDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let editor = Editor::open(model);
    provide_context(editor);
    style_labels_within(".schema", editor.schema.into());
    let is_asking = RwSignal::new(false);
    let keep = move || {
        editor.keep();
        on_close();
    };
    let discard = move |_| {
        editor.discard();
        on_close();
    };
    let has_questions = move || {
        editor.questions.with(|questions| !questions.is_empty())
            || editor.answers.with(|answers| !answers.is_empty())
    };
    // Labels that came with files can be decided about though nothing else is changed.
    let is_ready = move || {
        let is_something = editor.is_changed.get() || (has_questions() && !is_asking.get());
        editor.problems.with(Vec::is_empty) && is_something
    };
    let apply = move |_| {
        if untrack(has_questions) && !is_asking.get_untracked() {
            is_asking.set(true);
            return;
        }
        model.run(Command::ChangeSchema(Box::new(editor.plan.get_untracked())));
        editor.discard();
        on_close();
    };
    let apply_text = move || {
        let asks = has_questions() && !is_asking.get();
        model.language.get().text(if asks { ReviewText::SchemaNext } else { ReviewText::SchemaApply })
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::Schema)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close=keep
            full=true
        >
            <div class="dialog-body schema" data-testid="schema-dialog">
                {move || {
                    if is_asking.get() { view! { <Fates /> }.into_any() } else { view! { <Workshop /> }.into_any() }
                }}
            </div>
            <footer class="dialog-foot">
                <Standing />
                <Show when=move || is_asking.get()>
                    <button
                        type="button"
                        class="button"
                        data-testid="schema-back"
                        on:click=move |_| is_asking.set(false)
                    >
                        {model.text(ReviewText::SchemaBack)}
                    </button>
                </Show>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid="schema-cancel"
                    on:click=discard
                >
                    {model.text(ReviewText::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="schema-apply"
                    disabled=move || !is_ready()
                    on:click=apply
                >
                    {apply_text}
                </button>
            </footer>
        </Modal>
    }
}

/// The list on one side, what is picked in it on the other, and how it looks.
#[component]
fn Workshop() -> impl IntoView {
    let editor = expect_context::<Editor>();
    let pane = NodeRef::<html::Div>::new();
    // Where the list stands over the form, the form would be out of sight.
    Effect::new(move |before: Option<Pick>| {
        let picked = editor.picked.get();
        if before.is_some_and(|before| before != picked) {
            request_animation_frame(move || {
                if let Some(pane) = pane.try_get_untracked().flatten() {
                    pane.set_scroll_top(0);
                    pane.scroll_into_view();
                }
            });
        }
        picked
    });
    let form = move || match editor.picked.get() {
        Pick::Whole => view! { <WholeForm /> }.into_any(),
        Pick::Label(row) => view! { <LabelForm row /> }.into_any(),
        Pick::Attribute(row) => view! { <AttributeForm row /> }.into_any(),
    };
    view! {
        <Source />
        <div class="schema-bench">
            <LabelList />
            <div class="schema-form scroll" data-testid="schema-form" node_ref=pane>
                {form}
            </div>
            <Preview />
        </div>
    }
}

/// What stands in the way, or that nothing does.
#[component]
fn Standing() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let said = move || {
        let language = model.language.get();
        editor.problems.with(|problems| match problems.first() {
            Some(problem) => {
                let place = place_text(problem, |at| editor.code_at(at));
                let count = model.count(ReviewCounted::SchemaProblems, problems.len());
                let said = say(problem, language);
                view! {
                    <span class="schema-fault">
                        <Icon name="error" />
                        <span>{count} " " <bdi>{place}</bdi> ": " {said}</span>
                    </span>
                }
                .into_any()
            }
            None if editor.is_changed.get() => language.text(ReviewText::SchemaUndoNote).into_any(),
            None => language.text(ReviewText::SchemaUnchanged).into_any(),
        })
    };
    view! {
        <p class="dialog-foot-note" role="status" data-testid="schema-standing">
            {said}
        </p>
    }
}
