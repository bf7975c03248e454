//! The connections to one file: one that writes, and some that read.

use std::fs;
use std::path::{self, Path};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};

use super::header::{self, Found};
use super::link::Link;
use super::open_error::Reason;
use super::open_file::{self, OpenFile};
use super::place::Place;
use super::reader::Reader;
use super::schema;
use crate::people::store::Person;

/// How many reads run at once on threads, and how many short ones at once without.
const READERS: usize = 4;
const SHORT_READERS: usize = 8;

/// How long a process waits for another that writes, and how often it looks. SQLite's own waiting looks ever more
/// seldom, and starves next to a process that writes without a pause.
pub const TIMEOUT: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(1);
const LOOKS: i32 = (TIMEOUT.as_millis() / LOOK.as_millis()) as i32;

/// The bytes of a page of a new file. A change writes each page that it touches to the log, with a checksum of all of it; of the
/// smaller ones, a row may need several.
const PAGE: u32 = 2048;

/// The connections to one file.
pub struct Links<R> {
    pub writer: Link,
    pub readers: Vec<Link<Reader<R>>>,
    /// For short reads: these fail where the others would wait for another process.
    pub idle: Vec<Link<Reader<R>>>,
}

/// Opens the file for one writer, once it is known to be whole and of the present schema, and later, as they are needed, for
/// several readers.
pub fn open<R>(file: &Path, first: &[Person]) -> Result<Links<R>, Reason> {
    // Absolute, so that SQLite takes neither `:memory:` nor `file:x?mode=ro` for anything but a name.
    let file = path::absolute(file)?;
    let writer = open_writer(&file, first)?;
    let place = Place::of(&file);
    let reader = |_| Link::new(&place, open_reader, reopen_reader);
    let short_reader = |_| Link::new(&place, open_short_reader, reopen_short_reader);
    Ok(Links {
        writer: Link::new(&place, reopen_writer, reopen_writer).with(writer),
        readers: (0..READERS).map(reader).collect(),
        idle: (0..SHORT_READERS).map(short_reader).collect(),
    })
}

/// Opens a file that has come in the place of another; never creates one, which would hide that the other is gone.
fn reopen_writer(file: &Path) -> Result<OpenFile, Reason> {
    match header::recognise(file)? {
        Found::Ours => open_writer(file, &[]),
        Found::Nothing => Err(Reason::Closed),
    }
}

fn reopen_reader(file: &Path) -> Result<OpenFile, Reason> {
    // The writer may not have migrated it yet.
    drop(reopen_writer(file)?);
    open_reader(file)
}

fn reopen_short_reader(file: &Path) -> Result<OpenFile, Reason> {
    drop(reopen_writer(file)?);
    open_short_reader(file)
}

fn open_writer(file: &Path, first: &[Person]) -> Result<OpenFile, Reason> {
    let found = header::recognise(file)?;
    let create = if found == Found::Nothing {
        OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::empty()
    };
    let mut open = connect(file, create)?;
    let connection = &mut open.connection;
    // The last to close a file moves the log into it. A file that is refused is not to change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log(file))?;
    match found {
        Found::Ours => schema::check(connection)?,
        // One that has content by now keeps the size that it has.
        Found::Nothing => connection.pragma_update(None, "page_size", PAGE)?,
    }
    schema::migrate(connection, first)?;
    keep_a_log(connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    open.follow(file)?;
    Ok(open)
}

/// Opens a file that is there, to read it.
pub fn open_reader(file: &Path) -> Result<OpenFile, Reason> {
    let mut open = connect(file, OpenFlags::empty())?;
    open.connection.pragma_update(None, "query_only", true)?;
    open.follow(file)?;
    Ok(open)
}

fn open_short_reader(file: &Path) -> Result<OpenFile, Reason> {
    let open = open_reader(file)?;
    open.connection.busy_timeout(Duration::ZERO)?;
    Ok(open)
}

fn connect(file: &Path, create: OpenFlags) -> Result<OpenFile, Reason> {
    // No mutex, since each connection is used by one thread at a time.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
    let mut open = OpenFile::open(file, flags)?;
    let connection = &mut open.connection;
    if connection.is_readonly(MAIN_DB)? {
        return Err(Reason::ReadOnly);
    }
    connection.busy_handler(Some(look_again))?;
    // An acknowledged change is on the disk, not on its way there; macOS needs a second request.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    Ok(open)
}

fn look_again(looks: i32) -> bool {
    thread::sleep(LOOK);
    looks < LOOKS
}

/// Turns on the write-ahead log, with which reads and a write don't wait for each other.
///
/// Only after the file has its first content: until the log is on, a file is either empty or marked as ours.
fn keep_a_log(connection: &Connection) -> rusqlite::Result<()> {
    let mut looks = 0;
    loop {
        let turned_on = connection.pragma_update(None, "journal_mode", "WAL");
        // SQLite does not call the busy handler for this one.
        match turned_on {
            Err(error) if is_busy(&error) && look_again(looks) => looks += 1,
            outcome => return outcome,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

fn has_log(file: &Path) -> bool {
    let log = open_file::beside(file, "-wal").and_then(fs::metadata);
    log.is_ok_and(|log| log.len() > 0)
}
