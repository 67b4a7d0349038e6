//! Everything that can be done, as a list that can be searched in either language.

use std::collections::HashMap;

use super::keymap::{Action, KEYMAP, Key};
use super::settings::Language;
use super::state::State;
use super::strings::{ReviewText, Text};
use super::unkeyed::Unkeyed;
use crate::annotation::DocumentId;
use crate::schema::LabelCode;
use crate::text::fold::fold;
use crate::text::{Folding, unturned};

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// What a key does as well.
    Act(Action),
    /// What a button does and no key.
    Other(Unkeyed),
    /// Gives this label.
    Label(LabelCode),
    /// Opens this article.
    Open(DocumentId),
}

/// An entry of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it does.
    pub deed: Deed,
    /// What it is called, in English and in Arabic.
    pub names: [String; 2],
    /// Its key, as [`Key::chord`] writes it; none if it has no key.
    pub chord: Option<String>,
    /// The names, folded for searching.
    folded: String,
}

impl Entry {
    fn new(deed: Deed, names: [String; 2], chord: Option<String>) -> Self {
        let folded = folded_names(&names);
        Self { deed, names, chord, folded }
    }

    /// What it is called in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        language.pick(&self.names[0], &self.names[1])
    }
}

/// The articles as they are looked for. Kept from one opening of the palette to the next: a title is folded once.
#[derive(Debug, Default)]
pub struct ArticleNames {
    names: Vec<ArticleName>,
    /// The state of the project's list that they are of.
    listing: Option<u64>,
}

#[derive(Debug)]
struct ArticleName {
    id: DocumentId,
    title: Box<str>,
    /// The names of the entry that opens it, folded for searching.
    folded: Box<str>,
}

impl ArticleNames {
    /// Follows what has changed in the project's list, and says how many titles were folded for that.
    pub fn follow(&mut self, state: &State) -> usize {
        let listing = Some(state.project.listing());
        if self.listing == listing {
            return 0;
        }
        self.listing = listing;
        let mut before: HashMap<_, _> = self.names.drain(..).map(|name| (name.id.clone(), name)).collect();
        let mut folded = 0;
        // Both names but for the title, which so is folded once for both.
        let frame = folded_names(&open_names("\0"));
        for listed in state.project.listed() {
            let (id, title) = (listed.id(), listed.title());
            let known = before.remove(id).filter(|name| *name.title == *title);
            self.names.push(known.unwrap_or_else(|| {
                folded += 1;
                ArticleName {
                    id: id.clone(),
                    title: title.into(),
                    folded: frame.replace('\0', &fold(title, Folding::SEARCH)).into(),
                }
            }));
        }
        folded
    }
}

impl ArticleName {
    fn entry(&self) -> Entry {
        Entry {
            deed: Deed::Open(self.id.clone()),
            names: open_names(&self.title),
            chord: None,
            folded: self.folded.clone().into(),
        }
    }
}

/// What it is called to open an article, in both languages.
fn open_names(title: &str) -> [String; 2] {
    let title = unturned(title);
    [Language::English, Language::Arabic]
        .map(|language| language.fill(ReviewText::PaletteOpen, &[("title", &title)]))
}

fn folded_names(names: &[String; 2]) -> String {
    fold(&names.join("\n"), Folding::SEARCH).into_owned()
}

/// How well folded names go with the words looked for; smaller is better, `None` is not at all. Every word must be in
/// one of them.
fn rank(folded: &str, words: &[&str]) -> Option<usize> {
    words.iter().map(|word| rank_of(folded, word)).sum()
}

/// The same of words of which only the root is known; one of a single letter says nothing.
fn rank_of_roots(folded: &str, roots: &[String]) -> Option<usize> {
    let own = || folded.split(|c: char| !c.is_alphanumeric()).map(root);
    let place = |wanted: &String| own().position(|own| own == *wanted).filter(|_| wanted.chars().count() > 1);
    roots.iter().map(place).sum()
}

fn rank_of(folded: &str, word: &str) -> Option<usize> {
    let at = folded.find(word)?;
    let before = folded[..at].chars().next_back();
    let begins_name = before.is_none_or(|c| c == '\n');
    let begins_word = before.is_none_or(|c| !c.is_alphanumeric());
    Some(match (begins_name, begins_word) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    })
}

