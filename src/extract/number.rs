//! Counts (guideline 3.10, 5.10): limit word, number, counted noun and its adjectives.

use super::calendar::is_year;
use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::vocabulary::Reading;
use super::weapon;
use crate::text::WordKind;

/// Words that a number is made of.
const NUMBER: Classes = Classes::UNIT_NUMBER
    .or(Classes::ONE_NUMBER)
    .or(Classes::TWO_NUMBER)
    .or(Classes::TENS)
    .or(Classes::HUNDRED)
    .or(Classes::SCALE)
    .or(Classes::APPROX);

/// Units of time: what they make is a date.
const TIME_UNIT: Classes = Classes::UNIT_WORD.or(Classes::UNIT_ACC).or(Classes::UNIT_DUAL);

/// Proposes the count that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    for reading in line.readings(index) {
        // ولست, وستة: a word that is known whole holds no number behind a clitic.
        if !reading.is_whole() && line.bare(index).any(Classes::STOP) {
            break;
        }
        if let Some((last, rule)) = count(line, index, reading) {
            out.push(Candidate::new(line, index, reading, last, Label::Num, rule));
            return;
        }
    }
}

fn count(line: &Line<'_>, at: usize, reading: &Reading) -> Option<(usize, Rule)> {
    let (classes, form) = (reading.classes(), line.form_of(reading));
    // قتيلين, عسكريان تونسيان, صحفيين اثنين
    let dual_form = !reading.definite && form.len() > 6 && (form.ends_with("ان") || form.ends_with("ين"));
    if dual_form
        && line.next(at + 1).any(Classes::TWO_NUMBER)
        && !classes.any(TIME_UNIT.or(NUMBER))
        && !(reading.is_whole() && holds_a_conjunction(line, at, reading))
    {
        return Some((at + 1, Rule::CasualtyDual));
    }
    if classes.any(Classes::CASUALTY_DUAL) {
        if reading.definite || !is_dual(line, at, form) {
            return None;
        }
        return Some((dual_adjectives(line, at), Rule::CasualtyDual));
    }
    // بينهم سعوديان
    if form.ends_with("يان") && classes.any(Classes::NATIONALITY) && !reading.definite {
        let listed =
            at > 0 && line.joined(at) && matches!(line.form(at - 1), "بينهم" | "منهم" | "بينهما" | "هما");
        return listed.then_some((at, Rule::CasualtyDual));
    }
    // طنين ونصف الطن
    if classes.any(Classes::MEASURE_DUAL) {
        let half = line
            .readings(at + 1)
            .iter()
            .any(|r| r.conjunction.is_some() && matches!(line.form_of(r), "نصف" | "ربع"));
        let unit = line.joined(at + 2) && line.definite(at + 2);
        return (half && line.joined(at + 1)).then_some((at + 1 + usize::from(unit), Rule::Count));
    }
    // المئات من العمال, العشرات
    if classes.any(Classes::APPROX_DEF) && !line.after(at, Classes::APPROX) {
        let counted = line.joined(at + 1) && line.form(at + 1) == "من" && is_noun(line, at + 2);
        return Some((if counted { with_genitive(line, at + 2) } else { at }, Rule::Approximate));
    }
    let number = limited(line, at, classes, form)?;
    // أحد, إحدى, واحد: a count only as part of a number.
    if number == at && classes.any(Classes::ONE_NUMBER) {
        return None;
    }
    // اثنين آخرين, اثنين من الفنيين; any other noun after it has its own dual before it.
    if number == at
        && classes.any(Classes::TWO_NUMBER)
        && !line.next(at + 1).any(Classes::OTHER_WORD)
        && !(line.joined(at + 1) && line.form(at + 1) == "من")
    {
        return (!line.joined(at + 1)).then_some((at, Rule::BareNumber));
    }
    let limited = number > at && (classes.any(Classes::LIMIT_HEAD) || form == "ما");
    let digits = line.kind(number) == Some(WordKind::Number) || line.kind(number) == Some(WordKind::Mixed);
    // A score is two numbers.
    if digits
        && line.gap(number + 1).is_hyphen()
        && is_small(line, number)
        && is_small(line, number + 1)
        && is_tight(line, number)
    {
        return Some((number + 1, Rule::Count));
    }
    if digits && !limited && is_not_a_count(line, at, number) {
        return None;
    }
    let next = number + 1;
    // %, في المئة
    if matches!(line.form(next), "%" | "‰") && line.tokens.get(next).is_some_and(|t| t.gap.is_space()) {
        return Some((next, Rule::Count));
    }
    if line.joined(next) && line.form(next) == "في" && line.next(next + 1).any(Classes::PERCENT) {
        return Some((next + 1, Rule::Count));
    }
    if line.joined(next)
        && line
            .readings(next)
            .iter()
            .any(|r| r.preposition.is_some() && matches!(line.form_of(r), "المئه" | "الميه" | "المايه"))
    {
        return Some((next, Rule::Count));
    }
    if line.next(next).any(Classes::PERCENT) {
        return Some((next, Rule::Count));
    }
    if line.next(next).any(TIME_UNIT) {
        return None;
    }
    let approximate = line.bare(number).any(Classes::APPROX) && !digits;
    // ثلاثة من عناصرها
    if line.joined(next) && line.form(next) == "من" {
        let partitive = line.next(next + 1).any(Classes::PARTITIVE);
        let rule = match (partitive, approximate) {
            (_, true) => Rule::Approximate,
            (true, false) => Rule::Count,
            (false, false) => Rule::BareNumber,
        };
        return Some((if partitive { with_genitive_owner(line, next + 1) } else { number }, rule));
    }
    if let Some(noun) = counted(line, next) {
        let rule = if approximate { Rule::Approximate } else { Rule::Count };
        return Some((noun, rule));
    }
    // A lone ألف is no count.
    if classes.any(Classes::SCALE) && number == at {
        return None;
    }
    if approximate && number == at {
        return None;
    }
    Some((number, Rule::BareNumber))
}

