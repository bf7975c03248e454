//! What is counted of requests, responses and connections, for Prometheus. Only a server with a listener for operators counts.
//!
//! Each worker has counters of its own, so that none waits for another; they are added up when somebody reads them.

mod connections;
mod counters;
mod exceeded;
mod page;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use self::connections::Connections;
use self::counters::Counted;
pub(super) use self::counters::Counters;
pub(super) use self::counters::{Group, Outcome};
pub(super) use self::exceeded::{Exceeded, Limit};
pub(super) use self::page::{MEDIA_TYPE, Page};
use crate::service::Service;

/// The counters of a server.
pub(super) struct Metrics {
    service: Service,
    start: SystemTime,
    workers: Mutex<Vec<Arc<Counters>>>,
    pub connections: Connections,
    exceeded: Exceeded,
}

impl Metrics {
    /// The counters of a server.
    pub fn new(service: Service, exceeded: Exceeded) -> Self {
        Self {
            service,
            start: SystemTime::now(),
            workers: Mutex::default(),
            connections: Connections::default(),
            exceeded,
        }
    }

    /// Counters for one more worker.
    pub fn worker(&self) -> Arc<Counters> {
        let operations = self.service.contract().operations().len();
        let counters = Arc::new(Counters::new(operations));
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        workers.push(Arc::clone(&counters));
        counters
    }

    /// The sums of the counters of all workers.
    fn sum(&self) -> Counted {
        let workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        let operations = self.service.contract().operations().len();
        let mut sum = Counted::new(operations);
        workers.iter().for_each(|worker| worker.add_to(&mut sum));
        sum
    }

    /// The name of a group, as the label `operation` has it.
    fn name(&self, group: Group) -> &str {
        match group {
            Group::Operation(number) => &self.service.contract().operations()[number].id,
            Group::Site => "(site)",
            Group::Other => "(other)",
            Group::Nothing => "(none)",
        }
    }
}
