//! What was done, step by step, and the way back to any step.

use leptos::prelude::*;

use crate::app::history::{HistoryRow, article_history, history_rows};
use crate::app::{Command, Counted, ReviewCounted, ReviewText, Text, edit_name};
use crate::text::unturned;
use crate::ui::article_list::Gap;
use crate::ui::model::use_model;
use crate::ui::widgets::{Modal, RowWindow};
use crate::web::clock;

/// The height of a row in pixels; `dialogs.css` gives rows this height.
const ROW_HEIGHT: f64 = 52.0;

#[component]
pub(super) fn HistoryDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    // The steps of all articles, or of the one on the screen.
    let only_here = RwSignal::new(false);
    let rows = model.memo(move |state| match state.current.as_ref().filter(|_| only_here.get()) {
        Some(article) => article_history(state, article),
        None => history_rows(state),
    });
    let window = RowWindow::new(Signal::derive(move || rows.with(Vec::len)), ROW_HEIGHT);
    let shown = move || rows.with(|rows| rows.get(window.rows.get()).unwrap_or_default().to_vec());
    let at_start = Memo::new(move |_| rows.with(|rows| rows.iter().all(|row| row.undone)));
    Effect::new(move || {
        let current = rows.with(|rows| rows.iter().position(|row| row.current));
        // The beginning stands behind the first step, which is the last row.
        let current = current.or_else(|| at_start.get().then(|| rows.with(Vec::len)));
        if let Some(current) = current {
            window.reveal(current);
        }
    });
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::History)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body history" data-testid="history-dialog">
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="history-here"
                        prop:checked=move || only_here.get()
                        on:change=move |event| only_here.set(event_target_checked(&event))
                    />
                    <span>{model.text(ReviewText::HistoryHere)}</span>
                </label>
                <p class="field-note">
                    {move || {
                        let text = if only_here.get() { ReviewText::HistoryHereNote } else { ReviewText::HistoryNote };
                        model.language.get().text(text)
                    }}
                </p>
                <ol class="history-list scroll" node_ref=window.scroller on:scroll=move |_| window.scrolled()>
                    <Gap height=Signal::derive(move || window.padding().0) />
                    {window.draw(
                        shown,
                        move |row| (row.count, row.undone, row.current, row.returns),
                        move |row| view! { <Row row only_here=only_here.get_untracked() /> },
                    )}
                    <Gap height=Signal::derive(move || window.padding().1) />
                    <Show when=move || !only_here.get()>
                        <li>
                            <button
                                type="button"
                                class="history-row"
                                data-testid="history-start"
                                aria-current=move || at_start.get().then_some("step")
                                on:click=move |_| model.run(Command::TravelTo(0))
                            >
                                <span class="history-what">{model.text(ReviewText::HistoryStart)}</span>
                            </button>
                        </li>
                    </Show>
                </ol>
            </div>
        </Modal>
    }
}

#[component]
fn Row(row: HistoryRow, only_here: bool) -> impl IntoView {
    let model = use_model();
    let HistoryRow { count, kind, spans, title, articles, touched, annotator, returns, at, undone, current } =
        row;
    let choose = move |_| match (only_here, returns) {
        (false, _) => model.run(Command::TravelTo(count)),
        (true, true) => model.run(Command::Restore(count)),
        (true, false) => {}
    };
    let what = move || model.language.get().text(edit_name(kind));
    let many = move || (spans > 1).then(|| model.count(Counted::SpansCounted, spans));
    let when = move || (at > 0).then(|| clock::say(at, model.language.get().tag()));
    let place = move || {
        if articles > 1 { model.count(ReviewCounted::SaidInArticles, articles) } else { title.clone() }
    };
    view! {
        <li>
            <button
                type="button"
                class="history-row"
                data-testid="history-row"
                data-undone=undone.to_string()
                autofocus=current
                aria-current=current.then_some("step")
                disabled=only_here && !returns
                on:click=choose
            >
                <span class="history-what">{what}</span>
                {touched
                    .map(|(surface, label)| {
                        view! {
                            <span class="history-span">
                                <span class="label-chip" data-label=label.to_string() lang="en">
                                    {label.to_string()}
                                </span>
                                <span class="surface-inline" lang="ar" dir="rtl">
                                    {surface}
                                </span>
                            </span>
                        }
                    })}
                <span class="history-many count">{many}</span>
                <span class="history-state">
                    {move || {
                        let language = model.language.get();
                        if current {
                            Some(language.text(ReviewText::HistoryNow))
                        } else {
                            undone.then(|| language.text(ReviewText::HistoryUndone))
                        }
                    }}
                </span>
                <span class="history-place" dir="auto">
                    {place}
                </span>
                <span class="history-when">
                    {annotator.map(|who| view! { <bdi class="history-who">{unturned(&who).into_owned()}</bdi> " · " })}
                    <time>{when}</time>
                </span>
            </button>
        </li>
    }
}
