//! How good labels are.

pub mod agreement;
mod chance;
pub mod lint;
pub mod score;
#[cfg(test)]
mod testing;
