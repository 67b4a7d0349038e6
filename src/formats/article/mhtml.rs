//! Pages saved with everything they need as one file (MHTML, RFC 2557), as Chromium and its kin save them, on telephones
//! always: a mail whose parts are the page and its pictures. The page is taken out, and nothing else.

use std::borrow::Cow;

use crate::formats::encoding::{decode, detect};

/// Headers of a file or a part that are longer than this, in bytes, are none.
const LONGEST_HEADERS: usize = 16 * 1024;

/// The media type of a file whose parts belong together.
pub(in crate::formats) const RELATED: &str = "multipart/related";

/// True of the beginning of such a file.
pub(in crate::formats) fn is_saved_page(beginning: &str) -> bool {
    let Some((headers, _)) = Headers::of(beginning.as_bytes()) else { return false };
    headers.get("mime-version").is_some()
        && headers.get("content-type").is_some_and(|kind| begins_with(&kind, RELATED))
}

/// The page in such a file, in UTF-8. `None` if the file is no such file; an empty page if there is none in it.
pub(super) fn page(bytes: &[u8]) -> Option<String> {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_HEADERS)]);
    if !is_saved_page(&beginning) {
        return None;
    }
    let (headers, body) = Headers::of(bytes)?;
    let kind = headers.get("content-type")?;
    let found = parameter(&kind, "boundary").and_then(|boundary| {
        parts(body, &boundary).find_map(|part| {
            let (headers, body) = Headers::of(part)?;
            let kind = headers.get("content-type")?;
            let is_page = ["text/html", "application/xhtml+xml"].iter().any(|page| begins_with(&kind, page));
            is_page.then(|| text(&headers, &kind, body))
        })
    });
    Some(found.unwrap_or_default())
}

/// A part as text.
fn text(headers: &Headers<'_>, kind: &str, body: &[u8]) -> String {
    let transfer = headers.get("content-transfer-encoding").unwrap_or_default();
    let bytes = match transfer.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => Cow::Owned(unquoted(body)),
        "base64" => Cow::Owned(of_base64(body)),
        _ => Cow::Borrowed(body),
    };
    let named = parameter(kind, "charset").and_then(|name| name.parse().ok());
    let (text, _) = decode(&bytes, named.unwrap_or_else(|| detect(&bytes).encoding));
    String::from_utf8_lossy(&text).into_owned()
}

/// The lines in front of a text, which say what it is.
struct Headers<'b>(Cow<'b, str>);

impl<'b> Headers<'b> {
    /// The headers and what follows them.
    fn of(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let looked_at = &bytes[..bytes.len().min(LONGEST_HEADERS)];
        let ends = [&b"\r\n\r\n"[..], b"\n\n"];
        let (at, end) = ends
            .iter()
            .filter_map(|end| Some((looked_at.windows(end.len()).position(|window| window == *end)?, end)))
            .min()?;
        Some((Self(String::from_utf8_lossy(&bytes[..at])), &bytes[at + end.len()..]))
    }

    /// The value of a header, whose lines may go on where the next begins with a space.
    fn get(&self, name: &str) -> Option<String> {
        let mut lines = self.0.lines();
        let first = lines.find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })?;
        let more = lines.take_while(|line| line.starts_with([' ', '\t']));
        Some(more.fold(first.trim().to_owned(), |value, line| value + " " + line.trim()))
    }
}

/// A parameter of a header's value: `boundary="x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn begins_with(kind: &str, media_type: &str) -> bool {
    kind.get(..media_type.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(media_type))
}

/// What stands between the lines that part a body.
fn parts<'b>(body: &'b [u8], boundary: &str) -> impl Iterator<Item = &'b [u8]> {
    let line = format!("--{boundary}");
    let mut rest = (!boundary.is_empty()).then_some(body);
    let mut is_first = true;
    std::iter::from_fn(move || {
        loop {
            let bytes = rest?;
            let next = (0..bytes.len())
                .find(|&at| (at == 0 || bytes[at - 1] == b'\n') && bytes[at..].starts_with(line.as_bytes()));
            let part = &bytes[..next.unwrap_or(bytes.len())];
            rest = next.and_then(|at| {
                let behind = &bytes[at + line.len()..];
                let end = behind.iter().position(|&byte| byte == b'\n')?;
                (!behind.starts_with(b"--")).then_some(&behind[end + 1..])
            });
            // What stands before the first of these lines is no part.
            if !std::mem::take(&mut is_first) {
                return Some(part);
            }
        }
    })
}

/// Quoted-printable (RFC 2045, 6.7). What is written otherwise than it should be stands for itself.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        let rest = &body[at..];
        if let (Some(high), Some(low)) = (digit(rest.first()), digit(rest.get(1))) {
            bytes.push((high * 16 + low) as u8);
            at += 2;
        } else if rest.starts_with(b"\r\n") {
            at += 2;
        } else if rest.starts_with(b"\n") {
            at += 1;
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

/// Base64 (RFC 4648, 4). What is no digit of it is passed over, as it is to be.
fn of_base64(body: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for value in body.iter().take_while(|&&byte| byte != b'=').filter_map(|&byte| digit(byte)) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(transfer: &str, body: &str) -> String {
        format!(
            "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
             \ttype=\"text/html\";\r\n\tboundary=\"--b--\"\r\n\r\nnothing\r\n----b--\r\nContent-Type: image/png\r\n\r\n=41\r\n\
             ----b--\r\nContent-type: text/html; charset=windows-1256\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n\
             {body}\r\n----b----\r\n"
        )
    }

    #[test]
    fn the_page_is_taken_out_whatever_it_is_written_in() {
        for (transfer, body, wanted) in [
            ("quoted-printable", "<p>=CC=ED=\r\n=D4 = 100=25", "<p>جيش = 100%\r\n"),
            ("BASE64", "PHA+\r\nzO3U\r\n", "<p>جيش"),
            ("8bit", "<p>a", "<p>a\r\n"),
        ] {
            let file = saved(transfer, body);
            assert!(is_saved_page(&file));
            assert_eq!(page(file.as_bytes()).as_deref(), Some(wanted), "{transfer}");
            let unix = file.replace("\r\n", "\n");
            assert_eq!(page(unix.as_bytes()), Some(wanted.replace("\r\n", "\n")), "{transfer}");
        }
    }

    #[test]
    fn a_file_without_a_page_has_an_empty_one_and_a_mail_is_none() {
        let whole = saved("8bit", "<p>a");
        for end in 0..whole.len() {
            let _ = page(&whole.as_bytes()[..end]);
        }
        assert_eq!(page(whole.replace("text/html; ", "text/plain; ").as_bytes()).as_deref(), Some(""));
        assert_eq!(page(whole.replace("boundary", "b").as_bytes()).as_deref(), Some(""));
        assert_eq!(page(whole.replace("multipart/related", "text/plain").as_bytes()), None);
        assert!(!is_saved_page("قال: نعم\n\nثم مضى"));
    }
}