/// True if a word is better read with its و peeled: what it is with it is unknown (وقرغيزيين), or more behind it.
fn holds_a_conjunction(line: &Line<'_>, at: usize, whole: &Reading) -> bool {
    let form = line.form_of(whole);
    let unknown = whole.classes().is_empty() && form.starts_with('و') && form.chars().count() > 6;
    unknown || line.is_clitic_word(at)
}

/// The last word of a number that begins here, behind a limit word if one stands there (أكثر من, ما لا يقل عن).
pub(super) fn limited(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    let mut start = at;
    if classes.any(Classes::LIMIT_HEAD) && line.joined(at + 1) && line.form(at + 1) == "من" {
        start = at + 2;
    } else if form == "ما" && line.joined(at + 1) {
        let negated = usize::from(line.form(at + 1) == "لا");
        let verb = at + 1 + negated;
        // ما يقارب softens; it bounds nothing.
        let softens = matches!(line.form(verb), "يقارب" | "يناهز");
        if softens || !line.next(verb).any(Classes::LIMIT_VERB) || !line.joined(verb + 1) {
            return None;
        }
        start = verb + 1 + usize::from(matches!(line.form(verb + 1), "عن" | "علي" | "من"));
    }
    if start == at {
        return plain(line, at, classes, form);
    }
    line.joined(start).then(|| plain(line, start, line.bare(start), line.form(start)))?
}

/// The last word of a number that begins here.
pub(super) fn plain(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    let digits = form.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && form.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'))
        && !form.contains(':');
    // نصف مليون
    let share = is_share(form) && line.next(at + 1).any(Classes::SCALE);
    if !digits && !share && !classes.any(NUMBER) {
        return None;
    }
    let mut last = at;
    // The last word was a unit, so that عشر makes it a teen.
    let mut unit = classes.any(TEEN_HEAD);
    loop {
        let next = last + 1;
        if !line.joined(next) {
            return Some(last);
        }
        let whole = line.bare(next);
        let form = line.form(next);
        // ثلاثمئة ألف, خمسة عشر, 3.4 مليار, مئات آلاف, عشرات الآلاف
        let scale = Classes::SCALE.or(Classes::HUNDRED);
        if whole.any(scale) && !(digits && whole.any(Classes::HUNDRED))
            || (!digits && matches!(form, "عشر" | "عشره") && unit)
        {
            last = next;
            unit = false;
            continue;
        }
        // مئتان وستون, واحد وعشرون, مئة وثلاث وستين
        let joined = line.readings(next).iter().find(|r| {
            r.conjunction.is_some()
                && r.preposition.is_none()
                && r.classes().any(NUMBER.without(Classes::APPROX))
        });
        // مئة و سبعين
        if form == "و" && !digits && line.next(next + 1).any(NUMBER.without(Classes::APPROX)) {
            unit = line.bare(next + 1).any(TEEN_HEAD);
            last = next + 1;
            continue;
        }
        if let Some(joined) = joined.filter(|_| !digits) {
            unit = joined.classes().any(TEEN_HEAD);
            last = next;
            continue;
        }
        return Some(behind_scale(line, last, if last == at { classes } else { line.bare(last) }));
    }
}

