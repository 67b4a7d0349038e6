//! What labels there are: codes, names, definitions, keys and colours; the labels of conflict news; schemas that users
//! write themselves.

mod label_code;

pub use label_code::{LabelCode, LabelCodeError, MAX_LABEL_CODE};
