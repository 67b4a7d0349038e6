//! The page's side of the worker. On the other side stands a script that answers as told, breaks down as told, or is
//! not there at all.

use std::sync::Arc;

use js_sys::{Array, Promise};
use misam::annotation::{Document, DocumentId};
use misam::app::ModelFault;
use misam::app::export::{Order, Summary};
use misam::app::intake::{Choices, FileEntry};
use misam::text::SourceText;
use misam::web::worker::{Analyst, News};
use misam::work::{Answer, Documents, JobId, VERSION};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::stage::Heard;

/// Answers every text with nothing found, except `wait`, which it sits on, and `break`, over which it breaks down.
const OBEDIENT: &str = r#"
const answer = (note, ...cargo) => postMessage([JSON.stringify(note), ...cargo.map((bytes) => [Uint32Array.of(bytes.length), bytes, []]).flat()]);
onmessage = ({ data: [note, lengths, bytes, files] }) => {
  const { Extract, Read, Write, LoadModel, Cancel } = JSON.parse(note);
  // A text comes as its bytes.
  const text = bytes && new TextDecoder().decode(bytes);
  if (Cancel) answer({ Cancelled: { job: Cancel.job } });
  else if (LoadModel) answer({ ModelFailed: { job: LoadModel.job, fault: "Missing" } });
  else if (text === "break") throw new Error("broken");
  else if (Read) files[0].text().then((message) => answer({ Failed: { job: Read.job, message } }));
  else if (Write) answer({ Written: { job: Write.job, summary: { documents: 1, included: 0, left_out: 0, losses: [], misfits: [], misfit_count: 0, after: 0 } } }, bytes);
  else if (text !== "wait") answer({ Suggestions: { job: Extract.job, source: "script/1", items: [], until: 0, is_last: true } });
};
answer({ Ready: { version: VERSION } });
"#;

