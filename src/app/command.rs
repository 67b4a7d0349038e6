//! What can be asked of the application, and what it asks of the world.

use super::bulk::Decision;
use super::concordance::Place;
use super::message::Message;
use super::model_status::ModelStatus;
use super::queue::Queue;
use super::schema_edit::Plan;
use super::settings::Settings;
use super::state::{Reading, Selection};
use super::suggesting::Proposals;
use crate::annotation::{Document, DocumentId, SpanId, Status};
use crate::project::{About, Journalled, Write};
use crate::quality::lint::Finding;
use crate::schema::LabelCode;
use crate::text::motion::{Direction, Edge, Unit};
use crate::text::{ByteOffset, ByteRange};

/// Onwards or back, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Heading {
    /// To what comes later in the text.
    Next,
    /// To what came earlier.
    Previous,
}

/// Which spans are gone over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Among {
    /// All that are in sight.
    Spans,
    /// Suggestions that nobody has looked at.
    Suggestions,
    /// Suggestions of which the extractor is not sure.
    Doubtful,
}

/// What a person writes about a span.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Description {
    /// The clean form or value; none if empty.
    pub normalized: String,
    /// The remark; none if empty.
    pub note: String,
    /// Answers to the schema's questions.
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// How the caret moves, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the next or previous place where a letter, a word, a sentence or a paragraph begins.
    By(Unit, Heading),
    /// To the beginning or end of the paragraph.
    ParagraphEdge(Heading),
    /// To the beginning or end of the text.
    TextEdge(Heading),
    /// To a place found on the screen: the line above or below, a click.
    To(ByteOffset),
}

/// What can be asked of the application.
#[derive(Clone, Debug)]
pub enum Command {
    /// Bring documents into the project and open the first.
    Add(Vec<Document>),
    /// Show a document.
    Open(DocumentId),
    /// Show the document after or before this one.
    OpenNeighbour(Heading),
    /// List these articles from now on, and work through them.
    GoBy(Queue),
    /// Take a document out of the project.
    Discard(DocumentId),
    /// Let the extractor read a document (again).
    Suggest(DocumentId),
    /// The extractor has come this far.
    Progress(DocumentId, Reading),
    /// The extractor has read a document, or a part of it.
    Suggested(DocumentId, Proposals),
    /// The extractor was stopped by the person.
    SuggestStopped(DocumentId),
    /// The extractor stopped before it was through.
    SuggestFailed(DocumentId, String),
    /// Bring the model, or try once more to.
    LoadModel,
    /// The model has come this far.
    Model(ModelStatus),
    /// Put the caret or a selection.
    Select(Selection),
    /// Select a place and bring it into view.
    Show(Selection),
    /// Move the caret; `true` takes the selection along.
    Move(Motion, bool),
    /// A click in the text: put the caret there and take up the span under it, the next one out on each further click.
    /// With a label in the hand, the span gets it.
    Click(ByteOffset),
    /// Select the word at a place.
    SelectWord(ByteOffset),
    /// A finger's tap: take up the span there, or else select the word; let go of what is selected there already.
    Tap(ByteOffset),
    /// A finger draws an end of the selection.
    Stretch {
        /// The end that stays.
        anchor: ByteOffset,
        /// Where the other end was when the finger took it.
        from: ByteOffset,
        /// Where the finger is.
        to: ByteOffset,
    },
    /// The hand draws an end of a span. The picture follows; the span is moved when the hand [lets go](Self::LetGo).
    Draw {
        /// Which span.
        span: SpanId,
        /// Which of its ends.
        edge: Edge,
        /// Where the hand is.
        to: ByteOffset,
        /// [`Unit::Letter`] has the end go by letters everywhere, any other unit only within its word.
        unit: Unit,
    },
    /// The hand lets go of the end that it drew.
    LetGo,
    /// Select the whole text.
    SelectAll,
    /// Let go of selection and span.
    Release,
    /// Take up a span.
    Focus(SpanId),
    /// Take up the next or previous span.
    FocusNext(Heading, Among),
    /// Take up the next or previous suggestion from here, in this article or in those after or before it.
    NextUnreviewed(Heading),
    /// Take up the next span out of those at the caret.
    CycleSpan,
    /// The hand has finished selecting: with a label that sticks, the selection gets it.
    Picked,
    /// From now on a label sticks to the hand, or no longer does.
    ToggleSticky,
    /// Make the selection one more piece of the span that was active last.
    Join,
    /// Write about the active span.
    Describe(Description),
    /// Write something about the document: a note, a flag, its date. `None` takes it away.
    SetMeta(&'static str, Option<serde_json::Value>),
    /// Give those of these documents that name no day of publication this one, as `2024-03-12`.
    GiveDay(Vec<DocumentId>, String),
    /// Decide about many places at once.
    Apply(Vec<Place>, Decision),
    /// Put the gold documents of an adjudicator into the project, or bring them up to date there.
    WriteGold(Vec<Document>),
    /// Mend what the checks found, as far as it can be mended together.
    Mend(Vec<Finding>),
    /// Call what the checks found right (`true`), or no longer.
    Allow(Vec<Finding>, bool),
    /// Label the selection, or relabel the active span, or label the word at the caret.
    Label(LabelCode),
    /// Give the active span the other label that its extractor thought of.
    TakeAlternative,
    /// Move an end of the active span.
    MoveEdge(Edge, Direction, Unit),
    /// Move the start of the active span over the next proclitic of its first word, and back out after the last.
    CyclePrefix,
    /// Accept the active suggestion.
    Accept,
    /// Accept all suggestions of the document.
    AcceptAll,
    /// Accept the suggestions of the document that the extractor is surest of.
    AcceptSure,
    /// Accept the suggestions of all open documents that the extractor is surest of.
    AcceptSureEverywhere,
    /// Reject the active suggestion, or delete the active span.
    Remove,
    /// Reject the suggestion or delete the span that the hand points at. Nothing else is taken up for it.
    RemoveSpan(SpanId),
    /// Take back the latest edit.
    Undo,
    /// Make the latest undone edit again.
    Redo,
    /// Go back or on in the history, until so many edits are done.
    TravelTo(usize),
    /// Make the article on the screen what it was when so many edits were done, as a new edit.
    Restore(usize),
    /// Set the review status.
    SetStatus(Status),
    /// Mark the document done and go on to the next one that is not.
    Finish,
    /// The same, with every suggestion in sight accepted before.
    FinishAccepting,
    /// Put the document aside and go on to the next one that is neither done nor put aside.
    Skip,
    /// Change the labels, and spans with them.
    ChangeSchema(Box<Plan>),
    /// Change settings.
    Set(Settings),
    /// Change what the project says of itself.
    SetAbout(Box<About>),
}

/// What the application asks of the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep these documents, text and all, before anything else is kept.
    Store(Vec<Write>),
    /// Keep this journal entry.
    Journal(Journalled),
    /// Let the extractor read this document.
    Extract(DocumentId),
    /// Have a document read from the storage and opened, if it is still wanted then.
    Bring(DocumentId),
    /// Bring the model.
    LoadModel,
    /// Bring a piece of the text into view.
    Reveal(ByteRange),
    /// Say something to the person.
    Announce(Message),
    /// Keep the schema.
    SaveSchema,
    /// Keep the settings.
    SaveSettings,
    /// Keep what the project says of itself.
    SaveAbout,
}