/// Everything that can be done now, but for opening articles: what keys and buttons do, and the labels.
#[must_use]
pub fn entries(state: &State) -> Vec<Entry> {
    let both =
        |text: Text| [Language::English, Language::Arabic].map(|language| language.text(text).to_owned());
    let mut entries: Vec<Entry> = Vec::new();
    for binding in
        KEYMAP.iter().filter(|binding| !matches!(binding.action, Action::Move(..) | Action::Palette))
    {
        let names = both(binding.meaning);
        if entries.iter().all(|entry| entry.names != names) {
            let chord = binding.key_now(&state.settings.keys).chord();
            entries.push(Entry::new(Deed::Act(binding.action), names, Some(chord)));
        }
    }
    for label in &state.schema().labels {
        let name = |language: Language| {
            let given = language.pick(&label.name.en, &label.name.ar);
            language.fill(ReviewText::PaletteLabel, &[("label", given), ("code", label.code.as_str())])
        };
        let names = [name(Language::English), name(Language::Arabic)];
        let key = label.key.map(|key| Key { code: key.as_str(), ctrl: false, alt: false, shift: false });
        entries.push(Entry::new(Deed::Label(label.code.clone()), names, key.map(Key::chord)));
    }
    for unkeyed in Unkeyed::all(state) {
        let names = [Language::English, Language::Arabic].map(|language| unkeyed.name(state, language));
        entries.push(Entry::new(Deed::Other(unkeyed), names, None));
    }
    entries
}

/// The entries that go with what was typed, the best first, at most `most`; of equals those of `entries` come first, and
/// then the articles, in their order. Nothing typed: all, in their order.
///
/// Where nothing has the words as they are, what is of their roots is found: commands are called by verbal nouns
/// (تراجع, قبول, توسيع), and who tells somebody to do something types a verb (تراجعي, اقبل, وسّع).
#[must_use]
pub fn search(entries: &[Entry], articles: &ArticleNames, typed: &str, most: usize) -> Vec<Entry> {
    let typed = fold(typed, Folding::SEARCH);
    let words: Vec<_> = typed.split_whitespace().collect();
    let ranked = |rank: &dyn Fn(&str) -> Option<usize>| {
        let entries = entries.iter().map(|entry| (&*entry.folded, Found::Entry(entry)));
        let articles = articles.names.iter().map(|name| (&*name.folded, Found::Article(name)));
        let all = entries.chain(articles);
        let mut found: Vec<_> = all.filter_map(|(folded, found)| Some((rank(folded)?, found))).collect();
        found.sort_by_key(|&(rank, _)| rank);
        found
    };
    let mut found = ranked(&|folded| rank(folded, &words));
    if found.is_empty() {
        let roots: Vec<_> = words.iter().map(|word| root(word)).collect();
        found = ranked(&|folded| rank_of_roots(folded, &roots));
    }
    let entry = |(_, found)| match found {
        Found::Entry(entry) => Entry::clone(entry),
        Found::Article(name) => name.entry(),
    };
    found.into_iter().take(most).map(entry).collect()
}

