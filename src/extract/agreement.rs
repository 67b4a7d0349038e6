//! Agreements, resolutions, laws (guideline 3.7).

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::{Line, Reading};
use super::phrase;
use crate::text::WordKind;

/// Proposes the agreement that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    for reading in line.readings(index) {
        let classes = reading.classes();
        if classes.any(Classes::RESOLUTION)
            && let Some(last) = resolution(line, index)
        {
            out.push(Candidate::new(line, index, reading, last, Label::Agr, Rule::Resolution));
            return;
        }
        if classes.any(Classes::AGREEMENT_HEAD.or(Classes::AGREEMENT_WEAK).or(Classes::AGREEMENT_DEF))
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
        while last < at + 4 && line.joined(last + 1) && line.form(last + 1).starts_with("ال") {
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
        return Some(phrase::with_ordinal(line, phrase::with_adjectives(line, end, 1)));
    }
    let strict = classes.any(Classes::AGREEMENT_WEAK);
    let form = line.form(next);
    if line.bare(next).any(Classes::STOP.or(Classes::AGREEMENT_STOP)) {
        return None;
    }
    if form.starts_with("ال") && form.chars().count() > 4 {
        // A weak head (مذكرة, خطة, مبادرة) needs more than one definite word behind it.
        let mut end = phrase::with_adjectives(line, next, 3);
        if head == "مذكره" || head == "خطه" || head == "مبادره" {
            return (end > next).then_some(end);
        }
        if strict {
            return (head == "قانون").then_some(end);
        }
        if line.bare(next).any(Classes::TIME_ADJ) {
            return None;
        }
        if end == next && line.joined(next + 1) && line.form(next + 1).starts_with("لل") {
            end = next;
        }
        return Some(end);
    }
    // اتفاق وقف إطلاق النار, معاهدة حظر الألغام: an indefinite chain that ends in a definite noun.
    if !strict || head == "قانون" {
        let end = phrase::genitive_chain(line, next, 3)?;
        return Some(phrase::with_adjectives(line, end, 2));
    }
    None
}
