//! The default schema: the eleven labels of conflict news, as the labelling guideline (version 1.0, section 2) has
//! them.
//!
//! Half of a news article is under a label, so the fills are faint and the lines slim: the page must stay a page to
//! read. What tells labels apart is the code beside each span; colour only helps. The lines were searched for in OKLCH
//! around one hue a label (who: blue to plum, and cyan; where: green to teal; what: red to ochre; when: mauve and
//! grey), so that every two of them differ clearly under normal vision and under simulated protanopia, deuteranopia
//! and tritanopia. Fills and inks have their line's hue. `palette_tests` measures it.

use super::{
    Colour, Family, KeyCode, LabelCode, LabelColours, LabelDef, Layers, LineStyle, Localized, Schema, Tint,
};

/// The identifier of the default schema.
pub const CONFLICT_NEWS: &str = "conflict-news/1";

/// One row of the table below.
struct Row {
    code: &'static str,
    key: &'static str,
    digit: &'static str,
    family: Family,
    line: LineStyle,
    name: (&'static str, &'static str),
    definition: (&'static str, &'static str),
    examples: &'static [&'static str],
    colours: LabelColours,
}

const fn tint(mark: u32, line: u32, ink: u32) -> Tint {
    Tint { mark: Colour::rgb(mark), line: Colour::rgb(line), ink: Colour::rgb(ink) }
}

