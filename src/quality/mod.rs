//! How good labels are, and how far the work has come.

pub mod adjudication;
pub mod agreement;
mod bootstrap;
pub(crate) mod chance;
pub mod likeness;
pub mod lint;
pub mod pull;
pub mod score;
pub mod statistics;
#[cfg(test)]
mod testing;
