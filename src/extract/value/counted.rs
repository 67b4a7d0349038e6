//! What a number counts: the kinds of `assets/lexicon/counted.tsv`.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::surface::Cursor;
use crate::text::fold_word;

/// The kind of what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// People in general.
    People,
    /// People killed.
    Killed,
    /// People wounded.
    Wounded,
    /// People held: captives, prisoners, hostages.
    Held,
    /// People missing.
    Missing,
    /// People who fled or moved.
    Displaced,
    /// Families.
    Households,
    /// Weapons, munitions, military vehicles and aircraft.
    Weapons,
    /// Other vehicles and vessels.
    Vehicles,
    /// Places and buildings.
    Places,
    /// Attacks, accidents and other things that happen.
    Incidents,
    /// Other things.
    Objects,
    /// Money; the symbol is the ISO 4217 code, or the name of the unit where several countries have it.
    Money,
    /// Hundredths.
    Percent,
    /// Length.
    Length,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Weight.
    Weight,
    /// Electric power.
    Power,
    /// Degrees, of heat or of a scale.
    Angle,
    /// Time.
    Time,
}

impl Kind {
    const ALL: [(Self, &'static str); 21] = [
        (Self::People, "people"),
        (Self::Killed, "killed"),
        (Self::Wounded, "wounded"),
        (Self::Held, "held"),
        (Self::Missing, "missing"),
        (Self::Displaced, "displaced"),
        (Self::Households, "households"),
        (Self::Weapons, "weapons"),
        (Self::Vehicles, "vehicles"),
        (Self::Places, "places"),
        (Self::Incidents, "incidents"),
        (Self::Objects, "objects"),
        (Self::Money, "money"),
        (Self::Percent, "percent"),
        (Self::Length, "length"),
        (Self::Area, "area"),
        (Self::Volume, "volume"),
        (Self::Weight, "weight"),
        (Self::Power, "power"),
        (Self::Angle, "angle"),
        (Self::Time, "time"),
    ];

    /// Its name in the file and in values.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// True for people in any state: their duals are counts.
    const fn is_people(self) -> bool {
        use Kind::{Displaced, Held, Killed, Missing, People, Wounded};
        matches!(self, People | Killed | Wounded | Held | Missing | Displaced)
    }
}

/// What is counted: a kind, and a symbol if it is a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its kind.
    pub kind: Kind,
    /// `km`, `USD`; none for what is counted one by one.
    pub symbol: Option<&'static str>,
}

impl Unit {
    const fn of(kind: Kind) -> Self {
        Self { kind, symbol: None }
    }

    /// True for measures: half of one is a value.
    pub(super) const fn is_measure(self) -> bool {
        self.symbol.is_some()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol.unwrap_or_else(|| self.kind.name()))
    }
}

/// Folded nouns; those of two words joined by a space.
static NOUNS: LazyLock<HashMap<String, Unit>> =
    LazyLock::new(|| nouns(include_str!("../../../assets/lexicon/counted.tsv")));

fn nouns(table: &'static str) -> HashMap<String, Unit> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let mut nouns = HashMap::new();
    for row in rows {
        let mut columns = row.splitn(3, '\t');
        let (Some(kind), Some(symbol), Some(forms)) =
            (columns.next().and_then(Kind::named), columns.next(), columns.next())
        else {
            continue;
        };
        let unit = Unit { kind, symbol: (symbol != "-").then_some(symbol) };
        nouns.extend(forms.split(' ').map(|form| (fold_word(&form.replace('+', " ")), unit)));
    }
    nouns
}

/// What the next words name, and steps over the noun; the cursor stays if it is unknown.
pub(super) fn counted(cursor: &mut Cursor<'_>) -> Option<Unit> {
    if let Some(percent) = cursor.read(percent) {
        return Some(percent);
    }
    let first = cursor.form();
    let second = cursor.skipped().form();
    let stems = || stems(first);
    let two = stems().find_map(|noun| {
        self::stems(second).find_map(|adjective| NOUNS.get(&format!("{noun} {adjective}")).copied())
    });
    if let Some(unit) = two {
        *cursor = cursor.skipped().skipped();
        return Some(unit);
    }
    let known = stems().find_map(|stem| NOUNS.get(&stem).copied());
    let unit = known.or_else(|| of_a_nation(first))?;
    cursor.step();
    Some(unit)
}

