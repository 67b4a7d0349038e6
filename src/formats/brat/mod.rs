//! brat's standoff: for every article a text (`.txt`) and its annotations (`.ann`), and for all the configuration that
//! brat wants to see (`annotation.conf`).
//!
//! brat opens its texts with universal line ends: CRLF counts as one character, and a lone CR is a line feed. So do the
//! offsets that are written here, over a text that is kept as it came; programs that count it byte for byte are
//! recognised by the texts that their annotations state. A span over a line break is written as a piece a line, as brat
//! does it, and comes back whole.

mod read;
mod write;

pub use read::read_folder;
pub use write::Writer;
pub(super) use write::fit;

/// The attribute that holds where a span came from.
const ORIGIN: &str = "Origin";
/// The note that holds a person's remark: brat's own.
const NOTE: &str = "AnnotatorNotes";
/// Notes that hold fields of a span, and these fields.
const NOTES: [(&str, &str); 4] =
    [("Confidence", "confidence"), ("Source", "source"), ("Reason", "reason"), ("Normalized", "normalized")];

/// A text on one line: what would end it, and any other control character, is a space.
fn flat(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}

/// True of what brat takes for the end of a line.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}
