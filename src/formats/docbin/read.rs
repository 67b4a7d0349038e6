//! A `DocBin` as documents.

use std::collections::{HashMap, HashSet};

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use rmpv::Value as Pack;
use serde_json::Value as Json;

use super::{BEGIN, DocBinFault, ENT_IOB, ENT_TYPE, GROUP, INSIDE, ORTH, pack, strings};
use crate::formats::draft::{Draft, DraftSpan};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, carry, whole_file};
use crate::text::MAX_TEXT_BYTES;

/// Reads a file.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    match DocBin::open(bytes) {
        Ok(bin) if bin.lengths.is_empty() => refuse(options, ProblemKind::NoRecords),
        Ok(bin) => bin.read(options),
        Err(fault) => refuse(options, ProblemKind::NotDocBin { fault }),
    }
}

fn refuse(options: &ReadOptions, kind: ProblemKind) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    problems.say("", kind, Outcome::FileLeftOut);
    whole_file::nothing(problems)
}

/// A file, unpacked.
struct DocBin {
    /// The columns of the matrix of tokens.
    orth: usize,
    place: Option<usize>,
    label: Option<usize>,
    width: usize,
    tokens: Vec<u64>,
    spaces: Vec<bool>,
    lengths: Vec<usize>,
    strings: HashMap<u64, String>,
    map: Pack,
}

impl DocBin {
    /// Unpacks a file, or says what it lacks.
    fn open(bytes: &[u8]) -> Result<Self, DocBinFault> {
        use DocBinFault as Fault;
        let packed = decompress_to_vec_zlib_with_limit(bytes, MAX_TEXT_BYTES).map_err(|_| Fault::NotZlib)?;
        let map = pack::decode(&packed).ok_or(Fault::NotMessagePack)?;
        let list = |key: &str| pack::get(&map, key).and_then(Pack::as_array);
        let bytes = |key: &str| pack::get(&map, key).and_then(Pack::as_slice);
        let attrs = list("attrs").ok_or(Fault::Missing { field: "attrs" })?;
        let column = |attr: u64| attrs.iter().position(|found| found.as_u64() == Some(attr));
        let orth = column(ORTH).ok_or(Fault::NoText)?;
        let strings = list("strings").ok_or(Fault::Missing { field: "strings" })?;
        let strings =
            strings.iter().filter_map(Pack::as_str).map(|string| (strings::id(string), string.to_owned()));
        let (words, _) = bytes("tokens").ok_or(Fault::Missing { field: "tokens" })?.as_chunks::<8>();
        let tokens: Vec<u64> = words.iter().map(|&word| u64::from_le_bytes(word)).collect();
        let spaces = bytes("spaces")
            .ok_or(Fault::Missing { field: "spaces" })?
            .iter()
            .map(|&space| space != 0)
            .collect();
        let (lengths, _) = bytes("lengths").ok_or(Fault::Missing { field: "lengths" })?.as_chunks::<4>();
        let lengths: Vec<usize> = lengths.iter().map(|&length| u32::from_le_bytes(length) as usize).collect();
        let width = attrs.len();
        let sum = lengths.iter().try_fold(0_usize, |sum, &length| sum.checked_add(length));
        if sum.and_then(|sum| sum.checked_mul(width)) != Some(tokens.len()) {
            return Err(Fault::Count);
        }
        let (place, label) = (column(ENT_IOB), column(ENT_TYPE));
        let strings = strings.collect();
        Ok(Self { orth, place, label, width, tokens, spaces, lengths, strings, map })
    }

    fn read(&self, options: &ReadOptions) -> Vec<Reading> {
        let mut readings = Vec::with_capacity(self.lengths.len());
        let mut first = 0;
        for (n, &length) in self.lengths.iter().enumerate() {
            let mut problems = Problems::new(&options.file, None);
            let document = self
                .draft(n, first..first + length, &mut problems)
                .and_then(|draft| draft.finish(options, &mut problems));
            readings.push(Reading { line: None, document, problems: problems.into_vec() });
            first += length;
        }
        readings
    }

    fn string(&self, id: u64) -> Option<&str> {
        if id == 0 { Some("") } else { self.strings.get(&id).map(String::as_str) }
    }

    fn cell(&self, token: usize, column: Option<usize>) -> u64 {
        column.and_then(|column| self.tokens.get(token * self.width + column)).copied().unwrap_or(0)
    }

    /// One of the lists with an entry for each document.
    fn entry(&self, key: &str, n: usize) -> Option<&Pack> {
        pack::get(&self.map, key)?.as_array()?.get(n)
    }

