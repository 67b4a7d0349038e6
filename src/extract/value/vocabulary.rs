//! The words of time, as folded forms: units, weekdays, months of every system, ordinals, adjectives.

use super::moment::PartOfDay;
use super::period::{Calendar, Season, Step, Which};
use super::surface::Cursor;

/// The number of a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammatical {
    Singular,
    Dual,
    Plural,
}

/// A unit of time without the article.
pub(super) fn step(form: &str) -> Option<(Step, Grammatical)> {
    use Grammatical::{Dual, Plural, Singular};
    Some(match form {
        "ثانيه" => (Step::Second, Singular),
        "ثانيتان" | "ثانيتين" => (Step::Second, Dual),
        "ثوان" | "ثواني" => (Step::Second, Plural),
        "دقيقه" => (Step::Minute, Singular),
        "دقيقتان" | "دقيقتين" => (Step::Minute, Dual),
        "دقايق" => (Step::Minute, Plural),
        "ساعه" => (Step::Hour, Singular),
        "ساعتان" | "ساعتين" => (Step::Hour, Dual),
        "ساعات" => (Step::Hour, Plural),
        "يوم" | "يوما" | "ليله" => (Step::Day, Singular),
        "يومان" | "يومين" | "ليلتان" | "ليلتين" => (Step::Day, Dual),
        "ايام" | "اياما" | "ليال" | "ليالي" => (Step::Day, Plural),
        "اسبوع" | "اسبوعا" => (Step::Week, Singular),
        "اسبوعان" | "اسبوعين" => (Step::Week, Dual),
        "اسابيع" => (Step::Week, Plural),
        "شهر" | "شهرا" => (Step::Month, Singular),
        "شهران" | "شهرين" => (Step::Month, Dual),
        "اشهر" | "شهور" | "شهورا" | "اشهرا" => (Step::Month, Plural),
        "عام" | "عاما" | "سنه" => (Step::Year, Singular),
        "عامان" | "عامين" | "سنتان" | "سنتين" => (Step::Year, Dual),
        "اعوام" | "اعواما" | "سنوات" | "سنين" | "سنون" => (Step::Year, Plural),
        "عقد" | "عقدا" => (Step::Decade, Singular),
        "عقدان" | "عقدين" => (Step::Decade, Dual),
        "عقود" | "عقودا" => (Step::Decade, Plural),
        "قرن" | "قرنا" => (Step::Century, Singular),
        "قرنان" | "قرنين" => (Step::Century, Dual),
        "قرون" | "قرونا" => (Step::Century, Plural),
        _ => return None,
    })
}

/// A day of the week: 1 Monday to 7 Sunday.
pub(super) fn weekday(form: &str) -> Option<u8> {
    Some(match form {
        "الاثنين" | "الاتنين" => 1,
        "الثلاثاء" | "الثلاثا" => 2,
        "الاربعاء" | "الاربعا" => 3,
        "الخميس" => 4,
        "الجمعه" => 5,
        "السبت" => 6,
        "الاحد" => 7,
        _ => return None,
    })
}

/// A part of the day as it stands before a day: فجر, مساء.
pub(super) fn part_of_day(form: &str) -> Option<PartOfDay> {
    Some(match form {
        "فجر" | "سحر" => PartOfDay::Dawn,
        "صباح" | "صبيحه" | "ضحي" => PartOfDay::Morning,
        "ظهر" | "ظهيره" => PartOfDay::Midday,
        "عصر" => PartOfDay::Afternoon,
        "مساء" | "عشيه" | "امسيه" => PartOfDay::Evening,
        "ليل" | "ليله" => PartOfDay::Night,
        "نهار" => PartOfDay::Daytime,
        _ => return None,
    })
}

/// A part of any day: الفجر, المغيب.
pub(super) fn definite_part_of_day(form: &str) -> Option<PartOfDay> {
    Some(match form {
        "السحور" => PartOfDay::Dawn,
        "الشروق" => PartOfDay::Morning,
        "المغيب" | "الغروب" | "المغرب" | "الافطار" => PartOfDay::Evening,
        "العشاء" => PartOfDay::Night,
        "الليله" => return None,
        _ => return part_of_day(form.strip_prefix("ال")?),
    })
}

/// A part of the day as an adverb: ليلًا, صباحًا, مساءً; on the clock also ص and م.
pub(super) fn adverb_of_day(form: &str) -> Option<PartOfDay> {
    Some(match form {
        "فجرا" => PartOfDay::Dawn,
        "صباحا" => PartOfDay::Morning,
        "ظهرا" => PartOfDay::Midday,
        "عصرا" => PartOfDay::Afternoon,
        "مساء" => PartOfDay::Evening,
        "ليلا" => PartOfDay::Night,
        "نهارا" => PartOfDay::Daytime,
        _ => return None,
    })
}

/// An adjective that chooses one of the periods of a name. التالي, السابق and نفسه hang on the story, not on the day of
/// publication, and choose none.
pub(super) fn which(form: &str) -> Option<Which> {
    Some(match form {
        "الماضي" | "الماضيه" | "الفايت" | "الفايته" | "المنصرم" | "المنصرمه" | "الاخير" | "الاخيره"
        | "الماضيين" | "الماضيان" | "الاخيرين" | "الاخيران" | "الاخيرتين" | "الماضيتين" | "المنصرمين" => {
            Which::Past
        }
        "المقبل" | "المقبله" | "القادم" | "القادمه" | "المقبلين" | "القادمين" | "المقبلان" | "المقبلتين"
        | "القادمتين" | "الجديد" | "الجديده" => Which::Next,
        "الجاري" | "الجاريه" | "الحالي" | "الحاليه" => Which::This,
        _ => return None,
    })
}

