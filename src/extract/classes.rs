//! Word classes: what the rules know of a word without its neighbours.

use std::ops::{BitOr, BitOrAssign};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Classes(u128);

impl Classes {
    /// No class.
    pub(super) const NONE: Self = Self(0);

    /// Every class.
    pub(super) const ALL: Self = Self(u128::MAX);

    /// True if the two sets share a class.
    #[inline]
    #[must_use]
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// True if there is no class.
    #[inline]
    #[must_use]
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes of both sets.
    #[must_use]
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The numbers of its classes, from the lowest.
    pub(super) fn indices(self) -> impl Iterator<Item = u64> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (index < u128::BITS).then_some(u64::from(index))
        })
    }

    /// The set as one number, for hashing.
    #[must_use]
    pub(super) const fn digest(self) -> u64 {
        (self.0 as u64) ^ ((self.0 >> 64) as u64).rotate_left(29)
    }

    /// This set without the classes of another.
    #[must_use]
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl BitOr for Classes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

macro_rules! classes {
    ($($name:ident $text:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($name),* }

        impl Classes {
            $(
                #[doc = concat!("The class `", $text, "` of the lexicon files.")]
                pub(super) const $name: Self = Self(1 << Index::$name as u32);
            )*

            /// The class of a name in the lexicon files.
            #[must_use]
            pub(super) fn named(name: &str) -> Option<Self> {
                Some(match name {
                    $($text => Self::$name,)*
                    _ => return None,
                })
            }
        }
    };
}

classes! {
    WEEKDAY "weekday"
    MONTH "month"
    WEAK_MONTH "weakmonth"
    MONTH_HEAD "monthhead"
    HIJRI_HEAD "hijrihead"
    MONTH_ORDER "monthorder"
    DAY_PART "daypart"
    DAY_PART_DEF "daypartdef"
    DAY_ADVERB "dayadverb"
    RELATIVE_DAY "relativeday"
    DEFINITE_DAY "definiteday"
    EDGE "edge"
    TIME_ADJ "timeadj"
    TIME_ADJ_SHORT "timeadjshort"
    ANCHOR_ADJ "anchoradj"
    SEASON "season"
    SEASON_DEF "seasondef"
    YEAR_WORD "yearword"
    UNIT_WORD "unitword"
    UNIT_ACC "unitacc"
    UNIT_DEF "unitdef"
    UNIT_DUAL "unitdual"
    UNIT_DUAL_DEF "unitdualdef"
    UNIT_OWNED "unitowned"
    DECADE "decade"
    FEAST_HEAD "feasthead"
    FEAST "feast"
    BEFORE "before"
    CLOCK_HEAD "clockhead"
    CLOCK_WORD "clockword"
    CLOCK_TAIL "clocktail"
    PERCENT "percent"
    UNIT_NUMBER "unitnumber"
    ONE_NUMBER "onenumber"
    TWO_NUMBER "twonumber"
    TENS "tens"
    HUNDRED "hundred"
    SCALE "scale"
    APPROX "approx"
    APPROX_DEF "approxdef"
    LIMIT_HEAD "limithead"
    LIMIT_VERB "limitverb"
    OTHER_WORD "otherword"
    COUNT_ADJ "countadj"
    COUNT_GENITIVE "countgenitive"
    PARTITIVE "peoplepartitive"
    PLACE_CLASS "placeclass"
    PLACE_CLASS_MANY "placeclassmany"
    PLACE_FRONT "placefront"
    PLACE_CLASS_DEF "placeclassdef"
    PLACE_HINT "placehint"
    PLACE_FIRST "placefirst"
        COMPASS "compass"
    NEAR "near"
    DIRECTION "direction"
    COUNTRYSIDE "countryside"
    NATURAL_HEAD "naturalhead"
    NATURAL_MANY "naturalmany"
    NATURAL_DUAL "naturaldual"
    ORG_HEAD "orghead"
    DEPARTMENT "department"
    PURPOSE "purpose"
    ORG_HEAD_DEF "orgheaddef"
    GOVERNMENT_HEAD "governmenthead"
    PRESS_ORG "pressorg"
    MEDIA_WORD "mediaword"
    CLUB_WORD "clubword"
    FORCE_HEAD "forcehead"
    FORCE_HEAD_DEF "forceheaddef"
    FORCE_UNIT_DEF "forceunitdef"
    FORCE_NAT "forcenat"
    FORCE_BRANCH "forcebranch"
    FORCE_TAIL "forcetail"
    FORCE_STOP "forcestop"
    ORDINAL "ordinal"
    PRESS_GROUP "pressgroup"
    MOVEMENT_WORD "movementword"
    GROUP_VERB "groupverb"
    FACILITY_HEAD "facilityhead"
    FACILITY_MANY "facilitymany"
    FACILITY_HEAD_DEF "facilityheaddef"
    FACILITY_ADJ "facilityadj"
    FACILITY_TITLE_ADJ "facilitytitleadj"
    EVENT_HEAD "eventhead"
    EVENT_TITLE "eventtitle"
    OPERATION_COMMON "operationcommon"
    AGREEMENT_HEAD "agreementhead"
    AGREEMENT_WEAK "agreementweak"
    AGREEMENT_DEF "agreementdef"
    AGREEMENT_STOP "agreementstop"
    RESOLUTION "resolution"
    TITLE "title"
    RANK "rank"
    OCCUPATION "occupation"
    OFFICE "officewords"
    CALL_VERB "callverb"
    SAY_VERB "sayverb"
    NAME_JOIN "namejoin"
    NAME_TAIL "nametail"
    AMBIGUOUS_GIVEN "ambiguousgiven"
    WEAPON "weapon"
    WEAPON_WEAK "weaponweak"
    WEAPON_MODEL "weaponmodel"
    WEAPON_ADJ "weaponadj"
    WEAPON_ADJ_DEF "weaponadjdef"
    WEAPON_GENITIVE "weapongenitive"
    WEAPON_TYPE "weapontype"
    DEF_TITLE "deftitle"
    DEF_ADJ "defadj"
    STRONG_DEF_ADJ "strongdefadj"
    STOP "stop"
    NATIONALITY "nationality"
    NATIONALITY_WEAK "nationalityweak"
    NATION_HEAD "nationhead"
    CASUALTY_DUAL "casualtydual"
    SOUND_PLURAL "soundplural"
    HARM "harm"
    MEASURE_DUAL "measuredual"
    NOUN_IN_I "nouninya"
    TOWN "town"
    VILLAGE "village"
    GIVEN "given"
    SURNAME "surname"
    UNIT "unit"
    COMMON "common"
    AMBIGUOUS_PLACE "ambiguousplace"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_bits_of_their_own() {
        assert_ne!(Classes::WEEKDAY, Classes::COMMON);
        assert!(!Classes::WEEKDAY.any(Classes::COMMON));
        assert_eq!(Classes::named("weekday"), Some(Classes::WEEKDAY));
        assert_eq!(Classes::named("nothing of the kind"), None);
    }
}
