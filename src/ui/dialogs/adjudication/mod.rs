//! Where annotators disagree, place by place, and what is right: one gold answer.

mod edit;
mod followed;
mod merged;
mod side;

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::edit::Editor;
use self::followed::WhoWasFollowed;
use self::merged::Merged;
use self::side::SideCard;
use super::annotators::{Annotators, display_name};
use super::inquiry::Inquiry;
use crate::annotation::Document;
use crate::app::panel::{base, decisions, extractor, gold_of, holds, names, texts, voices};
use crate::app::{Command, ReviewCounted, ReviewText, Text};
use crate::quality::adjudication::{
    Contested, Decision, Decisions, Disagreement, Open, Placed, Region, blind_order, contested, queue,
};
use crate::quality::agreement::Annotations;
use crate::ui::model::{Model, use_model};
use crate::ui::widgets::{Icon, IconButton, Modal};
use crate::work::{Question, Verdict};

/// The order in which answers are shown while names are hidden begins with this.
const SEED: u64 = 1;

/// Who says what, and where they disagree.
struct Table {
    voices: Vec<Annotations>,
    names: Vec<String>,
    articles: Vec<Contested>,
    /// Every place where those who vote disagree, decided or not.
    disputes: Vec<Open>,
}

impl PartialEq for Table {
    /// Each is made anew, because something is different.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Table {
    fn of(voices: Vec<Annotations>, has_extractor: bool) -> Self {
        let articles = contested(&voices, has_extractor.then(|| voices.len() - 1));
        let disputes = queue(&articles, &Decisions::default());
        Self { names: names(&voices), voices, articles, disputes }
    }

    fn at(&self, dispute: usize) -> Option<(&Contested, &Region)> {
        let open = self.disputes.get(dispute)?;
        let article = self.articles.get(open.article)?;
        Some((article, article.regions.get(open.region)?))
    }

    fn base(&self, article: &Contested) -> Option<&Document> {
        base(&self.voices, article)
    }

    /// The dispute after a place in the list, round and round, that nobody has decided.
    fn next_open(&self, decisions: &Decisions, from: usize) -> Option<usize> {
        let count = self.disputes.len();
        (0..count).map(|step| (from + step) % count).find(|&at| {
            self.at(at).is_some_and(|(article, region)| decisions.of(&article.id, region.range).is_none())
        })
    }
}

/// What the parts of the dialog share. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
struct Desk {
    model: Model,
    table: Memo<Arc<Table>>,
    decided: Memo<Arc<Decisions>>,
    /// The dispute that is looked at, by its place in the list.
    at: RwSignal<usize>,
    /// True while names are hidden.
    blind: RwSignal<bool>,
    editing: RwSignal<bool>,
}

impl Desk {
    /// Looks at another dispute.
    fn go_to(self, at: usize) {
        self.editing.set(false);
        self.at.set(at);
    }

    fn step(self, forward: bool) {
        let count = self.table.with_untracked(|table| table.disputes.len());
        if count > 0 {
            let at = self.at.get_untracked();
            self.go_to(if forward { (at + 1) % count } else { (at + count - 1) % count });
        }
    }

    /// The voices of the dispute in the order in which they are shown.
    fn order(self, article: &Contested, region: &Region) -> Vec<usize> {
        if self.blind.get() {
            blind_order(&article.voices, &article.id, region.range, SEED)
        } else {
            article.voices.clone()
        }
    }

    /// What a voice is called where it stands at a place in the order.
    fn name(self, voice: usize, place: usize) -> String {
        if self.blind.get() {
            return char::from(b'A' + u8::try_from(place % 26).unwrap_or(0)).to_string();
        }
        let language = self.model.language.get();
        self.table
            .with(|table| table.names.get(voice).map(|name| display_name(name, language)).unwrap_or_default())
    }

