//! Persons (guideline 3.1, 5.4): names behind titles, first name and surname, kunyas, bylines.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::{Line, Reading};
use super::phrase;
use crate::text::WordKind;

/// The longest name, in words.
const MAX_WORDS: usize = 6;

/// Words that introduce a person.
const INTRODUCES: Classes = Classes::TITLE.or(Classes::RANK).or(Classes::OCCUPATION).or(Classes::CALL_VERB);

/// What is never part of a person's name.
const NEVER: Classes = Classes::STOP
    .or(Classes::WEEKDAY)
    .or(Classes::RELATIVE_DAY)
    .or(Classes::SAY_VERB)
    .or(Classes::NATIONALITY)
    .or(Classes::COMPASS)
    .or(Classes::TIME_ADJ)
    .or(Classes::OCCUPATION)
    .or(Classes::OFFICE)
    .or(Classes::DEF_ADJ)
    .or(Classes::PLACE_CLASS)
    .or(Classes::PLACE_CLASS_MANY);

/// How much a word looks like part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    No,
    /// An unknown word, or an ordinary one that is also a name.
    Weak,
    /// A name and nothing else.
    Strong,
}

fn likeness(line: &Line<'_>, index: usize, reading: &Reading) -> Likeness {
    let classes = reading.classes();
    let form = line.form_of(reading);
    if !matches!(line.kind(index), Some(WordKind::Arabic))
        || classes.any(NEVER) && !classes.any(Classes::AMBIGUOUS_GIVEN)
    {
        return Likeness::No;
    }
    let named = classes.any(Classes::GIVEN.or(Classes::SURNAME));
    let ordinary = classes
        .any(Classes::COMMON.or(Classes::AMBIGUOUS_GIVEN).or(Classes::WEAPON).or(Classes::FACILITY_HEAD));
    if named && !ordinary {
        return Likeness::Strong;
    }
    if named || classes.any(Classes::UNIT.or(Classes::AMBIGUOUS_GIVEN)) {
        return Likeness::Weak;
    }
    let unknown =
        classes.without(Classes::VILLAGE.or(Classes::NAME_JOIN).or(Classes::PLACE_FIRST)).is_empty();
    if unknown
        && form.chars().count() > 2
        && !ends_like_a_plural(form)
        && !has_known_clitic(line, index, reading)
    {
        return Likeness::Weak;
    }
    Likeness::No
}

/// المسافرون, مستودعات: no surname ends so, or hardly one.
fn ends_like_a_plural(form: &str) -> bool {
    let long = form.chars().count() > 5;
    long && (form.ends_with("ات")
        || form.starts_with("ال") && (form.ends_with("ون") && form.starts_with("الم")))
}

/// وقال, بينهم: a word that reads better with a clitic peeled.
fn has_known_clitic(line: &Line<'_>, index: usize, reading: &Reading) -> bool {
    if !reading.is_whole() {
        return false;
    }
    let form = line.form(index);
    form.starts_with("وال")
        || form.starts_with("بال")
        || form.starts_with("لل")
        || form.starts_with("فال")
        || line.readings(index).iter().skip(1).any(|r| {
            r.classes().any(Classes::COMMON.or(NEVER).or(Classes::GIVEN).or(Classes::TOWN))
                && line.form_of(r).chars().count() > 2
        })
}

/// Proposes the person that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    let introduced = introduction(line, index);
    for reading in line.readings(index) {
        if !reading.restored.is_empty() {
            continue;
        }
        if let Some(name) = name(line, index, reading) {
            let Some(rule) = judge(line, index, reading, &name, introduced.is_some()) else { continue };
            let mut candidate = Candidate::new(line, index, reading, name.last, Label::Per, rule);
            if rule == Rule::PersonWithTitle {
                candidate.evidence = introduced;
            }
            out.push(candidate);
            return;
        }
    }
    // (Luca Ferretti) behind a name is the matter of the consistency pass; a Latin name behind a title is rare.
}

/// The shape of a run of name words.
struct Name {
    last: usize,
    words: usize,
    strong: usize,
    /// The first word is a first name, and how sure that is.
    first: Likeness,
    given: bool,
    /// The second part is a surname or another first name for sure.
    second: Likeness,
    kunya: bool,
}

