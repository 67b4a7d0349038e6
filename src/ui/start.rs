//! The first visit: one marked sentence shows what Misam does, then three ways in. It comes again when the last article
//! has been taken out, with the way back.

use leptos::prelude::*;

use super::intake;
use super::model::{Dialog, use_model};
use super::widgets::Icon;
use crate::app::{Command, Text};

/// An invented sentence: text, and its label and origin where it is marked.
const SPECIMEN: [(&str, Option<(&str, &str)>); 11] = [
    ("وصل ", None),
    ("سليم الحلبي", Some(("PER", "accepted"))),
    (" إلى ", None),
    ("بنغازي", Some(("LOC", "accepted"))),
    (" ", None),
    ("مساء الثلاثاء", Some(("DAT", "accepted"))),
    ("، ولقي وفدًا من ", None),
    ("وزارة الزراعة", Some(("ORG", "suggested"))),
    (" و", None),
    ("سبعة صيادين", Some(("NUM", "suggested"))),
    (".", None),
];

#[component]
pub(super) fn Start() -> impl IntoView {
    let model = use_model();
    let marked = SPECIMEN.map(|(text, mark)| match mark {
        None => text.into_any(),
        Some((label, origin)) => view! {
            <span class="mark" data-label=label data-origin=origin data-depth="0">
                {text}
            </span>
        }
        .into_any(),
    });
    let can_undo = model.memo(|state| state.project.history().to_undo().is_some());
    view! {
        <main class="start scroll" id="article">
            <p class="start-specimen article" lang="ar" dir="rtl" aria-hidden="true">
                {marked.collect_view()}
            </p>
            <div class="start-claim">
                <h1 class="start-title">{model.text(Text::WelcomeTitle)}</h1>
                <p class="start-text">{model.text(Text::WelcomeText)}</p>
            </div>
            <div class="start-actions">
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="try-example"
                    on:click=move |_| model.with_workbench(move |workbench| (workbench.add_example)(model))
                >
                    <Icon name="example" />
                    {model.text(Text::TryExample)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-testid="new-article"
                    on:click=move |_| model.dialog.set(Some(Dialog::NewArticle))
                >
                    <Icon name="paste" />
                    {model.text(Text::PasteArticle)}
                </button>
                <button type="button" class="button" on:click=move |_| intake::choose_files()>
                    <Icon name="open" />
                    {model.text(Text::OpenFiles)}
                </button>
                <Show when=move || can_undo.get()>
                    <button
                        type="button"
                        class="button"
                        data-testid="undo"
                        on:click=move |_| model.run(Command::Undo)
                    >
                        <Icon name="undo" flip=true />
                        {model.text(Text::Undo)}
                    </button>
                </Show>
            </div>
            <ul class="start-notes">
                <li class="start-note">
                    <Icon name="open" />
                    {model.text(Text::DropHint)}
                </li>
                <li class="start-note">
                    <Icon name="lock" />
                    {model.text(Text::PrivacyHint)}
                </li>
                <li class="start-note">
                    <Icon name="keyboard" />
                    {model.text(Text::KeysHint)}
                </li>
            </ul>
        </main>
    }
}
