//! The event loop of a worker, to which a request returns before it begins, if others have kept the worker busy.
//!
//! While a handler computes, requests arrive that nobody has read, and that no limit counts: the worker would handle one after
//! another, however many there are. After a return to the event loop they are read, and are admitted or rejected.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::rt;
use tokio::runtime::{Handle, RuntimeMetrics};
use tokio::sync::Semaphore;
use tokio::task::yield_now;

/// How long requests keep a worker busy before the next one returns to the event loop. A return costs a few microseconds.
const LONGEST: Duration = Duration::from_micros(100);

/// The event loop of a thread.
struct EventLoop {
    /// Until when requests may begin before the next return: the thread has been busy since the first one began.
    end: Cell<Instant>,
    /// How often the thread has had nothing to do, and waited for its sockets: it has returned by itself then.
    waits: Cell<u64>,
    runtime: RuntimeMetrics,
    /// Held by the request that returns, or is about to begin: the others wait in the order of their arrival.
    turn: Semaphore,
}

thread_local! {
    static EVENT_LOOP: Rc<EventLoop> = Rc::new(EventLoop {
        end: Cell::new(Instant::now() + LONGEST),
        waits: Cell::new(0),
        runtime: Handle::current().metrics(),
        turn: Semaphore::new(1),
    });
}

/// Waits for the turn of a request that has been admitted `now`. Few wait.
pub(super) async fn turn(now: Instant) {
    let waiting = EVENT_LOOP.with(|event_loop| {
        let waits = event_loop.is_overdue(now) || event_loop.turn.available_permits() == 0;
        waits.then(|| Rc::clone(event_loop))
    });
    if let Some(event_loop) = waiting {
        // In a box, so that those that do not wait have no room for it.
        Box::pin(event_loop.wait()).await;
    }
}

impl EventLoop {
    fn is_overdue(&self, now: Instant) -> bool {
        let waits = self.runtime.worker_park_count(0);
        if self.waits.replace(waits) != waits {
            self.end.set(now + LONGEST);
        }
        now >= self.end.get()
    }

    async fn wait(self: Rc<Self>) {
        // It is never closed.
        let _turn = self.turn.acquire().await;
        if self.is_overdue(Instant::now()) {
            // In a task of its own: actix-web polls a request more than once before it returns to the event loop.
            let _ = rt::spawn(yield_now()).await;
            self.end.set(Instant::now() + LONGEST);
        }
    }
}
