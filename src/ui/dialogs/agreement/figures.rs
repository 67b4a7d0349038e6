//! The figures: over all, by label, by article.

use leptos::prelude::*;

use super::super::bar::Bar;
use crate::annotation::{Document, DocumentId};
use crate::app::panel::two_places;
use crate::app::{Command, ReviewText};
use crate::quality::agreement::{ArticleRow, Figure, LabelRow, Report, WithoutGamma};
use crate::schema::LabelCode;
use crate::ui::labels::name_of;
use crate::ui::model::use_model;

/// So many articles are listed: those least agreed upon.
const LEAST: usize = 12;

/// A figure as it is read, its sign before it also among Arabic; `–` where it is not defined.
fn shown(value: Option<f64>) -> AnyView {
    let figure = value.map_or_else(|| "–".to_owned(), two_places);
    view! { <bdi dir="ltr">{figure}</bdi> }.into_any()
}

/// The bar of a figure between 0 and 1; one below chance has none.
pub(super) fn bar(value: Option<f64>, label: Option<String>) -> AnyView {
    let parts = vec![((value.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0).round() as usize, "accepted")];
    match label {
        Some(label) => view! { <Bar parts full=1000 label /> }.into_any(),
        None => view! { <Bar parts full=1000 /> }.into_any(),
    }
}

/// Over all.
pub(super) fn figures(report: &Report) -> AnyView {
    let model = use_model();
    let row = move |name: ReviewText, testid: &'static str, figure: Figure| {
        let interval = match (figure.low, figure.high) {
            (Some(low), Some(high)) => format!("{} – {}", two_places(low), two_places(high)),
            _ => "–".to_owned(),
        };
        view! {
            <tr data-testid=testid>
                <th scope="row">
                    <span class="statistics-name">{model.text(name)}</span>
                    {bar(figure.value, None)}
                </th>
                <td>{shown(figure.value)}</td>
                <td><bdi dir="ltr">{interval}</bdi></td>
            </tr>
        }
    };
    let group = move |name: ReviewText, note: Option<ReviewText>| {
        view! {
            <tr class="statistics-group">
                <th scope="rowgroup" colspan="3">
                    {model.text(name)}
                    {note.map(|note| view! { <p class="field-note">{model.text(note)}</p> })}
                </th>
            </tr>
        }
    };
    let (spans, kappa, alpha) = (report.spans, report.kappa, report.alpha);
    view! {
        <section class="statistics-card" data-testid="agreement-figures" aria-labelledby="agreement-figures-title">
            <h3 class="statistics-title" id="agreement-figures-title">
                {model.text(ReviewText::AgreementFigures)}
            </h3>
            <table class="statistics-table">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{model.text(ReviewText::AgreementValue)}</th>
                        <th scope="col">{model.text(ReviewText::AgreementInterval)}</th>
                    </tr>
                </thead>
                <tbody>
                    {group(ReviewText::AgreementSpans, None)}
                    {row(ReviewText::FigureStrict, "f1-strict", spans.strict)}
                    {row(ReviewText::FigureBoundary, "f1-boundary", spans.boundary)}
                    {row(ReviewText::FigureOverlap, "f1-overlap", spans.overlap)}
                    {group(ReviewText::AgreementLetters, None)}
                    {row(ReviewText::FigureUnitizing, "alpha-unitizing", report.unitizing)}
                    {group(ReviewText::AgreementAligned, without_gamma(report))}
                    {row(ReviewText::FigureGamma, "gamma", report.gamma.figure)}
                    {group(ReviewText::AgreementWords, Some(ReviewText::AgreementWarning))}
                    {row(ReviewText::FigureKappaLabelled, "kappa-labelled", kappa.labelled)}
                    {row(ReviewText::FigureKappa, "kappa-all", kappa.all)}
                    {row(ReviewText::FigureAlphaLabelled, "alpha-labelled", alpha.labelled)}
                    {row(ReviewText::FigureAlpha, "alpha-all", alpha.all)}
                </tbody>
            </table>
            <p class="field-note">{model.text(ReviewText::AgreementIntervalNote)}</p>
        </section>
    }
    .into_any()
}

