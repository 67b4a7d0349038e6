//! Armed forces and groups (guideline 3.3).

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::phrase;
use super::vocabulary::Reading;
use crate::text::WordKind;

/// Proposes the forces that begin at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    for reading in line.readings_of(index, Classes::FORCE_HEAD.or(Classes::FORCE_HEAD_DEF)) {
        let classes = reading.classes();
        let found = if classes.any(Classes::FORCE_HEAD_DEF) {
            definite(line, index, reading)
        } else if classes.any(Classes::FORCE_HEAD) {
            construct(line, index, reading).map(|last| (last, Rule::Faction))
        } else {
            None
        };
        if let Some((last, rule)) = found {
            out.push(Candidate::new(line, index, reading, last, Label::Grp, rule));
            break;
        }
    }
    named(line, index, out);
}

/// الجيش الليبي, القوات المسلحة السودانية, الفرقة المدرعة الرابعة, اللواء 51.
fn definite(line: &Line<'_>, at: usize, reading: &Reading) -> Option<(usize, Rule)> {
    let head = line.form_of(reading);
    let unit = reading.classes().any(Classes::FORCE_UNIT_DEF);
    let feminine = head.ends_with('ه') || head == "القوات" || head == "الكتايب" || head == "الوحدات";
    let mut last = at;
    while last < at + 3 {
        let next = last + 1;
        if !line.joined(next) {
            break;
        }
        let classes = line.bare(next);
        if classes.any(Classes::NATIONALITY.or(Classes::NATIONALITY_WEAK)) {
            let form = line.form(next);
            if line.definite(next)
                && (form.ends_with('ه') == feminine)
                && reading.classes().any(Classes::FORCE_NAT)
            {
                let end = line
                    .readings(next)
                    .first()
                    .and_then(|r| line.longest(next, r, Classes::NATIONALITY))
                    .map_or(next, |(end, _)| end);
                let joint = line.joined(end + 1) && line.form(end + 1) == "المشتركه";
                return Some((end + usize::from(joint), Rule::StateForce));
            }
            break;
        }
        let numbered = line.kind(next) == Some(WordKind::Number)
            && head != "الجيش"
            && !line.next(next + 1).any(Classes::WEAPON_WEAK);
        if unit && (classes.any(Classes::ORDINAL) || numbered) {
            let mut end = next;
            if line.next(end + 1).any(Classes::FORCE_TAIL)
                || (line.joined(end + 1)
                    && matches!(
                        line.form(end + 1),
                        "المدرعه" | "الميداني" | "الميكانيكيه" | "المشاه" | "مدرع" | "مشاه"
                    ))
            {
                end += 1;
            }
            return Some((end, Rule::Unit));
        }
        let branch = classes.any(Classes::FORCE_BRANCH)
            || (unit && phrase::is_definite_adjective(line, next))
            || matches!(line.form(next), "المدرعه" | "المحموله" | "المنقوله");
        if !branch {
            break;
        }
        last = next;
    }
    None
}

