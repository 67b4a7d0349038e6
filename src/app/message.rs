//! What the application says, in either language.

use super::command::Heading;
use super::model_status::ModelFault;
use super::settings::Language;
use super::strings::{ReviewCounted, ReviewText};
use crate::annotation::{EditKind, Status};
use crate::schema::{LabelCode, Schema};

/// Something the application says. Shown in the status line and spoken by screen readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A span is up: label, surface, and its place among the others.
    Focused {
        /// Its label.
        label: LabelCode,
        /// Its text.
        surface: String,
        /// Counted from 1.
        position: usize,
        /// How many there are.
        total: usize,
        /// True if nobody has confirmed it.
        suggested: bool,
    },
    /// Something was labelled or relabelled.
    Labelled(LabelCode, String),
    /// Words were labelled, and suggestions that shared words with them were turned down: what these were.
    LabelledOver(LabelCode, String, Vec<String>),
    /// An end was moved; this is the new surface.
    Moved(String),
    /// The active span's edge moved over suggestions, which were turned down: what it covers now, and what they were.
    MovedOver(String, Vec<String>),
    /// What was labelled or moved now crosses these confirmed spans: each has words that the other has not.
    Crosses(Vec<String>),
    /// Suggestions were accepted.
    Accepted(usize),
    /// Suggestions were accepted in so many articles.
    AcceptedIn {
        /// Suggestions.
        suggestions: usize,
        /// Articles they are in.
        articles: usize,
    },
    /// A suggestion was rejected.
    Rejected(String),
    /// A span was deleted.
    Removed(String),
    /// An edit was taken back.
    Undone(EditKind),
    /// An edit was made again.
    Redone(EditKind),
    /// There is nothing to undo or to redo.
    NothingLeft,
    /// There is no further suggestion.
    NoMoreSuggestions,
    /// The extractor found this many.
    Suggested(usize),
    /// The extractor was stopped.
    Stopped,
    /// The extractor could not read the document.
    SuggestFailed(String),
    /// The model cannot be had.
    ModelFailed(ModelFault),
    /// Articles came in.
    Added(usize),
    /// An article was taken out.
    Discarded(String),
    /// A decision was carried out at so many places, in so many articles.
    Applied {
        /// Places that changed.
        places: usize,
        /// Articles they are in.
        articles: usize,
        /// Suggestions that were in the way, and were turned down.
        turned_down: usize,
    },
    /// The article is in the blind sample.
    Blind,
    /// So many gold documents are up to date.
    Adjudicated(usize),
    /// There is nothing that the decision would change.
    NothingToApply,
    /// The article is what it was earlier.
    Restored,
    /// The article is what it was then.
    NothingToRestore,
    /// So many edits were taken back or made again.
    Travelled(usize),
    /// A label sticks to the hand, or none does any more.
    Sticky(Option<LabelCode>),
    /// There is no selection, or no span that it could be joined to.
    NothingToJoin,
    /// A note or the like was written.
    Described,
    /// So many articles were given a day of publication.
    Dated(usize),
    /// No suggestion is as sure as that.
    NoSureSuggestions,
    /// No suggestion is in doubt.
    NoDoubtful,
    /// No open article has a suggestion left.
    NothingUnreviewed,
    /// No open article of the list has a suggestion left, but others have.
    NothingUnreviewedHere,
    /// Nothing that could be labelled is selected.
    NothingToLabel,
    /// The extractor thought of no other label.
    NoAlternative,
    /// The end cannot be moved further that way.
    CannotMove,
    /// The span begins at no prefix, or is nothing else.
    NoPrefix,
    /// The document is closed; no other document is left.
    AllDone(Closed),
    /// The document is closed, and no other one of the list is left; so many open ones are not in it.
    ListDone(Closed, usize),
    /// The document is closed; this is the next one.
    NextDocument(Closed, String),
    /// There is no article that way.
    ListEnds(Heading),
    /// The list has no article any more.
    ListEmpty,
    /// The review status was set.
    StatusSet(Status),
    /// The labels are others, and so many spans got another label or went with it.
    SchemaChanged {
        /// Spans that got another label.
        relabelled: usize,
        /// Spans that went.
        deleted: usize,
        /// Spans whose answers go with a merged attribute.
        answered: usize,
    },
    /// The extractor found this many, and others under labels that the schema does not have.
    SuggestedPartly {
        /// How many have a label.
        found: usize,
        /// How many have none and were left out.
        left_out: usize,
    },
    /// A name had signs in it that turn the direction of writing, and has them no more.
    NameUnturned,
    /// Another tab has the project.
    ReadOnly,
}

/// How a document was left for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// As done, with so many suggestions nobody looked at.
    Done(usize),
    /// As skipped.
    Skipped,
}

