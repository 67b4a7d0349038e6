//! The front matter of a card that somebody has edited: whether it is still YAML, and still tells where the data are.

use std::collections::BTreeSet;
use std::fmt;

use saphyr_parser::{Event, Parser};
use serde::{Deserialize, Serialize};

/// Lists and mappings stand in each other so deep at most.
const MOST_DEEP: usize = 16;

/// One thing that is wrong with a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFault {
    /// The line of the card, from 1.
    pub line: usize,
    /// What is wrong there.
    pub kind: CardFaultKind,
}

/// What is wrong with a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CardFaultKind {
    /// It does not begin with a line of three dashes.
    NoHead,
    /// No second line of three dashes ends the head.
    OpenHead,
    /// The head is not YAML.
    Yaml {
        /// What the parser says.
        message: String,
    },
    /// The head is YAML, but not a list of keys with values.
    NoKeys,
    /// A key is there twice.
    TwiceKey {
        /// The key.
        key: String,
    },
    /// The head names a file of data that is not in the dataset.
    NoSuchFile {
        /// Its path.
        path: String,
    },
    /// The head tells where data are, but not of these.
    UnnamedFile {
        /// Their path.
        path: String,
    },
}

impl fmt::Display for CardFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.kind)
    }
}

impl fmt::Display for CardFaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHead => f.write_str("a card begins with its head, between two lines of ---"),
            Self::OpenHead => f.write_str("the head has no end; put a line of --- behind it"),
            Self::Yaml { message } => write!(f, "the head is not YAML: {message}"),
            Self::NoKeys => f.write_str("the head must be keys with values, as in license: cc-by-4.0"),
            Self::TwiceKey { key } => write!(f, "the key {key} is there twice; take one out"),
            Self::NoSuchFile { path } => write!(f, "{path} is not in the dataset"),
            Self::UnnamedFile { path } => {
                write!(f, "{path} is in the dataset, and configs does not name it")
            }
        }
    }
}

/// What is wrong with a card of a dataset whose data are in these files, in the order of its lines.
#[must_use]
pub fn card_faults<'a>(card: &str, files: impl IntoIterator<Item = &'a str>) -> Vec<CardFault> {
    let files: Vec<&str> = files.into_iter().collect();
    let at = |line, kind| vec![CardFault { line, kind }];
    let mut lines = card.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    if opening.trim_end() != "---" {
        return at(1, CardFaultKind::NoHead);
    }
    let end = lines.clone().position(|line| line.trim_end() == "---");
    let Some(count) = end else { return at(1, CardFaultKind::OpenHead) };
    let head: String = lines.take(count).collect();
    match Reader::read(&head) {
        Err(fault) => vec![fault],
        Ok(Node { value: Value::Keys(keys), .. }) => {
            let mut faults = Vec::new();
            twice(&keys, &mut faults);
            data_files(&keys, &files, &mut faults);
            faults.sort_by_key(|fault| fault.line);
            faults
        }
        Ok(node) => at(node.line, CardFaultKind::NoKeys),
    }
}

/// A piece of YAML, and the line of the card where it begins.
struct Node {
    line: usize,
    value: Value,
}

enum Value {
    Words(String),
    List(Vec<Node>),
    Keys(Vec<(Node, Node)>),
    /// What another place says again.
    Again,
}

impl Node {
    fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Words(words) => Some(words),
            _ => None,
        }
    }

    fn list(&self) -> &[Node] {
        match &self.value {
            Value::List(list) => list,
            _ => &[],
        }
    }

    fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Keys(keys) => get(keys, key),
            _ => None,
        }
    }
}

fn get<'a>(keys: &'a [(Node, Node)], wanted: &str) -> Option<&'a Node> {
    keys.iter().find(|(key, _)| key.words() == Some(wanted)).map(|(_, value)| value)
}

/// Builds the tree of a head from the parser's events.
struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn read(head: &'a str) -> Result<Node, CardFault> {
        let mut reader = Self { parser: Parser::new_from_str(head) };
        let mut root = None;
        while let Some((line, event)) = reader.next()? {
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                Event::StreamEnd => break,
                event => root = Some(reader.node(line, event, 0)?),
            }
        }
        Ok(root.unwrap_or(Node { line: 2, value: Value::Words(String::new()) }))
    }

    /// The next event, and the line of the card where it stands.
    fn next(&mut self) -> Result<Option<(usize, Event<'a>)>, CardFault> {
        match self.parser.next() {
            None => Ok(None),
            // The head begins in the card's second line.
            Some(Ok((event, span))) => Ok(Some((span.start.line() + 1, event))),
            Some(Err(error)) => {
                let kind = CardFaultKind::Yaml { message: error.info().to_owned() };
                Err(CardFault { line: error.marker().line() + 1, kind })
            }
        }
    }

    fn node(&mut self, line: usize, event: Event<'a>, depth: usize) -> Result<Node, CardFault> {
        let too_deep =
            || CardFault { line, kind: CardFaultKind::Yaml { message: "nested too deep".to_owned() } };
        if depth > MOST_DEEP {
            return Err(too_deep());
        }
        let value = match event {
            Event::Scalar(words, ..) => Value::Words(words.into_owned()),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                while let Some((line, event)) = self.next()? {
                    if event == Event::SequenceEnd {
                        break;
                    }
                    list.push(self.node(line, event, depth + 1)?);
                }
                Value::List(list)
            }
            Event::MappingStart(..) => {
                let mut keys = Vec::new();
                while let Some((line, event)) = self.next()? {
                    if event == Event::MappingEnd {
                        break;
                    }
                    let key = self.node(line, event, depth + 1)?;
                    let Some((line, event)) = self.next()? else { break };
                    keys.push((key, self.node(line, event, depth + 1)?));
                }
                Value::Keys(keys)
            }
            _ => Value::Again,
        };
        Ok(Node { line, value })
    }
}

