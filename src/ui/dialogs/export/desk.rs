//! What is to be saved, what would be in it, and the saving.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::dataset::{self, Dataset};
use crate::app::export::{Order, Request, Scope, Summary, requested};
use crate::app::{ReviewText, Text};
use crate::formats::{Format, WriteOptions};
use crate::ui::model::Model;
use crate::web::download;
use crate::work::JobId;

/// The media type of JSON lines.
const JSONL: &str = "application/x-ndjson";

/// That of a dataset.
const ZIP: &str = "application/zip";

/// What the parts of the dialog share. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct ExportDesk {
    model: Model,
    pub(super) scope: RwSignal<Scope>,
    pub(super) format: RwSignal<Format>,
    pub(super) with_suggestions: RwSignal<bool>,
    pub(super) options: RwSignal<WriteOptions>,
    /// A dataset is no format: it is several files that belong together.
    pub(super) as_dataset: RwSignal<bool>,
    pub(super) dataset: Dataset,
    /// What would be in the file, as soon as that is known.
    pub(super) summary: RwSignal<Option<Summary>>,
    /// Why there is no file.
    pub(super) fault: RwSignal<Option<String>>,
    pub(super) saving: RwSignal<bool>,
    /// What was asked last. An answer to an earlier question is of no interest any more, and need not be found.
    question: StoredValue<Option<JobId>>,
    /// Has what would be in the file worked out again.
    again: RwSignal<()>,
    on_close: Callback<()>,
}

impl ExportDesk {
    /// A desk that says what would be in the file whenever something else is chosen.
    pub(super) fn open(model: Model, on_close: Callback<()>) -> Self {
        let desk = Self {
            model,
            scope: RwSignal::new(Scope::All),
            format: RwSignal::new(Format::Misam),
            with_suggestions: RwSignal::new(false),
            options: RwSignal::new(WriteOptions::default()),
            as_dataset: RwSignal::new(false),
            dataset: Dataset::of(model),
            summary: RwSignal::new(None),
            fault: RwSignal::new(None),
            saving: RwSignal::new(false),
            question: StoredValue::new(None),
            again: RwSignal::new(()),
            on_close,
        };
        on_cleanup(move || desk.ask_no_more());
        Effect::new(move || desk.weigh());
        desk
    }

    fn request(self) -> Request {
        Request {
            scope: self.scope.get(),
            format: self.format.get(),
            with_suggestions: self.with_suggestions.get(),
            threshold: self.model.with(|state| state.settings.threshold),
            options: self.options.get(),
        }
    }

    /// Asks what would be in the file.
    fn weigh(self) {
        self.again.track();
        let request = if self.as_dataset.get() {
            // Records without suggestions, whatever was chosen for a file before.
            Request { format: Format::Misam, with_suggestions: false, ..self.request() }
        } else {
            self.request()
        };
        let documents = self.model.with(|state| requested(state, request.scope));
        self.ask_no_more();
        let asked = self.model.begin_file(Order { only_summary: true, ..request.order() }, &documents);
        let Some((job, answer)) = asked else { return };
        self.question.set_value(Some(job));
        spawn_local(async move {
            let written = answer.await;
            // The dialog may be closed by now.
            if self.question.try_get_value().flatten() != Some(job) {
                return;
            }
            match written {
                Ok(written) => self.summary.set(Some(written.summary)),
                Err(problem) => self.fault.set(Some(self.failure(&problem))),
            }
        });
    }

    fn ask_no_more(self) {
        if let Some(job) = self.question.try_update_value(Option::take).flatten() {
            self.model.give_up(job);
        }
    }

    fn failure(self, problem: &str) -> String {
        self.model.language.get_untracked().fill(Text::ExportFailed, &[("problem", problem)])
    }

    /// Saves what is chosen.
    pub(super) fn save(self) {
        let model = self.model;
        let request = untrack(|| self.request());
        let documents = model.peek(|state| requested(state, request.scope));
        self.saving.set(true);
        self.fault.set(None);
        // Who wants the file does not wait for what would be in it.
        self.ask_no_more();
        let packing = self.as_dataset.get_untracked();
        spawn_local(async move {
            let order = request.order();
            let (name, written) = if packing {
                (dataset::FILE.to_owned(), self.dataset.pack(documents).await)
            } else {
                let written = model.write_file(order.clone(), documents).await;
                (order.name, written.map(|written| written.file))
            };
            let media_type = if packing { ZIP } else { JSONL };
            let saved = written
                .and_then(|file| download::save(&name, media_type, &file).map_err(|error| error.to_string()));
            self.say_saved(&name, saved);
        });
    }

    /// Says what came of the saving. The dialog may be closed by now: what was asked for is saved all the same, and that is
    /// said.
    fn say_saved(self, name: &str, saved: Result<(), String>) {
        let is_open = self.saving.try_set(false).is_none();
        match saved {
            Ok(()) => {
                let language = self.model.language.get_untracked();
                self.model.say(language.fill(ReviewText::SaidDownloaded, &[("file", name)]));
                if is_open {
                    self.on_close.run(());
                }
            }
            Err(problem) if is_open => {
                self.fault.set(Some(self.failure(&problem)));
                self.again.set(());
            }
            Err(problem) => self.model.say(self.failure(&problem)),
        }
    }
}
