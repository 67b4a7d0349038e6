//! The same words, the same label: within an article, and from article to article (guideline 1, principle 2; section 9,
//! point 8).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::article::{Article, Labelled};
use super::finding::{Finding, Fix, Rule};
use super::{Context, Names};
use crate::annotation::Document;
use crate::schema::LabelCode;
use crate::text::{
    ByteOffset, ByteRange, ProcliticPolicy, SearchOptions, Searcher, fold_word, proclitic_cuts, words,
};

/// How often words carry each label.
type Labels = BTreeMap<LabelCode, usize>;

/// How the names of many articles are labelled, by folded words.
#[derive(Debug, Default)]
pub(super) struct Usage {
    policy: ProcliticPolicy,
    labels: HashMap<String, Labels>,
    /// How often the words stand as a name without a proclitic before them.
    plain: HashMap<String, usize>,
    /// One spelling of each, to search for.
    surfaces: HashMap<String, String>,
    /// The names by their first word, so that an article is asked only about names that may stand in it.
    by_first_word: HashMap<String, Vec<String>>,
}

impl Usage {
    /// Of articles whose spans begin where a policy wants it.
    pub(super) fn new(policy: ProcliticPolicy) -> Self {
        Self { policy, ..Self::default() }
    }

    /// Learns the names of an article that stand without a proclitic before them.
    pub(super) fn learn(&mut self, article: &Article<'_>) {
        for labelled in &article.labels {
            if article.cut_before(labelled.span.range).is_none() {
                let key = labelled.key();
                *self.plain.entry(key.clone()).or_default() += 1;
                self.surfaces.entry(key).or_insert_with(|| labelled.surface.to_owned());
            }
        }
    }

    /// Counts how an article labels its names, when the plain forms of all are known: those behind للـ find theirs.
    pub(super) fn count(&mut self, article: &Article<'_>, names: &dyn Names) {
        for labelled in &article.labels {
            let key = self.key(article, labelled, names);
            *self.labels.entry(key).or_default().entry(labelled.span.label.clone()).or_default() += 1;
        }
    }

    /// To be called when every article has been counted.
    pub(super) fn close(&mut self) {
        for key in self.labels.keys() {
            let first = key.split(' ').next().unwrap_or_default();
            self.by_first_word.entry(first.to_owned()).or_default().push(key.clone());
        }
    }

    /// The folded words of a span, with the article that للـ has swallowed if the name is known with one. Where proclitics
    /// belong to names, without those of which the rest is a name that stands somewhere by itself.
    fn key(&self, article: &Article<'_>, labelled: &Labelled<'_>, names: &dyn Names) -> String {
        let key = labelled.key();
        if self.policy == ProcliticPolicy::Inside {
            return self.key_behind_proclitics(labelled, names).unwrap_or(key);
        }
        let cut = article.cut_before(labelled.span.range);
        if cut.is_none_or(|cut| !cut.lost_alif) {
            return key;
        }
        let restored = [format!("ا{key}"), format!("ال{key}")];
        let known = restored.iter().find(|form| self.plain.contains_key(*form)).cloned();
        known.unwrap_or(key)
    }

    fn key_behind_proclitics(&self, labelled: &Labelled<'_>, names: &dyn Names) -> Option<String> {
        let first = labelled.words.first().filter(|_| !names.is_name(labelled.surface))?;
        let others: Vec<_> = labelled.words.iter().skip(1).map(|word| word.folded.as_str()).collect();
        let rest = |rest: &str| [&[rest], others.as_slice()].concat().join(" ");
        let cuts = proclitic_cuts(first.surface);
        let mut forms = cuts.iter().rev().flat_map(|cut| {
            let word = fold_word(first.surface.get(cut.offset..).unwrap_or_default());
            let restored =
                if cut.lost_alif { vec![format!("ا{word}"), format!("ال{word}")] } else { vec![word] };
            restored.into_iter().map(|word| rest(&word)).collect::<Vec<_>>()
        });
        forms.find(|form| self.plain.contains_key(form))
    }

    /// How often the words stand as a name with no proclitic before them.
    pub(super) fn plainly(&self, key: &str) -> usize {
        self.plain.get(key).copied().unwrap_or(0)
    }

    /// The names of which every word is among some folded words, the longest first.
    fn among(&self, forms: &HashSet<String>) -> Vec<(&String, &Labels)> {
        let keys = forms.iter().filter_map(|form| self.by_first_word.get(form)).flatten();
        let mut names: Vec<_> = keys
            .filter(|key| key.split(' ').all(|word| forms.contains(word)))
            .filter_map(|key| self.labels.get_key_value(key))
            .collect();
        names.sort_by_key(|(key, _)| (std::cmp::Reverse(key.len()), *key));
        names
    }

