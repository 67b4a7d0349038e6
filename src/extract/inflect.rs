//! The written forms of a noun or adjective, made from its base form.
//!
//! Only regular endings are made; broken plurals come from the lexicon. All forms are folded (ة is ه), so tanwin on
//! alif looks like a dual in construct state: both end in ا.

/// The dual endings behind a stem: nominative, oblique, and both without ن before a genitive.
fn duals(stem: &str, forms: &mut Vec<String>) {
    for ending in ["ان", "ين", "ا"] {
        forms.push(format!("{stem}{ending}"));
    }
}

/// The stem to which dual endings attach: ه (ة) opens to ت.
fn open_stem(base: &str) -> String {
    base.strip_suffix('ه').map_or_else(|| base.to_owned(), |stem| format!("{stem}ت"))
}

/// True if ال can stand before the form.
fn takes_article(form: &str) -> bool {
    !form.starts_with("ال") && !form.contains(' ')
}

/// Adds every form with the article.
fn with_article(forms: &mut Vec<String>) {
    let definite: Vec<_> = forms.iter().filter(|f| takes_article(f)).map(|f| format!("ال{f}")).collect();
    forms.extend(definite);
}

/// The folded duals of a noun in both cases, with and without the article: قتيل → قتيلان، قتيلين، القتيلان، القتيلين.
#[must_use]
pub(super) fn dual_forms(singular: &str) -> Vec<String> {
    let stem = open_stem(singular);
    let mut forms = vec![format!("{stem}ان"), format!("{stem}ين")];
    with_article(&mut forms);
    forms
}

/// Which endings a title, rank or occupation takes beside the dual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TitleEndings {
    /// ـة, with its dual and its plural in ات: وزيرة، الوزيرتان، الوزيرات.
    pub(super) feminine: bool,
    /// The sound masculine plural: مهندسون، مهندسين.
    pub(super) sound: bool,
}

/// The folded forms of a title with the article, as it stands before a name: الرئيس، الرئيسان، الرئيسين، الرئيسة. Broken
/// plurals are no part: الوزراء and النواب are bodies more often than people with a name.
#[must_use]
pub(super) fn title_forms(singular: &str, endings: TitleEndings) -> Vec<String> {
    let mut forms = vec![format!("ال{singular}")];
    let mut add = |stem: &str| forms.extend(["ان", "ين"].map(|ending| format!("ال{stem}{ending}")));
    add(&open_stem(singular));
    if endings.feminine {
        add(&format!("{singular}ت"));
        forms.extend(["ه", "ات"].map(|ending| format!("ال{singular}{ending}")));
    }
    if endings.sound {
        forms.push(format!("ال{singular}ون"));
    }
    forms
}

/// The folded forms of a noun that the guideline labels by itself (weapons): bare, tanwin, dual, with the article, and
/// with a possessive ending (صواريخهم). `plural` forms take no dual.
#[must_use]
pub(super) fn noun_forms(base: &str, plural: bool) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    if let Some((noun, adjective)) = base.split_once(' ') {
        forms.extend(compound_forms(noun, adjective, plural));
        return forms;
    }
    let stem = open_stem(base);
    if !plural {
        duals(&stem, &mut forms);
        if stem != base {
            // دبابتي: the oblique dual before a genitive. The masculine one (صاروخي) is an adjective far more often.
            forms.push(format!("{stem}ي"));
        }
    } else if !base.ends_with("ات") {
        forms.push(format!("{base}ا"));
    }
    with_article(&mut forms);
    for suffix in ["ه", "ها", "هم", "هن", "نا", "هما", "كم"] {
        forms.push(format!("{stem}{suffix}"));
    }
    forms
}

/// The forms of a noun with one word behind it, taken for its adjective: both with the article, with tanwin, in the dual.
/// Forms of a genitive (طائرة استطلاع) come out too and hurt nobody.
fn compound_forms(noun: &str, adjective: &str, plural: bool) -> Vec<String> {
    if adjective.contains(' ') || noun.starts_with("ال") {
        return Vec::new();
    }
    let mut forms = vec![format!("ال{noun} ال{adjective}"), format!("{noun}ا {adjective}ا")];
    if !plural {
        let (noun, adjective) = (open_stem(noun), open_stem(adjective));
        for ending in ["ان", "ين"] {
            forms.push(format!("{noun}{ending} {adjective}{ending}"));
            forms.push(format!("ال{noun}{ending} ال{adjective}{ending}"));
        }
    }
    forms
}

/// The folded forms of a relative adjective (nisba): هندي → هندي، هنديه، هنديا، هنديون، هنديين، هنديان، هنديات،
/// هنديتان، هنديتين, each with the article too. A compound inflects both words (كوري جنوبي → الكوريه الجنوبيه); a
/// fixed first word stays (جنوب افريقي → الجنوب افريقيه).
#[must_use]
pub(super) fn nisba_forms(stem: &str) -> Vec<String> {
    const ENDINGS: [&str; 10] = ["", "ه", "ا", "ون", "ين", "ان", "ات", "تان", "تين", "و"];
    let Some((first, second)) = stem.split_once(' ') else {
        let mut forms: Vec<_> = ENDINGS.iter().map(|ending| format!("{stem}{ending}")).collect();
        with_article(&mut forms);
        return forms;
    };
    ENDINGS
        .iter()
        .flat_map(|ending| {
            if first.ends_with('ي') {
                [format!("{first}{ending} {second}{ending}"), format!("ال{first}{ending} ال{second}{ending}")]
            } else {
                [format!("{first} {second}{ending}"), format!("ال{first} {second}{ending}")]
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duals_open_the_feminine_ending() {
        assert_eq!(dual_forms("قتيل"), ["قتيلان", "قتيلين", "القتيلان", "القتيلين"]);
        assert!(dual_forms("ممرضه").contains(&"ممرضتين".to_owned()));
    }

    #[test]
    fn titles_have_duals_and_what_else_they_take() {
        let plain = title_forms("لواء", TitleEndings::default());
        assert_eq!(plain, ["اللواء", "اللواءان", "اللواءين"]);
        let all = title_forms("مهندس", TitleEndings { feminine: true, sound: true });
        assert_eq!(
            all,
            [
                "المهندس",
                "المهندسان",
                "المهندسين",
                "المهندستان",
                "المهندستين",
                "المهندسه",
                "المهندسات",
                "المهندسون"
            ]
        );
        assert!(title_forms("انسه", TitleEndings::default()).contains(&"الانستان".to_owned()));
    }

    #[test]
    fn nouns_keep_their_possessive() {
        assert!(noun_forms("صواريخ", true).contains(&"صواريخهم".to_owned()));
        assert!(noun_forms("دبابه", false).contains(&"الدبابتين".to_owned()));
        assert!(!noun_forms("صاروخ", false).contains(&"صاروخي".to_owned()));
    }

    #[test]
    fn adjectives_of_two_words_agree_in_both() {
        let forms = nisba_forms("كوري جنوبي");
        assert!(forms.contains(&"الكوريه الجنوبيه".to_owned()));
        assert!(nisba_forms("جنوب افريقي").contains(&"الجنوب افريقيه".to_owned()));
        assert!(nisba_forms("هندي").contains(&"هنديون".to_owned()));
    }
}
