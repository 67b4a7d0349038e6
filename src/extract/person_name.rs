//! The shape of a person's name: a run of words that look like parts of one.

use super::classes::Classes;
use super::line::Line;
use super::vocabulary::Reading;
use crate::text::WordKind;

/// The longest name, in words and in parts.
const MAX_WORDS: usize = 6;
const MAX_PARTS: usize = 4;

/// What is never part of a person's name.
pub(super) const NEVER: Classes = Classes::STOP
    .or(Classes::WEEKDAY)
    .or(Classes::RELATIVE_DAY)
    .or(Classes::DAY_PART)
    .or(Classes::DAY_ADVERB)
    .or(Classes::EDGE)
    .or(Classes::UNIT_WORD)
    .or(Classes::UNIT_DEF)
    .or(Classes::SAY_VERB)
    .or(Classes::NATIONALITY)
    .or(Classes::COMPASS)
    .or(Classes::TIME_ADJ)
    .or(Classes::OCCUPATION)
    .or(Classes::OFFICE)
    .or(Classes::RANK)
    .or(Classes::DEF_ADJ)
    .or(Classes::PLACE_CLASS)
    .or(Classes::PLACE_CLASS_MANY)
    .or(Classes::NATURAL_HEAD)
    .or(Classes::NATURAL_MANY)
    .or(Classes::FACILITY_HEAD)
    .or(Classes::FORCE_HEAD)
    .or(Classes::FORCE_HEAD_DEF)
    .or(Classes::ORG_HEAD)
    .or(Classes::ORG_HEAD_DEF)
    .or(Classes::WEAPON);

/// Names that are also something else: the company of other names decides.
const NAME: Classes = Classes::GIVEN.or(Classes::SURNAME).or(Classes::AMBIGUOUS_GIVEN);

/// How much a word looks like part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    No,
    /// An unknown word.
    Unknown,
    /// A rare name, or an ordinary word that is also a name.
    Weak,
    /// A name and nothing else.
    Strong,
}

fn likeness(line: &Line<'_>, index: usize, reading: &Reading) -> Likeness {
    let classes = reading.classes();
    let form = line.form_of(reading);
    if line.kind(index) != Some(WordKind::Arabic) || form.chars().count() < 2 {
        return Likeness::No;
    }
    if classes.any(NEVER) && !classes.any(Classes::AMBIGUOUS_GIVEN) {
        return Likeness::No;
    }
    let ordinary = classes.any(Classes::COMMON.or(Classes::AMBIGUOUS_GIVEN).or(Classes::WEAPON));
    if classes.any(NAME) {
        return if ordinary { Likeness::Weak } else { Likeness::Strong };
    }
    if reading.is_whole() && line.is_clitic_word(index) {
        return Likeness::No;
    }
    if classes.any(Classes::UNIT) {
        return Likeness::Weak;
    }
    let unknown =
        classes.without(Classes::VILLAGE.or(Classes::TOWN).or(Classes::NAME_JOIN).or(Classes::PLACE_FIRST));
    if unknown.is_empty() && form.chars().count() > 2 && !looks_inflected(form, reading.definite) {
        return Likeness::Unknown;
    }
    Likeness::No
}

/// Endings and prefixes that an unknown noun or verb has and a surname hardly: plurals, possessives, the feminine plural,
/// imperfect verbs.
fn looks_inflected(form: &str, definite: bool) -> bool {
    let letters = form.chars().count();
    let plural =
        form.ends_with("ات") || (definite && letters > 6 && (form.ends_with("ون") || form.ends_with("ين")));
    let owned = letters > 4 && (form.ends_with("ها") || form.ends_with("هم"));
    let verb = letters == 5 && form.starts_with('ت') && !form.ends_with('ي') || form.starts_with("ست");
    letters > 4 && plural || owned || verb
}

/// A run of name words.
pub(super) struct Name {
    /// Its last word.
    pub(super) last: usize,
    pub(super) words: usize,
    /// How many parts are names and nothing else, or rare or ambiguous names.
    pub(super) strong: usize,
    pub(super) weak: usize,
    /// The likeness of the first part and the second.
    pub(super) first: Likeness,
    pub(super) second: Likeness,
    /// The first part is a known first name.
    pub(super) given: bool,
    /// It begins with أبو.
    pub(super) kunya: bool,
}

