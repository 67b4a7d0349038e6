//! An article that has been read and is not in the project yet.

use serde_json::Value;

use crate::annotation::Document;

/// The key of `meta` that holds the day of publication.
const DATE: &str = "date";

/// An article that has been read and is not in the project yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The article, in a place of its own: a list of a hundred thousand grows by being copied.
    pub document: Box<Document>,
    /// True if it is to come in.
    pub is_taken: bool,
    /// An article that says the same, or nearly.
    pub twin: Option<Twin>,
}

/// An article that says the same as another one, or nearly.
#[derive(Clone, Debug, PartialEq)]
pub struct Twin {
    /// The title of the other one.
    pub title: String,
    /// The share of words in a row that both have, 0 to 1; 1 if the texts are the same to the letter.
    pub share: f64,
}

/// What a person would want to know first of an article that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Novelty {
    /// Its text is there already, to the letter.
    Same,
    /// It says nearly the same as another one.
    Near,
    /// There is nothing in it.
    Blank,
    /// It is like no other.
    New,
}

impl Twin {
    /// True if the texts are the same to the letter.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.share >= 1.0
    }
}

impl Arrival {
    /// An article that is to come in unless there is nothing in it.
    #[must_use]
    pub fn new(document: impl Into<Box<Document>>) -> Self {
        let mut arrival = Self { document: document.into(), is_taken: false, twin: None };
        arrival.is_taken = arrival.novelty() != Novelty::Blank;
        arrival
    }

    /// How it stands to those that are there.
    #[must_use]
    pub fn novelty(&self) -> Novelty {
        match &self.twin {
            Some(twin) if twin.is_same() => Novelty::Same,
            Some(_) => Novelty::Near,
            None if self.document.text.as_str().trim().is_empty() => Novelty::Blank,
            None => Novelty::New,
        }
    }

    /// Its day of publication, empty if it is not known.
    #[must_use]
    pub fn date(&self) -> &str {
        self.document.meta.get(DATE).and_then(Value::as_str).unwrap_or_default()
    }

    /// Sets its day of publication; an empty one takes it away.
    pub fn set_date(&mut self, date: &str) {
        if date.is_empty() {
            self.document.meta.remove(DATE);
        } else {
            self.document.meta.insert(DATE.to_owned(), Value::from(date));
        }
    }
}
