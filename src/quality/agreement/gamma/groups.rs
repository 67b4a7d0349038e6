//! Units that may come to stand together, parted from those that never do.

/// Which of so many things hang together.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    pub(super) fn new(things: usize) -> Self {
        Self((0..things).collect())
    }

    pub(super) fn join(&mut self, first: usize, second: usize) {
        let (first, second) = (self.root(first), self.root(second));
        if let Some(parent) = self.0.get_mut(first.max(second)) {
            *parent = first.min(second);
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(&parent) = self.0.get(at).filter(|&&parent| parent != at) {
            // What is passed on the way is brought nearer to the root.
            let above = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(parent) = self.0.get_mut(at) {
                *parent = above;
            }
            at = above;
        }
        at
    }

    /// The groups, each in the order of its things.
    pub(super) fn parted(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for thing in 0..self.0.len() {
            let root = self.root(thing);
            if let Some(group) = groups.get_mut(root) {
                group.push(thing);
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_together_over_several_steps_is_one_group() {
        let mut groups = Groups::new(6);
        for (a, b) in [(5, 4), (1, 3), (3, 4)] {
            groups.join(a, b);
        }
        assert_eq!(groups.parted(), [vec![0], vec![1, 3, 4, 5], vec![2]]);
    }
}
