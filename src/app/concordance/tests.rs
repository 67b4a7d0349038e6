use std::sync::Arc;

use super::*;
use crate::annotation::{Change, DocumentId, Edit, EditKind, FLAG, Origin, Span, SpanId, Status};
use crate::app::intake;
use crate::app::state::State;
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};

const FIRST: &str = "زار الوفد القاهرة أمس، ثم عاد من القَاهِرة.\nوقال للقاهرة وبالقاهرة إن القاهري ذهب.";
const SECOND: &str = "القاهرة مدينة.";

fn state() -> State {
    let mut state = State::default();
    for text in [FIRST, SECOND] {
        let id = state.project.insert(intake::article("", text.to_owned()));
        state.current.get_or_insert(id);
    }
    state
}

fn surfaces(state: &State, query: &Query) -> Vec<String> {
    let found = SearchCache::default().find(state, query, None);
    let surface = |hit: &Hit| {
        let document = state.project.document(&hit.document).unwrap();
        document.text.slice(hit.range).unwrap().to_owned()
    };
    found.hits.iter().map(surface).collect()
}

fn name(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}

/// Says something of the first place where a surface stands in the first article.
fn say(state: &mut State, surface: &str, origin: Origin, confidence: Option<f32>) {
    let document = state.document().unwrap();
    let at = document.text.as_str().find(surface).unwrap();
    let range = ByteRange::from(at..at + surface.len());
    let name = document.spans.free_ids().next().unwrap_or(SpanId::numbered(1));
    let label = LabelCode::new("LOC").unwrap();
    let span = Span { confidence, ..Span::new(name, range, label, origin) };
    let edit = Edit::of(EditKind::Label, &document.id.clone(), [Change::Add(Arc::new(span))]);
    state.project.commit(edit).unwrap();
}

#[test]
fn a_name_is_found_however_it_is_spelled_and_behind_its_proclitics() {
    let state = state();
    assert_eq!(surfaces(&state, &name("القاهرة")), ["القاهرة", "القَاهِرة", "لقاهرة", "القاهرة"]);
    let letters = Query { matching: Matching::Letters, ..name("قاهر") };
    assert_eq!(surfaces(&state, &letters).len(), 5, "inside of words, too");
    let exact = Query { matching: Matching::Exact, ..name("القاهرة") };
    assert_eq!(surfaces(&state, &exact).len(), 2);
}

#[test]
fn all_articles_are_searched_only_if_that_is_asked_for() {
    let state = state();
    let everywhere = Query { everywhere: true, ..name("القاهرة") };
    assert_eq!(surfaces(&state, &everywhere).len(), surfaces(&state, &name("القاهرة")).len() + 1);
}

#[test]
fn a_span_in_pieces_does_not_lie_across_itself() {
    let mut state = state();
    let document = state.document().unwrap();
    let id = document.id.clone();
    let place = |surface: &str| {
        let at = FIRST.find(surface).unwrap();
        ByteRange::from(at..at + surface.len())
    };
    let (first, last) = (place("الوفد"), place("أمس"));
    let whole = ByteRange { start: first.start, end: last.end };
    let pieces = Span {
        fragments: vec![first, last],
        ..Span::new(SpanId::numbered(1), whole, LabelCode::new("ORG").unwrap(), Origin::Manual)
    };
    let edit = Edit::of(EditKind::Label, &id, [Change::Add(Arc::new(pieces))]);
    state.project.commit(edit).unwrap();
    let listed = Query { standing: Standing::Confirmed, ..Query::default() };
    let hits = SearchCache::default().find(&state, &listed, None).hits;
    let [hit] = hits.as_slice() else { panic!("{hits:?}") };
    assert_eq!((hit.span.is_some(), hit.across.len()), (true, 0));
}

