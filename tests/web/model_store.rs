//! The model's way to the worker: from the server, from what the browser keeps, and what is said when it does not come.

use std::cell::{Cell, RefCell};

use js_sys::Array;
use misam::app::ModelFault;
use misam::web::model_store::bring;
use misam::work::ModelFile;
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, Url};

/// An address at which these bytes can be had until it is revoked.
fn served(bytes: &[u8]) -> String {
    let parts = Array::of1(&js_sys::Uint8Array::from(bytes));
    Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(&parts).unwrap()).unwrap()
}

/// Takes these bytes only, with their right hash.
fn only(wanted: &[u8]) -> impl Fn(&[u8], &[u8; 32]) -> Result<usize, ModelFault> {
    let file = ModelFile::of(wanted, &Sha256::digest(wanted).into());
    move |bytes, sha256| {
        if ModelFile::of(bytes, sha256) == file { Ok(bytes.len()) } else { Err(ModelFault::Damaged) }
    }
}

#[wasm_bindgen_test]
async fn the_file_comes_whole_and_its_way_is_told() {
    let bytes: Vec<u8> = (0..300_000u32).map(|n| (n.wrapping_mul(n) >> 3) as u8).collect();
    let told = RefCell::new(Vec::new());
    let came = bring(&served(&bytes), bytes.len(), only(&bytes), |came| told.borrow_mut().push(came)).await;
    assert_eq!(came, Ok(bytes.len()));
    let told = told.into_inner();
    assert!(told.is_sorted_by(|a, b| a < b) && told.last() == Some(&bytes.len()), "{told:?}");
}

#[wasm_bindgen_test]
async fn a_file_that_is_longer_or_other_than_it_should_be_is_refused() {
    let tries = Cell::new(0);
    let learn = |bytes: &[u8], sha256: &[u8; 32]| {
        tries.set(tries.get() + 1);
        only(b"right")(bytes, sha256)
    };
    assert_eq!(bring(&served(b"wrong"), 5, learn, |_| {}).await, Err(ModelFault::Damaged));
    assert_eq!(tries.get(), 2, "what a cache may have spoilt is asked for once more");
    assert_eq!(bring(&served(b"right and more"), 5, only(b"right"), |_| {}).await, Err(ModelFault::Damaged));
}

#[wasm_bindgen_test]
async fn a_file_that_is_not_there_is_told_from_a_server_that_is_not() {
    let fault = async |address: &str| bring(address, 5, only(b"right"), |_| {}).await.unwrap_err();
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
    assert_eq!(bring("./kept-model?v=2", 5, only(b"right"), |_| {}).await, Ok(5));
    put("./kept-model?v=2", b"wrong").await;
    assert_eq!(bring("./kept-model?v=2", 5, only(b"right"), |_| {}).await, Err(ModelFault::Missing));

    // The test page's own script is a file that is there at any version.
    let page = "./?v=2";
    put("./?v=1", b"old").await;
    put("./other?v=1", b"other").await;
    let length = bring(page, 1 << 24, |bytes, _| Ok(bytes.len()), |_| {}).await.unwrap();
    assert!(length > 0);
    assert!(kept(page).await && !kept("./?v=1").await && kept("./other?v=1").await);
}
