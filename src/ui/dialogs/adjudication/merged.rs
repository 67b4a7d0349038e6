//! The article with all voices in one: agreement folded away, disagreements to be seen.

use std::ops::Range;

use leptos::prelude::*;

use super::desk::Desk;
use crate::app::{ReviewCounted, ReviewText};
use crate::quality::adjudication::Region;
use crate::text::{ByteOffset, ByteRange};

/// A piece of the merged article.
enum Piece {
    /// Paragraphs without a disagreement; so many.
    Folded(usize),
    /// A paragraph, and its regions by place in the article.
    Shown(ByteRange, Range<usize>),
}

/// What is shown of an article whose paragraphs and regions are these.
fn pieces(paragraphs: &[ByteRange], regions: &[Region]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for &line in paragraphs.iter().filter(|line| !line.is_empty()) {
        let first = regions.partition_point(|region| region.range.start < line.start);
        let end = regions.partition_point(|region| region.range.start < line.end);
        let is_disputed =
            regions.get(first..end).is_some_and(|here| here.iter().any(|region| !region.is_settled()));
        match pieces.last_mut() {
            _ if is_disputed => pieces.push(Piece::Shown(line, first..end)),
            Some(Piece::Folded(count)) => *count += 1,
            _ => pieces.push(Piece::Folded(1)),
        }
    }
    pieces
}

/// What is written on to the end of a text without a blank, behind the rest: a button can be parted from it at the end of
/// a line, where a word cannot.
fn last_word(text: &str) -> (&str, &str) {
    let at =
        text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    text.split_at(at)
}

/// What is written on to the beginning of a text without a blank, before the rest.
fn first_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

#[component]
pub(super) fn Merged(desk: Desk) -> impl IntoView {
    let model = desk.model;
    let article = Memo::new(move |_| {
        let table = desk.table.get();
        table.disputes.get(desk.at.get()).map(|open| open.article)
    });
    let body = move || {
        let (table, at) = (desk.table.get(), article.get()?);
        let contested = table.articles.get(at)?;
        let document = table.base(contested)?;
        let text = document.text.clone();
        let lines: Vec<_> = text.paragraphs().iter().map(|paragraph| paragraph.content).collect();
        let disputes: Vec<Option<usize>> = (0..contested.regions.len())
            .map(|region| table.disputes.iter().position(|open| open.article == at && open.region == region))
            .collect();
        let piece = |piece: Piece| match piece {
            Piece::Folded(count) => view! {
                <p class="merged-folded">{move || model.count(ReviewCounted::ParagraphsAgreed, count)}</p>
            }
            .into_any(),
            Piece::Shown(line, here) => {
                let mut parts = Vec::new();
                let mut from = line.start;
                for number in here.clone() {
                    let Some(region) = contested.regions.get(number) else {
                        continue;
                    };
                    let end = region.range.end.min(line.end);
                    let plain = text.slice(ByteRange::new(from, region.range.start)).unwrap_or_default();
                    let words =
                        text.slice(ByteRange::new(region.range.start, end)).unwrap_or_default().to_owned();
                    let dispute = disputes.get(number).copied().flatten();
                    let label = region
                        .sides
                        .iter()
                        .find_map(|side| side.spans.first())
                        .map(|span| span.label.to_string());
                    from = end;
                    parts.push(match dispute {
                        None => {
                            let plain = plain.to_owned();
                            view! { {plain}<mark class="merged-agreed" data-label=label>{words}</mark> }
                                .into_any()
                        }
                        Some(dispute) => {
                            let next = contested.regions.get(number + 1).filter(|_| number + 1 < here.end);
                            let limit = next.map_or(line.end, |next| next.range.start);
                            let behind = text.slice(ByteRange::new(end, limit)).unwrap_or_default();
                            let ((plain, before), (after, _)) = (last_word(plain), first_word(behind));
                            from = ByteOffset::from(end.to_usize() + after.len());
                            let (plain, before, after) =
                                (plain.to_owned(), before.to_owned(), after.to_owned());
                            let (id, range) = (contested.id.clone(), region.range);
                            let is_decided =
                                move || desk.decided.with(|decided| decided.of(&id, range).is_some());
                            view! {
                                {plain}
                                <span class="merged-held">
                                    {before}
                                    <button
                                        type="button"
                                        class="merged-dispute"
                                        data-testid="merged-dispute"
                                        data-decided=move || is_decided().to_string()
                                        aria-current=move || (desk.at.get() == dispute).then_some("true")
                                        on:click=move |_| desk.go_to(dispute)
                                    >
                                        {words}
                                    </button>
                                    {after}
                                </span>
                            }
                            .into_any()
                        }
                    });
                }
                let rest = text.slice(ByteRange::new(from, line.end)).unwrap_or_default().to_owned();
                view! { <p class="merged-line" lang="ar" dir="rtl">{parts}{rest}</p> }.into_any()
            }
        };
        let title = document.shown_title();
        Some(view! {
            <h3 class="merged-title" dir="auto">{title}</h3>
            <div class="merged-text" dir="rtl">{pieces(&lines, &contested.regions).into_iter().map(piece).collect_view()}</div>
        })
    };
    view! {
        <section class="merged" aria-label=model.text(ReviewText::Merged) data-testid="merged">
            {body}
        </section>
    }
}