/// What a scale word takes behind و: مليون ونصف المليون, 12 ألفًا و500.
fn behind_scale(line: &Line<'_>, scale: usize, classes: Classes) -> usize {
    let next = scale + 1;
    let joined = line.readings(next).iter().find(|r| r.conjunction.is_some() && r.preposition.is_none());
    let Some(form) = joined.filter(|_| classes.any(Classes::SCALE)).map(|r| line.form_of(r)) else {
        return scale;
    };
    if is_share(form) {
        let named = line.joined(next + 1) && matches!(line.form(next + 1), "الالف" | "المليون" | "المليار");
        return next + usize::from(named);
    }
    if form.len() <= 3 && form.bytes().all(|b| b.is_ascii_digit()) { next } else { scale }
}

/// نصف, ثلث, ربع.
fn is_share(form: &str) -> bool {
    matches!(form, "نصف" | "ثلث" | "ربع")
}

/// Numbers that عشر can follow.
const TEEN_HEAD: Classes = Classes::UNIT_NUMBER.or(Classes::ONE_NUMBER).or(Classes::TWO_NUMBER);

/// True if a form that can be a dual is one here. The oblique dual of a noun with a sound plural (مسلحين) is mostly that
/// plural: a fatha before its ending or a word of harm before it decides. Behind another dual the form is an adjective
/// (مصدران عسكريان).
fn is_dual(line: &Line<'_>, at: usize, form: &str) -> bool {
    let before = if at > 0 && line.joined(at) { line.form(at - 1) } else { "" };
    let behind_dual = before.chars().count() > 4 && (before.ends_with("ان") || before.ends_with("ين"));
    if behind_dual && !line.bare(at - 1).any(Classes::CASUALTY_DUAL) && form.ends_with("ان") {
        return false;
    }
    if !(form.ends_with("ين") && line.bare(at).any(Classes::SOUND_PLURAL)
        || line.has(at, Classes::SOUND_PLURAL) && form.ends_with("ين"))
    {
        return true;
    }
    line.has_fatha_before_ending(at) || line.after(at, Classes::HARM)
}

/// Digits that name, date, or number a list.
fn is_not_a_count(line: &Line<'_>, at: usize, number: usize) -> bool {
    let form = line.form(number);
    let list_number = at == 0 && !line.joined(number + 1);
    if list_number
        || form.contains('/')
        || line.kind(number) == Some(WordKind::Mixed)
            && !line.readings(number).iter().any(|r| {
                !r.is_whole()
                    && r.classes().is_empty()
                    && line.form_of(r).as_bytes().first().is_some_and(u8::is_ascii_digit)
            })
    {
        return true;
    }
    if at == 0 || !line.joined(at) {
        return false;
    }
    const NUMBERED: Classes = Classes::RESOLUTION
        .or(Classes::FORCE_UNIT_DEF)
        .or(Classes::WEAPON_MODEL)
        .or(Classes::YEAR_WORD)
        .or(Classes::MONTH)
        .or(Classes::CLOCK_HEAD);
    let before = line.form(at - 1);
    let direct = line.readings(at).first().is_some_and(|r| r.classes().is_empty() || r.is_whole());
    direct
        && (line.has(at - 1, NUMBERED)
            || matches!(
                before,
                "رقم"
                    | "القناه"
                    | "عيار"
                    | "مؤتمر"
                    | "موتمر"
                    | "لواء"
                    | "جنيف"
                    | "برلين"
                    | "الفقره"
                    | "الماده"
                    | "البند"
                    | "ام"
                    | "كيلو"
                    | "مجموعه"
                    | "طريق"
            )
            || is_year(form) && !line.joined(number + 1) && !is_noun(line, number + 1))
}

fn is_small(line: &Line<'_>, at: usize) -> bool {
    let form = line.form(at);
    form.len() <= 2 && form.bytes().all(|b| b.is_ascii_digit())
}

/// True if nothing but one sign stands between a word and the next.
fn is_tight(line: &Line<'_>, at: usize) -> bool {
    match (line.tokens.get(at), line.tokens.get(at + 1)) {
        (Some(a), Some(b)) => b.start - a.end <= 3,
        _ => false,
    }
}

