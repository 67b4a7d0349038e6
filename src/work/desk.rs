//! Works through jobs one after the other, a few milliseconds at a time, so that whoever drives it can listen in
//! between.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Answer, Documents, Job, JobId, VERSION};
use crate::annotation::Document;
use crate::app::intake::{self, Note};
use crate::app::{ModelFault, export};
use crate::extract::{Extractor, Progress, Session, Suggestion};
use crate::formats::Encoding;
use crate::schema::Schema;
use crate::text::SourceText;

/// At most so many suggestions go into one answer: the page takes it in between two frames.
const SUGGESTIONS_PER_ANSWER: usize = 500;

/// An answer takes no further document once the texts in it have this many bytes.
const TEXT_PER_ANSWER: usize = 1 << 20;

/// A job tells its progress at most so often.
const PROGRESS_REPORTS: u64 = 50;

/// What the desk needs for its work and cannot make itself.
pub struct Equipment {
    /// Turns bytes in an encoding other than UTF-8 into text, where the platform can.
    pub decode: fn(&[u8], Encoding) -> Option<String>,
}

/// Jobs, the one under way and those that wait.
pub struct Desk<'a> {
    equipment: &'a Equipment,
    extractor: &'a dyn Extractor,
    /// Files, for which somebody waits. They come before everything else.
    files: Lane<'a>,
    texts: Lane<'a>,
}

/// Jobs that are done one after the other.
#[derive(Default)]
struct Lane<'a> {
    waiting: VecDeque<(JobId, Task)>,
    current: Option<Current<'a>>,
}

/// What to do after a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// There is more to do.
    Continue(Option<Answer>),
    /// Nothing is left to do until the next job.
    Rest,
}

/// What a job asks for.
enum Task {
    Extract(SourceText),
    Read { name: String, schema: Arc<Schema>, bytes: Arc<[u8]> },
    Write { order: export::Order, schema: Arc<Schema>, documents: Documents },
}

struct Current<'a> {
    job: JobId,
    stage: Stage<'a>,
}

enum Stage<'a> {
    Looking { source: &'a str, session: Box<dyn Session + 'a>, reported: u64 },
    Answering { source: &'a str, left: VecDeque<Suggestion> },
    HandingOver { documents: VecDeque<Document>, notes: Vec<Note> },
}

impl<'a> Desk<'a> {
    /// A desk without jobs.
    #[must_use]
    pub fn new(equipment: &'a Equipment, extractor: &'a dyn Extractor) -> Self {
        Self { equipment, extractor, files: Lane::default(), texts: Lane::default() }
    }

    /// Has texts read by another extractor from now on. The one under way is finished by the one that began it.
    pub fn use_extractor(&mut self, extractor: &'a dyn Extractor) {
        self.extractor = extractor;
    }

    /// The first answer, to be sent before any job comes in.
    #[must_use]
    pub fn ready(&self) -> Answer {
        Answer::Ready { version: VERSION.into() }
    }

    /// Takes a job in. None of the work is done yet.
    ///
    /// A desk has no way to a model: whoever drives it brings one and calls [`Self::use_extractor`].
    pub fn take(&mut self, job: Job) -> Option<Answer> {
        let (lane, job, task) = match job {
            Job::Extract { job, text } => (&mut self.texts, job, Task::Extract(text)),
            Job::Read { job, name, schema, bytes } => {
                (&mut self.files, job, Task::Read { name, schema, bytes })
            }
            Job::Write { job, order, schema, documents } => {
                (&mut self.files, job, Task::Write { order, schema, documents })
            }
            Job::LoadModel { job } => return Some(Answer::ModelFailed { job, fault: ModelFault::Missing }),
            Job::Cancel { job } => {
                let was_there = self.files.drop_job(job) || self.texts.drop_job(job);
                return was_there.then_some(Answer::Cancelled { job });
            }
        };
        lane.waiting.push_back((job, task));
        None
    }

    /// Does the next few milliseconds' work; a file is read or written in one turn.
    pub fn turn(&mut self) -> Next {
        let lane = if self.files.is_empty() { &mut self.texts } else { &mut self.files };
        lane.turn(self.equipment, self.extractor)
    }
}

impl<'a> Lane<'a> {
    fn is_empty(&self) -> bool {
        self.current.is_none() && self.waiting.is_empty()
    }