    /// Decides about the dispute that is looked at, and goes on to the next open one.
    fn decide(self, decision: Decision) {
        let (table, at) = (self.table.get_untracked(), self.at.get_untracked());
        let Some((article, region)) = table.at(at) else {
            return;
        };
        let mut decisions = (*self.decided.get_untracked()).clone();
        decisions.decide(&article.id, region.range, decision);
        if let Some(gold) = gold_of(article, &table.voices, &decisions) {
            self.model.run(Command::WriteGold(vec![gold]));
        }
        self.editing.set(false);
        if let Some(next) = table.next_open(&decisions, at + 1) {
            self.at.set(next);
        }
    }

    /// Follows the voice that is shown at a place, from 0.
    fn follow_shown(self, place: usize) {
        let table = self.table.get_untracked();
        let voice = table
            .at(self.at.get_untracked())
            .and_then(|(article, region)| untrack(|| self.order(article, region)).get(place).copied());
        if let Some(voice) = voice {
            self.decide(Decision::Follow(vec![voice]));
        }
    }

    fn follow_all(self) {
        let table = self.table.get_untracked();
        if let Some((article, _)) = table.at(self.at.get_untracked()) {
            self.decide(Decision::Follow(article.voices.clone()));
        }
    }

    /// Takes back the decision about the dispute that is looked at.
    fn withdraw(self) {
        let (table, at) = (self.table.get_untracked(), self.at.get_untracked());
        let Some((article, region)) = table.at(at) else {
            return;
        };
        let mut decisions = (*self.decided.get_untracked()).clone();
        if decisions.withdraw(&article.id, region.range).is_some()
            && let Some(gold) = gold_of(article, &table.voices, &decisions)
        {
            self.model.run(Command::WriteGold(vec![gold]));
        }
    }

    /// The gold documents of articles about which nothing is left to decide, as far as they are not there already.
    fn unwritten(self) -> Vec<Document> {
        let (table, decisions) = (self.table.get(), self.decided.get());
        let is_settled = |article: &&Contested| {
            let is_settled =
                |region: &Region| region.is_settled() || decisions.of(&article.id, region.range).is_some();
            article.regions.iter().all(is_settled)
        };
        let settled = table.articles.iter().filter(is_settled);
        let golds = settled.filter_map(|article| gold_of(article, &table.voices, &decisions));
        self.model.with(|state| golds.filter(|gold| !holds(state, gold)).collect())
    }

    fn key(self, event: &KeyboardEvent) {
        let target = event_target::<web_sys::Element>(event);
        let types = matches!(target.tag_name().as_str(), "SELECT" | "TEXTAREA")
            || (target.tag_name() == "INPUT" && target.get_attribute("type").as_deref() != Some("checkbox"));
        if types || self.editing.get_untracked() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let code = event.code();
        match code.as_str() {
            "KeyJ" | "ArrowDown" => self.step(true),
            "KeyK" | "ArrowUp" => self.step(false),
            "KeyB" => self.follow_all(),
            "KeyN" | "Digit0" => self.decide(Decision::Neither),
            "KeyE" => self.editing.set(true),
            "KeyX" => self.withdraw(),
            code => match code.strip_prefix("Digit").and_then(|digit| digit.parse::<usize>().ok()) {
                Some(digit) if digit > 0 => self.follow_shown(digit - 1),
                _ => return,
            },
        }
        event.prevent_default();
    }
}

