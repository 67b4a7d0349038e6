//! The dataset on its way out: the page says what is to be saved ([`Request`]); beside it (`work`), [`write`] makes the
//! file and reads it back.

use serde::{Deserialize, Serialize};

use super::loss_text;
use super::settings::Language;
use super::state::State;
use super::strings::Text;
use crate::annotation::{Document, Status};
use crate::formats::archive::{self, ArchiveError};
use crate::formats::{
    self, Alignment, Counts, DocumentWriter, ExportError, ExportOptions, Format, Loss, Losses, MemoryOutput,
    Misfit, WriteOptions, prepare,
};
use crate::quality::adjudication::is_gold;
use crate::schema::{Localized, Schema};

/// Documents are weighed some at a time, so many bytes of text.
const WEIGHED_AT_ONCE: usize = 1 << 18;

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
    /// Those of the adjudicator.
    Gold,
}

/// What is to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which articles.
    pub scope: Scope,
    /// In which format.
    pub format: Format,
    /// Suggestions that nobody has confirmed, too.
    pub with_suggestions: bool,
    /// Of these only those that are in sight: the threshold of the settings, in percent.
    pub threshold: u8,
    /// What else is chosen about the file.
    pub options: WriteOptions,
}

/// What kind of file is to be made of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The format.
    pub format: Format,
    /// Suggestions that nobody has confirmed, too.
    pub with_suggestions: bool,
    /// Of these only those of which the extractor is at least so sure, in percent.
    pub threshold: u8,
    /// The file's name.
    pub name: String,
    /// What else is chosen about the file. The labels are those of the project's schema.
    #[serde(default)]
    pub options: WriteOptions,
    /// Only what would be in the file is wanted, not the file.
    pub only_summary: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            format: Format::Misam,
            with_suggestions: false,
            threshold: 0,
            name: String::new(),
            options: WriteOptions::default(),
            only_summary: false,
        }
    }
}

/// How much goes into a file and how much does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The documents in it.
    pub documents: usize,
    /// The spans in it.
    pub included: usize,
    /// Suggestions that are not in it, as nobody confirmed them.
    pub left_out: usize,
    /// What the format cannot hold, in both languages.
    pub losses: Vec<Localized>,
    /// The first of the spans that do not fit as they are, each where it stands and with what becomes of it.
    pub misfits: Vec<Misfit>,
    /// How many of them there are.
    pub misfit_count: usize,
    /// Spans in the file once they fit; pieces of one count each.
    pub after: usize,
}

/// A summary names at most so many misfits: nobody looks through more.
const MISFITS: usize = 200;

/// A file ready to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How much is in it and how much is not.
    pub summary: Summary,
    /// What is in it; empty if only the summary was asked for.
    pub file: Vec<u8>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The writer found a document that does not fit itself, or cannot write.
    #[error(transparent)]
    Write(#[from] ExportError),
    /// Several files could not be made one.
    #[error(transparent)]
    Pack(#[from] ArchiveError),
}

/// The formats that the page can save.
pub fn offered() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.is_written())
}

/// What a format is called on the page.
#[must_use]
pub fn format_name(format: Format, language: Language) -> &'static str {
    match format {
        Format::Misam => language.text(Text::FormatMisam),
        Format::Prodigy => language.text(Text::FormatProdigy),
        Format::Csv => language.text(Text::FormatCsv),
        Format::DocBin => language.text(Text::FormatDocbin),
        Format::Conll => language.text(Text::FormatConll),
        Format::Wojood => language.text(Text::FormatWojood),
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
        Format::Table => language.text(Text::FormatTable),
        Format::Json => language.text(Text::FormatJson),
        Format::Text => language.text(Text::FormatText),
        Format::Hf => "Hugging Face (JSONL, README)",
    }
}

/// The articles of a scope.
pub fn in_scope(state: &State, scope: Scope) -> impl Iterator<Item = &Document> {
    state.project.documents().filter(move |document| match scope {
        Scope::All => true,
        Scope::Done => document.status == Status::Done,
        Scope::Current => state.current.as_ref() == Some(&document.id),
        Scope::Gold => is_gold(document),
    })
}

/// How many articles of a scope go out as if there were nothing to label where a suggestion waits: suggestions in sight
/// have not been looked at, though they may be marked done. Those that are skipped wait for nobody.
#[must_use]
pub fn waiting(state: &State, scope: Scope) -> usize {
    let is_open = |document: &&Document| document.status != Status::Skipped;
    let waits = |document: &&Document| {
        document.spans.iter().any(|span| !span.origin.is_confirmed() && state.settings.shows(span))
    };
    in_scope(state, scope).filter(is_open).filter(waits).count()
}

