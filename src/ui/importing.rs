//! An import under way: files are read one after the other, what came of them waits for a person where there is anything
//! to decide, and everything that is taken comes in as one step. In the workbench's part of the page.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File, HtmlInputElement};

use super::errands::ReadFault;
use super::model::{Dialog, Model};
use super::{filling, projects, selecting};
use crate::app::intake::{
    self, Choices, FileEntry, FileState, FileStatus, Intake, MAX_FILE_BYTES, RemarkKind, grouped,
};
use crate::app::{Command, ReviewCounted, ReviewText, Settings, Text, is_undated, may_hang_on_day};
use crate::formats::archive::is_of_the_system;
use crate::project::file::lists_project;
use crate::web::files::{self, ReadFile};
use crate::web::gathering::{self, Chosen, Dropped, Gathered, Lost};
use crate::work::JobId;

/// Files of so many bytes together are a wait that has to be shown.
const SHOWN_FROM_BYTES: u64 = 2 << 20;

/// So many bytes at the end of an archive hold the list of its files, if they are few.
const ARCHIVE_LIST_BYTES: u64 = 2048;

/// So many files are.
const SHOWN_FROM_FILES: usize = 12;

/// An import under way. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Importing {
    /// What came of the files, and what was decided.
    pub(super) intake: RwSignal<Intake>,
    /// True while files are read or compared.
    pub(super) is_busy: RwSignal<bool>,
    /// Where the bytes of each file are.
    blobs: StoredValue<Vec<Vec<Blob>>, LocalStorage>,
    /// What the worker is at.
    job: StoredValue<Option<JobId>>,
    /// Projects among the files, to be opened when the articles are in.
    projects: StoredValue<Vec<ReadFile>, LocalStorage>,
    /// Tells an import from the one before it, which may have been given up in the middle.
    round: StoredValue<u32>,
}

impl Importing {
    pub(super) fn new() -> Self {
        Self {
            intake: RwSignal::new(Intake::default()),
            is_busy: RwSignal::new(false),
            blobs: StoredValue::new_local(Vec::new()),
            job: StoredValue::new(None),
            projects: StoredValue::new_local(Vec::new()),
            round: StoredValue::new(0),
        }
    }
}

/// Takes files and folders that were dropped.
pub(super) fn take_dropped(model: Model, dropped: Vec<Dropped>) {
    spawn_local(async move {
        let Gathered { files, lost } = gathering::gathered(dropped).await;
        take_all(model, files, lost);
    });
}

/// Takes files that were chosen.
pub(super) fn take(model: Model, files: Vec<Chosen>) {
    take_all(model, files, Vec::new());
}

/// Takes files. Others that came with them could not be read.
fn take_all(model: Model, mut files: Vec<Chosen>, lost: Vec<Lost>) {
    let count = files.len();
    files.retain(|chosen| !is_of_the_system(&chosen.path));
    let passed_over = count - files.len();
    spawn_local(async move {
        let mut articles = Vec::new();
        for Chosen { path, file } in files {
            match project_in(&path, &file).await {
                Some(project) => model.importing.projects.update_value(|projects| projects.push(project)),
                None => articles.push((path, file.into())),
            }
        }
        if articles.is_empty() && lost.is_empty() {
            if passed_over > 0 {
                model.say(model.count(ReviewCounted::PassedOverCounted, passed_over));
            }
            open_projects(model);
        } else {
            begin(model, Came { files: articles, lost, passed_over });
        }
    });
}

/// The project that a file is: it is called one, or the list of files that an archive ends with is that of one.
async fn project_in(path: &str, file: &File) -> Option<ReadFile> {
    let name = path.to_lowercase();
    if name.ends_with(".zip") {
        // Lengths are whole numbers below 2^53.
        let from = (file.size() as u64).saturating_sub(ARCHIVE_LIST_BYTES);
        let end = gathering::piece(file, from, ARCHIVE_LIST_BYTES).await.ok()?;
        lists_project(&end).then_some(())?;
    } else if !name.ends_with(".misam") {
        return None;
    }
    files::read(file, MAX_FILE_BYTES).await.ok()
}