#[component]
pub(super) fn AdjudicationDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let inquiry = Inquiry::new(model);
    let with_extractor = RwSignal::new(false);
    // Gold documents come and go with every decision; the voices do not change by that.
    let own = model.memo(|state| voices(state, &[]));
    let everyone = Memo::new(move |_| {
        let mut everyone = own.get();
        everyone.extend(model.annotators.get());
        everyone
    });
    Effect::new(move || {
        if with_extractor.get() {
            inquiry.ask(Question::Extract, &everyone.with(|voices| texts(voices)));
        }
    });
    let table = Memo::new(move |_| {
        let mut voices = everyone.get();
        let said = with_extractor.get().then(|| inquiry.verdict.get()).flatten();
        let asked = texts(&voices);
        let has_extractor = matches!(&said, Some(Verdict::Suggestions(said)) if said.len() == asked.len());
        if let Some(Verdict::Suggestions(said)) = said.filter(|_| has_extractor) {
            voices.push(model.peek(|state| extractor(&asked, said, state.schema())));
        }
        Arc::new(Table::of(voices, has_extractor))
    });
    let decided = Memo::new(move |_| {
        let table = table.get();
        Arc::new(model.with(|state| decisions(state, &table.articles, &table.voices)))
    });
    let desk = Desk {
        model,
        table,
        decided,
        at: RwSignal::new(0),
        blind: RwSignal::new(false),
        editing: RwSignal::new(false),
    };
    // The first that is open comes first.
    Effect::new(move |_| {
        let table = table.get();
        let first = table.next_open(&decided.get_untracked(), 0);
        desk.go_to(first.unwrap_or(0));
    });
    let total = Memo::new(move |_| table.with(|table| table.disputes.len()));
    let open = Memo::new(move |_| {
        let (table, decisions) = (table.get(), decided.get());
        queue(&table.articles, &decisions).len()
    });
    let shared = Memo::new(move |_| table.with(|table| table.articles.len()));
    let unwritten = Memo::new(move |_| desk.unwritten());
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::AdjudicationTitle)().to_owned())
            close_name=Signal::derive(model.text(Text::Close))
            on_close
            full=true
        >
            <div
                class="dialog-body adjudication scroll"
                data-testid="adjudication-dialog"
                tabindex="-1"
                autofocus
                on:keydown=move |event| desk.key(&event)
            >
                <Annotators />
                <div class="adjudication-bar">
                    <IconButton
                        icon="previous"
                        flip=true
                        name=Signal::derive(model.text(ReviewText::DisputePrevious))
                        testid="dispute-previous"
                        disabled=Signal::derive(move || total.get() < 2)
                        on_press=move |_| desk.step(false)
                    />
                    <p class="count" role="status" data-testid="dispute-state">
                        {move || {
                            let (total, open) = (total.get(), open.get());
                            let n = (total - open.min(total)).to_string();
                            let language = model.language.get();
                            language.fill(ReviewText::DisputesDecided, &[("n", &n), ("total", &total.to_string())])
                        }}
                    </p>
                    <IconButton
                        icon="next"
                        flip=true
                        name=Signal::derive(model.text(ReviewText::DisputeNext))
                        testid="dispute-next"
                        disabled=Signal::derive(move || total.get() < 2)
                        on_press=move |_| desk.step(true)
                    />
                    <progress
                        class="progress"
                        max=move || total.get().max(1)
                        value=move || total.get() - open.get().min(total.get())
                        aria-label=model.text(ReviewText::AdjudicationTitle)
                    ></progress>
                    <label class="check">
                        <input
                            type="checkbox"
                            data-testid="blind"
                            prop:checked=move || desk.blind.get()
                            on:change=move |event| desk.blind.set(event_target_checked(&event))
                        />
                        <span>{model.text(ReviewText::HideNames)}</span>
                    </label>
                    <label class="check">
                        <input
                            type="checkbox"
                            data-testid="extractor-voice"
                            prop:checked=move || with_extractor.get()
                            on:change=move |event| with_extractor.set(event_target_checked(&event))
                        />
                        <span>{model.text(ReviewText::AskExtractor)}</span>
                    </label>
                    {move || {
                        inquiry
                            .progress
                            .get()
                            .map(|done| {
                                view! {
                                    <progress
                                        class="progress"
                                        max="1"
                                        value=done.to_string()
                                        aria-label=model.text(ReviewText::AskExtractor)
                                    ></progress>
                                }
                            })
                    }}
                </div>
                {move || {
                    let nothing = if shared.get() == 0 {
                        Some(ReviewText::VoicesTooFew)
                    } else {
                        (total.get() == 0).then_some(ReviewText::NoDisputes)
                    };
                    nothing.map(|text| view! { <p class="empty" data-testid="no-disputes">{model.text(text)}</p> })
                }}
                {move || (total.get() > 0).then(|| view! { <Dispute desk /> })}
                <WhoWasFollowed desk />
            </div>
            <footer class="dialog-foot adjudication-foot">
                <FollowEverywhere desk />
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="write-gold"
                    disabled=move || unwritten.with(Vec::is_empty)
                    on:click=move |_| model.run(Command::WriteGold(unwritten.get_untracked()))
                >
                    <Icon name="done" />
                    {move || model.count(ReviewCounted::WriteGold, unwritten.with(Vec::len))}
                </button>
            </footer>
        </Modal>
    }
}

