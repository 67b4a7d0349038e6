//! What is wrong where a text stops being XML: in our own words, so that every language of the page has them.

use quick_xml::Error;
use quick_xml::errors::IllFormedError;
use quick_xml::escape::EscapeError;
use quick_xml::events::attributes::AttrError;
use serde::Serialize;

/// What is wrong at a place where a text stops being XML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum XmlFault {
    /// A tag, a comment or the like that never ends.
    #[error("what begins here is never closed")]
    NotClosed,
    /// A closing tag of an element that is not open.
    #[error("</{found}> closes an element that is not open")]
    NothingOpen {
        /// Its name.
        found: String,
    },
    /// A closing tag of another element than the one that is open.
    #[error("<{open}> is closed by </{found}>")]
    WrongEnd {
        /// The element that is open.
        open: String,
        /// The one that is closed.
        found: String,
    },
    /// An attribute without a value in quotes.
    #[error("an attribute has no value in quotes")]
    Attribute,
    /// Two attributes of one name.
    #[error("an attribute is there twice")]
    Twice,
    /// An entity that the file does not bring along and XML does not have.
    #[error("the entity &{name}; is not known")]
    Entity {
        /// Its name.
        name: String,
    },
    /// An `&` that begins no entity, or the number of no character.
    #[error("an & begins neither an entity nor the number of a character")]
    Reference,
    /// Too many elements inside each other.
    #[error("more than {most} elements stand inside each other")]
    TooDeep {
        /// How many may.
        most: usize,
    },
    /// It stops before its end.
    #[error("it stops in the middle")]
    Cut,
    /// Anything else.
    #[error("it cannot be read from here on")]
    Other,
}

impl From<Error> for XmlFault {
    fn from(error: Error) -> Self {
        match error {
            Error::Syntax(_) => Self::NotClosed,
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => Self::NothingOpen { found },
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                Self::WrongEnd { open: expected, found }
            }
            Error::IllFormed(IllFormedError::UnclosedReference) => Self::Reference,
            Error::InvalidAttr(error) => error.into(),
            Error::Escape(error) => error.into(),
            _ => Self::Other,
        }
    }
}

impl From<AttrError> for XmlFault {
    fn from(error: AttrError) -> Self {
        match error {
            AttrError::Duplicated(..) => Self::Twice,
            _ => Self::Attribute,
        }
    }
}

impl From<EscapeError> for XmlFault {
    fn from(error: EscapeError) -> Self {
        match error {
            EscapeError::UnrecognizedEntity(_, name) => Self::Entity { name },
            _ => Self::Reference,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ProblemKind;
    use crate::formats::xml::parse;

    #[test]
    fn every_fault_is_told_from_the_others() {
        let found = |found: &str| XmlFault::NothingOpen { found: found.to_owned() };
        let entity = || XmlFault::Entity { name: "nbsp".to_owned() };
        let deep = "<a>".repeat(200);
        let faulty = [
            ("<a><!-- ", XmlFault::NotClosed),
            ("<a", XmlFault::NotClosed),
            ("<a b=\"c", XmlFault::NotClosed),
            ("<a/></b>", found("b")),
            ("<a></b>", XmlFault::WrongEnd { open: "a".to_owned(), found: "b".to_owned() }),
            ("<a b/>", XmlFault::Attribute),
            ("<a b=c/>", XmlFault::Attribute),
            ("<a b=\"1\" b=\"2\"/>", XmlFault::Twice),
            ("<a>&nbsp;</a>", entity()),
            ("<a b=\"&nbsp;\"/>", entity()),
            ("<a>&#xZ;</a>", XmlFault::Reference),
            ("<a b=\"& c\"/>", XmlFault::Reference),
            (&deep, XmlFault::TooDeep { most: 128 }),
            ("<a><b></b>", XmlFault::Cut),
        ];
        for (text, fault) in faulty {
            let Err((_, ProblemKind::Xml { fault: said })) = parse(text) else { panic!("{text}") };
            assert_eq!(said, fault, "{text}");
        }
    }
}
