//! The page: Leptos components over [`app`](crate::app). They show the state and pass on commands; the rules are
//! below.

#![allow(unreachable_pub, reason = "the component macro makes its functions public")]

mod app;
mod article;
mod article_head;
mod article_list;
mod backup;
mod backup_note;
mod caret;
mod day_note;
mod dialogs;
mod drawing;
mod edge_row;
mod edges;
mod errands;
mod filling;
mod frame;
mod handles;
mod importing;
mod intake;
mod jobs;
mod keyboard;
mod label_bar;
mod labels;
mod landing;
mod lasting;
mod leaving;
mod model;
mod model_note;
mod open_dialog;
mod opening;
mod painter;
mod paragraphs;
mod parts;
mod pasting;
mod projects;
mod root;
mod selecting;
mod sight;
mod snapshots;
mod span_detail;
mod span_form;
mod span_index;
mod start;
mod status;
mod storage;
mod tabs;
mod threshold;
mod topbar;
mod widgets;
mod workbench;

/// Puts the page into the document.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
