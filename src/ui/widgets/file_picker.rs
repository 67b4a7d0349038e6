//! A button behind which the browser's file picker opens.

use leptos::html;
use leptos::prelude::*;
use web_sys::File;

use super::Icon;
use crate::web::files;

/// A button to choose files with.
#[component]
pub(in crate::ui) fn FilePicker(
    /// What is chosen, in words.
    #[prop(into)]
    name: Signal<&'static str>,
    /// More about it, for those who point at the button.
    #[prop(optional, into)]
    hint: Option<Signal<&'static str>>,
    /// The endings and media types offered first, as in HTML; all if empty.
    #[prop(optional)]
    accept: &'static str,
    /// True if several can be chosen at once.
    #[prop(optional)]
    multiple: bool,
    /// `quiet` for a button that stands back.
    #[prop(optional)]
    kind: &'static str,
    /// The hook of the button for tests; that of the input behind it ends in `-files`.
    testid: &'static str,
    /// Takes the files, in their order.
    on_choose: impl Fn(Vec<File>) + 'static,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let listed = input.files().map(|list| files::listed(&list)).unwrap_or_default();
        // The same file can be chosen again.
        input.set_value("");
        on_choose(listed);
    };
    let press = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind=(!kind.is_empty()).then_some(kind)
            data-testid=testid
            title=hint
            on:click=press
        >
            <Icon name="open" />
            {name}
        </button>
        <input
            class="visually-hidden"
            type="file"
            accept=(!accept.is_empty()).then_some(accept)
            multiple=multiple
            tabindex="-1"
            aria-label=name
            data-testid=format!("{testid}-files")
            node_ref=input
            on:change=chosen
        />
    }
}
