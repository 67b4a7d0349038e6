//! What a rule proposes, before the proposals of a line are weighed against each other.

use super::label::Label;
use super::line::Line;
use super::vocabulary::Reading;

/// The family of a rule: what confidence is measured by, and how proposals are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A name of the hand-written lists.
    Listed,
    /// A listed name that needs a class word, with one.
    ListedWithClassWord,
    /// A listed name that needs a class word, in the place of a credit.
    ListedCredit,
    /// A town or larger place of the derived gazetteer, without further evidence.
    Town,
    /// A place of the derived gazetteer behind a class word.
    PlaceWithClassWord,
    /// An unknown word behind a class word of places.
    UnknownPlace,
    /// A place of the derived gazetteer behind a preposition or word of place.
    PlaceWithHint,
    /// A place in a list of places.
    PlaceInList,
    /// A natural head (wadi, mount, river) with its name.
    NaturalPlace,
    /// ريف with a name.
    Countryside,
    /// A facility head with its name.
    Facility,
    /// An institution title without a name.
    FacilityTitle,
    /// A name behind a shared facility head.
    FacilityShared,
    /// A head of an organisation with what defines it.
    Organisation,
    /// A defined head with an adjective.
    OrganisationDefinite,
    /// A head of state or ministry with a nationality.
    Government,
    /// A name or unknown word behind a press word.
    OrganisationNamed,
    /// An army, police or branch with a nationality.
    StateForce,
    /// A numbered or ordinal unit.
    Unit,
    /// A head of a force with what defines it.
    Faction,
    /// A battle, operation or war with its title.
    Event,
    /// An agreement head with its name.
    Agreement,
    /// A resolution with its number.
    Resolution,
    /// A weapon noun.
    Weapon,
    /// A weapon model.
    WeaponModel,
    /// A person behind a title, rank, office or occupation.
    PersonWithTitle,
    /// A first name and a surname.
    PersonFullName,
    /// A kunya.
    Kunya,
    /// A byline.
    Byline,
    /// A date with a weekday, a month, a year or the like.
    Date,
    /// A length of time.
    Duration,
    /// A relative time.
    RelativeTime,
    /// A time of day.
    Clock,
    /// A number with what it counts.
    Count,
    /// A number alone.
    BareNumber,
    /// A number noun (tens, hundreds) with what it counts.
    Approximate,
    /// The dual of a casualty.
    CasualtyDual,
    /// A nationality.
    Nationality,
    /// A name again, as the rest of the document has it.
    Repeated,
    /// The last part of a person's full name.
    ShortName,
    /// The same name in brackets, in other letters or short.
    Gloss,
    /// A place at the head of a line.
    Dateline,
}

impl Rule {
    /// All families, in the order of the enum.
    pub const ALL: [Self; 42] = [
        Self::Listed,
        Self::ListedWithClassWord,
        Self::ListedCredit,
        Self::Town,
        Self::PlaceWithClassWord,
        Self::UnknownPlace,
        Self::PlaceWithHint,
        Self::PlaceInList,
        Self::NaturalPlace,
        Self::Countryside,
        Self::Facility,
        Self::FacilityTitle,
        Self::FacilityShared,
        Self::Organisation,
        Self::OrganisationDefinite,
        Self::Government,
        Self::OrganisationNamed,
        Self::StateForce,
        Self::Unit,
        Self::Faction,
        Self::Event,
        Self::Agreement,
        Self::Resolution,
        Self::Weapon,
        Self::WeaponModel,
        Self::PersonWithTitle,
        Self::PersonFullName,
        Self::Kunya,
        Self::Byline,
        Self::Date,
        Self::Duration,
        Self::RelativeTime,
        Self::Clock,
        Self::Count,
        Self::BareNumber,
        Self::Approximate,
        Self::CasualtyDual,
        Self::Nationality,
        Self::Repeated,
        Self::ShortName,
        Self::Gloss,
        Self::Dateline,
    ];

