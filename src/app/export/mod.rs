//! The dataset on its way out: the page says what is to be saved ([`Request`]); beside it (`work`), [`write`] makes the
//! file and reads it back.

mod order;
mod request;
#[cfg(test)]
mod tests;
mod weighing;

pub use order::{ExportFault, Order, Summary, Written, write};
pub use request::{Request, Scope, in_scope, offered, requested, waiting};
pub use weighing::Weighing;
