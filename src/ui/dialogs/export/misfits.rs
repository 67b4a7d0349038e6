//! The spans that a format cannot hold as they are, each where it stands, and what becomes of it.

use leptos::prelude::*;

use super::options::misfit_name;
use crate::app::export::Summary;
use crate::app::{ReviewCounted, ReviewText};
use crate::formats::{Became, Misfit};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

#[component]
pub(super) fn Misfits(summary: Summary) -> impl IntoView {
    let model = use_model();
    let Summary { misfits, misfit_count, included, after, .. } = summary;
    let counts = move || {
        let (before, after) = (included.to_string(), after.to_string());
        model.language.get().fill(ReviewText::MisfitsBalance, &[("before", &before), ("after", &after)])
    };
    let rest = misfit_count - misfits.len();
    let row = move |misfit: Misfit| {
        let Misfit { label, before, surface, after, kind, became, .. } = misfit;
        let outcome = move || {
            let language = model.language.get();
            match &became {
                Became::Same => language.text(ReviewText::BecameSame).to_owned(),
                Became::Text { text } => text.clone(),
                Became::Pieces { texts } => texts.join(" + "),
                Became::LeftOut { .. } => language.text(ReviewText::BecameNothing).to_owned(),
            }
        };
        view! {
            <li class="misfit" data-testid="misfit" data-kind=kind.as_str()>
                <p class="hit-line" lang="ar" dir="rtl">
                    <span class="hit-before">
                        <span>{before}</span>
                    </span>
                    <mark class="hit-surface" data-label=label.to_string()>
                        {surface}
                    </mark>
                    <span class="hit-after">{after}</span>
                </p>
                <p class="misfit-what">
                    <span>{model.text(misfit_name(kind))}</span>
                    <Icon name="next" flip=true />
                    <span class="surface-inline" dir="auto" data-testid="became">
                        {outcome}
                    </span>
                </p>
            </li>
        }
    };
    view! {
        <section class="misfits" aria-labelledby="misfits-title" data-testid="misfits">
            <h3 class="balance-title" id="misfits-title">
                <Icon name="warning" />
                {move || model.count(ReviewCounted::MisfitsCounted, misfit_count)}
            </h3>
            <p class="field-note" data-testid="misfits-balance">
                {counts}
            </p>
            <ol class="misfit-list scroll" tabindex="0" aria-labelledby="misfits-title">
                {misfits.into_iter().map(row).collect_view()}
            </ol>
            <Show when=move || { rest > 0 }>
                <p class="field-note">{move || model.count(ReviewCounted::MisfitsMore, rest)}</p>
            </Show>
        </section>
    }
}
