//! Colour and line of a label: from a palette in which everything can be read.

use leptos::prelude::*;

use super::editor::Editor;
use crate::app::ReviewText;
use crate::app::schema_edit::RowId;
use crate::schema::{Colour, LabelColours, LineStyle, Tint};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

#[component]
pub(super) fn Look(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let look = Memo::new(move |_| editor.with(|draft| draft.label(row).map(|l| (l.def.colours, l.def.line))));
    let twin = move || {
        let (colours, line) = look.get()?;
        let twin = editor.with(|draft| {
            let mut others = draft.labels.iter().filter(|label| label.row != row).map(|label| &label.def);
            others.find(|def| (def.colours, def.line) == (colours, line)).map(|def| def.code.to_string())
        });
        twin.map(|code| model.language.get().fill(ReviewText::SchemaSameLook, &[("code", &code)]))
    };
    let colours = LabelColours::palette().enumerate().map(|(n, colours)| {
        let is_chosen = move || look.get().is_some_and(|(chosen, _)| chosen == colours);
        let name =
            move || model.language.get().fill(ReviewText::SchemaColourN, &[("n", &(n + 1).to_string())]);
        let paint =
            |on: fn(&Tint) -> Colour| format!("light-dark({}, {})", on(&colours.light), on(&colours.dark));
        view! {
            <label
                class="schema-swatch"
                title=name
                style=("--label-mark", paint(|tint| tint.mark))
                style=("--label-line", paint(|tint| tint.line))
                style=("--label-ink", paint(|tint| tint.ink))
            >
                <input
                    type="radio"
                    name="schema-colour"
                    aria-label=name
                    data-testid=format!("schema-colour-{}", n + 1)
                    prop:checked=is_chosen
                    on:change=move |_| {
                        editor.update(|draft| draft.edit(row, |def| def.colours = colours));
                    }
                />
                <Icon name="accept" />
            </label>
        }
    });
    let lines = LineStyle::ALL.into_iter().map(|line| {
        let is_chosen = move || look.get().is_some_and(|(_, chosen)| chosen == line);
        view! {
            <label class="schema-line" title=model.text(line_text(line))>
                <input
                    type="radio"
                    name="schema-line"
                    aria-label=model.text(line_text(line))
                    data-testid=format!("schema-line-{}", line.as_str())
                    prop:checked=is_chosen
                    on:change=move |_| {
                        editor.update(|draft| draft.edit(row, |def| def.line = line));
                    }
                />
                <span class="schema-stroke" data-line=line.as_str()></span>
            </label>
        }
    });
    view! {
        <fieldset class="schema-choices">
            <legend class="field-label">{model.text(ReviewText::SchemaColour)}</legend>
            {colours.collect_view()}
        </fieldset>
        <fieldset class="schema-choices">
            <legend class="field-label">{model.text(ReviewText::SchemaLine)}</legend>
            {lines.collect_view()}
            <p class="field-note schema-caution schema-twin" role="status">
                {twin}
            </p>
        </fieldset>
    }
}

fn line_text(line: LineStyle) -> ReviewText {
    match line {
        LineStyle::Solid => ReviewText::SchemaLineSolid,
        LineStyle::Double => ReviewText::SchemaLineDouble,
        LineStyle::Dashed => ReviewText::SchemaLineDashed,
        LineStyle::Dotted => ReviewText::SchemaLineDotted,
        LineStyle::Wavy => ReviewText::SchemaLineWavy,
    }
}