/// Opens projects that came among other files. They are opened last: what else came belongs to the one that was open.
fn open_projects(model: Model) {
    let projects = model.importing.projects.try_update_value(std::mem::take).unwrap_or_default();
    if !projects.is_empty() {
        projects::take_files(model, projects);
    }
}

/// Opens the browser's picker of folders.
pub(super) fn choose_folder(model: Model) {
    let input =
        document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    input.set_type("file");
    // Without it a browser lets files be chosen, which will do.
    let _ = input.set_attribute("webkitdirectory", "");
    let chosen = Closure::once_into_js({
        let input = input.clone();
        move || {
            let listed = input.files().map(|list| gathering::listed(&list)).unwrap_or_default();
            take(model, listed);
        }
    });
    input.set_onchange(Some(chosen.unchecked_ref()));
    input.click();
}

/// Takes a web page that was pasted.
pub(super) fn take_page(model: Model, html: &str) {
    if let Ok(page) = gathering::of_text(html) {
        let name = model.language.get_untracked().text(ReviewText::PastedPage);
        begin(model, Came { files: vec![(format!("{name}.html"), page)], ..Came::default() });
    }
}

/// What came at once.
#[derive(Default)]
struct Came {
    files: Vec<(String, Blob)>,
    /// What could not be read.
    lost: Vec<Lost>,
    /// How many files were passed over that operating systems keep for themselves.
    passed_over: usize,
}

/// Begins an import, or adds to the one under way.
fn begin(model: Model, Came { files, lost, passed_over }: Came) {
    if !model.peek(|state| state.writable) {
        model.say(model.language.get_untracked().text(Text::ReadOnly));
        return;
    }
    let Importing { intake, blobs, .. } = model.importing;
    // Lengths are whole numbers below 2^53.
    let entry = |(name, blob): (String, Blob)| (FileEntry { name, bytes: blob.size() as u64 }, blob);
    let groups = grouped(files.into_iter().map(entry).collect());
    intake.update(|intake| {
        if intake.files.is_empty() {
            intake.mapping = model.peek(|state| state.settings.labels.clone().within(state.schema()));
        }
        intake.passed_over += passed_over;
        for group in groups {
            let (entries, bytes): (Vec<_>, Vec<_>) = group.into_iter().unzip();
            intake.files.push(FileState::new(entries, Choices::default()));
            blobs.update_value(|blobs| blobs.push(bytes));
        }
        for Lost { path, is_too_deep } in lost {
            let remark = if is_too_deep { RemarkKind::TooDeep } else { RemarkKind::Unreadable };
            intake.files.push(FileState::refused(path, &remark));
            blobs.update_value(|blobs| blobs.push(Vec::new()));
        }
    });
    let is_long = intake.with_untracked(|intake| {
        intake.files.len() >= SHOWN_FROM_FILES || intake.progress().1 >= SHOWN_FROM_BYTES
    });
    if is_long {
        model.dialog.set(Some(Dialog::Import));
    }
    go_on(model);
}

/// Reads a file once more, as it was chosen now.
pub(super) fn read_again(model: Model, file: usize, choices: Choices) {
    model.importing.intake.update(|intake| {
        if let Some(file) = intake.files.get_mut(file) {
            file.choices = choices;
            file.status = FileStatus::Waiting;
        }
    });
    go_on(model);
}

/// Brings the articles that are taken into the project, as one step. A person has seen them.
pub(super) fn finish(model: Model) {
    bring_in(model, true);
}