impl Closed {
    fn say(self, language: Language) -> String {
        match self {
            Self::Done(0) => language.text(ReviewText::SaidFinished).to_owned(),
            Self::Done(left) => language.count(ReviewCounted::SaidUnreviewed, left),
            Self::Skipped => language.text(ReviewText::SaidSkipped).to_owned(),
        }
    }
}

impl Message {
    /// True if the page shows as much anyway: such a message is spoken to those who do not see it, and not shown.
    #[must_use]
    pub fn is_plain_to_see(&self) -> bool {
        matches!(self, Self::Focused { .. } | Self::Labelled(..) | Self::Moved(_) | Self::Accepted(1))
    }

    /// True of what the page says by itself and not to a command.
    #[must_use]
    pub fn is_unasked(&self) -> bool {
        matches!(self, Self::Suggested(_))
    }

    /// The message in a language. Labels are called by their names in the schema.
    #[must_use]
    pub fn say(&self, language: Language, schema: &Schema) -> String {
        let name = |label: &LabelCode| label_name(schema, label, language);
        match self {
            Self::Focused { label, surface, position, total, suggested } => {
                let text =
                    if *suggested { ReviewText::SaidFocusedSuggestion } else { ReviewText::SaidFocused };
                let (name, position, total) = (name(label), position.to_string(), total.to_string());
                language
                    .fill(text, &[("label", &name), ("text", surface), ("n", &position), ("total", &total)])
            }
            Self::Labelled(label, surface) => {
                language.fill(ReviewText::SaidLabelled, &[("label", &name(label)), ("text", surface)])
            }
            Self::LabelledOver(label, surface, over) => {
                let (name, over) = (name(label), language.list(over));
                language.fill(
                    ReviewText::SaidLabelledOver,
                    &[("label", &name), ("text", surface), ("over", &over)],
                )
            }
            Self::Moved(surface) => language.fill(ReviewText::SaidMoved, &[("text", surface)]),
            Self::MovedOver(surface, over) => {
                let over = language.list(over);
                language.fill(ReviewText::SaidMovedOver, &[("text", surface), ("over", &over)])
            }
            Self::Crosses(others) => {
                language.fill(ReviewText::SaidCrosses, &[("over", &language.list(others))])
            }
            Self::Accepted(count) => language.count(ReviewCounted::SaidAccepted, *count),
            Self::AcceptedIn { suggestions, articles } => {
                let accepted = language.count(ReviewCounted::SaidAccepted, *suggestions);
                accepted + " " + &language.count(ReviewCounted::SaidInArticles, *articles)
            }
            Self::Rejected(surface) => language.fill(ReviewText::SaidRejected, &[("text", surface)]),
            Self::Removed(surface) => language.fill(ReviewText::SaidRemoved, &[("text", surface)]),
            Self::Undone(kind) => {
                language.fill(ReviewText::SaidUndone, &[("edit", language.text(edit_name(*kind)))])
            }
            Self::Redone(kind) => {
                language.fill(ReviewText::SaidRedone, &[("edit", language.text(edit_name(*kind)))])
            }
            Self::NothingLeft => language.text(ReviewText::SaidNothingLeft).into(),
            Self::NoMoreSuggestions => language.text(ReviewText::SaidNoMoreSuggestions).into(),
            Self::Suggested(count) => language.count(ReviewCounted::SaidSuggested, *count),
            Self::Stopped => language.text(ReviewText::SaidStopped).into(),
            Self::SuggestFailed(reason) => {
                language.fill(ReviewText::SaidSuggestFailed, &[("reason", reason)])
            }
            Self::ModelFailed(fault) => {
                language.fill(ReviewText::SaidModelFailed, &[("reason", &fault.say(language))])
            }
            Self::Added(count) => language.count(ReviewCounted::SaidAdded, *count),
            Self::Discarded(title) => language.fill(ReviewText::SaidDiscarded, &[("title", title)]),
            Self::Applied { places, articles, turned_down } => {
                let mut said = language.count(ReviewCounted::SaidApplied, *places);
                if *articles > 1 {
                    said = said + " " + &language.count(ReviewCounted::SaidInArticles, *articles);
                }
                if *turned_down > 0 {
                    said = said + " " + &language.count(ReviewCounted::SaidTurnedDown, *turned_down);
                }
                said
            }
            Self::Blind => language.text(ReviewText::SaidBlind).into(),
            Self::Adjudicated(count) => language.count(ReviewCounted::SaidAdjudicated, *count),
            Self::NothingToApply => language.text(ReviewText::SaidNothingToApply).into(),
            Self::Restored => language.text(ReviewText::SaidRestored).into(),
            Self::NothingToRestore => language.text(ReviewText::SaidNothingToRestore).into(),
            Self::Travelled(edits) => language.count(ReviewCounted::SaidTravelled, *edits),
            Self::Sticky(Some(label)) => language.fill(ReviewText::SaidSticky, &[("label", &name(label))]),
            Self::Sticky(None) => language.text(ReviewText::SaidNotSticky).into(),
            Self::NothingToJoin => language.text(ReviewText::SaidNothingToJoin).into(),
            Self::Described => language.text(ReviewText::SaidDescribed).into(),
            Self::Dated(count) => language.count(ReviewCounted::SaidDated, *count),
            Self::NoSureSuggestions => language.text(ReviewText::SaidNoSureSuggestions).into(),
            Self::NoDoubtful => language.text(ReviewText::SaidNoDoubtful).into(),
            Self::NothingUnreviewed => language.text(ReviewText::SaidNothingUnreviewed).into(),
            Self::NothingUnreviewedHere => language.text(ReviewText::SaidNothingUnreviewedHere).into(),
            Self::NothingToLabel => language.text(ReviewText::SaidNothingToLabel).into(),
            Self::NoAlternative => language.text(ReviewText::SaidNoAlternative).into(),
            Self::CannotMove => language.text(ReviewText::SaidCannotMove).into(),
            Self::NoPrefix => language.text(ReviewText::SaidNoPrefix).into(),
            Self::NameUnturned => language.text(ReviewText::SaidNameUnturned).to_owned(),
            Self::AllDone(closed) => closed.say(language) + " " + language.text(ReviewText::SaidAllDone),
            Self::ListDone(closed, elsewhere) => {
                closed.say(language) + " " + &language.count(ReviewCounted::SaidListDone, *elsewhere)
            }
            Self::NextDocument(closed, title) => {
                closed.say(language) + " " + &language.fill(ReviewText::SaidNextDocument, &[("title", title)])
            }
            Self::ListEnds(Heading::Next) => language.text(ReviewText::SaidListEnd).into(),
            Self::ListEnds(Heading::Previous) => language.text(ReviewText::SaidListStart).into(),
            Self::ListEmpty => language.text(ReviewText::SaidListEmpty).into(),
            Self::StatusSet(status) => {
                language.fill(ReviewText::SaidStatus, &[("status", language.text(status_text(*status)))])
            }
            Self::SchemaChanged { relabelled, deleted, answered } => {
                let mut said = language.text(ReviewText::SaidSchemaChanged).to_owned();
                for (count, text) in [
                    (*relabelled, ReviewCounted::SaidRelabelled),
                    (*deleted, ReviewCounted::SaidDeletedWithLabel),
                    (*answered, ReviewCounted::SaidAnswered),
                ] {
                    if count > 0 {
                        said = said + " " + &language.count(text, count);
                    }
                }
                said
            }
            Self::SuggestedPartly { found, left_out } => {
                let found = language.count(ReviewCounted::SaidSuggested, *found);
                found + " " + &language.count(ReviewCounted::SaidWithoutLabel, *left_out)
            }
            Self::ReadOnly => language.text(ReviewText::SaidReadOnly).into(),
        }
    }
}

