//! The page as a whole.

use leptos::prelude::*;

use super::dialogs::Dialogs;
use super::frame::after_picture;
use super::intake::{DropTarget, FileInput};
use super::model::Model;
use super::start::Start;
use super::status::StatusLine;
use super::topbar::{TopBar, Warning};
use super::{labels, opening, root};
use crate::app::Text;

/// Which of the side panels is open where there is no room for them beside the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// The list of articles.
    Articles,
    /// The spans.
    Spans,
    /// The tools of the top bar.
    Tools,
}

/// The page.
#[component]
pub(super) fn App() -> impl IntoView {
    let model = Model::new();
    provide_context(model);
    let sheet = RwSignal::new(None::<Sheet>);
    provide_context(sheet);
    root::follow(model);
    labels::style_labels();
    opening::start(model);
    // Before anybody asks; where there is work to show, at once.
    if model.ready.get_untracked() {
        after_picture(move || model.parts.ask());
    } else {
        model.parts.ask();
    }
    Effect::new(move || {
        if let Some(workbench) = model.parts.workbench.get() {
            (workbench.listen)(model);
            (workbench.settle)(model);
            model.do_what_waits();
        }
    });

    let has_articles = model.memo(|state| state.project.listed().next().is_some());
    view! {
        <div
            class="app"
            data-view=move || if has_articles.get() { "work" } else { "start" }
            data-ready=move || model.ready.get().to_string()
            data-keys=move || model.parts.workbench.get().is_some().to_string()
        >
            <a class="skip-link" href="#article">
                {model.text(Text::SkipToArticle)}
            </a>
            <TopBar />
            <Warning />
            <Show when=move || model.ready.get() && !has_articles.get()>
                <Start />
            </Show>
            <Show when=move || has_articles.get()>
                {move || model.parts.workbench.get().map(|workbench| (workbench.draw)())}
            </Show>
            <StatusLine />
            <Dialogs />
            <FileInput />
            <DropTarget />
        </div>
    }
}