/// One dispute: where it is, what each voice says, what was decided.
#[component]
fn Dispute(desk: Desk) -> impl IntoView {
    let model = desk.model;
    let here = Memo::new(move |_| {
        let table = desk.table.get();
        table.at(desk.at.get()).map(|(article, region)| (article.clone(), region.clone()))
    });
    let decision = Memo::new(move |_| {
        let decisions = desk.decided.get();
        here.with(|here| {
            let (article, region) = here.as_ref()?;
            decisions.of(&article.id, region.range).cloned()
        })
    });
    let kinds = move || {
        let kinds =
            here.with(|here| here.as_ref().map(|(_, region)| region.kinds.clone())).unwrap_or_default();
        kinds
            .into_iter()
            .map(|kind| {
                view! {
                    <span class="dispute-kind" data-kind=kind.as_str()>
                        <Icon name=kind_icon(kind) />
                        {model.text(kind_name(kind))}
                    </span>
                }
            })
            .collect_view()
    };
    let cards = move || {
        let (article, region) = here.get()?;
        let text = desk.table.with(|table| table.base(&article).map(|document| document.text.clone()))?;
        let taken = decision.get();
        let order = desk.order(&article, &region);
        let cards = order.into_iter().enumerate().filter_map(|(place, voice)| {
            let side = region.sides.iter().find(|side| side.voice == voice)?.clone();
            let is_taken = matches!(&taken, Some(Decision::Follow(voices)) if voices.contains(&voice));
            let others = region.sides.iter().filter(|other| other.voice != voice && other.votes);
            let others: Vec<_> = others.flat_map(|other| other.spans.clone()).collect();
            Some(view! {
                <SideCard
                    text=text.clone()
                    region=region.range
                    name=desk.name(voice, place)
                    number=place + 1
                    side
                    others
                    is_taken
                    on_take=move || desk.follow_shown(place)
                />
            })
        });
        Some(cards.collect_view())
    };
    let editor = move || {
        let (article, region) = here.get()?;
        if !desk.editing.get() {
            return None;
        }
        let text = desk.table.with(|table| table.base(&article).map(|document| document.text.clone()))?;
        let begun = match decision.get_untracked() {
            Some(Decision::Edited(placed)) => placed,
            _ => distinct(&region),
        };
        let on_done = move |placed: Vec<Placed>| desk.decide(Decision::Edited(placed));
        Some(view! {
            <Editor
                text
                region=region.range
                begun
                on_done
                on_cancel=move || desk.editing.set(false)
            />
        })
    };
    let said = move || {
        Some(match decision.get()? {
            Decision::Neither => ReviewText::DecidedNeither,
            Decision::Edited(_) => ReviewText::DecidedEdited,
            Decision::Follow(voices) if voices.len() > 1 => ReviewText::DecidedBoth,
            Decision::Follow(_) => ReviewText::DecidedFollowed,
        })
    };
    let deed = move |text: ReviewText, key: &'static str, testid: &'static str, act: fn(Desk)| {
        view! {
            <button type="button" class="button" data-testid=testid on:click=move |_| act(desk)>
                {model.text(text)}
                <kbd dir="ltr">{key}</kbd>
            </button>
        }
    };
    view! {
        <Merged desk />
        <section class="dispute" aria-label=model.text(ReviewText::Dispute)>
            <header class="dispute-head">
                {kinds}
                <span class="dispute-said" data-testid="decision" role="status">
                    {move || {
                        said()
                            .map(|text| {
                                view! {
                                    <Icon name="done" />
                                    {model.text(text)}
                                }
                            })
                    }}
                </span>
            </header>
            <div class="sides">{cards}</div>
            {editor}
            <div class="dispute-deeds" hidden=move || desk.editing.get()>
                {deed(ReviewText::TakeBoth, "B", "take-both", Desk::follow_all)}
                {deed(ReviewText::TakeNeither, "N", "take-neither", |desk| desk.decide(Decision::Neither))}
                {deed(ReviewText::TakeEdited, "E", "take-edited", |desk| desk.editing.set(true))}
                <Show when=move || decision.with(Option::is_some)>
                    {deed(ReviewText::Withdraw, "X", "withdraw", Desk::withdraw)}
                </Show>
            </div>
        </section>
    }
}