/// The documents that go into a file.
#[must_use]
pub fn requested(state: &State, scope: Scope) -> Vec<Document> {
    in_scope(state, scope)
        .map(|document| Document { schema: Some(state.schema().id.as_str().into()), ..document.clone() })
        .collect()
}

impl Request {
    /// What kind of file it asks for, named after what is in it.
    #[must_use]
    pub fn order(&self) -> Order {
        let Self { scope, format, with_suggestions, threshold, ref options } = *self;
        let done = match scope {
            Scope::Done => "-done",
            Scope::Gold => "-adjudicated",
            Scope::All | Scope::Current => "",
        };
        let kind = if with_suggestions { "with-suggestions" } else { "gold" };
        let program = if format == Format::Misam { String::new() } else { format!("-{format}") };
        let extension = if is_saved_as_one_file(format) { format.extension() } else { "zip" };
        let name = format!("misam{done}-{kind}{program}.{extension}");
        Order { format, with_suggestions, threshold, name, options: options.clone(), ..Order::default() }
    }
}

impl Order {
    fn what(&self) -> ExportOptions {
        // The same rounding as in sight.
        let threshold = (f32::from(self.threshold) - 0.001) / 100.0;
        ExportOptions { with_suggestions: self.with_suggestions, threshold }
    }

    fn how(&self, schema: &Schema) -> WriteOptions {
        let labels = schema.labels.iter().map(|label| label.code.clone()).collect();
        WriteOptions { labels, ..self.options.clone() }
    }
}

/// False if what is saved is a zip file: of several files, or of one that is of no use without what belongs to it, as tasks
/// for Label Studio without its labelling configuration.
fn is_saved_as_one_file(format: Format) -> bool {
    format.is_written_as_one_file() && format != Format::LabelStudio
}

/// Writes documents. The file is read back before it is given out. What needs several files is one zip file.
///
/// # Errors
/// If this version does not write the format, a document cannot be written, or what the format can hold does not read back as it
/// was.
pub fn write(documents: &[Document], schema: &Schema, order: &Order) -> Result<Written, ExportFault> {
    let (format, what, how) = (order.format, order.what(), order.how(schema));
    let formats::Export { output, counts, alignment, losses } =
        formats::export(documents, format, what, &how)?;
    let file = if is_saved_as_one_file(format) {
        output.stream
    } else {
        let MemoryOutput { stream, mut files, companions } = output;
        if !stream.is_empty() {
            files.insert(format!("misam.{}", format.extension()), stream);
        }
        files.extend(companions);
        archive::pack(&files)?
    };
    Ok(Written { summary: Summary::of(&counts, alignment, &losses, schema), file })
}

/// Documents written one by one, only to see what the format cannot hold of them: some at a time, so that whoever asked can
/// think better of it.
pub struct Weighing {
    documents: std::vec::IntoIter<Document>,
    writer: Box<dyn DocumentWriter>,
    format: Format,
    what: ExportOptions,
    how: WriteOptions,
    counts: Counts,
    alignment: Alignment,
    losses: Losses,
}

impl Weighing {
    /// The beginning.
    ///
    /// # Errors
    /// If this version does not write the format.
    pub fn new(documents: Vec<Document>, schema: &Schema, order: &Order) -> Result<Self, ExportFault> {
        let how = order.how(schema);
        Ok(Self {
            documents: documents.into_iter(),
            writer: order.format.writer(&how).map_err(ExportError::from)?,
            format: order.format,
            what: order.what(),
            how,
            counts: Counts::default(),
            alignment: Alignment::default(),
            losses: Losses::default(),
        })
    }

    /// Weighs the next documents, up to some kilobytes of text. False if there are none left.
    pub fn step(&mut self) -> bool {
        let mut bytes = 0;
        while bytes < WEIGHED_AT_ONCE
            && let Some(document) = self.documents.next()
        {
            bytes += document.text.as_str().len();
            let Self { format, what, how, counts, alignment, losses, .. } = self;
            let prepared = prepare(&document, *format, *what, how, counts, alignment, losses);
            // What cannot be written is said when there is to be a file.
            let _ = self.writer.write(&prepared, &mut MemoryOutput::default(), &mut self.losses);
        }
        self.documents.len() > 0
    }

