//! Names that nobody has yet.

/// The name itself if it is free, or else the first of those with a number from 2 on behind it: `name 2`, `name 3` …, with what
/// `between` says in the place of the space.
pub fn free_name(wanted: &str, between: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2_u64;
    while is_taken(&name) {
        name = format!("{wanted}{between}{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_is_free_is_taken_and_none_where_none_is_needed() {
        let taken = ["a", "a-2", "b 2"];
        let free = |wanted, between| free_name(wanted, between, |name| taken.contains(&name));
        assert_eq!(free("a", "-"), "a-3");
        assert_eq!(free("a", " "), "a 2");
        assert_eq!(free("b", " "), "b");
    }
}
