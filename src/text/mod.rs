//! Verbatim text and positions in it; Arabic folding, words, clitics and the rest that only looks at letters.

mod offset;
mod source;

pub use offset::{ByteOffset, ByteRange, CodePointOffset, Utf16Offset};
pub use source::{MAX_TEXT_BYTES, Paragraph, SourceText};
