//! A folder as articles.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{NOTE, NOTES, ORIGIN, flat, is_line_end};
use crate::annotation::Origin;
use crate::formats::archive::Files;
use crate::formats::draft::{Draft, DraftSpan, index_of, relation};
use crate::formats::encoding::{NotUtf8, utf8};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, whole_file};

/// Reads the articles of a folder.
#[must_use]
pub fn read_folder(files: &Files, options: &ReadOptions) -> Vec<Reading> {
    // Shared tasks give out entities and events in files of their own.
    let mut articles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut readings = Vec::new();
    for name in files.keys() {
        match name.rsplit_once('.') {
            Some((stem, "ann" | "a1" | "a2")) => articles.entry(stem).or_default().push(name),
            Some((stem, "txt")) => {
                articles.entry(stem).or_default();
            }
            Some((_, "conf")) => {}
            _ => readings.push(about(name, options, |problems| {
                let base = name.rsplit('/').next().unwrap_or(name).to_owned();
                problems.say("", ProblemKind::NoPlace { found: base }, Outcome::FileLeftOut);
            })),
        }
    }
    for (stem, annotations) in articles {
        let text_name = format!("{stem}.txt");
        let reading = match files.get(&text_name) {
            Some(text) => {
                let parts = annotations.iter().filter_map(|&name| Some((name, files.get(name)?.as_slice())));
                read_article(stem, &text_name, text, parts, options)
            }
            None => about(annotations.first().copied().unwrap_or(stem), options, |problems| {
                problems.say("", ProblemKind::MissingFile { name: text_name }, Outcome::FileLeftOut);
            }),
        };
        readings.push(reading);
    }
    readings
}

fn about(name: &str, options: &ReadOptions, say: impl FnOnce(&mut Problems)) -> Reading {
    let mut problems = Problems::new(&options.within(name), None);
    say(&mut problems);
    Reading { line: None, document: None, problems: problems.into_vec() }
}

fn read_article<'f>(
    stem: &str,
    text_name: &str,
    text: &[u8],
    annotations: impl Iterator<Item = (&'f str, &'f [u8])>,
    options: &ReadOptions,
) -> Reading {
    let text = match utf8(text) {
        Ok(text) => text.to_owned(),
        Err(NotUtf8 { byte, index, guess }) => {
            return about(text_name, options, |problems| {
                let column = index as u64 + 1;
                problems.say("", ProblemKind::NotUtf8 { byte, column, guess }, Outcome::FileLeftOut);
            });
        }
    };
    let mut draft = Draft::new(text);
    draft.id = Some(stem.rsplit('/').next().unwrap_or(stem).into());
    let mut problems = Problems::new(&options.within(text_name), None);
    let mut lines = Lines::default();
    for (name, bytes) in annotations {
        problems = Problems::continued(problems, &options.within(name));
        let Some(content) = whole_file::text(bytes, &mut problems) else { continue };
        for (n, line) in content.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            problems.at_line(Some(n as u64 + 1));
            if !line.trim().is_empty() && lines.take(line, n as u64 + 1).is_none() {
                let kind = ProblemKind::Malformed { expected: expected(line), found: line.to_owned() };
                problems.say("", kind, Outcome::EntryLeftOut);
            }
        }
        problems.at_line(None);
    }
    lines.into_draft(&mut draft, &mut problems);
    let document = draft.finish(options, &mut problems);
    Reading { line: None, document, problems: problems.into_vec() }
}

/// What a line should be, by its first letter.
fn expected(line: &str) -> &'static str {
    match line.chars().next() {
        Some('T') => "T1⇥TYPE START END⇥TEXT",
        Some('R') => "R1⇥TYPE Arg1:T1 Arg2:T2",
        Some('E') => "E1⇥TYPE:T1 ROLE:T2",
        Some('A' | 'M') => "A1⇥NAME T1 VALUE",
        Some('N') => "N1⇥Reference T1 DB:ID⇥TEXT",
        Some('#') => "#1⇥TYPE T1⇥TEXT",
        _ => "T R E A M N * #",
    }
}

