//! Long work in small pieces.

use gloo::timers::future::TimeoutFuture;

/// Lets the browser draw and listen before work goes on.
pub async fn next_turn() {
    TimeoutFuture::new(0).await;
}