/// Brings the articles that are taken into the project, as one step, and says what stayed out; and, unless
/// a person has `seen` them, how many name no day of publication.
fn bring_in(model: Model, seen: bool) {
    let intake = model.importing.intake.try_update(Intake::end).unwrap_or_default();
    let (staying_out, passed_over) = (intake.staying_out(), intake.passed_over());
    let known = model.peek(|state| state.project.all_documents().count());
    let compared_later =
        model.peek(|state| intake.is_compared_later(state).then(|| state.project.documents().count()));
    let labels = intake.mapping.clone();
    let documents = model.peek(|state| intake.admit(state.schema()));
    clear(model);
    if !documents.is_empty() {
        model.run(Command::Add(documents));
    }
    let settings = model.peek(|state| state.settings.clone());
    if labels != settings.labels {
        model.run(Command::Set(Settings { labels, ..settings }));
    }
    let besides = [
        (ReviewCounted::StayedOutCounted, staying_out),
        (ReviewCounted::PassedOverCounted, passed_over),
        (ReviewCounted::UndatedCounted, if seen { 0 } else { note_undated(model, known) }),
    ];
    let besides = besides.into_iter().filter(|(_, number)| *number > 0);
    let besides: Vec<_> = besides.map(|(counted, number)| model.count(counted, number)).collect();
    if !besides.is_empty() {
        let added = model.said.with_untracked(|said| said.seen.clone());
        model.say(format!("{added} {}", besides.join(" ")));
    }
    if let Some(known) = compared_later {
        compare_later(model, known);
    }
    open_projects(model);
}

/// Notes which articles behind the first `known` ones name no day of publication, and how many they are: none if nothing
/// in them hangs on it.
fn note_undated(model: Model, known: usize) -> usize {
    let undated: Vec<_> = model.peek(|state| {
        let new = || state.project.all_documents().skip(known).filter(|document| is_undated(document));
        let is_wanted = may_hang_on_day(new().map(|document| document.text.as_str()));
        new().filter(|_| is_wanted).map(|document| document.id.clone()).collect()
    });
    let count = undated.len();
    model.importing.intake.update(|intake| intake.undated.extend(undated));
    count
}

/// Gives the import up. Nothing has come in.
pub(super) fn give_up(model: Model) {
    if let Some(job) = model.importing.job.get_value() {
        model.fail_errand(job, &ReadFault::Cancelled);
    }
    clear(model);
    open_projects(model);
}

/// Gives up what was on its way into a project that is left. Its own files were asked for there, too.
pub(super) fn leave(model: Model) {
    if let Some(job) = model.importing.job.get_value() {
        model.fail_errand(job, &ReadFault::Cancelled);
    }
    if !model.importing.intake.with_untracked(|intake| intake.files.is_empty()) {
        clear(model);
    }
    model.importing.intake.update(|intake| intake.undated.clear());
}

fn clear(model: Model) {
    let Importing { intake, is_busy, blobs, job, round, .. } = model.importing;
    intake.update(|intake| drop(intake.end()));
    is_busy.set(false);
    blobs.set_value(Vec::new());
    job.set_value(None);
    round.update_value(|round| *round += 1);
    model.dialog.update(|dialog| {
        dialog.take_if(|dialog| *dialog == Dialog::Import);
    });
    selecting::focus_text();
}

/// Reads what waits, unless that is being done already.
fn go_on(model: Model) {
    if model.importing.is_busy.get_untracked() {
        return;
    }
    model.importing.is_busy.set(true);
    spawn_local(async move {
        let round = model.importing.round.get_value();
        let is_over = || model.importing.round.get_value() != round;
        // A file that the system opens the page with is here before the stored work.
        filling::opened(model).await;
        if is_over() {
            return;
        }
        let next = || model.importing.intake.with_untracked(Intake::next_waiting);
        // What is chosen anew while texts are compared is read after that.
        while next().is_some() {
            while let Some(file) = next() {
                read_one(model, file, &is_over).await;
                if is_over() {
                    return;
                }
            }
            compare(model, &is_over).await;
            if is_over() {
                return;
            }
        }
        model.importing.is_busy.set(false);
        settle(model);
    });
}

