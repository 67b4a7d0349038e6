//! The project in IndexedDB: what was acknowledged is there after reopening, damage stays local, nobody is overwritten.

use misam::annotation::{Document, DocumentId, Edit, EditKind};
use misam::project::{
    Damaged, Entry, HEADS, Journalled, LET_IN, SNAPSHOT, StorageError, StoredDocument, Write, revive,
};
use misam::text::SourceText;
use misam::web::store::{Notice, Store};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbTransactionMode};

use crate::stage::Heard;

pub(crate) fn entry(seq: u64) -> Write {
    Write::Entry(Journalled { seq, entry: Entry::Undo })
}

/// An entry that can be understood without those before it.
fn kept(seq: u64) -> Write {
    Write::Entry(Journalled { seq, entry: Entry::Do(Edit::new(EditKind::Status, Vec::new()).into()) })
}

pub(crate) fn document(name: &str, order: u32, text: &str) -> Write {
    let document = Document::new(DocumentId::new(name), text);
    Write::Document(Box::new(StoredDocument::of(&document, order, 0)), document.text)
}

/// A fresh database of that name.
pub(crate) async fn fresh(name: &str) -> Store {
    Store::delete(name).await.unwrap();
    Store::open(name, |_| {}).await.unwrap()
}

async fn reopened(name: &str, store: Store) -> Store {
    drop(store);
    Store::open(name, |_| {}).await.unwrap()
}

/// The database itself, behind the store's back.
async fn bare(name: &str, version: Option<u32>) -> IdbDatabase {
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap();
    let factory: web_sys::IdbFactory = factory.unchecked_into();
    let request: IdbOpenDbRequest = match version {
        Some(version) => factory.open_with_u32(name, version).unwrap(),
        None => factory.open(name).unwrap(),
    };
    let opened = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(opened).await.unwrap();
    request.result().unwrap().unchecked_into()
}

async fn put_bare(name: &str, store: &str, key: JsValue, value: JsValue) {
    let database = bare(name, None).await;
    let transaction = database.transaction_with_str_and_mode(store, IdbTransactionMode::Readwrite).unwrap();
    transaction.object_store(store).unwrap().put_with_key(&value, &key).unwrap();
    let done = js_sys::Promise::new(&mut |resolve, _| transaction.set_oncomplete(Some(&resolve)));
    JsFuture::from(done).await.unwrap();
    database.close();
}

#[wasm_bindgen_test]
async fn what_was_acknowledged_is_there_after_reopening() {
    let name = "what_was_acknowledged";
    let store = fresh(name).await;
    let text = "😀 زار غوتيريش\r\nالقاهــرة";
    store.write(&[document("b", 0, text), document("a", 1, ""), entry(1)]).await.unwrap();
    store.write(&[entry(2), entry(3)]).await.unwrap();
    let store = reopened(name, store).await;
    let loaded = store.load().await.unwrap();
    let documents: Vec<_> = loaded.documents.iter().map(|d| (d.id.as_str(), d.text.as_str())).collect();
    assert_eq!(documents, [("b", text), ("a", "")]);
    assert_eq!(loaded.journal.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(loaded.latest, 3);
    assert!(loaded.damaged.is_empty(), "{:?}", loaded.damaged);
}

#[wasm_bindgen_test]
async fn a_store_is_empty_until_something_is_kept_in_it_be_it_damaged() {
    let store = fresh("is_empty").await;
    assert!(store.is_empty().await.unwrap());
    store.write(&[Write::Setting { key: "settings".into(), value: json!({}) }]).await.unwrap();
    assert!(store.is_empty().await.unwrap(), "settings are no work");
    store.write(&[entry(1)]).await.unwrap();
    assert!(!store.is_empty().await.unwrap());

    let store = fresh("is_empty_but_damaged").await;
    put_bare("is_empty_but_damaged", "texts", "a".into(), 7.into()).await;
    assert!(!store.is_empty().await.unwrap());
}

#[wasm_bindgen_test]
async fn a_newer_snapshot_replaces_the_record_and_leaves_the_text() {
    let store = fresh("snapshot").await;
    store.write(&[document("a", 0, "خبر")]).await.unwrap();
    let mut changed = Document::new(DocumentId::new("a"), "خبر");
    changed.status = misam::annotation::Status::Done;
    store.write(&[Write::Snapshot(Box::new(StoredDocument::of(&changed, 0, 7)), None)]).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.documents, [changed]);
    assert_eq!(loaded.snapshots[&DocumentId::new("a")], 7);
}

#[wasm_bindgen_test]
async fn damaged_records_are_named_and_hide_nothing() {
    let name = "damaged_records";
    let store = fresh(name).await;
    store.write(&[document("a", 0, "أ"), document("b", 1, "ب"), document("c", 2, "ج")]).await.unwrap();
    store.write(&[entry(1), entry(2), entry(3)]).await.unwrap();
    put_bare(name, "documents", "a".into(), "{".into()).await;
    put_bare(name, "texts", "b".into(), 7.into()).await;
    put_bare(name, "journal", 2.into(), JsValue::NULL).await;
    let loaded = reopened(name, store).await.load().await.unwrap();
    assert_eq!(loaded.documents.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["c"]);
    assert_eq!(loaded.journal.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 3]);
    assert!(
        matches!(
            &loaded.damaged[..],
            [Damaged::Record { .. }, Damaged::Document(_), Damaged::Entry { seq: 2, .. }]
        ),
        "{:?}",
        loaded.damaged
    );
}