    /// What is to be said of all of them.
    #[must_use]
    pub fn summary(self, schema: &Schema) -> Summary {
        Summary::of(&self.counts, self.alignment, &self.losses, schema)
    }
}

impl Summary {
    fn of(counts: &Counts, alignment: Alignment, losses: &Losses, schema: &Schema) -> Self {
        let said = |(loss, count, _): (&Loss, usize, _)| {
            let [en, ar] = [Language::English, Language::Arabic]
                .map(|language| loss_text::say(loss, count, schema, language));
            Some(Localized::new(en?, ar?))
        };
        Self {
            documents: counts.documents,
            included: counts.included.values().sum(),
            left_out: counts.left_out.values().sum(),
            losses: losses.iter().filter_map(said).collect(),
            misfit_count: alignment.misfits.len(),
            after: alignment.after,
            misfits: alignment.misfits.into_iter().take(MISFITS).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annotation::{Change, Edit, EditKind, Origin, Rejection, Span, SpanId};
    use crate::app::Proposals;
    use crate::app::{Command, intake, update};
    use crate::formats::{Became, MisfitKind, Remedy};
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
        Request { scope, format, with_suggestions: false, threshold: 0, options: WriteOptions::default() }
    }

    /// The file of a request, as page and worker make it together.
    fn export(state: &State, request: &Request) -> Result<Written, ExportFault> {
        write(&requested(state, request.scope), state.schema(), &request.order())
    }

    fn summary(state: &State, request: &Request) -> Summary {
        let order = Order { only_summary: true, ..request.order() };
        let mut weighing = Weighing::new(requested(state, request.scope), state.schema(), &order).unwrap();
        while weighing.step() {}
        weighing.summary(state.schema())
    }

    #[test]
    fn every_format_on_offer_has_a_name_in_both_languages_and_can_be_saved() {
        let offered: Vec<_> = offered().collect();
        assert!(offered.contains(&Format::Misam) && offered.contains(&Format::Brat), "{offered:?}");
        for format in offered {
            for language in [Language::English, Language::Arabic] {
                assert_ne!(format_name(format, language), format.as_str());
            }
            for scope in [Scope::All, Scope::Done, Scope::Current] {
                let request = request(format, scope);
                let export = export(&state(), &request).unwrap();
                assert_eq!(export.summary, summary(&state(), &request), "what was shown is what was done");
            }
        }
    }

    #[test]
    fn a_file_is_named_after_what_is_in_it() {
        let name = |format, scope| request(format, scope).order().name;
        assert_eq!(name(Format::Misam, Scope::All), "misam-gold.jsonl");
        assert_eq!(name(Format::Prodigy, Scope::Done), "misam-done-gold-prodigy.jsonl");
        assert_eq!(name(Format::Brat, Scope::All), "misam-gold-brat.zip");
    }

    #[test]
    fn tasks_for_label_studio_bring_their_labelling_configuration() {
        let request = request(Format::LabelStudio, Scope::All);
        assert_eq!(request.order().name, "misam-gold-label-studio.zip");
        let files = archive::unpack(&export(&state(), &request).unwrap().file).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["label-studio.xml", "misam.json"]);
    }

    #[test]
    fn what_a_format_cannot_hold_is_counted_before_it_is_saved() {
        let summary = |format| summary(&state(), &request(format, Scope::All));
        let misam = summary(Format::Misam);
        assert_eq!((misam.documents, misam.included, misam.left_out), (2, 1, 1));
        assert_eq!(misam.losses, []);
        let losses = summary(Format::Prodigy).losses;
        assert_eq!(losses.len(), 2, "{losses:?}");
        assert!(
            losses[0].en.contains("rejected suggestions") && losses[0].ar.contains("الاقتراحات"),
            "{losses:?}"
        );
    }

