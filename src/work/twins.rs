//! Finding new texts that say nearly the same as others, among any number of them. The texts are asked for in portions and
//! looked at once; what is kept of each is a sketch. Those that may be alike are then compared word by word, but where there
//! are many texts and their sketches leave no doubt.

use super::task::{Reach, Step, Task, Tools};
use super::{Answer, JobId};
use crate::app::intake::Wanted;
use crate::quality::likeness::{Alike, MARGIN, NEARLY_THE_SAME, Sketch, likely, share};
use crate::text::SourceText;

/// Texts are asked for in portions of about so many bytes.
const PORTION: u64 = 1 << 20;

/// As long as all texts together have at most so many bytes, they are kept and need not be asked for twice.
const MOST_KEPT: usize = 4 << 20;

/// Texts from number `from` on as they are brought: at least one, and as many as have `most` bytes together. Nothing if
/// there is no such text.
#[must_use]
pub fn portion(texts: &[SourceText], from: usize, most: u64) -> Vec<u8> {
    let mut portion = Vec::new();
    for text in texts.get(from..).unwrap_or_default() {
        let bytes = text.as_str().as_bytes();
        if !portion.is_empty() && (portion.len() + bytes.len()) as u64 > most {
            break;
        }
        // Texts are far shorter than 4 GB.
        portion.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
        portion.extend(bytes);
    }
    portion
}

/// The texts of a portion.
fn texts_of(mut portion: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some((length, rest)) = portion.split_first_chunk::<4>() {
        let Some((text, rest)) = rest.split_at_checked(u32::from_le_bytes(*length) as usize) else { break };
        texts.push(String::from_utf8_lossy(text).into_owned());
        portion = rest;
    }
    texts
}

/// Texts to be compared.
pub(super) struct FindingTwins {
    known: usize,
    count: usize,
    sketches: Vec<Sketch>,
    /// All texts so far, unless they are many.
    kept: Option<Vec<String>>,
    kept_bytes: usize,
    /// Pairs that may be alike, the next one last; none before all texts have been looked at.
    pairs: Option<Vec<Alike>>,
    /// The earlier text of the next pair.
    earlier: Option<String>,
    found: Vec<Alike>,
    brought: Option<Vec<u8>>,
    reach: Reach,
}

impl FindingTwins {
    pub(super) fn new(known: usize, count: usize) -> Self {
        Self {
            known,
            count,
            sketches: Vec::new(),
            kept: Some(Vec::new()),
            kept_bytes: 0,
            pairs: None,
            earlier: None,
            found: Vec::new(),
            brought: None,
            reach: Reach::default(),
        }
    }

    /// Takes the next texts in. False if none came.
    fn look_at(&mut self, texts: Vec<String>) -> bool {
        let some = !texts.is_empty();
        for text in texts {
            self.sketches.push(Sketch::of(&text));
            self.kept_bytes += text.len();
            if self.kept_bytes > MOST_KEPT {
                self.kept = None;
            } else if let Some(kept) = &mut self.kept {
                kept.push(text);
            }
        }
        some
    }

    fn count(&mut self, pair: Alike, earlier: &str, later: &str) {
        let share = share(earlier, later);
        if share >= NEARLY_THE_SAME {
            self.found.push(Alike { share, ..pair });
        }
    }

    /// Takes what needs no counting from the pairs: those that are alike by far, and those of a text that is known to be
    /// like another one.
    fn pass_over_the_certain(&mut self) {
        let Some(pairs) = &mut self.pairs else { return };
        while let Some(&pair) = pairs.last() {
            let is_told = self.found.last().is_some_and(|found| found.second == pair.second);
            if !is_told && pair.share < NEARLY_THE_SAME + MARGIN {
                return;
            }
            pairs.pop();
            if !is_told {
                self.found.push(pair);
            }
        }
    }
}

