//! What a person can see that speaks for a span which no rule proposed. The tagger has many small reasons; these are the
//! plain ones among them.

use std::ops::Range;

use crate::extract::Label;
use crate::extract::candidate::Candidate;
use crate::extract::classes::Classes;
use crate::extract::line::Line;

/// Nothing that is plain to see.
pub const LEARNT: &str = "learnt from labelled news";

/// A rule proposed some of its words, or more than them, under the same label.
pub const PARTLY: &str = "learnt from labelled news; a rule found a part of it, or more";

/// The word before is one that names of its kind stand behind.
pub const BEHIND: &str = "learnt from labelled news; behind a word that such names follow";

/// It begins with a word for what it is.
pub const HEADED: &str = "learnt from labelled news; begins with a word for what it is";

/// A known name is part of it.
pub const NAMED: &str = "learnt from labelled news; with a known name in it";

/// Every reason.
pub const ALL: [&str; 5] = [LEARNT, PARTLY, BEHIND, HEADED, NAMED];

/// Words that speak for a label: right before the span, at its head, anywhere in it.
struct Speaking {
    before: Classes,
    head: Classes,
    within: Classes,
}

const fn speaking(label: Label) -> Speaking {
    let (before, head, within) = match label {
        Label::Per => (
            Classes::TITLE.or(Classes::RANK).or(Classes::OCCUPATION).or(Classes::CALL_VERB),
            Classes::NONE,
            Classes::GIVEN.or(Classes::SURNAME),
        ),
        Label::Loc => (
            Classes::PLACE_HINT.or(Classes::PLACE_CLASS).or(Classes::NEAR).or(Classes::DIRECTION),
            Classes::NATURAL_HEAD.or(Classes::COUNTRYSIDE),
            Classes::TOWN.or(Classes::VILLAGE),
        ),
        Label::Org => (
            Classes::PRESS_ORG.or(Classes::MEDIA_WORD).or(Classes::CLUB_WORD),
            Classes::ORG_HEAD.or(Classes::ORG_HEAD_DEF).or(Classes::GOVERNMENT_HEAD).or(Classes::DEPARTMENT),
            Classes::NONE,
        ),
        Label::Grp => (
            Classes::PRESS_GROUP.or(Classes::MOVEMENT_WORD),
            Classes::FORCE_HEAD.or(Classes::FORCE_HEAD_DEF).or(Classes::FORCE_BRANCH).or(Classes::FORCE_NAT),
            Classes::NONE,
        ),
        Label::Fac => {
            (Classes::NONE, Classes::FACILITY_HEAD.or(Classes::FACILITY_HEAD_DEF), Classes::FACILITY_MANY)
        }
        Label::Evt => (Classes::NONE, Classes::EVENT_HEAD, Classes::EVENT_TITLE),
        Label::Agr => (
            Classes::NONE,
            Classes::AGREEMENT_HEAD.or(Classes::AGREEMENT_DEF).or(Classes::RESOLUTION),
            Classes::NONE,
        ),
        Label::Wpn => (Classes::WEAPON_TYPE, Classes::WEAPON.or(Classes::WEAPON_WEAK), Classes::WEAPON_MODEL),
        Label::Nat => (Classes::NATION_HEAD, Classes::NONE, Classes::NATIONALITY),
        Label::Dat | Label::Num => (Classes::NONE, Classes::NONE, Classes::NONE),
    };
    Speaking { before, head, within }
}

/// The plainest reason for a span of words `first..=last`, and the bytes of the text that it speaks of.
pub(super) fn clue(
    line: &Line<'_>,
    proposals: &[Candidate],
    label: Label,
    first: usize,
    last: usize,
) -> (&'static str, Option<Range<usize>>) {
    let met = proposals.iter().find(|c| c.label == label && c.first <= last && first <= c.last);
    if let Some(met) = met {
        return (PARTLY, Some(met.start..met.end));
    }
    let word = |index: usize| line.tokens.get(index).map(|token| token.start..token.end);
    let Speaking { before, head, within } = speaking(label);
    if line.has(first, head) {
        return (HEADED, word(first));
    }
    if line.after(first, before) {
        return (BEHIND, first.checked_sub(1).and_then(word));
    }
    match (first..=last).find(|&index| line.has(index, within)) {
        Some(known) => (NAMED, word(known)),
        None => (LEARNT, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RuleExtractor;
    use crate::extract::candidate::Rule;
    use crate::extract::vocabulary::Vocabulary;

    /// The reason for the words from one to another of a text, and what it speaks of.
    fn of(text: &str, label: Label, words: (usize, usize)) -> (&'static str, Option<&str>) {
        let rules = RuleExtractor::embedded().unwrap();
        let mut line = Line::new(rules.lexicon(), Vocabulary::default());
        line.fill(text, 0, text.len());
        let (reason, bytes) = clue(&line, &[], label, words.0, words.1);
        (reason, bytes.map(|bytes| &text[bytes]))
    }

    #[test]
    fn the_word_that_speaks_for_a_name_is_shown() {
        assert_eq!(of("قال العقيد بلعيد المنذري", Label::Per, (2, 3)), (BEHIND, Some("العقيد")));
        assert_eq!(of("أعلنت مؤسسة الأفق الأزرق", Label::Org, (1, 3)), (HEADED, Some("مؤسسة")));
        assert_eq!(of("وصل زغردان أحمد", Label::Per, (1, 2)), (NAMED, Some("أحمد")));
        assert_eq!(of("وصل بلعيد", Label::Evt, (1, 1)), (LEARNT, None));
        assert_eq!(of("", Label::Loc, (0, 0)), (LEARNT, None));
    }

    #[test]
    fn what_a_rule_found_of_it_comes_first() {
        let rules = RuleExtractor::embedded().unwrap();
        let text = "قال العقيد بلعيد المنذري";
        let mut line = Line::new(rules.lexicon(), Vocabulary::default());
        line.fill(text, 0, text.len());
        let reading = line.readings(2)[0];
        let found = Candidate::new(&line, 2, &reading, 2, Label::Per, Rule::PersonWithTitle);
        let (reason, bytes) = clue(&line, &[found], Label::Per, 2, 3);
        assert_eq!((reason, &text[bytes.unwrap()]), (PARTLY, "بلعيد"));
        let other = Candidate { label: Label::Loc, ..found };
        assert_eq!(clue(&line, &[other], Label::Per, 2, 3).0, BEHIND, "another label is another thing");
    }
}
