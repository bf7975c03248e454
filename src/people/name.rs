//! Names in the one form in which they are kept.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;

/// The longest name, in characters, as in the contract.
const LONGEST: usize = 64;

/// The name in Unicode normalization form C, in which two names that can only look alike are one.
///
/// # Errors
/// A few characters become several in that form, and the name too long by that.
pub fn normalize(name: String) -> Result<String, TooLong> {
    let normalizer = const { ComposingNormalizerBorrowed::new_nfc() };
    if name.is_ascii() || normalizer.is_normalized(&name) {
        return Ok(name);
    }
    let normal = normalizer.normalize(&name).into_owned();
    match normal.chars().count() {
        ..=LONGEST => Ok(normal),
        _ => Err(TooLong(normal)),
    }
}

/// The name that is too long in form C.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLong(String);

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is longer than {LONGEST} characters in normalization form C",
            self.0
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_in_form_c() {
        for (name, kept) in [
            ("Farrell", "Farrell"),
            ("Müller", "Müller"),
            ("Mu\u{308}ller", "Müller"),
            ("A\u{30a}ngstro\u{308}m", "Ångström"),
            ("\u{212b}ngström", "Ångström"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("q\u{323}\u{307}", "q\u{323}\u{307}"),
            ("q\u{307}\u{323}", "q\u{323}\u{307}"),
            ("\u{f900}", "豈"),
        ] {
            assert_eq!(normalize(name.to_owned()), Ok(kept.to_owned()), "{name:?}");
        }
        let long = "u\u{308}".repeat(64);
        assert_eq!(normalize(long), Ok("ü".repeat(64)));
    }

    #[test]
    fn a_name_that_form_c_makes_too_long_is_rejected() {
        let name = "\u{fb2c}".repeat(22);
        let error = normalize(name).expect_err("66 characters");
        let letters = "\u{5e9}\u{5bc}\u{5c1}".repeat(22);
        assert_eq!(
            error.to_string(),
            format!("{letters:?} is longer than 64 characters in normalization form C")
        );
        assert_eq!(
            normalize("\u{fb2c}".repeat(21)).map(|name| name.chars().count()),
            Ok(63)
        );
    }
}
