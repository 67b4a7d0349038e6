//! The bar at the top: what this is, how far the work has come, and what concerns all of it.

use leptos::prelude::*;

use super::app::Sheet;
use super::keyboard::carry_out;
use super::model::{Dialog, HelpPart, Keeping, use_model};
use super::widgets::{Icon, IconButton};
use crate::annotation::Status;
use crate::app::{Action, Command, Text, Theme};

#[component]
pub(super) fn TopBar() -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let toggle = move |which| sheet.update(|open| *open = (*open != Some(which)).then_some(which));
    let progress = model.memo(|state| {
        let (mut done, mut total) = (0usize, 0usize);
        for document in state.project.documents() {
            total += 1;
            done += usize::from(matches!(document.status, Status::Done | Status::Skipped));
        }
        (done, total)
    });
    let span_count = model.memo(|state| state.document().map_or(0, |document| document.spans.len()));
    let has_articles = Memo::new(move |_| progress.get().1 > 0);
    let language = move |_| {
        let other = model.language.get_untracked().other();
        let settings = model.peek(|state| state.settings.clone());
        model.run(Command::Set(crate::app::Settings { language: Some(other), ..settings }));
    };
    let theme = model.memo(|state| state.settings.theme);
    let next_theme = move |_| {
        let settings = model.peek(|state| state.settings.clone());
        model.run(Command::Set(crate::app::Settings { theme: settings.theme.next(), ..settings }));
    };
    let theme_text = move || {
        model.language.get().text(match theme.get() {
            Theme::System => Text::ThemeSystem,
            Theme::Light => Text::ThemeLight,
            Theme::Dark => Text::ThemeDark,
        })
    };
    let theme_icon = Signal::derive(move || match theme.get() {
        Theme::System => "auto",
        Theme::Light => "sun",
        Theme::Dark => "moon",
    });
    view! {
        <header class="topbar">
            <Show when=move || has_articles.get()>
                <IconButton
                    icon="menu"
                    name=Signal::derive(model.text(Text::Articles))
                    class="topbar-narrow"
                    on_press=move |_| toggle(Sheet::Articles)
                />
            </Show>
            <span class="wordmark">
                <span class="wordmark-ar" lang="ar">
                    "ميسم"
                </span>
                " "
                <span class="wordmark-la topbar-wide" lang="en">
                    "Misam"
                </span>
            </span>
            <Show when=move || has_articles.get()>
                <span class="divider topbar-wide"></span>
                <div class="project topbar-wide">
                    <span class="project-progress">
                        <progress
                            class="progress"
                            max=move || progress.get().1
                            value=move || progress.get().0
                            aria-label=model.text(Text::ProgressName)
                        ></progress>
                        <span class="count">
                            {move || {
                                let (done, total) = progress.get();
                                let (done, total) = (done.to_string(), total.to_string());
                                model.language.get().fill(Text::ProgressDone, &[("n", &done), ("total", &total)])
                            }}
                        </span>
                    </span>
                </div>
            </Show>
            <KeepingNote />
            <div class="topbar-spacer"></div>
            <div
                class="topbar-tools"
                id="topbar-tools"
                data-open=move || (sheet.get() == Some(Sheet::Tools)).to_string()
            >
                <button
                    type="button"
                    class="tool"
                    data-testid="language"
                    data-label-shown=""
                    lang=move || model.language.get().other().tag()
                    on:click=language
                >
                    <Icon name="language" />
                    <span class="tool-label">{model.text(Text::LanguageSwitch)}</span>
                </button>
                <button
                    type="button"
                    class="tool"
                    data-testid="theme"
                    data-tip=theme_text
                    on:click=next_theme
                >
                    <Icon name=theme_icon />
                    <span class="tool-label">{theme_text}</span>
                </button>
                <Show when=move || has_articles.get()>
                    <button
                        type="button"
                        class="tool"
                        data-testid="search"
                        data-tip=model.text(Text::KeySearch)
                        on:click=move |_| carry_out(model, Action::Search)
                    >
                        <Icon name="search" />
                        <span class="tool-label">{model.text(Text::Search)}</span>
                    </button>
                    <button
                        type="button"
                        class="tool"
                        data-testid="history"
                        data-tip=model.text(Text::KeyHistory)
                        on:click=move |_| carry_out(model, Action::History)
                    >
                        <Icon name="history" />
                        <span class="tool-label">{model.text(Text::History)}</span>
                    </button>
                    <button
                        type="button"
                        class="tool"
                        data-testid="statistics"
                        data-tip=model.text(Text::Statistics)
                        on:click=move |_| carry_out(model, Action::Statistics)
                    >
                        <Icon name="chart" />
                        <span class="tool-label">{model.text(Text::Statistics)}</span>
                    </button>
                </Show>
                <button
                    type="button"
                    class="tool"
                    data-testid="schema"
                    data-tip=model.text(Text::Schema)
                    on:click=move |_| carry_out(model, Action::Schema)
                >
                    <Icon name="codes" />
                    <span class="tool-label">{model.text(Text::Schema)}</span>
                </button>
                <button
                    type="button"
                    class="tool"
                    data-testid="palette"
                    data-tip=model.text(Text::KeyPalette)
                    on:click=move |_| carry_out(model, Action::Palette)
                >
                    <Icon name="keyboard" />
                    <span class="tool-label">{model.text(Text::KeyPalette)}</span>
                </button>
                <button
                    type="button"
                    class="tool"
                    data-testid="help"
                    data-tip=model.text(Text::Help)
                    on:click=move |_| model.dialog.set(Some(Dialog::Help(HelpPart::Keys)))
                >
                    <Icon name="help" />
                    <span class="tool-label">{model.text(Text::Help)}</span>
                </button>
                <Show when=move || has_articles.get()>
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        data-testid="export"
                        on:click=move |_| model.dialog.set(Some(Dialog::Export))
                    >
                        <Icon name="export" />
                        {model.text(Text::Export)}
                    </button>
                </Show>
            </div>
            <Show when=move || has_articles.get()>
                <button
                    type="button"
                    class="button topbar-spans topbar-narrow"
                    data-kind="quiet"
                    aria-controls="spans"
                    aria-expanded=move || (sheet.get() == Some(Sheet::Spans)).to_string()
                    on:click=move |_| toggle(Sheet::Spans)
                >
                    <Icon name="spans" />
                    <span class="visually-hidden">{model.text(Text::Spans)}</span>
                    <span class="count">{span_count}</span>
                </button>
            </Show>
            <button
                type="button"
                class="icon-button topbar-more topbar-narrow"
                aria-controls="topbar-tools"
                aria-expanded=move || (sheet.get() == Some(Sheet::Tools)).to_string()
                aria-label=model.text(Text::Menu)
                data-tip=model.text(Text::Menu)
                data-tip-at="end"
                on:click=move |_| toggle(Sheet::Tools)
            >
                <Icon name="more" />
            </button>
        </header>
    }
}

