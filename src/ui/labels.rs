//! How labels look and are named on the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::model::use_model;
use crate::annotation::Origin;
use crate::app::{Language, ReviewText};
use crate::schema::{LabelCode, Schema};

/// The name of a label in a language, or its code if the schema does not know it.
pub(super) fn name_of(schema: &Schema, code: &LabelCode, language: Language) -> String {
    schema
        .label(code.as_str())
        .map_or_else(|| code.to_string(), |label| language.pick(&label.name.en, &label.name.ar).to_owned())
}

/// The text for an origin.
pub(super) fn origin_text(origin: Origin) -> ReviewText {
    match origin {
        Origin::Manual => ReviewText::OriginManual,
        Origin::Accepted => ReviewText::OriginAccepted,
        Origin::Corrected => ReviewText::OriginCorrected,
        Origin::Suggested => ReviewText::OriginSuggested,
        Origin::Imported => ReviewText::OriginImported,
    }
}

/// The symbol for an origin.
pub(super) fn origin_icon(origin: Origin) -> &'static str {
    match origin {
        Origin::Manual => "origin-manual",
        Origin::Accepted => "origin-accepted",
        Origin::Corrected => "origin-corrected",
        Origin::Suggested => "origin-suggested",
        Origin::Imported => "origin-imported",
    }
}

/// Gives the page the colours of the open schema, as a style sheet of its own: a schema is data, and the security
/// policy forbids styles written into elements.
pub(super) fn style_labels() {
    let model = use_model();
    let schema = model.memo(|state| state.schema().clone());
    let sheet = web_sys::CssStyleSheet::new().ok();
    let Some(sheet) = sheet else {
        return;
    };
    adopt(&sheet);
    let sheet = StoredValue::new_local(sheet);
    Effect::new(move || {
        let rules = schema.with(|schema| schema.stylesheet());
        // The rules come from a checked schema; a browser that cannot read them shows plain underlines.
        sheet.with_value(|sheet| drop(sheet.replace_sync(&rules)));
    });
}

/// Gives what stands within `scope`, a selector, the colours of another schema, for as long as the owner lives.
pub(super) fn style_labels_within(scope: &'static str, schema: Signal<Schema>) {
    let Some(sheet) = web_sys::CssStyleSheet::new().ok() else {
        return;
    };
    adopt(&sheet);
    let sheet = StoredValue::new_local(sheet);
    Effect::new(move || {
        let rules = schema.with(|schema| format!("{scope}{{{}}}", schema.stylesheet()));
        // As above.
        sheet.with_value(|sheet| drop(sheet.replace_sync(&rules)));
    });
    on_cleanup(move || {
        sheet.try_with_value(|sheet| drop(sheet.replace_sync("")));
    });
}

fn adopt(sheet: &web_sys::CssStyleSheet) {
    let document = document();
    let adopted = js_sys::Reflect::get(&document, &"adoptedStyleSheets".into()).ok();
    if let Some(adopted) = adopted.and_then(|list| list.dyn_into::<js_sys::Array>().ok()) {
        adopted.push(sheet);
    }
}
