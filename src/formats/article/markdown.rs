//! Markdown (CommonMark 0.31, and the front matter that site generators put before it): the text without its marks.
//! What looks like a mark and is none stays: a line that begins with a number is a line that begins with a number.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Facts, iso_date, meaning};
use crate::formats::problem::Problems;
use crate::formats::{ReadOptions, Reading, whole_file};

/// Reads a file as one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(source) = whole_file::text(bytes, &mut problems) else {
        return whole_file::nothing(problems);
    };
    let (mut facts, mut more, body) = front_matter(source);
    if options.choices.whole_page {
        return vec![super::reading(options.stem().to_owned(), source.to_owned(), facts, more, problems)];
    }
    let (heading, text) = plain(body);
    facts.title = facts.title.or(heading);
    if text != source && !options.choices.without_original {
        super::keep_original(source, &mut more, &mut problems);
    }
    vec![super::reading(options.stem().to_owned(), text, facts, more, problems)]
}

/// What stands between two lines of dashes at the top: one `key: value` a line, those that mean something to us apart; and
/// what follows.
fn front_matter(source: &str) -> (Facts, Map<String, Value>, &str) {
    let (mut facts, mut more) = (Facts::default(), Map::new());
    let rest = source
        .strip_prefix("---")
        .and_then(|rest| rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")));
    let Some(rest) = rest else { return (facts, more, source) };
    let mut at = 0;
    let mut end = None;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            end = Some((at, at + line.len()));
            break;
        }
        at += line.len();
    }
    let Some((end, after)) = end else { return (facts, more, source) };
    for line in rest.get(..end).unwrap_or_default().lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() {
            continue;
        }
        let value = value.to_owned();
        match meaning(key.trim()) {
            Some(("title", _)) => facts.title = Some(value),
            Some(("date", _)) if iso_date(&value).is_some() => facts.date = iso_date(&value),
            Some(("source", _)) => facts.source = Some(value),
            Some(("author", _)) => facts.author = Some(value),
            Some(("url", _)) => facts.url = Some(value),
            _ => {
                more.insert(key.trim().to_owned(), Value::from(value));
            }
        }
    }
    (facts, more, rest.get(after..).unwrap_or_default())
}

/// The first heading of the highest level, and the text with its marks taken off, line by line.
fn plain(body: &str) -> (Option<String>, String) {
    let mut heading = None;
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in unfilled(body).lines() {
        let bare = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if mark == open => {
                fence = None;
                continue;
            }
            (None, Some(mark)) => {
                fence = Some(mark);
                continue;
            }
            (Some(_), _) => {
                lines.push(line.to_owned());
                continue;
            }
            (None, None) => {}
        }
        // A line of dashes or equals signs under another makes that a heading, or parts sections.
        if bare.len() >= 3
            && ["-", "=", "*", "_"]
                .iter()
                .any(|sign| bare.trim_end().trim_matches(|c| sign.starts_with(c)).is_empty())
        {
            continue;
        }
        let (level, rest) = block(bare);
        let text = inline(rest);
        if level == Some(1) && heading.is_none() {
            heading = Some(text.clone());
        }
        lines.push(text);
    }
    let text = lines.join("\n");
    (heading, text.trim_matches(['\n', '\r', ' ']).to_owned())
}

/// Lines that a program has filled to a width between these, in letters, are not where anybody has parted them.
const FILLED: std::ops::RangeInclusive<usize> = 60..=100;

/// So many ends of lines tell that they are filled.
const FILLED_ENDS: usize = 3;

/// The text with each paragraph on one line, if a program has parted its lines: none has room for the first word of the
/// next, by the width of the longest. Lines that somebody has parted stay as they are.
fn unfilled(body: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = body.lines().collect();
    let mut is_code = false;
    let is_prose: Vec<bool> = lines
        .iter()
        .map(|line| {
            let bare = line.trim();
            let is_fence = ["```", "~~~"].iter().any(|mark| bare.starts_with(mark));
            is_code ^= is_fence;
            !is_code && !is_fence && !bare.is_empty()
        })
        .collect();
    let goes_on = |at: usize| {
        let starts = |line: &str| {
            let is_number = line.split_once(['.', ')']).is_some_and(|(number, _)| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            });
            is_number
                || line.starts_with(['#', '>', '|', '='])
                || ["- ", "* ", "+ ", "---", "***", "___"].iter().any(|mark| line.starts_with(mark))
        };
        let heading = lines[at].trim_start().starts_with('#');
        let [this, next] = [at, at + 1].map(|at| is_prose.get(at).copied().unwrap_or_default());
        this && next && !heading && !starts(lines[at + 1].trim_start())
    };
    let ends: Vec<usize> = (0..lines.len()).filter(|&at| goes_on(at)).collect();
    let are_filled = |width: &dyn Fn(&str) -> usize| {
        let widest = ends.iter().map(|&at| width(lines[at].trim_end())).max().unwrap_or_default();
        let has_no_room = |&at: &usize| {
            let word = lines[at + 1].split_whitespace().next().unwrap_or_default();
            width(lines[at].trim_end()) + 1 + width(word) > widest
        };
        FILLED.contains(&widest) && ends.iter().all(has_no_room)
    };
    // Some give marks over letters room, and some do not.
    let is_mark = |c: &char| matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}');
    let widths: [&dyn Fn(&str) -> usize; 2] =
        [&|text| text.chars().count(), &|text| text.chars().filter(|c| !is_mark(c)).count()];
    if ends.len() < FILLED_ENDS || !widths.into_iter().any(are_filled) {
        return Cow::Borrowed(body);
    }
    let mut text = String::with_capacity(body.len());
    for (at, line) in lines.iter().enumerate() {
        let is_rest = at > 0 && goes_on(at - 1);
        let line = if is_rest { line.trim_start() } else { line };
        match goes_on(at) {
            true => text.extend([line.trim_end(), " "]),
            false => text.extend([line, "\n"]),
        }
    }
    Cow::Owned(text)
}

