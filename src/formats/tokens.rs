//! An article as tokens, for the formats that know nothing smaller.
//!
//! Every visible character is in exactly one token. No token holds white space or a control character, or begins or ends
//! with anything that cannot be seen: readers split and strip at those. Words are tokens, and so is each sign between
//! them; marks, tatweel and what is invisible inside a word stay in it.

use std::collections::BTreeSet;

use super::CliticPolicy;
use crate::text::letter::{Class, class};
use crate::text::{ByteOffset, ByteRange, SourceText, WordKind, proclitic_cuts, sentences, words};

/// The name and version of this way to make tokens, as files carry it. It changes when the tokens do.
pub(super) const TOKENISER: &str = "misam-words/1";

/// The tokens of a text, in order. At `cuts` there is always an edge, if there is a token.
pub(super) fn tokens(
    text: &SourceText,
    clitics: CliticPolicy,
    cuts: impl IntoIterator<Item = ByteOffset>,
) -> Vec<ByteRange> {
    let source = text.as_str();
    let mut edges: BTreeSet<usize> = cuts.into_iter().map(ByteOffset::to_usize).collect();
    let mut behind = 0;
    for word in words(source) {
        let range = word.range.to_std();
        edges_between(source, behind..range.start, &mut edges);
        edges.extend([range.start, range.end]);
        behind = range.end;
        if clitics == CliticPolicy::Split && matches!(word.kind, WordKind::Arabic | WordKind::Mixed) {
            let cuts = proclitic_cuts(source.get(range.clone()).unwrap_or_default());
            edges.extend(cuts.iter().map(|cut| range.start + cut.offset));
        }
    }
    edges_between(source, behind..source.len(), &mut edges);
    edges.extend([0, source.len()]);

    let edges: Vec<usize> = edges.into_iter().filter(|&edge| source.is_char_boundary(edge)).collect();
    let pieces = edges.windows(2).filter_map(|pair| match *pair {
        [start, end] => Some(ByteRange::from(start..end)),
        _ => None,
    });
    pieces.filter_map(|piece| visible_part(text, piece)).collect()
}

/// Between words every cluster is a piece of its own; white space in one parts it.
fn edges_between(source: &str, gap: std::ops::Range<usize>, edges: &mut BTreeSet<usize>) {
    let Some(text) = source.get(gap.clone()) else { return };
    for (at, cluster) in unicode_segmentation::UnicodeSegmentation::grapheme_indices(text, true) {
        edges.insert(gap.start + at);
        for (within, c) in cluster.char_indices().filter(|&(_, c)| is_blank(c)) {
            let at = gap.start + at + within;
            edges.extend([at, at + c.len_utf8()]);
        }
    }
}

/// White space and control characters, where readers part tokens.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || class(c) == Class::Space
}

/// True for what a reader can see, alone or on what stands before it. Joiners, direction marks and the like are seen
/// only by what they do to others.
pub(super) fn is_visible(c: char) -> bool {
    !is_blank(c) && class(c) != Class::Invisible && !matches!(c, '\u{200C}' | '\u{200D}')
}

/// The range without what cannot be seen at its edges; `None` if nothing is left.
pub(super) fn visible_part(text: &SourceText, range: ByteRange) -> Option<ByteRange> {
    let slice = text.slice(range)?;
    let first = slice.char_indices().find(|&(_, c)| is_visible(c))?.0;
    let (last, c) = slice.char_indices().rfind(|&(_, c)| is_visible(c))?;
    let start = range.start.to_usize();
    Some((start + first..start + last + c.len_utf8()).into())
}

