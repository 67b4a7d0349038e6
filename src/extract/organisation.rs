//! Organisations (guideline 3.2): a head and what defines it.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::phrase;
use super::vocabulary::Reading;
use crate::text::{Proclitic, WordKind};

/// What never belongs to an organisation's name.
const NEVER: Classes = Classes::STOP
    .or(Classes::WEEKDAY)
    .or(Classes::RELATIVE_DAY)
    .or(Classes::SAY_VERB)
    .or(Classes::TIME_ADJ)
    .or(Classes::UNIT_NUMBER)
    .or(Classes::SCALE);

/// Proposes the organisations that begin at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    const HEAD: Classes = Classes::GOVERNMENT_HEAD.or(Classes::ORG_HEAD_DEF).or(Classes::ORG_HEAD);
    for reading in line.readings_of(index, HEAD) {
        let classes = reading.classes();
        let found = if is_state_body(line, index, reading) {
            Some((nationality_end(line, index + 1), Rule::Government))
        } else if classes.any(Classes::ORG_HEAD_DEF) {
            definite(line, index, reading).map(|last| (last, Rule::OrganisationDefinite))
        } else if classes.any(Classes::ORG_HEAD) {
            construct(line, index, reading).map(|last| (last, Rule::Organisation))
        } else {
            None
        };
        if let Some((last, rule)) = found {
            out.push(Candidate::new(line, index, reading, last, Label::Org, rule));
            break;
        }
    }
    press_name(line, index, out);
}

/// الحكومة اللبنانية, الخارجية القطرية: the nationality agrees with the head. Behind وزيرة it is hers.
fn is_state_body(line: &Line<'_>, at: usize, reading: &Reading) -> bool {
    let head = line.form_of(reading);
    let feminine = head.ends_with('ه') || matches!(head, "المخابرات" | "الاستخبارات" | "الجمارك" | "الدفاع");
    let nationality =
        line.next(at + 1).any(Classes::NATIONALITY.or(Classes::NATIONALITY_WEAK)) && line.definite(at + 1);
    let minister = at > 0 && matches!(line.form(at - 1), "وزيره" | "لوزيره" | "ووزيره");
    reading.classes().any(Classes::GOVERNMENT_HEAD)
        && !minister
        && nationality
        && line.form(at + 1).ends_with('ه') == feminine
}

/// The last nationality word (الكورية الجنوبية).
fn nationality_end(line: &Line<'_>, at: usize) -> usize {
    line.readings(at)
        .first()
        .and_then(|r| line.longest(at, r, Classes::NATIONALITY))
        .map_or(at, |(last, _)| last)
}

/// الهيئة العليا للانتخابات, المجلس المحلي لمدينة عفرين: a definite head with a telling adjective.
fn definite(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let head = line.form_of(reading);
    // وزيرة الخارجية البلجيكية: an office.
    if at > 0 && line.joined(at) && matches!(line.form(at - 1), "وزير" | "وزيره" | "لوزير" | "ووزير")
    {
        return None;
    }
    let feminine = head.ends_with('ه') || head == "الخطوط";
    let mut last = at;
    let mut telling = false;
    while last < at + 5 {
        let next = last + 1;
        if !line.joined(next) || line.bare(next).any(NEVER) {
            break;
        }
        let classes = line.bare(next);
        let form = line.form(next);
        if phrase::is_definite_adjective(line, next) && form.ends_with('ه') == feminine
            || classes.any(Classes::STRONG_DEF_ADJ) && (form == "العليا" || form == "الاعلي")
        {
            telling |= classes.any(Classes::STRONG_DEF_ADJ) || classes.any(Classes::NATIONALITY);
            last = next;
            if classes.any(Classes::NATIONALITY) {
                last = nationality_end(line, next);
                break;
            }
            continue;
        }
        break;
    }
    let purpose = (last > at).then(|| purpose(line, last)).flatten();
    if let Some(end) = purpose {
        return Some(end);
    }
    (telling && last > at && !is_vague(head)).then_some(last)
}

/// Heads that a plain adjective does not make a name: الجماعة, الحركة, الحزب الحاكم.
fn is_vague(head: &str) -> bool {
    matches!(
        head,
        "الجماعه"
            | "الحركه"
            | "الشبكه"
            | "القضاء"
            | "الاداره"
            | "القياده"
            | "الدفاع"
            | "المركز"
            | "المجموعه"
            | "التحالف"
            | "المكتب"
            | "الدوله"
            | "المنتدي"
    )
}

