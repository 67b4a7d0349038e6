//! How text looks under the labels: a sample with all of them, and the article that is open.

use leptos::html;
use leptos::prelude::*;

use super::editor::Editor;
use crate::annotation::Document;
use crate::app::ReviewText;
use crate::app::schema_edit::Plan;
use crate::app::view::{self, Picture, Piece};
use crate::text::SourceText;
use crate::ui::model::use_model;
use crate::ui::painter;

/// Words to put labels on; ours, and about nothing in particular. Every other one is a noun, which a label can stand on,
/// also when the words come round again. Articles are Arabic in either language of the page.
const SAMPLE: &str = "التقى المندوبون من الشمال قرب الجسر مع الصحفيين عند النهر قبل الغروب وغادر الوفد إلى القرية \
    عبر الطريق ومعه الرسالة بعد الاجتماع في المدينة";

/// At most so many bytes of the article are shown, from its first span on.
const SHOWN_BYTES: usize = 2400;

#[component]
pub(super) fn Preview() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let codes = Memo::new(move |_| {
        editor.with(|draft| draft.labels.iter().map(|label| label.def.code.to_string()).collect::<Vec<_>>())
    });
    let article = Memo::new(move |_| {
        let plan = editor.plan.get();
        model.with(|state| state.document().map(|document| shown(document, &plan)))
    });
    let element = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let (Some(element), Some(Some(shown))) = (element.get(), article.try_get()) else {
            return;
        };
        let Shown { text, pieces } = shown;
        painter::paint(&element, &text, &pieces);
    });
    view! {
        <section class="schema-preview scroll" data-testid="schema-preview" tabindex="0" aria-label=model.text(ReviewText::SchemaPreview)>
            <h3 class="schema-heading">{model.text(ReviewText::SchemaPreviewSample)}</h3>
            <div class="article schema-article" lang="ar" dir="rtl">
                {move || sample(&codes.get(), "manual")}
            </div>
            <div class="article schema-article" lang="ar" dir="rtl">
                {move || sample(&codes.get(), "suggested")}
            </div>
            <Show when=move || article.with(Option::is_some)>
                <h3 class="schema-heading">{model.text(ReviewText::SchemaPreviewArticle)}</h3>
                <div
                    class="article schema-article"
                    lang="ar"
                    dir="rtl"
                    data-testid="schema-preview-article"
                    node_ref=element
                ></div>
            </Show>
        </section>
    }
}

/// The sample with the labels on every other word of it, over and over until each has been.
fn sample(codes: &[String], origin: &'static str) -> impl IntoView + use<> {
    let mut codes = codes.iter();
    let mut words = SAMPLE.split_whitespace().cycle().enumerate();
    let mut views = Vec::new();
    while let (true, Some((n, word))) = (!codes.as_slice().is_empty(), words.next()) {
        let code = (n % 2 == 1).then(|| codes.next()).flatten();
        views.push(match code {
            Some(code) => view! {
                <span class="mark" data-label=code.clone() data-origin=origin>
                    {word}
                </span>
                " "
            }
            .into_any(),
            None => view! {
                {word}
                " "
            }
            .into_any(),
        });
    }
    views
}

/// A part of an article as it will be.
#[derive(Clone, PartialEq)]
struct Shown {
    text: SourceText,
    pieces: Vec<Piece>,
}

fn shown(document: &Document, plan: &Plan) -> Shown {
    let settings = crate::app::Settings::default();
    let first = document.spans.iter().next().map(|span| span.range.start);
    let paragraphs = document.text.paragraphs();
    let skipped = paragraphs.iter().take_while(|p| first.is_some_and(|first| p.full.end <= first)).count();
    let mut bytes = 0;
    let mut pieces = Vec::new();
    for &paragraph in paragraphs.iter().skip(skipped) {
        if bytes > SHOWN_BYTES {
            break;
        }
        bytes += paragraph.full.len();
        pieces.extend(view::pieces(
            &document.text,
            paragraph,
            &Picture::of(document, paragraph, None, None, &settings),
        ));
    }
    for piece in &mut pieces {
        piece.marks.retain_mut(|mark| match plan.label_after(&mark.label) {
            Some(after) => {
                mark.label = after.clone();
                true
            }
            None => false,
        });
    }
    Shown { text: document.text.clone(), pieces }
}
