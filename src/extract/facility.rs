//! Facilities (guideline 3.5): a head with its name, an institution title, a shared head.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::phrase;
use super::vocabulary::Reading;
use crate::text::{Proclitic, WordKind};

/// Any place of the derived gazetteer.
const PLACE: Classes = Classes::TOWN.or(Classes::VILLAGE);

/// What no facility's name begins with.
const NEVER: Classes = Classes::STOP
    .or(Classes::NATIONALITY)
    .or(Classes::WEEKDAY)
    .or(Classes::RELATIVE_DAY)
    .or(Classes::TIME_ADJ)
    .or(Classes::COMPASS)
    .or(Classes::COUNT_ADJ)
    .or(Classes::PLACE_CLASS)
    .or(Classes::SAY_VERB);

/// Proposes the facilities that begin at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    // قرية دير سنبل: behind a word for a place the head is part of the place's name.
    let in_place = || line.after(index, Classes::PLACE_CLASS.or(Classes::PLACE_CLASS_MANY));
    for reading in line.readings_of(index, Classes::FACILITY_HEAD.or(Classes::FACILITY_HEAD_DEF)) {
        let classes = reading.classes();
        if classes.any(Classes::FACILITY_HEAD)
            && !in_place()
            && let Some(last) = named(line, index, reading)
        {
            out.push(Candidate::new(line, index, reading, last, Label::Fac, Rule::Facility));
            return;
        }
        if classes.any(Classes::FACILITY_HEAD_DEF) && line.next(index + 1).any(Classes::FACILITY_TITLE_ADJ) {
            let last = index + 1;
            out.push(Candidate::new(line, index, reading, last, Label::Fac, Rule::FacilityTitle));
            return;
        }
    }
    shared(line, index, out);
}

/// A head and the name behind it.
fn named(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let head = line.form_of(reading);
    let next = at + 1;
    if !line.joined(next) {
        return None;
    }
    if matches!(head, "طريق" | "خط" | "اوتوستراد") {
        if let Some(end) = road(line, next) {
            return Some(end);
        }
        // طريق دمشق بيروت, طريق 60
        if line.kind(next) == Some(WordKind::Number) {
            return (head == "طريق" && line.form(next).chars().count() < 4).then_some(next);
        }
        if let Some(first) = phrase::place_at(line, next, PLACE)
            && line.joined(first + 1)
            && let Some(second) = phrase::place_at(line, first + 1, PLACE)
        {
            return Some(with_adjectives(line, second));
        }
        if head == "خط" {
            return None;
        }
    }
    // A site on the web is no built one, but موقع الراهب is.
    if head == "موقع" && (!line.definite(next) || line.bare(next).any(Classes::COMMON)) {
        return None;
    }
    // مركز احتجاز بئر الغنم
    let kept = matches!(line.form(next), "احتجاز" | "ايواء" | "اعتقال" | "لجوء" | "تدريب" | "توقيف");
    if head == "مركز" && !kept {
        return None;
    }
    let mut end = name_end(line, next, head)?;
    // معسكر الكتيبة 166, نفق الشهيد أحمد حمدي 2
    if line.joined(end + 1) && line.kind(end + 1) == Some(WordKind::Number) {
        let numbered = line.bare(end).any(Classes::FORCE_UNIT_DEF)
            || (line.form(end + 1).len() == 1 && !line.joined(end + 2));
        end += usize::from(numbered);
    }
    Some(with_purpose(line, with_adjectives(line, end)))
}

/// طريق تسيل - عدوان, طريق حلب - اللاذقية الدولي
fn road(line: &Line<'_>, from: usize) -> Option<usize> {
    let first = phrase::place_at(line, from, PLACE).unwrap_or(from);
    let second = first + 1;
    if !line.gap(second).is_hyphen() || second >= line.len() {
        return None;
    }
    let end = phrase::place_at(line, second, PLACE).unwrap_or(second);
    let third = end + 1;
    let end = if line.gap(third).is_hyphen() && third < line.len() {
        phrase::place_at(line, third, PLACE).unwrap_or(end)
    } else {
        end
    };
    Some(with_adjectives(line, end))
}

