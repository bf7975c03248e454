//! Writes to files without blocking the thread that serves other requests, too.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use actix_web::web::Bytes;
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;

use crate::problem::Problem;

/// How many bytes are collected before they are written, so that small chunks do not take a change of threads each.
const BATCH: usize = 128 * 1024;

/// A file that is being written.
pub(crate) struct Writer<W> {
    target: W,
    batch: Vec<Bytes>,
    length: usize,
}

impl<W: Write + Send + 'static> Writer<W> {
    fn new(target: W) -> Self {
        Self {
            target,
            batch: Vec::new(),
            length: 0,
        }
    }

    /// The same writer after these bytes, too.
    ///
    /// # Errors
    /// 500 if they cannot be written.
    pub async fn write(mut self, chunk: Bytes) -> Result<Self, Problem> {
        self.length += chunk.len();
        self.batch.push(chunk);
        match self.length < BATCH {
            true => Ok(self),
            false => self.flushed().await,
        }
    }

    async fn flushed(mut self) -> Result<Self, Problem> {
        let flushed = blocking(move || {
            for chunk in self.batch.drain(..) {
                self.target.write_all(&chunk)?;
            }
            self.length = 0;
            Ok(self)
        });
        flushed.await
    }

    /// The file with all bytes in it.
    ///
    /// # Errors
    /// 500 if they cannot be written.
    pub async fn finish(self) -> Result<W, Problem> {
        Ok(self.flushed().await?.target)
    }
}

impl Writer<File> {
    /// A file without a name, which is gone when it is closed, in whatever way the program ends.
    ///
    /// # Errors
    /// 500 if there can be none.
    pub async fn unnamed() -> Result<Self, Problem> {
        blocking(tempfile::tempfile).await.map(Self::new)
    }
}

/// A file that gets its name when it is complete.
pub(crate) struct Named {
    file: NamedTempFile,
    path: PathBuf,
    length: u64,
}

impl Writer<Named> {
    /// A file that will be at `path`.
    ///
    /// # Errors
    /// 500 if the folder has no place for it.
    pub fn named(path: &Path) -> Result<Self, Problem> {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any other new file; a temporary one is readable by its owner alone.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(Problem::internal)?;
        Ok(Self::new(Named {
            file,
            path: path.to_owned(),
            length: 0,
        }))
    }

    /// Gives the file its name; how many bytes it has.
    ///
    /// # Errors
    /// 500 if it cannot be written or named.
    pub async fn persist(self) -> Result<u64, Problem> {
        let named = self.finish().await?;
        blocking(move || {
            named.file.persist(&named.path).map_err(io::Error::from)?;
            Ok(named.length)
        })
        .await
    }
}

impl Write for Named {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The result of what blocks a thread.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let done = spawn_blocking(work).await.map_err(Problem::internal)?;
    done.map_err(Problem::internal)
}
