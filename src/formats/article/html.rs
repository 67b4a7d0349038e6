//! Web pages: the article is found and everything around it left out, or all text of the page is taken.

use serde_json::{Map, Value};

use super::dom::{Dom, ROOT};
use super::facts::facts;
use super::{grab, prose};
use crate::formats::problem::Problems;
use crate::formats::{ORIGINAL, ReadOptions, Reading, whole_file};

/// The longest page that is kept as it came, in bytes.
const LONGEST_ORIGINAL: usize = 2 << 20;

/// Reads a page as one article. What stands around the article is left out, unless [`whole_page`] was chosen; where no
/// article can be told from the rest, all text is taken.
///
/// [`whole_page`]: crate::formats::ReadChoices::whole_page
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(html) = whole_file::text(bytes, &mut problems) else {
        return whole_file::nothing(problems);
    };
    let dom = Dom::parse(html);
    let grabbed = if options.choices.whole_page { None } else { grab::grab(&dom) };
    let paragraphs = match &grabbed {
        Some(grabbed) => prose::paragraphs(&dom, &grabbed.nodes, |node| grabbed.is_left_out(&dom, node)),
        None => prose::paragraphs(&dom, &[ROOT], |_| false),
    };
    let mut more = Map::new();
    if !options.choices.without_original && html.len() <= LONGEST_ORIGINAL {
        more.insert(ORIGINAL.to_owned(), Value::from(html));
    }
    vec![super::reading(options.stem().to_owned(), paragraphs.join("\n\n"), facts(&dom), more, problems)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ReadChoices;

    const PAGE: &str = "<!doctype html><html><head><title>قصف قرب حلب</title><meta name=date content=2019-04-06></head><body>\
        <nav><a href=1>الرئيسية</a></nav><h1>قصف قرب حلب</h1><div id=story><p>قُتل ثلاثة جنود في قصف قرب مدينة حلب، شمالي سوريا، صباح الأحد.</p>\
        <p>وقال مصدر طبي في دمشق إن خمسة جرحى نُقلوا إلى المستشفى، وفق الوكالة.</p></div></body></html>";

    fn read(choices: ReadChoices) -> crate::annotation::Document {
        let options = ReadOptions { choices, ..ReadOptions::for_file("a/خبر.html") };
        read_file(PAGE.as_bytes(), &options).remove(0).document.unwrap()
    }

    #[test]
    fn the_article_comes_with_what_the_page_says_of_it() {
        let document = read(ReadChoices::default());
        let text = document.text.as_str();
        assert!(text.starts_with("قُتل ثلاثة") && text.ends_with("وفق الوكالة."), "{text}");
        assert_eq!((document.id.as_str(), document.title()), ("خبر", "قصف قرب حلب"));
        assert_eq!(document.meta["date"], "2019-04-06");
        assert_eq!(document.meta[ORIGINAL], PAGE);
    }

    #[test]
    fn the_whole_page_can_be_had_and_its_source_left_out() {
        let document =
            read(ReadChoices { whole_page: true, without_original: true, ..ReadChoices::default() });
        assert!(document.text.as_str().starts_with("الرئيسية\n\nقصف قرب حلب\n\nقُتل"));
        assert!(!document.meta.contains_key(ORIGINAL));
    }
}
