//! Which problems a schema is known to accept: the next one that differs from such a problem only in texts of which the schema accepts
//! any need not be validated.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::problem::Shape;
use crate::response::content::Content;

/// How many shapes are remembered. An operation has few, and one that is forgotten is validated again.
const SLOTS: usize = 8;

/// Whether a slot has a shape, and whether the id of the request is sent with it; a shape has fewer bits.
const IS_TAKEN: u64 = 1 << 63;
const HAS_ID: u64 = 1 << 62;

/// The shapes of problems that were accepted. All workers share them.
#[derive(Debug, Default)]
pub(crate) struct Accepted([AtomicU64; SLOTS]);

impl Accepted {
    /// Whether a problem of this shape is sent with the id of the request; none if it has to be validated.
    pub fn has_id(&self, shape: Shape) -> Option<bool> {
        let known = self.slot(shape).load(Ordering::Relaxed);
        (known & !HAS_ID == shape.bits() | IS_TAKEN).then_some(known & HAS_ID != 0)
    }

    /// Remembers that a problem of this shape was accepted, unless that depended on what its texts say.
    pub fn insert(&self, shape: Shape, has_id: bool, content: &Content) {
        let id = has_id.then_some("/request_id");
        if shape.texts().chain(id).all(|text| content.is_free(text)) {
            let id = if has_id { HAS_ID } else { 0 };
            self.slot(shape)
                .store(shape.bits() | IS_TAKEN | id, Ordering::Relaxed);
        }
    }

    fn slot(&self, shape: Shape) -> &AtomicU64 {
        // The upper bits of a multiplicative hash.
        let hash = shape.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 61;
        &self.0[hash as usize % SLOTS]
    }
}
