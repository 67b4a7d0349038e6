//! The list of articles leads the work: what is next is what the list says is next, and no edit puts another article
//! under the hand.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use misam::annotation::{DocumentId, SpanSet, Status};
use misam::app::queue::{ArticleFilter, ArticleOrder, FoldedTitles, Queue, listed_articles};
use misam::app::{
    Among, Closed, Command, Effect, FLAG, Heading, Language, Message, Proposals, Settings, State, intake,
    update,
};
use misam::extract::Suggestion;
use misam::quality::agreement::Annotations;
use misam::schema::LabelCode;
use misam::text::ByteRange;
use serde_json::Value;

/// How sure the extractor is of the one suggestion in each article; it found nothing in the last one.
const SURE: [Option<f32>; 5] = [Some(0.9), Some(0.3), Some(0.7), Some(0.5), None];

struct Page {
    state: State,
    effects: Vec<Effect>,
}

impl Page {
    /// Five articles with a suggestion in each but the last, the first of them on the screen.
    fn new() -> Self {
        let mut page = Self { state: State::default(), effects: Vec::new() };
        let articles =
            (1..=SURE.len()).map(|n| intake::article(&format!("خبر {n}"), format!("عاد الوفد {n}.")));
        page.run(Command::Add(articles.collect()));
        for (n, sure) in SURE.into_iter().enumerate() {
            page.suggest(n, sure);
        }
        page
    }

    fn run(&mut self, command: Command) -> &mut Self {
        self.effects = update(&mut self.state, command, 1_000);
        self
    }

    fn suggest(&mut self, n: usize, sure: Option<f32>) {
        let suggestions = sure.map(|confidence| Suggestion {
            range: ByteRange::from("عاد ".len().."عاد الوفد".len()),
            label: LabelCode::new("ORG").unwrap(),
            confidence,
            alternative: None,
            reason: "a reason".to_owned(),
            normalized: None,
        });
        let found = Proposals::whole("test/1", suggestions.into_iter().collect());
        let id = self.id(n);
        self.run(Command::Suggested(id, found));
    }

    fn id(&self, n: usize) -> DocumentId {
        self.state.project.all_documents().nth(n).unwrap().id.clone()
    }

    fn open(&mut self, n: usize) -> &mut Self {
        let id = self.id(n);
        self.run(Command::Open(id))
    }

    fn choose(&mut self, filter: ArticleFilter) -> &mut Self {
        let queue = Queue::of(&self.state, filter, &[]);
        self.run(Command::GoBy(queue))
    }

    fn find(&mut self, words: &str) -> &mut Self {
        let queue = self.state.queue.with_words(words.to_owned());
        self.run(Command::GoBy(queue))
    }

    fn order(&mut self, order: ArticleOrder) -> &mut Self {
        self.choose(ArticleFilter { order, ..ArticleFilter::default() })
    }

    fn place(&self, id: &DocumentId) -> usize {
        self.state.project.position(id).unwrap()
    }

    /// The articles as they are listed, each by its place among all.
    fn listed(&self) -> Vec<usize> {
        let titles = FoldedTitles::of(&self.state);
        listed_articles(&self.state, &titles).iter().map(|id| self.place(id)).collect()
    }

    fn current(&self) -> Option<usize> {
        self.state.current.as_ref().map(|id| self.place(id))
    }

    /// The article on the screen after a command.
    fn after(&mut self, command: Command) -> Option<usize> {
        self.run(command).current()
    }

    fn said(&self) -> Option<&Message> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Announce(message) => Some(message),
            _ => None,
        })
    }

    fn status(&self, n: usize) -> Status {
        self.state.project.document(&self.id(n)).unwrap().status
    }

    fn flag(&mut self, n: usize) -> &mut Self {
        self.open(n).run(Command::SetMeta(FLAG, Some(Value::Bool(true))))
    }
}

fn flagged() -> ArticleFilter {
    ArticleFilter { flagged: true, ..ArticleFilter::default() }
}