/// A season: صيف.
pub(super) fn season(form: &str) -> Option<Season> {
    Some(match form {
        "ربيع" => Season::Spring,
        "صيف" => Season::Summer,
        "خريف" => Season::Autumn,
        "شتاء" => Season::Winter,
        _ => return None,
    })
}

/// A decade of a century by its name: 8 for ثمانينيات.
pub(super) fn decade(form: &str) -> Option<u8> {
    let form = form.strip_prefix("ال").unwrap_or(form);
    Some(match form.strip_suffix("يات").or_else(|| form.strip_suffix("ات"))? {
        "عشرين" => 2,
        "ثلاثين" => 3,
        "اربعين" => 4,
        "خمسين" => 5,
        "ستين" => 6,
        "سبعين" => 7,
        "ثمانين" => 8,
        "تسعين" => 9,
        _ => return None,
    })
}

/// A month in any system of names (guideline 5.9), in one word or two.
pub(super) fn month(cursor: &mut Cursor<'_>) -> Option<(Calendar, u8)> {
    cursor.read(|cursor| {
        let first = cursor.form();
        cursor.step();
        if let Some(found) = month_of_two_words(first, cursor.form()) {
            cursor.step();
            return Some(found);
        }
        month_of_one_word(first)
    })
}

fn month_of_one_word(form: &str) -> Option<(Calendar, u8)> {
    let gregorian = match form {
        "يناير" | "جانفي" => 1,
        "شباط" | "فبراير" | "فيفري" => 2,
        "اذار" | "مارس" => 3,
        "نيسان" | "ابريل" | "افريل" => 4,
        "ايار" | "مايو" | "ماي" => 5,
        "حزيران" | "يونيو" | "يونيه" | "جوان" => 6,
        "تموز" | "يوليو" | "يوليه" | "جويليه" | "يوليوز" => 7,
        "اب" | "اغسطس" | "اوت" | "غشت" => 8,
        "ايلول" | "سبتمبر" | "شتنبر" => 9,
        "اكتوبر" => 10,
        "نوفمبر" | "نونبر" => 11,
        "ديسمبر" | "دجنبر" => 12,
        _ => 0,
    };
    if gregorian > 0 {
        return Some((Calendar::Gregorian, gregorian));
    }
    let hijri = match form {
        "محرم" | "المحرم" => 1,
        "صفر" => 2,
        "رجب" => 7,
        "شعبان" => 8,
        "رمضان" => 9,
        "شوال" => 10,
        _ => return None,
    };
    Some((Calendar::Hijri, hijri))
}

fn month_of_two_words(first: &str, second: &str) -> Option<(Calendar, u8)> {
    Some(match (first, second) {
        ("كانون", "الثاني") => (Calendar::Gregorian, 1),
        ("تشرين", "الاول") => (Calendar::Gregorian, 10),
        ("تشرين", "الثاني") => (Calendar::Gregorian, 11),
        ("كانون", "الاول") => (Calendar::Gregorian, 12),
        ("ربيع", "الاول") => (Calendar::Hijri, 3),
        ("ربيع", "الاخر" | "الثاني") => (Calendar::Hijri, 4),
        ("جمادي", "الاولي" | "الاول") => (Calendar::Hijri, 5),
        ("جمادي", "الاخره" | "الثانيه" | "الاخر" | "الثاني") => {
            (Calendar::Hijri, 6)
        }
        ("ذو" | "ذي", "القعده") => (Calendar::Hijri, 11),
        ("ذو" | "ذي", "الحجه") => (Calendar::Hijri, 12),
        _ => return None,
    })
}

/// An ordinal with the article: الأول, الثانية عشرة, الحادي والعشرين.
pub(super) fn ordinal(cursor: &mut Cursor<'_>) -> Option<u8> {
    cursor.read(|cursor| {
        if let Some(tens) = cursor.look_up(ordinal_tens) {
            return Some(tens);
        }
        let unit = cursor.look_up(ordinal_unit)?;
        if unit < 10 && cursor.take_any(&["عشر", "عشره"]) {
            return Some(unit + 10);
        }
        let joined = cursor.conjoined().and_then(|mut behind| Some((behind.look_up(ordinal_tens)?, behind)));
        if let Some((tens, behind)) = joined {
            *cursor = behind;
            return Some(unit + tens);
        }
        // الحادي stands in compounds only.
        Some(unit)
    })
}

fn ordinal_unit(form: &str) -> Option<u8> {
    Some(match form {
        "الاول" | "الاولي" | "الحادي" | "الحاديه" | "الواحده" => 1,
        "الثاني" | "الثانيه" => 2,
        "الثالث" | "الثالثه" => 3,
        "الرابع" | "الرابعه" => 4,
        "الخامس" | "الخامسه" => 5,
        "السادس" | "السادسه" => 6,
        "السابع" | "السابعه" => 7,
        "الثامن" | "الثامنه" => 8,
        "التاسع" | "التاسعه" => 9,
        "العاشر" | "العاشره" => 10,
        _ => return None,
    })
}

fn ordinal_tens(form: &str) -> Option<u8> {
    Some(match form {
        "العشرون" | "العشرين" => 20,
        "الثلاثون" | "الثلاثين" => 30,
        _ => return None,
    })
}
