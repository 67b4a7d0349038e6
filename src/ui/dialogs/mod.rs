//! The dialogs over the page.

mod about;
mod adjudication;
mod agreement;
mod annotators;
mod bar;
mod chart;
mod choices;
mod context_line;
mod export;
mod help;
mod history;
mod import;
mod inquiry;
mod keys;
mod lint;
mod new_article;
mod palette;
mod projects;
mod schema;
mod search;
mod search_form;
mod search_hit;
mod search_keys;
mod statistics;
mod tick;
mod waiting;

use leptos::prelude::*;

use self::about::AboutDialog;
use self::adjudication::AdjudicationDialog;
use self::agreement::AgreementDialog;
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

/// Draws a dialog, or what is waited for. In a part of its own (`ui/parts.rs`), so that the first screen does not wait for
/// it.
pub(super) fn draw(dialog: Dialog) -> AnyView {
    if !needs_all_articles(&dialog) {
        return draw_now(dialog);
    }
    let model = use_model();
    let is_whole = model.memo(|state| state.project.is_whole());
    let close = move || close(model);
    let view = move || match is_whole.get() {
        true => draw_now(dialog.clone()),
        false => view! { <WaitingDialog on_close=close /> }.into_any(),
    };
    view.into_any()
}

fn close(model: Model) {
    model.dialog.set(None);
    selecting::focus_text();
}

fn draw_now(dialog: Dialog) -> AnyView {
    let model = use_model();
    let close = move || close(model);
    match dialog {
        Dialog::NewArticle => view! { <NewArticleDialog on_close=close /> }.into_any(),
        Dialog::Export => view! { <ExportDialog on_close=close /> }.into_any(),
        Dialog::Help(part) => view! { <HelpDialog part on_close=close /> }.into_any(),
        Dialog::Palette => view! { <PaletteDialog on_close=close /> }.into_any(),
        Dialog::Search(search) => view! { <SearchDialog search on_close=close /> }.into_any(),
        Dialog::History => view! { <HistoryDialog on_close=close /> }.into_any(),
        Dialog::Projects => view! { <ProjectsDialog on_close=close /> }.into_any(),
        Dialog::Damaged(file) => view! { <DamagedDialog file on_close=close /> }.into_any(),
        Dialog::About => view! { <AboutDialog on_close=close /> }.into_any(),
        Dialog::Schema => view! { <SchemaDialog on_close=close /> }.into_any(),
        Dialog::Adjudication => view! { <AdjudicationDialog on_close=close /> }.into_any(),
        Dialog::Agreement => view! { <AgreementDialog on_close=close /> }.into_any(),
        Dialog::Lint => view! { <LintDialog on_close=close /> }.into_any(),
        Dialog::Statistics => view! { <StatisticsDialog on_close=close /> }.into_any(),
        Dialog::Import => view! { <ImportDialog /> }.into_any(),
    }
}