/// The longest run of name words that begins with a reading.
fn name(line: &Line<'_>, index: usize, reading: &Reading) -> Option<Name> {
    if reading.classes().any(Classes::TITLE.or(Classes::RANK)) {
        return None;
    }
    let mut name = Name {
        last: index,
        words: 0,
        strong: 0,
        first: Likeness::No,
        given: false,
        second: Likeness::No,
        kunya: false,
    };
    let mut at = index;
    let mut parts = 0;
    while parts < 4 && name.words < MAX_WORDS {
        let current = if parts == 0 {
            Some(reading)
        } else if line.joined(at) {
            line.readings(at).first()
        } else {
            None
        };
        let Some(current) = current else { break };
        let Some((last, like, kunya)) = part(line, at, current, parts) else { break };
        if parts == 0 {
            name.first = like;
            name.given = line.longest(at, current, Classes::GIVEN).is_some() || kunya;
            name.kunya = kunya;
        } else if parts == 1 {
            name.second = like;
        }
        name.strong += usize::from(like == Likeness::Strong);
        name.words += last + 1 - at;
        name.last = last;
        parts += 1;
        at = last + 1;
    }
    (parts > 0).then_some(name)
}

/// One part of a name: a word, or a joint word with what it joins (عبد الله, أبو زيد, بن سعيد, فون دير لاين).
fn part(line: &Line<'_>, at: usize, reading: &Reading, parts: usize) -> Option<(usize, Likeness, bool)> {
    let form = line.form_of(reading);
    let classes = reading.classes();
    if classes.any(Classes::NAME_JOIN) {
        let next = at + 1;
        if !line.joined(next) {
            return None;
        }
        let follower = line.readings(next).first()?;
        let kunya = matches!(form, "ابو" | "ابي" | "ابا" | "ام");
        if follower.classes().any(Classes::NAME_JOIN) && parts > 0 {
            let (last, _, _) = part(line, next, follower, parts)?;
            return Some((last, Likeness::Strong, false));
        }
        if form == "عبد" {
            let fits =
                line.form(next).starts_with("ال") || follower.classes().any(Classes::GIVEN.or(Classes::UNIT));
            return (fits && !follower.classes().any(Classes::WEEKDAY)).then_some((
                next,
                Likeness::Strong,
                false,
            ));
        }
        if matches!(form, "ام" | "لا" | "لو" | "دو" | "دا" | "بل" | "سي" | "دير" | "ملا") && parts == 0
        {
            let named = follower.classes().any(Classes::GIVEN) && form == "ام";
            return named.then_some((next, Likeness::Weak, kunya));
        }
        let like = likeness(line, next, follower);
        let named = follower.classes().any(Classes::GIVEN.or(Classes::SURNAME).or(Classes::UNIT))
            && !follower.classes().any(NEVER.without(Classes::NATIONALITY));
        if named || like > Likeness::No || (kunya && follower.classes().any(Classes::AMBIGUOUS_GIVEN)) {
            let tail = line.next(next + 1).any(Classes::NAME_TAIL);
            let strength = if matches!(form, "بن" | "بنت" | "ابن" | "ال" | "ولد" | "فون" | "ابو" | "ابي")
            {
                Likeness::Strong
            } else {
                Likeness::Weak
            };
            // دير and رأس begin places as well.
            if parts == 0 && !kunya && !matches!(form, "بن" | "ابن" | "ال") {
                return None;
            }
            return Some((next + usize::from(tail), strength, kunya));
        }
        return None;
    }
    // عبد الله and other units of two words.
    if let Some((last, _)) =
        line.longest(at, reading, Classes::GIVEN.or(Classes::SURNAME)).filter(|&(last, _)| last > at)
    {
        return Some((last, Likeness::Strong, false));
    }
    if line.next(at + 1).any(Classes::NAME_TAIL)
        && !matches!(
            form,
            "حزب"
                | "كتاب"
                | "رسول"
                | "سبيل"
                | "باسم"
                | "بسم"
                | "انصار"
                | "جند"
                | "شاء"
                | "والله"
                | "دين"
        )
        && form.chars().count() > 1
    {
        let like = likeness(line, at, reading);
        if like > Likeness::No
            || reading.classes().any(Classes::UNIT.or(Classes::AMBIGUOUS_GIVEN))
            || form.chars().count() < 5 && !reading.classes().any(Classes::STOP)
        {
            return Some((at + 1, Likeness::Strong, false));
        }
    }
    let like = likeness(line, at, reading);
    (like > Likeness::No).then_some((at, like, false))
}

