//! An API with the application that answers it: what a program hands over to be served.

use std::fmt;
use std::sync::Arc;

use crate::contract::Routes;
use crate::spec::Spec;

/// A spec, and the functions that answer its operations. The generated function `api` makes one of an application.
#[derive(Clone)]
pub struct Api {
    pub(crate) spec: &'static Spec,
    pub(crate) mount: Arc<dyn Fn(&mut Routes) + Send + Sync>,
}

impl Api {
    /// The API of `spec`; `mount` names the function that answers each operation.
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
