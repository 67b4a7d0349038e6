//! Where annotators disagree, place by place, and what is right: one gold answer.

mod desk;
mod dispute;
mod edit;
mod everywhere;
mod followed;
mod key;
mod merged;
mod progress;
mod side;
mod table;

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;

use self::desk::Desk;
use self::dispute::Dispute;
use self::everywhere::FollowEverywhere;
use self::followed::WhoWasFollowed;
use self::progress::ProgressBar;
use self::table::Table;
use super::annotators::Annotators;
use super::inquiry::{Fault, Inquiry};
use crate::app::panel::{decisions, extractor, texts, voices};
use crate::app::{Command, ReviewCounted, ReviewText};
use crate::quality::adjudication::queue;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, Modal};
use crate::work::{Question, Verdict};

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
    let body = NodeRef::<Div>::new();
    // What was pressed may be gone with what was decided; the keys are heard here all the same.
    Effect::new(move || {
        desk.at.track();
        desk.editing.track();
        desk.decided.with(|_| ());
        request_animation_frame(move || {
            let is_lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            if let Some(body) = body.try_get_untracked().flatten().filter(|_| is_lost) {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = body.focus_with_options(&options);
            }
        });
    });
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::AdjudicationTitle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            full=true
        >
            <div
                class="dialog-body adjudication scroll"
                data-testid="adjudication-dialog"
                tabindex="-1"
                autofocus
                node_ref=body
                on:keydown=move |event| desk.key(&event)
            >
                <Annotators />
                <ProgressBar desk total open with_extractor inquiry />
                <Fault inquiry text=ReviewText::ExtractorFailed />
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
                    {move || match (unwritten.with(Vec::len), total.get() > 0 && open.get() == 0) {
                        (0, true) => model.text(ReviewText::GoldWritten)().to_owned(),
                        (0, false) => model.text(ReviewText::NothingToWrite)().to_owned(),
                        (count, _) => model.count(ReviewCounted::WriteGold, count),
                    }}
                </button>
            </footer>
        </Modal>
    }
}
