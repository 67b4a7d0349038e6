//! The text in a text field, with the line ends a text field cannot hold.
//!
//! A text field shows `\r\n` and `\r` as `\n` and gives back what it shows. What was pasted must come into the project
//! as it was on the clipboard, so it is kept beside the field, and every edit of the field is repeated in it.

/// Text as it came, and as a field shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verbatim {
    text: String,
}

impl From<String> for Verbatim {
    /// A text that came as a whole.
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl Verbatim {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True if it has line ends that the field does not show.
    #[must_use]
    pub fn has_hidden_line_ends(&self) -> bool {
        self.text.contains('\r')
    }

    /// What the field shows.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.text)
    }

    /// Something was pasted over a piece of what is shown, given in UTF-16 units; the field now shows `value`.
    pub fn pasted(&mut self, start: u32, end: u32, pasted: &str, value: &str) {
        let start = self.place_of(start);
        let end = self.place_of(end).max(start);
        let with_paste = [&self.text[..start], pasted, &self.text[end..]].concat();
        if shown(&with_paste) == value {
            self.text = with_paste;
        } else {
            // The browser put it elsewhere or cut it; what the field shows is then all there is to go by.
            self.edited(value);
        }
    }

    /// The field was edited and now shows `value`: what lies between the parts that stayed is replaced.
    pub fn edited(&mut self, value: &str) {
        let before = self.shown();
        if before == value {
            return;
        }
        let head = common_prefix(&before, value);
        let tail = common_suffix(&before[head..], &value[head..]);
        let start = self.byte_of_shown(head);
        let end = self.byte_of_shown(before.len() - tail);
        self.text.replace_range(start..end, &value[head..value.len() - tail]);
    }

    /// The byte in the text for a position in what is shown, in UTF-16 units.
    fn place_of(&self, utf16: u32) -> usize {
        let mut units = 0;
        for (byte, c) in self.visible() {
            if units >= utf16 {
                return byte;
            }
            units += c.len_utf16() as u32;
        }
        self.text.len()
    }

    /// The byte in the text for a byte of what is shown.
    fn byte_of_shown(&self, shown: usize) -> usize {
        let mut bytes = 0;
        for (byte, c) in self.visible() {
            if bytes >= shown {
                return byte;
            }
            bytes += if c == '\r' { 1 } else { c.len_utf8() };
        }
        self.text.len()
    }

    /// The characters the field shows one for: the `\n` of a `\r\n` belongs to its `\r`.
    fn visible(&self) -> impl Iterator<Item = (usize, char)> {
        let mut after_return = false;
        self.text.char_indices().filter(move |&(_, c)| {
            let hidden = after_return && c == '\n';
            after_return = c == '\r';
            !hidden
        })
    }
}

/// A text as a text field shows it (HTML standard, "API value").
fn shown(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

fn common_suffix(a: &str, b: &str) -> usize {
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y);
    same.map(|(c, _)| c.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(text: &str) -> Verbatim {
        let mut verbatim = Verbatim::default();
        verbatim.pasted(0, 0, text, &shown(text));
        verbatim
    }

    #[test]
    fn a_paste_keeps_its_line_ends() {
        assert_eq!(pasted("a\r\nب\rc\n").as_str(), "a\r\nب\rc\n");
        assert_eq!(Verbatim::from("a\r\nب\rc\n".to_owned()), pasted("a\r\nب\rc\n"));
    }

    #[test]
    fn edits_around_hidden_line_ends_leave_them_alone() {
        let mut verbatim = pasted("زار\r\nبغداد\r\nأمس");
        verbatim.edited("زار\nالبصرة\nأمس");
        assert_eq!(verbatim.as_str(), "زار\r\nالبصرة\r\nأمس");
        verbatim.edited("زارالبصرة\nأمس");
        assert_eq!(verbatim.as_str(), "زارالبصرة\r\nأمس");
        verbatim.edited("");
        assert_eq!(verbatim.as_str(), "");
    }

    #[test]
    fn a_second_paste_goes_where_the_field_has_it() {
        let mut verbatim = pasted("😊\r\nب");
        // After the line end: emoji 2 units, line end 1.
        verbatim.pasted(3, 3, "x\r\n", "😊\nx\nب");
        assert_eq!(verbatim.as_str(), "😊\r\nx\r\nب");
        verbatim.pasted(0, 3, "", "x\nب");
        assert_eq!(verbatim.as_str(), "x\r\nب");
    }

    #[test]
    fn a_paste_the_field_shows_otherwise_follows_the_field() {
        let mut verbatim = Verbatim::default();
        verbatim.pasted(0, 0, "long text", "long");
        assert_eq!(verbatim.as_str(), "long");
    }
}