    #[test]
    fn articles_with_suggestions_nobody_has_looked_at_are_counted_also_if_they_are_done() {
        let mut state = state();
        assert_eq!((waiting(&state, Scope::All), waiting(&state, Scope::Done)), (1, 1));
        let id = in_scope(&state, Scope::Done).next().unwrap().id.clone();
        let mut set = |before, after| {
            let change = Change::Status { before, after };
            state.project.commit(Edit::of(EditKind::Status, &id, [change])).unwrap();
            (waiting(&state, Scope::All), waiting(&state, Scope::Done))
        };
        assert_eq!(set(Status::Done, Status::Skipped), (0, 0), "nobody is going to look at them");
        assert_eq!(set(Status::Skipped, Status::InProgress), (1, 0));
        let spans = &state.project.document(&id).unwrap().spans;
        let before = Arc::clone(spans.get(&SpanId::numbered(2)).unwrap());
        let after = Arc::new(Span { confidence: Some(0.5), ..(*before).clone() });
        let doubtful = Change::Replace { before, after };
        state.project.commit(Edit::of(EditKind::Label, &id, [doubtful])).unwrap();
        state.settings.threshold = 99;
        assert_eq!(waiting(&state, Scope::All), 0, "what is out of sight waits for nobody");
    }

    #[test]
    fn what_does_not_fit_is_shown_where_it_stands_and_is_done_about_as_chosen() {
        let mut state = State::default();
        let mut document = intake::article("", "زار وبغداد أمس".to_owned());
        let start = document.text.as_str().find("بغداد").unwrap();
        let place = (start..start + "بغداد".len()).into();
        let span = Span::new(SpanId::numbered(1), place, LabelCode::new("LOC").unwrap(), Origin::Manual);
        document.spans = [span].into_iter().collect();
        update(&mut state, Command::Add(vec![document]), 0);
        let with = |remedy: Remedy| {
            let mut request = request(Format::Conll, Scope::All);
            request.options.alignment.set(MisfitKind::InsideWord, remedy).unwrap();
            summary(&state, &request)
        };
        let widened = with(Remedy::Widen);
        let misfit = &widened.misfits[0];
        assert_eq!((&*misfit.before, &*misfit.surface, &*misfit.after), ("زار و", "بغداد", " أمس"));
        assert_eq!(misfit.became, Became::Text { text: "وبغداد".to_owned() });
        assert_eq!((widened.misfit_count, widened.after), (1, 1));
        assert_eq!(with(Remedy::Split).misfits[0].became, Became::Same);
        assert_eq!(with(Remedy::Drop).after, 0);
    }

    #[test]
    fn gold_documents_can_be_saved_alone() {
        let mut state = state();
        let mut gold = intake::article("", "زار بغداد وعدن".to_owned());
        gold.annotator = Some(crate::quality::adjudication::GOLD.into());
        update(&mut state, Command::WriteGold(vec![gold]), 1);
        let request = request(Format::Misam, Scope::Gold);
        assert_eq!(request.order().name, "misam-adjudicated-gold.jsonl");
        assert_eq!(summary(&state, &request).documents, 1);
    }

    #[test]
    fn what_needs_several_files_is_one_zip_file_that_reads_back() {
        let written = export(&state(), &request(Format::Brat, Scope::All)).unwrap();
        let (documents, account) =
            intake::read_file("brat.zip", &written.file, &Arc::default(), intake::Choices::default());
        assert_eq!((documents.len(), account.refused), (2, 0));
        assert_eq!(documents.iter().map(|document| document.spans.len()).sum::<usize>(), 1);
        assert!(matches!(
            export(&state(), &request(Format::DocBin, Scope::All)),
            Err(ExportFault::Write(ExportError::Unavailable(_))) | Ok(_)
        ));
    }

    #[test]
    fn suggestions_out_of_sight_stay_out_and_are_counted() {
        let mut state = state();
        let id = state.current.clone().unwrap();
        let document = state.project.document(&id).unwrap();
        let place = document.spans.iter().find(|span| span.origin == Origin::Suggested).unwrap().range;
        let suggestion = |confidence| crate::extract::Suggestion {
            range: place,
            label: LabelCode::new("LOC").unwrap(),
            confidence,
            alternative: None,
            reason: "a rule".to_owned(),
            normalized: None,
        };
        for (confidence, in_file) in [(0.5, 2), (0.49, 1)] {
            let suggestions = vec![suggestion(confidence)];
            let proposals = Proposals::whole("test/1", suggestions);
            update(&mut state, Command::Suggested(id.clone(), proposals), 0);
            let request =
                Request { with_suggestions: true, threshold: 50, ..request(Format::Misam, Scope::All) };
            let summary = export(&state, &request).unwrap().summary;
            assert_eq!((summary.included, summary.left_out), (in_file, 2 - in_file), "{confidence}");
        }
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
        export(&state, &request(Format::Misam, Scope::All)).unwrap();
    }
}
