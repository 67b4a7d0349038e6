//! spaCy's `DocBin`, the file that `spacy train` takes (`.spacy`): zlib over one MessagePack map, with all tokens of all
//! documents in one matrix of numbers.
//!
//! `doc.ents` is flat, and of spans that are in each other's way holds the longest. `doc.spans["sc"]`, where spaCy's
//! span categoriser looks, holds them all. What spaCy has no word for is in `doc.user_data["misam"]`.

mod fault;
mod pack;
mod read;
mod strings;
mod write;

pub use fault::DocBinFault;
pub use read::read_file;
pub use write::Writer;

/// spaCy's attributes, by number: the text of a token, where in an entity it is, and the entity's label.
const ORTH: u64 = 65;
const ENT_IOB: u64 = 77;
const ENT_TYPE: u64 = 78;

/// What stands in the column `ENT_IOB`.
const INSIDE: u64 = 1;
const OUTSIDE: u64 = 2;
const BEGIN: u64 = 3;

/// The key of the span group that spaCy's components use if they are told no other.
const GROUP: &str = "sc";
