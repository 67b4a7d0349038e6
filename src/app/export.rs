//! The dataset on its way out.

use std::sync::Arc;

use super::settings::Language;
use super::state::State;
use super::strings::Text;
use crate::annotation::{Document, Rejection, Status};
use crate::formats::{
    self, Counts, ExportError, ExportOptions, Format, ImportError, Loss, Losses, MemoryOutput, ReadOptions,
    import, select,
};

/// Which articles go into a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// Those marked done.
    Done,
    /// The one on the screen.
    Current,
}

/// What is to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which articles.
    pub scope: Scope,
    /// In which format.
    pub format: Format,
    /// What of them.
    pub options: ExportOptions,
}

/// How much goes into a file and how much does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Documents and spans.
    pub counts: Counts,
    /// What the format cannot hold.
    pub losses: Losses,
}

/// A file ready to be saved.
#[derive(Clone, Debug)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// How much is in it and how much is not.
    pub balance: Balance,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The writer found a document that does not fit itself, or cannot write.
    #[error(transparent)]
    Write(#[from] ExportError),
    /// What was written cannot be read back.
    #[error(transparent)]
    Read(#[from] ImportError),
    /// The format is not one file.
    #[error("{0} is a file for every article, not one file")]
    NeedsSeveralFiles(Format),
    /// What was written does not read back as it was.
    #[error("the record of article {0} does not read back as it was written")]
    Differs(Arc<str>),
}

/// The formats that the page can save.
pub fn offered() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.is_written_as_one_file())
}

/// What a format is called on the page.
#[must_use]
pub fn format_name(format: Format, language: Language) -> &'static str {
    match format {
        Format::Misam => language.text(Text::FormatMisam),
        Format::Prodigy => language.text(Text::FormatProdigy),
        other => other.as_str(),
    }
}

/// The articles of a scope.
pub fn in_scope(state: &State, scope: Scope) -> impl Iterator<Item = &Document> {
    state.project.documents().filter(move |document| match scope {
        Scope::All => true,
        Scope::Done => document.status == Status::Done,
        Scope::Current => state.current.as_ref() == Some(&document.id),
    })
}

/// How much would go into a file and how much would not.
#[must_use]
pub fn balance(state: &State, request: Request) -> Balance {
    let mut balance = Balance::default();
    let mut writer = request.format.writer().ok();
    for document in in_scope(state, request.scope) {
        let selected = select(document, request.options, &mut balance.counts, &mut balance.losses);
        if let Some(writer) = &mut writer {
            // Only the losses are wanted. What cannot be written is said when there is to be a file.
            let _ = writer.write(&selected, &mut MemoryOutput::default(), &mut balance.losses);
        }
    }
    balance
}

/// Writes the dataset, and reads it back before it is given out.
///
/// # Errors
/// If the format is not one file, a document cannot be written, or what the format can hold does not read back as it
/// was.
pub fn export(state: &State, request: Request) -> Result<Export, ExportFault> {
    let Request { scope, format, options } = request;
    if format.writer().is_ok() && !format.is_written_as_one_file() {
        return Err(ExportFault::NeedsSeveralFiles(format));
    }
    let documents = in_scope(state, scope)
        .map(|document| Document { schema: Some(state.schema.id.as_str().into()), ..document.clone() });
    let formats::Export { output, counts, losses } = formats::export(documents, format, options)?;
    let export =
        Export { name: request.file_name(), bytes: output.stream, balance: Balance { counts, losses } };
    check(state, request, &export)?;
    Ok(export)
}

impl Request {
    fn file_name(self) -> String {
        let done = if self.scope == Scope::Done { "-done" } else { "" };
        let kind = if self.options.with_suggestions { "with-suggestions" } else { "gold" };
        let program = if self.format == Format::Misam { String::new() } else { format!("-{}", self.format) };
        let extension = self.format.extensions().first().copied().unwrap_or("txt");
        format!("misam{done}-{kind}{program}.{extension}")
    }
}

/// Reads a file back: all that the losses do not name must be there.
fn check(state: &State, request: Request, export: &Export) -> Result<(), ExportFault> {
    let options =
        ReadOptions { schema: Some((*state.schema).clone()), ..ReadOptions::for_file(export.name.as_str()) };
    let mut read = import(&export.bytes, Some(request.format), &options)?.documents.into_iter();
    let lost = |path: &str| {
        export.balance.losses.iter().any(|(loss, ..)| matches!(loss, Loss::Field { field } if *field == path))
    };
    let [status, rejected, relations, events] = ["status", "rejected", "relations", "events"].map(lost);
    for document in in_scope(state, request.scope) {
        let written = select(document, request.options, &mut Counts::default(), &mut Losses::default());
        let same = read.next().is_some_and(|read| {
            (&read.id, &read.text, &read.spans, &read.meta)
                == (&written.id, &written.text, &written.spans, &written.meta)
                && (status || read.status == written.status)
                && (rejected || in_file_order(&read.rejected) == in_file_order(&written.rejected))
                && (relations || read.relations == written.relations)
                && (events || read.events == written.events)
        });
        if !same {
            return Err(ExportFault::Differs(document.id.as_str().into()));
        }
    }
    Ok(())
}