    fn draft(&self, n: usize, tokens: std::ops::Range<usize>, problems: &mut Problems) -> Option<Draft> {
        let mut text = String::new();
        // Where each token is, in code points.
        let mut places: Vec<(u64, u64)> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        for token in tokens.clone() {
            let Some(word) = self.string(self.cell(token, Some(self.orth))) else {
                let kind = ProblemKind::NotDocBin { fault: DocBinFault::Token };
                problems.say(format!("docs[{n}]"), kind, Outcome::RecordLeftOut);
                return None;
            };
            let end = at + word.chars().count() as u64;
            places.push((at, end));
            at = end;
            text.push_str(word);
            if self.spaces.get(token) == Some(&true) {
                text.push(' ');
                at += 1;
            }
        }
        let unknown_spaces = |flags: &Pack| pack::get(flags, "has_unknown_spaces").and_then(Pack::as_bool);
        if self.entry("flags", n).and_then(unknown_spaces) == Some(true) {
            problems.say(format!("docs[{n}]"), ProblemKind::TextRebuilt, Outcome::Repaired);
        }
        let mut draft = Draft::new(text);
        draft.is_declared = true;
        draft.number = Some(n as u64 + 1);
        self.take_user_data(n, &mut draft);
        let details = draft.details.shift_remove("spans");
        let details = details.as_ref().and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        for (path, bytes) in self.groups(n, problems) {
            self.take_span(&path, &bytes, &places, &mut draft, problems);
        }
        // Only if they are as many as ever is it known whose they are.
        if details.len() == draft.spans.len() {
            for (span, details) in draft.spans.iter_mut().zip(details) {
                span.details = details.as_object().cloned().unwrap_or_default();
            }
        }
        let known: HashSet<(u64, u64, String)> =
            draft.spans.iter().map(|span| (span.start, span.end, span.label.clone())).collect();
        let entities = self.entities(n, tokens, &places, problems);
        draft.spans.extend(
            entities.into_iter().filter(|span| !known.contains(&(span.start, span.end, span.label.clone()))),
        );
        Some(draft)
    }

    /// What Misam put in for itself.
    fn take_user_data(&self, n: usize, draft: &mut Draft) {
        let user_data = self.entry("user_data", n).and_then(Pack::as_slice).and_then(pack::decode);
        let Some(own) = user_data.as_ref().and_then(|data| pack::get(data, carry::KEY)) else { return };
        let Json::Object(mut own) = pack::to_json(own) else { return };
        draft.id = own.shift_remove("id").and_then(|id| id.as_str().map(Into::into));
        if let Some(Json::Array(relations)) = own.shift_remove("relations") {
            draft.relations = relations;
        }
        draft.details_path = format!("docs[{n}].user_data.{}", carry::KEY);
        draft.details = own;
    }

    /// The spans of all groups of a document, packed, each with its path.
    fn groups(&self, n: usize, problems: &mut Problems) -> Vec<(String, Vec<u8>)> {
        let groups = self.entry("span_groups", n).and_then(Pack::as_slice).and_then(pack::decode);
        let bytes: Vec<Vec<u8>> = match groups {
            // Older files have a list, newer ones the keys of each group with it.
            Some(Pack::Array(list)) => list.iter().filter_map(Pack::as_slice).map(<[u8]>::to_vec).collect(),
            Some(Pack::Map(map)) => {
                map.iter().filter_map(|(group, _)| group.as_slice()).map(<[u8]>::to_vec).collect()
            }
            _ => Vec::new(),
        };
        let mut spans = Vec::new();
        for (m, bytes) in bytes.iter().enumerate() {
            let Some(group) = pack::decode(bytes) else {
                problems.say(
                    format!("docs[{n}].spans[{m}]"),
                    ProblemKind::NotDocBin { fault: DocBinFault::Group },
                    Outcome::EntryLeftOut,
                );
                continue;
            };
            let name = pack::get(&group, "name").and_then(Pack::as_str).unwrap_or(GROUP);
            let list = pack::get(&group, "spans").and_then(Pack::as_array);
            for (m, span) in list.into_iter().flatten().enumerate() {
                let bytes = span.as_slice().unwrap_or_default().to_vec();
                spans.push((format!("docs[{n}].spans[{name:?}][{m}]"), bytes));
            }
        }
        spans
    }

    fn take_span(
        &self,
        path: &str,
        bytes: &[u8],
        places: &[(u64, u64)],
        draft: &mut Draft,
        problems: &mut Problems,
    ) {
        let span = (|| {
            let (names, rest) = bytes.split_at_checked(24)?;
            let (names, _) = names.as_chunks::<8>();
            let (tokens, _) = rest.as_chunks::<4>();
            let &[id, _, label] = names else { return None };
            let &[first, behind, ..] = tokens else { return None };
            let place = |n: [u8; 4]| usize::try_from(u32::from_be_bytes(n)).ok();
            let start = places.get(place(first)?)?.0;
            let end = places.get(place(behind)?.checked_sub(1)?)?.1;
            let label = self.string(u64::from_be_bytes(label))?;
            let mut span = DraftSpan::new(path, start, end, label);
            span.id = self.string(u64::from_be_bytes(id)).filter(|id| !id.is_empty()).map(Into::into);
            Some(span)
        })();
        match span {
            Some(span) => draft.spans.push(span),
            None => problems.say(path, ProblemKind::Missing, Outcome::EntryLeftOut),
        }
    }

    /// The spans of `doc.ents`.
    fn entities(
        &self,
        n: usize,
        tokens: std::ops::Range<usize>,
        places: &[(u64, u64)],
        problems: &mut Problems,
    ) -> Vec<DraftSpan> {
        let mut spans: Vec<DraftSpan> = Vec::new();
        let mut open = None;
        for (token, &(start, end)) in tokens.zip(places) {
            let (place, id) = (self.cell(token, self.place), self.cell(token, self.label));
            if place != BEGIN && place != INSIDE {
                open = None;
                continue;
            }
            if place == INSIDE
                && open == Some(id)
                && let Some(span) = spans.last_mut()
            {
                span.end = end;
                continue;
            }
            let path = format!("docs[{n}].ents[{}]", spans.len());
            open = None;
            match self.string(id) {
                Some(label) => {
                    spans.push(DraftSpan::new(path, start, end, label));
                    open = Some(id);
                }
                None => problems.say(path, ProblemKind::Missing, Outcome::EntryLeftOut),
            }
        }
        spans
    }
}
