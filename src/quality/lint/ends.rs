//! The same name with ends of its own here and there: ⟦مطار سبها⟧ الدولي in one article, ⟦مطار سبها الدولي⟧ in the others.

use std::collections::BTreeMap;

use super::article::{Article, Labelled, moved};
use super::consistency::{Usage, mentions};
use super::finding::{Finding, Rule};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// A long name that stands in an article, and the span that holds only a part of it.
struct Part<'a> {
    article: &'a Article<'a>,
    labelled: &'a Labelled<'a>,
    whole: ByteRange,
}

/// Compares the ends of names over all articles. Who follows the majority is not asked. Times and counts grow and shrink
/// with their sentence; they are left alone.
pub(super) fn check(articles: &[Article<'_>], usage: &Usage, found: &mut Vec<Finding>) {
    let mut parts: BTreeMap<(&str, &LabelCode), Vec<Part<'_>>> = BTreeMap::new();
    for article in articles {
        for mention in mentions(article, usage).into_iter().filter(|mention| mention.key.contains(' ')) {
            let mut inside =
                article.labels.iter().filter(|labelled| labelled.span.range.overlaps(mention.range));
            let (Some(labelled), None) = (inside.next(), inside.next()) else { continue };
            let range = labelled.span.range;
            let is_part = mention.range.contains(range) && labelled.key() != mention.key;
            let expression = labelled.has_label("DAT") || labelled.has_label("NUM");
            if is_part && !expression && usage.with_label(mention.key, &labelled.span.label) > 0 {
                let part = Part { article, labelled, whole: mention.range };
                parts.entry((mention.key, &labelled.span.label)).or_default().push(part);
            }
        }
    }
    for ((key, label), parts) in parts {
        let whole = usage.with_label(key, label);
        let seen = |count| vec![(label.clone(), count)];
        if whole > parts.len() {
            found.extend(parts.iter().map(|part| {
                let fix = Some(moved(part.labelled.span, part.whole));
                let finding = part.article.about(Rule::EndsOtherwise, part.labelled.span, fix);
                Finding { seen: seen(whole), ..finding }
            }));
        } else if whole < parts.len() {
            let wholes =
                articles.iter().flat_map(|article| article.labels.iter().map(move |one| (article, one)));
            for (article, labelled) in wholes.filter(|(_, one)| one.span.label == *label && one.key() == key)
            {
                let fix = parts.first().and_then(|part| shortened(labelled, &part.labelled.key()));
                let fix = fix.map(|range| moved(labelled.span, range));
                let finding = article.about(Rule::EndsOtherwise, labelled.span, fix);
                found.push(Finding { seen: seen(parts.len()), ..finding });
            }
        }
    }
}

/// The range of some words in a longer name.
fn shortened(labelled: &Labelled<'_>, part: &str) -> Option<ByteRange> {
    let part: Vec<&str> = part.split(' ').collect();
    let words =
        labelled.words.windows(part.len()).find(|words| words.iter().map(|w| &w.folded).eq(part.iter()))?;
    Some(ByteRange::new(words.first()?.range.start, words.last()?.range.end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes_of, first_fix};

    #[test]
    fn the_minority_is_asked() {
        let long = "عند [FAC مطار سبها الدولي] ليلًا";
        let short = "عند [FAC مطار سبها] الدولي ليلًا";
        assert_eq!(codes_of(&[long, long, short]), ["ends-otherwise"]);
        assert_eq!(first_fix(&[long, long, short]).as_deref(), Some("FAC مطار سبها الدولي"));
        assert_eq!(codes_of(&[long, short, short]), ["ends-otherwise"]);
        assert_eq!(first_fix(&[long, short, short]).as_deref(), Some("FAC مطار سبها"));
        assert_eq!(codes_of(&[long, short]), [""; 0]);
    }

    #[test]
    fn signs_are_no_words() {
        let quoted = "عند [FAC «مطار سبها الدولي] ليلًا";
        assert_eq!(codes_of(&[quoted, quoted, "عند «[FAC مطار سبها الدولي]» ليلًا"]), ["edge-sign"; 2]);
    }

    #[test]
    fn another_name_in_a_name_is_no_part() {
        let nested = "عند [FAC مطار سبها] ليلًا";
        assert_eq!(codes_of(&[nested, nested, "زار [LOC سبها] ثم عاد"]), [""; 0]);
    }
}
