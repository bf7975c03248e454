//! How many files the process may have open: connections are files.

/// Raises the limit to the most that the system allows: the limit that shells and services set is too low for many
/// connections.
#[cfg(unix)]
pub(super) fn raise_limit() {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(%error, "the limit of open files is not raised");
    }
}

#[cfg(not(unix))]
pub(super) fn raise_limit() {}
