//! Names of the hand-written lists, wherever they stand.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;

/// Proposes every listed name that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    if !line.goes_on(index) && !line.is_named(index) {
        return;
    }
    for reading in line.readings(index) {
        if !reading.found.more && reading.found.names == 0 {
            continue;
        }
        // فشل is no ف + شل: an ordinary word hides no name of one word without an article.
        let ordinary = !reading.is_whole()
            && !reading.definite
            && line.bare(index).any(Classes::COMMON.or(Classes::STOP));
        line.phrases(index, reading, |last, found| {
            if ordinary && last == index {
                return;
            }
            for name in line.lexicon.names(found.names) {
                let rule = if name.needs.is_empty() && !name.credit {
                    // One ordinary word that is also a name cannot be told by the word alone.
                    if last == index && hides_a_common_word(line, index, reading.classes(), name.label) {
                        continue;
                    }
                    Rule::Listed
                } else if reading.is_whole() && line.after(index, name.needs) {
                    Rule::ListedWithClassWord
                } else if name.credit && is_credit(line, index, last) {
                    Rule::ListedCredit
                } else {
                    continue;
                };
                let mut candidate = Candidate::new(line, index, reading, last, name.label, rule);
                if rule == Rule::ListedWithClassWord {
                    candidate = candidate.because_of(index - 1);
                }
                out.push(candidate);
            }
        });
    }
}

/// A place whose name is an ordinary word (`الباب`, `حديثة`, `نصيب`) or a person's needs the evidence that the place
/// rules ask for.
fn hides_a_common_word(line: &Line<'_>, index: usize, classes: Classes, label: Label) -> bool {
    let first_name = classes.any(Classes::GIVEN.or(Classes::AMBIGUOUS_GIVEN))
        && line.next(index + 1).any(Classes::SURNAME.or(Classes::NAME_JOIN));
    label == Label::Loc && (classes.any(Classes::AMBIGUOUS_PLACE) || first_name)
}

/// True in brackets of their own, or behind a dash or slash near the head of a line.
fn is_credit(line: &Line<'_>, first: usize, last: usize) -> bool {
    let (before, behind) = (line.gap(first), line.gap(last + 1));
    let bracketed = (before.opens() && behind.closes()) || (before.quotes() && behind.quotes() && first < 8);
    let according = line.joined(first)
        && first > 0
        && matches!(line.form(first - 1), "وفق" | "بحسب" | "حسب")
        && !behind.is_space();
    let dashed = first > 0
        && first < 8
        && (before.dashes() || before.parts())
        && (behind.parts() || !behind.is_space());
    bracketed || dashed || according
}
