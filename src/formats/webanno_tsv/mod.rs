//! WebAnno TSV 3.3, which INCEpTION reads and writes: a row a token, and a row more for every part of a token that a
//! span begins or ends inside. It is the one column format that holds `القاهرة` in `وبالقاهرة` as it is.
//!
//! Offsets count UTF-16 units. The text stands in `#Text=` lines over the rows of each sentence; a reader puts it
//! together from these and the offsets. So sentences are written without gaps between them: each goes on until the
//! first token of the next.

mod layout;
mod read;
mod write;

pub use read::read_file;
pub use write::Writer;
pub(super) use write::fit;

/// The layer for named entities that every project of INCEpTION has.
const LAYER: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
/// The layer for relations that is written.
const RELATION_LAYER: &str = "webanno.custom.Relation";

/// The characters of a value that have a meaning in the format. `->` is among them for its first letter.
const RESERVED: [char; 8] = ['\\', '[', ']', '|', '_', ';', '*', '-'];

/// A value with what has a meaning in the format escaped.
fn escape_value(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '-' if chars.peek() != Some(&'>') => escaped.push('-'),
            c => {
                if RESERVED.contains(&c) {
                    escaped.push('\\');
                }
                escaped.push(c);
            }
        }
    }
    escaped
}

/// A line of text with the escapes of `#Text=` lines.
fn escape_text(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for c in line.chars() {
        let letter = match c {
            '\\' => '\\',
            '\t' => 't',
            '\n' => 'n',
            '\r' => 'r',
            '\u{8}' => 'b',
            '\u{C}' => 'f',
            c if c < ' ' && c != '\u{B}' => c,
            c => {
                escaped.push(c);
                continue;
            }
        };
        escaped.push('\\');
        escaped.push(letter);
    }
    escaped
}

/// The text that was escaped, in a value or in a line of text.
fn unescape(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                Some('f') => '\u{C}',
                Some(other) => other,
                None => '\\',
            },
            c => c,
        };
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back() {
        for text in ["B_X|[1]*;->a-b\\", "\\n\t\n", "و\u{0}\u{8}\u{B}\u{C}\r\u{1F}"] {
            assert_eq!(unescape(&escape_value(text)), text);
            assert_eq!(unescape(&escape_text(text)), text);
        }
        assert_eq!(escape_value("a_b->c-d"), "a\\_b\\->c-d");
        assert_eq!(escape_text("[a]_*"), "[a]_*");
    }
}
