//! Feeds: RSS 2.0 and 1.0, and Atom (RFC 4287). One entry, one article; the whole text where the feed has it, else the
//! summary.

use serde_json::{Map, Value};

use super::facts::iso_date;
use super::{Facts, numbered, prose};
use crate::formats::problem::Problems;
use crate::formats::xml::{Element, Node};
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, whole_file};

/// Reads a feed.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(root) = whole_file::xml(bytes, &mut problems) else {
        return whole_file::nothing(problems);
    };
    let channel = root.elements().find(|element| element.local() == "channel").unwrap_or(&root);
    let site = child_text(channel, "title");
    let is_entry = |element: &&Element| matches!(element.local(), "item" | "entry");
    let mut readings: Vec<Reading> = root
        .elements()
        .filter(is_entry)
        .chain(channel.elements().filter(is_entry).filter(|_| !std::ptr::eq(channel, &raw const root)))
        .enumerate()
        .map(|(number, entry)| read_entry(entry, number + 1, site.as_deref(), options))
        .collect();
    if readings.is_empty() {
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
    }
    let about_file = problems.into_vec();
    if !about_file.is_empty() {
        readings.insert(0, Reading { line: None, document: None, problems: about_file });
    }
    readings
}

fn read_entry(entry: &Element, number: usize, site: Option<&str>, options: &ReadOptions) -> Reading {
    // The element with the whole text is called `content:encoded` in RSS and `content` in Atom.
    let mut texts = ["encoded", "content", "description", "summary"].iter().filter_map(|name| {
        let element = entry.elements().find(|element| element.local() == *name)?;
        Some(prose::of_fragment(&source(element))).filter(|text| !text.trim().is_empty())
    });
    let (text, summary) = (texts.next(), texts.next());
    let mut more = Map::new();
    if let Some(summary) = summary.filter(|summary| text.as_ref() != Some(summary)) {
        more.insert("summary".to_owned(), summary.into());
    }
    let categories = entry.elements().filter(|element| element.local() == "category");
    let categories = categories.filter_map(|category| {
        category.attribute("term").map(str::to_owned).or_else(|| plain_text(category)).map(Value::from)
    });
    let categories: Vec<Value> = categories.collect();
    if !categories.is_empty() {
        more.insert("categories".to_owned(), categories.into());
    }
    let of = |name: &str| child_text(entry, name);
    let author = of("creator").or_else(|| {
        let author = entry.elements().find(|element| element.local() == "author")?;
        child_text(author, "name").or_else(|| plain_text(author).map(|author| without_address(&author)))
    });
    let link = entry.elements().find(|element| {
        element.local() == "link" && element.attribute("rel").is_none_or(|rel| rel == "alternate")
    });
    let facts = Facts {
        id: None,
        title: of("title").map(|title| prose::of_fragment(&title)),
        source: of("source").or_else(|| site.map(str::to_owned)),
        author,
        date: ["pubDate", "published", "date", "updated"].iter().find_map(|name| iso_date(&of(name)?)),
        url: link.and_then(|link| link.attribute("href").map(str::to_owned).or_else(|| plain_text(link))),
    };
    let problems = Problems::new(&options.file, Some(entry.line));
    let reading = super::reading(numbered(options, number), text.unwrap_or_default(), facts, more, problems);
    Reading { line: Some(entry.line), ..reading }
}

/// The name of an author as RSS has it: an address, and the name in brackets.
fn without_address(author: &str) -> String {
    let parted = author.strip_suffix(')').and_then(|author| author.split_once(" ("));
    let name = parted.filter(|(address, _)| address.contains('@')).map(|(_, name)| name.trim());
    name.filter(|name| !name.is_empty()).unwrap_or(author).to_owned()
}

fn child_text(element: &Element, local: &str) -> Option<String> {
    element.elements().find(|child| child.local() == local).and_then(plain_text)
}

fn plain_text(element: &Element) -> Option<String> {
    let text = source(element);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What stands in an element. Elements of XHTML in it are written as HTML again.
fn source(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.children {
        match node {
            Node::Text(words) if element.children.len() == 1 => text.push_str(words),
            Node::Text(words) => text.push_str(&words.replace('&', "&amp;").replace('<', "&lt;")),
            Node::Element(child) => {
                let name = child.local();
                text.push_str(&format!("<{name}>{}</{name}>", markup(child)));
            }
        }
    }
    text
}

/// What stands in an element of XHTML.
fn markup(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.children {
        match node {
            Node::Text(words) => text.push_str(&words.replace('&', "&amp;").replace('<', "&lt;")),
            Node::Element(child) => {
                let name = child.local();
                text.push_str(&format!("<{name}>{}</{name}>", markup(child)));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;

    fn read(feed: &str) -> Vec<Document> {
        let readings = read_file(feed.as_bytes(), &ReadOptions::for_file("news.xml"));
        readings.into_iter().filter_map(|reading| reading.document).collect()
    }

    #[test]
    fn entries_of_rss_are_articles() {
        let items = read(
            "<rss version=\"2.0\" xmlns:content=\"c\" xmlns:dc=\"d\"><channel><title>الوكالة</title><item><title>قصف</title><category>حرب</category><category>سوريا</category>\
             <link>https://example.org/1</link><pubDate>Sat, 06 Apr 2019 10:00:00 GMT</pubDate><dc:creator>أمل</dc:creator>\
             <description>ملخص</description><content:encoded><![CDATA[<p>النص &amp; كله.</p><p>ثان</p>]]></content:encoded></item>\
             <item><title>آخر</title><description>&lt;b&gt;نص&lt;/b&gt;</description></item></channel></rss>",
        );
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].text.as_str(), "النص & كله.\n\nثان");
        let meta = serde_json::to_string(&items[0].meta).unwrap();
        assert_eq!(
            meta,
            r#"{"title":"قصف","source":"الوكالة","author":"أمل","date":"2019-04-06","url":"https://example.org/1","summary":"ملخص","categories":["حرب","سوريا"]}"#
        );
        assert_eq!((items[1].text.as_str(), items[1].id.as_str()), ("نص", "news-2"));
    }

    #[test]
    fn entries_of_atom_and_rss_1_are_articles_too() {
        let atom = read(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>s</title><entry><title>t</title><link rel=\"self\" href=\"x\"/>\
             <link href=\"https://example.org/a\"/><published>2019-04-06T10:00:00Z</published><author><name>n</name></author>\
             <content type=\"xhtml\"><div><p>أول</p><p>ثان</p></div></content></entry></feed>",
        );
        assert_eq!(atom[0].text.as_str(), "أول\n\nثان");
        assert_eq!(
            (atom[0].meta["url"].as_str(), atom[0].meta["date"].as_str()),
            (Some("https://example.org/a"), Some("2019-04-06T10:00:00Z"))
        );
        let rdf = read(
            "<rdf:RDF xmlns:rdf=\"r\"><channel><title>s</title></channel><item><title>t</title><description>نص</description></item></rdf:RDF>",
        );
        assert_eq!(rdf[0].text.as_str(), "نص");
    }

    #[test]
    fn an_entry_without_text_is_refused_by_its_line() {
        let readings = read_file(
            b"<rss><channel>\n<item><title>t</title></item></channel></rss>",
            &ReadOptions::for_file("a"),
        );
        assert_eq!((readings[0].line, &readings[0].problems[0].kind), (Some(2), &ProblemKind::NoArticle));
    }
}