/// Why there is no gamma, where that is not plain to see.
fn without_gamma(report: &Report) -> Option<ReviewText> {
    (report.gamma.without == Some(WithoutGamma::TooMuch)).then_some(ReviewText::GammaTooMuch)
}

/// Label by label.
pub(super) fn labels(report: &Report) -> AnyView {
    let model = use_model();
    let row = move |(label, row): (&LabelCode, &LabelRow)| {
        let code = label.clone();
        let name = move || {
            let language = model.language.get();
            model.with(|state| name_of(state.schema(), &code, language))
        };
        let numbers = [row.strict, row.boundary, row.overlap, row.unitizing];
        view! {
            <tr data-testid="agreement-label" data-label-row=label.to_string()>
                <th scope="row">
                    <span class="statistics-name">
                        <span class="label-chip" data-label=label.to_string() lang="en">
                            {label.to_string()}
                        </span>
                        {name}
                    </span>
                    {bar(row.strict, Some(label.to_string()))}
                </th>
                <td>{row.spans}</td>
                {numbers.map(|value| view! { <td>{shown(value)}</td> }).collect_view()}
            </tr>
        }
    };
    let rows = report.labels.iter().map(row).collect_view();
    view! {
        <section class="statistics-card" data-testid="agreement-labels" aria-labelledby="agreement-labels-title">
            <h3 class="statistics-title" id="agreement-labels-title">
                {model.text(ReviewText::AgreementByLabel)}
            </h3>
            <div class="scroll-inline">
                <table class="statistics-table">
                    <thead>
                        <tr>
                            <th scope="col">{model.text(ReviewText::ColumnLabel)}</th>
                            <th scope="col">{model.text(ReviewText::ColumnSpans)}</th>
                            <th scope="col">{model.text(ReviewText::ColumnStrict)}</th>
                            <th scope="col">{model.text(ReviewText::ColumnBoundary)}</th>
                            <th scope="col">{model.text(ReviewText::ColumnOverlap)}</th>
                            <th scope="col">{model.text(ReviewText::ColumnUnitizing)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The articles least agreed upon; `on_close` closes the dialog when one is opened.
pub(super) fn articles(report: &Report, on_close: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let model = use_model();
    let mut rows: Vec<ArticleRow> = report.by_article.clone();
    rows.sort_by(|a, b| a.strict.unwrap_or(1.0).total_cmp(&b.strict.unwrap_or(1.0)));
    rows.truncate(LEAST);
    let row = move |row: ArticleRow| {
        let id = DocumentId::new(row.id.as_str());
        let title = model.peek(|state| state.project.document(&id).map(Document::shown_title));
        let is_here = title.is_some();
        let title = title.unwrap_or(row.id);
        let open = move |_| {
            on_close();
            model.run(Command::Open(id.clone()));
        };
        view! {
            <tr data-testid="agreement-article">
                <th scope="row">
                    {if is_here {
                        view! {
                            <button type="button" class="statistics-open" dir="auto" on:click=open>
                                {title}
                            </button>
                        }
                            .into_any()
                    } else {
                        view! { <span class="statistics-surface" dir="auto">{title}</span> }.into_any()
                    }}
                    {bar(row.strict, None)}
                </th>
                <td>{shown(row.strict)}</td>
                <td>{shown(row.boundary)}</td>
                <td>{shown(row.overlap)}</td>
            </tr>
        }
    };
    view! {
        <section
            class="statistics-card"
            data-size="broad"
            data-testid="agreement-articles"
            aria-labelledby="agreement-articles-title"
        >
            <h3 class="statistics-title" id="agreement-articles-title">
                {model.text(ReviewText::AgreementArticles)}
            </h3>
            <table class="statistics-table">
                <thead>
                    <tr>
                        <th scope="col">{model.text(ReviewText::ColumnArticle)}</th>
                        <th scope="col">{model.text(ReviewText::ColumnStrict)}</th>
                        <th scope="col">{model.text(ReviewText::ColumnBoundary)}</th>
                        <th scope="col">{model.text(ReviewText::ColumnOverlap)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
