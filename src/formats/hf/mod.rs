//! A Hugging Face dataset: a folder with a file of JSON lines for each split, and a card (`README.md`) whose front matter
//! says what the columns are and which number is which label.
//!
//! A row is an article: its text, its tokens with a number for each tag (`ner_tags`, flat), and its spans with their
//! offsets, which nest and overlap. What the columns have no place for is JSON in the column `misam`. The split is that
//! of `meta.split`; articles without one are for training.

mod card;
mod read;
mod write;

pub use read::read_folder;
pub use write::Writer;

/// The file of the card.
const CARD: &str = "README.md";

/// The splits, by the names that Hugging Face gives them.
const SPLITS: [&str; 3] = ["train", "validation", "test"];