#[wasm_bindgen_test]
async fn an_entry_of_another_tab_is_never_overwritten_and_the_batch_is_refused_whole() {
    let name = "another_tab";
    let store = fresh(name).await;
    store.write(&[entry(1)]).await.unwrap();
    let other = Store::open(name, |_| {}).await.unwrap();
    let refused = other.write(&[document("x", 0, "س"), entry(1)]).await;
    assert_eq!(refused, Err(StorageError::Collision));
    let loaded = store.load().await.unwrap();
    assert!(loaded.documents.is_empty());
    assert_eq!(loaded.journal.len(), 1);
}

#[wasm_bindgen_test]
async fn the_journal_is_told_up_to_an_entry_however_far_it_has_come() {
    let store = fresh("misam-told").await;
    assert_eq!(store.journal_lines(9).await.unwrap(), (Vec::new(), 0));
    store.write(&[entry(1), entry(2), entry(3)]).await.unwrap();
    let (lines, last) = store.journal_lines(2).await.unwrap();
    let told: Vec<Journalled> =
        lines.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!((told.iter().map(|entry| entry.seq).collect::<Vec<_>>(), last), (vec![1, 2], 2));
    assert_eq!(store.journal_lines(9).await.unwrap().1, 3);
}

#[wasm_bindgen_test]
async fn an_article_of_another_tab_is_never_overwritten() {
    let name = "another_tabs_article";
    let store = fresh(name).await;
    store.write(&[document("a", 0, "خبر")]).await.unwrap();
    let other = Store::open(name, |_| {}).await.unwrap();
    assert_eq!(other.write(&[document("a", 0, "غيره")]).await, Err(StorageError::Collision));
    assert_eq!(store.load().await.unwrap().documents[0].text.as_str(), "خبر");
}

/// The record and the text of a document, as it goes into a stack.
fn stored(name: &str, order: u32, text: &str) -> (StoredDocument, SourceText) {
    let document = Document::new(DocumentId::new(name), text);
    (StoredDocument::of(&document, order, 0), document.text)
}

#[wasm_bindgen_test]
async fn documents_in_stacks_are_there_like_others_until_each_is_stored_by_itself() {
    let name = "stacks";
    let store = fresh(name).await;
    store.write(&[document("a", 0, "أ")]).await.unwrap();
    let other = Store::open(name, |_| {}).await.unwrap();
    let [b, c, d] = [stored("b", 1, "ب"), stored("c", 2, "خبر\r\n"), stored("d", 3, "")];
    store.write(&[Write::Stack(1, vec![b, c.clone()]), Write::Stack(2, vec![d]), entry(1)]).await.unwrap();

    // Who knows the same stacks cannot write over them; who reads what is new gets them once.
    let taken = other.write(&[Write::Stack(2, vec![stored("x", 1, "س")])]).await;
    assert_eq!(taken, Err(StorageError::Collision));
    let news = async |stack: u64, known: &[&str]| {
        let news = other.news(0, stack, |id| known.contains(&id)).await.unwrap();
        let names = news.documents.iter().map(|document| document.id.to_string());
        (names.collect::<Vec<_>>().join(","), news.latest_stack)
    };
    assert_eq!(news(0, &["a"]).await, ("b,c,d".to_owned(), 2));
    assert_eq!(news(1, &["a"]).await, ("d".to_owned(), 2));
    assert_eq!(news(2, &["a"]).await.0, "", "stacks are read once");

    let store = reopened(name, store).await;
    assert!(!store.is_empty().await.unwrap());
    let revived = store.load().await.unwrap();
    let texts: Vec<_> = revived.documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["أ", "ب", "خبر\r\n", ""]);
    assert_eq!(revived.stacked.len(), 3);

    let (record, text) = c;
    store.write(&[Write::Snapshot(Box::new(record), Some(text)), Write::ForgetStack(1)]).await.unwrap();
    let revived = store.load().await.unwrap();
    let texts: Vec<_> = revived.documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["أ", "خبر\r\n", ""]);
    assert_eq!(revived.stacked, [(DocumentId::new("d"), 2)]);
}

