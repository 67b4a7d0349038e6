use super::*;
use crate::annotation::SpanId;
use crate::formats::{DocBinFault, Encoding, JsonFault, XmlFault};
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
