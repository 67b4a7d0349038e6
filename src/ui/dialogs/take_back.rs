//! What was just done in a dialog and is no step of the history: it is said, with the way back beside it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{ReviewText, Text};
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::Icon;

/// What was done last, and what takes it back.
#[derive(Clone)]
struct Deed {
    said: ReviewText,
    /// Whom or what it was done to; fills `{name}`.
    name: String,
    /// The project it was done in: nowhere else is it taken back.
    database: String,
    /// Outlives the button that it was done with.
    undo: Arc<dyn Fn() + Send + Sync>,
}

/// What was done last in a dialog, until it is taken back or something else is done.
#[derive(Clone, Copy)]
pub(super) struct TakeBack {
    last: RwSignal<Option<Deed>>,
}

impl TakeBack {
    pub(super) fn new() -> Self {
        Self { last: RwSignal::new(None) }
    }

    /// Says what was done to `name`, and offers to `undo` it.
    pub(super) fn offer(
        self,
        model: Model,
        said: ReviewText,
        name: &str,
        undo: impl Fn() + Send + Sync + 'static,
    ) {
        let database = model.database.get_value();
        self.last.set(Some(Deed { said, name: name.to_owned(), database, undo: Arc::new(undo) }));
    }
}

/// What was done last, with the button that takes it back. It is heard as soon as it is there.
#[component]
pub(super) fn TakeBackNote(of: TakeBack) -> impl IntoView {
    let model = use_model();
    let is_here = move |deed: &Deed| model.database.with_value(|database| *database == deed.database);
    let note = move |deed: Deed| {
        let Deed { said, name, .. } = deed;
        let take_back = move |_| {
            // Another project may have been opened meanwhile.
            if let Some(deed) = of.last.try_update(Option::take).flatten().filter(is_here) {
                (deed.undo)();
            }
        };
        view! {
            <p class="project-undo">
                {move || model.language.get().fill(said, &[("name", &name)])}
                <button type="button" class="button" data-testid="take-back" on:click=take_back>
                    <Icon name="undo" flip=true />
                    {model.text(Text::Undo)}
                </button>
            </p>
        }
    };
    view! { <div role="status">{move || of.last.get().filter(is_here).map(note)}</div> }
}
