//! A native modal dialog.

use leptos::html;
use leptos::prelude::*;

use super::IconButton;

/// A modal dialog, open as long as it is in the page. The browser keeps the focus inside it, closes it on Escape and
/// gives the focus back where it was.
#[component]
pub(in crate::ui) fn Modal(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What its close button is called.
    #[prop(into)]
    close_name: Signal<&'static str>,
    /// Called when it has been closed, however that was.
    on_close: impl Fn() + Copy + 'static,
    /// True for a dialog that needs room.
    #[prop(optional)]
    wide: bool,
    /// True for a dialog that needs all the room there is.
    #[prop(optional)]
    full: bool,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            // It fails only on a dialog that is open already, which is what was wanted.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            data-size=if full { Some("full") } else { wide.then_some("wide") }
            aria-labelledby="dialog-title"
            on:close=move |_| on_close()
        >
            <header class="dialog-head">
                <h2 class="dialog-title" id="dialog-title">
                    {move || title.get()}
                </h2>
                <IconButton icon="close" name=close_name tip_at_end=true on_press=move |_| close() />
            </header>
            {children()}
        </dialog>
    }
}