/// Follows one voice wherever nothing has been decided, as one step.
#[component]
fn FollowEverywhere(desk: Desk) -> impl IntoView {
    let model = desk.model;
    let chosen = RwSignal::new(0usize);
    let open = Memo::new(move |_| {
        let (table, decisions) = (desk.table.get(), desk.decided.get());
        queue(&table.articles, &decisions).len()
    });
    let follow = move |_| {
        let (table, voice) = (desk.table.get_untracked(), chosen.get_untracked());
        let mut decisions = (*desk.decided.get_untracked()).clone();
        let mut touched = Vec::new();
        for Open { article, region } in queue(&table.articles, &decisions) {
            let Some(contested) = table.articles.get(article) else {
                continue;
            };
            let range = contested.regions.get(region).map(|region| region.range);
            if let Some(range) = range.filter(|_| contested.voices.contains(&voice)) {
                decisions.decide(&contested.id, range, Decision::Follow(vec![voice]));
                touched.push(article);
            }
        }
        touched.dedup();
        let articles = touched.into_iter().filter_map(|at| table.articles.get(at));
        let golds = articles.filter_map(|article| gold_of(article, &table.voices, &decisions)).collect();
        model.run(Command::WriteGold(golds));
    };
    let voices = move || {
        let language = model.language.get();
        let names = desk.table.with(|table| table.names.clone());
        let option = |(at, name): (usize, String)| {
            view! { <option value=at.to_string()>{display_name(&name, language)}</option> }
        };
        names.into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <Show when=move || { open.get() > 0 && !desk.blind.get() }>
            <span class="follow-everywhere">
                <select
                    class="select"
                    data-testid="follow-who"
                    aria-label=model.text(ReviewText::FollowWho)
                    on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0))
                >
                    {voices}
                </select>
                <button type="button" class="button" data-testid="follow-everywhere" on:click=follow>
                    {move || model.count(ReviewCounted::FollowEverywhere, open.get())}
                </button>
            </span>
        </Show>
    }
}

/// Every span that somebody has in a region, each once.
fn distinct(region: &Region) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for span in region.sides.iter().flat_map(|side| &side.spans) {
        let one = Placed { range: span.range, label: span.label.clone() };
        if !placed.contains(&one) {
            placed.push(one);
        }
    }
    placed
}

fn kind_name(kind: Disagreement) -> ReviewText {
    match kind {
        Disagreement::Missing => ReviewText::KindMissing,
        Disagreement::Label => ReviewText::KindLabel,
        Disagreement::Boundary => ReviewText::KindBoundary,
        Disagreement::Nested => ReviewText::KindNested,
    }
}

/// The symbol of a kind; its shape tells it without colour.
fn kind_icon(kind: Disagreement) -> &'static str {
    match kind {
        Disagreement::Missing => "minus",
        Disagreement::Label => "codes",
        Disagreement::Boundary => "edge-end",
        Disagreement::Nested => "spans",
    }
}
