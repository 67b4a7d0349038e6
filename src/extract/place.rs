//! Places (guideline 3.4, 5.6): gazetteer forms with the evidence they need, landforms, countryside, lists.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::phrase;
use super::vocabulary::Reading;
use crate::text::{Proclitic, WordKind};

/// Any place of the derived gazetteer.
const PLACE: Classes = Classes::TOWN.or(Classes::VILLAGE);

/// Words that say "a place comes".
const CLASS_WORD: Classes = Classes::PLACE_CLASS.or(Classes::PLACE_CLASS_MANY).or(Classes::PLACE_FRONT);

/// What no unknown place can be.
const NEVER: Classes = Classes::STOP
    .or(Classes::WEEKDAY)
    .or(Classes::MONTH)
    .or(Classes::RELATIVE_DAY)
    .or(Classes::PLACE_CLASS_MANY)
    .or(Classes::COMPASS)
    .or(Classes::DEF_ADJ)
    .or(Classes::DIRECTION)
    .or(Classes::TIME_ADJ)
    .or(Classes::NATIONALITY)
    .or(Classes::WEAPON)
    .or(Classes::FACILITY_HEAD);

/// Proposes the places that begin at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    const HEAD: Classes = Classes::COUNTRYSIDE.or(Classes::NATURAL_HEAD).or(Classes::NATURAL_MANY);
    for reading in line.readings_of(index, HEAD) {
        if reading.classes().any(Classes::COUNTRYSIDE) {
            countryside(line, index, reading, out);
        }
        if reading.classes().any(Classes::NATURAL_HEAD.or(Classes::NATURAL_MANY)) {
            landform(line, index, reading, out);
        }
    }
    dateline(line, index, out);
    let behind_class_word = class_word_before(line, index);
    let behind_dual = line.after(index, Classes::NATURAL_DUAL.or(Classes::NATURAL_MANY));
    let listed = line.is_named(index) || line.goes_on(index) || line.has(index, PLACE);
    for reading in if listed { line.readings(index) } else { &[] } {
        if let Some(candidate) = named(line, index, reading, behind_class_word || behind_dual) {
            out.push(candidate);
            return;
        }
    }
    out.extend(if behind_class_word { unknown(line, index) } else { near(line, index) });
}

/// An unknown word behind a word that only places follow: قرب جيبو, محيط تيرا.
fn near(line: &Line<'_>, index: usize) -> Option<Candidate> {
    let reading = line.readings(index).first()?;
    let rare = Classes::UNIT.or(Classes::VILLAGE).or(Classes::PLACE_FIRST);
    let plain = line.kind(index) == Some(WordKind::Arabic) && reading.classes().without(rare).is_empty();
    let near = line.after(index, Classes::NEAR) && !line.bare(index - 1).any(Classes::PLACE_CLASS_MANY);
    if !plain
        || !near
        || reading.definite
        || line.is_clitic_word(index)
        || line.form(index).chars().count() < 4
    {
        return None;
    }
    let ends = line.form(index).ends_with(['ه', 'ا']) && !reading.classes().any(Classes::UNIT);
    (!ends || !line.joined(index + 1)).then(|| {
        Candidate::new(line, index, reading, index, Label::Loc, Rule::UnknownPlace).because_of(index - 1)
    })
}

/// A place at the head of a line, before a dash or colon: بوكروفسك –, ▪ ذيبان:
fn dateline(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    let Some(reading) = line.readings(index).first().filter(|_| index < 2) else { return };
    let numbered = index == 1 && line.kind(0) == Some(WordKind::Number) && !line.joined(1);
    if index == 1 && !numbered || line.kind(index) != Some(WordKind::Arabic) {
        return;
    }
    let place = phrase::place_of(line, index, reading, PLACE).or_else(|| {
        let gazetted = reading.classes().any(PLACE) && reading.definite;
        let unknown =
            reading.classes().without(Classes::UNIT).is_empty() && line.form(index).chars().count() > 3;
        (gazetted || unknown).then_some(index)
    });
    let Some(last) = place else { return };
    let gap = line.gap(last + 1);
    if last + 1 < line.len() && (gap.dashes() || gap.is_colon()) && !line.is_clitic_word(index) {
        out.push(Candidate::new(line, index, reading, last, Label::Loc, Rule::Dateline));
    }
}

/// True if the word before says what kind of place comes. محافظ, ولاية and others read with a clitic too (بمدينة).
fn class_word_before(line: &Line<'_>, index: usize) -> bool {
    line.after(index, CLASS_WORD)
        || line.after(index, Classes::PLACE_CLASS_DEF) && line.form(index - 1) == "العاصمه"
}

