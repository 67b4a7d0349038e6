//! Where the article of a web page is.
//!
//! The idea is that of Arc90's Readability (2009), which the reader modes of browsers go back to: paragraphs of running
//! text speak for the elements they lie in, commas and length say how much, links speak against, and so do names such as
//! `sidebar`. Written anew for trees of ours and for Arabic, whose comma is `،`.

use super::dom::{Dom, ROOT};
use super::prose::is_unseen;

/// Running text has at least so many characters.
const SHORTEST: usize = 25;

/// An element with less text than this is no article by itself.
const SHORT_ARTICLE: usize = 140;

/// Parts of class names and ids that no article has.
const CLUTTER: [&str; 38] = [
    "banner",
    "breadcrumb",
    "caption",
    "combx",
    "comment",
    "community",
    "contact",
    "cookie",
    "copyright",
    "disqus",
    "footer",
    "footnote",
    "gdpr",
    "header",
    "masthead",
    "menu",
    "meta",
    "modal",
    "nav",
    "newsletter",
    "outbrain",
    "pagination",
    "popup",
    "promo",
    "recommend",
    "related",
    "remark",
    "share",
    "sharing",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "social",
    "sponsor",
    "subscribe",
    "taboola",
    "tags",
    "widget",
];

/// Parts of class names and ids that articles have.
const GOOD: [&str; 11] =
    ["article", "blog", "body", "content", "entry", "hentry", "main", "page", "post", "story", "text"];

/// Elements that frame a page.
const FRAME: [&str; 5] = ["nav", "aside", "footer", "dialog", "menu"];

/// What is known of a node and of all that lies in it.
#[derive(Clone, Copy, Debug, Default)]
struct Weighed {
    /// Characters of text.
    letters: usize,
    /// Characters of text in links.
    linked: usize,
    /// Commas.
    commas: usize,
    /// Characters of text right inside.
    own: usize,
    /// How much speaks for it as the article.
    score: f64,
    /// True if it, or what it lies in, is no part of an article.
    is_out: bool,
}

/// The article of a page: its elements in order, and which of those inside are no part of it.
pub(super) struct Grabbed {
    /// The elements.
    pub(super) nodes: Vec<usize>,
    weighed: Vec<Weighed>,
}

impl Grabbed {
    /// True of an element inside that is no part of the article.
    pub(super) fn is_left_out(&self, dom: &Dom, node: usize) -> bool {
        let Some(weighed) = self.weighed.get(node) else { return true };
        if weighed.is_out {
            return true;
        }
        let share = weighed.linked as f64 / weighed.letters.max(1) as f64;
        // Lists of links, and lines that are nothing but a link: "read also".
        match dom.name(node) {
            "ul" | "ol" | "table" | "section" | "div" | "dl" => share > 0.5 && weighed.letters < 2_000,
            "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" => share > 0.8 && weighed.letters < 200,
            // The title is known by other ways, and is no sentence of the text.
            "figure" | "form" | "address" | "h1" => true,
            _ => false,
        }
    }
}

/// Finds the article of a page. `None` if there is no running text on it.
pub(super) fn grab(dom: &Dom) -> Option<Grabbed> {
    let mut weighed = weigh(dom);
    score(dom, &mut weighed);
    let top = marked(dom, &weighed).or_else(|| best(dom, &weighed))?;
    let nodes = with_siblings(dom, &weighed, top);
    Some(Grabbed { nodes, weighed })
}

fn weigh(dom: &Dom) -> Vec<Weighed> {
    let mut weighed = vec![Weighed::default(); dom.len()];
    for node in 1..dom.len() {
        let is_out = weighed.get(dom.parent(node)).is_some_and(|parent| parent.is_out) || is_out(dom, node);
        if let Some(weight) = weighed.get_mut(node) {
            weight.is_out = is_out;
        }
    }
    // Those inside come behind those around them, so everything inside is known when a node's turn comes.
    for node in (1..dom.len()).rev() {
        let Some(mut weight) = weighed.get(node).copied().filter(|weight| !weight.is_out) else { continue };
        if dom.is_text(node) {
            let text = dom.text(node);
            weight.letters = text.split_whitespace().map(|word| word.chars().count() + 1).sum();
            weight.commas = text.chars().filter(|c| matches!(c, '،' | ',' | '؛' | '、')).count();
        }
        if dom.name(node) == "a" {
            weight.linked = weight.letters;
        }
        if let Some(slot) = weighed.get_mut(node) {
            *slot = weight;
        }
        let is_inline = dom.is_text(node)
            || matches!(
                dom.name(node),
                "a" | "b" | "strong" | "em" | "i" | "span" | "font" | "u" | "mark" | "bdi" | "bdo" | "small"
            );
        if let Some(parent) = weighed.get_mut(dom.parent(node)) {
            parent.letters += weight.letters;
            parent.linked += weight.linked;
            parent.commas += weight.commas;
            if is_inline {
                parent.own += weight.letters;
            }
        }
    }
    weighed
}

