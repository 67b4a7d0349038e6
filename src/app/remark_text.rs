//! What is said about a file as a whole, in the language of the interface.

use super::intake::{Foreign, RemarkKind};
use super::problem_text::megabytes;
use super::settings::Language;
use super::strings::Text;

/// What there is to say about a file as a whole, in whole sentences.
pub(super) fn say_remark(remark: &RemarkKind, language: Language) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Format;

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
