//! What a project says of itself. Changing it is no edit: nothing about an article depends on it.

use serde::{Deserialize, Serialize};

use crate::text::unturned;

/// What a project says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// What people call it. Empty until somebody gives it a name.
    pub name: String,
    /// Who works on it: every edit is signed with this. Empty if nobody said.
    pub annotator: String,
    /// What annotators are to keep to, in Markdown, besides the definitions of the schema.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub guidelines: String,
    /// When it was begun, in milliseconds since 1970 (UTC). 0 if unknown.
    pub created: u64,
}

impl About {
    /// Takes the signs that turn the direction of writing out of the names in it. True if there were any.
    pub fn unturn_names(&mut self) -> bool {
        let mut turned = false;
        for name in [&mut self.name, &mut self.annotator] {
            if let std::borrow::Cow::Owned(plain) = unturned(name) {
                *name = plain;
                turned = true;
            }
        }
        turned
    }
}
