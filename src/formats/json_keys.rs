//! The keys of the records that a file of JSON begins with, told from its bytes without parsing it: the file may be cut
//! off anywhere, and a record may be longer than what fits in memory twice.

use std::collections::BTreeSet;

/// Records are looked at up to here, in bytes, and the first one to its end.
const LOOKED_AT: usize = 64 * 1024;

/// What a file of JSON begins with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct JsonKeys<'b> {
    /// The keys of the records themselves.
    own: BTreeSet<&'b [u8]>,
    /// The keys of what is in them.
    inner: BTreeSet<&'b [u8]>,
    /// True if the records are the entries of a list.
    pub(super) is_list: bool,
    /// True if the first record ends within the bytes.
    pub(super) is_whole: bool,
}

impl<'b> JsonKeys<'b> {
    /// The keys in the beginning of a file, or in all of it. White space in front of it has been taken off.
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        let is_list = bytes.first() == Some(&b'[');
        // How many braces and brackets are open inside of a record's own.
        let own_depth = if is_list { 2 } else { 1 };
        let mut keys = Self { is_list, ..Self::default() };
        let (mut depth, mut at) = (0_usize, 0);
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth < own_depth {
                        keys.is_whole = true;
                        if at >= LOOKED_AT {
                            break;
                        }
                    }
                }
                b'"' => match string(bytes, at) {
                    End::Quote(end) => {
                        let after = bytes[end + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
                        if after == Some(&b':') {
                            let set = if depth == own_depth { &mut keys.own } else { &mut keys.inner };
                            set.insert(&bytes[at..end]);
                        }
                        at = end + 1;
                    }
                    // A damaged record: the next line is the next one.
                    End::Line(end) => {
                        at = end;
                        depth = own_depth - 1;
                        keys.is_whole = true;
                    }
                    End::None => break,
                },
                _ => {}
            }
        }
        keys
    }

    /// True if records have this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.own.contains(key.as_bytes())
    }

    /// The keys of records.
    pub(super) fn names(&self) -> impl Iterator<Item = &'b str> {
        self.own.iter().filter_map(|key| std::str::from_utf8(key).ok())
    }

    /// True if records have this key, or anything in them has.
    pub(super) fn has_within(&self, key: &str) -> bool {
        self.has(key) || self.inner.contains(key.as_bytes())
    }
}

/// Where a string ends.
enum End {
    Quote(usize),
    /// At the end of the line, where no string may.
    Line(usize),
    None,
}

fn string(bytes: &[u8], mut at: usize) -> End {
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return End::Quote(at),
            b'\n' => return End::Line(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    End::None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> (Vec<&str>, Vec<&str>, bool) {
        let keys = JsonKeys::of(text.as_bytes());
        let names = |set: &BTreeSet<&'static [u8]>| -> Vec<&'static str> {
            set.iter().map(|name| std::str::from_utf8(name).unwrap()).collect()
        };
        let keys: JsonKeys<'static> = JsonKeys {
            own: keys.own.iter().map(|name| &*name.to_vec().leak()).collect(),
            inner: keys.inner.iter().map(|name| &*name.to_vec().leak()).collect(),
            ..keys
        };
        (names(&keys.own), names(&keys.inner), keys.is_whole)
    }

    #[test]
    fn keys_of_records_are_told_from_those_within_them_and_from_text() {
        let line = r#"{"text":"a \"label\": b","spans":[{"start":1,"label":"LOC"}],"n":{"m":[]}}"#;
        let wanted = (vec!["n", "spans", "text"], vec!["label", "m", "start"], true);
        assert_eq!(keys(line), wanted);
        assert_eq!(keys(&format!("[{line}]")), wanted);
        assert_eq!(keys("{\n  \"a\" : 1,\n  \"b\": {\n    \"c\": 2}\n}"), (vec!["a", "b"], vec!["c"], true));
    }

    #[test]
    fn a_record_is_followed_to_its_end_however_long() {
        let text = "x".repeat(3 * LOOKED_AT);
        let long = format!("{{\"text\":\"{text}\",\"spans\":[]}}\n{{\"other\":1}}");
        assert_eq!(keys(&long), (vec!["spans", "text"], vec![], true));
        assert_eq!(keys(&long[..LOOKED_AT]), (vec!["text"], vec![], false));
        assert_eq!(keys("{\"a\":1}\n{\"b\":1}"), (vec!["a", "b"], vec![], true));
    }

    #[test]
    fn a_damaged_record_ends_with_its_line() {
        assert_eq!(keys("{\"text\":\"broken\n{\"b\":{\"c\":1}}"), (vec!["b", "text"], vec!["c"], true));
        for odd in ["", "[", "{", "{\"", "{\"a\\", "}}]", "\"a\":1", "[[[[\"a\":"] {
            JsonKeys::of(odd.as_bytes());
        }
    }
}
