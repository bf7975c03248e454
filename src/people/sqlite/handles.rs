//! Files that SQLite has open in this process, open once more.
//!
//! A process that closes any handle of a file loses all the locks that it has on it (POSIX, `fcntl`), SQLite's included, without
//! which other programs take a file for closed that is not (<https://sqlite.org/howtocorrupt.html>, section 2.2). So all who
//! read a file share one handle of it, which is closed with the last of them.

use std::fs::{File, Metadata};
use std::io;
use std::mem;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Which file it is, whatever its path and content: the system's numbers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// Of the file that is at a path; none if there is none, and where the system does not say.
    pub fn at(path: &Path) -> Option<Self> {
        Self::of(&path.metadata().ok()?)
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;

        Some(Self {
            device: metadata.dev(),
            inode: metadata.ino(),
        })
    }

    /// Such systems do not let a file be removed while it is open, and have no locks of that kind.
    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

/// The handle of a file, shared by all of the process who have opened it here. A connection to the file is closed before its
/// handle is dropped.
pub struct Handle(Option<Arc<Shared>>);

struct Shared {
    identity: Option<Identity>,
    file: File,
    is_unreliable: AtomicBool,
}

/// What is open. A handle is opened and closed only while it is locked.
static OPEN: Mutex<Vec<Arc<Shared>>> = Mutex::new(Vec::new());

impl Handle {
    /// Opens the file at a path to read it, unless somebody here has it open.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut open = lock();
        let find = |open: &[Arc<Shared>], identity: Option<Identity>| {
            let mut known = open.iter().filter(|shared| shared.identity == identity);
            let shared = known.next().filter(|_| identity.is_some())?;
            Some(Self(Some(Arc::clone(shared))))
        };
        if let Some(known) = find(&open, Identity::at(path)) {
            return Ok(known);
        }
        let file = File::open(path)?;
        // It may have come there since.
        let identity = Identity::of(&file.metadata()?);
        if let Some(known) = find(&open, identity) {
            mem::forget(file);
            return Ok(known);
        }
        let shared = Arc::new(Shared {
            identity,
            file,
            is_unreliable: AtomicBool::new(false),
        });
        open.push(Arc::clone(&shared));
        Ok(Self(Some(shared)))
    }

    /// Reads the beginning of the file into `bytes`; how many it has of them, none if it is unreliable.
    pub fn read_start(&self, bytes: &mut [u8]) -> io::Result<usize> {
        match &self.0 {
            Some(shared) if !shared.is_unreliable.load(Ordering::SeqCst) => {
                read_start(&shared.file, bytes)
            }
            _ => Ok(0),
        }
    }

    /// Has nothing read of the file any more, by anybody here: what is read is not what was written.
    pub fn mark_unreliable(&self) {
        if let Some(shared) = &self.0 {
            shared.is_unreliable.store(true, Ordering::SeqCst);
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let mut open = lock();
        drop(self.0.take());
        open.retain(|shared| Arc::strong_count(shared) > 1);
    }
}

#[cfg(unix)]
fn read_start(file: &File, bytes: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, 0)
}

#[cfg(windows)]
fn read_start(file: &File, bytes: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, 0)
}

fn lock() -> MutexGuard<'static, Vec<Arc<Shared>>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn is_open(path: &Path) -> bool {
        let identity = Identity::at(path);
        lock().iter().any(|shared| shared.identity == identity)
    }

    #[test]
    fn a_file_is_open_once_until_the_last_handle_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let [path, link] = ["file", "link"].map(|name| folder.path().join(name));
        assert_eq!(
            Handle::open(&path).err().map(|error| error.kind()),
            Some(io::ErrorKind::NotFound)
        );
        fs::write(&path, "12345").expect("written");
        fs::hard_link(&path, &link).expect("linked");
        let one = Handle::open(&path).expect("opened");
        let two = Handle::open(&link).expect("opened");
        assert_eq!(
            one.0.as_ref().map(Arc::as_ptr),
            two.0.as_ref().map(Arc::as_ptr)
        );
        for (size, read) in [(4, "1234"), (6, "12345\0")] {
            let mut bytes = vec![0; size];
            assert_eq!(two.read_start(&mut bytes).expect("read"), size.min(5));
            assert_eq!(bytes, read.as_bytes());
        }
        drop(one);
        assert!(is_open(&path));
        drop(two);
        assert!(!is_open(&path));
    }

    #[test]
    fn another_file_at_the_same_path_has_another_handle() {
        let folder = tempfile::tempdir().expect("a folder");
        let [path, other] = ["file", "other"].map(|name| folder.path().join(name));
        fs::write(&path, "1").expect("written");
        fs::write(&other, "2").expect("written");
        let one = Handle::open(&path).expect("opened");
        fs::rename(&other, &path).expect("renamed");
        let two = Handle::open(&path).expect("opened");
        let read = |handle: &Handle| {
            let mut byte = [0];
            handle.read_start(&mut byte).expect("read");
            byte
        };
        assert_eq!([read(&one), read(&two)], [*b"1", *b"2"]);
    }
}