fn percent(cursor: &mut Cursor<'_>) -> Option<Unit> {
    cursor
        .take_any(&["%", "بالميه", "بالمايه"])
        .then_some(())
        .or_else(|| (cursor.take_any(&["في", "ب"]) && cursor.take_any(&["الميه", "المايه"])).then_some(()))
        .map(|()| Unit::of(Kind::Percent))
}

/// Two of what a dual names, people or a measure: قتيلين, ممرضتان, طنين.
pub(super) fn dual(cursor: &mut Cursor<'_>) -> Option<Unit> {
    let form = cursor.form();
    let stem = form.strip_suffix("ان").or_else(|| form.strip_suffix("ين"))?;
    let opened = stem.strip_suffix('ت').map(|stem| format!("{stem}ه"));
    let known = NOUNS.get(stem).or_else(|| NOUNS.get(opened.as_deref()?)).copied();
    // مصابين, مقاتلين: a listed plural in ون, ين looks the same, and behind no number it was drawn as a dual.
    let unit = known.or_else(|| of_a_nation(form))?;
    if !(unit.kind.is_people() || unit.is_measure()) {
        return None;
    }
    cursor.step();
    Some(unit)
}

/// A nisba that stands for people: أفغانيًا, سعوديان, باكستانيين.
fn of_a_nation(form: &str) -> Option<Unit> {
    let nisba = ["يا", "يان", "يين", "يون"].iter().any(|ending| form.ends_with(ending));
    (nisba && form.chars().count() > 4).then_some(Unit::of(Kind::People))
}

/// The forms under which a counted noun may be listed: as it is, without the article, without tanwin, dual and plural
/// endings, without a pronoun.
fn stems(form: &str) -> impl Iterator<Item = String> {
    let bare = form.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
    let bases: Vec<&str> = std::iter::once(form).chain(bare).collect();
    let mut stems: Vec<String> = Vec::new();
    for base in bases {
        stems.push(base.to_owned());
        for ending in ["ا", "ان", "ين", "ون", "ات", "ها", "هم", "ه", "ي", "يها", "يهم", "يه"]
        {
            if let Some(stem) = base.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) {
                stems.push(stem.to_owned());
                if ending == "ات" {
                    stems.push(format!("{stem}ه"));
                }
            }
        }
        for ending in ["تان", "تين", "تها", "تهم", "ته"] {
            stems.extend(base.strip_suffix(ending).map(|stem| format!("{stem}ه")));
        }
    }
    stems.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::surface::Surface;
    use super::*;

    #[test]
    fn every_row_of_the_file_is_a_kind_a_symbol_and_nouns() {
        let table = include_str!("../../../assets/lexicon/counted.tsv");
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (index, row) in table.lines().enumerate().filter(|(_, row)| !row.starts_with('#')) {
            let columns: Vec<_> = row.split('\t').collect();
            assert!(columns.len() == 3 && Kind::named(columns[0]).is_some(), "counted.tsv:{}", index + 1);
            assert!(!columns[1].is_empty(), "counted.tsv:{}", index + 1);
            for form in columns[2].split(' ') {
                assert!(!form.is_empty(), "counted.tsv:{}: two spaces", index + 1);
                let first = *seen.entry(form).or_insert(index);
                assert_eq!(first, index, "counted.tsv:{}: {form} again", index + 1);
            }
        }
    }

    #[test]
    fn nouns_are_known_in_every_case_and_number() {
        for (text, unit) in [
            ("شخصًا", "people"),
            ("مقاتلين", "people"),
            ("العائلات", "households"),
            ("سيارتين", "vehicles"),
            ("قتيلاً", "killed"),
            ("ليرة تركية", "TRY"),
            ("ليرة", "lira"),
            ("كيلومتراً مربعاً", "km2"),
            ("في المئة", "percent"),
            ("باكستانيًا", "people"),
            ("عناصرها", "people"),
        ] {
            let surface = Surface::new(text).unwrap();
            let mut cursor = surface.cursor();
            assert_eq!(counted(&mut cursor).map(|unit| unit.to_string()).as_deref(), Some(unit), "{text}");
            assert!(cursor.is_done(), "{text}");
        }
    }

    #[test]
    fn only_duals_of_people_and_measures_are_counts() {
        let read = |text: &str| dual(&mut Surface::new(text).unwrap().cursor()).map(|unit| unit.to_string());
        assert_eq!(read("قتيلين").as_deref(), Some("killed"));
        assert_eq!(read("ممرضتان").as_deref(), Some("people"));
        assert_eq!(read("طنين").as_deref(), Some("t"));
        assert_eq!(read("بلدين"), None);
        assert_eq!(read("جولتان"), None);
    }
}