/// للانتخابات, للصليب الأحمر, للدفاع عن حقوق الإنسان: what an organisation is for.
fn purpose(line: &Line<'_>, last: usize) -> Option<usize> {
    let next = last + 1;
    if !line.joined(next) {
        return None;
    }
    let reading = line
        .readings(next)
        .iter()
        .find(|r| r.preposition == Some(Proclitic::La) && r.conjunction.is_none())?;
    let form = line.form_of(reading);
    if reading.classes().any(NEVER) && reading.restored.is_empty() || form.chars().count() < 4 {
        return None;
    }
    let swallowed = line.form(next).starts_with("لل");
    if swallowed {
        let mut end = next;
        if line.form(next + 1) == "عن" && line.joined(next + 1) {
            end = phrase::genitive_chain(line, next + 2, 2)?;
        }
        return Some(phrase::with_adjectives(line, end, 2));
    }
    // لحقوق الإنسان, لكرة القدم, لشؤون اللاجئين, لمدينة عفرين
    if reading.classes().any(Classes::PURPOSE) {
        let end = phrase::genitive_chain(line, next + 1, 2)?;
        return Some(phrase::with_adjectives(line, end, 2));
    }
    None
}

/// Nouns that make a committee or body of any kind, not one by name: هيئة الدفاع, لجنة المراقبة.
fn is_vague_noun(form: &str) -> bool {
    matches!(
        form,
        "اهالي"
            | "المراقبه"
            | "المتابعه"
            | "الصياغه"
            | "التحقيق"
            | "المصالحه"
            | "المحكمه"
            | "الحي"
            | "المدينه"
            | "التوجيهيه"
            | "القريه"
            | "المحافظه"
            | "المنطقه"
            | "الاداره"
            | "الحركه"
            | "الحزب"
            | "المخيم"
            | "العزاء"
            | "الصلح"
    )
}

/// وزارة الدفاع التركية, هيئة الإغاثة وإعادة التأهيل, مديرية صحة البصرة, حكومة ميقاتي.
fn construct(line: &Line<'_>, at: usize, reading: &Reading) -> Option<usize> {
    let head = line.form_of(reading);
    let next = at + 1;
    if !line.joined(next) || line.kind(next) == Some(WordKind::Number) {
        return None;
    }
    let classes = line.bare(next);
    if classes.any(NEVER) || line.is_clitic_word(next) {
        return None;
    }
    // Heads that the press adds to a name of its own: press_name decides.
    if matches!(head, "حكومه") {
        return government(line, next);
    }
    if matches!(
        head,
        "محافظه"
            | "دار"
            | "غرفه"
            | "شبكه"
            | "مجموعه"
            | "مبادره"
            | "سلطه"
            | "مصنع"
            | "تحالف"
            | "كتله"
            | "رياسه"
            | "مصلحه"
            | "دايره"
            | "خليه"
            | "جهاز"
    ) && !line.definite(next)
    {
        return None;
    }
    if matches!(head, "محافظه" | "غرفه" | "مجموعه" | "دار" | "سلطه" | "مبادره" | "مصنع" | "كليه")
    {
        return None;
    }
    // قيادة الجيش: the army is named; مكتب رئيس الوزراء: the office is.
    let army = matches!(line.form(next), "الجيش" | "القوات")
        && line.next(next + 1).any(Classes::NATIONALITY.or(Classes::FORCE_BRANCH));
    if army || line.bare(next).any(Classes::OFFICE) || is_vague_noun(line.form(next)) {
        return None;
    }
    // مجلس محافظة البصرة, برلمان ولاية هيسن
    if line.bare(next).any(Classes::PLACE_CLASS) {
        let place = phrase::place_at(line, next + 1, phrase::SURE_PLACE.or(Classes::VILLAGE));
        return place
            .filter(|_| line.joined(next + 1) && matches!(head, "مجلس" | "برلمان" | "ديوان" | "حكومه"));
    }
    if head == "بلديه" {
        const OTHER: Classes = Classes::COMMON.or(Classes::NATIONALITY).or(Classes::STOP);
        let place = phrase::place_at(line, next, phrase::SURE_PLACE.or(Classes::VILLAGE));
        let plain = line.kind(next) == Some(WordKind::Arabic) && !line.bare(next).any(OTHER);
        return place.or(plain.then_some(next));
    }
    let mut last = head_noun(line, head, next)?;
    // و with a second noun: وزارة التربية والتعليم, لجنة الأمن والدفاع النيابية.
    for _ in 0..2 {
        let second = last + 1;
        if !is_department(line, second) || matches!(head, "جامعه" | "بلديه" | "سفاره" | "بنك" | "مصرف")
        {
            break;
        }
        last = second;
    }
    last = adjectives(line, head, last);
    if !line.bare(last).any(Classes::NATIONALITY)
        && let Some(end) = purpose(line, last)
    {
        last = end;
    }
    Some(last)
}

/// و with a noun that stands second in the names of ministries and committees.
fn is_department(line: &Line<'_>, at: usize) -> bool {
    line.joined(at)
        && line.readings(at).iter().any(|r| {
            r.conjunction.is_some() && r.preposition.is_none() && r.classes().any(Classes::DEPARTMENT)
        })
}

