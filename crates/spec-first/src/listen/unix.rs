//! Unix sockets, and the files by which clients find them.

use std::fmt;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process;

/// Who may connect: the user and the group of the server.
const MODE: u32 = 0o660;

/// A Unix socket.
#[derive(Debug)]
pub(crate) struct Listener {
    pub socket: UnixListener,
    path: Option<PathBuf>,
    /// None if another process has created it.
    pub file: Option<File>,
}

/// The file of a socket; removed with this value, unless another server has replaced it.
#[derive(Debug)]
pub(crate) struct File {
    path: PathBuf,
    identity: (u64, u64),
}

impl Listener {
    /// Creates a socket. Replaces the file of a server that has ended, and with `replace` that of one that runs: clients then reach
    /// this one, and no connection to the other one is lost.
    pub fn open(path: &Path, replace: bool) -> io::Result<Self> {
        if !replace {
            check_unused(path)?;
        }
        // Under a name of its own at first, so that the file has its mode once clients find it, and replaces another one at once.
        let new = path.with_file_name(format!(".{}", process::id()));
        let bound = bind(&new).and_then(|socket| {
            fs::rename(&new, path)?;
            Ok(socket)
        });
        let socket = bound.inspect_err(|_| drop(fs::remove_file(&new)))?;
        Ok(Self {
            socket,
            path: Some(path.to_owned()),
            file: Some(File::new(path)?),
        })
    }

    /// A socket that another process has created.
    pub fn inherited(socket: UnixListener) -> io::Result<Self> {
        let path = socket.local_addr()?.as_pathname().map(Path::to_owned);
        Ok(Self {
            socket,
            path,
            file: None,
        })
    }
}

impl fmt::Display for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "unix:{}", path.display()),
            None => f.write_str("unix:"),
        }
    }
}

fn bind(path: &Path) -> io::Result<UnixListener> {
    let socket = UnixListener::bind(path)?;
    fs::set_permissions(path, Permissions::from_mode(MODE))?;
    Ok(socket)
}

/// Fails if the path is in use: by another file than a socket, or by a socket that a process listens on.
fn check_unused(path: &Path) -> io::Result<()> {
    let Ok(found) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    if !found.file_type().is_socket() {
        return Err(io::Error::other("the file exists and is not a socket"));
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err(io::Error::other("another server listens there")),
    }
}

impl File {
    fn new(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            identity: identity(path)?,
        })
    }
}

impl Drop for File {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|found| found == self.identity) {
            // The next server replaces it in any case.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// What distinguishes a file from another one of the same name.
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let found = fs::symlink_metadata(path)?;
    Ok((found.dev(), found.ino()))
}
