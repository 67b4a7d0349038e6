//! The guideline's examples and laws that hold for any text.
//!
//! Examples are written with the spans in brackets, `زار [PER نجيب محفوظ] [LOC أسوان]`; taking brackets and labels away
//! gives the text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Extractor, Label, RuleExtractor};
use crate::text::SourceText;

static EXTRACTOR: LazyLock<RuleExtractor> = LazyLock::new(|| RuleExtractor::embedded().unwrap());

/// Writes the suggestions for a text into it.
fn bracketed(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for suggestion in EXTRACTOR.suggest(&SourceText::from(text)) {
        let range = suggestion.range.to_std();
        out.push_str(&text[at..range.start]);
        out.push_str(&format!("[{} {}]", suggestion.label, &text[range.clone()]));
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Takes brackets and labels away.
fn plain(example: &str) -> String {
    let mut text = String::new();
    let mut rest = example;
    while let Some(open) = rest.find('[') {
        let (before, inside) = rest.split_at(open);
        text.push_str(before);
        let inside = &inside[1..];
        match inside.split_once(' ').filter(|(label, _)| Label::from_code(label).is_some()) {
            Some((_, tail)) => {
                let close = tail.find(']').unwrap();
                text.push_str(&tail[..close]);
                rest = &tail[close + 1..];
            }
            None => {
                text.push('[');
                rest = inside;
            }
        }
    }
    text + rest
}

fn check(examples: &[&str]) {
    let wrong: Vec<_> = examples
        .iter()
        .map(|example| (bracketed(&plain(example)), *example))
        .filter(|(found, example)| found != example)
        .map(|(found, example)| format!("  found {found}\n  want  {example}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn proclitics_stay_outside_and_letters_of_the_name_inside() {
    check(&[
        "زار الوفد و[LOC عمّان] ول[LOC بغداد] ب[LOC الرباط] ك[LOC قطر]",
        "عاد إلى [LOC وهران] و[LOC فلسطين] و[LOC بيروت] و[LOC كركوك]",
        "قال ل[GRP لجيش اليمني] ول[LOC لأردن] ول[LOC ليمن] ول[LOC ليبيا]",
        "هجوم ب[WPN صواريخهم]",
        "بيان لـ«[ORG أوبك]»",
    ]);
}

#[test]
fn the_clean_form_gets_its_letters_back() {
    let clean = |text: &str| {
        let found = EXTRACTOR.suggest(&SourceText::from(text));
        found.first().map(|s| (text[s.range.to_std()].to_owned(), s.normalized.clone()))
    };
    let pair = |span: &str, clean: Option<&str>| Some((span.to_owned(), clean.map(str::to_owned)));
    assert_eq!(clean("سلم للجيش اليمني"), pair("لجيش اليمني", Some("الجيش اليمني")));
    assert_eq!(clean("وللأردن"), pair("لأردن", Some("الأردن")));
    assert_eq!(clean("لليبيا"), pair("ليبيا", None));
    assert_eq!(clean("لقوات الدعم السريع"), pair("قوات الدعم السريع", None));
}

#[test]
fn forces_and_ministries() {
    check(&[
        "أعلن [GRP الجيش المصري] و[ORG وزارة الدفاع المصرية]",
        "أعلنت [ORG الحكومة اللبنانية] و[ORG الخارجية القطرية]",
        "أعلن تنظيم [GRP أنصار الشريعة] وجماعة [GRP بوكو حرام]",
        "قاتلت [GRP حركة الشباب] و[GRP قوات الدعم السريع]",
        "الجنود [NAT الكينيون] ووزير الخارجية [NAT الصيني]",
        "الجيش والحكومة والقوات",
    ]);
}

#[test]
fn dates_in_every_calendar() {
    check(&[
        "[DAT مساء السبت 6 أبريل/نيسان 2019]",
        "منذ [DAT 17 فبراير 2011]",
        "[DAT 10 محرم 1446هـ]",
        "في [DAT تشرين الأول 2020] و[DAT 14 جويلية]",
        "[DAT قبل عامين] و[DAT بعد يومين]",
        "خلال [DAT الأيام العشرة المقبلة]",
        "بين عامي [DAT 2003] و[DAT 2005]",
        "[DAT ليل الجمعة - السبت]",
        "[DAT الساعة 14:30 بتوقيت غرينتش]",
        "حدث ذلك في وقت لاحق",
    ]);
}

#[test]
fn counts_with_what_they_count() {
    check(&[
        "سقط [NUM أكثر من 40 قتيلًا] و[NUM 19 عاملًا هنديًا]",
        "وصلت [NUM ٢٥ شاحنة] و[NUM سبع دبابات]",
        "نزحت [NUM عشرات الأسر]",
        "[NUM ما لا يقل عن عشرة جرحى]",
        "نحو [NUM ألفي نازح]",
        "أصيب [NUM قتيلان] و[NUM ستة جرحى]",
        "[NUM 20 في المئة] و[NUM 1.5%]",
    ]);
}

#[test]
fn places_facilities_and_their_heads() {
    check(&[
        "في مدينة [LOC سبها] ومحافظة [LOC ذي قار]",
        "في [LOC ريف دير الزور الشرقي]",
        "قرب [FAC مطار النجف الدولي]",
        "شمال [LOC اليمن]",
        "مطاري [FAC معيتيقة] و[FAC مصراتة]",
    ]);
}

#[test]
fn named_events_and_agreements() {
    check(&[
        "نص [AGR القرار 1701] و[AGR اتفاق الطائف]",
        "شهدت [EVT معركة ذي قار] و[EVT حرب أكتوبر]",
        "أطلقت عملية «[EVT درع الفرات]»",
        "لا اتفاق بين الطرفين",
    ]);
}

#[test]
fn persons_without_their_titles() {
    check(&[
        "التقى الرئيس [PER عبد الفتاح السيسي] الوفد",
        "قال العقيد الركن [PER سالم القحطاني] إن الطريق مفتوح",
        "نظيره [NAT الياباني] [PER يوكيو هاتوياما]",
    ]);
}

#[test]
fn titles_introduce_in_the_dual_the_feminine_and_the_sound_plural() {
    check(&[
        "التقى الرئيسان [PER يوكيو هاتوياما] الوفد",
        "بين الرئيسين [PER يوكيو هاتوياما] وضيفه",
        "قال اللواءان [PER يوكيو هاتوياما] إن الطريق مفتوح",
        "قالت الوزيرتان [PER يوكيو هاتوياما] إن الطريق مفتوح",
        "مع السفيرتين [PER يوكيو هاتوياما]",
        "قالت الممرضة [PER يوكيو هاتوياما] إن الطريق مفتوح",
        "قال المهندسون [PER يوكيو هاتوياما] إن الطريق مفتوح",
        "قالت الباحثات [PER يوكيو هاتوياما] إن الطريق مفتوح",
        "المسؤولون يؤكدون أن الطريق مفتوح",
        "الوزراء يؤكدون أن الطريق مفتوح",
    ]);
}

#[test]
fn boilerplate_has_no_spans() {
    check(&["اقرأ أيضا: زيارة إلى القاهرة وبيروت", "تابعوا قناة الجزيرة على تلغرام"]);
}

#[test]
fn weapons_with_their_kinds() {
    check(&[
        "انفجار [WPN عبوة ناسفة] و[WPN سيارة مفخخة]",
        "أطلقت [WPN قذائف آر بي جي] و[WPN رشاش عيار 12.7 ملم]",
        "شوهدت [WPN مقاتلة إف-16] و[WPN مقاتلات] من طراز [WPN ميراج]",
        "[WPN مقاتلات] [NAT فرنسية] و[WPN صواريخ] حديثة",
        "دمرت [WPN دبابتين] و[WPN القنابل اليدوية والصوتية]",
        "[WPN طائرة بلا طيار] و[WPN صواريخ أرض-أرض]",
        "قصف مدفعي وهجوم صاروخي",
    ]);
}

#[test]
fn compass_words_stay_outside_and_regions_keep_them() {
    check(&[
        "في أقصى شرق [LOC ليبيا]",
        "جنوب شرقي [LOC صنعاء]",
        "إلى [LOC جنوب أفريقيا] و[LOC الضفة الغربية]",
        "ولاية [LOC شمال دارفور]",
    ]);
}

#[test]
fn lists_of_villages_are_followed() {
    check(&[
        "قصف بلدات [LOC كفركلا] و[LOC العديسة] و[LOC يارون]",
        "سقطت على قرى [LOC عون الدادات] و [LOC الهوشرية] و [LOC التوخار]",
    ]);
}

#[test]
fn a_gloss_in_brackets_has_the_label_of_its_name() {
    check(&[
        "قال المتحدث [PER لوكا فيريتي] ([PER Luca Ferretti]) ذلك",
        "[ORG المنظمة الدولية للهجرة] ([ORG IOM])",
    ]);
}

#[test]
fn a_person_named_in_full_is_known_by_the_surname() {
    check(&["التقى الوزير [PER قيس الدليمي] الوفد.\nوأضاف [PER الدليمي] أن الطريق آمن"]);
}

#[test]
fn a_common_word_hides_no_name() {
    check(&["رغم فشل الجولة", "فتح الباب أمام الحوار", "قال إن الأمل قائم"]);
}

/// A rule that looked back without end would not come to the end of these.
#[test]
fn a_very_long_line_is_read_in_small_parts() {
    for unit in ["قوات ", "و", "ب،", "😊", "قرى ودرعا ", "\u{64E}", "مئة وألف ", "أبو ", "نيسان/"]
    {
        let text = SourceText::new(unit.repeat(400_000 / unit.len()));
        let mut session = EXTRACTOR.begin(&text);
        let mut steps = 1;
        while !session.step().is_complete() {
            steps += 1;
        }
        // Marks without a letter are one grapheme, which nothing cuts.
        assert!(steps > 4 || unit == "\u{64E}", "{unit:?}: {steps}");
    }
}

/// Pieces that meet the rules' conditions more often than random letters do.
fn piece() -> impl Strategy<Value = String> {
    let pieces = vec![
        "وال",
        "لل",
        "ب",
        "قوات ",
        "الدعم السريع",
        "في ",
        "محافظة ",
        "درعا",
        " - ",
        "«",
        "»",
        "(",
        ")",
        "، ",
        "١٢ ",
        "3 ",
        "ألف ",
        "من ",
        "عام ",
        "2019",
        "/",
        "نيسان",
        "الأحد ",
        "مساء ",
        "قبل ",
        "ونصف ",
        "عيار ",
        "12.7",
        " ملم",
        "طراز ",
        "\u{200F}",
        "\u{64E}",
        "ـ",
        "👨‍👩‍👧",
        "e\u{301}",
        "\u{600}",
        "\u{200D}",
        "\r\n",
        "\n",
        "\u{2028}",
        "عبد ",
        "بن ",
        "أبو ",
        "آل ",
        "الملك ",
        "%",
        "أكثر ",
        "ما لا يقل عن ",
        "المخلب",
        "عملية ",
        "طريق ",
        "حلب ",
        "مطاري ",
        "سلسلة ",
        "جبال ",
        "و",
        " ",
    ];
    prop_oneof![6 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn suggestions_are_flat_sorted_and_cut_no_grapheme(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = SourceText::new(pieces.concat());
        let found = EXTRACTOR.suggest(&text);
        for pair in found.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start);
        }
        for suggestion in &found {
            let range = suggestion.range;
            prop_assert!(!range.is_empty());
            prop_assert!(text.is_grapheme_boundary(range.start) && text.is_grapheme_boundary(range.end));
            let surface = text.slice(range).unwrap_or_default();
            let breaks = surface.contains(['\n', '\r', '\u{2028}']);
            prop_assert!(!breaks);
            prop_assert!(!surface.starts_with(char::is_whitespace) && !surface.ends_with(char::is_whitespace));
            prop_assert!((0.0..=1.0).contains(&suggestion.confidence));
            prop_assert!(!suggestion.reason.is_empty());
        }
        prop_assert_eq!(found, EXTRACTOR.suggest(&text));
    }

    #[test]
    fn any_text_at_all_is_survived(text in any::<String>()) {
        EXTRACTOR.suggest(&SourceText::new(text));
    }
}

#[test]
fn a_step_is_short_and_the_sum_of_steps_is_the_whole() {
    let text = SourceText::new("قال [الجيش اللبناني] إن درعا، هادئة. ".repeat(40_000));
    let mut session = EXTRACTOR.begin(&text);
    let mut steps = 1;
    let mut before = session.step();
    while !before.is_complete() {
        let after = session.step();
        assert!(after.done > before.done && after.total >= after.done);
        (before, steps) = (after, steps + 1);
    }
    assert!(steps > 20, "{steps}");
    assert_eq!(session.finish().len(), 80_000);
}
