//! Heads: what the list of articles shows of each, without its text and its spans.
//!
//! They are stored beside the snapshots, some hundred to a block, so that a project of ten thousand articles is listed
//! after a few dozen readings. What they say follows from the documents; a storage without them, or with heads of another
//! moment than its snapshot, is read in full.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{LetIn, numbers};
use crate::annotation::{Change, Document, DocumentId, FLAG, Span, Status};
use crate::quality::adjudication::is_gold;

/// So many heads go into one block.
pub(super) const BLOCK: usize = 500;

/// Of a title the list shows at most so many bytes, which are some 130 Arabic letters.
const TITLE_BYTES: usize = 256;

/// What the list shows of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The article.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// What it is called if the title that its `meta` states is struck out; nothing if it states none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_line: Option<String>,
    /// How far the annotator has come with it.
    pub status: Status,
    /// How many spans it has.
    pub spans: usize,
    /// How many of them nobody has confirmed.
    pub suggested: usize,
    /// True if somebody wants to come back to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flagged: bool,
    /// True if it is the adjudicator's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gold: bool,
    /// False while the article is taken out of its project.
    pub present: bool,
    /// The stack that the article lies in, if it is not stored by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<u64>,
}

/// Of a title what the list shows.
pub(super) fn listed_title(title: &str) -> &str {
    let mut end = title.len().min(TITLE_BYTES);
    while !title.is_char_boundary(end) {
        end -= 1;
    }
    &title[..end]
}

impl Head {
    /// The head of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            title: listed_title(document.title()).to_owned(),
            first_line: document.stated_title().map(|_| listed_title(document.first_line()).to_owned()),
            status: document.status,
            spans: document.spans.len(),
            suggested: document.spans.suggested(),
            flagged: document.meta.contains_key(FLAG),
            gold: is_gold(document),
            present: document.present,
            stack: None,
        }
    }

    /// Follows a change of the document.
    pub(super) fn follow(&mut self, change: &Change) {
        match change {
            Change::Add(span) => self.count(span, 1),
            Change::Remove(span) => self.count(span, -1),
            Change::Replace { before, after } => {
                self.count(before, -1);
                self.count(after, 1);
            }
            Change::Status { after, .. } => self.status = *after,
            Change::Present(present) => self.present = *present,
            Change::Meta { key, after, .. } if &**key == FLAG => self.flagged = after.is_some(),
            Change::Meta { key, after, .. } if &**key == "title" => {
                let title = after.as_ref().and_then(serde_json::Value::as_str);
                match (title.filter(|title| !title.trim().is_empty()), self.first_line.take()) {
                    (Some(title), line) => {
                        let was = std::mem::replace(&mut self.title, title.to_owned());
                        self.first_line = line.or(Some(was));
                    }
                    (None, Some(line)) => self.title = line,
                    (None, None) => {}
                }
            }
            Change::Meta { .. } | Change::Relabel(_) | Change::Reject(_) | Change::Unreject(_) => {}
        }
    }

    fn count(&mut self, span: &Span, by: isize) {
        self.spans = self.spans.saturating_add_signed(by);
        if !span.origin.is_confirmed() {
            self.suggested = self.suggested.saturating_add_signed(by);
        }
    }
}

/// What is stored about the blocks of heads, in the same transaction as the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadsIndex {
    /// The journal entry up to which they are current.
    #[serde(deserialize_with = "numbers::up_to")]
    pub seq: u64,
    /// How many there are.
    pub count: usize,
    /// In how many blocks.
    pub blocks: usize,
}

/// What a storage holds of a project without its texts and spans, as it came out.
#[derive(Clone, Debug, Default)]
pub struct StoredOutline {
    /// The journal entry up to which all documents are current.
    pub snapshot: u64,
    /// JSON of [`HeadsIndex`].
    pub index: Option<String>,
    /// JSON of the blocks, in order.
    pub blocks: Vec<Option<String>>,
    /// The keys of the records of documents.
    pub keys: Vec<String>,
    /// How many texts there are.
    pub texts: usize,
    /// The numbers of the stacks.
    pub stacks: Vec<u64>,
    /// JSON of [`LetIn`].
    pub let_in: Option<String>,
}

