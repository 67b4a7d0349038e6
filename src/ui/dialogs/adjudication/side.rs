//! What one voice says about a place.

use leptos::prelude::*;

use super::super::context_line::context_line;
use super::key::DisputeKey;
use crate::annotation::Span;
use crate::app::{DisputeAction, ReviewText};
use crate::quality::adjudication::Side;
use crate::text::{ByteRange, SourceText};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

/// How a span stands to what the others say. Each has a symbol and a line of its own, so that they differ without colour.
#[derive(Clone, Copy)]
enum Standing {
    /// Somebody has just the same.
    Same,
    /// Somebody has another label there.
    Label,
    /// Somebody has other ends.
    Ends,
    /// Nobody else has anything there.
    Alone,
}

impl Standing {
    fn of(span: &Span, others: &[Span]) -> Self {
        let same_place = |other: &Span| (other.range, &other.fragments) == (span.range, &span.fragments);
        if others.iter().any(|other| same_place(other) && other.label == span.label) {
            Self::Same
        } else if others.iter().any(same_place) {
            Self::Label
        } else if others.iter().any(|other| other.range.overlaps(span.range)) {
            Self::Ends
        } else {
            Self::Alone
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Same => "accept",
            Self::Label => "codes",
            Self::Ends => "edge-end",
            Self::Alone => "plus",
        }
    }

    fn text(self) -> ReviewText {
        match self {
            Self::Same => ReviewText::StandsSame,
            Self::Label => ReviewText::StandsLabel,
            Self::Ends => ReviewText::StandsEnds,
            Self::Alone => ReviewText::StandsAlone,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Label => "label",
            Self::Ends => "ends",
            Self::Alone => "alone",
        }
    }
}

#[component]
pub(super) fn SideCard(
    /// The article's text.
    text: SourceText,
    /// The place.
    region: ByteRange,
    /// Who says it, or a letter while names are hidden.
    name: String,
    /// Where they stand among the others, counted from 0: the key that follows them hangs on it.
    place: usize,
    /// What they say.
    side: Side,
    /// What those who vote, but for this one, say.
    others: Vec<Span>,
    /// True if they were followed.
    is_taken: bool,
    /// Follows them.
    on_take: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    let votes = side.votes;
    let spans = side.spans;
    let hull = spans
        .iter()
        .map(|span| span.range)
        .reduce(|a, b| ByteRange::new(a.start.min(b.start), a.end.max(b.end)));
    let label = match spans.as_slice() {
        [only] => Some(only.label.clone()),
        _ => None,
    };
    let line = match hull {
        Some(range) => context_line(&text, range, label.as_ref()),
        None => view! { <div class="side-empty">{context_line(&text, region, None)}</div> }.into_any(),
    };
    let row = move |span: &Span| {
        let standing = Standing::of(span, &others);
        let words = text.slice(span.range).unwrap_or_default().to_owned();
        view! {
            <li class="side-span" data-standing=standing.word()>
                <span class="side-standing" title=model.text(standing.text())>
                    <Icon name=standing.icon() />
                    <span class="visually-hidden">{model.text(standing.text())}</span>
                </span>
                <span class="label-chip" data-label=span.label.to_string() lang="en">
                    {span.label.to_string()}
                </span>
                <span class="surface-inline" lang="ar" dir="rtl">
                    {words}
                </span>
            </li>
        }
    };
    let rows = spans.iter().map(row).collect_view();
    let is_empty = spans.is_empty();
    view! {
        <article class="side" data-testid="side" data-taken=is_taken.to_string()>
            <header class="side-head">
                <h3 class="side-name" dir="auto">
                    {name}
                </h3>
                {(!votes).then(|| view! { <span class="side-note">{model.text(ReviewText::ShownOnly)}</span> })}
                <button
                    type="button"
                    class="button"
                    data-testid="take"
                    aria-pressed=is_taken.to_string()
                    on:click=move |_| on_take()
                >
                    {model.text(if is_taken { ReviewText::Taken } else { ReviewText::Take })}
                    <DisputeKey of=DisputeAction::Follow(place) />
                </button>
            </header>
            {line}
            <ul class="side-spans">
                {rows} {is_empty.then(|| view! { <li class="side-nothing">{model.text(ReviewText::SideNothing)}</li> })}
            </ul>
        </article>
    }
}
