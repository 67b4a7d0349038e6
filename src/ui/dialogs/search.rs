//! Every place where something stands, in context, with a tick each; and one decision about those that are ticked.

use leptos::prelude::*;

use super::search_desk::SearchDesk;
use super::search_form::SearchForm;
use super::search_hit::HitRow;
use super::search_scan::Looking;
use crate::app::concordance::{Hit, MOST_HITS};
use crate::app::{Decision, ReviewCounted, ReviewText};
use crate::schema::LabelCode;
use crate::ui::article_list::Gap;
use crate::ui::labels::name_of;
use crate::ui::model::{Search, use_model};
use crate::ui::widgets::{Icon, Modal, RowWindow};

/// The height of a row in pixels; `search.css` gives rows this height.
const ROW_HEIGHT: f64 = 48.0;

#[component]
pub(super) fn SearchDialog(
    search: Search,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let desk = SearchDesk::open(model, search, Callback::new(move |()| on_close()));
    let SearchDesk {
        query, looking, relabels, removes, begins_ticked, begins_at_places, apply, picked, ..
    } = desk;
    let Looking { found, ticked, is_over, is_awaited, .. } = looking;
    let total = Signal::derive(move || found.with(|found| found.hits.len()));
    let window = RowWindow::new(total, ROW_HEIGHT);
    let shown = move || {
        let range = window.rows.get();
        found.with(|found| found.hits.get(range).unwrap_or_default().to_vec())
    };
    let labels = desk.labels();
    view! {
        <Modal
            title=Signal::derive(move || model.text(desk.title())().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
            wide=true
        >
            <div class="dialog-body search-body" data-testid="search-dialog" on:keydown=move |event| desk.press(&event, window.scroller.get_untracked().map(Into::into))>
                <SearchForm query focus_words=!begins_ticked />
                <div class="search-bar">
                    <p
                        class="count"
                        role="status"
                        data-testid="search-count"
                        aria-busy=move || (!is_over.get()).to_string()
                    >
                        {move || model.count(ReviewCounted::SearchFound, total.get())}
                        <Show when=move || !is_over.get()>" · " {model.text(ReviewText::SearchLooking)}</Show>
                    </p>
                    <Show when=move || total.get() != 0>
                        <p class="field-note" id="search-keys">
                            {model.text(ReviewText::SearchKeys)}
                        </p>
                        <span class="search-ticks">
                            <button type="button" class="link" on:click=move |_| looking.tick(|_| true)>
                                {model.text(ReviewText::TickAll)}
                            </button>
                            <button type="button" class="link" on:click=move |_| looking.tick(Hit::is_open)>
                                {model.text(ReviewText::TickOpen)}
                            </button>
                            <button type="button" class="link" on:click=move |_| looking.tick(|_| false)>
                                {model.text(ReviewText::TickNone)}
                            </button>
                        </span>
                    </Show>
                </div>
                <ol
                    class="hits scroll"
                    dir="rtl"
                    data-testid="hits"
                    tabindex="0"
                    aria-label=model.text(ReviewText::SearchPlaces)
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
                {move || desk.empty().map(|words| view! { <p class="empty">{words}</p> })}
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
                    {move || model.count(ReviewCounted::SearchPicked, picked.get())}
                    {relabels.then(|| view! { " · " {model.text(ReviewText::RelabelHint)} })}
                    <Show when=move || is_awaited.get()>" · " {model.text(ReviewText::SearchAwaited)}</Show>
                </span>
                <Show when=move || !relabels>
                    <button
                        type="button"
                        class="button"
                        data-kind=removes.then_some("primary")
                        data-testid="apply-remove"
                        autofocus=removes
                        disabled=move || desk.has_nothing()
                        on:click=move |_| desk.decide(Decision::Remove(query.with_untracked(|query| query.label.clone())))
                    >
                        <Icon name="reject" />
                        {model.text(ReviewText::ApplyRemove)}
                    </button>
                </Show>
                <Show when=move || !relabels && !removes>
                    <button
                        type="button"
                        class="button"
                        data-testid="apply-accept"
                        disabled=move || desk.has_nothing()
                        on:click=move |_| desk.decide(Decision::Accept)
                    >
                        <Icon name="accept" />
                        {model.text(ReviewText::ApplyAccept)}
                    </button>
                </Show>
                <span class="search-apply" hidden=removes>
                    <select
                        class="select"
                        data-testid="apply-which"
                        aria-label=model.text(ReviewText::SearchLabel)
                        on:change=move |event| apply.set(LabelCode::new(event_target_value(&event)).ok())
                    >
                        {move || {
                            let language = model.language.get();
                            let now = apply.get();
                            // No label but one that somebody chose is given to many places at once.
                            let none = language.text(if relabels { ReviewText::RelabelTo } else { ReviewText::LabelChoose });
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
                        disabled=move || desk.has_nothing() || apply.with(Option::is_none)
                        on:click=move |_| {
                            if let Some(code) = apply.get_untracked() {
                                desk.label_all(code);
                            }
                        }
                    >
                        {model.text(if relabels { ReviewText::ApplyRelabel } else { ReviewText::ApplyLabel })}
                    </button>
                </span>
            </footer>
        </Modal>
    }
}
