//! Agreements, resolutions, laws (guideline 3.7).

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::phrase;
use super::vocabulary::Reading;
use crate::text::WordKind;

/// Proposes the agreement that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    const AGREEMENT: Classes = Classes::AGREEMENT_HEAD.or(Classes::AGREEMENT_WEAK).or(Classes::AGREEMENT_DEF);
    for reading in line.readings_of(index, AGREEMENT.or(Classes::RESOLUTION)) {
        let classes = reading.classes();
        if classes.any(Classes::RESOLUTION)
            && let Some(last) = resolution(line, index)
        {
            out.push(Candidate::new(line, index, reading, last, Label::Agr, Rule::Resolution));
            return;
        }
        if classes.any(AGREEMENT)
            && let Some(last) = agreement(line, index, reading)
        {
            out.push(Candidate::new(line, index, reading, last, Label::Agr, Rule::Agreement));
            return;
        }
    }
}

/// القرار 1701, القرار رقم 2254, قرار مجلس الأمن 2735
fn resolution(line: &Line<'_>, at: usize) -> Option<usize> {
    for next in at + 1..at + 6 {
        if !line.joined(next) {
            return None;
        }
        if line.kind(next) == Some(WordKind::Number) {
            return Some(next);
        }
        let link = matches!(
            line.form(next),
            "رقم"
                | "الرقم"
                | "مجلس"
                | "الامن"
                | "الدولي"
                | "الاممي"
                | "الجمعيه"
                | "العامه"
                | "ذي"
        );
        if !link {
            return None;
        }
    }
    None
}

/// للمناخ, للسلام, للاجئين behind the name of an agreement.
fn has_swallowed_purpose(line: &Line<'_>, at: usize) -> bool {
    line.joined(at)
        && line.readings(at).iter().any(|r| !r.restored.is_empty())
        && !line.next(at + 1).any(Classes::NATIONALITY)
}

fn agreement(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let classes = reading.classes();
    let head = line.form_of(reading);
    let next = at + 1;
    if !line.joined(next) {
        return None;
    }
    if classes.any(Classes::AGREEMENT_DEF) {
        // الاتفاق الأمني العراقي الإيراني: adjectives that name the parties.
        let mut last = at;
        let mut parties = 0;
        while last < at + 4 && line.joined(last + 1) && line.definite(last + 1) {
            let classes = line.bare(last + 1);
            if classes.any(Classes::NATIONALITY) {
                parties += 1;
            } else if !(classes.any(Classes::DEF_ADJ) || phrase::is_definite_adjective(line, last + 1)) {
                break;
            }
            last += 1;
        }
        return (parties > 1).then_some(last);
    }
    let place = phrase::place_at(line, next, phrase::SURE_PLACE);
    if let Some(end) = place {
        let end = phrase::with_ordinal(line, phrase::with_adjectives(line, end, 1));
        return Some(end + usize::from(has_swallowed_purpose(line, end + 1)));
    }
    let strict = classes.any(Classes::AGREEMENT_WEAK);
    let form = line.form(next);
    if line.bare(next).any(Classes::STOP.or(Classes::AGREEMENT_STOP)) {
        return None;
    }
    if line.definite(next) && form.chars().count() > 4 {
        // A weak head (مذكرة, خطة, مبادرة) needs more than one definite word behind it.
        let end = phrase::with_adjectives(line, next, 3);
        if head == "مذكره" || head == "خطه" || head == "مبادره" {
            return (end > next).then_some(end);
        }
        if strict {
            return (head == "قانون").then_some(end);
        }
        if line.bare(next).any(Classes::TIME_ADJ) {
            return None;
        }
        return Some(end);
    }
    // اتفاق فومبوني: an unknown word behind a head that asks for a name.
    let classes = line.bare(next);
    let chained = line.joined(next + 1) && line.definite(next + 1);
    if !strict
        && !chained
        && head != "تفاهم"
        && classes.without(Classes::UNIT.or(Classes::VILLAGE)).is_empty()
        && !line.is_clitic_word(next)
    {
        return Some(next + usize::from(has_swallowed_purpose(line, next + 1)));
    }
    if head == "تفاهم" {
        return classes.any(Classes::MONTH).then_some(next);
    }
    // اتفاق وقف إطلاق النار, معاهدة حظر الألغام: an indefinite chain that ends in a definite noun.
    if !strict || head == "قانون" {
        let end = phrase::genitive_chain(line, next, 3)?;
        return Some(phrase::with_adjectives(line, end, 2));
    }
    None
}
