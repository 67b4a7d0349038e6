//! What is said about a file that was not all right: what was wrong, what became of it and what to do next, in the
//! language of the interface. The command line says it in its own words ([`Problem`] displays itself), as what it
//! advises is typed, not clicked.

use super::evidence_text::unit_name;
use super::fault_text;
use super::intake::{Foreign, RemarkKind};
use super::settings::Language;
use super::strings::{FileCounted, FileText, Text};
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

/// What there is to say about a file as a whole, in whole sentences.
#[must_use]
pub fn say_remark(remark: &RemarkKind, language: Language) -> String {
    match remark {
        RemarkKind::UnknownType => language.text(Text::ImportUnknownType).to_owned(),
        RemarkKind::Unavailable(format) => {
            language.fill(Text::ImportUnavailable, &[("format", format.as_str())])
        }
        RemarkKind::Foreign(foreign) => language.text(say_foreign(*foreign)).to_owned(),
        RemarkKind::Binary => language.text(Text::ImportBinary).to_owned(),
        RemarkKind::Unreadable => language.text(Text::ImportUnreadable).to_owned(),
        RemarkKind::TooDeep => language.text(Text::ImportTooDeep).to_owned(),
        RemarkKind::BrokeOff(reason) => language.fill(Text::ImportBrokeOff, &[("reason", reason)]),
        RemarkKind::TooLarge(bytes, limit) => {
            let (size, limit) = (megabytes(*bytes), megabytes(*limit));
            language.fill(Text::ImportTooLarge, &[("size", &size), ("limit", &limit)])
        }
    }
}

