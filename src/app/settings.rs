//! What a person chose about the page. Kept between visits.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, IntoDeserializer, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::annotation::{Document, DocumentId, Span};
use crate::dataset::KeptCard;
use crate::formats::LabelMapping;
use crate::schema::LabelCode;
use crate::schema::Localized;
use crate::text::ProcliticPolicy;
use crate::text::motion::Unit;

/// The language of the interface. The articles are Arabic whichever it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// العربية
    Arabic,
}

impl Language {
    /// The language for a browser that asks for `tag` (BCP 47).
    #[must_use]
    pub fn for_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some(primary) if primary.eq_ignore_ascii_case("ar") => Self::Arabic,
            _ => Self::English,
        }
    }

    /// What is said in either language.
    pub(super) fn in_both(say: impl Fn(Self) -> String) -> Localized {
        Localized::new(say(Self::English), say(Self::Arabic))
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// The direction of its writing, as HTML names it.
    #[must_use]
    pub fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
            Self::Arabic => "rtl",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::Arabic,
            Self::Arabic => Self::English,
        }
    }

    /// Which of two texts is in this language. What was written in one language only says it in the other, too.
    #[must_use]
    pub fn pick<'a>(self, english: &'a str, arabic: &'a str) -> &'a str {
        let (own, other) = match self {
            Self::English => (english, arabic),
            Self::Arabic => (arabic, english),
        };
        if own.trim().is_empty() { other } else { own }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The next one round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The value of `data-theme`; `None` leaves it to the system.
    #[must_use]
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What a person chose about the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the interface; `None` follows the browser.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: Theme,
    /// How large the letters of articles are, in percent: one of [`Self::TEXT_SIZES`].
    pub text_size: u8,
    /// Selections lose spaces, punctuation and quotes at their edges before they are labelled.
    pub trim: bool,
    /// What becomes of the proclitics of a word that is taken as a whole: by a double-click, by the caret in it, by an
    /// end that goes from word to word. The checks and the suggestions go by it, too.
    #[serde(alias = "peel_proclitics", deserialize_with = "policy")]
    pub proclitics: ProcliticPolicy,
    /// After a suggestion is decided, the next one comes up.
    pub advance: bool,
    /// Going on, to the next suggestion, span or article, accepts the suggestion that is left.
    pub accept_on_move: bool,
    /// "Accept the sure ones" takes suggestions of at least this confidence, in percent.
    pub sure: u8,
    /// Keys that were changed: from the key a binding has by default to the one it has now, both as
    /// [`Key::chord`](super::Key::chord) writes them.
    pub keys: BTreeMap<String, String>,
    /// Suggestions of which the extractor is less sure, in percent, are kept out of sight: not drawn, not accepted with
    /// the others, not saved. At most [`Self::HIGHEST_THRESHOLD`].
    pub threshold: u8,
    /// So many articles in a hundred are shown without suggestions, to see how much suggestions pull the labels
    /// ([`pull`](crate::quality::pull)).
    pub blind: u8,
    /// What becomes of labels of others when they are imported.
    pub labels: LabelMapping,
    /// The label that sticks to the hand. See [`State::sticky`](super::State::sticky), which knows whether there is one
    /// of that name.
    pub sticky: Option<LabelCode>,
    /// The article that was on the screen last.
    pub last: Option<DocumentId>,
    /// Which articles are listed and gone through, and in which order, in words: those of an
    /// [`ArticleFilter`](super::queue::ArticleFilter). A word that another version has for it spoils no other setting.
    pub list: String,
    /// What is said of the project where it becomes a dataset.
    pub card: KeptCard,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            text_size: 100,
            trim: true,
            proclitics: ProcliticPolicy::default(),
            advance: true,
            accept_on_move: false,
            sure: 90,
            keys: BTreeMap::new(),
            threshold: 0,
            blind: 0,
            labels: LabelMapping::default(),
            sticky: None,
            last: None,
            list: String::new(),
            card: KeptCard::default(),
        }
    }
}

impl Settings {
    /// Where the threshold ends.
    pub const HIGHEST_THRESHOLD: u8 = 95;

    /// The sizes that letters of articles may have, in percent.
    pub const TEXT_SIZES: [u8; 6] = [85, 100, 115, 135, 160, 200];

    /// The next larger size of letters, or the next smaller one; `None` behind the last.
    #[must_use]
    pub fn next_text_size(&self, larger: bool) -> Option<u8> {
        let mut sizes = Self::TEXT_SIZES.into_iter();
        match larger {
            true => sizes.find(|size| *size > self.text_size),
            false => sizes.rfind(|size| *size < self.text_size),
        }
    }