/// A text-bound annotation.
struct Bound {
    id: String,
    line: u64,
    label: String,
    pieces: Vec<(u64, u64)>,
    text: String,
}

/// The lines of an article, taken apart.
#[derive(Default)]
struct Lines {
    bound: Vec<Bound>,
    relations: Vec<Value>,
    events: Vec<Map<String, Value>>,
    /// Line, what it is about, name and value.
    attributes: Vec<(u64, String, String, Value)>,
    notes: Vec<(u64, String, String, String)>,
}

impl Lines {
    /// Takes a line in; `None` if it is malformed.
    fn take(&mut self, line: &str, number: u64) -> Option<()> {
        let (id, rest) = line.split_once('\t')?;
        match id.chars().next()? {
            'T' => {
                let (head, text) = rest.split_once('\t').unwrap_or((rest, ""));
                let (label, places) = head.split_once(' ')?;
                let piece = |piece: &str| {
                    let (start, end) = piece.trim().split_once(' ')?;
                    Some((start.parse().ok()?, end.trim().parse().ok()?))
                };
                let pieces = places.split(';').map(piece).collect::<Option<Vec<(u64, u64)>>>()?;
                let (id, label, text) = (id.to_owned(), label.to_owned(), text.to_owned());
                self.bound.push(Bound { id, line: number, label, pieces, text });
            }
            'R' => {
                let mut parts = rest.split_whitespace();
                let kind = parts.next()?;
                let mut end = || parts.next()?.split_once(':').map(|(_, id)| id);
                let (head, tail) = (end()?, end()?);
                self.relations.push(relation(Some(id), kind, head, tail));
            }
            '*' => {
                let mut parts = rest.split_whitespace();
                let kind = parts.next()?;
                let first = parts.next()?;
                self.relations.extend(parts.map(|other| relation(None, kind, first, other)));
            }
            'E' => {
                let mut parts = rest.split_whitespace();
                let (kind, trigger) = parts.next()?.split_once(':')?;
                let argument = |part: &str| {
                    let (role, target) = part.split_once(':')?;
                    let pair = [("role", role), ("target", target)];
                    Some(pair.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
                };
                let arguments = parts.map(argument).collect::<Option<Vec<Map<String, Value>>>>()?;
                let mut event = Map::new();
                for (key, value) in [("id", id), ("type", kind), ("trigger", trigger)] {
                    event.insert(key.to_owned(), value.into());
                }
                if !arguments.is_empty() {
                    event.insert("args".to_owned(), arguments.into_iter().map(Value::Object).collect());
                }
                self.events.push(event);
            }
            'A' | 'M' => {
                let mut parts = rest.splitn(3, ' ');
                let (name, target) = (parts.next()?, parts.next()?);
                let value = parts.next().map_or(Value::Bool(true), Value::from);
                self.attributes.push((number, target.to_owned(), name.to_owned(), value));
            }
            'N' => {
                let (head, text) = rest.split_once('\t').unwrap_or((rest, ""));
                let mut parts = head.splitn(3, ' ');
                let (name, target, entry) = (parts.next()?, parts.next()?, parts.next()?);
                let value = if text.is_empty() { entry.to_owned() } else { format!("{entry} {text}") };
                self.attributes.push((number, target.to_owned(), name.to_owned(), value.into()));
            }
            '#' => {
                let (head, text) = rest.split_once('\t').unwrap_or((rest, ""));
                let (kind, target) = head.split_once(' ')?;
                self.notes.push((number, target.to_owned(), kind.to_owned(), text.to_owned()));
            }
            _ => return None,
        }
        Some(())
    }

    fn into_draft(self, draft: &mut Draft, problems: &mut Problems) {
        draft.spans = place(self.bound, &draft.text);
        draft.relations = self.relations;
        if !self.events.is_empty() {
            let events = self.events.into_iter().map(Value::Object).collect();
            draft.details.insert("events".to_owned(), events);
        }
        let mut unplaced = |line: u64, found: String| {
            problems.at_line(Some(line));
            problems.say("", ProblemKind::NoPlace { found }, Outcome::EntryLeftOut);
            problems.at_line(None);
        };
        let index = index_of(&draft.spans);
        for (line, target, name, value) in self.attributes {
            let Some(span) = index.get(&*target).and_then(|at| draft.spans.get_mut(*at)) else {
                unplaced(line, format!("{name} {target}"));
                continue;
            };
            let origin = value.as_str().filter(|_| name == ORIGIN);
            if let Some(origin) = origin.filter(|word| is_origin(word)) {
                span.details.insert("origin".to_owned(), origin.into());
                continue;
            }
            let attributes = span.details.entry("attributes").or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(attributes) = attributes {
                attributes.insert(name, value);
            }
        }
        for (line, target, kind, text) in self.notes {
            let Some(span) = index.get(&*target).and_then(|at| draft.spans.get_mut(*at)) else {
                unplaced(line, format!("{kind} {target}"));
                continue;
            };
            if let Some((_, field)) = NOTES.iter().find(|(name, _)| *name == kind) {
                let number = || serde_json::from_str(&text).ok().filter(Value::is_number);
                let value = if *field == "confidence" { number() } else { None };
                span.details.insert((*field).to_owned(), value.unwrap_or_else(|| text.into()));
                continue;
            }
            let text = if kind == NOTE { text } else { format!("{kind}: {text}") };
            match span.details.get_mut("note") {
                Some(Value::String(note)) => {
                    note.push('\n');
                    note.push_str(&text);
                }
                _ => {
                    span.details.insert("note".to_owned(), text.into());
                }
            }
        }
    }
}

fn is_origin(word: &str) -> bool {
    [Origin::Manual, Origin::Accepted, Origin::Corrected, Origin::Suggested, Origin::Imported]
        .iter()
        .any(|origin| origin.as_str() == word)
}

/// Where the code points of a text with universal line ends are in the text itself; the last is its length.
fn unfolded(text: &str) -> Vec<u64> {
    let mut places = Vec::with_capacity(text.len() / 2);
    let mut chars = text.chars().peekable();
    let mut at = 0;
    while let Some(c) = chars.next() {
        places.push(at);
        at += 1;
        if c == '\r' && chars.next_if_eq(&'\n').is_some() {
            at += 1;
        }
    }
    places.push(at);
    places
}

/// The spans, with offsets into the text as it is.
fn place(bound: Vec<Bound>, text: &str) -> Vec<DraftSpan> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let slice = |(start, end): (u64, u64)| {
        let at = |offset: u64| starts.get(usize::try_from(offset).ok()?).copied();
        text.get(at(start)?..at(end)?)
    };
    let table = if text.contains('\r') { Some(unfolded(text)) } else { None };
    let unfold = |piece: (u64, u64)| {
        let table = table.as_ref()?;
        let at = |offset: u64| table.get(usize::try_from(offset).ok()?).copied();
        Some((at(piece.0)?, at(piece.1)?))
    };
    let holds = |pieces: &[(u64, u64)], stated: &str| {
        let found: Option<Vec<&str>> = pieces.iter().map(|&piece| slice(piece)).collect();
        found.is_some_and(|found| flat(&found.join(" ")) == flat(stated))
    };
    let unfolded =
        |bound: &Bound| bound.pieces.iter().map(|&piece| unfold(piece)).collect::<Option<Vec<_>>>();
    // As brat counts, unless the texts show that carriage returns were counted.
    let folded = table.is_some() && {
        let by_brat = bound.iter().filter(|b| unfolded(b).is_some_and(|p| holds(&p, &b.text))).count();
        by_brat >= bound.iter().filter(|b| holds(&b.pieces, &b.text)).count()
    };
    let spans = bound.into_iter().map(|bound| {
        let pieces =
            if folded { unfolded(&bound).unwrap_or_else(|| bound.pieces.clone()) } else { bound.pieces };
        let held = holds(&pieces, &bound.text);
        let pieces = join_lines(pieces, &slice);
        let (start, end) = (pieces.first().map_or(0, |p| p.0), pieces.last().map_or(0, |p| p.1));
        let mut span = DraftSpan::new("", start, end, bound.label);
        span.line = Some(bound.line);
        span.id = Some(bound.id.into());
        let stated = Some(bound.text).filter(|text| !text.is_empty());
        if let [only] = pieces[..] {
            span.surface = if held { slice(only).map(str::to_owned) } else { stated };
        } else {
            span.fragments = pieces;
            span.surface = stated.filter(|_| !held);
        }
        span
    });
    spans.collect()
}