fn say_foreign(foreign: Foreign) -> Text {
    match foreign {
        Foreign::Pdf => Text::ImportPdf,
        Foreign::OldOffice => Text::ImportOldOffice,
        Foreign::Rtf => Text::ImportRtf,
        Foreign::Spreadsheet => Text::ImportSpreadsheet,
        Foreign::Picture => Text::ImportPicture,
        Foreign::Archive => Text::ImportArchive,
    }
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

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / f64::from(1 << 20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::SpanId;
    use crate::formats::{DocBinFault, Encoding, Format, JsonFault, XmlFault};
    use crate::schema::LabelCode;

    /// The kind after a kind, so that all of them can be gone through: one that is added does not compile until it has
    /// its place here. Every value in them stands in what is said.
    fn next(kind: Option<&ProblemKind>) -> Option<ProblemKind> {
        use ProblemKind as Kind;
        let label = || LabelCode::new("LOC").unwrap();
        let Some(kind) = kind else {
            return Some(Kind::NotUtf8 { byte: 0xC7, column: 71, guess: None });
        };
        Some(match kind {
            Kind::NotUtf8 { .. } => Kind::Replaced { count: 71, encoding: Encoding::MacArabic },
            Kind::Replaced { .. } => Kind::ByteOrderMark,
            Kind::ByteOrderMark => Kind::NoRecords,
            Kind::NoRecords => Kind::NoArticle,
            Kind::NoArticle => Kind::JsonList,
            Kind::JsonList => Kind::Json { column: 71, fault: JsonFault::NoColon },
            Kind::Json { .. } => Kind::Truncated { column: 71 },
            Kind::Truncated { .. } => Kind::LoneSurrogate { column: 71 },
            Kind::LoneSurrogate { .. } => Kind::NotANumber { column: 71 },
            Kind::NotANumber { .. } => Kind::TooDeep { column: 71 },
            Kind::TooDeep { .. } => Kind::NumberRounded,
            Kind::NumberRounded => Kind::DuplicateKey,
            Kind::DuplicateKey => Kind::UnknownFormat { found: "misam/9".to_owned() },
            Kind::UnknownFormat { .. } => Kind::Missing,
            Kind::Missing => Kind::WrongType { expected: JsonType::Object, found: JsonType::List },
            Kind::WrongType { .. } => Kind::TextTooLong { bytes: 71 << 20, most: 64 << 20 },
            Kind::TextTooLong { .. } => Kind::LineTooLong { most: 71 << 20 },
            Kind::LineTooLong { .. } => Kind::EmptyText,
            Kind::EmptyText => Kind::Completed { missing: vec!["format", "status"] },
            Kind::Completed { .. } => Kind::Checksum,
            Kind::Checksum => Kind::DuplicateDocument { id: "x".to_owned(), now: "x-2".to_owned() },
            Kind::DuplicateDocument { .. } => {
                Kind::DuplicateSpan { id: SpanId::numbered(1), now: SpanId::numbered(2) }
            }
            Kind::DuplicateSpan { .. } => {
                Kind::UnknownWord { found: "x".to_owned(), allowed: vec!["new", "done"], now: "new" }
            }
            Kind::UnknownWord { .. } => Kind::BadLabel {
                found: "A B".to_owned(),
                reason: LabelCode::new("A B").unwrap_err(),
                now: LabelCode::new("A_B").ok(),
            },
            Kind::BadLabel { .. } => Kind::UnknownField,
            Kind::UnknownField => Kind::UnknownLabel { label: label(), schema: "x/1".to_owned() },
            Kind::UnknownLabel { .. } => Kind::BadOffset { found: "-1".to_owned() },
            Kind::BadOffset { .. } => Kind::OffsetForm { found: "5.0".to_owned() },
            Kind::OffsetForm { .. } => Kind::EmptySpan { start: 72, end: 71 },
            Kind::EmptySpan { .. } => Kind::OutsideText { end: 71, length: 43, unit: OffsetUnit::CodePoint },
            Kind::OutsideText { .. } => Kind::CutCharacter { start: 71, end: 72 },
            Kind::CutCharacter { .. } => Kind::CutGrapheme { start: true, end: false },
            Kind::CutGrapheme { .. } => {
                Kind::OffsetUnit { unit: OffsetUnit::Grapheme, expected: OffsetUnit::Byte }
            }
            Kind::OffsetUnit { .. } => Kind::InclusiveEnd,
            Kind::InclusiveEnd => Kind::Xml { fault: XmlFault::Cut },
            Kind::Xml { .. } => Kind::Malformed { expected: "x", found: "y".to_owned() },
            Kind::Malformed { .. } => Kind::NoPlace { found: "x".to_owned() },
            Kind::NoPlace { .. } => Kind::MissingFile { name: "a.txt".to_owned() },
            Kind::MissingFile { .. } => Kind::Archive { fault: ArchiveFault::Damaged },
            Kind::Archive { .. } => Kind::ArchiveMember { fault: ArchiveFault::Encrypted },
            Kind::ArchiveMember { .. } => {
                Kind::Surface { start: 71, end: 72, found: "x".to_owned(), stated: "y".to_owned() }
            }
            Kind::Surface { .. } => Kind::Moved { stated: "x".to_owned(), from: 71, to: 72 },
            Kind::Moved { .. } => Kind::BadFragments,
            Kind::BadFragments => Kind::Confidence { found: "1.5".to_owned() },
            Kind::Confidence { .. } => Kind::UnknownSpan { id: "s9".to_owned() },
            Kind::UnknownSpan { .. } => Kind::TagScheme { scheme: "bioes" },
            Kind::TagScheme { .. } => Kind::BadTag { found: "x".to_owned() },
            Kind::BadTag { .. } => Kind::TagOutOfPlace { found: "I-X".to_owned(), meant: "B-X".to_owned() },
            Kind::TagOutOfPlace { .. } => Kind::TextRebuilt,
            Kind::TextRebuilt => Kind::NotDocBin { fault: DocBinFault::NoText },
            Kind::NotDocBin { .. } => Kind::TooLongToKeep { bytes: 71, most: 43 },
            Kind::TooLongToKeep { .. } => Kind::TurnsDirection { sign: '\u{202E}' },
            Kind::TurnsDirection { .. } => Kind::TextDiffers,
            Kind::TextDiffers => Kind::UnclosedQuote,
            Kind::UnclosedQuote => Kind::LooseQuote,
            Kind::LooseQuote => Kind::ColumnNames { names: vec!["x1".to_owned(), "y2".to_owned()] },
            Kind::ColumnNames { .. } => Kind::BesideArticles,
            Kind::BesideArticles => Kind::OtherTexts { texts: 71 },
            Kind::OtherTexts { .. } => Kind::OutsideBody { part: OfficePart::Comments, count: 71 },
            Kind::OutsideBody { .. } => Kind::NotCanonical { difference: "x".to_owned() },
            Kind::NotCanonical { .. } => return None,
        })
    }

    fn every_kind() -> Vec<ProblemKind> {
        let kinds = std::iter::successors(next(None), |kind| next(Some(kind)));
        let bad_label = |found: &str| ProblemKind::BadLabel {
            found: found.to_owned(),
            reason: LabelCode::new(found).unwrap_err(),
            now: None,
        };
        let more = [
            ProblemKind::NotUtf8 { byte: 0xC7, column: 71, guess: Some(Encoding::Windows1256) },
            bad_label(""),
            bad_label(&"x".repeat(MAX_LABEL_CODE + 1)),
            ProblemKind::OutsideText { end: 71, length: 43, unit: OffsetUnit::Utf16 },
            ProblemKind::OutsideText { end: 71, length: 43, unit: OffsetUnit::Byte },
            ProblemKind::OutsideText { end: 71, length: 43, unit: OffsetUnit::Grapheme },
            ProblemKind::CutGrapheme { start: false, end: true },
            ProblemKind::CutGrapheme { start: true, end: true },
            ProblemKind::OutsideBody { part: OfficePart::Headers, count: 71 },
            ProblemKind::OutsideBody { part: OfficePart::Deleted, count: 71 },
        ];
        kinds.chain(more).collect()
    }

    fn problem(kind: ProblemKind, outcome: Outcome) -> Problem {
        Problem { file: "x.jsonl".into(), line: Some(7), field: String::new(), kind, outcome }
    }

    fn plain(said: &str) -> String {
        said.replace(['\u{2068}', '\u{2069}'], "")
    }

    fn is_arabic(text: &str) -> bool {
        text.contains(|c: char| ('\u{0621}'..='\u{064A}').contains(&c))
    }

    #[test]
    fn every_problem_is_said_in_both_languages_with_nothing_left_to_fill_in() {
        for kind in every_kind() {
            let problem = problem(kind, Outcome::Kept);
            let english = plain(&say(&problem, Language::English));
            let arabic = plain(&say(&problem, Language::Arabic));
            assert!(is_arabic(&arabic) && !is_arabic(&english), "{english}\n{arabic}");
            for said in [english, arabic] {
                assert!(!said.contains(['{', '}']) && !said.contains("  "), "{said}");
                assert!(said.ends_with('.'), "{said}");
            }
        }
    }

    #[test]
    fn a_text_of_nothing_is_not_said_to_be_kept_for_it_comes_in_only_by_a_tick() {
        let said = |outcome| say(&problem(ProblemKind::EmptyText, outcome), Language::English);
        assert!(said(Outcome::Kept).contains("only if you tick it") && !said(Outcome::Kept).contains("kept"));
        assert!(said(Outcome::RecordLeftOut).contains("left out"));
    }

    #[test]
    fn the_page_gives_advice_where_the_command_line_does() {
        for kind in every_kind() {
            assert_eq!(advice(&kind).is_some(), kind.advice().is_some(), "{kind}");
        }
    }

    #[test]
    fn every_number_and_word_of_a_problem_is_said_in_both_languages() {
        for kind in every_kind() {
            let values = kind.to_string();
            let values = values.split(|c: char| !c.is_alphanumeric()).filter(|word| {
                word.contains(|c: char| c.is_ascii_digit()) && !["UTF", "8", "64", "128"].contains(word)
            });
            for language in [Language::English, Language::Arabic] {
                let said = plain(&say(&problem(kind.clone(), Outcome::Kept), language));
                // Lengths in bytes are said in megabytes, places in a label counted from 1.
                if !matches!(kind, ProblemKind::TextTooLong { .. } | ProblemKind::BadLabel { .. }) {
                    for value in values.clone() {
                        assert!(said.contains(value), "{value} is not in: {said}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_problem_is_said_as_what_was_wrong_what_became_of_it_and_what_next() {
        let kind = ProblemKind::OutsideText { end: 90, length: 40, unit: OffsetUnit::CodePoint };
        let problem = problem(kind, Outcome::EntryLeftOut);
        assert_eq!(
            plain(&say(&problem, Language::English)),
            "The span ends at 90, but the text has 40 characters. This entry was left out, the rest of the record \
             kept. Check that the text is the one that was labelled, and that offsets count code points."
        );
        assert_eq!(
            plain(&say(&problem, Language::Arabic)),
            "ينتهي المقطع عند 90، وطول النص 40 محرفًا. تُرك هذا العنصر وأُبقيت بقية السجل. تأكد من أن النص هو الذي وُسم، \
             ومن أن المواضع تعدّ محارف يونيكود."
        );
    }

    #[test]
    fn every_outcome_is_said_in_both_languages() {
        for became in [
            Outcome::Kept,
            Outcome::Repaired,
            Outcome::FieldLeftOut,
            Outcome::EntryLeftOut,
            Outcome::RecordLeftOut,
            Outcome::MemberLeftOut,
            Outcome::RestLeftOut,
            Outcome::FileLeftOut,
        ] {
            assert!(is_arabic(Language::Arabic.text(outcome(became))));
            assert!(!is_arabic(Language::English.text(outcome(became))));
        }
    }

    #[test]
    fn every_remark_is_said_with_nothing_left_to_fill_in() {
        for remark in [
            RemarkKind::UnknownType,
            RemarkKind::Unavailable(Format::Tei),
            RemarkKind::Foreign(Foreign::Pdf),
            RemarkKind::Binary,
            RemarkKind::TooLarge(71 << 20, 64 << 20),
            RemarkKind::Unreadable,
            RemarkKind::TooDeep,
            RemarkKind::BrokeOff("x".to_owned()),
        ] {
            for language in [Language::English, Language::Arabic] {
                let said = say_remark(&remark, language);
                assert!(!said.contains(['{', '}']), "{said}");
            }
        }
    }
}
