//! Dates and moments as members of generated types: read and written as chrono does, but in the notation of RFC 3339 without its
//! general parser and formatter, which cost more than the rest of a small object.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date or a moment.
pub trait Rfc3339: Sized + Serialize + for<'de> Deserialize<'de> {
    #[doc(hidden)]
    const EXPECTED: &'static str;

    /// The value, if the text has the usual notation.
    #[doc(hidden)]
    fn of_usual(text: &[u8]) -> Option<Self>;

    /// The value of any text that chrono reads.
    #[doc(hidden)]
    fn of_any(text: &str) -> chrono::ParseResult<Self>;

    /// The value in the usual notation, if its year has four digits.
    #[doc(hidden)]
    fn to_usual(&self) -> Option<Text>;
}

/// Decodes a member.
///
/// # Errors
/// The text is no such value, or there is no text.
pub fn from_rfc3339<'de, D: Deserializer<'de>, T: Rfc3339>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

/// Decodes a member that may be absent but not null.
///
/// # Errors
/// As [`from_rfc3339`].
pub fn from_rfc3339_not_null<'de, D: Deserializer<'de>, T: Rfc3339>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    from_rfc3339(deserializer).map(Some)
}

/// Encodes a member.
///
/// # Errors
/// Those of the serializer.
pub fn to_rfc3339<S: Serializer, T: Rfc3339>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let text = value.to_usual();
    match text.as_ref().and_then(Text::as_str) {
        Some(text) => serializer.serialize_str(text),
        None => value.serialize(serializer),
    }
}

/// Encodes a member that may be absent.
///
/// # Errors
/// Those of the serializer.
pub fn to_rfc3339_optional<S: Serializer, T: Rfc3339>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => to_rfc3339(value, serializer),
        None => serializer.serialize_none(),
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Rfc3339> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        match T::of_usual(text.as_bytes()) {
            Some(value) => Ok(value),
            None => T::of_any(text).map_err(E::custom),
        }
    }
}

impl Rfc3339 for NaiveDate {
    const EXPECTED: &'static str = "a formatted date string";

    fn of_usual(text: &[u8]) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
            return None;
        };
        let year = number(&[y1, y2, y3, y4])?;
        Self::from_ymd_opt(year.cast_signed(), number(&[m1, m2])?, number(&[d1, d2])?)
    }

    fn of_any(text: &str) -> chrono::ParseResult<Self> {
        text.parse()
    }

    fn to_usual(&self) -> Option<Text> {
        let mut text = Text::default();
        text.push_date(*self)?;
        Some(text)
    }
}

impl Rfc3339 for DateTime<Utc> {
    const EXPECTED: &'static str = "an RFC 3339 formatted date and time string";

    /// `2024-02-29T12:00:00Z`, with a fraction of up to nine digits.
    fn of_usual(text: &[u8]) -> Option<Self> {
        let (date, time) = text.split_at_checked(10)?;
        let &[
            b'T',
            h1,
            h2,
            b':',
            m1,
            m2,
            b':',
            s1,
            s2,
            ref fraction @ ..,
            b'Z',
        ] = time
        else {
            return None;
        };
        let [hour, minute, second] = [[h1, h2], [m1, m2], [s1, s2]].map(|it| number(&it));
        let nanosecond = match fraction {
            [] => 0,
            [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => {
                number(digits)? * 10_u32.pow(9 - digits.len() as u32)
            }
            _ => return None,
        };
        let time = NaiveTime::from_hms_nano_opt(hour?, minute?, second?, nanosecond)?;
        Some(NaiveDate::of_usual(date)?.and_time(time).and_utc())
    }

    fn of_any(text: &str) -> chrono::ParseResult<Self> {
        text.parse()
    }

    /// With as many digits of a fraction as chrono writes: none, three, six or nine.
    fn to_usual(&self) -> Option<Text> {
        let (date, time) = (self.date_naive(), self.time());
        let nanosecond = time.nanosecond();
        // More is a leap second.
        (nanosecond < 1_000_000_000).then_some(())?;
        let mut text = Text::default();
        text.push_date(date)?;
        for (before, part) in [
            (b'T', time.hour()),
            (b':', time.minute()),
            (b':', time.second()),
        ] {
            text.push(before);
            text.push_number(part, 2);
        }
        let (fraction, digits) = match nanosecond {
            0 => (0, 0),
            it if it % 1_000_000 == 0 => (it / 1_000_000, 3),
            it if it % 1_000 == 0 => (it / 1_000, 6),
            it => (it, 9),
        };
        if digits > 0 {
            text.push(b'.');
            text.push_number(fraction, digits);
        }
        text.push(b'Z');
        Some(text)
    }
}

/// A number of up to nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + u32::from(digit))
    })
}

