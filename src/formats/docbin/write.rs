//! Documents as a `DocBin`.

use std::collections::BTreeSet;

use miniz_oxide::deflate::compress_to_vec_zlib;
use rmpv::Value as Pack;
use serde_json::{Map, Value as Json};

use super::{BEGIN, ENT_IOB, ENT_TYPE, GROUP, INSIDE, ORTH, OUTSIDE, pack, strings};
use crate::annotation::{Document, Span};
use crate::formats::tokens::{tokens, tokens_of};
use crate::formats::{
    Alignment, DocumentWriter, ExportError, Holds, Layers, Losses, Output, WriteOptions, align, carry,
};
use crate::text::{ByteOffset, ByteRange, CodePointOffset, SourceText};

/// How hard to press: zlib's own middle way.
const LEVEL: u8 = 6;

/// Gathers documents, as the file begins with what is known only at its end.
#[derive(Debug)]
pub struct Writer {
    options: WriteOptions,
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    strings: BTreeSet<String>,
    span_groups: Vec<Pack>,
    user_data: Vec<Pack>,
}

impl Writer {
    /// A writer with these choices.
    #[must_use]
    pub fn new(options: WriteOptions) -> Self {
        let empty = BTreeSet::from([String::new()]);
        let (tokens, spaces, lengths, span_groups, user_data) = Default::default();
        Self { options, tokens, spaces, lengths, strings: empty, span_groups, user_data }
    }

    fn intern(&mut self, string: &str) -> u64 {
        if !self.strings.contains(string) {
            self.strings.insert(string.to_owned());
        }
        strings::id(string)
    }
}

impl DocumentWriter for Writer {
    fn write(&mut self, document: &Document, _: &mut dyn Output, _: &mut Losses) -> Result<(), ExportError> {
        let edges = document.spans.iter().flat_map(|span| [span.range.start, span.range.end]);
        let tokens = cover(&document.text, &tokens(&document.text, self.options.clitics, edges));
        let flat = Holds { layers: Layers::One, ..Holds::EVERYTHING };
        let (mut beside, mut losses) = (Alignment::default(), Losses::default());
        let entities = align(document, flat, &self.options, &mut beside, &mut losses);
        let mut tags = vec![(OUTSIDE, 0); tokens.len()];
        let ranges: Vec<ByteRange> = tokens.iter().map(|token| token.range).collect();
        for span in entities.spans.iter() {
            let label = self.intern(span.label.as_str());
            let mut place = BEGIN;
            for tag in tags.get_mut(tokens_of(&ranges, span.range)).unwrap_or_default() {
                *tag = (std::mem::replace(&mut place, INSIDE), label);
            }
        }
        for (token, (place, label)) in tokens.iter().zip(tags) {
            let orth = self.intern(document.text.slice(token.range).unwrap_or_default());
            for number in [orth, place, label] {
                self.tokens.extend(number.to_le_bytes());
            }
            self.spaces.push(u8::from(token.space));
        }
        self.lengths.extend(u32::try_from(tokens.len()).unwrap_or(u32::MAX).to_le_bytes());

        let mut details = Vec::with_capacity(document.spans.len());
        let mut spans = Vec::with_capacity(document.spans.len());
        for span in document.spans.iter() {
            spans.push(Pack::Binary(self.span(&document.text, span, &ranges)));
            details.push(Json::Object(carry::span(document, span, &["id"])?));
        }
        self.span_groups.push(Pack::Binary(span_groups(spans)?));
        let mut record = Map::new();
        record.insert("id".to_owned(), document.id.as_str().into());
        record.extend(carry::record(document, &[])?);
        if !document.relations.is_empty() {
            record.insert("relations".to_owned(), document.relations.clone().into());
        }
        record.insert("spans".to_owned(), details.into());
        let user_data = Pack::Map(vec![(Pack::from(carry::KEY), pack::from_json(&Json::Object(record)))]);
        self.user_data.push(Pack::Binary(pack::encode(&user_data)?));
        Ok(())
    }