async fn read_one(model: Model, file: usize, is_over: &impl Fn() -> bool) {
    let Importing { intake, blobs, job, .. } = model.importing;
    let status = move |status: FileStatus| {
        intake.update(|intake| {
            if let Some(file) = intake.files.get_mut(file) {
                file.status = status;
            }
        });
    };
    let (entries, choices) = intake.with_untracked(|intake| {
        let file = intake.files.get(file);
        file.map(|file| (file.entries.clone(), file.choices.clone())).unwrap_or_default()
    });
    let total = entries.iter().map(|entry| entry.bytes).sum();
    status(FileStatus::Reading(0, total));
    let bytes = blobs.with_value(|blobs| blobs.get(file).cloned()).unwrap_or_default();
    let on_progress = Rc::new(move |done| status(FileStatus::Reading(done, total)));
    let files = entries.into_iter().zip(bytes).collect();
    let outcome = match model.read_files(files, choices.clone(), on_progress) {
        Some((id, reply)) => {
            job.set_value(Some(id));
            reply.await
        }
        None => Err(ReadFault::BrokeOff(String::new())),
    };
    if is_over() {
        return;
    }
    job.set_value(None);
    if intake.with_untracked(|intake| intake.files.get(file).is_some_and(|now| now.choices != choices)) {
        // Something else was chosen meanwhile: it is read as that.
        return status(FileStatus::Waiting);
    }
    intake.update(|intake| match outcome {
        Ok((documents, account)) => intake.take(file, documents, account),
        Err(ReadFault::BrokeOff(reason)) => intake.refuse(file, &RemarkKind::BrokeOff(reason)),
        Err(ReadFault::Unreadable | ReadFault::Cancelled) => intake.refuse(file, &RemarkKind::Unreadable),
    });
}

/// Finds articles that are there already, or nearly.
async fn compare(model: Model, is_over: &impl Fn() -> bool) {
    let Importing { intake, job, .. } = model.importing;
    filling::everything_read(model).await;
    if is_over() {
        return;
    }
    intake.update(|intake| model.peek(|state| intake.find_same(state)));
    let to_compare = intake.with_untracked(|intake| {
        model.peek(|state| (!intake.is_compared_later(state)).then(|| intake.to_compare(state)))
    });
    let Some((texts, known)) = to_compare.filter(|(texts, known)| texts.len() > (*known).max(1)) else {
        return;
    };
    let Some((id, reply)) = model.compare(known, texts) else { return };
    job.set_value(Some(id));
    let pairs = reply.await;
    if is_over() {
        return;
    }
    job.set_value(None);
    // Without an answer the articles come in as if they were like none.
    if let Ok(pairs) = pairs {
        intake.update(|intake| model.peek(|state| intake.take_alike(state, known, &pairs)));
    }
}

/// Looks among articles that have come in behind the first `known` ones for those that are nearly the same as others, and
/// says how many there are.
fn compare_later(model: Model, known: usize) {
    let database = model.database.get_value();
    let texts: Vec<_> =
        model.peek(|state| state.project.documents().map(|document| document.text.clone()).collect());
    let Some((_, reply)) = model.compare(known, texts) else { return };
    spawn_local(async move {
        let pairs = reply.await;
        if !projects::is_open(model, &database) {
            return;
        }
        model.say(match pairs {
            Ok(pairs) => {
                let later: BTreeSet<_> = pairs.iter().map(|pair| pair.second).collect();
                model.count(ReviewCounted::NearTwinsCounted, later.len())
            }
            Err(_) => model.language.get_untracked().text(ReviewText::NearTwinsFailed).to_owned(),
        });
    });
}

/// Lets the articles in, unless there is something to see or to decide.
fn settle(model: Model) {
    let Importing { intake, .. } = model.importing;
    let was_chosen = |file: &FileState| file.choices != Choices::default();
    let is_plain = intake.with_untracked(|intake| {
        model.peek(|state| intake.is_plain(state)) && !intake.files.iter().any(was_chosen)
    });
    if is_plain {
        bring_in(model, false);
    } else {
        model.dialog.set(Some(Dialog::Import));
    }
}

/// Opens the dialog of a new article, which says what to do with the address that was dropped, the first of a list,
/// unless something is being written there.
pub(super) fn explain_address(model: Model, list: &str) {
    let Some(address) = intake::first_of_list(list) else { return };
    model.draft.update_value(|draft| {
        let written = draft.text.as_str();
        if written.is_empty() || intake::address_in(written).is_some() {
            draft.text.edited(address);
        }
    });
    model.dialog.set(Some(Dialog::NewArticle));
}
