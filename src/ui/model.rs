//! What all components share: the state, and the door through which commands go to it.

use std::collections::VecDeque;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Blob;

use super::errands::{Asked, FileContents, OnBytes, ReadFault};
use super::filling::{self, Filling};
use super::importing::Importing;
use super::lasting::Lasting;
pub(super) use super::open_dialog::{Aim, Dialog, HelpPart, Search};
use super::parts::{Parts, Workbench};
use super::pasting::ArticleDraft;
use super::storage::Keeper;
use crate::annotation::{Document, DocumentId};
use crate::app::export::{Order, Written};
use crate::app::intake::{Choices, FileEntry};
use crate::app::said::Said;
use crate::app::schema_edit::Draft;
use crate::app::{Command, CountedPhrase, Effect, Language, Message, Phrase, State, update};
use crate::quality::agreement::Annotations;
use crate::quality::likeness::Alike;
use crate::text::{ByteRange, SourceText};
use crate::web::offline::Newer;
use crate::web::reply::Reply;
use crate::web::store::Store;
use crate::web::{clock, preferences};
use crate::work::{JobId, Question, Verdict};

/// Nothing can be read or written while stored work is still being brought back.
const NOT_READY: &str = "the page is still opening";

/// How the work is being kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// Everything is on the device.
    Saved,
    /// Something is on its way.
    Saving,
    /// The browser gives no storage at all.
    Memory,
    /// The storage could not be opened or read, or refused the last edit.
    Failed(String),
}

impl Keeping {
    /// The word of the page's hook.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::Memory => "memory",
            Self::Failed(_) => "failed",
        }
    }
}

/// A place in the text to bring into view. Each one is new, also when the place is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reveal {
    pub(super) range: ByteRange,
    count: u64,
}

/// What the picture of an article's spans hangs on: the article, what was done to its spans, and how sure suggestions
/// must be to be seen. Comparing it is quicker than comparing every span of a long article after every key.
pub(super) type SpansNow = Option<(DocumentId, u64, u64, u8)>;

