//! What a web page says of its article: title, source, author, day of publication. In this order: what it says to search
//! engines (JSON-LD of schema.org), to social networks (Open Graph), in its `meta` elements, and to its readers.

use serde_json::Value;

use super::Facts;
use super::dom::{Dom, ROOT};

/// Values of JSON-LD are gone into so deep.
const MOST_DEEP: usize = 8;

/// A byline is shorter than this, in characters.
const LONGEST_BYLINE: usize = 80;

/// What a page says of its article.
pub(super) fn facts(dom: &Dom) -> Facts {
    let linked = json_ld(dom);
    let mut facts = linked.or(in_meta(dom)).or(to_readers(dom));
    facts.title = facts.title.map(|title| without_site(&title, facts.source.as_deref()));
    facts.date = facts.date.as_deref().and_then(iso_date);
    facts
}

fn words(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The first object of JSON-LD that is an article.
fn json_ld(dom: &Dom) -> Facts {
    let is_ld = |&node: &usize| {
        dom.attribute(node, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
    };
    let scripts = dom.all(&["script"]).filter(is_ld);
    let values = scripts.filter_map(|node| serde_json::from_str::<Value>(dom.text_inside(node).trim()).ok());
    for value in values {
        let mut objects = Vec::new();
        collect(&value, MOST_DEEP, &mut objects);
        if let Some(article) = objects.into_iter().find(|object| is_article(object)) {
            let text = |key: &str| article.get(key).and_then(Value::as_str).and_then(words);
            return Facts {
                id: None,
                title: text("headline").or_else(|| text("name")),
                source: article.get("publisher").and_then(named),
                author: article.get("author").and_then(named),
                date: text("datePublished").or_else(|| text("dateCreated")),
                url: text("url").or_else(|| match article.get("mainEntityOfPage") {
                    Some(Value::String(url)) => words(url),
                    Some(page) => page.get("@id").and_then(Value::as_str).and_then(words),
                    None => None,
                }),
            };
        }
    }
    Facts::default()
}

fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Value>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, depth, objects)),
        Value::Object(map) => {
            objects.push(value);
            if let Some(graph) = map.get("@graph") {
                collect(graph, depth, objects);
            }
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let is_one = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report")
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_one),
        Some(kind) => is_one(kind),
        None => false,
    }
}

/// A name, or the names of several, as JSON-LD has them.
fn named(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => words(name),
        Value::Object(map) => map.get("name").and_then(Value::as_str).and_then(words),
        Value::Array(list) => {
            let names: Vec<_> =
                list.iter().take(8).filter(|value| !value.is_array()).filter_map(named).collect();
            (!names.is_empty()).then(|| names.join("، "))
        }
        _ => None,
    }
}

/// What stands in `meta` elements and links.
fn in_meta(dom: &Dom) -> Facts {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let says = |node: usize, key| {
                dom.attribute(node, key).is_some_and(|said| said.eq_ignore_ascii_case(name))
            };
            let is_it =
                |&node: &usize| says(node, "property") || says(node, "name") || says(node, "itemprop");
            dom.all(&["meta"]).filter(is_it).find_map(|node| words(dom.attribute(node, "content")?))
        })
    };
    let canonical = dom.all(&["link"]).find(|&node| dom.attribute(node, "rel") == Some("canonical"));
    let is_no_address = |name: &String| !name.starts_with("http");
    Facts {
        id: None,
        title: value(&["og:title", "twitter:title", "dc.title", "dcterms.title"]),
        source: value(&["og:site_name", "application-name", "dc.publisher", "dcterms.publisher"]),
        author: value(&["author", "dc.creator", "dcterms.creator", "article:author", "parsely-author"])
            .filter(is_no_address),
        date: value(&[
            "article:published_time",
            "datePublished",
            "og:published_time",
            "parsely-pub-date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "publishdate",
            "pubdate",
            "date",
        ]),
        url: canonical
            .and_then(|node| dom.attribute(node, "href"))
            .and_then(words)
            .or_else(|| value(&["og:url"])),
    }
}

