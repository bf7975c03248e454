//! What a function that writes problems knows besides the problem.

/// What a problem is the response to, for the function of [`Api::problems`](crate::Api::problems).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Context<'a> {
    operation: Option<&'a str>,
    request_id: Option<&'a str>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(operation: Option<&'a str>, request_id: Option<&'a str>) -> Self {
        Self {
            operation,
            request_id,
        }
    }

    /// The operation's id in the spec, or the name that it has without one; none if no operation has the path and method.
    #[must_use]
    pub fn operation(&self) -> Option<&'a str> {
        self.operation
    }

    /// The id under which a [`Server`](crate::Server) logs the request, which the response has in the header `X-Request-Id`; none
    /// in an `App` of the application's own.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        self.request_id
    }
}
