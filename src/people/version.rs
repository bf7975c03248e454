//! Which state of a person is which.

use std::array;
use std::cell::RefCell;

/// How many numbers one call of the system gives, which costs as much as all else that a version does.
const NUMBERS: usize = 32;

thread_local! {
    /// Random numbers that no version has yet.
    static UNUSED: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

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
        UNUSED.with_borrow_mut(|unused| {
            if let Some(number) = unused.pop() {
                return Ok(Self(number));
            }
            let mut bytes = [[0; 8]; NUMBERS];
            let filled = getrandom::fill(bytes.as_flattened_mut());
            filled.map_err(|error| format!("random numbers: {error}"))?;
            let [number, others @ ..] = bytes.map(i64::from_ne_bytes);
            unused.extend(others);
            Ok(Self(number))
        })
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
    use std::collections::HashSet;
    use std::thread;

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
    fn all_versions_differ() {
        let random = || Version::random().expect("a version").number();
        let of_threads =
            [0; 2].map(|_| thread::spawn(move || (0..100).map(|_| random()).collect()));
        let of_threads: [Vec<_>; 2] = of_threads.map(|thread| thread.join().expect("no panic"));
        let all: HashSet<_> = of_threads.into_iter().flatten().collect();
        assert_eq!(all.len(), 200);
    }
}