/// A place of the gazetteer, with as much evidence as its form asks for.
fn named(line: &Line<'_>, index: usize, reading: &Reading, class_word: bool) -> Option<Candidate> {
    let mut best: Option<(usize, Classes, bool)> = None;
    line.phrases(index, reading, |last, found| {
        let listed =
            line.lexicon.names(found.names).iter().any(|n| n.label == Label::Loc && n.needs.is_empty());
        if listed || found.classes.any(PLACE) {
            best = Some((last, found.classes, listed));
        }
    });
    let (last, classes, listed) = best?;
    let single = last == index;
    let form = line.form_of(reading);
    if single && (classes.any(Classes::WEEKDAY.or(Classes::RELATIVE_DAY)) || form.chars().count() < 3) {
        return None;
    }
    let candidate = |rule| Candidate::new(line, index, reading, last, Label::Loc, rule);
    if class_word && reading.is_whole() {
        if single && classes.any(NEVER.without(Classes::NATIONALITY)) && !listed {
            return None;
        }
        let last = if single { with_second(line, last, listed) } else { last };
        let mut candidate = Candidate::new(line, index, reading, last, Label::Loc, Rule::PlaceWithClassWord);
        candidate = candidate.because_of(index - 1);
        return Some(candidate);
    }
    let hidden = if listed {
        Classes::AMBIGUOUS_PLACE
    } else {
        Classes::COMMON.or(Classes::STOP).or(Classes::AMBIGUOUS_GIVEN)
    };
    let ordinary = single && classes.any(hidden);
    let name = single && classes.any(Classes::GIVEN.or(Classes::SURNAME));
    let hinted = hint_before(line, index, reading);
    if ordinary && !(listed && hinted && !class_word) {
        return None;
    }
    if listed {
        return Some(candidate(if ordinary || name { Rule::PlaceWithHint } else { Rule::Listed }));
    }
    let clitic_risk = !reading.is_whole() && reading.restored.is_empty() && form.chars().count() < 4;
    if clitic_risk {
        return None;
    }
    if classes.any(Classes::TOWN)
        && !name
        && (!classes.any(Classes::UNIT) || hinted)
        && form.chars().count() > 3
    {
        return Some(candidate(Rule::Town));
    }
    // A definite word behind a mere preposition is a common noun more often: من المدرج, في المزارع.
    let near =
        !reading.definite || reading.is_whole() && line.after(index, Classes::COMPASS.or(Classes::NEAR));
    let rare = !single || !name && !classes.any(NEVER) && form.chars().count() > 3 && near;
    (rare && hinted).then(|| candidate(Rule::PlaceWithHint))
}

/// A preposition or word of place before, or one written onto the word.
fn hint_before(line: &Line<'_>, index: usize, reading: &Reading) -> bool {
    if reading.preposition == Some(Proclitic::Ba) {
        return true;
    }
    if index == 0 || !line.joined(index) || reading.preposition.is_some() {
        return false;
    }
    reading.is_whole() && line.has(index - 1, Classes::PLACE_HINT.or(Classes::COMPASS))
}

/// The second word of a name of two behind a class word: بصر الحرير, صيدا الحانوت; else a direction.
fn with_second(line: &Line<'_>, last: usize, known: bool) -> usize {
    const OTHER: Classes =
        NEVER.or(Classes::COMMON).or(Classes::RANK).or(Classes::TITLE).or(Classes::NOUN_IN_I);
    let next = last + 1;
    let second = !known
        && !line.definite(last)
        && line.joined(next)
        && line.definite(next)
        && line.form(next).chars().count() > 4
        && !line.bare(next).any(OTHER)
        && !phrase::is_definite_adjective(line, next);
    if second { next } else { with_direction(line, last) }
}

/// الكبيرة, الغربية, فوقاني behind a village name.
fn with_direction(line: &Line<'_>, last: usize) -> usize {
    let next = last + 1;
    let form = line.form(next);
    let part = line.next(next).any(Classes::DIRECTION) && line.definite(last) == line.definite(next)
        || line.joined(next)
            && matches!(
                form,
                "فوقاني"
                    | "تحتاني"
                    | "الكبيره"
                    | "الصغيره"
                    | "الفوقا"
                    | "التحتا"
                    | "الفوقاني"
                    | "التحتاني"
            );
    last + usize::from(part)
}

