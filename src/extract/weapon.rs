//! Weapons and equipment (guideline 3.8): nouns with their words of kind, and models.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use crate::text::WordKind;

/// Proposes the weapon that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    const HEAD: Classes = Classes::WEAPON.or(Classes::WEAPON_WEAK).or(Classes::WEAPON_MODEL);
    for reading in line.openings_of(index, HEAD) {
        let Some((head, classes)) = line.longest(index, reading, HEAD) else { continue };
        // الفصائل المقاتلة: an adjective.
        if head == index
            && line.joined(index)
            && index > 0
            && line.definite(index - 1)
            && matches!(line.form_of(reading), "المقاتله" | "المدمره" | "المسيره")
        {
            continue;
        }
        let last = with_kinds(line, head, reading.definite, head > index);
        let rule = if classes.any(Classes::WEAPON) {
            Rule::Weapon
        } else if classes.any(Classes::WEAPON_MODEL) {
            Rule::WeaponModel
        } else if last > head {
            Rule::Weapon
        } else {
            continue;
        };
        out.push(Candidate::new(line, index, reading, last, Label::Wpn, rule));
        return;
    }
    // من طراز فاتح 110: any name behind the words for type.
    if line.after(index, Classes::WEAPON_TYPE)
        && index > 1
        && line.form(index - 2) == "من"
        && let Some(reading) = line.readings(index).first()
    {
        let named = matches!(line.kind(index), Some(WordKind::Latin | WordKind::Mixed | WordKind::Arabic));
        let ordinary = reading.classes().any(Classes::STOP) && !reading.classes().any(Classes::WEAPON_ADJ);
        if named && !ordinary && !line.definite(index) {
            let last = with_number(line, index);
            out.push(
                Candidate::new(line, index, reading, last, Label::Wpn, Rule::WeaponModel)
                    .because_of(index - 1),
            );
        }
    }
}

/// The last word of the weapon that begins at a word read whole, if it is one for certain.
pub(super) fn last_word(line: &Line<'_>, index: usize) -> Option<usize> {
    let reading = line.readings(index).first()?;
    let (head, _) = line.longest(index, reading, Classes::WEAPON)?;
    Some(with_kinds(line, head, reading.definite, head > index))
}

/// A model's number: فاتح 110, آر بي جي 7.
fn with_number(line: &Line<'_>, last: usize) -> usize {
    let number = line.joined(last + 1) && line.kind(last + 1) == Some(WordKind::Number);
    last + usize::from(number && line.form(last + 1).len() <= 4)
}

/// The last word of kind behind a weapon noun; a compound one (القنابل اليدوية) has a first word of kind already.
fn with_kinds(line: &Line<'_>, head: usize, definite: bool, compound: bool) -> usize {
    const KIND: Classes = Classes::WEAPON_ADJ.or(Classes::WEAPON_GENITIVE).or(Classes::WEAPON_MODEL);
    let mut last = head;
    while last < head + 5 {
        let next = last + 1;
        // أرض-جو, أرض - أرض
        if line.gap(next).is_hyphen()
            && matches!(line.form(last), "ارض" | "جو" | "بحر")
            && matches!(line.form(next), "ارض" | "جو" | "بحر")
        {
            last = next;
            continue;
        }
        if !line.joined(next) {
            break;
        }
        let classes = line.bare(next);
        let form = line.form(next);
        let tail = match form {
            // عيار 12.7 ملم
            "عيار" if line.joined(next + 1) => {
                let unit = matches!(line.form(next + 2), "ملم" | "مم" | "ميليمتر" | "مليمتر" | "ملمتر")
                    && line.joined(next + 2);
                Some(next + 1 + usize::from(unit))
            }
            // محمول على الكتف, عديم الارتداد, تقليدي الصنع, مسيلة للدموع, متوسطة المدى, مضاد للدروع
            "محمول" | "محموله" if line.form(next + 1) == "علي" => Some(next + 2),
            "عديم" | "عديمه" | "مسيله" | "متعدده" | "مسيل" | "بعيده" | "قصيره" | "بعيد" | "قصير"
            | "خارقه" | "خارق"
                if line.joined(next + 1) =>
            {
                Some(next + 1)
            }
            "متوسطه" | "متوسط" if line.form(next + 1) == "المدي" => Some(next + 1),
            "تقليدي" | "تقليديه" | "بداييه" if line.form(next + 1) == "الصنع" => {
                Some(next + 1)
            }
            "مضاد" | "مضاده" | "المضاده" | "مضادات"
                if line.joined(next + 1)
                    && (line.form(next + 1).starts_with("لل") || line.definite(next + 1)) =>
            {
                Some(next + 1)
            }
            "بلا" | "بدون" if line.form(next + 1) == "طيار" => Some(next + 1),
            "غير" if matches!(line.form(next + 1), "منفجره" | "المنفجره") => Some(next + 1),
            _ => None,
        };
        if let Some(end) = tail {
            last = end.min(line.len() - 1);
            continue;
        }
        // قذائف آر بي جي, منظومة سي رام, طائرة سوبر توكانو
        let named = line
            .readings(next)
            .first()
            .and_then(|r| line.longest(next, r, Classes::WEAPON_MODEL.or(Classes::WEAPON)))
            .filter(|&(end, found)| end > next || found.any(Classes::WEAPON_MODEL));
        if let Some((end, _)) = named {
            last = end;
            continue;
        }
        // مسيرات سي إتش-95, مقاتلة إف-16
        if line.kind(next) == Some(WordKind::Mixed)
            && !line.is_clitic_word(next)
            && line.readings(next).len() == 1
        {
            last = next;
            continue;
        }
        let lettered =
            form.chars().count() < 4 && line.kind(next + 1) == Some(WordKind::Mixed) && line.joined(next + 1);
        if lettered && !classes.any(Classes::STOP) {
            last = next + 1;
            continue;
        }
        // الأسلحة الخفيفة والمتوسطة
        let joined = line.readings(next).iter().any(|r| {
            r.conjunction.is_some()
                && r.preposition.is_none()
                && r.classes().any(if definite { Classes::WEAPON_ADJ_DEF } else { Classes::WEAPON_ADJ })
                && !r.classes().any(Classes::WEAPON.or(Classes::WEAPON_GENITIVE))
        });
        if joined && (last > head || compound) {
            last = next;
            continue;
        }
        let fits = if definite {
            classes.any(Classes::WEAPON_ADJ_DEF)
        } else if last == head {
            classes.any(KIND) || classes.any(Classes::WEAPON_ADJ_DEF) && is_genitive_kind(form)
        } else {
            classes.any(KIND)
        };
        if !fits && (definite || !line.is_indefinite_adjective(next, Classes::WEAPON_ADJ_DEF)) {
            break;
        }
        last = next;
    }
    let model = last > head && line.bare(last).any(Classes::WEAPON_MODEL.or(Classes::WEAPON_GENITIVE));
    if model || line.bare(head).any(Classes::WEAPON_MODEL) { with_number(line, last) } else { last }
}

/// Definite genitives of kind behind an indefinite noun: قذائف الهاون, راجمات الصواريخ, بنادق القنص.
fn is_genitive_kind(form: &str) -> bool {
    matches!(form, "الهاون" | "القنص" | "المسيرات")
}
