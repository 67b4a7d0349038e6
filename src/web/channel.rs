//! What tabs on one project tell each other.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// Something that one tab tells the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// More of the work is in the storage.
    Kept,
    /// Let this tab do the work.
    Yield,
}

impl Word {
    fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Yield => "yield",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Kept, Self::Yield].into_iter().find(|known| known.as_str() == word)
    }
}

/// A line to the other tabs on a project, for as long as it is held.
pub struct Channel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

impl Channel {
    /// Opens the line; `None` where the browser has none. `on_word` hears the other tabs, never this one.
    #[must_use]
    pub fn open(name: &str, on_word: impl Fn(Word) + 'static) -> Option<Self> {
        let has_channels = Reflect::get(&js_sys::global(), &"BroadcastChannel".into())
            .is_ok_and(|constructor| constructor.is_instance_of::<Function>());
        let channel = has_channels.then(|| BroadcastChannel::new(name).ok()).flatten()?;
        let on_message = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
            if let Some(word) = event.data().as_string().and_then(|word| Word::of(&word)) {
                on_word(word);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { channel, _on_message: on_message })
    }

    /// Tells the other tabs. If none listens, there is nobody to tell.
    pub fn tell(&self, word: Word) {
        // A short text can always be sent.
        let _ = self.channel.post_message(&JsValue::from(word.as_str()));
    }
}
