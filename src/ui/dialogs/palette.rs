//! Everything that can be done, found by typing.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::kept::kept;
use crate::app::palette::{Deed, Entry, entries, search};
use crate::app::{Command, ReviewText, Unkeyed, chord_name};
use crate::ui::keyboard::carry_out;
use crate::ui::model::{Dialog, HelpPart, Model, use_model};
use crate::ui::sight::bring_into_sight;
use crate::ui::widgets::Modal;

/// More entries than this are not shown; another letter brings up the others.
const SHOWN: usize = 60;

/// Does what a button does.
fn press(model: Model, unkeyed: Unkeyed) {
    if let Some(command) = model.peek(|state| unkeyed.command(state)) {
        return model.run(command);
    }
    match unkeyed {
        Unkeyed::Settings => model.dialog.set(Some(Dialog::Help(HelpPart::Settings))),
        Unkeyed::About => model.dialog.set(Some(Dialog::About)),
        Unkeyed::StopReading => {
            if let Some(id) = model.peek(|state| state.current.clone()) {
                model.stop_reading(&id);
            }
        }
        Unkeyed::Example => model.with_workbench(move |workbench| (workbench.add_example)(model)),
        Unkeyed::SaveProject => model.with_workbench(move |workbench| (workbench.save_project)(model)),
        Unkeyed::TakeWork => model.with_workbench(move |workbench| (workbench.take_work)(model)),
        // These are commands; there is none if there is no article any more.
        Unkeyed::Language(_)
        | Unkeyed::Theme(_)
        | Unkeyed::TextSize(_)
        | Unkeyed::Toggle(_)
        | Unkeyed::Proclitics(_)
        | Unkeyed::Threshold(_)
        | Unkeyed::AcceptSureEverywhere
        | Unkeyed::Reopen
        | Unkeyed::Discard
        | Unkeyed::Suggest
        | Unkeyed::LoadModel
        | Unkeyed::ResetKeys => {}
    }
}

#[component]
pub(super) fn PaletteDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let all = StoredValue::new(model.peek(entries));
    let kept = StoredValue::new_local(kept(model));
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let found = Memo::new(move |_| {
        kept.with_value(|kept| {
            let mut names = kept.names.borrow_mut();
            typed.with(|typed| {
                all.with_value(|all| {
                    // As long as nothing is typed, articles are out of sight behind everything else.
                    if !typed.is_empty() || all.len() < SHOWN {
                        model.peek(|state| names.follow(state));
                    }
                    search(all, &names, typed, SHOWN)
                })
            })
        })
    });
    let list = NodeRef::<html::Ul>::new();
    let act = move |entry: Option<Entry>| {
        let Some(entry) = entry else {
            return;
        };
        // The dialog that is asked for takes the place of this one.
        on_close();
        match entry.deed {
            Deed::Act(action) => carry_out(model, action),
            Deed::Other(unkeyed) => press(model, unkeyed),
            Deed::Label(code) => model.run(Command::Label(code)),
            Deed::Open(id) => model.run(Command::Open(id)),
        }
    };
    let move_to = move |at: usize| {
        chosen.set(at);
        let row = list.get_untracked().and_then(|list| list.children().item(at as u32));
        if let Some(row) = row {
            bring_into_sight(&row);
        }
    };
    let key = move |event: KeyboardEvent| {
        let (at, last) = (chosen.get_untracked(), found.with_untracked(Vec::len).saturating_sub(1));
        match event.code().as_str() {
            "ArrowDown" => move_to(if at >= last { 0 } else { at + 1 }),
            "ArrowUp" => move_to(if at == 0 { last } else { at - 1 }),
            "Enter" | "NumpadEnter" if !event.is_composing() => {
                act(found.with_untracked(|found| found.get(at).cloned()));
            }
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        let language = model.language.get();
        let row = |(at, entry): (usize, Entry)| {
            let (name, chord) = (entry.name(language).to_owned(), entry.chord.clone());
            view! {
                <li
                    role="option"
                    id=format!("palette-{at}")
                    class="palette-entry"
                    data-testid="palette-entry"
                    aria-selected=move || (chosen.get() == at).to_string()
                    on:mousemove=move |_| chosen.set(at)
                    on:click=move |_| act(found.with_untracked(|found| found.get(at).cloned()))
                >
                    <span class="palette-name" dir="auto">
                        {name}
                    </span>
                    {chord.map(|chord| view! { <kbd dir="ltr">{chord_name(&chord, language)}</kbd> })}
                </li>
            }
        };
        found.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::PaletteTitle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body palette" data-testid="palette-dialog">
                <input
                    class="input"
                    type="text"
                    dir="auto"
                    autofocus=true
                    autocomplete="off"
                    spellcheck="false"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-activedescendant=move || format!("palette-{}", chosen.get())
                    aria-label=model.text(ReviewText::PaletteHint)
                    placeholder=model.text(ReviewText::PaletteHint)
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        move_to(0);
                    }
                    on:keydown=key
                />
                <ul
                    class="palette-list scroll"
                    id="palette-list"
                    role="listbox"
                    aria-label=model.text(ReviewText::PaletteTitle)
                    node_ref=list
                >
                    {rows}
                </ul>
                <Show when=move || found.with(Vec::is_empty)>
                    <p class="empty">{model.text(ReviewText::PaletteNothing)}</p>
                </Show>
            </div>
        </Modal>
    }
}
