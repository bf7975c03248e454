//! The application's method for a scheme, without the types of its credentials and of its principal.

use std::any::Any as AnyType;
use std::sync::Arc;

use futures_util::future::{FutureExt, LocalBoxFuture};

use super::credentials::{Any, Credentials};
use super::outcome::{Authenticated, Rejection};
use crate::head::RequestHead;

/// A principal of any type.
pub(crate) type Principal = Box<dyn AnyType>;

type Function = dyn Fn(Any, RequestHead) -> LocalBoxFuture<'static, Result<Authenticated<Principal>, Rejection>>
    + Send
    + Sync;

/// Authenticates by one scheme.
#[derive(Clone)]
pub(crate) struct Authenticator(Arc<Function>);

impl Authenticator {
    pub fn new<A, C, P>(
        application: &Arc<A>,
        authenticate: impl AsyncFn(&A, C, &RequestHead) -> Result<Authenticated<P>, Rejection>
        + Clone
        + Send
        + Sync
        + 'static,
    ) -> Self
    where
        A: Send + Sync + 'static,
        C: Credentials + 'static,
        P: 'static,
    {
        let application = Arc::clone(application);
        Self(Arc::new(move |credentials, head| {
            let (application, authenticate) = (Arc::clone(&application), authenticate.clone());
            async move {
                // The contract and the generated code differ: nobody can be authenticated.
                let credentials = C::of(credentials).ok_or_else(|| {
                    Rejection::unavailable("generated code and contract.json differ; build again")
                })?;
                let authenticated = authenticate(&application, credentials, &head).await?;
                Ok(authenticated.map(|principal| Box::new(principal) as Principal))
            }
            .boxed_local()
        }))
    }

    pub async fn call(
        &self,
        credentials: Any,
        head: &RequestHead,
    ) -> Result<Authenticated<Principal>, Rejection> {
        (self.0)(credentials, head.clone()).await
    }
}