    /// How often the words carry a label.
    pub(super) fn with_label(&self, key: &str, label: &LabelCode) -> usize {
        self.labels.get(key).and_then(|labels| labels.get(label)).copied().unwrap_or(0)
    }
}

/// The folded words of a phrase with single spaces between them.
pub(super) fn key_of(phrase: &str) -> String {
    let words: Vec<_> =
        words(phrase).filter_map(|word| phrase.get(word.range.to_std())).map(fold_word).collect();
    words.join(" ")
}

/// The labels, most frequent first.
fn ranked(labels: &Labels) -> Vec<(LabelCode, usize)> {
    let mut ranked: Vec<_> = labels.iter().map(|(label, &count)| (label.clone(), count)).collect();
    ranked.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    ranked
}

/// The most frequent label, if no other is as frequent.
fn majority(ranked: &[(LabelCode, usize)]) -> Option<&LabelCode> {
    match ranked {
        [(label, first), (_, second), ..] => (first > second).then_some(label),
        [(label, _)] => Some(label),
        [] => None,
    }
}

pub(super) fn check(article: &Article<'_>, context: &Context<'_>, found: &mut Vec<Finding>) {
    let mut here: BTreeMap<String, Labels> = BTreeMap::new();
    let keys: Vec<_> =
        article.labels.iter().map(|labelled| context.usage.key(article, labelled, context.names)).collect();
    for (key, labelled) in keys.iter().zip(&article.labels) {
        *here.entry(key.clone()).or_default().entry(labelled.span.label.clone()).or_default() += 1;
    }
    for (key, labelled) in keys.iter().zip(&article.labels) {
        let (Some(here), Some(everywhere)) = (here.get(key), context.usage.labels.get(key)) else { continue };
        let (rule, labels) = match (here.len(), everywhere.len()) {
            (2.., _) => (Rule::TwoLabels, here),
            (_, 2..) => (Rule::LabelledOtherwise, everywhere),
            _ => continue,
        };
        let seen = ranked(labels);
        let label = majority(&seen).cloned();
        // Who follows the majority is not asked.
        if label.as_ref() == Some(&labelled.span.label) {
            continue;
        }
        let fix = label.map(|label| Fix::Set { range: labelled.span.range, label });
        found.push(Finding { seen, ..article.about(rule, labelled.span, fix) });
    }
    unlabelled(article, &here, context, found);
}

fn unlabelled(
    article: &Article<'_>,
    here: &BTreeMap<String, Labels>,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    let mut taken = Taken::default();
    for mention in mentions(article, context.usage) {
        let (rule, labels) = match here.get(mention.key) {
            Some(labels) => (Rule::UnlabelledRepeat, labels),
            None => (Rule::LabelledElsewhere, mention.labels),
        };
        let seen = ranked(labels);
        let Some((label, _)) = seen.first() else { continue };
        let range = mention.range;
        let is_settled = article.is_labelled(range) || article.is_waiting(range, label);
        if !is_settled && !article.is_boilerplate(range) && taken.take(range) {
            found.push(Finding { seen: seen.clone(), ..article.missing(rule, range, label) });
        }
    }
}

/// A place where a name stands that is labelled somewhere.
pub(super) struct Mention<'u> {
    /// Its folded words.
    pub(super) key: &'u str,
    labels: &'u Labels,
    pub(super) range: ByteRange,
}

/// Every place in an article where a name stands that is labelled somewhere; longer names first, so that a part of one
/// is not said again.
pub(super) fn mentions<'u>(article: &Article<'_>, usage: &'u Usage) -> Vec<Mention<'u>> {
    let searcher = Searcher::new(&article.document.text, SearchOptions::default());
    let mut mentions = Vec::new();
    for (key, labels) in usage.among(&word_forms(article)) {
        let surface = usage.surfaces.get(key).map_or(key.as_str(), String::as_str);
        mentions.extend(searcher.find_all(surface).into_iter().map(|range| Mention { key, labels, range }));
    }
    mentions
}

/// Drops the words of [`Rule::LabelledElsewhere`] that stand unlabelled at least as often as they are labelled: they are
/// ordinary words that are a name somewhere.
pub(super) fn drop_common_words(findings: &mut Vec<Finding>, documents: &[Document]) {
    let texts: HashMap<_, _> = documents.iter().map(|document| (&document.id, &document.text)).collect();
    let words = |finding: &Finding| texts.get(&finding.document)?.slice(finding.range).map(key_of);
    let elsewhere = |finding: &Finding| finding.rule == Rule::LabelledElsewhere;
    let mut unlabelled: HashMap<String, usize> = HashMap::new();
    for key in findings.iter().filter(|finding| elsewhere(finding)).filter_map(words) {
        *unlabelled.entry(key).or_default() += 1;
    }
    findings.retain(|finding| {
        let labelled: usize = finding.seen.iter().map(|(_, count)| count).sum();
        let common = words(finding).and_then(|key| unlabelled.get(&key).copied()).unwrap_or(0);
        !elsewhere(finding) || common < labelled
    });
}

