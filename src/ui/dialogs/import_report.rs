//! What became of loaded files.

use leptos::prelude::*;

use crate::app::intake::{Remark, RemarkKind};
use crate::app::{Counted, Language, Text, problem_text};
use crate::formats::Severity;
use crate::ui::intake::Report;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, Modal};

/// A line of the report.
struct Line {
    kind: &'static str,
    word: Text,
    place: String,
    said: String,
}

#[component]
pub(super) fn ImportDialog(
    report: Report,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let Report { added, intake } = report;
    let problems = &intake.report;
    let refusals = intake.remarks.iter().filter(|remark| remark.kind.is_refusal()).count();
    let refused = problems.count(Severity::Refused) + refusals;
    let repaired = problems.count(Severity::Repaired);
    let item = move |kind: &'static str, icon: &'static str, counted: Counted, number: usize| {
        view! {
            <div class="tally-item" data-kind=kind>
                <span class="tally-number">
                    <Icon name=icon />
                    {number}
                </span>
                <span>{move || model.count(counted, number)}</span>
            </div>
        }
    };
    let tally = view! {
        <div class="tally">
            {item("good", "done", Counted::ImportedCounted, added)}
            {item("warning", "warning", Counted::RepairedCounted, repaired)}
            {item("error", "error", Counted::RefusedCounted, refused)}
        </div>
    };
    let table = move || {
        let language = model.language.get();
        let remarks = intake.remarks.iter().map(|remark| line_of_remark(remark, language));
        let problems = intake.report.problems.iter().map(|problem| {
            let (kind, word) = match problem.severity() {
                Severity::Refused => ("error", Text::ImportRefused),
                Severity::Repaired => ("warning", Text::ImportRepaired),
                Severity::Kept => ("good", Text::ImportNoted),
            };
            let mut place = problem.file.to_string();
            if let Some(line) = problem.line {
                place = format!("{place}:{line}");
            }
            if !problem.field.is_empty() {
                place = format!("{place}:{}", problem.field);
            }
            Line { kind, word, place, said: problem_text::say(problem, language) }
        });
        remarks
            .chain(problems)
            .map(|line| {
                view! {
                    <tr>
                        <td>
                            <span class="report-kind" data-kind=line.kind>
                                {language.text(line.word)}
                            </span>
                        </td>
                        <td>
                            <code class="report-place" dir="ltr">
                                {line.place}
                            </code>
                        </td>
                        <td>{line.said}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::ImportTitle)().to_owned())
            close_name=Signal::derive(model.text(Text::Close))
            on_close
            wide=true
        >
            <div class="dialog-body scroll" data-testid="import-report">
                {tally}
                <table class="report">
                    <tbody>{table}</tbody>
                </table>
                {(added > 0).then(|| view! { <p class="field-note">{model.text(Text::ImportKept)}</p> })}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button" data-kind="primary" autofocus on:click=move |_| on_close()>
                    {model.text(Text::Close)}
                </button>
            </footer>
        </Modal>
    }
}

fn line_of_remark(remark: &Remark, language: Language) -> Line {
    let (kind, word) = match &remark.kind {
        RemarkKind::Decoded(_) => ("warning", Text::ImportRepaired),
        RemarkKind::Duplicate(_) => ("warning", Text::ImportSkipped),
        _ => ("error", Text::ImportRefused),
    };
    let said = problem_text::say_remark(&remark.kind, language);
    Line { kind, word, place: remark.file.to_string(), said }
}
