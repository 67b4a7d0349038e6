//! Long work in small pieces.

use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

/// A tab that nobody sees draws no pictures; this long one is waited for.
const UNSEEN_MS: i32 = 100;

/// Lets the browser draw and listen before work goes on.
pub async fn next_turn() {
    TimeoutFuture::new(0).await;
}

/// Lets the browser draw what there is before something is done that would put that off.
pub async fn next_picture() {
    let drawn = Promise::new(&mut |resolve: Function, _| {
        if let Some(window) = web_sys::window() {
            // Refused by none that has a window; the other one answers then.
            let _ = window.request_animation_frame(&resolve);
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, UNSEEN_MS);
        } else {
            let _ = resolve.call0(&resolve);
        }
    });
    let _ = JsFuture::from(drawn).await;
    // The picture follows what is done before it.
    next_turn().await;
}