/// Every folded form a word of the article can be read as: whole, and behind its proclitics.
fn word_forms(article: &Article<'_>) -> HashSet<String> {
    let mut forms = HashSet::new();
    for word in &article.words {
        let surface = article.slice(word.range);
        forms.insert(fold_word(surface));
        for cut in proclitic_cuts(surface) {
            let rest = fold_word(surface.get(cut.offset..).unwrap_or_default());
            if cut.lost_alif {
                forms.extend([format!("ا{rest}"), format!("ال{rest}")]);
            }
            forms.insert(rest);
        }
    }
    forms
}

/// Places that a finding speaks of already; they do not overlap.
#[derive(Default)]
struct Taken(BTreeMap<ByteOffset, ByteOffset>);

impl Taken {
    /// Takes a place; false if a part of it is taken.
    fn take(&mut self, range: ByteRange) -> bool {
        let before = self.0.range(..range.end).next_back();
        let free = before.is_none_or(|(_, end)| *end <= range.start);
        if free {
            self.0.insert(range.start, range.end);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, codes_of, documents, fixed};
    use super::super::{Finding, NoNames, Rule, Vocabulary, lint};
    use crate::annotation::{Document, Origin, Span};

    #[test]
    fn the_same_words_carry_one_label_in_an_article() {
        assert_eq!(codes("زار [LOC سبها] ثم [LOC سبها] ثم [ORG سبها]"), ["two-labels"]);
        assert_eq!(codes("زار [LOC سبها] ثم [ORG سبها]"), ["two-labels", "two-labels"]);
        assert_eq!(codes("زار [LOC سبها] ثم [LOC سبها]"), [""; 0]);
        assert_eq!(
            fixed("زار [LOC سبها] ثم [LOC سبها] ثم [ORG سبها]"),
            "زار [LOC سبها] ثم [LOC سبها] ثم [LOC سبها]"
        );
    }

    #[test]
    fn a_name_behind_lam_is_the_name_with_its_article() {
        assert_eq!(codes("زار [LOC الأردن] ثم ل[ORG لأردن] و[LOC الأردن]"), ["two-labels"]);
    }

    #[test]
    fn every_mention_is_labelled() {
        assert_eq!(codes("زار [LOC سبها] ثم سبها"), ["unlabelled-repeat"]);
        assert_eq!(fixed("زار [LOC سبها] ثم بسبها"), "زار [LOC سبها] ثم ب[LOC سبها]");
        assert_eq!(codes("زار [LOC سبها] ثم [FAC مطار سبها]"), [""; 0]);
        assert_eq!(codes("زار [LOC سبها]\nتابعوا سبها"), [""; 0]);
    }

    /// The document, with its last span as a suggestion that nobody has looked at.
    fn last_suggested(mut document: Document) -> Document {
        let mut spans: Vec<Span> = document.spans.iter().map(|span| (**span).clone()).collect();
        if let Some(last) = spans.last_mut() {
            last.origin = Origin::Suggested;
        }
        document.spans = spans.into_iter().collect();
        document
    }

    #[test]
    fn a_mention_that_waits_for_review_under_the_label_is_not_missing() {
        let found = |marked: &[&str]| -> Vec<Finding> {
            let mut documents = documents(marked);
            let last = documents.pop().map(last_suggested);
            documents.extend(last);
            lint(&documents, &Vocabulary::embedded().unwrap(), &NoNames)
        };
        assert_eq!(found(&["زار [LOC سبها] ثم [LOC سبها]"]), []);
        assert_eq!(found(&["زار [LOC سبها] ثم [LOC سبها الجديدة]"]), []);
        assert_eq!(found(&["زار [LOC سبها] أمس", "زار [LOC سبها] ثم عاد"]), []);
        // A suggestion of another label does not answer the question.
        let other = found(&["زار [LOC سبها] ثم [ORG سبها]"]);
        assert_eq!(other.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::UnlabelledRepeat]);
    }

    #[test]
    fn articles_are_compared() {
        assert_eq!(
            codes_of(&["زار [LOC سبها]", "زار [LOC سبها]", "زار [ORG سبها]", "زار سبها"]),
            ["labelled-otherwise", "labelled-elsewhere"]
        );
        assert_eq!(codes_of(&["زار [LOC سبها]", "زار [LOC سبها]"]), [""; 0]);
    }

    #[test]
    fn a_word_that_is_mostly_no_name_is_not_asked_about() {
        assert_eq!(codes_of(&["زار [LOC الباب]", "فتح الباب", "أغلق الباب"]), [""; 0]);
    }
}
