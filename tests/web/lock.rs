//! One tab at a time: claims within one page are told apart like those of two.

use misam::web::lock::{Claim, claim, wait};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::Heard;

/// Claims, holds what it gets, and tells `granted`, `taken` or `unsupported`.
async fn claimed(name: &str) -> (&'static str, Option<misam::web::lock::ProjectLock>) {
    let heard = Heard::new();
    let slot = std::rc::Rc::new(std::cell::RefCell::new(None));
    claim(name, {
        let (heard, slot) = (heard.clone(), std::rc::Rc::clone(&slot));
        move |claim| match claim {
            Claim::Granted(lock) => {
                slot.replace(Some(lock));
                heard.hear("granted");
            }
            Claim::Taken => heard.hear("taken"),
            Claim::Unsupported => heard.hear("unsupported"),
        }
    });
    let answer = heard.wait_for(|_| true).await;
    (answer, slot.take())
}

#[wasm_bindgen_test]
async fn the_second_claim_is_refused_and_gets_its_turn_when_the_first_goes() {
    let name = "misam-test-turns";
    let (answer, first) = claimed(name).await;
    assert_eq!(answer, "granted");
    assert_eq!(claimed(name).await.0, "taken");
    let heard = Heard::new();
    wait(name, {
        let heard = heard.clone();
        move |lock| {
            heard.hear("my turn");
            drop(lock);
        }
    });
    gloo::timers::future::sleep(std::time::Duration::from_millis(50)).await;
    assert!(heard.all().is_empty(), "the first still works");
    drop(first);
    heard.wait_for(|_| true).await;
    assert_eq!(claimed(name).await.0, "granted", "a lock given back at once is free");
}

#[wasm_bindgen_test]
async fn different_projects_do_not_wait_for_each_other() {
    let (a, _held) = claimed("misam-test-a").await;
    let (b, _held_too) = claimed("misam-test-b").await;
    assert_eq!([a, b], ["granted", "granted"]);
}
