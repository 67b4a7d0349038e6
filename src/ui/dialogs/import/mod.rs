//! Files on their way in: what they were taken for, what came of them, and what a person decides before any article of
//! theirs is in the project.

mod arrivals;
mod card;
mod labels;
mod notes;
mod overview;

use leptos::prelude::*;

use self::card::FileCard;
use self::labels::Labels;
use self::overview::{Days, Overview, Waiting};
use crate::app::intake::{Choices, FileState, FileStatus, Intake};
use crate::app::{ReviewCounted, ReviewText};
use crate::ui::importing;
use crate::ui::model::use_model;
use crate::ui::widgets::{Modal, keyed_rows};

/// Of files about which there is something to say, so many more are drawn at a time.
const MOST_CARDS: usize = 60;

/// True if a person may want to see what came of it.
fn is_of_interest(file: &FileState) -> bool {
    let is_read = file.status == FileStatus::Read || file.choices != Choices::default();
    let fits = || file.arrivals.iter().all(|arrival| arrival.is_taken && arrival.twin.is_none());
    is_read && !(file.account.is_plain() && fits() && file.choices == Choices::default())
}

#[component]
pub(super) fn ImportDialog() -> impl IntoView {
    let model = use_model();
    let importing::Importing { intake, is_busy, .. } = model.importing;
    let taken = Memo::new(move |_| intake.with(Intake::taken));
    // The only file is shown, whatever came of it; of several those about which there is something to say.
    let cards = Memo::new(move |_| {
        intake.with(|intake| {
            let is_only =
                intake.files.len() == 1 && intake.files.iter().all(|file| file.status == FileStatus::Read);
            let files = intake.files.iter().enumerate();
            files
                .filter(|(_, file)| is_only || is_of_interest(file))
                .map(|(number, _)| number)
                .collect::<Vec<_>>()
        })
    });
    let others = Memo::new(move |_| {
        let read =
            intake.with(|intake| intake.files.iter().filter(|file| file.status == FileStatus::Read).count());
        read.saturating_sub(cards.with(Vec::len))
    });
    let passed_over = Memo::new(move |_| intake.with(Intake::passed_over));
    let is_compared_later = Memo::new(move |_| {
        !is_busy.get() && intake.with(|intake| model.peek(|state| intake.is_compared_later(state)))
    });
    let most = RwSignal::new(MOST_CARDS);
    let shown = move || cards.with(|cards| cards.iter().copied().take(most.get()).collect());
    let hidden = move || cards.with(Vec::len).saturating_sub(most.get());
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::ImportTitle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Cancel))
            on_close=move || importing::give_up(model)
            wide=true
        >
            <div class="dialog-body scroll" data-testid="import-report" aria-busy=move || is_busy.get().to_string()>
                <Waiting />
                <Overview />
                <Days />
                <Labels />
                {keyed_rows(shown, |number| *number, |number| view! { <FileCard number /> })}
                <Show when=move || { hidden() > 0 }>
                    <p class="field-note">
                        {move || model.count(ReviewCounted::MoreFilesCounted, hidden())} " "
                        <button
                            type="button"
                            class="link-button"
                            data-testid="import-more-files"
                            on:click=move |_| most.update(|most| *most += MOST_CARDS)
                        >
                            {model.text(ReviewText::ShowMore)}
                        </button>
                    </p>
                </Show>
                {move || {
                    (others.get() > 0 && cards.with(|cards| !cards.is_empty()))
                        .then(|| {
                            view! { <p class="field-note">{model.count(ReviewCounted::PlainFilesCounted, others.get())}</p> }
                        })
                }}
                {move || {
                    (passed_over.get() > 0)
                        .then(|| {
                            view! {
                                <p class="field-note" data-testid="import-passed-over">
                                    {model.count(ReviewCounted::PassedOverCounted, passed_over.get())}
                                </p>
                            }
                        })
                }}
                <Show when=move || is_compared_later.get()>
                    <p class="field-note">{model.text(ReviewText::NearTwinsLater)}</p>
                </Show>
            </div>
            <footer class="dialog-foot">
                <span class="dialog-foot-note">{model.text(ReviewText::ImportOneStep)}</span>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid="import-cancel"
                    on:click=move |_| importing::give_up(model)
                >
                    {model.text(ReviewText::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="import-add"
                    autofocus
                    disabled=move || is_busy.get() || taken.get() == 0
                    on:click=move |_| importing::finish(model)
                >
                    {move || model.count(ReviewCounted::AddCounted, taken.get())}
                </button>
            </footer>
        </Modal>
    }
}