fn of(status: Status) -> ArticleFilter {
    ArticleFilter { status: Some(status), ..ArticleFilter::default() }
}

#[test]
fn the_list_can_be_narrowed_and_ordered() {
    let mut page = Page::new();
    assert_eq!(page.listed(), [0, 1, 2, 3, 4]);
    assert_eq!(page.find("نبأ").listed(), [0; 0]);
    assert_eq!(page.find("خَبَر ٣").listed(), [2], "in any spelling");
    assert_eq!(page.find(" ").listed().len(), 5);
    page.flag(3).flag(1);
    assert_eq!(page.choose(flagged()).listed(), [1, 3]);
    assert_eq!(page.choose(of(Status::InProgress)).listed(), [1, 3]);
    assert_eq!(page.order(ArticleOrder::Doubt).listed(), [1, 3, 2, 0, 4]);
    assert_eq!(page.order(ArticleOrder::Review).listed(), [0, 1, 2, 3, 4]);
    page.open(0).run(Command::AcceptAll);
    assert_eq!(page.order(ArticleOrder::Review).listed(), [1, 2, 3, 0, 4]);
}

#[test]
fn the_list_begins_with_the_article_most_disagreed_about() {
    let mut page = Page::new();
    page.open(0).run(Command::AcceptAll);
    assert_eq!(page.order(ArticleOrder::Disagreement).listed()[0], 0);
    page.open(1).run(Command::FocusNext(Heading::Next, Among::Spans)).run(Command::Remove);
    assert_eq!(page.order(ArticleOrder::Disagreement).listed()[..2], [1, 0]);
    // An annotator who was loaded says nothing of the second one, and something else of the first.
    let mut other = page.state.project.document(&page.id(0)).unwrap().clone();
    other.spans = SpanSet::default();
    page.run(Command::Undo);
    let loaded = [Annotations { annotator: "nour".to_owned(), documents: vec![other] }];
    let by_disagreement = ArticleFilter { order: ArticleOrder::Disagreement, ..ArticleFilter::default() };
    let queue = Queue::of(&page.state, by_disagreement, &loaded);
    assert_eq!(page.run(Command::GoBy(queue)).listed()[0], 0);
}

#[test]
fn what_is_next_is_what_the_list_says_is_next() {
    let mut page = Page::new();
    page.order(ArticleOrder::Doubt).open(1);
    assert_eq!(page.after(Command::Finish), Some(3));
    assert_eq!(page.after(Command::FinishAccepting), Some(2));
    assert_eq!(page.after(Command::OpenNeighbour(Heading::Next)), Some(0));
    assert_eq!(page.after(Command::OpenNeighbour(Heading::Previous)), Some(2));
    assert_eq!(page.after(Command::Finish), Some(0));
    let discarded = page.id(0);
    page.run(Command::Discard(discarded));
    assert_eq!(page.current(), Some(4), "what follows in the list takes its place");
    assert_eq!(page.after(Command::Finish), Some(4));
    assert_eq!(page.said(), Some(&Message::AllDone(Closed::Done(0))));
}

#[test]
fn going_from_suggestion_to_suggestion_follows_the_list_on_and_back() {
    let mut page = Page::new();
    page.order(ArticleOrder::Doubt).open(1);
    let mut on = || page.after(Command::NextUnreviewed(Heading::Next)).unwrap();
    assert_eq!([on(), on(), on(), on(), on()], [1, 3, 2, 0, 1], "round to where it began");
    assert_eq!(page.after(Command::NextUnreviewed(Heading::Previous)), Some(0));
}

