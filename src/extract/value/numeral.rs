//! Numbers in digits and in words, in every case and gender: `1,200`, `3.4 مليار`, `ألفين وثلاثمئة وخمسة وأربعين`.

use super::amount::Amount;
use super::surface::Cursor;

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) amount: Amount,
    /// It is a number noun (عشرات, مئات): so many at least, and the order of magnitude.
    pub(super) open: bool,
}

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// 1 to 10.
    Unit(u64),
    /// 20 to 90.
    Tens(u64),
    /// 100 to 900.
    Hundreds(u64),
    /// عشرات, مئات: a number noun, or a hundred behind a unit (ثلاث مئات).
    Many(u64),
    /// ألف, مليون: multiplies what stands before it.
    Scale(u64),
    /// آلاف, ملايين: the same, or a number noun.
    Scales(u64),
    /// ألفان.
    TwoOf(u64),
    /// ألفا: two in the construct state, or one in the accusative, behind a number or written with tanwin.
    OneOrTwoOf(u64),
    /// نصف, ثلث.
    Share(u64, u64),
}

/// The number that begins at the cursor, which then stands behind it.
pub(super) fn numeral(cursor: &mut Cursor<'_>) -> Option<Numeral> {
    cursor.read(|cursor| {
        let mut sum = Sum::first(cursor)?;
        while sum.next(cursor)? {}
        Some(Numeral { amount: sum.total.plus(sum.group)?, open: sum.open })
    })
}

/// A number as far as it was read.
#[derive(Debug)]
struct Sum {
    /// What scales have closed: the two million of مليونين وثلاثمئة ألف.
    total: Amount,
    /// What the next scale will multiply.
    group: Amount,
    /// The last scale, for ونصف.
    scale: u64,
    /// What the last scale has added, for ثلاثة آلاف مليار.
    last_term: Amount,
    /// The unit that was the last word: عشر and مئة take it up.
    unit: Option<u64>,
    open: bool,
}

impl Sum {
    fn first(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut sum = Self {
            total: Amount::ZERO,
            group: Amount::ZERO,
            scale: 1,
            last_term: Amount::ZERO,
            unit: None,
            open: false,
        };
        if let Some(amount) = cursor.read(digits) {
            sum.group = amount;
            return Some(sum);
        }
        let (part, tanwin) = (part(cursor.form())?, cursor.has_tanwin());
        cursor.step();
        match part {
            Part::Share(over, under) => {
                let share = Amount::fraction(over, under)?;
                // نصف مليون, نصف المليون
                match cursor.look_up(scale) {
                    Some(scale) => sum.total = share.times(scale)?,
                    None => sum.group = share,
                }
            }
            Part::Many(number) => (sum.group, sum.open) = (Amount::whole(number), true),
            Part::Scales(scale) => {
                sum.open = true;
                sum.close(Amount::whole(scale), scale)?;
            }
            other => sum.add(other, tanwin)?,
        }
        // ثلاثة أرباع
        if let (Some(unit), Some(under)) = (sum.unit, cursor.look_up(shares)) {
            sum.group = Amount::fraction(unit, under)?;
            sum.unit = None;
        }
        Some(sum)
    }

    /// Reads one more word; false if the number ends here.
    fn next(&mut self, cursor: &mut Cursor<'_>) -> Option<bool> {
        let form = cursor.form();
        if let (Some(1..=9), "عشر" | "عشره" | "عشرا") = (self.unit, form) {
            cursor.step();
            self.group = self.group.plus(Amount::whole(10))?;
            self.unit = None;
            return Some(true);
        }
        match (self.unit, part(form)) {
            // ثلاث مئة
            (Some(unit @ 3..=9), Some(Part::Hundreds(100) | Part::Many(100))) => {
                self.group = self.group.plus(Amount::whole(unit * 99))?;
                self.unit = None;
            }
            (_, Some(Part::Scale(scale) | Part::Scales(scale) | Part::OneOrTwoOf(scale))) => {
                self.multiply(scale)?;
            }
            _ => return self.joined(cursor),
        }
        cursor.step();
        Some(true)
    }

    /// Reads a part behind و.
    fn joined(&mut self, cursor: &mut Cursor<'_>) -> Option<bool> {
        let Some(mut behind) = cursor.conjoined() else { return Some(false) };
        if let Some(amount) = behind.read(digits) {
            self.group = self.group.plus(amount)?;
            self.unit = None;
            *cursor = behind;
            return Some(true);
        }
        let (Some(part), tanwin) = (part(behind.form()), behind.has_tanwin()) else { return Some(false) };
        match part {
            Part::Share(over, under) => {
                behind.step();
                let share = Amount::fraction(over, under)?;
                // مليون ونصف, مليون ونصف المليون
                let scale = behind
                    .look_up(|form| scale(form).filter(|_| form.starts_with("ال")))
                    .unwrap_or(self.scale);
                self.total = self.total.plus(share.times(scale)?)?;
                *cursor = behind;
                return Some(false);
            }
            Part::Many(_) => return Some(false),
            other => self.add(other, tanwin)?,
        }
        behind.step();
        *cursor = behind;
        Some(true)
    }

