//! One end of the active span, moved by buttons: they say and point to the side on which that end is on the screen.

use leptos::prelude::*;

use super::keyboard::KeyCap;
use super::model::{Model, use_model};
use super::widgets::{Icon, IconButton};
use crate::app::{Action, Command, ReviewText};
use crate::text::motion::{Direction, Edge, Unit};

#[component]
pub(super) fn EdgeRow(
    edge: Edge,
    /// What the buttons move it by.
    unit: RwSignal<Unit>,
    /// How the article runs.
    is_leftwards: bool,
) -> impl IntoView {
    let model = use_model();
    let is_right = (edge == Edge::Start) == is_leftwards;
    let title = title(model, edge, is_leftwards);
    let key = move || {
        let action = Action::MoveEdge(edge, Direction::Outward, unit.get());
        let action = if is_leftwards { action } else { action.mirrored() };
        view! { <KeyCap action /> }
    };
    let [one, other] = match edge {
        Edge::Start => [Direction::Outward, Direction::Inward],
        Edge::End => [Direction::Inward, Direction::Outward],
    };
    // The arrows are drawn for what is read from the right.
    let mut icons = ["edge-earlier", "edge-later"];
    if !is_leftwards {
        icons.reverse();
    }
    let [first, second] = icons;
    let button = move |icon: &'static str, way: Direction, is_last: bool| {
        let name = match (way, is_right) {
            (Direction::Outward, true) => ReviewText::ExtendStart,
            (Direction::Outward, false) => ReviewText::ExtendEnd,
            (Direction::Inward, true) => ReviewText::ShrinkStart,
            (Direction::Inward, false) => ReviewText::ShrinkEnd,
        };
        let testid = match (edge, way) {
            (Edge::Start, Direction::Outward) => "start-outward",
            (Edge::Start, Direction::Inward) => "start-inward",
            (Edge::End, Direction::Outward) => "end-outward",
            (Edge::End, Direction::Inward) => "end-inward",
        };
        view! {
            <IconButton
                icon
                name=Signal::derive(model.text(name))
                testid
                tip_at_end=is_last
                on_press=move |_| model.run(Command::MoveEdge(edge, way, unit.get_untracked()))
            />
        }
    };
    view! {
        <div class="action-row" role="group" aria-label=title>
            <Icon name=if is_right { "edge-start" } else { "edge-end" } />
            <span class="action-row-name">{title}</span>
            {key}
            <span class="button-group" dir=if is_leftwards { "rtl" } else { "ltr" }>
                {button(first, one, false)}
                {button(second, other, true)}
            </span>
        </div>
    }
}

/// What the end is called: where it is on the screen, and which end of the words that is.
fn title(model: Model, edge: Edge, is_leftwards: bool) -> impl Fn() -> &'static str + Copy + Send + Sync {
    move || {
        let language = model.language.get();
        match (edge, is_leftwards) {
            (Edge::Start, true) => language.text(ReviewText::RightEdge),
            (Edge::End, true) => language.text(ReviewText::LeftEdge),
            (Edge::Start, false) => language.text(ReviewText::LeftEdgeStart),
            (Edge::End, false) => language.text(ReviewText::RightEdgeEnd),
        }
    }
}
