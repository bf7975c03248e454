//! A moment, to the second.

use chrono::{DateTime, Datelike, SubsecRound, Timelike, Utc};

/// A whole second in UTC, in one of the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The second that the clock shows.
    pub fn now() -> Self {
        Self(Utc::now().trunc_subsecs(0))
    }

    /// The moment that many seconds after the start of 1970, if its year has at most four digits.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
        YEARS.contains(&seconds).then_some(())?;
        DateTime::from_timestamp_secs(seconds).map(Self)
    }

    /// Seconds since the start of 1970.
    pub fn seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// As `2018-05-10 18:12:42`.
    pub fn text(self) -> String {
        // Digits and what is between them are always UTF-8.
        str::from_utf8(&self.digits())
            .unwrap_or_default()
            .to_owned()
    }

    /// The bytes of the text. chrono would parse its format anew for each.
    fn digits(self) -> [u8; 19] {
        let (date, time) = (self.0.date_naive(), self.0.time());
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
            assert_eq!(timestamp.text(), text);
            assert_eq!(timestamp.seconds(), seconds);
        }
    }

    #[test]
    fn a_year_of_five_digits_is_no_timestamp() {
        for seconds in [253_402_300_800, -62_135_596_801, i64::MAX, i64::MIN] {
            assert_eq!(Timestamp::from_seconds(seconds), None);
        }
    }
}