/// The last word of the counted noun and its adjectives.
fn counted(line: &Line<'_>, at: usize) -> Option<usize> {
    if line.next(at).any(Classes::OTHER_WORD) {
        return Some(at);
    }
    if !is_noun(line, at) {
        return None;
    }
    let last = with_genitive(line, at);
    // 4 قاذفات آر بي جي: the weapon is counted whole.
    Some(weapon::last_word(line, at).map_or(last, |weapon| weapon.max(last)))
}

/// True if a word can be counted: a word of its own, no particle, no verb that is known as one.
fn is_noun(line: &Line<'_>, at: usize) -> bool {
    const NEVER: Classes = Classes::STOP
        .or(Classes::WEEKDAY)
        .or(Classes::MONTH)
        .or(Classes::RELATIVE_DAY)
        .or(Classes::COMPASS)
        .or(Classes::SAY_VERB);
    line.joined(at)
        && matches!(line.kind(at), Some(WordKind::Arabic))
        && (!line.bare(at).any(NEVER) || line.form(at) == "طالب")
        && (line.form(at).chars().count() > 2 || matches!(line.form(at), "طن" | "كم" | "سم" | "كغ"))
        && !line.is_clitic_word(at)
}

/// Adjectives that say the kind of what is counted.
const PLAIN: Classes = Classes::DEF_ADJ.or(Classes::FACILITY_ADJ).or(Classes::WEAPON_ADJ_DEF);

/// Adds to a counted noun what says its kind: a plain adjective, a nationality, a genitive of kind.
fn with_genitive(line: &Line<'_>, noun: usize) -> usize {
    const KIND: Classes = Classes::COUNT_ADJ
        .or(Classes::COUNT_GENITIVE)
        .or(Classes::OTHER_WORD)
        .or(Classes::WEAPON_ADJ)
        .or(Classes::WEAPON_GENITIVE)
        .or(Classes::WEAPON_MODEL);
    let mut last = noun;
    let definite = line.definite(noun);
    while last < noun + 3 && line.joined(last + 1) {
        let next = last + 1;
        let nationality = line.bare(next).any(Classes::NATIONALITY.or(Classes::NATIONALITY_WEAK));
        let fits = if definite {
            nationality && line.definite(next)
        } else {
            !line.definite(next)
                && (nationality || line.bare(next).any(KIND) || line.is_indefinite_adjective(next, PLAIN))
        };
        if !fits || line.is_clitic_word(next) {
            break;
        }
        last = next;
    }
    // غير نظامي
    if last == noun
        && line.joined(last + 2)
        && line.form(last + 1) == "غير"
        && line.joined(last + 1)
        && !definite
    {
        last += 2;
    }
    // مشتبه به, مشتبها بهم
    if last == noun
        && matches!(line.form(noun), "مشتبه" | "مشتبها")
        && line.joined(noun + 1)
        && matches!(line.form(noun + 1), "به" | "بهم" | "بها" | "بهن")
    {
        return noun + 1;
    }
    // محلية الصنع belongs to a counted weapon.
    if last > noun && line.form(last) == "محليه" && line.joined(last + 1) && line.form(last + 1) == "الصنع"
    {
        last += 1;
    }
    // ألف شخص من ... stays outside; عمال الميناء is counted behind المئات من.
    if noun > 1
        && line.form(noun - 1) == "من"
        && last == noun
        && !definite
        && line.joined(noun + 1)
        && line.definite(noun + 1)
        && is_noun(line, noun + 1)
    {
        last = noun + 1;
    }
    last
}

/// من عناصرها, من جنودها الإندونيسيين; a name behind a construct keeps its own span.
fn with_genitive_owner(line: &Line<'_>, noun: usize) -> usize {
    let adjective = line.next(noun + 1).any(Classes::NATIONALITY) && line.form(noun).ends_with("ها");
    let kin = matches!(line.form(noun), "اهل" | "ابناء")
        && line.joined(noun + 1)
        && is_noun(line, noun + 1)
        && line.form(noun + 1).ends_with('ي');
    noun + usize::from(adjective || kin)
}

/// The adjectives of a dual agree in its ending: عسكريان تونسيان.
fn dual_adjectives(line: &Line<'_>, noun: usize) -> usize {
    let mut last = noun;
    while last < noun + 2 && line.joined(last + 1) {
        let form = line.form(last + 1);
        let agrees = form.ends_with("ان") || form.ends_with("ين");
        let adjective =
            line.bare(last + 1).any(Classes::NATIONALITY.or(Classes::OTHER_WORD).or(Classes::TWO_NUMBER));
        if !(agrees && adjective) {
            break;
        }
        last += 1;
    }
    last
}
