//! One dispute: where it is, what each voice says, what was decided.

use leptos::prelude::*;

use super::desk::Desk;
use super::edit::Editor;
use super::key::DisputeKey;
use super::merged::Merged;
use super::side::SideCard;
use crate::app::{DisputeAction, ReviewText};
use crate::quality::adjudication::{Decision, Disagreement, Placed, Region};
use crate::ui::widgets::Icon;

/// The dispute that lies on the desk, in its article.
#[component]
pub(super) fn Dispute(desk: Desk) -> impl IntoView {
    let model = desk.model;
    let here = Memo::new(move |_| {
        let table = desk.table.get();
        table.at(desk.at.get()).map(|(article, region)| (article.clone(), region.clone()))
    });
    let decision = Memo::new(move |_| {
        let decisions = desk.decided.get();
        here.with(|here| {
            let (article, region) = here.as_ref()?;
            decisions.of(&article.id, region.range).cloned()
        })
    });
    let kinds = move || {
        let kinds =
            here.with(|here| here.as_ref().map(|(_, region)| region.kinds.clone())).unwrap_or_default();
        kinds
            .into_iter()
            .map(|kind| {
                view! {
                    <span class="dispute-kind" data-kind=kind.as_str()>
                        <Icon name=kind_icon(kind) />
                        {model.text(kind_name(kind))}
                    </span>
                }
            })
            .collect_view()
    };
    let cards = move || {
        let (article, region) = here.get()?;
        let text = desk.table.with(|table| table.base(&article).map(|document| document.text.clone()))?;
        let taken = decision.get();
        let order = desk.order(&article, &region);
        let cards = order.into_iter().enumerate().filter_map(|(place, voice)| {
            let side = region.sides.iter().find(|side| side.voice == voice)?.clone();
            let is_taken = matches!(&taken, Some(Decision::Follow(voices)) if voices.contains(&voice));
            let others = region.sides.iter().filter(|other| other.voice != voice && other.votes);
            let others: Vec<_> = others.flat_map(|other| other.spans.clone()).collect();
            Some(view! {
                <SideCard
                    text=text.clone()
                    region=region.range
                    name=desk.name(voice, place)
                    place
                    side
                    others
                    is_taken
                    on_take=move || desk.follow_shown(place)
                />
            })
        });
        Some(cards.collect_view())
    };
    let editor = move || {
        let (article, region) = here.get()?;
        if !desk.editing.get() {
            return None;
        }
        let text = desk.table.with(|table| table.base(&article).map(|document| document.text.clone()))?;
        let begun = match decision.get_untracked() {
            Some(Decision::Edited(placed)) => placed,
            _ => distinct(&region),
        };
        let on_done = move |placed: Vec<Placed>| desk.decide(Decision::Edited(placed));
        Some(view! {
            <Editor
                text
                region=region.range
                begun
                on_done
                on_cancel=move || desk.editing.set(false)
            />
        })
    };
    let said = move || {
        Some(match decision.get()? {
            Decision::Neither => ReviewText::DecidedNeither,
            Decision::Edited(_) => ReviewText::DecidedEdited,
            Decision::Follow(voices) if voices.len() > 1 => ReviewText::DecidedBoth,
            Decision::Follow(_) => ReviewText::DecidedFollowed,
        })
    };
    let deed = move |text: ReviewText, key: DisputeAction, testid: &'static str, act: fn(Desk)| {
        view! {
            <button type="button" class="button" data-testid=testid on:click=move |_| act(desk)>
                {model.text(text)}
                <DisputeKey of=key />
            </button>
        }
    };
    view! {
        <Merged desk />
        <section class="dispute" aria-label=model.text(ReviewText::Dispute)>
            <header class="dispute-head">
                {kinds}
                <span class="dispute-said" data-testid="decision" role="status">
                    {move || {
                        said()
                            .map(|text| {
                                view! {
                                    <Icon name="done" />
                                    {model.text(text)}
                                }
                            })
                    }}
                </span>
            </header>
            <div class="sides">{cards}</div>
            {editor}
            <div class="dispute-deeds" hidden=move || desk.editing.get()>
                {deed(ReviewText::TakeBoth, DisputeAction::TakeAll, "take-both", Desk::follow_all)}
                {deed(ReviewText::TakeNeither, DisputeAction::TakeNone, "take-neither", |desk| desk.decide(Decision::Neither))}
                {deed(ReviewText::TakeEdited, DisputeAction::Edit, "take-edited", |desk| desk.editing.set(true))}
                <Show when=move || decision.with(Option::is_some)>
                    {deed(ReviewText::Withdraw, DisputeAction::Withdraw, "withdraw", Desk::withdraw)}
                </Show>
            </div>
        </section>
    }
}

/// Every span that somebody has in a region, each once.
fn distinct(region: &Region) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for span in region.sides.iter().flat_map(|side| &side.spans) {
        let one = Placed { range: span.range, label: span.label.clone() };
        if !placed.contains(&one) {
            placed.push(one);
        }
    }
    placed
}

/// What a kind of disagreement is called.
pub(super) fn kind_name(kind: Disagreement) -> ReviewText {
    match kind {
        Disagreement::Missing => ReviewText::KindMissing,
        Disagreement::Label => ReviewText::KindLabel,
        Disagreement::Boundary => ReviewText::KindBoundary,
        Disagreement::Nested => ReviewText::KindNested,
    }
}

/// The symbol of a kind; its shape tells it without colour.
fn kind_icon(kind: Disagreement) -> &'static str {
    match kind {
        Disagreement::Missing => "minus",
        Disagreement::Label => "codes",
        Disagreement::Boundary => "edge-end",
        Disagreement::Nested => "spans",
    }
}
