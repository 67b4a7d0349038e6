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

    /// Does something for which there is a limit of its own.
    pub(super) fn within<T>(
        &mut self,
        limit: u64,
        act: impl FnOnce(&mut Self) -> Result<T, TooMuch>,
    ) -> Result<T, TooMuch> {
        let given = self.left.min(limit);
        let mut part = Self { left: given };
        let done = act(&mut part);
        self.left -= given - part.left;
        done
    }

    pub(super) const fn left(&self) -> u64 {
        self.left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_its_own_limit_and_counts_for_the_whole() {
        let mut work = Work::new(10);
        assert_eq!(work.within(5, |part| part.spend(4)), Ok(()));
        assert_eq!((work.left(), work.within(5, |part| part.spend(6))), (6, Err(TooMuch)));
        assert_eq!(work.within(9, |part| part.spend(7)), Err(TooMuch), "no more than there is");
    }
}