#[test]
fn places_are_told_apart_by_what_is_said_of_them() {
    let mut state = state();
    say(&mut state, "القاهرة", Origin::Manual, None);
    say(&mut state, "القَاهِرة", Origin::Suggested, Some(0.4));
    let of = |standing| surfaces(&state, &Query { standing, ..name("القاهرة") }).len();
    assert_eq!(Standing::ALL.map(of), [4, 2, 1, 1, 1, 0, 0, 0]);
    let doubtful = |most| surfaces(&state, &Query { at_most: Some(most), ..Query::default() });
    assert_eq!(doubtful(50), ["القَاهِرة"], "without words, spans are listed");
    assert_eq!(doubtful(30), [""; 0]);
    let sure = |least| surfaces(&state, &Query { at_least: Some(least), ..Query::default() });
    assert_eq!(sure(40), ["القَاهِرة"], "what a person stands behind is no suggestion");
    assert_eq!(sure(50), [""; 0]);
    let between = Query { at_least: Some(30), at_most: Some(39), ..Query::default() };
    assert_eq!(surfaces(&state, &between), [""; 0], "both hold");
    let unlabelled = Query { standing: Standing::Unlabelled, at_least: Some(0), ..name("القاهرة") };
    assert_eq!(surfaces(&state, &unlabelled), [""; 0]);
    let organisations = Query { label: LabelCode::new("ORG").ok(), ..name("القاهرة") };
    assert_eq!(surfaces(&state, &organisations), [""; 0]);
}

#[test]
fn spans_are_told_apart_by_how_they_came_about() {
    let mut state = state();
    say(&mut state, "القاهرة", Origin::Manual, None);
    say(&mut state, "القَاهِرة", Origin::Accepted, Some(0.9));
    say(&mut state, "وبالقاهرة", Origin::Corrected, None);
    say(&mut state, "الوفد", Origin::Imported, None);
    say(&mut state, "ذهب", Origin::Suggested, Some(0.4));
    let of = |origin| surfaces(&state, &Query { standing: Standing::Of(origin), ..Query::default() });
    assert_eq!(of(Origin::Manual), ["القاهرة"]);
    assert_eq!(of(Origin::Accepted), ["القَاهِرة"]);
    assert_eq!(of(Origin::Corrected), ["وبالقاهرة"]);
    assert_eq!(of(Origin::Imported), ["الوفد"]);
    assert_eq!(of(Origin::Suggested), ["ذهب"]);
}

#[test]
fn all_that_is_asked_for_holds_of_one_span() {
    let mut state = state();
    say(&mut state, "الوفد القاهرة", Origin::Manual, None);
    say(&mut state, "القاهرة أمس", Origin::Suggested, Some(0.4));
    let places = |standing| {
        let query = Query { standing, at_most: Some(50), ..name("القاهرة") };
        surfaces(&state, &query).len()
    };
    assert_eq!(places(Standing::Suggested), 1);
    assert_eq!(places(Standing::Of(Origin::Manual)), 0, "the doubtful one is not the one made by hand");
    assert_eq!(places(Standing::Unlabelled), 0);
}

#[test]
fn articles_are_narrowed_by_status_and_by_flag() {
    let mut state = state();
    let ids: Vec<_> = state.project.documents().map(|document| document.id.clone()).collect();
    let flag = Change::Meta { key: FLAG.into(), before: None, after: Some(true.into()) };
    let done = Change::Status { before: Status::New, after: Status::Done };
    state.project.commit(Edit::of(EditKind::Describe, &ids[0], [flag])).unwrap();
    state.project.commit(Edit::of(EditKind::Status, &ids[1], [done])).unwrap();
    let of = |articles| surfaces(&state, &Query { everywhere: true, articles, ..name("القاهرة") }).len();
    assert_eq!(Articles::ALL.map(of), [5, 4, 0, 1, 0, 4]);
    let here = Query { articles: Articles::Of(Status::Done), ..name("القاهرة") };
    assert_eq!(surfaces(&state, &here).len(), 4, "the one on the screen is meant whatever it is");
}

#[test]
fn a_place_that_a_person_has_decided_on_is_not_open() {
    let mut state = state();
    say(&mut state, "الوفد القاهرة", Origin::Manual, None);
    say(&mut state, "القَاهِرة", Origin::Suggested, Some(0.4));
    let found = SearchCache::default().find(&state, &name("القاهرة"), None);
    let open: Vec<_> = found.hits.iter().map(Hit::is_open).collect();
    assert_eq!(open, [false, true, true, true]);
}

#[test]
fn a_part_of_a_longer_name_is_not_open() {
    let mut state = state();
    say(&mut state, "الوفد القاهرة", Origin::Suggested, Some(0.9));
    let found = SearchCache::default().find(&state, &name("القاهرة"), None);
    let open: Vec<_> = found.hits.iter().map(Hit::is_open).collect();
    assert_eq!(open, [false, true, true, true]);
    let wider = found.hits[0].wider().map(|span| state.surface(span).to_owned());
    assert_eq!(wider.as_deref(), Some("الوفد القاهرة"));
    let longer = SearchCache::default().find(&state, &name("زار الوفد القاهرة"), None);
    assert!(longer.hits.iter().all(Hit::is_open), "what is suggested within is shorter");
}

