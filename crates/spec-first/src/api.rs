//! An API with the application that implements it: what a program passes to a server.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::operation::routes::Routes;
use crate::problem::{Context, Problem};
use crate::response::problems::Problems;
use crate::spec::Spec;

/// A spec, and the functions that handle its operations. The generated function `api` makes one of an application.
#[derive(Clone)]
pub struct Api {
    pub(crate) spec: &'static Spec,
    pub(crate) mount: Arc<dyn Fn(&mut Routes) + Send + Sync>,
    pub(crate) problems: Problems,
}

impl Api {
    /// The API of `spec`; `mount` adds the function that handles each operation.
    pub fn new(spec: &'static Spec, mount: impl Fn(&mut Routes) + Send + Sync + 'static) -> Self {
        Self {
            spec,
            mount: Arc::new(mount),
            problems: Problems::default(),
        }
    }

    /// The same API, whose problems have the bodies that `write` returns: those of the application, and every rejection and
    /// failure of the server itself. Without such a function they are `application/problem+json` (RFC 9457).
    ///
    /// ```no_run
    /// # fn example(api: spec_first::Api) -> spec_first::Api {
    /// #[derive(serde::Serialize)]
    /// struct Envelope {
    ///     code: u16,
    ///     message: String,
    /// }
    ///
    /// api.problems(|problem, _| Envelope {
    ///     code: problem.status().as_u16(),
    ///     message: problem.detail().to_owned(),
    /// })
    /// # }
    /// ```
    ///
    /// The status and the headers are the problem's. The media type is the JSON that the operation declares for the status, or
    /// else `application/json`. The body is checked by what it declares, as the responses of the application are: one that breaks
    /// the contract is a 500, which `write` is given, too. `write` is called once more at the start of a server, with an example of
    /// each rejection that an operation declares, and a warning in the log names those whose bodies break the contract.
    #[must_use]
    pub fn problems<B: Serialize>(
        mut self,
        write: impl Fn(&Problem, &Context<'_>) -> B + Send + Sync + 'static,
    ) -> Self {
        self.problems = Problems::new(write);
        self
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}
