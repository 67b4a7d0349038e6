//! The trained model on its way to the page.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::settings::Language;
use super::state::Reading;
use super::strings::Text;
use crate::extract::tagger::{About, ModelError};

/// What the page knows of the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ModelStatus {
    /// This build has none, or it has not been asked for yet: the rules alone find suggestions.
    #[default]
    Absent,
    /// So many of its bytes have come.
    Loading(Reading),
    /// It finds suggestions together with the rules.
    Ready(Arc<About>),
    /// It cannot be had; the rules go on.
    Failed(ModelFault),
}

impl ModelStatus {
    /// The word of the page's hook.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Loading(_) => "loading",
            Self::Ready(_) => "ready",
            Self::Failed(_) => "failed",
        }
    }

    /// What the model says of itself, once it is there.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        match self {
            Self::Ready(about) => Some(about),
            Self::Absent | Self::Loading(_) | Self::Failed(_) => None,
        }
    }
}

/// Why there is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModelFault {
    /// It is not beside the page.
    Missing,
    /// The server cannot be reached, or broke off.
    Unreachable,
    /// The server refused with this status of HTTP.
    Refused(u16),
    /// What came is not the file that this build goes with.
    Damaged,
    /// It is of this version of the format, which the build does not read.
    Version(u32),
    /// It was read, and the worker broke down over it: most likely there is too little memory.
    BrokeDown,
}

impl From<ModelError> for ModelFault {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::Version(version, _) => Self::Version(version),
            ModelError::NotAModel | ModelError::Malformed => Self::Damaged,
        }
    }
}

impl ModelFault {
    /// The reason in a language.
    #[must_use]
    pub fn say(self, language: Language) -> String {
        match self {
            Self::Missing => language.text(Text::ModelMissing).into(),
            Self::Unreachable => language.text(Text::ModelUnreachable).into(),
            Self::Refused(status) => language.fill(Text::ModelRefused, &[("status", &status.to_string())]),
            Self::Damaged => language.text(Text::ModelDamaged).into(),
            Self::Version(version) => language.fill(Text::ModelVersion, &[("version", &version.to_string())]),
            Self::BrokeDown => language.text(Text::ModelBrokeDown).into(),
        }
    }
}
