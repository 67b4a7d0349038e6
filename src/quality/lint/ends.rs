//! The same name with ends of its own here and there: ⟦مطار سبها⟧ الدولي in one place, ⟦مطار سبها الدولي⟧ in the others.

use std::collections::BTreeMap;

use super::article::{Article, moved};
use super::consistency::{Usage, mentions};
use super::finding::{Finding, Fix, Rule};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// A name and its label.
type Name = (String, LabelCode);

/// Where names of several words stand, and where a span holds only a part of one. Times and counts grow and shrink with
/// their sentence; they are left alone.
#[derive(Debug, Default)]
pub(super) struct Ends {
    parts: BTreeMap<Name, Vec<Part>>,
    wholes: BTreeMap<Name, Vec<Whole>>,
}

/// A span that holds only a part of a name, to be set to the whole.
#[derive(Debug)]
struct Part {
    finding: Finding,
    key: String,
}

/// A span that holds a whole name, and its words.
#[derive(Debug)]
struct Whole {
    finding: Finding,
    words: Vec<(String, ByteRange)>,
}

impl Ends {
    /// Looks through an article; how names are labelled in all of them is known.
    pub(super) fn look(&mut self, article: &Article<'_>, usage: &Usage) {
        let several = |key: &str| key.contains(' ');
        for mention in mentions(article, usage).into_iter().filter(|mention| several(mention.key)) {
            let mut inside =
                article.labels.iter().filter(|labelled| labelled.span.range.overlaps(mention.range));
            let (Some(labelled), None) = (inside.next(), inside.next()) else { continue };
            let (range, label) = (labelled.span.range, &labelled.span.label);
            // Behind للـ the words are the name's although they are not spelled alike.
            let is_part =
                mention.range != range && mention.range.contains(range) && labelled.key() != mention.key;
            let expression = labelled.has_label("DAT") || labelled.has_label("NUM");
            if is_part && !expression && usage.with_label(mention.key, label) > 0 {
                let fix = Some(moved(labelled.span, mention.range));
                let finding = article.about(Rule::EndsOtherwise, labelled.span, fix);
                let parts = self.parts.entry((mention.key.to_owned(), label.clone())).or_default();
                parts.push(Part { finding, key: labelled.key() });
            }
        }
        for labelled in article.labels.iter().filter(|labelled| labelled.words.len() > 1) {
            let words = labelled.words.iter().map(|word| (word.folded.clone(), word.range)).collect();
            let finding = article.about(Rule::EndsOtherwise, labelled.span, None);
            let wholes = self.wholes.entry((labelled.key(), labelled.span.label.clone())).or_default();
            wholes.push(Whole { finding, words });
        }
    }

    /// Compares the ends of names over all articles. Who follows the majority is not asked.
    pub(super) fn finish(mut self, usage: &Usage, found: &mut Vec<Finding>) {
        for (name, parts) in self.parts {
            let whole = usage.with_label(&name.0, &name.1);
            let seen = |count| vec![(name.1.clone(), count)];
            if whole > parts.len() {
                found.extend(parts.into_iter().map(|part| Finding { seen: seen(whole), ..part.finding }));
            } else if whole < parts.len() {
                for Whole { finding, words } in self.wholes.remove(&name).unwrap_or_default() {
                    let range = parts.first().and_then(|part| shortened(&words, &part.key));
                    let fix = range.map(|range| Fix::Set { range, label: name.1.clone() });
                    found.push(Finding { seen: seen(parts.len()), fix, ..finding });
                }
            }
        }
    }
}

/// The range of some words in a longer name.
fn shortened(words: &[(String, ByteRange)], part: &str) -> Option<ByteRange> {
    let part: Vec<&str> = part.split(' ').collect();
    let words = words.windows(part.len()).find(|words| words.iter().map(|(word, _)| word).eq(part.iter()))?;
    Some(ByteRange::new(words.first()?.1.start, words.last()?.1.end))
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
    fn a_name_behind_lam_has_its_ends() {
        let marked = "قال [ORG الجيش السوري] أمس. شكر ل[ORG لجيش السوري] دوره. عاد [ORG الجيش السوري] ليلًا";
        assert_eq!(codes_of(&[marked]), [""; 0]);
        let part = "قال [ORG الجيش السوري] أمس. شكر ل[ORG لجيش] السوري دوره. عاد [ORG الجيش السوري] ليلًا";
        assert_eq!(first_fix(&[part]).as_deref(), Some("ORG لجيش السوري"));
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
