//! What looks wrong in the labels: by rule, each place in its line, with what would mend it.

mod preview;
mod row;
mod rules;

use std::collections::HashSet;

use leptos::prelude::*;

use self::preview::Preview;
use self::row::FindingRow;
use self::rules::Rules;
use super::choices::choices;
use super::inquiry::{Fault, Inquiry, Waiting};
use super::tick::tick;
use crate::annotation::{Document, DocumentId, SpanId};
use crate::app::lint_text::{rule_hint, rule_name};
use crate::app::{Command, ReviewCounted, ReviewText};
use crate::quality::lint::{Finding, Rule, Severity};
use crate::text::ByteRange;
use crate::ui::article_list::Gap;
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::{Modal, RowWindow};
use crate::work::{Question, Verdict};

/// The height of a row in pixels; `review.css` gives rows this height.
const ROW_HEIGHT: f64 = 84.0;

/// The extractor is heard where it is at least so sure.
const SURE: f32 = 0.9;

/// What tells findings apart.
type Key = (DocumentId, Rule, ByteRange, Option<SpanId>);

fn key_of(finding: &Finding) -> Key {
    (finding.document.clone(), finding.rule, finding.range, finding.span.clone())
}

/// Which findings are shown. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
struct Filter {
    /// Only of this severity.
    severity: RwSignal<Option<Severity>>,
    /// Only of the article on the screen.
    here: RwSignal<bool>,
    /// What somebody called right as well.
    right: RwSignal<bool>,
    /// Only of this rule.
    rule: RwSignal<Option<Rule>>,
}

impl Filter {
    fn new() -> Self {
        Self {
            severity: RwSignal::new(None),
            here: RwSignal::new(false),
            right: RwSignal::new(false),
            rule: RwSignal::new(None),
        }
    }

    /// The findings that go through all filters but that of the rule.
    fn sift(self, model: Model, findings: &[Finding]) -> Vec<Finding> {
        let (severity, here, right) = (self.severity.get(), self.here.get(), self.right.get());
        let current = model.with(|state| state.current.clone());
        let wanted = |finding: &&Finding| {
            severity.is_none_or(|severity| finding.severity() == severity)
                && (!here || current.as_ref() == Some(&finding.document))
                && (right || !finding.allowed)
        };
        findings.iter().filter(wanted).cloned().collect()
    }
}

