//! The counters of one worker, which it alone changes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::{Method, StatusCode};

use crate::server::method::defined;

/// The upper bounds of the histogram's buckets, in microseconds; the last bucket has none.
pub(super) const BOUNDS: [u64; 16] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 5_000_000, 10_000_000,
];

/// What a request was for. There are as many groups as the spec has operations, and three more: whatever a client sends, it makes
/// no new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Group {
    /// The operation with this number.
    Operation(usize),
    /// The page, Swagger UI or the spec.
    Site,
    /// A route of the application's own.
    Other,
    /// Nothing that is served.
    Nothing,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Outcome {
    /// The response was sent.
    Complete(StatusCode),
    /// The body of the response failed.
    Failed(StatusCode),
    /// The client closed the connection, before or after the response had begun.
    Abandoned(Option<StatusCode>),
}

/// The counters of one worker.
#[derive(Debug)]
pub(in crate::server) struct Counters {
    in_flight: AtomicU64,
    /// Nobody else waits for it but who reads the metrics.
    counted: Mutex<Counted>,
}

impl Counters {
    pub(super) fn new(operations: usize) -> Self {
        Self {
            in_flight: AtomicU64::new(0),
            counted: Mutex::new(Counted::new(operations)),
        }
    }

    /// Counts a request that begins. [`close`](Self::close) has to follow.
    pub fn open(&self) {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a request that has ended.
    pub fn close(&self, group: Group, method: &Method, outcome: Outcome, duration: Duration) {
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.group(group).count(method, outcome, duration);
    }

    pub(super) fn add_to(&self, sum: &mut Counted) {
        sum.in_flight += self.in_flight.load(Ordering::Relaxed);
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for (sum, group) in sum.groups.iter_mut().zip(&counted.groups) {
            sum.add(group);
        }
    }
}

/// What was counted.
#[derive(Debug)]
pub(super) struct Counted {
    pub in_flight: u64,
    /// The operations, and then the groups without one.
    groups: Vec<Requests>,
}

/// The requests of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    /// By method and status; few pairs occur, and the first ones most often.
    pub responses: Vec<((&'static str, u16), u64)>,
    /// How many had a duration up to each of [`BOUNDS`] and not up to the one before it, or a longer one than all.
    pub durations: [u64; BOUNDS.len() + 1],
    pub microseconds: u64,
    pub failed: u64,
    pub abandoned: u64,
}

impl Counted {
    pub fn new(operations: usize) -> Self {
        Self {
            in_flight: 0,
            groups: vec![Requests::default(); operations + 3],
        }
    }

    fn group(&mut self, group: Group) -> &mut Requests {
        let operations = self.groups.len() - 3;
        &mut self.groups[match group {
            Group::Operation(number) => number,
            Group::Site => operations,
            Group::Other => operations + 1,
            Group::Nothing => operations + 2,
        }]
    }

    /// All groups with their requests.
    pub fn groups(&self) -> impl Iterator<Item = (Group, &Requests)> {
        let others = [Group::Site, Group::Other, Group::Nothing];
        let operations = (0..self.groups.len() - 3).map(Group::Operation);
        operations.chain(others).zip(&self.groups)
    }
}

impl Requests {
    fn count(&mut self, method: &Method, outcome: Outcome, duration: Duration) {
        let status = match outcome {
            Outcome::Complete(status) => Some(status),
            Outcome::Failed(status) => {
                self.failed += 1;
                Some(status)
            }
            Outcome::Abandoned(status) => {
                self.abandoned += 1;
                status
            }
        };
        let Some(status) = status else {
            return;
        };
        let method = defined(method).unwrap_or("other");
        self.count_responses((method, status.as_u16()), 1);
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.durations[BOUNDS.partition_point(|bound| *bound < microseconds)] += 1;
        self.microseconds = self.microseconds.saturating_add(microseconds);
    }

    fn count_responses(&mut self, key: (&'static str, u16), number: u64) {
        match self
            .responses
            .iter_mut()
            .find(|(other, _)| other.1 == key.1 && other.0 == key.0)
        {
            Some((_, count)) => *count += number,
            None => self.responses.push((key, number)),
        }
    }

    fn add(&mut self, other: &Self) {
        for (key, number) in &other.responses {
            self.count_responses(*key, *number);
        }
        for (sum, number) in self.durations.iter_mut().zip(other.durations) {
            *sum += number;
        }
        self.microseconds = self.microseconds.saturating_add(other.microseconds);
        self.failed += other.failed;
        self.abandoned += other.abandoned;
    }

    /// How many responses there were.
    pub fn number(&self) -> u64 {
        self.durations.iter().sum()
    }
}
