//! What is read in a transaction: asked for at once, and there when the transaction is completed.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::{DOCUMENTS, SETTINGS, STACKS, TEXTS, store_of};
use crate::project::{LET_IN, LetIn, Stacked, StorageError};
use crate::web::indexed_db::refused;

/// So many parts of a stack are one document.
const PARTS: usize = 3;

/// The note up to which stack the documents are in the project, asked for.
pub(super) struct Reach(IdbRequest);

pub(super) fn reach(transaction: &IdbTransaction) -> Result<Reach, StorageError> {
    store_of(transaction, SETTINGS)?.get(&LET_IN.into()).map(Reach).map_err(|error| refused(&error))
}

impl Reach {
    /// The note, once the transaction is completed; nothing if there is none that can be read.
    pub(super) fn read(&self) -> Option<LetIn> {
        serde_json::from_str(&self.0.result().ok()?.as_string()?).ok()
    }
}

/// The documents in stacks. Of what is no stack the number is named, where a document's name would be.
pub(super) fn unstack(stacks: &Contents) -> Result<Vec<Stacked>, StorageError> {
    let mut documents = Vec::new();
    for (number, stack) in
        stacks.read(|key| key.as_f64().map(|number| number as u64), |stack| Some(stack.clone()))?
    {
        let parts = stack.as_ref().and_then(|stack| stack.dyn_ref::<Array>());
        let parts: Vec<_> = parts.into_iter().flat_map(Array::iter).collect();
        let mut read = 0;
        for part in parts.chunks_exact(PARTS) {
            let [id, record, text] = part else { continue };
            if let Some(id) = id.as_string() {
                documents.push(Stacked {
                    stack: number,
                    id,
                    record: record.as_string(),
                    text: bytes_of(text),
                });
                read += PARTS;
            }
        }
        if read == 0 || read < parts.len() {
            let id = format!("{STACKS}/{number}");
            documents.push(Stacked { stack: number, id, record: None, text: None });
        }
    }
    Ok(documents)
}

/// The keys that are numbers.
pub(super) fn numbers_of(keys: &IdbRequest) -> Result<Vec<u64>, StorageError> {
    let keys: Array = keys.result().map_err(|error| refused(&error))?.unchecked_into();
    Ok(keys.iter().filter_map(|key| key.as_f64()).map(|number| number as u64).collect())
}

/// The keys and values of a store, once their transaction is completed.
pub(super) struct Contents {
    keys: IdbRequest,
    values: IdbRequest,
}

impl Contents {
    pub(super) fn of(transaction: &IdbTransaction, name: &str) -> Result<Self, StorageError> {
        let store = store_of(transaction, name)?;
        let keys = store.get_all_keys().map_err(|error| refused(&error))?;
        let values = store.get_all().map_err(|error| refused(&error))?;
        Ok(Self { keys, values })
    }

    pub(super) fn within(
        transaction: &IdbTransaction,
        name: &str,
        keys: &IdbKeyRange,
        most: Option<u32>,
    ) -> Result<Self, StorageError> {
        let store = store_of(transaction, name)?;
        let (keys, values) = match most {
            Some(most) => (
                store.get_all_keys_with_key_and_limit(keys, most),
                store.get_all_with_key_and_limit(keys, most),
            ),
            None => (store.get_all_keys_with_key(keys), store.get_all_with_key(keys)),
        };
        Ok(Self {
            keys: keys.map_err(|error| refused(&error))?,
            values: values.map_err(|error| refused(&error))?,
        })
    }

    /// Pairs of key and value. Keys of the wrong type are nobody's and passed over; IndexedDB keeps both in the
    /// same order.
    pub(super) fn read<K, V>(
        &self,
        key: impl Fn(JsValue) -> Option<K>,
        value: impl Fn(&JsValue) -> Option<V>,
    ) -> Result<Vec<(K, Option<V>)>, StorageError> {
        let pairs = self.pairs()?.into_iter();
        Ok(pairs.filter_map(|(k, v)| Some((key(k)?, value(&v)))).collect())
    }

    pub(super) fn pairs(&self) -> Result<Vec<(JsValue, JsValue)>, StorageError> {
        let keys: Array = self.keys.result().map_err(|error| refused(&error))?.unchecked_into();
        let values: Array = self.values.result().map_err(|error| refused(&error))?.unchecked_into();
        Ok(keys.iter().zip(values.iter()).collect())
    }
}

/// Documents that were asked for by name: record and text of each.
pub(super) struct Requested(Vec<(String, IdbRequest, IdbRequest)>);

/// What is stored under names.
pub(super) type Named<T> = Vec<(String, Option<T>)>;

impl Requested {
    pub(super) fn of(transaction: &IdbTransaction, names: Vec<String>) -> Result<Self, StorageError> {
        let [records, texts] = [DOCUMENTS, TEXTS].map(|name| store_of(transaction, name));
        let (records, texts) = (records?, texts?);
        let ask = |name: String| {
            let key = JsValue::from(&name);
            let get = |store: &IdbObjectStore| store.get(&key).map_err(|error| refused(&error));
            Ok((name, get(&records)?, get(&texts)?))
        };
        names.into_iter().map(ask).collect::<Result<_, _>>().map(Self)
    }

    /// The records and the texts, once the transaction is completed.
    pub(super) fn read(self) -> Result<(Named<String>, Named<Vec<u8>>), StorageError> {
        let (mut records, mut texts) = (Vec::new(), Vec::new());
        for (name, record, text) in self.0 {
            let [record, text] =
                [record, text].map(|request| request.result().map_err(|error| refused(&error)));
            records.push((name.clone(), record?.as_string()));
            texts.push((name, bytes_of(&text?)));
        }
        Ok((records, texts))
    }
}

/// The bytes of a stored text.
pub(super) fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref().map(Uint8Array::to_vec)
}