#[wasm_bindgen_test]
async fn a_document_is_found_in_its_stack_as_the_snapshot_has_let_it_in() {
    let store = fresh("let_in").await;
    let out = |name: &str, order: u32| {
        let document = Document { present: false, ..Document::new(DocumentId::new(name), "خبر") };
        (StoredDocument::of(&document, order, 1), document.text)
    };
    store.write(&[Write::Stack(4, vec![out("a", 0), out("b", 1)])]).await.unwrap();
    let is_in = async |name: &str| {
        let revived = revive(store.document_named(name, Some(4)).await.unwrap());
        let [document] = &revived.documents[..] else { panic!("{revived:?}") };
        assert_eq!(document.id.as_str(), name);
        (document.present, revived.snapshots[&document.id])
    };
    assert_eq!(is_in("b").await, (false, 1));
    store
        .write(&[Write::Setting { key: LET_IN.into(), value: json!({"stack": 4, "seq": 2}) }])
        .await
        .unwrap();
    assert_eq!(is_in("b").await, (true, 2));
    assert!(revive(store.document_named("c", Some(4)).await.unwrap()).documents.is_empty());
    assert!(revive(store.document_named("a", Some(5)).await.unwrap()).documents.is_empty());
}

#[wasm_bindgen_test]
async fn a_damaged_stack_is_named_and_what_is_whole_of_it_comes_back() {
    let name = "damaged_stack";
    let store = fresh(name).await;
    store.write(&[Write::Stack(1, vec![stored("a", 0, "أ")])]).await.unwrap();
    put_bare(name, "stacks", JsValue::from_f64(2.0), "no stack".into()).await;
    let cut: js_sys::Array = ["b", "{", "c"].iter().map(|part| JsValue::from(*part)).collect();
    put_bare(name, "stacks", JsValue::from_f64(3.0), cut.into()).await;
    let revived = reopened(name, store).await.load().await.unwrap();
    assert_eq!(revived.documents.len(), 1);
    let named: Vec<_> = revived.unreadable.iter().map(DocumentId::as_str).collect();
    assert_eq!(named, ["stacks/2", "b"]);
}

#[wasm_bindgen_test]
async fn a_snapshot_that_the_journal_does_not_reach_hides_no_entry() {
    let name = "snapshot-beyond";
    for (snapshot, unread) in
        [("2", 2), ("3", 3), ("4", 0), ("9007199254740992", 0), ("18446744073709551615", 0)]
    {
        let store = fresh(name).await;
        let head =
            json!([{ "id": "a", "title": "", "status": "new", "spans": 0, "suggested": 0, "present": true }]);
        let seq: u64 = snapshot.parse().unwrap();
        store.write(&[document("a", 0, "واحد")]).await.unwrap();
        store.write(&(1..=3).map(kept).collect::<Vec<_>>()).await.unwrap();
        let settings = [
            (SNAPSHOT.to_owned(), json!(seq)),
            (HEADS.to_owned(), json!({ "seq": seq, "count": 1, "blocks": 1 })),
            (format!("{HEADS}/000000"), head),
        ];
        store.write(&settings.map(|(key, value)| Write::Setting { key: key.into(), value })).await.unwrap();
        let store = reopened(name, store).await;
        let listed = store.load_outline().await.unwrap().map(|(_, _, unread)| unread);
        assert_eq!(listed, (unread > 0).then_some(unread), "{snapshot}");
        let (revived, from) = store.load_recent().await.unwrap();
        let entries = revived.journal.len() as u64;
        assert_eq!(
            (from, from + entries),
            (unread, 3),
            "{snapshot}: every entry is read, or stored otherwise"
        );
        let doubts = revived.damaged.iter().filter(|found| matches!(found, Damaged::Snapshot { .. }));
        assert_eq!(doubts.count(), usize::from(unread == 0), "{snapshot}");
        assert!(revived.latest >= 3 && revived.latest < 1 << 53, "{snapshot}: {}", revived.latest);
    }
}

#[wasm_bindgen_test]
async fn settings_come_back_and_may_be_missing() {
    let name = "settings";
    let store = fresh(name).await;
    let value = json!({"language": "ar", "size": 1.25});
    store.write(&[Write::Setting { key: "looks".into(), value: value.clone() }]).await.unwrap();
    let store = reopened(name, store).await;
    assert_eq!(store.setting("looks").await.unwrap(), Some(value));
    assert_eq!(store.setting("absent").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_newer_misam_in_another_tab_gets_the_database_and_this_one_says_so() {
    let name = "newer_misam";
    Store::delete(name).await.unwrap();
    let heard = Heard::new();
    let store = Store::open(name, {
        let heard = heard.clone();
        move |notice| heard.hear(notice)
    })
    .await
    .unwrap();
    let newer = bare(name, Some(9)).await;
    assert_eq!(heard.all(), [Notice::Superseded]);
    assert_eq!(store.write(&[entry(1)]).await, Err(StorageError::Closed));
    newer.close();
    let older = Store::open(name, |_| {}).await;
    assert_eq!(older.err(), Some(StorageError::Newer));
    Store::delete(name).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_text_of_ten_megabytes_comes_back_byte_for_byte() {
    let name = "ten_megabytes";
    let store = fresh(name).await;
    let text = SourceText::new("قال 😀 ٣\n".repeat(600_000));
    store.write(&[document("long", 0, text.as_str())]).await.unwrap();
    let loaded = reopened(name, store).await.load().await.unwrap();
    assert!(loaded.documents[0].text == text);
    Store::delete(name).await.unwrap();
}
