//! The projects of a browser, as a list.

use serde::{Deserialize, Serialize};

use super::About;
use crate::text;

/// How long a deleted project can be brought back, in milliseconds: thirty days.
pub const KEPT_AFTER_DELETION: u64 = 30 * 24 * 60 * 60 * 1000;

/// What the list of projects says of one. All of it follows from the project itself, but for what was decided about the
/// project as a whole: that it is archived or deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectCard {
    /// The database it is in. Never used again for another.
    pub database: String,
    /// What people call it; empty if nobody named it.
    pub name: String,
    /// When it was begun, in milliseconds since 1970 (UTC); 0 if unknown.
    pub created: u64,
    /// When it was worked on last, likewise.
    pub changed: u64,
    /// How many articles are in it.
    pub articles: usize,
    /// How many of them are finished.
    pub finished: usize,
    /// Put aside.
    pub archived: bool,
    /// When it was deleted, in milliseconds since 1970 (UTC). Its database is still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<u64>,
}

/// Where a project stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Worked on.
    Active,
    /// Put aside.
    Archived,
    /// Deleted, and can still be brought back.
    Deleted,
}

impl ProjectCard {
    /// The card of a project about which nothing else is known.
    #[must_use]
    pub fn new(database: impl Into<String>) -> Self {
        Self { database: database.into(), ..Self::default() }
    }

    /// Takes over what the project says of itself.
    pub fn describe(&mut self, about: &About) {
        self.name.clone_from(&about.name);
        self.created = about.created;
    }

    /// Where it stands.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        match (self.deleted, self.archived) {
            (Some(_), _) => Shelf::Deleted,
            (None, true) => Shelf::Archived,
            (None, false) => Shelf::Active,
        }
    }

    /// True if it was deleted so long ago that it may be erased.
    #[must_use]
    pub fn is_expired(&self, now: u64) -> bool {
        self.deleted.is_some_and(|deleted| now.saturating_sub(deleted) > KEPT_AFTER_DELETION)
    }
}

/// Puts a list in order: what is worked on before what is put aside and deleted, the latest first. Databases of projects
/// that are on no card get one, so that nothing is ever out of sight.
pub fn arrange(cards: &mut Vec<ProjectCard>, databases: impl IntoIterator<Item = String>) {
    for database in databases {
        if !cards.iter().any(|card| card.database == database) {
            cards.push(ProjectCard::new(database));
        }
    }
    cards.sort_by(|a, b| {
        let latest = |card: &ProjectCard| card.changed.max(card.created);
        (a.shelf(), latest(b), &a.database).cmp(&(b.shelf(), latest(a), &b.database))
    });
}

/// A name that no other project has: `name`, `name 2`, `name 3` …
#[must_use]
pub fn free_name(wanted: &str, cards: &[ProjectCard]) -> String {
    text::free_name(wanted, " ", |name| cards.iter().any(|card| card.name == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(database: &str, changed: u64) -> ProjectCard {
        ProjectCard { changed, name: database.to_owned(), ..ProjectCard::new(database) }
    }

    #[test]
    fn what_is_worked_on_comes_first_and_the_latest_before_all() {
        let archived = ProjectCard { archived: true, ..card("archived", 9) };
        let deleted = ProjectCard { deleted: Some(1), archived: true, ..card("deleted", 99) };
        let mut cards = vec![deleted, archived, card("old", 1), card("new", 2)];
        arrange(&mut cards, []);
        let order: Vec<_> = cards.iter().map(|card| card.database.as_str()).collect();
        assert_eq!(order, ["new", "old", "archived", "deleted"]);
    }

    #[test]
    fn a_project_without_a_card_is_shown_all_the_same() {
        let mut cards = vec![card("known", 5)];
        arrange(&mut cards, ["known".to_owned(), "lost".to_owned()]);
        let order: Vec<_> = cards.iter().map(|card| card.database.as_str()).collect();
        assert_eq!(order, ["known", "lost"]);
    }

    #[test]
    fn a_deleted_project_is_kept_for_thirty_days() {
        let deleted = ProjectCard { deleted: Some(1_000), ..card("a", 0) };
        assert!(!deleted.is_expired(1_000 + KEPT_AFTER_DELETION));
        assert!(deleted.is_expired(1_001 + KEPT_AFTER_DELETION));
        assert!(!deleted.is_expired(0), "a clock that went back erases nothing");
        assert!(!card("b", 0).is_expired(u64::MAX));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let cards = [card("a", 0), card("a 2", 0)];
        assert_eq!(free_name("a", &cards), "a 3");
        assert_eq!(free_name("b", &cards), "b");
    }

    #[test]
    fn a_card_of_an_older_or_newer_misam_is_read() {
        let card: ProjectCard = serde_json::from_str(r#"{"database":"x","colour":"red"}"#).unwrap();
        assert_eq!(card, ProjectCard::new("x"));
    }
}
