//! Who makes a call: the head of the request, and the principals of its credentials.

use crate::head::RequestHead;
use crate::security::Principals;

/// What a call has besides its parameters and body.
pub(crate) struct Caller {
    pub head: RequestHead,
    pub principals: Principals,
}
