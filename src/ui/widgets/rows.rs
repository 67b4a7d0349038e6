//! A list whose rows stay as long as their keys do.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;

/// A row that is drawn if none of its key is there yet.
struct Row {
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Draws a row for every item. When the items change, only rows of keys that are new are drawn.
///
/// Leptos's `For` behind a border that knows nothing of the items, so that the page holds it once and not once for
/// every kind of row.
pub(crate) fn keyed_rows<T, K, V>(
    each: impl Fn() -> Vec<T> + Send + 'static,
    key: impl Fn(&T) -> K + Send + 'static,
    draw: impl Fn(T) -> V + Clone + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    K: Hash,
    V: IntoAny,
{
    draw_keyed(Box::new(move || {
        let row = |item: T| {
            let mut hasher = DefaultHasher::new();
            key(&item).hash(&mut hasher);
            let draw = draw.clone();
            Row { key: hasher.finish(), draw: Box::new(move || draw(item).into_any()) }
        };
        each().into_iter().map(row).collect()
    }))
}

fn draw_keyed(each: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each key=|row| row.key children=|row: Row| (row.draw)() /> }.into_any()
}
