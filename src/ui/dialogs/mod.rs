//! The dialogs over the page.

mod about;
mod adjudication;
mod agreement;
mod annotators;
mod bar;
mod chart;
mod choices;
mod context_line;
mod day;
mod export;
mod fixed_keys;
mod help;
mod history;
mod import;
mod inquiry;
mod kept;
mod keys;
mod lint;
mod new_article;
mod palette;
mod projects;
mod schema;
mod search;
mod search_desk;
mod search_form;
mod search_hit;
mod search_keys;
mod search_scan;
mod statistics;
mod take_back;
mod tick;
mod waiting;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::about::AboutDialog;
use self::adjudication::AdjudicationDialog;
use self::agreement::AgreementDialog;
use self::day::DayDialog;
use self::export::ExportDialog;
use self::help::HelpDialog;
use self::history::HistoryDialog;
use self::import::ImportDialog;
use self::lint::LintDialog;
use self::new_article::NewArticleDialog;
use self::palette::PaletteDialog;
use self::projects::{DamagedDialog, ProjectsDialog};
use self::schema::SchemaDialog;
use self::search::SearchDialog;
use self::statistics::StatisticsDialog;
use self::waiting::{WaitingDialog, needs_all_articles};
use super::model::{Dialog, Model, use_model};
use super::parts::Parts;
use super::selecting;

/// The dialog that is open, if one is.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    let model = use_model();
    let Parts { dialogs, workbench } = model.parts;
    // Asked for again, a part that could not be had is tried again.
    Effect::new(move || {
        if model.dialog.with(Option::is_some) {
            model.parts.ask();
        }
    });
    // What is pasted into a dialog needs the workbench to be kept, so no dialog opens without.
    move || {
        let dialog = model.dialog.get()?;
        workbench.get()?;
        dialogs.get().map(|dialogs| (dialogs.draw)(dialog))
    }
}

/// Brings back the annotators whose files were loaded beside the project.
pub(super) fn bring_annotators(model: Model) {
    annotators::bring_back(model);
}

/// What the keyboard was at when a dialog opened, if it was seen to be at anything.
type Opener = StoredValue<Option<HtmlElement>, LocalStorage>;

fn opener() -> Opener {
    let focused = document().query_selector(":focus-visible:not(dialog *)").ok().flatten();
    StoredValue::new_local(focused.and_then(|element| element.dyn_into().ok()))
}

/// Draws a dialog, or what is waited for. In a part of its own (`ui/parts.rs`), so that the first screen does not wait for
/// it.
pub(super) fn draw(dialog: Dialog) -> AnyView {
    let opener = opener();
    if !needs_all_articles(&dialog) {
        return draw_now(dialog, opener);
    }
    let model = use_model();
    let is_whole = model.memo(|state| state.project.is_whole());
    let close = move || close(model, opener);
    let view = move || match is_whole.get() {
        true => draw_now(dialog.clone(), opener),
        false => view! { <WaitingDialog on_close=close /> }.into_any(),
    };
    view.into_any()
}

/// Closes the dialog. Who goes by keys and gave it up is back where they were; who used the mouse, or did something in the
/// dialog, goes on in the text.
fn close(model: Model, opener: Opener) {
    // One that was given up has been closed by the browser.
    let is_given_up = document().query_selector("dialog[open]").ok().flatten().is_none();
    let opener = opener.try_get_value().flatten().filter(|opener| is_given_up && opener.is_connected());
    model.dialog.set(None);
    match opener {
        // What had the focus takes it again.
        Some(opener) => drop(opener.focus()),
        None => selecting::focus_text(),
    }
}

fn draw_now(dialog: Dialog, opener: Opener) -> AnyView {
    let model = use_model();
    let close = move || close(model, opener);
    match dialog {
        Dialog::NewArticle => view! { <NewArticleDialog on_close=close /> }.into_any(),
        Dialog::Export => view! { <ExportDialog on_close=close /> }.into_any(),
        Dialog::Help(part) => view! { <HelpDialog part on_close=close /> }.into_any(),
        Dialog::Palette => view! { <PaletteDialog on_close=close /> }.into_any(),
        Dialog::Search(search) => view! { <SearchDialog search on_close=close /> }.into_any(),
        Dialog::History => view! { <HistoryDialog on_close=close /> }.into_any(),
        Dialog::Projects(deleted) => view! { <ProjectsDialog deleted on_close=close /> }.into_any(),
        Dialog::Damaged(file) => view! { <DamagedDialog file on_close=close /> }.into_any(),
        Dialog::About => view! { <AboutDialog on_close=close /> }.into_any(),
        Dialog::Schema => view! { <SchemaDialog on_close=close /> }.into_any(),
        Dialog::Adjudication => view! { <AdjudicationDialog on_close=close /> }.into_any(),
        Dialog::Agreement => view! { <AgreementDialog on_close=close /> }.into_any(),
        Dialog::Lint => view! { <LintDialog on_close=close /> }.into_any(),
        Dialog::Statistics => view! { <StatisticsDialog on_close=close /> }.into_any(),
        Dialog::Day => view! { <DayDialog on_close=close /> }.into_any(),
        Dialog::Import => view! { <ImportDialog /> }.into_any(),
    }
}
