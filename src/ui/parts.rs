//! The parts of the page that are not in its first download.
//!
//! What the first screen does not need is linked into files of its own (`tools/split`). A part is a table of functions:
//! whoever asks for the part gets the table, and whatever only these functions use comes with it. A function that is
//! called from anywhere else as well stays in the first download, so call them by the table only.
//!
//! Parts are brought once the first screen is drawn, before anybody asks: no click waits, and the page works without a
//! network from then on. A part that cannot be had is no breakdown: what needs it says so, and can be tried again.
//!
//! A build without `MISAM_SPLIT` has no parts; the tables are the same and are there at once.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::{Dialog, Model};
use super::opening::Opened;
use super::{dialogs, importing, intake, keyboard, leaving, pasting, projects, storage, tabs, workbench};
use crate::app::Command;
use crate::web::gathering::{Chosen, Dropped};

/// The dialogs.
pub(super) struct Dialogs {
    /// Draws a dialog.
    pub(super) draw: fn(Dialog) -> AnyView,
    /// Brings back the annotators whose files were loaded beside the project.
    pub(super) bring_annotators: fn(Model),
}

/// What a project with articles needs.
pub(super) struct Workbench {
    /// Draws the articles, the open one, and its spans.
    pub(super) draw: fn() -> AnyView,
    /// Listens to keys, to what is pasted outside of fields, and for the page being left.
    pub(super) listen: fn(Model),
    /// Brings back what a storage holds, and keeps what comes.
    pub(super) take_over: fn(Model, Opened),
    /// Writes everything anew when the storage was lost.
    pub(super) rescue: fn(Model),
    /// Saves the project as a file.
    pub(super) save_project: fn(Model),
    /// Takes the work over from another tab.
    pub(super) take_work: fn(Model),
    /// Carries out a command at a time, in Unix milliseconds.
    pub(super) run: fn(Model, Command, u64),
    /// Adds the example.
    pub(super) add_example: fn(Model),
    /// Has the page kept for use without a network, and takes the files it was opened with.
    pub(super) settle: fn(Model),
    /// Takes files in.
    pub(super) take_files: fn(Model, Vec<Chosen>),
    /// Takes in what was dropped.
    pub(super) take_dropped: fn(Model, Vec<Dropped>),
    /// Says what to do with a dropped list of addresses.
    pub(super) explain_address: fn(Model, &str),
}

#[cfg_attr(split_page, wasm_split_helpers::wasm_split(dialogs, fallible))]
fn dialogs() -> Fetched<Dialogs> {
    static TABLE: Dialogs = Dialogs { draw: dialogs::draw, bring_annotators: dialogs::bring_annotators };
    Ok(&TABLE)
}

#[cfg_attr(split_page, wasm_split_helpers::wasm_split(workbench, fallible))]
fn workbench() -> Fetched<Workbench> {
    static TABLE: Workbench = Workbench {
        draw: workbench::draw,
        listen: |model| {
            keyboard::listen(model);
            pasting::listen(model);
            leaving::listen(model);
        },
        take_over: storage::take_over,
        rescue: storage::rescue,
        save_project: projects::save,
        take_work: tabs::take_over,
        run: Model::carry_out,
        add_example: intake::add_example,
        settle: workbench::settle,
        take_files: importing::take,
        take_dropped: importing::take_dropped,
        explain_address: importing::explain_address,
    };
    Ok(&TABLE)
}

#[cfg(split_page)]
type Fetched<T> = Result<&'static T, wasm_split_helpers::SplitLoaderError>;

#[cfg(not(split_page))]
type Fetched<T> = Result<&'static T, std::convert::Infallible>;

/// The functions above are asynchronous where there is something to wait for.
macro_rules! wait {
    ($table:expr) => {{
        #[cfg(split_page)]
        let table = $table.await;
        #[cfg(not(split_page))]
        let table = $table;
        table
    }};
}

/// A table on its way, or nothing when it cannot be had.
type Coming<T> = Pin<Box<dyn Future<Output = Option<&'static T>>>>;

/// How far a part has come.
enum Progress<T: 'static> {
    /// Nobody has asked for it.
    Unasked,
    /// It is on its way.
    Coming,
    /// It is there.
    There(&'static T),
    /// It could not be had.
    Missing,
}

/// A part of the page. A handle: copying it copies nothing.
pub(super) struct Part<T: 'static> {
    progress: RwSignal<Progress<T>>,
    fetch: fn() -> Coming<T>,
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

impl<T: Send + Sync + 'static> Part<T> {
    fn new(fetch: fn() -> Coming<T>) -> Self {
        Self { progress: RwSignal::new(Progress::Unasked), fetch }
    }

    /// Has the part brought, unless it is there or on its way.
    pub(super) fn ask(self) {
        if self.progress.with_untracked(|progress| matches!(progress, Progress::Unasked | Progress::Missing))
        {
            self.progress.set(Progress::Coming);
            spawn_local(async move {
                let table = (self.fetch)().await;
                self.progress.set(table.map_or(Progress::Missing, Progress::There));
            });
        }
    }

    /// The part, if it is there. Who asks is told when it has come.
    pub(super) fn get(self) -> Option<&'static T> {
        self.progress.with(|progress| match progress {
            Progress::There(table) => Some(*table),
            _ => None,
        })
    }

    /// The part, if it is there, once.
    pub(super) fn peek(self) -> Option<&'static T> {
        untrack(|| self.get())
    }

    /// True if the part could not be had and nobody has asked again.
    pub(super) fn is_missing(self) -> bool {
        self.progress.with(|progress| matches!(progress, Progress::Missing))
    }
}

/// All parts.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// The dialogs.
    pub(super) dialogs: Part<Dialogs>,
    /// What a project with articles needs.
    pub(super) workbench: Part<Workbench>,
}

impl Parts {
    /// Has all parts brought, those first that are wanted first.
    pub(super) fn ask(self) {
        self.workbench.ask();
        self.dialogs.ask();
    }

    /// True if a part could not be had.
    pub(super) fn lack_one(self) -> bool {
        self.workbench.is_missing() || self.dialogs.is_missing()
    }

    /// The parts, none of them there.
    pub(super) fn new() -> Self {
        Self {
            dialogs: Part::new(|| Box::pin(async { wait!(dialogs()).ok() })),
            workbench: Part::new(|| Box::pin(async { wait!(workbench()).ok() })),
        }
    }
}