/// The last word of a name behind a head: a place, a person, a title with a person, a definite noun, an unknown word.
fn name_end(line: &Line<'_>, at: usize, head: &str) -> Option<usize> {
    let reading = line.readings(at).first()?;
    let classes = reading.classes();
    let form = line.form(at);
    if classes.any(NEVER) && phrase::place_at(line, at, PLACE).is_none() || line.is_clitic_word(at) {
        return None;
    }
    if line.kind(at) == Some(WordKind::Number) {
        return None;
    }
    // قاعدة عسكرية, ممر بري: an indefinite adjective.
    if !line.definite(at)
        && line.with_article(form).any(Classes::FACILITY_ADJ.or(Classes::DEF_ADJ).or(Classes::WEAPON_ADJ_DEF))
    {
        return None;
    }
    if classes.any(Classes::DEF_TITLE) && line.joined(at + 1) && !line.bare(at + 1).any(Classes::STOP) {
        let mut end = at + 1;
        while end < at + 3 && line.joined(end + 1) && is_name_word(line, end + 1) {
            end += 1;
        }
        let honour =
            line.joined(end + 1) && matches!(line.form(end + 1), "الشهداء" | "الصديق" | "الاول" | "الثاني");
        return Some(end + usize::from(honour));
    }
    let listed = phrase::place_at(line, at, PLACE);
    if classes.any(Classes::NAME_JOIN.or(Classes::PLACE_FIRST))
        && listed.is_none_or(|end| end == at)
        && line.joined(at + 1)
        && !line.bare(at + 1).any(Classes::STOP.or(Classes::FACILITY_ADJ))
    {
        let next = at + 1;
        return (line.form(next).chars().count() > 2).then_some(next);
    }
    if let Some(end) = listed {
        return Some(if classes.any(Classes::GIVEN) && end == at { person_end(line, at) } else { end });
    }
    let adjective = phrase::is_definite_adjective(line, at);
    if line.definite(at) {
        let name = form.chars().count() > 3
            && (!adjective
                || classes.any(Classes::SURNAME.or(Classes::UNIT).or(Classes::VILLAGE))
                    && !classes.any(Classes::DEF_ADJ.or(Classes::DIRECTION)));
        return name.then(|| person_end(line, at));
    }
    if classes.any(Classes::GIVEN.or(Classes::SURNAME)) && !classes.any(Classes::COMMON) {
        return Some(person_end(line, at));
    }
    if line.kind(at) == Some(WordKind::Mixed) {
        return None;
    }

    // An indefinite word that is not ordinary: معسكر عريفجان, مخيم بولينغو; محطة كهرباء الناصرية closes with a place.
    if classes.any(Classes::COMMON.or(Classes::WEAPON).or(Classes::WEAPON_ADJ)) {
        if matches!(head, "ساحه" | "شارع" | "جسر" | "سوق" | "قصر" | "دوار") {
            return None;
        }
        let end = phrase::genitive_chain(line, at, 1).filter(|&end| end > at)?;
        return (!line.definite(end) || line.bare(end).any(PLACE)).then_some(end);
    }
    let unknown = form.chars().count() > 2
        && !form.ends_with("ات")
        && !form.ends_with("ها")
        && !form.ends_with("هم")
        && (!form.ends_with('ه') || !classes.is_empty() || matches!(head, "مطار" | "مخيم" | "معبر" | "سد"));
    if !unknown || line.readings(at).iter().skip(1).any(|r| r.classes().any(Classes::STOP)) {
        return None;
    }
    Some(person_end(line, at))
}

/// Carries a name on while words look like one: عبد الحميد كرامي, قره قوزاق.
fn person_end(line: &Line<'_>, at: usize) -> usize {
    let mut end = at;
    if line.bare(at).any(Classes::NAME_JOIN) && line.joined(at + 1) {
        end += 1;
    }
    while end < at + 3 && line.joined(end + 1) && is_name_word(line, end + 1) {
        end += 1;
    }
    end
}

fn is_name_word(line: &Line<'_>, at: usize) -> bool {
    let classes = line.bare(at);
    let form = line.form(at);
    if classes.any(NEVER.or(Classes::COMMON).or(Classes::FACILITY_ADJ).or(Classes::SAY_VERB))
        || line.kind(at) != Some(WordKind::Arabic)
        || form.chars().count() < 3
    {
        return false;
    }
    if classes.any(Classes::GIVEN.or(Classes::SURNAME).or(Classes::NAME_JOIN).or(Classes::NAME_TAIL)) {
        return true;
    }
    let verb = form.starts_with('ي') || form.starts_with("ست") || form.ends_with("ها");
    let clitic =
        line.readings(at).iter().skip(1).any(|r| {
            r.classes().any(Classes::ALL.without(Classes::UNIT)) && line.form_of(r).chars().count() > 2
        });
    let unknown = classes.without(Classes::UNIT.or(Classes::VILLAGE)).is_empty();
    unknown && !verb && !clitic && !line.definite(at) && !form.starts_with('و') && !form.ends_with('ه')
}

/// الدولي, العسكري, الجامعي behind a name.
fn with_adjectives(line: &Line<'_>, mut last: usize) -> usize {
    for _ in 0..2 {
        if !line.next(last + 1).any(Classes::FACILITY_ADJ) {
            break;
        }
        last += 1;
    }
    last
}

/// للنازحين behind a camp.
fn with_purpose(line: &Line<'_>, last: usize) -> usize {
    last + usize::from(line.joined(last + 1) && line.form(last + 1) == "للنازحين")
}

/// مطاري معيتيقة ومصراتة: names behind a shared head; the head stays outside.
fn shared(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    if !line.after(index, Classes::FACILITY_MANY) {
        return;
    }
    let Some(reading) = line.readings(index).first() else { return };
    let Some(last) = shared_name(line, index, reading) else { return };
    let second = last + 1;
    let follower = line.joined(second).then(|| {
        let lone = line.form(second) == "و" && line.joined(second + 1);
        let at = second + usize::from(lone);
        let reading = line.readings(at).iter().find(|r| {
            if lone { r.is_whole() } else { r.conjunction == Some(Proclitic::Wa) && r.preposition.is_none() }
        })?;
        Some((at, reading, shared_name(line, at, reading)?))
    });
    let dual = line
        .readings(index - 1)
        .iter()
        .any(|r| line.form_of(r).ends_with('ي') || line.form_of(r).ends_with('ا'));
    match follower.flatten() {
        Some((at, reading, end)) if dual => {
            out.push(
                Candidate::new(
                    line,
                    index,
                    line.readings(index).first().unwrap_or(reading),
                    last,
                    Label::Fac,
                    Rule::FacilityShared,
                )
                .because_of(index - 1),
            );
            out.push(
                Candidate::new(line, at, reading, end, Label::Fac, Rule::FacilityShared)
                    .because_of(index - 1),
            );
        }
        _ => {}
    }
}

fn shared_name(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let classes = reading.classes();
    if line.kind(at) != Some(WordKind::Arabic)
        || classes.any(NEVER)
        || line.form_of(reading).chars().count() < 3
    {
        return None;
    }
    let joint = classes.any(Classes::NAME_JOIN) && line.joined(at + 1);
    let end = phrase::place_of(line, at, reading, PLACE).unwrap_or(at + usize::from(joint));
    Some(with_adjectives(line, end))
}
