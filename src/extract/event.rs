//! Named battles, operations and wars (guideline 3.6).

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::phrase;
use super::vocabulary::Reading;

/// Proposes the event that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    // عملية «درع الفرات», عمليتي «غصن الزيتون» و«درع الفرات»: the title alone.
    if line.gap(index).quotes()
        && index > 0
        && quoted_title(line, index)
        && let (Some(last), Some(reading)) =
            (phrase::closing_quote(line, index), line.readings(index).first())
    {
        out.push(Candidate::new(line, index, reading, last, Label::Evt, Rule::Event).because_of(index - 1));
    }
    let Some(reading) = line.reading(index, Classes::EVENT_HEAD) else { return };
    if let Some(last) = titled(line, index, reading) {
        out.push(Candidate::new(line, index, reading, last, Label::Evt, Rule::Event));
    }
}

/// True if the words in quotes that begin here stand behind a word for an operation.
fn quoted_title(line: &Line<'_>, index: usize) -> bool {
    line.has(index - 1, Classes::EVENT_TITLE)
}

fn titled(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let head = line.form_of(reading);
    let closed_to = Classes::OPERATION_COMMON.or(Classes::STOP).or(Classes::NATIONALITY);
    let next = phrase::in_construct(line, at, closed_to)?;
    let (classes, form) = (line.bare(next), line.form(next));
    if let Some(end) = phrase::place_at(line, next, phrase::SURE_PLACE.or(Classes::VILLAGE)) {
        let mut end = phrase::with_ordinal(line, end);
        // أبواب مكحول and others begin with a word that is a place too; حرب لبنان ends there.
        if head == "عمليه"
            && end == next
            && line.joined(next + 1)
            && !line.definite(next)
            && phrase::place_at(line, next + 1, phrase::SURE_PLACE).is_some()
        {
            end = next + 1;
        }
        let name = head != "عمليه" || end > next || !line.bare(next).any(Classes::COMMON);
        return name.then_some(end);
    }
    if head == "حرب" {
        return classes.any(Classes::MONTH).then_some(next);
    }
    let definite =
        |index: usize| line.joined(index) && line.definite(index) && line.form(index).chars().count() > 4;
    if head == "معركه" {
        // معركة الخوي الثانية
        return (line.definite(next) && line.next(next + 1).any(Classes::ORDINAL)).then_some(next + 1);
    }
    // عملية السور الحديدي, عملية حارس الازدهار, عملية غضب بوما
    if line.definite(next) {
        let second = line.bare(next + 1);
        let named = second.any(Classes::ORDINAL)
            || (!second.any(Classes::DEF_ADJ.or(Classes::TIME_ADJ).or(Classes::NATIONALITY))
                && !classes.any(Classes::COMMON));
        return (definite(next + 1) && named).then_some(next + 1);
    }
    let title_word = line.joined(next + 1)
        && line.form(next + 1).chars().count() > 2
        && !line.bare(next + 1).any(Classes::STOP.or(Classes::WEEKDAY));
    if definite(next + 1) {
        let mut end = next + 1;
        if phrase::is_definite_adjective(line, end + 1)
            && line.joined(end + 1)
            && line.bare(end + 1).is_empty()
        {
            end += 1;
        }
        return (!classes.any(Classes::COMMON) || !line.bare(next + 1).any(Classes::DEF_ADJ)).then_some(end);
    }
    let coined = !classes.any(Classes::COMMON) && !form.ends_with('ه') && !form.ends_with('ي');
    if coined {
        let follower = line.form(next + 1);
        let verb = follower.starts_with("ست")
            || follower.starts_with("سي")
            || follower.starts_with('ي')
            || follower.starts_with('ت');
        let second = title_word
            && !verb
            && !line.bare(next + 1).any(Classes::COMMON)
            && line.readings(next + 1).len() == 1;
        return Some(next + usize::from(second));
    }
    None
}