/// True of an element that is no part of an article, whatever it holds.
fn is_out(dom: &Dom, node: usize) -> bool {
    if dom.is_text(node) {
        return false;
    }
    let name = dom.name(node);
    if is_unseen(dom, node) || FRAME.contains(&name) {
        return true;
    }
    let role = dom.attribute(node, "role").unwrap_or_default();
    if ["navigation", "complementary", "banner", "contentinfo", "search", "dialog", "menu", "alert"]
        .contains(&role)
    {
        return true;
    }
    if matches!(name, "html" | "body" | "article" | "main") {
        return false;
    }
    let names = names_of(dom, node);
    has_part(&names, &CLUTTER) && !has_part(&names, &GOOD)
}

/// Class names and id in lower case.
fn names_of(dom: &Dom, node: usize) -> String {
    let of = |key| dom.attribute(node, key).unwrap_or_default();
    format!("{} {}", of("class"), of("id")).to_lowercase()
}

fn has_part(names: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| names.contains(part))
}

/// Lets running text speak for what it lies in: wholly for its parent, half for the next, and less further up.
fn score(dom: &Dom, weighed: &mut [Weighed]) {
    const SHARES: [f64; 4] = [1.0, 0.5, 0.17, 0.11];
    for node in 1..dom.len() {
        let Some(weight) = weighed.get(node).copied().filter(|weight| !weight.is_out) else { continue };
        let is_running = match dom.name(node) {
            "p" | "pre" | "blockquote" | "td" => weight.letters >= SHORTEST,
            // Texts that are parted by line breaks and not by paragraphs.
            "div" | "section" | "article" | "main" | "li" => weight.own >= 2 * SHORTEST,
            _ => false,
        };
        if !is_running {
            continue;
        }
        let (letters, of) = if dom.name(node) == "p" { (weight.letters, 1) } else { (weight.own, 0) };
        let worth = 1.0 + weight.commas as f64 + (letters as f64 / 100.0).min(3.0);
        // A block with text of its own speaks for itself as well.
        let mut at = if of == 0 { node } else { dom.parent(node) };
        for share in SHARES {
            if at == ROOT {
                break;
            }
            if let Some(weight) = weighed.get_mut(at) {
                if weight.score == 0.0 {
                    weight.score = prior(dom, at);
                }
                weight.score += worth * share;
            }
            at = dom.parent(at);
        }
    }
}

/// What speaks for an element before anything is known of its text.
fn prior(dom: &Dom, node: usize) -> f64 {
    let of_name = match dom.name(node) {
        "article" => 25.0,
        "main" | "section" => 10.0,
        "div" => 5.0,
        "pre" | "td" | "blockquote" => 3.0,
        "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" => -3.0,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => -5.0,
        _ => 0.0,
    };
    let names = names_of(dom, node);
    let good = if has_part(&names, &GOOD) { 25.0 } else { 0.0 };
    let clutter = if has_part(&names, &CLUTTER) { 25.0 } else { 0.0 };
    of_name + good - clutter
}

/// The element that the page itself calls the text of the article.
fn marked(dom: &Dom, weighed: &[Weighed]) -> Option<usize> {
    let is_long = |node: usize| {
        weighed.get(node).is_some_and(|weight| !weight.is_out && weight.letters >= SHORT_ARTICLE)
    };
    let says = |node: usize| {
        dom.attribute(node, "itemprop")
            .is_some_and(|said| said.split_whitespace().any(|word| word == "articleBody"))
    };
    (1..dom.len()).find(|&node| says(node) && is_long(node))
}

