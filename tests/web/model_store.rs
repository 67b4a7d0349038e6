//! The model's way to the worker: from the server, from what the browser keeps, and what is said when it does not come.

use std::cell::{Cell, RefCell};

use js_sys::Array;
use misam::app::ModelFault;
use misam::web::model_store::bring;
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, Url};

/// An address at which these bytes can be had until it is revoked.
fn served(bytes: &[u8]) -> String {
    let parts = Array::of1(&js_sys::Uint8Array::from(bytes));
    Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(&parts).unwrap()).unwrap()
}

/// Brings the file of these bytes only, by their hash; what is made of it is its length.
async fn only(wanted: &[u8], address: &str, on_progress: impl Fn(usize)) -> Result<usize, ModelFault> {
    let hash: [u8; 32] = Sha256::digest(wanted).into();
    let prove =
        |learnt, sha256: &[u8; 32]| if *sha256 == hash { Ok(learnt) } else { Err(ModelFault::Damaged) };
    bring(address, wanted.len(), |bytes: Vec<u8>| bytes.len(), prove, on_progress).await
}

#[wasm_bindgen_test]
async fn the_file_comes_whole_and_its_way_is_told() {
    let bytes: Vec<u8> = (0..300_000u32).map(|n| (n.wrapping_mul(n) >> 3) as u8).collect();
    let told = RefCell::new(Vec::new());
    let came = only(&bytes, &served(&bytes), |came| told.borrow_mut().push(came)).await;
    assert_eq!(came, Ok(bytes.len()));
    let told = told.into_inner();
    assert!(told.is_sorted_by(|a, b| a < b) && told.last() == Some(&bytes.len()), "{told:?}");
}

#[wasm_bindgen_test]
async fn a_file_that_is_longer_or_other_than_it_should_be_is_refused() {
    let tries = Cell::new(0);
    let refuse = |(), _: &[u8; 32]| {
        tries.set(tries.get() + 1);
        Err::<(), _>(ModelFault::Damaged)
    };
    assert_eq!(bring(&served(b"wrong"), 5, |_| (), refuse, |_| {}).await, Err(ModelFault::Damaged));
    assert_eq!(tries.get(), 2, "what a cache may have spoilt is asked for once more");
    assert_eq!(only(b"right", &served(b"wrong"), |_| {}).await, Err(ModelFault::Damaged));
    assert_eq!(only(b"right", &served(b"right and more"), |_| {}).await, Err(ModelFault::Damaged));
}

#[wasm_bindgen_test]
async fn a_file_that_is_not_there_is_told_from_a_server_that_is_not() {
    let fault = async |address: &str| only(b"right", address, |_| {}).await.unwrap_err();
    assert_eq!(fault("./there-is-no-such-model?v=1").await, ModelFault::Missing);
    let gone = served(b"right");
    Url::revoke_object_url(&gone).unwrap();
    assert_eq!(fault(&gone).await, ModelFault::Unreachable);
}

#[wasm_bindgen_test]
async fn what_is_kept_is_used_unless_it_is_damaged_and_older_files_are_forgotten() {
    let caches = web_sys::window().unwrap().caches().unwrap();
    let cache: web_sys::Cache = JsFuture::from(caches.open("misam-model")).await.unwrap().into();
    let put = async |address: &str, bytes: &[u8]| {
        let bytes = js_sys::Uint8Array::from(bytes);
        let response = web_sys::Response::new_with_opt_js_u8_array(Some(&bytes)).unwrap();
        JsFuture::from(cache.put_with_str(address, &response)).await.unwrap();
    };
    let kept =
        async |address: &str| !JsFuture::from(cache.match_with_str(address)).await.unwrap().is_undefined();
    // The server has no such file: it can come from the cache only.
    put("./kept-model?v=2", b"right").await;
    assert_eq!(only(b"right", "./kept-model?v=2", |_| {}).await, Ok(5));
    put("./kept-model?v=2", b"wrong").await;
    assert_eq!(only(b"right", "./kept-model?v=2", |_| {}).await, Err(ModelFault::Missing));

    // The test page's own script is a file that is there at any version.
    let page = "./?v=2";
    put("./?v=1", b"old").await;
    put("./other?v=1", b"other").await;
    let length =
        bring(page, 1 << 24, |bytes: Vec<u8>| bytes.len(), |length, _| Ok(length), |_| {}).await.unwrap();
    assert!(length > 0);
    assert!(kept(page).await && !kept("./?v=1").await && kept("./other?v=1").await);
}