    fn turn(&mut self, equipment: &'a Equipment, extractor: &'a dyn Extractor) -> Next {
        let (job, (answer, stage)) = if let Some(Current { job, stage }) = self.current.take() {
            (job, go_on(job, stage))
        } else if let Some((job, task)) = self.waiting.pop_front() {
            (job, begin(equipment, extractor, job, task))
        } else {
            return Next::Rest;
        };
        self.current = stage.map(|stage| Current { job, stage });
        Next::Continue(answer)
    }

    fn drop_job(&mut self, job: JobId) -> bool {
        if self.current.as_ref().is_some_and(|current| current.job == job) {
            self.current = None;
            return true;
        }
        let before = self.waiting.len();
        self.waiting.retain(|(waiting, _)| *waiting != job);
        self.waiting.len() < before
    }
}

/// An answer, and what there is left to do.
type Step<'a> = (Option<Answer>, Option<Stage<'a>>);

fn begin<'a>(equipment: &Equipment, extractor: &'a dyn Extractor, job: JobId, task: Task) -> Step<'a> {
    match task {
        Task::Extract(text) => {
            let (source, session) = (extractor.source(), extractor.begin(&text));
            (None, Some(Stage::Looking { source, session, reported: 0 }))
        }
        Task::Read { name, schema, bytes } => {
            let read = intake::read_file(&name, &bytes, &schema, equipment.decode);
            let notes = read.notes(&name);
            (None, Some(Stage::HandingOver { documents: read.documents.into(), notes }))
        }
        Task::Write { order, schema, documents } => (Some(write(&schema, job, &order, documents)), None),
    }
}

