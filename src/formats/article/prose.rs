//! A part of a web page as text: paragraphs with an empty line between them, as a browser copies them.

use super::dom::Dom;

/// Elements that begin a line of their own.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
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
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
];

/// Elements whose insides are never text of the page.
const UNSEEN: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "video",
    "audio", "head", "title", "button", "input", "select", "textarea", "option", "datalist", "map", "rp",
];

/// True if what stands in an element is not to be seen on the page.
pub(super) fn is_unseen(dom: &Dom, node: usize) -> bool {
    if dom.is_text(node) {
        return false;
    }
    let says = |key: &str, value: &str| {
        dom.attribute(node, key).is_some_and(|said| said.eq_ignore_ascii_case(value))
    };
    let style = dom.attribute(node, "style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    UNSEEN.contains(&dom.name(node))
        || dom.attribute(node, "hidden").is_some()
        || says("aria-hidden", "true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Paragraphs that are being collected.
#[derive(Default)]
struct Paragraphs {
    done: Vec<String>,
    /// The paragraph under way.
    words: String,
    /// True if white space came last.
    space: bool,
}

impl Paragraphs {
    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        let words = words.trim_matches([' ', '\n']);
        if !words.is_empty() {
            self.done.push(words.to_owned());
        }
        self.space = false;
    }

    /// White space is one space, as on the page; spaces that do not break are letters.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.words.is_empty() && !self.words.ends_with('\n') {
                self.words.push(' ');
            }
            self.words.push(c);
        }
    }

    /// Text whose white space is kept.
    fn push_as_it_is(&mut self, text: &str) {
        self.space = false;
        self.words.push_str(text);
    }

    fn break_line(&mut self) {
        self.space = false;
        self.words.push('\n');
    }
}

/// The paragraphs inside some nodes, without what `is_left_out` says of elements.
pub(super) fn paragraphs(dom: &Dom, nodes: &[usize], is_left_out: impl Fn(usize) -> bool) -> Vec<String> {
    enum Step {
        Enter(usize, bool),
        Leave(bool),
    }
    let mut paragraphs = Paragraphs::default();
    // A stack of our own: pages may be deep.
    let mut waiting: Vec<Step> = nodes.iter().rev().map(|&node| Step::Enter(node, false)).collect();
    while let Some(step) = waiting.pop() {
        let (node, is_kept) = match step {
            Step::Enter(node, is_kept) => (node, is_kept),
            Step::Leave(is_block) => {
                if is_block {
                    paragraphs.end();
                }
                continue;
            }
        };
        if dom.is_text(node) {
            if is_kept {
                paragraphs.push_as_it_is(dom.text(node));
            } else {
                paragraphs.push(dom.text(node));
            }
            continue;
        }
        if is_unseen(dom, node) || is_left_out(node) {
            continue;
        }
        let name = dom.name(node);
        match name {
            "br" => paragraphs.break_line(),
            // Cells stand side by side.
            "td" | "th" => paragraphs.push(" "),
            _ => {}
        }
        let is_block = BLOCKS.contains(&name);
        if is_block {
            paragraphs.end();
        }
        waiting.push(Step::Leave(is_block));
        let is_kept = is_kept || name == "pre";
        waiting.extend(dom.children(node).iter().rev().map(|&child| Step::Enter(child, is_kept)));
    }
    paragraphs.end();
    paragraphs.done
}

/// A piece of HTML, as feeds have it, as text.
pub(super) fn of_fragment(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    let dom = Dom::parse(html);
    paragraphs(&dom, &[super::dom::ROOT], |_| false).join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_as_a_browser_copies_them() {
        let html =
            "<p>قال  <b>الوز</b>ير\n<em>أمس</em>.</p><ul><li>أول<li>ثان</ul>سطر<br>آخر<div hidden>x</div>";
        assert_eq!(of_fragment(html), "قال الوزير أمس.\n\nأول\n\nثان\n\nسطر\nآخر");
        assert_eq!(of_fragment("<pre>a\n  b</pre>"), "a\n  b");
        assert_eq!(of_fragment("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\n\nc");
        assert_eq!(of_fragment("a&nbsp;&nbsp;b &lt;p&gt;"), "a\u{A0}\u{A0}b <p>");
    }

    #[test]
    fn what_is_not_seen_is_no_text() {
        let html = "a<script>x</script><style>y</style><span style='display: none'>z</span><span aria-hidden=true>w</span>";
        assert_eq!(of_fragment(html), "a");
    }
}
