//! Annotators that were loaded beside the project stay with it: they are in its storage, apart from its articles.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::ReviewText;
use crate::project::{ANNOTATORS, StoredAnnotator};
use crate::quality::agreement::Annotations;
use crate::ui::model::Model;
use crate::web::store::Store;

/// Keeps the annotators as they are now.
pub(super) fn keep(model: Model) {
    let stored: Vec<_> = model.annotators.with_untracked(|all| all.iter().map(StoredAnnotator::of).collect());
    if let Ok(value) = serde_json::to_value(stored) {
        model.ask_keeper(|keeper| keeper.setting(ANNOTATORS, value));
    }
}

/// Brings back those that were loaded when the project was open before; once each time it is opened.
pub(in crate::ui::dialogs) fn bring_back(model: Model) {
    let Some(store) = model.ask_keeper(|keeper| keeper.open_store()).flatten() else {
        return;
    };
    if model.annotators_are_back.get_value() {
        return;
    }
    model.annotators_are_back.set_value(true);
    spawn_local(async move {
        let (back, lost) = stored(&store).await;
        // Another project may have been opened meanwhile.
        let is_still_open = model.ask_keeper(|keeper| keeper.open_store()).flatten();
        if !is_still_open.is_some_and(|open| open.is_same(&store)) {
            return;
        }
        if !back.is_empty() {
            let newer = model.annotators.get_untracked();
            let is_news = !newer.is_empty();
            model.annotators.set(back.into_iter().chain(newer).collect());
            if is_news {
                keep(model);
            }
        }
        if lost {
            model.say(model.language.get_untracked().text(ReviewText::VoicesDamaged));
        }
    });
}

/// What is stored, and whether some of it could not be read.
async fn stored(store: &Store) -> (Vec<Annotations>, bool) {
    let Ok(Some(value)) = store.setting(ANNOTATORS).await else {
        return (Vec::new(), false);
    };
    let Ok(all) = serde_json::from_value::<Vec<StoredAnnotator>>(value) else {
        return (Vec::new(), true);
    };
    let revived: Vec<_> = all.into_iter().map(StoredAnnotator::revive).collect();
    let lost = revived.iter().any(|(_, lost)| *lost > 0);
    (revived.into_iter().map(|(annotations, _)| annotations).collect(), lost)
}
