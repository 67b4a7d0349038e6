//! The eleven labels of the guideline, as the rules know them.

use crate::schema::LabelCode;

/// A label of conflict news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Person.
    Per,
    /// Organisation that is not itself an armed force.
    Org,
    /// Armed force or group.
    Grp,
    /// Place.
    Loc,
    /// Facility.
    Fac,
    /// Named event.
    Evt,
    /// Agreement or document.
    Agr,
    /// Weapon or equipment.
    Wpn,
    /// Date or time.
    Dat,
    /// Count.
    Num,
    /// Nationality or people.
    Nat,
}

impl Label {
    /// All labels in the order of the guideline.
    pub const ALL: [Self; 11] = [
        Self::Per,
        Self::Org,
        Self::Grp,
        Self::Loc,
        Self::Fac,
        Self::Evt,
        Self::Agr,
        Self::Wpn,
        Self::Dat,
        Self::Num,
        Self::Nat,
    ];

    /// The code that files carry.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Org => "ORG",
            Self::Grp => "GRP",
            Self::Loc => "LOC",
            Self::Fac => "FAC",
            Self::Evt => "EVT",
            Self::Agr => "AGR",
            Self::Wpn => "WPN",
            Self::Dat => "DAT",
            Self::Num => "NUM",
            Self::Nat => "NAT",
        }
    }

    /// The label of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.code() == code)
    }

    /// The code as the schema's type; `None` never happens, since every code is well formed (tested).
    #[must_use]
    pub fn label_code(self) -> Option<LabelCode> {
        LabelCode::new(self.code()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_a_well_formed_code_that_leads_back() {
        for label in Label::ALL {
            assert!(label.label_code().is_some());
            assert_eq!(Label::from_code(label.code()), Some(label));
        }
    }
}