const ROWS: [Row; 11] = [
    Row {
        code: "PER",
        key: "KeyP",
        digit: "Digit1",
        family: Family::Who,
        line: LineStyle::Solid,
        name: ("Person", "شخص"),
        definition: (
            "The proper name of one human being, without title or office.",
            "اسم علم لإنسان واحد، بلا لقب ولا منصب.",
        ),
        examples: &["نجيب محفوظ", "أبو القاسم الشابي", "كوفي عنان"],
        colours: LabelColours {
            light: tint(0xe8ecff, 0x636cec, 0x4e55be),
            dark: tint(0x282c4b, 0x8896ff, 0x94a2fe),
        },
    },
    Row {
        code: "ORG",
        key: "KeyO",
        digit: "Digit2",
        family: Family::Who,
        line: LineStyle::Double,
        name: ("Organisation", "مؤسسة"),
        definition: (
            "A named body that is not itself an armed force: ministry, government, party, company, agency, media.",
            "جهة مسمّاة ليست هي نفسها قوّة مسلّحة: وزارة أو حكومة أو حزب أو شركة أو وكالة أو وسيلة إعلام.",
        ),
        examples: &["وزارة الزراعة", "الحكومة اللبنانية", "أوبك", "رويترز"],
        colours: LabelColours {
            light: tint(0xebebfe, 0x5534b4, 0x533da6),
            dark: tint(0x2a2d46, 0xb6bfff, 0xb6bfff),
        },
    },
    Row {
        code: "GRP",
        key: "KeyG",
        digit: "Digit3",
        family: Family::Who,
        line: LineStyle::Dashed,
        name: ("Armed force or group", "قوّة مسلّحة"),
        definition: (
            "A named army, branch, unit, faction or militia, whether of a state or not.",
            "جيش أو سلاح أو وحدة أو فصيل له اسم، لدولة كان أو لغيرها.",
        ),
        examples: &["الجيش الليبي", "الدرك الوطني", "اليونيفيل", "البيشمركة"],
        colours: LabelColours {
            light: tint(0xf9e6fa, 0x760080, 0x701b78),
            dark: tint(0x3d253f, 0xb967c1, 0xdd86e5),
        },
    },
    Row {
        code: "LOC",
        key: "KeyL",
        digit: "Digit4",
        family: Family::Where,
        line: LineStyle::Solid,
        name: ("Place", "مكان"),
        definition: (
            "A named country, town, district, area, mountain or water, or a zone with a fixed name.",
            "بلد أو مدينة أو ناحية أو جبل أو ماء، أو منطقة لها اسم ثابت.",
        ),
        examples: &["المغرب", "بنغازي", "وادي حضرموت", "الشرق الأوسط"],
        colours: LabelColours {
            light: tint(0xe3f2dd, 0x5b9f3c, 0x386f1c),
            dark: tint(0x07382c, 0x59ceaf, 0x53cfae),
        },
    },
    Row {
        code: "FAC",
        key: "KeyF",
        digit: "Digit5",
        family: Family::Where,
        line: LineStyle::Double,
        name: ("Facility", "منشأة"),
        definition: (
            "A built site with a name, or an institution's title that serves as one.",
            "موقع مبنيّ له اسم، أو صفة مؤسسية تقوم مقام الاسم.",
        ),
        examples: &["مطار النجف الدولي", "سد النهضة", "مخيم الزعتري", "المستشفى الجامعي"],
        colours: LabelColours {
            light: tint(0xd5f0ea, 0x007165, 0x096f63),
            dark: tint(0x19352e, 0x519d88, 0x69b8a2),
        },
    },
    Row {
        code: "EVT",
        key: "KeyE",
        digit: "Digit6",
        family: Family::What,
        line: LineStyle::Solid,
        name: ("Named event", "حدث مسمّى"),
        definition: ("A battle, operation or war with a title.", "معركة أو عملية أو حرب لها عنوان."),
        examples: &["معركة ذي قار", "عملية برخان", "حرب أكتوبر"],
        colours: LabelColours {
            light: tint(0xfde9d8, 0xa55c05, 0x935101),
            dark: tint(0x42290d, 0xdb9140, 0xe49641),
        },
    },
    Row {
        code: "AGR",
        key: "KeyA",
        digit: "Digit7",
        family: Family::What,
        line: LineStyle::Double,
        name: ("Agreement, document", "اتفاق ووثيقة"),
        definition: (
            "An agreement, memorandum, charter, resolution or law with a name or a number.",
            "اتفاق أو مذكرة أو ميثاق أو قرار أو قانون له اسم أو رقم.",
        ),
        examples: &["اتفاق الطائف", "إعلان جدة", "القرار 1701"],
        colours: LabelColours {
            light: tint(0xf4ecda, 0x685002, 0x685006),
            dark: tint(0x3a2d12, 0xdbb871, 0xdcb86e),
        },
    },
    Row {
        code: "WPN",
        key: "KeyW",
        digit: "Digit8",
        family: Family::What,
        line: LineStyle::Dashed,
        name: ("Weapon, equipment", "سلاح وعتاد"),
        definition: (
            "Any noun for a weapon, munition, military vehicle, aircraft or equipment, generic ones too.",
            "كل اسم لسلاح أو ذخيرة أو آلية أو طائرة أو عتاد عسكري، ولو كان عامًّا.",
        ),
        examples: &["راجمات", "عبوة ناسفة", "صاروخ باليستي", "مقاتلة إف-16"],
        colours: LabelColours {
            light: tint(0xfee7e3, 0x780000, 0x780000),
            dark: tint(0x47241b, 0xdd603f, 0xfe8565),
        },
    },
    Row {
        code: "DAT",
        key: "KeyD",
        digit: "Digit9",
        family: Family::When,
        line: LineStyle::Solid,
        name: ("Date, time", "زمن"),
        definition: (
            "A date, a time of day, a period with an anchor, or a length of time.",
            "تاريخ أو وقت أو مدّة، أو فترة لها مرجع.",
        ),
        examples: &["17 فبراير 2011", "فجر الثلاثاء", "قبل عامين", "ست سنوات"],
        colours: LabelColours {
            light: tint(0xf3e8f8, 0x9162a3, 0x785287),
            dark: tint(0x352a3a, 0xb397c1, 0xba9cc9),
        },
    },
    Row {
        code: "NUM",
        key: "KeyN",
        digit: "Digit0",
        family: Family::When,
        line: LineStyle::Double,
        name: ("Count", "عدد"),
        definition: ("A number or a number noun together with what is counted.", "عدد أو اسم عدد مع معدوده."),
        examples: &["سبعة صيادين", "٢٥ شاحنة", "أكثر من 40 قتيلًا", "عشرات الأسر"],
        colours: LabelColours {
            light: tint(0xefeceb, 0x938883, 0x68605c),
            dark: tint(0x332f24, 0xeaddc0, 0xebddbf),
        },
    },
    Row {
        code: "NAT",
        key: "KeyT",
        digit: "Minus",
        family: Family::Who,
        line: LineStyle::Wavy,
        name: ("Nationality, people", "انتماء"),
        definition: (
            "A word of nationality or people, noun or adjective, outside a longer span.",
            "نسبة إلى دولة أو شعب، اسمًا أو صفة، خارج اسم أطول.",
        ),
        examples: &["العماني", "اليابانيون", "الأمازيغ"],
        colours: LabelColours {
            light: tint(0xd5f0f5, 0x08454f, 0x034550),
            dark: tint(0x08363c, 0x8df0ff, 0x8df0ff),
        },
    },
];

