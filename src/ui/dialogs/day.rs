//! One day of publication for all articles of an import that name none.

use leptos::html;
use leptos::prelude::*;

use crate::app::{Command, ReviewText};
use crate::ui::model::use_model;
use crate::ui::widgets::Modal;

#[component]
pub(super) fn DayDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let field = NodeRef::<html::Input>::new();
    let is_empty = RwSignal::new(true);
    let give = move || {
        let day = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if !day.is_empty() {
            let articles = model.importing.intake.with_untracked(|intake| intake.undated.clone());
            model.run(Command::GiveDay(articles, day));
            on_close();
        }
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::ImportDay)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body scroll" data-testid="day-dialog">
                <div class="field import-day">
                    <label class="field-label" for="day-date">
                        {model.text(ReviewText::ImportDay)}
                    </label>
                    <input
                        class="input"
                        id="day-date"
                        type="date"
                        autofocus
                        data-testid="day-date"
                        aria-describedby="day-about"
                        node_ref=field
                        on:input=move |event| is_empty.set(event_target_value(&event).is_empty())
                        on:keydown=move |event| {
                            if event.key() == "Enter" {
                                event.prevent_default();
                                give();
                            }
                        }
                    />
                    <p class="field-note" id="day-about">
                        {model.text(ReviewText::DayNote)}
                    </p>
                </div>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-kind="quiet" on:click=move |_| on_close()>
                    {model.text(ReviewText::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="day-set"
                    disabled=move || is_empty.get()
                    on:click=move |_| give()
                >
                    {model.text(ReviewText::DayGive)}
                </button>
            </footer>
        </Modal>
    }
}
