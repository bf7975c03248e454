//! A moment, to the second.

use std::cell::Cell;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, Timelike};

/// A whole second in UTC, in one of the years 1 to 9999, counted from the start of 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// The bytes of a text.
type Digits = [u8; 19];

thread_local! {
    /// The last one that was written: changes that follow each other are mostly of the same second.
    static LAST: Cell<(Timestamp, Digits)> = const { Cell::new((Timestamp(0), *b"1970-01-01 00:00:00")) };
}

impl Timestamp {
    /// The second that the clock shows; the start of 1970 for any before it.
    pub fn now() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
        Self(since_1970.unwrap_or_default().as_secs().cast_signed())
    }

    /// The moment that many seconds after the start of 1970, if its year has at most four digits.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
        YEARS.contains(&seconds).then_some(Self(seconds))
    }

    /// Seconds since the start of 1970.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// As `2018-05-10 18:12:42`.
    pub fn text(self) -> String {
        let (last, mut digits) = LAST.get();
        if last != self {
            digits = self.digits();
            LAST.set((self, digits));
        }
        // Digits and what is between them are always UTF-8.
        str::from_utf8(&digits).unwrap_or_default().to_owned()
    }

    /// The bytes of the text. chrono would parse its format anew for each.
    fn digits(self) -> Digits {
        // chrono has all years that this has.
        let moment = DateTime::from_timestamp_secs(self.0).unwrap_or_default();
        let (date, time) = (moment.date_naive(), moment.time());
        let mut text = *b"0000-00-00 00:00:00";
        write_digits(&mut text[..4], date.year().unsigned_abs());
        let numbers = [
            date.month(),
            date.day(),
            time.hour(),
            time.minute(),
            time.second(),
        ];
        let places = text[5..].chunks_mut(3);
        for (place, number) in places.zip(numbers) {
            write_digits(&mut place[..2], number);
        }
        text
    }
}

/// Writes the last digits of a number, as many as there are places.
fn write_digits(places: &mut [u8], mut number: u32) {
    for place in places.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_shows_date_and_time() {
        for (seconds, text) in [
            (1_525_975_962, "2018-05-10 18:12:42"),
            (0, "1970-01-01 00:00:00"),
            (-62_135_596_800, "0001-01-01 00:00:00"),
            (253_402_300_799, "9999-12-31 23:59:59"),
        ] {
            let timestamp = Timestamp::from_seconds(seconds).expect("in range");
            for _ in 0..2 {
                assert_eq!(timestamp.text(), text);
            }
            assert_eq!(timestamp.seconds(), seconds);
        }
    }

    #[test]
    fn now_is_what_the_clock_of_chrono_shows() {
        let clock = || chrono::Utc::now().timestamp();
        let (before, now, after) = (clock(), Timestamp::now(), clock());
        assert!((before..=after).contains(&now.seconds()), "{now:?}");
    }

    #[test]
    fn a_year_of_five_digits_is_no_timestamp() {
        for seconds in [253_402_300_800, -62_135_596_801, i64::MAX, i64::MIN] {
            assert_eq!(Timestamp::from_seconds(seconds), None);
        }
    }
}