#[test]
fn no_edit_changes_the_order_under_the_hand() {
    let mut page = Page::new();
    page.order(ArticleOrder::Doubt).open(1).run(Command::SetStatus(Status::InProgress));
    // What the page's list hangs on: while neither differs, no article is looked at for it.
    let hangs_on = |page: &Page| (page.state.project.listing(), page.state.queue.number());
    let before = hangs_on(&page);
    page.run(Command::AcceptAll);
    assert_eq!(hangs_on(&page), before, "an edit to spans has no list made anew");
    page.run(Command::SetStatus(Status::Done));
    assert_eq!(page.listed(), [1, 3, 2, 0, 4]);
    let row = misam::app::view::article_row(&page.state, &page.id(1)).unwrap();
    assert_eq!(
        (row.status, row.suggested, row.confirmed),
        (Status::Done, 0, 1),
        "what its line says follows"
    );
    assert_eq!(
        page.order(ArticleOrder::Doubt).listed(),
        [3, 2, 0, 1, 4],
        "it is ordered anew when that is asked for"
    );
    page.choose(of(Status::New)).run(Command::Undo).run(Command::Undo).run(Command::Undo);
    assert_eq!(page.status(1), Status::New);
    assert_eq!(page.listed(), [0, 2, 3, 4, 1], "what comes to fit stands at the end");
    page.open(0).run(Command::Finish);
    assert_eq!(page.listed(), [0, 2, 3, 4, 1], "what no longer fits stays where it is");
    assert_eq!(page.choose(of(Status::New)).listed(), [1, 2, 3, 4]);
}

#[test]
fn articles_that_come_stand_at_the_end_and_those_that_go_leave_the_order_as_it_is() {
    let mut page = Page::new();
    page.order(ArticleOrder::Doubt);
    page.run(Command::Add(vec![intake::article("خبر 6", "وصل.".to_owned())]));
    assert_eq!(page.listed(), [1, 3, 2, 0, 4, 5]);
    let gone = page.id(2);
    page.run(Command::Discard(gone));
    assert_eq!(page.listed(), [1, 3, 0, 4, 5]);
    page.run(Command::Undo);
    assert_eq!(page.listed(), [1, 3, 2, 0, 4, 5], "it comes back to its place");
}

#[test]
fn the_end_of_a_narrowed_list_is_said_with_what_is_left_elsewhere() {
    let mut page = Page::new();
    page.flag(1).flag(3).choose(flagged()).open(1);
    assert_eq!(page.after(Command::Finish), Some(3));
    assert_eq!(page.after(Command::OpenNeighbour(Heading::Next)), Some(3));
    assert_eq!(page.said(), Some(&Message::ListEnds(Heading::Next)));
    page.run(Command::AcceptAll).run(Command::NextUnreviewed(Heading::Next));
    assert_eq!(page.said(), Some(&Message::NothingUnreviewedHere));
    assert_eq!(page.after(Command::Finish), Some(3));
    let ended = Message::ListDone(Closed::Done(0), 3);
    assert_eq!(page.said(), Some(&ended));
    let said = [Language::English, Language::Arabic].map(|language| ended.say(language, page.state.schema()));
    assert_eq!(said[0], "Done. That was the last one in this list; 3 unfinished articles are not in it.");
    assert_eq!(said[1], "أُنجز المقال. كان هذا آخر مقال في هذه القائمة، وبقيت خارجها 3 مقالات لم تُنجز.");
    for n in [3, 1] {
        let id = page.id(n);
        page.open(n).run(Command::Discard(id));
    }
    assert_eq!(page.said(), Some(&Message::ListEmpty));
    assert_eq!(page.current(), Some(0), "the screen is not left empty");
}

#[test]
fn words_of_the_title_lead_the_work_too() {
    let mut page = Page::new();
    page.run(Command::Add(vec![
        intake::article("تقرير", "وصل.".to_owned()),
        intake::article("تقرير آخر", "عاد.".to_owned()),
    ]));
    page.open(0).find("تقرير");
    assert_eq!(page.after(Command::OpenNeighbour(Heading::Next)), Some(5), "from outside, to the first");
    assert_eq!(page.after(Command::Finish), Some(6));
    page.run(Command::Finish);
    assert_eq!(page.said(), Some(&Message::ListDone(Closed::Done(0), 5)));
}