/// Where tokens, by their index, begin a sentence. None begins inside one of the `whole` ranges, so that no reader ends
/// a span where a sentence ends. The first token always begins one.
pub(super) fn sentence_starts(text: &SourceText, tokens: &[ByteRange], whole: &[ByteRange]) -> Vec<usize> {
    let lines = text.paragraphs().iter();
    let mut ends = lines.flat_map(|line| sentences(text.as_str(), line.content)).map(|range| range.end);
    let mut end = ends.next();
    let mut starts = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let mut begins = n == 0;
        while end.is_some_and(|end| end <= token.start) {
            begins = true;
            end = ends.next();
        }
        let is_inside = |range: &ByteRange| range.start < token.start && token.start < range.end;
        if n == 0 || (begins && !whole.iter().any(is_inside)) {
            starts.push(n);
        }
    }
    starts
}

/// The places of tokens in a text that holds them in order, with nothing visible before, between or behind them.
pub(super) fn find_tokens(text: &str, tokens: &[&str]) -> Option<Vec<ByteRange>> {
    let mut at = 0;
    let mut places = Vec::with_capacity(tokens.len());
    for token in tokens {
        let start = at + text.get(at..)?.find(token)?;
        if text.get(at..start)?.chars().any(is_visible) {
            return None;
        }
        at = start + token.len();
        places.push((start..at).into());
    }
    let is_whole = !text.get(at..)?.chars().any(is_visible);
    is_whole.then_some(places)
}

/// A text of tokens with a space between them, and their places in it.
pub(super) fn join_tokens(tokens: &[&str]) -> (String, Vec<ByteRange>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(tokens.len());
    for (n, token) in tokens.iter().enumerate() {
        if n > 0 {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        places.push((start..text.len()).into());
    }
    (text, places)
}

/// The tokens that a range is made of, by index. Empty if it holds none.
pub(super) fn tokens_of(tokens: &[ByteRange], range: ByteRange) -> std::ops::Range<usize> {
    let first = tokens.partition_point(|token| token.end <= range.start);
    let behind = tokens.partition_point(|token| token.start < range.end);
    first..behind.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, clitics: CliticPolicy, cuts: &[usize]) -> Vec<String> {
        let text = SourceText::from(text);
        let found = tokens(&text, clitics, cuts.iter().map(|&cut| ByteOffset::from(cut)));
        found.into_iter().filter_map(|token| text.slice(token)).map(str::to_owned).collect()
    }

    #[test]
    fn words_and_signs_are_tokens_and_space_is_none() {
        let keep = |text: &str| split(text, CliticPolicy::Keep, &[]);
        assert_eq!(
            keep("زار، «القا\u{200E}هرة»..."),
            ["زار", "،", "«", "القا\u{200E}هرة", "»", ".", ".", "."]
        );
        assert_eq!(keep(" \u{A0}\r\n\u{200F}\t\u{1F}\u{200D}"), [""; 0]);
        assert_eq!(keep("👨‍👩‍👧 \u{64E}"), ["👨‍👩‍👧", "\u{64E}"]);
        assert_eq!(keep("-DOCSTART- #"), ["-", "DOCSTART", "-", "#"]);
    }

    #[test]
    fn clitics_are_cut_off_on_demand_whatever_is_labelled() {
        assert_eq!(split("وبالقاهرة وزير", CliticPolicy::Keep, &[]), ["وبالقاهرة", "وزير"]);
        assert_eq!(split("وبالقاهرة وزير", CliticPolicy::Split, &[]), ["و", "ب", "القاهرة", "و", "زير"]);
    }

    #[test]
    fn a_cut_parts_a_word_but_leaves_no_token_that_cannot_be_seen() {
        assert_eq!(split("وبالقاهرة", CliticPolicy::Keep, &[4]), ["وب", "القاهرة"]);
        assert_eq!(split("القا\u{200E}هرة", CliticPolicy::Keep, &[8, 11]), ["القا", "هرة"]);
    }

    #[test]
    fn no_sentence_begins_inside_a_span() {
        let text = SourceText::from("وصل. غادر.\nعاد");
        let found = tokens(&text, CliticPolicy::Keep, []);
        assert_eq!(sentence_starts(&text, &found, &[]), [0, 2, 4]);
        assert_eq!(sentence_starts(&text, &found, &[text.range()]), [0]);
    }
}
