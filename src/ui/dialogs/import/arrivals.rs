//! The articles of a file, each with a tick, its title, its day and the beginning of its text.

use leptos::prelude::*;

use crate::app::intake::{Arrival, FileState, Twin};
use crate::app::{ReviewCounted, ReviewText};
use crate::text::words;
use crate::ui::article_list::Gap;
use crate::ui::model::use_model;
use crate::ui::widgets::RowWindow;

/// Up to so many articles of a file are listed whole, each opening where it stands. Of more, those near the view are.
const SHORT: usize = 40;

/// The height of a row of a long list in pixels; `dialogs.css` gives such rows this height.
const ROW_HEIGHT: f64 = 112.0;

/// So much of a text is shown before it is opened, in characters.
const BEGINNING: usize = 160;

/// So much of a text is shown at most, in characters.
const MOST_SHOWN: usize = 20_000;

/// How a row shows its text.
#[derive(Clone, Copy)]
enum Opening {
    /// Where it stands, from the beginning (`true`) or once it is asked for.
    InPlace(bool),
    /// Below the list, one at a time: rows of a long list are of one height.
    Below(RwSignal<Option<usize>>),
}

#[component]
pub(super) fn Arrivals(
    /// The place of the file among those of the import.
    number: usize,
) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let order = Memo::new(move |_| {
        intake.with(|intake| intake.files.get(number).map(FileState::in_order).unwrap_or_default())
    });
    let total = order.with_untracked(Vec::len);
    let is_long = total > SHORT;
    let below = RwSignal::new(None);
    let opening = if is_long { Opening::Below(below) } else { Opening::InPlace(total == 1) };
    let window = RowWindow::whole_up_to(SHORT, Signal::derive(move || order.with(Vec::len)), ROW_HEIGHT);
    let shown = move || order.with(|order| order.get(window.rows.get()).unwrap_or_default().to_vec());
    view! {
        <ol
            class="import-articles"
            class:scroll=is_long
            data-long=is_long.to_string()
            node_ref=window.scroller
            on:scroll=move |_| window.scrolled()
        >
            <Gap height=Signal::derive(move || window.padding().0) />
            // Which articles are there already is found out when all have been read: their rows are drawn anew.
            {window.draw(shown, |place| *place, move |(_, at)| view! { <Row number at opening /> })}
            <Gap height=Signal::derive(move || window.padding().1) />
        </ol>
        {is_long.then(|| view! { <Below number below /> })}
    }
}

/// A look at an article of the import, once.
fn look<T>(number: usize, at: usize, look: impl FnOnce(&Arrival) -> T) -> Option<T> {
    let intake = use_model().importing.intake;
    intake.with_untracked(|intake| intake.files.get(number)?.arrivals.get(at).map(look))
}

/// The id of the place below a long list.
fn place_below(number: usize) -> String {
    format!("import-text-{number}")
}

#[component]
fn Row(number: usize, at: usize, opening: Opening) -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let change = move |act: Box<dyn FnOnce(&mut Arrival)>| {
        intake.update(|intake| {
            if let Some(arrival) = intake.files.get_mut(number).and_then(|file| file.arrivals.get_mut(at)) {
                act(arrival);
            }
        });
    };
    // What is shown of the article does not change but by reading the file again; tick and day are the fields' own.
    let row = look(number, at, |arrival| {
        let date = arrival.date().get(..10).unwrap_or(arrival.date()).to_owned();
        let text = arrival.document.text.as_str();
        let count = words(text).count();
        let beginning: String = text.chars().take(BEGINNING).collect();
        let title = arrival.document.shown_title();
        let name = title.clone();
        let twin = arrival.twin.clone().map(|twin| view! { <TwinNote twin /> });
        let (title, text) = match opening {
            Opening::InPlace(is_open) => {
                let whole: String = text.chars().take(MOST_SHOWN).collect();
                let text = view! {
                    <details class="import-text" open=is_open>
                        <summary dir="auto">{beginning}</summary>
                        <p class="import-whole scroll" dir="auto" tabindex="0">
                            {whole}
                        </p>
                    </details>
                };
                (view! { <bdi class="import-article-title">{title}</bdi> }.into_any(), text.into_any())
            }
            Opening::Below(below) => {
                let is_open = move || below.get() == Some(at);
                let title = view! {
                    <button
                        type="button"
                        class="import-article-title link"
                        data-testid="import-open"
                        dir="auto"
                        aria-expanded=move || is_open().to_string()
                        aria-controls=place_below(number)
                        on:click=move |_| below.update(|open| *open = (*open != Some(at)).then_some(at))
                    >
                        {title}
                    </button>
                };
                let text = view! {
                    <p class="import-beginning" dir="auto">
                        {beginning}
                    </p>
                };
                (title.into_any(), text.into_any())
            }
        };
        (arrival.is_taken, name, date, count, title, twin, text)
    });
    let (is_taken, name, date, count, title, twin, text) = row?;
    Some(view! {
        <li class="import-article" data-testid="import-article">
            <input
                type="checkbox"
                class="import-tick"
                aria-label=name
                prop:checked=is_taken
                on:change=move |event| {
                    let is_taken = event_target_checked(&event);
                    change(Box::new(move |arrival| arrival.is_taken = is_taken));
                }
            />
            <div class="import-article-body">{title} {twin} {text}</div>
            <span class="import-article-count">{move || model.count(ReviewCounted::WordsCounted, count)}</span>
            <input
                class="input import-article-day"
                type="date"
                aria-label=model.text(ReviewText::ImportDay)
                prop:value=date
                on:change=move |event| {
                    let date = event_target_value(&event);
                    change(Box::new(move |arrival| arrival.set_date(&date)));
                }
            />
        </li>
    })
}

/// The text of the article of a long list that was opened.
#[component]
fn Below(number: usize, below: RwSignal<Option<usize>>) -> impl IntoView {
    let text = move || {
        let at = below.get()?;
        look(number, at, |arrival| {
            let whole: String = arrival.document.text.as_str().chars().take(MOST_SHOWN).collect();
            let twin = arrival.twin.clone().map(|twin| view! { <TwinNote twin /> });
            view! {
                <bdi class="import-article-title">{arrival.document.shown_title()}</bdi>
                {twin}
                <p class="import-whole scroll" dir="auto" tabindex="0">
                    {whole}
                </p>
            }
        })
    };
    view! {
        <div class="import-article-body" id=place_below(number) data-testid="import-text">
            {text}
        </div>
    }
}

/// The article that says the same, or nearly.
#[component]
fn TwinNote(twin: Twin) -> impl IntoView {
    let model = use_model();
    let words = move || {
        let language = model.language.get();
        if twin.is_same() {
            return language.fill(ReviewText::ImportTwinSame, &[("title", &twin.title)]);
        }
        let share = format!("{:.0}", twin.share * 100.0);
        language.fill(ReviewText::ImportTwinNear, &[("title", &twin.title), ("share", &share)])
    };
    view! {
        <p class="import-twin" data-testid="import-twin">
            {words}
        </p>
    }
}