    /// The size of letters, within what can be read and what fits on a screen.
    #[must_use]
    pub fn text_scale(&self) -> f32 {
        let [least, .., most] = Self::TEXT_SIZES;
        f32::from(self.text_size.clamp(least, most)) / 100.0
    }

    /// From one threshold to the next.
    pub const THRESHOLD_STEP: u8 = 5;

    /// Those that belong to the project and not to the person: how labels are put, what becomes of labels of others, what
    /// is in sight, which articles are labelled without suggestions, which label is in the hand, where the work is and which way it goes, what its
    /// dataset says of itself.
    pub const OF_PROJECT: [&str; 11] = [
        "trim",
        "proclitics",
        "peel_proclitics",
        "sure",
        "threshold",
        "blind",
        "labels",
        "sticky",
        "last",
        "list",
        "card",
    ];

    /// What belongs to the project, by name.
    #[must_use]
    pub fn of_project(&self) -> Map<String, Value> {
        let mut all = self.to_map();
        all.retain(|name, _| Self::OF_PROJECT.contains(&name.as_str()));
        all
    }

    /// These settings in another project, which brings its own. What is missing there is as it is at first, and so is
    /// what cannot be read.
    #[must_use]
    pub fn in_project(&self, project: &Map<String, Value>) -> Self {
        let mut personal = self.to_map();
        personal.retain(|name, _| !Self::OF_PROJECT.contains(&name.as_str()));
        let brought = project.iter().filter(|(name, _)| Self::OF_PROJECT.contains(&name.as_str()));
        Self::read(personal, brought.map(|(name, value)| (name.clone(), value.clone())))
    }

    /// Settings as they are stored. One that this Misam does not understand is as it is at first, the others as they were.
    #[must_use]
    pub fn of_stored(stored: Value) -> Self {
        match stored {
            Value::Object(stored) => Self::read(Map::new(), stored),
            _ => Self::default(),
        }
    }

    /// What can be read of these settings, over some that can be read.
    fn read(mut sound: Map<String, Value>, more: impl IntoIterator<Item = (String, Value)>) -> Self {
        let of = |map: &Map<String, Value>| Self::deserialize(map).ok();
        let mut settings = of(&sound).unwrap_or_default();
        for (name, value) in more {
            let before = sound.insert(name.clone(), value);
            match of(&sound) {
                Some(read) => settings = read,
                None => {
                    sound.remove(&name);
                    sound.extend(before.map(|before| (name, before)));
                }
            }
        }
        settings
    }

    /// The unit that an end or the caret goes by where a person asks for `unit`.
    #[must_use]
    pub fn unit(&self, unit: Unit) -> Unit {
        match (unit, self.peels()) {
            (Unit::Word, true) => Unit::PeeledWord,
            _ => unit,
        }
    }

    /// True if a word taken as a whole leaves the proclitics outside that its spelling shows.
    #[must_use]
    pub fn peels(&self) -> bool {
        self.proclitics == ProcliticPolicy::Peeled
    }

    fn to_map(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            // Settings are an object.
            _ => Map::new(),
        }
    }

    /// True for spans that are in sight: suggestions above the threshold, or of unknown confidence, and all spans that
    /// a person stands behind.
    #[must_use]
    pub fn shows(&self, span: &Span) -> bool {
        span.origin.is_confirmed() || span.confidence.is_none_or(|sure| percent(sure) >= self.threshold)
    }

    /// A document without the suggestions that are out of sight: nobody is going to review them as things stand.
    #[must_use]
    pub fn in_sight(&self, document: &Document) -> Document {
        let mut seen = document.clone();
        if !document.spans.iter().all(|span| self.shows(span)) {
            let shown = document.spans.iter().filter(|span| self.shows(span));
            seen.spans = shown.map(|span| (**span).clone()).collect();
        }
        seen
    }
}

/// The policy, also as it was kept when it was no more than "words are peeled" or "they are not".
fn policy<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ProcliticPolicy, D::Error> {
    struct Kept;

    impl Visitor<'_> for Kept {
        type Value = ProcliticPolicy;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a policy on proclitics")
        }

        fn visit_bool<E: Error>(self, peels: bool) -> Result<ProcliticPolicy, E> {
            Ok(if peels { ProcliticPolicy::Peeled } else { ProcliticPolicy::Outside })
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<ProcliticPolicy, E> {
            ProcliticPolicy::deserialize(name.into_deserializer())
        }
    }

    deserializer.deserialize_any(Kept)
}

