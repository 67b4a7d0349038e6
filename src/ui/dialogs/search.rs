//! Every place where something stands, in context, with a tick each; and one decision about those that are ticked.

use std::collections::HashSet;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::search_form::SearchForm;
use super::search_hit::{HitRow, show};
use super::search_keys;
use super::search_scan::{Looking, Wanted};
use crate::app::concordance::{Hit, MOST_HITS, Query};
use crate::app::{Command, Counted, Decision, Key, ReviewText, Text, label_for};
use crate::schema::LabelCode;
use crate::ui::article_list::Gap;
use crate::ui::labels::name_of;
use crate::ui::model::{Aim, Search, use_model};
use crate::ui::widgets::{Icon, Modal, RowWindow};

/// The height of a row in pixels; `search.css` gives rows this height.
const ROW_HEIGHT: f64 = 48.0;

/// Nothing is looked for while somebody types faster than this.
const TYPING: std::time::Duration = std::time::Duration::from_millis(120);

#[component]
pub(super) fn SearchDialog(
    search: Search,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let Search { words, aim } = search;
    let begins_ticked = aim != Aim::Open;
    let from = aim.of_spans().cloned();
    let query = RwSignal::new(Query {
        words,
        // All like this is about the whole project; what is looked for by hand begins where one is.
        everywhere: begins_ticked,
        label: from.clone(),
        spans_alone: from.is_some(),
        ..Query::default()
    });
    let apply = RwSignal::new(match &aim {
        Aim::Label(label) => label.clone(),
        _ => None,
    });
    let title = match aim {
        Aim::Open | Aim::Label(_) => Text::SearchTitle,
        Aim::Relabel(_) => Text::RelabelAll,
        Aim::Remove(_) => Text::RemoveAll,
    };
    let (relabels, removes) = (matches!(aim, Aim::Relabel(_)), matches!(aim, Aim::Remove(_)));
    // Who begins without a label begins at the places: a key there decides.
    let begins_at_places = begins_ticked && !removes && apply.with_untracked(Option::is_none);
    let aim = StoredValue::new(aim);
    let looking = Looking::new(model);
    let Looking { found, ticked, fault, is_over, is_awaited, .. } = looking;
    // Spans that are all to be changed were found for that, whoever stands behind them.
    let all_are_meant = relabels || removes;
    let ticks = || -> Wanted { if all_are_meant { |_| true } else { Hit::is_open } };
    // At once, so that the button that decides can take the focus.
    looking.begin(query.get_untracked(), begins_ticked.then(ticks));
    let look = move || {
        let query = query.get_untracked();
        if !looking.is_for(&query) {
            looking.begin(query, None);
        }
    };
    // A change of the query waits for the typing to end; what is done to the articles shows at once.
    let turn = StoredValue::new(0u32);
    Effect::new(move |before: Option<()>| {
        query.track();
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        if before.is_none() {
            return;
        }
        set_timeout(
            move || {
                if turn.try_get_value() == Some(mine) {
                    look();
                }
            },
            TYPING,
        );
    });
    let revision = model.memo(|state| state.project.seq());
    Effect::new(move |before: Option<u64>| {
        let now = revision.get();
        if before.is_some_and(|before| before != now) {
            looking.follow();
        }
        now
    });

    let total = Signal::derive(move || found.with(|found| found.hits.len()));
    let window = RowWindow::new(total, ROW_HEIGHT);
    let shown = move || {
        let range = window.rows.get();
        found.with(|found| found.hits.get(range).unwrap_or_default().to_vec())
    };
    let picked = Memo::new(move |_| {
        ticked.with(|ticked| match is_over.get() {
            true => ticked.len(),
            // Those of an earlier query may be among them.
            false => {
                found.with(|found| found.hits.iter().filter(|hit| ticked.contains(&hit.place())).count())
            }
        })
    });
    // As long as places come that are ticked as they come, what is to be done with them can be decided.
    let nothing = move || picked.get() == 0 && (!begins_ticked || is_over.get());
    let decide = move |decision: Decision| {
        if untrack(nothing) {
            return;
        }
        looking.at_the_end(move || {
            let places = found.with_untracked(|found| {
                let places = found.hits.iter().map(Hit::place);
                places
                    .filter(|place| ticked.with_untracked(|ticked| ticked.contains(place)))
                    .collect::<Vec<_>>()
            });
            if places.is_empty() {
                return;
            }
            model.run(Command::Apply(places, decision));
            ticked.update(HashSet::clear);
            if begins_ticked {
                on_close();
            }
        });
    };
    let label_all = move |code: LabelCode| {
        decide(match aim.get_value() {
            Aim::Relabel(from) => Decision::Relabel { from, to: code },
            _ => Decision::Label(code),
        });
    };
    // What was typed last is looked for at once.
    let show_first = move || {
        look();
        looking.at_the_first(move || {
            if let Some(hit) = found.with_untracked(|found| found.hits.first().cloned()) {
                on_close();
                show(model, &hit);
            }
        });
    };
    // A label's key decides here as it does in the text, but where it writes a letter.
    let key = move |event: KeyboardEvent| {
        let list = window.scroller.get_untracked();
        if search_keys::walk(&event, list.map(Into::into)) {
            return event.prevent_default();
        }
        if search_keys::is_in_words(&event) && search_keys::is_enter(&event) {
            event.prevent_default();
            return show_first();
        }
        let target = event_target::<web_sys::Element>(&event);
        let types = matches!(target.tag_name().as_str(), "SELECT" | "TEXTAREA")
            || (target.tag_name() == "INPUT" && target.get_attribute("type").as_deref() != Some("checkbox"));
        let code = event.code();
        let key = Key {
            code: &code,
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
        };
        let label = (!types).then(|| model.peek(|state| label_for(key, state.schema()))).flatten();
        if let Some(Command::Label(code)) = label.filter(|_| !removes) {
            event.prevent_default();
            label_all(code);
        }
    };
    let is_idle = move || {
        query.with(|query| {
            let open = Query {
                matching: query.matching,
                everywhere: query.everywhere,
                articles: query.articles,
                spans_alone: query.spans_alone,
                ..Query::default()
            };
            *query == open
        })
    };
    let empty = move || match (fault.get(), total.get(), is_idle()) {
        (Some(reason), ..) => {
            Some(model.language.get().fill(ReviewText::SearchBadPattern, &[("reason", &reason)]))
        }
        // Something may still be found.
        (None, 0, _) if !is_over.get() => None,
        (None, 0, true) => Some(model.language.get().text(ReviewText::SearchBegin).to_owned()),
        (None, 0, false) => Some(model.language.get().text(Text::SearchNothing).to_owned()),
        _ => None,
    };
    let labels = model.memo(move |state| {
        let codes = state.schema().labels.iter().map(|label| label.code.clone());
        codes.filter(|code| !relabels || from.as_ref() != Some(code)).collect::<Vec<_>>()
    });
    view! {
        <Modal
            title=Signal::derive(move || model.text(title)().to_owned())
            close_name=Signal::derive(model.text(Text::Close))
            on_close
            wide=true
        >
            <div class="dialog-body search-body" data-testid="search-dialog" on:keydown=key>
                <SearchForm query focus_words=!begins_ticked />
                <div class="search-bar">
                    <p
                        class="count"
                        role="status"
                        data-testid="search-count"
                        aria-busy=move || (!is_over.get()).to_string()
                    >
                        {move || model.count(Counted::SearchFound, total.get())}
                        <Show when=move || !is_over.get()>" · " {model.text(ReviewText::SearchLooking)}</Show>
                    </p>
                    <Show when=move || total.get() != 0>
                        <p class="field-note" id="search-keys">
                            {model.text(ReviewText::SearchKeys)}
                        </p>
                        <span class="search-ticks">
                            <button type="button" class="link" on:click=move |_| looking.tick(|_| true)>
                                {model.text(Text::TickAll)}
                            </button>
                            <button type="button" class="link" on:click=move |_| looking.tick(Hit::is_open)>
                                {model.text(Text::TickOpen)}
                            </button>
                            <button type="button" class="link" on:click=move |_| looking.tick(|_| false)>
                                {model.text(Text::TickNone)}
                            </button>
                        </span>
                    </Show>
                </div>
                <ol
                    class="hits scroll"
                    dir="rtl"
                    data-testid="hits"
                    tabindex="0"
                    aria-label=model.text(Text::SearchPlaces)
                    autofocus=begins_at_places
                    hidden=move || total.get() == 0 && is_over.get()
                    node_ref=window.scroller
                    on:scroll=move |_| window.scrolled()
                >
                    <Gap height=Signal::derive(move || window.padding().0) />
                    {window.draw(
                        shown,
                        |hit| (hit.place(), hit.span.as_ref().map(|span| (span.label.clone(), span.origin)), hit.across.len()),
                        move |hit| view! { <HitRow hit ticked everywhere=Signal::derive(move || query.with(|query| query.everywhere)) on_close /> },
                    )}
                    <Gap height=Signal::derive(move || window.padding().1) />
                </ol>
                {move || empty().map(|words| view! { <p class="empty">{words}</p> })}
                <Show when=move || found.with(|found| found.cut_off)>
                    <p class="field-note">
                        {move || {
                            let most = MOST_HITS.to_string();
                            model.language.get().fill(ReviewText::SearchCutOff, &[("n", &most)])
                        }}
                    </p>
                </Show>
            </div>
            <footer class="dialog-foot search-foot">
                <span class="dialog-foot-note" role="status">
                    {move || model.count(Counted::SearchPicked, picked.get())}
                    {relabels.then(|| view! { " · " {model.text(Text::RelabelHint)} })}
                    <Show when=move || is_awaited.get()>" · " {model.text(ReviewText::SearchAwaited)}</Show>
                </span>
                <Show when=move || !relabels>
                    <button
                        type="button"
                        class="button"
                        data-kind=removes.then_some("primary")
                        data-testid="apply-remove"
                        autofocus=removes
                        disabled=nothing
                        on:click=move |_| decide(Decision::Remove(query.with_untracked(|query| query.label.clone())))
                    >
                        <Icon name="reject" />
                        {model.text(Text::ApplyRemove)}
                    </button>
                </Show>
                <Show when=move || !relabels && !removes>
                    <button
                        type="button"
                        class="button"
                        data-testid="apply-accept"
                        disabled=nothing
                        on:click=move |_| decide(Decision::Accept)
                    >
                        <Icon name="accept" />
                        {model.text(Text::ApplyAccept)}
                    </button>
                </Show>
                <span class="search-apply" hidden=removes>
                    <select
                        class="select"
                        data-testid="apply-which"
                        aria-label=model.text(Text::SearchLabel)
                        on:change=move |event| apply.set(LabelCode::new(event_target_value(&event)).ok())
                    >
                        {move || {
                            let language = model.language.get();
                            let now = apply.get();
                            // No label but one that somebody chose is given to many places at once.
                            let none = language.text(if relabels { Text::RelabelTo } else { Text::LabelChoose });
                            let none = view! { <option value="" selected=now.is_none()>{none}</option> };
                            let codes = labels
                                .get()
                                .into_iter()
                                .map(|code| {
                                    let name = model.peek(|state| name_of(state.schema(), &code, language));
                                    let is_chosen = now.as_ref() == Some(&code);
                                    view! {
                                        <option value=code.to_string() selected=is_chosen>
                                            {name}
                                        </option>
                                    }
                                })
                                .collect_view();
                            (none, codes)
                        }}
                    </select>
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        data-testid="apply-label"
                        autofocus=begins_ticked && !removes && !begins_at_places
                        disabled=move || nothing() || apply.with(Option::is_none)
                        on:click=move |_| {
                            if let Some(code) = apply.get_untracked() {
                                label_all(code);
                            }
                        }
                    >
                        {model.text(if relabels { Text::ApplyRelabel } else { Text::ApplyLabel })}
                    </button>
                </span>
            </footer>
        </Modal>
    }
}