fn go_on(job: JobId, stage: Stage<'_>) -> Step<'_> {
    match stage {
        Stage::Looking { source, session, reported } => look(job, source, session, reported),
        Stage::Answering { source, left } => answer(job, source, left),
        Stage::HandingOver { documents, notes } => hand_over(job, documents, notes),
    }
}

fn write(schema: &Schema, job: JobId, order: &export::Order, documents: Documents) -> Answer {
    let written = documents.into_documents().map_err(|error| error.to_string());
    match written
        .and_then(|documents| export::write(&documents, schema, order).map_err(|error| error.to_string()))
    {
        Ok(export::Written { summary, file }) => Answer::Written { job, summary, file },
        Err(message) => Answer::Failed { job, message },
    }
}

fn hand_over<'a>(job: JobId, mut documents: VecDeque<Document>, notes: Vec<Note>) -> Step<'a> {
    let mut part = Vec::new();
    let mut bytes = 0;
    while bytes < TEXT_PER_ANSWER
        && let Some(document) = documents.pop_front()
    {
        bytes += document.text.as_str().len();
        part.push(document);
    }
    let part = Documents::new(&part);
    if documents.is_empty() {
        (Some(Answer::Read { job, documents: part, notes, is_last: true }), None)
    } else {
        let answer = Answer::Read { job, documents: part, notes: Vec::new(), is_last: false };
        (Some(answer), Some(Stage::HandingOver { documents, notes }))
    }
}

fn look<'a>(job: JobId, source: &'a str, mut session: Box<dyn Session + 'a>, reported: u64) -> Step<'a> {
    let progress = session.step();
    if progress.is_complete() {
        return (None, Some(Stage::Answering { source, left: session.finish().into() }));
    }
    let Progress { done, total } = progress;
    let reach = done.saturating_mul(PROGRESS_REPORTS) / total.max(1);
    let answer = (reach > reported).then_some(Answer::Progress { job, done, total });
    (answer, Some(Stage::Looking { source, session, reported: reach }))
}

fn answer(job: JobId, source: &str, mut left: VecDeque<Suggestion>) -> Step<'_> {
    let items = left.drain(..left.len().min(SUGGESTIONS_PER_ANSWER)).collect();
    let is_last = left.is_empty();
    let answer = Answer::Suggestions { job, source: source.into(), items, is_last };
    (Some(answer), (!is_last).then_some(Stage::Answering { source, left }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId};
    use crate::extract::RuleExtractor;
    use crate::extract::tagger::{Model, TaggedExtractor};
    use crate::formats::Format;
    use crate::schema::LabelCode;
    use crate::text::ByteRange;

    /// Suggests every letter, one step a letter.
    struct Letters;

    struct LetterSession {
        text: SourceText,
        done: u64,
    }

    impl Extractor for Letters {
        fn source(&self) -> &str {
            "letters/1"
        }

        fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
            Box::new(LetterSession { text: text.clone(), done: 0 })
        }
    }

    impl Session for LetterSession {
        fn step(&mut self) -> Progress {
            let total = self.text.as_str().len() as u64;
            self.done = (self.done + 1).min(total);
            Progress { done: self.done, total }
        }

        fn finish(self: Box<Self>) -> Vec<Suggestion> {
            let label = LabelCode::new("LOC").unwrap();
            let suggestion = |range: ByteRange| Suggestion {
                range,
                label: label.clone(),
                confidence: 0.5,
                alternative: None,
                reason: "a letter".into(),
                normalized: None,
            };
            (0..self.text.as_str().len()).map(|at| suggestion((at..at + 1).into())).collect()
        }
    }

    fn equipment() -> Equipment {
        Equipment { decode: |_, _| None }
    }

    fn job(number: u32) -> JobId {
        (0..number).fold(JobId::default(), |job, _| job.next())
    }

    fn extract(number: u32, length: usize) -> Job {
        Job::Extract { job: job(number), text: "x".repeat(length).into() }
    }

    /// All answers until the desk rests.
    fn answers(desk: &mut Desk) -> Vec<Answer> {
        let mut answers = Vec::new();
        while let Next::Continue(answer) = desk.turn() {
            answers.extend(answer);
        }
        answers
    }

    fn ends(answers: &[Answer]) -> Vec<JobId> {
        answers.iter().filter_map(Answer::ended).collect()
    }

    #[test]
    fn a_desk_says_who_it_is() {
        let ready = Answer::Ready { version: VERSION.into() };
        assert_eq!(Desk::new(&equipment(), &Letters).ready(), ready);
    }

    #[test]
    fn jobs_are_done_in_order_and_each_ends_once() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        for (number, length) in [(1, 3), (2, 0), (3, 5)] {
            assert_eq!(desk.take(extract(number, length)), None);
        }
        assert_eq!(ends(&answers(&mut desk)), [job(1), job(2), job(3)]);
        assert_eq!(desk.turn(), Next::Rest);
    }

    #[test]
    fn a_long_answer_comes_in_parts_that_make_up_the_whole() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let length = 2 * SUGGESTIONS_PER_ANSWER + 1;
        desk.take(extract(1, length));
        let parts: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Suggestions { items, is_last, .. } => Some((items, is_last)),
                _ => None,
            })
            .collect();
        assert_eq!(parts.iter().map(|(_, is_last)| *is_last).collect::<Vec<_>>(), [false, false, true]);
        let starts: Vec<_> =
            parts.iter().flat_map(|(items, _)| items).map(|s| s.range.start.to_usize()).collect();
        assert_eq!(starts, (0..length).collect::<Vec<_>>());
    }

    #[test]
    fn progress_rises_and_is_not_told_more_often_than_needed() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, 10_000));
        let told: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Progress { done, total: 10_000, .. } => Some(done),
                _ => None,
            })
            .collect();
        assert!(told.is_sorted_by(|a, b| a < b));
        assert!((10..=PROGRESS_REPORTS as usize).contains(&told.len()), "{}", told.len());
    }

    #[test]
    fn a_job_under_way_is_given_up_between_two_turns_and_the_next_one_goes_on() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, 1_000));
        desk.take(extract(2, 1));
        for _ in 0..10 {
            desk.turn();
        }
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), Some(Answer::Cancelled { job: job(1) }));
        assert_eq!(ends(&answers(&mut desk)), [job(2)]);
    }

    #[test]
    fn a_job_that_waits_or_is_half_answered_can_be_given_up_too_but_not_one_that_is_done() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, SUGGESTIONS_PER_ANSWER + 1));
        desk.take(extract(2, 1));
        assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
        while !matches!(desk.turn(), Next::Continue(Some(Answer::Suggestions { is_last: false, .. }))) {}
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), Some(Answer::Cancelled { job: job(1) }));
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), None);
        assert_eq!(desk.turn(), Next::Rest);
    }

    fn read(number: u32, name: &str, bytes: &[u8]) -> Job {
        Job::Read { job: job(number), name: name.into(), schema: Arc::default(), bytes: bytes.into() }
    }

    #[test]
    fn a_file_is_read_into_documents_that_come_in_parts_and_what_was_wrong_comes_with_the_last() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let long = "x".repeat(TEXT_PER_ANSWER);
        let file =
            format!("{{\"id\":\"a\",\"text\":\"{long}\"}}\n{{\"id\":\n{{\"id\":\"b\",\"text\":\"خبر\"}}\n");
        desk.take(read(1, "news.jsonl", file.as_bytes()));
        let parts: Vec<_> = answers(&mut desk)
            .into_iter()
            .map(|answer| match answer {
                Answer::Read { documents, notes, is_last, .. } => {
                    let ids = documents.into_documents().unwrap().into_iter();
                    (ids.map(|document| document.id.to_string()).collect::<Vec<_>>(), notes.len(), is_last)
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(parts.iter().map(|(ids, ..)| ids.join(",")).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((parts[0].1, parts[0].2), (0, false));
        assert!(parts[1].1 > 0 && parts[1].2);
    }

    /// [`Letters`] that have learnt more.
    struct Learnt;

    impl Extractor for Learnt {
        fn source(&self) -> &str {
            "learnt/1"
        }

        fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
            Letters.begin(text)
        }
    }

    #[test]
    fn another_extractor_reads_what_has_not_been_begun() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, SUGGESTIONS_PER_ANSWER + 1));
        desk.take(extract(2, 1));
        desk.turn();
        desk.use_extractor(&Learnt);
        let sources: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Suggestions { job, source, .. } => Some((job, source)),
                _ => None,
            })
            .collect();
        let expected = [(1, "letters/1"), (1, "letters/1"), (2, "learnt/1")];
        assert_eq!(sources, expected.map(|(number, source)| (job(number), source.to_owned())));
    }

    #[test]
    fn rules_and_model_tell_their_progress_to_the_end_and_can_be_stopped_anywhere() {
        let rules = RuleExtractor::embedded().unwrap();
        let extractor = TaggedExtractor::new(rules, Model::default());
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &extractor);
        let text: SourceText = "وصل وفد إلى بغداد أمس.\n".repeat(3_000).into();
        desk.take(Job::Extract { job: job(1), text: text.clone() });
        let told: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Progress { done, total, .. } => Some(done * 100 / total),
                _ => None,
            })
            .collect();
        assert!(told.is_sorted() && told.len() > 5 && told.last() > Some(&66), "{told:?}");
        for turns in [1, 5, told.len()] {
            desk.take(Job::Extract { job: job(2), text: text.clone() });
            for _ in 0..turns {
                desk.turn();
            }
            assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
            assert_eq!(desk.turn(), Next::Rest);
        }
    }

    #[test]
    fn a_desk_alone_has_no_model() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let answer = Answer::ModelFailed { job: job(1), fault: ModelFault::Missing };
        assert_eq!(desk.take(Job::LoadModel { job: job(1) }), Some(answer));
    }

    #[test]
    fn files_do_not_wait_until_texts_have_been_looked_at() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, 1_000));
        desk.take(extract(2, 1));
        for _ in 0..10 {
            desk.turn();
        }
        desk.take(read(3, "a.txt", "خبر".as_bytes()));
        assert_eq!(ends(&answers(&mut desk)), [job(3), job(1), job(2)]);
    }

    #[test]
    fn a_file_of_nothing_ends_its_job_too() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(read(1, "photo.png", b"\x89PNG\0"));
        assert_eq!(ends(&answers(&mut desk)), [job(1)]);
    }

    #[test]
    fn documents_are_written_into_a_file_or_it_is_said_why_not() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let document = intake::article("", "زار بغداد".to_owned());
        let mut broken = document.clone();
        let label = crate::schema::LabelCode::new("LOC").unwrap();
        let outside = Span::new(SpanId::numbered(1), (7..99).into(), label, Origin::Manual);
        broken.spans = [outside].into_iter().collect();
        let write = |number, document| Job::Write {
            job: job(number),
            order: export::Order { format: Format::Misam, ..export::Order::default() },
            schema: Arc::default(),
            documents: Documents::new([document]),
        };
        desk.take(write(1, &document));
        desk.take(write(2, &broken));
        match &answers(&mut desk)[..] {
            [Answer::Written { summary, file, .. }, Answer::Failed { message, .. }] => {
                assert_eq!(summary.documents, 1);
                assert!(String::from_utf8_lossy(file).contains("زار بغداد"));
                assert!(message.contains("7 to 99"), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }
}
