//! Presentation forms (letters drawn in one joining shape, and ligatures) spelled out in plain letters.
//!
//! Texts copied from old pages and PDF files hold them. The forms are the compatibility compositions of the Unicode
//! Character Database; a mark that Unicode shows on a space is given without the space, and the two phrases in one
//! character (U+FDFA, U+FDFB) are left whole.

const FIRST_A: u32 = 0xFB50;
const LAST_A: u32 = 0xFDFC;
const FIRST_B: u32 = 0xFE70;
const LAST_B: u32 = 0xFEFC;

const COUNT_A: usize = (LAST_A - FIRST_A + 1) as usize;
const COUNT_B: usize = (LAST_B - FIRST_B + 1) as usize;

static STARTS_A: [u16; COUNT_A + 1] = starts(FORMS_A);
static STARTS_B: [u16; COUNT_B + 1] = starts(FORMS_B);

/// Where each entry of a list begins; the last number is one past the list's closing space that is not there.
const fn starts<const N: usize>(forms: &str) -> [u16; N] {
    let bytes = forms.as_bytes();
    let mut starts = [0; N];
    let mut entry = 1;
    let mut byte = 0;
    while byte < bytes.len() {
        if bytes[byte] == b' ' {
            starts[entry] = byte as u16 + 1;
            entry += 1;
        }
        byte += 1;
    }
    starts[entry] = byte as u16 + 1;
    assert!(entry == N - 1, "one entry for each code point");
    starts
}

/// The plain letters of a presentation form; `None` for every other character.
pub(crate) fn spelled_out(c: char) -> Option<&'static str> {
    let code = c as u32;
    let (index, starts, forms) = match code {
        FIRST_A..=LAST_A => (code - FIRST_A, &STARTS_A[..], FORMS_A),
        FIRST_B..=LAST_B => (code - FIRST_B, &STARTS_B[..], FORMS_B),
        _ => return None,
    };
    let index = index as usize;
    let form = forms.get(*starts.get(index)? as usize..*starts.get(index + 1)? as usize - 1)?;
    (form != "-").then_some(form)
}

#[rustfmt::skip]
/// Spelled-out forms of U+FB50..=U+FDFC, one a code point, `-` where there is none.
const FORMS_A: &str = "\
    ٱ ٱ ٻ ٻ ٻ ٻ پ پ \
    پ پ ڀ ڀ ڀ ڀ ٺ ٺ \
    ٺ ٺ ٿ ٿ ٿ ٿ ٹ ٹ \
    ٹ ٹ ڤ ڤ ڤ ڤ ڦ ڦ \
    ڦ ڦ ڄ ڄ ڄ ڄ ڃ ڃ \
    ڃ ڃ چ چ چ چ ڇ ڇ \
    ڇ ڇ ڍ ڍ ڌ ڌ ڎ ڎ \
    ڈ ڈ ژ ژ ڑ ڑ ک ک \
    ک ک گ گ گ گ ڳ ڳ \
    ڳ ڳ ڱ ڱ ڱ ڱ ں ں \
    ڻ ڻ ڻ ڻ ۀ ۀ ہ ہ \
    ہ ہ ھ ھ ھ ھ ے ے \
    ۓ ۓ - - - - - - \
    - - - - - - - - \
    - - - - - - - - \
    - - - - - - - - \
    - - - ڭ ڭ ڭ ڭ ۇ \
    ۇ ۆ ۆ ۈ ۈ ۇٴ ۋ ۋ \
    ۅ ۅ ۉ ۉ ې ې ې ې \
    ى ى ئا ئا ئە ئە ئو ئو \
    ئۇ ئۇ ئۆ ئۆ ئۈ ئۈ ئې ئې \
    ئې ئى ئى ئى ی ی ی ی \
    ئج ئح ئم ئى ئي بج بح بخ \
    بم بى بي تج تح تخ تم تى \
    تي ثج ثم ثى ثي جح جم حج \
    حم خج خح خم سج سح سخ سم \
    صح صم ضج ضح ضخ ضم طح طم \
    ظم عج عم غج غم فج فح فخ \
    فم فى في قح قم قى قي كا \
    كج كح كخ كل كم كى كي لج \
    لح لخ لم لى لي مج مح مخ \
    مم مى مي نج نح نخ نم نى \
    ني هج هم هى هي يج يح يخ \
    يم يى يي ذ\u{670} ر\u{670} ى\u{670} \u{64C}\u{651} \u{64D}\u{651} \
    \u{64E}\u{651} \u{64F}\u{651} \u{650}\u{651} \u{651}\u{670} ئر ئز ئم ئن \
    ئى ئي بر بز بم بن بى بي \
    تر تز تم تن تى تي ثر ثز \
    ثم ثن ثى ثي فى في قى قي \
    كا كل كم كى كي لم لى لي \
    ما مم نر نز نم نن نى ني \
    ى\u{670} ير يز يم ين يى يي ئج \
    ئح ئخ ئم ئه بج بح بخ بم \
    به تج تح تخ تم ته ثم جح \
    جم حج حم خج خم سج سح سخ \
    سم صح صخ صم ضج ضح ضخ ضم \
    طح ظم عج عم غج غم فج فح \
    فخ فم قح قم كج كح كخ كل \
    كم لج لح لخ لم له مج مح \
    مخ مم نج نح نخ نم نه هج \
    هم ه\u{670} يج يح يخ يم يه ئم \
    ئه بم به تم ته ثم ثه سم \
    سه شم شه كل كم لم نم نه \
    يم يه ـ\u{64E}\u{651} ـ\u{64F}\u{651} ـ\u{650}\u{651} طى طي عى \
    عي غى غي سى سي شى شي حى \
    حي جى جي خى خي صى صي ضى \
    ضي شج شح شخ شم شر سر صر \
    ضر طى طي عى عي غى غي سى \
    سي شى شي حى حي جى جي خى \
    خي صى صي ضى ضي شج شح شخ \
    شم شر سر صر ضر شج شح شخ \
    شم سه شه طم سج سح سخ شج \
    شح شخ طم ظم ا\u{64B} ا\u{64B} - - \
    - - - - - - - - \
    - - - - - - - - \
    تجم تحج تحج تحم تخم تمج تمح تمخ \
    جمح جمح حمي حمى سحج سجح سجى سمح \
    سمح سمج سمم سمم صحح صحح صمم شحم \
    شحم شجي شمخ شمخ شمم شمم ضحى ضخم \
    ضخم طمح طمح طمم طمي عجم عمم عمم \
    عمى غمم غمي غمى فخم فخم قمح قمم \
    لحم لحي لحى لجج لجج لخم لخم لمح \
    لمح محج محم محي مجح مجم مخج مخم \
    - - مجخ همج همم نحم نحى نجم \
    نجم نجى نمي نمى يمم يمم بخي تجي \
    تجى تخي تخى تمي تمى جمي جحى جمى \
    سخى صحي شحي ضحي لجي لمي يحي يجي \
    يمي ممي قمي نحي قمح لحم عمي كمي \
    نجح مخي لجم كمم لجم نجح جحي حجي \
    مجي فمي بحي كمم عجم صمم سخي نجي \
    - - - - - - - - \
    - - - - - - - - \
    - - - - - - - - \
    - - - - - - - - \
    - - - - - - - - \
    صلے قلے الله اكبر محمد صلعم رسول عليه \
    وسلم صلى - - ریال";

