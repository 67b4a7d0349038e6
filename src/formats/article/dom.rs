//! A web page as a tree: small, forgiving, and within limits.
//!
//! The tokens are those of the HTML standard (html5gum). The tree is built by the few rules that matter for text: void
//! elements, elements that end where the next one of their kind begins, and end tags that fit something open. A page can
//! be as broken as it likes; a tree comes of it.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Elements are put into each other so deep; deeper ones stand beside each other.
const MOST_DEEP: usize = 256;

/// At most so many elements and pieces of text are taken of a page.
const MOST_NODES: usize = 1_000_000;

/// The root, which is no element of the page.
pub(super) const ROOT: usize = 0;

/// A page as a tree. Nodes are told by their numbers; those inside a node have higher ones.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    parent: usize,
    children: Vec<usize>,
    /// The name of the element; empty for a piece of text.
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

/// Elements that hold nothing.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that end an open paragraph.
const ENDS_PARAGRAPH: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// What an element ends when it begins, as long as none of the elements behind it lies between.
fn ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr", "td", "th"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "tr", "td", "th"], &["table"]),
        "option" => (&["option"], &["select"]),
        "body" => (&["head"], &[]),
        name if ENDS_PARAGRAPH.contains(&name) => {
            (&["p"], &["button", "td", "th", "caption", "table", "object", "template", "body"])
        }
        _ => (&[], &[]),
    }
}

