//! How much the browser lets the page keep, and for how long.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// Room taken and room there is, in bytes, as the browser estimates it for the whole site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Bytes taken.
    pub used: f64,
    /// Bytes there are altogether.
    pub quota: f64,
}

/// Asks the browser not to clear the project when the disk runs short. False if it does not promise that: it decides
/// by itself or asks the annotator, so this is best called after the first import.
pub async fn ask_to_persist() -> bool {
    let Some(Ok(asked)) = manager().map(|manager| manager.persist()) else { return false };
    JsFuture::from(asked).await.is_ok_and(|granted| granted.is_truthy())
}

/// True if the browser has promised to keep what is stored.
pub async fn is_persisted() -> bool {
    let Some(Ok(asked)) = manager().map(|manager| manager.persisted()) else { return false };
    JsFuture::from(asked).await.is_ok_and(|granted| granted.is_truthy())
}

/// The browser's estimate; `None` if it gives none.
pub async fn estimate() -> Option<Room> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    Some(Room { used: estimate.get_usage()?, quota: estimate.get_quota()? })
}

/// `None` outside secure contexts, where the interface is missing although its type says otherwise.
fn manager() -> Option<StorageManager> {
    let manager = web_sys::window()?.navigator().storage();
    manager.is_object().then_some(manager)
}
