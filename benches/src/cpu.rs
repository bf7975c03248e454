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

/// The time of all processors, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    pub busy: f64,
    pub idle: f64,
}

/// What all processors have done since the system was started.
///
/// # Errors
/// A sentence: this is not Linux.
pub fn machine() -> Result<Machine, String> {
    let text = fs::read_to_string("/proc/stat");
    let text = text.map_err(|error| format!("cannot read the accounting of Linux: {error}"))?;
    parse_machine(&text).ok_or_else(|| "/proc/stat has no line for all processors".to_owned())
}

/// See proc_stat(5): user, nice, system, idle, waiting for a disk, interrupts, and what another guest of the machine had.
fn parse_machine(text: &str) -> Option<Machine> {
    let line = text.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let ticks: Vec<f64> = line
        .split_whitespace()
        .take(8)
        .map(|it| it.parse::<f64>())
        .collect::<Result<_, _>>()
        .ok()?;
    let idle = ticks.get(3)? + ticks.get(4)?;
    let all: f64 = ticks.iter().sum();
    // Linux shows programs a hundred ticks a second, whatever it counts by.
    Some(Machine {
        busy: (all - idle) / 100.0,
        idle: idle / 100.0,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_at_work_and_idle_time_are_told_apart() {
        let text = "cpu  100 20 300 4000 50 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\n";
        let machine = parse_machine(text).expect("a line");
        assert_eq!((machine.busy, machine.idle), (4.41, 40.5));
        for text in [
            "",
            "cpu0 1 2 3 4 5 6 7 8",
            "cpu 1 2 3",
            "cpu a b c d e f g h",
        ] {
            assert_eq!(parse_machine(text), None, "{text}");
        }
    }
}
