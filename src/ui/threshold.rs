//! How sure the extractor must be for a suggestion to be shown, and what is to be expected then.

use leptos::prelude::*;

use super::model::use_model;
use super::model_note::ModelNote;
use crate::annotation::Document;
use crate::app::{Command, ReviewText, Settings, State, percent};

#[component]
pub(super) fn Threshold() -> impl IntoView {
    let model = use_model();
    let threshold = model.memo(|state| state.settings.threshold);
    let expected = model.memo(State::expected);
    // What is expected is said of news in general; this is what the slider does to the article on the screen.
    let here = model.memo(|state| {
        let document = state.document().filter(|_| state.settings.threshold > 0)?;
        Some((state.suggested(document), document.spans.suggested()))
    });
    // Also where all suggestions are out of sight: it brings them back, and those of the next article.
    // While they may still come the slider keeps its room: what is below it would be pushed away.
    let has_suggestions = model.memo(|state| {
        let may_come =
            |document: &Document| document.spans.suggested() > 0 || state.reading.contains_key(&document.id);
        state.settings.threshold > 0 || state.document().is_none_or(may_come)
    });
    let status = model.memo(|state| state.model.as_str());
    let choose = move |event| {
        if let Ok(threshold) = event_target_value(&event).parse() {
            let settings = model.peek(|state| state.settings.clone());
            model.run(Command::Set(Settings { threshold, ..settings }));
        }
    };
    let words = move || {
        let language = model.language.get();
        match threshold.get() {
            0 => language.text(ReviewText::ThresholdNone).to_owned(),
            percent => language.fill(ReviewText::ThresholdFrom, &[("percent", &percent.to_string())]),
        }
    };
    let expectation = move || {
        expected.get().map(|(precision, recall)| {
            let [precision, recall] = [precision, recall].map(|share| percent(share).to_string());
            let values = [("precision", precision.as_str()), ("recall", recall.as_str())];
            model.language.get().fill(ReviewText::ThresholdExpected, &values)
        })
    };
    let shown_here = move || {
        here.get().map(|(shown, all)| {
            let [shown, all] = [shown, all].map(|count| count.to_string());
            let values = [("shown", shown.as_str()), ("all", all.as_str())];
            view! { <p data-testid="threshold-here">{model.language.get().fill(ReviewText::ThresholdHere, &values)}</p> }
        })
    };
    view! {
        <div class="threshold" data-testid="suggesting" data-model=status>
            <label class="threshold-name" for="threshold" hidden=move || !has_suggestions.get()>
                {model.text(ReviewText::ThresholdName)}
            </label>
            <output class="threshold-value" for="threshold" hidden=move || !has_suggestions.get()>
                {words}
            </output>
            <input
                type="range"
                class="range"
                id="threshold"
                data-testid="threshold"
                min="0"
                max=Settings::HIGHEST_THRESHOLD.to_string()
                step=Settings::THRESHOLD_STEP.to_string()
                aria-valuetext=words
                aria-describedby="threshold-expected"
                hidden=move || !has_suggestions.get()
                prop:value=move || threshold.get().to_string()
                on:input=choose
            />
            <div class="threshold-expected" id="threshold-expected" data-testid="threshold-expected">
                {move || has_suggestions.get().then(shown_here)}
                <Show when=move || expected.get().is_some() fallback=|| view! { <ModelNote /> }>
                    {move || has_suggestions.get().then(expectation)}
                </Show>
            </div>
        </div>
    }
}