impl<'a> Task<'a> for FindingTwins {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let brought = self.brought.take().map(|portion| texts_of(&portion));
        let lost = || Step::Last(Answer::Failed { job, message: "a text did not come".to_owned() });
        let wants = |file: usize, most: u64| Answer::Wants { job, piece: Wanted { file, from: 0, most } };
        if self.kept.is_none() && self.earlier.is_none() && brought.is_none() {
            self.pass_over_the_certain();
        }
        let Some(pairs) = &self.pairs else {
            if let Some(texts) = brought
                && !self.look_at(texts)
            {
                return lost();
            }
            let (done, total) = (self.sketches.len(), self.count);
            if done < total {
                return Step::Wait(wants(done, PORTION), self);
            }
            let mut pairs = likely(&self.sketches, self.known, NEARLY_THE_SAME);
            pairs.reverse();
            self.sketches = Vec::new();
            self.pairs = Some(pairs);
            let answer = self.reach.tell(job, done as u64, total as u64);
            return Step::More(answer, self);
        };
        let Some(&pair) = pairs.last() else {
            return Step::Last(Answer::Alike { job, pairs: self.found });
        };
        if let Some(kept) = self.kept.take() {
            if let (Some(earlier), Some(later)) = (kept.get(pair.first), kept.get(pair.second)) {
                self.count(pair, earlier, later);
            }
            self.kept = Some(kept);
        } else {
            match (self.earlier.take(), brought.map(|texts| texts.into_iter().next())) {
                (None, None) => return Step::Wait(wants(pair.first, 0), self),
                (None, Some(Some(earlier))) => {
                    self.earlier = Some(earlier);
                    return Step::Wait(wants(pair.second, 0), self);
                }
                (Some(earlier), Some(Some(later))) => self.count(pair, &earlier, &later),
                _ => return lost(),
            }
        }
        if let Some(pairs) = &mut self.pairs {
            pairs.pop();
        }
        Step::More(None, self)
    }

    fn bring(&mut self, piece: Vec<u8>) {
        self.brought = Some(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::letters::{Letters, equipment, extract, job};
    use crate::work::{Desk, Job, Next};

    /// The pairs that are found among texts, and how many portions were asked for.
    fn compared(known: usize, texts: &[SourceText]) -> (Vec<(usize, usize)>, usize) {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(Job::Compare { job: job(1), known, count: texts.len() });
        let mut portions = 0;
        loop {
            match desk.turn() {
                Next::Continue(Some(Answer::Wants { job, piece })) => {
                    portions += 1;
                    desk.take(Job::Bring { job, piece: portion(texts, piece.file, piece.most) });
                }
                Next::Continue(Some(Answer::Alike { pairs, .. })) => {
                    return (pairs.iter().map(|pair| (pair.first, pair.second)).collect(), portions);
                }
                Next::Continue(_) => {}
                Next::Rest => panic!("no end"),
            }
        }
    }

    #[test]
    fn new_texts_are_compared_with_those_before_them() {
        let texts =
            ["وصل الوفد إلى بغداد اليوم", "خبر آخر", "وصل الوفدُ إلى بغداد، اليوم"].map(SourceText::from);
        assert_eq!(compared(2, &texts), (vec![(0, 2)], 1));
        assert_eq!(compared(3, &texts).0, [], "none is new");
        assert_eq!(compared(0, &[]).0, []);
    }

    #[test]
    fn of_more_texts_than_are_kept_those_that_may_be_alike_are_asked_for_again() {
        let filler =
            |n: usize| (0..9_000).map(|word| format!("كلمة{} ", n * 10_000 + word)).collect::<String>();
        let mut texts: Vec<SourceText> = (0..40).map(|n| SourceText::from(filler(n).as_str())).collect();
        // One in doubt, one beyond it.
        let half: String = filler(3).split_inclusive(' ').take(7_000).collect();
        texts.push(SourceText::from(half.as_str()));
        texts.push(SourceText::from(filler(9).replace("كلمة90005 ", "").as_str()));
        assert!(texts.iter().map(|text| text.as_str().len()).sum::<usize>() > MOST_KEPT);
        let (pairs, portions) = compared(40, &texts);
        assert_eq!(pairs, [(3, 40), (9, 41)]);
        let bytes: usize = texts.iter().map(|text| text.as_str().len()).sum();
        let once = (0..).scan(0, |from, _| {
            let portion = texts_of(&portion(&texts, *from, PORTION)).len();
            *from += portion;
            (portion > 0).then_some(())
        });
        assert_eq!(portions, once.count() + 2, "{bytes} bytes once, and the two in doubt again");
    }

    #[test]
    fn a_comparison_that_gets_nothing_ends_and_one_that_is_given_up_holds_nobody_up() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(Job::Compare { job: job(1), known: 0, count: 2 });
        assert!(matches!(desk.turn(), Next::Continue(Some(Answer::Wants { .. }))));
        desk.take(extract(2, 1));
        assert!(matches!(desk.turn(), Next::Continue(_)), "texts are read while it waits");
        desk.take(Job::Bring { job: job(1), piece: Vec::new() });
        assert!(matches!(desk.turn(), Next::Continue(Some(Answer::Failed { .. }))));
        desk.take(Job::Compare { job: job(3), known: 0, count: 2 });
        desk.turn();
        assert_eq!(desk.take(Job::Cancel { job: job(3) }), Some(Answer::Cancelled { job: job(3) }));
    }
}
