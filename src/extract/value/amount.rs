//! Exact amounts: 3.4, 1/3, two million and a half.

use std::fmt;

/// A number that is not negative, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    numerator: u64,
    /// Never 0, and without common factors with the numerator.
    denominator: u64,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: u64) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// A fraction; none if the denominator is 0.
    #[must_use]
    pub fn fraction(numerator: u64, denominator: u64) -> Option<Self> {
        Self::reduced(numerator.into(), denominator.into())
    }

    fn reduced(numerator: u128, denominator: u128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator, denominator);
        Some(Self {
            numerator: u64::try_from(numerator.checked_div(divisor)?).ok()?,
            denominator: u64::try_from(denominator.checked_div(divisor)?).ok().filter(|&d| d > 0)?,
        })
    }

    /// The number, if it is whole.
    #[must_use]
    pub const fn as_whole(self) -> Option<u64> {
        if self.denominator == 1 { Some(self.numerator) } else { None }
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub const fn floor(self) -> u64 {
        self.numerator / self.denominator
    }

    /// The sum; none if it is too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let [a, b, c, d] =
            [self.numerator, self.denominator, other.numerator, other.denominator].map(u128::from);
        Self::reduced(a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b * d)
    }

    /// The product; none if it is too large.
    #[must_use]
    pub fn times(self, factor: u64) -> Option<Self> {
        Self::reduced(u128::from(self.numerator) * u128::from(factor), self.denominator.into())
    }
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

impl fmt::Display for Amount {
    /// `3`, `3.4`, and `1/3` where no decimal number says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = (u128::from(self.numerator), u128::from(self.denominator));
        let mut scale = 1_u128;
        for digits in 0..=9_usize {
            if (numerator * scale).is_multiple_of(denominator) {
                let scaled = numerator * scale / denominator;
                return match digits {
                    0 => write!(f, "{scaled}"),
                    _ => write!(f, "{}.{:0digits$}", scaled / scale, scaled % scale),
                };
            }
            scale *= 10;
        }
        write!(f, "{numerator}/{denominator}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_briefly_as_they_are_exact() {
        let amount = |n, d| Amount::fraction(n, d).unwrap().to_string();
        assert_eq!([amount(6, 2), amount(34, 10), amount(1, 8), amount(1, 3)], ["3", "3.4", "0.125", "1/3"]);
        assert_eq!(Amount::fraction(1, 0), None);
    }

    #[test]
    fn what_is_too_large_is_none() {
        let large = Amount::whole(u64::MAX);
        assert_eq!(large.times(2), None);
        assert_eq!(large.plus(Amount::ONE), None);
        let half = Amount::fraction(1, 2).unwrap();
        assert_eq!(half.times(1_000_000), Some(Amount::whole(500_000)));
        assert_eq!(half.plus(half), Some(Amount::ONE));
    }
}