/// What readers see: headings, times and bylines.
fn to_readers(dom: &Dom) -> Facts {
    let text = |node: usize| words(&dom.text_inside(node));
    let mut headings = dom.all(&["h1"]).filter_map(text);
    // With several the page has one for itself, too.
    let heading = headings.next().filter(|_| headings.next().is_none());
    let title =
        heading.or_else(|| dom.all(&["title"]).find_map(text)).or_else(|| dom.all(&["h1"]).find_map(text));
    let date = |node: usize| {
        let said = dom.attribute(node, "datetime").or_else(|| dom.attribute(node, "content"));
        said.and_then(iso_date).or_else(|| iso_date(&text(node)?))
    };
    let published = (1..dom.len())
        .filter(|&node| dom.attribute(node, "itemprop") == Some("datePublished"))
        .chain(dom.all(&["time"]))
        .find_map(date);
    let is_byline = |&node: &usize| {
        let is_named = |key, names: &[&str]| {
            let said = dom.attribute(node, key).unwrap_or_default().to_lowercase();
            said.split_whitespace().any(|word| names.contains(&word))
        };
        !dom.is_text(node)
            && (is_named("rel", &["author"])
                || is_named("itemprop", &["author"])
                || is_named("class", &["author", "byline", "author-name", "writer"]))
    };
    let byline = (ROOT + 1..dom.len()).filter(is_byline).filter_map(text);
    let author = byline.into_iter().find(|name| name.chars().count() <= LONGEST_BYLINE);
    Facts { title, author, date: published, ..Facts::default() }
}

/// A title without the name of the site behind it: `قصف قرب حلب - وكالة الأخبار`.
fn without_site(title: &str, site: Option<&str>) -> String {
    let shorter = site.and_then(|site| {
        let rest = title.trim().strip_suffix(site)?.trim_end();
        let rest = rest.strip_suffix(['-', '|', '–', '—', '·', ':', '«', '/'])?.trim_end();
        (!rest.is_empty()).then_some(rest)
    });
    shorter.unwrap_or(title).to_owned()
}

/// Names of months as feeds have them, and as Arabic pages do, in both traditions.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "يناير", "جانفي", "كانون الثاني"],
    &["feb", "february", "فبراير", "فيفري", "شباط"],
    &["mar", "march", "مارس", "آذار"],
    &["apr", "april", "أبريل", "ابريل", "إبريل", "أفريل", "نيسان"],
    &["may", "مايو", "ماي", "أيار"],
    &["jun", "june", "يونيو", "جوان", "حزيران"],
    &["jul", "july", "يوليو", "جويلية", "تموز"],
    &["aug", "august", "أغسطس", "اغسطس", "أوت", "آب"],
    &["sep", "sept", "september", "سبتمبر", "أيلول"],
    &["oct", "october", "أكتوبر", "اكتوبر", "تشرين الأول"],
    &["nov", "november", "نوفمبر", "تشرين الثاني"],
    &["dec", "december", "ديسمبر", "كانون الأول"],
];

/// A day, with the time behind it where there is one, as ISO 8601 has it: from ISO itself, from the dates of feeds
/// (RFC 822), from day, month by its name, and year, and from numbers whose year comes first. Of numbers whose year
/// comes last it is not known which is the month, unless one is above 12.
#[must_use]
pub fn iso_date(said: &str) -> Option<String> {
    let said: String = said.trim().chars().take(100).map(western).collect();
    iso(&said).or_else(|| numbers(&said)).or_else(|| by_month(&said))
}

/// The digit as Europe writes it.
fn western(c: char) -> char {
    let digit = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

fn day(year: u32, month: u32, day: u32) -> Option<String> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1900..=2199).contains(&year) && (1..=last).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `2019-04-06`, with or without a time behind it, which is kept as it stands.
fn iso(said: &str) -> Option<String> {
    let parts = [said.get(0..4)?, said.get(5..7)?, said.get(8..10)?];
    if said.get(4..5) != Some("-") || said.get(7..8) != Some("-") {
        return None;
    }
    let [year, month, number] = parts.map(|part| part.parse::<u32>().ok());
    let date = day(year?, month?, number?)?;
    let rest = said.get(10..)?;
    let is_time = |rest: &str| {
        rest.len() >= 5
            && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z'))
    };
    match rest.strip_prefix(['T', ' ']).map(str::trim) {
        Some(time) if is_time(time) => Some(format!("{date}T{time}")),
        _ if rest.is_empty() || !rest.starts_with(|c: char| c.is_ascii_digit()) => Some(date),
        _ => None,
    }
}