impl Schema {
    /// The labels of conflict news: `PER ORG GRP LOC FAC EVT AGR WPN DAT NUM NAT`, in the order of their digits.
    #[must_use]
    pub fn conflict_news() -> Self {
        // The table is checked by a test; a row with a bad code would be missing here, not a panic in the page.
        let labels = ROWS.iter().filter_map(|row| {
            Some(LabelDef {
                code: LabelCode::new(row.code).ok()?,
                name: Localized::new(row.name.0, row.name.1),
                definition: Localized::new(row.definition.0, row.definition.1),
                examples: row.examples.iter().map(|&example| example.to_owned()).collect(),
                key: KeyCode::new(row.key).ok(),
                digit: KeyCode::new(row.digit).ok(),
                family: row.family,
                colours: row.colours,
                line: row.line,
                aliases: Vec::new(),
            })
        });
        Self {
            id: CONFLICT_NEWS.to_owned(),
            version: "1.0".to_owned(),
            name: Localized::new("Conflict news", "أخبار النزاعات"),
            labels: labels.collect(),
            layers: Layers::default(),
            attributes: Vec::new(),
            relations: Vec::new(),
        }
    }
}

/// The colours of the n-th label of a schema that names none: those of the default labels in turn.
pub(super) fn palette(index: usize) -> LabelColours {
    ROWS[index % ROWS.len()].colours
}

impl LabelColours {
    /// The colours of the default labels: they can be read on both papers and told apart, also by people who see
    /// fewer colours.
    pub fn palette() -> impl ExactSizeIterator<Item = Self> + Clone {
        ROWS.iter().map(|row| row.colours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleven_labels_are_whole() {
        let schema = Schema::conflict_news();
        let codes: Vec<_> = schema.labels.iter().map(|label| label.code.as_str()).collect();
        assert_eq!(codes, ["PER", "ORG", "GRP", "LOC", "FAC", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT"]);
        assert_eq!(schema.problems(), []);
        for label in &schema.labels {
            assert!(
                label.key.is_some() && label.digit.is_some() && !label.definition.ar.is_empty(),
                "{label:?}"
            );
        }
    }

    #[test]
    fn the_arabic_legends_are_those_of_the_guideline() {
        let legends: Vec<_> =
            Schema::conflict_news().labels.iter().map(|l| l.key.unwrap().arabic_legend()).collect();
        assert_eq!(legends, ["ح", "خ", "ل", "م", "ب", "ث", "ش", "ص", "ي", "ى", "ف"]);
    }

    #[test]
    fn labels_of_one_family_have_different_lines() {
        let labels = Schema::conflict_news().labels;
        for (n, a) in labels.iter().enumerate() {
            for b in &labels[n + 1..] {
                assert!(a.family != b.family || a.line != b.line, "{:?} and {:?}", a.code, b.code);
            }
        }
    }
}