/// A text of at most as many characters as the longest moment has.
#[derive(Default)]
pub struct Text {
    bytes: [u8; 30],
    length: usize,
}

impl Text {
    fn as_str(&self) -> Option<&str> {
        str::from_utf8(&self.bytes[..self.length]).ok()
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    /// Adds the last `count` digits of a number.
    fn push_number(&mut self, mut number: u32, count: usize) {
        let places = &mut self.bytes[self.length..self.length + count];
        for place in places.iter_mut().rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.length += count;
    }

    /// Adds a date, if its year has four digits.
    fn push_date(&mut self, date: NaiveDate) -> Option<()> {
        let year = u32::try_from(date.year()).ok()?;
        (year <= 9999).then_some(())?;
        self.push_number(year, 4);
        for part in [date.month(), date.day()] {
            self.push(b'-');
            self.push_number(part, 2);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, StrDeserializer};
    use serde_json::{Value, to_value};

    use super::*;

    /// What our reader and chrono's own make of a text.
    fn read<T: Rfc3339>(text: &str) -> [Result<T, String>; 2] {
        let deserializer = || StrDeserializer::<Error>::new(text);
        [from_rfc3339(deserializer()), T::deserialize(deserializer())]
            .map(|read| read.map_err(|error| error.to_string()))
    }

    #[test]
    fn moments_are_read_as_chrono_reads_them() {
        for text in [
            "2024-02-29T12:34:56Z",
            "2024-02-29T12:34:56.1Z",
            "2024-02-29T12:34:56.000000001Z",
            "2024-02-29T12:34:56.123456789012Z",
            "2024-02-29T12:34:56.Z",
            "2024-02-29T12:34:60Z",
            "2024-02-29T23:59:60.5Z",
            "2024-02-29T24:00:00Z",
            "2023-02-29T12:34:56Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "+10000-01-01T00:00:00Z",
            "2024-02-29T12:34:56+01:00",
            "2024-02-29t12:34:56z",
            "2024-02-29 12:34:56Z",
            "2024-02-29T12:34:5xZ",
            "2024-02-29T12:34:56",
            "2024-2-29T12:34:56Z",
            "2024-02-29",
            "é024-02-29T12:34:56Z",
            "",
        ] {
            let [ours, chrono] = read::<DateTime<Utc>>(text);
            assert_eq!(ours, chrono, "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_chrono_reads_them() {
        for text in [
            "2024-02-29",
            "2023-02-29",
            "0000-01-01",
            "9999-12-31",
            "10000-01-01",
            "2024-2-9",
            "2024-02-29T00:00:00Z",
            "2024-02-2x",
            "",
        ] {
            let [ours, chrono] = read::<NaiveDate>(text);
            assert_eq!(ours, chrono, "{text}");
        }
    }

    fn written<T: Rfc3339>(value: &T) -> [Value; 2] {
        let ours = to_rfc3339(value, serde_json::value::Serializer);
        [ours.expect("JSON"), to_value(value).expect("JSON")]
    }

    #[test]
    fn moments_and_dates_are_written_as_chrono_writes_them() {
        for seconds in [
            0,
            1_709_210_096,
            -62_135_596_800,
            -62_167_219_200,
            -62_167_219_201,
            253_402_300_799,
            253_402_300_800,
        ] {
            for nanoseconds in [0, 1, 1_000, 120_000_000, 123_456_000, 999_999_999] {
                let moment = DateTime::from_timestamp(seconds, nanoseconds).expect("in range");
                let [ours, chrono] = written(&moment);
                assert_eq!(ours, chrono);
                let [ours, chrono] = written(&moment.date_naive());
                assert_eq!(ours, chrono);
            }
        }
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).expect("a leap second");
        let day = NaiveDate::from_ymd_opt(2016, 12, 31).expect("a day");
        let [ours, chrono] = written(&day.and_time(leap).and_utc());
        assert_eq!(ours, chrono);
    }

    #[test]
    fn absent_members_are_none() {
        let none = to_rfc3339_optional::<_, NaiveDate>(&None, serde_json::value::Serializer);
        assert_eq!(none.expect("JSON"), Value::Null);
        let day =
            from_rfc3339_not_null::<_, NaiveDate>(StrDeserializer::<Error>::new("2024-02-29"));
        assert_eq!(day.expect("a day"), NaiveDate::from_ymd_opt(2024, 2, 29));
    }
}