/// Says in a word or two that the work is being kept.
#[component]
fn KeepingNote() -> impl IntoView {
    let model = use_model();
    let writable = model.memo(|state| state.writable);
    let text = move || match model.keeping.get() {
        _ if !writable.get() => None,
        Keeping::Saved => Some(model.language.get().text(Text::Saved)),
        Keeping::Saving => Some(model.language.get().text(Text::Saving)),
        Keeping::Memory | Keeping::Failed(_) => None,
    };
    view! {
        <p class="keeping topbar-wide" data-testid="keeping" data-state=move || model.keeping.get().as_str()>
            {text}
        </p>
    }
}

/// Warns, for as long as it is so, that work is not kept or cannot be done here.
#[component]
pub(super) fn Warning() -> impl IntoView {
    let model = use_model();
    let writable = model.memo(|state| state.writable);
    let warning = Memo::new(move |_| {
        let language = model.language.get();
        if model.outdated.get() {
            return Some((language.text(Text::ReloadForUpdate).to_owned(), "warning"));
        }
        if model.parts.lack_one() {
            return Some((language.text(Text::PartMissing).to_owned(), "part"));
        }
        if !writable.get() {
            return Some((language.text(Text::ReadOnly).to_owned(), "warning"));
        }
        match model.keeping.get() {
            Keeping::Saved | Keeping::Saving => None,
            Keeping::Memory => Some((language.text(Text::NotSaved).to_owned(), "error")),
            Keeping::Failed(reason) => {
                Some((language.fill(Text::StorageFailed, &[("reason", &reason)]), "error"))
            }
        }
    });
    let reload = move |_| {
        // The browser reloads or tells the person why not.
        let _ = window().location().reload();
    };
    move || {
        warning.get().map(|(text, kind)| {
            view! {
                <div class="banner" role="alert" data-kind=kind data-testid="warning">
                    <Icon name="warning" />
                    <p class="banner-text">{text}</p>
                    <Show when=move || kind == "part">
                        <button type="button" class="button" on:click=move |_| model.parts.ask()>
                            {model.text(Text::TryAgain)}
                        </button>
                    </Show>
                    <Show when=move || kind == "part" || model.outdated.get()>
                        <button type="button" class="button" on:click=reload>
                            {model.text(Text::Reload)}
                        </button>
                    </Show>
                    <Show when=move || kind == "error">
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| model.dialog.set(Some(Dialog::Export))
                        >
                            {model.text(Text::Export)}
                        </button>
                    </Show>
                </div>
            }
        })
    }
}
