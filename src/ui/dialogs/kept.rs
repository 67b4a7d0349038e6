//! What dialogs keep from one opening to the next, as long as the project is open.

use std::cell::RefCell;
use std::rc::Rc;

use crate::app::concordance::SearchCache;
use crate::app::palette::ArticleNames;
use crate::ui::model::Model;

/// What was made ready for looking through the articles of the open project, so that no opening begins anew.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// For the search.
    pub(super) texts: RefCell<SearchCache>,
    /// For the palette.
    pub(super) names: RefCell<ArticleNames>,
}

/// What is kept for the open project. It goes with the way to its storage, when another one is opened.
pub(super) fn kept(model: Model) -> Rc<Kept> {
    let kept = model
        .ask_keeper(|keeper| Rc::clone(keeper.for_dialogs.get_or_insert_with(|| Rc::new(Kept::default()))));
    // Before there is a storage there is nothing to look through.
    kept.and_then(|kept| kept.downcast().ok()).unwrap_or_default()
}
