//! A whole project as it crosses between page and worker.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::parcel::{Documents, NotUnpacked, next_of};
use crate::app::intake::Note;
use crate::project::file::WholeProject;
use crate::project::{About, Journalled, StoreError, StoredAnnotator, StoredSchema};

/// A whole project, its journal as lines of JSON: that is how the storage has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Portable {
    /// What it says of itself.
    pub about: About,
    /// The settings that belong to it.
    pub settings: Map<String, Value>,
    /// The labels, and the journal entry up to which all is current.
    pub schema: StoredSchema,
    /// All documents in order, those taken out among them.
    pub documents: Documents,
    /// Annotators whose files were loaded beside it.
    #[serde(default)]
    pub annotators: Vec<StoredAnnotator>,
    /// The journal, an entry a line.
    #[serde(skip)]
    pub journal: Vec<u8>,
}

/// What came of a project file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unpacked {
    /// The project, as far as it is whole; `None` if the file holds none.
    pub project: Option<Box<Portable>>,
    /// What is wrong with the file, in both languages.
    pub notes: Vec<Note>,
}

impl Portable {
    /// Makes a project ready to cross.
    ///
    /// # Errors
    /// If an entry cannot be written as JSON.
    pub fn pack(project: &WholeProject) -> Result<Self, serde_json::Error> {
        let mut journal = Vec::new();
        for entry in &project.journal {
            serde_json::to_writer(&mut journal, entry)?;
            journal.push(b'\n');
        }
        Ok(Self {
            about: project.about.clone(),
            settings: project.settings.clone(),
            schema: project.schema.clone(),
            documents: Documents::new(&project.documents),
            annotators: project.annotators.iter().map(StoredAnnotator::of).collect(),
            journal,
        })
    }

    /// The project again. Entries that cannot be read are left where they are: in the storage.
    ///
    /// # Errors
    /// If a document does not fit its text, which no build of ours sends.
    pub fn unpack(self) -> Result<WholeProject, StoreError> {
        let journal = self.entries();
        let Self { about, settings, schema, documents, annotators, .. } = self;
        let annotators = annotators.into_iter().map(|annotator| annotator.revive().0).collect();
        let documents = documents.into_documents()?;
        Ok(WholeProject { about, settings, schema, documents, journal, annotators })
    }

    fn entries(&self) -> Vec<Journalled> {
        let lines = self.journal.split(|&byte| byte == b'\n');
        let mut entries: Vec<Journalled> =
            lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
        entries.sort_by_key(|entry| entry.seq);
        entries.dedup_by_key(|entry| entry.seq);
        entries
    }

    pub(super) fn cargo(&self) -> Vec<&[u8]> {
        self.documents.cargo().chain([&*self.journal]).collect()
    }

    pub(super) fn load(&mut self, cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<(), NotUnpacked> {
        self.documents.load(cargo)?;
        self.journal = next_of(cargo)?;
        Ok(())
    }
}

impl Unpacked {
    pub(super) fn cargo(&self) -> Vec<&[u8]> {
        self.project.as_ref().map(|project| project.cargo()).unwrap_or_default()
    }

    pub(super) fn load(&mut self, cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<(), NotUnpacked> {
        self.project.as_mut().map_or(Ok(()), |project| project.load(cargo))
    }
}
