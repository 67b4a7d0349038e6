//! Training of where spans begin inside words.

use std::collections::HashMap;

use super::task::Random;
use crate::extract::tagger::cut::{Candidate, Cutter};

/// The candidates of a span's first word, and the byte where the span begins.
pub struct CutExample {
    /// The readings of the word.
    pub candidates: Vec<Candidate>,
    /// The byte of the text where the span begins.
    pub start: usize,
}

/// An averaged perceptron over candidates (Collins 2002).
#[must_use]
pub fn train(examples: &mut [CutExample], epochs: usize) -> Cutter {
    let mut weights: HashMap<u32, (f32, f32)> = HashMap::new();
    let mut random = Random::new(11);
    let mut step = 1.0;
    for epoch in 0..epochs {
        random.shuffle(examples);
        let mut wrong = 0;
        for example in examples.iter() {
            step += 1.0;
            let score = |c: &Candidate| -> f32 {
                c.attributes.iter().filter_map(|k| weights.get(k)).map(|w| w.0).sum()
            };
            let best = |candidates: &mut dyn Iterator<Item = &Candidate>| {
                candidates.map(|c| (score(c), c.clone())).reduce(|a, b| if b.0 > a.0 { b } else { a })
            };
            let got = best(&mut example.candidates.iter());
            let gold = best(&mut example.candidates.iter().filter(|c| c.start == example.start));
            let (Some((_, got)), Some((_, gold))) = (got, gold) else { continue };
            if got.start == gold.start {
                continue;
            }
            wrong += 1;
            for (candidate, sign) in [(&gold, 1.0), (&got, -1.0)] {
                for &key in &candidate.attributes {
                    let weight = weights.entry(key).or_default();
                    weight.0 += sign;
                    weight.1 += sign * step;
                }
            }
        }
        eprintln!("  cuts, epoch {}: {wrong} of {} wrong", epoch + 1, examples.len());
    }
    let mean = weights.into_iter().map(|(key, (w, u))| (key, (100.0 * (w - u / step)).round() as i16));
    Cutter::new(mean.filter(|&(_, w)| w != 0).collect())
}
