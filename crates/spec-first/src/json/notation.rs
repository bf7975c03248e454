//! The one notation of dates, moments and UUIDs that is read and written without a schema. `chrono` and `uuid` read more than
//! RFC 3339 and RFC 9562 allow, and `chrono` writes years of more than four digits.

use crate::schema::format::is_uuid;

/// Whether a text is a date (RFC 3339, `full-date`), a moment (`date-time`, in capitals and without a leap second), or a UUID (RFC
/// 9562, 4). Whether there is such a day is up to the type.
pub(super) fn is_plain(text: &[u8]) -> bool {
    match text.len() {
        10 => is_date(text),
        36 if text[8] == b'-' && text[4] != b'-' => is_uuid(text),
        20.. => is_date(&text[..10]) && is_time(&text[10..]),
        _ => false,
    }
}

/// `2024-02-29`, in the years 1 to 9999.
fn is_date(text: &[u8]) -> bool {
    is_like(text, b"0000-00-00") && !text.starts_with(b"0000")
}

/// `T23:59:59`, a fraction of up to nine digits, and `Z` or `+00:00`.
fn is_time(text: &[u8]) -> bool {
    let Some((time, rest)) = text.split_at_checked(9) else {
        return false;
    };
    is_like(time, b"T00:00:00")
        && is_at_most(&time[1..3], b"23")
        && is_at_most(&time[4..6], b"59")
        && is_at_most(&time[7..9], b"59")
        && is_offset(without_fraction(rest))
}

/// What follows a fraction of a second; all of it if there is none.
fn without_fraction(text: &[u8]) -> &[u8] {
    let Some(digits) = text.strip_prefix(b".") else {
        return text;
    };
    let count = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    match count {
        1..=9 => &digits[count..],
        _ => b"",
    }
}

fn is_offset(text: &[u8]) -> bool {
    match text {
        b"Z" => true,
        [b'+' | b'-', offset @ ..] => {
            is_like(offset, b"00:00")
                && is_at_most(&offset[..2], b"23")
                && is_at_most(&offset[3..], b"59")
        }
        _ => false,
    }
}

/// Whether digits are those of a number up to a bound of as many digits.
fn is_at_most(digits: &[u8], bound: &[u8]) -> bool {
    digits <= bound
}

/// Whether a text has a digit where the form has a zero, and is the same everywhere else.
fn is_like(text: &[u8], form: &[u8]) -> bool {
    let mut pairs = text.iter().zip(form);
    text.len() == form.len()
        && pairs.all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            form => byte == form,
        })
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn plain_notations_are_those_of_the_standards() {
        for text in [
            "2024-02-29",
            "9999-12-31",
            "2024-01-01T00:00:00Z",
            "2024-01-01T23:59:59.123456789+23:59",
            "2024-01-01T00:00:00-00:00",
            "123e4567-e89b-12d3-a456-42661417400F",
            // No day of February, which the type finds out.
            "2024-02-31",
        ] {
            assert!(is_plain(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn other_notations_are_not() {
        for text in [
            "",
            "2024-1-1",
            "0000-01-01",
            "+10000-01-01",
            "-0001-01-01",
            " 2024-01-01",
            "2024-01-01 00:00:00Z",
            "2024-01-01t00:00:00Z",
            "2024-01-01T00:00:00z",
            "2024-01-01T00:00:00",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T23:59:60Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00.1234567890Z",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+0000",
            "2024-01-01T00:00:00+00",
            "123e4567e89b12d3a456426614174000",
            "{123e4567-e89b-12d3-a456-426614174000}",
            "urn:uuid:123e4567-e89b-12d3-a456-426614174000",
            "123e4567-e89b-12d3-a456-42661417400g",
            "2024-01-01T00:00:00é",
        ] {
            assert!(!is_plain(text.as_bytes()), "{text}");
        }
    }
}
