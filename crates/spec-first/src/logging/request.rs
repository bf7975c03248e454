//! The request that is handled, for the events on its way.

use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::{Instrument, Span, info_span};

tokio::task_local! {
    static ID: Rc<str>;
}

/// Whether [`id`] is asked for each event, as the formats here do.
static IS_READ: AtomicBool = AtomicBool::new(false);

/// Makes spans superfluous: from now on, events are written with [`id`].
pub fn set_read() {
    IS_READ.store(true, Ordering::Relaxed);
}

/// The output of the future, during which events have the id of its request: in a span where the program has a subscriber of its
/// own, and else without one, since to make a span for each request costs more than to write its line.
pub async fn with_id<F: Future>(id: Rc<str>, future: F) -> F::Output {
    let span = match IS_READ.load(Ordering::Relaxed) {
        true => Span::none(),
        false => info_span!("request", request_id = &*id),
    };
    ID.scope(id, future.instrument(span)).await
}

/// What the function returns; the events in it have the id of a request, if there is one.
pub fn with_id_of<T>(id: Option<Rc<str>>, function: impl FnOnce() -> T) -> T {
    match id {
        Some(id) => ID.sync_scope(id, function),
        None => function(),
    }
}

/// The id of the request that is handled now.
pub fn id() -> Option<Rc<str>> {
    ID.try_get().ok()
}