/// لواء صقور جرابلس, كتائب درع العاصي, قوات حفتر, جيش الرب.
fn construct(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let head = line.form_of(reading);
    let closed_to = Classes::FORCE_STOP.or(Classes::STOP).or(Classes::NATIONALITY);
    let next = phrase::in_construct(line, at, closed_to)?;
    let (classes, form) = (line.bare(next), line.form(next));
    // حركة حماس, قوات الجندرمة التركية: the rest is a full name of its own.
    let follower = line.readings(next).first()?;
    let own_name = phrase::listed(line, next, follower, &[Label::Grp]).is_some()
        || (matches!(form, "الجيش" | "الجندرمه" | "الجندرما" | "الدرك")
            && line.next(next + 1).any(Classes::NATIONALITY));
    // قوات الأمم المتحدة, قوات حكومة الوفاق
    if let Some(end) = phrase::listed(line, next, follower, &[Label::Org]).filter(|_| head == "قوات") {
        return Some(end);
    }
    if own_name && matches!(head, "حركه" | "قوات" | "قوه" | "جبهه" | "جماعه" | "عناصر")
    {
        return None;
    }
    let sure_head = matches!(
        head,
        "كتيبه"
            | "كتايب"
            | "لواء"
            | "الويه"
            | "فرقه"
            | "فوج"
            | "سرايا"
            | "سريه"
            | "فيلق"
            | "عصايب"
            | "كتيبتي"
            | "لوايي"
    );
    if line.kind(next) == Some(WordKind::Number) {
        return matches!(head, "لواء" | "كتيبه" | "فوج").then_some(next);
    }
    // شرطة كليس: a police of a place; حرس الحدود السعودي, خفر السواحل الليبي.
    if matches!(head, "حرس" | "خفر" | "شرطه" | "درك") {
        if line.definite(next) && !phrase::is_definite_adjective(line, next) {
            return Some(phrase::with_adjectives(line, next, 1));
        }
        return phrase::place_at(line, next, phrase::SURE_PLACE).filter(|_| head == "شرطه");
    }
    if matches!(
        head,
        "جهاز"
            | "جماعه"
            | "وحده"
            | "وحدات"
            | "قوه"
            | "تجمع"
            | "مجموعات"
            | "فصايل"
            | "حشد"
            | "بحريه"
            | "تشكيل"
            | "ميليشيا"
            | "احرار"
            | "اسود"
            | "جند"
            | "طلايع"
            | "مغاوير"
            | "فداييي"
            | "عصبه"
    ) && !line.gap(at).quotes()
    {
        let titled = matches!(head, "جند" | "احرار" | "عصبه" | "طلايع" | "مغاوير" | "تجمع" | "فصايل");
        return if titled {
            coined(line, next)
        } else {
            ordinal_unit(line, next).filter(|_| matches!(head, "قوه" | "وحده"))
        };
    }
    if line.definite(next) {
        let surely = sure_head || matches!(head, "حركه" | "جبهه" | "جيش" | "قوات");
        if !surely
            || form.chars().count() < 5
            || phrase::is_definite_adjective(line, next) && !sure_head && !classes.any(Classes::SURNAME)
        {
            return None;
        }
        return Some(phrase::with_ordinal(line, phrase::with_adjectives(line, next, 2)));
    }
    // كتائب زاغروس: one unknown word is a name behind a head that only units have.
    if matches!(head, "كتايب" | "سرايا" | "الويه")
        && follower.classes().without(Classes::UNIT).is_empty()
        && !line.is_clitic_word(next)
        && line.kind(next) == Some(WordKind::Arabic)
    {
        let chain = coined(line, next);
        return chain.or(Some(next));
    }
    if let Some(reading) = line.readings(next).first()
        && let Some(end) = phrase::listed(line, next, reading, &[Label::Per])
    {
        return (head == "قوات" || head == "كتايب").then_some(end);
    }
    coined(line, next).filter(|_| sure_head || matches!(head, "حركه" | "جبهه" | "جيش" | "قوات"))
}

/// قوة الإسناد الأولى: a unit by its ordinal.
fn ordinal_unit(line: &Line<'_>, next: usize) -> Option<usize> {
    (line.definite(next) && line.next(next + 1).any(Classes::ORDINAL)).then_some(next + 1)
}

/// A title of two or three words that closes with a definite noun or a place: درع العاصي, أسود الحولة, تحرير عفرين.
fn coined(line: &Line<'_>, next: usize) -> Option<usize> {
    if !line.joined(next) || line.bare(next).any(Classes::COUNT_ADJ.or(Classes::STOP)) {
        return None;
    }
    let end = phrase::genitive_chain(line, next, 2)?;
    let vague = line.definite(end) && end == next;
    (!vague).then(|| phrase::with_adjectives(line, end, 2))
}

/// A name in quotes behind a word for a group: غرفة عمليات «والعاديات», مجموعة تسمى «أسود كرتالا».
fn named(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    if index == 0
        || !line.gap(index).quotes()
        || !line.has(index - 1, Classes::PRESS_GROUP.or(Classes::GROUP_VERB))
    {
        return;
    }
    if let (Some(last), Some(reading)) = (phrase::closing_quote(line, index), line.readings(index).first()) {
        out.push(Candidate::new(line, index, reading, last, Label::Grp, Rule::Faction).because_of(index - 1));
    }
}
