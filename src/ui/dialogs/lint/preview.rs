//! What mending many findings at once would change, before it is done.

use std::collections::HashMap;

use leptos::prelude::*;

use super::super::context_line::context_line;
use super::ROW_HEIGHT;
use crate::annotation::{Change, DocumentId, SpanId};
use crate::app::{ReviewCounted, ReviewText, State};
use crate::quality::lint::{Finding, fixes};
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};
use crate::ui::article_list::Gap;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, RowWindow};

/// A span as it is and as it will be.
#[derive(Clone)]
struct Altered {
    document: DocumentId,
    span: SpanId,
    text: SourceText,
    before: Option<(ByteRange, LabelCode)>,
    after: Option<(ByteRange, LabelCode)>,
}

/// What the fixes come to, and how many of the findings they mend.
fn altered(state: &State, findings: &[Finding]) -> (Vec<Altered>, usize) {
    let mut by_document: HashMap<&DocumentId, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        by_document.entry(&finding.document).or_default().push(finding);
    }
    let (mut rows, mut mended) = (Vec::new(), 0);
    for document in state.project.documents() {
        let Some(here) = by_document.remove(&document.id) else {
            continue;
        };
        let (changes, count) = fixes(document, here);
        mended += count;
        rows.extend(changes.into_iter().filter_map(|change| {
            let place = |span: &crate::annotation::Span| Some((span.range, span.label.clone()));
            let (span, before, after) = match &change {
                Change::Add(span) => (span, None, place(span)),
                Change::Remove(span) => (span, place(span), None),
                Change::Replace { before, after } => (after, place(before), place(after)),
                _ => return None,
            };
            let (document, text, span) = (document.id.clone(), document.text.clone(), span.id.clone());
            Some(Altered { document, span, text, before, after })
        }));
    }
    (rows, mended)
}

#[component]
pub(super) fn Preview(
    /// What is to be mended.
    findings: Vec<Finding>,
    /// Leaves everything as it is.
    on_back: impl Fn() + Copy + Send + Sync + 'static,
    /// Mends it.
    on_make: impl Fn(Vec<Finding>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let (rows, mended) = model.peek(|state| altered(state, &findings));
    let (count, left) = (rows.len(), findings.len() - mended);
    let rows = StoredValue::new(rows);
    let findings = StoredValue::new(findings);
    let window = RowWindow::new(Signal::stored(count), ROW_HEIGHT);
    let in_view = move || {
        let range = window.rows.get();
        rows.with_value(|rows| rows.get(range).unwrap_or_default().to_vec())
    };
    let line =
        move |text: &SourceText, name: ReviewText, side: Option<(ByteRange, LabelCode)>, other: ByteRange| {
            let label = side.as_ref().map(|(_, label)| label.clone());
            let range = side.map_or(ByteRange::new(other.start, other.start), |(range, _)| range);
            view! {
                <div class="preview-side">
                    <span class="preview-name">{model.text(name)}</span>
                    <span class="preview-label">
                        {label
                            .clone()
                            .map(|label| {
                                view! {
                                    <span class="label-chip" data-label=label.to_string() lang="en">
                                        {label.to_string()}
                                    </span>
                                }
                            })}
                    </span>
                    {context_line(text, range, label.as_ref())}
                </div>
            }
        };
    let row = move |altered: Altered| {
        let Altered { text, before, after, .. } = altered;
        let place = before.as_ref().or(after.as_ref()).map(|(range, _)| *range).unwrap_or_default();
        view! {
            <li class="finding preview" data-testid="preview-row">
                {line(&text, ReviewText::LintBefore, before, place)}
                {line(&text, ReviewText::LintAfter, after, place)}
            </li>
        }
    };
    view! {
        <section class="lint-found" aria-labelledby="preview-title" data-testid="lint-preview">
            <div class="lint-rule-head">
                <h3 class="statistics-title" id="preview-title">
                    {model.text(ReviewText::LintPreview)}
                </h3>
                <p class="field-note">{model.text(ReviewText::LintUndoNote)}</p>
                <Show when=move || { left > 0 }>
                    <p class="field-note">{move || model.count(ReviewCounted::LintCannotMend, left)}</p>
                </Show>
            </div>
            <ol class="hits scroll" node_ref=window.scroller on:scroll=move |_| window.scrolled()>
                <Gap height=Signal::derive(move || window.padding().0) />
                {window.draw(in_view, |row| (row.document.clone(), row.span.clone()), row)}
                <Gap height=Signal::derive(move || window.padding().1) />
            </ol>
            <div class="preview-deeds">
                <button type="button" class="button" data-kind="quiet" data-testid="preview-back" on:click=move |_| on_back()>
                    {model.text(ReviewText::LintBack)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="preview-make"
                    disabled=count == 0
                    on:click=move |_| on_make(findings.get_value())
                >
                    <Icon name="accept" />
                    {move || model.count(ReviewCounted::LintMakeChanges, count)}
                </button>
            </div>
        </section>
    }
}
