//! MessagePack values: taken apart by key, and from JSON and back.

use rmpv::Value as Pack;
use serde_json::{Map, Number, Value as Json};

/// The value of a key.
pub(super) fn get<'p>(map: &'p Pack, key: &str) -> Option<&'p Pack> {
    map.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

/// The value in bytes.
pub(super) fn encode(value: &Pack) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).map_err(std::io::Error::other)?;
    Ok(bytes)
}

/// The value in bytes; `None` if they are none.
pub(super) fn decode(mut bytes: &[u8]) -> Option<Pack> {
    rmpv::decode::read_value(&mut bytes).ok()
}

/// A JSON value.
pub(super) fn from_json(value: &Json) -> Pack {
    match value {
        Json::Null => Pack::Nil,
        Json::Bool(value) => Pack::from(*value),
        Json::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Pack::from(number),
            (_, Some(number)) => Pack::from(number),
            _ => Pack::from(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Pack::from(text.as_str()),
        Json::Array(list) => Pack::Array(list.iter().map(from_json).collect()),
        Json::Object(map) => {
            Pack::Map(map.iter().map(|(key, value)| (Pack::from(key.as_str()), from_json(value))).collect())
        }
    }
}

/// A value as JSON. Bytes, and keys that are no texts, have no place there and become null or are left out.
pub(super) fn to_json(value: &Pack) -> Json {
    match value {
        Pack::Nil | Pack::Binary(_) | Pack::Ext(..) => Json::Null,
        Pack::Boolean(value) => Json::from(*value),
        Pack::Integer(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Json::from(number),
            (_, Some(number)) => Json::from(number),
            _ => Json::Null,
        },
        Pack::F32(number) => Number::from_f64(f64::from(*number)).map_or(Json::Null, Json::Number),
        Pack::F64(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Pack::String(text) => text.as_str().map_or(Json::Null, Json::from),
        Pack::Array(list) => Json::Array(list.iter().map(to_json).collect()),
        Pack::Map(entries) => {
            let entries =
                entries.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), to_json(value))));
            Json::Object(entries.collect::<Map<_, _>>())
        }
    }
}