/// What can be shown of a project before its documents are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The heads in the project's order.
    pub heads: Vec<Head>,
    /// Documents that came later than the heads.
    pub newer: Vec<String>,
    /// Up to which stack the documents are listed by heads.
    pub let_in: Option<LetIn>,
}

/// The outline of a stored project. `None` where there is none, or where anything in it is not as it should be: the
/// whole storage must be read then, which finds out what is wrong.
#[must_use]
pub fn outline(stored: &StoredOutline) -> Option<Outline> {
    let index: HeadsIndex = serde_json::from_str(stored.index.as_deref()?).ok()?;
    if index.seq != numbers::bounded(stored.snapshot) || stored.texts != stored.keys.len() {
        return None;
    }
    let mut heads: Vec<Head> = Vec::new();
    for block in stored.blocks.iter().take(index.blocks) {
        heads.extend(serde_json::from_str::<Vec<Head>>(block.as_deref()?).ok()?);
    }
    if heads.len() != index.count {
        return None;
    }
    let let_in: Option<LetIn> = match &stored.let_in {
        Some(json) => Some(serde_json::from_str(json).ok()?),
        None => None,
    };
    let stacks: HashSet<u64> = match let_in.filter(|let_in| let_in.seq == index.seq) {
        Some(let_in) => stored.stacks.iter().copied().filter(|&stack| stack <= let_in.stack).collect(),
        None => HashSet::new(),
    };
    let mut keys: HashSet<&str> = stored.keys.iter().map(String::as_str).collect();
    for head in &mut heads {
        if keys.remove(head.id.as_str()) {
            // It may have got a record of its own since the heads were written, which is newer.
            head.stack = None;
        } else if !head.stack.is_some_and(|stack| stacks.contains(&stack)) {
            // A head without a record, or two heads of one.
            return None;
        }
    }
    let listed: HashSet<&DocumentId> = heads.iter().map(|head| &head.id).collect();
    if listed.len() < heads.len() {
        return None;
    }
    let newer = stored.keys.iter().filter(|key| keys.contains(key.as_str())).cloned().collect();
    Some(Outline { heads, newer, let_in })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(name: &str) -> Head {
        Head::of(&Document::new(DocumentId::new(name), "عنوان\nنص"))
    }

    fn stored(blocks: &[&[&str]]) -> StoredOutline {
        let names: Vec<String> = blocks.concat().iter().map(|name| (*name).to_owned()).collect();
        let block = |names: &&[&str]| {
            let heads: Vec<_> = names.iter().map(|name| head(name)).collect();
            serde_json::to_string(&heads).ok()
        };
        StoredOutline {
            snapshot: 7,
            index: serde_json::to_string(&HeadsIndex { seq: 7, count: names.len(), blocks: blocks.len() })
                .ok(),
            blocks: blocks.iter().map(block).collect(),
            texts: names.len(),
            keys: names,
            ..StoredOutline::default()
        }
    }

    fn names(outline: &Outline) -> Vec<&str> {
        outline.heads.iter().map(|head| head.id.as_str()).collect()
    }

    #[test]
    fn the_heads_stand_in_the_projects_order_whatever_the_keys_order() {
        let mut stored = stored(&[&["b", "a"], &["c"]]);
        stored.keys.sort();
        let outline = outline(&stored).unwrap();
        assert_eq!(names(&outline), ["b", "a", "c"]);
        assert_eq!(outline.heads[0].title, "عنوان");
        assert!(outline.newer.is_empty());
    }

    #[test]
    fn articles_that_came_later_are_named() {
        let mut stored = stored(&[&["a"]]);
        stored.keys.push("b".into());
        stored.texts = 2;
        assert_eq!(outline(&stored).unwrap().newer, ["b"]);
    }

    #[test]
    fn a_title_as_long_as_its_text_is_listed_by_its_beginning() {
        let long = "خبر ".repeat(1_000);
        let head = Head::of(&Document::new(DocumentId::new("a"), long.as_str()));
        assert!(long.starts_with(&head.title) && (250..=TITLE_BYTES).contains(&head.title.len()), "{head:?}");
    }

    #[test]
    fn what_lies_in_a_stack_is_listed_if_the_snapshot_has_let_it_in() {
        let mut sound = stored(&[&["a"]]);
        let stacked = Head { stack: Some(3), ..head("b") };
        sound.blocks[0] = serde_json::to_string(&[head("a"), stacked.clone()]).ok();
        sound.index = serde_json::to_string(&HeadsIndex { seq: 7, count: 2, blocks: 1 }).ok();
        sound.stacks = vec![3, 4];
        sound.let_in = serde_json::to_string(&LetIn { stack: 3, seq: 7 }).ok();
        let listed = outline(&sound).unwrap();
        assert_eq!((names(&listed), &listed.heads[1]), (vec!["a", "b"], &stacked));
        let spoilt: [fn(&mut StoredOutline); 6] = [
            |stored| stored.blocks[0] = stored.blocks[0].take().map(|block| block.replace("\"a\"", "\"b\"")),
            |stored| stored.let_in = None,
            |stored| stored.let_in = Some("{".into()),
            |stored| stored.let_in = Some(r#"{"stack":2,"seq":7}"#.into()),
            |stored| stored.let_in = Some(r#"{"stack":3,"seq":6}"#.into()),
            |stored| stored.stacks = vec![4],
        ];
        for spoil in spoilt {
            let mut stored = sound.clone();
            spoil(&mut stored);
            assert_eq!(outline(&stored), None, "{stored:?}");
        }
        // Since the heads were written it has got a record of its own.
        sound.keys.push("b".into());
        sound.texts = 2;
        let listed = outline(&sound).unwrap();
        assert_eq!((listed.heads[1].stack, listed.newer.len()), (None, 0));
    }

    #[test]
    fn heads_of_another_moment_or_with_anything_wrong_are_not_believed() {
        let sound = stored(&[&["a", "b"], &["c"]]);
        assert!(outline(&sound).is_some());
        let spoilt: [fn(&mut StoredOutline); 11] = [
            |stored| stored.index = Some(format!(r#"{{"seq":7,"count":{},"blocks":2}}"#, usize::MAX)),
            |stored| stored.snapshot = 8,
            |stored| stored.index = None,
            |stored| stored.index = Some("{".into()),
            |stored| stored.blocks[1] = None,
            |stored| stored.blocks[1] = Some("[{}]".into()),
            |stored| drop(stored.blocks.pop()),
            |stored| stored.blocks.swap_remove(0).into_iter().for_each(drop),
            |stored| stored.keys[0] = "x".into(),
            |stored| stored.texts = 2,
            |stored| stored.blocks[0] = stored.blocks[1].clone(),
        ];
        for spoil in spoilt {
            let mut stored = sound.clone();
            spoil(&mut stored);
            assert_eq!(outline(&stored), None, "{stored:?}");
        }
    }

    #[test]
    fn blocks_left_over_from_a_longer_list_are_not_looked_at() {
        let mut stored = stored(&[&["a"]]);
        stored.blocks.push(Some("[]]".into()));
        assert!(outline(&stored).is_some());
    }

    #[test]
    fn a_head_says_that_its_document_is_gold_and_nothing_of_others() {
        let document = Document::new(DocumentId::new("a"), "زار سبها");
        let head = Head::of(&document);
        assert!(!head.gold && !serde_json::to_string(&head).unwrap().contains("gold"));
        let head = Head::of(&Document { annotator: Some("gold".into()), ..document });
        let stored = serde_json::to_string(&head).unwrap();
        assert!(serde_json::from_str::<Head>(&stored).unwrap().gold);
    }

    #[test]
    fn a_storage_of_before_there_were_heads_has_no_outline() {
        assert_eq!(outline(&StoredOutline::default()), None);
    }
}
