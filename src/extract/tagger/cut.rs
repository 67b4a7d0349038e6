//! Where in its first word a span begins: before or behind the proclitics.
//!
//! Tags are given to whole words. The readings of the first word are the candidates; each is scored by what is known of
//! it, and the best one is the beginning.

use super::bytes::{Bytes, ModelError, Writer};
use super::facts::WordFacts;
use super::keys::KeyIndex;
use crate::extract::key::word_key;
use crate::extract::line::Line;
use crate::extract::vocabulary::Reading;

/// Weights of the attributes of readings.
#[derive(Clone, Debug, Default)]
pub struct Cutter {
    keys: KeyIndex,
    weights: Vec<i16>,
}

/// A reading that may be the beginning of a span.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Byte of the text where the span would begin.
    pub start: usize,
    /// Letters that the clean form gets back.
    pub restored: &'static str,
    /// Its attributes.
    pub attributes: Vec<u32>,
}

/// The candidates for the beginning of a span with a label, at a word of a line.
pub(crate) fn candidates(
    line: &Line<'_>,
    facts: &WordFacts,
    index: usize,
    single: bool,
    label: usize,
) -> Vec<Candidate> {
    let readings = line.readings(index);
    let frequency =
        |reading: &Reading| facts.find(word_key(line.form_of(reading))).map_or(0, |f| u64::from(f.frequency));
    let whole = readings.first().map_or(0, frequency);
    let known = |reading: &Reading| {
        u64::from(!reading.classes().is_empty()) | u64::from(reading.found.names != 0) << 1
    };
    let whole_known = readings.first().map_or(0, known);
    let longest = readings.iter().map(frequency).max().unwrap_or(0);
    readings
        .iter()
        .map(|reading| {
            let conjunction = reading.conjunction.map_or(0, |p| p as u64 + 1);
            let preposition = reading.preposition.map_or(0, |p| p as u64 + 1);
            let shape = conjunction << 8
                | preposition << 4
                | u64::from(reading.definite) << 2
                | u64::from(!reading.restored.is_empty()) << 3;
            let own = frequency(reading);
            let letters = line.form_of(reading).chars().count().min(8) as u64;
            let mut attributes = Vec::new();
            let mut push = |kind: u64, value: u64| {
                let mixed =
                    (value ^ kind.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
                attributes.push((mixed >> 32) as u32);
            };
            push(1, shape);
            push(2, shape << 8 | label as u64);
            push(3, shape << 8 | own.saturating_sub(whole).min(15) << 4 | whole.saturating_sub(own).min(15));
            push(4, shape << 8 | known(reading) << 4 | whole_known);
            push(5, shape << 8 | letters);
            push(6, shape << 8 | u64::from(own == longest) << 1 | u64::from(whole == 0));
            push(7, shape << 8 | label as u64 | u64::from(single) << 7);
            push(8, known(reading) << 8 | label as u64);
            push(9, shape ^ line.readings(index).first().map_or(0, |w| word_key(line.form_of(w))) << 12);
            for class in reading.classes().indices() {
                push(10, class << 8 | label as u64);
            }
            Candidate { start: line.start(index, reading), restored: reading.restored, attributes }
        })
        .collect()
}

impl Cutter {
    /// A cutter of weights by attribute.
    #[must_use]
    pub fn new(mut weights: Vec<(u32, i16)>) -> Self {
        weights.sort_unstable();
        let (keys, weights) = weights.into_iter().unzip();
        Self { keys: KeyIndex::new(keys), weights }
    }

    /// The best candidate; the first of equals, which is the whole word.
    #[must_use]
    pub fn choose<'c>(&self, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        let score = |candidate: &Candidate| -> i32 {
            let weights =
                candidate.attributes.iter().filter_map(|&key| self.weights.get(self.keys.find(key)?));
            weights.map(|&w| i32::from(w)).sum()
        };
        candidates.iter().map(|c| (score(c), c)).reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, c)| c)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        self.keys.write(out);
        for &weight in &self.weights {
            out.signed(i64::from(weight));
        }
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let keys = KeyIndex::read(bytes)?;
        let mut weights = Vec::with_capacity(keys.keys().len());
        for _ in 0..keys.keys().len() {
            weights.push(bytes.signed()? as i16);
        }
        Ok(Self { keys, weights })
    }
}
