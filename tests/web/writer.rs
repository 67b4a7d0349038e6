//! The writer: order, acknowledgement, trouble.

use misam::project::{Saving, StorageError};
use misam::web::store::Store;
use misam::web::writer::Writer;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::Heard;
use crate::store::{entry, fresh};

fn writer(store: Store) -> (Writer, Heard<Saving>) {
    let heard = Heard::new();
    let writer = Writer::new(store, {
        let heard = heard.clone();
        move |saving: &Saving| heard.hear(saving.clone())
    });
    (writer, heard)
}

#[wasm_bindgen_test]
async fn entries_reach_the_store_in_order_and_are_acknowledged() {
    let store = fresh("writer_order").await;
    let (writer, heard) = writer(store.clone());
    for seq in 1..=40 {
        writer.write([entry(seq)]);
    }
    assert_eq!(heard.all().last(), Some(&Saving::Writing(40)));
    heard.wait_for(|saving| *saving == Saving::Saved).await;
    assert_eq!(writer.saving(), Saving::Saved);
    let journal = store.load().await.unwrap().journal;
    assert_eq!(journal.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=40).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn a_collision_is_told_at_once_and_nothing_is_lost_from_memory() {
    let store = fresh("writer_collision").await;
    store.write(&[entry(1)]).await.unwrap();
    let (writer, heard) = writer(store);
    writer.write([entry(1), entry(2)]);
    let failed = Saving::Failed { waiting: 2, error: StorageError::Collision, retrying: false };
    heard.wait_for(|saving| *saving == failed).await;
    writer.write([entry(3)]);
    assert!(matches!(writer.saving(), Saving::Failed { waiting: 3, .. }));
}

#[wasm_bindgen_test]
async fn after_a_lost_connection_what_waits_goes_to_the_new_one() {
    let name = "writer_lost";
    let store = fresh(name).await;
    let (writer, heard) = writer(store);
    // Deleting the database takes the connection away, as clearing the site's data does.
    Store::delete(name).await.unwrap();
    writer.write([entry(5)]);
    heard.wait_for(|saving| matches!(saving, Saving::Failed { error: StorageError::Closed, .. })).await;
    let store = Store::open(name, |_| {}).await.unwrap();
    writer.use_store(store.clone());
    heard.wait_for(|saving| *saving == Saving::Saved).await;
    assert_eq!(store.load().await.unwrap().latest, 5);
}