    fn writes_by_document(&self) -> bool {
        false
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        let list = |numbers: &[u64]| Pack::Array(numbers.iter().copied().map(Pack::from).collect());
        let each = |value: Pack| Pack::Array(vec![value; self.span_groups.len()]);
        let known_spaces = Pack::Map(vec![(Pack::from("has_unknown_spaces"), Pack::from(false))]);
        let names = self.strings.iter().map(|string| Pack::from(string.as_str())).collect();
        let entries = [
            ("version", Pack::from("0.1")),
            ("attrs", list(&[ORTH, ENT_IOB, ENT_TYPE])),
            ("cats", each(Pack::Map(Vec::new()))),
            ("flags", each(known_spaces)),
            ("tokens", Pack::Binary(std::mem::take(&mut self.tokens))),
            ("spaces", Pack::Binary(std::mem::take(&mut self.spaces))),
            ("lengths", Pack::Binary(std::mem::take(&mut self.lengths))),
            ("strings", Pack::Array(names)),
            ("span_groups", Pack::Array(std::mem::take(&mut self.span_groups))),
            ("user_data", Pack::Array(std::mem::take(&mut self.user_data))),
        ];
        let map = Pack::Map(entries.into_iter().map(|(key, value)| (Pack::from(key), value)).collect());
        output.stream().write_all(&compress_to_vec_zlib(&pack::encode(&map)?, LEVEL))?;
        Ok(())
    }
}

impl Writer {
    /// A span as spaCy's span groups hold it: names, then places in tokens and in code points, high byte first.
    fn span(&mut self, text: &SourceText, span: &Span, tokens: &[ByteRange]) -> Vec<u8> {
        let held = tokens_of(tokens, span.range);
        let at = |byte: ByteOffset| text.code_points_before(byte).map_or(0, CodePointOffset::get);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(40);
        for name in [self.intern(span.id.as_str()), 0, self.intern(span.label.as_str())] {
            bytes.extend(name.to_be_bytes());
        }
        for place in [count(held.start), count(held.end), at(span.range.start), at(span.range.end)] {
            bytes.extend(place.to_be_bytes());
        }
        bytes
    }
}

/// The span groups of a document: the bytes of each, and the keys it has.
fn span_groups(spans: Vec<Pack>) -> std::io::Result<Vec<u8>> {
    if spans.is_empty() {
        return pack::encode(&Pack::Array(Vec::new()));
    }
    let group =
        [("name", Pack::from(GROUP)), ("attrs", Pack::Map(Vec::new())), ("spans", Pack::Array(spans))];
    let group = Pack::Map(group.into_iter().map(|(key, value)| (Pack::from(key), value)).collect());
    let group = Pack::Binary(pack::encode(&group)?);
    pack::encode(&Pack::Map(vec![(group, Pack::Array(vec![Pack::from(GROUP)]))]))
}

/// A token of a text that tokens make up without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    range: ByteRange,
    /// Whether a space stands behind it that is in no token.
    space: bool,
}

/// The tokens with what is between them: a space goes with the token before it, all else is a token of its own.
fn cover(text: &SourceText, tokens: &[ByteRange]) -> Vec<Token> {
    let mut covered: Vec<Token> = Vec::with_capacity(tokens.len() * 2);
    let mut at = ByteOffset::from(0);
    let end = text.range().end;
    let last = ByteRange { start: end, end };
    for &token in tokens.iter().chain([&last]) {
        let mut gap = ByteRange { start: at, end: token.start };
        if text.slice(gap).is_some_and(|gap| gap.starts_with(' '))
            && let Some(before) = covered.last_mut()
        {
            before.space = true;
            gap.start = ByteOffset::from(gap.start.to_usize() + 1);
        }
        if !gap.is_empty() {
            covered.push(Token { range: gap, space: false });
        }
        if !token.is_empty() {
            covered.push(Token { range: token, space: false });
        }
        at = token.end;
    }
    covered
}