/// What a label is called; a label the schema does not know goes by its code.
#[must_use]
pub(super) fn label_name(schema: &Schema, label: &LabelCode, language: Language) -> String {
    schema
        .label(label.as_str())
        .map_or_else(|| label.to_string(), |def| language.pick(&def.name.en, &def.name.ar).to_owned())
}

/// What an edit is called.
#[must_use]
pub fn edit_name(kind: EditKind) -> ReviewText {
    match kind {
        EditKind::Import => ReviewText::EditImport,
        EditKind::Discard => ReviewText::EditDiscard,
        EditKind::Suggest => ReviewText::EditSuggest,
        EditKind::Label => ReviewText::EditLabel,
        EditKind::Relabel => ReviewText::EditRelabel,
        EditKind::Move => ReviewText::EditMove,
        EditKind::Accept => ReviewText::EditAccept,
        EditKind::Reject => ReviewText::EditReject,
        EditKind::Delete => ReviewText::EditDelete,
        EditKind::Describe => ReviewText::EditDescribe,
        EditKind::Status => ReviewText::EditStatus,
        EditKind::Schema => ReviewText::EditSchema,
        EditKind::Mend => ReviewText::EditMend,
        EditKind::Allow => ReviewText::EditAllow,
        EditKind::Adjudicate => ReviewText::EditAdjudicate,
        EditKind::Restore => ReviewText::EditRestore,
    }
}

/// What a review status is called.
#[must_use]
pub fn status_text(status: Status) -> ReviewText {
    match status {
        Status::New => ReviewText::StatusNew,
        Status::InProgress => ReviewText::StatusInProgress,
        Status::Done => ReviewText::StatusDone,
        Status::Skipped => ReviewText::StatusSkipped,
    }
}
