//! Where a file is, and whether it is still the same one that is there.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::handles::Identity;

/// For how long a read relies on what was seen before. To look costs as much as the rest of a read in the store.
const RECENT: Duration = Duration::from_micros(250);

/// A path, for all connections to what is there.
struct Location {
    path: PathBuf,
    /// Who looks, has it.
    seen: Mutex<Seen>,
}

struct Seen {
    since: Instant,
    file: Option<Identity>,
}

impl Location {
    /// The file that is there now.
    fn look(&self) -> Option<Identity> {
        self.see(Duration::ZERO)
    }

    /// The file that was there when somebody looked, if that is recent, and otherwise the one that is there now.
    fn see(&self, recent: Duration) -> Option<Identity> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.since.elapsed() >= recent {
            *seen = Seen::now(&self.path);
        }
        seen.file
    }
}

impl Seen {
    fn now(path: &Path) -> Self {
        Self {
            since: Instant::now(),
            file: Identity::at(path),
        }
    }
}

/// The place of a file that was there when it was opened.
#[derive(Clone)]
pub struct Place {
    location: Arc<Location>,
    file: Option<Identity>,
}

impl Place {
    /// Of the file that is at a path now.
    pub fn of(path: &Path) -> Self {
        let seen = Seen::now(path);
        Self {
            file: seen.file,
            location: Arc::new(Location {
                path: path.to_owned(),
                seen: Mutex::new(seen),
            }),
        }
    }

    /// Of the file that is now where this one was.
    pub fn now(&self) -> Self {
        Self {
            file: self.location.look(),
            location: Arc::clone(&self.location),
        }
    }

    pub fn path(&self) -> &Path {
        &self.location.path
    }

    /// Whether the file is still there. What is written to one that was removed is lost.
    pub fn is_current(&self) -> bool {
        self.file == self.location.look()
    }

    /// Whether the file is there, or was when somebody looked just before: as long as that is recent, only a read relies on it.
    pub fn was_current(&self) -> bool {
        self.file == self.location.see(RECENT) || self.is_current()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_read_relies_on_what_was_seen_until_it_is_old_or_somebody_has_looked() {
        let folder = tempfile::tempdir().expect("a folder");
        let [path, other] = ["file", "other"].map(|name| folder.path().join(name));
        fs::write(&path, "").expect("written");
        fs::write(&other, "").expect("written");
        let place = Place::of(&path);
        let neighbour = place.clone();
        let set_since =
            |since: Instant| place.location.seen.lock().expect("no panic").since = since;
        let long = Duration::from_secs(60);
        set_since(Instant::now() + long);
        assert!(place.was_current() && place.is_current());
        for look in [true, false] {
            fs::rename(&path, folder.path().join("moved")).expect("renamed");
            set_since(Instant::now() + long);
            assert!(place.was_current());
            match look {
                true => assert!(!neighbour.is_current()),
                false => set_since(Instant::now() - RECENT),
            }
            assert!(!place.was_current());
            // Back again, which needs no look of another.
            fs::rename(folder.path().join("moved"), &path).expect("renamed");
            assert!(place.was_current());
        }
        fs::rename(&other, &path).expect("renamed");
        assert!(!neighbour.is_current());
        assert!(!place.was_current());
        assert!(place.now().is_current());
    }
}
