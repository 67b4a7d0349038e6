//! What is said about a file that was not all right: what was wrong, what became of it and what to do next, in the
//! language of the interface. The command line says it in its own words ([`Problem`] displays itself), as what it
//! advises is typed, not clicked.

use super::evidence_text::unit_name;
use super::fault_text;
use super::settings::Language;
use super::strings::{FileCounted, FileText};
use crate::formats::{ArchiveFault, JsonType, OfficePart, OffsetUnit, Outcome, Problem, ProblemKind};
use crate::schema::{LabelCodeError, MAX_LABEL_CODE};

/// What a reader found wrong, in whole sentences. Where it was is for the caller to say.
#[must_use]
pub fn say(problem: &Problem, language: Language) -> String {
    let mut said = wrong(&problem.kind, language);
    let outcome = match (&problem.kind, problem.outcome) {
        // The page keeps no article without words but where somebody asks for it.
        (ProblemKind::EmptyText, Outcome::Kept) => FileText::OutcomeUnticked,
        (_, came) => outcome(came),
    };
    for text in [Some(outcome), advice(&problem.kind)].into_iter().flatten() {
        said.push(' ');
        said.push_str(language.text(text));
    }
    said
}

fn wrong(kind: &ProblemKind, language: Language) -> String {
    use ProblemKind as Kind;
    let fill = |text, values: &[(&str, &str)]| language.fill(text, values);
    let text = |text| language.text(text).to_owned();
    let at = |text, column: &dyn ToString| language.fill(text, &[("column", &column.to_string())]);
    let from_to = |text, start: &u64, end: &u64| {
        language.fill(text, &[("start", &start.to_string()), ("end", &end.to_string())])
    };
    match kind {
        Kind::NotUtf8 { byte, column, guess } => {
            let (byte, column) = (format!("0x{byte:02X}"), column.to_string());
            match guess.map(|encoding| encoding.to_string()) {
                None => fill(FileText::ProblemNotUtf8, &[("byte", &byte), ("column", &column)]),
                Some(encoding) => {
                    let values = [("byte", &*byte), ("column", &column), ("encoding", &encoding)];
                    fill(FileText::ProblemNotUtf8Like, &values)
                }
            }
        }
        Kind::ByteOrderMark => text(FileText::ProblemByteOrderMark),
        Kind::Replaced { count, encoding } => {
            fill(FileText::ProblemReplaced, &[("count", &count.to_string()), ("encoding", encoding.name())])
        }
        Kind::LineTooLong { most } => {
            fill(FileText::ProblemLineTooLong, &[("limit", &megabytes(*most as u64))])
        }
        Kind::NoArticle => text(FileText::ProblemNoArticle),
        Kind::NoRecords => text(FileText::ProblemNoRecords),
        Kind::JsonList => text(FileText::ProblemJsonList),
        Kind::Json { column, fault } => {
            let fault = language.text(fault_text::json(*fault));
            fill(FileText::ProblemJson, &[("column", &column.to_string()), ("fault", fault)])
        }
        Kind::Truncated { column } => at(FileText::ProblemTruncated, column),
        Kind::LoneSurrogate { column } => at(FileText::ProblemLoneSurrogate, column),
        Kind::NotANumber { column } => at(FileText::ProblemNotANumber, column),
        Kind::TooDeep { column } => at(FileText::ProblemTooDeep, column),
        Kind::NumberRounded => text(FileText::ProblemNumberRounded),
        Kind::DuplicateKey => text(FileText::ProblemDuplicateKey),
        Kind::UnknownFormat { found } => fill(FileText::ProblemUnknownFormat, &[("found", found)]),
        Kind::Missing => text(FileText::ProblemMissing),
        Kind::WrongType { expected, found } => {
            let [expected, found] = [*expected, *found].map(|kind| language.text(json_type(kind)));
            fill(FileText::ProblemWrongType, &[("expected", expected), ("found", found)])
        }
        Kind::TextTooLong { bytes, most } => {
            let [size, limit] = [*bytes, *most].map(|bytes| megabytes(bytes as u64));
            fill(FileText::ProblemTextTooLong, &[("size", &size), ("limit", &limit)])
        }
        Kind::EmptyText => text(FileText::ProblemEmptyText),
        Kind::Completed { missing } => {
            fill(FileText::ProblemCompleted, &[("fields", &language.list(missing))])
        }
        Kind::Checksum => text(FileText::ProblemChecksum),
        Kind::DuplicateDocument { id, now } => {
            fill(FileText::ProblemDuplicateId, &[("id", id), ("now", now)])
        }
        Kind::DuplicateSpan { id, now } => {
            fill(FileText::ProblemDuplicateId, &[("id", id.as_str()), ("now", now.as_str())])
        }
        Kind::UnknownWord { found, allowed, now } => {
            let values = [("found", &**found), ("allowed", &language.list(allowed)), ("now", now)];
            fill(FileText::ProblemUnknownWord, &values)
        }
        Kind::BadLabel { found, reason, now } => {
            let wrong = bad_label(found, *reason, language);
            match now {
                None => wrong,
                Some(now) => format!("{wrong} {}", fill(FileText::ProblemLabelNow, &[("now", now.as_str())])),
            }
        }
        Kind::UnknownField => text(FileText::ProblemUnknownField),
        Kind::UnknownLabel { label, schema } => {
            fill(FileText::ProblemUnknownLabel, &[("label", label.as_str()), ("schema", schema)])
        }
        Kind::BadOffset { found } => fill(FileText::ProblemBadOffset, &[("found", found)]),
        Kind::OffsetForm { found } => fill(FileText::ProblemOffsetForm, &[("found", found)]),
        Kind::EmptySpan { start, end } => from_to(FileText::ProblemEmptySpan, start, end),
        Kind::OutsideText { end, length, unit } => {
            let length = language.count(counted(*unit), usize::try_from(*length).unwrap_or(usize::MAX));
            fill(FileText::ProblemOutsideText, &[("end", &end.to_string()), ("length", &length)])
        }
        Kind::CutCharacter { start, end } => from_to(FileText::ProblemCutCharacter, start, end),
        Kind::CutGrapheme { start, end } => text(match (start, end) {
            (true, true) => FileText::ProblemCutGraphemeBoth,
            (true, false) => FileText::ProblemCutGraphemeStart,
            (false, _) => FileText::ProblemCutGraphemeEnd,
        }),
        Kind::OffsetUnit { unit, expected } => {
            let [unit, expected] = [*unit, *expected].map(|unit| language.text(unit_name(unit)));
            fill(FileText::ProblemOffsetUnit, &[("unit", unit), ("expected", expected)])
        }
        Kind::InclusiveEnd => text(FileText::ProblemInclusiveEnd),
        Kind::Xml { fault } => fill(FileText::ProblemXml, &[("fault", &fault_text::xml(fault, language))]),
        Kind::Malformed { expected, found } => {
            fill(FileText::ProblemWrongType, &[("expected", *expected), ("found", found)])
        }
        Kind::NoPlace { found } => fill(FileText::ProblemNoPlace, &[("found", found)]),
        Kind::MissingFile { name } => fill(FileText::ProblemMissingFile, &[("name", name)]),
        Kind::Archive { fault } => {
            fill(FileText::ProblemArchive, &[("fault", &fault_text::archive(fault, language))])
        }
        Kind::ArchiveMember { fault } => {
            fill(FileText::ProblemArchiveMember, &[("fault", &fault_text::archive(fault, language))])
        }
        Kind::Surface { start, end, found, stated } => {
            let (start, end) = (start.to_string(), end.to_string());
            let values = [("start", &*start), ("end", &end), ("found", found), ("stated", stated)];
            fill(FileText::ProblemSurface, &values)
        }
        Kind::Moved { stated, from, to } => {
            let values = [("stated", &**stated), ("from", &from.to_string()), ("to", &to.to_string())];
            fill(FileText::ProblemMoved, &values)
        }
        Kind::BadFragments => text(FileText::ProblemBadFragments),
        Kind::Confidence { found } => fill(FileText::ProblemConfidence, &[("found", found)]),
        Kind::UnknownSpan { id } => fill(FileText::ProblemUnknownSpan, &[("id", id)]),
        Kind::TagScheme { scheme } => fill(FileText::ProblemTagScheme, &[("scheme", &scheme.to_uppercase())]),
        Kind::BadTag { found } => fill(FileText::ProblemBadTag, &[("found", found)]),
        Kind::TagOutOfPlace { found, meant } => {
            fill(FileText::ProblemTagOutOfPlace, &[("found", found), ("meant", meant)])
        }
        Kind::NotDocBin { fault } => {
            fill(FileText::ProblemNotDocBin, &[("fault", &fault_text::docbin(*fault, language))])
        }
        Kind::UnclosedQuote => text(FileText::ProblemUnclosedQuote),
        Kind::LooseQuote => text(FileText::ProblemLooseQuote),
        Kind::ColumnNames { names } => {
            fill(FileText::ProblemColumnNames, &[("names", &language.list(names))])
        }
        Kind::BesideArticles => text(FileText::ProblemBesideArticles),
        Kind::OtherTexts { texts } => fill(FileText::ProblemOtherTexts, &[("texts", &texts.to_string())]),
        Kind::OutsideBody { part, count } => {
            let said = match part {
                OfficePart::Comments => FileText::ProblemCommentsLeft,
                OfficePart::Headers => FileText::ProblemHeadersLeft,
                OfficePart::Deleted => FileText::ProblemDeletedLeft,
            };
            fill(said, &[("count", &count.to_string())])
        }
        Kind::TooLongToKeep { bytes, most } => fill(
            FileText::ProblemTooLongToKeep,
            &[("size", &bytes.to_string()), ("limit", &most.to_string())],
        ),
        Kind::TurnsDirection { sign } => {
            fill(FileText::ProblemTurnsDirection, &[("sign", &format!("U+{:04X}", u32::from(*sign)))])
        }
        Kind::TextRebuilt => text(FileText::ProblemTextRebuilt),
        Kind::TextDiffers => text(FileText::ProblemTextDiffers),
        Kind::NotCanonical { difference } => {
            fill(FileText::ProblemNotCanonical, &[("difference", difference)])
        }
    }
}

