//! What a file was taken for and why, in the language of the interface: its format, its encoding, what its offsets count.

use super::settings::Language;
use super::strings::Text;
use crate::formats::{EncodingEvidence, EndOffset, Evidence, OffsetUnit};

/// What speaks for an encoding.
#[must_use]
pub fn say_encoding_evidence(evidence: EncodingEvidence, language: Language) -> &'static str {
    language.text(match evidence {
        EncodingEvidence::Mark => Text::EncodingMark,
        EncodingEvidence::Sound => Text::EncodingSound,
        EncodingEvidence::Halves => Text::EncodingHalves,
        EncodingEvidence::Letters => Text::EncodingLetters,
        EncodingEvidence::Damaged => Text::EncodingDamaged,
        EncodingEvidence::Nothing => Text::EncodingNothing,
        EncodingEvidence::Chosen => Text::EvidenceChosen,
    })
}

/// What the offsets of a file count.
#[must_use]
pub fn say_counting(unit: OffsetUnit, end: EndOffset, language: Language) -> String {
    let unit = language.text(unit_name(unit));
    let text = match end {
        EndOffset::AfterLast => Text::ImportCounting,
        EndOffset::Last => Text::ImportCountingLast,
    };
    language.fill(text, &[("unit", unit)])
}

/// What speaks for a format.
#[must_use]
pub fn say_evidence(evidence: &Evidence, language: Language) -> String {
    match evidence {
        Evidence::Keys { keys } => language.fill(Text::EvidenceKeys, &[("keys", &language.list(keys))]),
        Evidence::Beginning { mark } => language.fill(Text::EvidenceBeginning, &[("mark", mark)]),
        Evidence::Extension { extension } => {
            language.fill(Text::EvidenceExtension, &[("extension", extension)])
        }
        Evidence::File { name } => language.fill(Text::EvidenceFile, &[("name", name)]),
        Evidence::Chosen => language.text(Text::EvidenceChosen).to_owned(),
        Evidence::NothingElse => language.text(Text::EvidenceNothingElse).to_owned(),
    }
}

/// What a kind of offset counts.
pub(super) fn unit_name(unit: OffsetUnit) -> Text {
    match unit {
        OffsetUnit::CodePoint => Text::UnitCodePoints,
        OffsetUnit::Utf16 => Text::UnitUtf16,
        OffsetUnit::Byte => Text::UnitBytes,
        OffsetUnit::Grapheme => Text::UnitGraphemes,
    }
}
