//! Answers that come later, and those that nobody gives any more.

use misam::web::reply;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn an_answer_reaches_who_waits_for_it() {
    let (promised, answer) = reply::pair::<Result<u8, String>>();
    spawn_local(async move { promised.give(Ok(7)) });
    assert_eq!(answer.await, Ok(7));
}

#[wasm_bindgen_test]
async fn who_promised_and_went_away_leaves_nobody_waiting() {
    let (promised, answer) = reply::pair::<Result<u8, String>>();
    spawn_local(async move { drop(promised) });
    assert!(answer.await.is_err());
}