/// An entry, or what is one once it is shown.
#[derive(Clone, Copy)]
enum Found<'a> {
    Entry(&'a Entry),
    Article(&'a ArticleName),
}

/// What is left of a folded word without what verbs and their nouns differ in: article, weak letters and hamza, and the
/// letters that a verb has before and behind its root.
fn root(word: &str) -> String {
    let word = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word);
    let strong =
        |c: &char| !matches!(c, 'ا' | 'أ' | 'إ' | 'آ' | 'و' | 'ي' | 'ى' | 'ء' | 'ئ' | 'ؤ' | 'ه' | 'ة');
    let letters: String = word.chars().filter(strong).collect();
    match letters.strip_prefix('ت') {
        Some(rest) if rest.chars().count() > 1 => rest.to_owned(),
        _ => letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Change, Edit, EditKind, Status};
    use crate::app::intake;

    fn state() -> State {
        let mut state = State::default();
        state.project.insert(intake::article("معركة في مأرب", "نص".to_owned()));
        state
    }

    fn find(state: &State, typed: &str, most: usize) -> Vec<Entry> {
        let mut articles = ArticleNames::default();
        articles.follow(state);
        search(&entries(state), &articles, typed, most)
    }

    fn all() -> Vec<Entry> {
        find(&state(), "", usize::MAX)
    }

    fn best(typed: &str) -> Option<Deed> {
        find(&state(), typed, 5).first().map(|entry| entry.deed.clone())
    }

    #[test]
    fn what_keys_do_is_found_in_both_languages() {
        assert_eq!(best("undo"), Some(Deed::Act(Action::Undo)));
        assert_eq!(best("تراجع"), Some(Deed::Act(Action::Undo)));
        assert_eq!(best("accept ALL"), Some(Deed::Act(Action::AcceptAll)));
    }

    #[test]
    fn labels_and_articles_are_found_however_they_are_spelled() {
        let person = LabelCode::new("PER").unwrap();
        assert_eq!(best("person"), Some(Deed::Label(person)));
        let state_id = all().into_iter().find_map(|entry| match entry.deed {
            Deed::Open(id) => Some(id),
            Deed::Act(_) | Deed::Label(_) | Deed::Other(_) => None,
        });
        assert_eq!(best("معركه مارب"), state_id.map(Deed::Open));
    }

    #[test]
    fn what_has_a_button_and_no_key_is_found_in_both_languages() {
        use crate::app::Theme;
        use crate::text::ProcliticPolicy;
        let dark = Some(Deed::Other(Unkeyed::Theme(Theme::Dark)));
        assert_eq!((best("dark"), best("داكن")), (dark.clone(), dark));
        let arabic = Some(Deed::Other(Unkeyed::Language(Language::Arabic)));
        assert_eq!((best("arabic"), best("العربية")), (arabic.clone(), arabic));
        let peel = Some(Deed::Other(Unkeyed::Proclitics(ProcliticPolicy::Peeled)));
        assert_eq!((best("prefixes by themselves"), best("السوابق تلقائيًا")), (peel.clone(), peel));
    }

    #[test]
    fn what_is_sure_can_be_accepted_everywhere() {
        let mut state = State::default();
        let id = state.project.insert(intake::article("خبر", "نص".to_owned()));
        state.current = Some(id);
        state.settings.sure = 85;
        let all = entries(&state);
        let best = |typed: &str| {
            search(&all, &ArticleNames::default(), typed, 5).first().map(|entry| entry.deed.clone())
        };
        let everywhere = Some(Deed::Other(Unkeyed::AcceptSureEverywhere));
        assert_eq!(best("accept sure unfinished"), everywhere);
        assert_eq!(best("قبول عالية الثقة كل المقالات"), everywhere);
        assert_eq!(best("85%"), everywhere, "it says from which confidence on");
        assert_eq!(
            best("accept sure"),
            Some(Deed::Act(Action::AcceptSure)),
            "the open article's own comes first"
        );
    }

    #[test]
    fn a_verb_finds_what_is_called_by_its_noun() {
        let other = |unkeyed| Some(Deed::Other(unkeyed));
        assert_eq!(best("تراجعي"), Some(Deed::Act(Action::Undo)));
        assert_eq!(best("اقبل كل"), Some(Deed::Act(Action::AcceptAll)));
        assert_eq!(best("كبّر الخط"), other(Unkeyed::TextSize(true)));
        assert_eq!(best("ابحث"), Some(Deed::Act(Action::Search)));
        assert_eq!(best("صدّر"), Some(Deed::Act(Action::Export)));
        assert_eq!(best("اا"), None, "nothing is left of it to look for");
    }

    #[test]
    fn what_nobody_typed_is_not_found() {
        assert_eq!(best("zzz"), None);
        assert_eq!(all().len(), entries(&state()).len() + 1, "everything, and the article");
    }

    #[test]
    fn titles_are_folded_once_and_anew_when_they_change() {
        let mut state = state();
        let second = state.project.insert(intake::article("لقاء في تونس", "نص".to_owned()));
        let mut articles = ArticleNames::default();
        assert_eq!(articles.follow(&state), 2);
        assert_eq!(articles.follow(&state), 0, "kept for the next opening");
        let done = Change::Status { before: Status::New, after: Status::Done };
        state.project.commit(Edit::of(EditKind::Status, &second, [done])).unwrap();
        assert_eq!(articles.follow(&state), 0, "it is called as before");
        let before = state.project.document(&second).and_then(|document| document.meta.get("title").cloned());
        let title =
            Change::Meta { key: "title".into(), before, after: Some("لقاء في صنعاء".into()) };
        state.project.commit(Edit::of(EditKind::Describe, &second, [title])).unwrap();
        assert_eq!(articles.follow(&state), 1);
        let found = |articles: &ArticleNames, typed| search(&[], articles, typed, 5).len();
        assert_eq!((found(&articles, "صنعاء"), found(&articles, "تونس")), (1, 0));
        state.project.commit(Edit::of(EditKind::Discard, &second, [Change::Present(false)])).unwrap();
        assert_eq!(articles.follow(&state), 0);
        assert_eq!(found(&articles, "صنعاء"), 0, "it is not there any more");
        let signs = state
            .project
            .insert(intake::article("\u{202E}لقاء\u{200F} ١٢ في «NATO»\u{202C}", "نص".to_owned()));
        assert_eq!(articles.follow(&state), 1);
        let last = search(&[], &articles, "12 nato", 5).pop();
        let title = state.project.document(&signs).map(|document| document.title().to_owned());
        let named = title.map(|title| Entry::new(Deed::Open(signs.clone()), open_names(&title), None));
        assert_eq!(last, named, "folded as its names are");
        let leave = Edit::of(EditKind::Discard, &signs, [Change::Present(false)]);
        state.project.commit(leave).unwrap();
        articles.follow(&state);
        assert_eq!(search(&[], &articles, "", 5), find(&state, "", 1000).split_off(entries(&state).len()));
    }

    #[test]
    fn every_deed_is_there_once() {
        let all = all();
        for (n, entry) in all.iter().enumerate() {
            assert!(
                !all[..n].iter().any(|other| other.names == entry.names),
                "{:?} is there twice",
                entry.names
            );
        }
    }
}
