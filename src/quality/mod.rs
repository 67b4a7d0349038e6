//! How good labels are.

pub mod lint;
pub mod score;
