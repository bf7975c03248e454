//! What a process has cost, as the operating system counts it.

use std::fs;

use rustix::thread::{CpuSet, Pid, sched_setaffinity};

/// The processor time of all threads of a process and of the processes that it has started, in nanoseconds.
///
/// # Errors
/// A sentence: the process is gone, or this is not Linux.
pub fn time(process: u32) -> Result<u64, String> {
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    let tasks = tasks.map_err(|error| format!("cannot read the accounting of Linux: {error}"))?;
    let mut time = 0;
    for task in tasks.flatten() {
        let read = |name| fs::read_to_string(task.path().join(name)).unwrap_or_default();
        // A thread that has just ended has no files.
        let own = read("schedstat");
        time += own
            .split(' ')
            .next()
            .and_then(|it| it.parse::<u64>().ok())
            .unwrap_or_default();
        let children = read("children");
        for child in children.split_whitespace().filter_map(|it| it.parse().ok()) {
            time += self::time(child).unwrap_or_default();
        }
    }
    Ok(time)
}

/// The memory that a process has in use, in bytes.
///
/// # Errors
/// A sentence, as of [`time`].
pub fn memory(process: u32) -> Result<u64, String> {
    let status = fs::read_to_string(format!("/proc/{process}/status"));
    let status = status.map_err(|error| format!("cannot read the accounting of Linux: {error}"))?;
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = resident.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes
        .map(|it| it * 1024)
        .ok_or_else(|| "no VmRSS".to_owned())
}

/// Keeps this thread, and the processes that it starts, on one processor; where that is not possible, nothing happens.
pub fn pin(processor: usize) {
    let mut set = CpuSet::new();
    set.set(processor);
    let _ = sched_setaffinity(None::<Pid>, &set);
}
