//! Articles that do not say when they were published, and the day that a person gives them.

use serde_json::Value;

use super::describing::{DATE, dated_anew};
use super::message::Message;
use super::update::Turn;
use crate::annotation::{Change, Document, DocumentId, EditKind};
use crate::extract::value::{self, Date};
use crate::text::words;

/// So many words are looked at: an import of many thousand articles is not read through for a note.
const MOST_WORDS: usize = 1_000;

/// A time of more words than these hangs on a day, or does not, by fewer of them as well.
const LONGEST: usize = 4;

/// True if an article does not say when it was published.
#[must_use]
pub fn is_undated(document: &Document) -> bool {
    document.meta.get(DATE).is_none_or(|date| date.as_str().is_some_and(str::is_empty))
}

/// True unless it is plain that nothing in these texts hangs on the day of publication, as `أمس` and `الأحد` do. Of more
/// than a thousand words without such a one it is not plain.
#[must_use]
pub fn may_hang_on_day<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    let mut left = MOST_WORDS;
    for text in texts {
        let places: Vec<_> = words(text).map(|word| word.range.to_std()).take(left).collect();
        let mut rest = &places[..];
        while let [first, ..] = rest {
            let lengths = (1..=LONGEST.min(rest.len())).rev();
            let read = lengths.filter_map(|length| {
                let end = rest.get(length - 1)?.end;
                Some((length, hangs_on_day(text.get(first.start..end)?)?))
            });
            let (length, hangs) = { read }.next().unwrap_or((1, false));
            if hangs {
                return true;
            }
            rest = &rest[length..];
        }
        left -= places.len();
        if left == 0 {
            return true;
        }
    }
    false
}

/// Whether words that are a time, perhaps with a letter written on to it, say another one when they were published on
/// another day; nothing if they are no time.
fn hangs_on_day(surface: &str) -> Option<bool> {
    const ONE_DAY: &str = "2001-02-03";
    let read = |surface: &str| {
        let open = value::of("DAT", surface, None)?;
        Some(value::of("DAT", surface, Date::from_iso(ONE_DAY)) != Some(open))
    };
    read(surface).or_else(|| surface.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']).and_then(read))
}

/// Gives a day to those of these articles that name none, as one edit. Times that were counted without it are counted
/// anew. How far the work on an article is stays as it was.
pub(super) fn give_day(turn: &mut Turn, ids: &[DocumentId], day: &str) {
    if Date::from_iso(day).is_none() {
        return;
    }
    let after = Value::from(day);
    let project = &turn.state.project;
    let documents = ids.iter().filter_map(|id| project.document(id));
    let edits: Vec<_> = documents
        .filter(|document| document.present && is_undated(document))
        .map(|document| {
            let mut changes = dated_anew(document, Some(&after));
            let before = document.meta.get(DATE).cloned();
            changes.push(Change::Meta { key: DATE.into(), before, after: Some(after.clone()) });
            (document.id.clone(), changes)
        })
        .collect();
    let count = edits.len();
    if count == 0 {
        turn.say(Message::NothingToApply);
    } else if turn.commit_aside(EditKind::Describe, edits) {
        turn.say(Message::Dated(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId, Status};
    use crate::app::{Command, Effect, State, intake, update};
    use crate::schema::LabelCode;

    #[test]
    fn whether_a_text_hangs_on_its_day_is_told_by_its_times() {
        for text in [
            "وصل الوفد أمس",
            "زار بغداد، وأمس عاد",
            "قال الأحد إن",
            "في العام الماضي",
            "في 3 مايو",
            "خلال الأسبوع المقبل",
        ] {
            assert!(may_hang_on_day([text]), "{text}");
        }
        for text in ["زار بغداد", "في 3 مايو 2019 قتل أربعون", "وصل إلى المدينة بعد زيارة", ""]
        {
            assert!(!may_hang_on_day([text]), "{text}");
        }
        assert!(may_hang_on_day(["زار بغداد", "عاد أمس"]));
        assert!(may_hang_on_day([&*"زار بغداد ".repeat(MOST_WORDS)]), "not read to its end");
    }

    #[test]
    fn one_day_for_all_that_name_none_is_one_edit_and_times_are_counted_anew() {
        let mut articles = ["عاد أمس", "رحل أمس", "وصل أمس"].map(|text| {
            let mut document = intake::article("", text.to_owned());
            let start = text.find("أمس").unwrap();
            let label = LabelCode::new("DAT").unwrap();
            let span = Span::new(SpanId::numbered(1), (start..text.len()).into(), label, Origin::Manual);
            document.spans = [Span { normalized: Some("day-1".into()), ..span }].into_iter().collect();
            document
        });
        articles[1].meta.insert(DATE.to_owned(), "2019-04-06".into());
        articles[2].meta.insert(DATE.to_owned(), "".into());
        let ids = articles.clone().map(|article| article.id);
        assert_eq!(articles.each_ref().map(is_undated), [true, false, true]);
        let mut state = State::default();
        update(&mut state, Command::Add(articles.to_vec()), 0);
        let said =
            |effects: &[Effect]| effects.iter().any(|effect| *effect == Effect::Announce(Message::Dated(2)));
        update(&mut state, Command::GiveDay(ids.to_vec(), "soon".to_owned()), 0);
        assert!(state.project.documents().any(is_undated), "a word is no day");
        assert!(said(&update(&mut state, Command::GiveDay(ids.to_vec(), "2024-03-12".to_owned()), 0)));
        let now = |state: &State| {
            ids.clone().map(|id| {
                let document = state.project.document(&id).unwrap();
                let counted = document.spans.iter().next().unwrap().normalized.as_deref().map(str::to_owned);
                (document.meta.get(DATE).cloned(), counted.unwrap(), document.status)
            })
        };
        let dated = |date: &str, counted: &str| (Some(Value::from(date)), counted.to_owned(), Status::New);
        let given = dated("2024-03-12", "2024-03-11");
        assert_eq!(now(&state), [given.clone(), dated("2019-04-06", "day-1"), given]);
        update(&mut state, Command::Undo, 0);
        let before =
            [(None, "day-1".to_owned(), Status::New), dated("2019-04-06", "day-1"), dated("", "day-1")];
        assert_eq!(now(&state), before);
    }
}