    /// Adds a part that stands by itself or behind و.
    fn add(&mut self, part: Part, tanwin: bool) -> Option<()> {
        self.unit = None;
        match part {
            Part::Unit(unit) => {
                self.unit = Some(unit);
                self.group = self.group.plus(Amount::whole(unit))?;
            }
            Part::Tens(number) | Part::Hundreds(number) | Part::Many(number) => {
                self.group = self.group.plus(Amount::whole(number))?;
            }
            Part::Scale(scale) | Part::Scales(scale) => self.close(Amount::whole(scale), scale)?,
            Part::OneOrTwoOf(scale) if tanwin => self.close(Amount::whole(scale), scale)?,
            Part::TwoOf(scale) | Part::OneOrTwoOf(scale) => {
                self.close(Amount::whole(scale).times(2)?, scale)?;
            }
            Part::Share(..) => return None,
        }
        Some(())
    }

    /// Multiplies the open group by a scale, or the last scale's term if no group is open: ثلاثة آلاف مليار.
    fn multiply(&mut self, scale: u64) -> Option<()> {
        if self.group == Amount::ZERO {
            let more = self.last_term.times(scale.checked_sub(1)?)?;
            self.last_term = self.last_term.times(scale)?;
            self.total = self.total.plus(more)?;
            self.scale = scale;
            self.unit = None;
            return Some(());
        }
        let term = self.group.times(scale)?;
        self.group = Amount::ZERO;
        self.close(term, scale)
    }

    /// Adds what a scale has multiplied.
    fn close(&mut self, term: Amount, scale: u64) -> Option<()> {
        self.unit = None;
        self.total = self.total.plus(term)?;
        self.last_term = term;
        self.scale = scale;
        Some(())
    }
}

/// A number in digits. `.` and `,` are read by magnitude, as papers use both for both: before three last digits they
/// part thousands (1.200), elsewhere decimals (3.4, 0.125); a scale word or a percent sign behind makes it a decimal.
fn digits(cursor: &mut Cursor<'_>) -> Option<Amount> {
    let mut form = cursor.form();
    // الـ24 is two words by now.
    if form == "ال" {
        cursor.step();
        form = cursor.form();
    }
    if !form.bytes().next()?.is_ascii_digit()
        || !form.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return None;
    }
    cursor.step();
    let scaled = part(cursor.form())
        .is_some_and(|part| matches!(part, Part::Scale(_) | Part::Scales(_) | Part::OneOrTwoOf(_)))
        || cursor.form() == "%";
    amount_of(form, scaled)
}

fn amount_of(form: &str, scaled: bool) -> Option<Amount> {
    let signs = form.matches(['.', ',']).count();
    let last = form.rfind(['.', ',']);
    let decimal = last.filter(|&at| {
        let (whole, tail) = (form.get(..at).unwrap_or_default(), form.get(at + 1..).unwrap_or_default());
        let same = form.get(at..=at).is_some_and(|sign| whole.contains(sign));
        if signs > 1 {
            // 1,200.5: the last sign is another one than those before it.
            return !same;
        }
        tail.len() != 3 || whole.starts_with('0') || whole.len() > 3 || scaled
    });
    let bare = |text: &str| text.replace(['.', ','], "");
    let Some(at) = decimal else { return Some(Amount::whole(bare(form).parse().ok()?)) };
    let fraction = form.get(at + 1..)?;
    let all = bare(form).parse().ok()?;
    Amount::fraction(all, 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?)
}

/// What a word, with or without the article, adds to a number.
fn part(form: &str) -> Option<Part> {
    word(form).or_else(|| word(form.strip_prefix("ال")?))
}