#[test]
fn nothing_is_listed_for_an_empty_query() {
    let mut state = state();
    say(&mut state, "القاهرة", Origin::Manual, None);
    assert_eq!(surfaces(&state, &Query::default()), [""; 0]);
}

#[test]
fn a_pattern_stands_where_its_finder_says() {
    let state = state();
    let query = Query { matching: Matching::Pattern, ..name("^.") };
    assert_eq!(SearchCache::default().find(&state, &query, None), Found::default());
    let first = |_: &SourceText| vec![ByteRange::from(0..2)];
    assert_eq!(SearchCache::default().find(&state, &query, Some(&first)).hits.len(), 1);
}

#[test]
fn the_context_stays_on_the_line_and_is_cut_between_words() {
    let text = SourceText::from(FIRST);
    let at = FIRST.find("وبالقاهرة").unwrap();
    let whole = context(&text, (at..at + "وبالقاهرة".len()).into(), 200);
    assert_eq!((whole.before.as_str(), whole.after.as_str()), ("وقال للقاهرة ", " إن القاهري ذهب."));
    let short = context(&text, (at..at + "وبالقاهرة".len()).into(), 16);
    assert_eq!((short.before.as_str(), short.after.as_str()), ("… للقاهرة ", " إن …"));
}

/// A project of so many articles, with a name in every other one.
fn many(articles: usize) -> State {
    let mut state = State::default();
    for number in 0..articles {
        let name = if number % 2 == 0 { "وبالقاهرة" } else { "دمشق" };
        let text = format!("خبر {number} من {name}. قال إن القَاهِرة بعيدة.");
        let id = state.project.insert(intake::article("", text));
        state.current.get_or_insert(id);
    }
    state
}

fn everywhere(words: &str) -> Query {
    Query { everywhere: true, ..name(words) }
}

/// Takes steps until there is none left, and says how many there were.
fn finish(scan: &mut Scan, state: &State, cache: &mut SearchCache) -> usize {
    std::iter::from_fn(|| scan.step(state, cache, None).map(|_| ())).count()
}

/// Puts a label on the first so many bytes of an article.
fn label(state: &mut State, id: &DocumentId, bytes: usize) {
    let name = state.project.document(id).unwrap().spans.free_ids().next().unwrap();
    let span = Span::new(name, (0..bytes).into(), LabelCode::new("LOC").unwrap(), Origin::Manual);
    state.project.commit(Edit::of(EditKind::Label, id, [Change::Add(Arc::new(span))])).unwrap();
}

#[test]
fn what_is_found_step_by_step_comes_in_the_order_of_the_whole() {
    let state = many(20);
    let mut cache = SearchCache::default();
    let query = everywhere("القاهرة");
    let whole = cache.find(&state, &query, None).hits;
    assert_eq!(whole.len(), 30);
    let mut scan = Scan::begin(&state, query, &mut cache);
    let mut stepped = Vec::new();
    while let Some(step) = scan.step(&state, &mut cache, None) {
        assert!(step.is_first);
        stepped.extend(step.hits.to_vec());
        let so_far = scan.found();
        assert_eq!(so_far.hits, stepped, "what came before stays where it is");
        assert_eq!(so_far.hits, whole[..stepped.len()]);
    }
    assert!(scan.is_over());
    assert_eq!(stepped, whole);
}

