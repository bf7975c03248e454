//! The request that is handled, for the events on its way.

use std::cell::RefCell;
use std::mem;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tracing::{Span, info_span};

use crate::request_id::RequestId;

thread_local! {
    static ID: RefCell<Option<RequestId>> = const { RefCell::new(None) };
}

/// Whether [`id`] is called for each event, as the formats here do.
static IS_READ: AtomicBool = AtomicBool::new(false);

/// Makes spans superfluous: from now on, events are written with [`id`].
pub fn set_read() {
    IS_READ.store(true, Ordering::Relaxed);
}

/// The output of the future, during which events have the id of its request: in a span where the program has a subscriber of its
/// own, and else without one, since to make a span for each request costs more than to write its line. The future stays where it is,
/// since it is large, and is dropped with the id, too.
pub fn with_id<F: Future>(id: RequestId, future: Pin<&mut Option<F>>) -> WithId<'_, F> {
    let is_read = IS_READ.load(Ordering::Relaxed);
    let span = (!is_read).then(|| info_span!("request", request_id = id.as_str()));
    WithId {
        id: Some(id),
        span,
        future,
    }
}

/// A future that is polled and dropped with the id of its request.
pub struct WithId<'f, F> {
    id: Option<RequestId>,
    span: Option<Span>,
    future: Pin<&'f mut Option<F>>,
}

impl<F> Drop for WithId<'_, F> {
    fn drop(&mut self) {
        let _scope = Scope::enter(&mut self.id);
        let _entered = self.span.as_ref().map(Span::enter);
        self.future.set(None);
    }
}

impl<F: Future> Future for WithId<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        let _scope = Scope::enter(&mut this.id);
        let _entered = this.span.as_ref().map(Span::enter);
        match this.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(context),
            None => Poll::Pending,
        }
    }
}

/// What the function returns; the events in it have the id of a request, if there is one.
pub fn with_id_of<T>(mut id: Option<RequestId>, function: impl FnOnce() -> T) -> T {
    let _scope = Scope::enter(&mut id);
    function()
}

/// The id of the request that is handled now.
pub fn id() -> Option<RequestId> {
    // The thread may have ended, for an event of the destructor of another value of its.
    ID.try_with(|id| id.borrow().clone()).ok().flatten()
}

/// Exchanges the id of the thread for another one, until it is dropped.
struct Scope<'a>(&'a mut Option<RequestId>);

impl<'a> Scope<'a> {
    fn enter(id: &'a mut Option<RequestId>) -> Self {
        let mut scope = Self(id);
        scope.exchange();
        scope
    }

    fn exchange(&mut self) {
        ID.with_borrow_mut(|current| mem::swap(current, self.0));
    }
}

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        self.exchange();
    }
}
