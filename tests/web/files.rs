//! Chosen files come in byte for byte.

use js_sys::{Array, Uint8Array};
use misam::web::files::{FileError, ReadFile, read};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

fn file(name: &str, bytes: &[u8]) -> File {
    File::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)), name).unwrap()
}

#[wasm_bindgen_test]
async fn bytes_that_are_no_text_come_in_unchanged() {
    let bytes = [0xef, 0xbb, 0xbf, 0xc7, 0x00, 0xff];
    let read = read(&file("خبر.txt", &bytes), 6).await;
    assert_eq!(read, Ok(ReadFile { name: "خبر.txt".into(), bytes: bytes.into() }));
}

#[wasm_bindgen_test]
async fn a_file_over_the_limit_is_not_read() {
    let refused = read(&file("a.txt", &[1, 2, 3]), 2).await;
    assert_eq!(refused, Err(FileError::TooLong { name: "a.txt".into(), bytes: 3, limit: 2 }));
}
