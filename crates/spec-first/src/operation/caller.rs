//! Who makes a call: the request, its head for those who read it, and the principals of its credentials.

use std::cell::OnceCell;
use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

use crate::head::RequestHead;
use crate::operation::declared::Operation;
use crate::operation::table::{Contract, Matched};
use crate::security::Principals;

/// What a call has besides its parameters and body.
pub(crate) struct Caller {
    contract: Arc<Contract>,
    operation: usize,
    pub request: HttpRequest,
    /// Made for the first who reads it.
    head: OnceCell<RequestHead>,
    pub principals: Principals,
}

impl Caller {
    /// The sender of a request for the operation with this number, who is anonymous.
    pub fn new(contract: Arc<Contract>, operation: usize, request: HttpRequest) -> Self {
        Self {
            contract,
            operation,
            request,
            head: OnceCell::new(),
            principals: Principals::default(),
        }
    }

    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    pub fn operation(&self) -> &Operation {
        &self.contract.operations()[self.operation]
    }

    /// The head of the request.
    pub fn head(&self) -> &RequestHead {
        self.head.get_or_init(|| {
            self.offer_matched();
            RequestHead::new(self.request.clone(), Arc::clone(&self.operation().id))
        })
    }

    /// Puts what the request is for into its extensions, which can be read through a head, unless it is there already.
    fn offer_matched(&self) {
        let mut extensions = self.request.extensions_mut();
        let (method, path) = (self.request.method(), self.request.path());
        if !extensions.contains::<Matched>()
            && let Some(destination) = self.contract.find(method, path)
        {
            extensions.insert(Matched::new(&self.contract, destination, &self.request));
        }
    }
}