fn bad_label(found: &str, reason: LabelCodeError, language: Language) -> String {
    match reason {
        LabelCodeError::Empty => language.text(FileText::ProblemLabelEmpty).to_owned(),
        LabelCodeError::TooLong { length } => {
            let [length, most] =
                [length, MAX_LABEL_CODE].map(|number| language.count(FileCounted::Characters, number));
            let values = [("found", found), ("length", &length), ("most", &most)];
            language.fill(FileText::ProblemLabelTooLong, &values)
        }
        LabelCodeError::Forbidden { character, position } => {
            // The character itself would not be seen. People count from 1.
            let character = format!("U+{:04X}", u32::from(character));
            let position = (position + 1).to_string();
            let values = [("found", found), ("character", &character), ("position", &position)];
            language.fill(FileText::ProblemLabelForbidden, &values)
        }
    }
}

fn outcome(outcome: Outcome) -> FileText {
    match outcome {
        Outcome::Kept => FileText::OutcomeKept,
        Outcome::Repaired => FileText::OutcomeRepaired,
        Outcome::FieldLeftOut => FileText::OutcomeFieldLeftOut,
        Outcome::EntryLeftOut => FileText::OutcomeEntryLeftOut,
        Outcome::RecordLeftOut => FileText::OutcomeRecordLeftOut,
        Outcome::MemberLeftOut => FileText::OutcomeMemberLeftOut,
        Outcome::RestLeftOut => FileText::OutcomeRestLeftOut,
        Outcome::FileLeftOut => FileText::OutcomeFileLeftOut,
    }
}

