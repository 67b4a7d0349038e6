//! The rules that found something, and how often.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{name, severity_icon, severity_word};
use crate::app::ReviewText;
use crate::app::lint_text::severity_name;
use crate::quality::lint::{Finding, Rule, Severity};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

#[component]
pub(super) fn Rules(
    /// What is counted.
    findings: Memo<Vec<Finding>>,
    /// The rule whose findings are shown; all of them without.
    chosen: RwSignal<Option<Rule>>,
) -> impl IntoView {
    let model = use_model();
    let counts = Memo::new(move |_| {
        let mut counts = BTreeMap::<(Severity, Rule), usize>::new();
        findings.with(|findings| {
            for finding in findings {
                *counts.entry((finding.severity(), finding.rule)).or_default() += 1;
            }
        });
        counts.into_iter().collect::<Vec<_>>()
    });
    // A rule whose last finding is gone has nothing to show.
    Effect::new(move || {
        let gone =
            chosen.get().is_some_and(|rule| counts.with(|all| all.iter().all(|((_, r), _)| *r != rule)));
        if gone {
            chosen.set(None);
        }
    });
    let row = move |((severity, rule), count): ((Severity, Rule), usize)| {
        view! {
            <li>
                <button
                    type="button"
                    class="lint-rule"
                    data-testid="lint-rule"
                    data-rule=rule.code()
                    data-severity=severity_word(severity)
                    aria-pressed=move || (chosen.get() == Some(rule)).to_string()
                    on:click=move |_| chosen.set(Some(rule))
                >
                    <span class="lint-severity" title=model.text(severity_name(severity))>
                        <Icon name=severity_icon(severity) />
                        <span class="visually-hidden">{model.text(severity_name(severity))}</span>
                    </span>
                    <span class="lint-rule-name">{name(model, rule)}</span>
                    <span class="count">{count}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="lint-rules scroll" aria-label=model.text(ReviewText::LintRules)>
            <ul>
                <li>
                    <button
                        type="button"
                        class="lint-rule"
                        data-testid="lint-all-rules"
                        aria-pressed=move || chosen.get().is_none().to_string()
                        on:click=move |_| chosen.set(None)
                    >
                        <span class="lint-rule-name">{model.text(ReviewText::LintAllRules)}</span>
                        <span class="count">{move || findings.with(Vec::len)}</span>
                    </button>
                </li>
                {move || counts.get().into_iter().map(row).collect_view()}
            </ul>
        </nav>
    }
}