/// Keys that are there twice, wherever they are.
fn twice(keys: &[(Node, Node)], faults: &mut Vec<CardFault>) {
    let mut seen = BTreeSet::new();
    for (key, value) in keys {
        if let Some(name) = key.words()
            && !seen.insert(name)
        {
            faults.push(CardFault { line: key.line, kind: CardFaultKind::TwiceKey { key: name.to_owned() } });
        }
        twice_in(value, faults);
    }
}

fn twice_in(node: &Node, faults: &mut Vec<CardFault>) {
    match &node.value {
        Value::Keys(keys) => twice(keys, faults),
        Value::List(list) => list.iter().for_each(|node| twice_in(node, faults)),
        Value::Words(_) | Value::Again => {}
    }
}

/// The files that `configs` names and the files there are. Without `configs` the Hub finds them by their names.
fn data_files(keys: &[(Node, Node)], files: &[&str], faults: &mut Vec<CardFault>) {
    let Some(configs) = get(keys, "configs") else { return };
    let paths: Vec<&Node> = configs
        .list()
        .iter()
        .filter_map(|config| config.get("data_files"))
        .flat_map(|data| if data.list().is_empty() { std::slice::from_ref(data) } else { data.list() })
        .map(|data| data.get("path").unwrap_or(data))
        .flat_map(|path| if path.list().is_empty() { std::slice::from_ref(path) } else { path.list() })
        .filter(|path| path.words().is_some())
        .collect();
    // Which files a pattern means is the Hub's to say.
    let is_pattern = |path: &str| path.contains(['*', '?', '[', '{']);
    let named: Vec<&str> = paths.iter().filter_map(|path| path.words()).collect();
    for path in &paths {
        let name = path.words().unwrap_or_default();
        if !is_pattern(name) && !files.contains(&name) {
            let kind = CardFaultKind::NoSuchFile { path: name.to_owned() };
            faults.push(CardFault { line: path.line, kind });
        }
    }
    if named.iter().any(|path| is_pattern(path)) {
        return;
    }
    for file in files.iter().filter(|file| !named.contains(file)) {
        let kind = CardFaultKind::UnnamedFile { path: (*file).to_owned() };
        faults.push(CardFault { line: configs.line, kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(card: &str) -> Vec<String> {
        card_faults(card, ["data/train.jsonl", "data/test.jsonl"]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_head_that_is_right_has_no_faults() {
        let files = "configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/train.jsonl\n  - split: test\n    path:\n    - data/test.jsonl\n";
        assert_eq!(told(&format!("---\nlicense: cc-by-4.0\n{files}---\n# x\n")), [""; 0]);
        assert_eq!(
            told("---\r\nlanguage:\r\n- ar\r\n---\r\n"),
            [""; 0],
            "without configs the Hub finds the files"
        );
        assert_eq!(told("---\nconfigs:\n- data_files: data/*.jsonl\n---\n"), [""; 0]);
        assert_eq!(told("---\na: &x [1]\nb: *x\n---\n"), [""; 0]);
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        for (card, said) in [
            ("# Title\n", "line 1: a card begins with its head"),
            ("", "line 1: a card begins with its head"),
            ("---\nlicense: x\n", "line 1: the head has no end"),
            ("---\nlanguage:\n- ar\ntitle: a: b\n---\n", "line 4: the head is not YAML: "),
            ("---\n- ar\n---\n", "line 2: the head must be keys with values"),
            ("---\n---\n", "line 2: the head must be keys with values"),
            ("---\na: 1\nb:\n  c: 1\n  c: 2\n---\n", "line 5: the key c is there twice"),
            (
                "---\nconfigs:\n- data_files:\n  - path: data/dev.jsonl\n  - path: data/train.jsonl\n  - path: data/test.jsonl\n---\n",
                "line 4: data/dev.jsonl is not in the dataset",
            ),
            (
                "---\nconfigs:\n- data_files:\n  - path: data/train.jsonl\n---\n",
                "line 3: data/test.jsonl is in the dataset, and configs does not name it",
            ),
        ] {
            let told = told(card);
            assert!(told.len() == 1 && told[0].starts_with(said), "{card:?}: {told:?}");
        }
    }

    #[test]
    fn a_head_without_bottom_is_refused() {
        let deep = format!("---\na: {}\n---\n", "[".repeat(200));
        assert_eq!(card_faults(&deep, []).len(), 1);
    }
}