#[component]
pub(super) fn LintDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let inquiry = Inquiry::new(model);
    let filter = Filter::new();
    let ask_extractor = RwSignal::new(false);
    let revision = model.memo(|state| state.project.seq());
    let proclitics = model.memo(|state| state.settings.proclitics);
    // What was just mended or called right is out of the way before the checks have been made again.
    let settled = RwSignal::new(HashSet::<Key>::new());
    Effect::new(move || {
        revision.get();
        let sure = ask_extractor.get().then_some(SURE);
        let documents: Vec<Document> = model.peek(|state| {
            state.project.documents().map(|document| state.settings.in_sight(document)).collect()
        });
        let proclitics = proclitics.get();
        inquiry.ask(Question::Lint { sure, proclitics }, &documents);
    });
    let sifted = Memo::new(move |_| {
        let gone = settled.get();
        inquiry.verdict.with(|verdict| match verdict {
            Some(Verdict::Findings(findings)) => {
                let mut left = filter.sift(model, findings);
                left.retain(|finding| !gone.contains(&key_of(finding)));
                left
            }
            _ => Vec::new(),
        })
    });
    Effect::new(move || {
        inquiry.verdict.with(|_| ());
        settled.update(HashSet::clear);
    });
    let shown = Memo::new(move |_| {
        let rule = filter.rule.get();
        let mut shown = sifted.get();
        shown.retain(|finding| rule.is_none_or(|rule| finding.rule == rule));
        // By rule; within one in the order of the articles.
        shown.sort_by_key(|finding| (finding.severity(), finding.rule));
        shown
    });
    let preview = RwSignal::new(None::<Vec<Finding>>);
    let act = move |command: Command, findings: &[Finding]| {
        settled.update(|settled| settled.extend(findings.iter().map(key_of)));
        model.run(command);
    };
    let mend = move |findings: Vec<Finding>| act(Command::Mend(findings.clone()), &findings);
    let allow = move |finding: Finding| {
        let findings = vec![finding];
        let right = !findings.iter().all(|finding| finding.allowed);
        act(Command::Allow(findings.clone(), right), &findings);
    };

    let total = Signal::derive(move || shown.with(Vec::len));
    let window = RowWindow::new(total, ROW_HEIGHT);
    let in_view = move || {
        let range = window.rows.get();
        shown.with(|shown| shown.get(range).unwrap_or_default().to_vec())
    };
    let is_checked = move || inquiry.verdict.with(Option::is_some);
    let empty = move || {
        if total.get() > 0 || !is_checked() {
            return None;
        }
        let all = inquiry.verdict.with(|verdict| match verdict {
            Some(Verdict::Findings(findings)) => findings.iter().filter(|finding| !finding.allowed).count(),
            _ => 0,
        });
        Some(if all == 0 { ReviewText::LintNothing } else { ReviewText::LintNothingHere })
    };
    let fixable = Memo::new(move |_| {
        filter.rule.get()?;
        let count = shown.with(|shown| shown.iter().filter(|f| f.fix.is_some() && !f.allowed).count());
        (count > 0).then_some(count)
    });
    let severities = vec![
        (None, ReviewText::SeverityAny, "lint-any"),
        (Some(Severity::Error), ReviewText::SeverityError, "lint-error"),
        (Some(Severity::Warning), ReviewText::SeverityWarning, "lint-warning"),
        (Some(Severity::Hint), ReviewText::SeverityHint, "lint-hint"),
    ];
    let places = vec![
        (false, ReviewText::LintEverywhere, "lint-everywhere"),
        (true, ReviewText::LintHere, "lint-here"),
    ];
    let list = move || {
        view! {
            <section class="lint-found" aria-label=model.text(ReviewText::LintFindings)>
                <div class="lint-rule-head">
                    <p class="field-note" data-testid="lint-rule-hint">
                        {move || filter.rule.get().map(|rule| model.language.get().text(rule_hint(rule)))}
                    </p>
                    {move || {
                        fixable
                            .get()
                            .map(|count| {
                                view! {
                                    <button
                                        type="button"
                                        class="button"
                                        data-testid="lint-fix-all"
                                        on:click=move |_| {
                                            let fixable = shown.get_untracked();
                                            preview.set(Some(
                                                fixable.into_iter().filter(|f| f.fix.is_some() && !f.allowed).collect(),
                                            ));
                                        }
                                    >
                                        {move || model.count(ReviewCounted::LintFixAll, count)}
                                    </button>
                                }
                            })
                    }}
                </div>
                <ol
                    class="hits scroll"
                    data-testid="lint-findings"
                    node_ref=window.scroller
                    on:scroll=move |_| window.scrolled()
                >
                    <Gap height=Signal::derive(move || window.padding().0) />
                    {window.draw(
                        in_view,
                        |finding| (key_of(finding), finding.allowed),
                        move |finding| {
                            view! {
                                <FindingRow
                                    finding
                                    named=Signal::derive(move || filter.rule.get().is_none())
                                    on_mend=move |finding| mend(vec![finding])
                                    on_allow=allow
                                    on_close
                                />
                            }
                        },
                    )}
                    <Gap height=Signal::derive(move || window.padding().1) />
                </ol>
                {move || empty().map(|text| view! { <p class="empty" data-testid="lint-empty">{model.text(text)}</p> })}
            </section>
        }
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::LintTitle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div
                class="dialog-body lint-body"
                data-testid="lint-dialog"
                tabindex="-1"
                autofocus
                aria-busy=move || inquiry.progress.with(Option::is_some).to_string()
            >
                <div class="lint-bar">
                    {choices(ReviewText::LintSeverity, filter.severity, severities)}
                    {choices(ReviewText::LintWhere, filter.here, places)}
                    <p class="lint-state count" role="status" data-testid="lint-count">
                        {move || match inquiry.progress.get() {
                            Some(_) if !is_checked() => model.language.get().text(ReviewText::LintChecking).to_owned(),
                            _ => model.count(ReviewCounted::LintFound, total.get()),
                        }}
                    </p>
                    <Waiting inquiry name=ReviewText::LintChecking />
                </div>
                <Fault inquiry text=ReviewText::LintFailed />
                {move || match preview.get() {
                    None => {
                        view! {
                            <div class="lint-columns">
                                <Rules findings=sifted chosen=filter.rule />
                                {list()}
                            </div>
                        }
                            .into_any()
                    }
                    Some(findings) => {
                        view! {
                            <Preview
                                findings
                                on_back=move || preview.set(None)
                                on_make=move |findings| {
                                    preview.set(None);
                                    mend(findings);
                                }
                            />
                        }
                            .into_any()
                    }
                }}
            </div>
            <footer class="dialog-foot lint-foot">
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="lint-extractor"
                        prop:checked=move || ask_extractor.get()
                        on:change=move |event| ask_extractor.set(event_target_checked(&event))
                    />
                    <span title=model.text(ReviewText::LintAskExtractorHint)>
                        {model.text(ReviewText::LintAskExtractor)}
                    </span>
                </label>
                {tick(model, filter.right, ReviewText::LintShowRight, "lint-show-right")}
            </footer>
        </Modal>
    }
}

/// What a rule is called, in the language of the moment.
fn name(model: Model, rule: Rule) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    model.text(rule_name(rule))
}

/// The symbol for a severity; its shape tells it without colour.
fn severity_icon(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "info",
    }
}

/// The word of a severity in the page's hooks.
fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