/// What can be done about it on the page, where something can.
fn advice(kind: &ProblemKind) -> Option<FileText> {
    use ProblemKind as Kind;
    Some(match kind {
        Kind::NotUtf8 { .. } | Kind::Replaced { .. } => FileText::AdviceOtherEncoding,
        Kind::NoRecords | Kind::NoArticle => FileText::AdviceCheckFile,
        Kind::JsonList => FileText::AdviceOneRecordALine,
        Kind::Json { .. }
        | Kind::Truncated { .. }
        | Kind::Xml { .. }
        | Kind::Malformed { .. }
        | Kind::UnclosedQuote
        | Kind::LooseQuote => FileText::AdviceCorrectLine,
        Kind::ColumnNames { .. } => FileText::AdviceFirstRow,
        Kind::OtherTexts { .. } => FileText::AdviceChooseTexts,
        Kind::MissingFile { .. } => FileText::AdviceReadTogether,
        Kind::Archive { fault: ArchiveFault::Encrypted } => FileText::AdviceNoPassword,
        Kind::Archive { .. } => FileText::AdviceSaveAnew,
        Kind::ArchiveMember { .. } => FileText::AdviceUnpack,
        Kind::LoneSurrogate { .. } => FileText::AdviceWholeCharacter,
        Kind::NotANumber { .. } => FileText::AdviceWriteNull,
        Kind::TooDeep { .. } => FileText::AdviceFlatten,
        Kind::DuplicateKey => FileText::AdviceCheckLastValue,
        Kind::UnknownFormat { .. } => FileText::AdviceNewerVersion,
        Kind::Missing | Kind::WrongType { .. } | Kind::BadOffset { .. } => FileText::AdviceCorrectField,
        Kind::TextTooLong { .. } | Kind::LineTooLong { .. } => FileText::AdviceSplitText,
        Kind::EmptyText => FileText::AdviceRemoveRecord,
        Kind::Checksum => FileText::AdviceCheckSpans,
        Kind::DuplicateDocument { .. } => FileText::AdviceRemoveDouble,
        Kind::BadLabel { .. } => FileText::AdviceCorrectLabel,
        Kind::BadTag { .. } => FileText::AdviceCorrectField,
        Kind::UnknownLabel { .. } => FileText::AdviceSchemaLabel,
        Kind::EmptySpan { .. }
        | Kind::OutsideText { .. }
        | Kind::CutCharacter { .. }
        | Kind::Surface { .. } => FileText::AdviceCheckOffsets,
        Kind::CutGrapheme { .. } => FileText::AdviceMoveEdge,
        Kind::UnknownSpan { .. } => FileText::AdviceCorrectName,
        Kind::NotCanonical { .. } => FileText::AdviceExportAgain,
        Kind::ByteOrderMark
        | Kind::NumberRounded
        | Kind::Completed { .. }
        | Kind::DuplicateSpan { .. }
        | Kind::UnknownWord { .. }
        | Kind::UnknownField
        | Kind::OffsetForm { .. }
        | Kind::OffsetUnit { .. }
        | Kind::InclusiveEnd
        | Kind::NoPlace { .. }
        | Kind::Moved { .. }
        | Kind::BadFragments
        | Kind::Confidence { .. }
        | Kind::TagScheme { .. }
        | Kind::TagOutOfPlace { .. }
        | Kind::NotDocBin { .. }
        | Kind::BesideArticles
        | Kind::OutsideBody { .. }
        | Kind::TooLongToKeep { .. }
        | Kind::TurnsDirection { .. }
        | Kind::TextRebuilt
        | Kind::TextDiffers => return None,
    })
}

fn json_type(kind: JsonType) -> FileText {
    match kind {
        JsonType::Null => FileText::JsonNull,
        JsonType::Boolean => FileText::JsonBoolean,
        JsonType::Number => FileText::JsonNumber,
        JsonType::String => FileText::JsonString,
        JsonType::List => FileText::JsonList,
        JsonType::Object => FileText::JsonObject,
    }
}

fn counted(unit: OffsetUnit) -> FileCounted {
    match unit {
        OffsetUnit::CodePoint => FileCounted::Characters,
        OffsetUnit::Utf16 => FileCounted::Utf16Units,
        OffsetUnit::Byte => FileCounted::Bytes,
        OffsetUnit::Grapheme => FileCounted::Graphemes,
    }
}

/// A size as it stands in sentences.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / f64::from(1 << 20))
}

#[cfg(test)]
mod tests;
