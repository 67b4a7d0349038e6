//! What is measured once a turn's changes are drawn, and what is put in its place by the measures.
//!
//! A browser that is asked for a place on the screen lays the page out first. Asking and moving by turns makes it do so
//! again and again within one key press; so everybody asks first, and then everybody moves.

use std::cell::RefCell;

use leptos::prelude::request_animation_frame;

type Measure = Box<dyn FnOnce() -> Option<Place>>;
type Place = Box<dyn FnOnce()>;

thread_local! {
    static WAITING: RefCell<Vec<Measure>> = const { RefCell::new(Vec::new()) };
}

/// Before the next picture has `measure` look at the page, which it must not change, and `place` change it by what was
/// seen. Both happen in the order of the calls; nothing is placed before all is measured.
pub(super) fn measure_then_place<T: 'static>(
    measure: impl FnOnce() -> Option<T> + 'static,
    place: impl FnOnce(T) + 'static,
) {
    let measure: Measure = Box::new(|| measure().map(|seen| Box::new(move || place(seen)) as Place));
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push(measure);
        waiting.len() == 1
    });
    if is_first {
        request_animation_frame(|| {
            let measures = WAITING.with_borrow_mut(std::mem::take);
            let places: Vec<_> = measures.into_iter().filter_map(|measure| measure()).collect();
            for place in places {
                place();
            }
        });
    }
}
