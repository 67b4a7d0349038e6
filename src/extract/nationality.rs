//! Nationalities and peoples (guideline 3.11, 5.8).

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use crate::text::Proclitic;

/// Proposes the nationality that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    for reading in line.openings_of(index, Classes::NATIONALITY.or(Classes::NATIONALITY_WEAK)) {
        let headed = line.after(index, Classes::NATION_HEAD) && reading.is_whole();
        let wanted =
            if headed { Classes::NATIONALITY.or(Classes::NATIONALITY_WEAK) } else { Classes::NATIONALITY };
        let Some((last, _)) = line.longest(index, reading, wanted) else { continue };
        let form = line.form_of(reading);
        // بالعربية: the language.
        if reading.preposition == Some(Proclitic::Ba) && form.ends_with("يه") && last == index {
            continue;
        }
        out.push(Candidate::new(line, index, reading, last, Label::Nat, Rule::Nationality));
        return;
    }
}
