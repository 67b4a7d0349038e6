//! Words of an article in their line of text, marked as a span is.

use leptos::prelude::*;

use crate::app::concordance::context;
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};

/// So many bytes of context to either side; more than any screen shows.
const REACH: usize = 160;

/// A place in its line of text. Without a label it is marked as a place, and not as a span.
pub(super) fn context_line(text: &SourceText, range: ByteRange, label: Option<&LabelCode>) -> AnyView {
    let shown = context(text, range, REACH);
    // An empty mark would be nothing to see.
    let surface = if shown.surface.is_empty() { "\u{2009}".to_owned() } else { shown.surface };
    view! {
        <p class="hit-line" lang="ar" dir="rtl">
            <span class="hit-before">
                <span>{shown.before}</span>
            </span>
            <mark class="hit-surface" data-label=label.map(ToString::to_string)>
                {surface}
            </mark>
            <span class="hit-after">{shown.after}</span>
        </p>
    }
    .into_any()
}
