//! Which dialog is open, and what it was opened for.

use leptos::prelude::StoredValue;

use crate::project::ProjectCard;
use crate::schema::LabelCode;

/// A dialog over the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Dialog {
    /// Paste an article.
    NewArticle,
    /// Save the dataset.
    Export,
    /// Change the labels.
    Schema,
    /// The work in numbers.
    Statistics,
    /// What looks wrong in the labels.
    Lint,
    /// How far annotators agree.
    Agreement,
    /// Where annotators disagree, and what is right.
    Adjudication,
    /// Keys, labels, settings.
    Help(HelpPart),
    /// Everything that can be done, to be searched.
    Palette,
    /// The search through all articles.
    Search(Search),
    /// What was done, step by step.
    History,
    /// All projects. The open one may have been deleted there, which leads to another; it can be brought back at once.
    Projects(Option<ProjectCard>),
    /// A project file that is not whole.
    Damaged(StoredValue<super::projects::DamagedFile>),
    /// What is known about the article on the screen.
    About,
    /// Files on their way in.
    Import,
    /// One day of publication for articles that name none.
    Day,
}

/// A part of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HelpPart {
    /// All keys.
    Keys,
    /// The labels and what the guideline says of them; this one is brought into view.
    Labels(Option<LabelCode>),
    /// The settings.
    Settings,
}

/// How a search begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    /// What is looked for.
    pub(super) words: String,
    /// What it is for.
    pub(super) aim: Aim,
}

/// What is to become of what a search finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Aim {
    /// That is decided when it is seen.
    #[default]
    Open,
    /// The places nobody has decided on get this label, or one that is still to be chosen.
    Label(Option<LabelCode>),
    /// Spans with this label get another one.
    Relabel(LabelCode),
    /// Spans with this label go.
    Remove(LabelCode),
}

impl Aim {
    /// The label of the spans it is about; the others are not looked for.
    pub(super) fn of_spans(&self) -> Option<&LabelCode> {
        match self {
            Self::Relabel(label) | Self::Remove(label) => Some(label),
            Self::Open | Self::Label(_) => None,
        }
    }
}
