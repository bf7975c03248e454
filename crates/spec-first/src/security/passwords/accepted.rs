//! The passwords that were right a moment ago, so that those who have them do not wait behind those who guess.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use blake2::Blake2sMac256;
use blake2::digest::{CtOutput, FixedOutput, KeyInit, Update};

use crate::security::credentials::Basic;

/// How long a password is accepted without Argon2 after it was accepted last.
const MAX_AGE: Duration = Duration::from_secs(600);

/// For each name the password that was accepted last: never itself, but its keyed hash (BLAKE2, RFC 7693), whose key is random
/// and never leaves the process. There are no more of them than names that have a password.
pub(super) struct Accepted {
    key: [u8; 32],
    /// A std lock, since nothing awaits while it is held.
    entries: Mutex<HashMap<String, Entry>>,
}

struct Entry {
    tag: Tag,
    used: Instant,
}

/// Compared in constant time.
type Tag = CtOutput<Blake2sMac256>;

impl Accepted {
    /// None yet.
    ///
    /// # Errors
    /// A sentence: the system has no random numbers.
    pub fn new() -> Result<Self, String> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| format!("there is no random key: {error}"))?;
        Ok(Self {
            key,
            entries: Mutex::default(),
        })
    }

    /// Whether these credentials were accepted a short time before `now`, which keeps them for the same time again.
    pub fn has(&self, basic: &Basic, now: Instant) -> bool {
        // For every name, so that the time does not depend on whether it is known.
        let tag = self.tag(basic);
        let mut entries = self.entries();
        let entry = entries.get_mut(basic.name());
        let Some(entry) = entry.filter(|entry| entry.tag == tag && !entry.is_old(now)) else {
            return false;
        };
        entry.used = now;
        true
    }

    /// Keeps credentials that Argon2 has accepted, and forgets what is old.
    pub fn insert(&self, basic: &Basic, now: Instant) {
        let (name, tag) = (basic.name().to_owned(), self.tag(basic));
        let mut entries = self.entries();
        entries.retain(|_, entry| !entry.is_old(now));
        entries.insert(name, Entry { tag, used: now });
    }

    fn tag(&self, basic: &Basic) -> Tag {
        let mut mac = Blake2sMac256::new(&self.key.into());
        // A name has no NUL (RFC 7617, section 2), so that no two pairs have the same text.
        mac.update(basic.name().as_bytes());
        mac.update(&[0]);
        mac.update(basic.expose_password().as_bytes());
        CtOutput::new(mac.finalize_fixed())
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn is_old(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.used) > MAX_AGE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(name: &str, password: &str) -> Basic {
        Basic::new(name, password)
    }

    #[test]
    fn credentials_are_kept_for_ten_minutes_after_their_last_use() {
        let accepted = Accepted::new().expect("random numbers");
        let (ann, start) = (basic("ann", "secret"), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(!accepted.has(&ann, start));
        accepted.insert(&ann, start);
        for (seconds, is_kept) in [(0, true), (600, true), (1200, true), (1801, false)] {
            assert_eq!(accepted.has(&ann, at(seconds)), is_kept, "{seconds}");
        }
    }

    #[test]
    fn only_the_same_name_and_password_are_accepted() {
        let accepted = Accepted::new().expect("random numbers");
        let now = Instant::now();
        accepted.insert(&basic("ann", "secret"), now);
        for (name, password, is_accepted) in [
            ("ann", "secret", true),
            ("ann", "Secret", false),
            ("ann", "secre", false),
            ("ann", "", false),
            ("anns", "ecret", false),
            ("bob", "secret", false),
            ("", "secret", false),
        ] {
            let found = accepted.has(&basic(name, password), now);
            assert_eq!(found, is_accepted, "{name} {password}");
        }
    }

    #[test]
    fn a_name_has_one_password_and_old_ones_are_forgotten() {
        let accepted = Accepted::new().expect("random numbers");
        let start = Instant::now();
        for (name, password) in [("ann", "a"), ("ann", "b"), ("bob", "c")] {
            accepted.insert(&basic(name, password), start);
        }
        assert_eq!(accepted.entries().len(), 2);
        assert!(!accepted.has(&basic("ann", "a"), start));
        accepted.insert(&basic("eve", "d"), start + MAX_AGE * 2);
        assert_eq!(accepted.entries().len(), 1);
    }

    /// Who reads one process's memory cannot compare it with another's.
    #[test]
    fn each_list_has_a_key_of_its_own() {
        let tag = || {
            let accepted = Accepted::new().expect("random numbers");
            accepted.tag(&basic("ann", "secret")).into_bytes()
        };
        assert_ne!(tag(), tag());
    }
}
