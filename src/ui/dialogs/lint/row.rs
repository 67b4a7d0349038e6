//! A finding in its line of text, and what can be done about it.

use leptos::prelude::*;

use super::super::context_line::context_line;
use super::{name, severity_icon, severity_word};
use crate::annotation::Document;
use crate::app::lint_text::severity_name;
use crate::app::{Command, ReviewText, Selection};
use crate::quality::lint::{Finding, Fix};
use crate::schema::LabelCode;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, IconButton};

#[component]
pub(super) fn FindingRow(
    /// The finding.
    finding: Finding,
    /// True if the name of its rule is needed to know what it is.
    named: Signal<bool>,
    /// Mends it.
    on_mend: impl Fn(Finding) + Copy + Send + Sync + 'static,
    /// Calls it right, or no longer.
    on_allow: impl Fn(Finding) + Copy + Send + Sync + 'static,
    /// Closes the dialog.
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let found = StoredValue::new(finding.clone());
    let Finding { rule, document, span, range, seen, other, fix, allowed } = finding;
    let severity = rule.severity();
    let article = model.peek(|state| state.project.document(&document).cloned());
    let label = article.as_ref().zip(span.as_ref()).and_then(|(article, id)| article.spans.get(id));
    let label = label.map(|span| span.label.clone());
    let title = article.as_ref().map(Document::shown_title);
    let other = other.and_then(|id| model.peek(|state| state.project.document(&id).map(title_of)));
    let same_as = move || {
        other.as_ref().map(|title| model.language.get().fill(ReviewText::LintSameAs, &[("title", title)]))
    };
    let change = fix.as_ref().map(|fix| match fix {
        Fix::Set { range, label } | Fix::Add { range, label } => {
            let words = article.as_ref().and_then(|article| article.text.slice(*range)).unwrap_or_default();
            (Some(label.clone()), words.to_owned())
        }
        Fix::Remove => (None, String::new()),
    });
    let what = change.clone();
    let mend_name = move || {
        let language = model.language.get();
        let what = match &what {
            Some((Some(label), words)) => format!("{label} {words}"),
            _ => language.text(ReviewText::LintNoSpan).to_owned(),
        };
        language.fill(ReviewText::LintFixThis, &[("what", &what)])
    };
    let show = move |_| {
        on_close();
        model.run(Command::Open(document.clone()));
        model.run(match span.clone() {
            Some(id) => Command::Focus(id),
            None => Command::Show(Selection { anchor: range.start, focus: range.end }),
        });
    };
    let chip = |label: LabelCode| {
        view! {
            <span class="label-chip" data-label=label.to_string() lang="en">
                {label.to_string()}
            </span>
        }
    };
    let seen = seen
        .into_iter()
        .take(3)
        .map(|(label, count)| view! { <span class="lint-seen">{chip(label)} <span class="count">{count}</span></span> })
        .collect_view();
    view! {
        <li class="finding" data-testid="finding" data-rule=rule.code() data-right=allowed.to_string()>
            {article.map(|article| context_line(&article.text, range, label.as_ref()))}
            <div class="finding-what">
                <span class="lint-severity" data-severity=severity_word(severity) title=model.text(severity_name(severity))>
                    <Icon name=severity_icon(severity) />
                    <span class="visually-hidden">{model.text(severity_name(severity))}</span>
                </span>
                <span class="finding-rule">{move || named.get().then(name(model, rule))}</span>
                {label.map(chip)}
                {change
                    .map(|(label, words)| {
                        view! {
                            <span class="finding-fix">
                                <Icon name="next" flip=true />
                                {match label {
                                    Some(label) => {
                                        view! {
                                            {chip(label)}
                                            <span class="surface-inline" lang="ar" dir="rtl">
                                                {words}
                                            </span>
                                        }
                                            .into_any()
                                    }
                                    None => view! { <span>{model.text(ReviewText::LintNoSpan)}</span> }.into_any(),
                                }}
                            </span>
                        }
                    })}
                {seen}
                <span class="finding-title" dir="auto">
                    {move || same_as().or_else(|| title.clone())}
                </span>
            </div>
            <div class="finding-deeds">
                {(fix.is_some() && !allowed)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                data-testid="finding-fix"
                                aria-label=mend_name
                                on:click=move |_| on_mend(found.get_value())
                            >
                                {model.text(ReviewText::LintFix)}
                            </button>
                        }
                    })}
                <IconButton
                    icon=if allowed { "undo" } else { "accept" }
                    name=Signal::derive(
                        model.text(if allowed { ReviewText::LintNotRight } else { ReviewText::LintRight }),
                    )
                    testid="finding-right"
                    tip_at_end=true
                    on_press=move |_| on_allow(found.get_value())
                />
                <IconButton
                    icon="expand"
                    name=Signal::derive(model.text(ReviewText::ShowInText))
                    testid="finding-show"
                    tip_at_end=true
                    on_press=show
                />
            </div>
        </li>
    }
}

fn title_of(document: &Document) -> String {
    document.shown_title()
}