/// Rejections in one order: a document has them as they were made, a file by where they are.
fn in_file_order(rejections: &[Rejection]) -> Vec<&Rejection> {
    let mut sorted: Vec<_> = rejections.iter().collect();
    sorted.sort_by_key(|rejection| {
        (rejection.range.start, rejection.range.end, &rejection.label, &rejection.source)
    });
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId};
    use crate::app::{Command, intake, update};
    use crate::schema::LabelCode;

    /// Two articles: one done, with a span, a suggestion and a rejected one; one that somebody has begun.
    fn state() -> State {
        let mut state = State::default();
        let label = LabelCode::new("LOC").unwrap();
        let mut done = intake::article("", "زار بغداد وعدن".to_owned());
        let place = |surface: &str| {
            let start = done.text.as_str().find(surface).unwrap();
            (start..start + surface.len()).into()
        };
        done.spans = [
            Span::new(SpanId::numbered(1), place("بغداد"), label.clone(), Origin::Manual),
            Span::new(SpanId::numbered(2), place("عدن"), label.clone(), Origin::Suggested),
        ]
        .into_iter()
        .collect();
        done.rejected = vec![Rejection { range: place("زار"), label, source: None }];
        done.status = Status::Done;
        let mut begun = intake::article("", "خبر".to_owned());
        begun.status = Status::InProgress;
        update(&mut state, Command::Add(vec![done, begun]), 0);
        state
    }

    fn request(format: Format, scope: Scope) -> Request {
        Request { scope, format, options: ExportOptions::default() }
    }

    #[test]
    fn every_format_on_offer_has_a_name_in_both_languages_and_can_be_saved() {
        let offered: Vec<_> = offered().collect();
        assert_eq!(offered, [Format::Misam, Format::Prodigy]);
        for format in offered {
            for language in [Language::English, Language::Arabic] {
                assert_ne!(format_name(format, language), format.as_str());
            }
            for scope in [Scope::All, Scope::Done, Scope::Current] {
                let request = request(format, scope);
                let export = export(&state(), request).unwrap();
                assert_eq!(export.balance, balance(&state(), request), "what was shown is what was done");
            }
        }
    }

    #[test]
    fn a_file_is_named_after_what_is_in_it() {
        let name = |format, scope| export(&state(), request(format, scope)).unwrap().name;
        assert_eq!(name(Format::Misam, Scope::All), "misam-gold.jsonl");
        assert_eq!(name(Format::Prodigy, Scope::Done), "misam-done-gold-prodigy.jsonl");
    }

    #[test]
    fn what_a_format_cannot_hold_is_counted_before_it_is_saved() {
        let losses = |format| {
            let balance = balance(&state(), request(format, Scope::All));
            assert_eq!((balance.counts.documents, balance.counts.included["LOC"]), (2, 1));
            let losses: Vec<_> =
                balance.losses.iter().map(|(loss, count, _)| (loss.clone(), count)).collect();
            losses
        };
        let suggestion = || (Loss::Suggestion { label: LabelCode::new("LOC").unwrap() }, 1);
        let field = |field| (Loss::Field { field }, 1);
        assert_eq!(losses(Format::Misam), [suggestion()]);
        assert_eq!(losses(Format::Prodigy), [suggestion(), field("rejected"), field("status")]);
    }

    #[test]
    fn formats_that_are_no_single_file_are_refused() {
        let fault = |format| export(&state(), request(format, Scope::All)).unwrap_err();
        assert!(matches!(fault(Format::Text), ExportFault::NeedsSeveralFiles(Format::Text)));
        assert!(matches!(fault(Format::Tei), ExportFault::Write(ExportError::Unavailable(_))));
    }

    #[test]
    fn rejections_may_be_made_in_any_order() {
        let mut document = intake::article("", "زار بغداد".to_owned());
        let reject = |range: std::ops::Range<usize>| Rejection {
            range: range.into(),
            label: LabelCode::new("LOC").unwrap(),
            source: None,
        };
        document.rejected = vec![reject(7..17), reject(0..6)];
        let mut state = State::default();
        update(&mut state, Command::Add(vec![document]), 0);
        export(&state, request(Format::Misam, Scope::All)).unwrap();
    }

    #[test]
    fn a_file_that_does_not_read_back_is_not_given_out() {
        let (state, request) = (state(), request(Format::Misam, Scope::All));
        let mut export = export(&state, request).unwrap();
        assert!(check(&state, request, &export).is_ok());
        let first = export.bytes.iter().position(|&byte| byte == b'\n').unwrap();
        export.bytes.truncate(first);
        assert!(matches!(check(&state, request, &export), Err(ExportFault::Differs(_))));
    }
}