/// An unknown word behind a class word: بلدة سينكيفكا, قرى كشاني.
fn unknown(line: &Line<'_>, index: usize) -> Option<Candidate> {
    let reading = line.readings(index).first()?;
    let form = line.form(index);
    if line.kind(index) != Some(WordKind::Arabic) || form.chars().count() < 3 || reading.classes().any(NEVER)
    {
        return None;
    }
    let first = reading.classes().any(Classes::PLACE_FIRST.or(Classes::NAME_JOIN));
    let ordinary = reading.classes().any(Classes::COMMON) && !first;
    if line.is_clitic_word(index) {
        return None;
    }
    let class_word = line.form(index - 1);
    // المنطقة, مركز, دائرة and a common noun say no name; بلدة and قرية do.
    let strong = line.has(index - 1, Classes::PLACE_CLASS_MANY)
        || matches!(
            class_word,
            "بلده"
                | "قريه"
                | "ناحيه"
                | "قضاء"
                | "مديريه"
                | "مدينه"
                | "حي"
                | "ببلده"
                | "بقريه"
                | "ضاحيه"
        );
    if ordinary && !(strong && line.definite(index) && !phrase::is_definite_adjective(line, index))
        || (!strong && reading.classes().is_empty() && !line.definite(index))
    {
        return None;
    }
    if !line.definite(index) && ordinary {
        // قرية جدار الخضر
        let next = index + 1;
        let named = matches!(class_word, "قريه" | "بلده" | "ناحيه" | "بقريه" | "ببلده")
            && line.joined(next)
            && line.definite(next)
            && !phrase::is_definite_adjective(line, next)
            && !line.bare(next).any(NEVER);
        return named.then(|| {
            Candidate::new(line, index, reading, next, Label::Loc, Rule::UnknownPlace).because_of(index - 1)
        });
    }
    if phrase::is_definite_adjective(line, index) || form.ends_with("ات") && line.definite(index) && ordinary
    {
        return None;
    }
    let mut last = index;
    let next = index + 1;
    let second = line.joined(next)
        && line.kind(next) == Some(WordKind::Arabic)
        && !line.bare(next).any(NEVER)
        && line.form(next).chars().count() > 2;
    if second && first {
        last = with_direction(line, next);
    } else {
        last = with_second(line, last, false);
    }
    Some(Candidate::new(line, index, reading, last, Label::Loc, Rule::UnknownPlace).because_of(index - 1))
}

/// ريف درعا, ريف دير الزور الشرقي; ريفي درعا والقنيطرة leave the head out (the list rule does that).
fn countryside(line: &Line<'_>, index: usize, reading: &Reading, out: &mut Vec<Candidate>) {
    if line.form_of(reading) != "ريف" || !line.joined(index + 1) {
        return;
    }
    let next = index + 1;
    let place = phrase::place_at(line, next, PLACE).or_else(|| {
        let known = !line.bare(next).any(NEVER) && line.form(next).chars().count() > 2;
        (known
            && line.kind(next) == Some(WordKind::Arabic)
            && !matches!(line.form(next), "المدينه" | "البلده" | "المحافظه"))
        .then_some(next)
    });
    if let Some(mut last) = place {
        for _ in 0..2 {
            let direction = line.next(last + 1);
            if direction.any(Classes::DIRECTION) && line.definite(last + 1) {
                last += 1;
            }
        }
        out.push(Candidate::new(line, index, reading, last, Label::Loc, Rule::Countryside));
    }
}

/// وادي حضرموت, جبل قنديل, نهر الساجور, سلسلة جبال مكحول.
fn landform(line: &Line<'_>, index: usize, reading: &Reading, out: &mut Vec<Candidate>) {
    let next = index + 1;
    if !line.joined(next) || line.kind(next) != Some(WordKind::Arabic) {
        return;
    }
    let head = line.form_of(reading);
    if head == "راس" && line.bare(next).any(Classes::COMMON)
        || head == "شط" && line.form(next) != "العرب"
        || head == "بريه"
    {
        return;
    }
    let classes = line.bare(next);
    let form = line.form(next);
    let plural = reading.classes().any(Classes::NATURAL_MANY);
    if classes.any(
        Classes::STOP
            .or(Classes::NATIONALITY)
            .or(Classes::COMPASS)
            .or(Classes::WEEKDAY)
            .or(Classes::TIME_ADJ),
    ) || form.chars().count() < 3
        || line.is_clitic_word(next)
    {
        return;
    }
    let place = phrase::place_at(line, next, PLACE);
    let first = classes.any(Classes::NAME_JOIN.or(Classes::PLACE_FIRST));
    if phrase::is_definite_adjective(line, next) && place.is_none() && !classes.any(Classes::SURNAME) {
        return;
    }
    let mut last = match place {
        Some(end) => end,
        None if first && line.joined(next + 1) && !line.bare(next + 1).any(Classes::STOP) => next + 1,
        None if classes.any(Classes::COMMON) => return,
        None if plural && classes.any(Classes::COMMON) => return,
        None => next,
    };
    // A list behind a plural head leaves the head out: جبال السلوم وسمامة.
    let listed = line.joined(last + 1)
        && line.readings(last + 1).iter().any(|r| {
            r.conjunction.is_some()
                && (r.classes().any(PLACE) || r.classes().is_empty())
                && line.form_of(r).chars().count() > 2
                && !line.bare(last + 1).any(Classes::COMMON)
        });
    if plural && listed {
        return;
    }
    last = with_direction(line, last);
    let mut start = Candidate::new(line, index, reading, last, Label::Loc, Rule::NaturalPlace);
    // سلسلة جبال مكحول
    if index > 0
        && line.joined(index)
        && reading.is_whole()
        && let Some(chain) =
            line.readings(index - 1).iter().find(|r| line.form_of(r) == "سلسله" || line.form_of(r) == "شبه")
    {
        start = Candidate::new(line, index - 1, chain, last, Label::Loc, Rule::NaturalPlace);
    }
    out.push(start);
}