fn best(dom: &Dom, weighed: &[Weighed]) -> Option<usize> {
    let final_score = |node: usize| -> Option<f64> {
        let weight = weighed.get(node).filter(|weight| !weight.is_out && weight.score > 0.0)?;
        Some(weight.score * (1.0 - weight.linked as f64 / weight.letters.max(1) as f64))
    };
    let scored = (1..dom.len()).filter_map(|node| Some((node, final_score(node)?)));
    let (mut top, _) = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    // What holds nearly all of the text above it, and nothing else, is only a shell less; what holds a part of an
    // article goes up to what holds all of it.
    let letters = |node: usize| weighed.get(node).map_or(0, |weight| weight.letters);
    while letters(top) < SHORT_ARTICLE && !matches!(dom.name(dom.parent(top)), "" | "html") {
        top = dom.parent(top);
    }
    Some(top)
}

/// The element and those beside it that are parts of the same article.
fn with_siblings(dom: &Dom, weighed: &[Weighed], top: usize) -> Vec<usize> {
    let parent = dom.parent(top);
    if parent == ROOT || matches!(dom.name(top), "article" | "main" | "body") {
        return vec![top];
    }
    let of = |node: usize| weighed.get(node).copied().unwrap_or_default();
    let least = (of(top).score * 0.2).max(10.0);
    let class = dom.attribute(top, "class").filter(|class| !class.is_empty());
    let belongs = |node: usize| {
        let weight = of(node);
        if node == top {
            return true;
        }
        if weight.is_out || dom.is_text(node) {
            return false;
        }
        let share = weight.linked as f64 / weight.letters.max(1) as f64;
        let bonus =
            if class.is_some() && dom.attribute(node, "class") == class { of(top).score * 0.2 } else { 0.0 };
        let is_paragraph = dom.name(node) == "p" && weight.letters > 80 && share < 0.25;
        is_paragraph || (weight.score > 0.0 && weight.score + bonus >= least && share < 0.5)
    };
    dom.children(parent).iter().copied().filter(|&node| belongs(node)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::article::prose::paragraphs;

    fn article(html: &str) -> Option<String> {
        let dom = Dom::parse(html);
        let grabbed = grab(&dom)?;
        Some(paragraphs(&dom, &grabbed.nodes, |node| grabbed.is_left_out(&dom, node)).join("|"))
    }

    const ONE: &str = "وصل وفد وزاري إلى المدينة صباح الأحد، وعقد لقاءات مع مسؤولين محليين، ثم زار مستشفيين";
    const TWO: &str = "وقال متحدث باسم الوفد إن المحادثات ستتواصل يومين، وإن بيانا مشتركا سيصدر في ختامها، وفق ما نقلته وكالات";

    #[test]
    fn the_article_is_found_among_menus_lists_of_links_and_footers() {
        let html = format!(
            "<body><nav><a href=1>الرئيسية</a><a href=2>رياضة</a></nav>\
             <div class=wrap><div class='share-buttons'>شارك الخبر مع أصدقائك عبر البريد، أو عبر وسائل التواصل</div>\
             <h1>عنوان</h1><div class=txt><p>{ONE}.</p><p><a href=3>اقرأ أيضا: خبر آخر عن الوفد</a></p>\
             <ul><li><a href=4>خبر أول طويل بعض الشيء</a><li><a href=5>خبر ثان</a></ul><p>{TWO}.</p></div>\
             <div class=sidebar><p>{ONE}، الأكثر قراءة، الأكثر قراءة</p></div></div>\
             <footer><p>جميع الحقوق محفوظة، لا يجوز النقل إلا بإذن، اتصل بنا، من نحن</p></footer></body>"
        );
        assert_eq!(article(&html).unwrap(), format!("{ONE}.|{TWO}."));
    }

    #[test]
    fn texts_parted_by_line_breaks_are_found_too() {
        let html = format!("<div id=menu>a, b, c</div><div><div>{ONE}.<br><br>{TWO}.</div></div>");
        assert_eq!(article(&html).unwrap(), format!("{ONE}.\n\n{TWO}."));
    }

    #[test]
    fn what_the_page_calls_the_article_is_the_article() {
        let more = format!("<p>{ONE}، {TWO}، {ONE}، {TWO}</p>").repeat(3);
        let html = format!("<div>{more}</div><div itemprop=articleBody><p>{ONE}.</p><p>{TWO}.</p></div>");
        assert_eq!(article(&html).unwrap(), format!("{ONE}.|{TWO}."));
    }

    #[test]
    fn a_page_without_running_text_has_none() {
        assert_eq!(article("<nav><a href=1>a</a></nav><p>x</p>"), None);
        assert_eq!(article(""), None);
    }
}
