//! What is written in a transaction.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::JsValue;
use web_sys::{IdbObjectStore, IdbTransaction};

use super::{DOCUMENTS, JOURNAL, SETTINGS, STACKS, TEXTS, store_of};
use crate::project::{StorageError, Write};
use crate::web::indexed_db::refused;

/// The stores of a writing transaction.
pub(super) struct Requests {
    documents: IdbObjectStore,
    texts: IdbObjectStore,
    stacks: IdbObjectStore,
    journal: IdbObjectStore,
    settings: IdbObjectStore,
}

impl Requests {
    pub(super) fn on(transaction: &IdbTransaction) -> Result<Self, StorageError> {
        Ok(Self {
            documents: store_of(transaction, DOCUMENTS)?,
            texts: store_of(transaction, TEXTS)?,
            stacks: store_of(transaction, STACKS)?,
            journal: store_of(transaction, JOURNAL)?,
            settings: store_of(transaction, SETTINGS)?,
        })
    }

    pub(super) fn write(&self, write: &Write) -> Result<(), StorageError> {
        match write {
            Write::Document(record, text) => {
                let key = JsValue::from(record.id.as_str());
                add(&self.texts, &Uint8Array::from(text.as_str().as_bytes()), &key)?;
                add(&self.documents, &json(record)?, &key)
            }
            Write::Stack(number, documents) => {
                // The texts lie in one buffer, which is copied in one go: the browser keeps what they have in common.
                let texts = documents.iter().map(|(_, text)| text.as_str().len() as u32);
                let whole = Uint8Array::new_with_length(texts.sum());
                let (stack, mut from) = (Array::new(), 0);
                for (record, text) in documents {
                    let to = from + text.as_str().len() as u32;
                    let place = whole.subarray(from, to);
                    place.copy_from(text.as_str().as_bytes());
                    from = to;
                    stack.push(&record.id.as_str().into());
                    stack.push(&json(record)?);
                    stack.push(&place);
                }
                add(&self.stacks, &stack, &JsValue::from_f64(*number as f64))
            }
            Write::Snapshot(record, text) => {
                if let Some(text) = text {
                    let bytes = Uint8Array::from(text.as_str().as_bytes());
                    put(&self.texts, &bytes, record.id.as_str())?;
                }
                put(&self.documents, &json(record)?, record.id.as_str())
            }
            Write::ForgetStack(number) => {
                let key = JsValue::from_f64(*number as f64);
                self.stacks.delete(&key).map(drop).map_err(|error| refused(&error))
            }
            Write::Entry(entry) => {
                // Exact up to 2^53, which at one entry a millisecond is 285,000 years of work.
                add(&self.journal, &json(entry)?, &JsValue::from_f64(entry.seq as f64))
            }
            Write::Setting { key, value } => put(&self.settings, &json(value)?, key),
            Write::Json { key, json } => put(&self.settings, &json.into(), key),
        }
    }
}

/// Fails if the key is taken.
fn add(store: &IdbObjectStore, value: &JsValue, key: &JsValue) -> Result<(), StorageError> {
    store.add_with_key(value, key).map(drop).map_err(|error| refused(&error))
}

fn put(store: &IdbObjectStore, value: &JsValue, key: &str) -> Result<(), StorageError> {
    store.put_with_key(value, &key.into()).map(drop).map_err(|error| refused(&error))
}

fn json(value: &impl serde::Serialize) -> Result<JsValue, StorageError> {
    let json = serde_json::to_string(value).map_err(|error| StorageError::Refused {
        name: "serialization".into(),
        message: error.to_string(),
    })?;
    Ok(json.into())
}
