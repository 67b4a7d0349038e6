//! The bar at the top: what this is, how far the work has come, and what concerns all of it.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::app::Sheet;
use super::keyboard::open_or_run;
use super::model::{Dialog, Keeping, use_model};
use super::widgets::{Icon, IconButton};
use crate::annotation::Status;
use crate::app::{Action, Command, Text, Theme};
use crate::text::unturned;

/// So long after the last edit was saved it is said in words.
const PAUSE: Duration = Duration::from_millis(400);

#[component]
pub(super) fn TopBar() -> impl IntoView {
    let model = use_model();
    let sheet = expect_context::<RwSignal<Option<Sheet>>>();
    let toggle = move |which| sheet.update(|open| *open = (*open != Some(which)).then_some(which));
    let progress = model.listing_memo(|state| {
        let (mut done, mut total) = (0usize, 0usize);
        for listed in state.project.listed() {
            total += 1;
            done += usize::from(matches!(listed.status(), Status::Done | Status::Skipped));
        }
        (done, total)
    });
    let span_count = model.memo(|state| state.document().map_or(0, |document| document.spans.len()));
    let name = model.memo(|state| unturned(&state.about.name).into_owned());
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
            <button
                type="button"
                class="project-button topbar-wide"
                data-testid="projects"
                data-tip=model.text(Text::Projects)
                on:click=move |_| open_or_run(model, Action::Projects)
            >
                <bdi class="project-name">
                    {move || match name.get() {
                        name if name.is_empty() => model.text(Text::ProjectUnnamed)().to_owned(),
                        name => name,
                    }}
                </bdi>
                <Icon name="expand" />
            </button>
            <Show when=move || has_articles.get()>
                <div class="project topbar-wide">
                    <span class="project-progress">
                        <ProgressBar of=progress />
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
            <Show when=move || has_articles.get()>
                <span class="topbar-progress" data-testid="progress-narrow">
                    <span class="count" aria-hidden="true">
                        {move || {
                            let (done, total) = progress.get();
                            format!("{done}/{total}")
                        }}
                    </span>
                    <ProgressBar of=progress />
                </span>
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
                    <Tool hook="search" icon="search" tip=Text::KeySearch name=Text::Search action=Action::Search />
                    <Tool hook="history" icon="history" tip=Text::KeyHistory name=Text::History action=Action::History />
                    <Tool hook="statistics" icon="chart" name=Text::Statistics action=Action::Statistics />
                </Show>
                <button
                    type="button"
                    class="tool topbar-narrow"
                    data-tip=model.text(Text::Projects)
                    on:click=move |_| open_or_run(model, Action::Projects)
                >
                    <Icon name="list" />
                    <span class="tool-label">{model.text(Text::Projects)}</span>
                </button>
                <Tool hook="schema" icon="codes" name=Text::Schema action=Action::Schema />
                <Tool hook="palette" icon="keyboard" name=Text::KeyPalette action=Action::Palette />
                <Tool hook="help" icon="help" name=Text::Help action=Action::Help />
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

/// How many articles are done of how many, as a bar.
#[component]
fn ProgressBar(of: Memo<(usize, usize)>) -> impl IntoView {
    let model = use_model();
    view! {
        <progress
            class="progress"
            max=move || of.get().1
            value=move || of.get().0
            aria-label=model.text(Text::ProgressName)
        ></progress>
    }
}

/// A button of the bar that does what a key does as well.
#[component]
fn Tool(
    /// The page's hook.
    hook: &'static str,
    icon: &'static str,
    /// What the button is called where there is room for its name.
    name: Text,
    /// What is said of it where there is not; its name if there is nothing more to say.
    #[prop(optional)]
    tip: Option<Text>,
    action: Action,
) -> impl IntoView {
    let model = use_model();
    view! {
        <button
            type="button"
            class="tool"
            data-testid=hook
            data-tip=model.text(tip.unwrap_or(name))
            on:click=move |_| open_or_run(model, action)
        >
            <Icon name=icon />
            <span class="tool-label">{model.text(name)}</span>
        </button>
    }
}

/// Says in a word or two that the work is being kept.
#[component]
fn KeepingNote() -> impl IntoView {
    let model = use_model();
    let writable = model.memo(|state| state.writable);
    // Who works without a pause reads that it is being saved, and that it is saved at the pause: words that changed twice
    // with every key would have the page drawn for them. The hook is exact.
    let is_settled = RwSignal::new(true);
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(Some(waiting)) = waiting {
            waiting.clear();
        }
        if model.keeping.with(|keeping| *keeping == Keeping::Saving) {
            is_settled.set(false);
            return None;
        }
        set_timeout_with_handle(move || is_settled.set(true), PAUSE).ok()
    });
    let text = Memo::new(move |_| match model.keeping.get() {
        _ if !writable.get() => None,
        Keeping::Saved if is_settled.get() => Some(model.language.get().text(Text::Saved)),
        Keeping::Saved | Keeping::Saving => Some(model.language.get().text(Text::Saving)),
        Keeping::Memory | Keeping::Failed(_) => None,
    });
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
        // Said whatever else there is to say, with the way to save it: to reload for a newer version would lose it.
        let unkept = match model.keeping.get() {
            Keeping::Memory if writable.get() => Some(language.text(Text::NotSaved).to_owned()),
            Keeping::Failed(reason) if writable.get() => {
                Some(language.fill(Text::StorageFailed, &[("reason", &reason)]))
            }
            _ => None,
        };
        let (besides, kind) = if model.outdated.get() {
            (Text::ReloadForUpdate, "warning")
        } else if model.parts.lack_one() {
            (Text::PartMissing, "part")
        } else if !writable.get() {
            (Text::ReadOnly, "elsewhere")
        } else if unkept.is_none() && model.newer.with(Option::is_some) {
            (Text::NewerReady, "newer")
        } else {
            return unkept.map(|text| (text, "error", true));
        };
        let is_unkept = unkept.is_some();
        let besides = language.text(besides);
        let text = unkept.map_or_else(|| besides.to_owned(), |text| text + " " + besides);
        Some((text, kind, is_unkept))
    });
    let reload = move |_| {
        // The browser reloads or tells the person why not.
        let _ = window().location().reload();
    };
    let go_over = move |_| {
        if let Some(newer) = model.newer.get_untracked() {
            newer.go_over();
        }
    };
    move || {
        warning.get().map(|(text, kind, is_unkept)| {
            view! {
                <div
                    class="banner"
                    role=if kind == "newer" { "status" } else { "alert" }
                    data-kind=if is_unkept { "error" } else { kind }
                    data-testid="warning"
                >
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
                    <Show when=move || kind == "newer">
                        <button type="button" class="button" on:click=go_over>
                            {model.text(Text::UseNow)}
                        </button>
                        <button type="button" class="button" data-kind="quiet" on:click=move |_| model.newer.set(None)>
                            {model.text(Text::Later)}
                        </button>
                    </Show>
                    <Show when=move || kind == "elsewhere">
                        <button
                            type="button"
                            class="button"
                            data-testid="take-work"
                            on:click=move |_| model.with_workbench(move |workbench| (workbench.take_work)(model))
                        >
                            {model.text(Text::WorkHere)}
                        </button>
                    </Show>
                    <Show when=move || is_unkept>
                        <button
                            type="button"
                            class="button"
                            data-testid="backup"
                            on:click=move |_| model.with_workbench(move |workbench| (workbench.save_project)(model))
                        >
                            {model.text(Text::ProjectSaveFile)}
                        </button>
                    </Show>
                </div>
            }
        })
    }
}