/// `2019/4/6`, `6/13/2019`, `13.6.2019`.
fn numbers(said: &str) -> Option<String> {
    let numbers: Vec<u32> = said
        .split(|c: char| matches!(c, '/' | '.' | '-') || c.is_whitespace())
        .map_while(|part| part.parse().ok())
        .take(3)
        .collect();
    match numbers[..] {
        [year, month, number] if year > 31 => day(year, month, number),
        [number, month, year] if number > 12 && year > 31 => day(year, month, number),
        [month, number, year] if number > 12 && year > 31 => day(year, month, number),
        _ => None,
    }
}

/// A month by its name among day and year, as in `Sat, 06 Apr 2019 10:00:00 GMT`, `6 أبريل/نيسان 2019`, `April 6, 2019`.
fn by_month(said: &str) -> Option<String> {
    let lower = said.to_lowercase();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let stands = |name: &&str| -> bool {
        lower.match_indices(*name).any(|(at, _)| {
            let (before, after) =
                (lower.get(..at).unwrap_or_default(), lower.get(at + name.len()..).unwrap_or_default());
            !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
        })
    };
    let month = MONTHS.iter().position(|names| names.iter().any(stands))? as u32 + 1;
    let numbers: Vec<u32> =
        lower.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).take(2).collect();
    match numbers[..] {
        [number, year] if year > 31 => day(year, month, number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pages_and_feeds_are_days_of_the_calendar() {
        for (said, wanted) in [
            ("2019-04-06", Some("2019-04-06")),
            ("2019-04-06T10:30:00+03:00", Some("2019-04-06T10:30:00+03:00")),
            ("2019-04-06 10:30", Some("2019-04-06T10:30")),
            ("2019-04-06، السبت", Some("2019-04-06")),
            ("Sat, 06 Apr 2019 10:00:00 GMT", Some("2019-04-06")),
            ("6 أبريل/نيسان 2019", Some("2019-04-06")),
            ("السبت ٦ تشرين الثاني ٢٠٢١ - ١٠:٣٠", Some("2021-11-06")),
            ("April 6, 2019", Some("2019-04-06")),
            ("2019/4/6", Some("2019-04-06")),
            ("13/6/2019", Some("2019-06-13")),
            ("3/6/2019", None),
            ("2019-02-30", None),
            ("9999-01-01", None),
            ("أمس", None),
            ("", None),
            ("20190406", None),
        ] {
            assert_eq!(iso_date(said).as_deref(), wanted, "{said}");
        }
    }

    fn of(html: &str) -> Facts {
        facts(&Dom::parse(html))
    }

    #[test]
    fn what_is_said_to_search_engines_comes_first() {
        let html = r#"<title>x</title><meta property="og:title" content="عنوان لفيسبوك"><meta property="og:site_name" content="موقع">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"y"},
            {"@type":["NewsArticle"],"headline":"العنوان ","datePublished":"2019-04-06T10:00:00Z","author":[{"name":"أمل"},{"name":"نور"}],
            "publisher":{"@type":"Organization","name":"الوكالة"},"mainEntityOfPage":{"@id":"https://example.org/1"}}]}</script>"#;
        let wanted = Facts {
            id: None,
            title: Some("العنوان".to_owned()),
            source: Some("الوكالة".to_owned()),
            author: Some("أمل، نور".to_owned()),
            date: Some("2019-04-06T10:00:00Z".to_owned()),
            url: Some("https://example.org/1".to_owned()),
        };
        assert_eq!(of(html), wanted);
    }

    #[test]
    fn without_it_what_readers_see() {
        let html = "<title>قصف قرب حلب - الوكالة</title><meta property=og:site_name content=الوكالة>\
                    <span class=byline>بقلم أمل</span><time datetime='2019-04-06'>أمس</time>";
        let found = of(html);
        assert_eq!(found.title.as_deref(), Some("قصف قرب حلب"));
        assert_eq!((found.author.as_deref(), found.date.as_deref()), (Some("بقلم أمل"), Some("2019-04-06")));
    }

    #[test]
    fn broken_json_is_passed_over() {
        assert_eq!(
            of("<script type='application/ld+json'>{</script><h1>عنوان</h1>").title.as_deref(),
            Some("عنوان")
        );
    }
}