    /// The name of the family in the calibration file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::ListedWithClassWord => "listed-class-word",
            Self::ListedCredit => "listed-credit",
            Self::Town => "town",
            Self::PlaceWithClassWord => "place-class-word",
            Self::UnknownPlace => "place-unknown",
            Self::PlaceWithHint => "place-hint",
            Self::PlaceInList => "place-list",
            Self::NaturalPlace => "place-natural",
            Self::Countryside => "countryside",
            Self::Facility => "facility",
            Self::FacilityTitle => "facility-title",
            Self::FacilityShared => "facility-shared",
            Self::Organisation => "organisation",
            Self::OrganisationDefinite => "organisation-definite",
            Self::Government => "government",
            Self::OrganisationNamed => "organisation-named",
            Self::StateForce => "state-force",
            Self::Unit => "unit",
            Self::Faction => "faction",
            Self::Event => "event",
            Self::Agreement => "agreement",
            Self::Resolution => "resolution",
            Self::Weapon => "weapon",
            Self::WeaponModel => "weapon-model",
            Self::PersonWithTitle => "person-title",
            Self::PersonFullName => "person-full-name",
            Self::Kunya => "kunya",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Duration => "duration",
            Self::RelativeTime => "relative-time",
            Self::Clock => "clock",
            Self::Count => "count",
            Self::BareNumber => "bare-number",
            Self::Approximate => "approximate-count",
            Self::CasualtyDual => "casualty-dual",
            Self::Nationality => "nationality",
            Self::Repeated => "repeated",
            Self::ShortName => "short-name",
            Self::Gloss => "gloss",
            Self::Dateline => "dateline",
        }
    }

    /// What the reason says of the rule, for a person to read.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Listed => "name list",
            Self::ListedWithClassWord => "name list, with the class word it needs",
            Self::ListedCredit => "name list, in the place of a credit",
            Self::Town => "gazetteer: town, region or country",
            Self::PlaceWithClassWord => "gazetteer: place, with a class word",
            Self::UnknownPlace => "unknown word behind a class word of places",
            Self::PlaceWithHint => "gazetteer: place, with a word of place",
            Self::PlaceInList => "in a list of places",
            Self::NaturalPlace => "landform with its name",
            Self::Countryside => "countryside of a place",
            Self::Facility => "facility word with its name",
            Self::FacilityTitle => "institution title that serves as a name",
            Self::FacilityShared => "name behind a shared facility word",
            Self::Organisation => "organisation word with what defines it",
            Self::OrganisationDefinite => "organisation word with its adjective",
            Self::Government => "state body with a nationality",
            Self::OrganisationNamed => "name behind a press word",
            Self::StateForce => "force with a nationality",
            Self::Unit => "unit with its number",
            Self::Faction => "force word with what defines it",
            Self::Event => "battle, operation or war with its title",
            Self::Agreement => "agreement word with its name",
            Self::Resolution => "resolution with its number",
            Self::Weapon => "weapon noun",
            Self::WeaponModel => "weapon model",
            Self::PersonWithTitle => "name behind a title, rank or office",
            Self::PersonFullName => "first name and surname",
            Self::Kunya => "kunya",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Duration => "length of time",
            Self::RelativeTime => "time with an anchor",
            Self::Clock => "time of day",
            Self::Count => "number with what it counts",
            Self::BareNumber => "number",
            Self::Approximate => "number noun",
            Self::CasualtyDual => "dual of people harmed or held",
            Self::Nationality => "nationality",
            Self::Repeated => "labelled so elsewhere in the article",
            Self::ShortName => "short form of a name in the article",
            Self::Gloss => "the name before, in brackets",
            Self::Dateline => "place at the head of a line",
        }
    }

    /// How much the family counts when proposals overlap; longer proposals count more (`resolve`).
    pub(super) const fn strength(self) -> u32 {
        match self {
            Self::FacilityShared => 98,
            Self::Listed => 95,
            Self::ListedWithClassWord | Self::ListedCredit => 93,
            Self::Date | Self::Clock | Self::RelativeTime => 90,
            Self::Facility | Self::NaturalPlace | Self::Countryside => 89,
            Self::Agreement | Self::Event | Self::Faction | Self::Organisation | Self::Resolution => 88,
            Self::Duration | Self::Count | Self::Unit | Self::StateForce => 86,
            Self::Government | Self::Approximate => 84,
            Self::PersonWithTitle => 82,
            Self::PlaceWithClassWord | Self::WeaponModel => 80,
            Self::PersonFullName | Self::Kunya | Self::Byline | Self::Gloss => 78,
            Self::OrganisationDefinite => 76,
            Self::PlaceInList | Self::Weapon | Self::CasualtyDual | Self::FacilityTitle => 74,
            Self::Town | Self::UnknownPlace | Self::Nationality | Self::OrganisationNamed => 70,
            Self::PlaceWithHint | Self::Dateline => 60,
            Self::BareNumber | Self::Repeated | Self::ShortName => 50,
        }
    }
}

/// A proposal: words `first..=last`, beginning at a byte inside the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Byte of the text where the span begins.
    pub(super) start: usize,
    /// Byte after its end.
    pub(super) end: usize,
    pub(super) label: Label,
    pub(super) rule: Rule,
    /// The word that spoke for it (class word, title), to be shown.
    pub(super) evidence: Option<usize>,
    /// Letters that the clean form gets back at its beginning.
    pub(super) restored: &'static str,
}

impl Candidate {
    /// A proposal from a reading of its first word to the end of its last.
    pub(super) fn new(
        line: &Line<'_>,
        first: usize,
        reading: &Reading,
        last: usize,
        label: Label,
        rule: Rule,
    ) -> Self {
        let start = line.start(first, reading);
        let end = line.tokens.get(last).map_or(start, |token| token.end);
        Self { first, last, start, end, label, rule, evidence: None, restored: reading.restored }
    }

    /// With the word that spoke for it.
    pub(super) const fn because_of(mut self, index: usize) -> Self {
        self.evidence = Some(index);
        self
    }

    /// Its rank among overlapping proposals: family first, then length.
    pub(super) const fn score(&self) -> u32 {
        self.rule.strength() + 14 * (self.last - self.first) as u32
    }
}
