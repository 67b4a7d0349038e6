//! Why a file cannot be taken apart, in the language of the interface: the end of a sentence that says what it is.

use super::settings::Language;
use super::strings::FileText;
use crate::formats::{ArchiveFault, DocBinFault, JsonFault, XmlFault};

/// What is wrong where a text stops being JSON.
pub(super) const fn json(fault: JsonFault) -> FileText {
    match fault {
        JsonFault::NoValue => FileText::JsonNoValue,
        JsonFault::NoColon => FileText::JsonNoColon,
        JsonFault::InList => FileText::JsonInList,
        JsonFault::InObject => FileText::JsonInObject,
        JsonFault::LooseComma => FileText::JsonLooseComma,
        JsonFault::NoKey => FileText::JsonNoKey,
        JsonFault::Escape => FileText::JsonEscape,
        JsonFault::Control => FileText::JsonControl,
        JsonFault::Number => FileText::JsonNumberForm,
        JsonFault::Range => FileText::JsonRange,
        JsonFault::Behind => FileText::JsonBehind,
        JsonFault::Other => FileText::JsonOther,
    }
}

/// What is wrong where a text stops being XML.
pub(super) fn xml(fault: &XmlFault, language: Language) -> String {
    let text = |text| language.text(text).to_owned();
    match fault {
        XmlFault::NotClosed => text(FileText::XmlNotClosed),
        XmlFault::NothingOpen { found } => language.fill(FileText::XmlNothingOpen, &[("found", found)]),
        XmlFault::WrongEnd { open, found } => {
            language.fill(FileText::XmlWrongEnd, &[("open", open), ("found", found)])
        }
        XmlFault::Attribute => text(FileText::XmlAttribute),
        XmlFault::Twice => text(FileText::XmlTwice),
        XmlFault::Entity { name } => language.fill(FileText::XmlEntity, &[("name", name)]),
        XmlFault::Reference => text(FileText::XmlReference),
        XmlFault::TooDeep { most } => language.fill(FileText::XmlTooDeep, &[("most", &most.to_string())]),
        XmlFault::Cut => text(FileText::XmlCut),
        XmlFault::Other => text(FileText::XmlOther),
    }
}

/// Why a zip archive cannot be unpacked.
pub(super) fn archive(fault: &ArchiveFault, language: Language) -> String {
    let text = |text| language.text(text).to_owned();
    match fault {
        ArchiveFault::TooLarge { files, megabytes } => {
            let (files, megabytes) = (files.to_string(), megabytes.to_string());
            language.fill(FileText::ArchiveTooLarge, &[("files", &files), ("megabytes", &megabytes)])
        }
        ArchiveFault::PartTooLarge { megabytes } => {
            language.fill(FileText::ArchivePartTooLarge, &[("megabytes", &megabytes.to_string())])
        }
        ArchiveFault::Outside { name } => language.fill(FileText::ArchiveOutside, &[("name", name)]),
        ArchiveFault::Encrypted => text(FileText::ArchiveEncrypted),
        ArchiveFault::Method => text(FileText::ArchiveMethod),
        ArchiveFault::File { name } => language.fill(FileText::ArchiveFile, &[("name", name)]),
        ArchiveFault::Damaged => text(FileText::ArchiveDamaged),
    }
}

/// Why a file is no `DocBin`.
pub(super) fn docbin(fault: DocBinFault, language: Language) -> String {
    let text = |text| language.text(text).to_owned();
    match fault {
        DocBinFault::NotZlib => text(FileText::DocBinNotZlib),
        DocBinFault::NotMessagePack => text(FileText::DocBinNotMessagePack),
        DocBinFault::Missing { field } => language.fill(FileText::DocBinMissing, &[("field", field)]),
        DocBinFault::NoText => text(FileText::DocBinNoText),
        DocBinFault::Count => text(FileText::DocBinCount),
        DocBinFault::Token => text(FileText::DocBinToken),
        DocBinFault::Group => text(FileText::DocBinGroup),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_arabic(text: &str) -> bool {
        text.contains(|c: char| ('\u{0621}'..='\u{064A}').contains(&c))
    }

    #[test]
    fn every_fault_is_said_in_both_languages_with_its_names_and_numbers() {
        let name = || "Name7".to_owned();
        let xml_faults = [
            XmlFault::NotClosed,
            XmlFault::NothingOpen { found: name() },
            XmlFault::WrongEnd { open: name(), found: name() },
            XmlFault::Attribute,
            XmlFault::Twice,
            XmlFault::Entity { name: name() },
            XmlFault::Reference,
            XmlFault::TooDeep { most: 71 },
            XmlFault::Cut,
            XmlFault::Other,
        ];
        let archive_faults = [
            ArchiveFault::TooLarge { files: 71, megabytes: 72 },
            ArchiveFault::PartTooLarge { megabytes: 71 },
            ArchiveFault::Outside { name: name() },
            ArchiveFault::Encrypted,
            ArchiveFault::Method,
            ArchiveFault::File { name: name() },
            ArchiveFault::Damaged,
        ];
        let docbin_faults = [
            DocBinFault::NotZlib,
            DocBinFault::NotMessagePack,
            DocBinFault::Missing { field: "Name7" },
            DocBinFault::NoText,
            DocBinFault::Count,
            DocBinFault::Token,
            DocBinFault::Group,
        ];
        for language in [Language::English, Language::Arabic] {
            let said = xml_faults.iter().map(|fault| (fault.to_string(), xml(fault, language)));
            let said =
                said.chain(archive_faults.iter().map(|fault| (fault.to_string(), archive(fault, language))));
            let said =
                said.chain(docbin_faults.iter().map(|fault| (fault.to_string(), docbin(*fault, language))));
            let said = said.chain(
                JsonFault::ALL
                    .iter()
                    .map(|fault| (fault.to_string(), language.text(json(*fault)).to_owned())),
            );
            for (plain, said) in said {
                assert_eq!(is_arabic(&said), language == Language::Arabic, "{said}");
                assert!(!said.contains(['{', '}']), "{said}");
                for value in ["Name7", "71", "72"] {
                    assert_eq!(said.contains(value), plain.contains(value), "{said} | {plain}");
                }
            }
        }
    }
}
