//! What is known of a set at an address, and when it is to be read again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jsonwebtoken::{DecodingKey, Header};

use crate::security::jwt::key_set::KeySet;

/// How long a set is used before it is read again.
const MAX_AGE: Duration = Duration::from_secs(600);
/// How long a set is used that cannot be read again.
const MAX_STALE: Duration = Duration::from_secs(24 * 3600);
/// How long nothing is read again after a failure.
const FAILURE_PAUSE: Duration = Duration::from_secs(5);
/// After which time a fresh set may be read once more for keys that are not in it.
const UNKNOWN_KEY_PAUSE: Duration = Duration::from_secs(20);
/// How often a fresh set may be read for such keys at once, if it was not for a while.
const UNKNOWN_KEY_READS: u32 = 3;

/// What is known of a set.
#[derive(Clone, Default)]
pub(super) struct State {
    keys: Option<(Arc<KeySet>, Instant)>,
    /// When it could not be read, and why, if that was later.
    failure: Option<(Instant, String)>,
}

impl State {
    /// The state after the set was read.
    pub fn read(keys: KeySet, now: Instant) -> Self {
        Self {
            keys: Some((Arc::new(keys), now)),
            failure: None,
        }
    }

    /// The state after the set could not be read.
    pub fn failed(self, cause: String, now: Instant) -> Self {
        Self {
            failure: Some((now, cause)),
            ..self
        }
    }

    /// Why the set could not be read the last time.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_ref().map(|(_, cause)| cause.as_str())
    }

    /// The keys that a token with this header may be signed with, unless they are too old.
    pub fn keys_of(&self, header: &Header, now: Instant) -> Vec<DecodingKey> {
        let usable = self
            .keys
            .as_ref()
            .filter(|(_, read)| now.saturating_duration_since(*read) < MAX_STALE);
        usable.map_or_else(Vec::new, |(keys, _)| keys.of(header))
    }

    pub fn is_fresh(&self, now: Instant) -> bool {
        let read = self.keys.as_ref().map(|(_, read)| *read);
        read.is_some_and(|read| now.saturating_duration_since(read) < MAX_AGE)
    }

    /// Whether the set was read at `time` or later.
    pub fn is_read_since(&self, time: Instant) -> bool {
        self.keys.as_ref().is_some_and(|(_, read)| *read >= time)
    }

    /// Whether the set is to be read for a token whose key is known, or is not.
    pub fn is_due(&self, is_known: bool, unknown: &mut UnknownKeys, now: Instant) -> bool {
        if let Some((at, _)) = &self.failure
            && now.saturating_duration_since(*at) < FAILURE_PAUSE
        {
            return false;
        }
        !self.is_fresh(now) || (!is_known && unknown.may_read(now))
    }
}

/// How often a fresh set was read for keys that are not in it. Everybody can name such keys.
#[derive(Default)]
pub(super) struct UnknownKeys {
    /// When all of it is paid for: each time costs a pause.
    paid: Option<Instant>,
}

impl UnknownKeys {
    /// Whether the set may be read once more; if so, it counts.
    fn may_read(&mut self, now: Instant) -> bool {
        let paid = self.paid.map_or(now, |paid| paid.max(now));
        let may_read =
            paid.saturating_duration_since(now) <= UNKNOWN_KEY_PAUSE * (UNKNOWN_KEY_READS - 1);
        if may_read {
            self.paid = Some(paid + UNKNOWN_KEY_PAUSE);
        }
        may_read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key of Ed25519 (RFC 8037, A.2).
    const KEYS: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

    fn state(now: Instant) -> State {
        State::read(KeySet::parse(KEYS.as_bytes()).expect("a set"), now)
    }

    fn count(state: &State, now: Instant) -> usize {
        let mut header = Header::new(jsonwebtoken::Algorithm::EdDSA);
        header.kid = Some("a".to_owned());
        state.keys_of(&header, now).len()
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_set_is_read_again_after_ten_minutes() {
        let start = Instant::now();
        let (state, mut unknown) = (state(start), UnknownKeys::default());
        for (time, is_due) in [(0, false), (599, false), (600, true)] {
            let found = state.is_due(true, &mut unknown, start + seconds(time));
            assert_eq!(found, is_due, "{time}");
        }
        assert!(State::default().is_due(false, &mut unknown, start));
    }

    #[test]
    fn keys_outlive_a_failure_for_a_day() {
        let start = Instant::now();
        let failed = state(start).failed("it is down".to_owned(), start + seconds(700));
        for (time, keys) in [(700, 1), (86_399, 1), (86_400, 0)] {
            assert_eq!(count(&failed, start + seconds(time)), keys, "{time}");
        }
        let mut unknown = UnknownKeys::default();
        for (time, is_due) in [(700, false), (704, false), (705, true)] {
            let found = failed.is_due(true, &mut unknown, start + seconds(time));
            assert_eq!(found, is_due, "{time}");
        }
    }

    #[test]
    fn unknown_keys_cost_three_reads_at_once_and_then_three_a_minute() {
        let start = Instant::now();
        let (state, mut unknown) = (state(start), UnknownKeys::default());
        let mut reads = |time: u64| {
            let tries =
                (0..100).filter(|_| state.is_due(false, &mut unknown, start + seconds(time)));
            tries.count()
        };
        let found = [0, 1, 19, 20, 21, 39, 40, 599].map(|time| (time, reads(time)));
        let expected = [
            (0, 3),
            (1, 0),
            (19, 0),
            (20, 1),
            (21, 0),
            (39, 0),
            (40, 1),
            (599, 3),
        ];
        assert_eq!(found, expected);
    }
}
