//! Persons (guideline 3.1, 5.4): names behind titles, first name and surname, kunyas, bylines, appositions.

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use super::person_name::{Likeness, Name};
use super::phrase;
use super::vocabulary::Reading;

/// Words that introduce a person.
const INTRODUCES: Classes = Classes::TITLE.or(Classes::RANK).or(Classes::OCCUPATION).or(Classes::CALL_VERB);

/// How far before a name the office may stand that its bearer is named for: مدير ناحية سنوني خديدا مراد.
const OFFICE_DISTANCE: usize = 7;

/// How far before an apposition: وقال رئيس شعبة العمليات في المديرية العامة للدفاع المدني، جورج أبو شعيا،
const APPOSITION_DISTANCE: usize = 12;

/// What speaks for a person before the name.
#[derive(Clone, Copy)]
enum Introduction {
    /// A title, rank or occupation right before, or with adjectives between.
    Near(usize),
    /// An office a few words before, with the body it belongs to between.
    Office(usize),
    /// An office before a comma that opens an apposition.
    Apposition(usize),
}

impl Introduction {
    const fn word(self) -> usize {
        match self {
            Self::Near(at) | Self::Office(at) | Self::Apposition(at) => at,
        }
    }
}

/// Proposes the person that begins at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    // Only a proclitic reading of a word that is no name itself can hide another: وسام is not و + سام.
    let named_whole = line.bare(index).any(Classes::GIVEN.or(Classes::SURNAME));
    // الملقب بأبي عدنان
    let named_with_ba = line.after(index, Classes::CALL_VERB)
        && line
            .readings(index)
            .iter()
            .any(|r| r.preposition.is_some() && r.classes().any(Classes::NAME_JOIN));
    for reading in line.readings(index) {
        if !reading.restored.is_empty()
            || (!reading.is_whole() && named_whole)
            || (reading.is_whole() && named_with_ba)
        {
            continue;
        }
        let Some(name) = Name::at(line, index, reading) else { continue };
        let introduction = introduction(line, index, reading, &name);
        let Some(rule) = judge(line, index, reading, &name, introduction) else { continue };
        let mut candidate = Candidate::new(line, index, reading, name.last, Label::Per, rule);
        if rule == Rule::PersonWithTitle {
            candidate.evidence = introduction.map(Introduction::word);
        }
        out.push(candidate);
        return;
    }
}

fn introduction(line: &Line<'_>, index: usize, reading: &Reading, name: &Name) -> Option<Introduction> {
    if index == 0 {
        return None;
    }
    if !line.joined(index) {
        let gap = line.gap(index);
        let enclosed = gap.commas() && !gap.parts() && !line.gap(name.last + 1).is_space();
        if !reading.is_whole() || !(enclosed || gap.is_close()) {
            return None;
        }
        return office_before(line, index, APPOSITION_DISTANCE).map(Introduction::Apposition);
    }
    // الملقب بأبي عدنان: the verb asks for ب.
    if !reading.is_whole() {
        return line.has(index - 1, Classes::CALL_VERB).then_some(Introduction::Near(index - 1));
    }
    let near = near(line, index).map(Introduction::Near);
    near.or_else(|| office_before(line, index, OFFICE_DISTANCE).map(Introduction::Office))
}

/// A title, rank, occupation or kinship right before, or behind nationalities and adjectives.
fn near(line: &Line<'_>, index: usize) -> Option<usize> {
    let mut at = index - 1;
    for step in 0..4 {
        let office = line.has(at, Classes::OFFICE);
        // نظيره, سائقه, نجله: with a possessive, the name follows directly.
        let kin = office && !line.definite(at) && line.form(at).ends_with(['ه', 'ا']);
        if line.has(at, INTRODUCES) || (office && step > 0) || kin {
            return Some(at);
        }
        const PASSES: Classes = Classes::NATIONALITY.or(Classes::DEF_ADJ).or(Classes::RANK);
        let passes = line.bare(at).any(PASSES)
            || phrase::is_definite_adjective(line, at)
            || matches!(
                line.form(at),
                "الخارجيه"
                    | "الدفاع"
                    | "الداخليه"
                    | "الوزراء"
                    | "السابق"
                    | "السابقه"
                    | "الدوله"
                    | "العدل"
                    | "الجمهوريه"
                    | "البلديه"
                    | "الاقليم"
                    | "الاعلام"
                    | "المناوب"
                    | "البعثه"
                    | "الوفد"
                    | "المقاطعه"
                    | "الوالي"
            );
        if !passes || at == 0 || !line.joined(at) {
            return None;
        }
        at -= 1;
    }
    None
}

