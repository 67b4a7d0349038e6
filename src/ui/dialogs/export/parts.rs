//! How articles and labels fall to the parts of a dataset, and whether anything stands in two.

use leptos::prelude::*;

use super::super::inquiry::{Fault, Inquiry, Waiting};
use super::dataset::Dataset;
use crate::app::export::{Scope, requested};
use crate::app::{ReviewCounted, ReviewText, Text};
use crate::dataset::PartCounts;
use crate::schema::LabelCode;
use crate::ui::model::use_model;
use crate::work::{Parts, Question, Verdict};

#[component]
pub(super) fn PartsTable(dataset: Dataset, scope: RwSignal<Scope>) -> impl IntoView {
    let model = use_model();
    let inquiry = Inquiry::new(model);
    // Shares that say nothing are told beside their field.
    let options = Memo::new(move |_| dataset.parting());
    Effect::new(move || {
        if let Some(options) = options.get() {
            let documents = model.peek(|state| requested(state, scope.get()));
            inquiry.ask(Question::Parts(Box::new(options)), &documents);
        }
    });
    let parts = Memo::new(move |_| match inquiry.verdict.get() {
        Some(Verdict::Parts(parts)) => Some(parts),
        _ => None,
    });
    let table = move |Parts { counts, leaks }: Parts| {
        let heads = counts
            .iter()
            .map(|part| view! { <th scope="col"><bdi>{part.name.clone()}</bdi></th> })
            .collect_view();
        let mut labels: Vec<&LabelCode> = counts.iter().flat_map(|part| part.labels.keys()).collect();
        labels.sort_unstable();
        labels.dedup();
        let of_label = |label: &LabelCode| {
            let numbers = counts.iter().map(|part| part.labels.get(label).copied().unwrap_or(0)).collect();
            view! { <tr><th scope="row">{label.to_string()}</th>{shares(numbers)}</tr> }
        };
        let rows = labels.into_iter().map(of_label).collect_view();
        let documents = counts.iter().map(|part: &PartCounts| part.documents).collect();
        let said = move || match leaks {
            0 => model.language.get().text(ReviewText::PartsApart).to_owned(),
            leaks => model.count(ReviewCounted::PartsLeak, leaks),
        };
        view! {
            <table class="statistics-table" data-testid="dataset-parts">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::StatisticsLabel)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{model.text(Text::Articles)}</th>
                        {shares(documents)}
                    </tr>
                    {rows}
                </tbody>
            </table>
            <p class="field-note" data-testid="dataset-leaks">{said}</p>
        }
    };
    view! {
        <div class="dataset-parts scroll" aria-busy=move || inquiry.progress.with(Option::is_some).to_string()>
            <Waiting inquiry name=ReviewText::PartsCounting />
            <Fault inquiry text=ReviewText::PartsFailed />
            {move || parts.get().map(table)}
        </div>
    }
}

/// A row of numbers, each with its share in hundredths.
fn shares(numbers: Vec<usize>) -> impl IntoView {
    let sum: usize = numbers.iter().sum();
    let cell = |number: usize| {
        let share = (sum > 0).then(|| format!(" ({:.0}%)", 100.0 * number as f64 / sum as f64));
        view! { <td><bdi dir="ltr">{number}{share}</bdi></td> }
    };
    numbers.into_iter().map(cell).collect_view()
}
