//! An API with the application that implements it: what a program passes to a server.

use std::fmt;
use std::sync::Arc;

use crate::operation::routes::Routes;
use crate::spec::Spec;

/// A spec, and the functions that handle its operations. The generated function `api` makes one of an application.
#[derive(Clone)]
pub struct Api {
    pub(crate) spec: &'static Spec,
    pub(crate) mount: Arc<dyn Fn(&mut Routes) + Send + Sync>,
}

impl Api {
    /// The API of `spec`; `mount` adds the function that handles each operation.
    pub fn new(spec: &'static Spec, mount: impl Fn(&mut Routes) + Send + Sync + 'static) -> Self {
        Self {
            spec,
            mount: Arc::new(mount),
        }
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}
