//! What annotators would say who only share their habits: what one of them says, in another place of the text.

use super::Field;
use super::unit::Unit;
use crate::quality::chance::Chance;

/// So often a place is looked for that lies apart from those taken. Where there is no room any place will do.
const ATTEMPTS: usize = 64;

/// For each annotator of an article the units of one of them drawn by chance, all moved by so many code points, those that
/// go over the end of the text to its beginning. They are moved differently: by half a mean unit at least. Somebody has
/// said something; if nobody has, nothing is drawn.
pub(super) fn shuffled(field: &Field, chance: &mut Chance) -> Vec<Vec<Unit>> {
    if field.count() == 0 {
        return vec![Vec::new(); field.annotators.len()];
    }
    loop {
        let drawn = draw(field, chance);
        if drawn.iter().any(|units| !units.is_empty()) {
            return drawn;
        }
    }
}

fn draw(field: &Field, chance: &mut Chance) -> Vec<Vec<Unit>> {
    let apart = field.mean_length() / 2.0;
    let mut shifts: Vec<u32> = Vec::with_capacity(field.annotators.len());
    for _ in &field.annotators {
        let mut shift = 0;
        for _ in 0..ATTEMPTS {
            shift = chance.below(field.length as usize) as u32;
            if shifts.iter().all(|&other| f64::from(around(shift, other, field.length)) >= apart) {
                break;
            }
        }
        shifts.push(shift);
    }
    let moved = |shift: u32| {
        let units = field.annotators.get(chance.below(field.annotators.len())).map_or(&[][..], Vec::as_slice);
        let mut moved: Vec<_> = units.iter().map(|&unit| shifted(unit, shift, field.length)).collect();
        moved.sort_unstable();
        moved
    };
    shifts.into_iter().map(moved).collect()
}

/// How far two places lie apart where the end of the text is its beginning.
fn around(first: u32, second: u32, length: u32) -> u32 {
    let apart = first.abs_diff(second);
    apart.min(length - apart)
}

fn shifted(unit: Unit, shift: u32, length: u32) -> Unit {
    let start = (unit.start + shift) % length;
    Unit { start, end: start + unit.length(), ..unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(start: u32, end: u32) -> Unit {
        Unit { start, end, label: 1 }
    }

    #[test]
    fn what_is_drawn_is_what_somebody_said_in_another_place() {
        let field =
            Field { length: 100, annotators: vec![vec![unit(0, 10), unit(50, 54)], vec![unit(95, 100)]] };
        let mut chance = Chance::new(1);
        for _ in 0..200 {
            for units in shuffled(&field, &mut chance) {
                let mut lengths: Vec<_> = units.iter().map(|unit| unit.length()).collect();
                lengths.sort_unstable();
                assert!(lengths == [4, 10] || lengths == [5], "{lengths:?}");
                assert!(units.is_sorted() && units.iter().all(|unit| unit.start < 100));
            }
        }
    }

    #[test]
    fn two_are_not_moved_alike_where_there_is_room() {
        let field = Field { length: 100, annotators: vec![vec![unit(0, 20)], vec![unit(0, 20)]] };
        let mut chance = Chance::new(1);
        for _ in 0..200 {
            let drawn = shuffled(&field, &mut chance);
            assert!(around(drawn[0][0].start, drawn[1][0].start, 100) >= 10);
        }
        let full = Field { length: 4, annotators: vec![vec![unit(0, 4)]; 5] };
        assert_eq!(shuffled(&full, &mut chance).len(), 5, "without room anywhere will do");
    }

    #[test]
    fn where_nobody_said_anything_nothing_is_drawn() {
        let field = Field { length: 100, annotators: vec![Vec::new(), Vec::new()] };
        assert_eq!(shuffled(&field, &mut Chance::new(1)), [Vec::new(), Vec::new()]);
        let one = Field { length: 100, annotators: vec![Vec::new(), vec![unit(0, 5)]] };
        let drawn = shuffled(&one, &mut Chance::new(1));
        assert!(drawn.iter().any(|units| !units.is_empty()), "somebody has said something");
    }
}