/// The word that introduces a person right before: a title, rank or occupation, a nationality or an adjective behind
/// one, an office with the body it belongs to.
fn introduction(line: &Line<'_>, index: usize) -> Option<usize> {
    if index == 0 || !line.joined(index) {
        return None;
    }
    let mut at = index - 1;
    for step in 0..4 {
        if line.has(at, INTRODUCES) {
            return Some(at);
        }
        if step > 0 && line.has(at, Classes::OFFICE)
            || step == 0
                && line.has(at, Classes::OFFICE)
                && !line.form(at).starts_with("ال")
                && is_kin(line.form(at))
        {
            return Some(at);
        }
        let passes = line.bare(at).any(Classes::NATIONALITY.or(Classes::DEF_ADJ).or(Classes::RANK))
            || phrase::is_definite_adjective(line, at)
            || matches!(
                line.form(at),
                "الخارجيه"
                    | "الدفاع"
                    | "الداخليه"
                    | "الوزراء"
                    | "السابق"
                    | "السابقه"
                    | "الدوله"
                    | "العدل"
                    | "الركن"
                    | "الجمهوريه"
                    | "البلديه"
                    | "الاقليم"
                    | "المحلي"
                    | "الاعلام"
                    | "المناوب"
                    | "المساعد"
            );
        if !passes || at == 0 || !line.joined(at) {
            return None;
        }
        at -= 1;
    }
    None
}

/// نظيره, سائقه, نجله: an office or kinship word with a possessive takes its name directly.
fn is_kin(form: &str) -> bool {
    form.ends_with('ه') || form.ends_with("ها")
}

/// Whether a run of name words is a person here, and by which evidence.
fn judge(line: &Line<'_>, index: usize, reading: &Reading, name: &Name, introduced: bool) -> Option<Rule> {
    let classes = reading.classes();
    if introduced && reading.is_whole() {
        let starts_definite = line.form(index).starts_with("ال");
        if name.first == Likeness::Strong || name.given {
            return Some(Rule::PersonWithTitle);
        }
        // Two words that look like names, though neither is known.
        let foreign = name.words > 1 && !starts_definite;
        if foreign
            || (classes.any(Classes::UNIT.or(Classes::AMBIGUOUS_GIVEN)) && !starts_definite)
            || classes.any(Classes::SURNAME)
        {
            return Some(Rule::PersonWithTitle);
        }
        return None;
    }
    if is_byline(line, index, name.last) && name.words > 1 && (name.strong > 0 || name.given) {
        return Some(Rule::Byline);
    }
    if name.kunya {
        return (name.words > 1 && matches!(line.form_of(reading), "ابو" | "ابي" | "ابا"))
            .then_some(Rule::Kunya);
    }
    if name.words < 2 || !name.given {
        return None;
    }
    let said = index > 0 && line.joined(index) && line.has(index - 1, Classes::SAY_VERB);
    let sure_first = name.first == Likeness::Strong && !classes.any(Classes::TOWN);
    let enough = match (sure_first, name.second) {
        (true, Likeness::Strong) => true,
        (true, Likeness::Weak) => true,
        (false, Likeness::Strong) => !classes.any(Classes::COMMON) || said || name.words > 2,
        (false, Likeness::Weak) => said && name.words > 1,
        (_, Likeness::No) => false,
    };
    (enough && (reading.is_whole() || name.strong > 1)).then_some(Rule::PersonFullName)
}

/// Near the head of a line, behind a dash, colon or «تصوير:», and closed by a sign.
fn is_byline(line: &Line<'_>, first: usize, last: usize) -> bool {
    let before = line.gap(first);
    let behind = line.gap(last + 1);
    first > 0 && first < 10 && (before.dashes() || before.parts()) && !behind.is_space()
}