impl Dom {
    /// The tree of a page, or of a part of one.
    pub(super) fn parse(html: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut dom = Self { nodes: vec![Node::default()] };
        let mut open = vec![ROOT];
        for token in Tokenizer::new_with_emitter(html, emitter) {
            // Reading from memory does not fail.
            let Ok(token) = token;
            if dom.nodes.len() >= MOST_NODES {
                break;
            }
            match token {
                Token::StartTag(tag) => {
                    let name = string(&tag.name);
                    close_implied(&dom, &mut open, &name);
                    let attributes = tag
                        .attributes
                        .iter()
                        .map(|(key, value)| (string(key), string(&value.value)))
                        .collect();
                    let is_void = VOID.contains(&name.as_str());
                    let number = dom.add(&open, Node { name, attributes, ..Node::default() });
                    if !is_void && open.len() < MOST_DEEP {
                        open.push(number);
                    }
                }
                Token::EndTag(tag) => {
                    let name = string(&tag.name);
                    // A cell or a table is not left by the end of something outside of it.
                    let fits = |&number: &usize| dom.name(number) == name;
                    let is_of_table = matches!(name.as_str(), "tr" | "tbody" | "thead" | "tfoot" | "table");
                    let bars = |&number: &usize| match dom.name(number) {
                        "td" | "th" => !is_of_table,
                        "table" | "body" => true,
                        _ => false,
                    };
                    let found = open.iter().rposition(|number| fits(number) || bars(number));
                    if let Some(at) = found.filter(|&at| at > 0 && open.get(at).is_some_and(fits)) {
                        open.truncate(at);
                    }
                }
                Token::String(text) => {
                    dom.add(&open, Node { text: string(&text.value), ..Node::default() });
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        dom
    }

    fn add(&mut self, open: &[usize], node: Node) -> usize {
        let parent = open.last().copied().unwrap_or(ROOT);
        let number = self.nodes.len();
        self.nodes.push(Node { parent, ..node });
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(number);
        }
        number
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The name of an element in lower case; empty for text, and for the root.
    pub(super) fn name(&self, node: usize) -> &str {
        self.nodes.get(node).map_or("", |node| &node.name)
    }

    /// A piece of text; empty for an element.
    pub(super) fn text(&self, node: usize) -> &str {
        self.nodes.get(node).map_or("", |node| &node.text)
    }

    /// True of a piece of text.
    pub(super) fn is_text(&self, node: usize) -> bool {
        node != ROOT && self.name(node).is_empty()
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, node: usize, key: &str) -> Option<&str> {
        let attributes = &self.nodes.get(node)?.attributes;
        attributes.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str())
    }

    /// What a node lies in; the root lies in itself.
    pub(super) fn parent(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(ROOT, |node| node.parent)
    }

    /// What lies right inside a node.
    pub(super) fn children(&self, node: usize) -> &[usize] {
        self.nodes.get(node).map_or(&[], |node| &node.children)
    }

    /// Every element of one of these names, in the order of the page.
    pub(super) fn all<'d>(&'d self, names: &'d [&str]) -> impl Iterator<Item = usize> + 'd {
        (1..self.len()).filter(|&node| names.contains(&self.name(node)))
    }

    /// All text inside a node, as it stands there.
    pub(super) fn text_inside(&self, node: usize) -> String {
        let mut text = String::new();
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            text.push_str(self.text(node));
            waiting.extend(self.children(node).iter().rev());
        }
        text
    }
}

fn close_implied(dom: &Dom, open: &mut Vec<usize>, name: &str) {
    let (ended, bars) = ends(name);
    let at = open.iter().rposition(|&number| {
        let name = dom.name(number);
        ended.contains(&name) || bars.contains(&name)
    });
    if let Some(at) = at.filter(|&at| open.get(at).is_some_and(|&number| ended.contains(&dom.name(number)))) {
        // A cell ends with its row.
        let first =
            open.iter().take(at).rposition(|&number| bars.contains(&dom.name(number))).map_or(at, |bar| {
                let inside = open.iter().skip(bar + 1).position(|&number| ended.contains(&dom.name(number)));
                inside.map_or(at, |inside| bar + 1 + inside)
            });
        open.truncate(if ended.len() > 2 { first } else { at });
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The tree in brackets.
    fn shape(html: &str) -> String {
        fn draw(dom: &Dom, node: usize, out: &mut String) {
            if dom.is_text(node) {
                out.push_str(dom.text(node));
                return;
            }
            out.push_str(dom.name(node));
            out.push('(');
            for &child in dom.children(node) {
                draw(dom, child, out);
            }
            out.push(')');
        }
        let dom = Dom::parse(html);
        let mut out = String::new();
        for &child in dom.children(ROOT) {
            draw(&dom, child, &mut out);
        }
        out
    }

    #[test]
    fn what_is_left_open_ends_where_the_next_begins() {
        assert_eq!(shape("<p>a<p>b<div>c</div>d"), "p(a)p(b)div(c)d");
        assert_eq!(shape("<ul><li>a<ul><li>b</ul><li>c</ul>"), "ul(li(aul(li(b)))li(c))");
        assert_eq!(shape("<table><tr><td>a<td>b<tr><td>c</table>x"), "table(tr(td(a)td(b))tr(td(c)))x");
        assert_eq!(shape("a<br>b<img src=x>c"), "abr()bimg()c");
    }

    #[test]
    fn end_tags_that_fit_nothing_are_passed_over() {
        assert_eq!(shape("<div>a</span></p>b</div>c"), "div(ab)c");
        assert_eq!(shape("<div><table><tr><td>a</div>b</td></tr></table>c</div>"), "div(table(tr(td(ab)))c)");
    }

    #[test]
    fn scripts_are_no_markup_and_references_are_characters() {
        assert_eq!(shape("<script>if (a<b) '</p>'</script>x"), "script(if (a<b) '</p>')x");
        assert_eq!(shape("&laquo;قال&raquo;&#1548; &amp;c"), "«قال»، &c");
    }

    #[test]
    fn a_page_as_deep_as_it_likes_is_read() {
        let deep = "<div>".repeat(100_000) + "x";
        assert_eq!(Dom::parse(&deep).text_inside(ROOT), "x");
    }

    proptest! {
        #[test]
        fn anything_makes_a_tree_and_children_come_behind_their_parents(html in "(<[a-z]{1,5}( [a-z]+=\"?[^<>]{0,3})?>|</[a-z]{1,5}>|<!--|-->|&[a-z#0-9]{0,5};?|<td>|<p>|[^<]){0,60}") {
            let dom = Dom::parse(&html);
            for node in 1..dom.len() {
                prop_assert!(dom.parent(node) < node);
                prop_assert!(dom.children(dom.parent(node)).contains(&node));
            }
        }
    }
}
