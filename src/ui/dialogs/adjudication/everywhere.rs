//! One voice is followed wherever nothing has been decided.

use leptos::prelude::*;

use super::super::annotators::display_name;
use super::desk::Desk;
use crate::app::panel::gold_of;
use crate::app::{Command, ReviewCounted, ReviewText};
use crate::quality::adjudication::{Open, Policy, queue};

/// Follows one voice wherever nothing has been decided, as one step.
#[component]
pub(super) fn FollowEverywhere(desk: Desk) -> impl IntoView {
    let model = desk.model;
    let chosen = RwSignal::new(0usize);
    let open = Memo::new(move |_| {
        let (table, decisions) = (desk.table.get(), desk.decided.get());
        queue(&table.articles, &decisions).len()
    });
    let follow = move |_| {
        let (table, voice) = (desk.table.get_untracked(), chosen.get_untracked());
        let mut decisions = (*desk.decided.get_untracked()).clone();
        let mut touched = Vec::new();
        for Open { article, region } in queue(&table.articles, &decisions) {
            let Some(contested) = table.articles.get(article) else {
                continue;
            };
            let Some(region) = contested.regions.get(region) else {
                continue;
            };
            if let Some(decision) = Policy::Follow(voice).decide(region) {
                decisions.decide(&contested.id, region.range, decision);
                touched.push(article);
            }
        }
        touched.dedup();
        let articles = touched.into_iter().filter_map(|at| table.articles.get(at));
        let golds = articles.filter_map(|article| gold_of(article, &table.voices, &decisions)).collect();
        model.run(Command::WriteGold(golds));
    };
    let voices = move || {
        let language = model.language.get();
        let names = desk.table.with(|table| table.names.clone());
        let option = |(at, name): (usize, String)| {
            view! { <option value=at.to_string()>{display_name(&name, language)}</option> }
        };
        names.into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <Show when=move || { open.get() > 0 && !desk.blind.get() }>
            <span class="follow-everywhere">
                <select
                    class="select"
                    data-testid="follow-who"
                    aria-label=model.text(ReviewText::FollowWho)
                    on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {voices}
                </select>
                <button type="button" class="button" data-testid="follow-everywhere" on:click=follow>
                    {move || model.count(ReviewCounted::FollowEverywhere, open.get())}
                </button>
            </span>
        </Show>
    }
}
