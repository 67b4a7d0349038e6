//! Web pages: the article is found and everything around it left out, or all text of the page is taken.

use serde_json::Map;

use super::dom::{Dom, ROOT};
use super::facts::facts;
use super::{grab, mhtml, prose};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, whole_file};

/// Reads a page, or the page in a file of it and all that it needs, as one article. What stands around the article is left out, unless [`whole_page`] was chosen; where no
/// article can be told from the rest, all text is taken.
///
/// [`whole_page`]: crate::formats::ReadChoices::whole_page
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let saved = mhtml::page(bytes);
    if saved.as_ref().is_some_and(String::is_empty) {
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    }
    let bytes = saved.as_ref().map_or(bytes, String::as_bytes);
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
    if !options.choices.without_original {
        super::keep_original(html, &mut more, &mut problems);
    }
    vec![super::reading(options.stem().to_owned(), paragraphs.join("\n\n"), facts(&dom), more, problems)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::article::LONGEST_ORIGINAL;
    use crate::formats::{ORIGINAL, ReadChoices};

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
    fn a_page_too_long_to_be_kept_as_it_came_is_told_of_and_its_article_comes() {
        let page = PAGE.replace("</body>", &format!("<!--{}--></body>", "x".repeat(LONGEST_ORIGINAL)));
        let reading = read_file(page.as_bytes(), &ReadOptions::for_file("a.html")).remove(0);
        assert!(!reading.document.unwrap().meta.contains_key(ORIGINAL));
        let told: Vec<_> = reading.problems.iter().map(|p| (p.field.as_str(), &p.kind, p.outcome)).collect();
        let kind = ProblemKind::TooLongToKeep { bytes: page.len(), most: LONGEST_ORIGINAL };
        assert_eq!(told, [("meta.original", &kind, Outcome::FieldLeftOut)]);
    }

    #[test]
    fn the_whole_page_can_be_had_and_its_source_left_out() {
        let document =
            read(ReadChoices { whole_page: true, without_original: true, ..ReadChoices::default() });
        assert!(document.text.as_str().starts_with("الرئيسية\n\nقصف قرب حلب\n\nقُتل"));
        assert!(!document.meta.contains_key(ORIGINAL));
    }
}
