//! What generated code reads of the caller of a call.

use crate::head::RequestHead;
use crate::operation::call::Call;
use crate::problem::Problem;

impl Call {
    /// The head of the request.
    #[must_use]
    pub fn head(&self) -> &RequestHead {
        self.parts.caller.head()
    }

    /// Whether the request has no credentials, and the operation does not require any.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.parts.caller.principals.is_empty()
    }

    /// Whether the request meets exactly these schemes: those of one alternative of the operation's security.
    #[must_use]
    pub fn meets(&self, schemes: &[&str]) -> bool {
        let known = self.contract().schemes();
        let numbers = schemes.iter().filter_map(|scheme| known.position(scheme));
        self.parts
            .caller
            .principals
            .are_of(&numbers.collect::<Vec<_>>())
    }

    /// Who the credentials of a scheme belong to; each principal can be taken once.
    ///
    /// # Errors
    /// 500 if the alternative that is met does not have the scheme, or if its principal has another type.
    pub fn principal<P: 'static>(&self, scheme: &str) -> Result<P, Problem> {
        let number = self.contract().schemes().position(scheme);
        let principal = number.and_then(|number| self.parts.caller.principals.take(number));
        let principal = principal.and_then(|it| it.downcast().ok());
        principal.map(|principal| *principal).ok_or_else(|| {
            let id = &self.operation().id;
            Problem::internal(format_args!(
                "{id} has no principal of {scheme:?}; generated code and contract.json differ"
            ))
        })
    }
}
