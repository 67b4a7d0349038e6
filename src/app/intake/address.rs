//! Addresses of articles, where somebody pastes or drops one in the place of an article.

/// The address that a text is, if it is one and nothing else: it is no article, and the page fetches none.
#[must_use]
pub fn address_in(text: &str) -> Option<&str> {
    let text = text.trim();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        text.get(..scheme.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
    })?;
    let rest = text.get(scheme.len()..)?;
    let is_one = !rest.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    is_one.then_some(text)
}

/// The first address in what a browser gives for a link that is dropped (`text/uri-list`, RFC 2483).
#[must_use]
pub fn first_of_list(list: &str) -> Option<&str> {
    list.lines().filter(|line| !line.starts_with('#')).find_map(address_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_alone_is_told_from_a_text_with_one_in_it() {
        for address in ["https://example.org/a?b=c#d", "HTTP://مثال.إختبار/خبر", "http://x"] {
            assert_eq!(address_in(&format!(" {address}\r\n")), Some(address));
        }
        let none = [
            "",
            "https://",
            "خبر https://example.org",
            "https://a.org https://b.org",
            "ftp://x",
            "javascript:alert(1)",
            "https:x",
        ];
        for text in none {
            assert_eq!(address_in(text), None, "{text}");
        }
    }

    #[test]
    fn of_a_dropped_link_the_comment_is_passed_over() {
        assert_eq!(
            first_of_list("# a page\r\nhttps://example.org/1\r\nhttps://example.org/2\r\n"),
            Some("https://example.org/1")
        );
        assert_eq!(first_of_list("mailto:a@example.org\r\n"), None);
    }
}
