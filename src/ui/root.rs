//! Language, direction, theme and size of letters of the document, as the settings have them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::frame::after_picture;
use super::model::Model;
use crate::app::Text;

/// Keeps the root element in step with the settings.
pub(super) fn follow(model: Model) {
    let theme = model.memo(|state| state.settings.theme);
    Effect::new(move || {
        let language = model.language.get();
        let document = document();
        // The browser hands a title on before it goes on, which takes as long as drawing the page.
        let title = format!("{} · {}", language.text(Text::AppName), language.text(Text::Tagline));
        after_picture(move || leptos::prelude::document().set_title(&title));
        let Some(root) = document.document_element() else {
            return;
        };
        // Attributes of the root element are always settable.
        let _ = root.set_attribute("lang", language.tag());
        let _ = root.set_attribute("dir", language.direction());
        let _ = match theme.get().attribute() {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    });
    let scale = model.memo(|state| state.settings.text_scale());
    Effect::new(move || {
        if let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok())
        {
            // A number is a valid value.
            let _ = root.style().set_property("--article-scale", &scale.get().to_string());
        }
    });
}
