//! Schemas to begin with.
//!
//! CoNLL-4 has the four types of the shared task on named entities (E. F. Tjong Kim Sang, F. De Meulder, "Introduction
//! to the CoNLL-2003 Shared Task", 2003). OntoNotes has the eighteen of its named entity guideline (R. Weischedel et
//! al., "OntoNotes Release 5.0", LDC2013T19). Definitions are our own words. Aliases say which labels of conflict news
//! are suggested under which of theirs; what has no counterpart is not suggested.

use super::conflict_news::palette;
use super::{Family, KeyCode, LabelCode, LabelDef, Layers, LineStyle, Localized, Schema};

/// A schema to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// The eleven labels of conflict news, the default.
    ConflictNews,
    /// Person, place, organisation, other.
    Conll4,
    /// The eighteen labels of OntoNotes.
    OntoNotes,
    /// No label yet. Not a sound schema before one is added.
    Empty,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ConflictNews, Self::Conll4, Self::OntoNotes, Self::Empty];

    /// The word that names it on the page.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConflictNews => "conflict-news",
            Self::Conll4 => "conll-4",
            Self::OntoNotes => "ontonotes-18",
            Self::Empty => "empty",
        }
    }

    /// The schema.
    #[must_use]
    pub fn schema(self) -> Schema {
        match self {
            Self::ConflictNews => Schema::conflict_news(),
            Self::Conll4 => schema("conll-4/1", ("CoNLL, four labels", "وسوم CoNLL الأربعة"), &CONLL),
            Self::OntoNotes => {
                schema("ontonotes-18/1", ("OntoNotes, 18 labels", "وسوم OntoNotes الثمانية عشر"), &ONTONOTES)
            }
            Self::Empty => schema("my-labels/1", ("My labels", "وسومي"), &[]),
        }
    }

    /// The template whose records carry `id` in `schema`.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        [Self::ConflictNews, Self::Conll4, Self::OntoNotes]
            .into_iter()
            .find(|template| template.schema().id == id)
    }
}

/// One label of a template.
struct Row {
    code: &'static str,
    key: &'static str,
    family: Family,
    name: (&'static str, &'static str),
    definition: (&'static str, &'static str),
    aliases: &'static [&'static str],
}

fn schema(id: &str, name: (&str, &str), rows: &[Row]) -> Schema {
    // The tables are checked by a test; a row with a bad code would be missing here, not a panic in the page.
    let labels = rows.iter().enumerate().filter_map(|(index, row)| {
        Some(LabelDef {
            code: LabelCode::new(row.code).ok()?,
            name: Localized::new(row.name.0, row.name.1),
            definition: Localized::new(row.definition.0, row.definition.1),
            examples: Vec::new(),
            key: KeyCode::new(row.key).ok(),
            digit: None,
            family: row.family,
            colours: palette(index),
            line: if index < 11 { LineStyle::Solid } else { LineStyle::Dashed },
            aliases: row.aliases.iter().filter_map(|alias| LabelCode::new(alias).ok()).collect(),
        })
    });
    Schema {
        id: id.to_owned(),
        version: "1.0".to_owned(),
        name: Localized::new(name.0, name.1),
        labels: labels.collect(),
        layers: Layers::default(),
        attributes: Vec::new(),
        relations: Vec::new(),
    }
}

const CONLL: [Row; 4] = [
    Row {
        code: "PER",
        key: "KeyP",
        family: Family::Who,
        name: ("Person", "شخص"),
        definition: ("The name of a person, real or invented.", "اسم شخص، حقيقي أو متخيَّل."),
        aliases: &[],
    },
    Row {
        code: "LOC",
        key: "KeyL",
        family: Family::Where,
        name: ("Place", "مكان"),
        definition: (
            "The name of a country, town, region, water, mountain or building.",
            "اسم بلد أو مدينة أو إقليم أو ماء أو جبل أو مبنى.",
        ),
        aliases: &["FAC"],
    },
    Row {
        code: "ORG",
        key: "KeyO",
        family: Family::Who,
        name: ("Organisation", "مؤسسة"),
        definition: (
            "The name of a company, party, authority, force, club or any other body.",
            "اسم شركة أو حزب أو سلطة أو قوّة أو نادٍ أو أي جهة أخرى.",
        ),
        aliases: &["GRP"],
    },
    Row {
        code: "MISC",
        key: "KeyS",
        family: Family::Other,
        name: ("Other name", "اسم آخر"),
        definition: (
            "Any other name and words made of one: nationalities, events, works, agreements.",
            "كل اسم آخر وما اشتُقّ من الأسماء: الجنسيات والأحداث والأعمال والاتفاقات.",
        ),
        aliases: &["EVT", "AGR", "NAT"],
    },
];