/// The level of a heading, and a line without the marks it begins with.
fn block(line: &str) -> (Option<usize>, &str) {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes)
        && let Some(rest) = line.get(hashes..).and_then(|rest| rest.strip_prefix([' ', '\t']))
    {
        return (Some(hashes), rest.trim().trim_end_matches('#').trim_end());
    }
    let mut rest = line;
    while let Some(quoted) = rest.strip_prefix('>') {
        rest = quoted.trim_start();
    }
    for mark in ["- ", "* ", "+ "] {
        if let Some(item) = rest.strip_prefix(mark) {
            return (None, item.trim_start());
        }
    }
    (None, rest)
}

/// Text without the marks of emphasis, links, pictures and code.
fn inline(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let escaped = after.chars().next().map_or(0, char::len_utf8);
                plain.push_str(after.get(..escaped).unwrap_or_default());
                rest = after.get(escaped..).unwrap_or_default();
            }
            '!' if after.starts_with('[') => match link(after) {
                Some((_, behind)) => rest = behind,
                None => {
                    plain.push(c);
                    rest = after;
                }
            },
            '[' => match link(rest) {
                Some((words, behind)) => {
                    plain.push_str(&inline(words));
                    rest = behind;
                }
                None => {
                    plain.push(c);
                    rest = after;
                }
            },
            '`' => rest = after,
            // Between spaces it is a sign of its own.
            '*' => {
                let is_free = |c: Option<char>| c.is_none_or(char::is_whitespace);
                if is_free(plain.chars().next_back()) && is_free(after.chars().next()) {
                    plain.push(c);
                }
                rest = after;
            }
            // Within a word it is a letter of the word.
            '_' => {
                let inside =
                    plain.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
                if inside {
                    plain.push(c);
                }
                rest = after;
            }
            '<' => match after.split_once('>') {
                Some((address, behind))
                    if address.starts_with("http") && !address.contains(char::is_whitespace) =>
                {
                    plain.push_str(address);
                    rest = behind;
                }
                _ => {
                    plain.push(c);
                    rest = after;
                }
            },
            _ => {
                plain.push(c);
                rest = after;
            }
        }
    }
    plain
}

/// The words of a link that begins here, and what stands behind it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(']')?;
    let (words, behind) = (inside.get(..end)?, inside.get(end + 1..)?);
    if let Some(address) = behind.strip_prefix('(') {
        let end = address.find(')')?;
        return Some((words, address.get(end + 1..)?));
    }
    let label = behind.strip_prefix('[')?;
    let end = label.find(']')?;
    Some((words, label.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::ORIGINAL;

    #[test]
    fn the_text_is_left_and_the_marks_are_gone() {
        let source = "---\ntitle: \"قصف\"\ndate: 2019-04-06\n---\n\n# قصف قرب حلب\n\nقال **الوزير** إن [الوفد](http://x) _وصل_ a_b.\n\n> - بند\n\n![صورة](x.png)\n```\n**x**\n```\n";
        let document =
            read_file(source.as_bytes(), &ReadOptions::for_file("a.md")).remove(0).document.unwrap();
        assert_eq!(document.text.as_str(), "قصف قرب حلب\n\nقال الوزير إن الوفد وصل a_b.\n\nبند\n\n\n**x**");
        assert_eq!((document.title(), document.meta["date"].as_str()), ("قصف", Some("2019-04-06")));
        assert_eq!(document.meta[ORIGINAL], source);
    }

    #[test]
    fn text_without_marks_stays_as_it_is() {
        let source = "قال الوزير [خاص] إن 3 * 4 \\* x\n2019 كان عامًا";
        let document =
            read_file(source.as_bytes(), &ReadOptions::for_file("a.md")).remove(0).document.unwrap();
        assert_eq!(document.text.as_str(), "قال الوزير [خاص] إن 3 * 4 * x\n2019 كان عامًا");
    }

    #[test]
    fn lines_that_a_program_has_filled_are_paragraphs_again_and_others_stay() {
        let words = "قال الوزير إن الوفد وصل إلى المدينة أمس، وإن [الطريق الطويل](http://x) مفتوح ";
        let [mut filled, mut width] = [String::new(), String::new()];
        for word in words.repeat(8).split_whitespace() {
            if width.chars().count() + 1 + word.chars().count() > 72 {
                filled.push_str(&std::mem::take(&mut width));
                filled.push('\n');
            } else if !width.is_empty() {
                width.push(' ');
            }
            width.push_str(word);
        }
        filled.push_str(&width);
        let source = format!("# عنوان\n\n{filled}\n- بند\n- بند\n\n```\nx\ny\n```\n");
        let plain = plain(&source).1;
        let whole = words.repeat(8).trim().replace("[الطريق الطويل](http://x)", "الطريق الطويل");
        assert_eq!(plain, format!("عنوان\n\n{whole}\nبند\nبند\n\nx\ny"));
        let parted = filled.replacen('\n', " ثم\n\n", 1).replacen('\n', "\nقصير\n", 3);
        assert!(matches!(unfilled(&parted), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn anything_can_be_read(source in "(---\n)?([#>*_`!\\[\\]()<\\\\-]|[a-zا-ي ]|\n){0,80}") {
            let readings = read_file(source.as_bytes(), &ReadOptions::for_file("a.md"));
            prop_assert_eq!(readings.len(), 1);
        }
    }
}