/// Something to be done with the workbench.
type Waiting = Box<dyn FnOnce(&'static Workbench)>;

/// What all components share. A handle: copying it copies no state.
#[derive(Clone, Copy)]
pub(super) struct Model {
    state: RwSignal<State>,
    /// Counts how often the state came from elsewhere: numbers that count changes may then begin anew.
    arrivals: StoredValue<u64>,
    /// The language of the interface.
    pub(super) language: Lasting<Language>,
    /// The dialog that is open.
    pub(super) dialog: RwSignal<Option<Dialog>>,
    /// The last thing said.
    pub(super) said: RwSignal<Said>,
    /// The last place to bring into view.
    pub(super) reveal: RwSignal<Option<Reveal>>,
    /// How the work is being kept.
    pub(super) keeping: RwSignal<Keeping>,
    /// The file that is written again and again, if there is one.
    pub(super) backup: RwSignal<Option<super::backup::BackupState>>,
    /// True once stored work has been read and the page can be used.
    pub(super) ready: RwSignal<bool>,
    /// A newer version of the page is there, and this one cannot go on.
    pub(super) outdated: RwSignal<bool>,
    /// A newer version of the page that waits until somebody wants it.
    pub(super) newer: RwSignal<Option<Newer>, LocalStorage>,
    /// A pasted article that has not been added yet.
    pub(super) draft: StoredValue<ArticleDraft>,
    /// The database of the open project.
    pub(super) database: StoredValue<String>,
    /// What is not in the page's first download.
    pub(super) parts: Parts,
    /// True once a storage has been opened, or refused.
    is_open: StoredValue<bool>,
    /// What is to be done when the workbench is there, in order.
    waiting: StoredValue<VecDeque<Waiting>, LocalStorage>,
    /// What annotators made of articles whose files were loaded beside the project.
    pub(super) annotators: RwSignal<Vec<Annotations>>,
    /// True once those are among them that were loaded when the project was open before.
    pub(super) annotators_are_back: StoredValue<bool>,
    /// Labels being changed, while their dialog is closed.
    pub(super) schema_draft: StoredValue<Option<Draft>>,
    /// Files on their way in.
    pub(super) importing: Importing,
    /// Articles on their way from the storage.
    pub(super) filling: Filling,
    keeper: StoredValue<Option<Keeper>, LocalStorage>,
    /// Commands that have to wait, and when they were given.
    early: StoredValue<Vec<(Command, u64)>>,
}

impl Model {
    /// A model with nothing in it.
    pub(super) fn new() -> Self {
        let state = RwSignal::new(State::default());
        let browser = preferences::languages().first().map(|tag| Language::for_tag(tag)).unwrap_or_default();
        let language = Memo::new(move |_| state.with(|state| state.settings.language.unwrap_or(browser)));
        Self {
            state,
            arrivals: StoredValue::new(0),
            language: language.into(),
            dialog: RwSignal::new(None),
            said: RwSignal::new(Said::default()),
            reveal: RwSignal::new(None),
            keeping: RwSignal::new(Keeping::Saved),
            backup: RwSignal::new(None),
            ready: RwSignal::new(false),
            outdated: RwSignal::new(false),
            newer: RwSignal::new_local(None),
            draft: StoredValue::new(ArticleDraft::default()),
            database: StoredValue::new(String::new()),
            parts: Parts::new(),
            is_open: StoredValue::new(false),
            waiting: StoredValue::new_local(VecDeque::new()),
            annotators: RwSignal::new(Vec::new()),
            annotators_are_back: StoredValue::new(false),
            schema_draft: StoredValue::new(None),
            importing: Importing::new(),
            filling: Filling::new(),
            keeper: StoredValue::new_local(None),
            early: StoredValue::new(Vec::new()),
        }
    }

    /// Gives the model its way to storage and extractor.
    pub(super) fn connect(self, keeper: Keeper) {
        self.keeper.set_value(Some(keeper));
    }

    /// Carries out a command, as soon as the workbench is there.
    pub(super) fn run(self, command: Command) {
        let now = clock::now_ms();
        self.with_workbench(move |workbench| (workbench.run)(self, command, now));
    }

    /// Does what comes before everything else that needs the workbench, once there is a storage.
    pub(super) fn begin(self, act: impl FnOnce(&'static Workbench) + 'static) {
        self.is_open.set_value(true);
        self.waiting.update_value(|waiting| waiting.push_front(Box::new(act)));
        self.do_what_waits();
    }

    /// Does something that needs workbench and storage: at once, or when both have come, in the order it was asked for.
    pub(super) fn with_workbench(self, act: impl FnOnce(&'static Workbench) + 'static) {
        self.waiting.update_value(|waiting| waiting.push_back(Box::new(act)));
        self.do_what_waits();
    }

    /// Does what waited for workbench and storage, if they are there.
    pub(super) fn do_what_waits(self) {
        let Some(workbench) = self.parts.workbench.peek().filter(|_| self.is_open.get_value()) else {
            return;
        };
        while let Some(act) = self.waiting.try_update_value(VecDeque::pop_front).flatten() {
            act(workbench);
        }
    }

    /// Carries out a command now, or as soon as there is somebody to keep what comes of it, and what it is about. To be called as the
    /// workbench's `run`.
    pub(super) fn carry_out(self, command: Command, now: u64) {
        let must_wait = !self.is_open()
            || self.early.with_value(|early| !early.is_empty())
            || command.needs_everything() && !self.peek(|state| state.project.is_all_known());
        if must_wait {
            self.early.update_value(|early| early.push((command, now)));
            return;
        }
        let effects = self.state.try_update(|state| update(state, command, now)).unwrap_or_default();
        let mut said = Vec::new();
        for effect in effects {
            self.perform(effect, &mut said);
        }
        self.announce(&said);
    }

    /// False until the storage has answered: before that nothing is kept and nothing is read.
    pub(super) fn is_open(self) -> bool {
        self.keeper.with_value(Option::is_some)
    }

    /// Replaces the state as a whole: when stored work has been read.
    pub(super) fn install(self, state: State) {
        self.arrivals.update_value(|count| *count += 1);
        self.state.set(state);
    }

    /// Adds to the state what came later than it.
    pub(super) fn amend(self, change: impl FnOnce(&mut State)) {
        self.arrivals.update_value(|count| *count += 1);
        self.state.update(change);
    }

    /// Changes what nobody looks at.
    pub(super) fn amend_quietly<T: Default>(self, change: impl FnOnce(&mut State) -> T) -> T {
        self.state.try_update_untracked(change).unwrap_or_default()
    }

    /// Keeps the settings as they are.
    pub(super) fn keep_settings(self) {
        self.perform(Effect::SaveSettings, &mut Vec::new());
    }

    /// A look at the state that is repeated when it changes.
    pub(super) fn with<T>(self, look: impl FnOnce(&State) -> T) -> T {
        self.state.with(look)
    }

    /// A look at the state, once.
    pub(super) fn peek<T>(self, look: impl FnOnce(&State) -> T) -> T {
        self.state.with_untracked(look)
    }

    /// Something worked out from the state; who reads it is told only when it differs.
    pub(super) fn memo<T>(self, look: impl Fn(&State) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.memo_of(Box::new(look))
    }

    /// What the picture of an article's spans hangs on.
    pub(super) fn spans_memo(
        self,
        document: impl Fn(&State) -> Option<&Document> + Send + Sync + 'static,
    ) -> Memo<SpansNow> {
        self.memo(move |state| {
            let document = document(state)?;
            let arrivals = self.arrivals.get_value();
            Some((document.id.clone(), document.spans.revision(), arrivals, state.settings.threshold))
        })
    }

    /// Something worked out from the list of articles, anew only when that list may have changed.
    pub(super) fn listing_memo<T>(self, look: impl Fn(&State) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let listing = self.memo(move |state| (state.project.listing(), self.arrivals.get_value()));
        Memo::new(move |_| {
            // Read, not only tracked: a memo that nobody reads never looks for changes.
            listing.with(|_| ());
            self.peek(&look)
        })
    }

    /// [`Self::memo`], which the page so holds once for each type and not once for each look.
    fn memo_of<T>(self, look: Box<dyn Fn(&State) -> T + Send + Sync>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.with(&look))
    }

    /// A text of the interface, in the language of the moment.
    pub(super) fn text(
        self,
        text: impl Phrase + Send + Sync + 'static,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.language.get().text(text)
    }

    /// A text that goes with a number.
    pub(super) fn count(self, text: impl CountedPhrase, number: usize) -> String {
        self.language.get().count(text, number)
    }

    /// Says something in the status line.
    pub(super) fn say(self, words: impl Into<String>) {
        let words = words.into();
        self.said.update(|said| said.answer(words.clone(), words, clock::now_ms()));
    }

    /// Carries an effect out; what is to be said is added to `said`.
    fn perform(self, effect: Effect, said: &mut Vec<Message>) {
        match effect {
            Effect::Store(arrivals) => self.with_keeper(|keeper| keeper.store(self, arrivals)),
            Effect::Journal(entry) => self.with_keeper(|keeper| keeper.journal(self, entry)),
            Effect::SaveSchema => {
                let schema = self.peek(|state| state.project.stored_schema());
                self.with_keeper(|keeper| keeper.schema(&schema));
            }
            Effect::SaveSettings => {
                let settings = self.peek(|state| state.settings.clone());
                self.with_keeper(|keeper| keeper.settings(&settings));
            }
            Effect::SaveAbout => {
                let about = self.peek(|state| state.about.clone());
                self.with_keeper(|keeper| keeper.about(&about));
            }
            Effect::Extract(id) => self.extract(&id),
            Effect::Bring(id) => filling::bring_wanted(self, id),
            Effect::LoadModel => self.with_keeper(|keeper| keeper.jobs.load_model()),
            Effect::Reveal(range) => self.bring(range),
            Effect::Announce(message) => said.push(message),
        }
    }

    /// Has a place of the text brought into view, also if it was the last one to be.
    pub(super) fn bring(self, range: ByteRange) {
        self.reveal.update(|last| {
            let count = last.map_or(0, |last| last.count) + 1;
            *last = Some(Reveal { range, count });
        });
    }

    /// Says all that a turn has to say at once: what comes later would silence what came before.
    fn announce(self, messages: &[Message]) {
        if messages.is_empty() {
            return;
        }
        let language = self.language.get_untracked();
        let all = |wanted: fn(&Message) -> bool| {
            let say = |message: &Message| self.peek(|state| message.say(language, state.schema()));
            let said: Vec<_> = messages.iter().filter(|message| wanted(message)).map(say).collect();
            match said.as_slice() {
                [one] => one.clone(),
                several => {
                    several.iter().map(|said| said.trim_end_matches('.')).collect::<Vec<_>>().join(". ")
                }
            }
        };
        let (heard, seen) = (all(|_| true), all(|message| !message.is_plain_to_see()));
        let now = clock::now_ms();
        self.said.update(|said| match messages.iter().all(Message::is_unasked) {
            true => said.add(&heard, &seen, now),
            false => said.answer(heard, seen, now),
        });
    }

    fn extract(self, id: &DocumentId) {
        let Some(text) = self.peek(|state| state.project.document(id).map(|document| document.text.clone()))
        else {
            return;
        };
        self.with_keeper(|keeper| keeper.jobs.extract(id.clone(), &text));
    }

    /// Has files that belong together read in the background. The job can be given up.
    pub(super) fn read_files(
        self,
        files: Vec<(FileEntry, Blob)>,
        choices: Choices,
        on_progress: OnBytes,
    ) -> Option<Asked<FileContents>> {
        let schema = self.peek(|state| Arc::clone(state.schema()));
        let read = |keeper: &mut Option<Keeper>| {
            Some(keeper.as_mut()?.jobs.read(files, choices, schema, on_progress))
        };
        self.keeper.try_update_value(read).flatten()
    }

    /// Has texts compared in the background. The job can be given up.
    pub(super) fn compare(self, known: usize, texts: Vec<SourceText>) -> Option<Asked<Vec<Alike>>> {
        let compare = |keeper: &mut Option<Keeper>| Some(keeper.as_mut()?.jobs.compare(known, texts));
        self.keeper.try_update_value(compare).flatten()
    }

    /// Gives up a part of an import; what waits for it hears why.
    pub(super) fn fail_errand(self, job: JobId, fault: &ReadFault) {
        self.with_keeper(|keeper| keeper.jobs.fail_errand(job, fault));
    }

    /// Has documents written into a file in the background.
    pub(super) async fn write_file(self, order: Order, documents: Vec<Document>) -> Result<Written, String> {
        match self.begin_file(order, &documents) {
            Some((_, reply)) => reply.await,
            None => Err(NOT_READY.to_owned()),
        }
    }

    /// Has documents written into a file, or weighed for one, by a job that can be given up. `None` while the page is still
    /// opening.
    pub(super) fn begin_file(
        self,
        order: Order,
        documents: &[Document],
    ) -> Option<(JobId, Reply<Result<Written, String>>)> {
        let schema = self.peek(|state| Arc::clone(state.schema()));
        let write = |keeper: &mut Option<Keeper>| Some(keeper.as_mut()?.jobs.write(order, schema, documents));
        self.keeper.try_update_value(write).flatten()
    }

    /// Asks a question about documents in the background. `None` while the page is still opening.
    pub(super) fn review(
        self,
        question: Question,
        documents: &[Document],
        on_progress: impl Fn(f64) + 'static,
    ) -> Option<(JobId, Reply<Result<Verdict, String>>)> {
        let schema = self.peek(|state| Arc::clone(state.schema()));
        let on_progress = Box::new(on_progress);
        let ask = |keeper: &mut Option<Keeper>| {
            Some(keeper.as_mut()?.jobs.review(question, schema, documents, on_progress))
        };
        self.keeper.try_update_value(ask).flatten()
    }

    /// Gives up a question that nobody waits for any more; its answer is that it was.
    pub(super) fn give_up(self, job: JobId) {
        self.with_keeper(|keeper| keeper.jobs.give_up(job));
    }

    /// Stops the extractor at a document.
    pub(super) fn stop_reading(self, id: &DocumentId) {
        self.with_keeper(|keeper| keeper.jobs.cancel(id));
    }

    /// Keeps everything anew after the storage was emptied.
    pub(super) fn start_afresh(self, store: Store) {
        self.with_keeper(|keeper| keeper.start_afresh(self, store));
    }

    /// Carries out the commands that had to wait.
    pub(super) fn catch_up(self) {
        let early = self.early.try_update_value(std::mem::take).unwrap_or_default();
        for (command, now) in early {
            self.carry_out(command, now);
        }
    }

    /// True while commands wait for the project to be read.
    pub(super) fn has_early_commands(self) -> bool {
        self.early.with_value(|early| !early.is_empty())
    }

    /// Lets go of storage and worker.
    pub(super) fn disconnect(self) {
        self.keeper.set_value(None);
        self.backup.set(None);
    }

    /// Asks the keeper for something; `None` while there is none.
    pub(super) fn ask_keeper<T>(self, ask: impl FnOnce(&mut Keeper) -> T) -> Option<T> {
        self.keeper.try_update_value(|keeper| keeper.as_mut().map(ask)).flatten()
    }

    fn with_keeper(self, act: impl FnOnce(&mut Keeper)) {
        let done = self.keeper.try_update_value(|keeper| {
            if let Some(keeper) = keeper {
                act(keeper);
            }
        });
        // Whatever answers the keeper while it is being asked would be lost without a word: the worker answers later.
        debug_assert!(done.is_some(), "the keeper is asked by what it was asking");
    }
}

/// The model of the page a component is in.
pub(super) fn use_model() -> Model {
    expect_context::<Model>()
}