#[test]
fn who_asks_for_closed_articles_goes_through_them_once() {
    let mut page = Page::new();
    for n in [0, 2, 3] {
        page.open(n).run(Command::Skip);
    }
    page.choose(of(Status::Skipped)).open(2);
    assert_eq!(
        page.after(Command::NextUnreviewed(Heading::Next)),
        Some(2),
        "what was put aside is asked for"
    );
    assert_eq!(page.after(Command::Finish), Some(3));
    assert_eq!(page.after(Command::Finish), Some(0), "round to those before");
    page.run(Command::Finish);
    assert_eq!(page.said(), Some(&Message::ListDone(Closed::Done(1), 2)));
    page.choose(of(Status::Done)).open(0);
    assert_eq!(page.after(Command::Finish), Some(2));
    assert_eq!(page.after(Command::Finish), Some(3));
    assert_eq!(page.after(Command::Finish), Some(3), "not round and round");
}

#[test]
fn order_and_filter_stay_with_the_project_and_words_do_not() {
    let mut page = Page::new();
    let filter = ArticleFilter { order: ArticleOrder::Doubt, ..flagged() };
    page.flag(3).flag(1).choose(filter);
    assert!(page.effects.contains(&Effect::SaveSettings));
    page.find("خبر");
    assert!(!page.effects.contains(&Effect::SaveSettings), "a letter that is typed is no choice to be kept");
    let settings = Settings::default().in_project(&page.state.settings.of_project());
    assert_eq!(ArticleFilter::kept(&settings.list), filter);
    // As it is after a reload: the settings are there before there is a queue.
    let project = page.state.project.clone();
    let mut reloaded = Page { state: State { settings, project, ..State::default() }, effects: Vec::new() };
    assert!(Queue::is_due(&reloaded.state));
    assert_eq!(reloaded.listed(), [1, 3], "the filter holds at once");
    assert_eq!(reloaded.choose(filter).listed(), [1, 3]);
    assert!(!Queue::is_due(&reloaded.state));
    assert!(!Queue::is_due(&State::default()), "what was never ordered waits for nothing");
}

#[test]
fn every_choice_is_kept_and_a_word_of_another_version_spoils_nothing() {
    let statuses =
        [None, Some(Status::New), Some(Status::InProgress), Some(Status::Done), Some(Status::Skipped)];
    for order in ArticleOrder::ALL {
        for status in statuses {
            for flagged in [false, true] {
                let filter = ArticleFilter { status, flagged, order };
                assert_eq!(ArticleFilter::kept(&filter.words()), filter);
            }
        }
    }
    assert_eq!(ArticleFilter::default().words(), "");
    let other = ArticleFilter::kept("by_length flagged");
    assert_eq!(other, flagged());
}

#[test]
fn skipping_goes_on_and_is_taken_back_by_one_undo() {
    let mut page = Page::new();
    page.order(ArticleOrder::Doubt).open(1);
    page.run(Command::FocusNext(Heading::Next, Among::Suggestions));
    let mut settings = page.state.settings.clone();
    settings.accept_on_move = true;
    page.run(Command::Set(settings));
    assert_eq!(page.after(Command::Skip), Some(3));
    let said = page.said().unwrap();
    assert_eq!(said, &Message::NextDocument(Closed::Skipped, "خبر 4".to_owned()));
    assert_eq!(said.say(Language::English, page.state.schema()), "Skipped. Next: \u{2068}خبر 4\u{2069}");
    assert_eq!(page.status(1), Status::Skipped);
    let skipped = page.state.project.document(&page.id(1)).unwrap();
    assert_eq!(skipped.spans.suggested(), 1, "nothing was decided about it");
    assert_eq!(page.after(Command::Undo), Some(1), "it is shown again");
    assert_eq!(page.status(1), Status::New);
    assert_eq!(page.after(Command::Redo), Some(1));
    assert_eq!(page.status(1), Status::Skipped);
    assert_eq!(page.after(Command::Skip), Some(3), "one that is skipped already is only left");
    for _ in 0..4 {
        page.run(Command::Skip);
    }
    assert_eq!(page.said(), Some(&Message::AllDone(Closed::Skipped)));
}