impl Name {
    /// The longest run that begins with a reading.
    pub(super) fn at(line: &Line<'_>, index: usize, reading: &Reading) -> Option<Self> {
        if reading.classes().any(Classes::TITLE.or(Classes::RANK)) {
            return None;
        }
        let first = part(line, index, reading, true)?;
        let given = first.kunya
            || line.longest(index, reading, Classes::GIVEN.or(Classes::AMBIGUOUS_GIVEN)).is_some();
        let mut name = Self {
            last: first.last,
            words: first.last + 1 - index,
            strong: usize::from(first.likeness == Likeness::Strong),
            weak: usize::from(first.likeness == Likeness::Weak),
            first: first.likeness,
            second: Likeness::No,
            given,
            kunya: first.kunya,
        };
        let mut before = first;
        for number in 1..MAX_PARTS {
            let at = name.last + 1;
            if !line.joined(at) || name.words >= MAX_WORDS {
                break;
            }
            let Some(part) = line.readings(at).first().and_then(|reading| part(line, at, reading, false))
            else {
                break;
            };
            if !follows(line, &before, &part, at, number) {
                break;
            }
            if number == 1 {
                name.second = part.likeness;
            }
            name.strong += usize::from(part.likeness == Likeness::Strong);
            name.weak += usize::from(part.likeness == Likeness::Weak);
            name.words += part.last + 1 - at;
            name.last = part.last;
            before = part;
        }
        Some(name)
    }
}

/// Whether a part can go on from the one before. A definite surname closes an Arabic name; an unknown word continues only
/// a foreign one.
fn follows(line: &Line<'_>, before: &Part, part: &Part, at: usize, number: usize) -> bool {
    let definite = line.definite(at);
    if before.definite && !definite && !part.joint {
        return false;
    }
    if number < 2 {
        return true;
    }
    let arabic = before.likeness == Likeness::Strong;
    let form = line.form(at);
    match part.likeness {
        Likeness::Unknown => (definite || !arabic) && !form.ends_with('ه') && !form.starts_with('ي'),
        Likeness::Weak => !(line.bare(at).any(Classes::COMMON) || (arabic && form.ends_with('ا'))),
        _ => true,
    }
}

/// One part of a name.
struct Part {
    last: usize,
    likeness: Likeness,
    kunya: bool,
    /// It is a joint word with what it joins.
    joint: bool,
    /// It begins with the article.
    definite: bool,
}

/// A word, or a joint word with what it joins (عبد الله, أبو زيد, بن سعيد, فون دير لاين, نصر الدين).
fn part(line: &Line<'_>, at: usize, reading: &Reading, opens: bool) -> Option<Part> {
    let form = line.form_of(reading);
    let classes = reading.classes();
    let whole =
        |last, likeness| Part { last, likeness, kunya: false, joint: false, definite: reading.definite };
    if classes.any(Classes::NAME_JOIN) && !(opens && classes.any(Classes::GIVEN) && form != "عبد") {
        return joint(line, at, reading, opens);
    }
    if let Some((last, _)) =
        line.longest(at, reading, Classes::GIVEN.or(Classes::SURNAME)).filter(|&(last, _)| last > at)
    {
        return Some(Part { joint: true, ..whole(last, Likeness::Strong) });
    }
    let like = likeness(line, at, reading);
    if line.next(at + 1).any(Classes::NAME_TAIL) && !classes.any(Classes::STOP) && !takes_god(form) {
        let fits = like > Likeness::No || classes.any(NAME.or(Classes::UNIT)) || form.chars().count() < 5;
        if fits && form.chars().count() > 1 {
            return Some(Part { joint: true, ..whole(at + 1, Likeness::Strong) });
        }
    }
    (like > Likeness::No).then(|| whole(at, like))
}

/// Words before الله and الدين that make no person's name.
fn takes_god(form: &str) -> bool {
    matches!(
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
            | "دين"
            | "بيت"
            | "رجل"
            | "رجال"
            | "علماء"
            | "من"
            | "يوم"
    )
}

fn joint(line: &Line<'_>, at: usize, reading: &Reading, opens: bool) -> Option<Part> {
    let form = line.form_of(reading);
    let next = at + 1;
    if !line.joined(next) {
        return None;
    }
    let follower = line.readings(next).first()?;
    let known = follower.classes();
    let kunya = matches!(form, "ابو" | "ابي" | "ابا" | "ام");
    let made = |last, likeness| Part { last, likeness, kunya, joint: true, definite: false };
    if known.any(Classes::NAME_JOIN) && !opens && !known.any(Classes::GIVEN) {
        let inner = joint(line, next, follower, false)?;
        return Some(made(inner.last, Likeness::Strong));
    }
    if form == "عبد" {
        let fits = follower.definite || known.any(Classes::GIVEN.or(Classes::UNIT));
        return (fits && !known.any(Classes::WEEKDAY)).then(|| made(next, Likeness::Strong));
    }
    // دير, لا and others begin places and other words as well.
    if opens && !kunya && !matches!(form, "بن" | "ابن" | "ال") {
        return None;
    }
    if opens && form == "ام" && !known.any(Classes::GIVEN) {
        return None;
    }
    let named = known.any(NAME.or(Classes::UNIT)) && !known.any(NEVER.without(Classes::NATIONALITY));
    if !named && likeness(line, next, follower) == Likeness::No {
        return None;
    }
    let tail = line.next(next + 1).any(Classes::NAME_TAIL);
    let certain = matches!(form, "بن" | "بنت" | "ابن" | "ال" | "ولد" | "فون" | "ابو" | "ابي");
    Some(made(next + usize::from(tail), if certain { Likeness::Strong } else { Likeness::Weak }))
}