fn script(version: &str, body: &str) -> String {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of2(&format!("const VERSION = {version:?};").into(), &body.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap();
    Url::create_object_url_with_blob(&blob).unwrap()
}

fn analyst(address: String) -> (Analyst, Heard<News>) {
    let heard = Heard::new();
    let analyst = Analyst::spawn(address, {
        let heard = heard.clone();
        move |news| heard.hear(news)
    });
    (analyst, heard)
}

fn extract(analyst: &Analyst, text: &str) -> JobId {
    analyst.extract(&SourceText::from(text))
}

fn done(job: JobId) -> News {
    News::Answer(Answer::Suggestions {
        job,
        source: "script/1".into(),
        items: Vec::new(),
        until: 0.into(),
        is_last: true,
    })
}

fn failed(job: JobId) -> impl Fn(&News) -> bool {
    move |news| matches!(news, News::Answer(Answer::Failed { job: other, .. }) if *other == job)
}

/// The jobs that ended, in the order in which they did.
fn ended(heard: &Heard<News>) -> Vec<JobId> {
    let of = |news| match news {
        News::Answer(answer) => answer.ended(),
        News::Outdated { .. } | News::Unavailable { .. } => None,
    };
    heard.all().into_iter().filter_map(of).collect()
}

#[wasm_bindgen_test]
async fn jobs_given_before_the_worker_is_ready_are_done() {
    let (analyst, heard) = analyst(script(VERSION, OBEDIENT));
    let job = extract(&analyst, "خبر");
    heard.wait_for(|news| *news == done(job)).await;
    let ready = Answer::Ready { version: VERSION.into() };
    assert_eq!(heard.all(), [News::Answer(ready), done(job)]);
}

#[wasm_bindgen_test]
async fn after_a_breakdown_its_job_has_failed_and_the_others_are_done_by_another_worker() {
    let (analyst, heard) = analyst(script(VERSION, OBEDIENT));
    let [first, bad, next] = ["أ", "break", "ب"].map(|text| extract(&analyst, text));
    heard.wait_for(|news| *news == done(next)).await;
    assert!(heard.all().iter().any(failed(bad)));
    assert!(heard.all().contains(&done(first)));
    let after = extract(&analyst, "ج");
    heard.wait_for(|news| *news == done(after)).await;
    assert_eq!(ended(&heard).len(), 4, "each job ends once");
}

/// Breaks down over the first text it is given, and says which one it is at; answers other texts, and never a file.
const FRANK: &str = r#"
const answer = (note) => postMessage([JSON.stringify(note)]);
const FIRST = 2;
onmessage = ({ data: [note] }) => {
  const { Extract } = JSON.parse(note);
  if (!Extract) return;
  answer({ At: { job: Extract.job } });
  if (Extract.job === FIRST) throw new Error("broken");
  answer({ Suggestions: { job: Extract.job, source: "script/1", items: [], until: 0, is_last: true } });
};
answer({ Ready: { version: VERSION } });
"#;

#[wasm_bindgen_test]
async fn what_the_worker_says_it_is_at_is_to_blame_and_not_a_file_that_waits() {
    let (analyst, heard) = analyst(script(VERSION, FRANK));
    let entry = FileEntry { name: "خبر.txt".into(), bytes: 6 };
    let blob = Blob::new_with_str_sequence(&Array::of1(&"خبر".into())).unwrap();
    let read = analyst.read(vec![(entry, blob)], Choices::default(), Arc::default());
    let [bad, next] = ["أ", "ب"].map(|text| extract(&analyst, text));
    heard.wait_for(|news| *news == done(next)).await;
    assert!(heard.all().iter().any(failed(bad)));
    assert!(!heard.all().iter().any(failed(read)), "it had no part in it");
    let is_word_of_place = |news: &News| matches!(news, News::Answer(Answer::At { .. }));
    assert!(!heard.all().iter().any(is_word_of_place), "nobody else needs to know");
}

#[wasm_bindgen_test]
async fn jobs_can_be_given_up_before_and_after_they_were_sent() {
    let (analyst, heard) = analyst(script(VERSION, OBEDIENT));
    let unsent = extract(&analyst, "wait");
    analyst.cancel(unsent);
    assert_eq!(heard.all(), [], "whoever gives a job up is in the middle of something");
    heard.wait_for(|news| *news == News::Answer(Answer::Cancelled { job: unsent })).await;
    let ready = |news: &News| matches!(news, News::Answer(Answer::Ready { .. }));
    heard.wait_for(ready).await;
    let sent = extract(&analyst, "wait");
    analyst.cancel(sent);
    analyst.cancel(sent);
    heard.wait_for(|news| *news == News::Answer(Answer::Cancelled { job: sent })).await;
    assert_eq!(ended(&heard), [unsent, sent]);
}

#[wasm_bindgen_test]
async fn the_model_is_a_job_that_ends_like_any_other() {
    let (analyst, heard) = analyst(script(VERSION, OBEDIENT));
    let job = analyst.load_model();
    heard
        .wait_for(|news| *news == News::Answer(Answer::ModelFailed { job, fault: ModelFault::Missing }))
        .await;
    assert_eq!(ended(&heard), [job]);
}

#[wasm_bindgen_test]
async fn a_worker_of_another_build_is_not_given_any_work() {
    let (analyst, heard) = analyst(script("0.0.0", OBEDIENT));
    let job = extract(&analyst, "خبر");
    heard.wait_for(|news| *news == News::Outdated { worker: "0.0.0".into() }).await;
    heard.wait_for(failed(job)).await;
    let later = extract(&analyst, "خبر");
    assert_eq!(ended(&heard), [job], "the answer does not come before the caller has the job's name");
    heard.wait_for(failed(later)).await;
}

#[wasm_bindgen_test]
async fn a_worker_that_cannot_start_is_given_up() {
    for address in [script(VERSION, "throw new Error('no')"), "./there-is-no-such-script.js".into()] {
        let (analyst, heard) = analyst(address);
        let job = extract(&analyst, "خبر");
        heard.wait_for(|news| matches!(news, News::Unavailable { .. })).await;
        assert_eq!(ended(&heard), [job]);
    }
}

#[wasm_bindgen_test]
async fn files_and_documents_cross_as_their_bytes() {
    let (analyst, heard) = analyst(script(VERSION, OBEDIENT));
    let entry = FileEntry { name: "خبر.txt".into(), bytes: 11 };
    let blob = Blob::new_with_str_sequence(&Array::of1(&"زار 😊".into())).unwrap();
    let read = analyst.read(vec![(entry, blob)], Choices::default(), Arc::default());
    let failed = News::Answer(Answer::Failed { job: read, message: "زار 😊".into() });
    heard.wait_for(|news| *news == failed).await;
    let document = Document::new(DocumentId::new("a"), "خبر");
    let job = analyst.write(Order::default(), Arc::default(), Documents::new([&document]));
    let summary = Summary { documents: 1, ..Summary::default() };
    let written = News::Answer(Answer::Written { job, summary, file: "خبر".as_bytes().to_vec() });
    heard.wait_for(|news| *news == written).await;
}

/// Sits on texts until it is asked for a file, of which it says how many texts it has; from then on it answers.
const LAZY: &str = r#"
let texts = [];
const answer = (note) => postMessage([JSON.stringify(note)]);
const found = (job) => answer({ Suggestions: { job, source: "script/1", items: [], until: 0, is_last: true } });
onmessage = ({ data: [note] }) => {
  const { Extract, Write } = JSON.parse(note);
  if (Write) {
    answer({ Failed: { job: Write.job, message: `${texts.length}` } });
    texts.forEach(found);
    texts = null;
  } else if (texts) texts.push(Extract.job);
  else found(Extract.job);
};
answer({ Ready: { version: VERSION } });
"#;

#[wasm_bindgen_test]
async fn the_worker_gets_some_texts_at_a_time_and_all_of_them_in_order() {
    let (analyst, heard) = analyst(script(VERSION, LAZY));
    let ready = |news: &News| matches!(news, News::Answer(Answer::Ready { .. }));
    let before: Vec<_> = (0..20).map(|_| extract(&analyst, "خبر")).collect();
    heard.wait_for(ready).await;
    let after: Vec<_> = (0..80).map(|_| extract(&analyst, "خبر")).collect();
    let given_up = after[70];
    analyst.cancel(given_up);
    assert_eq!(ended(&heard), [], "whoever gives a job up is in the middle of something");
    let now = JsFuture::from(Promise::resolve(&JsValue::NULL));
    now.await.unwrap();
    assert_eq!(ended(&heard), [given_up], "the worker has never heard of it");
    let write = analyst.write(Order::default(), Arc::default(), Documents::default());
    let last = *after.last().unwrap();
    heard.wait_for(|news| *news == done(last)).await;
    let failed = News::Answer(Answer::Failed { job: write, message: "32".into() });
    assert!(heard.all().contains(&failed), "a file has not to wait until all texts are there");
    let texts: Vec<_> = before.into_iter().chain(after).filter(|job| *job != given_up).collect();
    assert_eq!(ended(&heard)[2..], texts);
}

#[wasm_bindgen_test]
async fn a_worker_that_was_given_up_gets_another_chance_when_somebody_waits_for_a_file() {
    let (analyst, heard) = analyst("./there-is-no-such-script.js".into());
    let gone = |news: &News| matches!(news, News::Unavailable { .. });
    heard.wait_for(gone).await;
    let job = analyst.write(Order::default(), Arc::default(), Documents::default());
    heard.wait_for(failed(job)).await;
    assert_eq!(heard.all().into_iter().filter(gone).count(), 2, "it was tried once more, and said");
}