/// The noun or chain that defines a head.
fn head_noun(line: &Line<'_>, head: &str, next: usize) -> Option<usize> {
    let form = line.form(next);
    let classes = line.bare(next);
    // هيئة البث, مكتب تنسيق الشؤون: not وزارة سابقة.
    if line.definite(next) {
        return (form.chars().count() > 4 && !phrase::is_definite_adjective(line, next)
            || classes.any(Classes::NATIONALITY) && head == "سفاره"
            || matches!(form, "الداخليه" | "الخارجيه" | "الماليه" | "الامن" | "الدوله"))
        .then_some(next);
    }
    if let Some(end) = phrase::place_at(line, next, phrase::SURE_PLACE.or(Classes::VILLAGE)) {
        return (!matches!(head, "شركه" | "وكاله" | "منظمه" | "مكتب" | "مركز")).then_some(end);
    }
    if classes.any(Classes::NATIONALITY) {
        return None;
    }
    let end = phrase::genitive_chain(line, next, 2)?;
    (!matches!(head, "شبكه" | "جهاز" | "نادي" | "غرفه" | "تيار") || end == next).then_some(end)
}

/// The adjectives that close a name; those of a feminine head end in ه.
fn adjectives(line: &Line<'_>, head: &str, last: usize) -> usize {
    let feminine = head.ends_with('ه');
    let mut end = last;
    for _ in 0..3 {
        let next = end + 1;
        if !line.joined(next)
            || !phrase::is_definite_adjective(line, next)
            || line.bare(next).any(Classes::DIRECTION)
        {
            break;
        }
        let agrees = line.form(next).ends_with('ه') == feminine
            || line.form(next).ends_with('ه') == line.form(last).ends_with('ه')
            || matches!(line.form(next), "العليا" | "الاعلي");
        if !agrees {
            break;
        }
        end = next;
        if line.bare(next).any(Classes::NATIONALITY) {
            end = nationality_end(line, next);
            break;
        }
    }
    end
}

/// حكومة الأردن, حكومة ميقاتي, حكومة الوحدة الوطنية.
fn government(line: &Line<'_>, next: usize) -> Option<usize> {
    if let Some(end) = phrase::place_at(line, next, phrase::SURE_PLACE) {
        return Some(end);
    }
    let reading = line.readings(next).first()?;
    if let Some(end) = phrase::listed(line, next, reading, &[Label::Per]) {
        return Some(end);
    }
    let classes = line.bare(next);
    let form = line.form(next);
    if line.definite(next) && !phrase::is_definite_adjective(line, next) && form.chars().count() > 4 {
        let end = phrase::with_adjectives(line, next, 1);
        return (end > next).then_some(end);
    }
    (classes.any(Classes::SURNAME) && !classes.any(Classes::COMMON)).then_some(next)
}

/// قناة خبر ترك, منظمة أنقذوا الأطفال, شركة بايكار: a name or an unknown word behind a press word, which stays outside.
fn press_name(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    if index == 0 || !line.has(index - 1, Classes::PRESS_ORG) {
        return;
    }
    let quoted = line.gap(index).quotes();
    if !line.joined(index) && !quoted {
        return;
    }
    let Some(reading) = line.readings(index).first() else { return };
    if quoted {
        let closing = (index..index + 5)
            .take_while(|&at| at < line.len() && (at == index || line.joined(at)))
            .find(|&at| line.gap(at + 1).quotes());
        if let Some(last) = closing {
            out.push(
                Candidate::new(line, index, reading, last, Label::Org, Rule::OrganisationNamed)
                    .because_of(index - 1),
            );
        }
        return;
    }
    let classes = reading.classes();
    let form = line.form(index);
    let latin = line.kind(index) == Some(WordKind::Latin);
    let plain = line.kind(index) == Some(WordKind::Arabic) && form.chars().count() > 2;
    let ordinary = classes
        .any(NEVER.or(Classes::COMMON).or(Classes::NATIONALITY).or(Classes::DEF_ADJ).or(Classes::ORG_HEAD));
    if !(latin || plain && !ordinary)
        || phrase::is_definite_adjective(line, index)
        || line.definite(index) && !classes.is_empty()
    {
        return;
    }
    if !line.definite(index - 1) && !form.ends_with('ه') {
        let second = line.joined(index + 1)
            && matches!(
                line.form(index + 1),
                "نيوز"
                    | "برس"
                    | "تايمز"
                    | "ميديا"
                    | "لويد"
                    | "ترك"
                    | "مارتن"
                    | "ووتش"
                    | "24"
                    | "بلدي"
            );
        out.push(
            Candidate::new(
                line,
                index,
                reading,
                index + usize::from(second),
                Label::Org,
                Rule::OrganisationNamed,
            )
            .because_of(index - 1),
        );
    }
}