/// An office or occupation up to some words before, in the same run of words; for an apposition, in the same clause.
fn office_before(line: &Line<'_>, index: usize, distance: usize) -> Option<usize> {
    let apposition = distance == APPOSITION_DISTANCE;
    let mut at = index - 1;
    for _ in 0..distance {
        if line.has(at, Classes::OFFICE.or(Classes::OCCUPATION).or(Classes::RANK)) {
            return Some(at);
        }
        let verb = !apposition && line.bare(at).any(Classes::SAY_VERB);
        if verb || at == 0 || line.gap(at).parts() || (!apposition && !line.joined(at)) {
            return None;
        }
        at -= 1;
    }
    None
}

/// Whether a run of name words is a person here, and by which evidence.
fn judge(
    line: &Line<'_>,
    index: usize,
    reading: &Reading,
    name: &Name,
    introduction: Option<Introduction>,
) -> Option<Rule> {
    let classes = reading.classes();
    let known = name.strong + name.weak;
    if matches!(line.form_of(reading), "باسم" | "بسم") && !line.joined(index + 1) {
        return None;
    }
    match introduction {
        Some(Introduction::Near(_)) => {
            let full = name.words > 1 && (name.given || known > 0 || !reading.definite);
            let alone = name.words == 1
                && name.first >= Likeness::Weak
                && !(reading.definite && name.first < Likeness::Strong);
            if full || alone || (reading.definite && classes.any(Classes::SURNAME)) {
                return Some(Rule::PersonWithTitle);
            }
        }
        Some(Introduction::Office(_) | Introduction::Apposition(_))
            if name.words > 1 && !reading.definite =>
        {
            let sure = name.given && name.second > Likeness::Unknown || name.strong > 0 && known > 1;
            // Two unknown words are a foreign name if a particle or sign closes them.
            let closed = line.bare(name.last + 1).any(Classes::STOP) || !line.joined(name.last + 1);
            let foreign =
                closed && !classes.any(Classes::COMMON) && !line.bare(name.last).any(Classes::COMMON);
            if sure || foreign {
                return Some(Rule::PersonWithTitle);
            }
        }
        _ => {}
    }
    if is_byline(line, index, name.last) && name.words > 1 && (name.strong > 0 || name.given) {
        return Some(Rule::Byline);
    }
    let said = index > 0 && line.joined(index) && line.has(index - 1, Classes::SAY_VERB);
    if name.kunya {
        return (said || name.words > 2 && name.strong > 1).then_some(Rule::Kunya);
    }
    if name.words < 2 || !name.given || (!reading.is_whole() && name.strong < 2) {
        return None;
    }
    let town = classes.any(Classes::TOWN.or(Classes::NATURAL_HEAD));
    let enough = match (name.first, name.second) {
        (Likeness::Strong, Likeness::Strong) => true,
        (Likeness::Strong, Likeness::Weak) => !town,
        (Likeness::Strong, Likeness::Unknown) => said || (!town && known > 1),
        (_, Likeness::Strong) => !classes.any(Classes::COMMON) || said || name.words > 2,
        (_, Likeness::Weak) => said,
        _ => false,
    };
    enough.then_some(Rule::PersonFullName)
}

/// Near the head of a line, behind a dash, slash or colon, and closed by a sign or the end.
fn is_byline(line: &Line<'_>, first: usize, last: usize) -> bool {
    let before = line.gap(first);
    let behind = line.gap(last + 1);
    first > 0 && first < 10 && (before.dashes() || before.parts()) && !behind.is_space()
}
