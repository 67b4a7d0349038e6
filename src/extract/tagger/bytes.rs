//! Numbers and texts in the bytes of a model file.

/// Why a model file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("this is not a Misam model; the rules work without one")]
    NotAModel,
    /// It is of another version of the format.
    #[error(
        "the model is of format version {0}, this Misam reads version {1}; build the model and the program together"
    )]
    Version(u32, u32),
    /// It ends too early or holds what cannot be.
    #[error("the model file is damaged; load it again")]
    Malformed,
}

/// Reads from bytes that may hold anything.
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// A number of seven bits a byte, the lowest first.
    #[inline]
    pub(super) fn number(&mut self) -> Result<u64, ModelError> {
        match *self.0 {
            // Most are small.
            [byte, ref rest @ ..] if byte < 0x80 => {
                self.0 = rest;
                Ok(u64::from(byte))
            }
            _ => self.long_number(),
        }
    }

    /// So many numbers, each handed on.
    ///
    /// They are read some at a time: a browser compiles well only what has been called a few times, and a loop over all of
    /// them would be called once.
    pub(super) fn numbers(
        &mut self,
        mut count: usize,
        mut each: impl FnMut(u64) -> Result<(), ModelError>,
    ) -> Result<(), ModelError> {
        const SOME: usize = 1024;
        while count > 0 {
            let some = count.min(SOME);
            self.some_numbers(some, &mut each)?;
            count -= some;
        }
        Ok(())
    }

    #[inline(never)]
    fn some_numbers(
        &mut self,
        count: usize,
        each: &mut impl FnMut(u64) -> Result<(), ModelError>,
    ) -> Result<(), ModelError> {
        for _ in 0..count {
            each(self.number()?)?;
        }
        Ok(())
    }

    fn long_number(&mut self) -> Result<u64, ModelError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or(ModelError::Malformed)?;
            self.0 = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ModelError::Malformed)
    }

    /// A number with its sign in the lowest bit.
    pub(super) fn signed(&mut self) -> Result<i64, ModelError> {
        self.number().map(signed)
    }

    /// A number that counts things; what is more than `most` cannot be.
    pub(super) fn count(&mut self, most: u64) -> Result<usize, ModelError> {
        let count = self.number()?;
        if count > most || count > self.0.len() as u64 {
            Err(ModelError::Malformed)
        } else {
            Ok(count as usize)
        }
    }

    /// Says no if there are fewer bytes.
    pub(super) fn expect_at_least(&self, bytes: usize) -> Result<(), ModelError> {
        if self.0.len() < bytes { Err(ModelError::Malformed) } else { Ok(()) }
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ModelError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, ModelError> {
        let count = self.count(1 << 24)?;
        std::str::from_utf8(self.take(count)?).map_err(|_| ModelError::Malformed)
    }
}

/// What a number means whose lowest bit is its sign.
#[inline]
pub(super) const fn signed(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Writes what [`Bytes`] reads.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub(super) fn signed(&mut self, value: i64) {
        self.number((value << 1 ^ value >> 63) as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_read_back() {
        let mut out = Writer::default();
        for n in [0, 1, 127, 128, u64::MAX] {
            out.number(n);
        }
        for n in [0, -1, 1, i64::MIN, i64::MAX] {
            out.signed(n);
        }
        out.text("وسم");
        let mut bytes = Bytes::new(&out.0);
        for n in [0, 1, 127, 128, u64::MAX] {
            assert_eq!(bytes.number(), Ok(n));
        }
        for n in [0, -1, 1, i64::MIN, i64::MAX] {
            assert_eq!(bytes.signed(), Ok(n));
        }
        assert_eq!(bytes.text(), Ok("وسم"));
        assert_eq!(bytes.number(), Err(ModelError::Malformed));
    }

    #[test]
    fn a_count_beyond_the_bytes_is_refused() {
        assert_eq!(Bytes::new(&[0xFF, 0xFF, 3, 1]).count(1 << 30), Err(ModelError::Malformed));
        assert_eq!(Bytes::new(&[0xFF; 20]).number(), Err(ModelError::Malformed));
    }
}
