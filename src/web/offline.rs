//! The page kept for use without a network (`page/sw.js`), and newer builds of it that wait for their turn.

use gloo::timers::callback::Interval;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

/// The script that keeps the page, beside it.
const SCRIPT: &str = "./sw.js";

/// What it is told when its build is to go on in place of the one before.
const TAKE_OVER: &str = "take over";

/// A page that stays open looks for a newer build this often, in milliseconds. Opening a page looks as well.
const LOOK_EVERY: u32 = 60 * 60 * 1000;

/// What becomes of the page while it is open.
#[derive(Clone, Debug)]
pub enum Turn {
    /// A newer build has been fetched whole and waits.
    Waiting(Newer),
    /// Another tab has gone over to a newer build; this one is of the build before until it is loaded anew.
    Replaced,
}

/// A newer build that waits. It goes on by itself once all tabs of this one are closed.
#[derive(Clone, Debug)]
pub struct Newer(ServiceWorker);

impl Newer {
    /// Has the newer build go on now: all tabs hear of it, and this one loads it.
    pub fn go_over(&self) {
        if let Some(container) = container() {
            let reload = Closure::once_into_js(|| {
                if let Some(window) = web_sys::window() {
                    // The browser reloads or tells the person why not.
                    let _ = window.location().reload();
                }
            });
            container.set_oncontrollerchange(Some(reload.unchecked_ref()));
        }
        // A worker that is gone has been replaced by a still newer one, which will be told of.
        let _ = self.0.post_message(&TAKE_OVER.into());
    }
}

/// Has the page kept once it has settled, and goes on telling what becomes of it. Where a browser keeps no pages (without a secure origin,
/// in some private windows), nothing happens.
pub async fn keep(settled: impl Future<Output = ()>, on_turn: impl Fn(Turn) + Clone + 'static) {
    let Some(container) = container() else { return };
    let was_kept = container.controller().is_some();
    if was_kept {
        let on_turn = on_turn.clone();
        let replaced = Closure::<dyn FnMut(Event)>::new(move |_| on_turn(Turn::Replaced));
        container.set_oncontrollerchange(Some(replaced.into_js_value().unchecked_ref()));
    }
    settled.await;
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = JsFuture::from(container.register_with_options(SCRIPT, &options)).await;
    let Some(registration) =
        registered.ok().and_then(|value| value.dyn_into::<ServiceWorkerRegistration>().ok())
    else {
        return;
    };
    if was_kept {
        if let Some(waiting) = registration.waiting() {
            on_turn(Turn::Waiting(Newer(waiting)));
        }
        tell_of_newer(&registration, on_turn);
    }
    Interval::new(LOOK_EVERY, move || {
        // Without a network there is nothing newer.
        let _ = registration.update();
    })
    .forget();
}

fn tell_of_newer(registration: &ServiceWorkerRegistration, on_turn: impl Fn(Turn) + Clone + 'static) {
    let found = Closure::<dyn FnMut(Event)>::new({
        let registration = registration.clone();
        move |_| {
            let Some(coming) = registration.installing() else { return };
            let changed = Closure::<dyn FnMut(Event)>::new({
                let (coming, on_turn) = (coming.clone(), on_turn.clone());
                move |_| {
                    if coming.state() == ServiceWorkerState::Installed {
                        on_turn(Turn::Waiting(Newer(coming.clone())));
                    }
                }
            });
            coming.set_onstatechange(Some(changed.into_js_value().unchecked_ref()));
        }
    });
    registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}