/// Carries a list of places on: after a place, و and a word that can be one. An unknown word will do behind a class word
/// in the plural, behind two places, and between two.
pub(super) fn continue_lists(line: &Line<'_>, winners: &mut Vec<Candidate>, extra: &mut Vec<Candidate>) {
    extra.clear();
    // The last word of the list so far, how many places it has, and whether a plural head opened it.
    let mut list: Option<(usize, usize, bool)> = None;
    for (number, candidate) in winners.iter().enumerate() {
        if candidate.label != Label::Loc {
            continue;
        }
        let before = list.filter(|&(last, ..)| continues(line, last, candidate));
        let headed = line.after(candidate.first, LIST_HEAD) || before.is_some_and(|(.., headed)| headed);
        let mut count = before.map_or(0, |(_, count, _)| count) + 1;
        let mut last = candidate.last;
        let next = winners.get(number + 1);
        let limit = next.map_or(line.len(), |next| next.first);
        loop {
            let mut found = list_item(line, last + 1, headed || count > 1);
            if found.is_none()
                && let Some(next) = next.filter(|next| next.label == Label::Loc)
            {
                found = list_item(line, last + 1, true).filter(|found| continues(line, found.last, next));
            }
            let Some(found) = found.filter(|found| found.last < limit) else { break };
            last = found.last;
            count += 1;
            extra.push(found);
        }
        list = Some((last, count, headed));
    }
    winners.append(extra);
}

/// Heads in the plural, which open a list.
const LIST_HEAD: Classes = Classes::PLACE_CLASS_MANY.or(Classes::NATURAL_MANY).or(Classes::NATURAL_DUAL);

/// True if a place follows the word `last` directly, joined by و.
fn continues(line: &Line<'_>, last: usize, candidate: &Candidate) -> bool {
    let first = candidate.first;
    let conjoined = first == last + 1
        && line.joined(first)
        && line.tokens.get(first).is_some_and(|t| t.start < candidate.start);
    let lone = first == last + 2 && line.form(last + 1) == "و";
    conjoined || lone
}

/// The place that و adds behind a place.
fn list_item(line: &Line<'_>, at: usize, strong: bool) -> Option<Candidate> {
    if at >= line.len() || !(line.joined(at)) {
        return None;
    }
    let lone = line.form(at) == "و" && line.joined(at + 1);
    let index = at + usize::from(lone);
    let reading = line.readings(index).iter().find(|r| {
        if lone { r.is_whole() } else { r.conjunction == Some(Proclitic::Wa) && r.preposition.is_none() }
    })?;
    let form = line.form_of(reading);
    let classes = reading.classes();
    if form.chars().count() < 3
        || classes.any(NEVER.or(CLASS_WORD))
        || line.kind(index) != Some(WordKind::Arabic)
    {
        return None;
    }
    let ordinary = classes.any(Classes::COMMON)
        || line.bare(index).any(Classes::COMMON.or(Classes::STOP).or(Classes::SAY_VERB));
    let place = phrase::place_of(line, index, reading, PLACE);
    let first = classes.any(Classes::PLACE_FIRST.or(Classes::NAME_JOIN));
    let last = match place {
        Some(end) => end,
        None if first
            && strong
            && line.joined(index + 1)
            && !line.bare(index + 1).any(NEVER)
            && !line.is_clitic_word(index + 1) =>
        {
            index + 1
        }
        None if strong && (!ordinary || reading.definite && classes.any(PLACE)) => index,
        None => return None,
    };
    if !strong
        && (ordinary
            || last == index
                && (classes.any(Classes::GIVEN.or(Classes::SURNAME)) || form.chars().count() < 4))
    {
        return None;
    }
    let last = if strong && place.is_none() && last == index { with_second(line, last, false) } else { last };
    let last = if strong { with_direction(line, last) } else { last };
    Some(Candidate::new(line, index, reading, last, Label::Loc, Rule::PlaceInList))
}
