//! Text in the two languages of the page.

use serde::{Deserialize, Serialize};

/// The same text in English and in Arabic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Localized {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: String,
}

impl Localized {
    /// Puts the two together.
    pub fn new(en: impl Into<String>, ar: impl Into<String>) -> Self {
        Self { en: en.into(), ar: ar.into() }
    }

    /// The text in a language by its BCP 47 tag (`ar`, `ar-SA`: Arabic; anything else: English). An empty text falls
    /// back on the other language.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let arabic = language.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("ar"));
        let (wanted, other) = if arabic { (&self.ar, &self.en) } else { (&self.en, &self.ar) };
        if wanted.is_empty() { other } else { wanted }
    }

    /// True if both are empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.ar.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_on_the_other() {
        let text = Localized::new("Place", "مكان");
        assert_eq!((text.get("ar-EG"), text.get("en"), text.get("fr")), ("مكان", "Place", "Place"));
        assert_eq!(Localized::new("", "مكان").get("en"), "مكان");
        assert_eq!(Localized::new("Place", "").get("ar"), "Place");
    }
}
