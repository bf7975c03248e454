//! Whose file it is, read before SQLite touches it: SQLite may write to what it opens.

use std::fs;
use std::io;
use std::path::Path;

use super::handles::Handle;
use super::open_error::Reason;
use super::version::{APPLICATION, VERSION};

// The header is described in <https://sqlite.org/fileformat2.html#the_database_header>.
const LENGTH: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";
const USER_VERSION_AT: usize = 60;
const APPLICATION_AT: usize = 68;

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or an empty file: another process may be about to fill it.
    Nothing,
    /// A file that this server made.
    Ours,
}

/// Looks at the file without changing it.
pub fn recognise(file: &Path) -> Result<Found, Reason> {
    match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => classify(&read(file)?),
        Ok(_) => Err(Reason::NotAFile),
        Err(error) if error.kind() == io::ErrorKind::NotFound => nothing(file),
        Err(error) => Err(error.into()),
    }
}

fn nothing(file: &Path) -> Result<Found, Reason> {
    if file.parent().is_some_and(Path::is_dir) {
        Ok(Found::Nothing)
    } else {
        Err(Reason::NoFolder)
    }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut header = vec![0; LENGTH];
    let length = Handle::open(file)?.read_start(&mut header)?;
    header.truncate(length);
    Ok(header)
}

fn classify(header: &[u8]) -> Result<Found, Reason> {
    if header.is_empty() {
        return Ok(Found::Nothing);
    }
    if header.len() < LENGTH || !header.starts_with(MAGIC) {
        return Err(Reason::NotSqlite);
    }
    if number(header, APPLICATION_AT) != APPLICATION {
        return Err(Reason::Foreign);
    }
    match number(header, USER_VERSION_AT) {
        version if version > VERSION => Err(Reason::Newer(version)),
        _ => Ok(Found::Ours),
    }
}

fn number(header: &[u8], at: usize) -> u32 {
    header[at..at + 4]
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}
