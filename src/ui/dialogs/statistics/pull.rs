//! How much suggestions pull the labels, and the sample that tells it: articles labelled without them.

use leptos::prelude::*;

use crate::app::{Command, ReviewText, Settings};
use crate::quality::pull::{Pull, Side};
use crate::ui::model::{Dialog, use_model};

/// The sizes that are offered, in articles of a hundred.
const SIZES: [u8; 6] = [0, 5, 10, 20, 30, 50];

/// A number with one digit behind the point; `–` where there is none.
fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"))
}

/// What suggestions do, and the way to the dialogs for reviewing.
pub(super) fn pull_cards(pull: &Pull) -> AnyView {
    let model = use_model();
    let size = model.memo(|state| state.settings.blind);
    let set = move |share: u8| {
        let settings = model.peek(|state| state.settings.clone());
        model.run(Command::Set(Settings { blind: share, ..settings }));
    };
    let sizes = SIZES.map(|share| {
        view! {
            <option value=share.to_string() selected=move || size.get() == share>
                {format!("{share}%")}
            </option>
        }
    });
    let row = move |name: ReviewText, testid: &'static str, side: Side| {
        view! {
            <tr data-testid=testid>
                <th scope="row">{model.text(name)}</th>
                <td>{side.articles}</td>
                <td>{side.spans}</td>
                <td>{shown(side.density())}</td>
            </tr>
        }
    };
    let Pull { shown: with, blind, difference, verdicts } = pull.clone();
    let acceptance =
        verdicts.acceptance().map_or_else(|| "–".to_owned(), |share| format!("{:.0}%", 100.0 * share));
    let interval = match (difference.low, difference.high) {
        (Some(low), Some(high)) => format!("{low:+.1} … {high:+.1}"),
        _ => "–".to_owned(),
    };
    let change = difference.value.map_or_else(|| "–".to_owned(), |value| format!("{value:+.1}"));
    let says = match (difference.low, difference.high) {
        (Some(low), _) if low > 0.0 => ReviewText::PullMore,
        (_, Some(high)) if high < 0.0 => ReviewText::PullLess,
        (Some(_), Some(_)) => ReviewText::PullNone,
        _ => ReviewText::PullUnknown,
    };
    let go = move |name: ReviewText, testid: &'static str, dialog: Dialog| {
        view! {
            <button
                type="button"
                class="button"
                data-testid=testid
                on:click=move |_| model.dialog.set(Some(dialog.clone()))
            >
                {model.text(name)}
            </button>
        }
    };
    view! {
        <section class="statistics-card" data-testid="statistics-pull" aria-labelledby="statistics-pull-title">
            <h3 class="statistics-title" id="statistics-pull-title">
                {model.text(ReviewText::PullTitle)}
            </h3>
            <p class="field-note">{model.text(ReviewText::PullNote)}</p>
            <label class="field">
                <span class="field-label">{model.text(ReviewText::PullShare)}</span>
                <select
                    class="input"
                    data-testid="blind-share"
                    on:change=move |event| set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {sizes}
                </select>
            </label>
            <table class="statistics-table">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{model.text(ReviewText::PullArticles)}</th>
                        <th scope="col">{model.text(ReviewText::ColumnSpans)}</th>
                        <th scope="col">{model.text(ReviewText::PullDensity)}</th>
                    </tr>
                </thead>
                <tbody>
                    {row(ReviewText::PullShown, "pull-shown", with)} {row(ReviewText::PullBlind, "pull-blind", blind)}
                </tbody>
            </table>
            <dl class="statistics-tiles">
                <div>
                    <dt>{model.text(ReviewText::PullDifference)}</dt>
                    <dd data-testid="pull-difference">
                        <bdi dir="ltr">{change}</bdi>
                    </dd>
                </div>
                <div>
                    <dt>{model.text(ReviewText::PullAcceptance)}</dt>
                    <dd data-testid="pull-acceptance">{acceptance}</dd>
                </div>
            </dl>
            <p class="field-note" data-testid="pull-says">
                {model.text(says)} " " {model.text(ReviewText::AgreementInterval)} ": " <bdi dir="ltr">{interval}</bdi>
            </p>
        </section>
        <section class="statistics-card" aria-labelledby="statistics-review-title">
            <h3 class="statistics-title" id="statistics-review-title">
                {model.text(ReviewText::ReviewTitle)}
            </h3>
            <p class="field-note">{model.text(ReviewText::ReviewNote)}</p>
            <div class="dispute-deeds">
                {go(ReviewText::LintTitle, "go-lint", Dialog::Lint)}
                {go(ReviewText::AgreementTitle, "go-agreement", Dialog::Agreement)}
                {go(ReviewText::AdjudicationTitle, "go-adjudication", Dialog::Adjudication)}
            </div>
        </section>
    }
    .into_any()
}
