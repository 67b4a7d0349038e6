//! The page's side of the worker. On the other side stands a script that answers as told, breaks down as told, or is
//! not there at all.

use js_sys::Array;
use misam::text::SourceText;
use misam::web::worker::{Analyst, News};
use misam::work::{Answer, JobId, VERSION};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::stage::Heard;

/// Answers every text with nothing found, except `wait`, which it sits on, and `break`, over which it breaks down.
const OBEDIENT: &str = r#"
onmessage = ({ data: { Extract, Cancel } }) => {
  // A text comes as its bytes.
  const text = Extract && new TextDecoder().decode(Uint8Array.from(Extract.text));
  if (Cancel) postMessage({ Cancelled: { job: Cancel.job } });
  else if (text === "break") throw new Error("broken");
  else if (text !== "wait") postMessage({ Suggestions: { job: Extract.job, items: [], is_last: true } });
};
postMessage({ Ready: { version: VERSION, source: "script/1" } });
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
    News::Answer(Answer::Suggestions { job, items: Vec::new(), is_last: true })
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
    let ready = Answer::Ready { version: VERSION.into(), source: "script/1".into() };
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

#[wasm_bindgen_test]
async fn jobs_can_be_given_up_before_and_after_they_were_sent() {
    let (analyst, heard) = analyst(script(VERSION, OBEDIENT));
    let unsent = extract(&analyst, "wait");
    analyst.cancel(unsent);
    assert_eq!(heard.all(), [News::Answer(Answer::Cancelled { job: unsent })]);
    let ready = |news: &News| matches!(news, News::Answer(Answer::Ready { .. }));
    heard.wait_for(ready).await;
    let sent = extract(&analyst, "wait");
    analyst.cancel(sent);
    analyst.cancel(sent);
    heard.wait_for(|news| *news == News::Answer(Answer::Cancelled { job: sent })).await;
    assert_eq!(ended(&heard), [unsent, sent]);
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
