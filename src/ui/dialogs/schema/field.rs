//! A field of the form.

use leptos::prelude::*;

use crate::app::{Language, ReviewText};
use crate::schema::Localized;
use crate::ui::model::{Model, use_model};

/// Two fields for the same in both languages: that of the page comes first.
pub(super) fn own_language_first(model: Model, english: AnyView, arabic: AnyView) -> (AnyView, AnyView) {
    match model.language.get_untracked() {
        Language::English => (english, arabic),
        Language::Arabic => (arabic, english),
    }
}

/// What stands in one language.
pub(super) fn side(both: &mut Localized, language: Language) -> &mut String {
    match language {
        Language::English => &mut both.en,
        Language::Arabic => &mut both.ar,
    }
}

/// A field in each language for the same; that of the page comes first.
#[component]
pub(super) fn BothLanguages(
    /// What it is called, in English and in Arabic.
    titles: [ReviewText; 2],
    /// The hooks for tests, for English and for Arabic.
    testids: [&'static str; 2],
    /// What it holds at first.
    value: Localized,
    /// What is typed in a language.
    on_input: impl Fn(Language, String) + Copy + 'static,
    /// True if it holds several lines.
    #[prop(optional)]
    tall: bool,
) -> impl IntoView {
    let field = move |language: Language, title, testid, value| {
        let on_input = move |typed| on_input(language, typed);
        view! { <Field title testid lang=language.tag() tall value on_input /> }.into_any()
    };
    let [english, arabic] = titles;
    let [english_id, arabic_id] = testids;
    own_language_first(
        use_model(),
        field(Language::English, english, english_id, value.en),
        field(Language::Arabic, arabic, arabic_id, value.ar),
    )
}

/// A line of text with its name, and what is wrong with it or worth knowing about it below.
#[component]
pub(super) fn Field(
    /// What it is called.
    title: ReviewText,
    /// The hook for tests, and the field's id.
    testid: &'static str,
    /// What it holds at first.
    value: String,
    /// What is typed.
    on_input: impl Fn(String) + 'static,
    /// The language it is in; codes have none.
    #[prop(optional)]
    lang: Option<&'static str>,
    /// What is to be known.
    #[prop(optional, into)]
    note: MaybeProp<String>,
    /// What is wrong.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
    /// True if it holds several lines.
    #[prop(optional)]
    tall: bool,
    /// True if it cannot be changed.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let model = use_model();
    let about = format!("{testid}-about");
    let dir = match lang {
        Some("ar") => "rtl",
        Some(_) => "ltr",
        None => "auto",
    };
    let input = move |event| on_input(event_target_value(&event));
    let invalid = move || fault.get().map(|_| "true");
    let entry = if tall {
        view! {
            <textarea
                class="textarea schema-lines"
                id=testid
                data-testid=testid
                lang=lang
                dir=dir
                rows="2"
                aria-describedby=about.clone()
                prop:value=value
                on:input=input
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                id=testid
                data-testid=testid
                lang=lang
                dir=dir
                autocomplete="off"
                spellcheck="false"
                readonly=fixed
                aria-invalid=invalid
                aria-describedby=about.clone()
                prop:value=value
                on:input=input
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field-label" for=testid>
                {model.text(title)}
            </label>
            {entry}
            <div id=about>
                {move || fault.get().map(|fault| view! { <p class="field-error">{fault}</p> })}
                {move || note.get().map(|note| view! { <p class="field-note">{note}</p> })}
            </div>
        </div>
    }
}