#[rustfmt::skip]
/// Spelled-out forms of U+FE70..=U+FEFC, one a code point, `-` where there is none.
const FORMS_B: &str = "\
    \u{64B} ـ\u{64B} \u{64C} - \u{64D} - \u{64E} ـ\u{64E} \
    \u{64F} ـ\u{64F} \u{650} ـ\u{650} \u{651} ـ\u{651} \u{652} ـ\u{652} \
    ء آ آ أ أ ؤ ؤ إ \
    إ ئ ئ ئ ئ ا ا ب \
    ب ب ب ة ة ت ت ت \
    ت ث ث ث ث ج ج ج \
    ج ح ح ح ح خ خ خ \
    خ د د ذ ذ ر ر ز \
    ز س س س س ش ش ش \
    ش ص ص ص ص ض ض ض \
    ض ط ط ط ط ظ ظ ظ \
    ظ ع ع ع ع غ غ غ \
    غ ف ف ف ف ق ق ق \
    ق ك ك ك ك ل ل ل \
    ل م م م م ن ن ن \
    ن ه ه ه ه و و ى \
    ى ي ي ي ي لآ لآ لأ \
    لأ لإ لإ لا لا";

#[cfg(test)]
mod tests {
    use super::spelled_out;

    #[test]
    fn forms_are_spelled_out() {
        for (form, letters) in [
            ('\u{FB50}', "ٱ"),
            ('\u{FBFF}', "ی"),
            ('\u{FDF2}', "الله"),
            ('\u{FDFC}', "ریال"),
            ('\u{FE80}', "ء"),
            ('\u{FE8B}', "ئ"),
            ('\u{FE91}', "ب"),
            ('\u{FEFC}', "لا"),
            ('\u{FC5E}', "\u{64C}\u{651}"),
            ('\u{FE71}', "ـ\u{64B}"),
        ] {
            assert_eq!(spelled_out(form), Some(letters), "U+{:04X}", form as u32);
        }
    }

    #[test]
    fn other_characters_are_left_alone() {
        for c in ['ب', '\u{FDFA}', '\u{FD3E}', '\u{FE75}', '\u{FB4F}', '\u{FEFF}'] {
            assert_eq!(spelled_out(c), None, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn spelled_out_letters_are_not_forms_themselves() {
        for letters in (0xFB50..=0xFEFF).filter_map(char::from_u32).filter_map(spelled_out) {
            assert!(letters.chars().all(|c| spelled_out(c).is_none()), "{letters}");
        }
    }
}
