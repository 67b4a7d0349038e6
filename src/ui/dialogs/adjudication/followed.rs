//! Whom the adjudicator followed.

use leptos::prelude::*;

use super::super::annotators::display_name;
use super::super::bar::Bar;
use super::desk::Desk;
use super::dispute::kind_name;
use crate::app::ReviewText;
use crate::quality::adjudication::{Disagreement, Followed, followed};

/// The kinds in the order of the columns.
const KINDS: [Disagreement; 4] =
    [Disagreement::Missing, Disagreement::Label, Disagreement::Boundary, Disagreement::Nested];

#[component]
pub(super) fn WhoWasFollowed(desk: Desk) -> impl IntoView {
    let model = desk.model;
    let rows = Memo::new(move |_| {
        let (table, decisions) = (desk.table.get(), desk.decided.get());
        followed(&table.articles, &table.names, &decisions)
    });
    let is_known = move || !desk.blind.get() && rows.with(|rows| rows.iter().any(|row| row.decided > 0));
    let row = move |row: Followed| {
        let share = row.share().map_or_else(|| "–".to_owned(), |share| format!("{:.0}%", 100.0 * share));
        let kinds = KINDS
            .map(|kind| {
                let (decided, followed) = row.kinds.get(&kind).copied().unwrap_or_default();
                let said = if decided == 0 { "–".to_owned() } else { format!("{followed}/{decided}") };
                view! { <td><bdi dir="ltr">{said}</bdi></td> }
            })
            .collect_view();
        let Followed { name, decided, followed, .. } = row;
        view! {
            <tr data-testid="followed-row">
                <th scope="row">
                    <span class="statistics-name">
                        <bdi>{move || display_name(&name, model.language.get())}</bdi>
                    </span>
                    <Bar parts=vec![(followed, "accepted")] full=decided />
                </th>
                <td><bdi dir="ltr">{format!("{followed}/{decided}")}</bdi></td>
                <td>{share}</td>
                {kinds}
            </tr>
        }
    };
    view! {
        <Show when=is_known>
            <section class="statistics-card" data-testid="followed">
                <h3 class="statistics-title">{model.text(ReviewText::FollowedTitle)}</h3>
                <div class="scroll-inline">
                    <table class="statistics-table">
                        <thead>
                            <tr>
                                <th scope="col">{model.text(ReviewText::FollowedName)}</th>
                                <th scope="col">{model.text(ReviewText::FollowedCount)}</th>
                                <th scope="col">{model.text(ReviewText::FollowedShare)}</th>
                                {KINDS.map(|kind| view! { <th scope="col">{model.text(kind_name(kind))}</th> }).collect_view()}
                            </tr>
                        </thead>
                        <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
}
