//! Whether the server is ready: checks of the application's own, such as that its store responds.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::rt;
use futures_util::future::{FutureExt, LocalBoxFuture, Shared, join_all};
use tokio::time::timeout;

use crate::problem::Problem;
use crate::server::lifecycle::Lifecycle;

/// How long a check may take: less than the second after which a probe of Kubernetes stops waiting by default.
const TIMEOUT: Duration = Duration::from_millis(800);
/// How long an outcome is reported before the checks run again, so that many probes do not load what is checked.
const MAX_AGE: Duration = Duration::from_millis(500);

type Checked = LocalBoxFuture<'static, Result<(), String>>;

/// A check with its name.
#[derive(Clone)]
struct Check {
    name: &'static str,
    run: Arc<dyn Fn() -> Checked + Send + Sync>,
}

/// The checks of an application.
#[derive(Clone, Default)]
pub(in crate::server) struct Checks(Vec<Check>);

impl Checks {
    /// Adds a check.
    pub fn add<F, E>(&mut self, name: &'static str, check: impl Fn() -> F + Send + Sync + 'static)
    where
        F: Future<Output = Result<(), E>> + 'static,
        E: Display,
    {
        let run = move || {
            let checked = check();
            async { checked.await.map_err(|error| error.to_string()) }.boxed_local()
        };
        let run = Arc::new(run);
        self.0.push(Check { name, run });
    }

    /// Runs all of them at once, and returns those that failed.
    async fn run(&self) -> Vec<Failure> {
        let outcomes = join_all(self.0.iter().map(Check::run)).await;
        outcomes.into_iter().flatten().collect()
    }
}

impl Check {
    async fn run(&self) -> Option<Failure> {
        // After a panic nothing of the check is used again.
        let checked = AssertUnwindSafe(async { (self.run)().await }).catch_unwind();
        let (detail, cause) = match timeout(TIMEOUT, checked).await {
            Ok(Ok(Ok(()))) => return None,
            Ok(Ok(Err(cause))) => ("failed", cause),
            Ok(Err(_)) => ("failed", "it panicked".to_owned()),
            Err(_) => ("timed out", format!("no outcome within {TIMEOUT:?}")),
        };
        Some(Failure {
            name: self.name,
            detail,
            cause,
        })
    }
}

/// A check that failed.
struct Failure {
    name: &'static str,
    detail: &'static str,
    /// For the log.
    cause: String,
}

/// What the checks found last.
struct Outcome {
    failures: Vec<Failure>,
    at: Instant,
}

/// An outcome that several requests wait for, and that is kept for later ones.
type Pending = Shared<LocalBoxFuture<'static, Rc<Outcome>>>;

/// Runs the checks when somebody asks whether the server is ready: once for all who ask at the same time or soon after.
pub(super) struct Readiness {
    checks: Rc<Checks>,
    lifecycle: Lifecycle,
    last: RefCell<Option<Pending>>,
    was_ready: Rc<Cell<bool>>,
}

impl Readiness {
    pub fn new(checks: Checks, lifecycle: Lifecycle) -> Self {
        Self {
            checks: Rc::new(checks),
            lifecycle,
            last: RefCell::new(None),
            was_ready: Rc::new(Cell::new(true)),
        }
    }

    /// Succeeds if the server is ready.
    ///
    /// # Errors
    /// 503 with the names of the checks that failed; why is in the log.
    pub async fn check(&self) -> Result<(), Problem> {
        const STOPPING: &str = "the server is stopping";
        if self.lifecycle.is_stopping() {
            return Err(Problem::unavailable(STOPPING, STOPPING));
        }
        let outcome = self.outcome().await;
        if outcome.failures.is_empty() {
            return Ok(());
        }
        let failures = outcome.failures.iter();
        let sentences: Vec<_> = failures
            .map(|it| format!("the check {:?} {}", it.name, it.detail))
            .collect();
        let names: Vec<_> = outcome.failures.iter().map(|it| it.name).collect();
        let sentence = sentences.join("; ");
        Err(Problem::unavailable(&sentence, &sentence).with("failed", names))
    }

    /// The last outcome, or the next one if the last is too old.
    fn outcome(&self) -> Pending {
        let mut last = self.last.borrow_mut();
        let is_fresh = |it: &Pending| it.peek().is_none_or(|it| it.at.elapsed() < MAX_AGE);
        if let Some(pending) = last.as_ref().filter(|it| is_fresh(it)) {
            return pending.clone();
        }
        let (checks, was_ready) = (Rc::clone(&self.checks), Rc::clone(&self.was_ready));
        let pending = async move {
            let failures = checks.run().await;
            log(&was_ready, &failures);
            let at = Instant::now();
            Rc::new(Outcome { failures, at })
        };
        let pending = pending.boxed_local().shared();
        // It runs to its end even if no client waits for it any longer.
        rt::spawn(pending.clone());
        *last = Some(pending.clone());
        pending
    }
}

/// Logs a change, rather than each outcome.
fn log(was_ready: &Cell<bool>, failures: &[Failure]) {
    let is_ready = failures.is_empty();
    if was_ready.replace(is_ready) == is_ready {
        return;
    }
    if is_ready {
        tracing::info!("the server is ready again");
    }
    for Failure { name, cause, .. } in failures {
        tracing::warn!(check = name, cause, "the server is not ready");
    }
}
