//! Two annotators: which labels meet, and what their ends disagree about.

use leptos::prelude::*;

use super::super::annotators::display_name;
use crate::app::ReviewText;
use crate::quality::agreement::{BoundaryKind, BoundaryRow, Edge, PairReport};
use crate::schema::LabelCode;
use crate::ui::model::use_model;

/// How dark a cell of the matrix is: in quarters of the largest count. Counts stand in it, so nothing hangs on the colour.
fn level(count: usize, most: usize) -> usize {
    if count == 0 { 0 } else { (count * 4).div_ceil(most.max(1)) }
}

/// What two annotators differ in.
pub(super) fn between(pair: &PairReport) -> AnyView {
    let model = use_model();
    let mut labels: Vec<Option<LabelCode>> =
        pair.confusion.iter().flat_map(|row| [row.first.clone(), row.second.clone()]).collect();
    // Nothing comes last.
    labels.sort_by_key(|label| (label.is_none(), label.clone()));
    labels.dedup();
    let (first, second) = (pair.first.clone(), pair.second.clone());
    let names = move || {
        let language = model.language.get();
        let (rows, columns) = (display_name(&first, language), display_name(&second, language));
        language.fill(ReviewText::ConfusionNote, &[("rows", &rows), ("columns", &columns)])
    };
    let count = |row: &Option<LabelCode>, column: &Option<LabelCode>| {
        let found = pair.confusion.iter().find(|cell| cell.first == *row && cell.second == *column);
        found.map_or(0, |cell| cell.count)
    };
    let most = pair.confusion.iter().filter(|cell| cell.first != cell.second).map(|cell| cell.count).max();
    let most = most.unwrap_or(0);
    let head = |label: &Option<LabelCode>| match label {
        Some(label) => view! {
            <span class="label-chip" data-label=label.to_string() lang="en">
                {label.to_string()}
            </span>
        }
        .into_any(),
        None => view! { <span class="matrix-none">{model.text(ReviewText::NoSpan)}</span> }.into_any(),
    };
    let line = |row: &Option<LabelCode>| {
        let cells = labels
            .iter()
            .map(|column| {
                let number = count(row, column);
                let is_same = row == column;
                let shade = if is_same { 0 } else { level(number, most) };
                let said = if number == 0 { String::new() } else { number.to_string() };
                view! {
                    <td class="matrix-cell" data-same=is_same.to_string() data-level=shade.to_string()>
                        {said}
                    </td>
                }
            })
            .collect_view();
        view! {
            <tr data-testid="confusion-row">
                <th scope="row">{head(row)}</th>
                {cells}
            </tr>
        }
    };
    let ends = pair.boundaries.iter().take(12).cloned().map(|row| view! { <EndsRow row /> }).collect_view();
    let has_ends = !pair.boundaries.is_empty();
    view! {
        <section class="statistics-card" data-size="broad" data-testid="confusion" aria-labelledby="confusion-title">
            <h3 class="statistics-title" id="confusion-title">
                {model.text(ReviewText::ConfusionTitle)}
            </h3>
            <p class="field-note">{names}</p>
            <div class="scroll-inline" tabindex="0" role="group" aria-labelledby="confusion-title">
                <table class="matrix">
                    <thead>
                        <tr>
                            <td></td>
                            {labels.iter().map(|label| view! { <th scope="col">{head(label)}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{labels.iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
        <section class="statistics-card" data-size="broad" data-testid="ends" aria-labelledby="ends-title">
            <h3 class="statistics-title" id="ends-title">
                {model.text(ReviewText::EndsTitle)}
            </h3>
            {if has_ends {
                view! {
                    <table class="statistics-table">
                        <thead>
                            <tr>
                                <th scope="col">{model.text(ReviewText::EndsKind)}</th>
                                <th scope="col">{model.text(ReviewText::EndsCount)}</th>
                            </tr>
                        </thead>
                        <tbody>{ends}</tbody>
                    </table>
                }
                    .into_any()
            } else {
                view! { <p class="field-note">{model.text(ReviewText::EndsNone)}</p> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn EndsRow(row: BoundaryRow) -> impl IntoView {
    let model = use_model();
    let BoundaryRow { kind, edge, first_holds, second_holds, example } = row;
    view! {
        <tr data-testid="ends-row" data-kind=kind.as_str()>
            <th scope="row">
                <span class="statistics-name">
                    {model.text(kind_name(kind))} <span class="count">{model.text(edge_name(edge))}</span>
                </span>
                <span class="statistics-surface" lang="ar" dir="rtl">
                    {example.first} " ≠ " {example.second}
                </span>
            </th>
            <td>{first_holds + second_holds}</td>
        </tr>
    }
}

fn edge_name(edge: Edge) -> ReviewText {
    match edge {
        Edge::Start => ReviewText::EdgeStart,
        Edge::End => ReviewText::EdgeEnd,
    }
}

fn kind_name(kind: BoundaryKind) -> ReviewText {
    match kind {
        BoundaryKind::Proclitic => ReviewText::EndsProclitic,
        BoundaryKind::Article => ReviewText::EndsArticle,
        BoundaryKind::Title => ReviewText::EndsTitleWord,
        BoundaryKind::ClassWord => ReviewText::EndsClassWord,
        BoundaryKind::Head => ReviewText::EndsHead,
        BoundaryKind::Quote => ReviewText::EndsQuote,
        BoundaryKind::Sign => ReviewText::EndsSign,
        BoundaryKind::Tail => ReviewText::EndsTail,
        BoundaryKind::Other => ReviewText::EndsOther,
    }
}
