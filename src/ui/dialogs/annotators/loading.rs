//! A file of annotators on its way in.

use std::rc::Rc;

use leptos::prelude::*;

use super::keeping::keep;
use crate::app::ReviewText;
use crate::app::intake::{Choices, FileEntry, NoteKind, RemarkKind};
use crate::app::panel::{free_name, voices};
use crate::quality::agreement::Annotations;
use crate::ui::errands::ReadFault;
use crate::ui::model::Model;

/// Loads a file beside the project. Its documents are those of the annotators they name, or else of one who is called
/// like the file.
pub(super) async fn load(model: Model, file: web_sys::File) -> Result<(), String> {
    let language = model.language.get_untracked();
    let failed = |file: &str, problem: &str| {
        language.fill(ReviewText::VoiceFailed, &[("file", file), ("problem", problem)])
    };
    let name = file.name();
    let entry = FileEntry { name: name.clone(), bytes: file.size() as u64 };
    let asked = model.read_files(vec![(entry, file.into())], Choices::default(), Rc::new(|_| ()));
    let outcome = match asked {
        Some((_, reply)) => reply.await,
        None => Err(ReadFault::BrokeOff(String::new())),
    };
    let (documents, account) = outcome.map_err(|fault| {
        let note = match fault {
            ReadFault::BrokeOff(reason) => RemarkKind::BrokeOff(reason),
            ReadFault::Unreadable | ReadFault::Cancelled => RemarkKind::Unreadable,
        }
        .note(&name);
        failed(&name, language.pick(&note.said.en, &note.said.ar))
    })?;
    let notes: Vec<_> = account.notes.into_iter().flat_map(|group| group.notes).collect();
    if documents.is_empty() {
        let why = notes.first().map(|note| language.pick(&note.said.en, &note.said.ar).to_owned());
        let why = why.unwrap_or_else(|| language.text(ReviewText::VoiceNoDocuments).to_owned());
        return Err(failed(&name, &why));
    }
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    let own = model.peek(|state| voices(state, &[]));
    model.annotators.update(|loaded| {
        let mut taken: Vec<String> =
            own.iter().chain(loaded.iter()).map(|voice| voice.annotator.clone()).collect();
        for voice in
            Annotations::by_annotator(documents.into_iter().map(|document| *document).collect(), &stem)
        {
            let annotator = free_name(&voice.annotator, &taken);
            taken.push(annotator.clone());
            loaded.push(Annotations { annotator, ..voice });
        }
    });
    keep(model);
    let shown = name.as_str();
    model.say(language.fill(ReviewText::VoiceLoaded, &[("file", shown)]));
    // What was read in part is said as well.
    let refused = notes.iter().any(|note| note.kind == NoteKind::Refused);
    if refused { Err(failed(&name, language.text(ReviewText::VoicePartly))) } else { Ok(()) }
}