/// Pieces with nothing but a line break between them are one: brat writes a piece a line.
fn join_lines<'t>(
    mut pieces: Vec<(u64, u64)>,
    slice: &impl Fn((u64, u64)) -> Option<&'t str>,
) -> Vec<(u64, u64)> {
    pieces.sort_unstable();
    let mut joined: Vec<(u64, u64)> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if slice((last.1, piece.0)).is_some_and(|gap| gap.chars().all(is_line_end)) => {
                last.1 = last.1.max(piece.1);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(text: &str, annotations: &str) -> Reading {
        let files = [("a.txt", text), ("a.ann", annotations), ("annotation.conf", "[entities]\nPER\n")];
        let files = files.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
        let mut readings = read_folder(&files.into(), &ReadOptions::for_file("corpus.zip"));
        assert_eq!(readings.len(), 1);
        readings.remove(0)
    }

    #[test]
    fn everything_brat_knows_of_a_text_is_read() {
        let reading = read(
            "وزيرا خارجية مصر والأردن زارا بغداد",
            "T1\tOCC 0 12;18 24\tوزيرا خارجية الأردن\nT2\tLOC 30 35\tبغداد\nT3\tVISIT 25 29\tزارا\n\
             E1\tVISIT:T3 Place:T2\nR1\tin Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\nA1\tConfidence T2 high\nM1\tNegated T2\n\
             N1\tReference T2 Wikidata:Q1530\tBaghdad\n#1\tAnnotatorNotes T1\tراجع\n",
        );
        assert_eq!(reading.problems, []);
        let document = reading.document.unwrap();
        assert_eq!(surfaces(&document)[0].1, "وزيرا خارجية … الأردن");
        let place = document.spans.iter().find(|span| span.label.as_str() == "LOC").unwrap();
        assert_eq!(
            (&place.attributes["Confidence"], &place.attributes["Negated"]),
            (&"high".into(), &true.into())
        );
        assert_eq!(place.attributes["Reference"], "Wikidata:Q1530 Baghdad");
        assert_eq!(document.spans.iter().next().unwrap().note.as_deref(), Some("راجع"));
        assert_eq!((document.relations.len(), document.events.len()), (2, 1));
    }

    #[test]
    fn carriage_returns_are_counted_as_the_file_does() {
        let text = "خبر\r\nزار عمر\r\nبغداد";
        for (place, line) in [((8, 11), "عمر"), ((9, 12), "عمر")] {
            let reading = read(text, &format!("T1\tPER {} {}\t{line}\n", place.0, place.1));
            assert_eq!(reading.problems, []);
            assert_eq!(surfaces(&reading.document.unwrap()), [("PER".to_owned(), "عمر".to_owned())]);
        }
        let over = read(text, "T1\tX 8 11;12 17\tعمر بغداد\n").document.unwrap();
        assert_eq!(surfaces(&over)[0].1, "عمر\r\nبغداد");
    }

    #[test]
    fn what_is_malformed_costs_one_line_and_has_its_number() {
        let reading = read("زار عمر", "T1 PER 4 7 عمر\nT2\tPER 4 7\tعمر\nA1\tsure T9\nX\n");
        assert_eq!(reading.document.unwrap().spans.len(), 1);
        let lines: Vec<_> = reading.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [Some(1), Some(4), Some(3)]);
        assert_eq!(&*reading.problems[0].file, "corpus.zip/a.ann");
    }

    #[test]
    fn annotations_without_their_text_are_refused_and_a_text_without_annotations_is_an_article() {
        let files = [("a.ann".to_owned(), Vec::new()), ("b.txt".to_owned(), b"x".to_vec())].into();
        let readings = read_folder(&files, &ReadOptions::for_file("c.zip"));
        assert!(matches!(readings[0].problems[0].kind, ProblemKind::MissingFile { .. }));
        assert_eq!(readings[1].document.as_ref().unwrap().id.as_str(), "b");
    }
}
