//! Which state of a person is which.

use std::array;

/// Identifies one state of a person: every change makes another, whichever process makes it.
///
/// Random, since a count would begin anew with somebody who is deleted and created again, or with a restored backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(i64);

impl Version {
    /// A version that no other state has.
    ///
    /// # Errors
    /// The system has no random numbers; the sentence is for the log.
    pub fn random() -> Result<Self, String> {
        let number = getrandom::u64().map_err(|error| format!("random numbers: {error}"))?;
        Ok(Self(number.cast_signed()))
    }

    /// The version with this number in a database.
    pub fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The number by which a database keeps it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The number in hexadecimal digits.
    pub fn digits(self) -> [u8; 16] {
        let number = self.0.cast_unsigned();
        array::from_fn(|index| b"0123456789abcdef"[(number >> (60 - 4 * index) & 15) as usize])
    }

    /// Reads [`Self::digits`], and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let number = u64::from_str_radix(text, 16).ok()?;
        Some(Self(number.cast_signed())).filter(|version| version.digits() == text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_its_digits() {
        for (number, text) in [
            (0, "0000000000000000"),
            (-1, "ffffffffffffffff"),
            (i64::MAX, "7fffffffffffffff"),
            (0x00c0_ffee, "0000000000c0ffee"),
        ] {
            assert_eq!(Version(number).digits(), text.as_bytes());
            assert_eq!(Version::parse(text), Some(Version(number)));
        }
        for text in [
            "",
            "0",
            "00000000000000000",
            "FFFFFFFFFFFFFFFF",
            "+fffffffffffffff",
            "g000000000000000",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn two_versions_differ() {
        assert_ne!(Version::random(), Version::random());
    }
}
