//! How good labels are, and how far the work has come.

pub mod agreement;
mod chance;
pub mod lint;
pub mod score;
pub mod statistics;
#[cfg(test)]
mod testing;
