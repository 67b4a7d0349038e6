//! Shapes of Arabic noun phrases that several rules share.

use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::vocabulary::Reading;

/// Places that stand by themselves.
pub(super) const SURE_PLACE: Classes = Classes::TOWN;

/// True if a word may be a definite relative adjective or one that is listed: الوطني, الدولية, الأعلى.
pub(super) fn is_definite_adjective(line: &Line<'_>, at: usize) -> bool {
    let form = line.form(at);
    let Some(stem) = form.strip_prefix("ال").filter(|_| line.definite(at)) else { return false };
    if line.bare(at).any(Classes::WEEKDAY.or(Classes::TIME_ADJ).or(Classes::NOUN_IN_I)) {
        return false;
    }
    line.bare(at).any(Classes::DEF_ADJ.or(Classes::NATIONALITY).or(Classes::DIRECTION))
        || (stem.chars().count() > 3 && (stem.ends_with('ي') || stem.ends_with("يه")))
}

/// The word behind a head, if the head may stand in construct with it: parted by space alone, of none of these classes,
/// and no other word behind an attached letter.
pub(super) fn in_construct(line: &Line<'_>, head: usize, closed_to: Classes) -> Option<usize> {
    let next = head + 1;
    let fits = line.joined(next) && !line.bare(next).any(closed_to) && !line.is_clitic_word(next);
    fits.then_some(next)
}

/// The last word of a title in quotes of at most five words, if the quotes close.
pub(super) fn closing_quote(line: &Line<'_>, first: usize) -> Option<usize> {
    (first..first + 5)
        .take_while(|&at| at < line.len() && (at == first || line.joined(at) || line.gap(at).is_hyphen()))
        .find(|&at| line.gap(at + 1).quotes())
}

/// The last of up to `most` definite adjectives behind a word. A nationality closes the phrase.
pub(super) fn with_adjectives(line: &Line<'_>, mut last: usize, most: usize) -> usize {
    for _ in 0..most {
        let next = last + 1;
        if !line.joined(next) || !is_definite_adjective(line, next) {
            break;
        }
        last = next;
        if line.bare(next).any(Classes::NATIONALITY) {
            // العربي السوري, اللبنانية السورية
            let pair = line.joined(next + 1)
                && line.bare(next + 1).any(Classes::NATIONALITY)
                && line.definite(next + 1);
            last += usize::from(pair);
            break;
        }
    }
    last
}

/// An ordinal behind a name: الثانية, الرابعة.
pub(super) fn with_ordinal(line: &Line<'_>, last: usize) -> usize {
    last + usize::from(line.next(last + 1).any(Classes::ORDINAL))
}

/// Words that end any noun phrase.
const BREAKS: Classes = Classes::STOP
    .or(Classes::WEEKDAY)
    .or(Classes::RELATIVE_DAY)
    .or(Classes::SAY_VERB)
    .or(Classes::UNIT_NUMBER)
    .or(Classes::HUNDRED)
    .or(Classes::APPROX)
    .or(Classes::SCALE);

/// The end of a chain of indefinite nouns that closes with a definite one or a place: تبادل الأسرى, وقف إطلاق النار.
/// `most` is the number of words before the close.
pub(super) fn genitive_chain(line: &Line<'_>, first: usize, most: usize) -> Option<usize> {
    for at in first..=first + most {
        if !line.joined(at) {
            return None;
        }
        let form = line.form(at);
        let classes = line.bare(at);
        if classes.any(BREAKS) || line.is_clitic_word(at) {
            return None;
        }
        if line.definite(at) && form.chars().count() > 3 {
            return Some(at);
        }
        if let Some(end) = place_at(line, at, SURE_PLACE) {
            return Some(end);
        }
        let indefinite = at < first + most && form.chars().count() > 2 && !line.is_clitic_word(at);
        if !indefinite {
            return None;
        }
    }
    None
}

/// The last word of the longest place that begins at a word read whole: listed, or of the given classes. One word that
/// is also an ordinary one is none.
pub(super) fn place_at(line: &Line<'_>, at: usize, classes: Classes) -> Option<usize> {
    place_of(line, at, line.readings(at).first()?, classes)
}

/// The same for a reading.
pub(super) fn place_of(line: &Line<'_>, at: usize, reading: &Reading, classes: Classes) -> Option<usize> {
    let mut best = None;
    line.phrases(at, reading, |last, found| {
        let listed = line
            .lexicon
            .names(found.names)
            .iter()
            .any(|name| name.label == Label::Loc && name.needs.is_empty());
        let ordinary = last == at && found.classes.any(Classes::COMMON.or(Classes::STOP));
        if listed || (found.classes.any(classes) && !ordinary) {
            best = Some(last);
        }
    });
    best
}

/// True if a listed name of one of the labels begins at a reading and ends at `last`.
pub(super) fn listed(line: &Line<'_>, at: usize, reading: &Reading, labels: &[Label]) -> Option<usize> {
    let mut best = None;
    line.phrases(at, reading, |last, found| {
        if line.lexicon.names(found.names).iter().any(|name| labels.contains(&name.label)) {
            best = Some(last);
        }
    });
    best
}
