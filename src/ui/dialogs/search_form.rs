//! What is looked for, and how.

use leptos::prelude::*;

use crate::annotation::Origin;
use crate::app::concordance::{Articles, Matching, Query, Standing};
use crate::app::{ReviewText, Text, status_text};
use crate::schema::LabelCode;
use crate::ui::labels::name_of;
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, SegmentRole, segment, steer};

#[component]
pub(super) fn SearchForm(
    /// What is looked for.
    query: RwSignal<Query>,
    /// True if typing begins here.
    focus_words: bool,
) -> impl IntoView {
    let model = use_model();
    let how = move |matching: Matching| {
        let text = match matching {
            Matching::Name => ReviewText::MatchName,
            Matching::Letters => ReviewText::MatchLetters,
            Matching::Exact => ReviewText::MatchExact,
            Matching::Pattern => ReviewText::MatchPattern,
        };
        let is_chosen = move || query.with(|query| query.matching == matching);
        let choose = move || query.update(|query| query.matching = matching);
        segment(SegmentRole::Radio, hook_of_matching(matching), model.text(text), is_chosen, choose)
    };
    let place = move |everywhere: bool, text: ReviewText, name: &'static str| {
        let is_chosen = move || query.with(|query| query.everywhere == everywhere);
        let choose = move || query.update(|query| query.everywhere = everywhere);
        segment(SegmentRole::Radio, name, model.text(text), is_chosen, choose)
    };
    let begins_with = query.with_untracked(|query| query.label.clone());
    let labels = move || {
        let language = model.language.get();
        let begins_with = begins_with.clone();
        let codes = model
            .with(|state| state.schema().labels.iter().map(|label| label.code.clone()).collect::<Vec<_>>());
        let option = |code: LabelCode| {
            let name = model.peek(|state| name_of(state.schema(), &code, language));
            let is_chosen = begins_with.as_ref() == Some(&code);
            view! { <option value=code.to_string() selected=is_chosen>{name}</option> }
        };
        codes.into_iter().map(option).collect_view()
    };
    let standing_option = |(at, standing): (usize, &Standing)| {
        let text = match *standing {
            Standing::Any => ReviewText::StandingAny,
            Standing::Unlabelled => ReviewText::StandingUnlabelled,
            Standing::Suggested | Standing::Of(Origin::Suggested) => ReviewText::StandingSuggested,
            Standing::Confirmed => ReviewText::StandingConfirmed,
            Standing::Of(Origin::Manual) => ReviewText::StandingManual,
            Standing::Of(Origin::Accepted) => ReviewText::StandingAccepted,
            Standing::Of(Origin::Corrected) => ReviewText::StandingCorrected,
            Standing::Of(Origin::Imported) => ReviewText::StandingImported,
        };
        view! { <option value=at.to_string()>{model.text(text)}</option> }
    };
    let (of_origins, standings): (Vec<_>, Vec<_>) =
        Standing::ALL.iter().enumerate().partition(|(_, standing)| matches!(standing, Standing::Of(_)));
    let standings = standings.into_iter().map(standing_option).collect_view();
    let of_origins = of_origins.into_iter().map(standing_option).collect_view();
    let articles = Articles::ALL.into_iter().enumerate().map(|(at, articles)| {
        let text = match articles {
            Articles::All => ReviewText::SearchAnyArticle,
            Articles::Of(status) => status_text(status),
            Articles::Flagged => ReviewText::Flagged,
        };
        view! { <option value=at.to_string()>{model.text(text)}</option> }
    });
    let articles = articles.collect_view();
    let articles_now = move || {
        let chosen = query.with(|query| if query.everywhere { query.articles } else { Articles::All });
        Articles::ALL.iter().position(|articles| *articles == chosen).unwrap_or_default().to_string()
    };
    let confidence =
        move |name: ReviewText, testid, steps: [u8; 6], of: fn(&mut Query) -> &mut Option<u8>| {
            let step = |step: u8| view! { <option value=step.to_string()>{format!("{step}%")}</option> };
            view! {
                <select
                    class="select"
                    data-testid=testid
                    aria-label=model.text(name)
                    on:change=move |event| {
                        let chosen = event_target_value(&event).parse().ok();
                        query.update(|query| *of(query) = chosen);
                    }
                >
                    <option value="">{model.text(name)}</option>
                    {steps.map(step)}
                </select>
            }
        };
    view! {
        <div class="search-form">
            <div class="search">
                <Icon name="search" />
                <input
                    class="search-input"
                    type="text"
                    lang="ar"
                    dir="auto"
                    autofocus=focus_words
                    autocomplete="off"
                    spellcheck="false"
                    data-testid="search-words"
                    aria-label=model.text(ReviewText::SearchWords)
                    aria-describedby="search-keys"
                    placeholder=model.text(ReviewText::SearchWords)
                    prop:value=query.with_untracked(|query| query.words.clone())
                    on:input=move |event| query.update(|query| query.words = event_target_value(&event))
                />
            </div>
            <div class="search-choices">
                <div class="segments" role="radiogroup" on:keydown=|event| steer(&event) aria-label=model.text(ReviewText::SearchHow) title=model.text(ReviewText::MatchNote)>
                    {Matching::ALL.map(how)}
                </div>
                <div class="segments" role="radiogroup" on:keydown=|event| steer(&event) aria-label=model.text(ReviewText::SearchWhere)>
                    {place(false, ReviewText::SearchHere, "search-here")}
                    {place(true, ReviewText::SearchEverywhere, "search-everywhere")}
                </div>
            </div>
            <div class="search-filters">
                <select
                    class="select"
                    data-testid="search-label"
                    aria-label=model.text(ReviewText::SearchLabel)
                    on:change=move |event| {
                        let label = LabelCode::new(event_target_value(&event)).ok();
                        query.update(|query| query.label = label);
                    }
                >
                    <option value="">{model.text(ReviewText::SearchAnyLabel)}</option>
                    {labels}
                </select>
                <select
                    class="select"
                    data-testid="search-standing"
                    aria-label=model.text(ReviewText::SearchStanding)
                    on:change=move |event| {
                        let at = event_target_value(&event).parse().unwrap_or(0usize);
                        let standing = Standing::ALL.get(at).copied().unwrap_or_default();
                        query.update(|query| query.standing = standing);
                    }
                >
                    {standings}
                    <optgroup label=model.text(ReviewText::OriginName)>{of_origins}</optgroup>
                </select>
                {confidence(ReviewText::SearchSure, "search-sure", [50, 60, 70, 80, 90, 95], |query| &mut query.at_least)}
                {confidence(ReviewText::SearchDoubt, "search-doubt", [95, 90, 80, 70, 60, 50], |query| &mut query.at_most)}
                <select
                    class="select"
                    data-testid="search-articles"
                    aria-label=model.text(Text::Articles)
                    prop:value=articles_now
                    on:change=move |event| {
                        let at = event_target_value(&event).parse().unwrap_or(0usize);
                        let articles = Articles::ALL.get(at).copied().unwrap_or_default();
                        // Who narrows down the articles looks through more than the one on the screen.
                        query.update(|query| {
                            query.everywhere |= articles != Articles::All;
                            query.articles = articles;
                        });
                    }
                >
                    {articles}
                </select>
            </div>
        </div>
    }
}

/// The word of the page's hook.
fn hook_of_matching(matching: Matching) -> &'static str {
    match matching {
        Matching::Name => "match-name",
        Matching::Letters => "match-letters",
        Matching::Exact => "match-exact",
        Matching::Pattern => "match-pattern",
    }
}
