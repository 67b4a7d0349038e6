//! What waits for a picture: what is measured once a turn's changes are drawn and put in its place by the measures, and
//! what would put the picture off.
//!
//! A browser that is asked for a place on the screen lays the page out first. Asking and moving by turns makes it do so
//! again and again within one key press; so everybody asks first, and then everybody moves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{request_animation_frame, set_timeout};

/// After so long a page that has not been drawn is one that nobody looks at, and is not drawn at all.
const UNSEEN: Duration = Duration::from_secs(1);

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

/// Does something once the page has been drawn with what it has now, because it would put that off.
pub(super) fn after_picture(act: impl FnOnce() + 'static) {
    let waiting = Rc::new(Cell::new(Some(act)));
    let do_once = move || {
        if let Some(act) = waiting.take() {
            act();
        }
    };
    // The picture follows what is done before it, so it takes another turn.
    request_animation_frame({
        let do_once = do_once.clone();
        move || set_timeout(do_once, Duration::ZERO)
    });
    set_timeout(do_once, UNSEEN);
}
