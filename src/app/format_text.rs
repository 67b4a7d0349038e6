//! What formats are called on the page.

use super::settings::Language;
use super::strings::ReviewText;
use crate::formats::Format;

/// What a format is called on the page.
#[must_use]
pub fn format_name(format: Format, language: Language) -> &'static str {
    match format {
        Format::Misam => language.text(ReviewText::FormatMisam),
        Format::Prodigy => language.text(ReviewText::FormatProdigy),
        Format::Csv => language.text(ReviewText::FormatCsv),
        Format::DocBin => language.text(ReviewText::FormatDocbin),
        Format::Conll => language.text(ReviewText::FormatConll),
        Format::Wojood => language.text(ReviewText::FormatWojood),
        // Names of programs are the same in every language.
        Format::LabelStudio => "Label Studio (JSON)",
        Format::Doccano => "doccano (JSONL)",
        Format::Brat => "brat (.txt, .ann)",
        Format::WebannoTsv => "WebAnno TSV 3.3 (INCEpTION)",
        Format::CasJson => "UIMA CAS JSON",
        Format::Xmi => "UIMA XMI",
        Format::Bdoc => "GATE bdoc",
        Format::W3c => "W3C Web Annotation",
        Format::Tei => "TEI P5",
        Format::PubAnnotation => "PubAnnotation",
        Format::Html => "HTML",
        Format::Markdown => "Markdown",
        Format::Docx => "Word (.docx)",
        Format::Odt => "LibreOffice (.odt)",
        Format::Feed => "RSS / Atom",
        Format::Table => language.text(ReviewText::FormatTable),
        Format::Json => language.text(ReviewText::FormatJson),
        Format::Text => language.text(ReviewText::FormatText),
        Format::Hf => "Hugging Face (JSONL, README)",
    }
}
