//! What the status line says: the answer to a command stays there for a while, also when the page has something to add
//! by itself.

/// For so long a message stays in sight, in milliseconds.
pub const STAYS_MS: u64 = 4_000;

/// Something said in the status line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// For ears: all that was said in one turn.
    pub heard: String,
    /// For eyes: what of it the page does not show anyway; empty if it shows all.
    pub seen: String,
    /// Makes the same words said twice two events.
    pub count: u64,
    /// The last answer to a command.
    answer: Option<Answer>,
}

/// What was said to a command, and when, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    heard: String,
    seen: String,
    at: u64,
}

impl Said {
    /// Says what a command came to, in the place of anything else.
    pub fn answer(&mut self, heard: String, seen: String, now: u64) {
        self.answer = Some(Answer { heard: heard.clone(), seen: seen.clone(), at: now });
        self.say(heard, seen);
    }

    /// Says what nobody asked for. It comes behind an answer that nobody can have read yet, and never in its place.
    pub fn add(&mut self, heard: &str, seen: &str, now: u64) {
        let fresh = self.answer.as_ref().filter(|answer| now.saturating_sub(answer.at) < STAYS_MS);
        let behind = |before: Option<&String>, words: &str| match before {
            Some(before) if !before.is_empty() && !words.is_empty() => format!("{before} {words}"),
            Some(before) if words.is_empty() => before.clone(),
            _ => words.to_owned(),
        };
        let heard = behind(fresh.map(|answer| &answer.heard), heard);
        let seen = behind(fresh.map(|answer| &answer.seen), seen);
        self.say(heard, seen);
    }

    fn say(&mut self, heard: String, seen: String) {
        self.heard = heard;
        self.seen = seen;
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(said: &mut Said, words: &str, now: u64) -> String {
        said.add(words, words, now);
        assert_eq!(said.heard, said.seen);
        said.heard.clone()
    }

    #[test]
    fn an_answer_stays_until_it_can_have_been_read() {
        let mut said = Said::default();
        assert_eq!(after(&mut said, "3 suggestions.", 10), "3 suggestions.");
        said.answer("Added.".into(), "Added.".into(), 1_000);
        assert_eq!(after(&mut said, "1 suggestion.", 1_001), "Added. 1 suggestion.");
        assert_eq!(
            after(&mut said, "2 suggestions.", 4_999),
            "Added. 2 suggestions.",
            "the first is outdated"
        );
        assert_eq!(after(&mut said, "4 suggestions.", 5_000), "4 suggestions.");
        said.answer("Removed.".into(), String::new(), 6_000);
        said.add("5 suggestions.", "", 6_001);
        assert_eq!((&*said.heard, &*said.seen), ("Removed. 5 suggestions.", ""));
    }

    #[test]
    fn the_same_words_twice_are_two_events() {
        let mut said = Said::default();
        said.answer("Saved.".into(), "Saved.".into(), 1);
        let first = said.count;
        said.answer("Saved.".into(), "Saved.".into(), 2);
        assert_ne!(said.count, first);
    }
}
