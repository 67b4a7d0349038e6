//! What becomes of existing spans.

use leptos::prelude::*;

use super::editor::{Editor, Pick};
use crate::app::schema_edit::{AnswerFate, AnswerQuestion, Fate, Question};
use crate::app::{Counted, ReviewCounted, ReviewText};
use crate::schema::LabelCode;
use crate::ui::model::use_model;
use crate::ui::widgets::keyed_rows;

#[component]
pub(super) fn Fates() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let rows = move || editor.questions.get();
    let answers = move || editor.answers.get();
    let asked = move |title: ReviewText, note: ReviewText, first: ReviewText, rows: AnyView| {
        view! {
            <h3 class="schema-question">{model.text(title)}</h3>
            <p class="field-note">{model.text(note)}</p>
            <table class="report">
                <thead>
                    <tr>
                        <th scope="col">{model.text(first)}</th>
                        <th scope="col">{model.text(ReviewText::SchemaQuestionUse)}</th>
                        <th scope="col">{model.text(ReviewText::SchemaQuestionFate)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    };
    view! {
        <section class="schema-fates scroll" data-testid="schema-fates" tabindex="0" autofocus>
            <Show when=move || editor.questions.with(|questions| !questions.is_empty())>
                {asked(
                    ReviewText::SchemaQuestions,
                    ReviewText::SchemaQuestionsNote,
                    ReviewText::StatisticsLabel,
                    keyed_rows(rows, |question| question.code.clone(), |question| view! { <FateRow question /> })
                        .into_any(),
                )}
            </Show>
            <Show when=move || editor.answers.with(|answers| !answers.is_empty())>
                {asked(
                    ReviewText::SchemaAnswers,
                    ReviewText::SchemaAnswersNote,
                    ReviewText::SchemaAttribute,
                    keyed_rows(answers, |question| question.code.clone(), |question| view! { <AnswerRow question /> })
                        .into_any(),
                )}
            </Show>
        </section>
    }
}

/// What becomes of the answers to a merged attribute.
#[component]
fn AnswerRow(question: AnswerQuestion) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let AnswerQuestion { code, into, answered, fate } = question;
    let fates = [("move", AnswerFate::Move), ("keep", AnswerFate::Keep), ("delete", AnswerFate::Delete)];
    let (name, hook) = (code.to_string(), code.to_string());
    let into = into.to_string();
    let decide = move |event| {
        let chosen = event_target_value(&event);
        if let Some((_, fate)) = fates.into_iter().find(|(value, _)| *value == chosen) {
            editor.update(|draft| draft.decide_answers(&code, fate));
        }
    };
    let said = move |fate: AnswerFate| {
        let language = model.language.get();
        match fate {
            AnswerFate::Move => language.fill(ReviewText::SchemaAnswersMove, &[("code", &into)]),
            AnswerFate::Keep => language.text(ReviewText::SchemaAnswersKeep).to_owned(),
            AnswerFate::Delete => language.text(ReviewText::SchemaFateDelete).to_owned(),
        }
    };
    let options = fates.map(|(value, each)| {
        let said = said.clone();
        view! {
            <option value=value selected=each == fate>
                {move || said(each)}
            </option>
        }
    });
    let both = move || {
        let told = move || model.count(ReviewCounted::SchemaAnsweredBoth, answered.both);
        (answered.both > 0).then(|| view! { <p class="field-note">{told}</p> })
    };
    view! {
        <tr data-attribute=hook>
            <td>
                <bdi>{name}</bdi>
            </td>
            <td>{move || model.count(Counted::SpansCounted, answered.spans)} {both}</td>
            <td>
                <select
                    class="select"
                    data-testid="schema-answer-fate"
                    aria-label=model.text(ReviewText::SchemaQuestionFate)
                    on:change=decide
                >
                    {options.into_iter().collect_view()}
                </select>
            </td>
        </tr>
    }
}

/// The answers of the select box.
fn value_of(fate: Fate) -> String {
    match fate {
        Fate::Relabel(row) => row.get().to_string(),
        Fate::Delete => "delete".into(),
        Fate::Keep => "keep".into(),
    }
}

#[component]
fn FateRow(question: Question) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let Question { code, usage, fate, was_known } = question;
    let targets = editor.peek(|draft| {
        draft
            .labels
            .iter()
            .map(|label| (Fate::Relabel(label.row), label.def.code.to_string()))
            .collect::<Vec<_>>()
    });
    let decide = {
        let (code, targets) = (code.clone(), targets.clone());
        move |event| {
            let chosen = event_target_value(&event);
            let fates = targets.iter().map(|(fate, _)| *fate).chain([Fate::Delete, Fate::Keep]);
            if let Some(fate) = fates.into_iter().find(|fate| value_of(*fate) == chosen) {
                editor.update(|draft| draft.decide(code.clone(), fate));
            }
        }
    };
    let relabels = targets.into_iter().map(|(target, to)| {
        view! {
            <option value=value_of(target) selected=target == fate>
                {move || model.language.get().fill(ReviewText::SchemaFateRelabel, &[("code", &to)])}
            </option>
        }
    });
    let relabels = relabels.collect_view();
    let add = {
        let code = code.clone();
        move |_| add_label(editor, code.clone())
    };
    let counts = move || {
        [(Counted::SpansCounted, usage.confirmed), (Counted::SuggestionsCounted, usage.suggested)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(text, count)| model.count(text, count))
            .chain([model.count(Counted::ArticlesCounted, usage.articles)])
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <tr data-code=code.to_string()>
            <td>
                <span class="label-chip" data-label=code.to_string() lang="en">
                    {code.to_string()}
                </span>
                {(!was_known).then(|| view! { <p class="field-note">{model.text(ReviewText::SchemaFromFile)}</p> })}
            </td>
            <td>{counts}</td>
            <td>
                <select
                    class="select"
                    data-testid="schema-fate"
                    aria-label=model.text(ReviewText::SchemaQuestionFate)
                    on:change=decide
                >
                    {relabels}
                    <option value="keep" selected=fate == Fate::Keep>
                        {model.text(ReviewText::SchemaFateKeep)}
                    </option>
                    <option value="delete" selected=fate == Fate::Delete>
                        {model.text(ReviewText::SchemaFateDelete)}
                    </option>
                </select>
                {(!was_known)
                    .then(|| {
                        view! {
                            <button type="button" class="link-button" on:click=add>
                                {model.text(ReviewText::SchemaAddIt)}
                            </button>
                        }
                    })}
            </td>
        </tr>
    }
}

fn add_label(editor: Editor, code: LabelCode) {
    if let Some(row) = editor.update(|draft| draft.add_label_of(code)) {
        editor.picked.set(Pick::Label(row));
    }
}