fn word(form: &str) -> Option<Part> {
    Some(match form {
        "واحد" | "واحده" | "واحدا" | "احد" | "احدي" => Part::Unit(1),
        "اثنان" | "اثنين" | "اثنا" | "اثني" | "اثنتان" | "اثنتين" | "اثنتا" | "اثنتي" => {
            Part::Unit(2)
        }
        "ثلاثه" | "ثلاث" | "ثلاثا" => Part::Unit(3),
        "اربعه" | "اربع" | "اربعا" => Part::Unit(4),
        "خمسه" | "خمس" | "خمسا" => Part::Unit(5),
        "سته" | "ست" | "ستا" => Part::Unit(6),
        "سبعه" | "سبع" | "سبعا" => Part::Unit(7),
        "ثمانيه" | "ثماني" | "ثمان" | "ثمانيا" => Part::Unit(8),
        "تسعه" | "تسع" | "تسعا" => Part::Unit(9),
        "عشره" | "عشر" | "عشرا" => Part::Unit(10),
        "عشرون" | "عشرين" => Part::Tens(20),
        "ثلاثون" | "ثلاثين" => Part::Tens(30),
        "اربعون" | "اربعين" => Part::Tens(40),
        "خمسون" | "خمسين" => Part::Tens(50),
        "ستون" | "ستين" => Part::Tens(60),
        "سبعون" | "سبعين" => Part::Tens(70),
        "ثمانون" | "ثمانين" => Part::Tens(80),
        "تسعون" | "تسعين" => Part::Tens(90),
        "ميتان" | "ميتين" | "ميتا" | "ميتي" | "مايتان" | "مايتين" | "مايتا" | "مايتي" => {
            Part::Hundreds(200)
        }
        "عشرات" => Part::Many(10),
        "ميات" | "مياات" => Part::Many(100),
        "الف" => Part::Scale(1000),
        "الاف" => Part::Scales(1000),
        "الفان" | "الفين" | "الفي" => Part::TwoOf(1000),
        "الفا" => Part::OneOrTwoOf(1000),
        "مليون" => Part::Scale(MILLION),
        "ملايين" => Part::Scales(MILLION),
        "مليونان" | "مليونين" | "مليوني" => Part::TwoOf(MILLION),
        "مليونا" => Part::OneOrTwoOf(MILLION),
        "مليار" | "بليون" => Part::Scale(BILLION),
        "مليارات" | "بلايين" => Part::Scales(BILLION),
        "ملياران" | "مليارين" | "ملياري" | "بليونان" | "بليونين" | "بليوني" => {
            Part::TwoOf(BILLION)
        }
        "مليارا" | "بليونا" => Part::OneOrTwoOf(BILLION),
        "تريليون" | "ترليون" => Part::Scale(TRILLION),
        "تريليونات" | "ترليونات" => Part::Scales(TRILLION),
        "تريليونان" | "تريليونين" | "تريليوني" => Part::TwoOf(TRILLION),
        "تريليونا" | "ترليونا" => Part::OneOrTwoOf(TRILLION),
        "نصف" => Part::Share(1, 2),
        "ثلث" => Part::Share(1, 3),
        "ثلثا" | "ثلثي" | "ثلثان" | "ثلثين" => Part::Share(2, 3),
        "ربع" => Part::Share(1, 4),
        _ => return hundreds(form).map(Part::Hundreds),
    })
}

const MILLION: u64 = 1_000_000;
const BILLION: u64 = 1000 * MILLION;
const TRILLION: u64 = 1000 * BILLION;

/// مئة, ثلاثمئة, ستمائة.
fn hundreds(form: &str) -> Option<u64> {
    let head = form.strip_suffix("ميه").or_else(|| form.strip_suffix("مايه"))?;
    Some(match head {
        "" => 100,
        "ثلاث" => 300,
        "اربع" => 400,
        "خمس" => 500,
        "ست" => 600,
        "سبع" => 700,
        "ثمان" | "ثماني" => 800,
        "تسع" => 900,
        _ => return None,
    })
}

/// A single scale, with or without the article.
fn scale(form: &str) -> Option<u64> {
    match part(form)? {
        Part::Scale(scale) => Some(scale),
        _ => None,
    }
}

/// أرباع behind a number.
fn shares(form: &str) -> Option<u64> {
    Some(match form {
        "اثلاث" => 3,
        "ارباع" => 4,
        "اخماس" => 5,
        "اسداس" => 6,
        "اسباع" => 7,
        "اثمان" => 8,
        "اتساع" => 9,
        "اعشار" => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::surface::Surface;
    use super::*;

    fn read(text: &str) -> Option<String> {
        let surface = Surface::new(text)?;
        let mut cursor = surface.cursor();
        let found = numeral(&mut cursor)?;
        let rest = if cursor.is_done() { "" } else { "…" };
        Some(format!("{}{}{rest}", found.amount, if found.open { "+" } else { "" }))
    }

    #[test]
    fn signs_in_digits_are_read_by_magnitude() {
        for (text, value) in [
            ("1,200", "1200"),
            ("1.200", "1200"),
            ("1.200.000", "1200000"),
            ("1,200.5", "1200.5"),
            ("1.200,5", "1200.5"),
            ("٣٫٤", "3.4"),
            ("٦٥٬٠٠٠", "65000"),
            ("۳٫۵", "3.5"),
            ("0.125", "0.125"),
            ("2.125 مليون", "2125000"),
            ("12.375%", "12.375…"),
            ("3.14", "3.14"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn a_number_ends_where_its_words_end() {
        assert_eq!(read("ثلاثة وزراء").as_deref(), Some("3…"));
        assert_eq!(read("ألف وثلاثمئة ومسعف").as_deref(), Some("1300…"));
        assert_eq!(read("مليون ونصف المليون دولار").as_deref(), Some("1500000…"));
        assert_eq!(read("عدة"), None);
        assert_eq!(read("14:30"), None);
        assert_eq!(read("3/4"), None);
    }

    #[test]
    fn a_number_that_is_too_large_is_none() {
        assert_eq!(read("99999999999999999999"), None);
        assert_eq!(read("999999999999 تريليون"), None);
        assert_eq!(read(&"تريليون ".repeat(6)), None);
    }
}