#[test]
fn after_an_edit_only_the_articles_it_touched_are_looked_through() {
    let mut state = many(20);
    let ids: Vec<_> = state.project.documents().map(|document| document.id.clone()).collect();
    let mut cache = SearchCache::default();
    let query = Query { standing: Standing::Unlabelled, ..everywhere("خبر") };
    let mut scan = Scan::begin(&state, query.clone(), &mut cache);
    assert_eq!(finish(&mut scan, &state, &mut cache), 20);
    scan.follow(&state);
    assert!(scan.is_over(), "nothing was done");

    label(&mut state, &ids[7], "خبر".len());
    label(&mut state, &ids[3], "خبر".len());
    scan.follow(&state);
    assert!(!scan.is_over());
    assert_eq!(scan.found().hits.len(), 20, "until it is looked again all is as it was");
    assert!(scan.step(&state, &mut cache, None).is_some_and(|step| step.hits.is_empty() && !step.is_first));
    assert_eq!(finish(&mut scan, &state, &mut cache), 1);
    assert_eq!(scan.found(), cache.find(&state, &query, None));
    assert_eq!(scan.found().hits.len(), 18);

    // One goes, one comes; both ends of the list stay as they were.
    let leave = Edit::of(EditKind::Discard, &ids[0], [Change::Present(false)]);
    state.project.commit(leave).unwrap();
    state.project.insert(intake::article("", "خبر آخر.".to_owned()));
    scan.follow(&state);
    assert_eq!(finish(&mut scan, &state, &mut cache), 1, "only the one that came");
    assert_eq!(scan.found(), cache.find(&state, &query, None));
    state.project.undo().unwrap();
    scan.follow(&state);
    assert_eq!(finish(&mut scan, &state, &mut cache), 1, "the one that came back");
    assert_eq!(scan.found(), cache.find(&state, &query, None));
}

#[test]
fn more_places_than_are_listed_end_a_search_and_it_goes_on_when_there_is_room_again() {
    let mut state = State::default();
    let words = MOST_HITS / 2 - 1;
    let ids: Vec<_> =
        (0..5).map(|_| state.project.insert(intake::article("", "قطر ".repeat(words)))).collect();
    state.current = ids.first().cloned();
    let mut cache = SearchCache::default();
    let query = Query { standing: Standing::Unlabelled, ..everywhere("قطر") };
    let mut scan = Scan::begin(&state, query.clone(), &mut cache);
    assert_eq!(finish(&mut scan, &state, &mut cache), 3, "those behind are not looked through");
    let found = scan.found();
    assert_eq!((found.hits.len(), found.cut_off, scan.is_over()), (MOST_HITS, true, true));
    assert_eq!(found, cache.find(&state, &query, None));

    // A span over all of the first article: nothing in it is unlabelled.
    label(&mut state, &ids[0], words * "قطر ".len() - 1);
    scan.follow(&state);
    assert_eq!(finish(&mut scan, &state, &mut cache), 2, "the one that was touched, and one more");
    let found = scan.found();
    assert_eq!((found.hits.len(), found.cut_off), (MOST_HITS, true));
    assert_eq!(found, cache.find(&state, &query, None));
}

#[test]
fn exactly_as_many_places_as_are_listed_are_all() {
    let mut state = State::default();
    let id = state.project.insert(intake::article("", "قطر ".repeat(MOST_HITS)));
    state.current = Some(id);
    let found = SearchCache::default().find(&state, &name("قطر"), None);
    assert_eq!((found.hits.len(), found.cut_off), (MOST_HITS, false));
}

#[test]
fn folded_texts_are_kept_within_bounds_and_go_with_their_articles() {
    let mut state = many(20);
    let query = everywhere("القاهرة");
    let mut cache = SearchCache::default();
    let found = cache.find(&state, &query, None);
    let all = cache.bytes();
    let texts: usize = state.project.documents().map(|document| document.text.as_str().len()).sum();
    assert!((texts / 2..texts * 4).contains(&all), "{all} bytes for {texts} bytes of text");
    assert_eq!(cache.find(&state, &query, None), found);
    let letters = Query { matching: Matching::Letters, ..query.clone() };
    assert!(!cache.find(&state, &letters, None).hits.is_empty());
    assert_eq!(cache.bytes(), all, "other queries go by the same");

    let mut small = SearchCache::with_room(all / 2);
    for _ in 0..2 {
        assert_eq!(small.find(&state, &query, None), found, "what has no room is found as well");
        assert!((1..=all / 2).contains(&small.bytes()));
    }

    let first = state.current.clone().unwrap();
    state.project.commit(Edit::of(EditKind::Discard, &first, [Change::Present(false)])).unwrap();
    let found = cache.find(&state, &query, None);
    assert!(cache.bytes() < all, "it keeps nothing of an article that has gone");
    assert_eq!(found, SearchCache::default().find(&state, &query, None));

    // Another project may call its articles by the same names.
    let mut other = State::default();
    other.current = Some(other.project.insert(intake::article("", "إلى القاهرة.".to_owned())));
    let found = cache.find(&other, &query, None);
    assert_eq!(found, SearchCache::default().find(&other, &query, None));
    assert_eq!(found.hits.len(), 1);
}
