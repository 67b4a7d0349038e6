//! Finding new texts that say nearly the same as others.

use super::task::{Step, Task, Tools};
use super::{Answer, JobId};
use crate::quality::likeness::{NEARLY_THE_SAME, alike_new};
use crate::text::SourceText;

/// Texts to be compared, in one step.
pub(super) struct FindingTwins {
    pub(super) known: usize,
    pub(super) texts: Vec<SourceText>,
}

impl<'a> Task<'a> for FindingTwins {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let texts: Vec<&str> = self.texts.iter().map(SourceText::as_str).collect();
        let (known, new) = texts.split_at(self.known.min(texts.len()));
        Step::Last(Answer::Alike { job, pairs: alike_new(known, new, NEARLY_THE_SAME) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::letters::{Letters, answers, equipment, job};
    use crate::work::{Desk, Job};

    #[test]
    fn new_texts_are_compared_with_those_before_them() {
        let texts =
            ["وصل الوفد إلى بغداد اليوم", "خبر آخر", "وصل الوفدُ إلى بغداد، اليوم"].map(SourceText::from);
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(Job::Compare { job: job(1), known: 2, texts: texts.to_vec(), count: 3 });
        match &answers(&mut desk)[..] {
            [Answer::Alike { pairs, .. }] => {
                assert_eq!((pairs.len(), pairs[0].first, pairs[0].second), (1, 0, 2));
            }
            other => panic!("{other:?}"),
        }
    }
}