/// A confidence as a whole percentage, rounded down: what is short of a threshold is not taken for it.
#[must_use]
pub fn percent(confidence: f32) -> u8 {
    // A confidence of 0.95 in four bytes is a hair less than that.
    (confidence.clamp(0.0, 1.0) * 100.0 + 0.001).floor() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, SpanId};
    use crate::schema::LabelCode;

    #[test]
    fn what_is_named_in_one_language_has_that_name_in_both() {
        let picked = |english, arabic| [Language::English, Language::Arabic].map(|l| l.pick(english, arabic));
        assert_eq!(picked("Place", "مكان"), ["Place", "مكان"]);
        assert_eq!(picked("Place", ""), ["Place"; 2]);
        assert_eq!(picked(" ", "مكان"), ["مكان"; 2]);
    }

    #[test]
    fn a_person_keeps_looks_and_keys_in_another_project_which_brings_the_rest() {
        let here = Settings { theme: Theme::Dark, threshold: 40, trim: false, ..Settings::default() };
        let mut there = Settings { theme: Theme::Light, threshold: 5, ..Settings::default() };
        there.card.words.title = "Theirs".to_owned();
        let moved = here.in_project(&there.of_project());
        assert_eq!((moved.theme, moved.threshold, moved.trim), (Theme::Dark, 5, true));
        assert_eq!(moved.card, there.card);
        assert_eq!(here.in_project(&Map::new()).threshold, 0);
    }

    #[test]
    fn what_becomes_of_labels_of_others_and_the_blind_sample_belong_to_the_project() {
        let mapping = |json: &str| serde_json::from_str::<LabelMapping>(json).unwrap();
        let (ours, theirs) = (mapping(r#"{"PLACE":"LOC"}"#), mapping(r#"{"PLACE":null}"#));
        let here = Settings { blind: 20, labels: ours.clone(), ..Settings::default() };
        let there = Settings { blind: 5, labels: theirs.clone(), ..Settings::default() };
        let moved = here.in_project(&there.of_project());
        assert_eq!((moved.blind, moved.labels), (5, theirs));
        // A new project, and one from a file of before, know of neither.
        for other in [Settings::default().of_project(), Map::new()] {
            let moved = here.in_project(&other);
            assert_eq!((moved.blind, moved.labels), (0, LabelMapping::default()));
        }
        // What a project was stored with before is where it was, under the same names.
        let stored: Settings = serde_json::from_value(Value::Object(here.to_map())).unwrap();
        assert_eq!((stored.blind, stored.labels), (20, ours));
    }

    #[test]
    fn suggestions_out_of_sight_are_left_out_of_a_document() {
        let mut document = Document::new(DocumentId::new("d"), "زار سبها ثم هون");
        let span = |number, range: std::ops::Range<usize>, sure| Span {
            confidence: Some(sure),
            ..Span::new(
                SpanId::numbered(number),
                range.into(),
                LabelCode::new("LOC").unwrap(),
                Origin::Suggested,
            )
        };
        document.spans = [span(1, 7..15, 0.9), span(2, 21..27, 0.4)].into_iter().collect();
        let left = |threshold| Settings { threshold, ..Settings::default() }.in_sight(&document).spans.len();
        assert_eq!([0, 50, 95].map(left), [2, 1, 0]);
    }

    #[test]
    fn the_policy_on_proclitics_belongs_to_the_project_and_is_read_as_it_was_kept_before() {
        let there = Settings { proclitics: ProcliticPolicy::Inside, ..Settings::default() };
        let moved = Settings::default().in_project(&there.of_project());
        assert_eq!(moved.proclitics, ProcliticPolicy::Inside);
        assert_eq!(there.in_project(&Map::new()).proclitics, ProcliticPolicy::Outside);
        for (kept, policy) in [(true, ProcliticPolicy::Peeled), (false, ProcliticPolicy::Outside)] {
            let mut project = Map::new();
            project.insert("peel_proclitics".into(), kept.into());
            assert_eq!(there.in_project(&project).proclitics, policy);
        }
    }

    #[test]
    fn settings_of_a_project_that_cannot_be_read_are_as_at_first() {
        let mut broken = Map::new();
        broken.insert("threshold".into(), "much".into());
        let here = Settings { theme: Theme::Dark, threshold: 40, ..Settings::default() };
        let moved = here.in_project(&broken);
        assert_eq!((moved.theme, moved.threshold), (Theme::Dark, 0));
    }

    #[test]
    fn of_stored_settings_only_what_is_not_understood_is_as_at_first() {
        let own = Settings { threshold: 40, text_size: 120, advance: true, ..Settings::default() };
        let mut stored = own.to_map();
        stored.insert("theme".into(), "of another version".into());
        stored.insert("sure".into(), 4_000.into());
        stored.insert("unknown".into(), true.into());
        assert_eq!(Settings::of_stored(Value::Object(stored)), own);
        assert_eq!(Settings::of_stored(Value::Null), Settings::default());
    }
}