const ONTONOTES: [Row; 18] = [
    Row {
        code: "PERSON",
        key: "KeyP",
        family: Family::Who,
        name: ("Person", "شخص"),
        definition: ("People, real or invented.", "أسماء الناس، الحقيقيين والمتخيَّلين."),
        aliases: &["PER"],
    },
    Row {
        code: "NORP",
        key: "KeyN",
        family: Family::Who,
        name: ("Nationality, religion, politics", "جنسية أو دين أو تيّار"),
        definition: (
            "Nationalities, and religious or political groups.",
            "الجنسيات والجماعات الدينية والسياسية.",
        ),
        aliases: &["NAT"],
    },
    Row {
        code: "FAC",
        key: "KeyF",
        family: Family::Where,
        name: ("Facility", "منشأة"),
        definition: (
            "Buildings, airports, roads, bridges and the like.",
            "المباني والمطارات والطرق والجسور وما شابهها.",
        ),
        aliases: &[],
    },
    Row {
        code: "ORG",
        key: "KeyO",
        family: Family::Who,
        name: ("Organisation", "مؤسسة"),
        definition: ("Companies, authorities, forces, institutions.", "الشركات والسلطات والقوّات والمؤسسات."),
        aliases: &["GRP"],
    },
    Row {
        code: "GPE",
        key: "KeyG",
        family: Family::Where,
        name: ("Country, city", "بلد أو مدينة"),
        definition: (
            "Countries, cities, provinces: places with a government.",
            "البلدان والمدن والمحافظات: أماكن لها حكومة.",
        ),
        aliases: &[],
    },
    Row {
        code: "LOC",
        key: "KeyL",
        family: Family::Where,
        name: ("Other place", "مكان آخر"),
        definition: (
            "Mountains, waters, regions without a government.",
            "الجبال والمياه والمناطق التي لا حكومة لها.",
        ),
        aliases: &[],
    },
    Row {
        code: "PRODUCT",
        key: "KeyS",
        family: Family::What,
        name: ("Product", "منتَج"),
        definition: (
            "Named things that are made: vehicles, weapons, foods.",
            "أشياء مصنوعة لها اسم: مركبات وأسلحة وأغذية.",
        ),
        aliases: &["WPN"],
    },
    Row {
        code: "EVENT",
        key: "KeyE",
        family: Family::What,
        name: ("Event", "حدث"),
        definition: ("Named battles, wars, storms, matches.", "معارك وحروب وعواصف ومباريات لها اسم."),
        aliases: &["EVT"],
    },
    Row {
        code: "WORK_OF_ART",
        key: "KeyW",
        family: Family::What,
        name: ("Work of art", "عمل فنّي"),
        definition: ("Titles of books, songs, films.", "عناوين الكتب والأغاني والأفلام."),
        aliases: &[],
    },
    Row {
        code: "LAW",
        key: "KeyA",
        family: Family::What,
        name: ("Law, agreement", "قانون أو اتفاق"),
        definition: ("Documents made into law, and agreements.", "وثائق صارت قانونًا، واتفاقات."),
        aliases: &["AGR"],
    },
    Row {
        code: "LANGUAGE",
        key: "KeyZ",
        family: Family::Other,
        name: ("Language", "لغة"),
        definition: ("Any named language.", "كل لغة لها اسم."),
        aliases: &[],
    },
    Row {
        code: "DATE",
        key: "KeyD",
        family: Family::When,
        name: ("Date", "تاريخ"),
        definition: ("Dates and periods of a day or more.", "التواريخ والمدد التي تبلغ يومًا أو أكثر."),
        aliases: &["DAT"],
    },
    Row {
        code: "TIME",
        key: "KeyT",
        family: Family::When,
        name: ("Time of day", "وقت"),
        definition: ("Times shorter than a day.", "الأوقات التي تقلّ عن يوم."),
        aliases: &[],
    },
    Row {
        code: "PERCENT",
        key: "Digit5",
        family: Family::When,
        name: ("Percentage", "نسبة مئوية"),
        definition: ("Percentages, with their sign or word.", "النسب المئوية مع علامتها أو لفظها."),
        aliases: &[],
    },
    Row {
        code: "MONEY",
        key: "Digit4",
        family: Family::When,
        name: ("Money", "مبلغ مالي"),
        definition: ("Amounts of money, with their currency.", "المبالغ المالية مع عملتها."),
        aliases: &[],
    },
    Row {
        code: "QUANTITY",
        key: "Digit3",
        family: Family::When,
        name: ("Quantity", "مقدار"),
        definition: ("Measurements: weight, distance, area.", "المقاييس: وزن ومسافة ومساحة."),
        aliases: &[],
    },
    Row {
        code: "ORDINAL",
        key: "Digit1",
        family: Family::When,
        name: ("Ordinal", "عدد ترتيبي"),
        definition: ("First, second and so on.", "الأول والثاني وما بعدهما."),
        aliases: &[],
    },
    Row {
        code: "CARDINAL",
        key: "Digit2",
        family: Family::When,
        name: ("Cardinal", "عدد أصلي"),
        definition: ("Numbers that are none of the above.", "الأعداد التي ليست مما سبق."),
        aliases: &["NUM"],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_template_but_the_empty_one_is_sound_and_whole() {
        for (template, labels) in Template::ALL.into_iter().zip([11, 4, 18, 0]) {
            let schema = template.schema();
            assert_eq!(schema.labels.len(), labels, "{template:?}");
            assert!(template == Template::Empty || schema.problems().is_empty(), "{:?}", schema.problems());
            assert!(schema.labels.iter().all(|label| label.key.is_some()), "{template:?}");
        }
    }

    #[test]
    fn no_two_labels_of_a_template_look_the_same() {
        for template in Template::ALL {
            let mut seen = HashSet::new();
            let labels = template.schema().labels;
            assert!(labels.iter().all(|label| seen.insert((label.colours, label.line))), "{template:?}");
        }
    }

    #[test]
    fn aliases_are_labels_of_the_extractor() {
        let extracted = Schema::conflict_news();
        for template in [Template::Conll4, Template::OntoNotes] {
            for alias in template.schema().labels.iter().flat_map(|label| &label.aliases) {
                assert!(extracted.label(alias.as_str()).is_some(), "{alias}");
            }
        }
    }

    #[test]
    fn a_template_is_known_by_its_id() {
        assert_eq!(Template::of_id("conll-4/1"), Some(Template::Conll4));
        assert_eq!(Template::of_id("my-labels/1"), None, "anybody's labels may be called so");
    }
}
