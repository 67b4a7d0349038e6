//! How good labels are.

pub mod score;
