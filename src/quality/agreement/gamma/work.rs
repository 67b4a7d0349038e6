//! How much may be done. Counted and not timed, so that a figure is there on every machine or on none.

/// The work that is left.
#[derive(Clone, Debug)]
pub(super) struct Work {
    left: u64,
}

/// More work than there was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

impl Work {
    pub(super) const fn new(steps: u64) -> Self {
        Self { left: steps }
    }

    /// So many comparisons are made.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), TooMuch> {
        self.left = self.left.checked_sub(steps as u64).ok_or(TooMuch)?;
        Ok(())
    }

    pub(super) const fn left(&self) -> u64 {
        self.left
    }
}
